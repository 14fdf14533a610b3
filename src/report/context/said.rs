//! What units wrote, as a text template may speak of it.

use crate::domain::UnitCode;
use crate::report::format::date;
use crate::report::said::{Said, is_like, running_text, said};
use crate::report::scene::Scene;
use crate::report::written::{one_line, senders_words};
use crate::submission::{Reported, Value};
use minijinja::value::Rest;
use minijinja::{Environment, Value as Given};
use serde::Serialize;
use std::collections::BTreeMap;
use vietnamese::display::capitalised;

/// What a unit wrote in a field, and when it is a date, which.
#[derive(Serialize, Clone)]
pub(super) struct SaidView {
    /// The code of the unit, of several the first.
    ma: String,
    /// The codes of all that wrote the same.
    cac_ma: Vec<String>,
    /// The level of the unit.
    cap: String,
    don_vi: String,
    chu: String,
    /// A date as `2024-12-05`, to be compared with other dates.
    ngay: Option<String>,
    /// Its place when the most telling come first, from 0.
    hang: usize,
}

/// By field: every field for words is known, even where nobody wrote; only a misspelt one is not.
pub(super) fn by_field(scene: &Scene<'_>) -> BTreeMap<String, Vec<SaidView>> {
    let year = scene.results.year;
    let running_text = running_text(scene);
    let forms = scene.plan.roster(year).into_iter().map(|unit| scene.book.form_for(unit, year));
    let mut told: BTreeMap<String, Vec<SaidView>> = forms
        .flat_map(|form| form.fields().map(|field| (field.id.to_string(), Vec::new())).collect::<Vec<_>>())
        .collect();
    for (field, values) in &scene.results.reported {
        let is_text =
            values.iter().all(|(_, reported)| matches!(reported.value, None | Some(Value::Text(_))));
        let views: Vec<SaidView> = if is_text {
            said(scene, field, running_text.contains(field)).into_iter().map(of_words).collect()
        } else {
            let one_by_one = values.iter().filter_map(|(unit, reported)| of_value(scene, unit, reported));
            one_by_one.enumerate().map(|(hang, view)| SaidView { hang, ..view }).collect()
        };
        if !views.is_empty() {
            told.insert(field.to_string(), views);
        }
    }
    told
}

fn of_words(said: Said) -> SaidView {
    let codes: Vec<String> = said.units.iter().map(UnitCode::to_string).collect();
    SaidView {
        ma: codes.first().cloned().unwrap_or_default(),
        cac_ma: codes,
        cap: said.level.map(|level| level.0).unwrap_or_default(),
        don_vi: said.names,
        chu: senders_words(&said.words),
        ngay: None,
        hang: said.rank,
    }
}

/// A choice or a date; they are in the plan's words.
fn of_value(scene: &Scene<'_>, unit: &UnitCode, reported: &Reported) -> Option<SaidView> {
    let (words, day) = match reported.value.as_ref()? {
        Value::Text(text) => (senders_words(&one_line(text)), None),
        Value::Choice(_, text) => (text.to_string(), None),
        Value::Date(day) => (date(*day), Some(day.to_string())),
        Value::Number(_) => return None,
    };
    Some(SaidView {
        ma: unit.to_string(),
        cac_ma: vec![unit.to_string()],
        cap: scene.roster.get(unit).map(|unit| unit.level.0.clone()).unwrap_or_default(),
        don_vi: capitalised(&scene.official_name(unit)),
        chu: words,
        ngay: day,
        hang: 0,
    })
}

