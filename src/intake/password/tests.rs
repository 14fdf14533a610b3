use super::*;
use crate::finding::Code;
use crate::intake::{Kind, read, sniff};

/// What is locked in all of them.
const FORM: &[u8] = include_bytes!("../../../tests/foreign/kinds/form.xlsx");
/// As Excel 2010 and later lock.
const AGILE: &[u8] = include_bytes!("../../../tests/foreign/kinds/default-password.xlsx");
/// As Excel 2007 locks.
const STANDARD: &[u8] = include_bytes!("../../../tests/foreign/kinds/default-password-2007.xlsx");
/// Locked by somebody, with “bimat”.
const SECRET: &[u8] = include_bytes!("../../../tests/foreign/kinds/locked.xlsx");
/// As LibreOffice locks for Excel 97, with “bimat”.
const XLS: &[u8] = include_bytes!("../../../tests/foreign/kinds/locked.xls");

#[test]
fn what_excel_locks_by_itself_opens_and_what_somebody_locked_stays() {
    for bytes in [AGILE, STANDARD] {
        assert_eq!(sniff(bytes), Kind::Encrypted);
        assert_eq!(opened(bytes).unwrap(), FORM);
        assert_eq!(read(bytes, &[]).unwrap(), read(FORM, &[]).unwrap());
    }
    assert_eq!(read(SECRET, &[]).unwrap_err().code, Code::F004);
    assert!(opened_with(SECRET, "bimat").is_some_and(|bytes| bytes == FORM));
    assert!(opened_with(AGILE, "bimat").is_none());
}

#[test]
fn a_locked_xls_is_the_same_file_once_it_is_open() {
    assert_eq!(read(XLS, &[]).unwrap_err().code, Code::F004);
    assert_eq!(xls::opened(XLS), None);
    let opened = xls::opened_with(XLS, "bimat").unwrap();
    assert_eq!(opened.len(), XLS.len());
    let raw = read(&opened, &[]).unwrap();
    assert!(raw.identity.unit.is_some(), "{:?}", raw.sheet_names);
    assert!(raw.sheets.iter().any(|sheet| !sheet.cells.is_empty()));
}

#[test]
fn the_lock_of_excel_95_is_named() {
    // The lock of the file is told to be of the old kind, in the place where it stands.
    let mut old = XLS.to_vec();
    let lock = [&0x002F_u16.to_le_bytes()[..], &0x36_u16.to_le_bytes(), &[1, 0]].concat();
    let at = old.windows(lock.len()).position(|window| window == lock).unwrap();
    old[at + 4] = 0;
    let told = read(&old, &[]).unwrap_err();
    assert_eq!(told.code, Code::F004);
    assert!(told.cause.contains("XOR") && told.cure.contains("Lưu thành"), "{told:?}");
}

#[test]
fn no_damage_makes_it_fall_over() {
    for (bytes, step) in [(AGILE, 211), (STANDARD, 97), (XLS, 1_999)] {
        for cut in (0..bytes.len()).step_by(step) {
            let _ = read(&bytes[..cut], &[]);
        }
    }
}
