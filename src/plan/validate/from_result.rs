//! What a form takes from the results of lower plans.

use super::Checker;
use crate::domain::IndicatorId;
use crate::finding::Code;
use crate::plan::file::{ColumnFile, FromResultFile, KindName, TableFile};
use crate::plan::{FromResult, PlannedColumn, ResultPart};

impl Checker<'_> {
    /// The part of a result that a column holds, where its cells can hold it.
    pub(super) fn result_part(&mut self, column: &ColumnFile) -> Option<ResultPart> {
        let at = column.result.as_ref()?;
        let part = *at.get_ref();
        let fits = match part {
            ResultPart::Numerator | ResultPart::Denominator | ResultPart::Reported | ResultPart::Expected => {
                matches!(column.kind, KindName::Count | KindName::Decimal)
            }
            ResultPart::Status => column.kind == KindName::Choice,
            ResultPart::AsOf => column.kind == KindName::Date,
        };
        if !fits {
            let what = format!("cột “{}” không ghi được {} (result)", column.id.get_ref(), part.vietnamese());
            let cure =
                "tử số, mẫu số, số đơn vị đi với count hoặc decimal; status đi với choice; as-of đi với date";
            self.mistake(Code::P004, at, what, cure);
        }
        Some(part)
    }

    /// Which indicator of the lower plans fills a row; the row's table has a column for some part of it.
    pub(super) fn result_of_row(
        &mut self,
        from: &FromResultFile,
        columns: &[PlannedColumn],
    ) -> Option<FromResult> {
        self.ascii_id(&from.indicator, "số chỉ tiêu của kế hoạch cấp dưới");
        for indicator in from.in_plan.values() {
            self.ascii_id(indicator, "số chỉ tiêu của kế hoạch cấp dưới");
        }
        if columns.iter().all(|column| column.result.is_none()) {
            let what = "dòng lấy số từ kết quả của cấp dưới (from-result) nhưng bảng không có cột nào ghi lấy phần nào (result)".to_owned();
            let cure = "ghi result = \"numerator\", result = \"denominator\" ở các cột nhận số";
            self.mistake(Code::P010, &from.indicator, what, cure);
            return None;
        }
        let in_plan = from.in_plan.iter().map(|(plan, id)| (plan.clone(), IndicatorId(id.get_ref().clone())));
        Some(FromResult {
            indicator: IndicatorId(from.indicator.get_ref().clone()),
            in_plan: in_plan.collect(),
        })
    }

    /// A row that repeats has no one result.
    pub(super) fn no_repeated_results(&mut self, table: &TableFile) {
        if table.repeat.is_none() {
            return;
        }
        for from in table.rows.iter().filter_map(|row| row.from_result.as_ref()) {
            let what = "dòng lặp không lấy được số từ kết quả của cấp dưới (from-result)".to_owned();
            self.mistake(Code::P010, &from.indicator, what, "chuyển dòng sang một bảng không có repeat");
        }
    }
}
