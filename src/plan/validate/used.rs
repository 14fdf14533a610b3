//! Whether everything the form asks for serves a purpose.

use super::Checker;
use crate::error::PlanMistake;
use crate::plan::SourceFile;
use crate::plan::file::{FormFile, PlanFile};
use std::collections::BTreeSet;

/// The code of a row that serves nothing.
pub(super) const UNUSED: &str = "P015";

/// Rows that no indicator uses and that are not marked as reported for the record only: either the mark was forgotten
/// or an indicator was, and districts would fill them for nothing.
pub(super) fn unused_rows(
    source: &SourceFile,
    form: &FormFile,
    main: &PlanFile,
    mistakes: &mut Vec<PlanMistake>,
) {
    let used = used(main);
    let mut checker = Checker { file: source, mistakes };
    for row in form.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.rows) {
        let id = row.id.get_ref();
        if !row.informative && row.indicator.is_none() && !used.contains(id.as_str()) {
            let what = format!("không chỉ tiêu nào dùng số liệu của dòng “{id}”");
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
