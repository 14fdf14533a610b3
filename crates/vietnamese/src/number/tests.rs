use super::NumberChange::*;
use super::NumberDoubt::*;
use super::NumberReading as Reading;
use super::*;
use crate::display;
use crate::text::LegacyFont;
use proptest::prelude::*;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn unit(word: &str) -> NumberChange {
    Unit(word.to_owned())
}

fn words(word: &str) -> NumberChange {
    NeutralWords(word.to_owned())
}

fn scaled(word: &str, power: i32) -> NumberChange {
    Scaled { word: word.to_owned(), power }
}

#[test]
fn exact_figures() {
    for (typed, want, value) in [
        ("188", Want::Whole, "188"),
        (" 188 ", Want::Whole, "188"),
        ("0", Want::Whole, "0"),
        ("-5", Want::Whole, "-5"),
        ("97,85", Want::Percent, "97.85"),
        ("97,850", Want::Decimal, ""),
        ("1234,567", Want::Decimal, "1234.567"),
        ("0,125", Want::Decimal, "0.125"),
        ("12,5", Want::Money(MoneyUnit::Million), "12.5"),
        ("-0", Want::Whole, "0"),
        ("0,000", Want::Decimal, "0"),
    ] {
        match read_number(typed, want) {
            Reading::Exact(read) => assert_eq!(read, dec(value), "{typed}"),
            other => assert!(value.is_empty(), "{typed}: {other:?}"),
        }
    }
}

#[test]
fn normalised_figures_say_what_was_changed() {
    for (typed, want, value, changes) in [
        ("1.234", Want::Whole, "1234", vec![Grouped('.')]),
        ("1,234", Want::Whole, "1234", vec![Grouped(',')]),
        ("1 234", Want::Whole, "1234", vec![Grouped(' ')]),
        ("1\u{a0}234", Want::Whole, "1234", vec![Grouped(' ')]),
        ("1\u{202f}234\u{202f}567", Want::Decimal, "1234567", vec![Grouped(' ')]),
        ("1'234", Want::Whole, "1234", vec![Grouped('\'')]),
        ("1.234.567", Want::Decimal, "1234567", vec![Grouped('.')]),
        ("1.234,5", Want::Decimal, "1234.5", vec![Grouped('.')]),
        ("1,234.5", Want::Decimal, "1234.5", vec![Grouped(','), DecimalPoint]),
        ("1 234,5", Want::Decimal, "1234.5", vec![Grouped(' ')]),
        ("1.234,567", Want::Decimal, "1234.567", vec![Grouped('.')]),
        ("97.85", Want::Percent, "97.85", vec![DecimalPoint]),
        ("97,85%", Want::Percent, "97.85", vec![PercentSign]),
        ("97.85 %", Want::Percent, "97.85", vec![DecimalPoint, PercentSign]),
        ("đạt 97,85%", Want::Percent, "97.85", vec![words("đạt"), PercentSign]),
        (
            "Đạt tỷ lệ: 97,85%.",
            Want::Percent,
            "97.85",
            vec![words("đạt tỷ lệ"), words(":"), Punctuation, PercentSign],
        ),
        ("188 xã", Want::Whole, "188", vec![unit("xã")]),
        ("188xã", Want::Whole, "188", vec![unit("xã")]),
        ("188 xã, phường", Want::Whole, "188", vec![unit("xã"), unit("phường")]),
        ("188 (xã)", Want::Whole, "188", vec![unit("xã")]),
        ("12 lớp", Want::Whole, "12", vec![unit("lớp")]),
        ("12lớp", Want::Whole, "12", vec![unit("lớp")]),
        ("tổng số 1.234 người", Want::Whole, "1234", vec![words("tổng số"), Grouped('.'), unit("người")]),
        ("1O5", Want::Whole, "105", vec![LettersForDigits]),
        ("l05", Want::Whole, "105", vec![LettersForDigits]),
        ("1.O00", Want::Whole, "1000", vec![LettersForDigits, Grouped('.')]),
        ("1OO", Want::Whole, "100", vec![LettersForDigits]),
        ("'188", Want::Whole, "188", vec![Quotes]),
        ("\"188\"", Want::Whole, "188", vec![Quotes, Quotes]),
        ("１８８", Want::Whole, "188", vec![FullWidth]),
        ("007", Want::Whole, "7", vec![LeadingZeros]),
        ("12,00", Want::Whole, "12", vec![ZeroDecimals]),
        ("1.234,00", Want::Whole, "1234", vec![Grouped('.'), ZeroDecimals]),
        ("0,000", Want::Whole, "0", vec![ZeroDecimals]),
        ("188.", Want::Whole, "188", vec![Punctuation]),
        ("(0)", Want::Whole, "0", vec![Punctuation]),
        ("+5", Want::Whole, "5", vec![Sign]),
        ("−5", Want::Whole, "-5", vec![Sign]),
        ("1,2 triệu", Want::Whole, "1200000", vec![scaled("triệu", 6)]),
        ("3 nghìn", Want::Whole, "3000", vec![scaled("nghìn", 3)]),
        ("3 ngàn người", Want::Whole, "3000", vec![scaled("ngàn", 3), unit("người")]),
        ("1,5 tỷ", Want::Decimal, "1500000000", vec![scaled("tỷ", 9)]),
        (
            "1 tỷ 200 triệu đồng",
            Want::Money(MoneyUnit::Million),
            "1200",
            vec![scaled("tỷ triệu", 0), unit("đồng")],
        ),
        ("1,2 triệu đồng", Want::Money(MoneyUnit::Million), "1.2", vec![scaled("triệu", 0), unit("đồng")]),
        ("1,2 tỷ", Want::Money(MoneyUnit::Million), "1200", vec![scaled("tỷ", 3)]),
        ("350 trđ", Want::Money(MoneyUnit::Million), "350", vec![scaled("tr", 0), unit("đ")]),
        (
            "500.000.000 đồng",
            Want::Money(MoneyUnit::Million),
            "500",
            vec![Grouped('.'), scaled("đồng", -6), unit("đồng")],
        ),
        ("15 xã (7,98%)", Want::Whole, "15", vec![PercentAside(dec("7.98")), unit("xã")]),
        ("15 xã – đạt 7,98%", Want::Whole, "15", vec![PercentAside(dec("7.98")), unit("xã")]),
        ("15 xã, đạt tỷ lệ 7,98%", Want::Whole, "15", vec![PercentAside(dec("7.98")), unit("xã")]),
        ("7,98% (15/188 xã)", Want::Percent, "7.98", vec![FractionAside(15.into(), 188.into()), PercentSign]),
        ("®¹t 97,85%", Want::Percent, "97.85", vec![Decoded(LegacyFont::Tcvn3), words("đạt"), PercentSign]),
    ] {
        assert_eq!(read_number(typed, want), Reading::Normalised { value: dec(value), changes }, "{typed}");
    }
}

