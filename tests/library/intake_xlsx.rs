//! What the intake makes of workbooks that are in order, or nearly so.

#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use crate::workbooks::{identity_rows, ods, row, template, xlsx};
use chrono::NaiveDate;
use xhht::domain::CellAddress;
use xhht::intake::moment::Moment;
use xhht::intake::raw::{FileFormat, RawCell, RawSubmission, RawValue};
use xhht::intake::{read, read_only};

fn cell<'a>(raw: &'a RawSubmission, sheet: &str, cell: &str) -> Option<&'a RawCell> {
    raw.sheet(sheet)?.cells.get(&CellAddress::parse(cell).unwrap())
}

fn value<'a>(raw: &'a RawSubmission, sheet: &str, address: &str) -> Option<&'a RawValue> {
    cell(raw, sheet, address).map(|cell| &cell.value)
}

fn text(text: &str) -> RawValue {
    RawValue::Text(text.to_owned())
}

fn tabs(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_template_gives_its_identity_places_and_cells() {
    let raw = read(&template(), &[]).unwrap();
    assert_eq!(raw.format, FileFormat::Xlsx);
    assert_eq!(raw.identity.plan.as_deref(), Some("long-an-2021-2030"));
    assert_eq!(raw.identity.plan_version.as_deref(), Some("1.0"));
    assert_eq!(raw.identity.year.as_deref(), Some("2024"));
    assert_eq!(raw.identity.unit.as_deref(), Some("794"));
    let places = |placed: &[xhht::intake::raw::Placed]| {
        let mut all: Vec<String> =
            placed.iter().map(|p| format!("{} {} {}", p.field, p.sheet, p.cell)).collect();
        all.sort();
        all
    };
    assert_eq!(places(&raw.table), ["nltt.dat Phụ lục 1 D8", "nltt.tong Phụ lục 1 D7"]);
    assert_eq!(places(&raw.named), places(&raw.table));
    assert_eq!(raw.sheet_names, ["Phụ lục 1", "Ghi chú", "_xhht"]);
    // What the form names comes first; the sender's own sheets are read to be told.
    let sheets: Vec<(&str, bool)> = raw.sheets.iter().map(|s| (s.name.as_str(), s.asked)).collect();
    assert_eq!(sheets, [("Phụ lục 1", true), ("Ghi chú", false)]);
    let saved = NaiveDate::from_ymd_opt(2024, 12, 1).unwrap().and_hms_opt(8, 30, 0);
    assert_eq!(raw.modified, saved.map(Moment::utc));
    assert!(raw.saved_by.as_deref().unwrap().starts_with("Microsoft Excel"));
    assert_eq!(raw.skipped, []);

    let sheet = "Phụ lục 1";
    assert_eq!(value(&raw, sheet, "D7"), Some(&RawValue::Number(1234.0)));
    assert_eq!(value(&raw, sheet, "D8"), Some(&text("1.234")));
    assert_eq!(value(&raw, sheet, "D9"), Some(&RawValue::Number(0.8512)));
    assert_eq!(value(&raw, sheet, "D10"), Some(&RawValue::Bool(true)));
    let day = NaiveDate::from_ymd_opt(2024, 12, 5);
    assert_eq!(value(&raw, sheet, "D11"), Some(&RawValue::Date { when: day, serial: Some(45_631.0) }));
    let formula = RawCell { value: RawValue::Number(2468.0), formula: Some("D7*2".to_owned()), shown: None };
    assert_eq!(cell(&raw, sheet, "D12"), Some(&formula));
    assert_eq!(value(&raw, sheet, "D13"), Some(&RawValue::Error("#DIV/0!".to_owned())));
    assert_eq!(value(&raw, sheet, "D14"), Some(&text("  có khoảng trắng ")));
    assert_eq!(value(&raw, sheet, "D15"), None);
}

#[test]
fn sheets_of_the_plan_are_read_whatever_their_case_and_composition() {
    // “Ghi chú” with the ú composed of u and an acute accent.
    let raw = read(&template(), &tabs(&["GHI CHU\u{301} "])).unwrap();
    assert!(raw.sheet("Ghi chú").is_some());
    assert!(raw.sheet("_xhht").is_none());
}

#[test]
fn every_sheet_is_read_those_of_the_form_first() {
    let first = row(r#"<c r="A1"><v>1</v></c>"#);
    let second = row(r#"<c r="A1"><v>2</v></c>"#);
    let bytes = xlsx(&[&first, &second], &[]);
    let names = |raw: RawSubmission| raw.sheets.iter().map(|s| s.name.to_string()).collect::<Vec<_>>();
    assert_eq!(names(read(&bytes, &tabs(&["S2"])).unwrap()), ["S2", "S1"]);
    assert_eq!(names(read(&bytes, &tabs(&["Biểu 1"])).unwrap()), ["S1", "S2"]);
    assert_eq!(names(read_only(&bytes, &tabs(&["S2"])).unwrap()), ["S2"]);
}

#[test]
fn a_renamed_sheet_makes_every_sheet_read() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in ["Biểu A", "Biểu 2 sửa", "_xhht"] {
        book.add_worksheet().set_name(name).unwrap().write(20, 20, "x").unwrap();
    }
    let rows = identity_rows(&[("a.b", "Biểu A", "B1"), ("c.d", "Biểu 2", "B1")]);
    let sheet = book.worksheet_from_name("_xhht").unwrap();
    for (row, texts) in (0_u32..).zip(&rows) {
        for (column, text) in (0_u16..).zip(texts) {
            sheet.write(row, column, text).unwrap();
        }
    }
    let raw = read(&book.save_to_buffer().unwrap(), &[]).unwrap();
    assert_eq!(raw.sheets.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Biểu A", "Biểu 2 sửa"]);
}

#[test]
fn identity_values_that_became_numbers_are_texts_again() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("_xhht").unwrap();
    sheet.write(0, 0, "xhht_year").unwrap().write(0, 1, 2024.0).unwrap();
    sheet.write(1, 0, "xhht_unit").unwrap().write(1, 1, 794).unwrap();
    book.add_worksheet().write(0, 0, "x").unwrap();
    let raw = read(&book.save_to_buffer().unwrap(), &[]).unwrap();
    assert_eq!((raw.identity.year.as_deref(), raw.identity.unit.as_deref()), (Some("2024"), Some("794")));
}

#[test]
fn without_the_sheet_the_properties_tell_the_identity() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "x").unwrap();
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_custom_property("xhht_year", 2024)
        .set_custom_property("xhht_unit", "SGDDT");
    book.set_properties(&properties);
    let raw = read(&book.save_to_buffer().unwrap(), &[]).unwrap();
    assert_eq!((raw.identity.year.as_deref(), raw.identity.unit.as_deref()), (Some("2024"), Some("SGDDT")));
    assert_eq!(raw.identity.plan, None);
}

