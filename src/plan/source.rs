//! Plan files as text, and reading TOML so that every mistake is reported in one pass.

use super::words;
use crate::error::PlanMistake;
use crate::finding::Code;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use vietnamese::spelling::nearest;

/// One text file of a plan.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Name as it is shown in mistakes.
    pub name: String,
    /// Whole text.
    pub text: String,
}

impl SourceFile {
    /// A mistake at a byte span of this file.
    pub fn mistake(&self, code: Code, span: Option<Range<usize>>, what: String, cure: String) -> PlanMistake {
        let at = span.map(|span| self.line_and_column(span.start));
        let line = at.and_then(|(line, _)| self.text.lines().nth(line - 1)).map(str::to_owned);
        PlanMistake { code, file: self.name.clone(), at, line, what, cure }
    }

    /// A value at a byte span of this file that is none of those possible.
    pub fn wrong_value(&self, span: Range<usize>, what: String, cure: String) -> PlanMistake {
        self.mistake(Code::P004, Some(span), what, cure)
    }

    /// Whether an entry stands in the table of that span: inside it, or under its `[header]`.
    fn belongs(&self, entry: &Range<usize>, table: &Range<usize>) -> bool {
        let header = self.text[..entry.start].rfind("\n[").map_or(0, |newline| newline + 1);
        (table.start <= entry.start && entry.end <= table.end) || header == table.start
    }

    fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let before = &self.text[..byte.min(self.text.len())];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// What could be read of a file.
#[derive(Debug)]
pub struct Read<T> {
    /// The content.
    pub value: T,
    /// A whole entry had to be left out: what refers to it looks wrong without being so.
    pub entry_lost: bool,
}

/// Reads a file into `T`. After a mistake the offending entry is set aside, or read under the name that was meant, and
/// reading goes on: one pass reports them all, and what they leave can still be checked for its meaning. `None` comes
/// back with a mistake.
pub fn read<T: DeserializeOwned>(source: &SourceFile, mistakes: &mut Vec<PlanMistake>) -> Option<Read<T>> {
    let (table, syntax) = DeTable::parse_recoverable(&source.text);
    if !syntax.is_empty() {
        mistakes.extend(syntax.iter().map(|error| syntax_mistake(source, error)));
        return None;
    }
    let mut table = table;
    let mut set_aside: Vec<(Range<usize>, String)> = Vec::new();
    let mut entry_lost = false;
    // Every round removes one entry, so this ends; the bound only guards against a reader that reports no place.
    for _ in 0..1000 {
        let deserializer = toml::de::Deserializer::from(table.clone());
        let error = match T::deserialize(deserializer) {
            Ok(value) => return Some(Read { value, entry_lost }),
            Err(error) => error,
        };
        let missing = missing_field(error.message());
        // An entry that was set aside is missing afterwards: that is no second mistake.
        let consequence = missing.zip(error.span()).is_some_and(|(field, table)| {
            set_aside.iter().any(|(at, key)| key == field && source.belongs(at, &table))
        });
        if !consequence {
            mistakes.push(shape_mistake(source, &error));
        }
        // A misspelt key is read under the name that was meant, so that it is not missing as well.
        let meant =
            unknown_field(error.message()).and_then(|(field, known)| nearest(field, known.iter().copied()));
        let removed = error.span().and_then(|span| remove_deepest(table.get_mut(), &span, meant));
        match removed {
            Some(entry) => {
                entry_lost |= entry.1.is_empty();
                set_aside.push(entry);
            }
            None => return None,
        }
    }
    None
}

/// Removes the smallest entry whose value or key covers the span; gives back its span and key. Its value stays under the
/// key that was `meant`, where that is free.
fn remove_deepest(
    table: &mut DeTable<'_>,
    span: &Range<usize>,
    meant: Option<&str>,
) -> Option<(Range<usize>, String)> {
    let covers = |outer: &Range<usize>| outer.start <= span.start && span.end <= outer.end;
    let keys: Vec<_> = table.iter().map(|(key, _)| key.clone()).collect();
    for key in keys {
        let name = key.get_ref().to_string();
        if covers(&key.span()) {
            let value = table.remove(&key);
            let meant = meant.filter(|meant| !table.iter().any(|(other, _)| other.get_ref() == meant));
            if let (Some(meant), Some(value)) = (meant, value) {
                table.insert(Spanned::new(key.span(), meant.to_owned().into()), value);
            }
            return Some((key.span(), name));
        }
        let Some(value) = table.get_mut(&key) else { continue };
        if let Some(found) = remove_inside(value, span, meant) {
            return Some(found);
        }
        if covers(&value.span()) {
            table.remove(&key);
            return Some((span.clone(), name));
        }
    }
    None
}

fn remove_inside(
    value: &mut Spanned<DeValue<'_>>,
    span: &Range<usize>,
    meant: Option<&str>,
) -> Option<(Range<usize>, String)> {
    match value.get_mut() {
        DeValue::Table(table) => remove_deepest(table, span, meant),
        DeValue::Array(array) => {
            if let Some(found) = array.iter_mut().find_map(|element| remove_inside(element, span, meant)) {
                return Some(found);
            }
            let covered =
                array.iter().position(|e| e.span().start <= span.start && span.end <= e.span().end)?;
            let kept = std::mem::replace(array, DeArray::new())
                .into_iter()
                .enumerate()
                .filter(|(i, _)| *i != covered);
            *array = kept.map(|(_, element)| element).collect();
            Some((span.clone(), String::new()))
        }
        _ => None,
    }
}

fn syntax_mistake(source: &SourceFile, error: &toml::de::Error) -> PlanMistake {
    source.mistake(
        Code::P001,
        error.span(),
        format!("sai cú pháp TOML: {}", words::syntax(error.message())),
        "kiểm tra dấu ngoặc kép, dấu bằng, dấu ngoặc vuông của dòng này, ví dụ: title = \"Tên gọi\"".into(),
    )
}

fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// The key nobody asked for, and those that may stand there.
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (field, expected) = rest.split_once('`').unwrap_or((rest, ""));
    Some((field, expected.split('`').skip(1).step_by(2).collect()))
}

