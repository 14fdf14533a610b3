//! The field's own words: indicator, reporting unit, period, exact value. No I/O.

pub mod dated;
pub mod direction;
pub mod exact;
pub mod field;
pub mod form_id;
pub mod indicator;
pub mod period;
pub mod target;
pub mod unit;

pub use dated::Dated;
pub use direction::{Aim, Direction};
pub use exact::{Percent, Ratio};
pub use field::{Choice, ChoiceList, ColumnRole, FieldId, FieldKind, Meaning};
pub use form_id::{ColumnId, RowCode, RowId, TableId};
pub use indicator::{Indicator, IndicatorId, IndicatorKind, Part, Reporter, StatusField};
pub use period::{Validity, YEARS_OF_DAYS, Year};
pub use sheet::cell::{self, CellAddress};
pub use target::{Revision, TargetSource, Targets};
pub use unit::{ChangeKind, Contact, Level, LevelId, LevelName, Unit, UnitChange, UnitCode};
