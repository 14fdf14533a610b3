//! When a submission was saved, by its own account and by that of the disk or the archive it came in.

use super::Submission;
use crate::intake::moment::{Clock, Moment, Span};
use chrono::{FixedOffset, TimeDelta};

/// When a file was saved, as far as anybody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// As it was written down.
    pub moment: Moment,
    /// In universal time.
    pub span: Span,
    /// By whose account.
    pub account: Account,
}

/// Who says when a file was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// The file itself.
    Own,
    /// The disk, or the archive around it: the file says nothing.
    Around,
    /// The disk or the archive, for the file claims a moment that had not come when it was written there.
    AgainstItsOwn,
}

/// How far the clocks of two computers may differ without contradicting each other.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(10);

impl Submission {
    /// When it was saved, if the clocks of the room are ahead of universal time by so much.
    pub fn saved(&self, offset: FixedOffset) -> Option<Saved> {
        let of = |moment: Moment, account| Saved { moment, span: moment.span(offset), account };
        match (self.modified, self.stored) {
            (Some(own), Some(stored)) if is_too_late(own, stored, offset) => {
                Some(of(stored, Account::AgainstItsOwn))
            }
            (Some(own), _) => Some(of(own, Account::Own)),
            (None, Some(stored)) => Some(of(stored, Account::Around)),
            (None, None) => None,
        }
    }
}

/// Whether a file claims to have been saved after it was put where it lies. An archive may have been packed far away, so
/// its clock is trusted the less.
fn is_too_late(own: Moment, stored: Moment, offset: FixedOffset) -> bool {
    let stored = match stored.clock {
        Clock::Local => Moment { clock: Clock::Unknown, ..stored },
        Clock::Utc | Clock::Unknown => stored,
    };
    let latest = stored.span(offset).latest;
    own.span(offset).earliest > latest.checked_add_signed(CLOCKS_DIFFER).unwrap_or(latest)
}
