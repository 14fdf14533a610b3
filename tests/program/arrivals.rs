//! How reports come in: in mails and archives, behind links, under any name; and what is told of what cannot be opened.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use serde_json::Value;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TAN_AN: &str = "794-Thành phố Tân An.xlsx";
const BEN_LUC: &str = "803-Huyện Bến Lức.xlsx";

fn xhht(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xhht")).args(arguments).output().unwrap()
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024").join(name)).unwrap()
}

/// Consolidates; the result, and what was printed.
fn consolidated(inbox: &Path, out: &Path) -> (Value, String) {
    let (inbox, out_text) = (inbox.to_str().unwrap(), out.to_str().unwrap());
    let output = xhht(&[
        "consolidate",
        inbox,
        "--out",
        out_text,
        "--year",
        "2024",
        "--as-of",
        "2024-12-10",
        "--without",
        "pdf",
    ]);
    let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{printed}");
    (serde_json::from_slice(&fs::read(out.join("ket-qua-xhht-2024.json")).unwrap()).unwrap(), printed)
}

/// Status of a unit and the paths of its files.
fn unit(result: &Value, code: &str) -> (String, Vec<String>) {
    let unit = result["units"].as_array().unwrap().iter().find(|unit| unit["code"] == code).unwrap();
    let files =
        unit["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned());
    (unit["status"].as_str().unwrap().to_owned(), files.collect())
}

/// Codes and files of the findings about files.
fn about_files(result: &Value) -> Vec<(String, String)> {
    let findings = result["findings"].as_array().unwrap().iter();
    let of_files = findings.filter(|finding| finding["code"].as_str().unwrap().starts_with('F'));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    of_files.map(|finding| (text(&finding["code"]), text(&finding["file"]))).collect()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (number, three) in bytes.chunks(3).enumerate() {
        let all = three.iter().chain([&0, &0]).take(3).fold(0_u32, |all, byte| all << 8 | u32::from(*byte));
        for place in 0..4 {
            let digit = DIGITS[(all >> (18 - 6 * place)) as usize & 63];
            text.push(if place > three.len() { '=' } else { char::from(digit) });
        }
        if number % 19 == 18 {
            text += "\r\n";
        }
    }
    text
}

fn mail(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut text = "Return-Path: <a@example.vn>\r\nSubject: =?UTF-8?B?QsOhbyBjw6Fv?=\r\nDate: Wed, 4 Dec 2024 08:00:00 +0700\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"000000000000a1\"\r\n\r\n\
        --000000000000a1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Gửi số liệu</p>\r\n"
        .to_owned();
    for (name, bytes) in files {
        text += &format!(
            "--000000000000a1\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Disposition: attachment; filename=\"=?UTF-8?B?{}?=\"\r\n\r\n{}\r\n",
            base64(name.as_bytes()),
            base64(bytes)
        );
    }
    (text + "--000000000000a1--\r\n").into_bytes()
}

#[test]
fn reports_in_mails_and_archives_are_read_where_they_lie() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (folder.path().join("hop-thu"), folder.path().join("ket-qua"));
    fs::create_dir(&inbox).unwrap();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(BEN_LUC, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&sample(BEN_LUC)[..20_000]).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    fs::write(inbox.join("Fwd.eml"), mail(&[(TAN_AN, sample(TAN_AN)), ("so lieu.zip", zip)])).unwrap();
    fs::write(inbox.join("chỉ có lời.eml"), mail(&[])).unwrap();
    let (result, printed) = consolidated(&inbox, &out);
    assert_eq!(unit(&result, "794"), ("reported".into(), vec![format!("Fwd.eml/{TAN_AN}")]), "{printed}");
    assert_eq!(unit(&result, "803"), ("rejected".into(), vec![format!("Fwd.eml/so lieu.zip/{BEN_LUC}")]));
    let mut about = about_files(&result);
    about.sort();
    let expected =
        [("F001", "chỉ có lời.eml".to_owned()), ("F003", format!("Fwd.eml/so lieu.zip/{BEN_LUC}"))];
    assert_eq!(about, expected.map(|(code, file)| (code.to_owned(), file)));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_is_told_and_the_rest_is_done() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (folder.path().join("hop-thu"), folder.path().join("ket-qua"));
    fs::create_dir_all(inbox.join("803 kín")).unwrap();
    fs::write(inbox.join(TAN_AN), sample(TAN_AN)).unwrap();
    fs::write(inbox.join("803 kín").join(BEN_LUC), sample(BEN_LUC)).unwrap();
    symlink(".", inbox.join("vòng")).unwrap();
    symlink("/nowhere/a.xlsx", inbox.join("804 đi đâu.xlsx")).unwrap();
    symlink(TAN_AN, inbox.join("lối tắt.xlsx")).unwrap();
    let has_pipe =
        Command::new("mkfifo").arg(inbox.join("ống")).status().is_ok_and(|status| status.success());
    fs::set_permissions(inbox.join("803 kín"), fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser looks into any folder.
    let looks_anyway = fs::read_dir(inbox.join("803 kín")).is_ok();
    let (result, printed) = consolidated(&inbox, &out);
    fs::set_permissions(inbox.join("803 kín"), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(unit(&result, "794").0, "reported", "{printed}");
    let status = if looks_anyway { "reported" } else { "rejected" };
    assert_eq!(unit(&result, "803").0, status);
    assert_eq!(unit(&result, "804").0, "rejected", "a link names its unit, and is not followed");
    let mut expected = vec![("F010", "804 đi đâu.xlsx"), ("F010", "lối tắt.xlsx"), ("F010", "vòng")];
    if has_pipe {
        expected.push(("F003", "ống"));
    }
    if !looks_anyway {
        expected.push(("F003", "803 kín"));
    }
    let mut expected: Vec<_> =
        expected.into_iter().map(|(code, file)| (code.to_owned(), file.to_owned())).collect();
    let mut about = about_files(&result);
    expected.sort();
    about.sort();
    assert_eq!(about, expected);
}

#[test]
fn many_stray_files_are_answered_by_one_list_and_few_by_letters() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("hop-thu");
    fs::create_dir(&inbox).unwrap();
    fs::write(inbox.join(TAN_AN), sample(TAN_AN)).unwrap();
    // The longest name that disks take, in letters of three bytes.
    let long = format!("{}.txt", "ệ".repeat(if cfg!(windows) { 120 } else { 83 }));
    fs::write(inbox.join(&long), "không phải báo cáo").unwrap();
    let letters = |out: &Path| -> Vec<String> {
        let names = fs::read_dir(out.join("phan-hoi")).unwrap().map(|entry| entry.unwrap().file_name());
        let names = names.map(|name| name.into_string().unwrap());
        names.filter(|name| name.starts_with("khong-ro-don-vi")).collect()
    };
    let few = folder.path().join("ít");
    consolidated(&inbox, &few);
    let [letter] = <[_; 1]>::try_from(letters(&few)).unwrap();
    assert!(letter.starts_with("khong-ro-don-vi-ệệệ") && letter.len() <= 143, "{letter}");

    for number in 0..60 {
        fs::write(inbox.join(format!("tệp {number}.txt")), format!("không phải báo cáo {number}")).unwrap();
    }
    let many = folder.path().join("nhiều");
    consolidated(&inbox, &many);
    assert_eq!(letters(&many), ["khong-ro-don-vi.xlsx"]);
    let bytes = fs::read(many.join("phan-hoi/khong-ro-don-vi.xlsx")).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(Cursor::new(bytes)).unwrap();
    let rows = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    let told =
        rows.rows().filter(|row| row[1].to_string().ends_with(".txt") && row[2].to_string().contains("F001"));
    assert_eq!(told.count(), 61);
}

#[test]
fn a_folder_in_the_place_of_a_workbook_is_told_and_the_set_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (folder.path().join("hop-thu"), folder.path().join("ket-qua"));
    fs::create_dir_all(out.join("tong-hop-xhht-2024.xlsx")).unwrap();
    fs::create_dir(&inbox).unwrap();
    fs::write(inbox.join(TAN_AN), sample(TAN_AN)).unwrap();
    let (result, printed) = consolidated(&inbox, &out);
    assert!(
        printed.contains("“tong-hop-xhht-2024.xlsx” được ghi với tên “tong-hop-xhht-2024 (2).xlsx”"),
        "{printed}"
    );
    assert!(out.join("tong-hop-xhht-2024 (2).xlsx").is_file());
    let outputs = result["outputs"].as_array().unwrap();
    assert!(outputs.iter().any(|output| output["path"] == "tong-hop-xhht-2024 (2).xlsx"), "{outputs:?}");
    let beside = |path: PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(".xhht-");
    assert!(!fs::read_dir(&out).unwrap().any(|entry| beside(entry.unwrap().path())));
}

