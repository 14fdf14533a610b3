//! How a season stands, on the terminal.

use super::terminal::{HEADING, Terminal};
use crate::season::{Season, Stage, UnitSeason};
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
        let named: Vec<String> = units.map(with_its_facts).collect();
        if named.is_empty() {
            continue;
        }
        let names: Vec<&str> = named.iter().map(String::as_str).collect();
        let first = first_of(&names, NAMED, "đơn vị khác");
        terminal.say(format!("  {} ({}): {first}", stage.vietnamese(), names.len()));
    }
}

/// A unit with when it sent, which version counts, what is asked of it, and how many indicators wait for it.
fn with_its_facts(unit: &UnitSeason) -> String {
    let facts = [
        unit.came.map(|came| format!("gửi {}", date(came.day))),
        (unit.versions > 1).then(|| format!("{} bản", unit.versions)),
        (unit.to_mend() > 0).then(|| format!("{} lỗi", unit.to_mend())),
        (unit.to_explain() > 0).then(|| format!("{} số cần giải trình", unit.to_explain())),
        (!unit.awaited.is_empty()).then(|| format!("{} chỉ tiêu đang chờ", unit.awaited.len())),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    match facts.is_empty() {
        true => unit.short_name.clone(),
        false => format!("{} ({})", unit.short_name, facts.join("; ")),
    }
}
