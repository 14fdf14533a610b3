//! The results as tidy tables that any engine loads: CSV and Parquet, and `datapackage.json` that tells what their columns
//! hold. A folder holds one plan's year, `plan=…/year=…`, and many of them are one set of data: every row names its plan
//! and year.
//!
//! Other programs rely on the names of tables and columns: change them only with [`VERSION`].

mod decisions;
mod indicators;
mod units;
mod values;

use crate::consolidate::Consolidated;
use crate::domain::Year;
use crate::finding::Finding;
use crate::plan::Plan;
use table::{Cell, Column, Filled, Kind, Package, Reference, Resource, Table, Written};

/// Version of the tables and their columns.
pub const VERSION: &str = "1.0.0";

/// A row of a table: whose it is, and what it is made from.
struct Row<'a, T> {
    plan: &'a str,
    year: Year,
    of: T,
}

/// All tables of a year.
pub struct Tables<'a> {
    plan: &'a Plan,
    year: Year,
    tables: Vec<Box<dyn Written + 'a>>,
}

impl<'a> Tables<'a> {
    /// The tables of a year that was consolidated.
    pub fn of(plan: &'a Plan, results: &'a Consolidated, findings: &'a [Finding]) -> Self {
        let scope = Scope { plan: &plan.id, year: results.year };
        let forms = values::Forms::of(plan, results.year);
        let tables = vec![
            units::units(plan, scope, results),
            units::submissions(scope, results),
            values::fields(scope, &forms),
            values::values(scope, &forms, results),
            indicators::indicators(scope, results),
            indicators::by_unit(scope, results),
            indicators::contributions(scope, results),
            indicators::series(scope, results),
            decisions::findings(scope, findings),
            decisions::decisions(scope, results),
        ];
        Tables { plan, year: results.year, tables }
    }

    /// The folder of the year below that of all tables, as engines that partition by folders name them.
    pub fn folder(&self) -> String {
        format!("plan={}/year={}", self.plan.id, self.year)
    }

    /// Every table.
    pub fn list(&self) -> &[Box<dyn Written + 'a>] {
        &self.tables
    }

    /// The text of `datapackage.json` over the files that were written.
    pub fn description(&self, resources: Vec<Resource>) -> String {
        let frame = self.plan.frame(self.year);
        let package = Package {
            name: format!("xhht-{}-{}", self.plan.id.to_ascii_lowercase(), self.year),
            title: format!("{}, {}, năm {}", frame.title, frame.province, self.year),
            description: "Kết quả tổng hợp dưới dạng bảng. Mỗi bảng có hai tệp cùng nội dung: CSV (UTF-8, số thập phân dùng dấu chấm, ô trống là không có số liệu) và Parquet. Cột plan và year có ở mọi bảng, nên các năm, các tỉnh ghép được với nhau; mã đơn vị, mã chỉ tiêu, mã trường giữ nguyên qua các năm.".to_owned(),
            version: VERSION,
            resources,
        };
        package.json()
    }
}

/// Whose rows they are.
#[derive(Clone, Copy)]
struct Scope<'a> {
    plan: &'a str,
    year: Year,
}

impl<'a> Scope<'a> {
    /// A table with these rows; plan and year come first in it.
    fn table<T: 'a>(
        self,
        name: &'static str,
        title: &'static str,
        key: &'static [&'static str],
        references: &'static [Reference],
        columns: Vec<Column<Row<'a, T>>>,
        rows: impl IntoIterator<Item = T>,
    ) -> Box<dyn Written + 'a> {
        let scope = [
            Column::required("plan", Kind::Text, "Mã kế hoạch", |row: &Row<'a, T>| Cell::text(row.plan)),
            Column::required("year", Kind::Whole, "Năm báo cáo", |row: &Row<'a, T>| {
                Cell::Whole(row.year.into())
            }),
        ];
        let columns = scope.into_iter().chain(columns).collect();
        let records = rows.into_iter().map(|of| Row { plan: self.plan, year: self.year, of }).collect();
        Box::new(Filled { table: Table { name, title, key, references, columns }, records })
    }
}

/// Rows of other tables that rows of several tables name.
const UNIT: Reference =
    Reference { columns: &["plan", "year", "unit"], table: "units", there: &["plan", "year", "unit"] };
const INDICATOR: Reference = Reference {
    columns: &["plan", "year", "indicator"],
    table: "indicators",
    there: &["plan", "year", "indicator"],
};

#[cfg(test)]
mod tests {
    use crate::domain::Meaning;
    use crate::finding::Severity;

    #[test]
    fn words_are_those_of_the_result_file() {
        let written = |word: serde_json::Value| word.as_str().map(str::to_owned);
        for severity in Severity::GRAVEST_FIRST {
            assert_eq!(written(serde_json::to_value(severity).unwrap()).as_deref(), Some(severity.code()));
        }
        use Meaning::{Actual, Estimate, No, NoStandard, None, NotReported, Other, Yes};
        for meaning in [Yes, No, NoStandard, Actual, Estimate, None, NotReported, Other] {
            let word = written(serde_json::to_value(meaning).unwrap());
            assert_eq!(word.as_deref(), Some(meaning.code()));
        }
    }
}
