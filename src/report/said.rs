//! What units wrote in a field: point by point, the same words once under all their names, and how much each tells.

use super::scene::Scene;
use super::written::one_line;
use crate::domain::{FieldId, FieldKind, LevelId, UnitCode};
use crate::form::Form;
use crate::submission::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use vietnamese::display::{capitalised, first_of};
use vietnamese::name::fold;

/// A point that one unit or several made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Who made it, in the roster's order.
    pub units: Vec<UnitCode>,
    /// Their official names, the first opening a sentence; of many the first with the number of all.
    pub names: String,
    /// The level of the first.
    pub level: Option<LevelId>,
    /// The words of the first, on one line.
    pub words: String,
    /// Its place among the points of the field when the most telling come first, from 0.
    pub rank: usize,
}

/// The fields for running text, which may be told point by point: those of tall rows.
pub(super) fn running_text(scene: &Scene<'_>) -> BTreeSet<FieldId> {
    let year = scene.results.year;
    let forms = scene.plan.roster(year).into_iter().map(|unit| scene.book.form_for(unit, year));
    let fields = |form: Form| -> Vec<FieldId> {
        let rows = form.rows().filter(|row| row.tall);
        let fields = rows.flat_map(|row| row.fields.iter()).filter(|field| field.kind == FieldKind::Text);
        fields.map(|field| field.id.clone()).collect()
    };
    forms.flat_map(fields).collect()
}

/// What was written in a field; in running text every line that begins a point of its own is one.
pub(super) fn said(scene: &Scene<'_>, field: &FieldId, is_running_text: bool) -> Vec<Said> {
    let Some(values) = scene.results.reported.get(field) else { return Vec::new() };
    let mut said: Vec<(Said, Vec<String>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (unit, reported) in values {
        let Some(Value::Text(text)) = &reported.value else { continue };
        let name = scene.official_name(unit);
        let points = if is_running_text { points(text) } else { vec![one_line(text)] };
        for words in points.into_iter().filter(|words| !words.is_empty()) {
            let key = essence(&words, &name, scene.results.year);
            let at = *known.entry(key).or_insert(said.len());
            match said.get_mut(at) {
                Some((same, names)) if !same.units.contains(unit) => {
                    same.units.push(unit.clone());
                    names.push(name.clone());
                }
                Some(_) => {}
                None => {
                    let level = scene.roster.get(unit).map(|unit| unit.level.clone());
                    let point =
                        Said { units: vec![unit.clone()], names: String::new(), level, words, rank: 0 };
                    said.push((point, vec![name.clone()]));
                }
            }
        }
    }
    let mut said: Vec<Said> =
        said.into_iter().map(|(point, names)| Said { names: named_together(&names), ..point }).collect();
    rank(&mut said);
    said
}

/// Whether two units' points tell the same: nearly the same words with the same figures.
pub(super) fn is_like(a: &str, b: &str) -> bool {
    const ALIKE: f64 = 0.8;
    let [a, b] = [a, b].map(|words| tokens(words).into_iter().collect::<BTreeSet<_>>());
    let figures = |of: &BTreeSet<String>| -> BTreeSet<String> {
        of.iter().filter(|token| token.starts_with(|c: char| c.is_ascii_digit())).cloned().collect()
    };
    let all = a.union(&b).count();
    all > 0 && figures(&a) == figures(&b) && a.intersection(&b).count() as f64 >= ALIKE * all as f64
}

/// The points of running text, which forms ask for line by line. A line begins one where it carries a mark of a list, opens
/// with a capital, or stands behind a line that has ended; else it goes on with the line before, which was broken by hand.
fn points(text: &str) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    for line in text.lines().map(one_line).filter(|line| !line.is_empty()) {
        let (words, is_marked) = without_mark(&line);
        let opens = |last: &str| match words.chars().next() {
            Some(letter) if letter.is_uppercase() => !last.ends_with(','),
            Some(letter) if letter.is_ascii_digit() => last.ends_with(['.', ';', ':', '!', '?', '…']),
            _ => false,
        };
        match points.last_mut() {
            Some(last) if !is_marked && !opens(last) => {
                last.push(' ');
                last.push_str(words);
            }
            _ => points.push(words.to_owned()),
        }
    }
    points
}

