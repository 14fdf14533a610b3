//! The field's own words: indicator, reporting unit, period, exact value. No I/O.

pub mod cell;
pub mod exact;
pub mod field;
pub mod indicator;
pub mod period;
pub mod unit;

pub use cell::CellAddress;
pub use exact::{Percent, Ratio};
pub use field::{Choice, ChoiceList, ColumnRole, FieldId, FieldKind, Meaning};
pub use indicator::{Indicator, IndicatorId, IndicatorKind, Part, Reporter};
pub use period::{Validity, Year};
pub use unit::{ChangeKind, Level, LevelId, LevelName, Unit, UnitChange, UnitCode};
