//! Names as people write them: folded for comparison, prefixes set apart, near names only ever suggested.

mod index;

pub use index::NameIndex;

use super::text::{LegacyFont, clean, decode_as, read_text};
use unicode_normalization::UnicodeNormalization;

/// The outcome of looking a typed name up among candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// It is this one, after folding; the index is the candidate's.
    Exact(usize),
    /// It may be one of these, nearest first; never taken without asking.
    Suggestion(Vec<usize>),
    /// Nothing comes near.
    None,
}

/// The kind of administrative place that a prefix names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// Tỉnh.
    Province,
    /// Huyện.
    District,
    /// Thành phố.
    City,
    /// Thị xã.
    Town,
    /// Quận.
    UrbanDistrict,
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Thị trấn.
    Township,
}

/// Prefixes, folded; those ending in a dot may touch the name. `None`: a body, not a kind of place.
const PREFIXES: &[(&str, Option<PlaceKind>)] = &[
    ("ubnd", None),
    ("ubnd.", None),
    ("uỷ ban nhân dân", None),
    ("uỷ ban", None),
    ("tỉnh", Some(PlaceKind::Province)),
    ("huyện", Some(PlaceKind::District)),
    ("h.", Some(PlaceKind::District)),
    ("h", Some(PlaceKind::District)),
    ("thành phố", Some(PlaceKind::City)),
    ("t.phố", Some(PlaceKind::City)),
    ("tp.", Some(PlaceKind::City)),
    ("t.p.", Some(PlaceKind::City)),
    ("t.p", Some(PlaceKind::City)),
    ("tp", Some(PlaceKind::City)),
    ("thị xã", Some(PlaceKind::Town)),
    ("tx.", Some(PlaceKind::Town)),
    ("t.x.", Some(PlaceKind::Town)),
    ("t.x", Some(PlaceKind::Town)),
    ("tx", Some(PlaceKind::Town)),
    ("quận", Some(PlaceKind::UrbanDistrict)),
    ("q.", Some(PlaceKind::UrbanDistrict)),
    ("xã", Some(PlaceKind::Commune)),
    ("x.", Some(PlaceKind::Commune)),
    ("phường", Some(PlaceKind::Ward)),
    ("p.", Some(PlaceKind::Ward)),
    ("thị trấn", Some(PlaceKind::Township)),
    ("tt.", Some(PlaceKind::Township)),
    ("tt", Some(PlaceKind::Township)),
];

/// The form names are compared in: NFC, Ð → Đ, the tone of oa, oe, uy on the second vowel, small letters, single
/// spaces, plain hyphens and quotation marks. Different marks stay different: Thạnh Hóa is not Thạnh Hòa.
///
/// ```
/// use vietnamese::name::fold;
/// assert_eq!(fold(" ÐỨC  Hòa"), fold("Đức Hoà"));
/// assert_ne!(fold("Thạnh Hóa"), fold("Thạnh Hòa"));
/// ```
pub fn fold(name: &str) -> String {
    let small: String = clean(name).text.to_lowercase().nfc().collect();
    let letters: Vec<char> = small.chars().collect();
    let mut folded = String::with_capacity(small.len());
    let mut i = 0;
    while i < letters.len() {
        let next = letters.get(i + 1).copied();
        match next.and_then(|next| move_tone(letters[i], next)) {
            Some(pair) => {
                folded.extend(pair);
                i += 2;
            }
            None => {
                folded.push(plain_sign(letters[i]));
                i += 1;
            }
        }
    }
    for tight in [" - ", "- ", " -"] {
        if folded.len() > tight.len() {
            folded = folded.replace(tight, "-");
        }
    }
    folded
}

/// óa → oá, ùy → uỳ; nothing when the pair is not one of oa, oe, uy or carries no tone on its first letter.
fn move_tone(first: char, second: char) -> Option<[char; 2]> {
    if !matches!(second, 'a' | 'e' | 'y') {
        return None;
    }
    let mut parts = std::iter::once(first).nfd();
    let (base, tone) = (parts.next()?, parts.next()?);
    let movable = matches!((base, second), ('o', 'a' | 'e') | ('u', 'y'));
    if !movable || !super::text::is_tone(tone) || parts.next().is_some() {
        return None;
    }
    unicode_normalization::char::compose(second, tone).map(|second| [base, second])
}

