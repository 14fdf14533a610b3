//! A year's record: closed once and never written again, run anew to prove it, run with another plan to see what would be.

mod among;
mod close;
mod opened;
mod rehearse;
mod steps;
mod verify;

pub(super) use among::lower_among;
pub(super) use close::close;
pub(super) use opened::{Opened, Sealed};
pub(super) use rehearse::rehearse;
pub(super) use verify::verify;
