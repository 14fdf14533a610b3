//! A cell of calamine's → a raw value of ours.

use super::raw::RawValue;
use calamine::{Data, ExcelDateTime};
use chrono::{Datelike, NaiveDate, NaiveDateTime};

/// Error values of spreadsheet programs, those of dynamic arrays and external data included (ECMA-376 18.17.2.7, Excel 365).
const ERRORS: &[&str] = &[
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#VALUE!",
    "#DATA!",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#UNKNOWN!",
    "#CONNECT!",
    "#BUSY!",
    "#PYTHON!",
    "#EXTERNAL!",
    "#TIMEOUT!",
];

/// The raw value; `None` for a blank. A text that is an error value stands for that error: .ods stores errors so.
pub(super) fn of(data: Data) -> Option<RawValue> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(number) => RawValue::Number(number as f64),
        Data::Float(number) => self::number(number),
        Data::Bool(value) => RawValue::Bool(value),
        Data::Error(error) => RawValue::Error(error.to_string()),
        Data::DateTime(moment) => date(moment),
        Data::DateTimeIso(text) => match iso(&text) {
            Some(when) => RawValue::Date { when: Some(when), serial: None },
            None => return self::text(text),
        },
        Data::DurationIso(text) => return self::text(text),
        Data::String(text) => return self::text(text),
    })
}

fn number(number: f64) -> RawValue {
    // No spreadsheet program can compute with it: the nearest of its own errors.
    if number.is_finite() { RawValue::Number(number) } else { RawValue::Error("#NUM!".to_owned()) }
}

fn text(text: String) -> Option<RawValue> {
    let text = without_controls(text);
    if text.is_empty() {
        None
    } else if text.starts_with('#') && (ERRORS.contains(&text.as_str()) || libreoffice_error(&text)) {
        Some(RawValue::Error(text))
    } else {
        Some(RawValue::Text(text))
    }
}

/// Without the characters that no one types and no XML holds: .xls keeps whatever bytes stood there. Ends of lines and
/// tabs stay, and so do U+0080 to U+009F: text of another code page stands in them.
fn without_controls(text: String) -> String {
    let unseen = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(unseen) { text.replace(unseen, "") } else { text }
}

/// `Err:502` and its like stand in .ods files as `#ERR502!` or `Err:502`.
fn libreoffice_error(text: &str) -> bool {
    let code = text.strip_prefix("#ERR").and_then(|rest| rest.strip_suffix('!'));
    code.is_some_and(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()))
}

fn date(moment: ExcelDateTime) -> RawValue {
    let serial = moment.as_f64();
    if !serial.is_finite() {
        return number(serial);
    }
    // Serial numbers of Excel: 0 to 9999-12-31; a duration or a number merely formatted so is no date.
    let when = (moment.is_datetime() && (0.0..2_958_466.0).contains(&serial))
        .then(|| moment.as_datetime())
        .flatten()
        .map(|when| when.date())
        .filter(|day| (1900..=9999).contains(&day.year()));
    RawValue::Date { when, serial: Some(serial) }
}

/// The day of an ISO date or moment: `2024-12-05`, `2024-12-05T08:00:00.5`, with or without a zone.
fn iso(text: &str) -> Option<NaiveDate> {
    moment(text)
        .map(|moment| moment.date())
        .or_else(|| NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok())
}

/// An ISO moment as the file writes it; a zone is dropped, for it says where the clock stood, not which day was meant.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    let local = text.strip_suffix('Z').unwrap_or(text);
    // A zone such as +07:00 stands after the time, at byte 19 or later.
    let cut =
        local.char_indices().skip(19).find(|(_, c)| matches!(c, '+' | '-')).map_or(local.len(), |(at, _)| at);
    NaiveDateTime::parse_from_str(&local[..cut], "%Y-%m-%dT%H:%M:%S%.f").ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    fn serial(value: f64, epoch_1904: bool) -> Option<RawValue> {
        of(Data::DateTime(ExcelDateTime::new(value, DateTime, epoch_1904)))
    }

    #[test]
    fn dates_know_their_epoch_and_keep_their_number() {
        // 45631 days after 1899-12-30 is 2024-12-05; the same day is 45631 - 1462 = 44169 in the 1904 system.
        let expected = |serial| Some(RawValue::Date { when: day(2024, 12, 5), serial: Some(serial) });
        assert_eq!(serial(45_631.0, false), expected(45_631.0));
        assert_eq!(serial(44_169.0, true), expected(44_169.0));
        assert_eq!(serial(-3.0, false), Some(RawValue::Date { when: None, serial: Some(-3.0) }));
        assert_eq!(serial(1e300, false), Some(RawValue::Date { when: None, serial: Some(1e300) }));
        let hours = of(Data::DateTime(ExcelDateTime::new(1.5, TimeDelta, false)));
        assert_eq!(hours, Some(RawValue::Date { when: None, serial: Some(1.5) }));
    }

    #[test]
    fn iso_dates_of_ods() {
        for text in [
            "2024-12-05",
            "2024-12-05T00:00:00",
            "2024-12-05T23:59:59.999",
            "2024-12-05T08:00:00+07:00",
            "2024-12-05T08:00:00Z",
        ] {
            let value = of(Data::DateTimeIso(text.to_owned()));
            assert_eq!(value, Some(RawValue::Date { when: day(2024, 12, 5), serial: None }), "{text}");
        }
        let odd = of(Data::DateTimeIso("năm 2024".to_owned()));
        assert_eq!(odd, Some(RawValue::Text("năm 2024".to_owned())));
    }

    #[test]
    fn what_is_no_number_is_an_error_and_what_is_empty_is_nothing() {
        assert_eq!(of(Data::Float(f64::NAN)), Some(RawValue::Error("#NUM!".to_owned())));
        assert_eq!(of(Data::Float(f64::INFINITY)), Some(RawValue::Error("#NUM!".to_owned())));
        assert_eq!(of(Data::String("\0\0".to_owned())), None);
        assert_eq!(of(Data::String("12\0".to_owned())), Some(RawValue::Text("12".to_owned())));
        // Found by fuzzing: .xls holds any byte, and what is written into .xlsx must come back as it was read.
        assert_eq!(
            of(Data::String("S\u{7f} li\u{1b}_u\r\n\t\u{95}".to_owned())),
            Some(RawValue::Text("S li_u\r\n\t\u{95}".to_owned()))
        );
        // Spaces are somebody's typing: kept as they are.
        assert_eq!(of(Data::String(" 1 234 ".to_owned())), Some(RawValue::Text(" 1 234 ".to_owned())));
        assert_eq!(of(Data::Int(794)), Some(RawValue::Number(794.0)));
    }

    #[test]
    fn error_texts_are_errors_and_look_alikes_are_not() {
        for text in ["#DIV/0!", "#SPILL!", "#ERR502!"] {
            assert_eq!(of(Data::String(text.to_owned())), Some(RawValue::Error(text.to_owned())));
        }
        for text in ["#1", "#REF! ở ô trên", "#ERRxyz!"] {
            assert_eq!(of(Data::String(text.to_owned())), Some(RawValue::Text(text.to_owned())));
        }
    }
}
