//! What comes from outside stays what it is: names are no paths, words are no formulas, links or markup, in any output of
//! the real program.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use super::faults::contents;
use crate::generated_province::made::{Wish, province};
use crate::generated_province::mess::Typed;
use crate::generated_province::{NASTY, country, workbook};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output};
use xhht::domain::FieldKind;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn consolidate(inbox: &Path, out: &Path, plan: Option<&Path>, year: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
    command.arg("consolidate").arg(inbox).arg("--out").arg(out).args(["--year", year, "--quiet"]);
    command.args(["--as-of", &format!("{year}-12-16")]);
    if let Some(plan) = plan {
        command.arg("--plan").arg(plan);
    }
    command.output().unwrap()
}

#[test]
fn no_path_from_an_input_leaves_the_output_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (folder.path().join("a/b/hop-thu"), folder.path().join("a/b/ket-qua"));
    fs::create_dir_all(&inbox).unwrap();
    fs::write(folder.path().join("a/quan-trong.xlsx"), "của người khác").unwrap();
    let members = [
        "../../quan-trong.xlsx",
        "../ket-qua/tong-hop-xhht-2024.xlsx",
        "../../../../../../../../tmp/xhht-evil.xlsx",
        "/tmp/xhht-evil.xlsx",
        "C:\\Windows\\evil.xlsx",
        "..\\..\\evil.xlsx",
        "a/./../../evil.xlsx",
        "CON.xlsx",
        "phan-hoi/..",
        "\u{202e}xslx.exe",
        "tên dài ".repeat(40).as_str(),
    ]
    .map(str::to_owned);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in &members {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        // Neither a workbook nor nothing: each is sent back a letter named after it.
        writer.write_all(b"PK\x03\x04 cut").unwrap();
    }
    fs::write(inbox.join("nhieu tep.zip"), writer.finish().unwrap().into_inner()).unwrap();
    for name in ["..xlsx", "-rf.xlsx", "$(touch evil).xlsx", "a;b&c.xlsx", "a|b.xlsx"] {
        // Windows has no such names.
        if cfg!(windows) && name.contains('|') {
            continue;
        }
        fs::write(inbox.join(name), "không phải bảng tính").unwrap();
    }

    let before = contents(folder.path());
    let output = consolidate(&inbox, &out, None, "2024");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let mut after = contents(folder.path());
    let written: Vec<PathBuf> =
        after.keys().filter(|path| path.starts_with("a/b/ket-qua")).cloned().collect();
    after.retain(|path, _| !path.starts_with("a/b/ket-qua"));
    assert!(after == before, "something outside the output folder changed");
    assert!(!Path::new("/tmp/xhht-evil.xlsx").exists());
    assert!(written.len() > 10, "no letters were written: {written:?}");
    for path in written {
        let below: Vec<Component<'_>> = path.strip_prefix("a/b/ket-qua").unwrap().components().collect();
        let returned = below.len() == 2 && below[0].as_os_str() == "phan-hoi";
        assert!(below.len() == 1 || returned, "{}", path.display());
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(!name.contains(['\\', ':', '/', '\u{202e}', '$', '|', '&', ';']), "{name}");
        assert!(name.len() < 255 && !name.starts_with(['.', '-']), "{name}");
    }
}

/// What a part of a workbook can hold that XML can.
fn typeable(words: &str) -> bool {
    words.chars().all(|c| c == '\t' || (c >= ' ' && c != '\u{FFFE}'))
}