#[test]
fn estimates() {
    for (typed, value, nearness) in [
        ("khoảng 200", "200", Nearness::About),
        ("~200", "200", Nearness::About),
        ("~ 200 người", "200", Nearness::About),
        ("trên 300", "300", Nearness::Over),
        ("hơn 1.200", "1200", Nearness::Over),
        ("gần 100", "100", Nearness::Under),
        ("ước 50", "50", Nearness::About),
        ("Ước đạt 50", "50", Nearness::About),
        ("(ước) 50", "50", Nearness::About),
        ("200+", "200", Nearness::Over),
        ("50 (ước)", "50", Nearness::About),
        ("200 người trở lên", "200", Nearness::Over),
        ("đạt khoảng 200", "200", Nearness::About),
        (">300", "300", Nearness::Over),
        ("≈ 1,2 triệu", "1200000", Nearness::About),
        ("khoảng trên 200", "200", Nearness::Over),
    ] {
        match read_number(typed, Want::Whole) {
            Reading::Estimate { value: read, nearness: near, .. } => {
                assert_eq!((read, near), (dec(value), nearness), "{typed}")
            }
            other => panic!("{typed}: {other:?}"),
        }
    }
}

#[test]
fn doubts_are_asked_not_guessed() {
    for (typed, want, candidates, doubt) in [
        ("1.234", Want::Decimal, vec!["1234", "1.234"], ThousandsOrDecimals),
        ("1,234", Want::Percent, vec!["1234", "1.234"], ThousandsOrDecimals),
        ("12,345%", Want::Percent, vec!["12345", "12.345"], ThousandsOrDecimals),
        ("1.234 triệu", Want::Whole, vec!["1234000000", "1234000"], ThousandsOrDecimals),
        ("khoảng 1.234", Want::Decimal, vec!["1234", "1.234"], ThousandsOrDecimals),
        ("1.234,000", Want::Whole, vec!["1234", "1234000"], ThousandsOrDecimals),
        ("–5", Want::Whole, vec!["5", "-5"], MinusOrBullet),
        ("- 1.234", Want::Decimal, vec!["1234", "1.234", "-1234", "-1.234"], ThousandsOrDecimals),
        ("(1.234)", Want::Decimal, vec!["1234", "1.234", "-1234", "-1.234"], ThousandsOrDecimals),
        ("- 5", Want::Whole, vec!["5", "-5"], MinusOrBullet),
        ("(5)", Want::Whole, vec!["5", "-5"], NegativeOrRemark),
        ("10l", Want::Whole, vec!["101", "10"], DigitOrUnit),
        // Found by fuzzing: zero was offered twice, once as minus zero.
        ("- 0l", Want::Whole, vec!["1", "0", "-1"], DigitOrUnit),
    ] {
        match read_number(typed, want) {
            Reading::Ambiguous { candidates: read, doubt: why, .. } => {
                assert_eq!((read, why), (candidates.into_iter().map(dec).collect(), doubt), "{typed}");
            }
            other => panic!("{typed}: {other:?}"),
        }
    }
}

