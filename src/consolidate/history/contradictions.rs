//! Results of earlier years are not believed blindly: those of other plans and years, those that contradict themselves, and
//! two of one year that are not the same.

use super::{Doubt, History, PastIndicator, PastYear};
use crate::consolidate::terms;
use crate::domain::{Indicator, IndicatorId, Ratio, UnitCode, Year};
use crate::finding::{Code, Finding, Origin};
use crate::plan::Plan;
use ecow::EcoString;
use std::collections::BTreeSet;
use vietnamese::display::{number, plain};

/// Decimal places of percentages in sentences.
const PLACES: u32 = 2;

impl History {
    /// What is not to be believed of the years before one without being looked at again.
    pub(in crate::consolidate) fn doubts(&self, plan: &Plan, before: Year) -> Vec<Finding> {
        let of_years = self.years.range(..before).flat_map(|(_, past)| inside(plan, past));
        self.doubted.iter().map(Doubt::finding).chain(of_years).collect()
    }
}

/// Why a result is of no year that this plan tells of; `None` where it is of one.
pub(super) fn of_no_year(plan: &Plan, past: &PastYear) -> Option<Doubt> {
    let (year, file) = (past.year, past.file.clone());
    if past.plan != plan.id {
        let known = plan.predecessor(&past.plan).is_some();
        return (!known).then(|| Doubt::OtherPlan { year, plan: past.plan.clone(), file });
    }
    let years = (plan.first_year, plan.last_year);
    let is_inside = years.0 <= year && year <= years.1;
    (!is_inside).then_some(Doubt::OutsidePlan { year, years, file })
}

/// In what a second result of a year differs from the first; `None` where both say the same. `is_better`: the second is
/// used.
pub(super) fn between(known: &PastYear, other: &PastYear, is_better: bool) -> Option<Doubt> {
    let pairs = known.indicators.iter().filter_map(|(id, one)| Some((id, (one, other.indicators.get(id)?))));
    let differing = pairs.filter(|(_, (one, other))| differ(one, other));
    let indicators: Vec<IndicatorId> = differing.map(|(id, _)| id.clone()).collect();
    let (used, unused) = if is_better { (other, known) } else { (known, other) };
    (!indicators.is_empty()).then(|| Doubt::Another {
        year: known.year,
        used: used.file.clone(),
        unused: unused.file.clone(),
        indicators,
    })
}

/// Whether two sources contradict each other on an indicator: in the sums, where both have them, or in a unit both know.
fn differ(one: &PastIndicator, other: &PastIndicator) -> bool {
    let sums = one.whole.zip(other.whole);
    let units: Vec<&UnitCode> =
        one.numerators.keys().filter(|unit| other.numerators.contains_key(*unit)).collect();
    let of_unit = |past: &PastIndicator, unit: &UnitCode| {
        (past.numerators.get(unit).copied(), past.denominators.get(unit).copied())
    };
    let in_unit = |unit: &&UnitCode| of_unit(one, unit) != of_unit(other, unit);
    let in_percent = || {
        let percents = one.percent.zip(other.percent).filter(|_| sums.is_none() && units.is_empty());
        percents.is_some_and(|(one, other)| {
            let places = one.scale().min(other.scale());
            one.round_dp(places) != other.round_dp(places)
        })
    };
    sums.is_some_and(|(one, other)| one != other) || units.iter().any(in_unit) || in_percent()
}

/// Where the result of a year contradicts itself, or holds more than there was.
fn inside(plan: &Plan, past: &PastYear) -> Vec<Finding> {
    let of_indicator = |(id, known): (&IndicatorId, &PastIndicator)| {
        let indicator = plan.indicator(id)?;
        let indicator = plan.worded(indicator, past.year);
        let found = [
            sums(&indicator, past, known),
            percent(&indicator, past, known),
            surplus(plan, &indicator, past, known),
        ];
        Some(found.into_iter().flatten().collect::<Vec<_>>())
    };
    past.indicators.iter().filter_map(of_indicator).flatten().collect()
}

