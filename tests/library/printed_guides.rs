//! The guides on paper say what their sources say, and these speak of what there is: `docs/huong-dan/make` makes the PDFs.
#![allow(clippy::unwrap_used)] // the functions around the tests too

use crate::guide::COMMANDS;
use crate::sources;
use lopdf::{Document, Object};
use std::path::{Path, PathBuf};
use unicode_normalization::is_nfc;
use xhht::plan::{Plan, PlanSources};

/// Words in quotes that are not the program's: buttons of Excel, and what people type.
const OTHERS: [&str; 9] = [
    "Enable Editing",
    "Bật chỉnh sửa",
    "không có",
    "chưa có",
    "khoảng 500",
    "1,2 tỷ",
    "không làm được",
    "tệp phản hồi",
    "Chưa xác định … chờ",
];

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn source(name: &str) -> String {
    std::fs::read_to_string(docs().join(name)).unwrap().replace("\r\n", "\n")
}

/// Text of HTML or Markdown without tags, pictures and marks.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace("**", "").replace('`', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between two marks, as often as they stand there.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(inner, _)| inner).collect()
}

/// Digits are what differs from run to run, and in a source stand as a place for them.
fn without_digits(text: &str) -> String {
    let kept = text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect::<String>();
    let mut short = kept.clone();
    while short.contains("##") {
        short = short.replace("##", "#");
    }
    short
}

/// Everything that the program may say: its strings, its pages and the plan that comes with it.
fn said() -> String {
    let mut said = String::new();
    for source in sources::all() {
        for (_, text) in source.strings {
            said.push_str(&text.replace("{}", "#"));
            said.push('\n');
        }
    }
    for page in ["kiem-tra.html", "kiem-tra.js", "xhht.html", "xhht.js"] {
        said.push_str(&source(&format!("../browser/page/{page}")));
    }
    let PlanSources { main, others } = PlanSources::embedded();
    std::iter::once(main).chain(others).for_each(|file| said.push_str(&file.text));
    without_digits(&said)
}

#[test]
fn what_the_guides_quote_is_what_the_program_has() {
    let said = said();
    let lower = said.to_lowercase();
    let arguments = source("../src/cli/args.rs");
    let mut quoted = 0;
    for name in ["huong-dan/bat-dau-nhanh.html", "huong-dan/ky-bao-cao-thang-12.html", "thang-12.md"] {
        let text = source(name);
        assert!(is_nfc(&text), "{name}");
        for quote in between(&text, "“", "”") {
            quoted += 1;
            let known = said.contains(&without_digits(&plain(quote))) || OTHERS.contains(&quote);
            assert!(known, "{name}: the program does not say “{quote}”");
        }
        let code = if name.ends_with(".md") { ["`", "`"] } else { ["<code>", "</code>"] };
        for code in between(&text, code[0], code[1]).into_iter().filter(|code| !code.contains(['\n', '“']))
        {
            for option in code.split_whitespace().filter_map(|word| word.strip_prefix("--")) {
                let is_known = option == "help" || arguments.contains(&option.replace('-', "_"));
                assert!(is_known, "{name}: there is no --{option}");
            }
            if let Some(command) = code.strip_prefix("xhht ").and_then(|rest| rest.split(' ').next()) {
                assert!(COMMANDS.contains(&command) || command.starts_with("--"), "{name}: {code}");
            }
            // Of the name of a file what stands before the year, of a path its first part.
            let is_file = code.contains(['.', '/']) && !code.contains([' ', '…']) && !code.starts_with('.');
            let stem = code.split('/').next().unwrap().split(|c: char| c.is_ascii_digit()).next().unwrap();
            let of_docs = docs().join(stem).is_file();
            assert!(!is_file || of_docs || lower.contains(stem), "{name}: there is no {code}");
        }
    }
    assert!(quoted > 20, "{quoted}");
}

/// A guide as it is handed out.
struct Printed {
    name: &'static str,
    pages: Vec<String>,
    /// Title, bookmarks, words for pictures.
    strings: String,
    bytes: usize,
}

impl Printed {
    fn read(name: &'static str) -> Printed {
        let bytes = std::fs::read(docs().join("huong-dan").join(name)).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        let numbers = document.get_pages().into_keys();
        let pages = numbers.map(|page| document.extract_text(&[page]).unwrap()).collect();
        let mut strings = String::new();
        document.objects.values().for_each(|object| collect(object, &mut strings));
        Printed { name, pages, strings, bytes: bytes.len() }
    }

    /// The words of all pages, without the spaces that a PDF does not have.
    fn words(&self) -> String {
        close(&self.pages.concat())
    }
}

fn close(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn collect(object: &Object, strings: &mut String) {
    match object {
        Object::String(bytes, _) => {
            let text = match bytes.strip_prefix(&[0xfe, 0xff]) {
                Some(units) => {
                    let units: Vec<u16> =
                        units.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                    String::from_utf16_lossy(&units)
                }
                None => String::from_utf8_lossy(bytes).into_owned(),
            };
            strings.push_str(&text);
            strings.push('\n');
        }
        Object::Array(items) => items.iter().for_each(|item| collect(item, strings)),
        Object::Dictionary(items) => items.iter().for_each(|(_, item)| collect(item, strings)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, item)| collect(item, strings)),
        _ => {}
    }
}