/// A line without the dash, bullet, number or letter of a list before it, and whether there was one.
fn without_mark(line: &str) -> (&str, bool) {
    let behind = |rest: &'_ str| rest.starts_with(' ');
    for mark in ['-', '–', '—', '+', '•', '*', '●', '▪', '◦', '·'] {
        if let Some(rest) = line.strip_prefix(mark) {
            let rest = rest.trim_start();
            return if rest.is_empty() { (line, false) } else { (rest, true) };
        }
    }
    let lead = line.chars().take_while(|c| c.is_alphanumeric()).count();
    let number: String = line.chars().take(lead).collect();
    let is_number = number.chars().all(|c| c.is_ascii_digit()) && number.len() <= 2;
    let is_letter = lead == 1 && number.chars().all(char::is_lowercase);
    let rest = &line[number.len()..];
    for (mark, may_stand) in [('.', is_number), (')', is_number || is_letter)] {
        if let Some(rest) = rest.strip_prefix(mark).filter(|rest| may_stand && lead > 0 && behind(rest)) {
            return (rest.trim_start(), true);
        }
    }
    (line, false)
}

/// What two points that say the same share: the words without their case, marks, fillers, the sender's own name and the
/// year of the report, in their order.
fn essence(words: &str, own_name: &str, year: i32) -> String {
    let own = fold(own_name);
    let folded = fold(words).replace(&own, " ").replace(&format!("năm {year}"), " ");
    let essence = tokens(&folded).join(" ");
    if essence.is_empty() { fold(words) } else { essence }
}

/// Words that add nothing to what a point says.
static FILLERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    ["đã", "các", "những", "và", "của", "việc", "được", "trong", "tại", "năm"].map(fold).into_iter().collect()
});

/// The words of a text that say something, small, figures without leading noughts.
fn tokens(words: &str) -> Vec<String> {
    let folded = fold(words);
    let parts = folded.split(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '.' | ',' | '/'));
    let parts = parts.map(|part| part.trim_matches(['.', ',', '/'])).filter(|part| !part.is_empty());
    let bare = parts.map(|part| match part.trim_start_matches('0') {
        "" => part,
        bare if bare.starts_with(|c: char| c.is_ascii_digit()) => bare,
        _ => part,
    });
    bare.filter(|part| !FILLERS.contains(*part)).map(str::to_owned).collect()
}

/// Ranks points by what they tell: made by more units, with more figures, neither a scrap nor an essay; in turn from each
/// level, so that neither the localities nor the offices are silent; else in the roster's order.
fn rank(said: &mut [Said]) {
    const MOST_FIGURES: usize = 3;
    const READABLE: std::ops::RangeInclusive<usize> = 40..=260;
    let telling = |point: &Said| {
        let figures = point.words.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
        let is_readable = READABLE.contains(&point.words.chars().count());
        (point.units.len(), is_readable, figures.min(MOST_FIGURES))
    };
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by(|a, b| telling(&said[*b]).cmp(&telling(&said[*a])).then(a.cmp(b)));
    let mut turns: BTreeMap<Option<&LevelId>, usize> = BTreeMap::new();
    let mut keyed: Vec<(usize, usize, usize)> = Vec::new();
    for (place, at) in order.iter().enumerate() {
        let turn = turns.entry(said[*at].level.as_ref()).or_default();
        keyed.push((*turn, place, *at));
        *turn += 1;
    }
    keyed.sort_unstable();
    for (rank, (_, _, at)) in keyed.into_iter().enumerate() {
        said[at].rank = rank;
    }
}

