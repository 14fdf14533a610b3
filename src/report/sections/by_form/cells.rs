//! What the listed and the crossed tables of the form share: which units have a row, which columns are summed, and how.

use crate::consolidate::history::workbook::NOT_JUDGED;
use crate::domain::ColumnRole;
use crate::plan::PlannedColumn;
use crate::report::forms::FormEntry;
use crate::report::model::{Cell, Formula, Shown};
use rust_decimal::Decimal;

/// Which units of an entry have a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Units {
    /// All of them, so that a reader sees which have reported nothing.
    All,
    /// Those that have filled something in: tables of words would be too long to read with the others.
    WhoWrote,
}

pub(super) fn how_to_read() -> String {
    format!(
        "Ô trống là chưa báo cáo hoặc chưa dùng được, không phải là 0; “{NOT_JUDGED}” là chưa có tiêu chí; chữ nghiêng là số ước. Bấm vào một số để đến dòng của nó ở trang Đóng góp, từ đó đến ô trong tệp gốc."
    )
}

/// Whether the sum of an entry's column over the units says something.
pub(super) fn is_summed(entry: &FormEntry<'_>, plan: &PlannedColumn) -> bool {
    let field = entry.fields().iter().find(|field| field.column_code == plan.id);
    plan.total && plan.role != Some(ColumnRole::Percent) && field.is_some_and(|field| field.kind.is_figure())
}

/// The sum of cells, a dash where none of them holds a number.
pub(super) fn summed(range: Formula, sum: Option<Decimal>) -> Cell {
    let none = Formula::equal(Formula::numbers(range.clone()), Formula::number(0));
    let formula = Formula::when(none, Formula::words("–"), Formula::Sum(vec![range]));
    Cell::plain(sum.map_or(Shown::Missing("–".into()), Shown::Count)).follows(formula)
}
