//! Every input field of a unit's workbook, declared once: the template writer, the reader and the findings share it.

mod book;
pub mod explain;
pub mod rules;

pub use crate::plan::rule::{CHECK_SHEET, PRINT_SHEET};
pub use book::FormBook;

use crate::domain::{
    CellAddress, ColumnId, ColumnRole, FieldId, FieldKind, IndicatorId, Meaning, RowCode, RowId, TableId,
    Unit, Year,
};
use crate::plan::rule::RowFigure;
use crate::plan::{Plan, ReferenceBasis};
use chrono::NaiveDate;
use ecow::EcoString;
use rules::MadeOut;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// Name of the very hidden sheet that identifies a template and lists its input cells.
///
/// Column A holds a key and column B its value in the rows above the table ([`KEY_PLAN`] …, one a row); then comes the
/// row [`TABLE_HEADER`] and one row per input cell. All of it is ASCII text but the labels and sheet names.
pub const IDENTITY_SHEET: &str = "_xhht";
/// Name of the very hidden sheet that works it out.
pub const CHECK_WORK_SHEET: &str = "_kiem_tra";
/// Name of the first sheet of a return copy, where what was found is listed.
pub const RETURN_SHEET: &str = "Nhận xét";
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
    /// People of whom its figures tell, by the roster: of a local unit its own, of any other body those of all local units.
    /// `None` where the roster does not say.
    pub population: Option<u64>,
    /// The day it is due.
    pub due: NaiveDate,
    /// What the smaller units are called that the roster counts, for example “xã”.
    pub communes: EcoString,
    /// Visible sheets in order, shared by the forms of all units that are asked the same.
    pub sheets: Arc<[FormSheet]>,
    /// Where each field stands on them.
    places: Arc<HashMap<FieldId, Place>>,
    /// The rules made out for them, once somebody asks.
    rules: Arc<OnceLock<MadeOut>>,
}

/// Where a field stands: sheet, table, row and field, each by its place among its like.
type Place = [usize; 4];

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
    /// Whether a locked column to the right of them shows the share that follows from what was typed.
    pub has_shares: bool,
    /// Relative widths of the locked columns after that, where last year's values stand.
    pub previous_widths: Vec<f32>,
}

impl FormSheet {
    /// Last column of input cells.
    pub fn last_input_column(&self) -> u16 {
        FIRST_INPUT_COLUMN + (self.widths.len() as u16).saturating_sub(1)
    }

    /// The column of computed shares, where there is one.
    pub fn share_column(&self) -> Option<u16> {
        self.has_shares.then(|| self.last_input_column() + 1)
    }

    /// First of the columns of last year's values.
    pub fn first_previous_column(&self) -> u16 {
        self.last_input_column() + 1 + u16::from(self.has_shares)
    }

    /// Last column in use: of last year's values, of shares, or of input cells where no table shows any.
    pub fn last_column(&self) -> u16 {
        self.first_previous_column() - 1 + self.previous_widths.len() as u16
    }
}

/// A table: a title row, a head row, a row of column codes, then the entries.
#[derive(Debug, Clone)]
pub struct FormTable {
    /// Id in the plan.
    pub id: TableId,
    /// Title.
    pub title: String,
    /// Row of the title; head and column codes stand in the two rows below it.
    pub title_row: u32,
    /// Ids and heads of the input columns.
    pub columns: Vec<(ColumnId, String)>,
    /// Spreadsheet columns and heads of last year's values.
    pub previous: Vec<(u16, String)>,
    /// The columns, by their place, of which the first is shown as a share of the second.
    pub share: Option<(usize, usize)>,
    /// Entries.
    pub rows: Vec<FormRow>,
    /// Last spreadsheet column of the sheet: the last input column is merged up to it.
    pub last_column: u16,
}

/// An entry.
#[derive(Debug, Clone)]
pub struct FormRow {
    /// Id in the plan; rows repeated over units or tasks share it.
    pub id: RowId,
    /// Row code, the first part of its field ids.
    pub code: RowCode,
    /// Number shown in front.
    pub number: String,
    /// Label.
    pub label: String,
    /// What it counts and where the figures come from, a line; empty where the plan says nothing.
    pub hint: String,
    /// What is counted.
    pub measure: String,
    /// Spreadsheet row.
    pub row: u32,
    /// Whether it is tall enough for several lines.
    pub tall: bool,
    /// What the plan says of it to rules.
    pub figures: &'static [RowFigure],
    /// What its amounts are not expected to exceed.
    pub ceiling: Option<Decimal>,
    /// Its input cells, one a column.
    pub fields: Arc<[Field]>,
}

impl FormRow {
    /// What a sender chooses in the row's status column to say this of its figures.
    pub fn status_text(&self, means: Meaning) -> Option<&str> {
        let status = self.fields.iter().find(|field| field.role == Some(ColumnRole::RowStatus))?;
        status.kind.choice(means)
    }
}

