//! The rules of the plan made out for one form: bound to its fields, told in its words.

use super::Form;
use crate::domain::cell::Content;
use crate::domain::{FieldId, RowCode, Unit, Year};
use crate::plan::Plan;
use crate::plan::rule::{BoundRule, GivenValue, PlannedRule, RowFigure, RuleCell, RuleInput, names};
use rule::{BoundName, Labels, Names, RuleValue};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A rule made out for one form.
#[derive(Debug, Clone)]
pub struct FormRule {
    /// The rule as the plan states it.
    pub plan: Arc<PlannedRule>,
    /// Code of the row it is about, when it holds for rows.
    pub row: Option<RowCode>,
    /// It, bound to the form's fields.
    pub bound: BoundRule,
    /// What it says, as a sentence without the full stop.
    pub sentence: String,
}

/// The rules of a form: those it shows while it is filled in, then those that wait for everything else.
#[derive(Debug, Default)]
pub(super) struct MadeOut {
    rules: Vec<FormRule>,
    /// How many of them the form shows.
    shown: usize,
}

impl Form {
    /// The rules of the plan that this form can be asked by itself, in the plan's order and the form's; `plan` is the one
    /// the form was made from. Forms that share their sheets share their rules.
    pub fn rules(&self, plan: &Plan) -> &[FormRule] {
        let made_out = self.all_rules(plan);
        &made_out.rules[..made_out.shown]
    }

    /// The rules that are asked of it once everything has been read.
    pub fn later_rules(&self, plan: &Plan) -> &[FormRule] {
        let made_out = self.all_rules(plan);
        &made_out.rules[made_out.shown..]
    }

    fn all_rules(&self, plan: &Plan) -> &MadeOut {
        self.rules.get_or_init(|| {
            let asked = plan.rules.iter().filter(|rule| rule.is_asked_on(self.due));
            let (later, by_itself): (Vec<_>, Vec<_>) = asked.partition(|rule| rule.later);
            let cells = self.cells();
            let mut scope = names(&cells);
            let mut rules = self.made_out(&by_itself, &cells, &mut scope);
            let shown = rules.len();
            rules.extend(self.made_out(&later, &cells, &mut scope));
            MadeOut { rules, shown }
        })
    }

    fn made_out(
        &self,
        rules: &[&Arc<PlannedRule>],
        cells: &[RuleCell<'_>],
        scope: &mut Names<RuleInput>,
    ) -> Vec<FormRule> {
        let mut made_out = Vec::new();
        for rule in rules {
            for row in rule.applications(cells, scope) {
                scope.in_row(row.map(RowCode::as_str));
                let Some(bound) = rule.made_out(scope) else { continue };
                let labels = FormLabels { form: self, row, at: &bound.at, quoting: true };
                let sentence = rule.says.clone().unwrap_or_else(|| bound.rule.sentence(&labels));
                made_out.push(FormRule { plan: Arc::clone(rule), row: row.cloned(), bound, sentence });
            }
        }
        made_out
    }

    fn cells(&self) -> Vec<RuleCell<'_>> {
        let mut cells = Vec::new();
        for table in self.sheets.iter().flat_map(|sheet| &sheet.tables) {
            for row in &table.rows {
                cells.extend(row.fields.iter().map(|field| RuleCell {
                    table: &table.id,
                    row: &row.id,
                    code: &row.code,
                    column: &field.column_code,
                    id: field.id.clone(),
                    kind: field.kind.clone(),
                    of_row: row.figures,
                }));
            }
        }
        cells
    }

    /// A value the program gives to rules; `None` when the roster does not say.
    pub fn given_value(&self, plan: &Plan, given: GivenValue) -> Option<RuleValue> {
        let (unit, year): (&Unit, Year) = (&self.unit, self.year);
        let number = match given {
            GivenValue::Year => u64::try_from(year).ok(),
            GivenValue::Communes => unit.communes_on(plan.due_date(year)).map(u64::from),
            GivenValue::Population => self.population,
            // Not the form's to know.
            _ => None,
        };
        number.map(|number: u64| RuleValue::Number(number.into()))
    }
}

