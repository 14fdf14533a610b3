//! Where the values of a rule stand in a template.

use super::{Checks, work_cell};
use crate::plan::rule::RuleInput;
use rule::excel::{Cells, Place};
use sheet::Reference;

/// The cells of a template for the formulas of one row of the hidden sheet.
pub(super) struct TemplateCells<'a> {
    pub checks: &'a Checks<'a>,
    /// The row.
    pub row: u32,
    /// The first of its columns that hold what a long formula is cut up into.
    pub first_helper: u16,
}

/// Helper cells a formula may be cut up into.
const MOST_HELPERS: u16 = 200;

impl Cells<RuleInput> for TemplateCells<'_> {
    fn place(&self, input: &RuleInput, previous: bool) -> Place {
        let Checks { plan, form, previous: known, .. } = self.checks;
        let id = match input {
            RuleInput::Given(given) => {
                let value = form.given_value(plan, *given);
                return value.map_or(Place::Missing, Place::Literal);
            }
            RuleInput::OfRow(row, figure) => {
                return form.row_figure(row, *figure).map_or(Place::Missing, Place::Literal);
            }
            RuleInput::OfOthers(..) => return Place::Missing,
            RuleInput::Field(id) => id,
        };
        let Some(field) = form.field(id) else { return Place::Missing };
        let on_its_sheet = |cell| Place::Cell(Reference::to_cell(cell).on_sheet(field.sheet.clone()));
        if !previous {
            // What is meant there; the cell itself may hold anything.
            return self.checks.meant_at(id).map_or(Place::Missing, Place::Cell);
        }
        match (field.previous, known.and_then(|values| values.get(id))) {
            (Some(cell), _) => on_its_sheet(cell),
            (None, Some(value)) => Place::Literal(value.into()),
            (None, None) => Place::Missing,
        }
    }

    fn helper(&self, n: usize) -> Option<Reference> {
        let n = u16::try_from(n).ok().filter(|n| *n < MOST_HELPERS)?;
        Some(work_cell(self.row, self.first_helper + n))
    }
}
