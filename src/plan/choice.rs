//! The words a plan gives its senders to choose from: advice quotes them, whatever they are.

use super::{Plan, PlannedColumn, PlannedTable};
use crate::domain::{ColumnRole, FieldId, Meaning, Year};

impl Plan {
    /// What senders choose to say of a field's figure that it is an estimate, and the title of the column where they do:
    /// in the field's own table, else in the first that has such a column.
    pub fn estimate_choice(&self, field: &FieldId, year: Year) -> Option<(String, String)> {
        let tables = || self.sheets.iter().flat_map(|sheet| &sheet.tables);
        let own = tables().find(|table| holds(table, field)).and_then(estimate_column);
        let column = own.or_else(|| tables().find_map(estimate_column))?;
        let text = column.kind.choice(Meaning::Estimate)?;
        Some((self.text_of(text, year), self.text_of(column.title.on(self.due_date(year)), year)))
    }

    /// The first text in the form's order by which senders say that something is so.
    pub fn yes_choice(&self, year: Year) -> Option<String> {
        let tables = self.sheets.iter().flat_map(|sheet| &sheet.tables);
        let text =
            tables.flat_map(|table| &table.columns).find_map(|column| column.kind.choice(Meaning::Yes))?;
        Some(self.text_of(text, year))
    }
}

/// Whether the field is a cell of the table; rows repeated over units or tasks add a segment to their id.
fn holds(table: &PlannedTable, field: &FieldId) -> bool {
    let id = field.as_str();
    table.rows.iter().any(|row| id.strip_prefix(row.id.as_str()).is_some_and(|rest| rest.starts_with('.')))
}

/// The status column that offers the choice.
fn estimate_column(table: &PlannedTable) -> Option<&PlannedColumn> {
    let is_status = |column: &&PlannedColumn| column.role == Some(ColumnRole::RowStatus);
    table.columns.iter().filter(is_status).find(|column| column.kind.choice(Meaning::Estimate).is_some())
}

#[cfg(test)]
mod tests {
    use crate::domain::{FieldId, Year};
    use crate::plan::{Plan, PlanSources};

    #[test]
    fn choices_are_quoted_as_the_plan_words_them() {
        // The rules quote choices too.
        let plan = |changes: &[[&str; 2]]| {
            let mut sources = PlanSources::embedded();
            for file in &mut sources.others {
                for [from, to] in changes {
                    file.text = file.text.replace(from, to);
                }
            }
            Plan::read(&sources).unwrap()
        };
        let year: Year = 2024;
        let of = |plan: &Plan, field| plan.estimate_choice(&FieldId::parse(field).unwrap(), year);
        let embedded = plan(&[]);
        let known = Some(("Ước".to_owned(), "Tình trạng số liệu".to_owned()));
        assert_eq!(of(&embedded, "nltt.dat"), known);
        assert_eq!(
            of(&embedded, "huyen_ht.794.dat"),
            known,
            "a table without such a column takes the first of the form"
        );
        assert_eq!(embedded.yes_choice(year).as_deref(), Some("Đạt"));
        let other = plan(&[["text = \"Ước\"", "text = \"Phỏng chừng\""]]);
        assert_eq!(of(&other, "nltt.dat").unwrap().0, "Phỏng chừng");
        let other = plan(&[["text = \"Đạt\"", "text = \"Xong\""], ["“Đạt”", "“Xong”"]]);
        assert_eq!(other.yes_choice(year).as_deref(), Some("Xong"));
    }
}
