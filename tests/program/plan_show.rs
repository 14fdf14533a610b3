//! `xhht plan show`: a year's plan as it is in force, with what changed and what will.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use std::process::Command;

/// What the command prints for a year, line breaks within an entry undone, and its exit code.
fn shown(year: &str) -> (String, String, i32) {
    let run = ["plan", "show", "--color", "never", "--year", year];
    let output = Command::new(env!("CARGO_BIN_EXE_xhht")).args(run).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    let told = if output.status.success() { out } else { String::from_utf8(output.stderr).unwrap() };
    (told.split_whitespace().collect::<Vec<_>>().join(" "), told, output.status.code().unwrap())
}

#[test]
fn each_year_is_shown_as_it_is_in_force() {
    let (before, _, code) = shown("2024");
    assert_eq!(code, 0);
    for words in [
        "Cơ quan ban hành: Ủy ban nhân dân tỉnh Long An",
        "Các huyện, thị xã, thành phố: 15",
        "Sở LĐ-TB&XH: Thông tin chung",
        "01/07/2025: 15 đơn vị kết thúc, thay bằng 60 đơn vị",
    ] {
        assert!(before.contains(words), "{words}: {before}");
    }
    let (merged, lines, _) = shown("2025");
    for words in [
        "Cơ quan ban hành: Ủy ban nhân dân tỉnh Tây Ninh",
        "Nói về: địa bàn tỉnh Long An cũ",
        "Các xã, phường: 60",
        "Số dân cần xem lại: Long An (27694)",
        "Sở Nội vụ: Thông tin chung",
        "Sở Lao động - Thương binh và Xã hội (SLDTBXH) kết thúc, Sở Nội vụ (SNV) nhận việc báo cáo",
        "cần tỉnh xác nhận",
        "Căn cứ: Nghị quyết số 202/2025/QH15",
        "31/12/2025: ngày cuối của chỉ tiêu 1.4",
    ] {
        assert!(merged.contains(words), "{words}: {merged}");
    }
    // What changed stands after what is, and what comes after that.
    let at = |head: &str| lines.lines().position(|line| line.starts_with(head)).unwrap();
    assert!(at("Chỉ tiêu: ") < at("Thay đổi từ sau") && at("Thay đổi từ sau") < at("Sẽ có hiệu lực"));
    let (after, ..) = shown("2026");
    assert!(!after.contains("Thay đổi từ sau"), "nothing changed since 2025: {after}");
}

#[test]
fn a_year_outside_the_plan_is_refused() {
    let (told, _, code) = shown("2035");
    assert!(code == 2 && told.contains("2021") && told.contains("2030"), "{told}");
}