fn shape_mistake(source: &SourceFile, error: &toml::de::Error) -> PlanMistake {
    let message = error.message();
    if let Some(field) = missing_field(message) {
        return source.mistake(
            Code::P003,
            error.span(),
            format!("mục bắt đầu ở đây thiếu khóa “{field}”"),
            format!(
                "thêm một dòng {field} = … vào mục này; xem mẫu trong kế hoạch kèm chương trình (xhht init)"
            ),
        );
    }
    if let Some((field, known)) = unknown_field(message) {
        let cure = match nearest(field, known.iter().copied()) {
            Some(likely) => format!("sửa thành “{likely}” nếu gõ nhầm, hoặc bỏ dòng này"),
            None if known.is_empty() => "bỏ dòng này".to_owned(),
            None => format!("bỏ dòng này hoặc dùng một trong các khóa: {}", known.join(", ")),
        };
        return source.mistake(
            Code::P002,
            error.span(),
            format!("khóa “{field}” không có trong mẫu kế hoạch"),
            cure,
        );
    }
    if let Some(rest) = message.strip_prefix("unknown variant `") {
        let (value, expected) = rest.split_once('`').unwrap_or((rest, ""));
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        return source.mistake(
            Code::P004,
            error.span(),
            format!("giá trị “{value}” không được chấp nhận"),
            format!("dùng một trong các giá trị: {}", known.join(", ")),
        );
    }
    source.mistake(
        Code::P004,
        error.span(),
        format!("giá trị không đúng kiểu: {}", words::wrong_type(message)),
        "xem cách ghi khóa này trong kế hoạch mẫu: chữ và số thập phân đặt trong ngoặc kép, ngày ghi \"2024-12-10\", số nguyên và true/false không có ngoặc".into(),
    )
}
