//! Live checks: what the rules of the plan and the required cells say, as formulas that follow every keystroke.
//!
//! A very hidden sheet works everything out: one row for each place of a rule, one for each form row with required
//! cells. The sheet “Kiểm tra”, the line above each sheet's tables and the colours of the cells only show what stands
//! there.

mod hidden;
mod places;
mod state;
mod visible;

pub(super) use hidden::write as write_work;
pub(super) use visible::write as write_sheet;

use super::Values;
use super::style::Styles;
use crate::domain::cell::Content;
use crate::domain::{CellAddress, ColumnRole, FieldId, FieldKind, Meaning};
use crate::finding::RuleCode;
use crate::form::rules::{FormRule, Standing};
use crate::form::{CHECK_WORK_SHEET, FIRST_INPUT_COLUMN, Field, Form, FormSheet};
use crate::plan::Plan;
use crate::plan::rule::RuleInput;
use rule::Ruling;
use rust_xlsxwriter::{ConditionalFormatFormula, Workbook, Worksheet, XlsxError};
use sheet::{Expression, Function, Operator, Reference, put};
use state::State;
use std::collections::HashMap;

/// Name of the cells that tell, place by place, whether a rule is broken, and of those that tell the state of each input
/// cell: conditional formats of other sheets may not name a sheet in every version of Excel, but they may use a name.
const BROKEN: &str = "kiem_tra_sai";
const STATES: &str = "kiem_tra_o";
/// Row of the line above the tables of a sheet.
const STATUS_ROW: u32 = 3;

/// How much something weighs to the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    /// Should be looked at.
    Doubt = 1,
    /// Must be filled.
    Blank = 2,
    /// Must be mended or explained.
    Fault = 3,
}

/// A rule at a place of the form.
struct Place<'a> {
    rule: &'a FormRule,
    /// Which line of the sheet “Kiểm tra” it belongs to.
    line: usize,
    /// Which sheet of the form a finding stands on.
    sheet: usize,
    /// What it weighs when it is broken; a rule that is only tried weighs nothing.
    grade: Option<Grade>,
    outcome: Ruling,
}

impl Place<'_> {
    fn is_broken(&self) -> bool {
        self.outcome == Ruling::Violated
    }
}

/// A line of the sheet “Kiểm tra”: a rule at one place or many.
struct Line<'a> {
    /// At the first of them.
    rule: &'a FormRule,
    /// What it says there; where it says different things, all of them.
    sentence: String,
    /// Its places, which follow one another.
    first: usize,
    last: usize,
}

/// An input cell.
struct CellCheck<'a> {
    field: &'a Field,
    /// Which sheet of the form it stands on.
    sheet: usize,
    /// The unit of measure as it may follow a figure; `None` in a cell that takes none.
    suffix: Option<String>,
    content: Option<&'a Content>,
    state: State,
    /// What it says to rules.
    value: Option<Content>,
}

/// A row of the form with required cells.
struct RequiredRow<'a> {
    sheet: usize,
    /// Their places among all input cells.
    cells: Vec<usize>,
    /// The cell in which the row says that no figures are to be expected, and the texts that say so.
    excuse: Option<(&'a Field, Vec<String>)>,
    /// How many are asked for, and how many of them are blank.
    asked: usize,
    blank: usize,
}

/// Something to do.
struct Task<'a> {
    grade: Grade,
    /// The cell to go to.
    field: &'a Field,
    text: String,
}

/// Everything the live checks of one template show.
pub(super) struct Checks<'a> {
    plan: &'a Plan,
    form: &'a Form,
    previous: Option<&'a Values>,
    places: Vec<Place<'a>>,
    lines: Vec<Line<'a>>,
    cells: Vec<CellCheck<'a>>,
    required: Vec<RequiredRow<'a>>,
}

