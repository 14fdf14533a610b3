//! Months by the names that computers and people give them.

/// "dec", "december", "thg12", "xii".
pub(super) fn month_by_name(text: &str) -> Option<u32> {
    const ENGLISH: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let text = text.trim_end_matches('.');
    let numbered = ["thg", "th", "t"].iter().find_map(|word| one_to_twelve(text.strip_prefix(word)?.trim()));
    let place = |names: &[&str], is: &dyn Fn(&str) -> bool| {
        names.iter().zip(1_u32..).find(|(name, _)| is(name)).map(|(_, month)| month)
    };
    numbered
        .or_else(|| place(&ROMAN, &|name| name == text))
        .or_else(|| place(&ENGLISH, &|name| text.len() >= 3 && name.starts_with(text)))
        .or_else(|| (text == "sept").then_some(9))
}

fn one_to_twelve(text: &str) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|month| (1..=12).contains(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numerals_and_words_are_months() {
        for (name, month) in [
            ("dec", 12),
            ("december", 12),
            ("may", 5),
            ("sept", 9),
            ("thg12", 12),
            ("th1", 1),
            ("xii", 12),
            ("i", 1),
        ] {
            assert_eq!(month_by_name(name), Some(month), "{name}");
        }
        for name in ["de", "decem1", "th", "thg13", "xiii", "", "mayor"] {
            assert_eq!(month_by_name(name), None, "{name}");
        }
    }
}
