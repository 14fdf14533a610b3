//! How sources become history: which speaks for a year, and what is told of those that do not.

use super::contradictions;
use super::{History, PastYear};
use crate::plan::Plan;

impl History {
    /// Adds what a source tells, if it is of a year of this plan or of one of its predecessors; gives back whether it is. A
    /// year of the plan's own goes before those of predecessors, a sealed record before a result that lies by itself, and of
    /// two such sources of one year the first. Parts of a record are told the last first: what was closed before the part that
    /// speaks is kept as what was published before.
    pub fn take(&mut self, plan: &Plan, past: PastYear) -> bool {
        if let Some(doubt) = contradictions::of_no_year(plan, &past) {
            self.doubted.push(doubt);
            return false;
        }
        let Some(past) = past.seen_from(plan) else { return false };
        let Some(known) = self.years.get_mut(&past.year) else {
            self.add(past);
            return true;
        };
        if known.territories == past.territories {
            if past.is_closed_before(known) {
                self.add_replaced(past);
                return true;
            }
            let is_better = known.record.is_none() && past.record.is_some();
            self.doubted.extend(contradictions::between(known, &past, is_better));
            if is_better {
                self.add(past);
            }
        } else if past.territories.is_empty() {
            self.add(past);
        } else if !known.territories.is_empty() {
            known.join(past);
        }
        true
    }
}
