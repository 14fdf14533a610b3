//! Every input field of a unit's workbook, declared once: the template writer, the reader and the findings share it.

pub mod rules;

pub use crate::domain::display::capitalised;
pub use crate::plan::rule::CHECK_SHEET;

use crate::domain::{
    CellAddress, Choice, ChoiceList, ColumnRole, FieldId, FieldKind, Indicator, LevelName, Unit, Year,
};
use crate::plan::{ColumnPlan, Plan, ReferenceBasis, Repeat, RowPlan, SheetPlan, TablePlan};
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use std::sync::Arc;

/// Name of the very hidden sheet that identifies a template and lists its input cells.
///
/// Column A holds a key and column B its value in the rows above the table ([`KEY_PLAN`] …, one a row); then comes the
/// row [`TABLE_HEADER`] and one row per input cell. All of it is ASCII text but the labels and sheet names.
pub const IDENTITY_SHEET: &str = "_xhht";
/// Name of the very hidden sheet that works it out.
pub const CHECK_WORK_SHEET: &str = "_kiem_tra";
/// Key of the plan id, on the sheet and among the custom properties.
pub const KEY_PLAN: &str = "xhht_plan";
/// Key of the plan version.
pub const KEY_PLAN_VERSION: &str = "xhht_plan_version";
/// Key of the report year.
pub const KEY_YEAR: &str = "xhht_year";
/// Key of the unit code.
pub const KEY_UNIT: &str = "xhht_unit";
/// Heads of the table of input cells.
pub const TABLE_HEADER: [&str; 5] = ["field", "sheet", "cell", "kind", "label"];

/// Column of the row codes on every sheet of a template: the visible code by which a value can still be found.
pub const CODE_COLUMN: u16 = 0;
/// Column of the row numbers.
pub const NUMBER_COLUMN: u16 = 1;
/// Column of the row labels.
pub const LABEL_COLUMN: u16 = 2;
/// Column of the units of measure.
pub const MEASURE_COLUMN: u16 = 3;
/// First column of input cells.
pub const FIRST_INPUT_COLUMN: u16 = 4;
/// Relative widths of a column of last year's figures, of its choices, and of a column that stands alone.
const FIGURE_WIDTH: f32 = 0.85;
const WORDS_WIDTH: f32 = 1.2;
const LONE_WIDTH: f32 = 1.9;
/// Rows above the first table: heading, reporting unit, hint.
const ROWS_ABOVE: u32 = 3;

/// The workbook one unit fills in one year: where everything stands.
#[derive(Debug, Clone)]
pub struct Form {
    /// Plan id.
    pub plan_id: String,
    /// Plan version.
    pub plan_version: String,
    /// Report year.
    pub year: Year,
    /// Who fills it.
    pub unit: Unit,
    /// Visible sheets in order.
    pub sheets: Vec<FormSheet>,
}

/// A visible sheet.
#[derive(Debug, Clone)]
pub struct FormSheet {
    /// Name on the tab.
    pub tab: String,
    /// Heading.
    pub heading: String,
    /// Tables from top to bottom.
    pub tables: Vec<FormTable>,
    /// Relative widths of the input columns, from [`FIRST_INPUT_COLUMN`] on.
    pub widths: Vec<f32>,
    /// Relative widths of the locked columns to the right of them, where last year's values stand.
    pub previous_widths: Vec<f32>,
}

impl FormSheet {
    /// Last column of input cells.
    pub fn last_input_column(&self) -> u16 {
        FIRST_INPUT_COLUMN + (self.widths.len() as u16).saturating_sub(1)
    }

    /// Last column in use: of last year's values, or of input cells where no table shows any.
    pub fn last_column(&self) -> u16 {
        self.last_input_column() + self.previous_widths.len() as u16
    }
}

/// A table: a title row, a head row, a row of column codes, then the entries.
#[derive(Debug, Clone)]
pub struct FormTable {
    /// Id in the plan.
    pub id: String,
    /// Title.
    pub title: String,
    /// Row of the title; head and column codes stand in the two rows below it.
    pub title_row: u32,
    /// Ids and heads of the input columns.
    pub columns: Vec<(String, String)>,
    /// Spreadsheet columns and heads of last year's values.
    pub previous: Vec<(u16, String)>,
    /// Entries.
    pub rows: Vec<FormRow>,
    /// Last spreadsheet column of the sheet: the last input column is merged up to it.
    pub last_column: u16,
}

