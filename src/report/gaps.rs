//! Who has not given what: per sum of the province the units that lack a figure, counted and named by formulas, so that
//! whatever names them changes with the figures.

use super::forms::{FormEntry, SheetOfUnits};
use super::model::{Cell, CellRef, ColumnKey, Formula, Operator, RowKey, Shown, TableKey};
use super::scene::Scene;
use super::tables::gaps;
use crate::consolidate::{Contribution, IndicatorResult};
use crate::domain::{ColumnRole, FieldId, IndicatorKind, UnitCode};
use crate::form::Field;
use crate::plan::SuperiorSource;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};
use vietnamese::display::first_of;

/// Units that are named; of more the rest is counted.
pub(super) const MOST_NAMED: usize = 5;
/// The sheet that lists all of them.
pub(super) const SHEET: &str = "Còn thiếu";

/// States of a pair.
pub(super) const COMPLETE: &str = "đủ";
/// Of a status there is nothing that could hold it.
pub(super) const NOTHING: &str = "không phát sinh";
pub(super) const LACKS_ONE: &str = "thiếu một số";
pub(super) const LACKS_BOTH: &str = "chưa có số liệu";
/// Stands for a size that nobody knows.
pub(super) const UNKNOWN: &str = "không rõ";

/// The pairs of an indicator by the unit they are about, in the roster's order.
pub(super) fn by_unit(result: &IndicatorResult) -> Vec<(&UnitCode, Vec<&Contribution>)> {
    let mut about: HashMap<&UnitCode, Vec<&Contribution>> = HashMap::new();
    for contribution in &result.contributions {
        about.entry(&contribution.term.about).or_default().push(contribution);
    }
    let units = result.by_unit.iter().map(|unit| &unit.unit);
    units.filter_map(|unit| Some((unit, about.remove(unit)?))).collect()
}

/// First and last row of an indicator's pairs; `None` when nobody owes it any.
pub(super) fn rows(result: &IndicatorResult) -> Option<(RowKey, RowKey)> {
    let [first, last] = [result.by_unit.first()?, result.by_unit.last()?].map(|unit| &unit.unit);
    let pairs = result.contributions.iter().filter(|pair| pair.term.about == *last).count();
    let id = &result.indicator.id;
    Some((gaps::row(id, first, 0), gaps::row(id, last, pairs.saturating_sub(1))))
}

/// How many of those who owe an indicator its figures gave them.
pub(super) fn coverage(result: &IndicatorResult) -> Cell {
    let cell = Cell::count(result.coverage.reported as u64);
    let Some((_, last)) = rows(result) else { return cell };
    let owing = Formula::number(result.by_unit.len() as u64);
    let lacking = Formula::cell(gaps::TABLE, last, gaps::SO_MANY);
    let given = Formula::binary(owing, Operator::Subtract, lacking);
    cell.follows(match result.indicator.kind {
        IndicatorKind::ProvinceFigure { .. } => {
            let some = Formula::binary(given, Operator::AtLeast, Formula::number(1));
            Formula::when(some, Formula::number(1), Formula::number(0))
        }
        _ => given,
    })
}

/// Who has not given an indicator's figures: “Chưa có số liệu dùng được: Đức Huệ, Mộc Hóa”; nothing when all have.
pub(super) fn lacking(scene: &Scene<'_>, result: &IndicatorResult) -> Cell {
    let lacking: Vec<&str> = lacking_units(result).map(|unit| scene.label(unit)).collect();
    let cell = Cell::plain(named(&lacking));
    match rows(result) {
        Some((_, last)) => cell.follows(names(gaps::TABLE, last)),
        None => cell,
    }
}

/// The units that have not given an indicator's figures.
pub(super) fn lacking_units(result: &IndicatorResult) -> impl Iterator<Item = &UnitCode> {
    result.by_unit.iter().filter(|unit| unit.status.is_lacking()).map(|unit| &unit.unit)
}

/// Fields of an entry that are summed side by side over its units.
pub(super) struct SumOfFields<'s, 'a> {
    pub entry: &'s FormEntry<'a>,
    pub fields: Vec<FieldId>,
}

