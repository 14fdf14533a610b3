//! Whether everything the form asks for serves a purpose.

use super::Checker;
use crate::domain::{FieldId, RowCode, RowId, StatusField};
use crate::error::PlanMistake;
use crate::finding::Code;
use crate::plan::PlannedRule;
use crate::plan::SourceFile;
use crate::plan::file::{FormFile, PlanFile};
use crate::plan::rule::Others;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The code of a row that serves nothing.
pub(super) const UNUSED: Code = Code::P015;

/// Rows that no indicator and no rule names and that are not marked as reported for the record only: either the mark was forgotten
/// or an indicator was, and districts would fill them for nothing.
pub(super) fn unused_rows(
    source: &SourceFile,
    form: &FormFile,
    main: &PlanFile,
    rules: &[Arc<PlannedRule>],
    mistakes: &mut Vec<PlanMistake>,
) {
    // A cell that is named by what is no id may be of any row; that mistake is mended first.
    let Some(mut used) = used(main) else { return };
    used.extend(rules.iter().flat_map(|rule| of_rule(rule)));
    let mut checker = Checker { file: source, mistakes };
    for row in form.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.rows) {
        let id = row.id.get_ref();
        if !row.informative && row.indicator.is_none() && !used.contains(id.as_str()) {
            let what = format!("không chỉ tiêu, quy tắc nào nêu số liệu của dòng “{id}”");
            checker.mistake(
                UNUSED,
                &row.id,
                what,
                "thêm informative = true nếu chỉ báo cáo để biết; nếu không, nêu chỉ tiêu ở khóa indicator hoặc bỏ dòng",
            );
        }
    }
}

/// The rows whose cells the main file names; `None` when it names one by what is no id.
fn used(main: &PlanFile) -> Option<BTreeSet<RowId>> {
    let indicators = main.indicators.iter();
    let cells = indicators.flat_map(|indicator| {
        let parts = indicator.parts.iter().flat_map(|part| [&part.numerator, &part.denominator]);
        parts.chain(&indicator.status)
    });
    cells.chain([&main.report_date]).map(|cell| StatusField::parse(cell.get_ref())?.row()).collect()
}

/// The rows a rule names, itself or by their cells; a rule for whatever row has its columns names none.
fn of_rule(rule: &PlannedRule) -> BTreeSet<RowId> {
    let quantity = rule.compares.iter().flat_map(|compared| ::rule::names(&compared.quantity));
    let cells = ::rule::names(&rule.test).into_iter().chain(quantity).filter_map(|name| {
        let of_others = Others::of_name(&name.text).map(|(_, field)| field);
        of_others.or_else(|| FieldId::parse(&name.text).ok())?.row_and_column()
    });
    cells.map(|(row, _)| row.row()).chain(rule.rows.iter().map(RowCode::row)).collect()
}
