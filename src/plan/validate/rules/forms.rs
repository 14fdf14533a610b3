//! Which forms a plan has in its life, as rules see them: every row any of them can have, and each form that is like no
//! other.

use crate::domain::{FieldId, Indicator, Reporter, RowCode, Unit, UnitCode};
use crate::plan::bodies::Bodies;
use crate::plan::rule::{self, RuleCell, RuleInput};
use crate::plan::{KeyTask, PlannedSheet, Repeat, TaskGroup};
use ::rule::Names;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of the plan that say which forms there are.
pub(in crate::plan::validate) struct Forms<'a> {
    pub sheets: &'a [PlannedSheet],
    pub bodies: Bodies<'a>,
    pub task_groups: &'a [TaskGroup],
    pub key_tasks: &'a [KeyTask],
    pub indicators: &'a [Indicator],
    /// The days on which reports are due.
    pub due: Vec<NaiveDate>,
}

/// A form that is like no other: who fills it, on which days it is due, its cells and what their names stand for.
pub(super) struct FormKind<'r> {
    pub due: Vec<NaiveDate>,
    pub names: Names<RuleInput>,
    pub cells: Vec<RuleCell<'r>>,
}

/// A row of some form: codes of what it repeats over made out.
pub(super) struct Row<'a> {
    sheet: usize,
    table: usize,
    row: usize,
    code: RowCode,
    /// On whom alone it is laid, where it is not everybody's.
    only: Option<&'a UnitCode>,
}

impl<'a> Forms<'a> {
    /// Every row any form can have.
    pub(super) fn rows(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        for (s, sheet) in self.sheets.iter().enumerate() {
            for (t, table) in sheet.tables.iter().enumerate() {
                for (r, row) in table.rows.iter().enumerate() {
                    let mut add = |code: RowCode, only: Option<&'a UnitCode>| {
                        rows.push(Row { sheet: s, table: t, row: r, code, only });
                    };
                    match &table.repeat {
                        None => add(RowCode::once(&row.id), None),
                        Some(Repeat::Units(level)) => {
                            let units = self.bodies.units.iter().filter(|unit| unit.level == *level);
                            let codes: BTreeSet<RowCode> =
                                units.map(|unit| RowCode::for_unit(&row.id, &unit.code)).collect();
                            codes.into_iter().for_each(|code| add(code, None));
                        }
                        Some(Repeat::TaskGroups) => {
                            let groups = self.task_groups.iter();
                            groups.for_each(|group| add(RowCode::numbered(&row.id, group.number), None));
                        }
                        // Rules for the rows of key tasks make sense before the plan has any.
                        Some(Repeat::KeyTasks) if self.key_tasks.is_empty() => {
                            add(RowCode::numbered(&row.id, 0), None);
                        }
                        Some(Repeat::KeyTasks) => {
                            for task in self.key_tasks {
                                add(RowCode::numbered(&row.id, task.number), Some(&task.lead));
                            }
                        }
                    }
                }
            }
        }
        rows
    }

    /// Each form that is like no other, over all years.
    pub(super) fn kinds<'r>(&self, rows: &'r [Row<'a>]) -> Vec<FormKind<'r>>
    where
        'a: 'r,
    {
        let named = self.named();
        let mut alike = BTreeSet::new();
        let mut kinds: BTreeMap<Vec<bool>, Vec<NaiveDate>> = BTreeMap::new();
        for day in &self.due {
            for unit in self.bodies.units.iter().filter(|unit| unit.validity.covers(*day)) {
                let own = named.get(&unit.code);
                if alike.insert((*day, &unit.level.0, own)) {
                    let asked = rows.iter().map(|row| self.is_asked(row, unit, *day)).collect();
                    kinds.entry(asked).or_default().push(*day);
                }
            }
        }
        let kind = |(asked, due): (Vec<bool>, Vec<NaiveDate>)| {
            let of_form = rows.iter().zip(asked).filter(|(_, asked)| *asked).map(|(row, _)| row);
            let cells = self.cells(of_form);
            FormKind { due, names: rule::names(&cells), cells }
        };
        kinds.into_iter().map(kind).collect()
    }

    /// The units that are asked something by name, or may have taken it over.
    fn named(&self) -> BTreeSet<&'a UnitCode> {
        let of =
            self.sheets.iter().flat_map(PlannedSheet::everybody_asked).filter_map(
                |reporter| match reporter {
                    Reporter::Unit(code) => Some(code),
                    Reporter::Level(_) => None,
                },
            );
        let took_over = self.bodies.heirs();
        of.chain(self.key_tasks.iter().map(|task| &task.lead)).chain(took_over).collect()
    }

    /// Whether a unit's form that is due on a day has the row.
    fn is_asked(&self, row: &Row<'_>, unit: &Unit, day: NaiveDate) -> bool {
        let sheet = &self.sheets[row.sheet];
        let table = &sheet.tables[row.table];
        let parts = [&sheet.asked, &table.asked, &table.rows[row.row].asked];
        let is = |reporter: &Reporter| self.bodies.is_asked(reporter, unit, day);
        parts.into_iter().all(|asked| asked.in_report(day, is))
            && row.only.is_none_or(|only| self.bodies.bears(only, unit, day))
    }

    /// The cells of rows.
    pub(super) fn cells<'r>(&self, rows: impl Iterator<Item = &'r Row<'a>>) -> Vec<RuleCell<'r>>
    where
        'a: 'r,
    {
        let mut cells = Vec::new();
        for row in rows {
            let table = &self.sheets[row.sheet].tables[row.table];
            let plan = &table.rows[row.row];
            for column in &table.columns {
                // What is counted may be called otherwise later; it is no other kind of figure.
                let kind = plan.kind_in(table, column, NaiveDate::MIN);
                let id = FieldId::new(&row.code, &column.id);
                cells.push(RuleCell {
                    table: &table.id,
                    row: &plan.id,
                    code: &row.code,
                    column: &column.id,
                    id,
                    kind,
                    of_row: plan.figures(),
                });
            }
        }
        cells
    }
}
