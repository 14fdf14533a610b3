//! Number formats as spreadsheet programs write them (ECMA-376 18.8.31), and what they show of a number: `0%` shows a
//! stored 1 as 100%, `#,##0,,` shows 1263000000 as 1.263.
//!
//! Only what bears on the meaning is followed: which digits, signs and words stand in the cell. Colours, widths and fillers
//! are left out, as is what a column too narrow does.

mod code;
mod drawn;

use super::raw::Shown;
use code::{Comparison, Section, Token, sections};
use drawn::Drawn;
use rust_decimal::Decimal;
use vietnamese::number::from_float;

/// A format that may show a number as something else than what is stored.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

/// Longest format that is looked at; Excel takes 255 characters.
const LONGEST: usize = 1_000;
/// Numbers from here on are beyond what spreadsheets hold to the unit.
const FURTHEST: u64 = 1_000_000_000_000_000;

impl NumberFormat {
    /// The format that a code stands for; `None` for one that shows every number as it is.
    pub(super) fn parse(code: &str) -> Option<Self> {
        if code.len() > LONGEST
            || matches!(code.trim(), "" | "@")
            || code.trim().eq_ignore_ascii_case("general")
        {
            return None;
        }
        Some(NumberFormat { sections: sections(code) })
    }

    /// Whether it shows a number as a day or a time of day.
    pub(super) fn is_date(&self) -> bool {
        self.sections.first().is_some_and(|section| section.is_date)
    }

    /// What it shows of a number; `None` where that is the number and nothing else, or a day.
    pub(super) fn shown(&self, stored: f64) -> Option<Shown> {
        let exact = from_float(stored).filter(|exact| exact.abs() < Decimal::from(FURTHEST))?;
        let (section, is_default) = self.section(stored)?;
        if section.is_date {
            return None;
        }
        // The section for negative numbers holds their sign itself.
        let magnitude = if is_default { exact } else { exact.abs() };
        let mut cell = Drawn::default();
        section.draw(magnitude, &mut cell);
        let (text, plain) = (cell.text.trim().to_owned(), cell.plain.trim().to_owned());
        if number(&plain) == Some(exact) {
            return None;
        }
        let percent = section.tokens.contains(&Token::Percent);
        Some(Shown { text, plain, percent })
    }

    /// The section a number falls under, and whether the sign of a negative one is still to be set.
    fn section(&self, number: f64) -> Option<(&Section, bool)> {
        let all = self.sections.as_slice();
        let by_condition = all.iter().take(2).any(|section| section.condition.is_some());
        if by_condition {
            let holds =
                |section: &&Section| section.condition.is_none_or(|condition| meets(number, condition));
            return all.iter().find(holds).map(|section| (section, true));
        }
        let place = match all.len() {
            1 => return all.first().map(|section| (section, true)),
            2 => usize::from(number < 0.0),
            _ if number > 0.0 => 0,
            _ if number < 0.0 => 1,
            _ => 2,
        };
        all.get(place).map(|section| (section, false))
    }
}

/// The code of a format that is built into Excel (ECMA-376 18.8.30); those of money differ from country to country.
pub(super) fn built_in(id: u16) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14..=17 | 22 | 27..=31 | 36 | 50..=58 => "dd/mm/yyyy",
        18..=21 | 32..=35 | 45 | 47 => "hh:mm",
        46 => "[h]:mm:ss",
        37 | 38 => "#,##0_);(#,##0)",
        39 | 40 => "#,##0.00_);(#,##0.00)",
        41 | 42 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        43 | 44 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        48 => "##0.0E+0",
        _ => return None,
    })
}

fn meets(number: f64, (comparison, limit): (Comparison, f64)) -> bool {
    match comparison {
        Comparison::Below => number < limit,
        Comparison::AtMost => number <= limit,
        Comparison::Above => number > limit,
        Comparison::AtLeast => number >= limit,
        Comparison::Is => number == limit,
        Comparison::IsNot => number != limit,
    }
}

