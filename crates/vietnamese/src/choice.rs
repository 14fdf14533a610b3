//! Ticks, yes and no, levels, and words to choose from.

use super::name::{Match, bare_letters, fold};
use super::text::read_text;

/// Words that say yes, in the form [`fold`] gives, as [`NO`].
const YES: &[&str] = &[
    "x",
    "✓",
    "✔",
    "√",
    "☑",
    "v",
    "ü",
    "þ",
    "\u{f0fc}",
    "\u{f0fe}",
    "đạt",
    "đ",
    "d",
    "dat",
    "đã đạt",
    "đạt chuẩn",
    "đã đạt chuẩn",
    "có",
    "c",
    "co",
    "1",
    "y",
    "yes",
    "true",
    "đúng",
    "được công nhận",
    "đã được công nhận",
    "đã công nhận",
    "công nhận",
    "hoàn thành",
    "đã hoàn thành",
];
/// Words that say no.
const NO: &[&str] = &[
    "không đạt",
    "ko đạt",
    "k đạt",
    "không đạt chuẩn",
    "kđ",
    "kd",
    "khong dat",
    "k",
    "chưa đạt",
    "chưa đạt chuẩn",
    "chua dat",
    "cđ",
    "cd",
    "0",
    "false",
    "sai",
    "không",
    "khong",
    "ko",
    "n",
    "no",
    "chưa",
    "không có",
    "không công nhận",
    "không được công nhận",
    "chưa công nhận",
    "chưa được công nhận",
    "chưa hoàn thành",
    "không hoàn thành",
];

/// Reads a tick or a word that answers yes or no; `None` when it is neither, also for blanks, dashes and crosses such
/// as ✗ and ☒, which some people tick with and some strike out with.
///
/// Ask this before [`super::empty::read_empty`]: in a yes/no field “không” is an answer.
///
/// ```
/// use vietnamese::choice::read_yes_no;
/// assert_eq!(read_yes_no("Đạt."), Some(true));
/// assert_eq!(read_yes_no("KĐ"), Some(false));
/// assert_eq!(read_yes_no("đạt một phần"), None);
/// ```
pub fn read_yes_no(typed: &str) -> Option<bool> {
    // The Wingdings ticks are letters of their own, so the untouched text is asked too.
    for text in [fold(&read_text(typed, None).text), fold(typed)] {
        let word = without_brackets(&text);
        for (words, answer) in [(YES, true), (NO, false)] {
            if words.contains(&word) {
                return Some(answer);
            }
        }
    }
    None
}

/// Without brackets, quotation marks and a full stop around it.
fn without_brackets(text: &str) -> &str {
    text.trim_matches(|c: char| {
        matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | '.' | ',' | ';' | '!') || c == ' '
    })
}

/// The highest level a standard has.
pub const HIGHEST_LEVEL: u8 = 5;

/// Reads a level from 1 to [`HIGHEST_LEVEL`]: 2, II, MĐ2, “mức 2”, “mức độ II”, “đạt mức độ 2”.
///
/// Nought and “không đạt” are no levels; [`read_yes_no`] tells them.
///
/// ```
/// use vietnamese::choice::read_level;
/// assert_eq!(read_level("Mức độ II"), Some(2));
/// assert_eq!(read_level("mức 2,5"), None);
/// ```
pub fn read_level(typed: &str) -> Option<u8> {
    let folded = fold(&read_text(typed, None).text);
    let mut rest = without_brackets(&folded);
    for words in [
        &["đã đạt chuẩn", "đạt chuẩn", "đã đạt", "đạt"][..],
        &["mức độ", "mức", "cấp độ", "cấp", "mđ", "md", "độ", "m"][..],
    ] {
        if let Some(after) = words.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after.trim_start_matches([' ', '.', ':', '-']);
        }
    }
    let level = match rest {
        "i" | "ⅰ" => 1,
        "ii" | "ⅱ" => 2,
        "iii" | "ⅲ" => 3,
        "iv" | "ⅳ" => 4,
        "v" | "ⅴ" => 5,
        digits => match digits.strip_prefix('0').unwrap_or(digits).as_bytes() {
            [digit @ b'1'..=b'9'] => digit - b'0',
            _ => return None,
        },
    };
    (1..=HIGHEST_LEVEL).contains(&level).then_some(level)
}

