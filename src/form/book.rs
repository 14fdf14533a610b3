//! The forms of a plan: what a unit is asked in a year, laid out. Units that are asked the same share one layout.

use super::rules::MadeOut;
use super::{FIRST_INPUT_COLUMN, Field, Form, FormRow, FormSheet, FormTable, Owed, Place};
use crate::domain::{
    CellAddress, Choice, ChoiceList, ColumnRole, FieldId, FieldKind, Indicator, LevelName, Reporter, RowCode,
    Unit, Year,
};
use crate::plan::{Asked, KeyTask, Plan, PlannedColumn, PlannedRow, PlannedSheet, PlannedTable, Repeat};
use chrono::NaiveDate;
use ecow::EcoString;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use vietnamese::display::capitalised;

/// Relative widths of a column of last year's figures, of its choices, and of a column that stands alone.
const FIGURE_WIDTH: f32 = 0.85;
const WORDS_WIDTH: f32 = 1.2;
const LONE_WIDTH: f32 = 1.9;
/// Rows above the first table: heading, reporting unit, hint.
const ROWS_ABOVE: u32 = 3;

/// The forms of a plan, for any number of threads.
#[derive(Debug)]
pub struct FormBook<'a> {
    plan: &'a Plan,
    /// Everybody whom the plan asks something.
    reporters: Vec<&'a Reporter>,
    layouts: Mutex<BTreeMap<Shape, Layout>>,
}

/// What decides how a form is laid out and worded: the year, which of those the plan asks by name or level the unit is
/// one of, which key tasks it leads, and what its communes are called.
type Shape = (Year, Vec<usize>, Vec<u32>, EcoString);

/// What forms of one shape share: their sheets, where each field stands on them, and their rules.
#[derive(Debug, Clone)]
struct Layout {
    sheets: Arc<[FormSheet]>,
    places: Arc<HashMap<FieldId, Place>>,
    rules: Arc<OnceLock<MadeOut>>,
}

impl<'a> FormBook<'a> {
    /// A book of the plan's forms.
    pub fn new(plan: &'a Plan) -> Self {
        let mut reporters = Vec::new();
        for reporter in plan.sheets.iter().flat_map(PlannedSheet::everybody_asked) {
            if !reporters.contains(&reporter) {
                reporters.push(reporter);
            }
        }
        FormBook { plan, reporters, layouts: Mutex::default() }
    }

    /// The form of a unit in a year.
    pub fn form_for(&self, unit: &Unit, year: Year) -> Form {
        let plan = self.plan;
        let is = (0..).zip(&self.reporters).filter(|(_, reporter)| plan.is_asked(reporter, unit, year));
        let is = is.map(|(at, _)| at).collect();
        let led = plan
            .key_tasks
            .iter()
            .filter(|task| plan.leads(unit, task, year))
            .map(|task| task.number)
            .collect();
        let due = plan.due_date(year);
        let communes =
            plan.level(&unit.level).map_or_else(EcoString::new, |level| level.communes.as_str().into());
        let shape: Shape = (year, is, led, communes.clone());
        // A layout is a pure function of its shape: what a thread left behind is whole.
        let mut layouts = self.layouts.lock().unwrap_or_else(PoisonError::into_inner);
        let Layout { sheets, places, rules } = match layouts.get(&shape) {
            Some(known) => known.clone(),
            None => {
                let made = layout(plan, unit, year);
                layouts.insert(shape, made.clone());
                made
            }
        };
        Form {
            plan_id: plan.id.clone(),
            plan_version: plan.version.clone(),
            year,
            unit: unit.clone(),
            population: unit.population.or_else(|| people_of_all(plan, unit, year)),
            due,
            communes,
            sheets,
            places,
            rules,
        }
    }
}

/// The people of all local units, for a body that is none of them; `None` where one of them is not known.
fn people_of_all(plan: &Plan, body: &Unit, year: Year) -> Option<u64> {
    let local = &plan.levels.first()?.id;
    if body.level == *local {
        return None;
    }
    let roster = plan.roster(year).into_iter().filter(|unit| unit.level == *local);
    let people: Vec<u64> = roster.map(|unit| unit.population).collect::<Option<_>>()?;
    (!people.is_empty()).then(|| people.iter().sum())
}