fn plain_sign(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '’' | '‘' | 'ʼ' | '´' | '`' => '\'',
        '“' | '”' | '«' | '»' => '"',
        other => other,
    }
}

/// The kind of place that the prefixes of a name tell, and the folded name without them.
///
/// A name that is nothing but a prefix stays whole.
///
/// ```
/// use vietnamese::name::{PlaceKind, split_kind};
/// assert_eq!(split_kind("UBND H.Đức Hòa"), (Some(PlaceKind::District), "đức hoà".to_owned()));
/// assert_eq!(split_kind("Hậu Nghĩa"), (None, "hậu nghĩa".to_owned()));
/// ```
pub fn split_kind(name: &str) -> (Option<PlaceKind>, String) {
    let folded = fold(name);
    let mut rest = folded.as_str();
    let mut kind = None;
    while let Some((found, after)) = take_prefix(rest) {
        rest = after;
        if found.is_some() {
            kind = found;
            break;
        }
    }
    (kind, rest.to_owned())
}

fn take_prefix(folded: &str) -> Option<(Option<PlaceKind>, &str)> {
    PREFIXES
        .iter()
        .filter_map(|(prefix, kind)| {
            let after = folded.strip_prefix(prefix)?;
            let apart = prefix.ends_with('.') || after.starts_with([' ', '.', ':']);
            let name = after.trim_start_matches([' ', '.', ':', '-']);
            (apart && !name.is_empty()).then_some((prefix.len(), *kind, name))
        })
        .max_by_key(|(length, ..)| *length)
        .map(|(_, kind, name)| (kind, name))
}

/// Whether two spellings name the same place: equal after folding, with or without a prefix, but never across two
/// different kinds.
///
/// ```
/// use vietnamese::name::is_same_name;
/// assert!(is_same_name("H. Đức Hoà", "huyện Đức Hòa"));
/// assert!(!is_same_name("huyện Châu Thành", "xã Châu Thành"));
/// ```
pub fn is_same_name(a: &str, b: &str) -> bool {
    if fold(a) == fold(b) {
        return true;
    }
    let ((kind_a, name_a), (kind_b, name_b)) = (split_kind(a), split_kind(b));
    name_a == name_b && (kind_a == kind_b || kind_a.is_none() || kind_b.is_none())
}

/// The name without prefix, marks, spaces and punctuation, i for y: for suggestions only, since Tân Thạnh and Tân
/// Thành become one.
///
/// ```
/// assert_eq!(vietnamese::name::bare_letters("huyện Mỹ Đức"), "miduc");
/// ```
pub fn bare_letters(name: &str) -> String {
    split_kind(name)
        .1
        .nfd()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            'đ' => 'd',
            'y' => 'i',
            other => other,
        })
        .collect()
}

/// The name in small letters without marks, for ids and file names: “Bà Rịa - Vũng Tàu” → `ba ria-vung tau`.
///
/// ```
/// assert_eq!(vietnamese::name::unmarked("Đồng Tháp"), "dong thap");
/// ```
pub fn unmarked(name: &str) -> String {
    let letters = fold(name);
    let plain = |c: char| if c == 'đ' { 'd' } else { c };
    letters.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).map(plain).collect()
}

