//! A report as files: the template as the program hands it out, its input cells filled in from outside.
//!
//! The cells are put into the sheets' XML, not written by the program: that is what Excel leaves alone of a template
//! and what it changes when somebody types and saves.

use super::mess::{Cells, Sent, Typed, Way};
use super::raw::serial;
use chrono::{Days, NaiveDateTime};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use xhht::domain::FieldKind;
use xhht::form::Form;
use xhht::plan::Plan;
use xhht::template;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A file: path below the inbox, and content.
pub type File = (String, Vec<u8>);

/// The files of a report, and the lock file that an open Excel leaves beside one in a while.
///
/// # Panics
/// When a template is not as expected.
pub fn files(plan: &Plan, form: &Form, sent: &Sent) -> Vec<File> {
    let of = |form: &Form, cells: &Cells, saved| {
        let blank = template::write(plan, form, None).unwrap_or_else(|error| panic!("{error}"));
        filled(&blank, form, cells, saved)
    };
    let name = || sent.name.clone();
    match sent.way {
        Way::NotSent => Vec::new(),
        Way::Arrived => vec![(name(), of(form, &sent.cells, sent.saved))],
        Way::CutInHalf => {
            let mut bytes = of(form, &sent.cells, sent.saved);
            bytes.truncate(bytes.len() / 2);
            vec![(name(), bytes)]
        }
        Way::LastYears => {
            let before = Form::for_unit(plan, &form.unit, form.year - 1);
            vec![(name(), of(&before, &sent.cells, sent.saved))]
        }
        Way::Duplicated => {
            let bytes = of(form, &sent.cells, sent.saved);
            let file_name = name().rsplit('/').next().unwrap().to_owned();
            vec![
                (name(), bytes.clone()),
                (format!("ban sao/{}", name()), bytes),
                (format!("~${file_name}"), vec![0x20; 165]),
            ]
        }
        Way::SentTwice => {
            let older = sent.before.as_ref().unwrap_or(&sent.cells);
            vec![
                (name(), of(form, &sent.cells, sent.saved)),
                (format!("cu/{}", name()), of(form, older, sent.saved - Days::new(1))),
            ]
        }
    }
}

/// A template with its input cells filled in and saved.
///
/// # Panics
/// When the template is not as expected.
pub fn filled(template: &[u8], form: &Form, cells: &Cells, saved: NaiveDateTime) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(template)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((name, bytes));
    }
    let text = |parts: &[(String, Vec<u8>)], name: &str| {
        let part = parts.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}"));
        String::from_utf8(part.1.clone()).unwrap()
    };
    let styles = Styles::of(form, |name| text(&parts, name));
    let mut strings = Strings::after(&text(&parts, "xl/sharedStrings.xml"));
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    for (index, sheet) in form.sheets.iter().enumerate() {
        // The program writes the form's sheets first and in order.
        let name = format!("xl/worksheets/sheet{}.xml", index + 1);
        let of_sheet: HashMap<String, &Typed> = form
            .fields()
            .filter(|field| field.sheet == sheet.tab)
            .filter_map(|field| Some((field.cell.to_string(), cells.get(&field.id)?)))
            .collect();
        changed.insert(name.clone(), with_cells(&text(&parts, &name), &of_sheet, &styles, &mut strings));
    }
    changed.insert("xl/sharedStrings.xml".to_owned(), strings.finish());
    let core = text(&parts, "docProps/core.xml");
    changed.insert("docProps/core.xml".to_owned(), saved_at(&core, saved));

    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        let bytes = changed.get(name).map_or(bytes.as_slice(), |text| text.as_bytes());
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The sheet with values in its blank cells `<c r="E7" s="12"/>`.
fn with_cells(xml: &str, cells: &HashMap<String, &Typed>, styles: &Styles, strings: &mut Strings) -> String {
    let mut out = String::with_capacity(xml.len() + 64 * cells.len());
    let mut rest = xml;
    let mut written = 0;
    while let Some(at) = rest.find("<c r=\"") {
        let (before, cell) = rest.split_at(at);
        out.push_str(before);
        let (address, _) = cell["<c r=\"".len()..].split_once('"').unwrap();
        let end = cell.find('>').unwrap();
        let Some(typed) = cells.get(address) else {
            out.push_str(&cell[..=end]);
            rest = &cell[end + 1..];
            continue;
        };
        let head = cell[..end].strip_suffix('/').unwrap_or_else(|| panic!("{address} is not blank"));
        match typed {
            Typed::Number(number) => write!(out, "{head}><v>{number}</v></c>").unwrap(),
            Typed::Day(day) => {
                // Excel shows whatever looks like a date as one, also where a number should stand.
                let place = head.split(" s=\"").next().unwrap();
                write!(out, "{place} s=\"{}\"><v>{}</v></c>", styles.date, serial(*day)).unwrap();
            }
            Typed::Error => write!(out, "{head} t=\"e\"><v>#DIV/0!</v></c>").unwrap(),
            Typed::Words(words) => {
                write!(out, "{head} t=\"s\"><v>{}</v></c>", strings.index(words)).unwrap();
            }
        }
        written += 1;
        rest = &cell[end + 1..];
    }
    assert_eq!(written, cells.len(), "a cell is not in the template");
    out.push_str(rest);
    out
}

