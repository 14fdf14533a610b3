//! An entry of a table of the form, over all units.

use crate::domain::{RowCode, Unit, UnitCode};
use crate::form::Field;
use std::collections::HashMap;
use std::sync::Arc;

/// An entry of a table and the units that fill it.
pub(in crate::report) struct FormEntry<'a> {
    /// Row code.
    pub code: RowCode,
    /// Number in front.
    pub number: String,
    /// Label.
    pub label: String,
    /// What is counted.
    pub measure: String,
    /// The units in the roster's order with their fields.
    pub units: Vec<(&'a Unit, Arc<[Field]>)>,
    /// Places in [`Self::units`].
    places: HashMap<&'a UnitCode, usize>,
}

impl<'a> FormEntry<'a> {
    /// An entry of these words that no unit fills yet.
    pub(super) fn new(code: &RowCode, number: &str, label: &str, measure: &str) -> Self {
        FormEntry {
            code: code.clone(),
            number: number.to_owned(),
            label: label.to_owned(),
            measure: measure.to_owned(),
            units: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// Adds a unit that fills it, after the others.
    pub(super) fn add(&mut self, unit: &'a Unit, fields: Arc<[Field]>) {
        self.places.insert(&unit.code, self.units.len());
        self.units.push((unit, fields));
    }

    /// Its fields, which are the same in every unit's form.
    pub(in crate::report) fn fields(&self) -> &[Field] {
        self.units.first().map(|(_, fields)| &**fields).unwrap_or_default()
    }

    /// Its fields in a unit's form; `None` when the unit does not fill it.
    pub(in crate::report) fn fields_of(&self, unit: &UnitCode) -> Option<&[Field]> {
        self.units.get(*self.places.get(unit)?).map(|(_, fields)| &**fields)
    }

    /// “3. Dòng họ học tập (dòng họ)”.
    pub(in crate::report) fn name(&self) -> String {
        let number = if self.number.is_empty() { String::new() } else { format!("{}. ", self.number) };
        let measure = if self.measure.is_empty() { String::new() } else { format!(" ({})", self.measure) };
        format!("{number}{}{measure}", self.label)
    }
}
