//! The provincial workbook, read back by another library.

mod sample_report;

use std::path::PathBuf;
use xhht::output::xlsx;

fn written() -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tong-hop-mau.xlsx");
    std::fs::write(&path, xlsx::write(&sample_report::report()).unwrap()).unwrap();
    path
}

#[test]
fn two_writes_give_the_same_bytes() {
    let path = written();
    assert_eq!(std::fs::read(path).unwrap(), xlsx::write(&sample_report::report()).unwrap());
}
