//! Same cause grouped, cells joined into ranges.

use crate::domain::cell::joined;
use crate::domain::{CellAddress, UnitCode};
use crate::finding::{Finding, FindingCode};
use ecow::EcoString;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// How many labels a grouped finding names before it only counts them.
const LABELS_NAMED: usize = 3;

/// Joins findings of one sheet that differ in nothing but the cell and its label. The first of a group keeps its place.
pub(super) fn grouped(findings: Vec<Finding>) -> Vec<Finding> {
    let mut groups: Vec<(Finding, Vec<CellAddress>, Vec<String>)> = Vec::new();
    let mut known: HashMap<Key, usize> = HashMap::new();
    for finding in findings {
        let cell = finding.origin.as_ref().and_then(|o| o.cell.as_deref()).and_then(CellAddress::parse);
        let label = finding.label.clone();
        let Some(cell) = cell else {
            groups.push((finding, Vec::new(), label.into_iter().collect()));
            continue;
        };
        match known.entry(Key::of(&finding)) {
            Entry::Occupied(at) => {
                let (_, cells, labels) = &mut groups[*at.get()];
                cells.push(cell);
                labels.extend(label);
            }
            Entry::Vacant(place) => {
                place.insert(groups.len());
                groups.push((finding, vec![cell], label.into_iter().collect()));
            }
        }
    }
    groups.into_iter().map(|(finding, cells, labels)| told(finding, &cells, &labels)).collect()
}

/// Everything that findings of one group share.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    code: FindingCode,
    unit: Option<UnitCode>,
    place: Option<(EcoString, Option<EcoString>)>,
    texts: [Option<String>; 5],
}

impl Key {
    fn of(finding: &Finding) -> Self {
        Key {
            code: finding.code,
            unit: finding.unit.clone(),
            place: finding.origin.as_ref().map(|origin| (origin.file.clone(), origin.sheet.clone())),
            texts: [
                Some(finding.cause.clone()),
                Some(finding.cure.clone()),
                finding.typed.clone(),
                finding.read.clone(),
                finding.expected.clone(),
            ],
        }
    }
}

fn told(mut finding: Finding, cells: &[CellAddress], labels: &[String]) -> Finding {
    if cells.len() > 1 {
        if let Some(origin) = finding.origin.as_mut() {
            origin.cell = Some(joined(cells).into());
        }
        let named = labels.iter().take(LABELS_NAMED).cloned().collect::<Vec<_>>().join("; ");
        let more = labels.len().saturating_sub(LABELS_NAMED);
        let tail = if more > 0 { format!("; và {more} ô khác") } else { String::new() };
        finding.label = Some(format!("{} ô: {named}{tail}", cells.len()));
    }
    finding
}
