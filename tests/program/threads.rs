//! However many threads work, every output is the same to the byte.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use super::faults::contents;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

fn with_threads(threads: &str, arguments: &[&str], code: i32) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).args(["--quiet", "--threads", threads]);
    let output = command.arg("--out").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    contents(folder.path())
}

#[test]
fn a_december_is_the_same_with_one_two_and_seven_threads() {
    let job = [
        "consolidate",
        "samples/2024",
        "--year",
        "2024",
        "--as-of",
        "2024-12-16",
        "--history",
        "samples/2023",
    ];
    let one = with_threads("1", &job, 1);
    // Workbook, two PDFs, the result, the list of what is to be known, and a copy for each unit that is asked for something.
    assert!(one.len() > 10, "{}", one.len());
    for threads in ["2", "7"] {
        assert!(with_threads(threads, &job, 1) == one, "{threads} threads");
    }
}

#[test]
fn templates_are_the_same_with_one_and_seven_threads() {
    let job = ["template", "--year", "2024", "--unit", "794", "--unit", "SGDDT", "--unit", "HKH"];
    let one = with_threads("1", &job, 0);
    // Beside the three forms lie the quick start and, where its module was built, the page.
    let forms = one.keys().filter(|path| path.extension().is_some_and(|ending| ending == "xlsx"));
    assert_eq!(forms.count(), 3, "{:?}", one.keys());
    assert!(with_threads("7", &job, 0) == one);
}

#[test]
fn no_thread_at_all_is_refused() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_xhht")).args(["check", "x", "--threads", "0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--threads"));
    let help = Command::new(env!("CARGO_BIN_EXE_xhht")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    // Limits are stated where people look for them.
    for told in ["--threads", "--read-seconds", "mặc định: 20", "--read-memory", "mặc định: 896"] {
        assert!(help.contains(told), "{told} is not in {help}");
    }
}
