//! The tables that others point into: their ids, rows and columns.

/// The indicators against their targets.
pub(super) mod indicators {
    use crate::domain::IndicatorId;
    use crate::report::model::{CellRef, ColumnKey, TableKey};

    pub const TABLE: TableKey = TableKey::fixed("chi-tieu");
    pub const TITLE: ColumnKey = ColumnKey::fixed("ten");
    pub const TARGET: ColumnKey = ColumnKey::fixed("muc-tieu");
    pub const NUMERATOR: ColumnKey = ColumnKey::fixed("tu");
    pub const DENOMINATOR: ColumnKey = ColumnKey::fixed("mau");
    pub const PERCENT: ColumnKey = ColumnKey::fixed("ty-le");
    pub const VERDICT: ColumnKey = ColumnKey::fixed("danh-gia");
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
