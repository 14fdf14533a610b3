//! Files that are broken, disguised or meant to harm: each ends in a finding with a cure, none in a panic or in silence.

#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use crate::workbooks::{ods, package, row, template, xlsx};
use proptest::prelude::*;
use std::sync::LazyLock;
use xhht::finding::Code;
use xhht::intake::raw::FileFormat;
use xhht::intake::{Kind, LARGEST_FILE, MOST_CELLS, MOST_PARTS, MOST_SHEETS, Unreadable, read, sniff};

fn refused(bytes: &[u8]) -> Unreadable {
    let unreadable = read(bytes, &[]).expect_err("should be refused");
    assert!(!unreadable.cause.is_empty() && unreadable.cure.len() > 40);
    assert!(
        !unreadable.cause.contains("Error") && !unreadable.cause.contains("error"),
        "{}",
        unreadable.cause
    );
    unreadable
}

fn code(bytes: &[u8]) -> Code {
    refused(bytes).code
}

#[test]
fn what_is_no_workbook_is_named() {
    assert_eq!(code(b""), Code::F006);
    assert_eq!(code(&[0; 4096]), Code::F003);
    let cases: &[(&[u8], &str)] = &[
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "hình ảnh"),
        (b"<html><body><table></table></body></html>", "HTML"),
        ("STT;Xã;Số người\n1;An Lục Long;12\n".as_bytes(), "CSV"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"\x7FELF\x02\x01\x01", "không nhận ra"),
    ];
    for (bytes, named) in cases {
        let unreadable = refused(bytes);
        assert_eq!(unreadable.code, Code::F001);
        assert!(unreadable.cause.contains(named), "{}", unreadable.cause);
    }
    let word =
        package([("[Content_Types].xml", b"<Types/>".to_vec()), ("word/document.xml", b"<w/>".to_vec())]);
    assert!(refused(&word).cause.contains("Word"));
    assert!(refused(&package([("bao cao.xlsx", template())])).cure.contains("Giải nén"));
}

#[test]
fn formats_that_lose_figures_are_refused_with_advice() {
    let xlsb = package([("[Content_Types].xml", b"<Types/>".to_vec()), ("xl/workbook.bin", vec![0; 16])]);
    let unreadable = refused(&xlsb);
    assert_eq!(unreadable.code, Code::F005);
    assert!(unreadable.cure.contains("Excel Workbook (*.xlsx)"));
    assert_eq!(
        code(b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>"),
        Code::F005
    );
}

#[test]
fn a_password_is_told_as_one() {
    // An OLE container whose directory names an encrypted package: header sector, then entries of 128 bytes.
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(512, 0);
    for name in ["Root Entry", "EncryptionInfo", "EncryptedPackage"] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        bytes.extend(entry);
    }
    assert_eq!(code(&bytes), Code::F004);
    let manifest = r#"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let content = "<office:spreadsheet/>";
    let bytes = package([
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", manifest.as_bytes().to_vec()),
        ("content.xml", content.as_bytes().to_vec()),
    ]);
    assert_eq!(code(&bytes), Code::F004);
}

#[test]
fn too_large_says_how_large() {
    let mut bytes = template();
    bytes.resize(LARGEST_FILE as usize + 1, 0);
    let unreadable = refused(&bytes);
    assert_eq!(unreadable.code, Code::F002);
    assert!(
        unreadable.cause.contains("30,1 MB") && unreadable.cause.contains("30 MB"),
        "{}",
        unreadable.cause
    );
}

#[test]
fn zip_bombs_are_refused_by_what_they_declare() {
    // 200 MiB of spaces pack into 200 KB; two parts of 100 MiB and one of 60 pass the limit of a part, not of the whole.
    let spaces = |mib: usize| vec![b' '; mib << 20];
    assert_eq!(code(&package([("xl/workbook.xml", spaces(129))])), Code::F002);
    let parts = [("xl/workbook.xml", spaces(100)), ("xl/a.xml", spaces(100)), ("xl/b.xml", spaces(60))];
    assert_eq!(code(&package(parts)), Code::F002);
    let names: Vec<String> = (0..=MOST_PARTS).map(|n| format!("xl/{n}.xml")).collect();
    assert_eq!(code(&package(names.iter().map(|name| (name.as_str(), Vec::new())))), Code::F002);
}

