//! What needs attention, by unit: what it has not sent, what is wrong in what it sent, which results wait for it.

use super::{Scene, column};
use crate::check::UnitStatus;
use crate::finding::Severity;
use crate::report::model::{Align, Cell, Role, Row, Table, Tone};

/// The units that need attention, in the roster's order.
pub(super) fn table(scene: &Scene<'_>) -> Table {
    let mut rows = Vec::new();
    for unit in &scene.results.units {
        let state = match unit.status {
            UnitStatus::Reported => "",
            UnitStatus::Late => "Nộp muộn",
            UnitStatus::Missing => "Chưa gửi",
            UnitStatus::Rejected => "Không dùng được",
        };
        let waiting: Vec<String> = scene
            .results
            .indicators
            .iter()
            .filter(|result| result.depends_on.contains(&unit.code))
            .map(|result| result.indicator.id.to_string())
            .collect();
        let mine = scene.findings.iter().filter(|finding| finding.unit.as_ref() == Some(&unit.code));
        let grave = mine.clone().filter(|finding| finding.severity >= Severity::Error).count();
        let to_confirm = mine.filter(|finding| finding.severity == Severity::Confirm).count();
        if state.is_empty() && waiting.is_empty() && grave + to_confirm == 0 {
            continue;
        }
        let tone = if unit.status == UnitStatus::Late { Tone::Open } else { Tone::Bad };
        let cells = vec![
            Cell::count(rows.len() as u64 + 1),
            Cell::text(crate::form::capitalised(&unit.name)),
            Cell::text(state).toned(if state.is_empty() { Tone::Plain } else { tone }),
            Cell::count(grave as u64),
            Cell::count(to_confirm as u64),
            Cell::text(waiting.join(", ")),
        ];
        rows.push(Row { id: unit.code.to_string(), role: Role::Body, cells });
    }
    let notes =
        if rows.is_empty() { vec!["Không có đơn vị nào cần lưu ý.".into()] } else { Vec::new() };
    Table {
        id: "luu-y".into(),
        caption: Some("Đơn vị cần lưu ý".into()),
        columns: vec![
            column("tt", "TT", 0.6, Align::Center),
            column("don-vi", "Đơn vị", 4.4, Align::Left),
            column("tinh-trang", "Tình trạng", 1.2, Align::Center),
            column("loi", "Lỗi cần sửa", 0.9, Align::Right),
            column("xac-nhan", "Cần giải trình", 0.9, Align::Right),
            column("cho", "Chỉ tiêu đang chờ", 2.2, Align::Center),
        ],
        rows,
        notes,
    }
}
