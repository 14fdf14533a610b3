//! One indicator: collecting its pairs, adding them, judging the sum.

use super::basis::Basis;
use super::bounds::{self, Open};
use super::calculation::{Derived, Figures, Outcome};
use super::{
    Comparison, Contribution, Coverage, IndicatorResult, UnitFigure, UnitResult, Verdict, comparison, flag,
    terms, trajectory,
};
use crate::domain::{Indicator, IndicatorKind, Percent, Ratio, Unit, UnitCode, Year};
use crate::finding::{Code, Finding};
use crate::plan::Plan;
use std::collections::{BTreeSet, HashMap};

/// The result of an indicator, with what is to be said where the figures do not suffice.
pub(super) fn result(
    basis: &Basis<'_>,
    indicator: Indicator,
    findings: &mut Vec<Finding>,
) -> IndicatorResult {
    let Basis { plan, history, year, .. } = *basis;
    let terms = terms::of_indicator(plan, &indicator, year);
    let contributions = basis.contributions(&indicator, terms);
    let by_unit = by_unit(basis, &indicator, &contributions);
    let target = indicator.target_for(year);
    let judged = judged(&indicator, year, target.map(|(_, percent)| percent), &contributions);
    findings.extend(not_sufficient(plan, &indicator, year, &judged));
    let Judged { figures, open, verdict } = judged;
    let coverage = coverage(&indicator.kind, &by_unit);
    let roster_changed = comparison::units_changed(plan, &indicator, year);
    let difference = comparison::difference(plan, &indicator, year - 1, year);
    let past = comparison::past(plan, history, &indicator, year);
    let last_year = past.last().copied().filter(|past| past.year == year - 1);
    let other_territory = last_year.is_some_and(|past| past.is_foreign);
    let flags = flag::of_result(basis, &contributions, verdict, difference.is_some() || other_territory);
    let mut result = IndicatorResult {
        total: figures.total,
        complete: figures.complete,
        open: figures.open,
        of_unknown_size: figures.of_unknown_size,
        not_judged: figures.not_judged,
        lower: figures.lowest(),
        upper: figures.highest(),
        next: trajectory::next(plan, &indicator, year),
        target,
        needed: None,
        verdict,
        depends_on: if verdict == Verdict::Depends { open.units } else { Vec::new() },
        coverage,
        by_unit,
        contributions,
        last_year: last_year.filter(|past| !past.is_foreign),
        comparison: Comparison::Unknown,
        past,
        flags,
        roster_changed,
        before_standard: indicator.is_before_standard(year),
        expected: None,
        trajectory: None,
        indicator,
    };
    result.needed = result.derived(Derived::Needed).count();
    result.comparison = comparison::with_last_year(
        &result.indicator,
        (result.percent(), &result.by_unit),
        last_year.as_ref(),
        difference,
    );
    result.expected = trajectory::expected(&result, year);
    result.trajectory = trajectory::of_result(&result, year);
    result
}

/// What an indicator's contributions add up to, and what that says.
pub(super) struct Judged {
    pub figures: Figures,
    pub open: Open,
    pub verdict: Verdict,
}

pub(super) fn judged(
    indicator: &Indicator,
    year: Year,
    target: Option<Percent>,
    contributions: &[Contribution],
) -> Judged {
    let open = bounds::open(contributions, indicator.kind.is_share_of_units());
    let figures = Figures {
        complete: contributions.iter().filter(|contribution| contribution.status.is_complete()).count(),
        total: total(&indicator.kind, contributions),
        open: open.range,
        of_unknown_size: contributions.iter().filter(|c| c.range.is_none()).count(),
        not_judged: contributions.iter().filter(|c| c.status == UnitFigure::NoStandard).count(),
        pairs: contributions.len(),
        direction: indicator.direction,
        target,
    };
    let no_standard = indicator.is_before_standard(year) || figures.are_not_judged();
    let verdict = match figures.outcome(Derived::Verdict) {
        _ if no_standard => Verdict::NoStandard,
        Outcome::Verdict(verdict) => verdict,
        // The calculation of a verdict ends in none else.
        _ => Verdict::NoData,
    };
    Judged { figures, open, verdict }
}

