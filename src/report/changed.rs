//! What differs between two runs of a year, in words: for the terminal and for the workbook.

use super::format::percent_places;
use crate::consolidate::Verdict;
use crate::consolidate::change::{Changes, Figure, FigureChange, FileEvent};
use crate::consolidate::history::value::{StatusPart, ValuePart};
use crate::domain::{Ratio, UnitCode, Year};
use crate::plan::Plan;
use vietnamese::display::{date, first_of, number, plain};

/// How many units are named for one cause.
const NAMED: usize = 5;

/// A result of a run: “55,20%”, “55,20% (khoảng 50,00–69,00%)”, “chưa có số”.
pub fn figure_in_words(figure: Option<&Figure>) -> String {
    let Some(figure) = figure else { return "không có".to_owned() };
    let Some(percent) = figure.percent else { return "chưa có số".to_owned() };
    let places = percent_places(Ratio::of(figure.numerator, figure.denominator), figure.aim);
    let told = format!("{}%", number(percent, places));
    match figure.bounds {
        (Some(lower), Some(upper)) if lower != upper => {
            format!("{told} (khoảng {}–{}%)", number(lower, places), number(upper, places))
        }
        _ => told,
    }
}

/// A verdict of a run.
pub fn verdict_in_words(figure: Option<&Figure>) -> &'static str {
    let verdict = figure.and_then(|figure| Verdict::of_code(&figure.verdict));
    verdict.map_or("–", Verdict::vietnamese)
}

/// The figures behind a result: “12 / 15”.
pub fn sums_in_words(figure: Option<&Figure>) -> String {
    figure.map_or_else(
        || "–".to_owned(),
        |figure| format!("{} / {}", plain(figure.numerator), plain(figure.denominator)),
    )
}

/// Why a result changed: “tệp đơn vị gửi (Tân An, Bến Lức); kế hoạch, quy tắc”.
pub fn causes_in_words(plan: &Plan, year: Year, change: &FigureChange) -> String {
    let told = change.causes.iter().map(|(cause, units)| {
        let names: Vec<String> = units.iter().map(|unit| unit_in_words(plan, year, unit)).collect();
        match names.is_empty() {
            true => cause.vietnamese().to_owned(),
            false => format!("{} ({})", cause.vietnamese(), first_of(&names, NAMED, "đơn vị khác")),
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// A unit by its short name, also one that is in another year's roster only.
pub fn unit_in_words(plan: &Plan, year: Year, unit: &UnitCode) -> String {
    let of_year = plan.roster(year).into_iter().find(|known| known.code == *unit);
    let any = || plan.units.iter().find(|known| known.code == *unit);
    of_year.or_else(any).map_or_else(|| unit.to_string(), |unit| unit.short_name.clone())
}

/// What became of a file.
pub fn event_in_words(event: FileEvent) -> &'static str {
    match event {
        FileEvent::Came => "tệp mới",
        FileEvent::Went => "không còn tệp",
        FileEvent::Changed => "nội dung đã thay",
        FileEvent::Chosen(true) => "nay được dùng",
        FileEvent::Chosen(false) => "nay không dùng",
    }
}

/// A value of a run, as one would read it in a cell.
pub fn value_in_words(value: Option<&ValuePart>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    let figure = value.number.or(value.money).map(plain);
    let percent = value.percent.map(|percent| format!("{}%", plain(percent)));
    let text = value.text.as_ref().map(ToString::to_string);
    let told = figure.or(percent).or(value.date.map(date)).or(text);
    let status = match value.status {
        Some(StatusPart::Estimate) => Some("ước"),
        Some(StatusPart::None) => Some("không phát sinh"),
        Some(StatusPart::NoStandard) => Some("chưa có tiêu chí"),
        None => None,
    };
    match (told, status) {
        (Some(told), Some(status)) => format!("{told} ({status})"),
        (Some(told), None) => told,
        (None, status) => status.unwrap_or("–").to_owned(),
    }
}

/// How much changed, in a line; “không có gì thay đổi” where nothing did.
pub fn changes_in_words(changes: &Changes) -> String {
    let count = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    let event = |wanted: FileEvent| changes.files.iter().filter(|file| file.event == wanted).count();
    let flipped = changes.figures.iter().filter(|change| change.is_flipped()).count();
    let told: Vec<String> = [
        count(event(FileEvent::Came), "tệp mới"),
        count(event(FileEvent::Changed), "tệp đã thay nội dung"),
        count(event(FileEvent::Went), "tệp không còn"),
        count(changes.values.len(), "ô số liệu đổi"),
        count(changes.figures.len(), "chỉ tiêu đổi kết quả"),
        count(flipped, "đánh giá đổi"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if told.is_empty() { "không có gì thay đổi".to_owned() } else { told.join(", ") }
}