fn quick_start() -> Printed {
    Printed::read("bat-dau-nhanh.pdf")
}

fn december() -> Printed {
    Printed::read("ky-bao-cao-thang-12.pdf")
}

#[test]
fn the_pdfs_are_as_long_and_as_large_as_they_may_be() {
    assert_eq!(quick_start().pages.len(), 2);
    assert!((6..=10).contains(&december().pages.len()), "{}", december().pages.len());
    for guide in [quick_start(), december()] {
        assert!(guide.bytes <= 400 * 1024, "{}: {} bytes", guide.name, guide.bytes);
        assert!(guide.pages.iter().all(|page| is_nfc(page)) && is_nfc(&guide.strings), "{}", guide.name);
    }
}

/// A source that was changed without making its PDF anew is noticed here: every sentence of it stands on paper.
#[test]
fn the_pdfs_say_what_their_sources_say() {
    let page = source("huong-dan/bat-dau-nhanh.html");
    let body = page.split_once("<body>").unwrap().1;
    let words = quick_start().words();
    for element in ["h1", "h2", "p", "td", "li"] {
        for text in between(body, &format!("<{element}>"), &format!("</{element}>")) {
            // Numbers in boxes and circles are drawn at another time than the words around them.
            let text = text.split_once("</b>").map_or(text, |(_, text)| text);
            let pieces = text.split("<span class=\"n\">").map(|piece| {
                piece
                    .split_once("</span>")
                    .filter(|(number, _)| number.len() == 1)
                    .map_or(piece, |(_, rest)| rest)
            });
            for part in pieces.flat_map(|piece| piece.split("<br>")) {
                let part = close(&plain(part));
                assert!(words.contains(&part), "docs/huong-dan/make writes the quick start anew: {part}");
            }
        }
    }
    let page = source("thang-12.md");
    let words = december().words();
    let mut steps = 0;
    for line in page.lines().map(str::trim) {
        let told = if let Some(heading) = line.strip_prefix('#') {
            heading.trim_start_matches('#')
        } else if line.starts_with("xhht ") {
            line
        } else if let Some(("", title)) = line
            .split_once(". **")
            .map(|(number, title)| (number.trim_matches(|c: char| c.is_ascii_digit()), title))
        {
            steps += 1;
            title.split_once("**").unwrap().0
        } else {
            continue;
        };
        let told = close(&plain(told));
        assert!(words.contains(&told), "docs/huong-dan/make writes the guide anew: {line}");
    }
    assert_eq!(steps, 13);
    let torn = sentences_not_in(&page, &december());
    assert!(torn.is_empty(), "docs/huong-dan/make writes the guide anew: {torn:#?}");
    let footer = close(&format!("Trang {0}/{0}", december().pages.len()));
    assert!(words.contains(&footer), "{footer}");
}

/// The sentences of a page of Markdown that do not stand in a guide.
fn sentences_not_in(page: &str, printed: &Printed) -> Vec<String> {
    let pages: Vec<String> = printed.pages.iter().map(|page| close(page)).collect();
    let mut text = String::new();
    for (at, part) in page.split("```").enumerate() {
        // Every second part is code.
        if at % 2 == 0 {
            text.push_str(part);
        }
    }
    let linked = between(&text, "](", ")");
    let text = linked.iter().fold(text.clone(), |text, target| text.replace(&format!("]({target})"), ""));
    let text = text
        .replace('|', ". ")
        .replace(['[', '*', '`', '#', '>'], " ")
        .replace("\n\n", "\n.\n")
        .replace("- ", ". ");
    let sentences = text.split(['.', ';', ':']).map(|sentence| close(&plain(sentence)));
    let is_on = |sentence: &str| pages.iter().any(|page| page.contains(sentence));
    // One that goes on over the page has its beginning on one page and its end on the next.
    let goes_over = |sentence: &str| {
        let ends = sentence.char_indices().map(|(at, _)| sentence.split_at(at));
        ends.skip(1).any(|(begins, ends)| {
            pages.windows(2).any(|pair| pair[0].contains(begins) && pair[1].contains(ends))
        })
    };
    let is_lost =
        |sentence: &String| sentence.chars().count() > 12 && !is_on(sentence) && !goes_over(sentence);
    sentences.filter(is_lost).collect()
}

/// Both go to every province: no name of the plan that comes with the program stands in their words.
#[test]
fn the_pdfs_name_no_place_of_the_embedded_plan() {
    let plan = Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}"));
    let mut names: Vec<String> = Vec::new();
    for unit in &plan.units {
        names.extend([unit.name.clone(), unit.short_name.clone()]);
    }
    for year in [plan.first_year, plan.last_year] {
        let frame = plan.frame(year);
        let letter = &frame.letter;
        names.extend([letter.issuer.clone(), letter.place.clone(), letter.secretariat.clone()]);
        names.extend([frame.title.clone(), frame.province.clone()]);
    }
    names.retain(|name| !name.is_empty());
    assert!(names.len() > 200, "{}", names.len());
    for guide in [quick_start(), december()] {
        let said = close(&(guide.pages.concat() + &guide.strings));
        for name in &names {
            assert!(!said.contains(&close(name)), "{}: {name}", guide.name);
        }
    }
}
