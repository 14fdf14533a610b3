//! Dates as they are typed: always day before month.

mod month;

use super::empty::{Empty, read_empty};
use super::text::read_text;
use chrono::{Datelike, Days, NaiveDate};
use month::month_by_name;
use std::ops::RangeInclusive;

/// The outcome of reading a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateReading {
    /// One day.
    Day {
        /// The day.
        date: NaiveDate,
        /// The year was typed with two digits and read as 20yy.
        short_year: bool,
    },
    /// A month; what is judged by days counts with its last one.
    Month {
        /// Year.
        year: i32,
        /// Month, 1 to 12.
        month: u32,
        /// Its last day.
        end: NaiveDate,
    },
    /// A quarter of a year.
    Quarter {
        /// Year.
        year: i32,
        /// Quarter, 1 to 4.
        quarter: u32,
        /// Its last day.
        end: NaiveDate,
    },
    /// A year alone.
    Year {
        /// Year.
        year: i32,
        /// 31 December.
        end: NaiveDate,
    },
    /// Day and month without the year.
    Incomplete {
        /// Day.
        day: u32,
        /// Month.
        month: u32,
    },
    /// Five digits: a day as a spreadsheet counts it, from 1900 or 1904 as the workbook says; see [`from_serial`].
    Serial(u32),
    /// No date: blank, none, missing.
    Empty(Empty),
    /// No date that could be answered for.
    Unreadable(DateFault),
}

impl DateReading {
    /// The day, or the last day of the span that was named.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            DateReading::Day { date, .. } => Some(*date),
            DateReading::Month { end, .. }
            | DateReading::Quarter { end, .. }
            | DateReading::Year { end, .. } => Some(*end),
            _ => None,
        }
    }
}

/// Years that a date can have; what lies outside was mistyped. A spreadsheet counts its days from 1900.
pub const YEARS: RangeInclusive<i32> = 1900..=2100;

/// Why no date could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateFault {
    /// Month before day, as Americans write; read so it would be this day.
    MonthFirst(NaiveDate),
    /// A day the calendar does not have, such as 30/02/2025.
    NotInCalendar,
    /// A year outside 1900–2100.
    YearOutOfRange(u32),
    /// No date at all.
    NotADate,
}

/// Reads a date the Vietnamese way: `05/9/2025`, `5-9-25`, `05.09.2025`, `2025-09-05`, “ngày 05 tháng 9 năm 2025”,
/// “tháng 9/2025”, “Quý IV/2021”, “năm 2021”; and as computers and phones write it: `05-Sep-25`, `5 thg 9, 2025`, `20250905`.
///
/// ```
/// use vietnamese::date::{DateReading, read_date};
/// let day = chrono::NaiveDate::from_ymd_opt(2025, 9, 5).unwrap();
/// assert_eq!(read_date("Long An, ngày 05 tháng 9 năm 2025"), DateReading::Day { date: day, short_year: false });
/// assert_eq!(read_date("05/9"), DateReading::Incomplete { day: 5, month: 9 });
/// ```
pub fn read_date(typed: &str) -> DateReading {
    if let Some(empty) = read_empty(typed) {
        return DateReading::Empty(empty);
    }
    read_plain(&with_plain_signs(&read_text(typed, None).text))
        .unwrap_or(DateReading::Unreadable(DateFault::NotADate))
}

/// Lower case, plain digits and dashes, no place before the date, no time behind it, no space around separators.
fn with_plain_signs(text: &str) -> String {
    let lower: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            '\u{FF10}'..='\u{FF19}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '–' | '—' | '−' | '‐' | '‑' => '-',
            '／' | '⁄' | '∕' => '/',
            other => other,
        })
        .collect();
    let mut rest = lower.trim_matches([' ', '\'', '"', ',', ';']).trim_end_matches('.');
    // "Long An, ngày …" is how official papers date themselves.
    if let Some((place, date)) = rest.split_once(", ngày ")
        && !place.contains(|c: char| c.is_ascii_digit())
    {
        rest = date;
    }
    rest = without_weekday(rest);
    for word in ["ngày ", "hôm "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let mut tight = without_time(rest.trim()).to_owned();
    for separator in ["/", "-", "."] {
        for loose in [format!(" {separator}"), format!("{separator} ")] {
            tight = tight.replace(&loose, separator);
        }
    }
    tight
}

/// “thứ năm, 5 tháng 12, 2024”: the day of the week says nothing that the date does not.
fn without_weekday(text: &str) -> &str {
    const DAYS: [&str; 9] = ["hai", "ba", "tư", "năm", "sáu", "bảy", "bẩy", "nhật", "7"];
    let Some(rest) = text.strip_prefix("thứ ").or_else(|| text.strip_prefix("chủ ")) else { return text };
    let day = DAYS.iter().find_map(|day| rest.strip_prefix(day));
    day.and_then(|rest| rest.strip_prefix([',', ' '])).map_or(text, str::trim_start)
}

