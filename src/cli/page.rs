//! The pages that any browser opens from the disk, without network and without anything installed: one on which a sender
//! checks a workbook, one on which the secretariat consolidates. Each is one file that holds the core as a module, a plan,
//! and the script around them (`browser/`).

use crate::domain::Year;
use crate::error::Error;
use crate::intake::LARGEST_FILE;
use crate::job::{CHECK_PAGE, DESK_PAGE, PAGE_MARK};
use crate::plan::{Plan, PlanSources, SourceFile};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use toml::{Table, Value};
use vietnamese::display::{capitalised, date};

/// What every page begins and ends with.
const HEAD: &str = include_str!("../../browser/page/head.html");
const FOOT: &str = include_str!("../../browser/page/foot.html");
const STYLE: &str = include_str!("../../browser/page/page.css");
const EARLY: &str = include_str!("../../browser/page/early.js");
const COMMON: &str = include_str!("../../browser/page/common.js");
const WORKER: &str = include_str!("../../browser/page/worker.js");

/// What a page is made of beside what all have.
struct Parts {
    name: &'static str,
    title: &'static str,
    html: &'static str,
    script: &'static str,
    /// The script that calls the module.
    bindings: &'static str,
    /// The module, packed; empty where `browser/make` was not run before the program was built.
    module: &'static [u8],
}

const CHECK: Parts = Parts {
    name: CHECK_PAGE,
    title: "Kiểm tra báo cáo trước khi gửi",
    html: include_str!("../../browser/page/kiem-tra.html"),
    script: include_str!("../../browser/page/kiem-tra.js"),
    bindings: include_str!(concat!(env!("OUT_DIR"), "/kiem-tra.js")),
    module: include_bytes!(concat!(env!("OUT_DIR"), "/kiem-tra.wasm.gz")),
};
const DESK: Parts = Parts {
    name: DESK_PAGE,
    title: "Tổng hợp báo cáo",
    html: include_str!("../../browser/page/xhht.html"),
    script: include_str!("../../browser/page/xhht.js"),
    bindings: include_str!(concat!(env!("OUT_DIR"), "/xhht.js")),
    module: include_bytes!(concat!(env!("OUT_DIR"), "/xhht.wasm.gz")),
};
/// How many files a sender checks at once: it has one, or one in each format.
const MOST_FILES: usize = 20;

/// A page as it is written: its name and its bytes.
pub(super) type Page = (&'static str, Vec<u8>);

/// What a page's script and module are given.
#[derive(Serialize)]
struct Given<'a> {
    year: Year,
    secretariat: &'a str,
    due: &'a str,
    longest: u64,
    most: usize,
    plan: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    text: String,
}

/// Whether this program was built with the modules of its pages.
pub(super) fn is_there() -> bool {
    !CHECK.module.is_empty() && !DESK.module.is_empty()
}

/// The page on which a sender checks its report of a year; `None` where this program was built without the module.
///
/// # Errors
/// [`Error::Internal`] when the plan cannot be put into it.
pub(super) fn check_page(plan: &Plan, sources: &PlanSources, year: Year) -> Result<Option<Page>, Error> {
    // It goes to everybody: whom to call goes to nobody.
    let plan_text = |file: &SourceFile| without_contacts(&file.text);
    page(plan, sources, year, &CHECK, plan_text)
}

/// The page on which the secretariat consolidates; it begins with the year whose season the day lies in. `None` as for
/// [`check_page`].
///
/// # Errors
/// As [`check_page`].
pub(super) fn desk_page(plan: &Plan, sources: &PlanSources) -> Result<Option<Page>, Error> {
    let plan_text = |file: &SourceFile| Ok(file.text.clone());
    page(plan, sources, plan.first_year, &DESK, plan_text)
}

