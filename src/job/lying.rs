//! What lies in a folder beside what was sent, told by its name.

use crate::check::decision;
use crate::check::decision::desk::is_desk_workbook;
use crate::consolidate::history::record_file::{RECORD_FILE, is_closed_mark};
use crate::consolidate::history::result_file;
use serde::Serialize;
use std::path::{Component, Path};

/// The name of the file that stands in a folder of results while they are being replaced.
pub const JOURNAL: &str = "DANG-THAY-KET-QUA.txt";

/// What a file is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lying {
    /// Left by a system or by the program: nobody is to be told of it.
    Aside,
    /// The season's workbook, where decisions are typed.
    SeasonWorkbook,
    /// A text of decisions.
    Decisions,
    /// The result of a year.
    Result,
    /// What tells of a sealed record; what lies below its folder was received, and read, before.
    Record,
    /// Anything else: it may have been sent.
    Other,
}

impl Lying {
    /// What a file of that name is.
    pub fn of_name(name: &str) -> Self {
        if is_aside(name) {
            Lying::Aside
        } else if is_desk_workbook(name) {
            Lying::SeasonWorkbook
        } else if decision::is_of_decisions(name) {
            Lying::Decisions
        } else if name == RECORD_FILE {
            Lying::Record
        } else if name.starts_with(result_file::NAMED) && name.ends_with(".json") {
            Lying::Result
        } else {
            Lying::Other
        }
    }
}

/// Whether a path of a result or a record leads nowhere but into its folder: what names it is a file like any other.
pub fn stays_inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Files that systems, and this program, leave in folders without anybody asking.
pub fn is_aside(name: &str) -> bool {
    name.starts_with('.')
        || name == JOURNAL
        || is_closed_mark(name)
        || name.eq_ignore_ascii_case("Thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_names() {
        for (name, lying) in [
            (".DS_Store", Lying::Aside),
            ("thumbs.db", Lying::Aside),
            (JOURNAL, Lying::Aside),
            ("theo-doi-xhht-2024.xlsx", Lying::SeasonWorkbook),
            ("theo-doi-xhht-2024.toml", Lying::Decisions),
            ("mien-tru.toml", Lying::Decisions),
            ("ket-qua-xhht-2023.json", Lying::Result),
            ("ho-so.toml", Lying::Record),
            ("797-Huyện Vĩnh Hưng.xls", Lying::Other),
            ("~$802-Huyện Đức Hòa.xlsx", Lying::Other),
        ] {
            assert_eq!(Lying::of_name(name), lying, "{name}");
        }
    }
}
