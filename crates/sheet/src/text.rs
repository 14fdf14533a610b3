//! Text as a workbook can hold it: normalised, free of control characters, within Excel's limits.

use std::collections::BTreeSet;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// UTF-16 units a cell may hold.
pub const MOST_IN_CELL: usize = 32_767;
/// UTF-16 units a sheet name may have.
const MOST_IN_SHEET_NAME: usize = 31;
const CUT: &str = "… (đã cắt)";

/// Text for a cell: NFC, line feeds only, no control characters, at most what a cell holds.
pub fn clean(text: &str) -> String {
    cut(&strip(text), MOST_IN_CELL)
}

/// NFC without control characters; line feeds stay, tabs become spaces.
pub fn strip(text: &str) -> String {
    // Nearly every text is as it should be.
    if is_nfc(text)
        && !text.chars().any(|c| (c.is_control() && c != '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
    {
        return text.to_owned();
    }
    text.replace("\r\n", "\n")
        .nfc()
        .filter_map(|c| match c {
            '\n' => Some('\n'),
            '\r' => Some('\n'),
            '\t' => Some(' '),
            // Not characters at all; XML forbids them.
            '\u{FFFE}' | '\u{FFFF}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// At most `most` UTF-16 units, saying so when something was left off.
pub fn cut(text: &str, most: usize) -> String {
    // A letter never takes more units than bytes.
    if text.len() <= most || units(text) <= most {
        return text.to_owned();
    }
    let mut kept = first_units(text, most.saturating_sub(units(CUT)));
    kept.push_str(CUT);
    kept
}

/// At most `most` UTF-16 units; the last is an ellipsis where something was left off.
pub fn shortened(text: &str, most: usize) -> String {
    match units(text) <= most {
        true => text.to_owned(),
        false => first_units(text, most.saturating_sub(1)) + "…",
    }
}

/// How long a text is as Excel counts: in UTF-16.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn first_units(text: &str, most: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= most
        })
        .collect()
}

/// Sheet names that Excel accepts, different from one another whatever the letter case.
pub fn sheet_names<'a>(wanted: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    wanted
        .map(|name| {
            let stem = sheet_name(name);
            let mut name = stem.clone();
            let mut copy = 1;
            while !taken.insert(name.to_lowercase()) {
                copy += 1;
                let suffix = format!(" ({copy})");
                name =
                    first_units(&stem, MOST_IN_SHEET_NAME - units(&suffix)).trim_end().to_owned() + &suffix;
            }
            name
        })
        .collect()
}

fn sheet_name(wanted: &str) -> String {
    let plain: String = strip(wanted)
        .chars()
        .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\n') { '-' } else { c })
        .collect();
    let trim = |text: &str| text.trim_matches(|c: char| c == '\'' || c.is_whitespace()).to_owned();
    // Cutting may bring an apostrophe to the end, so trim on both sides of it.
    let name = trim(&first_units(&trim(&plain), MOST_IN_SHEET_NAME));
    match name.to_lowercase().as_str() {
        "" => "Trang tính".to_owned(),
        // Excel keeps this name for itself.
        "history" => format!("{name} (1)"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_letters_are_composed() {
        assert_eq!(clean("a\u{0}b\u{1B}[31m\tc\r\nd\u{FFFE}"), "ab[31m c\nd");
        assert_eq!(clean("Hu\u{79}\u{65}\u{302}\u{323}n"), "Huyện");
    }

    #[test]
    fn a_long_text_is_cut_visibly_and_counted_in_utf16() {
        let long = clean(&"𝄞".repeat(20_000));
        assert!(units(&long) <= MOST_IN_CELL && units(&long) > MOST_IN_CELL - 2);
        assert!(long.ends_with("… (đã cắt)"));
        let fits = "ă".repeat(MOST_IN_CELL);
        assert_eq!(clean(&fits), fits);
    }

    #[test]
    fn sheet_names_are_accepted_and_unique() {
        let wanted = [
            "Chỉ tiêu",
            "chỉ TIÊU",
            "'a/b:c*d?e[f]g\\h'",
            "",
            "History",
            "Ba mươi mốt ký tự là giới hạn của tên trang tính",
            "Ba mươi mốt ký tự là giới hạn của tên khác",
        ];
        let names = sheet_names(wanted.into_iter());
        assert_eq!(names[1], "chỉ TIÊU (2)");
        assert_eq!(names[2], "a-b-c-d-e-f-g-h");
        assert_eq!(names[3], "Trang tính");
        for name in &names {
            assert!(rust_xlsxwriter::utility::check_sheet_name(name).is_ok(), "{name}");
            assert_ne!(name.to_lowercase(), "history");
        }
        let distinct: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(distinct.len(), names.len(), "{names:?}");
    }
}
