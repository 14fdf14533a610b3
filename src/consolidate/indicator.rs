//! One indicator: collecting its pairs, adding them, judging the sum.

use super::bounds::{self, Bounds};
use super::{
    Contribution, Coverage, History, IndicatorResult, Range, UnitFigure, UnitResult, Verdict, trajectory,
};
use crate::check::AcceptedSubmissions;
use crate::domain::{
    FieldId, Indicator, IndicatorKind, LevelId, Meaning, Part, Percent, Ratio, Reporter, Unit, UnitCode, Year,
};
use crate::finding::{Code, Finding};
use crate::form::FormBook;
use crate::plan::{Before, Plan};
use crate::submission::{FigureStatus, Reported, Value};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

pub(super) fn result(
    plan: &Plan,
    accepted: &AcceptedSubmissions,
    indicator: &Indicator,
    history: &History,
    before: &Before<'_>,
    forms: &FormBook<'_>,
    findings: &mut Vec<Finding>,
) -> IndicatorResult {
    let year = accepted.year();
    let collector = Collector { plan, accepted, history, indicator, year, before, forms };
    let contributions = match &indicator.kind {
        IndicatorKind::Ratio { parts } => parts.iter().flat_map(|part| collector.pairs(part)).collect(),
        IndicatorKind::ProvinceFigure { part } => collector.pairs(part),
        IndicatorKind::ShareOfUnits { over, from, status } => collector.statuses(over, from, status),
    };
    let by_unit = by_unit(&collector, &contributions);
    let coverage = coverage(&indicator.kind, &by_unit);
    let is_share = matches!(indicator.kind, IndicatorKind::ShareOfUnits { .. });
    let total = total(is_share, &contributions);
    let bounds = bounds::of(&contributions);
    let target = indicator.target_for(year);
    let verdict = verdict(indicator, year, &contributions, total, &bounds, target.map(|(_, t)| t));
    let depends_on = if verdict == Verdict::Depends { bounds.open_units.clone() } else { Vec::new() };
    let judged = !matches!(verdict, Verdict::NoStandard);
    let last_year = history.percent(year - 1, &indicator.id);
    let (lower, upper) = (bounds.lower, bounds.upper);
    tell(&collector, verdict, &bounds, total, &contributions, findings);
    let mut result = IndicatorResult {
        indicator: indicator.clone(),
        total,
        lower,
        upper,
        target,
        needed: target.filter(|_| judged && !total.denominator.is_zero()).map(|(_, t)| total.needed(t)),
        verdict,
        depends_on,
        coverage,
        by_unit,
        contributions,
        last_year,
        past: history.series(year, &indicator.id),
        roster_changed: roster_changed(plan, indicator, year),
        trajectory: None,
    };
    result.trajectory = trajectory::of(&result.indicator, year, result.percent(), target, history);
    result
}

/// Whether a level the indicator is counted over or reported by has other units than last year.
fn roster_changed(plan: &Plan, indicator: &Indicator, year: Year) -> bool {
    let level = |reporter: &Reporter| match reporter {
        Reporter::Level(level) => Some(level.clone()),
        Reporter::Unit(_) => None,
    };
    let levels: Vec<LevelId> = match &indicator.kind {
        IndicatorKind::ShareOfUnits { over, .. } => vec![over.clone()],
        IndicatorKind::Ratio { parts } => parts.iter().filter_map(|part| level(&part.from)).collect(),
        IndicatorKind::ProvinceFigure { .. } => Vec::new(),
    };
    levels.iter().any(|level| plan.roster_changed(year, level))
}

struct Collector<'a> {
    plan: &'a Plan,
    accepted: &'a AcceptedSubmissions,
    history: &'a History,
    indicator: &'a Indicator,
    year: Year,
    before: &'a Before<'a>,
    forms: &'a FormBook<'a>,
}

