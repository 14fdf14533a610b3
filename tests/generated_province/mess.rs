//! How what is meant arrives: typed as people type, in files as people send them.
//!
//! Everything done here has one right reading. What keeps its value stays among what counts; what loses it is taken
//! out, so that the true result is known without reading anything.

use super::Dice;
use super::figures::{Figures, Meant};
use chrono::{Days, NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use xhht::domain::{ColumnRole, FieldId, FieldKind, Meaning};
use xhht::form::{Field, Form, FormRow};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// A number.
    Number(f64),
    /// Text.
    Words(String),
    /// A number that shows as a date.
    Day(NaiveDate),
    /// An error value.
    Error,
}

/// The cells of a workbook by field.
pub type Cells = BTreeMap<FieldId, Typed>;

/// What became of a unit's report on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It arrived.
    Arrived,
    /// Nothing was sent.
    NotSent,
    /// Half a file arrived.
    CutInHalf,
    /// Last year's template was filled in.
    LastYears,
    /// It arrived, after an earlier version with other figures.
    SentTwice,
    /// It arrived twice, byte for byte.
    Duplicated,
}

/// A unit's report: what was sent, and what of it counts.
#[derive(Debug, Clone)]
pub struct Sent {
    /// How it came.
    pub way: Way,
    /// Name of the file.
    pub name: String,
    /// When it was saved.
    pub saved: NaiveDateTime,
    /// What stands in it.
    pub cells: Cells,
    /// What stood in the version before, saved a day earlier.
    pub before: Option<Cells>,
    /// What counts: nothing when no usable file arrived.
    pub counts: Figures,
}

/// A report as a careful unit sends it.
pub fn tidy(form: &Form, figures: Figures) -> Sent {
    let saved = NaiveDate::from_ymd_opt(form.year, 12, 5).unwrap().and_hms_opt(8, 30, 0).unwrap();
    Sent {
        way: Way::Arrived,
        name: format!("{}-{}.xlsx", form.unit.code, form.unit.short_name),
        saved,
        cells: figures.iter().map(|(id, meant)| (id.clone(), plain(meant))).collect(),
        before: None,
        counts: figures,
    }
}

/// A report as an ordinary unit sends it: a number of mishaps, each of which leaves one right reading.
pub fn messy(form: &Form, figures: Figures, dice: &mut Dice) -> Sent {
    let mut sent = tidy(form, figures);
    for (id, meant) in &sent.counts {
        let Some(field) = form.field(id) else { continue };
        if dice.happens(12)
            && let Some(typed) = retyped(field, meant, dice)
        {
            sent.cells.insert(id.clone(), typed);
        }
    }
    for row in form.rows() {
        if dice.happens(6) {
            lose(&mut sent, row, dice);
        }
    }
    let code = &form.unit.code;
    sent.name = match dice.below(6) {
        0 => format!("{code} bao cao XHHT {} (1).xlsx", form.year),
        1 => format!("BC {} nop {code}.xls", form.unit.short_name.to_uppercase()),
        2 => format!("moi nhat/{code}/Book1.xlsx"),
        3 => format!("{code}-{}.xlsx", form.unit.short_name.nfd().collect::<String>()),
        _ => sent.name,
    };
    sent.way = match dice.below(20) {
        0..2 => Way::NotSent,
        2 => Way::CutInHalf,
        // The plan's first year has no year before.
        3 if form.year > 2021 => Way::LastYears,
        4..6 => Way::SentTwice,
        6 => Way::Duplicated,
        _ => Way::Arrived,
    };
    match sent.way {
        Way::NotSent | Way::CutInHalf | Way::LastYears => sent.counts.clear(),
        Way::SentTwice => sent.before = Some(other_figures(&sent.cells)),
        Way::Arrived | Way::Duplicated => {}
    }
    sent
}

/// The same cells with every figure one more: a version that must not count.
fn other_figures(cells: &Cells) -> Cells {
    let other = |typed: &Typed| match typed {
        Typed::Number(number) => Typed::Number(number + 1.0),
        other => other.clone(),
    };
    cells.iter().map(|(id, typed)| (id.clone(), other(typed))).collect()
}

/// As Excel keeps what was typed with care.
fn plain(meant: &Meant) -> Typed {
    match meant {
        Meant::Number(number) => Typed::Number(number.to_f64().unwrap()),
        Meant::Item(_, text) | Meant::Words(text) => Typed::Words(text.clone()),
        Meant::Day(day) => Typed::Day(*day),
    }
}

