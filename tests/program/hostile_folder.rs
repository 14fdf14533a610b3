//! Thirty files, ten of them broken or meant to harm: the program itself finishes, stays small, and names each of the
//! ten with what to do.
#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use crate::hostile::{good, hostile};
use crate::workbooks::template;
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Most that may be in memory at any moment, bytes: the program and the process that reads for it.
const MOST_MEMORY: u64 = 12 * (1 << 30) / 10;
/// Most time for a file, and so for the ten, with room for a slow machine and a build that is not optimised.
const MOST_TIME: Duration = Duration::from_secs(10 * 25);

/// Memory of a process and of those it started, bytes; zero where the system does not tell.
fn memory(of: u32) -> u64 {
    let Ok(all) = fs::read_dir("/proc") else { return 0 };
    let status = |pid: u32| fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let number = |status: &str, key: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    };
    let pids = all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let family = pids
        .map(status)
        .filter(|status| number(status, "Pid:") == u64::from(of) || number(status, "PPid:") == u64::from(of));
    family.map(|status| number(&status, "VmRSS:") * 1024).sum()
}

/// Runs to the end, and the most memory seen on the way.
fn watched(mut child: Child) -> (String, i32, u64) {
    let mut output = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        output.read_to_string(&mut text).unwrap();
        text
    });
    let start = Instant::now();
    let mut most = 0;
    let status = loop {
        most = most.max(memory(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(start.elapsed() < MOST_TIME, "does not finish");
        std::thread::sleep(Duration::from_millis(5));
    };
    (reader.join().unwrap(), status.code().unwrap(), most)
}

#[test]
fn ten_hostile_files_among_thirty_cost_little_and_are_told_by_name() {
    let folder = tempfile::tempdir().unwrap();
    for file in good() {
        fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    let hostile = hostile();
    for (name, bytes, _) in &hostile {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 30);
    let child = Command::new(env!("CARGO_BIN_EXE_xhht"))
        .args(["check", "--quiet", "--format", "json", "--year", "2024"])
        .arg(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (told, code, most) = watched(child);
    assert_eq!(code, 1, "{told}");
    assert!(most <= MOST_MEMORY, "{} MiB", most >> 20);
    let findings: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (name, _, codes) in &hostile {
        let of_file: Vec<&Value> = findings.iter().filter(|finding| finding["file"] == *name).collect();
        let right = |finding: &&&Value| codes.contains(&finding["code"].as_str().unwrap());
        let finding = of_file.iter().find(right).unwrap_or_else(|| panic!("{name}: {of_file:?}"));
        assert!(finding["cure"].as_str().unwrap().len() > 40, "{finding}");
    }
    // The good ones are read as if they were alone.
    let refused = |finding: &&Value| finding["severity"] == "reject";
    let names: Vec<&str> = hostile.iter().map(|(name, ..)| *name).collect();
    let others: Vec<&Value> = findings
        .iter()
        .filter(refused)
        .filter(|finding| !names.contains(&finding["file"].as_str().unwrap()))
        .collect();
    assert!(others.len() <= 2, "{others:?}");
}

#[test]
fn a_file_that_takes_too_long_is_left_and_the_next_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let old = good().into_iter().find(|path| path.extension().unwrap() == "xls").unwrap();
    fs::copy(&old, folder.path().join("cu.xls")).unwrap();
    fs::write(folder.path().join("moi.xlsx"), template()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xhht"))
        .args(["check", "--quiet", "--format", "json", "--year", "2024", "--read-seconds", "0"])
        .arg(folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let findings: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |name: &str| -> Vec<&str> {
        let named = findings.iter().filter(|finding| finding["file"] == name);
        named.map(|finding| finding["code"].as_str().unwrap()).collect()
    };
    assert_eq!(of("cu.xls"), ["F009"]);
    assert!(!of("moi.xlsx").is_empty() && !of("moi.xlsx").contains(&"F009"), "{told}");
}

#[test]
fn what_comes_from_the_other_process_is_what_this_one_would_read() {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = good().into_iter().filter(|path| path.extension().unwrap() != "xlsx").collect();
    assert!(files.len() >= 2);
    let names: Vec<String> = Vec::new();
    for file in &files {
        let bytes = fs::read(file).unwrap();
        let here = xhht::intake::read(&bytes, &names).unwrap();
        let text = serde_json::to_string(&here).unwrap();
        let there: xhht::intake::raw::RawSubmission = serde_json::from_str(&text).unwrap();
        assert_eq!(there, here);
    }
    // And a zip of them is read like the folder, with the zip's name in front.
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for file in &files {
        let inside = format!("huyen/{}", file.file_name().unwrap().to_str().unwrap());
        zip.start_file(inside, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, &fs::read(file).unwrap()).unwrap();
    }
    fs::write(folder.path().join("thu.zip"), zip.finish().unwrap().into_inner()).unwrap();
    let run = |path: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
        command.args(["check", "--quiet", "--format", "json", "--year", "2024"]).arg(path);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let zipped = run(folder.path());
    let loose = tempfile::tempdir().unwrap();
    fs::create_dir(loose.path().join("huyen")).unwrap();
    for file in &files {
        fs::copy(file, loose.path().join("huyen").join(file.file_name().unwrap())).unwrap();
    }
    assert!(!zipped.is_empty());
    assert_eq!(zipped.replace("thu.zip/huyen/", "huyen/"), run(loose.path()));
}

/// How many processes a run that reads on one thread has started, as often as the system was asked.
#[cfg(target_os = "linux")]
fn processes_of_a_run(folder: &Path) -> (usize, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xhht"))
        .args(["check", "--quiet", "--format", "json", "--year", "2024", "--threads", "1"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = child.stdout.take().unwrap();
    let printed = std::thread::spawn(move || {
        let mut text = String::new();
        output.read_to_string(&mut text).unwrap();
        text
    });
    let parent = format!("PPid:\t{}\n", child.id());
    let mut seen = std::collections::BTreeSet::new();
    while child.try_wait().unwrap().is_none() {
        let all = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.file_name());
        let pids = all.filter_map(|name| name.to_str()?.parse::<u32>().ok());
        seen.extend(pids.filter(|pid| {
            fs::read_to_string(format!("/proc/{pid}/status")).is_ok_and(|status| status.contains(&parent))
        }));
    }
    (seen.len(), printed.join().unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn one_process_reads_file_after_file_until_one_of_them_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let old = good().into_iter().find(|path| path.extension().unwrap() == "xls").unwrap();
    let old = fs::read(old).unwrap();
    // Other bytes each, or they would be one file: what follows the last sector is nobody's.
    let copies = |names: std::ops::Range<u8>| {
        for name in names {
            fs::write(folder.path().join(format!("{name:02}.xls")), [&old[..], &[name; 512]].concat())
                .unwrap();
        }
    };
    let read = |told: &str| told.matches("\"F0").count();
    copies(0..6);
    let (started, told) = processes_of_a_run(folder.path());
    assert_eq!((started, read(&told)), (1, 0), "{told}");
    // One that is refused in the middle, by the process that reads it.
    let torn = hostile().into_iter().find(|(name, ..)| *name == "bang khong dong.ods").unwrap();
    fs::write(folder.path().join("03a.ods"), torn.1).unwrap();
    let (started, told) = processes_of_a_run(folder.path());
    assert_eq!((started, read(&told)), (2, 1), "{told}");
}
