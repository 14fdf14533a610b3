//! Indicator × unit: every unit's result at a glance, in full on a sheet of the workbook, close together in an annex.

mod marks;
mod printed;

use crate::consolidate::UnitResult;
use crate::consolidate::history::workbook::NOT_JUDGED;
use crate::domain::{Aim, Direction, Indicator, IndicatorKind};
use crate::plan::Annex;
use crate::report::directed;
use crate::report::format::percent_places;
use crate::report::leads::{first_leads, leads};
use crate::report::model::{
    Align, Block, Cell, Column, Formula, JudgedBy, Place, Role, Row, Section, Shown, Table, Tone,
};
use crate::report::scene::Scene;
use crate::report::shares::in_percent_or_dash;
use crate::report::tables::{figures, indicators, matrix};
use crate::report::wording::tone as tone_of;
use marks::{MISSING, OF_BLANK, OF_MISSING, OF_NOT_JUDGED};
use std::sync::{Arc, LazyLock};
use vietnamese::display::capitalised;

const TITLE: &str = "KẾT QUẢ TỪNG CHỈ TIÊU THEO ĐƠN VỊ";

/// The sheet of the workbook, with its formulas.
pub(super) fn sheet(scene: &Scene<'_>) -> Section {
    Section {
        id: "theo-don-vi".into(),
        title: TITLE.into(),
        place: Place::Sheet,
        sheet: Some("Theo đơn vị".into()),
        blocks: vec![Block::Table(table(scene))],
    }
}

/// The annex of the official report: the same figures on as few pages as can be.
pub(super) fn annex(scene: &Scene<'_>) -> Section {
    let indicators: Vec<&Indicator> = scene.results.indicators.iter().map(|r| &r.indicator).collect();
    let mut table = printed::table(&table(scene), &indicators);
    table.notes.extend(note_of_statuses(scene));
    Section {
        id: "theo-don-vi-phu-luc".into(),
        title: TITLE.into(),
        place: scene.annex(Annex::DonVi, printed::is_wide(&table)),
        sheet: None,
        blocks: vec![Block::Table(table)],
    }
}

fn table(scene: &Scene<'_>) -> Table {
    let mut columns = vec![Column::new("don-vi", "Đơn vị", 2.2, Align::Left)];
    for result in &scene.results.indicators {
        let id = &result.indicator.id;
        let title = format!("{} {}", result.indicator.id, result.indicator.short_title);
        columns.push(Column::new(matrix::column(id), &title, 1.15, Align::Right));
    }
    let mut rows: Vec<Row> = scene
        .results
        .units
        .iter()
        .filter(|unit| scene.results.indicators.iter().any(|result| scene.said(result, &unit.code).is_some()))
        .map(|unit| {
            let mut cells = vec![Cell::text(&unit.short_name)];
            for result in &scene.results.indicators {
                cells.push(match scene.said(result, &unit.code) {
                    None => Cell::plain(Shown::Blank),
                    Some(of_unit) => {
                        let [lead, _] = leads(scene, result, &unit.code);
                        cell(&result.indicator, of_unit, result.aim()).leads_to(lead)
                    }
                });
            }
            Row { id: (&unit.code).into(), role: Role::Body, cells }
        })
        .collect();
    let mut total = vec![Cell::text(whole(scene))];
    for result in &scene.results.indicators {
        let places = percent_places(result.total, result.aim());
        let value = result.percent().map_or(Shown::Missing(MISSING.into()), |p| Shown::Percent(p, places));
        let follows = Formula::Cell(indicators::cell(&result.indicator.id, indicators::PERCENT));
        let [lead, _] = first_leads(scene, result);
        let verdict = indicators::cell(&result.indicator.id, indicators::VERDICT);
        let cell = Cell::plain(value).toned(tone_of(result.verdict)).judged_by(JudgedBy::Verdict(verdict));
        total.push(cell.follows(follows).leads_to(lead));
    }
    rows.push(Row { id: "toan-tinh".into(), role: Role::Total, cells: total });
    let mut coverage = vec![Cell::text("Đủ số liệu")];
    for result in &scene.results.indicators {
        coverage.push(indicators::coverage(result));
    }
    rows.push(Row { id: "da-bao-cao".into(), role: Role::Total, cells: coverage });
    Table {
        id: matrix::TABLE,
        caption: Some("Tỷ lệ (%) hoặc kết quả đạt chuẩn của từng đơn vị".into()),
        columns,
        rows,
        notes: vec![note(scene)],
    }
}

