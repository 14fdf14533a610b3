//! Words and signs that stand where a value should: none, not yet known, no standard yet.

use super::name::fold;
use super::text::read_text;

/// What a typed text without a value means. Missing is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Empty {
    /// Nothing was typed: not reported.
    Blank,
    /// The sender says there is none (“-”, “không”, “KPS”): zero, to be disclosed.
    Nil,
    /// The sender says the value is not there yet (“chưa có”, “/”, “N/A”): missing.
    Missing,
    /// A spreadsheet error in words (`#REF!`, `#N/A`), as programs without error values write it: missing.
    ErrorValue,
    /// There is no standard to judge by yet (“chưa có tiêu chí”).
    NoStandard,
}

/// Exact phrases, in the form `fold` gives (a test says so).
const NIL: &[&str] = &[
    "-",
    "--",
    "---",
    "không",
    "ko",
    "k",
    "hông",
    "khg",
    "không có",
    "ko có",
    "k có",
    "kps",
    "k.p.s",
    "không phát sinh",
    "ko phát sinh",
    "k phát sinh",
    "chưa phát sinh",
    "chưa ps",
    "không ps",
    "không có phát sinh",
];
const MISSING: &[&str] = &[
    "chưa có",
    "/",
    "//",
    "\\",
    "..",
    "...",
    "....",
    ".....",
    "…",
    "……",
    "?",
    "??",
    "n/a",
    "na",
    "n.a",
    "n.a.",
    "null",
    "none",
    "chưa",
    "chưa báo cáo",
    "chưa bc",
    "chưa có báo cáo",
    "chưa có số liệu",
    "chưa có sl",
    "chưa có dữ liệu",
    "chưa thống kê",
    "chưa thống kê được",
    "chưa tổng hợp",
    "chưa tổng hợp được",
    "chưa rõ",
    "chưa xác định",
    "chưa biết",
    "chưa đánh giá",
    "chưa nộp",
    "chưa cập nhật",
    "không có số liệu",
    "không có dữ liệu",
    "không có báo cáo",
    "không báo cáo",
    "không rõ",
    "không biết",
    "không xác định",
    "không thống kê",
    "không thống kê được",
    "không đánh giá",
    "ko có số liệu",
    "k có số liệu",
    "đang cập nhật",
    "đang tổng hợp",
    "đang thống kê",
    "đang rà soát",
    "bổ sung sau",
    "sẽ bổ sung",
    "sẽ báo cáo sau",
    "báo cáo sau",
    "bị thiếu",
    "thiếu số liệu",
    "trống",
    "để trống",
    "_",
    "__",
    "___",
    "xxx",
];
const NO_STANDARD: &[&str] = &[
    "chưa có tiêu chí",
    "chưa có bộ tiêu chí",
    "chưa có tiêu chí đánh giá",
    "chưa có chuẩn",
    "chưa có tiêu chuẩn",
    "chưa có quy định",
    "chưa có hướng dẫn",
    "chưa có tiêu chí hướng dẫn",
    "chưa ban hành tiêu chí",
    "chưa ban hành bộ tiêu chí",
    "chưa quy định tiêu chí",
    "không có tiêu chí",
    "chưa có tiêu chí công nhận",
    "chưa có văn bản hướng dẫn",
    "ctc",
];

/// What a text without a value means; `None` when it may hold a value.
///
/// ```
/// use vietnamese::empty::{Empty, read_empty};
/// assert_eq!(read_empty(" – "), Some(Empty::Nil));
/// assert_eq!(read_empty("Không có số liệu."), Some(Empty::Missing));
/// assert_eq!(read_empty("không đạt"), None);
/// ```
pub fn read_empty(typed: &str) -> Option<Empty> {
    let folded = fold(&read_text(typed, None).text);
    if folded.is_empty() {
        return Some(Empty::Blank);
    }
    if is_error_value(&folded) {
        return Some(Empty::ErrorValue);
    }
    let unwrapped =
        folded.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(&folded).trim();
    let unended = unwrapped.trim_end_matches(['.', ',', ';', '!', ' ']);
    let known = |phrases: &[&str]| {
        let is = |text: &str| phrases.contains(&text);
        is(unwrapped) || (!unended.is_empty() && is(unended))
    };
    if known(NO_STANDARD) {
        Some(Empty::NoStandard)
    } else if known(MISSING) || only_dots(unwrapped) {
        Some(Empty::Missing)
    } else {
        known(NIL).then_some(Empty::Nil)
    }
}

fn only_dots(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '.' | '…')) && !text.is_empty()
}

fn is_error_value(folded: &str) -> bool {
    folded.starts_with("#n/a")
        || (folded.starts_with('#') && folded.ends_with(['!', '?']) && !folded.contains(' '))
        || folded.starts_with("err:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_stands_for_no_value() {
        for (typed, meaning) in [
            ("", Empty::Blank),
            (" \u{a0}", Empty::Blank),
            ("\u{200b}", Empty::Blank),
            ("-", Empty::Nil),
            ("–", Empty::Nil),
            ("—", Empty::Nil),
            ("−", Empty::Nil),
            ("(-)", Empty::Nil),
            ("Không", Empty::Nil),
            ("ko", Empty::Nil),
            ("K", Empty::Nil),
            ("không có", Empty::Nil),
            ("KPS", Empty::Nil),
            ("Không phát sinh.", Empty::Nil),
            ("kh«ng ph¸t sinh", Empty::Nil),
            ("Khoâng phaùt sinh", Empty::Nil),
            ("chưa có", Empty::Missing),
            ("/", Empty::Missing),
            ("...", Empty::Missing),
            ("…", Empty::Missing),
            ("N/A", Empty::Missing),
            ("Chưa báo cáo", Empty::Missing),
            ("không có số liệu", Empty::Missing),
            (".", Empty::Missing),
            ("#N/A", Empty::ErrorValue),
            ("#REF!", Empty::ErrorValue),
            ("#DIV/0!", Empty::ErrorValue),
            ("#NAME?", Empty::ErrorValue),
            ("Err:502", Empty::ErrorValue),
            ("chưa có tiêu chí", Empty::NoStandard),
            ("Chưa có chuẩn", Empty::NoStandard),
        ] {
            assert_eq!(read_empty(typed), Some(meaning), "{typed:?}");
        }
        for typed in ["0", "không đạt", "chưa đạt", "x", "-5", "không 5", "Khổng", "#1", "có", "khong co gi"]
        {
            assert_eq!(read_empty(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn phrases_mean_one_thing() {
        let all = [NIL, MISSING, NO_STANDARD].concat();
        for (i, phrase) in all.iter().enumerate() {
            assert!(!all[..i].contains(phrase), "{phrase}");
            assert_eq!(fold(phrase), *phrase);
        }
    }

    proptest! {
        #[test]
        fn never_panics(typed in any::<String>()) {
            read_empty(&typed);
        }
    }
}
