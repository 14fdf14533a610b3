//! The tables that others point into: their ids, rows and columns.

/// The indicators against their targets.
pub(super) mod indicators {
    use crate::domain::IndicatorId;
    use crate::report::model::{CellRef, ColumnId, TableId};

    pub const TABLE: TableId = TableId::fixed("chi-tieu");
    pub const TITLE: ColumnId = ColumnId::fixed("ten");
    pub const TARGET: ColumnId = ColumnId::fixed("muc-tieu");
    pub const NUMERATOR: ColumnId = ColumnId::fixed("tu");
    pub const DENOMINATOR: ColumnId = ColumnId::fixed("mau");
    pub const PERCENT: ColumnId = ColumnId::fixed("ty-le");
    pub const VERDICT: ColumnId = ColumnId::fixed("danh-gia");
    /// What the incomplete pairs add to the denominator.
    pub const OPEN_DENOMINATOR: ColumnId = ColumnId::fixed("them-mau");
    /// The least they can add to the numerator.
    pub const OPEN_LOWEST: ColumnId = ColumnId::fixed("them-tu-thap");
    /// The most they can add to the numerator.
    pub const OPEN_HIGHEST: ColumnId = ColumnId::fixed("them-tu-cao");
    pub const LOWEST: ColumnId = ColumnId::fixed("thap");
    pub const HIGHEST: ColumnId = ColumnId::fixed("cao");
    pub const LAST_YEAR: ColumnId = ColumnId::fixed("nam-truoc");

    /// A cell of an indicator's row.
    pub fn cell(indicator: &IndicatorId, column: ColumnId) -> CellRef {
        CellRef::new(TABLE, indicator, column)
    }
}

/// The figures by unit that every result follows from.
pub(super) mod figures {
    use crate::domain::IndicatorId;
    use crate::report::model::{ColumnId, TableId};
    use ecow::eco_format;

    pub const TABLE: TableId = TableId::fixed("so-lieu");

    /// The column of an indicator's numerators.
    pub fn numerator(indicator: &IndicatorId) -> ColumnId {
        eco_format!("{indicator}.tu").into()
    }

    /// The column of its denominators.
    pub fn denominator(indicator: &IndicatorId) -> ColumnId {
        eco_format!("{indicator}.mau").into()
    }
}

/// Indicator × unit.
pub(super) mod matrix {
    use crate::domain::{IndicatorId, UnitCode};
    use crate::report::model::{CellRef, ColumnId, TableId};

    pub const TABLE: TableId = TableId::fixed("ma-tran");

    /// The column of an indicator.
    pub fn column(indicator: &IndicatorId) -> ColumnId {
        indicator.0.as_str().into()
    }

    /// The result of a unit.
    pub fn cell(unit: &UnitCode, indicator: &IndicatorId) -> CellRef {
        CellRef::new(TABLE, unit, column(indicator))
    }
}

/// What the secretariat decided.
pub(super) mod decisions {
    use crate::report::model::{CellRef, ColumnId, RowId, TableId};
    use ecow::eco_format;

    pub const CORRECTIONS: TableId = TableId::fixed("dinh-chinh");
    pub const WAIVERS: TableId = TableId::fixed("mien-tru");
    pub const NEW_VALUE: ColumnId = ColumnId::fixed("moi");
    pub const CODE: ColumnId = ColumnId::fixed("ma");

    /// The row of a decision by its place in its table, from 0.
    pub fn row(at: usize) -> RowId {
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
