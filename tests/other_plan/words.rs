//! The words of one plan that another does not have: names, titles, numbers, codes, labels, sentences.

use std::collections::{BTreeMap, BTreeSet};
use xhht::plan::{Plan, PlanNames, PlanSources, SourceFile};

/// Keys whose values are the plan format's own words, not a plan's.
const FORMAT: [&str; 11] = [
    "schema", "kind", "role", "means", "shows", "severity", "missing", "font", "columns", "repeat", "against",
];

/// Words of the office: the program says them of any plan, in sentences and heads of its own, and the embedded plan
/// happens to use them as a name or a piece of a text as well. They are not looked for; in quotes, choices are.
const OFFICE: [&str; 62] = [
    "số liệu",
    "kiem tra",
    "đơn vị",
    "kiểm tra",
    "chọn",
    "kết quả",
    "tháng",
    "hoặc",
    "ngày tháng năm",
    "số đạt",
    "tổng số",
    "ghi 0",
    "chưa báo cáo",
    "tỷ lệ",
    "năm trước",
    "mục tiêu",
    "nhưng",
    "ghi chú",
    "đánh giá",
    "ngày lập báo cáo",
    "chưa đạt",
    "chưa có tiêu chí",
    "chưa có tiêu chí đánh giá",
    "tình trạng",
    "là chưa có số liệu",
    "chưa gửi báo cáo",
    "chỉ tiêu chưa đạt",
    "gõ nhầm",
    "hiện",
    "chỉ tiêu chưa có số liệu",
    "kết quả đạt chuẩn của",
    "đạt chuẩn",
    "iii",
    "chỉ tiêu được xét",
    "đơn vị chưa gửi báo cáo",
    "kiểm tra ngày",
    "sửa ô",
    "hoặc ô",
    "hoặc gõ nhầm",
    "hoặc gõ nhầm năm",
    "kết quả năm",
    "không phát sinh",
    "khi",
    "and",
    "cơ quan",
    "thời gian",
    "dòng chọn",
    "bằng",
    "khác nhau",
    "đóng dấu",
    "người lập biểu",
    "ký ghi rõ họ tên",
    "ghi rõ họ tên",
    "dân số",
    "không phải là 0",
    "filled",
    "đơn vị có số liệu cả hai năm",
    "năm trước mức",
    "văn bản",
    "điểm",
    "danh hiệu",
    "tên gọi",
];

/// What the program calls the things of a plan, in all its frames.
fn names(plan: &Plan) -> impl Iterator<Item = &PlanNames> {
    let later = plan.frames.later().map(|(_, frame)| frame);
    [plan.frames.first()].into_iter().chain(later).map(|frame| &frame.names)
}

/// Words to be looked for, and what has been found.
pub struct Words {
    /// Sequences of words by their first, all in lower case.
    phrases: BTreeMap<String, Vec<Vec<String>>>,
    /// Numbers and codes whose dots and dashes count.
    exact: BTreeSet<String>,
    /// Words that only as they are written, with a capital letter or in quotes, are the plan's.
    names: Vec<String>,
}

impl Words {
    /// The words of `plan` that do not stand in `other`.
    pub fn of_plan_without(plan: &PlanSources, other: &PlanSources) -> Words {
        let known: Vec<String> =
            files(other).map(|file| format!(" {} ", tokens(&file.text).join(" "))).collect();
        let is_new = |phrase: &str| !known.iter().any(|text| text.contains(&format!(" {phrase} ")));
        let mut words = Words { phrases: BTreeMap::new(), exact: BTreeSet::new(), names: Vec::new() };
        for text in said(plan) {
            let phrase = tokens(&text);
            let joined = phrase.join(" ");
            let office = OFFICE.iter().any(|word| tokens(word).join(" ") == joined);
            if office || !is_new(&joined) {
                continue;
            }
            if is_number(&text) {
                words.exact.insert(text.to_lowercase());
            } else if joined.chars().all(|c| c.is_ascii_digit() || c == ' ') {
                // A day of the year is nobody's: it may be the one on which this is tried.
            } else if let Some(first) = phrase.first().filter(|_| joined.chars().count() >= SHORTEST) {
                words.phrases.entry(first.clone()).or_default().push(phrase.clone());
            }
        }
        words.names.extend(choices(plan).difference(&choices(other)).map(|text| format!("“{text}”")));
        let (plan, other) = (Plan::read(plan).unwrap(), Plan::read(other).unwrap());
        for own in names(&plan) {
            if !names(&other).any(|others| others.collector == own.collector) {
                words.names.push(own.collector.clone());
            }
            let is_scheme = names(&other).any(|others| others.scheme == own.scheme);
            let is_territory = names(&other).any(|others| others.territory == own.territory);
            for (own, is_other) in [(&own.scheme, is_scheme), (&own.territory, is_territory)] {
                let phrase = tokens(own);
                if let Some(first) = phrase.first().filter(|_| !is_other) {
                    words.phrases.entry(first.clone()).or_default().push(phrase.clone());
                }
            }
        }
        words
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.phrases.values().map(Vec::len).sum::<usize>() + self.exact.len() + self.names.len()
    }

