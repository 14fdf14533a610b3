//! Ids of the tables that others point into.

/// The indicators against their targets.
pub(super) const INDICATORS: &str = "chi-tieu";
/// The figures by unit that every result follows from.
pub(super) const FIGURES: &str = "so-lieu";
/// Suffix of a numerator's column in [`FIGURES`].
pub(super) const NUMERATOR: &str = ".tu";
/// Suffix of a denominator's column in [`FIGURES`].
pub(super) const DENOMINATOR: &str = ".mau";
/// Indicator × unit.
pub(super) const MATRIX: &str = "ma-tran";