/// A package in which every part declares another size, in headers and directory.
fn declaring(size: impl Fn(u32) -> u32) -> Vec<u8> {
    let mut bytes = xlsx(&[&row(r#"<c r="A1"><v>1</v></c>"#)], &[]);
    for (mark, offset) in [(&b"PK\x03\x04"[..], 22), (&b"PK\x01\x02"[..], 24)] {
        for at in 0..bytes.len() - 30 {
            if bytes[at..].starts_with(mark) {
                let place = at + offset..at + offset + 4;
                let own = u32::from_le_bytes(bytes[place.clone()].try_into().unwrap());
                bytes[place].copy_from_slice(&size(own).to_le_bytes());
            }
        }
    }
    bytes
}

#[test]
fn a_part_larger_than_it_declares_does_not_grow() {
    assert!(read(&declaring(|own| own), &[]).is_ok());
    assert_eq!(code(&declaring(|_| 1)), Code::F003);
}

#[test]
fn a_part_smaller_than_it_declares_is_damaged() {
    assert_eq!(code(&declaring(|own| own + 5)), Code::F003);
}

#[test]
fn a_digit_changed_on_the_way_is_seen() {
    // Stored and not packed, so that the change stays readable: only the checksum tells.
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut whole =
        zip::ZipArchive::new(std::io::Cursor::new(xlsx(&[&row(r#"<c r="A1"><v>4711</v></c>"#)], &[])))
            .unwrap();
    for index in 0..whole.len() {
        let mut part = whole.by_index(index).unwrap();
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(part.name().unwrap(), options).unwrap();
        std::io::copy(&mut part, &mut zip).unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    assert!(read(&bytes, &[]).is_ok());
    let at = bytes.windows(4).position(|window| window == b"4711").unwrap();
    bytes[at] = b'9';
    assert_eq!(code(&bytes), Code::F003);
}

#[test]
fn false_counts_of_shared_strings_are_not_believed() {
    let sheet = row(r#"<c r="A1" t="s"><v>0</v></c>"#);
    let strings = |count: &str| format!(r#"<sst uniqueCount="{count}"><si><t>a</t></si></sst>"#);
    for count in ["18446744073709551615", "4000000000", "99999999999999999999999"] {
        // Excel minds no count; the strings are there all the same.
        for name in ["xl/sharedStrings.xml", "xl/SharedStrings.xml"] {
            let raw = read(&xlsx(&[&sheet], &[(name, &strings(count))]), &[]).unwrap();
            assert_eq!(raw.sheets[0].cells.len(), 1, "{count}");
        }
    }
    // The library goes on behind tags that do not close one another, minds no attribute given twice, nor a missing space.
    let behind = format!("<si><t>a</si>{}", strings("4000000000"));
    assert_eq!(code(&xlsx(&[&sheet], &[("xl/sharedStrings.xml", &behind)])), Code::F003);
    let twice = strings(r#"4000000000" count="1" count="1"#);
    let close = strings("4000000000").replace(" uniqueCount=", r#" a="b"uniqueCount = "#);
    for strings in [twice, close] {
        let raw = read(&xlsx(&[&sheet], &[("xl/sharedStrings.xml", &strings)]), &[]).unwrap();
        assert_eq!(raw.sheets[0].cells.len(), 1, "{strings}");
    }
    for count in ["1", "0", "", "abc"] {
        assert!(read(&xlsx(&[&sheet], &[("xl/sharedStrings.xml", &strings(count))]), &[]).is_ok(), "{count}");
    }
}

#[test]
fn entities_of_xml_are_refused_by_name() {
    let sheet = row(r#"<c r="A1" t="s"><v>0</v></c>"#);
    let strings =
        r#"<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>"#;
    let unreadable = refused(&xlsx(&[&sheet], &[("xl/sharedStrings.xml", strings)]));
    assert_eq!(unreadable.code, Code::F003);
    assert!(unreadable.cause.contains("thực thể XML"), "{}", unreadable.cause);
}

#[test]
fn too_many_sheets_are_refused() {
    let sheet = row(r#"<c r="A1"><v>1</v></c>"#);
    assert_eq!(code(&xlsx(&vec![sheet.as_str(); MOST_SHEETS + 1], &[])), Code::F002);
    assert!(read(&xlsx(&vec![sheet.as_str(); MOST_SHEETS], &[]), &[]).is_ok());
}

#[test]
fn cells_far_apart_cost_nothing() {
    let sheet = r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>"#;
    let raw = read(&xlsx(&[sheet], &[]), &[]).unwrap();
    assert_eq!(raw.sheets[0].cells.len(), 2);
}

#[test]
fn cells_beyond_the_sheet_are_left_and_named() {
    let cells = r#"<c r="A1"><v>1</v></c><c r="XFE1"><v>2</v></c><c r="A1048577"><v>3</v></c>"#;
    let raw = read(&xlsx(&[&row(cells)], &[]), &[]).unwrap();
    assert_eq!(raw.sheets[0].cells.len(), 1);
    assert!(raw.skipped[0].1.contains("giới hạn"));
}

#[test]
fn junk_below_the_data_is_capped_and_named() {
    let rows: String =
        (1..=MOST_CELLS + 5).map(|n| format!(r#"<row r="{n}"><c r="A{n}"><v>1</v></c></row>"#)).collect();
    let raw = read(&xlsx(&[&format!("<sheetData>{rows}</sheetData>")], &[]), &[]).unwrap();
    assert_eq!(raw.sheets[0].cells.len(), MOST_CELLS);
    assert!(raw.skipped[0].1.contains("A200001"), "{}", raw.skipped[0].1);
}

#[test]
fn one_long_string_named_often_does_not_multiply() {
    // 1 MB named 1,000 times would be 1 GB.
    let strings = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "a".repeat(1 << 20));
    let rows: String =
        (1..=1000).map(|n| format!(r#"<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>"#)).collect();
    let bytes = xlsx(&[&format!("<sheetData>{rows}</sheetData>")], &[("xl/sharedStrings.xml", &strings)]);
    let raw = read(&bytes, &[]).unwrap();
    assert_eq!(raw.sheets[0].cells.len(), 64);
    assert_eq!(raw.skipped.len(), 1);
}

#[test]
fn an_ods_is_judged_before_it_unfolds() {
    let table = |inner: &str| ods(&format!(r#"<table:table table:name="S1">{inner}</table:table>"#));
    let cell = r#"<table:table-cell office:value-type="float" office:value="7"/>"#;
    let wide = r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="7"/>"#;
    let empty_rows =
        r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>"#;
    let row = |inner: &str, repeats: u64| {
        format!(r#"<table:table-row table:number-rows-repeated="{repeats}">{inner}</table:table-row>"#)
    };
    assert_eq!(code(&table(&row(wide, 1_000_000))), Code::F002);
    assert_eq!(code(&table(&format!("{}{empty_rows}{}", row(wide, 1), row(cell, 1)))), Code::F002);
    assert_eq!(code(&table(&row(wide, 1).repeat(200))), Code::F002);
    let long = format!(
        r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>{}</text:p></table:table-cell>"#,
        "a".repeat(20_000)
    );
    assert_eq!(code(&table(&row(&long, 1))), Code::F002);
    let spaces = r#"<table:table-cell office:value-type="string"><text:p><text:s text:c="4000000000"/></text:p></table:table-cell>"#;
    assert_eq!(code(&table(&row(spaces, 1))), Code::F002);
    // What every program writes, a million empty rows below the data, is no matter.
    let usual = format!("{}{empty_rows}", row(cell, 1));
    assert_eq!(read(&table(&usual), &[]).unwrap().sheets[0].cells.len(), 1);
    // A table that never ends would be read forever.
    assert_eq!(code(&ods(r#"<table:table table:name="S1"><table:table-row>"#)), Code::F003);
}

#[test]
fn nothing_read_is_never_a_success() {
    assert_eq!(code(&xlsx(&[], &[])), Code::F006);
    assert_eq!(code(&xlsx(&["<sheetData/>"], &[])), Code::F006);
    assert_eq!(code(&xlsx(&[&row(r#"<c r="A1" s="1"/>"#)], &[])), Code::F006);
    assert_eq!(code(&xlsx(&["<oops"], &[])), Code::F003);
    assert_eq!(code(&ods("")), Code::F006);
}

#[test]
fn a_file_cut_anywhere_is_damaged_or_whole() {
    let whole = template();
    for cut in (4..whole.len()).step_by(97) {
        let unreadable = refused(&whole[..cut]);
        assert_eq!(unreadable.code, Code::F003, "cut at {cut}");
        assert!(unreadable.cure.contains("tải lại"));
    }
}

#[test]
fn a_finding_names_the_file() {
    let finding = refused(b"%PDF-1.7").finding("hộp thư/tân an.xlsx");
    assert_eq!(finding.origin.unwrap().file, "hộp thư/tân an.xlsx");
}

static TEMPLATE: LazyLock<Vec<u8>> = LazyLock::new(template);
static ODS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let cells = r#"<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>"#;
    ods(&format!(
        r#"<table:table table:name="S1"><table:table-row>{}</table:table-row></table:table>"#,
        cells.repeat(30)
    ))
});

/// Whatever comes out, it is a value with cells or a reason with a cure.
fn is_answered(bytes: &[u8]) -> Result<(), TestCaseError> {
    match read(bytes, &["Phụ lục 1".to_owned()]) {
        Ok(raw) => prop_assert!(raw.sheets.iter().any(|sheet| !sheet.cells.is_empty())),
        Err(unreadable) => prop_assert!(!unreadable.cause.is_empty() && !unreadable.cure.is_empty()),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        is_answered(&bytes)?;
    }

    #[test]
    fn any_bytes_behind_a_known_start_are_answered(
        start in prop::sample::select(vec![&b"PK\x03\x04"[..], b"\x09\x08\x10\0", b"<?xml", b"%PDF-", b"PK\x05\x06"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..1000),
    ) {
        is_answered(&[start, &bytes].concat())?;
    }

    #[test]
    fn corrupted_workbooks_are_answered(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        as_ods in any::<bool>(),
    ) {
        let mut bytes = if as_ods { ODS.clone() } else { TEMPLATE.clone() };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        is_answered(&bytes)?;
    }

    #[test]
    fn corrupted_sheets_are_answered(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6),
    ) {
        // Inside the XML, where the checksums of the zip do not stand guard.
        let sheet = row(r##"<c r="A1" t="n"><v>1</v></c><c r="B1" t="e"><f>A1</f><v>#REF!</v></c><c r="C1" t="inlineStr"><is><t>x</t></is></c><c r="D1"><f t="shared" ref="D1:E1" si="0">A1</f></c><c r="E1"><f t="shared" si="0"/></c>"##);
        let mut sheet: Vec<char> = sheet.chars().collect();
        let letters: Vec<char> = "<>/=\"& 019,.:$#ABZrstvfc\0é".chars().collect();
        for (at, letter) in changes {
            let at = at.index(sheet.len());
            sheet[at] = letters[letter.index(letters.len())];
        }
        is_answered(&xlsx(&[&sheet.into_iter().collect::<String>()], &[]))?;
    }
}

#[test]
fn a_disguise_does_not_help() {
    assert_eq!(sniff(&TEMPLATE), Kind::Workbook(FileFormat::Xlsx));
    assert_eq!(sniff(&ODS), Kind::Workbook(FileFormat::Ods));
}
