//! Whether everything the form asks for serves a purpose.

use super::Checker;
use crate::domain::RowCode;
use crate::error::PlanMistake;
use crate::finding::Code;
use crate::plan::PlannedRule;
use crate::plan::SourceFile;
use crate::plan::file::{FormFile, PlanFile};
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
    let mut used = used(main);
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

/// Ids of the rows whose cells the main file names.
fn used(main: &PlanFile) -> BTreeSet<&str> {
    let indicators = main.indicators.iter();
    let cells = indicators.flat_map(|indicator| {
        let parts = indicator.parts.iter().flat_map(|part| [&part.numerator, &part.denominator]);
        parts.chain(&indicator.status)
    });
    let rows =
        cells.chain([&main.report_date]).map(|cell| cell.get_ref().split('.').next().unwrap_or_default());
    rows.collect()
}

/// Ids of the rows a rule names, itself or in full ids; a rule for whatever row has its columns names none.
fn of_rule(rule: &PlannedRule) -> BTreeSet<&str> {
    let cells = ::rule::names(&rule.test).into_iter().filter(|name| name.text.contains('.'));
    let named = cells.map(|name| name.text.split('.').next().unwrap_or_default());
    named.chain(rule.rows.iter().map(RowCode::as_str)).collect()
}
