//! Every input field of a unit's workbook, declared once: the template writer, the reader and the findings share it.

/// Name of the very hidden sheet that identifies a template and lists its input cells.
///
/// Column A holds a key and column B its value in the rows above the table ([`KEY_PLAN`] …, one a row); then comes the
/// row [`TABLE_HEADER`] and one row per input cell. All of it is ASCII text but the labels and sheet names.
pub const IDENTITY_SHEET: &str = "_xhht";
/// Key of the plan id, on the sheet and among the custom properties.
pub const KEY_PLAN: &str = "xhht_plan";
/// Key of the plan version.
pub const KEY_PLAN_VERSION: &str = "xhht_plan_version";
/// Key of the report year.
pub const KEY_YEAR: &str = "xhht_year";
/// Key of the unit code.
pub const KEY_UNIT: &str = "xhht_unit";
/// Heads of the table of input cells.
pub const TABLE_HEADER: [&str; 5] = ["field", "sheet", "cell", "kind", "label"];