impl SumOfFields<'_, '_> {
    /// The row of a unit.
    pub fn row(&self, unit: &UnitCode) -> RowKey {
        let fields: Vec<&str> = self.fields.iter().map(FieldId::as_str).collect();
        format!("{}|{unit}", fields.join("+")).into()
    }

    /// Whether a unit has not given all of them.
    pub fn lacks(&self, scene: &Scene<'_>, unit: &UnitCode) -> bool {
        self.fields.iter().any(|field| scene.forms.number(field, unit).is_none())
    }

    /// How many units have given all of them.
    pub fn coverage(&self, scene: &Scene<'_>) -> Cell {
        let given = self.entry.units.iter().filter(|(unit, _)| !self.lacks(scene, &unit.code)).count();
        let cell = Cell::count(given as u64);
        let Some((last, _)) = self.entry.units.last() else { return cell };
        let lacking = Formula::cell(gaps::OF_SUMS, self.row(&last.code), gaps::SO_MANY);
        let owing = Formula::number(self.entry.units.len() as u64);
        cell.follows(Formula::binary(owing, Operator::Subtract, lacking))
    }

    /// Who has not.
    pub fn lacking(&self, scene: &Scene<'_>) -> Cell {
        let lacking = self.entry.units.iter().filter(|(unit, _)| self.lacks(scene, &unit.code));
        let names: Vec<&str> = lacking.map(|(unit, _)| unit.short_name.as_str()).collect();
        let cell = Cell::plain(named(&names));
        match self.entry.units.last() {
            Some((last, _)) => cell.follows(self::names(gaps::OF_SUMS, self.row(&last.code))),
            None => cell,
        }
    }
}

/// The fields of an entry that are summed side by side; `None` when no form has them.
pub(super) fn sum_of<'s, 'a>(scene: &'s Scene<'a>, fields: &[&FieldId]) -> Option<SumOfFields<'s, 'a>> {
    let entry = scene.forms.entry_of(fields.first()?)?;
    Some(SumOfFields { entry, fields: fields.iter().map(|field| (*field).clone()).collect() })
}

/// The sums of fields that a sheet shows beside who has not given them, each once.
pub(super) fn sums<'s, 'a>(scene: &'s Scene<'a>) -> Vec<SumOfFields<'s, 'a>> {
    let rows = scene.plan.superior_form.iter().flat_map(|form| &form.rows);
    let of_superior = rows.filter_map(|row| match &row.from {
        SuperiorSource::Fields { whole, part } => {
            let fields: Vec<&FieldId> = whole.iter().chain(part).collect();
            sum_of(scene, &fields)
        }
        _ => None,
    });
    let titles = titles(scene).into_iter().filter_map(|(_, _, fields)| {
        let fields: Vec<&FieldId> = fields.iter().map(|field| &field.id).collect();
        sum_of(scene, &fields)
    });
    let institutions = scene.results.indicators.iter().filter_map(|result| match &result.indicator.kind {
        IndicatorKind::Ratio { parts } if parts.len() > 1 => Some(parts),
        _ => None,
    });
    let institutions =
        institutions.flatten().filter_map(|part| sum_of(scene, &[&part.denominator, &part.numerator]));
    let mut sums: Vec<SumOfFields<'_, '_>> = Vec::new();
    for sum in of_superior.chain(titles).chain(institutions) {
        if !sums.iter().any(|known| known.fields == sum.fields) {
            sums.push(sum);
        }
    }
    sums
}