/// The units added are what the whole says. Of a predecessor only some of the units are known here.
fn sums(indicator: &Indicator, past: &PastYear, known: &PastIndicator) -> Option<Finding> {
    let whole = known.whole.filter(|_| past.territories.is_empty())?;
    let shares = known.numerators.iter();
    let shares = shares.filter_map(|(unit, n)| Some(Ratio::of(*n, *known.denominators.get(unit)?)));
    let sum = shares.reduce(Ratio::plus)?;
    // Units that have not said whether they hold a status are counted all the same.
    let is_share = indicator.kind.is_share_of_units();
    let agree = sum.numerator == whole.numerator && (is_share || sum.denominator == whole.denominator);
    let told = |ratio: Ratio| match is_share {
        true => plain(ratio.numerator),
        false => format!("{}/{}", plain(ratio.numerator), plain(ratio.denominator)),
    };
    let cause = format!(
        "trong kết quả năm {} các đơn vị cộng lại được {}, số chung ghi {}",
        past.year,
        told(sum),
        told(whole)
    );
    (!agree).then(|| about(Code::K012, indicator, past, cause).expected(told(sum)).read(told(whole)))
}

/// The percentage is what the numbers say, rounded as it is.
fn percent(indicator: &Indicator, past: &PastYear, known: &PastIndicator) -> Option<Finding> {
    let (whole, percent) = known.whole.zip(known.percent)?;
    let follows = whole.percent_to(percent.scale())?;
    let places = PLACES.max(percent.scale().min(10));
    let told = |percent| format!("{}%", number(percent, places));
    let cause = format!(
        "trong kết quả năm {} tỷ lệ ghi {}, nhưng {}/{} là {}",
        past.year,
        told(percent),
        plain(whole.numerator),
        plain(whole.denominator),
        told(follows)
    );
    let finding = || about(Code::K012, indicator, past, cause).expected(told(follows)).read(told(percent));
    (follows != percent).then(finding)
}

/// No more units have reported than were to.
fn surplus(plan: &Plan, indicator: &Indicator, past: &PastYear, known: &PastIndicator) -> Option<Finding> {
    // Who was to report in another territory is not this plan's to know.
    let terms = past.territories.is_empty().then(|| terms::of_indicator(plan, indicator, past.year))?;
    let owing: BTreeSet<&UnitCode> = terms.iter().map(|term| &term.about).collect();
    let told = known.coverage.map_or((0, owing.len()), |coverage| (coverage.reported, coverage.expected));
    let with_figures = known.numerators.len();
    let (reported, expected) = if with_figures > owing.len() { (with_figures, owing.len()) } else { told };
    let cause = format!(
        "kết quả năm {} có số của {reported} đơn vị, trong khi chỉ có {expected} đơn vị phải báo cáo",
        past.year
    );
    (reported > expected).then(|| {
        about(Code::K013, indicator, past, cause).expected(expected.to_string()).read(reported.to_string())
    })
}

fn about(code: Code, indicator: &Indicator, past: &PastYear, cause: String) -> Finding {
    let name = format!("Chỉ tiêu {} ({})", indicator.id, indicator.short_title);
    in_file(Finding::new(code, cause, code.info().cure), past.file.as_ref()).in_year(past.year).label(name)
}

fn in_file(finding: Finding, file: Option<&EcoString>) -> Finding {
    match file {
        Some(file) => finding.at(Origin::file(file.clone())),
        None => finding,
    }
}

impl Doubt {
    /// How it is told.
    fn finding(&self) -> Finding {
        let named = |file: &Option<EcoString>| match file {
            Some(file) => format!("“{file}”"),
            None => "một nguồn".to_owned(),
        };
        let (code, year, file, cause) = match self {
            Doubt::OtherPlan { year, plan, file } => {
                let cause =
                    format!("có kết quả năm {year} của kế hoạch “{plan}”, không phải của kế hoạch này");
                (Code::K010, *year, file, cause)
            }
            Doubt::OutsidePlan { year, years: (first, last), file } => {
                let cause = format!("có kết quả năm {year}, ngoài giai đoạn {first}–{last} của kế hoạch");
                (Code::K011, *year, file, cause)
            }
            Doubt::Another { year, used, unused, indicators } => {
                let ids: Vec<String> = indicators.iter().map(ToString::to_string).collect();
                let which = match (used, unused) {
                    (None, None) => "hai nguồn".to_owned(),
                    _ => format!("{} (được dùng) và {} (không dùng)", named(used), named(unused)),
                };
                let cause =
                    format!("{which} cùng là kết quả năm {year} mà khác nhau ở chỉ tiêu {}", ids.join(", "));
                (Code::K014, *year, unused, cause)
            }
        };
        in_file(Finding::new(code, cause, code.info().cure), file.as_ref()).in_year(year)
    }
}