/// Lets a template call `o["a"] | khac(o["b"], …)`, what of the first is not told in the others by the same unit, and
/// `o["a"] | gui_den(["Chính phủ", "Bộ …"], ["tỉnh", "Sở"])`, what of it names one of the first list before any of the
/// second. A name that ends in “…” is one that another capital follows: “Bộ …” is a ministry, “Bộ đội” is none.
/// `o["a"] | tieu_bieu(3, ["794"])` gives the three that tell most, and those of the units named.
/// `words | viet_du({"PCGD": "phổ cập giáo dục"})` spells abbreviations out.
pub(in crate::report) fn offer(environment: &mut Environment<'_>) {
    environment.add_filter("khac", |told: Vec<Given>, others: Rest<Vec<Given>>| -> Vec<Given> {
        let is_told = |one: &Given| others.iter().flatten().any(|other| is_same(one, other));
        told.into_iter().filter(|one| !is_told(one)).collect()
    });
    environment.add_filter("tieu_bieu", |told: Vec<Given>, most: usize, always: Vec<String>| {
        let rank = |one: &Given| one.get_attr("hang").ok().and_then(|rank| usize::try_from(rank).ok());
        let mut order: Vec<(Option<usize>, usize)> =
            told.iter().enumerate().map(|(at, one)| (rank(one), at)).collect();
        order.sort_unstable();
        let is_wanted = |place: usize, at: usize| {
            place < most || codes(&told[at]).iter().any(|code| always.contains(code))
        };
        let wanted = order.iter().enumerate().filter(|(place, (_, at))| is_wanted(*place, *at));
        wanted.map(|(_, (_, at))| told[*at].clone()).collect::<Vec<Given>>()
    });
    environment.add_filter("viet_du", |words: String, abbreviations: Given| {
        let pair = |short: Given| {
            let long = abbreviations.get_item(&short)?;
            Ok::<_, minijinja::Error>((short.to_string(), long.to_string()))
        };
        let known = abbreviations.try_iter()?.map(pair).collect::<Result<_, _>>()?;
        Ok::<_, minijinja::Error>(spelled_out(&words, &known))
    });
    environment.add_filter(
        "gui_den",
        |told: Vec<Given>, to: Vec<String>, others: Vec<String>| -> Vec<Given> {
            let first =
                |words: &str, names: &[String]| names.iter().filter_map(|name| named_at(words, name)).min();
            let is_to = |one: &Given| {
                let words = text(one, "chu");
                first(&words, &to).is_some_and(|at| first(&words, &others).is_none_or(|other| at <= other))
            };
            told.into_iter().filter(is_to).collect()
        },
    );
}

