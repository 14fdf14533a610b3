//! Same cause grouped, cells joined into ranges.

use crate::domain::CellAddress;
use crate::domain::cell::joined;
use crate::finding::Finding;

/// How many labels a grouped finding names before it only counts them.
const LABELS_NAMED: usize = 3;

/// Joins findings of one sheet that differ in nothing but the cell and its label. The first of a group keeps its place.
pub(super) fn grouped(findings: Vec<Finding>) -> Vec<Finding> {
    let mut groups: Vec<(Finding, Vec<CellAddress>, Vec<String>)> = Vec::new();
    for finding in findings {
        let cell = finding.origin.as_ref().and_then(|o| o.cell.as_deref()).and_then(CellAddress::parse);
        let same = |known: &Finding| {
            let place = |f: &Finding| f.origin.as_ref().map(|o| (o.file.clone(), o.sheet.clone()));
            (&known.code, &known.unit, &known.cause, &known.cure, &known.typed, &known.read, &known.expected)
                == (
                    &finding.code,
                    &finding.unit,
                    &finding.cause,
                    &finding.cure,
                    &finding.typed,
                    &finding.read,
                    &finding.expected,
                )
                && place(known) == place(&finding)
        };
        let label = finding.label.clone();
        match (cell, groups.iter_mut().find(|(known, cells, _)| !cells.is_empty() && same(known))) {
            (Some(cell), Some((_, cells, labels))) => {
                cells.push(cell);
                labels.extend(label);
            }
            (cell, _) => groups.push((finding, cell.into_iter().collect(), label.into_iter().collect())),
        }
    }
    groups.into_iter().map(|(finding, cells, labels)| told(finding, &cells, &labels)).collect()
}

fn told(mut finding: Finding, cells: &[CellAddress], labels: &[String]) -> Finding {
    if cells.len() > 1 {
        if let Some(origin) = finding.origin.as_mut() {
            origin.cell = Some(joined(cells));
        }
        let named = labels.iter().take(LABELS_NAMED).cloned().collect::<Vec<_>>().join("; ");
        let more = labels.len().saturating_sub(LABELS_NAMED);
        let tail = if more > 0 { format!("; và {more} ô khác") } else { String::new() };
        finding.label = Some(format!("{} ô: {named}{tail}", cells.len()));
    }
    finding
}