/// How to read the table.
fn note(scene: &Scene<'_>) -> String {
    let signs =
        format!("“{MISSING}” là {OF_MISSING}; “{NOT_JUDGED}” là {OF_NOT_JUDGED}; ô trống là {OF_BLANK}.");
    [signs].into_iter().chain(note_of_statuses(scene)).collect::<Vec<_>>().join(" ")
}

/// Only what counts units has units that reach it or do not.
fn note_of_statuses(scene: &Scene<'_>) -> Option<String> {
    let numbers = numbers_of_statuses(scene.results.indicators.iter().map(|r| &r.indicator))?;
    Some(format!("Chỉ tiêu {numbers}: đơn vị đạt hoặc chưa đạt; dòng {} là tỷ lệ đơn vị đạt.", whole(scene)))
}

/// What the row of the whole is called.
fn whole(scene: &Scene<'_>) -> String {
    capitalised(&scene.frame().names.whole())
}

/// The numbers of the indicators that count units: “1.x và 4.2” where all of 1.1, 1.2 … do and of the others only 4.2.
fn numbers_of_statuses<'a>(indicators: impl Iterator<Item = &'a Indicator> + Clone) -> Option<String> {
    let family = |indicator: &'a Indicator| indicator.id.family();
    let counts_units = |indicator: &&Indicator| indicator.kind.is_share_of_units();
    let mut numbers: Vec<String> = Vec::new();
    for indicator in indicators.clone().filter(counts_units) {
        let mut like = indicators.clone().filter(|other| family(other) == family(indicator));
        let number = match family(indicator) {
            Some(family) if like.clone().count() > 1 && like.all(|other| counts_units(&other)) => {
                format!("{family}.x")
            }
            _ => indicator.id.to_string(),
        };
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    let last = numbers.pop()?;
    Some(if numbers.is_empty() { last } else { format!("{} và {last}", numbers.join(", ")) })
}

fn cell(indicator: &Indicator, unit: &UnitResult, aim: Option<Aim>) -> Cell {
    let direction = indicator.direction;
    let figure = |column| Formula::cell(figures::TABLE, &unit.unit, column);
    let numerator = figure(figures::numerator(&indicator.id));
    let denominator = figure(figures::denominator(&indicator.id));
    let of_status = || {
        let shape = match direction {
            Direction::Higher => &OF_STATUS,
            Direction::Lower => &OF_STATUS_BETTER_NOT_HELD,
        };
        Formula::filled(shape, [numerator.clone()])
    };
    let of_pair = || Formula::filled(&OF_PAIR, [denominator.clone(), numerator.clone()]);
    let reached = unit.share.zip(aim).map(|(share, aim)| aim.reached_by(share));
    let (value, tone, formula) = match (&indicator.kind, unit.share) {
        (kind, _) if !unit.status.is_judged(kind) => {
            let not_judged = Shown::Missing(NOT_JUDGED.into());
            let formula = match kind {
                IndicatorKind::ShareOfUnits { .. } => of_status(),
                _ => of_pair(),
            };
            (not_judged, Tone::Quiet, formula)
        }
        (IndicatorKind::ShareOfUnits { .. }, Some(share)) => {
            let holds = !share.numerator.is_zero();
            let tone = if holds == direction.is_good_to_hold() { Tone::Good } else { Tone::Bad };
            (Shown::Text(directed::status(direction, holds).into()), tone, of_status())
        }
        (IndicatorKind::ShareOfUnits { .. }, None) => {
            (Shown::Missing(MISSING.into()), Tone::Open, of_status())
        }
        (_, Some(share)) => {
            let places = percent_places(share, aim);
            let value = share.percent().map_or(Shown::Missing(MISSING.into()), |p| Shown::Percent(p, places));
            let tone = if reached == Some(false) { Tone::Bad } else { Tone::Plain };
            (value, tone, of_pair())
        }
        (_, None) => (Shown::Missing(MISSING.into()), Tone::Open, of_pair()),
    };
    let cell = Cell::plain(value).toned(tone).follows(formula);
    match indicator.kind {
        IndicatorKind::ShareOfUnits { .. } => cell,
        _ => {
            let target = indicators::cell(&indicator.id, indicators::TARGET);
            cell.judged_by(JudgedBy::Target(target, directed::misses(direction)))
        }
    }
}

/// Whether a unit holds a status: 1 or 0 is given.
static OF_STATUS: LazyLock<Arc<Formula>> = LazyLock::new(|| status_in_words(Direction::Higher));
static OF_STATUS_BETTER_NOT_HELD: LazyLock<Arc<Formula>> =
    LazyLock::new(|| status_in_words(Direction::Lower));

fn status_in_words(direction: Direction) -> Arc<Formula> {
    let one = Formula::equal(Formula::Given(0), Formula::number(1));
    let [holds, lacks] = [true, false].map(|holds| Formula::words(directed::status(direction, holds)));
    unless_missing(Formula::when(one, holds, lacks))
}

/// A share in percent; the whole is given, then the part.
static OF_PAIR: LazyLock<Arc<Formula>> = LazyLock::new(|| {
    let (whole, part) = (Formula::Given(0), Formula::Given(1));
    unless_missing(in_percent_or_dash(part, whole))
});

/// A blank cell counts as 0 in a comparison, so it is asked first whether the first given holds a number at all.
fn unless_missing(then: Formula) -> Arc<Formula> {
    let none = Formula::equal(Formula::numbers(Formula::Given(0)), Formula::number(0));
    let not_judged = Formula::equal(Formula::Given(0), Formula::words(NOT_JUDGED));
    let why = Formula::when(not_judged, Formula::words(NOT_JUDGED), Formula::words(MISSING));
    Arc::new(Formula::when(none, why, then))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Plan, PlanSources};

    /// What the note calls the indicators of 2024 when some of the embedded plan's have other numbers.
    fn numbers(renumbered: &[(&str, &str)]) -> Option<String> {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let mut indicators = plan.indicators_of(2024);
        for indicator in &mut indicators {
            if let Some((_, new)) = renumbered.iter().find(|(old, _)| *old == indicator.id.0) {
                indicator.id.0 = (*new).to_owned();
            }
        }
        indicators.retain(|indicator| !indicator.id.0.is_empty());
        numbers_of_statuses(indicators.iter())
    }

    #[test]
    fn indicators_that_count_units_are_called_by_the_numbers_the_plan_gives_them() {
        assert_eq!(numbers(&[]).as_deref(), Some("1.x và 4.2"));
        assert_eq!(numbers(&[("4.2", "7.9")]).as_deref(), Some("1.x và 7.9"));
        assert_eq!(numbers(&[("2.1", "1.6")]).as_deref(), Some("1.1, 1.2, 1.3, 1.4, 1.5 và 4.2"));
        assert_eq!(numbers(&[("4.1", ""), ("4.2", "A")]).as_deref(), Some("1.x và A"));
        let gone = ["1.1", "1.2", "1.3", "1.4", "1.5"].map(|id| (id, ""));
        assert_eq!(numbers(&gone).as_deref(), Some("4.2"));
        assert_eq!(numbers(&[&gone[..], &[("4.2", "")]].concat()), None);
    }
}