/// An input cell.
#[derive(Debug, Clone)]
pub struct Field {
    /// Id.
    pub id: FieldId,
    /// Tab of its sheet.
    pub sheet: EcoString,
    /// Cell.
    pub cell: CellAddress,
    /// What it holds.
    pub kind: FieldKind,
    /// What is counted in its row, as the plan words it; may be empty.
    pub measure: EcoString,
    /// What the sender sees: row label and column head.
    pub label: EcoString,
    /// Row code.
    pub row_code: RowCode,
    /// Column code.
    pub column_code: ColumnId,
    /// What it means to the checks.
    pub role: Option<ColumnRole>,
    /// Whether it must be filled.
    pub required: bool,
    /// The indicator that needs an answer here: “no standard yet” and “nothing occurred” are none.
    pub owed_to: Option<Arc<Owed>>,
    /// How its reference figure is computed, for a denominator; [`Form::reference`] gives it.
    pub reference_basis: Option<ReferenceBasis>,
    /// The locked cell that shows last year's value, where its column has one. It stands there, blank, also when
    /// nothing is known.
    pub previous: Option<CellAddress>,
}

/// An indicator that a row must give a figure or a yes or no to: its standard exists in the form's year, and what the row
/// counts can be lacking in no unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The first report year with a standard, where the plan names it.
    pub standard_since: Option<Year>,
}

impl Field {
    /// Whether an item that means this is no answer here.
    pub fn refuses(&self, means: Meaning) -> bool {
        self.owed_to.is_some() && matches!(means, Meaning::NoStandard | Meaning::None)
    }
}

impl Form {
    /// The form of a unit in a year. Whoever needs many forms keeps a [`FormBook`].
    pub fn for_unit(plan: &Plan, unit: &Unit, year: Year) -> Form {
        FormBook::new(plan).form_for(unit, year)
    }

    /// Every row of every sheet.
    pub fn rows(&self) -> impl Iterator<Item = &FormRow> {
        self.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.rows)
    }

    /// Every input cell.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.rows().flat_map(|row| row.fields.iter())
    }

    /// An input cell by its field id.
    pub fn field(&self, id: &FieldId) -> Option<&Field> {
        self.field_in_table(id).map(|(_, field)| field)
    }

    /// An input cell by its field id, with its table.
    pub fn field_in_table(&self, id: &FieldId) -> Option<(&FormTable, &Field)> {
        let [sheet, table, row, field] = *self.places.get(id)?;
        let table = self.sheets.get(sheet)?.tables.get(table)?;
        Some((table, table.rows.get(row)?.fields.get(field)?))
    }

    /// The reference figure of a denominator, worked out from the roster; used only for bounds.
    pub fn reference(&self, field: &Field) -> Option<Decimal> {
        let figure = match field.reference_basis?.for_unit(&self.unit) {
            ReferenceBasis::PopulationShare(share) | ReferenceBasis::PerCommuneElseShare(_, share) => {
                Decimal::from(self.population?) * share
            }
            ReferenceBasis::PerCommune(each) => Decimal::from(self.unit.communes_on(self.due)?) * each,
        };
        let whole = figure.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        // Where there are some people there may be one school; nought would be no reference at all.
        Some(if figure.is_zero() { whole } else { whole.max(Decimal::ONE) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanSources;
    use std::collections::BTreeSet;

    fn form(code: &str, year: Year) -> Form {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let unit = plan.roster(year).into_iter().find(|u| u.code.as_str() == code).unwrap().clone();
        Form::for_unit(&plan, &unit, year)
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
        let reference = |id| form.reference(form.field(&FieldId::parse(id).unwrap()).unwrap());
        // Tân An: 145 120 × 0,60 = 87 072; 13 communes on 10/12/2024 × 1 = 13.
        assert_eq!(reference("nltt.tong"), Some(87_072.into()));
        assert_eq!(reference("tt_htcd.tong"), Some(13.into()));
        assert_eq!(reference("nltt.dat"), None);
    }

    #[test]
    fn figures_and_choices_have_a_cell_for_last_year_right_of_every_input() {
        for code in ["794", "SGDDT", "SLDTBXH", "HKH"] {
            let form = form(code, 2024);
            for sheet in form.sheets.iter() {
                let rows = || sheet.tables.iter().flat_map(|table| &table.rows);
                for field in rows().flat_map(|row| row.fields.iter()) {
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
        // Seven input columns from E to K, the computed share in L: last year stands from M on.
        assert_eq!(previous("nltt.tong").as_deref(), Some("M8"));
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
        assert_eq!(asked(2026).iter().filter(|code| code.as_str().starts_with("huyen_ht.2")).count(), 60);
    }
}
