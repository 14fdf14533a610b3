//! Live checks: what the rules of the plan and the required cells say, as formulas that follow every keystroke.
//!
//! A very hidden sheet works everything out: one row for each place of a rule, one for each form row with required
//! cells. The sheet “Kiểm tra”, the line above each sheet's tables and the colours of the cells only show what stands
//! there.

mod hidden;
mod places;
mod visible;

pub(super) use hidden::write as write_work;
pub(super) use visible::write as write_sheet;

use super::Values;
use super::style::Styles;
use crate::domain::{CellAddress, ColumnRole, FieldId, FieldKind, Meaning};
use crate::finding::RuleCode;
use crate::form::rules::{FormRule, Standing};
use crate::form::{CHECK_WORK_SHEET, Field, Form, FormSheet};
use crate::plan::Plan;
use crate::plan::rule::RuleInput;
use rule::Ruling;
use rust_xlsxwriter::{ConditionalFormatFormula, Workbook, Worksheet, XlsxError};
use sheet::{Expression, Function, Operator, Reference, put};
use std::collections::HashMap;

/// Name of the cells that tell, place by place, whether a rule is broken: conditional formats of other sheets may not
/// name a sheet in every version of Excel, but they may use a name.
const BROKEN: &str = "kiem_tra_sai";
/// Row of the line above the tables of a sheet.
const STATUS_ROW: u32 = 3;

/// How much a broken rule weighs to the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Must be mended or explained.
    Fault = 1,
    /// Should be looked at.
    Doubt = 2,
    /// Only tried: counted nowhere.
    Trial = 3,
}

/// A rule at a place of the form.
struct Place<'a> {
    rule: &'a FormRule,
    /// Which line of the sheet “Kiểm tra” it belongs to.
    line: usize,
    /// Which sheet of the form a finding stands on.
    sheet: usize,
    weight: Weight,
    outcome: Ruling,
}

/// A line of the sheet “Kiểm tra”: a rule in the same words, at one place or many.
struct Line<'a> {
    /// The first of them.
    rule: &'a FormRule,
    /// Its places, which follow one another.
    first: usize,
    last: usize,
}

/// A row of the form with required cells.
struct RequiredRow<'a> {
    sheet: usize,
    cells: Vec<&'a Field>,
    /// The cell in which the row says that no figures are to be expected, and the texts that say so.
    excuse: Option<(&'a Field, Vec<String>)>,
    /// How many are asked for, and how many of them are blank.
    asked: usize,
    blank: usize,
}

/// Everything the live checks of one template show.
pub(super) struct Checks<'a> {
    plan: &'a Plan,
    form: &'a Form,
    previous: Option<&'a Values>,
    places: Vec<Place<'a>>,
    lines: Vec<Line<'a>>,
    required: Vec<RequiredRow<'a>>,
}

impl<'a> Checks<'a> {
    /// What the rules say while `filled` stands in the input cells.
    pub fn new(plan: &'a Plan, form: &'a Form, previous: Option<&'a Values>, filled: &'a Values) -> Self {
        let values = Standing { plan, form, previous, filled };
        let mut rules: Vec<&FormRule> = form.rules(plan).iter().collect();
        // Rules that are only tried come last.
        rules.sort_by_key(|rule| rule.plan.trial);
        let (mut places, mut lines) = (Vec::new(), Vec::new());
        for (line, same) in by_line(rules).into_iter().enumerate() {
            let (first, last) = (places.len(), places.len() + same.len() - 1);
            lines.push(Line { rule: same[0], first, last });
            places.extend(same.into_iter().map(|rule| Place {
                rule,
                line,
                sheet: sheet_of(form, &rule.bound.at),
                weight: weight(rule),
                outcome: rule.bound.rule.evaluate(&values),
            }));
        }
        Checks { plan, form, previous, places, lines, required: required_rows(form, filled) }
    }

    /// Names what the conditional formats go by.
    pub fn define_names(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        if self.places.is_empty() {
            return Ok(());
        }
        let broken = hidden::column(hidden::BROKEN, self.places.len());
        workbook.define_name(BROKEN, &format!("={broken}"))?;
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
        for (at, place) in (1_u32..).zip(&self.places) {
            let cells = self.cells_on(place, sheet);
            let (Some(first), false) = (cells.first(), place.weight == Weight::Trial) else { continue };
            let range = cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let style = if place.weight == Weight::Fault { &styles.broken } else { &styles.doubtful };
            let broken = Expression::call(Function::Index, [Expression::Name(BROKEN.into()), at.into()]);
            let format = ConditionalFormatFormula::new()
                .set_rule(broken.is(Operator::Equal, 1.into()).to_string().as_str())
                .set_multi_range(range)
                .set_format(style);
            worksheet.add_conditional_format(first.row, first.column, first.row, first.column, &format)?;
        }
        Ok(())
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
        for place in self.places.iter().filter(|p| here(p.sheet) && p.outcome == Ruling::Violated) {
            match place.weight {
                Weight::Fault => counts.faults += 1,
                Weight::Doubt => counts.doubts += 1,
                Weight::Trial => {}
            }
        }
        for row in self.required.iter().filter(|row| here(row.sheet)) {
            counts.asked += row.asked;
            counts.blank += row.blank;
        }
        counts
    }