fn page(
    plan: &Plan,
    sources: &PlanSources,
    year: Year,
    parts: &Parts,
    plan_text: impl Fn(&SourceFile) -> Result<String, Error>,
) -> Result<Option<Page>, Error> {
    if parts.module.is_empty() {
        return Ok(None);
    }
    let frame = plan.frame(year);
    let (secretariat, due) = (&frame.letter.secretariat, date(plan.due_date(year)).to_string());
    let files = [&sources.main].into_iter().chain(&sources.others);
    let files = files.map(|file| Ok(File { name: &file.name, text: plan_text(file)? }));
    let given = Given {
        year,
        secretariat,
        due: &due,
        longest: LARGEST_FILE,
        most: MOST_FILES,
        plan: files.collect::<Result<_, Error>>()?,
    };
    let given = serde_json::to_string(&given)
        .map_err(|error| Error::Internal(format!("không ghi được trang {}: {error}", parts.name)))?;
    let script = format!("{COMMON}{}", parts.script);
    let heading = format!("Kiểm tra báo cáo năm {year} trước khi gửi");
    let policy = format!(
        "default-src 'none'; script-src {} {} 'wasm-unsafe-eval' blob:; worker-src blob:; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        allowed(EARLY),
        allowed(&script),
        allowed(STYLE)
    );
    let values = [
        ("mark", format!("{PAGE_MARK}{}\">", env!("CARGO_PKG_VERSION"))),
        ("policy", policy),
        ("title", words(&format!("{} · {} · {}", parts.title, frame.names.scheme, frame.province))),
        ("style", STYLE.to_owned()),
        ("scheme", words(&format!("{} · {}", capitalised(&frame.names.scheme), frame.province))),
        ("heading", words(&heading)),
        ("secretariat", words(secretariat)),
        ("most", MOST_FILES.to_string()),
        ("year", year.to_string()),
        ("before", (year - 1).to_string()),
        ("due", due.clone()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("plan", words(&format!("{} {}", plan.id, plan.version))),
        // Nothing in a script's data may look like its end.
        ("given", given.replace('<', "\\u003c")),
        ("worker", format!("{}\n{WORKER}", parts.bindings)),
        ("module", lettered(parts.module)),
        ("early", EARLY.to_owned()),
        ("script", script),
    ];
    // Head and foot have places of their own.
    let html = parts.html.replace("{head}", HEAD).replace("{foot}", FOOT);
    Ok(Some((parts.name, filled(&html, &values).into_bytes())))
}

/// A script or style as the page's policy allows it: by its hash, and nothing else.
fn allowed(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Bytes as letters, five for four: a page is a sixteenth smaller than by base64. The letters are those of Ascii85, but `v` for
/// `<`, which in a page may begin what ends a script.
fn lettered(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(4) * 5);
    for four in bytes.chunks(4) {
        let mut whole = [0; 4];
        whole[..four.len()].copy_from_slice(four);
        let mut rest = u32::from_be_bytes(whole);
        let mut digits = [0_u8; 5];
        for digit in digits.iter_mut().rev() {
            *digit = (rest % 85) as u8;
            rest /= 85;
        }
        // Of fewer than four bytes the letters that say nothing are left out.
        text.extend(digits[..=four.len()].iter().map(|digit| match b'!' + digit {
            b'<' => 'v',
            letter => char::from(letter),
        }));
    }
    text
}

/// Words in HTML.
fn words(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The page with its places filled, each `{name}` once over: what is put in is not looked through again.
fn filled(page: &str, values: &[(&str, String)]) -> String {
    let mut filled =
        String::with_capacity(page.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        match place {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// A plan's file without whom to call and write to: the page goes to everybody, these go to nobody.
fn without_contacts(text: &str) -> Result<String, Error> {
    if !text.contains(CONTACT) {
        return Ok(text.to_owned());
    }
    let internal = |error: String| Error::Internal(format!("không ghi được kế hoạch vào trang: {error}"));
    let table: Table = toml::from_str(text).map_err(|error| internal(error.to_string()))?;
    let Value::Table(table) = dropped(Value::Table(table)) else { return Ok(String::new()) };
    toml::to_string(&table).map_err(|error| internal(error.to_string()))
}

/// The key of a unit's or body's person to be asked.
const CONTACT: &str = "contact";

fn dropped(value: Value) -> Value {
    match value {
        Value::Table(table) => {
            let kept = table.into_iter().filter(|(key, _)| key != CONTACT);
            Value::Table(kept.map(|(key, value)| (key, dropped(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(dropped).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job;

    #[test]
    fn what_is_filled_in_is_not_looked_through_again() {
        let values = [("a", "{b}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(filled("{a} {b} {c} {", &values), "{b} x {c} {");
    }

    #[test]
    fn a_module_is_letters_that_end_no_script() {
        // Ascii85 of others, `<` aside.
        assert_eq!(lettered(b"Man is d"), "9jqo^BlbD-");
        assert_eq!(lettered(b"sure."), "F*2M7/c");
        assert_eq!(lettered(&[0xff; 4]), "s8W-!");
        let all: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_be_bytes).collect();
        let text = lettered(&all);
        assert!(text.bytes().all(|letter| letter.is_ascii_graphic() && letter != b'<'));
        assert_eq!(text.len(), all.len() / 4 * 5);
    }

    #[test]
    fn contacts_do_not_leave() {
        let text = "[[unit]]\ncode = \"1\"\ncontact = { name = \"A\", phone = \"0123\" }\n\n[[unit]]\ncode = \"2\"\n";
        let left = without_contacts(text).unwrap();
        assert!(!left.contains("0123") && !left.contains("contact"), "{left}");
        assert_eq!(toml::from_str::<Table>(&left).unwrap()["unit"].as_array().unwrap().len(), 2);
        assert_eq!(without_contacts("# nothing\n").unwrap(), "# nothing\n");
    }

    #[test]
    fn every_place_of_the_pages_has_its_value() {
        let sources = PlanSources::embedded();
        let plan = Plan::read(&sources).unwrap();
        for Parts { name, html, .. } in [CHECK, DESK] {
            let html = format!("{html}{HEAD}{FOOT}");
            let places = html.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            let places: Vec<&str> = places.map(|(place, _)| place).collect();
            assert!(places.contains(&"module") && places.contains(&"policy"), "{name}: {places:?}");
        }
        // What was built without the module has no pages.
        let pages = [check_page(&plan, &sources, plan.last_year), desk_page(&plan, &sources)];
        for page in pages {
            let Some((name, bytes)) = page.unwrap() else { continue };
            assert!(job::is_handout("797.xlsx", &bytes), "{name} that comes back is no report");
            let html = String::from_utf8(bytes).unwrap();
            let (head, _) = html.split_once("id=\"du-lieu\"").unwrap();
            let (_, body) = head.split_once("</style>").unwrap();
            assert!(!body.contains('{'), "{name}: {body}");
            assert_eq!(
                html.matches("</script>").count(),
                5,
                "{name}: nothing inside looks like the end of a script"
            );
        }
    }
}
