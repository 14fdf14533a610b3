//! The result for other programs: `ket-qua-xhht-Y.json`, schema `xhht/ket-qua/2`.
//!
//! [`SCHEMA`] is the JSON Schema of the file. Numerators and denominators are exact decimal strings; percentages are
//! decimal strings rounded half-up to ten places. Other programs rely on the keys: change them only with the version.

mod lines;
mod series;
mod values;

use crate::check::decision::Waiver;
use crate::check::{Ledger, UnitFile, UnitState};
use crate::consolidate::history::result_file::{
    self, AssumedPart, ComparisonPart, CoveragePart, FilePart, IndicatorPart, LedgerPart, PlanPart,
    ResultFile, ToolPart, UnitFigurePart, UnitPart,
};
use crate::consolidate::{
    Comparison, Consolidated, Contribution, IndicatorResult, PastYear, Snapshot, UnitResult,
};
use crate::domain::exact::rounded;
use crate::domain::{Direction, Percent, Year};
use crate::error::Error;
use crate::finding::Finding;
use crate::form::FormBook;
use crate::plan::Plan;
use lines::Lines;
use rust_decimal::Decimal;
use serde::Serialize;

pub use result_file::{AskedPart, OutputFile, WrittenFiles};

/// The JSON Schema of the result.
pub const SCHEMA: &str = include_str!("ket-qua-2.schema.json");

/// A waiver that was applied, and how many findings it took.
#[derive(Serialize)]
struct WaiverPart<'a> {
    #[serde(flatten)]
    waiver: &'a Waiver,
    findings: usize,
}

/// Writes the result, which names the other files of the run.
///
/// # Errors
/// [`Error::Internal`] when the result cannot be put into JSON.
pub fn write(
    plan: &Plan,
    results: &Consolidated,
    findings: &[Finding],
    written: &WrittenFiles,
) -> Result<Vec<u8>, Error> {
    let decided = &results.decided;
    let values = values::by_unit(results);
    let forms = FormBook::new(plan);
    let unit = |state: &UnitState| unit(state, values::of_unit(plan, &forms, results, &values, state));
    let file = ResultFile {
        schema: result_file::SCHEMA.into(),
        plan: PlanPart { id: plan.id.clone(), version: plan.version.clone(), sha256: plan.sha256.clone() },
        year: results.year,
        as_of: results.as_of,
        tool: ToolPart { version: env!("CARGO_PKG_VERSION").into() },
        units: results.units.iter().map(unit).collect(),
        indicators: results.indicators.iter().map(|result| indicator(result, results.year)).collect(),
        series: series::part(plan, results.year, &results.over_years, &results.indicators),
        ledger: ledger(&results.ledger),
        waivers: decided.waivers.iter().map(waiver).collect::<Vec<_>>(),
        corrections: decided.corrections.iter().map(|(correction, _)| correction).collect::<Vec<_>>(),
        findings,
        asked: written.asked,
        outputs: written.outputs.clone(),
    };
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Lines::default());
    file.serialize(&mut serializer)
        .map_err(|error| Error::Internal(format!("không ghi được kết quả JSON: {error}")))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What the file of a result tells later years, without a file in between: both ways give the same.
///
/// # Errors
/// [`Error::Internal`] when what is written cannot be read.
pub fn remembered(plan: &Plan, results: &Consolidated) -> Result<PastYear, Error> {
    let written = write(plan, results, &[], &WrittenFiles::default())?;
    PastYear::read(&String::from_utf8_lossy(&written))
        .map_err(|why| Error::Internal(format!("kết quả vừa ghi {why}")))
}

/// A run as its result file tells it, to be compared with others.
///
/// # Errors
/// [`Error::Internal`] when what is written cannot be read.
pub fn told(plan: &Plan, results: &Consolidated) -> Result<Snapshot, Error> {
    let written = write(plan, results, &[], &WrittenFiles::default())?;
    Snapshot::read(&String::from_utf8_lossy(&written))
        .map_err(|why| Error::Internal(format!("kết quả vừa ghi {why}")))
}

