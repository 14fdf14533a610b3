//! Names as senders write them: folded for comparison, prefixes set apart, near names only ever suggested.

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

/// The kind of unit a prefix names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
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

/// Prefixes, folded; those ending in a dot may touch the name. `None`: a body, not a kind of unit.
const PREFIXES: &[(&str, Option<UnitKind>)] = &[
    ("ubnd", None),
    ("ubnd.", None),
    ("uỷ ban nhân dân", None),
    ("uỷ ban", None),
    ("tỉnh", Some(UnitKind::Province)),
    ("huyện", Some(UnitKind::District)),
    ("h.", Some(UnitKind::District)),
    ("h", Some(UnitKind::District)),
    ("thành phố", Some(UnitKind::City)),
    ("t.phố", Some(UnitKind::City)),
    ("tp.", Some(UnitKind::City)),
    ("t.p.", Some(UnitKind::City)),
    ("t.p", Some(UnitKind::City)),
    ("tp", Some(UnitKind::City)),
    ("thị xã", Some(UnitKind::Town)),
    ("tx.", Some(UnitKind::Town)),
    ("t.x.", Some(UnitKind::Town)),
    ("t.x", Some(UnitKind::Town)),
    ("tx", Some(UnitKind::Town)),
    ("quận", Some(UnitKind::UrbanDistrict)),
    ("q.", Some(UnitKind::UrbanDistrict)),
    ("xã", Some(UnitKind::Commune)),
    ("x.", Some(UnitKind::Commune)),
    ("phường", Some(UnitKind::Ward)),
    ("p.", Some(UnitKind::Ward)),
    ("thị trấn", Some(UnitKind::Township)),
    ("tt.", Some(UnitKind::Township)),
    ("tt", Some(UnitKind::Township)),
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

/// The folded name without its prefixes, and the kind of unit they named: “UBND H.Đức Hòa” → `đức hoà`, District.
///
/// A name that is nothing but a prefix stays whole.
pub fn strip_prefix(name: &str) -> (Option<UnitKind>, String) {
    let folded = fold(name);
    let mut rest = folded.as_str();
    let mut kind = None;
    while let Some((found, after)) = one_prefix(rest) {
        rest = after;
        if found.is_some() {
            kind = found;
            break;
        }
    }
    (kind, rest.to_owned())
}

fn one_prefix(folded: &str) -> Option<(Option<UnitKind>, &str)> {
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

/// Whether two spellings name the same unit: equal after folding, with or without a prefix, but never across two
/// different kinds (huyện Châu Thành is not xã Châu Thành).
pub fn same(a: &str, b: &str) -> bool {
    if fold(a) == fold(b) {
        return true;
    }
    let ((kind_a, name_a), (kind_b, name_b)) = (strip_prefix(a), strip_prefix(b));
    name_a == name_b && (kind_a == kind_b || kind_a.is_none() || kind_b.is_none())
}

/// The name without prefix, marks, spaces and punctuation, i for y: for suggestions only, since Tân Thạnh and Tân
/// Thành become one.
pub fn without_marks(name: &str) -> String {
    strip_prefix(name)
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
    for certain in [which(&|name| fold(name) == folded), which(&|name| same(name, typed))] {
        match certain.as_slice() {
            [] => {}
            [one] => return Match::Exact(*one),
            _ => return Match::Suggestion(certain),
        }
    }
    let (_, stripped) = strip_prefix(typed);
    let bare = without_marks(typed);
    let decoded: Vec<String> = [LegacyFont::Tcvn3, LegacyFont::Vni]
        .map(|font| decode_as(font, typed))
        .into_iter()
        .filter(|d| d != typed)
        .collect();
    let mut near = Vec::new();
    for tier in [
        which(&|name| strip_prefix(name).1 == stripped),
        which(&|name| decoded.iter().any(|decoded| same(name, decoded))),
        which(&|name| !bare.is_empty() && without_marks(name) == bare),
        which(&|name| bare.chars().count() >= 5 && one_letter_apart(&without_marks(name), &bare)),
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
        use UnitKind::*;
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
            assert_eq!(strip_prefix(typed), (kind, name.to_owned()), "{typed}");
        }
    }

    #[test]
    fn each_district_in_every_dress() {
        for (i, name) in DISTRICTS.iter().enumerate() {
            let bare = strip_prefix(name).1;
            for dress in
                [name.to_string(), name.to_uppercase(), format!("UBND {name}"), bare, name.nfd().collect()]
            {
                assert_eq!(look_up(&dress), Match::Exact(i), "{dress}");
            }
            let without = format!("huyen {}", without_marks(name));
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
                same(text, &folded);
            }
        }
    }
}