    /// How many places of a weight are broken, of a sheet or of all.
    fn broken_formula(&self, weight: Weight, sheet: Option<usize>) -> Expression {
        if self.places.is_empty() {
            return 0.into();
        }
        let column = |at| Expression::from(hidden::column(at, self.places.len()));
        let (broken, weights) = (column(hidden::BROKEN), column(hidden::WEIGHT));
        let weight = Expression::from(weight as u32);
        match sheet {
            Some(sheet) => {
                let sheets = column(hidden::SHEET);
                let arguments = [broken, weights, weight, sheets, sheet_number(sheet)];
                Expression::call(Function::SumIfs, arguments)
            }
            None => Expression::call(Function::SumIf, [weights, weight, broken]),
        }
    }

    fn blank_formula(&self, sheet: Option<usize>) -> Expression {
        self.required_formula(hidden::REQUIRED_BLANK, sheet)
    }

    fn asked_formula(&self, sheet: Option<usize>) -> Expression {
        self.required_formula(hidden::REQUIRED_ASKED, sheet)
    }

    fn required_formula(&self, what: u16, sheet: Option<usize>) -> Expression {
        if self.required.is_empty() {
            return 0.into();
        }
        let column = |at| Expression::from(hidden::column(at, self.required.len()));
        match sheet {
            Some(sheet) => {
                let arguments = [column(hidden::REQUIRED_SHEET), sheet_number(sheet), column(what)];
                Expression::call(Function::SumIf, arguments)
            }
            None => Expression::call(Function::Sum, [column(what)]),
        }
    }

    fn status_formula(&self, sheet: Option<usize>) -> Expression {
        let (faults, doubts) =
            (self.broken_formula(Weight::Fault, sheet), self.broken_formula(Weight::Doubt, sheet));
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
        let left = self.broken_formula(Weight::Fault, sheet).plus(self.blank_formula(sheet));
        left.is(Operator::Equal, 0.into())
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

/// Rules that say the same share a line; lines stand in the order of their first rules.
fn by_line(rules: Vec<&FormRule>) -> Vec<Vec<&FormRule>> {
    let mut lines: Vec<Vec<&FormRule>> = Vec::new();
    let mut line_of: HashMap<(RuleCode, &str), usize> = HashMap::new();
    for rule in rules {
        let line = *line_of.entry((rule.plan.code, &rule.sentence)).or_insert(lines.len());
        if line == lines.len() {
            lines.push(Vec::new());
        }
        lines[line].push(rule);
    }
    lines
}

fn weight(rule: &FormRule) -> Weight {
    if rule.plan.trial {
        Weight::Trial
    } else if rule.plan.is_grave() {
        Weight::Fault
    } else {
        Weight::Doubt
    }
}

fn sheet_of(form: &Form, field: &FieldId) -> usize {
    let tab = form.field(field).map(|field| field.sheet.as_str());
    form.sheets.iter().position(|sheet| Some(sheet.tab.as_str()) == tab).unwrap_or_default()
}

/// The rows with required cells, as the check of missing values sees them.
fn required_rows<'a>(form: &'a Form, filled: &Values) -> Vec<RequiredRow<'a>> {
    let mut found = Vec::new();
    for (sheet, plan) in form.sheets.iter().enumerate() {
        for row in plan.tables.iter().flat_map(|table| &table.rows) {
            let required: Vec<&Field> = row.fields.iter().filter(|field| field.required).collect();
            if required.is_empty() {
                continue;
            }
            let status = row.fields.iter().find(|field| field.role == Some(ColumnRole::RowStatus));
            let excuse = status.and_then(|field| match &field.kind {
                FieldKind::Choice(list) => {
                    let excuses = |means: Meaning| matches!(means, Meaning::NoStandard | Meaning::None);
                    let texts = list.items.iter().filter(|item| excuses(item.means));
                    Some((field, texts.map(|item| item.text.clone()).collect::<Vec<_>>()))
                }
                _ => None,
            });
            let is_excused = excuse.as_ref().is_some_and(|(field, texts)| {
                matches!(filled.get(&field.id), Some(crate::domain::cell::Content::Text(text)) if texts.iter().any(|item| text == item))
            });
            let asked = if is_excused { 0 } else { required.len() };
            let blank = required.iter().filter(|field| !filled.contains_key(&field.id)).count().min(asked);
            found.push(RequiredRow { sheet, cells: required, excuse, asked, blank });
        }
    }
    found
}

/// A cell of the hidden sheet.
fn work_cell(row: u32, column: u16) -> Reference {
    Reference::to_cell(CellAddress::new(row, column)).on_sheet(CHECK_WORK_SHEET).absolute()
}
