//! How a season stands, on the terminal.

use super::terminal::{HEADING, Terminal};
use crate::season::{Season, Stage};
use vietnamese::display::{date, first_of};

/// How many units a line names.
const NAMED: usize = 8;

/// How the season stands, in a few lines.
pub(super) fn say_season(terminal: &Terminal, season: &Season) {
    let left = season.left_in_words();
    terminal.say(format!(
        "{HEADING}Tình hình đến {}{HEADING:#}: {}/{} đơn vị đã có báo cáo dùng được; hạn trước {} ({left})",
        date(season.day),
        season.received(),
        season.units.len(),
        date(season.due)
    ));
    for stage in Stage::ALL {
        let units = season.units.iter().filter(|unit| unit.stage == stage);
        let names: Vec<&str> = units.map(|unit| unit.short_name.as_str()).collect();
        if names.is_empty() {
            continue;
        }
        let named = match stage {
            Stage::Settled => String::new(),
            _ => format!(": {}", first_of(&names, NAMED, "đơn vị khác")),
        };
        terminal.say(format!("  {} ({}){named}", stage.vietnamese(), names.len()));
    }
}