#[test]
fn a_formula_nobody_calculated_is_not_a_blank() {
    let cells = r#"<c r="A1"><f>B1+1</f></c><c r="B1"><f>C1</f><v></v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"/><c r="E1"><v>0</v></c>"#;
    let raw = read(&xlsx(&[&row(cells)], &[]), &[]).unwrap();
    let waiting = |formula: &str| RawCell {
        value: RawValue::NotCalculated,
        formula: Some(formula.to_owned()),
        shown: None,
    };
    assert_eq!(cell(&raw, "S1", "A1"), Some(&waiting("B1+1")));
    assert_eq!(cell(&raw, "S1", "B1"), Some(&waiting("C1")));
    // A formula that gave an empty text, and a formatted blank, hold nothing.
    assert_eq!(raw.sheet("S1").unwrap().cells.len(), 3);
}

#[test]
fn shared_formulas_are_told_for_each_cell() {
    let cells = r#"<c r="A1"><f t="shared" ref="A1:C1" si="0">A2*2</f><v>2</v></c><c r="B1"><f t="shared" si="0"/><v>4</v></c><c r="C1"><f t="shared" si="99999999999"/><v>6</v></c>"#;
    let raw = read(&xlsx(&[&row(cells)], &[]), &[]).unwrap();
    let formula = |address| cell(&raw, "S1", address).unwrap().formula.as_deref();
    assert_eq!((formula("A1"), formula("B1"), formula("C1")), (Some("A2*2"), Some("B2*2"), None));
    assert_eq!(value(&raw, "S1", "C1"), Some(&RawValue::Number(6.0)));
}

