//! What each unit reported, field by field, written from where it is: of a whole country nobody holds it twice.

use crate::check::UnitState;
use crate::consolidate::Consolidated;
use crate::consolidate::history::value::ValuePart;
use crate::domain::{FieldId, FieldKind, UnitCode};
use crate::form::{Form, FormBook};
use crate::plan::Plan;
use crate::submission::Reported;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::HashMap;

/// The accepted values of the units.
pub(super) type ByUnit<'a> = HashMap<&'a UnitCode, Vec<(&'a FieldId, &'a Reported)>>;

/// Sorts them by unit; within a unit they stay in the order of their fields.
pub(super) fn by_unit(results: &Consolidated) -> ByUnit<'_> {
    let mut by_unit: ByUnit<'_> = HashMap::new();
    for (field, reported) in &results.reported {
        for (unit, reported) in reported {
            by_unit.entry(unit).or_default().push((field, reported.as_ref()));
        }
    }
    by_unit
}

/// The values of one unit.
pub(super) struct Values<'a> {
    form: Option<Form>,
    reported: &'a [(&'a FieldId, &'a Reported)],
}

pub(super) fn of_unit<'a>(
    plan: &Plan,
    forms: &FormBook<'_>,
    results: &Consolidated,
    values: &'a ByUnit<'a>,
    unit: &UnitState,
) -> Values<'a> {
    let reported = values.get(&unit.code).map(Vec::as_slice).unwrap_or_default();
    let of_roster = plan
        .units
        .iter()
        .find(|known| known.code == unit.code && known.validity.covers(plan.due_date(results.year)));
    let form = of_roster.filter(|_| !reported.is_empty()).map(|unit| forms.form_for(unit, results.year));
    Values { form, reported }
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.reported.len()))?;
        for (id, reported) in self.reported {
            let kind =
                self.form.as_ref().and_then(|form| form.field(id)).map_or(&FieldKind::Decimal, |f| &f.kind);
            map.serialize_entry(id, &ValuePart::of_reported(reported, kind))?;
        }
        map.end()
    }
}