impl<'a> Checks<'a> {
    /// What the rules say while `filled` stands in the input cells.
    pub fn new(plan: &'a Plan, form: &'a Form, previous: Option<&'a Values>, filled: &'a Values) -> Self {
        let cells = cell_checks(form, filled);
        // Rules go by what is meant, not by what stands there: a cell that is wrong says nothing to them.
        let meant = |cell: &CellCheck<'_>| Some((cell.field.id.clone(), cell.value.clone()?));
        let read: Values = cells.iter().filter_map(meant).collect();
        let values = Standing { plan, form, previous, filled: &read };
        let mut rules: Vec<&FormRule> = form.rules(plan).iter().collect();
        // Rules that are only tried come last.
        rules.sort_by_key(|rule| rule.plan.trial);
        let (mut places, mut lines) = (Vec::new(), Vec::new());
        for (line, same) in by_line(rules).into_iter().enumerate() {
            let (first, last) = (places.len(), places.len() + same.len() - 1);
            lines.push(Line { rule: same[0], sentence: sentence(&same), first, last });
            places.extend(same.into_iter().map(|rule| Place {
                rule,
                line,
                sheet: sheet_of(form, &rule.bound.at),
                grade: grade(rule),
                outcome: rule.bound.rule.evaluate(&values),
            }));
        }
        let required = required_rows(form, &cells, filled);
        Checks { plan, form, previous, places, lines, cells, required }
    }

    /// Rows of the hidden sheet that are in use.
    fn rows(&self) -> usize {
        self.places.len() + self.cells.len() + self.required.len()
    }

    /// Names what the conditional formats go by.
    pub fn define_names(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let (places, cells) = (self.places.len(), self.cells.len());
        if places > 0 {
            workbook.define_name(BROKEN, &format!("={}", hidden::cells(hidden::BROKEN, 0, places - 1)))?;
        }
        if cells > 0 {
            let states = hidden::cells(hidden::VERDICT, places, places + cells - 1);
            workbook.define_name(STATES, &format!("={states}"))?;
        }
        Ok(())
    }

    /// The line above the tables of a sheet, and the colours of its cells.
    pub fn write_on(
        &self,
        worksheet: &mut Worksheet,
        sheet: &FormSheet,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        let Some(index) = self.form.sheets.iter().position(|other| other.tab == sheet.tab) else {
            return Ok(());
        };
        self.write_status(worksheet, STATUS_ROW, Some(index), styles)?;
        worksheet.set_row_height(STATUS_ROW, 20)?;
        self.color_states(worksheet, sheet, styles)?;
        for (at, place) in (1_u32..).zip(&self.places) {
            let cells = self.cells_on(place, sheet);
            let (Some(first), Some(grade)) = (cells.first(), place.grade) else { continue };
            let range = cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let style = if grade == Grade::Fault { &styles.broken } else { &styles.doubtful };
            let broken = Expression::call(Function::Index, [Expression::Name(BROKEN.into()), at.into()]);
            let format = ConditionalFormatFormula::new()
                .set_rule(broken.is(Operator::Equal, 1.into()).to_string().as_str())
                .set_multi_range(range)
                .set_format(style);
            worksheet.add_conditional_format(first.row, first.column, first.row, first.column, &format)?;
        }
        Ok(())
    }

    /// Colours the cells of each table that hold what they do not take. The cells of a table follow one another on the
    /// hidden sheet, row by row.
    fn color_states(
        &self,
        worksheet: &mut Worksheet,
        sheet: &FormSheet,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        for table in &sheet.tables {
            let (Some(first), Some(last)) = (table.rows.first(), table.rows.last()) else { continue };
            let Some(start) = first.fields.first().and_then(|field| self.place_of(&field.id)) else {
                continue;
            };
            let columns = table.columns.len();
            let last_column = FIRST_INPUT_COLUMN + columns as u16 - 1;
            // Rows and columns count from 1 in a formula, as do the states under their name.
            let rows = Expression::call(Function::Row, []).minus((first.row + 1).into()).in_brackets();
            let across = Expression::call(Function::Column, []).minus(u32::from(FIRST_INPUT_COLUMN).into());
            let at = rows.times(columns.into()).plus(across).plus(start.into());
            let state = Expression::call(Function::Index, [Expression::Name(STATES.into()), at]);
            for (wanted, style) in [(State::Wrong, &styles.broken), (State::Odd, &styles.doubtful)] {
                let rule = state.clone().is(Operator::Equal, (wanted as u32).into()).to_string();
                let format = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(style);
                worksheet.add_conditional_format(
                    first.row,
                    FIRST_INPUT_COLUMN,
                    last.row,
                    last_column,
                    &format,
                )?;
            }
        }
        Ok(())
    }

