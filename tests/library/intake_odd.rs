//! What is legal, or common enough, and the library would read as something else or not at all.

#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use crate::workbooks::{ods, package, row, xlsx};
use cfb::CompoundFile;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use xhht::domain::CellAddress;
use xhht::finding::Code;
use xhht::intake::raw::{RawCell, RawSubmission, RawValue};
use xhht::intake::{Kind, read, sniff, unpack};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn cell<'a>(raw: &'a RawSubmission, cell: &str) -> Option<&'a RawCell> {
    raw.sheets.first()?.cells.get(&CellAddress::parse(cell).unwrap())
}

fn value<'a>(raw: &'a RawSubmission, address: &str) -> Option<&'a RawValue> {
    cell(raw, address).map(|cell| &cell.value)
}

fn foreign(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(name)
}

fn text(text: &str) -> RawValue {
    RawValue::Text(text.to_owned())
}

const STRINGS: (&str, &str) =
    ("xl/sharedStrings.xml", "<sst><si><t>không</t></si><si><t>một</t></si><si><t>hai</t></si></sst>");

#[test]
fn an_index_of_a_text_is_a_number_however_it_is_written() {
    let cells = r#"<c r="A1" t="s"><v> 2 </v></c><c r="B1" t="s"><v>+2</v></c><c r="C1" t="s"><v>2.0</v></c>
        <c r="D1" t="s"><v>&#50;</v></c><c r="E1" t="s"><v>2e0</v></c><c r="F1" t="s"><v>1</v></c><c r="G1" t="s"><v>hai</v></c>"#;
    let raw = read(&xlsx(&[&row(cells)], &[STRINGS]), &[]).unwrap();
    for address in ["A1", "B1", "C1", "D1", "E1"] {
        assert_eq!(value(&raw, address), Some(&text("hai")), "{address}");
    }
    assert_eq!(value(&raw, "F1"), Some(&text("một")));
    // What is no index leads to no text of the table.
    assert_eq!(value(&raw, "G1"), Some(&text("hai")));
}

#[test]
fn figures_written_in_any_way_of_xml_are_figures() {
    let cells = r#"<c r="A1"><v>&#49;&#x32;</v></c><c r="B1" t="n"><v><![CDATA[12]]></v></c><c r="C1"><v>1<!-- a -->2</v></c>
        <c r="D1"><v> 12 </v></c><c r="E1" t="str"><f>A1</f><v><![CDATA[a & b]]></v></c><c r="F1" t="b"><v>&#49;</v></c>"#;
    let raw = read(&xlsx(&[&row(cells)], &[]), &[]).unwrap();
    for address in ["A1", "B1", "C1", "D1"] {
        assert_eq!(value(&raw, address), Some(&RawValue::Number(12.0)), "{address}");
    }
    assert_eq!(value(&raw, "E1"), Some(&text("a & b")));
    assert_eq!(cell(&raw, "E1").unwrap().formula.as_deref(), Some("A1"));
    assert_eq!(value(&raw, "F1"), Some(&RawValue::Bool(true)));
    assert_eq!(raw.skipped, []);
}