/// A plain number with a decimal comma.
fn number(plain: &str) -> Option<Decimal> {
    let digits = plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-'));
    (digits && !plain.is_empty()).then(|| plain.replace(',', ".").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: f64) -> Option<(String, String)> {
        let shown = NumberFormat::parse(code)?.shown(number)?;
        Some((shown.text, shown.plain))
    }

    #[test]
    fn what_shows_the_number_itself_says_nothing() {
        for (code, number) in [
            ("General", 13.5),
            ("@", 13.5),
            ("#,##0", 1_234_567.0),
            ("0", 0.0),
            ("#,##0.######", 12.5),
            ("#,##0.######", 12.0),
            ("0.00", 57.05),
            ("0.00", 12.0),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", 1234.5),
            ("_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-;_-* \"-\"??\\ _₫_-;_-@_-", 1234.0),
            ("[Red]0", 5.0),
            ("000", 5.0),
            ("0.00E+00", 150_000.0),
            ("# ?/?", 7.0),
            ("dd/mm/yyyy", 45_631.0),
            ("[$-42A]dd mmmm yyyy", 45_631.0),
            ("-#,##0;-#,##0", -12.0),
            ("[>=1000]#,##0;0", 12.0),
            ("General", f64::NAN),
        ] {
            assert_eq!(shown(code, number), None, "{code} of {number}");
        }
    }

    #[test]
    fn what_shows_something_else_is_drawn() {
        for (code, number, text, plain) in [
            ("0%", 1.0, "100%", "100%"),
            ("0.00%", 0.5705, "57,05%", "57,05%"),
            ("0%", 0.5705, "57%", "57%"),
            ("#,##0,,", 1_263_000_000.0, "1.263", "1263"),
            ("#,##0,", 1_263_000.0, "1.263", "1263"),
            ("0.0,,\" tỷ\"", 1_500_000.0, "1,5 tỷ", "1,5 tỷ"),
            ("0,.0", 1_500.0, "1,5", "1,5"),
            ("0\".000\"", 1263.0, "1263.000", "1263.000"),
            ("#,##0\\ \"triệu\"", 1452.0, "1.452 triệu", "1452 triệu"),
            ("0 \"triệu\"", 452.0, "452 triệu", "452 triệu"),
            ("#,##0 [$₫-42A]", 1452.0, "1.452 ₫", "1452 ₫"),
            ("0", 13.5, "14", "14"),
            ("#,##0", 1234.4, "1.234", "1234"),
            ("0.00E+00", 123_456.0, "1,23E+05", "123000"),
            ("# ?/?", 0.5, "1/2", "1/2"),
            ("# ??/??", 13.5, "13 1/2", "13 1/2"),
            ("?/15", 0.2, "3/15", "3/15"),
            (";;;", 12.0, "", ""),
            ("#,##0;;", 0.0, "", ""),
            ("#,###", 0.0, "", ""),
            ("0;-0;\"-\"", 0.0, "-", "-"),
            ("[>=1000000]0,,\" tr\";0", 5_000_000.0, "5 tr", "5 tr"),
            ("\"có\"", 1.0, "có", "có"),
            ("0000\\-000", 1_234_567.0, "1234-567", "1234-567"),
            ("General\" người\"", 12.0, "12 người", "12 người"),
            ("0.0", -0.25, "-0,3", "-0,3"),
            (".00", 0.255, ",26", "0,26"),
            ("#,##0_);(#,##0)", -12.0, "(12)", "(12)"),
        ] {
            assert_eq!(shown(code, number), Some((text.to_owned(), plain.to_owned())), "{code} of {number}");
        }
        assert!(NumberFormat::parse("0%").unwrap().shown(1.0).unwrap().percent);
    }

    #[test]
    fn days_are_told_from_numbers() {
        let is_date = |code: &str| NumberFormat::parse(code).is_some_and(|format| format.is_date());
        for code in ["dd/mm/yyyy", "d-mmm", "[h]:mm", "m/d/yy h:mm", "[$-1042A]dd\\ mmmm\\ yyyy;@"] {
            assert!(is_date(code), "{code}");
        }
        for code in ["General", "0.00", "#,##0\" đồng/hộ\"", "[Red]0;[Blue]-0", "0\\d", "#,##0_)"] {
            assert!(!is_date(code), "{code}");
        }
    }

    proptest::proptest! {
        #[test]
        fn drawing_never_panics(code in "[0#?.,%/E+;\"\\\\@_*a-z\\[\\]<>=$ \\-]{0,24}", number in proptest::num::f64::ANY) {
            if let Some(format) = NumberFormat::parse(&code) {
                format.shown(number);
            }
        }
    }
}