fn waiver((waiver, findings): &(Waiver, usize)) -> WaiverPart<'_> {
    WaiverPart { waiver, findings: *findings }
}

fn unit<V>(unit: &UnitState, values: V) -> UnitPart<V> {
    let file = |file: &UnitFile| FilePart {
        path: file.file.path.as_str().into(),
        sha256: file.file.sha256.as_str().into(),
        chosen: file.chosen,
    };
    UnitPart {
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind.clone(),
        status: unit.status.code().into(),
        files: unit.files.iter().map(file).collect(),
        values: Some(values),
    }
}

fn indicator(result: &IndicatorResult, year: Year) -> IndicatorPart {
    let (targets, direction) = (&result.indicator.targets, result.indicator.direction);
    let national = targets.national_of(result.target.map_or(year, |(year, _)| year));
    let bounds = result.is_judged().then(|| result.bounds());
    IndicatorPart {
        id: result.indicator.id.0.clone(),
        numerator: exact(result.total.numerator),
        denominator: exact(result.total.denominator),
        percent: result.percent().map(percent),
        better: (direction == Direction::Lower).then(|| direction.code().into()),
        lower: bounds.map(|(lower, _)| percent(lower)),
        upper: bounds.map(|(_, upper)| percent(upper)),
        target: result.target.map(|(_, target)| percent(target)),
        target_source: result.target.map(|(year, _)| targets.source(year).code().into()),
        target_act: result.target.and_then(|(year, _)| targets.act_of(year)).map(Into::into),
        national_target: national.map(|(_, target)| percent(target)),
        national_counted: national.and(targets.national_counted.as_deref()).map(Into::into),
        needed: result.needed.map(exact),
        verdict: result.verdict.code().into(),
        flags: result.flags.iter().map(|flag| flag.code().into()).collect(),
        comparison: ComparisonPart {
            kind: result.comparison.code().into(),
            before: result.comparison.pair().map(|(before, _)| percent(before)),
            now: result.comparison.pair().map(|(_, now)| percent(now)),
            units: match result.comparison {
                Comparison::Matched { units, .. } => Some(units),
                _ => None,
            },
        },
        assumed: assumed(result),
        coverage: CoveragePart { reported: result.coverage.reported, expected: result.coverage.expected },
        by_unit: result.by_unit.iter().map(by_unit).collect(),
    }
}

/// The denominators that are assumed for silent units, in the roster's order.
fn assumed(result: &IndicatorResult) -> Vec<AssumedPart> {
    let part = |contribution: &Contribution| {
        let assumed = contribution.assumed()?;
        Some(AssumedPart {
            unit: contribution.term.reporter.clone(),
            field: contribution.term.fields.denominator()?.to_string().into(),
            figure: exact(assumed.figure),
            highest: exact(assumed.highest),
            source: assumed.source.code().into(),
            year: assumed.source.year(),
        })
    };
    result.contributions.iter().filter(|_| result.is_judged()).filter_map(part).collect()
}

fn by_unit(unit: &UnitResult) -> UnitFigurePart {
    UnitFigurePart {
        unit: unit.unit.clone(),
        numerator: unit.share.map(|share| exact(share.numerator)),
        denominator: unit.share.map(|share| exact(share.denominator)),
        percent: unit.share.and_then(|share| share.percent()).map(percent),
        status: unit.status.code().into(),
    }
}

fn ledger(ledger: &Ledger) -> LedgerPart {
    LedgerPart {
        filled: ledger.filled,
        used: ledger.used,
        superseded: ledger.superseded,
        rejected: ledger.rejected_in_all(),
        ignored: ledger.ignored_in_all(),
    }
}

/// Without trailing zeros, so that equal numbers are written alike.
fn exact(number: Decimal) -> Decimal {
    number.normalize()
}

fn percent(percent: Percent) -> Decimal {
    rounded(percent)
}