#[test]
fn fractions() {
    for (typed, numerator, denominator, percent) in [
        ("15/188", "15", "188", None),
        ("15/188 xã", "15", "188", None),
        ("15 / 188", "15", "188", None),
        ("15 xã/188 xã", "15", "188", None),
        ("1.234/5.678 người", "1234", "5678", None),
        ("15/188 (7,98%)", "15", "188", Some("7.98")),
        ("đạt 15/188 xã, đạt tỷ lệ 7,98%", "15", "188", Some("7.98")),
        ("15 trên tổng số 188 xã", "15", "188", None),
        ("0/0", "0", "0", None),
        ("1/15", "1", "15", None),
    ] {
        for want in [Want::Whole, Want::Decimal, Want::Percent] {
            match read_number(typed, want) {
                Reading::Fraction { numerator: n, denominator: d, percent: p, nearness: None, .. } => {
                    assert_eq!((n, d, p), (dec(numerator), dec(denominator), percent.map(dec)), "{typed}");
                }
                other => panic!("{typed}: {other:?}"),
            }
        }
    }
}

#[test]
fn empties_are_no_numbers() {
    for (typed, empty) in [
        ("", Empty::Blank),
        ("-", Empty::Nil),
        ("KPS", Empty::Nil),
        ("không", Empty::Nil),
        ("chưa có", Empty::Missing),
        ("/", Empty::Missing),
        ("#DIV/0!", Empty::ErrorValue),
        ("chưa có tiêu chí", Empty::NoStandard),
    ] {
        assert_eq!(read_number(typed, Want::Whole), Reading::Empty(empty), "{typed}");
    }
    assert_eq!(read_number("0", Want::Whole), Reading::Exact(Decimal::ZERO));
}

#[test]
fn what_cannot_be_answered_for_is_not_read() {
    for (typed, want, fault) in [
        ("1.23.456", Want::Whole, NumberFault::Grouping),
        ("12.34.56", Want::Decimal, NumberFault::Grouping),
        ("12 34", Want::Whole, NumberFault::Grouping),
        ("1.234 567", Want::Whole, NumberFault::Grouping),
        ("0.123.456", Want::Decimal, NumberFault::Grouping),
        ("1,234,56", Want::Decimal, NumberFault::Grouping),
        ("1234.567.890", Want::Decimal, NumberFault::Grouping),
        ("1.234.567,8,9", Want::Decimal, NumberFault::Grouping),
        ("12,5", Want::Whole, NumberFault::NotWhole(dec("12.5"))),
        ("12.34", Want::Whole, NumberFault::NotWhole(dec("12.34"))),
        ("1,2345 nghìn", Want::Whole, NumberFault::NotWhole(dec("1234.5"))),
        ("1.234 người", Want::Money(MoneyUnit::Million), NumberFault::UnknownWords("người".into())),
        ("15 – 20", Want::Whole, NumberFault::Range),
        ("12+3", Want::Whole, NumberFault::SeveralFigures),
        ("97,85%", Want::Whole, NumberFault::PercentForCount(dec("97.85"))),
        ("188 xã", Want::Percent, NumberFault::CountForPercent(dec("188"))),
        ("200-300", Want::Whole, NumberFault::Range),
        ("từ 200 đến 300", Want::Whole, NumberFault::Range),
        ("200 đến 300", Want::Whole, NumberFault::Range),
        ("15/12/2024", Want::Whole, NumberFault::DateLike),
        ("15.12.2024", Want::Whole, NumberFault::DateLike),
        ("15 xã 3 phường", Want::Whole, NumberFault::SeveralFigures),
        ("15/188/3", Want::Whole, NumberFault::SeveralFigures),
        ("1,2E+05", Want::Whole, NumberFault::Scientific),
        ("abc", Want::Whole, NumberFault::NoFigure),
        ("không đạt 97%", Want::Percent, NumberFault::NoFigure),
        ("lO", Want::Whole, NumberFault::NoFigure),
        ("mười lăm", Want::Whole, NumberFault::NoFigure),
        ("188 con gà", Want::Whole, NumberFault::UnknownWords("con gà".into())),
        ("=12+3", Want::Whole, NumberFault::NoFigure),
        ("--5", Want::Whole, NumberFault::NoFigure),
        (",5", Want::Decimal, NumberFault::NoFigure),
        ("12345678901234567890123456789012", Want::Whole, NumberFault::TooLong),
        ("5k", Want::Whole, NumberFault::UnknownWords("k".into())),
        ("2 triệu 5", Want::Whole, NumberFault::SeveralFigures),
        ("٣", Want::Whole, NumberFault::NoFigure),
        ("15 trường mầm non", Want::Whole, NumberFault::UnknownWords("mầm non".into())),
        ("5 (trong đó nữ 3)", Want::Whole, NumberFault::SeveralFigures),
        ("1. 234", Want::Whole, NumberFault::SeveralFigures),
    ] {
        assert_eq!(read_number(typed, want), Reading::Unreadable(fault), "{typed}");
    }
}