fn layout(plan: &Plan, unit: &Unit, year: Year) -> Layout {
    let asked: Vec<&Indicator> = plan.in_force(year).collect();
    let builder = Builder { plan, unit, year, day: plan.due_date(year), asked: &asked };
    let sheets: Arc<[FormSheet]> = plan.sheets.iter().filter_map(|sheet| builder.sheet(sheet)).collect();
    let mut places = HashMap::new();
    for (s, sheet) in sheets.iter().enumerate() {
        for (t, table) in sheet.tables.iter().enumerate() {
            for (r, row) in table.rows.iter().enumerate() {
                for (f, field) in row.fields.iter().enumerate() {
                    places.entry(field.id.clone()).or_insert([s, t, r, f]);
                }
            }
        }
    }
    Layout { sheets, places: Arc::new(places), rules: Arc::default() }
}

struct Builder<'a> {
    plan: &'a Plan,
    unit: &'a Unit,
    year: Year,
    day: NaiveDate,
    asked: &'a [&'a Indicator],
}

impl Builder<'_> {
    /// Whether this unit is asked this year.
    fn is_asked(&self, asked: &Asked) -> bool {
        asked.in_report(self.day, |reporter| self.plan.is_asked(reporter, self.unit, self.year))
    }

    fn sheet(&self, plan: &PlannedSheet) -> Option<FormSheet> {
        if !self.is_asked(&plan.asked) {
            return None;
        }
        let entries: Vec<(&PlannedTable, Vec<MadeRow>)> = plan
            .tables
            .iter()
            .filter(|table| self.is_asked(&table.asked))
            .map(|table| (table, self.entries(table)))
            .filter(|(_, entries)| !entries.is_empty())
            .collect();
        let widths = shared_widths(entries.iter().map(|(table, _)| *table));
        let last_column = FIRST_INPUT_COLUMN + widths.len().checked_sub(1)? as u16;
        let words = plan.level(&self.plan.levels).map(|level| level.named_on(self.day));
        let called = plan.words.on(self.day);
        let (tab, heading) = (worded(words, &called.tab), worded(words, &called.heading));
        let previous_widths = previous_widths(entries.iter().map(|(table, _)| *table));
        let has_shares = entries.iter().any(|(table, _)| share(table).is_some());
        let first_previous = last_column + 1 + u16::from(has_shares);
        let shared_tab = EcoString::from(&tab);
        let mut next = ROWS_ABOVE;
        let mut tables = Vec::new();
        for (table, entries) in entries {
            let title_row = next + 1;
            let previous: Vec<(u16, &PlannedColumn)> = (first_previous..).zip(compared(table)).collect();
            let rows: Vec<FormRow> = entries
                .into_iter()
                .zip(title_row + 3..)
                .map(|(entry, row)| self.row(&shared_tab, table, &previous, entry, row))
                .collect();
            next = title_row + 3 + rows.len() as u32;
            let words = self.words(table);
            let columns =
                table.columns.iter().map(|c| (c.id.clone(), worded(words, c.title.on(self.day)))).collect();
            let previous =
                previous.into_iter().map(|(at, c)| (at, worded(words, c.title.on(self.day)))).collect();
            let title = worded(words, &self.plan.naming_bodies(table.title.on(self.day), self.year));
            let id = table.id.clone();
            let share = share(table);
            tables.push(FormTable { id, title, title_row, columns, previous, share, rows, last_column });
        }
        Some(FormSheet { tab, heading, tables, widths, has_shares, previous_widths })
    }

    /// The rows of a table for this unit and year: repeated where the plan says so, without those whose indicator is
    /// not in force.
    fn entries<'t>(&self, table: &'t PlannedTable) -> Vec<MadeRow<'t>> {
        let in_force = |row: &&PlannedRow| {
            row.indicator.as_ref().is_none_or(|id| self.asked.iter().any(|indicator| indicator.id == *id))
        };
        let words = self.words(table);
        let mut entries = Vec::new();
        for row in table.rows.iter().filter(|row| self.is_asked(&row.asked)).filter(in_force) {
            let called = row.words.on(self.day);
            let mut add = |code: RowCode, number: String, name: &str, deadline: &str| {
                let label = worded(words, &called.label).replace("{ten}", name).replace("{han}", deadline);
                entries.push(MadeRow { plan: row, code, number, label });
            };
            match &table.repeat {
                None => add(RowCode::once(&row.id), called.number.clone(), "", ""),
                Some(Repeat::Units(level)) => {
                    for (i, unit) in self.plan.roster_of(self.year, level).iter().enumerate() {
                        let code = RowCode::for_unit(&row.id, &unit.code);
                        add(code, (i + 1).to_string(), &capitalised(&unit.name), "");
                    }
                }
                Some(Repeat::TaskGroups) => {
                    for group in &self.plan.task_groups {
                        let code = RowCode::numbered(&row.id, group.number);
                        add(code, group.number.to_string(), &group.title, "");
                    }
                }
                Some(Repeat::KeyTasks) => {
                    let led = |task: &&KeyTask| self.plan.leads(self.unit, task, self.year);
                    for task in self.plan.key_tasks.iter().filter(led) {
                        let code = RowCode::numbered(&row.id, task.number);
                        add(code, task.number.to_string(), &task.title, &task.deadline_text);
                    }
                }
            }
        }
        entries
    }

    fn row(
        &self,
        tab: &EcoString,
        table: &PlannedTable,
        previous: &[(u16, &PlannedColumn)],
        entry: MadeRow<'_>,
        row: u32,
    ) -> FormRow {
        let plan = entry.plan;
        let words = self.words(table);
        let reference_of = |column: &PlannedColumn| {
            plan.reference.as_ref().filter(|reference| reference.column == column.id)
        };
        let called = plan.words.on(self.day);
        let measured = called.measure(table);
        let kind_of = |column: &PlannedColumn| worded_kind(words, &plan.kind_in(table, column, self.day));
        let shown = |kind: &FieldKind, column: &PlannedColumn| {
            let (at, _) = previous.iter().find(|(_, shown)| shown.id == column.id)?;
            kind.is_compared().then(|| CellAddress::new(row, *at))
        };
        let measure: EcoString = measured.map(|unit| worded(words, unit)).unwrap_or_default().into();
        let owed = self.owed(table, &entry);
        let owed_to = |column: &PlannedColumn, field: &FieldId| {
            let (owed, fields) = owed.as_ref()?;
            let answers = column.role == Some(ColumnRole::RowStatus) || fields.contains(field);
            answers.then(|| Arc::clone(owed))
        };
        let fields = table
            .columns
            .iter()
            .zip(FIRST_INPUT_COLUMN..)
            .map(|(column, at)| Field {
                id: FieldId::new(&entry.code, &column.id),
                sheet: tab.clone(),
                cell: CellAddress::new(row, at),
                kind: kind_of(column),
                label: label(&entry, &worded(words, column.title.on(self.day)), table).into(),
                row_code: entry.code.clone(),
                column_code: column.id.clone(),
                role: column.role,
                required: plan.required.unwrap_or(column.required),
                owed_to: owed_to(column, &FieldId::new(&entry.code, &column.id)),
                reference_basis: reference_of(column).map(|reference| reference.basis),
                previous: shown(plan.kind.as_ref().unwrap_or(&column.kind), column),
                measure: measure.clone(),
            })
            .collect();
        FormRow {
            id: plan.id.clone(),
            code: entry.code,
            number: entry.number,
            label: entry.label,
            hint: called.hint.as_deref().map(|hint| worded(words, hint)).unwrap_or_default(),
            measure: measure.into(),
            row,
            tall: plan.tall || table.columns.iter().any(|column| column.tall),
            figures: plan.figures(),
            ceiling: plan.ceiling,
            fields,
        }
    }

    /// The indicator that the row must give an answer to, and from which of its fields that is made.
    fn owed(&self, table: &PlannedTable, entry: &MadeRow<'_>) -> Option<(Arc<Owed>, Vec<FieldId>)> {
        let ids: Vec<FieldId> =
            table.columns.iter().map(|column| FieldId::new(&entry.code, &column.id)).collect();
        let exists =
            |indicator: &&&Indicator| indicator.standard_since.is_none_or(|since| since <= self.year);
        let made = |indicator: &&Indicator| -> Vec<FieldId> {
            ids.iter().filter(|field| indicator.kind.is_made_from(field)).cloned().collect()
        };
        let judging = self.asked.iter().filter(|_| !entry.plan.can_be_absent).filter(exists);
        judging.map(|indicator| (indicator, made(indicator))).find(|(_, fields)| !fields.is_empty()).map(
            |(indicator, fields)| {
                let Indicator { id, standard_since, .. } = indicator;
                (Arc::new(Owed { indicator: id.clone(), standard_since: *standard_since }), fields)
            },
        )
    }

    /// How the level the table speaks of is named in the form's year.
    fn words(&self, table: &PlannedTable) -> Option<&LevelName> {
        table.level(&self.plan.levels).map(|level| level.named_on(self.day))
    }
}