/// Looks a typed name up among candidates, each a name and its aliases.
///
/// Exact only when one candidate alone answers. Otherwise suggestions: a name that fits but for its kind, its marks,
/// the font it was typed for, or one letter.
///
/// ```
/// use vietnamese::name::{Match, match_name};
/// let districts = [("huyện Đức Hòa", &[][..]), ("huyện Đức Huệ", &[][..])];
/// assert_eq!(match_name("H. Đức Hoà", &districts), Match::Exact(0));
/// assert_eq!(match_name("Duc Hue", &districts), Match::Suggestion(vec![1]));
/// assert_eq!(match_name("Bến Lức", &districts), Match::None);
/// ```
pub fn match_name(typed: &str, candidates: &[(&str, &[String])]) -> Match {
    let typed = &read_text(typed, None).text;
    if typed.is_empty() {
        return Match::None;
    }
    let which = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let fit = |(name, aliases): &(&str, &[String])| fits(name) || aliases.iter().any(|alias| fits(alias));
        candidates.iter().enumerate().filter(|(_, candidate)| fit(candidate)).map(|(i, _)| i).collect()
    };
    let folded = fold(typed);
    for certain in [which(&|name| fold(name) == folded), which(&|name| is_same_name(name, typed))] {
        match certain.as_slice() {
            [] => {}
            [one] => return Match::Exact(*one),
            _ => return Match::Suggestion(certain),
        }
    }
    let (_, stripped) = split_kind(typed);
    let bare = bare_letters(typed);
    let decoded: Vec<String> = [LegacyFont::Tcvn3, LegacyFont::Vni]
        .map(|font| decode_as(font, typed))
        .into_iter()
        .filter(|d| d != typed)
        .collect();
    let mut near = Vec::new();
    for tier in [
        which(&|name| split_kind(name).1 == stripped),
        which(&|name| decoded.iter().any(|decoded| is_same_name(name, decoded))),
        which(&|name| !bare.is_empty() && bare_letters(name) == bare),
        which(&|name| bare.chars().count() >= 5 && one_letter_apart(&bare_letters(name), &bare)),
    ] {
        near.extend(tier.into_iter().filter(|i| !near.contains(i)).collect::<Vec<_>>());
    }
    if near.is_empty() { Match::None } else { Match::Suggestion(near) }
}

