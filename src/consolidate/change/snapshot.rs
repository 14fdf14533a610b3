//! A run as its result file tells it, as far as runs are compared.

use crate::check::decision::Correction;
use crate::consolidate::history::result_file::{
    IndicatorPart, OLDER, ReadValues, ResultFile, SCHEMA, UnitPart,
};
use crate::domain::{Aim, Direction, FieldId, IndicatorId, Percent, UnitCode, Year};
use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Report year.
    pub year: Year,
    /// The day the figures stand at.
    pub as_of: NaiveDate,
    /// Id and hash of the plan.
    pub plan: (String, String),
    /// Version of the program.
    pub program: EcoString,
    /// Units of the roster.
    pub units: BTreeMap<UnitCode, UnitOfRun>,
    /// Results.
    pub figures: BTreeMap<IndicatorId, Figure>,
    /// By indicator, what stands for the denominators nobody reported, as text.
    pub(super) assumed: BTreeMap<IndicatorId, String>,
    /// What was decided, by unit and field, as text.
    decisions: BTreeSet<(Option<UnitCode>, Option<FieldId>, String)>,
}

/// A unit in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitOfRun {
    /// Name.
    pub name: String,
    /// How it stands, in the words of the result file.
    pub status: EcoString,
    /// Its files by name.
    pub files: BTreeMap<EcoString, FileOfRun>,
    /// What it reported that is used.
    pub values: ReadValues,
}

/// A file in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileOfRun {
    /// Hash of its content.
    pub sha256: EcoString,
    /// Whether its figures are used.
    pub chosen: bool,
}

/// A result in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Numerator.
    pub numerator: Decimal,
    /// Denominator.
    pub denominator: Decimal,
    /// In percent.
    pub percent: Option<Percent>,
    /// Lowest and highest possible result in percent.
    pub bounds: (Option<Percent>, Option<Percent>),
    /// Target, and from which side it is reached.
    pub aim: Option<Aim>,
    /// How many gave the figure.
    pub reported: usize,
    /// How many owe it.
    pub expected: usize,
    /// Verdict, in the words of [`crate::consolidate::Verdict::code`].
    pub verdict: EcoString,
}

/// A waiver as far as it is compared.
type Waived = BTreeMap<EcoString, serde_json::Value>;

impl Snapshot {
    /// Reads the JSON result of a run.
    ///
    /// # Errors
    /// Why the text is not such a result, in Vietnamese.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: ResultFile<Vec<Waived>, Vec<Correction>, IgnoredAny> =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
                format!("không đúng mẫu kết quả (dòng {}, cột {})", error.line(), error.column())
            })?;
        if file.schema != SCHEMA && !OLDER.contains(&file.schema.as_str()) {
            return Err(format!("mẫu “{}” không phải {SCHEMA}", file.schema));
        }
        let mut decisions = BTreeSet::new();
        for mut waiver in file.waivers {
            // How many findings it took follows from the files.
            waiver.remove("findings");
            let word = |key: &str| waiver.get(key).and_then(serde_json::Value::as_str).map(EcoString::from);
            let cells = waiver.get("cells").and_then(serde_json::Value::as_array).into_iter().flatten();
            let named = cells.filter_map(|cell| cell.get("field")?.as_str());
            let named: Vec<FieldId> = named
                .chain(word("field").as_deref())
                .filter_map(|field| FieldId::parse(field).ok())
                .collect();
            let (unit, text) = (word("unit").map(UnitCode), said(&waiver));
            if named.is_empty() {
                decisions.insert((unit, None, text));
            } else {
                decisions.extend(named.into_iter().map(|field| (unit.clone(), Some(field), text.clone())));
            }
        }
        for correction in file.corrections {
            let (unit, field) = (correction.unit.clone(), correction.field.clone());
            decisions.insert((Some(unit), Some(field), said(&correction)));
        }
        let assumed = |part: &IndicatorPart| (IndicatorId(part.id.clone()), said(&part.assumed));
        Ok(Snapshot {
            assumed: file.indicators.iter().map(assumed).collect(),
            year: file.year,
            as_of: file.as_of,
            plan: (file.plan.id, file.plan.sha256),
            program: file.tool.version,
            units: file.units.into_iter().map(unit).collect(),
            figures: file.indicators.into_iter().map(figure).collect(),
            decisions,
        })
    }

    /// What was decided about a field of a unit; without one, what was decided about the unit as a whole.
    pub(super) fn decided_on(&self, unit: &UnitCode, field: Option<&FieldId>) -> Vec<&str> {
        let of_it =
            self.decisions.iter().filter(|(of, at, _)| of.as_ref() == Some(unit) && at.as_ref() == field);
        of_it.map(|(.., said)| said.as_str()).collect()
    }

    /// How many units reported.
    pub fn reported(&self) -> usize {
        self.units.values().filter(|unit| matches!(unit.status.as_str(), "reported" | "late")).count()
    }
}

impl UnitOfRun {
    /// Hashes of the files whose figures are used.
    pub(super) fn used(&self) -> BTreeSet<&EcoString> {
        self.files.values().filter(|file| file.chosen).map(|file| &file.sha256).collect()
    }
}

/// A decision as text: equal decisions are written alike.
fn said(decision: &impl serde::Serialize) -> String {
    serde_json::to_string(decision).unwrap_or_default()
}

fn unit(part: UnitPart) -> (UnitCode, UnitOfRun) {
    let files = part.files.into_iter();
    let files = files.map(|file| (file.path, FileOfRun { sha256: file.sha256, chosen: file.chosen }));
    let unit = UnitOfRun {
        name: part.name,
        status: part.status,
        files: files.collect(),
        values: part.values.unwrap_or_default(),
    };
    (part.code, unit)
}

fn figure(part: IndicatorPart) -> (IndicatorId, Figure) {
    let is_lower = part.better.as_deref() == Some(Direction::Lower.code());
    let direction = if is_lower { Direction::Lower } else { Direction::Higher };
    let figure = Figure {
        numerator: part.numerator.normalize(),
        denominator: part.denominator.normalize(),
        percent: part.percent,
        bounds: (part.lower, part.upper),
        aim: part.target.map(|percent| Aim { direction, percent }),
        reported: part.coverage.reported,
        expected: part.coverage.expected,
        verdict: part.verdict,
    };
    (IndicatorId(part.id), figure)
}