impl Collector<'_> {
    /// The pairs of a part: one for each unit that owes it, reported or not.
    fn pairs(&self, part: &Part) -> Vec<Contribution> {
        let owing = self.plan.roster(self.year).into_iter().filter(|unit| part.from.includes(unit));
        owing.map(|unit| self.pair(unit, part)).collect()
    }

    fn pair(&self, unit: &Unit, part: &Part) -> Contribution {
        let submission = self.accepted.of(&unit.code);
        let reported = |field: &FieldId| submission.and_then(|s| s.values.get(field)).map(Arc::as_ref);
        let (n, d) = (reported(&part.numerator), reported(&part.denominator));
        let numerator = submission.and_then(|s| s.number(&part.numerator));
        let denominator = submission.and_then(|s| s.number(&part.denominator));
        let no_standard = [n, d].into_iter().flatten().any(|r| r.status == FigureStatus::NoStandard);
        let status = match (numerator, denominator) {
            _ if no_standard => UnitFigure::NoStandard,
            (Some(_), Some(_)) => kind_of_figure(&[n, d]),
            (None, None) => UnitFigure::Missing,
            _ => UnitFigure::Partial,
        };
        let reference = || self.reference(unit, part);
        let range = match (numerator, denominator) {
            _ if no_standard => {
                Some(Range { lowest: Decimal::ZERO, highest: Decimal::ZERO, denominator: Decimal::ZERO })
            }
            (Some(n), Some(d)) => Some(Range { lowest: n, highest: n, denominator: d }),
            (None, Some(d)) => Some(Range { lowest: Decimal::ZERO, highest: d, denominator: d }),
            (None, None) => reference().map(|d| Range { lowest: Decimal::ZERO, highest: d, denominator: d }),
            // Of how many it is n nobody said, so the unit's share may be any; of them all there are at least n.
            (Some(n), None) => reference().map(|d| d.max(n)).map(|d| Range {
                lowest: Decimal::ZERO,
                highest: d,
                denominator: d,
            }),
        };
        Contribution {
            reporter: unit.code.clone(),
            about: unit.code.clone(),
            numerator,
            denominator,
            origins: [n, d].into_iter().flatten().map(|r| (r.origin.clone(), r.typed.clone())).collect(),
            status,
            range,
        }
    }

    /// What the denominator of a missing unit is taken to be: last year's, else the roster's reference figure.
    fn reference(&self, unit: &Unit, part: &Part) -> Option<Decimal> {
        let only_part = !matches!(&self.indicator.kind, IndicatorKind::Ratio { parts } if parts.iter().filter(|p| p.from.includes(unit)).count() > 1);
        let last_year = only_part
            // A code may be another unit's by now; its figures are not this unit's.
            .then(|| self.before.unit(unit))
            .flatten()
            .and_then(|old| self.history.denominator(self.year - 1, &self.indicator.id, &old.code));
        last_year.or_else(|| {
            let form = match self.accepted.of(&unit.code) {
                Some(submission) => Arc::clone(&submission.form),
                None => Arc::new(self.forms.of(unit, self.year)),
            };
            form.reference(form.field(&part.denominator)?)
        })
    }

    /// One status for each unit of the level, told by the unit itself or by one unit for all.
    fn statuses(&self, over: &LevelId, from: &Reporter, pattern: &str) -> Vec<Contribution> {
        let units = self.plan.roster_of(self.year, over);
        units
            .into_iter()
            .map(|unit| {
                let reporter = match from {
                    Reporter::Level(_) => unit.code.clone(),
                    Reporter::Unit(code) => code.clone(),
                };
                let field = IndicatorKind::status_field(pattern, &unit.code);
                let submission = self.accepted.of(&reporter);
                let told = field.as_ref().and_then(|field| submission.and_then(|s| s.values.get(field)));
                let told = told.map(Arc::as_ref);
                status_contribution(unit, reporter, told)
            })
            .collect()
    }
}

fn status_contribution(unit: &Unit, reporter: UnitCode, told: Option<&Reported>) -> Contribution {
    let answer = told.and_then(|r| match &r.value {
        Some(Value::Choice(Meaning::Yes, _)) => Some((UnitFigure::Reported, Decimal::ONE)),
        Some(Value::Choice(Meaning::No, _)) => Some((UnitFigure::Reported, Decimal::ZERO)),
        // A unit cannot hold a status for which there is no standard.
        Some(Value::Choice(Meaning::NoStandard, _)) => Some((UnitFigure::NoStandard, Decimal::ZERO)),
        _ => None,
    });
    let (status, holds) = match answer {
        Some((status, holds)) => (status, Some(holds)),
        None => (UnitFigure::Missing, None),
    };
    Contribution {
        reporter,
        about: unit.code.clone(),
        numerator: holds,
        denominator: holds.map(|_| Decimal::ONE),
        origins: told.iter().map(|r| (r.origin.clone(), r.typed.clone())).collect(),
        status,
        range: Some(Range {
            lowest: holds.unwrap_or(Decimal::ZERO),
            highest: holds.unwrap_or(Decimal::ONE),
            denominator: Decimal::ONE,
        }),
    }
}

fn kind_of_figure(pair: &[Option<&Reported>; 2]) -> UnitFigure {
    let statuses: Vec<FigureStatus> = pair.iter().flatten().map(|r| r.status).collect();
    if statuses.contains(&FigureStatus::Estimate) {
        UnitFigure::Estimate
    } else if statuses.iter().all(|status| *status == FigureStatus::None) {
        UnitFigure::None
    } else {
        UnitFigure::Reported
    }
}

fn is_complete(contribution: &Contribution) -> bool {
    matches!(contribution.status, UnitFigure::Reported | UnitFigure::Estimate | UnitFigure::None)
}

/// Ratio: Σ over pairs of which both numbers were reported. Share: those holding it over all units of the roster.
pub(super) fn total(is_share: bool, contributions: &[Contribution]) -> Ratio {
    let complete = contributions.iter().filter(|c| is_complete(c));
    let sum = complete.fold(Ratio::default(), |sum, c| {
        sum.plus(Ratio::of(c.numerator.unwrap_or_default(), c.denominator.unwrap_or_default()))
    });
    if is_share { Ratio::of(sum.numerator, contributions.len() as u64) } else { sum }
}