/// The entries of titles: what there is, what is registered and what recognised.
pub(super) fn titles<'s, 'a>(
    scene: &'s Scene<'a>,
) -> Vec<(&'s SheetOfUnits<'a>, &'s FormEntry<'a>, [&'s Field; 3])> {
    let of_sheet = |sheet: &'s SheetOfUnits<'a>| sheet.entries().map(move |entry| (sheet, entry));
    let entries = scene.forms.sheets.iter().flat_map(of_sheet);
    let is_title = |(sheet, entry): (&'s SheetOfUnits<'a>, &'s FormEntry<'a>)| {
        let of = |role| entry.fields().iter().find(|field| field.role == Some(role));
        let whole = of(ColumnRole::Whole)?;
        Some((sheet, entry, [whole, of(ColumnRole::Registered)?, of(ColumnRole::Recognised)?]))
    };
    entries.filter_map(is_title).collect()
}

/// What is said of those who have given nothing.
pub(super) fn named(lacking: &[&str]) -> Shown {
    if lacking.is_empty() {
        return Shown::Blank;
    }
    Shown::text(format!("{LACKING}{}", first_of(lacking, MOST_NAMED, &others())))
}

const LACKING: &str = "Chưa có số liệu dùng được: ";

/// Those that are not named, and where they are.
fn others() -> String {
    format!("đơn vị khác (xem trang {SHEET})")
}

/// The same as it follows from the last row of a running list.
fn names(table: TableKey, last: RowKey) -> Formula {
    let at = |column| Formula::cell(table.clone(), last.clone(), column);
    Formula::filled(&NAMES, [at(gaps::SO_MANY), at(gaps::NAMES)])
}

/// Given are how many lack something and the first names.
static NAMES: LazyLock<Arc<Formula>> = LazyLock::new(|| {
    let join = |left, right| Formula::binary(left, Operator::Join, right);
    let most = || Formula::number(MOST_NAMED as u64);
    let first = || join(Formula::words(LACKING), Formula::Given(1));
    let more = Formula::binary(Formula::Given(0), Operator::Subtract, most());
    let rest = join(join(Formula::words(" và "), more), Formula::words(&format!(" {}", others())));
    let few = Formula::binary(most(), Operator::AtLeast, Formula::Given(0));
    let some = Formula::when(few, first(), join(first(), rest));
    Arc::new(Formula::when(Formula::equal(Formula::Given(0), Formula::number(0)), Formula::words(""), some))
});

/// A running list of the units that lack something: how many so far, and the names of the first.
pub(super) struct Running {
    table: TableKey,
    before: Option<RowKey>,
    count: usize,
    names: Vec<String>,
}

impl Running {
    /// An empty list in a table.
    pub fn new(table: TableKey) -> Self {
        Running { table, before: None, count: 0, names: Vec::new() }
    }

    /// The cells of a unit's row, of which one says whether it lacks something.
    pub fn cells(&mut self, row: &RowKey, name: &str, lacks: bool) -> [Cell; 2] {
        if lacks {
            self.count += 1;
            if self.count <= MOST_NAMED {
                self.names.push(name.to_owned());
            }
        }
        let own = |column: ColumnKey| Formula::cell(self.table.clone(), row.clone(), column);
        let above = |column: ColumnKey| match &self.before {
            Some(before) => Formula::Cell(CellRef::new(self.table.clone(), before.clone(), column)),
            None if column == gaps::NAMES => Formula::words(""),
            None => Formula::number(0),
        };
        let lacks = || own(gaps::LACKS);
        let so_many = Formula::binary(above(gaps::SO_MANY), Operator::Add, lacks());
        let first = Formula::equal(own(gaps::SO_MANY), Formula::number(1));
        let name = Formula::words(name);
        let joined = [Formula::words(", "), name.clone()].into_iter();
        let joined =
            joined.fold(above(gaps::NAMES), |left, right| Formula::binary(left, Operator::Join, right));
        let full =
            Formula::binary(own(gaps::SO_MANY), Operator::AtLeast, Formula::number(MOST_NAMED as u64 + 1));
        let added = Formula::when(first, name, Formula::when(full, above(gaps::NAMES), joined));
        let kept = Formula::equal(lacks(), Formula::number(0));
        let listed = Formula::when(kept, above(gaps::NAMES), added);
        self.before = Some(row.clone());
        [Cell::count(self.count as u64).follows(so_many), Cell::text(self.names.join(", ")).follows(listed)]
    }
}