/// A row of the plan made out for one unit.
struct MadeRow<'a> {
    plan: &'a PlannedRow,
    code: RowCode,
    number: String,
    label: String,
}

fn worded(words: Option<&LevelName>, text: &str) -> String {
    words.map_or_else(|| text.to_owned(), |words| words.word(text))
}

/// The kind with the texts of its choices worded for the year; most lists name no level and stay shared.
fn worded_kind(words: Option<&LevelName>, kind: &FieldKind) -> FieldKind {
    match kind {
        FieldKind::Choice(list) if list.items.iter().any(|choice| choice.text.contains('{')) => {
            let word = |choice: &Choice| Choice { text: worded(words, &choice.text), means: choice.means };
            let items = list.items.iter().map(word).collect();
            FieldKind::Choice(Arc::new(ChoiceList { id: list.id.clone(), items }))
        }
        other => other.clone(),
    }
}

fn label(entry: &MadeRow<'_>, column: &str, table: &PlannedTable) -> String {
    if table.columns.len() == 1 { entry.label.clone() } else { format!("{} – {column}", entry.label) }
}

/// Relative widths of the input columns that several tables of a sheet share. The last column of a table does not
/// count while a wider table follows to its right: it is merged up to the sheet's last column.
fn shared_widths<'a>(tables: impl Iterator<Item = &'a PlannedTable> + Clone) -> Vec<f32> {
    let most = tables.clone().map(|table| table.columns.len()).max().unwrap_or(0);
    let mut widths = vec![0.0_f32; most];
    for table in tables {
        let merged = table.columns.len() < most;
        let counted = table.columns.len() - usize::from(merged);
        for (width, column) in widths.iter_mut().zip(&table.columns[..counted]) {
            *width = width.max(column.width);
        }
    }
    widths
}