    fn place_of(&self, field: &FieldId) -> Option<usize> {
        self.cells.iter().position(|cell| cell.field.id == *field)
    }

    /// The cell of the hidden sheet, for formulas there, that holds what a field says to rules.
    fn meant_at(&self, field: &FieldId) -> Option<Reference> {
        let row = hidden::FIRST_ROW + (self.places.len() + self.place_of(field)?) as u32;
        Some(Reference::to_cell(CellAddress::new(row, hidden::VALUE)))
    }

    /// What is still wrong and missing on a sheet, or on all of them: red until nothing is.
    fn write_status(
        &self,
        worksheet: &mut Worksheet,
        row: u32,
        sheet: Option<usize>,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        let status = put::live(&self.status_formula(sheet), self.counts(sheet).in_words());
        worksheet.write_formula_with_format(row, 0, status, &styles.status)?;
        let looks = [(self.is_clean_formula(sheet), &styles.good), (true.into(), &styles.bad)];
        for (formula, style) in looks {
            let format = ConditionalFormatFormula::new()
                .set_rule(formula.to_string().as_str())
                .set_format(style)
                .set_stop_if_true(true);
            worksheet.add_conditional_format(row, 0, row, 0, &format)?;
        }
        Ok(())
    }

    /// The input cells of a sheet that a rule speaks of, notes and explanations aside.
    fn cells_on(&self, place: &Place<'_>, sheet: &FormSheet) -> Vec<CellAddress> {
        let mut cells: Vec<CellAddress> = Vec::new();
        for name in place.rule.bound.rule.references() {
            let RuleInput::Field(id) = &name.referent.id else { continue };
            let Some(field) = self.form.field(id).filter(|field| field.sheet == sheet.tab) else { continue };
            let is_note = field.kind == FieldKind::Text && place.rule.bound.at != *id;
            if !name.previous && !is_note && !cells.contains(&field.cell) {
                cells.push(field.cell);
            }
        }
        cells
    }

    fn counts(&self, sheet: Option<usize>) -> Counts {
        let mut counts = Counts::default();
        let here = |other: usize| sheet.is_none_or(|sheet| sheet == other);
        let broken = self.places.iter().filter(|place| here(place.sheet) && place.is_broken());
        let states = self.cells.iter().filter(|cell| here(cell.sheet)).filter_map(|cell| cell.grade());
        for grade in broken.filter_map(|place| place.grade).chain(states) {
            match grade {
                Grade::Fault => counts.faults += 1,
                Grade::Doubt => counts.doubts += 1,
                Grade::Blank => {}
            }
        }
        for row in self.required.iter().filter(|row| here(row.sheet)) {
            counts.asked += row.asked;
            counts.blank += row.blank;
        }
        counts
    }

