//! How the secretariat types its decisions: days as in any letter, quotes and spaces as an office program puts them.

use chrono::{Datelike, NaiveDate};
use serde::Deserializer;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Error, MapAccess, Unexpected, Visitor};
use std::fmt;
use vietnamese::date::{DateReading, read_date};

/// Quotes that an office program puts in the place of the plain one.
const QUOTES: [char; 7] = ['“', '”', '„', '‟', '«', '»', '＂'];
/// Spaces that are none to TOML.
const SPACES: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];

/// The text of a file with the quotes and spaces that TOML knows: those around a value, and in front of it. What stands
/// within a value stays as it was typed.
pub(super) fn in_plain_signs(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (head, value) = match line.split_once('=') {
            Some((key, value)) if !key.contains(['"', '#', '\'']) => (key, value),
            _ => (line, ""),
        };
        plain.push_str(&head.replace(SPACES, " "));
        if head.len() < line.len() {
            plain.push('=');
        }
        plain.push_str(&value_in_plain_signs(value));
    }
    plain
}

/// A value without the quotes of an office program around it.
fn value_in_plain_signs(value: &str) -> String {
    let spaces = |c: char| c.is_whitespace() && c != '\n';
    let typed = value.trim_start_matches(spaces);
    let led = " ".repeat(value.chars().count() - typed.chars().count());
    let is_quote = |c: char| QUOTES.contains(&c) || c == '"';
    let Some(opening) = typed.chars().next().filter(|c| is_quote(*c)) else {
        // A value without quotes is a number, a day, true or false.
        return format!("{led}{}", typed.replace(SPACES, " "));
    };
    let within = &typed[opening.len_utf8()..];
    // The last quote of the line closes it: a remark behind the value has none.
    let Some((end, closing)) = within.char_indices().rev().find(|(_, c)| is_quote(*c)) else {
        return value.to_owned();
    };
    if opening == '"' && closing == '"' {
        return format!("{led}{typed}");
    }
    let (content, rest) = (&within[..end], &within[end + closing.len_utf8()..]);
    format!("{led}\"{}\"{}", content.replace('"', "\\\""), rest.replace(SPACES, " "))
}

/// A day: `2024-12-31` with or without quotes, `"31/12/2024"`, `"31.12.2024"`, `"ngày 31 tháng 12 năm 2024"`.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    deserializer.deserialize_any(Day)
}

struct Day;

impl<'de> Visitor<'de> for Day {
    type Value = NaiveDate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ngày, ví dụ 2024-12-31 hoặc \"31/12/2024\"")
    }

    fn visit_str<E: Error>(self, typed: &str) -> Result<NaiveDate, E> {
        match read_date(typed) {
            DateReading::Day { date, .. } => Ok(date),
            _ => Err(E::invalid_value(Unexpected::Str(typed), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<NaiveDate, A::Error> {
        let day = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?.date;
        let day = day.and_then(|day| {
            NaiveDate::from_ymd_opt(i32::from(day.year), u32::from(day.month), u32::from(day.day))
        });
        day.filter(|day| day.year() > 0).ok_or_else(|| A::Error::invalid_type(Unexpected::Map, &self))
    }
}

/// A value as one would type it into the cell. A whole number may stand without quotes; one with a point may not, for what a
/// point means depends on who typed it.
pub(super) fn as_typed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    deserializer.deserialize_any(Typed)
}

struct Typed;

impl Visitor<'_> for Typed {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("giá trị như gõ vào ô, đặt trong ngoặc kép")
    }

    fn visit_str<E: Error>(self, typed: &str) -> Result<String, E> {
        Ok(typed.to_owned())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_spaces_of_an_office_program_are_those_of_toml() {
        for (typed, plain) in [
            ("unit = “794”\n", "unit = \"794\"\n"),
            ("unit\u{a0}=\u{a0}“794” # nhắc\n", "unit = \"794\" # nhắc\n"),
            ("reason = „Thống nhất “qua” điện thoại‟", "reason = \"Thống nhất “qua” điện thoại\""),
            ("reason = “nói \"đúng\"”", "reason = \"nói \\\"đúng\\\"\""),
            ("reason = \"giữ “nguyên” như gõ\"\n", "reason = \"giữ “nguyên” như gõ\"\n"),
            ("year =\u{a0}2024\n", "year = 2024\n"),
            ("[[waiver]]\n# “lời nhắc”\n", "[[waiver]]\n# “lời nhắc”\n"),
        ] {
            assert_eq!(in_plain_signs(typed), plain, "{typed}");
        }
    }

    #[derive(serde::Deserialize)]
    struct Line {
        #[serde(deserialize_with = "day")]
        day: NaiveDate,
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let last = NaiveDate::from_ymd_opt(2024, 12, 31).unwrap();
        for typed in ["2024-12-31", "\"2024-12-31\"", "\"31/12/2024\"", "\"31.12.2024\"", "\"31-12-2024\""] {
            assert_eq!(toml::from_str::<Line>(&format!("day = {typed}")).unwrap().day, last, "{typed}");
        }
        for typed in ["\"31/13/2024\"", "\"tháng 12/2024\"", "2024", "\"\"", "08:00:00"] {
            let error = toml::from_str::<Line>(&format!("day = {typed}")).err().unwrap();
            assert!(error.message().contains("ngày, ví dụ"), "{typed}: {}", error.message());
        }
    }
}