/// Ratio: Σ over pairs of which both numbers were reported. Share: those holding it over all units of the roster but for
/// those that are not judged, having no standard or nothing to hold it with.
fn total(kind: &IndicatorKind, contributions: &[Contribution]) -> Ratio {
    let complete = contributions.iter().filter(|c| c.status.is_complete());
    let sum = complete.fold(Ratio::default(), |sum, c| {
        sum.plus(Ratio::of(c.numerator.unwrap_or_default(), c.denominator.unwrap_or_default()))
    });
    let judged = || contributions.iter().filter(|c| c.status.is_judged(kind)).count() as u64;
    if kind.is_share_of_units() { Ratio::of(sum.numerator, judged()) } else { sum }
}

fn by_unit(basis: &Basis<'_>, indicator: &Indicator, contributions: &[Contribution]) -> Vec<UnitResult> {
    let Basis { plan, year, .. } = basis;
    let mut about: HashMap<&UnitCode, Vec<&Contribution>> = HashMap::new();
    for contribution in contributions {
        about.entry(&contribution.term.about).or_default().push(contribution);
    }
    let of_unit = |unit: &Unit| {
        let mine = about.get(&unit.code)?;
        let complete = mine.iter().filter(|c| c.status.is_complete());
        let share = complete
            .map(|c| Ratio::of(c.numerator.unwrap_or_default(), c.denominator.unwrap_or_default()))
            .reduce(Ratio::plus);
        let last_year = last_year(basis, indicator, unit, mine);
        Some(UnitResult { unit: unit.code.clone(), share, status: combined(mine), last_year })
    };
    plan.roster(*year).into_iter().filter_map(of_unit).collect()
}

/// What is known of last year where this year a unit owes these: its own figures, and those of the bodies that had then what
/// the plan lays on it now.
fn last_year(basis: &Basis<'_>, indicator: &Indicator, unit: &Unit, owed: &[&Contribution]) -> Option<Ratio> {
    let Basis { plan, history, year, .. } = basis;
    if indicator.is_redefined_between(*year - 1, *year) {
        return None;
    }
    let then = |contribution: &&Contribution| match &contribution.term.laid_on {
        Some(body) => plan.bearer(body, *year - 1),
        None => basis.last_year_of(unit),
    };
    let units: Option<BTreeSet<&UnitCode>> =
        owed.iter().map(|owed| then(owed).map(|unit| &unit.code)).collect();
    let shares = units?.into_iter().map(|unit| history.share(*year - 1, &indicator.id, unit));
    shares.collect::<Option<Vec<Ratio>>>()?.into_iter().reduce(Ratio::plus)
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
    } else if pairs.iter().all(|c| matches!(c.status, UnitFigure::NoStandard | UnitFigure::None)) {
        UnitFigure::None
    } else if any(UnitFigure::Estimate) {
        UnitFigure::Estimate
    } else {
        UnitFigure::Reported
    }
}

fn coverage(kind: &IndicatorKind, by_unit: &[UnitResult]) -> Coverage {
    let reported = by_unit.iter().filter(|unit| !unit.status.is_lacking()).count();
    match kind {
        IndicatorKind::ProvinceFigure { .. } => Coverage { reported: reported.min(1), expected: 1 },
        _ => Coverage { reported, expected: by_unit.len() },
    }
}

/// Why there is no result, or why nothing bounds it.
fn not_sufficient(plan: &Plan, indicator: &Indicator, year: Year, judged: &Judged) -> Option<Finding> {
    let unknown = &judged.open.of_unknown_size;
    let (code, cause, cure) = match judged.verdict {
        Verdict::NoData if judged.figures.complete > 0 && judged.figures.total.denominator.is_zero() => (
            Code::K003,
            "tổng mẫu số của các đơn vị đã báo cáo bằng 0 nên không tính được tỷ lệ".to_owned(),
            "kiểm tra lại tổng số ở các đơn vị",
        ),
        Verdict::NoData => (
            Code::K001,
            "chưa đơn vị nào báo cáo đủ để tính".to_owned(),
            "đôn đốc đơn vị phụ trách số liệu gửi báo cáo",
        ),
        Verdict::NoStandard => return None,
        _ if unknown.is_empty() => return None,
        _ => (
            Code::K002,
            format!(
                "không có mẫu số tham chiếu cho đơn vị chưa báo cáo ({}) nên khoảng giá trị của {} là 0–100%",
                unknown.iter().map(UnitCode::as_str).collect::<Vec<_>>().join(", "),
                plan.frame(year).names.territory
            ),
            "bổ sung reference cho dòng này trong tệp biểu mẫu, hoặc dùng --history với kết quả năm trước",
        ),
    };
    let name = format!("Chỉ tiêu {} ({})", indicator.id, indicator.short_title);
    Some(Finding::new(code, cause, cure.to_owned()).in_year(year).label(name))
}