/// Looks a typed answer up among the choices of a list.
///
/// Exact after folding; else a suggestion: the choices that begin with what was typed, or that differ in marks only.
///
/// ```
/// use vietnamese::choice::match_choice;
/// use vietnamese::name::Match;
/// let choices = ["Đang thực hiện", "Đã hoàn thành", "Chưa thực hiện"];
/// assert_eq!(match_choice("đã  hoàn thành", &choices), Match::Exact(1));
/// assert_eq!(match_choice("Đang", &choices), Match::Suggestion(vec![0]));
/// assert_eq!(match_choice("Xong", &choices), Match::None);
/// ```
pub fn match_choice<S: AsRef<str>>(typed: &str, choices: &[S]) -> Match {
    // Most are picked from the list: those need no folding.
    if let Some(picked) = choices.iter().position(|choice| choice.as_ref() == typed) {
        return Match::Exact(picked);
    }
    let folded = fold(&read_text(typed, None).text);
    let word = folded.trim_end_matches(['.', ';', ',', ' ']);
    if word.is_empty() {
        return Match::None;
    }
    let which = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        choices.iter().enumerate().filter(|(_, choice)| fits(choice.as_ref())).map(|(i, _)| i).collect()
    };
    let exact = which(&|choice| {
        let choice = fold(choice);
        choice == folded || choice.trim_end_matches(['.', ';', ',', ' ']) == word
    });
    if let [one] = exact.as_slice() {
        return Match::Exact(*one);
    }
    let bare = bare_letters(word);
    for near in [
        exact,
        which(&|choice| fold(choice).starts_with(word)),
        which(&|choice| !bare.is_empty() && bare_letters(choice) == bare),
    ] {
        if !near.is_empty() {
            return Match::Suggestion(near);
        }
    }
    Match::None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn yes_and_no() {
        for typed in [
            "x",
            "X",
            "✓",
            "✔",
            "✔\u{fe0f}",
            "√",
            "ü",
            "þ",
            "\u{f0fc}",
            "Đạt",
            "đ",
            "Đ",
            "Ð",
            "D",
            "Có",
            "C",
            "1",
            "Y",
            "TRUE",
            "True",
            "(x)",
            "[X]",
            " x ",
            "Đạt chuẩn",
            "§¹t",
            "Ñaït",
            "Đa\u{323}t",
        ] {
            assert_eq!(read_yes_no(typed), Some(true), "{typed}");
        }
        for typed in [
            "Không đạt",
            "KĐ",
            "K",
            "chưa đạt",
            "CĐ",
            "0",
            "FALSE",
            "không",
            "N",
            "Chưa được công nhận",
            "kh«ng ®¹t",
            "Khoâng ñaït",
        ] {
            assert_eq!(read_yes_no(typed), Some(false), "{typed}");
        }
        for typed in ["", "-", "✗", "☒", "2", "đạt mức 2", "xx", "1.0", "đạt, không đạt", "?", "()", "Đất"]
        {
            assert_eq!(read_yes_no(typed), None, "{typed}");
        }
        assert!(YES.iter().all(|word| !NO.contains(word)));
        assert!(YES.iter().chain(NO).all(|word| fold(word) == *word));
    }

    #[test]
    fn levels() {
        for typed in [
            "2",
            "II",
            "ii",
            "MĐ2",
            "MĐ 2",
            "mức 2",
            "Mức độ II",
            "mức độ 2",
            "Đạt mức độ 2",
            "02",
            "Ⅱ",
            "M2",
            "møc ®é 2",
            "cấp độ 2.",
            "Đạt chuẩn mức độ II",
        ] {
            assert_eq!(read_level(typed), Some(2), "{typed}");
        }
        for typed in
            ["", "0", "6", "22", "2,5", "mức", "IIII", "đạt", "-2", "+2", "mức độ 2 và 3", "x", "002"]
        {
            assert_eq!(read_level(typed), None, "{typed}");
        }
    }

    #[test]
    fn choices() {
        let choices = ["Đạt", "Đạt một phần", "Không đạt"];
        for (typed, expected) in [
            ("đạt", Match::Exact(0)),
            ("KHÔNG ĐẠT.", Match::Exact(2)),
            ("Khong dat", Match::Suggestion(vec![2])),
            ("không", Match::Suggestion(vec![2])),
            ("Đ", Match::Suggestion(vec![0, 1])),
            ("dat", Match::Suggestion(vec![0])),
            ("", Match::None),
            (".", Match::None),
            ("hoàn thành", Match::None),
            ("§¹t", Match::Exact(0)),
        ] {
            assert_eq!(match_choice(typed, &choices), expected, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed in any::<String>()) {
            read_yes_no(&typed);
            read_level(&typed);
            match_choice(&typed, &["Đạt", "", "."]);
        }
    }
}