/// The columns of part and whole, by their place, in a table that has both.
fn share(table: &PlannedTable) -> Option<(usize, usize)> {
    let place = |role| table.columns.iter().position(|column| column.role == Some(role));
    let part = place(ColumnRole::Part).or_else(|| place(ColumnRole::Recognised))?;
    Some((part, place(ColumnRole::Whole)?))
}

/// The columns of a table beside which last year's values stand.
fn compared(table: &PlannedTable) -> impl Iterator<Item = &PlannedColumn> {
    table.columns.iter().filter(|column| column.compared)
}

/// Relative widths of the columns of last year's values that several tables of a sheet share.
fn previous_widths<'a>(tables: impl Iterator<Item = &'a PlannedTable>) -> Vec<f32> {
    let mut widths: Vec<f32> = Vec::new();
    for table in tables {
        for (i, column) in compared(table).enumerate() {
            let width = if matches!(column.kind, FieldKind::Choice(_)) { WORDS_WIDTH } else { FIGURE_WIDTH };
            match widths.get_mut(i) {
                Some(shared) => *shared = shared.max(width),
                None => widths.push(width),
            }
        }
    }
    // A column alone must still hold the head that several share.
    if let [alone] = widths.as_mut_slice() {
        *alone = alone.max(LONE_WIDTH);
    }
    widths
}
