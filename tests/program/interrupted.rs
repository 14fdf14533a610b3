//! Ctrl-C, and what else asks a program to stop, at many moments: what stands afterwards is wholly of before or wholly
//! new, nothing lies beside it, and no process is left. Windows has no way to send one program alone a Ctrl-C.
//!
//! `XHHT_MOMENTS` says at how many moments; without it an everyday share is.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a test stops where it fails and tells what it tried

use super::faults::{JOURNAL, contents, contents_now, ends, inbox, is_temporary, job, running};
use crate::workbooks::xlsx;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn moments() -> u32 {
    std::env::var("XHHT_MOMENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(8)
}

/// Asks a process to stop, and gives back what it answered.
fn stopped(child: Child, signal: &str) -> Output {
    Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status().unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(130) {
        assert!(said.lines().count() == 1 && said.contains("Đã dừng theo yêu cầu"), "{said}");
    } else {
        // It was done before it was asked, or asked before it had begun.
        let has_begun = output.status.signal().is_none();
        assert!(!has_begun || matches!(output.status.code(), Some(0 | 1)), "{:?} {said}", output.status);
    }
    output
}

/// Everything in a folder and below it, folders too.
fn everything(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder).into_iter().flatten().map(walkdir::DirEntry::into_path).collect()
}

#[track_caller]
fn nothing_lies_beside(folder: &Path) {
    let left: Vec<PathBuf> = everything(folder)
        .into_iter()
        .filter(|path| is_temporary(path) || path.file_name().unwrap() == JOURNAL)
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn stopped_at_any_moment_the_results_are_the_old_or_the_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (inbox(folder.path()), folder.path().join("ket-qua/2024"));
    let start = Instant::now();
    // As deep in the folder: the workbook leads to what was sent.
    let apart = folder.path().join("moi/2024");
    ends(&job(&inbox, &apart, "2024-12-16").output().unwrap(), 1, &[]);
    let took = start.elapsed();
    let new = contents(&apart);
    // First where there was nothing, then over other results.
    let mut old = None;
    let (mut before, mut after) = (0, 0);
    for moment in 0..moments() {
        if moment == moments() / 2 {
            fs::remove_dir_all(folder.path().join("ket-qua")).ok();
            ends(&job(&inbox, &out, "2024-12-10").output().unwrap(), 1, &[]);
            old = Some(contents(&out));
        }
        let mut child = job(&inbox, &out, "2024-12-16").spawn().unwrap();
        match moment % 3 {
            0 => std::thread::sleep(took * moment / moments()),
            // From the first temporary file on …
            1 => {
                while running(&mut child)
                    && !(out.exists() && contents_now(&out).iter().any(|path| is_temporary(path)))
                {
                    std::thread::yield_now();
                }
                std::thread::sleep(took / 20 * moment);
            }
            // … and while files change places.
            _ => {
                while !out.join(JOURNAL).exists() && running(&mut child) {
                    std::hint::spin_loop();
                }
            }
        }
        let output = stopped(child, if moment % 2 == 0 { "-TERM" } else { "-INT" });
        nothing_lies_beside(folder.path());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if out.exists() && contents(&out) == new {
            after += 1;
            assert!(output.status.code() != Some(130) || said.contains("giữ nguyên"), "{said}");
            fs::remove_dir_all(folder.path().join("ket-qua")).unwrap();
            for (name, bytes) in old.iter().flatten() {
                fs::create_dir_all(out.join(name).parent().unwrap()).unwrap();
                fs::write(out.join(name), bytes).unwrap();
            }
        } else {
            before += 1;
            assert!(said.is_empty() || said.contains("chưa có tệp nào bị thay đổi"), "{said}");
            match &old {
                Some(old) => assert!(contents(&out) == *old, "moment {moment}"),
                // Nor is there an empty folder.
                None => assert!(!folder.path().join("ket-qua").exists(), "moment {moment}"),
            }
        }
    }
    println!("{before} before, {after} after");
}

#[test]
fn stopped_at_any_moment_a_year_is_closed_or_it_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (inbox(folder.path()), folder.path().join("ket-qua"));
    ends(&job(&inbox, &out, "2024-12-16").output().unwrap(), 1, &[]);
    let mark = out.join("da-chot-xhht-2024.txt");
    let records = folder.path().join("ho-so");
    let close = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
        command.args(["close", "--year", "2024", "--out", "ket-qua"]).current_dir(folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let start = Instant::now();
    ends(&close().output().unwrap(), 0, &[]);
    let took = start.elapsed();
    let whole = everything(&records).len();
    let marks: Vec<PathBuf> = contents_now(&out).into_iter().filter(|path| *path == mark).collect();
    assert_eq!(marks.len(), 1, "{:?}", contents_now(&out));
    for moment in 0..moments() {
        fs::remove_dir_all(&records).ok();
        fs::remove_file(&mark).ok();
        let child = close().spawn().unwrap();
        if moment % 2 == 0 {
            std::thread::sleep(took * moment / moments());
        } else {
            // From the first file of the record on.
            let start = Instant::now();
            while !records.exists() && start.elapsed() < Duration::from_secs(60) {
                std::thread::yield_now();
            }
            std::thread::sleep(Duration::from_millis(u64::from(moment) * 3));
        }
        stopped(child, "-INT");
        nothing_lies_beside(folder.path());
        match records.exists() {
            true => assert!(everything(&records).len() == whole && mark.exists(), "moment {moment}"),
            false => assert!(!mark.exists(), "moment {moment}"),
        }
    }
}

/// Processes of this program with an argument of their own.
#[cfg(target_os = "linux")]
fn reading(mark: &str) -> usize {
    let all = fs::read_dir("/proc").unwrap().flatten();
    let lines = all.filter_map(|entry| fs::read_to_string(entry.path().join("cmdline")).ok());
    lines.filter(|line| line.contains("reader") && line.split('\0').any(|word| word == mark)).count()
}

#[cfg(target_os = "linux")]
#[test]
fn what_reads_a_file_ends_with_the_program() {
    let folder = tempfile::tempdir().unwrap();
    // Some four million cells take a good while, a quarter of a minute and more.
    let many = r#"<row><c><v>1</v></c><c><v>2</v></c></row>"#.repeat((120 << 20) / 41);
    let long = xlsx(&[&format!("<sheetData>{many}</sheetData>")], &[]);
    fs::write(folder.path().join("bon trieu o.xlsx"), long).unwrap();
    let mark = "7341";
    let child = Command::new(env!("CARGO_BIN_EXE_xhht"))
        .args(["check", "--year", "2024", "--read-seconds", mark])
        .arg(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let until = |wanted: usize, patience: u64| {
        let start = Instant::now();
        while reading(mark) != wanted {
            assert!(start.elapsed() < Duration::from_secs(patience), "{} read", reading(mark));
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    until(1, 60);
    assert_eq!(stopped(child, "-TERM").status.code(), Some(130));
    until(0, 5);
}