fn by_unit(collector: &Collector<'_>, contributions: &[Contribution]) -> Vec<UnitResult> {
    let Collector { plan, history, indicator, year, before, .. } = *collector;
    let mut about: HashMap<&UnitCode, Vec<&Contribution>> = HashMap::new();
    for contribution in contributions {
        about.entry(&contribution.about).or_default().push(contribution);
    }
    let of_unit = |unit: &Unit| {
        let mine = about.get(&unit.code)?;
        let complete = mine.iter().filter(|c| is_complete(c));
        let share = complete
            .map(|c| Ratio::of(c.numerator.unwrap_or_default(), c.denominator.unwrap_or_default()))
            .reduce(Ratio::plus);
        let last_year = before
            .unit(unit)
            .and_then(|old| history.share(year - 1, &indicator.id, &old.code))
            .filter(|share| !share.denominator.is_zero());
        Some(UnitResult { unit: unit.code.clone(), share, status: combined(mine), last_year })
    };
    plan.roster(year).into_iter().filter_map(of_unit).collect()
}

/// The status of a unit that owes several pairs.
fn combined(pairs: &[&Contribution]) -> UnitFigure {
    let all = |status: UnitFigure| pairs.iter().all(|c| c.status == status);
    let any = |status: UnitFigure| pairs.iter().any(|c| c.status == status);
    if all(UnitFigure::Missing) {
        UnitFigure::Missing
    } else if any(UnitFigure::Missing) || any(UnitFigure::Partial) {
        UnitFigure::Partial
    } else if all(UnitFigure::NoStandard) {
        UnitFigure::NoStandard
    } else if all(UnitFigure::None) {
        UnitFigure::None
    } else if any(UnitFigure::Estimate) {
        UnitFigure::Estimate
    } else {
        UnitFigure::Reported
    }
}

fn coverage(kind: &IndicatorKind, by_unit: &[UnitResult]) -> Coverage {
    let open = |status: UnitFigure| matches!(status, UnitFigure::Missing | UnitFigure::Partial);
    let reported = by_unit.iter().filter(|unit| !open(unit.status)).count();
    match kind {
        IndicatorKind::ProvinceFigure { .. } => Coverage { reported: reported.min(1), expected: 1 },
        _ => Coverage { reported, expected: by_unit.len() },
    }
}

pub(super) fn verdict(
    indicator: &Indicator,
    year: Year,
    contributions: &[Contribution],
    total: Ratio,
    bounds: &Bounds,
    target: Option<Percent>,
) -> Verdict {
    let figures = contributions.iter().filter(|c| is_complete(c)).count();
    let without_standard = contributions.iter().any(|c| c.status == UnitFigure::NoStandard);
    if indicator.standard_since.is_some_and(|since| year < since) || (figures == 0 && without_standard) {
        return Verdict::NoStandard;
    }
    let Some(target) = target.filter(|_| figures > 0 && !total.denominator.is_zero()) else {
        return Verdict::NoData;
    };
    // Bounds that nothing limits reach from 0 to 100 %.
    let surely = bounds.lower.map_or(target.is_zero(), |lower| lower.reaches(target));
    let possibly = bounds.upper.is_none_or(|upper| upper.reaches(target));
    match (surely, possibly) {
        (true, _) => Verdict::Met,
        (false, true) => Verdict::Depends,
        (false, false) => Verdict::NotMet,
    }
}

fn tell(
    collector: &Collector<'_>,
    verdict: Verdict,
    bounds: &Bounds,
    total: Ratio,
    contributions: &[Contribution],
    findings: &mut Vec<Finding>,
) {
    let (indicator, year) = (collector.indicator, collector.year);
    let name = format!("Chỉ tiêu {} ({})", indicator.id, indicator.short_title);
    if verdict == Verdict::NoData {
        let zero = contributions.iter().any(is_complete) && total.denominator.is_zero();
        let (code, cause, cure) = if zero {
            (
                Code::K003,
                "tổng mẫu số của các đơn vị đã báo cáo bằng 0 nên không tính được tỷ lệ",
                "kiểm tra lại tổng số ở các đơn vị",
            )
        } else {
            (Code::K001, "chưa đơn vị nào báo cáo đủ để tính", "đôn đốc đơn vị phụ trách số liệu gửi báo cáo")
        };
        findings.push(finding(code, year, cause.to_owned(), cure.to_owned()).label(name));
    } else if !bounds.unbounded.is_empty() && verdict != Verdict::NoStandard {
        let units: Vec<&str> = bounds.unbounded.iter().map(UnitCode::as_str).collect();
        let cause = format!(
            "không có mẫu số tham chiếu cho đơn vị chưa báo cáo ({}) nên khoảng giá trị của {} là 0–100%",
            units.join(", "),
            collector.plan.names.territory
        );
        let cure =
            "bổ sung reference cho dòng này trong tệp biểu mẫu, hoặc dùng --history với kết quả năm trước";
        findings.push(finding(Code::K002, year, cause, cure.to_owned()).label(name));
    }
}

fn finding(code: Code, year: Year, cause: String, cure: String) -> Finding {
    Finding::new(code, cause, cure).in_year(year)
}
