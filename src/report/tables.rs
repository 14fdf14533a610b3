//! The tables that others point into: their ids, rows and columns.

use crate::report::model::ColumnKey;

/// The column of a row's share in percent, in whatever table it stands.
pub(super) const SHARE: ColumnKey = indicators::PERCENT;

/// The indicators against their targets.
pub(super) mod indicators {
    use crate::consolidate::IndicatorResult;
    use crate::domain::IndicatorId;
    use crate::report::model::{Cell, CellRef, ColumnKey, Formula, Operator, TableKey};

    /// Name of its sheet.
    pub use crate::consolidate::history::workbook::RESULTS as SHEET;
    pub const TABLE: TableKey = TableKey::fixed("chi-tieu");
    pub const TITLE: ColumnKey = ColumnKey::fixed("ten");
    pub const TARGET: ColumnKey = ColumnKey::fixed("muc-tieu");
    pub const NATIONAL: ColumnKey = ColumnKey::fixed("muc-tieu-qg");
    pub const NUMERATOR: ColumnKey = ColumnKey::fixed("tu");
    pub const DENOMINATOR: ColumnKey = ColumnKey::fixed("mau");
    pub const PERCENT: ColumnKey = ColumnKey::fixed("ty-le");
    pub const VERDICT: ColumnKey = ColumnKey::fixed("danh-gia");
    /// How many gave their figures, of how many who owe them, and who did not.
    pub const REPORTED: ColumnKey = ColumnKey::fixed("co");
    pub const EXPECTED: ColumnKey = ColumnKey::fixed("phai");
    pub const LACKING: ColumnKey = ColumnKey::fixed("chua-co");
    /// What the incomplete pairs add to the denominator.
    pub const OPEN_DENOMINATOR: ColumnKey = ColumnKey::fixed("them-mau");
    /// The least they can add to the numerator.
    pub const OPEN_LOWEST: ColumnKey = ColumnKey::fixed("them-tu-thap");
    /// The most they can add to the numerator.
    pub const OPEN_HIGHEST: ColumnKey = ColumnKey::fixed("them-tu-cao");
    pub const LOWEST: ColumnKey = ColumnKey::fixed("thap");
    pub const HIGHEST: ColumnKey = ColumnKey::fixed("cao");
    pub const LAST_YEAR: ColumnKey = ColumnKey::fixed("nam-truoc");

    /// A cell of an indicator's row.
    pub fn cell(indicator: &IndicatorId, column: ColumnKey) -> CellRef {
        CellRef::new(TABLE, indicator, column)
    }

    /// How many gave their figures of how many who owe them: “14/15”.
    pub fn coverage(result: &IndicatorResult) -> Cell {
        let at = |column| Formula::Cell(cell(&result.indicator.id, column));
        let of = Formula::binary(at(REPORTED), Operator::Join, Formula::words("/"));
        let follows = Formula::binary(of, Operator::Join, at(EXPECTED));
        Cell::text(format!("{}/{}", result.coverage.reported, result.coverage.expected)).follows(follows)
    }
}

/// The figures by unit that every result follows from.
pub(super) mod figures {
    use crate::domain::IndicatorId;
    use crate::report::model::{ColumnKey, TableKey};
    use ecow::eco_format;

    pub const TABLE: TableKey = TableKey::fixed("so-lieu");

    /// The column of an indicator's numerators.
    pub fn numerator(indicator: &IndicatorId) -> ColumnKey {
        eco_format!("{indicator}.tu").into()
    }

    /// The column of its denominators.
    pub fn denominator(indicator: &IndicatorId) -> ColumnKey {
        eco_format!("{indicator}.mau").into()
    }
}

/// What every pair an indicator is made of still lacks.
pub(super) mod gaps {
    use crate::domain::{IndicatorId, UnitCode};
    use crate::report::model::{ColumnKey, ColumnRef, RowKey, TableKey};
    use ecow::eco_format;

    /// A row a pair.
    pub const TABLE: TableKey = TableKey::fixed("con-thieu");
    /// A row a unit of a sum that is no indicator's.
    pub const OF_SUMS: TableKey = TableKey::fixed("con-thieu-tong");
    pub const NUMERATOR: ColumnKey = ColumnKey::fixed("tu");
    pub const DENOMINATOR: ColumnKey = ColumnKey::fixed("mau");
    pub const REFERENCE: ColumnKey = ColumnKey::fixed("tham-chieu");
    pub const STATE: ColumnKey = ColumnKey::fixed("tinh-trang");
    /// What the pair can add while it is incomplete.
    pub const SIZE: ColumnKey = ColumnKey::fixed("con-mo");
    /// 1 for a unit of which something is lacking.
    pub const LACKS: ColumnKey = ColumnKey::fixed("thieu");
    /// How many units lack something, up to the row.
    pub const SO_MANY: ColumnKey = ColumnKey::fixed("luy-ke");
    /// The first of them.
    pub const NAMES: ColumnKey = ColumnKey::fixed("ten");

    /// The row of the n-th pair owed to an indicator about a unit.
    pub fn row(indicator: &IndicatorId, unit: &UnitCode, nth: usize) -> RowKey {
        eco_format!("{indicator}|{unit}|{nth}").into()
    }

    /// The cells of a column from one row to another.
    pub fn cells(column: ColumnKey, (first, last): &(RowKey, RowKey)) -> crate::report::model::RowsRef {
        ColumnRef::new(TABLE, column).rows(first.clone(), last.clone())
    }
}

/// Indicator × unit.
pub(super) mod matrix {
    use crate::domain::{IndicatorId, UnitCode};
    use crate::report::model::{CellRef, ColumnKey, TableKey};

    pub const TABLE: TableKey = TableKey::fixed("ma-tran");

    /// The column of an indicator.
    pub fn column(indicator: &IndicatorId) -> ColumnKey {
        indicator.0.as_str().into()
    }

    /// The result of a unit.
    pub fn cell(unit: &UnitCode, indicator: &IndicatorId) -> CellRef {
        CellRef::new(TABLE, unit, column(indicator))
    }
}

/// What the secretariat decided.
pub(super) mod decisions {
    use crate::report::model::{CellRef, ColumnKey, RowKey, TableKey};
    use ecow::eco_format;

    pub const CORRECTIONS: TableKey = TableKey::fixed("dinh-chinh");
    pub const WAIVERS: TableKey = TableKey::fixed("mien-tru");
    pub const NEW_VALUE: ColumnKey = ColumnKey::fixed("moi");
    pub const CODE: ColumnKey = ColumnKey::fixed("ma");

    /// The row of a decision by its place in its table, from 0.
    pub fn row(at: usize) -> RowKey {
        eco_format!("{at}").into()
    }

    /// The new value of a correction.
    pub fn correction(at: usize) -> CellRef {
        CellRef::new(CORRECTIONS, row(at), NEW_VALUE)
    }

    /// The code of a waiver.
    pub fn waiver(at: usize) -> CellRef {
        CellRef::new(WAIVERS, row(at), CODE)
    }
}
