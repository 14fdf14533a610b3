//! `docs/nhan-xet.md` is the catalogue of findings and the rules of the plan; `XHHT_BLESS=1 cargo test --test library guide` writes it anew.
//!
//! A test writes it and not the program: `xhht explain` tells the same at an officer's desk.
#![allow(clippy::unwrap_used)] // the functions around the tests too

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use xhht::finding::Code;
use xhht::form::explain;
use xhht::plan::{Plan, PlanSources};

const CLASSES: [(char, &str); 10] = [
    ('F', "Tệp"),
    ('S', "Cấu trúc biểu mẫu"),
    ('C', "Từng ô"),
    ('R', "Giữa các ô của một biểu mẫu"),
    ('X', "Giữa các trang của một biểu mẫu"),
    ('T', "Thời gian"),
    ('O', "Đơn vị báo cáo"),
    ('K', "Tổng hợp toàn tỉnh"),
    ('P', "Tệp kế hoạch"),
    ('I', "Lỗi bên trong chương trình"),
];

/// The commands of the program.
pub const COMMANDS: [&str; 13] = [
    "start",
    "init",
    "template",
    "check",
    "track",
    "consolidate",
    "close",
    "verify",
    "rehearse",
    "explain",
    "plan",
    "completions",
    "man",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// A code as the page tells it.
struct Entry {
    code: String,
    title: String,
    severity: &'static str,
    meaning: Option<String>,
    parts: Vec<(&'static str, String)>,
}

/// Told once: the words of a rule are made out for whole forms.
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(entries);

/// The codes of the program and of the rules of the plan it comes with.
fn entries() -> Vec<Entry> {
    let of_program = Code::ALL.iter().map(|code| code.info()).map(|info| Entry {
        code: info.code.to_string(),
        title: info.title.to_owned(),
        severity: info.severity.vietnamese(),
        meaning: Some(info.meaning.to_owned()),
        parts: [
            ("Nguyên nhân", info.cause),
            ("Cách sửa", info.cure),
            ("Ví dụ", info.example),
            ("Xử lý", info.effect),
        ]
        .map(|(head, text)| (head, text.to_owned()))
        .to_vec(),
    });
    let plan = Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}"));
    let of_rules = plan.rules.iter().map(|rule| Entry {
        code: rule.code.to_string(),
        title: rule.title.clone(),
        severity: rule.shown_severity().vietnamese(),
        meaning: None,
        parts: explain::parts(&plan, rule),
    });
    let mut entries: Vec<Entry> = of_program.chain(of_rules).collect();
    entries.sort_by(|a, b| a.code.cmp(&b.code));
    entries
}

fn page(entries: &[Entry]) -> String {
    let mut page = String::from(
        "# Mã nhận xét\n\n\
         Trang này do chương trình kiểm thử ghi ra từ danh mục của chương trình và tệp `quy-tac.toml` kèm theo, nên luôn đúng với\n\
         phiên bản đi kèm. Trên máy, `xhht explain C003` in cùng nội dung. Mỗi mã gồm một chữ chỉ loại và ba số; mã không bao giờ\n\
         được dùng lại cho việc khác.\n",
    );
    for (class, title) in CLASSES {
        let codes: Vec<&Entry> = entries.iter().filter(|entry| entry.code.starts_with(class)).collect();
        if codes.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {class}. {title}\n\n| mã | mức độ | nhận xét |\n|---|---|---|\n");
        for Entry { code, severity, title, .. } in &codes {
            let _ = writeln!(page, "| [{code}](#{}) | {severity} | {} |", code.to_lowercase(), plain(title));
        }
        for Entry { code, severity, title, meaning, parts } in codes {
            let _ = write!(page, "\n### {code}\n\n**{title}** ({severity}).");
            let _ = match meaning {
                Some(meaning) => write!(page, " {meaning}\n\n"),
                None => write!(page, "\n\n"),
            };
            for (head, text) in parts {
                let _ = writeln!(page, "- {head}: {}", plain(text));
            }
        }
    }
    page
}

/// Text that Markdown leaves alone.
fn plain(text: &str) -> String {
    let special =
        |c: char| matches!(c, '*' | '_' | '<' | '>' | '[' | ']' | '`' | '#' | '~' | '\\' | '|' | '{' | '}');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

#[test]
fn the_page_of_findings_is_the_catalogue() {
    let (place, should) = (folder().join("nhan-xet.md"), page(&ENTRIES));
    if std::env::var_os("XHHT_BLESS").is_some() {
        std::fs::write(&place, &should).unwrap();
    }
    let is = std::fs::read_to_string(&place).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        is == should,
        "docs/nhan-xet.md is not the catalogue; XHHT_BLESS=1 cargo test --test library guide writes it anew"
    );
    for entry in ENTRIES.iter() {
        let told = should.matches(&format!("\n### {}\n", entry.code)).count();
        assert_eq!(told, 1, "{} is in no class", entry.code);
    }
}

/// Every command of the guides is one the program knows, every link leads to a page, every finding code exists.
#[test]
fn the_guides_speak_of_what_there_is() {
    let known: BTreeSet<String> = ENTRIES.iter().map(|entry| entry.code.clone()).collect();
    let mut pages = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(unicode_normalization::is_nfc(&text), "{name}");
        pages += 1;
        for (start, _) in text.match_indices("](") {
            let link = text[start + 2..].split(')').next().unwrap();
            let (page, place) = link.split_once('#').unwrap_or((link, ""));
            assert!(page.is_empty() || folder().join(page).is_file(), "{name}: {link}");
            assert!(!page.is_empty() || has_heading(&text, place), "{name}: {link}");
        }
        for line in text.lines().map(|line| line.trim().trim_start_matches('`')) {
            let Some(rest) = line.strip_prefix("xhht ") else { continue };
            let word = rest.split([' ', '`']).next().unwrap();
            assert!(COMMANDS.contains(&word), "{name}: {line}");
        }
        for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
            let is_code = word.len() == 4
                && "FSCRXTOKPI".contains(&word[..1])
                && word[1..].bytes().all(|b| b.is_ascii_digit());
            // From 101 on the codes of rules are the officer's own, and those of examples.
            let is_free = word.starts_with(['R', 'X', 'T']) && &word[1..] > "100";
            assert!(!is_code || is_free || known.contains(word), "{name}: {word}");
        }
    }
    assert!(pages >= 4);
}

/// Whether a heading of the page has that anchor: lower case, spaces as hyphens, signs left out.
fn has_heading(text: &str, anchor: &str) -> bool {
    let mut headings =
        text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches(['#', ' ']));
    let of = |heading: &str| -> String {
        let kept = heading.to_lowercase().replace(' ', "-");
        kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
    };
    headings.any(|heading| of(heading) == anchor)
}

/// The first page an officer reads shows the menu of the program as it is.
#[test]
fn the_readme_shows_the_steps_of_the_menu() {
    let source = include_str!("../../src/cli/start/steps.rs");
    let (_, steps) = source.split_once("const STEPS").unwrap();
    let (steps, _) = steps.split_once("];").unwrap();
    let words: Vec<&str> = steps.split('"').skip(1).step_by(2).collect();
    let shown: Vec<String> = include_str!("../../README.md")
        .lines()
        .map(|line| line.trim_start_matches([' ', '>']).to_owned())
        .collect();
    assert!(words.len() > 10, "{words:?}");
    for step in words.chunks(2) {
        let line = step.join("  ");
        assert!(shown.contains(&line), "README.md does not show “{line}”");
    }
}