#[test]
fn every_list_of_cells_is_read_and_a_cell_written_twice_is_told() {
    let lists = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><sheetData><row r="2"><c r="A2"><v>2</v></c></row></sheetData>"#;
    let raw = read(&xlsx(&[lists], &[]), &[]).unwrap();
    assert_eq!(
        ["A1", "A2"].map(|a| value(&raw, a)),
        [Some(&RawValue::Number(1.0)), Some(&RawValue::Number(2.0))]
    );
    assert_eq!(raw.skipped, []);
    let twice =
        row(r#"<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c><c r="B1"><v>3</v></c>"#);
    let raw = read(&xlsx(&[&twice], &[]), &[]).unwrap();
    assert!(raw.skipped[0].1.contains("A1") && !raw.skipped[0].1.contains("B1"), "{:?}", raw.skipped);
}

#[test]
fn parts_are_found_by_any_way_that_leads_to_them() {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let list = |target: &str| {
        format!(
            r#"<Relationships><Relationship Id="rId1" Type="{relation}/worksheet" Target="{target}"/>
               <Relationship Id="s" Type="{relation}/sharedStrings" Target="/xl/words.xml"/></Relationships>"#
        )
    };
    let sheet = row(r#"<c r="A1" t="s"><v>1</v></c><c r="B1"><v>7</v></c>"#);
    for target in [
        "../xl/worksheets/sheet1.xml",
        "./worksheets/sheet1.xml",
        "worksheets\\sheet1.xml",
        "worksheets/sheet%31.xml",
    ] {
        let rels = list(target);
        let more = [("xl/_rels/workbook.xml.rels", rels.as_str()), ("xl/words.xml", STRINGS.1)];
        let raw =
            read(&xlsx(&[&sheet], &more), &[]).unwrap_or_else(|error| panic!("{target}: {}", error.cause));
        assert_eq!(value(&raw, "A1"), Some(&text("một")), "{target}");
        assert_eq!(value(&raw, "B1"), Some(&RawValue::Number(7.0)), "{target}");
    }
    let root = format!(
        r#"<Relationships><Relationship Id="r" Type="{relation}/officeDocument" Target="./xl/../xl/workbook.xml"/></Relationships>"#
    );
    let raw = read(&xlsx(&[&sheet], &[("_rels/.rels", &root), STRINGS]), &[]).unwrap();
    assert_eq!(value(&raw, "A1"), Some(&text("một")));
}

#[test]
fn a_sheet_of_an_unknown_kind_does_not_cost_the_others() {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        r#"<workbook xmlns:r="{relation}"><sheets><sheet name="S1" sheetId="1" state="shown" r:id="rId1"/>
           <sheet name="M" sheetId="2" r:id="rId2"/><sheet name="L" sheetId="3" r:id=""/></sheets></workbook>"#
    );
    let rels = format!(
        r#"<Relationships><Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>
           <Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/></Relationships>"#
    );
    let more = [("xl/workbook.xml", book.as_str()), ("xl/_rels/workbook.xml.rels", rels.as_str())];
    let raw = read(&xlsx(&[&row(r#"<c r="A1"><v>7</v></c>"#)], &more), &[]).unwrap();
    assert_eq!(raw.sheet_names, ["S1"]);
    assert_eq!(value(&raw, "A1"), Some(&RawValue::Number(7.0)));
}

#[test]
fn damaged_styles_cost_the_formats_and_not_the_figures() {
    let sheet = row(r#"<c r="A1" s="1"><v>7</v></c>"#);
    let raw = read(&xlsx(&[&sheet], &[("xl/styles.xml", "<styleSheet><fonts><font></b></styleSheet>")]), &[])
        .unwrap();
    assert_eq!(value(&raw, "A1"), Some(&RawValue::Number(7.0)));
    assert!(raw.skipped[0].1.contains("định dạng"), "{:?}", raw.skipped);
}

const ENCODINGS: [(&str, &str); 5] = [
    ("UTF-16", "UTF-16LE with its mark"),
    ("UTF-16", "UTF-16BE with its mark"),
    ("UTF-16", "UTF-16BE"),
    ("windows-1258", "windows-1258"),
    ("ISO-8859-1", "windows-1252"),
];

/// A part with its declaration, in bytes of that encoding.
fn written(part: &str, (named, kind): (&str, &str)) -> Vec<u8> {
    let part = format!(r#"<?xml version="1.0" encoding="{named}"?>{part}"#);
    let mark = if kind.contains("mark") { "\u{FEFF}" } else { "" };
    let wide = format!("{mark}{part}");
    match kind {
        _ if kind.starts_with("UTF-16LE") => wide.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ if kind.starts_with("UTF-16BE") => wide.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => encoding_rs::Encoding::for_label(kind.as_bytes()).unwrap().encode(&part).0.into_owned(),
    }
}

#[test]
fn parts_in_other_encodings_are_read() {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let root = format!(
        r#"<Relationships><Relationship Id="r" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let book = format!(
        r#"<workbook xmlns:r="{relation}"><sheets><sheet name="Bảng" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let of_book = format!(
        r#"<Relationships><Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let sheet = format!(
        "<worksheet>{}</worksheet>",
        row(r#"<c r="A1" t="s"><v>0</v></c><c r="B1"><v>7</v></c><c r="C1" t="str"><v>Cần Đước</v></c>"#)
    );
    let parts = [
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &of_book),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", "<sst><si><t>Tân An</t></si></sst>"),
    ];
    for encoding in ENCODINGS {
        for (other, _) in parts {
            let bytes = package(parts.map(|(name, part)| {
                let part = if name == other { written(part, encoding) } else { part.as_bytes().to_vec() };
                (name, part)
            }));
            let raw =
                read(&bytes, &[]).unwrap_or_else(|error| panic!("{other} {encoding:?}: {}", error.cause));
            assert_eq!(raw.skipped, [], "{other} {encoding:?}");
            assert_eq!(value(&raw, "A1"), Some(&text("Tân An")), "{other} {encoding:?}");
            assert_eq!(value(&raw, "B1"), Some(&RawValue::Number(7.0)), "{other} {encoding:?}");
            // A letter that an encoding lacks stands by its number; tones may stand alone.
            assert_eq!(value(&raw, "C1"), Some(&text("Cần Đước")), "{other} {encoding:?}");
        }
    }
    // What is UTF-8 stays so, whatever it says of itself.
    let lying = format!(r#"<?xml version="1.0" encoding="ISO-8859-1"?>{}"#, parts[4].1);
    let raw = read(
        &package(parts.map(|(name, part)| {
            let part = if name == parts[4].0 { &lying } else { part };
            (name, part.as_bytes().to_vec())
        })),
        &[],
    )
    .unwrap();
    assert_eq!(value(&raw, "A1"), Some(&text("Tân An")));
}

#[test]
fn an_ods_in_utf16_and_one_saved_as_a_template_are_read() {
    let table = r#"<table:table table:name="A"><table:table-row><table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row></table:table>"#;
    let usual = ods(table);
    let changed = |name: &str, change: &dyn Fn(&str) -> Vec<u8>| {
        let mut zip = ZipArchive::new(Cursor::new(&usual)).unwrap();
        let parts: Vec<(String, Vec<u8>)> = (0..zip.len())
            .map(|index| {
                let mut part = zip.by_index(index).unwrap();
                let mut text = String::new();
                part.read_to_string(&mut text).unwrap();
                let bytes = if part.name().unwrap() == name { change(&text) } else { text.into_bytes() };
                (part.name().unwrap().into_owned(), bytes)
            })
            .collect();
        package(parts.iter().map(|(name, part)| (name.as_str(), part.clone())))
    };
    let wide = changed("content.xml", &|part| {
        let (_, body) = part.split_once("?>").unwrap_or(("", part));
        written(body, ENCODINGS[0])
    });
    let template = changed("mimetype", &|kind| format!("{kind}-template").into_bytes());
    for bytes in [wide, template] {
        assert_eq!(value(&read(&bytes, &[]).unwrap(), "A1"), Some(&RawValue::Number(7.0)));
    }
}

#[test]
fn what_a_portal_writes_before_a_file_is_passed_over() {
    let xls = std::fs::read(foreign("799.xls")).unwrap();
    let xlsx = xlsx(&[&row(r#"<c r="A1"><v>7</v></c>"#)], &[]);
    for before in ["\u{FEFF}", "\r\n", "\u{FEFF}\n\n  "] {
        for bytes in [&xls, &xlsx] {
            let late = [before.as_bytes(), bytes].concat();
            assert_eq!(sniff(&late), sniff(bytes), "{before:?}");
            assert_eq!(read(&late, &[]).unwrap(), read(bytes, &[]).unwrap(), "{before:?}");
        }
    }
}

#[test]
fn what_is_embedded_in_an_xls_is_not_taken_for_it() {
    let bytes = std::fs::read(foreign("799.xls")).unwrap();
    let mut usual = CompoundFile::open(Cursor::new(&bytes)).unwrap();
    let mut content = Vec::new();
    usual.open_stream("/Workbook").unwrap().read_to_end(&mut content).unwrap();
    let mut outer = CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    // Embedded first, so that they stand first in the directory.
    for folder in ["/MBD00000001", "/MBD00000001/ObjectPool"] {
        outer.create_storage(folder).unwrap();
    }
    let mut put = |path: &str, bytes: &[u8]| outer.create_new_stream(path).unwrap().write_all(bytes).unwrap();
    put("/MBD00000001/WordDocument", &[0; 5000]);
    put("/MBD00000001/ObjectPool/Workbook", &[0; 5000]);
    put("/Workbook", &content);
    let bytes_with = outer.into_inner().into_inner();
    assert!(matches!(sniff(&bytes_with), Kind::Workbook(_)));
    let (with, without) = (read(&bytes_with, &[]).unwrap(), read(&bytes, &[]).unwrap());
    assert_eq!(with.sheets, without.sheets);
}

#[test]
fn formulas_in_records_of_older_versions_are_read() {
    let bytes = std::fs::read(foreign("799.xls")).unwrap();
    let mut file = CompoundFile::open(Cursor::new(bytes.clone())).unwrap();
    let mut content = Vec::new();
    file.open_stream("/Workbook").unwrap().read_to_end(&mut content).unwrap();
    let (mut at, mut changed) = (0, 0);
    while let Some(head) = content.get(at..at + 4) {
        let (kind, length) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
        if kind == 0x0006 {
            content[at + 1] = [2, 4][changed % 2];
            changed += 1;
        }
        at += 4 + usize::from(length);
    }
    assert!(changed > 1);
    file.open_stream("/Workbook").unwrap().write_all(&content).unwrap();
    let old = file.into_inner().into_inner();
    assert_eq!(read(&old, &[]).unwrap(), read(&bytes, &[]).unwrap());
}

/// A zip whose second file bears the name of the first; the writer takes no name twice.
fn twins(first: (&str, Vec<u8>), second: (&str, Vec<u8>)) -> Vec<u8> {
    let (name, other) = (first.0.as_bytes().to_vec(), second.0.as_bytes().to_vec());
    let mut bytes = package([first, second]);
    for at in 0..bytes.len() - other.len() {
        if bytes[at..].starts_with(&other) {
            bytes[at..at + name.len()].copy_from_slice(&name);
        }
    }
    bytes
}

#[test]
fn two_parts_of_one_name_are_told_and_two_files_of_one_name_are_both_read() {
    let bytes = twins(("xl/workbook.xml", b"<a/>".to_vec()), ("xl/workbook.xmX", b"<b/>".to_vec()));
    let unreadable = read(&bytes, &[]).unwrap_err();
    assert_eq!(unreadable.code, Code::F003);
    assert!(unreadable.cause.contains("xl/workbook.xml"), "{}", unreadable.cause);

    let bytes = twins(("796.xlsx", b"1".to_vec()), ("796.xlsX", b"2".to_vec()));
    let mut found = Vec::new();
    let left = unpack("z.zip", bytes, &mut |member| {
        found.push((member.path, member.bytes.unwrap()));
        Ok::<(), ()>(())
    });
    assert_eq!(left, Ok(None));
    let read = |name: &str, content: &[u8]| (format!("z.zip/{name}"), content.to_vec());
    assert_eq!(found, [read("796 (2).xlsx", b"2"), read("796.xlsx", b"1")]);
}

#[test]
fn a_sound_file_that_is_packed_otherwise_is_named_so() {
    // The number of the method stands ten bytes behind the mark of an entry, eight behind that of its file.
    for (method, name) in [(9_u8, "Deflate64"), (12, "BZip2"), (14, "LZMA"), (93, "Zstandard")] {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(
            "xl/workbook.xml",
            SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
        )
        .unwrap();
        zip.write_all(b"<workbook/>").unwrap();
        let mut bytes = zip.finish().unwrap().into_inner();
        for (mark, at) in [(&b"PK\x03\x04"[..], 8), (b"PK\x01\x02", 10)] {
            let place = bytes.windows(4).position(|window| window == mark).unwrap();
            bytes[place + at] = method;
        }
        let unreadable = read(&bytes, &[]).unwrap_err();
        assert_eq!(unreadable.code, Code::F005);
        assert!(unreadable.cause.contains(name), "{}", unreadable.cause);
    }
}

#[test]
fn the_stream_of_an_xls_is_found_whatever_the_case_of_its_name() {
    let bytes = std::fs::read(foreign("799.xls")).unwrap();
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let (usual, capital) = (wide("Workbook"), wide("WORKBOOK"));
    let at = bytes.windows(usual.len()).position(|window| window == usual).unwrap();
    let mut changed = bytes.clone();
    changed[at..at + usual.len()].copy_from_slice(&capital);
    assert!(matches!(sniff(&changed), Kind::Workbook(_)));
    assert_eq!(read(&changed, &[]).unwrap(), read(&bytes, &[]).unwrap());
}

#[test]
fn what_the_sender_saw_is_known_in_xlsx_and_ods() {
    let styles = r##"<styleSheet><numFmts count="1"><numFmt numFmtId="190" formatCode="#,##0,,"/></numFmts>
        <cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="190"/></cellXfs></styleSheet>"##;
    let cells = r#"<c r="A1" s="1"><v>1</v></c><c r="B1" s="2"><v>1263000000</v></c><c r="C1"><v>1</v></c>"#;
    let raw = read(&xlsx(&[&row(cells)], &[("xl/styles.xml", styles)]), &[]).unwrap();
    let shown = |raw: &RawSubmission, address| {
        cell(raw, address).unwrap().shown.as_ref().map(|shown| shown.text.clone())
    };
    assert_eq!(shown(&raw, "A1").as_deref(), Some("100%"));
    assert_eq!(shown(&raw, "B1").as_deref(), Some("1.263"));
    assert_eq!(shown(&raw, "C1"), None);

    let table = r#"<table:table table:name="A"><table:table-row>
        <table:table-cell office:value-type="percentage" office:value="1"><text:p>100%</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table>"#;
    let raw = read(&ods(&table.replace("\n        ", "")), &[]).unwrap();
    assert_eq!(shown(&raw, "A1").as_deref(), Some("100,00%"));
    assert_eq!(shown(&raw, "B1"), None);
}