/// Another way to type the same; `None` where there is none.
fn retyped(field: &Field, meant: &Meant, dice: &mut Dice) -> Option<Typed> {
    let words = match (meant, &field.kind) {
        (Meant::Number(number), FieldKind::Count) => count(number.to_u64()?, dice),
        (Meant::Number(number), FieldKind::Decimal | FieldKind::Money(_)) => {
            // A separator before exactly three digits would be in doubt.
            let (whole, tenths) = (number.trunc().to_u64()?, (number.fract() * Decimal::TEN).to_u64()?);
            if tenths == 0 { whole.to_string() } else { format!("{},{tenths}", grouped(whole, '.')) }
        }
        (Meant::Number(number), FieldKind::Percent) => {
            let text = number.to_string();
            match dice.below(3) {
                0 => format!("{}%", text.replace('.', ",")),
                1 => format!("{text}%"),
                _ => text.replace('.', ","),
            }
        }
        (Meant::Item(Meaning::Yes, _), _) if field.column_code == "dat" => {
            (*dice.one_of(&["x", "X", "✓", "Đ", "đạt", "Có", "§¹t", "ĐẠT"])).to_owned()
        }
        (Meant::Item(Meaning::No, _), _) if field.column_code == "dat" => {
            (*dice.one_of(&["KĐ", "Không đạt", "chưa đạt", "CĐ"])).to_owned()
        }
        (Meant::Item(_, text), _) => text.nfd().collect(),
        (Meant::Words(text), _) => match dice.below(3) {
            0 => format!("  {text} "),
            _ => text.nfd().collect(),
        },
        (Meant::Day(day), _) => {
            let form = *dice.one_of(&["%d/%m/%Y", "%-d-%-m-%Y", "%d.%m.%Y", "ngày %d tháng %-m năm %Y"]);
            day.format(form).to_string()
        }
        _ => return None,
    };
    Some(Typed::Words(words))
}

fn count(number: u64, dice: &mut Dice) -> String {
    if number == 0 {
        return (*dice.one_of(&["-", "–", "không", "KPS", "0"])).to_owned();
    }
    let digits = number.to_string();
    match dice.below(8) {
        0 => grouped(number, '.'),
        1 => grouped(number, ','),
        2 => grouped(number, ' '),
        3 => grouped(number, '\u{a0}'),
        4 => grouped(number, '\u{202f}'),
        5 => format!("khoảng {}", grouped(number, '.')),
        // The letter for the last nought, where a nought is not the first thing said.
        6 if digits.ends_with('0') && digits.len() > 1 => format!("{}O", &digits[..digits.len() - 1]),
        _ => digits,
    }
}

/// Digits in groups of three.
fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Spoils a figure of a row beyond reading, or so that a rule keeps it out.
fn lose(sent: &mut Sent, row: &FormRow, dice: &mut Dice) {
    let by_role = |role| row.fields.iter().find(|field| field.role == Some(role)).map(|field| &field.id);
    let (Some(whole), Some(part)) = (by_role(ColumnRole::Whole), by_role(ColumnRole::Part)) else { return };
    // Rows on which other rows depend stay whole, so do those without figures.
    let alone = ["nltt", "kns", "cong_dan", "cs_mn", "cs_th", "cs_thcs", "tt_htcd", "truong_dh", "cs_thpt"];
    let (true, Some(Meant::Number(of))) = (alone.contains(&row.id.as_str()), sent.counts.get(whole).cloned())
    else {
        return;
    };
    let victim = if dice.happens(50) { whole } else { part }.clone();
    let typed = match dice.below(7) {
        0 => Typed::Words("chưa có".to_owned()),
        1 => Typed::Words("...".to_owned()),
        2 => Typed::Words("N/A".to_owned()),
        3 => Typed::Error,
        4 => Typed::Day(NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(dice.below(300))),
        5 => Typed::Words("12/15".to_owned()),
        _ => {
            // More parts than there are: both are kept out.
            sent.cells.insert(part.clone(), plain(&Meant::Number(of + Decimal::from(5))));
            sent.cells.insert(whole.clone(), plain(&Meant::Number(of)));
            sent.counts.remove(whole);
            sent.counts.remove(part);
            return;
        }
    };
    sent.cells.insert(victim.clone(), typed);
    sent.counts.remove(&victim);
}
