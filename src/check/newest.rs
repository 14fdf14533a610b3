//! Which of several versions is the newest: by when they were saved; where the clocks leave that open, by the date of the
//! report, by what their names say, and at last by nothing but their content.

use super::record::report_date;
use crate::plan::Plan;
use crate::submission::Submission;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use vietnamese::name::fold;

/// What tells that one version is newer than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// It was saved later.
    Time,
    /// The clocks leave it open; its report is dated later.
    ReportDate,
    /// The clocks leave it open; its name or folder says so.
    Name,
    /// Nothing: one of them had to be taken.
    Nothing,
}

/// Puts the newest last; of those that nothing tells apart, the order stays.
pub(super) fn newest_last<T>(plan: &Plan, files: &mut Vec<T>, submission: impl Fn(&T) -> &Submission) {
    files.sort_by_key(|file| latest(plan, submission(file)));
    let Some(last) = files.last() else { return };
    let rivals: Vec<bool> =
        files.iter().map(|file| is_open(plan, submission(file), submission(last))).collect();
    let best = (0..files.len()).filter(|at| rivals[*at]).max_by(|a, b| {
        let (a, b) = (submission(&files[*a]), submission(&files[*b]));
        by_other_signs(plan, a, b).0
    });
    if let Some(best) = best {
        let newest = files.remove(best);
        files.push(newest);
    }
}

/// What tells that the chosen version is newer than the other.
pub(super) fn told(plan: &Plan, chosen: &Submission, other: &Submission) -> Told {
    if is_open(plan, chosen, other) { by_other_signs(plan, chosen, other).1 } else { Told::Time }
}

/// What other signs say of two versions, whatever their times.
pub(super) fn by_other_signs(plan: &Plan, a: &Submission, b: &Submission) -> (Ordering, Told) {
    let day = |submission| report_date(plan, submission);
    let dated = match (day(a), day(b)) {
        (Some(a), Some(b)) => NaiveDate::cmp(&a, &b),
        _ => Ordering::Equal,
    };
    if dated != Ordering::Equal {
        return (dated, Told::ReportDate);
    }
    let named = edition(&a.file.path).cmp(&edition(&b.file.path));
    (named, if named == Ordering::Equal { Told::Nothing } else { Told::Name })
}

/// Times that lie so near to each other tell nothing: clocks of two machines differ by more, and a minute is all that is
/// shown of them.
const SO_NEAR: TimeDelta = TimeDelta::seconds(60);

/// Whether the times of two versions leave open which is newer: nobody knows them, or they lie closer than the clocks are
/// known.
fn is_open(plan: &Plan, a: &Submission, b: &Submission) -> bool {
    match (a.saved(plan.utc_offset), b.saved(plan.utc_offset)) {
        (Some(a), Some(b)) => a.span.is_near(b.span, SO_NEAR),
        _ => true,
    }
}

type Moments = (Option<NaiveDateTime>, Option<NaiveDateTime>);

fn latest(plan: &Plan, submission: &Submission) -> Moments {
    let saved = submission.saved(plan.utc_offset).map(|saved| saved.span.latest);
    (saved, submission.stored.map(|stored| stored.span(plan.utc_offset).latest))
}

/// Words by which people mark a version that comes after another …
const AFTER: [&str; 16] = [
    "bo sung",
    "gui lai",
    "chinh sua",
    "sua lai",
    "da sua",
    "sua",
    "dieu chinh",
    "cap nhat",
    "thay the",
    "chinh thuc",
    "ban cuoi",
    "cuoi cung",
    "moi",
    "moi nhat",
    "final",
    "chot",
];
/// … and one that comes before.
const BEFORE: [&str; 4] = ["cu", "ban nhap", "nhap", "draft"];

/// Which edition the name of a file, else the nearest folder that says something, speaks of: 0 where none does.
fn edition(path: &str) -> i64 {
    path.rsplit('/').map(edition_in).find(|edition| *edition != 0).unwrap_or_default()
}

fn edition_in(part: &str) -> i64 {
    let plain: String = fold(part).nfd().filter(|c| !is_combining_mark(*c)).collect();
    let plain = plain.replace('đ', "d");
    let stem = plain.rsplit_once('.').map_or(plain.as_str(), |(stem, _)| stem);
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    // A year or a day of the month in brackets is no count of versions.
    let small = |digits: &str| digits.parse::<i64>().ok().filter(|number| (1..=20).contains(number));
    let counted = words.windows(2).filter(|pair| pair[0] == "lan").find_map(|pair| small(pair[1]));
    let version = || words.iter().find_map(|word| small(word.strip_prefix('v')?));
    let copied = || small(stem.trim_end().strip_suffix(')')?.rsplit_once('(')?.1.trim());
    if let Some(number) = counted.or_else(version).or_else(copied) {
        return number;
    }
    let spaced = format!(" {} ", words.join(" "));
    let says = |marks: &[&str]| marks.iter().any(|mark| spaced.contains(&format!(" {mark} ")));
    i64::from(says(&AFTER)) - i64::from(says(&BEFORE))
}

#[cfg(test)]
mod tests {
    use super::edition;

    #[test]
    fn names_say_which_edition_they_are() {
        for (name, expected) in [
            ("802-Huyện Đức Hòa.xlsx", 0),
            ("802-Huyện Đức Hòa (1).xlsx", 1),
            ("802 lần 2.xlsx", 2),
            ("BC LAN 3 gui lai.xls", 3),
            ("bao cao v2.xlsx", 2),
            ("802 bổ sung.xlsx", 1),
            ("Bổ sung/802.xlsx", 1),
            ("cũ/802.xlsx", -1),
            ("802 (nháp).ods", -1),
            ("bao cao (2024).xlsx", 0),
            ("Huyện Mới Sửa.xlsx", 1),
            ("Vĩnh Lân 2024.xlsx", 0),
        ] {
            assert_eq!(edition(name), expected, "{name}");
        }
    }
}