#[test]
fn one_odd_cell_does_not_cost_its_sheet() {
    let odd = [
        (r##"<c r="B1" t="e"><v>#SPILL!</v></c>"##, RawValue::Error("#SPILL!".to_owned())),
        (r#"<c r="B1" t="n"><v>1,5</v></c>"#, text("1,5")),
        (r#"<c r="B1" t="b"><v>2</v></c>"#, text("2")),
        (r#"<c r="B1" t="lạ"><v>7</v></c>"#, RawValue::Number(7.0)),
    ];
    for (cell, expected) in odd {
        let cells = format!(r#"<c r="A1"><v>1</v></c>{cell}<c r="C1"><v>3</v></c>"#);
        let raw = read(&xlsx(&[&row(&cells)], &[]), &[]).unwrap();
        assert_eq!(value(&raw, "S1", "B1"), Some(&expected), "{cell}");
        assert_eq!(value(&raw, "S1", "A1"), Some(&RawValue::Number(1.0)));
        assert_eq!(value(&raw, "S1", "C1"), Some(&RawValue::Number(3.0)));
        assert_eq!(raw.skipped, [], "{cell}");
    }
}

#[test]
fn an_odd_dimension_does_not_cost_its_sheet() {
    for dimension in ["", "A1:", "$A$1", "A1:XFD1048576", "A1:B2:C3"] {
        let sheet = format!(r#"<dimension ref="{dimension}"/>{}"#, row(r#"<c r="A1"><v>1</v></c>"#));
        let raw = read(&xlsx(&[&sheet], &[]), &[]).unwrap();
        assert_eq!(value(&raw, "S1", "A1"), Some(&RawValue::Number(1.0)), "{dimension}");
        assert_eq!(raw.skipped, []);
    }
}

#[test]
fn what_cannot_be_mended_is_said_and_the_rest_kept() {
    // B1 names a shared string that is not there; the second sheet is cut short after its first cell.
    let first = row(r#"<c r="A1"><v>1</v></c><c r="B1" t="s"><v>9</v></c><c r="C1"><v>3</v></c>"#);
    let second = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v"#;
    let third = row(r#"<c r="A1"><v>5</v></c>"#);
    let raw = read(&xlsx(&[&first, second, &third], &[]), &[]).unwrap();
    assert_eq!(raw.sheet("S1").unwrap().cells.len(), 2);
    assert_eq!(raw.sheet("S2").unwrap().cells.len(), 1);
    assert_eq!(value(&raw, "S3", "A1"), Some(&RawValue::Number(5.0)));
    let skipped: Vec<&str> = raw.skipped.iter().map(|(sheet, _)| sheet.as_str()).collect();
    assert_eq!(skipped, ["S1", "S2"]);
    assert!(raw.skipped[0].1.contains("sau ô A1"), "{}", raw.skipped[0].1);
}

#[test]
fn a_missing_sheet_part_does_not_cost_the_others() {
    let bytes = xlsx(
        &[&row(r#"<c r="A1"><v>1</v></c>"#)],
        &[
            (
                "xl/workbook.xml",
                r#"<workbook xmlns:r="r"><sheets><sheet name="S1" sheetId="1" r:id="rId1"/><sheet name="Mất" sheetId="2" r:id="rId2"/></sheets></workbook>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="t/worksheet" Target="worksheets/none.xml"/></Relationships>"#,
            ),
        ],
    );
    let raw = read(&bytes, &[]).unwrap();
    assert_eq!(value(&raw, "S1", "A1"), Some(&RawValue::Number(1.0)));
    assert_eq!(raw.skipped.len(), 1);
    assert!(raw.skipped[0].1.contains("Mất"));
}

#[test]
fn the_1904_epoch_is_applied() {
    let styles =
        r#"<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let workbook = r#"<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let bytes = xlsx(
        &[&row(r#"<c r="A1" s="1"><v>44169</v></c>"#)],
        &[("xl/styles.xml", styles), ("xl/workbook.xml", workbook)],
    );
    let raw = read(&bytes, &[]).unwrap();
    let when = NaiveDate::from_ymd_opt(2024, 12, 5);
    assert_eq!(value(&raw, "S1", "A1"), Some(&RawValue::Date { when, serial: Some(44_169.0) }));
}

#[test]
fn malformed_properties_are_no_reason_to_refuse() {
    let bytes = xlsx(
        &[&row(r#"<c r="A1"><v>1</v></c>"#)],
        &[
            ("docProps/core.xml", "<cp:coreProperties><dcterms:modified>hôm qua</wrong"),
            ("docProps/app.xml", "&&&<"),
        ],
    );
    let raw = read(&bytes, &[]).unwrap();
    assert_eq!((raw.saved_by, raw.modified), (None, None));
}

#[test]
fn ods_cells_of_every_type() {
    let cells = r#"<table:table table:name="S1"><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row><table:table-row>
<table:table-cell table:number-columns-repeated="3"/>
<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>
<table:table-cell office:value-type="percentage" office:value="0.85"><text:p>85%</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-12-05"><text:p>05/12/24</text:p></table:table-cell>
<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error" table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>
<table:table-cell table:formula="of:=[.D3]+1"/>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>
</table:table-row></table:table><table:named-expressions><table:named-range table:name="xhht_a__b" table:cell-range-address="$S1.$D$3"/></table:named-expressions>"#;
    // Once as LibreOffice writes it, once indented: the reader alone takes only the first.
    for cells in [cells.replace('\n', ""), cells.to_owned()] {
        let raw = read(&ods(&cells), &[]).unwrap();
        assert_eq!(raw.format, FileFormat::Ods);
        assert_eq!(value(&raw, "S1", "D3"), Some(&RawValue::Number(7.0)));
        assert_eq!(value(&raw, "S1", "E3"), Some(&RawValue::Number(0.85)));
        let when = NaiveDate::from_ymd_opt(2024, 12, 5);
        assert_eq!(value(&raw, "S1", "F3"), Some(&RawValue::Date { when, serial: None }));
        let error = RawCell {
            value: RawValue::Error("#DIV/0!".to_owned()),
            formula: Some("1/0".to_owned()),
            shown: None,
        };
        assert_eq!(cell(&raw, "S1", "G3"), Some(&error));
        let waiting =
            RawCell { value: RawValue::NotCalculated, formula: Some("[.D3]+1".to_owned()), shown: None };
        assert_eq!(cell(&raw, "S1", "H3"), Some(&waiting));
        assert_eq!(value(&raw, "S1", "I3"), Some(&RawValue::Bool(true)));
        assert_eq!(raw.named.len(), 1);
        assert_eq!(raw.named[0].cell, CellAddress::parse("D3").unwrap());
    }
}