/// `2025-09-05T00:00:00`, `05/09/2025 07:30`.
fn without_time(text: &str) -> &str {
    let is_time = |time: &str| {
        time.contains(':')
            && time.starts_with(|c: char| c.is_ascii_digit())
            && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'z'))
    };
    match text.rsplit_once([' ', 't']) {
        Some((date, time)) if is_time(time) && date.starts_with(|c: char| c.is_ascii_digit()) => date,
        _ => text,
    }
}

fn read_plain(text: &str) -> Option<DateReading> {
    if let Some(rest) =
        text.strip_prefix("quý").or_else(|| text.strip_prefix("quí")).or_else(|| quarter_letter(text))
    {
        return quarter(rest.trim());
    }
    if text.contains("tháng") {
        return in_words(text);
    }
    if let Some(rest) = text.strip_prefix("năm ") {
        return year_alone(rest);
    }
    if let Some(rest) = text.strip_prefix('t')
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return month_and_year(rest);
    }
    let separator = ['/', '-', '.'].into_iter().find(|separator| text.contains(*separator));
    let Some(separator) = separator else { return without_signs(text) };
    let parts: Vec<&str> = text.split(separator).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => day_in_year(digits(day)?, month_of(month)?, year),
        [day, month, year] => day_in_year(digits(day)?, month_of(month)?, year),
        [_, year] if year.len() == 4 => month_and_year(text),
        [day, month] if separator != '.' => without_year(digits(day)?, digits(month)?),
        _ => None,
    }
}

/// "5 dec 2024", "dec 5, 2024", "5 thg 12, 2024", "20241205", "05122024", "45631", "2024".
fn without_signs(text: &str) -> Option<DateReading> {
    let parts: Vec<&str> = text.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [day, "thg" | "th", month, year] => day_in_year(digits(day)?, digits(month)?, year),
        [day, month, year] if digits(day).is_some() => day_in_year(digits(day)?, month_by_name(month)?, year),
        [month, day, year] => day_in_year(digits(day)?, month_by_name(month)?, year),
        [one] if one.bytes().all(|byte| byte.is_ascii_digit()) => match one.len() {
            // The century in the place of the month makes the other order impossible.
            8 => {
                let read = |day: &str, month: &str, year| day_in_year(digits(day)?, digits(month)?, year);
                let (first, last) =
                    (read(&one[6..], &one[4..6], &one[..4]), read(&one[..2], &one[2..4], &one[4..]));
                let is_day = |reading: &Option<DateReading>| matches!(reading, Some(DateReading::Day { .. }));
                if is_day(&last) { last } else { first }
            }
            5 => one.parse().ok().map(DateReading::Serial),
            _ => year_alone(one),
        },
        _ => year_alone(text),
    }
}

/// A month by number or by name.
fn month_of(text: &str) -> Option<u32> {
    digits(text).or_else(|| month_by_name(text))
}

/// "q4/2021", "q.iv/2021".
fn quarter_letter(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('q')?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    rest.starts_with(|c: char| matches!(c, '1'..='4' | 'i')).then_some(rest)
}

/// "iv/2021", "4 năm 2021", "iv-2021".
fn quarter(text: &str) -> Option<DateReading> {
    let end = text.find(['/', '-', ' ', ','])?;
    let (name, rest) = text.split_at(end);
    let quarter = match name {
        "1" | "i" | "01" => 1,
        "2" | "ii" | "02" => 2,
        "3" | "iii" | "03" => 3,
        "4" | "iv" | "04" => 4,
        _ => return None,
    };
    let year = match full_year(after_year_word(rest))? {
        Ok(year) => year,
        Err(fault) => return Some(DateReading::Unreadable(fault)),
    };
    Some(DateReading::Quarter { year, quarter, end: last_of_month(year, quarter * 3)? })
}

/// "05 tháng 9 năm 2025", "tháng 9/2025", "5 tháng 9".
fn in_words(text: &str) -> Option<DateReading> {
    let (day, rest) = text.split_once("tháng")?;
    let (day, rest) = (day.trim(), rest.trim());
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (month, year) = rest.split_at(end);
    if day.is_empty() {
        return month_and_year(&format!("{month}/{}", after_year_word(year)));
    }
    let (day, month) = (digits(day)?, digits(month)?);
    match after_year_word(year) {
        "" if year.trim().is_empty() => without_year(day, month),
        year => day_in_year(day, month, year),
    }
}