/// Words with their abbreviations spelled out, wherever one stands as a word of its own.
fn spelled_out(words: &str, abbreviations: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = words;
    // The longest first: “VH-TT” before “VH”.
    let mut known: Vec<(&String, &String)> = abbreviations.iter().collect();
    known.sort_by_key(|(short, _)| std::cmp::Reverse(short.len()));
    while let Some(letter) = rest.chars().next() {
        let begins_word = !out.chars().next_back().is_some_and(char::is_alphanumeric);
        let found = known.iter().find(|(short, _)| {
            let after = rest.strip_prefix(short.as_str());
            begins_word
                && !short.is_empty()
                && after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        });
        match found {
            Some((short, long)) => {
                match out.is_empty() {
                    true => out.push_str(&capitalised(long)),
                    false => out.push_str(long),
                }
                rest = &rest[short.len()..];
            }
            None => {
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    out
}

/// Where words name a body.
fn named_at(words: &str, name: &str) -> Option<usize> {
    let (name, goes_on) = match name.strip_suffix('…') {
        Some(begun) => (begun, true),
        None => (name, false),
    };
    let stands = |at: usize| {
        let before = words[..at].chars().next_back();
        let after = words[at + name.len()..].chars().next();
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !is_letter(before) && if goes_on { after.is_some_and(char::is_uppercase) } else { !is_letter(after) }
    };
    words.match_indices(name).map(|(at, _)| at).find(|at| stands(*at))
}

/// The codes of all units that made a point.
fn codes(given: &Given) -> Vec<String> {
    let codes = given.get_attr("cac_ma").ok().and_then(|codes| codes.try_iter().ok());
    codes.into_iter().flatten().filter_map(|code| code.as_str().map(str::to_owned)).collect()
}

fn text(given: &Given, key: &str) -> String {
    given.get_attr(key).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Whether two points are of one unit and tell the same.
fn is_same(one: &Given, other: &Given) -> bool {
    let others = codes(other);
    codes(one).iter().any(|code| others.contains(code)) && is_like(&text(one, "chu"), &text(other, "chu"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::value::Serde;

    fn carried_out(text: &str) -> String {
        let view = |ma: &str, chu: &str| SaidView {
            ma: ma.to_owned(),
            cac_ma: vec![ma.to_owned()],
            cap: String::new(),
            don_vi: ma.to_owned(),
            chu: senders_words(chu),
            ngay: None,
            hang: 0,
        };
        let mut environment = Environment::new();
        offer(&mut environment);
        let context = minijinja::context! {
            mot => Given::from(Serde(vec![
                view("a", "Kiểm tra 04 xã; nhắc nhở 2 xã."),
                view("b", "Kiểm tra 04 xã; nhắc nhở 2 xã."),
            ])),
            hai => Given::from(Serde(vec![view("a", "Kiểm tra tại 4 xã, nhắc nhở 02 xã")])),
            kien_nghi => Given::from(Serde(vec![
                view("1", "Đề nghị Bộ Giáo dục và Đào tạo hướng dẫn tỉnh"),
                view("2", "Đề nghị tỉnh kiến nghị Chính phủ"),
                view("3", "Đề nghị Bộ đội, cán bộ Sở giúp"),
                view("4", "Đề nghị tăng mức chi"),
                view("5", "Kiến nghị Chính phủ"),
                view("6", "Kiến nghị Chính phủs"),
            ])),
        };
        environment.render_str(text, context).unwrap()
    }

    #[test]
    fn what_a_unit_told_elsewhere_is_told_once() {
        assert_eq!(carried_out("{% for d in mot | khac(hai) %}{{ d.ma }}{% endfor %}"), "b");
        assert_eq!(carried_out("{% for d in mot | khac([], []) %}{{ d.ma }}{% endfor %}"), "ab");
    }

    #[test]
    fn the_most_telling_come_first_and_whoever_is_named_comes() {
        let point = |ma: &str, hang: usize| SaidView {
            ma: ma.to_owned(),
            cac_ma: vec![ma.to_owned(), format!("{ma}'")],
            cap: String::new(),
            don_vi: String::new(),
            chu: String::new(),
            ngay: None,
            hang,
        };
        let mut environment = Environment::new();
        offer(&mut environment);
        let told = |call: &str| {
            let points = vec![point("a", 3), point("b", 0), point("c", 2), point("d", 1)];
            let text = format!("{{% for d in o | {call} %}}{{{{ d.ma }}}}{{% endfor %}}");
            environment.render_str(&text, minijinja::context! { o => Given::from(Serde(points)) }).unwrap()
        };
        assert_eq!(told("tieu_bieu(2, [])"), "bd");
        assert_eq!(told("tieu_bieu(1, [\"a'\"])"), "ba");
        assert_eq!(told("tieu_bieu(9, [])"), "bdca");
    }

    #[test]
    fn abbreviations_are_spelled_out_as_words_of_their_own() {
        let known = [("VH-TT", "Văn hóa - Thể thao"), ("VH", "văn hóa"), ("", "x")];
        let known = known.map(|(short, long)| (short.to_owned(), long.to_owned())).into_iter().collect();
        assert_eq!(
            spelled_out("Trung tâm VH-TT, VH; VHX", &known),
            "Trung tâm Văn hóa - Thể thao, văn hóa; VHX"
        );
        assert_eq!(spelled_out("VH xã", &known), "Văn hóa xã");
    }

    #[test]
    fn a_proposal_goes_to_whom_it_names_first() {
        let to = "kien_nghi | gui_den(['Bộ …', 'Chính phủ'], ['tỉnh', 'Sở', 'Bộ Chỉ huy'])";
        assert_eq!(carried_out(&format!("{{% for d in {to} %}}{{{{ d.ma }}}}{{% endfor %}}")), "15");
    }
}
