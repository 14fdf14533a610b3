//! What needs attention, by unit: what it has not sent, what is wrong in what it sent, which results wait for it; first
//! the units of which nothing is used, in the order in which to chase them.

use crate::check::{UnitState, UnitStatus};
use crate::consolidate::whom_to_chase;
use crate::domain::UnitCode;
use crate::finding::Severity;
use crate::report::format::date;
use crate::report::model::{Align, Cell, Column, Role, Row, Shown, Table, Tone};
use crate::report::scene::Scene;
use std::collections::HashMap;

/// What the order follows.
const CHASED: &str = "Thứ tự đôn đốc: trước hết là đơn vị mà số liệu còn thiếu có thể làm đổi đánh giá của nhiều chỉ tiêu nhất; bằng nhau thì đơn vị chiếm phần lớn hơn trong số liệu còn thiếu đứng trước.";

/// The units that need attention: those to be chased in that order, then the others in the roster's.
pub(super) fn table(scene: &Scene<'_>) -> Table {
    let mut rows = Vec::new();
    let units = &scene.results.units;
    let chased = whom_to_chase(scene.results);
    let places: HashMap<&UnitCode, usize> =
        chased.iter().enumerate().map(|(place, awaited)| (&awaited.unit, place)).collect();
    let place = |unit: &UnitState| places.get(&unit.code).copied();
    let waited_for: Vec<_> =
        scene.results.indicators.iter().map(|result| (&result.indicator.id, result.waits_for())).collect();
    let mut in_turn: Vec<&UnitState> = units.iter().collect();
    in_turn.sort_by_key(|unit| place(unit).unwrap_or(usize::MAX));
    for unit in in_turn {
        let state = match unit.status {
            UnitStatus::Reported => "",
            UnitStatus::Late => "Nộp muộn",
            UnitStatus::Missing => "Chưa gửi",
            UnitStatus::Rejected => "Không dùng được",
        };
        let waiting: Vec<String> = waited_for
            .iter()
            .filter(|(_, units)| units.contains_key(&unit.code))
            .map(|(id, _)| id.to_string())
            .collect();
        let mine = scene.findings_of(&unit.code).iter();
        let grave = mine.clone().filter(|finding| finding.severity >= Severity::Error).count();
        let to_confirm = mine.filter(|finding| finding.severity == Severity::Confirm).count();
        if state.is_empty() && waiting.is_empty() && grave + to_confirm == 0 {
            continue;
        }
        let tone = if unit.status == UnitStatus::Late { Tone::Open } else { Tone::Bad };
        let cells = vec![
            Cell::count(rows.len() as u64 + 1),
            Cell::text(vietnamese::display::capitalised(&unit.name)),
            Cell::text(state).toned(if state.is_empty() { Tone::Plain } else { tone }),
            Cell::text(waiting.join(", ")),
            Cell::count(grave as u64),
            Cell::count(to_confirm as u64),
            // Whose figures change nothing any more has no place to be chased at.
            place(unit)
                .filter(|_| !waiting.is_empty())
                .map_or(Cell::plain(Shown::Blank), |place| Cell::count(place as u64 + 1)),
        ];
        rows.push(Row { id: (&unit.code).into(), role: Role::Body, cells });
    }
    let mut notes = Vec::new();
    if rows.is_empty() {
        notes.push("Không có đơn vị nào cần lưu ý.".into());
    }
    if !chased.is_empty() {
        notes.push(CHASED.into());
    }
    Table {
        id: "luu-y".into(),
        caption: Some(format!(
            "Đơn vị cần lưu ý (theo các tệp đã nhận đến ngày {}, không đổi theo số sửa tay)",
            date(scene.results.as_of)
        )),
        columns: vec![
            Column::ordinal("TT", 0.6),
            Column::new("don-vi", "Đơn vị", 5.0, Align::Left),
            Column::new("tinh-trang", "Tình trạng", 1.2, Align::Center),
            // As wide as the bars above it.
            Column::new("cho", "Chỉ tiêu chờ số liệu", 2.2, Align::Center),
            Column::new("loi", "Lỗi cần sửa", 0.9, Align::Right),
            Column::new("xac-nhan", "Cần giải trình", 0.9, Align::Right),
            Column::new("don-doc", "Thứ tự đôn đốc", 0.9, Align::Right),
        ],
        rows,
        notes,
    }
}
