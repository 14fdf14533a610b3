//! A cell that holds a day.

use super::{CellRead, Reader};
use crate::domain::YEARS_OF_DAYS;
use crate::finding::{Code, Severity};
use crate::intake::raw::RawValue;
use crate::submission::{FigureStatus, Value};
use chrono::{Datelike, NaiveDate};
use vietnamese::date::{DateFault, DateReading, from_serial, read_date};
use vietnamese::display::date;
use vietnamese::text::read_text;

impl Reader<'_> {
    pub(super) fn date(&self, value: &RawValue) -> CellRead {
        let text = match value {
            RawValue::Date { when: Some(day), .. } if YEARS_OF_DAYS.contains(&day.year()) => {
                return self.accept(Value::Date(*day), FigureStatus::Actual, None);
            }
            RawValue::Date { when: Some(_), .. } => return self.year_out_of_range(),
            RawValue::Number(serial) => return self.serial(*serial),
            RawValue::Text(text) => text,
            _ => return self.unreadable_date(),
        };
        let reading = read_date(&read_text(text, None).text);
        match (&reading, reading.last_day()) {
            (_, Some(day)) if !YEARS_OF_DAYS.contains(&day.year()) => self.year_out_of_range(),
            (DateReading::Day { date: day, short_year: false }, _) => {
                self.accept(Value::Date(*day), FigureStatus::Actual, self.decoded(text, &date(*day)))
            }
            (_, Some(day)) => {
                let cause = "ngày ghi dạng tắt hoặc chỉ ghi tháng, quý; chương trình đã hiểu là một ngày";
                self.understood_date(day, cause, "kỳ sau gõ đủ ngày/tháng/năm, ví dụ 05/12/2024")
            }
            (DateReading::Serial(serial), None) => self.serial(f64::from(*serial)),
            (DateReading::Empty(_), None) => self.missing(),
            (DateReading::Unreadable(DateFault::YearOutOfRange(_)), None) => self.year_out_of_range(),
            (DateReading::Unreadable(DateFault::MonthFirst(day)), None) => self.no_date(&format!(
                "trong năm không có tháng thứ {}; có lẽ tháng được gõ trước ngày và ý là {}",
                day.day(),
                date(*day)
            )),
            _ => self.unreadable_date(),
        }
    }

    /// A day that lost its format and shows the number a spreadsheet counts it by; or one that was typed without strokes.
    fn serial(&self, serial: f64) -> CellRead {
        let day = from_serial(serial, self.epoch_1904).filter(|day| YEARS_OF_DAYS.contains(&day.year()));
        let counted = "ô ngày chứa một số; chương trình đã hiểu là số thứ tự ngày của bảng tính";
        let in_one = "ngày gõ liền không có dấu gạch; chương trình đã hiểu là một ngày";
        let read = day.map(|day| (day, counted)).or_else(|| Some((typed_in_one(serial)?, in_one)));
        let Some((day, cause)) = read else { return self.unreadable_date() };
        self.understood_date(
            day,
            cause,
            "kiểm tra ngày đã hiểu; kỳ sau gõ đủ ngày/tháng/năm, ví dụ 05/12/2024",
        )
    }

    fn understood_date(&self, day: NaiveDate, cause: &str, cure: &str) -> CellRead {
        let finding = self.finding(Code::C018, cause, cure).read(date(day));
        self.accept(Value::Date(day), FigureStatus::Actual, Some(finding))
    }

    fn year_out_of_range(&self) -> CellRead {
        let (first, last) = (YEARS_OF_DAYS.start(), YEARS_OF_DAYS.end());
        self.no_date(&format!("năm của ngày nằm ngoài khoảng {first}–{last}, có lẽ gõ nhầm"))
    }

    fn unreadable_date(&self) -> CellRead {
        self.no_date("nội dung ô không phải là ngày có thật")
    }

    fn no_date(&self, cause: &str) -> CellRead {
        let finding = self.finding(Code::C012, cause, self.field.kind.how_to_type());
        debug_assert_eq!(finding.severity, Severity::Error);
        self.refuse_with(finding.expected("ngày/tháng/năm"))
    }
}

/// The day that a number of eight digits writes: 20241205, or 05122024, which a spreadsheet keeps without its first nought.
fn typed_in_one(number: f64) -> Option<NaiveDate> {
    let is_long_enough = number.fract() == 0.0 && (1e6..1e8).contains(&number);
    let digits = is_long_enough.then(|| format!("{number:08}"))?;
    let day_first = format!("{}/{}/{}", &digits[..2], &digits[2..4], &digits[4..]);
    [digits, day_first].iter().find_map(|written| match read_date(written) {
        DateReading::Day { date, short_year: false } => {
            Some(date).filter(|day| YEARS_OF_DAYS.contains(&day.year()))
        }
        _ => None,
    })
}