impl Form {
    /// What the plan says of a row to rules; `None` where the roster does not say what it is made from.
    pub fn row_figure(&self, row: &RowCode, figure: RowFigure) -> Option<RuleValue> {
        let row = self.rows().find(|other| other.code == *row)?;
        let number = match figure {
            RowFigure::Reference => row.fields.iter().find_map(|field| self.reference(field))?,
            RowFigure::Ceiling => row.ceiling?,
        };
        Some(RuleValue::Number(number))
    }
}

/// What stands in the cells of a form, as its rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The form.
    pub form: &'a Form,
    /// Last year's values, where they are known.
    pub previous: Option<&'a BTreeMap<FieldId, Content>>,
    /// Values of the input cells.
    pub filled: &'a BTreeMap<FieldId, Content>,
}

impl rule::Values<RuleInput> for Standing<'_> {
    fn value(&self, input: &RuleInput, previous: bool) -> Option<RuleValue> {
        match input {
            RuleInput::Given(given) => self.form.given_value(self.plan, *given),
            RuleInput::OfRow(row, figure) => self.form.row_figure(row, *figure),
            RuleInput::OfOthers(..) => None,
            RuleInput::Field(id) if previous => self.previous?.get(id).map(Into::into),
            RuleInput::Field(id) => self.filled.get(id).map(Into::into),
        }
    }
}

/// How a form calls the values of a rule: those of the row at hand by their column, all others in full.
#[derive(Debug, Clone, Copy)]
pub struct FormLabels<'a> {
    form: &'a Form,
    /// The row at hand.
    row: Option<&'a RowCode>,
    /// Where a finding of the rule stands.
    at: &'a FieldId,
    /// Whether what is called in full stands in quotes, so that it can be told from the words around it.
    quoting: bool,
}

impl<'a> FormLabels<'a> {
    /// For the messages of a rule.
    pub fn new(form: &'a Form, rule: &'a FormRule) -> Self {
        FormLabels { form, row: rule.row.as_ref(), at: &rule.bound.at, quoting: false }
    }
}

impl Labels<RuleInput> for FormLabels<'_> {
    fn label(&self, input: &RuleInput) -> String {
        let id = match input {
            RuleInput::Field(id) => id,
            RuleInput::Given(given) => return given.label(&self.form.communes),
            RuleInput::OfRow(_, figure) => return figure.label().to_owned(),
            RuleInput::OfOthers(_, id) => id,
        };
        let Some((table, field)) = self.form.field_in_table(id) else { return id.to_string() };
        if self.row != Some(&field.row_code) {
            return if self.quoting { format!("“{}”", field.label) } else { field.label.to_string() };
        }
        let column = table.columns.iter().find(|(column, _)| *column == field.column_code);
        column.map_or_else(|| field.label.to_string(), |(_, title)| title.clone())
    }

    fn group(&self, pattern: &str, members: &[BoundName<RuleInput>]) -> String {
        // All of them stand in one column of one table.
        let title = members.first().and_then(|member| {
            let RuleInput::Field(id) = &member.referent.id else { return None };
            let (table, field) = self.form.field_in_table(id)?;
            let (_, title) = table.columns.iter().find(|(column, _)| *column == field.column_code)?;
            Some(format!("{} ở bảng “{}”", rule::lower_first(title), table.title))
        });
        title.unwrap_or_else(|| pattern.to_owned())
    }

    fn cell(&self, input: &RuleInput) -> Option<String> {
        let RuleInput::Field(id) = input else { return None };
        let (_, field) = self.form.field_in_table(id)?;
        let at = self.form.field(self.at)?;
        let elsewhere = at.sheet != field.sheet;
        Some(if elsewhere {
            format!("{} của trang “{}”", field.cell, field.sheet)
        } else {
            field.cell.to_string()
        })
    }
}