/// Names that all fit are all told.
fn named_together(names: &[String]) -> String {
    const ALL_TOLD: usize = 6;
    const SOME: usize = 3;
    match names.len() {
        // In a list only the first name opens a sentence.
        ..=ALL_TOLD => capitalised(&names.join(", ")),
        all => format!("{all} đơn vị ({})", first_of(names, SOME, "đơn vị khác")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_told_once_however_it_was_typed() {
        let same = |a: (&str, &str), b: (&str, &str)| essence(a.0, a.1, 2024) == essence(b.0, b.1, 2024);
        let one = ("Đã ban hành kế hoạch.", "huyện Đức Huệ");
        assert!(same(one, ("ban hành  kế hoạch năm 2024", "huyện Tân Trụ")));
        assert!(same(one, ("Huyện Tân Trụ đã ban hành các kế hoạch;", "huyện Tân Trụ")));
        assert!(same(("Mở 03 lớp, khoá", "a"), ("mở 3 lớp khóa", "b")));
        assert!(!same(one, ("Chưa ban hành kế hoạch", "huyện Tân Trụ")));
        assert!(!same(("Mở 3 lớp", "a"), ("Mở 4 lớp", "b")));
        assert!(!same(("đã", "a"), ("các", "b")));
    }

    #[test]
    fn points_that_differ_in_a_word_are_alike_and_in_a_figure_are_not() {
        let one = "Giám sát việc thực hiện kế hoạch tại 04 huyện; gửi 03 văn bản kiến nghị sau giám sát.";
        assert!(is_like(one, "Giám sát việc thực hiện kế hoạch tại 4 huyện; gửi 3 văn bản kiến nghị."));
        assert!(!is_like(one, "Giám sát việc thực hiện kế hoạch tại 5 huyện; gửi 3 văn bản kiến nghị."));
        assert!(!is_like(one, "Kiểm tra hồ sơ phổ cập giáo dục."));
        assert!(!is_like("", ""));
    }

    #[test]
    fn lines_are_points_unless_they_were_broken_by_hand() {
        let typed = "- Mở 3 lớp\n+ Cấp 12 suất\n1. Thăm\nhỏi 5 hộ;\nHọp 2 lần.\n2024 là năm\nđầu tiên";
        assert_eq!(
            points(typed),
            ["Mở 3 lớp", "Cấp 12 suất", "Thăm hỏi 5 hộ;", "Họp 2 lần.", "2024 là năm đầu tiên"]
        );
        assert_eq!(points("a) một\nb) hai"), ["một", "hai"]);
        assert_eq!(points("Mở 3 lớp\nHọp với sở,\nBan Chỉ đạo"), ["Mở 3 lớp", "Họp với sở, Ban Chỉ đạo"]);
        assert_eq!(points("-\n3.500 người"), ["- 3.500 người"]);
        assert_eq!(points(" \n "), Vec::<String>::new());
    }

    #[test]
    fn what_tells_most_comes_first_and_no_level_is_silent() {
        let point = |level: &str, words: &str, units: usize| Said {
            units: (0..units).map(|i| UnitCode(format!("{i}").into())).collect(),
            names: String::new(),
            level: Some(LevelId(level.into())),
            words: words.to_owned(),
            rank: 0,
        };
        let long = |figures: &str| format!("{figures} và những lời nói về một việc đã làm trong năm");
        let mut said = vec![
            point("a", &long("1"), 1),
            point("a", &long("1 2 3"), 1),
            point("a", "ngắn 1 2 3", 1),
            point("b", &long("không"), 1),
            point("a", &long("không"), 2),
        ];
        rank(&mut said);
        assert_eq!(said.iter().map(|point| point.rank).collect::<Vec<_>>(), [3, 2, 4, 1, 0]);
    }

    #[test]
    fn a_long_list_of_names_says_how_many_there_are() {
        let names: Vec<String> = (1..=9).map(|i| format!("xã {i}")).collect();
        assert_eq!(named_together(&names), "9 đơn vị (xã 1, xã 2, xã 3 và 6 đơn vị khác)");
        assert_eq!(named_together(&names[..2]), "Xã 1, xã 2");
    }
}
