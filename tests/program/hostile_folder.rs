//! Thirty files, ten of them broken or meant to harm: the program itself finishes, stays small, and names each of the
//! ten with what to do.
#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use crate::workbooks::{ods, package, row, template, xlsx};
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

/// Twenty files of the samples.
fn good() -> Vec<PathBuf> {
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

/// The ten: name, content, codes one of which must name it.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static [&'static str])> {
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
        ("dem sai.xlsx", xlsx(&[&one], &[("xl/sharedStrings.xml", strings)]), &["F003"]),
        ("o xa nhau.xlsx", xlsx(&[far], &[]), &["S001"]),
        ("bon trieu o.xlsx", xlsx(&[&format!("<sheetData>{many}</sheetData>")], &[]), &["S001", "F009"]),
        ("khoa.xlsx", locked, &["F004"]),
        ("cat cut.xls", xls[..xls.len() / 2].to_vec(), &["F003"]),
        ("cat cut.xlsx", template()[..3000].to_vec(), &["F003"]),
    ]
}

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
