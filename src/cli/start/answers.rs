//! Questions, and what is typed in answer. At the end of the input every question gives `None`: nobody is there to answer.

use crate::cli::terminal::Terminal;
use chrono::NaiveDate;
use vietnamese::date::{DateFault, DateReading, read_date};
use vietnamese::display::date;

/// Who is asked.
pub(super) struct Answers<'a> {
    pub terminal: &'a Terminal,
}

impl Answers<'_> {
    /// What is typed, without the spaces around it; may be empty.
    pub fn text(&self, question: &str) -> Option<String> {
        self.terminal.ask(question)
    }

    /// What is typed, or what is usual where only Enter is pressed.
    pub fn text_or(&self, question: &str, usual: &str) -> Option<String> {
        let typed = self.text(&format!("{question} (Enter: {usual}):"))?;
        Some(if typed.is_empty() { usual.to_owned() } else { typed })
    }

    /// What is typed; nothing where only Enter is pressed.
    pub fn perhaps(&self, question: &str) -> Option<Option<String>> {
        let typed = self.text(question)?;
        Some(Some(typed).filter(|typed| !typed.is_empty()))
    }

    /// A number from 0 to `most`.
    pub fn number(&self, question: &str, most: usize) -> Option<usize> {
        loop {
            let typed = self.text(question)?;
            if let Some(number) = typed.parse().ok().filter(|number| *number <= most) {
                return Some(number);
            }
            self.terminal.print(format!("Xin gõ một số từ 0 đến {most} rồi nhấn Enter."));
        }
    }

    /// Yes or no, typed out: for what cannot be undone.
    pub fn agrees(&self, question: &str) -> Option<bool> {
        loop {
            let typed = self.text(&format!("{question} (c: có, k: không):"))?;
            // Nothing else: what ticks a cell of a form is too easily pressed here.
            match typed.to_lowercase().as_str() {
                "c" | "có" | "co" => return Some(true),
                "k" | "không" | "khong" | "ko" => return Some(false),
                _ => {}
            }
            self.terminal.print("Xin gõ c (có) hoặc k (không) rồi nhấn Enter.");
        }
    }

    /// A day, or the usual one.
    pub fn day(&self, question: &str, usual: NaiveDate) -> Option<NaiveDate> {
        loop {
            let typed = self.text_or(question, &date(usual))?;
            if let Some(day) = self.day_of(&typed, usual) {
                return Some(day);
            }
        }
    }

    /// A day; nothing where only Enter is pressed. `example` is shown where what was typed is none.
    pub fn perhaps_day(&self, question: &str, example: NaiveDate) -> Option<Option<NaiveDate>> {
        loop {
            let Some(typed) = self.perhaps(question)? else { return Some(None) };
            if let Some(day) = self.day_of(&typed, example) {
                return Some(Some(day));
            }
        }
    }

    /// The day that was typed; else it is told why it is none.
    fn day_of(&self, typed: &str, example: NaiveDate) -> Option<NaiveDate> {
        let told = |why| {
            let example = format!("{} hoặc {example}", date(example));
            self.terminal.print(format!("“{typed}” {why}. Xin ghi ngày, tháng, năm, ví dụ {example}."));
        };
        day(typed).map_err(told).ok()
    }

    /// Waits for Enter where somebody looks on.
    pub fn wait(&self, what: &str) {
        if self.terminal.is_looked_at() {
            self.text(what);
        }
    }
}

/// The day that was typed, or what is wrong with it.
fn day(typed: &str) -> Result<NaiveDate, &'static str> {
    match read_date(typed) {
        DateReading::Day { date, .. } => Ok(date),
        DateReading::Incomplete { .. } => Err("thiếu năm"),
        DateReading::Month { .. } | DateReading::Quarter { .. } | DateReading::Year { .. } => {
            Err("thiếu ngày")
        }
        DateReading::Unreadable(DateFault::NotInCalendar) => Err("không phải là ngày có thật"),
        DateReading::Unreadable(DateFault::MonthFirst(_)) => Err("ghi tháng trước ngày"),
        _ => Err("không phải là ngày"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_type_them() {
        let right = NaiveDate::from_ymd_opt(2024, 12, 16);
        for typed in ["16/12/2024", "16.12.2024", "2024-12-16", "16-12-24", "ngày 16 tháng 12 năm 2024"] {
            assert_eq!(day(typed).ok(), right, "{typed}");
        }
        for (typed, why) in [
            ("16/12", "thiếu năm"),
            ("12/2024", "thiếu ngày"),
            ("31/11/2024", "không phải là ngày có thật"),
            ("12/16/2024", "ghi tháng trước ngày"),
            ("hôm nay", "không phải là ngày"),
            ("45642", "không phải là ngày"),
        ] {
            assert_eq!(day(typed), Err(why), "{typed}");
        }
    }
}