/// The style of date cells, as a template numbers it.
struct Styles {
    date: String,
}

impl Styles {
    /// Every form has a date: that of the report.
    fn of(form: &Form, sheet: impl Fn(&str) -> String) -> Self {
        let dated = form.fields().find(|field| field.kind == FieldKind::Date).unwrap();
        let index = form.sheets.iter().position(|sheet| sheet.tab == dated.sheet).unwrap();
        let xml = sheet(&format!("xl/worksheets/sheet{}.xml", index + 1));
        let cell = xml.split(&format!("<c r=\"{}\" s=\"", dated.cell)).nth(1).unwrap();
        Styles { date: cell.split('"').next().unwrap().to_owned() }
    }
}

/// The texts that cells refer to.
struct Strings {
    /// The part up to its end tag.
    xml: String,
    unique: usize,
    /// References in all.
    count: usize,
    known: HashMap<String, usize>,
}

impl Strings {
    fn after(xml: &str) -> Self {
        let number = |key: &str| -> usize {
            let at = xml.find(key).unwrap() + key.len();
            xml[at..].split('"').next().unwrap().parse().unwrap()
        };
        let (unique, count) = (number("uniqueCount=\""), number(" count=\""));
        let xml = xml.trim_end().strip_suffix("</sst>").unwrap().to_owned();
        Strings { xml, unique, count, known: HashMap::new() }
    }

    fn index(&mut self, words: &str) -> usize {
        self.count += 1;
        if let Some(index) = self.known.get(words) {
            return *index;
        }
        let escaped = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        write!(self.xml, "<si><t xml:space=\"preserve\">{escaped}</t></si>").unwrap();
        self.known.insert(words.to_owned(), self.unique);
        self.unique += 1;
        self.unique - 1
    }

    fn finish(self) -> String {
        let mut xml = self.xml;
        for (key, number) in [("uniqueCount=\"", self.unique), (" count=\"", self.count)] {
            let at = xml.find(key).unwrap() + key.len();
            let end = at + xml[at..].find('"').unwrap();
            xml.replace_range(at..end, &number.to_string());
        }
        xml + "</sst>"
    }
}

fn saved_at(core: &str, saved: NaiveDateTime) -> String {
    let start = core.find("<dcterms:modified").unwrap();
    let at = start + core[start..].find('>').unwrap() + 1;
    let end = at + core[at..].find('<').unwrap();
    format!("{}{}{}", &core[..at], saved.format("%Y-%m-%dT%H:%M:%SZ"), &core[end..])
}