/// An entry.
#[derive(Debug, Clone)]
pub struct FormRow {
    /// Id in the plan; rows repeated over units or tasks share it.
    pub id: String,
    /// Row code, the first part of its field ids.
    pub code: String,
    /// Number shown in front.
    pub number: String,
    /// Label.
    pub label: String,
    /// What is counted.
    pub measure: String,
    /// Spreadsheet row.
    pub row: u32,
    /// Whether it is tall enough for several lines.
    pub tall: bool,
    /// Its input cells, one a column.
    pub fields: Vec<Field>,
}

/// An input cell.
#[derive(Debug, Clone)]
pub struct Field {
    /// Id.
    pub id: FieldId,
    /// Tab of its sheet.
    pub sheet: String,
    /// Cell.
    pub cell: CellAddress,
    /// What it holds.
    pub kind: FieldKind,
    /// What the sender sees: row label and column head.
    pub label: String,
    /// Row code.
    pub row_code: String,
    /// Column code.
    pub column_code: String,
    /// What it means to the checks.
    pub role: Option<ColumnRole>,
    /// Whether it must be filled.
    pub required: bool,
    /// Reference figure from the roster, for a denominator; used only for bounds.
    pub reference: Option<Decimal>,
    /// How the reference figure was computed.
    pub reference_basis: Option<ReferenceBasis>,
    /// The locked cell that shows last year's value, where its column has one. It stands there, blank, also when
    /// nothing is known.
    pub previous: Option<CellAddress>,
}

impl Form {
    /// The form of a unit in a year.
    pub fn of(plan: &Plan, unit: &Unit, year: Year) -> Form {
        let asked: Vec<&Indicator> = plan.in_force(year).collect();
        let builder = Builder { plan, unit, year, day: plan.due_date(year), asked: &asked };
        let sheets = plan
            .sheets
            .iter()
            .filter(|sheet| sheet.audience.iter().any(|reporter| reporter.includes(unit)))
            .filter_map(|sheet| builder.sheet(sheet))
            .collect();
        Form {
            plan_id: plan.id.clone(),
            plan_version: plan.version.clone(),
            year,
            unit: unit.clone(),
            sheets,
        }
    }

    /// Every row of every sheet.
    pub fn rows(&self) -> impl Iterator<Item = &FormRow> {
        self.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.rows)
    }

    /// Every input cell.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.rows().flat_map(|row| &row.fields)
    }

    /// An input cell by its field id.
    pub fn field(&self, id: &FieldId) -> Option<&Field> {
        self.fields().find(|field| field.id == *id)
    }
}

struct Builder<'a> {
    plan: &'a Plan,
    unit: &'a Unit,
    year: Year,
    day: NaiveDate,
    asked: &'a [&'a Indicator],
}

