//! The result for other programs: `ket-qua-xhht-Y.json`, schema `xhht/ket-qua/1`.
//!
//! [`SCHEMA`] is the JSON Schema of the file. Numerators and denominators are exact decimal strings; percentages are
//! decimal strings rounded half-up to ten places. Other programs rely on the keys: change them only with the version.

use crate::check::decision::{Correction, Waiver};
use crate::check::{Ledger, UnitState, UnitStatus};
use crate::consolidate::{Consolidated, IndicatorResult, UnitResult};
use crate::domain::exact::PERCENT_PLACES;
use crate::domain::{Percent, Ratio, Year};
use crate::error::Error;
use crate::finding::Finding;
use crate::plan::Plan;
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

/// The JSON Schema of the result.
pub const SCHEMA: &str = include_str!("ket-qua-1.schema.json");

/// An output file written beside the result.
#[derive(Debug, Clone, Serialize)]
pub struct OutputFile {
    /// File name inside the output folder.
    pub path: String,
    /// SHA-256 of its content, lower-case hexadecimal.
    pub sha256: String,
}

#[derive(Serialize)]
struct ResultFile<'a> {
    schema: &'static str,
    plan: PlanPart<'a>,
    year: Year,
    as_of: NaiveDate,
    tool: ToolPart,
    units: Vec<UnitPart<'a>>,
    indicators: Vec<IndicatorPart<'a>>,
    ledger: LedgerPart,
    waivers: Vec<WaiverPart<'a>>,
    corrections: Vec<&'a Correction>,
    findings: &'a [Finding],
    outputs: &'a [OutputFile],
}

#[derive(Serialize)]
struct PlanPart<'a> {
    id: &'a str,
    version: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct ToolPart {
    version: &'static str,
}

#[derive(Serialize)]
struct UnitPart<'a> {
    code: &'a str,
    name: &'a str,
    kind: &'a str,
    status: &'static str,
    files: Vec<FilePart<'a>>,
}

#[derive(Serialize)]
struct FilePart<'a> {
    path: &'a str,
    sha256: &'a str,
    chosen: bool,
}

#[derive(Serialize)]
struct IndicatorPart<'a> {
    id: &'a str,
    numerator: String,
    denominator: String,
    percent: Option<String>,
    lower: String,
    upper: String,
    target: Option<String>,
    needed: Option<String>,
    verdict: &'static str,
    coverage: CoveragePart,
    by_unit: Vec<UnitFigurePart<'a>>,
}

#[derive(Serialize)]
struct CoveragePart {
    reported: usize,
    expected: usize,
}

#[derive(Serialize)]
struct UnitFigurePart<'a> {
    unit: &'a str,
    numerator: Option<String>,
    denominator: Option<String>,
    percent: Option<String>,
    status: &'static str,
}

/// A waiver that was applied, and how many findings it took.
#[derive(Serialize)]
struct WaiverPart<'a> {
    #[serde(flatten)]
    waiver: &'a Waiver,
    findings: usize,
}

#[derive(Serialize)]
struct LedgerPart {
    filled: usize,
    used: usize,
    superseded: usize,
    rejected: usize,
    ignored: usize,
}

/// Writes the result. `outputs` are the other files of the run.
///
/// # Errors
/// [`Error::Internal`] when the result cannot be put into JSON.
pub fn write(
    plan: &Plan,
    results: &Consolidated,
    findings: &[Finding],
    outputs: &[OutputFile],
) -> Result<Vec<u8>, Error> {
    let decided = &results.decided;
    let file = ResultFile {
        schema: "xhht/ket-qua/1",
        plan: PlanPart { id: &plan.id, version: &plan.version, sha256: &plan.sha256 },
        year: results.year,
        as_of: results.as_of,
        tool: ToolPart { version: env!("CARGO_PKG_VERSION") },
        units: results.units.iter().map(unit).collect(),
        indicators: results.indicators.iter().map(indicator).collect(),
        ledger: ledger(&results.ledger),
        waivers: decided
            .waivers
            .iter()
            .map(|(waiver, findings)| WaiverPart { waiver, findings: *findings })
            .collect(),
        corrections: decided.corrections.iter().map(|(correction, _)| correction).collect(),
        findings,
        outputs,
    };
    let mut bytes = serde_json::to_vec_pretty(&file)
        .map_err(|error| Error::Internal(format!("không ghi được kết quả JSON: {error}")))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn unit(unit: &UnitState) -> UnitPart<'_> {
    UnitPart {
        code: unit.code.as_str(),
        name: &unit.name,
        kind: &unit.kind,
        status: match unit.status {
            UnitStatus::Reported => "reported",
            UnitStatus::Late => "late",
            UnitStatus::Missing => "missing",
            UnitStatus::Rejected => "rejected",
        },
        files: unit
            .files
            .iter()
            .map(|file| FilePart { path: &file.file.path, sha256: &file.file.sha256, chosen: file.chosen })
            .collect(),
    }
}

fn indicator(result: &IndicatorResult) -> IndicatorPart<'_> {
    let (lower, upper) = result.bounds();
    IndicatorPart {
        id: &result.indicator.id.0,
        numerator: exact(result.total.numerator),
        denominator: exact(result.total.denominator),
        percent: result.percent().map(percent),
        lower: percent(lower),
        upper: percent(upper),
        target: result.target.map(|(_, target)| percent(target)),
        needed: result.needed.map(exact),
        verdict: result.verdict.code(),
        coverage: CoveragePart { reported: result.coverage.reported, expected: result.coverage.expected },
        by_unit: result.by_unit.iter().map(by_unit).collect(),
    }
}

fn by_unit(unit: &UnitResult) -> UnitFigurePart<'_> {
    UnitFigurePart {
        unit: unit.unit.as_str(),
        numerator: unit.share.map(|share: Ratio| exact(share.numerator)),
        denominator: unit.share.map(|share| exact(share.denominator)),
        percent: unit.share.and_then(|share| share.percent()).map(percent),
        status: unit.status.code(),
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

fn exact(number: Decimal) -> String {
    number.normalize().to_string()
}

fn percent(percent: Percent) -> String {
    exact(percent.round_dp_with_strategy(PERCENT_PLACES, RoundingStrategy::MidpointAwayFromZero))
}