    /// Those of them that stand in a text.
    pub fn in_text(&self, text: &str) -> BTreeSet<String> {
        // The head of every letter of the state is nobody's plan.
        let text = text.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "");
        let mut found = BTreeSet::new();
        let all = tokens(&text);
        for (at, token) in all.iter().enumerate() {
            for phrase in self.phrases.get(token).into_iter().flatten() {
                if all[at..].starts_with(phrase) {
                    found.insert(phrase.join(" "));
                }
            }
        }
        let lower = text.to_lowercase();
        found.extend(self.exact.iter().filter(|code| stands_alone(&lower, code)).cloned());
        found.extend(self.names.iter().filter(|name| stands_alone(&text, name)).cloned());
        found
    }
}

/// Letters of the shortest word that says something by itself.
const SHORTEST: usize = 3;

fn files(sources: &PlanSources) -> impl Iterator<Item = &SourceFile> {
    std::iter::once(&sources.main).chain(&sources.others)
}

/// What a plan's senders choose from.
fn choices(sources: &PlanSources) -> BTreeSet<String> {
    let tables = files(sources).filter_map(|file| file.text.parse::<toml::Table>().ok());
    let lists = tables.filter_map(|table| table.get("choices")?.as_array().cloned()).flatten();
    let items = lists.filter_map(|list| list.get("items")?.as_array().cloned()).flatten();
    items.filter_map(|item| Some(item.get("text")?.as_str()?.to_owned())).collect()
}

/// Every text a plan holds: values of its tables, lines of its templates; split where it is made out of parts.
fn said(sources: &PlanSources) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for file in files(sources) {
        match file.text.parse::<toml::Table>() {
            Ok(table) if file.name.ends_with(".toml") => collect(&toml::Value::Table(table), &mut texts),
            _ => template_lines(&file.text, &mut texts),
        }
    }
    texts
}

fn collect(value: &toml::Value, texts: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => add(text, texts),
        toml::Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        toml::Value::Table(table) => {
            let own = table.iter().filter(|(key, _)| !FORMAT.contains(&key.as_str()));
            own.for_each(|(_, value)| collect(value, texts));
        }
        _ => {}
    }
}

/// A text, its parts between places for other texts, and what stands behind a number in front.
fn add(text: &str, texts: &mut BTreeSet<String>) {
    let mut rest = text;
    let mut parts = Vec::new();
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    parts.push(rest);
    for part in parts {
        let part = part.trim_matches(|c: char| !c.is_alphanumeric());
        texts.insert(part.to_owned());
        let name = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        texts.insert(name.to_owned());
        // “huyện, thị xã, thành phố” are three names.
        texts.extend(part.split([',', ';', '“', '”', '(', ')']).map(|name| name.trim().to_owned()));
    }
}

/// The sentences of a text template: what stands between its tags, where it is several words.
fn template_lines(text: &str, texts: &mut BTreeSet<String>) {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("{") {
        plain.push_str(&rest[..at]);
        let close = match rest.as_bytes().get(at + 1) {
            Some(b'#') => "#}",
            Some(b'%') => "%}",
            _ => "}}",
        };
        plain.push('\n');
        rest = rest[at..].split_once(close).map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    for line in plain.lines() {
        let words = tokens(line);
        if words.len() >= 4 {
            texts.insert(words.join(" "));
        }
    }
}

/// The words of a text in lower case, signs left out.
fn tokens(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether it is a number of an indicator or a unit: digits, dots, perhaps a letter.
fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.len() >= SHORTEST && !text.contains(' ')
}

/// Whether it stands in the text and is no part of a longer word or number.
fn stands_alone(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let mut after = text[at + word.len()..].chars();
        let joins = |c: char| c.is_alphanumeric() || c == '_';
        let (next, then) = (after.next(), after.next());
        let goes_on = matches!(next, Some('.' | ',')) && then.is_some_and(|c| c.is_ascii_digit());
        !before.is_some_and(|c| joins(c) || matches!(c, '.' | ',')) && !next.is_some_and(joins) && !goes_on
    })
}