impl Builder<'_> {
    fn sheet(&self, plan: &SheetPlan) -> Option<FormSheet> {
        let entries: Vec<(&TablePlan, Vec<Entry>)> = plan
            .tables
            .iter()
            .map(|table| (table, self.entries(table)))
            .filter(|(_, entries)| !entries.is_empty())
            .collect();
        let widths = shared_widths(entries.iter().map(|(table, _)| *table));
        let last_column = FIRST_INPUT_COLUMN + widths.len().checked_sub(1)? as u16;
        let words = plan.level(&self.plan.levels).map(|level| level.named_on(self.day));
        let (tab, heading) = (worded(words, &plan.tab), worded(words, &plan.heading));
        let previous_widths = previous_widths(entries.iter().map(|(table, _)| *table));
        let mut next = ROWS_ABOVE;
        let mut tables = Vec::new();
        for (table, entries) in entries {
            let title_row = next + 1;
            let previous: Vec<(u16, &ColumnPlan)> = (last_column + 1..).zip(compared(table)).collect();
            let rows: Vec<FormRow> = entries
                .into_iter()
                .zip(title_row + 3..)
                .map(|(entry, row)| self.row(&tab, table, &previous, entry, row))
                .collect();
            next = title_row + 3 + rows.len() as u32;
            let words = self.words(table);
            let columns = table.columns.iter().map(|c| (c.id.clone(), worded(words, &c.title))).collect();
            let previous = previous.into_iter().map(|(at, c)| (at, worded(words, &c.title))).collect();
            let title = worded(words, &table.title);
            let id = table.id.clone();
            tables.push(FormTable { id, title, title_row, columns, previous, rows, last_column });
        }
        Some(FormSheet { tab, heading, tables, widths, previous_widths })
    }

    /// The rows of a table for this unit and year: repeated where the plan says so, without those whose indicator is
    /// not in force.
    fn entries<'t>(&self, table: &'t TablePlan) -> Vec<Entry<'t>> {
        let in_force = |row: &&RowPlan| {
            row.indicator.as_ref().is_none_or(|id| self.asked.iter().any(|indicator| indicator.id == *id))
        };
        let words = self.words(table);
        let mut entries = Vec::new();
        for row in table.rows.iter().filter(in_force) {
            let mut add = |suffix: &str, number: String, name: &str, deadline: &str| {
                let label = worded(words, &row.label).replace("{ten}", name).replace("{han}", deadline);
                let code = if suffix.is_empty() { row.id.clone() } else { format!("{}.{suffix}", row.id) };
                entries.push(Entry { plan: row, code, number, label });
            };
            match &table.repeat {
                None => add("", row.number.clone(), "", ""),
                Some(Repeat::Units(level)) => {
                    for (i, unit) in self.plan.roster_of(self.year, level).iter().enumerate() {
                        add(
                            &unit.code.as_str().to_lowercase(),
                            (i + 1).to_string(),
                            &capitalised(&unit.name),
                            "",
                        );
                    }
                }
                Some(Repeat::TaskGroups) => {
                    for group in &self.plan.task_groups {
                        add(&group.number.to_string(), group.number.to_string(), &group.title, "");
                    }
                }
                Some(Repeat::KeyTasks) => {
                    for task in self.plan.key_tasks.iter().filter(|task| task.lead == self.unit.code) {
                        let number = task.number.to_string();
                        add(&number, number.clone(), &task.title, &task.deadline_text);
                    }
                }
            }
        }
        entries
    }

    fn row(
        &self,
        tab: &str,
        table: &TablePlan,
        previous: &[(u16, &ColumnPlan)],
        entry: Entry<'_>,
        row: u32,
    ) -> FormRow {
        let plan = entry.plan;
        let words = self.words(table);
        let reference_of =
            |column: &ColumnPlan| plan.reference.as_ref().filter(|reference| reference.column == column.id);
        let shown = |kind: &FieldKind, column: &ColumnPlan| {
            let (at, _) = previous.iter().find(|(_, shown)| shown.id == column.id)?;
            kind.is_compared().then(|| CellAddress::new(row, *at))
        };
        let fields = table
            .columns
            .iter()
            .zip(FIRST_INPUT_COLUMN..)
            .map(|(column, at)| Field {
                id: FieldId::of_cell(&entry.code, &column.id),
                sheet: tab.to_owned(),
                cell: CellAddress::new(row, at),
                kind: worded_kind(words, plan.kind.as_ref().unwrap_or(&column.kind)),
                label: label(&entry, &worded(words, &column.title), table),
                row_code: entry.code.clone(),
                column_code: column.id.clone(),
                role: column.role,
                required: plan.required.unwrap_or(column.required),
                reference: reference_of(column).and_then(|reference| self.reference(reference.basis)),
                reference_basis: reference_of(column).map(|reference| reference.basis),
                previous: shown(plan.kind.as_ref().unwrap_or(&column.kind), column),
            })
            .collect();
        FormRow {
            id: plan.id.clone(),
            code: entry.code,
            number: entry.number,
            label: entry.label,
            measure: plan
                .unit
                .as_ref()
                .or(table.unit.as_ref())
                .map(|unit| worded(words, unit))
                .unwrap_or_default(),
            row,
            tall: plan.tall || table.columns.iter().any(|column| column.tall),
            fields,
        }
    }

    /// How the level the table speaks of is named in the form's year.
    fn words(&self, table: &TablePlan) -> Option<&LevelName> {
        table.level(&self.plan.levels).map(|level| level.named_on(self.day))
    }

    fn reference(&self, basis: ReferenceBasis) -> Option<Decimal> {
        let figure = match basis {
            ReferenceBasis::PopulationShare(share) => Decimal::from(self.unit.population?) * share,
            ReferenceBasis::PerCommune(each) => Decimal::from(self.unit.communes_on(self.day)?) * each,
        };
        Some(figure.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// A row of the plan made out for one unit.
struct Entry<'a> {
    plan: &'a RowPlan,
    code: String,
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

fn label(entry: &Entry<'_>, column: &str, table: &TablePlan) -> String {
    if table.columns.len() == 1 { entry.label.clone() } else { format!("{} – {column}", entry.label) }
}

/// Relative widths of the input columns that several tables of a sheet share. The last column of a table does not
/// count while a wider table follows to its right: it is merged up to the sheet's last column.
fn shared_widths<'a>(tables: impl Iterator<Item = &'a TablePlan> + Clone) -> Vec<f32> {
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

/// The columns of a table beside which last year's values stand.
fn compared(table: &TablePlan) -> impl Iterator<Item = &ColumnPlan> {
    table.columns.iter().filter(|column| column.compared)
}

/// Relative widths of the columns of last year's values that several tables of a sheet share.
fn previous_widths<'a>(tables: impl Iterator<Item = &'a TablePlan>) -> Vec<f32> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanSources;
    use std::collections::BTreeSet;

    fn form(code: &str, year: Year) -> Form {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let unit = plan.roster(year).into_iter().find(|u| u.code.as_str() == code).unwrap().clone();
        Form::of(&plan, &unit, year)
    }

    #[test]
    fn who_fills_what_follows_from_the_plan() {
        let tabs = |code| form(code, 2024).sheets.iter().map(|s| s.tab.clone()).collect::<Vec<_>>();
        assert_eq!(tabs("794").len(), 7);
        assert!(tabs("SGDDT").contains(&"4. Huyện học tập".to_owned()));
        assert!(tabs("HKH").contains(&"Nhiệm vụ trọng tâm".to_owned()));
        assert!(!tabs("STC").contains(&"Nhiệm vụ trọng tâm".to_owned()), "leads no key task");
    }

    #[test]
    fn fields_are_unique_and_references_follow_the_roster() {
        let form = form("794", 2024);
        let ids: BTreeSet<&FieldId> = form.fields().map(|f| &f.id).collect();
        let cells: BTreeSet<_> = form.fields().map(|f| (&f.sheet, f.cell)).collect();
        assert_eq!(ids.len(), form.fields().count());
        assert_eq!(cells.len(), form.fields().count());
        let reference = |id| form.field(&FieldId::parse(id).unwrap()).unwrap().reference;
        // Tân An: 145 120 × 0,60 = 87 072; 13 communes on 10/12/2024 × 1 = 13.
        assert_eq!(reference("nltt.tong"), Some(87_072.into()));
        assert_eq!(reference("tt_htcd.tong"), Some(13.into()));
        assert_eq!(reference("nltt.dat"), None);
    }

    #[test]
    fn figures_and_choices_have_a_cell_for_last_year_right_of_every_input() {
        for code in ["794", "SGDDT", "SLDTBXH", "HKH"] {
            let form = form(code, 2024);
            for sheet in &form.sheets {
                let rows = || sheet.tables.iter().flat_map(|table| &table.rows);
                for field in rows().flat_map(|row| &row.fields) {
                    assert!(field.previous.is_none() || field.kind.is_compared(), "{}", field.id);
                    if let Some(cell) = field.previous {
                        assert_eq!(cell.row, field.cell.row);
                        assert!(
                            cell.column > sheet.last_input_column() && cell.column <= sheet.last_column()
                        );
                    }
                }
            }
        }
        let form = form("794", 2024);
        let previous = |id| form.field(&FieldId::parse(id).unwrap()).unwrap().previous.map(|c| c.to_string());
        // Seven input columns from E to K: last year stands from L on.
        assert_eq!(previous("nltt.tong").as_deref(), Some("L8"));
        // By the columns' own wish, by default, and never.
        assert!(previous("muc_th.muc").is_some() && previous("xmc_md2.dat").is_some());
        assert_eq!(previous("nltt.tinh_trang"), None);
        assert_eq!(previous("nltt.ty_le"), None);
        assert_eq!(previous("nv.1.lop"), None);
    }

    #[test]
    fn rows_of_indicators_no_longer_in_force_are_not_asked() {
        let asked = |year| {
            let form = form("SGDDT", year);
            form.rows().map(|row| row.code.clone()).collect::<Vec<_>>()
        };
        assert!(asked(2024).iter().any(|code| code == "huyen_ht.794"));
        assert!(!asked(2026).iter().any(|code| code == "huyen_ht.794"), "no district is left in 2026");
        assert_eq!(asked(2026).iter().filter(|code| code.starts_with("huyen_ht.la")).count(), 60);
    }
}
