//! When a file was saved, and by whose clock: programs write universal time, the time of the room, or do not say which.

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// A moment as it was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// What the clock showed.
    pub shown: NaiveDateTime,
    /// Which clock.
    pub clock: Clock,
}

/// Which clock a moment was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clock {
    /// Universal time.
    Utc,
    /// The clock on the wall, wherever that hung; taken for the one of the plan's offices.
    Local,
    /// One of the two.
    Unknown,
}

/// When a mail brought a file, as the mail says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The moment.
    pub moment: Moment,
    /// What of the mail says so.
    pub by: ReceiptBy,
}

/// What of a mail says when it went its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReceiptBy {
    /// A server that took it: the newest of the lines `Received`, or what Outlook keeps as the time of delivery.
    Server,
    /// Its writer's program only: the line `Date`, or what Outlook keeps as the time it was sent.
    Sender,
}

/// The span of universal time in which a moment lies; both ends are the same where the clock is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Not before.
    pub earliest: NaiveDateTime,
    /// Not after.
    pub latest: NaiveDateTime,
}

impl Moment {
    /// A moment of universal time.
    pub fn utc(shown: NaiveDateTime) -> Self {
        Moment { shown, clock: Clock::Utc }
    }

    /// A moment by the clock on the wall.
    pub fn local(shown: NaiveDateTime) -> Self {
        Moment { shown, clock: Clock::Local }
    }

    /// What a file's properties say of the moment it was saved, and the program that wrote them.
    ///
    /// The office suites of one family write the time of the room and, in Office Open XML, a `Z` behind it that does not
    /// hold. Of all others a zone is believed, and none means nothing.
    pub(super) fn of_properties(text: &str, program: Option<&str>) -> Option<Self> {
        let text = text.trim();
        let of_the_room =
            program.is_some_and(|program| OF_THE_ROOM.iter().any(|name| program.contains(name)));
        if let Some(universal) = text.strip_suffix(['Z', 'z']) {
            let clock = if of_the_room { Clock::Local } else { Clock::Utc };
            return Some(Moment { shown: written(universal)?, clock });
        }
        if let Ok(zoned) = DateTime::parse_from_rfc3339(text) {
            return Some(Moment::utc(zoned.naive_utc()));
        }
        let clock = if of_the_room { Clock::Local } else { Clock::Unknown };
        Some(Moment { shown: written(text)?, clock })
    }

    /// When that was in universal time, if the wall hung where the clock is ahead by so much.
    pub fn span(self, offset: FixedOffset) -> Span {
        let ahead = TimeDelta::seconds(i64::from(offset.local_minus_utc()));
        let from_wall = self.shown.checked_sub_signed(ahead).unwrap_or(self.shown);
        let (a, b) = match self.clock {
            Clock::Utc => (self.shown, self.shown),
            Clock::Local => (from_wall, from_wall),
            Clock::Unknown => (self.shown, from_wall),
        };
        Span { earliest: a.min(b), latest: a.max(b) }
    }

    /// As the clock on the wall showed it; of an unknown clock what it says.
    pub fn on_the_wall(self, offset: FixedOffset) -> NaiveDateTime {
        match self.clock {
            Clock::Utc => self.shown.checked_add_offset(offset).unwrap_or(self.shown),
            Clock::Local | Clock::Unknown => self.shown,
        }
    }
}

impl Span {
    /// Whether both may lie so near to each other, and either the earlier.
    pub fn is_near(self, other: Span, so_near: TimeDelta) -> bool {
        self.earliest - other.latest <= so_near && other.earliest - self.latest <= so_near
    }
}

/// Programs that write the time of the room.
const OF_THE_ROOM: [&str; 4] = ["LibreOffice", "OpenOffice", "Collabora", "NeoOffice"];

fn written(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn at(hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2024, 12, 5).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn the_program_says_whose_clock_it_was() {
        let read = |text: &str, program: &str| {
            let moment = Moment::of_properties(text, (!program.is_empty()).then_some(program)).unwrap();
            (moment.shown, moment.clock)
        };
        assert_eq!(read("2024-12-05T09:00:00Z", "Microsoft Excel 16.0300"), (at(9, 0), Clock::Utc));
        assert_eq!(read("2024-12-05T09:00:00Z", ""), (at(9, 0), Clock::Utc));
        assert_eq!(read("2024-12-05T16:00:00Z", "LibreOffice/7.4.7.2"), (at(16, 0), Clock::Local));
        assert_eq!(read("2024-12-05T16:00:00", "LibreOffice/24.2"), (at(16, 0), Clock::Local));
        assert_eq!(read("2024-12-05T16:00:00", ""), (at(16, 0), Clock::Unknown));
        assert_eq!(read("2024-12-05T16:00:00+07:00", "LibreOffice/24.2"), (at(9, 0), Clock::Utc));
        assert_eq!(Moment::of_properties("hôm qua", None), None);
    }

    #[test]
    fn an_unknown_clock_leaves_as_much_in_doubt_as_the_zones_are_apart() {
        let east = FixedOffset::east_opt(7 * 3600).unwrap();
        let span = |clock| Moment { shown: at(16, 0), clock }.span(east);
        assert_eq!(span(Clock::Utc), Span { earliest: at(16, 0), latest: at(16, 0) });
        assert_eq!(span(Clock::Local), Span { earliest: at(9, 0), latest: at(9, 0) });
        assert_eq!(span(Clock::Unknown), Span { earliest: at(9, 0), latest: at(16, 0) });
        assert!(span(Clock::Unknown).is_near(Moment::utc(at(10, 0)).span(east), TimeDelta::zero()));
        assert!(!span(Clock::Local).is_near(Moment::utc(at(9, 1)).span(east), TimeDelta::zero()));
        assert_eq!(Moment::utc(at(9, 0)).on_the_wall(east), at(16, 0));
        assert_eq!(Moment::local(at(16, 0)).on_the_wall(east), at(16, 0));
    }
}
