use super::*;
use crate::finding::Code;
use crate::intake::member::inside;
use std::convert::Infallible;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn mailed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut mail =
        b"From: a@example.vn\nTo: b@example.vn\nContent-Type: multipart/mixed; boundary=\"=_\"\n\n".to_vec();
    for (name, content) in files {
        mail.extend(format!("--=_\nContent-Disposition: attachment; filename=\"{name}\"\n\n").bytes());
        mail.extend(*content);
        mail.extend(b"\n");
    }
    mail.extend(b"--=_--\n");
    mail
}

/// What comes out: paths, and codes of what could not be had.
fn unpacked(path: &str, bytes: Vec<u8>) -> Vec<(String, Option<Code>)> {
    let mut found = Vec::new();
    let mut take = |member: Member| -> Result<(), Infallible> {
        found.push((member.path, member.bytes.err().map(|why| why.code)));
        Ok(())
    };
    let Ok(back) = unpack(path, bytes, &mut take);
    assert!(back.is_none());
    found
}

#[test]
fn what_holds_files_is_opened_to_the_last_and_a_workbook_comes_back() {
    let inner = zipped(&[("xa/b.xlsx", b"b"), ("a.xlsx", b"a")]);
    let mail = mailed(&[("so lieu.zip", &inner), ("c.xlsx", b"c"), ("c.xlsx", b"d")]);
    let outer = zipped(&[("thu.eml", &mail)]);
    let paths: Vec<String> = unpacked("nop.zip", outer).into_iter().map(|(path, _)| path).collect();
    let in_mail = ["so lieu.zip/a.xlsx", "so lieu.zip/xa/b.xlsx", "c.xlsx", "c (2).xlsx"];
    assert_eq!(paths, in_mail.map(|path| format!("nop.zip/thu.eml/{path}")));
    let Ok(back) = unpack("a.csv", b"a;b".to_vec(), &mut |_| -> Result<(), Infallible> { unreachable!() });
    assert_eq!(back.unwrap(), b"a;b");
}

#[test]
fn depth_number_and_size_count_for_the_whole() {
    let mut deep = zipped(&[("a.xlsx", b"a")]);
    for _ in 0..6 {
        deep = zipped(&[("z.zip", &deep)]);
    }
    // The last zip that is not opened is handed on as it is.
    assert_eq!(unpacked("z.zip", deep), [("z.zip/z.zip/z.zip/z.zip/z.zip".to_owned(), None)]);

    let many: Vec<String> = (0..2_000).map(|number| format!("{number:04}.xlsx")).collect();
    let files: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let inner = zipped(&files);
    let found = unpacked(
        "nop.zip",
        zipped(&[("a.zip", &inner), ("b.zip", &inner), ("c.zip", &inner), ("d.xlsx", b"d")]),
    );
    assert!(found.len() <= MOST_PARTS + 2, "{}", found.len());
    assert!(found.iter().any(|(_, code)| *code == Some(Code::F002)), "what was left out is told");
    let damaged = unpacked("nop.zip", zipped(&[("a.zip", b"PK\x05\x06 cut")]));
    assert_eq!(damaged.len(), 1, "{damaged:?}");
}

#[test]
fn paths_stay_inside_and_can_be_printed() {
    let cases = [
        ("b/../../etc/796.xlsx", "b/etc/796.xlsx"),
        ("C:\\nhan\\794.xlsx", "nhan/794.xlsx"),
        ("c/\u{8}/..\u{1}/797.xlsx", "c/797.xlsx"),
        ("a\u{202E}xslx.exe", "axslx.exe"),
        ("\u{1B}[31m7.xlsx", "[31m7.xlsx"),
    ];
    for (name, path) in cases {
        assert_eq!(inside(name), path);
    }
}