#[test]
fn a_file_in_the_place_of_a_folder_of_outputs_is_told_and_the_rest_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (folder.path().join("hop-thu"), folder.path().join("ket-qua"));
    fs::create_dir(&inbox).unwrap();
    fs::create_dir(&out).unwrap();
    fs::write(out.join("phan-hoi"), "của người khác").unwrap();
    fs::write(inbox.join(BEN_LUC), &sample(BEN_LUC)[..20_000]).unwrap();
    let (result, printed) = consolidated(&inbox, &out);
    assert!(printed.contains("thư mục “phan-hoi” được ghi với tên “phan-hoi (2)”"), "{printed}");
    assert!(printed.contains(&format!("{}: ", out.join("phan-hoi (2)").display())), "{printed}");
    assert_eq!(fs::read_to_string(out.join("phan-hoi")).unwrap(), "của người khác");
    let copies: Vec<PathBuf> = result["outputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|output| out.join(output["path"].as_str().unwrap()))
        .filter(|path| path.parent() == Some(&out.join("phan-hoi (2)")))
        .collect();
    assert!(!copies.is_empty() && copies.iter().all(|path| path.is_file()), "{}", result["outputs"]);
    // The next run knows them for its own: what is out of date goes.
    fs::remove_file(inbox.join(BEN_LUC)).unwrap();
    fs::write(inbox.join(TAN_AN), sample(TAN_AN)).unwrap();
    consolidated(&inbox, &out);
    assert!(copies.iter().all(|path| !path.exists()), "{copies:?}");
}