#[test]
fn words_of_senders_stay_words_in_every_output() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (folder.path().join("hop-thu"), folder.path().join("ket-qua"));
    let plan = folder.path().join("ke-hoach");
    fs::create_dir_all(&plan).unwrap();
    let wish = Wish { year: 2024, units: 6, seed: 7, mess: 50 };
    let sources = country::sources(wish.units, wish.year, wish.seed);
    for file in std::iter::once(&sources.main).chain(&sources.others) {
        fs::write(plan.join(&file.name), &file.text).unwrap();
    }
    let nasty: Vec<&str> = NASTY.into_iter().filter(|words| typeable(words)).collect();
    let mut made = province(wish, false);
    let mut next = nasty.iter().cycle();
    let mut typed = BTreeSet::new();
    for (form, sent) in made.forms.iter().zip(&mut made.sent) {
        for (at, field) in form.fields().enumerate() {
            // All words, and every seventh figure, date and choice.
            let words = field.kind == FieldKind::Text && sent.cells.contains_key(&field.id);
            if words || at % 7 == 3 {
                let text = next.next().unwrap();
                typed.insert(*text);
                sent.cells.insert(field.id.clone(), Typed::Words((*text).to_owned()));
            }
        }
        for (name, bytes) in workbook::files(&made.plan, form, sent) {
            let path = inbox.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let output = consolidate(&inbox, &out, Some(&plan), "2024");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));

    let written = contents(&out);
    let count =
        |kind: &str| written.keys().filter(|path| path.extension().is_some_and(|e| e == kind)).count();
    assert!(count("xlsx") > 5 && count("pdf") == 3 && count("json") == 1, "{:?}", written.keys());
    for (path, bytes) in &written {
        match path.extension().unwrap().to_str().unwrap() {
            "xlsx" => inert_workbook(path, bytes),
            "pdf" => inert_pdf(path, bytes),
            "docx" => inert_document(path, bytes),
            _ => drop(serde_json::from_slice::<serde_json::Value>(bytes).unwrap()),
        }
    }
    // They are there all the same: as words.
    let json = String::from_utf8(written[Path::new("ket-qua-xhht-2024.json")].clone()).unwrap();
    assert!(json.contains("=1+1"), "nothing of what was typed is told");
}

/// What would only be in a formula, a link or a relation if somebody's words had got there.
const SIGNS: [&str; 6] = ["vi.du", "calc", "HYPERLINK(\"http", "mailto:", "C:/x.xlsx", "internal:"];

/// No word of a sender is a field, a link or a relation, and nothing leads out of the document.
fn inert_document(path: &Path, bytes: &[u8]) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        if part.read_to_string(&mut text).is_err() {
            continue;
        }
        for start in ["<w:hyperlink ", "<w:fldSimple ", "<w:instrText", "<Relationship "] {
            for (from, _) in text.match_indices(start) {
                let element = &text[from..];
                let close = if start == "<w:instrText" { "</w:instrText>" } else { ">" };
                let element = &element[..element.find(close).unwrap_or(element.len())];
                assert!(!element.contains("TargetMode=\"External\""), "{}: {element}", path.display());
                assert!(!SIGNS.iter().any(|sign| element.contains(sign)), "{}: {element}", path.display());
            }
        }
    }
}

fn inert_workbook(path: &Path, bytes: &[u8]) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        if part.read_to_string(&mut text).is_err() {
            continue;
        }
        let at = format!("{} {name}", path.display());
        for start in ["<f>", "<hyperlink ", "<Relationship ", "<formula1>", "<definedName "] {
            for (from, _) in text.match_indices(start) {
                let element = &text[from..];
                let end = element.find(if start == "<f>" { "</f>" } else { ">" }).unwrap_or(element.len());
                let element = &element[..end];
                for sign in SIGNS {
                    assert!(!element.contains(sign), "{at}: {element}");
                }
                // A link out of the workbook leads to a file of the inbox, by a way from here to there.
                if element.contains("TargetMode=\"External\"") {
                    let target = element.split("Target=\"").nth(1).unwrap();
                    assert!(
                        target.starts_with("../hop-thu/") || target.starts_with("../../hop-thu/"),
                        "{at}: {element}"
                    );
                }
            }
        }
        assert!(!name.contains("vbaProject") && !name.contains("externalLink"), "{at}");
    }
}

fn inert_pdf(path: &Path, bytes: &[u8]) {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    for (id, object) in &document.objects {
        let dictionary = match object {
            lopdf::Object::Dictionary(dictionary) => dictionary,
            lopdf::Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        let told = format!("{dictionary:?}");
        for key in ["JavaScript", "Launch", "SubmitForm", "GoToR", "EmbeddedFile", "OpenAction"] {
            assert!(!told.contains(key), "{} {id:?}: {told}", path.display());
        }
        if let Ok(uri) = dictionary.get(b"URI").and_then(lopdf::Object::as_str) {
            assert!(!String::from_utf8_lossy(uri).contains("vi.du"), "{} {id:?}", path.display());
        }
    }
}
