//! Files that are broken or meant to harm, and good ones beside them.
#![allow(clippy::unwrap_used, clippy::expect_used)] // tests' own

use crate::workbooks::{ods, package, row, template, xlsx};
use std::fs;
use std::path::{Path, PathBuf};

/// A file that is broken or meant to harm: its name, its content, codes one of which must name it.
pub type Hostile = (&'static str, Vec<u8>, &'static [&'static str]);

/// Twenty files of the samples.
pub fn good() -> Vec<PathBuf> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024");
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(samples)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| {
            let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            path.is_file()
                && ["xlsx", "xls", "ods"].contains(&ending)
                && !path.to_string_lossy().contains("~$")
        })
        .collect();
    files.sort();
    assert!(files.len() >= 20, "{} samples", files.len());
    files.truncate(20);
    files
}

/// Ten of them.
pub fn hostile() -> Vec<Hostile> {
    let spaces = |mib: usize| vec![b' '; mib << 20];
    let cell = r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="7"/>"#;
    let rows = format!(r#"<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>"#);
    let strings = r#"<sst uniqueCount="18446744073709551615"><si><t>a</t></si></sst>"#;
    let one = row(r#"<c r="A1"><v>1</v></c>"#);
    let far = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>"#;
    // Just within what a part may be: some four million cells.
    let many = r#"<row><c><v>1</v></c><c><v>2</v></c></row>"#.repeat((120 << 20) / 41);
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.resize(512, 0);
    for name in ["Root Entry", "EncryptionInfo", "EncryptedPackage"] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        locked.extend(entry);
    }
    let xls = fs::read(good().into_iter().find(|path| path.extension().unwrap() == "xls").unwrap()).unwrap();
    vec![
        ("bom.xlsx", package([("xl/workbook.xml", spaces(129))]), &["F002"]),
        (
            "bom.zip",
            package([("a.xlsx", spaces(100)), ("b.xlsx", spaces(100)), ("c.xlsx", spaces(100))]),
            &["F002"],
        ),
        ("bang vo tan.ods", ods(&format!(r#"<table:table table:name="S1">{rows}</table:table>"#)), &["F002"]),
        ("bang khong dong.ods", ods(r#"<table:table table:name="S1"><table:table-row>"#), &["F003"]),
        // The count is not believed, and what stands there is read.
        ("dem sai.xlsx", xlsx(&[&one], &[("xl/sharedStrings.xml", strings)]), &["S001"]),
        ("o xa nhau.xlsx", xlsx(&[far], &[]), &["S001"]),
        ("bon trieu o.xlsx", xlsx(&[&format!("<sheetData>{many}</sheetData>")], &[]), &["S001", "F009"]),
        ("khoa.xlsx", locked, &["F004"]),
        ("cat cut.xls", xls[..xls.len() / 2].to_vec(), &["F003"]),
        ("cat cut.xlsx", template()[..3000].to_vec(), &["F003"]),
    ]
}