/// Whether one letter was added, left out, changed, or two neighbours swapped.
fn one_letter_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - same_end], &b[..b.len() - same_end]);
    match (a, b) {
        ([x, y], [p, q]) => x == q && y == p,
        _ => a.len().max(b.len()) == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DISTRICTS: [&str; 15] = [
        "thành phố Tân An",
        "thị xã Kiến Tường",
        "huyện Tân Hưng",
        "huyện Vĩnh Hưng",
        "huyện Mộc Hóa",
        "huyện Tân Thạnh",
        "huyện Thạnh Hóa",
        "huyện Đức Huệ",
        "huyện Đức Hòa",
        "huyện Bến Lức",
        "huyện Thủ Thừa",
        "huyện Tân Trụ",
        "huyện Cần Đước",
        "huyện Cần Giuộc",
        "huyện Châu Thành",
    ];

    fn look_up(typed: &str) -> Match {
        match_name(typed, &DISTRICTS.map(|name| (name, &[][..])))
    }

    #[test]
    fn folded_forms() {
        for (a, b) in [
            ("Hòa", "Hoà"),
            ("Hóa", "Hoá"),
            ("Thủy", "Thuỷ"),
            ("khỏe", "khoẻ"),
            ("quý", "qúy"),
            ("ĐỨC HÒA", "Đức Hoà"),
            ("Ðức Hòa", "Đức Hòa"),
            ("hòan", "hoàn"),
            ("Bà Rịa – Vũng Tàu", "Bà Rịa-Vũng Tàu"),
            ("Tân\u{a0}An", " tân  an "),
            ("Đức Hòa", "Đức Ho\u{300}a"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        for (a, b) in [
            ("Thạnh Hóa", "Thạnh Hòa"),
            ("Tân Thạnh", "Tân Thành"),
            ("mùa", "muà"),
            ("Tân Trụ", "Tân Tru"),
            ("Hoa", "Hoà"),
            ("Đông", "Dông"),
        ] {
            assert_ne!(fold(a), fold(b), "{a} {b}");
        }
        assert_eq!(fold("-"), "-");
        assert_eq!(fold("–"), "-");
    }

    #[test]
    fn prefixes_and_near_misses() {
        use PlaceKind::*;
        for (typed, kind, name) in [
            ("Huyện Đức Hòa", Some(District), "đức hoà"),
            ("H. Đức Hòa", Some(District), "đức hoà"),
            ("H.Đức Hòa", Some(District), "đức hoà"),
            ("UBND huyện Bến Lức", Some(District), "bến lức"),
            ("TP Tân An", Some(City), "tân an"),
            ("TP. Tân An", Some(City), "tân an"),
            ("T.P Tân An", Some(City), "tân an"),
            ("T.P. Tân An", Some(City), "tân an"),
            ("Tp.Tân An", Some(City), "tân an"),
            ("Thành phố Tân An", Some(City), "tân an"),
            ("TX Kiến Tường", Some(Town), "kiến tường"),
            ("Tx. Kiến Tường", Some(Town), "kiến tường"),
            ("Ủy ban nhân dân thị xã Kiến Tường", Some(Town), "kiến tường"),
            ("UBND Tân Trụ", None, "tân trụ"),
            ("Thị trấn Thủ Thừa", Some(Township), "thủ thừa"),
            ("HUYỆN", None, "huyện"),
            ("Hậu Nghĩa", None, "hậu nghĩa"),
            ("Thành Phước", None, "thành phước"),
            ("Tân An", None, "tân an"),
            ("xã Xã", Some(Commune), "xã"),
        ] {
            assert_eq!(split_kind(typed), (kind, name.to_owned()), "{typed}");
        }
    }

    #[test]
    fn each_district_in_every_dress() {
        for (i, name) in DISTRICTS.iter().enumerate() {
            let bare = split_kind(name).1;
            for dress in
                [name.to_string(), name.to_uppercase(), format!("UBND {name}"), bare, name.nfd().collect()]
            {
                assert_eq!(look_up(&dress), Match::Exact(i), "{dress}");
            }
            let without = format!("huyen {}", bare_letters(name));
            assert!(!matches!(look_up(&without), Match::Exact(_)), "{without}");
        }
        assert_eq!(look_up("HuyÖn §øc Hßa"), Match::Exact(8));
        assert_eq!(look_up("huyeän Ñöùc Hoøa"), Match::Exact(8));
    }

    #[test]
    fn near_names_are_only_suggested() {
        for (typed, expected) in [
            ("Tan Thanh", Match::Suggestion(vec![5])),
            ("Tân Thành", Match::Suggestion(vec![5])),
            ("Thạnh Hòa", Match::Suggestion(vec![6])),
            ("Duc Hoa", Match::Suggestion(vec![8])),
            ("Huyện Tân An", Match::Suggestion(vec![0])),
            ("Cần Giộc", Match::Suggestion(vec![13])),
            ("Phô lôc", Match::None),
            ("Sài Gòn", Match::None),
            ("", Match::None),
            ("Tân", Match::None),
        ] {
            assert_eq!(look_up(typed), expected, "{typed}");
        }
    }

    #[test]
    fn a_name_two_candidates_bear_is_not_decided() {
        let two = [("huyện Châu Thành", &[][..]), ("xã Châu Thành", &[][..])];
        assert_eq!(match_name("Châu Thành", &two), Match::Suggestion(vec![0, 1]));
        assert_eq!(match_name("X. Châu Thành", &two), Match::Exact(1));
        let aliases = ["Sở GD&ĐT".to_owned()];
        assert_eq!(match_name("sở gd&đt", &[("Sở Giáo dục và Đào tạo", &aliases[..])]), Match::Exact(0));
    }

    proptest! {
        #[test]
        fn folding_is_done_once_and_matching_never_panics(name in any::<String>(), typed in "[HTPXUhuyệnđứcòóaoeyỳ. -]{0,16}") {
            for text in [&name, &typed] {
                let folded = fold(text);
                prop_assert_eq!(fold(&folded), folded.clone());
                look_up(text);
                is_same_name(text, &folded);
            }
        }
    }
}