    /// What is to be done, the gravest first.
    fn to_do(&self) -> Vec<Task<'_>> {
        let places = self.places.iter().filter(|place| place.is_broken()).filter_map(|place| {
            let plan = &place.rule.plan;
            let text = format!("{} ({})", plan.title, plan.code);
            Some(Task { grade: place.grade?, field: self.form.field(&place.rule.bound.at)?, text })
        });
        let cells = self.cells.iter().filter_map(|cell| {
            let text = state::advice(cell.field, cell.state);
            Some(Task { grade: cell.grade()?, field: cell.field, text })
        });
        let required = self.required.iter().filter(|row| row.blank > 0).filter_map(|row| {
            let field = self.cells.get(*row.cells.first()?)?.field;
            Some(Task { grade: Grade::Blank, field, text: hidden::FILL.to_owned() })
        });
        let mut tasks: Vec<Task<'_>> = places.chain(cells).chain(required).collect();
        tasks.sort_by_key(|task| std::cmp::Reverse(task.grade));
        tasks
    }

    /// A column of the hidden sheet over all its rows.
    fn whole_column(&self, at: u16) -> Expression {
        hidden::cells(at, 0, self.rows().saturating_sub(1)).into()
    }

    /// How much is to be done of a grade, of a sheet or of all.
    fn count_formula(&self, grade: Grade, sheet: Option<usize>) -> Expression {
        let bound = |sign: &str, grade: usize| Expression::from(format!("{sign}{}", grade * hidden::GRADE));
        let orders = || self.whole_column(hidden::ORDER);
        let [from, to] = [bound(">=", grade as usize), bound("<", grade as usize + 1)];
        let mut criteria = vec![orders(), from, orders(), to];
        if let Some(sheet) = sheet {
            criteria.extend([self.whole_column(hidden::SHEET), sheet_number(sheet)]);
        }
        Expression::call(Function::CountIfs, criteria)
    }

    fn blank_formula(&self, sheet: Option<usize>) -> Expression {
        self.required_formula(hidden::REQUIRED_BLANK, sheet)
    }

    fn asked_formula(&self, sheet: Option<usize>) -> Expression {
        self.required_formula(hidden::REQUIRED_ASKED, sheet)
    }

    fn required_formula(&self, what: u16, sheet: Option<usize>) -> Expression {
        match sheet {
            Some(sheet) => {
                let sheets = self.whole_column(hidden::SHEET);
                let arguments = [sheets, sheet_number(sheet), self.whole_column(what)];
                Expression::call(Function::SumIf, arguments)
            }
            None => Expression::call(Function::Sum, [self.whole_column(what)]),
        }
    }

    fn status_formula(&self, sheet: Option<usize>) -> Expression {
        let (faults, doubts) =
            (self.count_formula(Grade::Fault, sheet), self.count_formula(Grade::Doubt, sheet));
        let to_look_at = Expression::from(", ").then(doubts.clone()).then(" chỗ cần xem lại");
        let doubts = Expression::when(doubts.is(Operator::Greater, 0.into()), to_look_at, "".into());
        Expression::from("Còn ")
            .then(faults)
            .then(" lỗi, ")
            .then(self.blank_formula(sheet))
            .then(" ô chưa nhập")
            .then(doubts)
    }

    fn is_clean_formula(&self, sheet: Option<usize>) -> Expression {
        let left = self.count_formula(Grade::Fault, sheet).plus(self.blank_formula(sheet));
        left.is(Operator::Equal, 0.into())
    }
}

impl CellCheck<'_> {
    fn grade(&self) -> Option<Grade> {
        match self.state {
            State::Wrong => Some(Grade::Fault),
            State::Odd => Some(Grade::Doubt),
            State::Blank | State::Fits => None,
        }
    }
}

/// The number of a sheet on the hidden sheet, from 1.
fn sheet_number(index: usize) -> Expression {
    (index + 1).into()
}

/// What a status line counts.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    faults: usize,
    doubts: usize,
    asked: usize,
    blank: usize,
}

impl Counts {
    fn in_words(self) -> String {
        let doubts =
            if self.doubts > 0 { format!(", {} chỗ cần xem lại", self.doubts) } else { String::new() };
        format!("Còn {} lỗi, {} ô chưa nhập{doubts}", self.faults, self.blank)
    }
}