fn after_year_word(text: &str) -> &str {
    let text = text.trim_start_matches(['/', '-', ',', ' ', '.']);
    text.strip_prefix("năm").unwrap_or(text).trim()
}

fn month_and_year(text: &str) -> Option<DateReading> {
    let (month, year) = text.split_once(['/', '-', '.'])?;
    let (month, year) = (digits(month)?, full_year(year)?);
    let year = match year {
        Ok(year) => year,
        Err(fault) => return Some(DateReading::Unreadable(fault)),
    };
    Some(match last_of_month(year, month) {
        Some(end) => DateReading::Month { year, month, end },
        None => DateReading::Unreadable(DateFault::NotInCalendar),
    })
}

fn year_alone(text: &str) -> Option<DateReading> {
    let year = full_year(text.trim())?.ok()?;
    Some(DateReading::Year { year, end: NaiveDate::from_ymd_opt(year, 12, 31)? })
}

fn day_in_year(day: u32, month: u32, year: &str) -> Option<DateReading> {
    let short_year = year.len() == 2;
    let year = if short_year { Ok(2000 + digits(year)? as i32) } else { full_year(year)? };
    let date = match year {
        Ok(year) => NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
            let swapped = NaiveDate::from_ymd_opt(year, day, month).filter(|_| month > 12);
            swapped.map_or(DateFault::NotInCalendar, DateFault::MonthFirst)
        }),
        Err(fault) => Err(fault),
    };
    Some(match date {
        Ok(date) => DateReading::Day { date, short_year },
        Err(fault) => DateReading::Unreadable(fault),
    })
}

fn without_year(day: u32, month: u32) -> Option<DateReading> {
    // A leap year, so that 29/02 stays possible until the year is known.
    let possible = NaiveDate::from_ymd_opt(2024, month, day).is_some();
    Some(if possible {
        DateReading::Incomplete { day, month }
    } else {
        DateReading::Unreadable(DateFault::NotInCalendar)
    })
}

fn full_year(text: &str) -> Option<Result<i32, DateFault>> {
    let year = digits(text).filter(|_| text.len() == 4)?;
    Some(match i32::try_from(year).ok().filter(|year| YEARS.contains(year)) {
        Some(year) => Ok(year),
        None => Err(DateFault::YearOutOfRange(year)),
    })
}

/// One to four digits and nothing else.
fn digits(text: &str) -> Option<u32> {
    let all_digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| all_digits)
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_months(chrono::Months::new(1))?.pred_opt()
}

