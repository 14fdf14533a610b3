//! Which spaces hold their neighbours together: dates, numbers with their units, numbered references.

/// Words that do not leave the number or the Roman numeral behind them.
const LEADS: [&str; 21] = [
    "ngày", "tháng", "năm", "quý", "số", "điều", "khoản", "mục", "lục", "bảng", "biểu", "chương", "phần",
    "mức", "độ", "điểm", "lần", "thứ", "khoảng", "trên", "đoạn",
];

/// Words that the number before them does not leave.
const UNITS: [&str; 28] = [
    "%",
    "‰",
    "tháng",
    "năm",
    "nghìn",
    "triệu",
    "tỷ",
    "đồng",
    "người",
    "điểm",
    "huyện",
    "xã",
    "phường",
    "ấp",
    "trường",
    "lớp",
    "cuộc",
    "đơn",
    "chỉ",
    "cơ",
    "trung",
    "gia",
    "ha",
    "km",
    "m",
    "kg",
    "giờ",
    "lượt",
];

/// Whether a word is a bullet, which stays with the first word of its line.
pub fn is_bullet(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "+" | "•" | "*")
}

/// Whether the space between two neighbouring words must not become a line end.
///
/// `before` and `after` are free of spaces.
pub fn holds(before: &str, after: &str) -> bool {
    let bare_before = before.trim_start_matches(['(', '“', '"', '[']);
    let bare_after = after.trim_end_matches([',', ';', '.', ':', '!', '?', ')', '”', '"', ']']);
    // A dash stays with the word before it: no line starts with one.
    if matches!(bare_after, "-" | "–" | "—" | "›") || bare_before.is_empty() {
        return true;
    }
    if bare_before.to_lowercase() == "giai" && bare_after == "đoạn" {
        return true;
    }
    let number_before = bare_before.chars().last().is_some_and(|c| c.is_ascii_digit());
    let number_after = bare_after.chars().next().is_some_and(|c| c.is_ascii_digit());
    if (number_before && UNITS.contains(&bare_after)) || (number_after && matches!(bare_before, "-" | "–"))
    {
        return true;
    }
    let lead = LEADS.contains(&bare_before.to_lowercase().as_str());
    lead && (number_after || is_roman(bare_after))
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.len() <= 6 && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

/// Whether a word too long for its line rather breaks behind this character than elsewhere.
pub fn yields(c: char) -> bool {
    matches!(c, '/' | '\\' | '-' | '_' | ';' | ':' | '–' | '—' | '›' | '@' | '&' | '=' | '?')
}

/// Scripts that are written without spaces: a line may end behind any of their characters.
pub fn is_ideograph(c: char) -> bool {
    matches!(
        unicode_linebreak::break_property(u32::from(c)),
        unicode_linebreak::BreakClass::Ideographic
            | unicode_linebreak::BreakClass::ConditionalJapaneseStarter
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_units_and_references_hold() {
        let text = "ngày 05 tháng 12 năm 2024";
        let words: Vec<&str> = text.split(' ').collect();
        assert!(words.windows(2).all(|w| holds(w[0], w[1])));
        for pair in
            [("85", "%"), ("1.234", "người,"), ("Điều", "5"), ("(Phụ-lục", "I)"), ("số", "1373/QĐ-TTg")]
        {
            assert_eq!(holds(pair.0, pair.1), pair.0 != "(Phụ-lục", "{pair:?}");
        }
        assert!(holds("lục", "II") && holds("2021", "-") && holds("-", "2030"));
        assert!(holds("hóa", "-") && !holds("-", "Thể") && holds("giai", "đoạn"));
    }

    #[test]
    fn plain_words_and_sentence_ends_do_not() {
        for pair in [("học", "tập"), ("năm.", "2024"), ("2024,", "năm"), ("toàn", "tỉnh"), ("mục", "VÌ")]
        {
            assert!(!holds(pair.0, pair.1), "{pair:?}");
        }
    }
}