#[test]
fn spreadsheet_doubles() {
    for (value, text) in [
        ("7.0000000000000009".parse().unwrap(), "7"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1000000000000000"),
        (0.9785, "0.9785"),
        (-2.5, "-2.5"),
        (-0.0, "0"),
        (123_456_789.123_456_78, "123456789.123457"),
        (1.1 * 3.0, "3.3"),
        (1e-7, "0.0000001"),
        (4.35 * 100.0, "435"),
        (1e-300, "0"),
        (9.99e27, "9990000000000000000000000000"),
        (8.000000000000001, "8"),
    ] {
        assert_eq!(from_float(value), Some(dec(text)), "{value:e}");
    }
    assert_eq!([f64::NAN, f64::INFINITY, f64::MAX, -1e30].map(from_float), [None; 4]);
}

proptest! {
    /// Thousand dots and a decimal comma read back exactly, or are said to be in doubt with the value among the candidates.
    #[test]
    fn vietnamese_writing_reads_back(mantissa in -1_000_000_000_000_000_i64..1_000_000_000_000_000, scale in 0_u32..=6) {
        let value = Decimal::new(mantissa, scale);
        let typed = display::plain(value);
        match read_number(&typed, Want::Decimal) {
            Reading::Ambiguous { candidates, doubt: ThousandsOrDecimals, .. } => {
                let separators = typed.matches(['.', ',']).count();
                prop_assert!(separators == 1 && candidates.contains(&value), "{}", typed);
            }
            other => prop_assert_eq!(other.value(), Some(value), "{}", typed),
        }
        let whole = value.trunc();
        prop_assert_eq!(read_number(&display::plain(whole), Want::Whole).value(), Some(whole));
        prop_assert_eq!(read_number(&format!("{} %", display::number(value.round_dp(2), 2)), Want::Percent).value(), Some(value.round_dp(2)));
    }

    #[test]
    fn other_groupings_read_the_same(whole in 0_i64..1_000_000_000_000, mark in "[., '\u{a0}\u{202f}]") {
        let typed = display::plain(whole.into()).replace('.', &mark);
        prop_assert_eq!(read_number(&typed, Want::Whole).value(), Some(whole.into()), "{}", typed);
    }

    #[test]
    fn a_double_of_fifteen_digits_is_itself(mantissa in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_u32..=12) {
        let value = Decimal::new(mantissa, scale);
        prop_assert_eq!(from_float(value.to_string().parse().unwrap()), Some(value));
    }

    #[test]
    fn reading_never_panics(typed in any::<String>(), near in "[0-9OolI.,' /%()~+-]{0,14}( ?(xã|triệu|tr|đ|tỷ|nghìn|đạt|khoảng|trên)){0,3}", bits in any::<u64>()) {
        for want in [Want::Whole, Want::Decimal, Want::Percent, Want::Money(MoneyUnit::Million)] {
            read_number(&typed, want);
            if let Some(value) = read_number(&near, want).value() {
                prop_assert!(near.contains(|c: char| c.is_ascii_digit()), "{} {}", near, value);
            }
        }
        from_float(f64::from_bits(bits));
    }

    /// Digits never appear, vanish or change places: the value's digits are those typed, zeros apart.
    #[test]
    fn digits_are_kept(near in "[0-9]{1,4}([., ][0-9]{1,3}){0,3}") {
        if let Some(value) = read_number(&near, Want::Decimal).value() {
            let nonzero = |text: &str| text.chars().filter(|c| matches!(c, '1'..='9')).collect::<String>();
            prop_assert_eq!(nonzero(&value.to_string()), nonzero(&near));
        }
    }
}