/// The day of a serial number that lost its date format, counted as Excel does: from 1900 with its 29 February 1900, or
/// from 1904. `None` outside [`YEARS`].
///
/// ```
/// use vietnamese::date::from_serial;
/// assert_eq!(from_serial(45905.0, false), chrono::NaiveDate::from_ymd_opt(2025, 9, 5));
/// assert_eq!(from_serial(44443.0, true), chrono::NaiveDate::from_ymd_opt(2025, 9, 5));
/// ```
pub fn from_serial(serial: f64, epoch_1904: bool) -> Option<NaiveDate> {
    if !(0.0..100_000.0).contains(&serial) {
        return None;
    }
    let days = serial.floor() as u64;
    let (epoch, days) = match (epoch_1904, days) {
        (true, _) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, days),
        (false, 0 | 60) => return None,
        (false, 1..60) => (NaiveDate::from_ymd_opt(1899, 12, 31)?, days),
        (false, _) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, days),
    };
    epoch.checked_add_days(Days::new(days)).filter(|date| YEARS.contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn days() {
        for typed in [
            "05/09/2025",
            "5/9/2025",
            "05-09-2025",
            "5.9.2025",
            "05.09.2025.",
            "2025-09-05",
            "2025/9/5",
            "05 / 9 / 2025",
            "ngày 05 tháng 9 năm 2025",
            "Ngày 5 tháng 9 năm 2025.",
            "Long An, ngày 05 tháng 9 năm 2025",
            "ngày 05/9/2025",
            "2025-09-05T00:00:00",
            "05/09/2025 07:30",
            "'05/09/2025",
            "０５/０９/２０２５",
            "05–9–2025",
            "ngaøy 05 thaùng 9 naêm 2025",
            "05 tháng 09, 2025",
            "5 tháng 9/2025",
            "5-Sep-2025",
            "5 Sept 2025",
            "September 5, 2025",
            "5 thg 9, 2025",
            "05-Thg9-2025",
            "5/IX/2025",
            "20250905",
            "05092025",
            "Thứ sáu, 5 tháng 9, 2025",
            "thứ 7 ngày 05/09/2025",
            "5 Sep 2025 07:30",
        ] {
            assert_eq!(
                read_date(typed),
                DateReading::Day { date: date(2025, 9, 5), short_year: false },
                "{typed}"
            );
        }
        assert_eq!(read_date("5/9/25"), DateReading::Day { date: date(2025, 9, 5), short_year: true });
        assert_eq!(read_date("05-Sep-25"), DateReading::Day { date: date(2025, 9, 5), short_year: true });
        assert_eq!(read_date("45905"), DateReading::Serial(45_905));
        assert_eq!(read_date("29/02/2024").last_day(), Some(date(2024, 2, 29)));
        assert_eq!(read_date("13/12/2025").last_day(), Some(date(2025, 12, 13)));
    }

    #[test]
    fn spans() {
        for typed in
            ["Quý IV/2021", "Quý IV năm 2021", "quý 4/2021", "Quý IV - 2021", "Q4/2021", "Quí IV/2021"]
        {
            let end = date(2021, 12, 31);
            assert_eq!(read_date(typed), DateReading::Quarter { year: 2021, quarter: 4, end }, "{typed}");
        }
        assert_eq!(read_date("Quý I/2024").last_day(), Some(date(2024, 3, 31)));
        for typed in ["tháng 9/2025", "Tháng 9 năm 2025", "9/2025", "09-2025", "T9/2025", "tháng 9-2025"]
        {
            assert_eq!(
                read_date(typed),
                DateReading::Month { year: 2025, month: 9, end: date(2025, 9, 30) },
                "{typed}"
            );
        }
        for typed in ["2025", "năm 2025", "Năm 2025."] {
            assert_eq!(
                read_date(typed),
                DateReading::Year { year: 2025, end: date(2025, 12, 31) },
                "{typed}"
            );
        }
        for typed in ["05/9", "5-9", "ngày 5 tháng 9"] {
            assert_eq!(read_date(typed), DateReading::Incomplete { day: 5, month: 9 }, "{typed}");
        }
    }

    #[test]
    fn near_misses() {
        use DateFault::*;
        for (typed, fault) in [
            ("12/13/2025", MonthFirst(date(2025, 12, 13))),
            ("30/02/2025", NotInCalendar),
            ("31/4/2025", NotInCalendar),
            ("29/02/2025", NotInCalendar),
            ("0/9/2025", NotInCalendar),
            ("32/13/2025", NotInCalendar),
            ("9/13", NotInCalendar),
            ("tháng 13/2025", NotInCalendar),
            ("5/9/2205", YearOutOfRange(2205)),
            ("5/9/202", NotADate),
            ("5/9/20255", NotADate),
            ("Quý V/2021", NotADate),
            ("Quý IV", NotADate),
            ("hôm qua", NotADate),
            ("1.234", NotADate),
            ("12", NotADate),
            ("05/9-2025", NotADate),
            ("trước 10/12/2025", NotADate),
            ("5/9/2025 và 6/9/2025", NotADate),
            ("+5/9/2025", NotADate),
            ("quý ông", NotADate),
            ("6 tháng đầu năm 2025", NotADate),
            ("25/NQ-CP", NotADate),
            ("5 xyz 2025", NotADate),
            ("5-tr-2025", NotADate),
            ("123456", NotADate),
            ("20251305", MonthFirst(date(2025, 5, 13))),
            ("thứ 9, 5/9/2025", NotADate),
        ] {
            assert_eq!(read_date(typed), DateReading::Unreadable(fault), "{typed}");
        }
        assert_eq!(read_date("chưa có"), DateReading::Empty(Empty::Missing));
        assert_eq!(read_date(" "), DateReading::Empty(Empty::Blank));
    }

    #[test]
    fn serial_numbers() {
        assert_eq!(from_serial(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(from_serial(59.0, false), Some(date(1900, 2, 28)));
        assert_eq!(from_serial(60.0, false), None);
        assert_eq!(from_serial(61.0, false), Some(date(1900, 3, 1)));
        assert_eq!(from_serial(45905.75, false), Some(date(2025, 9, 5)));
        assert_eq!([f64::NAN, -1.0, 1e9].map(|serial| from_serial(serial, false)), [None; 3]);
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed in any::<String>(), near in "[0-9a-zngàythánquýăm/.\\- :,IVX]{0,24}") {
            read_date(&typed);
            read_date(&near);
            from_serial(near.len() as f64, true);
        }

        #[test]
        fn every_day_reads_back(day in 0_i64..73_000) {
            let day = date(1900, 1, 1) + chrono::Duration::days(day);
            for form in ["%d/%m/%Y", "%-d/%-m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "ngày %d tháng %-m năm %Y"] {
                prop_assert_eq!(read_date(&day.format(form).to_string()), DateReading::Day { date: day, short_year: false });
            }
        }
    }
}