/// A rule has one line; lines stand in the order of their first places.
fn by_line(rules: Vec<&FormRule>) -> Vec<Vec<&FormRule>> {
    let mut lines: Vec<Vec<&FormRule>> = Vec::new();
    let mut line_of: HashMap<RuleCode, usize> = HashMap::new();
    for rule in rules {
        let line = *line_of.entry(rule.plan.code).or_insert(lines.len());
        if line == lines.len() {
            lines.push(Vec::new());
        }
        lines[line].push(rule);
    }
    lines
}

/// What a rule says at all its places: the same words once.
fn sentence(same: &[&FormRule]) -> String {
    let mut said: Vec<&str> = Vec::new();
    for rule in same {
        if !said.contains(&rule.sentence.as_str()) {
            said.push(&rule.sentence);
        }
    }
    let [first, rest @ ..] = said.as_slice() else { return String::new() };
    rest.iter().fold((*first).to_owned(), |all, next| format!("{all}; {}", rule::lower_first(next)))
}

fn grade(rule: &FormRule) -> Option<Grade> {
    let grade = if rule.plan.is_grave() { Grade::Fault } else { Grade::Doubt };
    (!rule.plan.trial).then_some(grade)
}

fn sheet_of(form: &Form, field: &FieldId) -> usize {
    let tab = form.field(field).map(|field| field.sheet.as_str());
    form.sheets.iter().position(|sheet| Some(sheet.tab.as_str()) == tab).unwrap_or_default()
}

/// Every input cell, in the order of the form.
fn cell_checks<'a>(form: &'a Form, filled: &'a Values) -> Vec<CellCheck<'a>> {
    let mut found = Vec::new();
    for (index, sheet) in form.sheets.iter().enumerate() {
        for row in sheet.tables.iter().flat_map(|table| &table.rows) {
            for field in row.fields.iter() {
                let suffix = state::suffix(&field.kind, &row.measure);
                let content = filled.get(&field.id);
                let measure = suffix.as_deref().unwrap_or_default();
                let state = state::of(field, measure, content);
                let value = state::value(field, measure, state, content);
                found.push(CellCheck { field, sheet: index, suffix, content, state, value });
            }
        }
    }
    found
}

/// The rows with required cells, as the check of missing values sees them.
fn required_rows<'a>(form: &'a Form, cells: &[CellCheck<'a>], filled: &Values) -> Vec<RequiredRow<'a>> {
    let mut found = Vec::new();
    let mut first = 0;
    for (sheet, plan) in form.sheets.iter().enumerate() {
        for row in plan.tables.iter().flat_map(|table| &table.rows) {
            let places = first..first + row.fields.len();
            first = places.end;
            let required: Vec<usize> = places.filter(|at| cells[*at].field.required).collect();
            if required.is_empty() {
                continue;
            }
            let status = row.fields.iter().find(|field| field.role == Some(ColumnRole::RowStatus));
            let excuse = status.and_then(|field| match &field.kind {
                FieldKind::Choice(list) => {
                    let excuses = |means: Meaning| {
                        matches!(means, Meaning::NoStandard | Meaning::None | Meaning::NotReported)
                    };
                    let texts = list.items.iter().filter(|item| excuses(item.means));
                    Some((field, texts.map(|item| item.text.clone()).collect::<Vec<_>>()))
                }
                _ => None,
            });
            let is_excused = excuse.as_ref().is_some_and(|(field, texts)| {
                matches!(filled.get(&field.id), Some(Content::Text(text)) if texts.iter().any(|item| text == item))
            });
            let asked = if is_excused { 0 } else { required.len() };
            let blank = required.iter().filter(|at| cells[**at].state == State::Blank).count().min(asked);
            found.push(RequiredRow { sheet, cells: required, excuse, asked, blank });
        }
    }
    found
}

/// A cell of the hidden sheet.
fn work_cell(row: u32, column: u16) -> Reference {
    Reference::to_cell(CellAddress::new(row, column)).on_sheet(CHECK_WORK_SHEET).absolute()
}

#[cfg(test)]
mod tests;