/// A sender's text must not write the title of the window, clear the screen or stand in another order than it is read.
#[cfg(unix)]
#[test]
fn nothing_of_a_sender_is_acted_upon_by_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1B}]0;tên\u{7}\u{1B}[2J\u{202E}\u{9B}31m\n    LỖI giả.xlsx";
    fs::write(folder.path().join(name), "văn bản").unwrap();
    let path = folder.path().to_str().unwrap();
    for format in ["text", "json"] {
        let output = xhht(&["check", path, "--year", "2024", "--color", "always", "--format", format]);
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(printed.contains("F001"), "{printed:?}");
        for acts in ["\u{1B}]", "\u{7}", "\u{1B}[2J", "\u{202E}", "\u{9B}", "\n    LỖI giả"] {
            assert!(!printed.contains(acts), "{acts:?} in {printed:?}");
        }
    }
    // Names are told when the program cannot go on as well.
    let output =
        xhht(&["check", folder.path().join("không\u{1B}[2J có").to_str().unwrap(), "--color", "always"]);
    let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(printed.contains("không␛") && !printed.contains("\u{1B}[2J"), "{printed:?}");
}

/// The ward of 2025 bears the name of the city of 2024: its form, sent in by mistake, is not the city's.
#[test]
fn a_file_that_names_its_sender_is_nobody_elses() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("hop-thu");
    let forms = inbox.to_str().unwrap();
    let written = xhht(&["template", "--year", "2026", "--unit", "27712", "--out", forms, "--quiet"]);
    assert_eq!(written.status.code(), Some(0));
    fs::write(inbox.join(TAN_AN), sample(TAN_AN)).unwrap();
    let (result, printed) = consolidated(&inbox, &folder.path().join("ket-qua"));
    assert!(inbox.join("27712-Phường Tân An.xlsx").is_file());
    assert_eq!(unit(&result, "794").1, [TAN_AN], "{printed}");
    let findings = result["findings"].as_array().unwrap();
    let told = findings.iter().find(|finding| finding["code"] == "T001").unwrap();
    assert_eq!((&told["unit"], &told["file"]), (&"27712".into(), &"27712-Phường Tân An.xlsx".into()));
}
