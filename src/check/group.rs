//! Findings of one cause become one, their cells joined into ranges.

use crate::domain::cell::joined;
use crate::domain::{CellAddress, UnitCode};
use crate::finding::{Finding, FindingCode};
use ecow::EcoString;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// How many labels a grouped finding names before it only counts them.
const LABELS_NAMED: usize = 3;

/// Joins findings of one sheet that differ in nothing but the cell they are about. The first of a group keeps its place.
pub(super) fn grouped(findings: Vec<Finding>) -> Vec<Finding> {
    let mut groups: Vec<Group> = Vec::new();
    let mut known: HashMap<Cause, usize> = HashMap::new();
    for finding in findings {
        let cell = finding.origin.as_ref().and_then(|o| o.cell.as_deref()).and_then(CellAddress::parse);
        if cell.is_none() {
            groups.push(Group::begun_with(finding, cell));
            continue;
        }
        match known.entry(Cause::of_finding(&finding)) {
            Entry::Occupied(at) => groups[*at.get()].add(finding, cell),
            Entry::Vacant(place) => {
                place.insert(groups.len());
                groups.push(Group::begun_with(finding, cell));
            }
        }
    }
    groups.into_iter().map(Group::into_finding).collect()
}

/// Findings that become one: the first of them, and what the others add to it.
struct Group {
    first: Finding,
    cells: Vec<CellAddress>,
    labels: Vec<String>,
}

impl Group {
    fn begun_with(first: Finding, cell: Option<CellAddress>) -> Self {
        Group { cells: cell.into_iter().collect(), labels: first.label.iter().cloned().collect(), first }
    }

    fn add(&mut self, finding: Finding, cell: Option<CellAddress>) {
        self.cells.extend(cell);
        self.labels.extend(finding.label);
        self.first.fields.extend(finding.fields);
        self.first.kept_out.join(finding.kept_out);
    }

    fn into_finding(self) -> Finding {
        let Group { first: mut finding, cells, labels } = self;
        if cells.len() > 1 {
            if !finding.kept_out.named.is_empty() {
                finding.effect = finding.kept_out.effect();
            }
            if let Some(origin) = finding.origin.as_mut() {
                origin.cell = Some(joined(&cells).into());
            }
            let named = labels.iter().take(LABELS_NAMED).cloned().collect::<Vec<_>>().join("; ");
            let more = labels.len().saturating_sub(LABELS_NAMED);
            let tail = if more > 0 { format!("; và {more} ô khác") } else { String::new() };
            finding.label = Some(format!("{} ô: {named}{tail}", cells.len()));
        }
        finding
    }
}

/// Everything that findings of one group share.
#[derive(PartialEq, Eq, Hash)]
struct Cause {
    code: FindingCode,
    unit: Option<UnitCode>,
    place: Option<(EcoString, Option<EcoString>)>,
    texts: [Option<String>; 5],
}

impl Cause {
    fn of_finding(finding: &Finding) -> Self {
        Cause {
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
