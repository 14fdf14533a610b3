//! Every file that was read, by its content.

use crate::report::model::{Align, Block, Cell, Column, Place, Role, Row, Section, Shown, Table, Tone};
use crate::report::scene::Scene;

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let columns = vec![
        Column::new("don-vi", "Đơn vị", 2.0, Align::Left),
        Column::new("tep", "Tệp", 3.6, Align::Left),
        Column::new("dung", "Được dùng", 1.0, Align::Center),
        Column::new("phan-mem", "Lưu bằng", 2.2, Align::Left),
        Column::new("phien-ban", "Phiên bản biểu mẫu", 1.1, Align::Center),
        Column::new("sha256", "SHA-256", 6.6, Align::Left),
    ];
    let mut rows = Vec::new();
    for unit in &scene.results.units {
        for (i, file) in unit.files.iter().enumerate() {
            let text = |text: &Option<String>| text.as_ref().map_or(Shown::Blank, Shown::text);
            let cells = vec![
                Cell::text(&unit.short_name),
                Cell::text(&file.file.path),
                Cell::text(if file.chosen { "Có" } else { "Không" }).toned(if file.chosen {
                    Tone::Plain
                } else {
                    Tone::Quiet
                }),
                Cell::plain(text(&file.saved_by)),
                Cell::plain(text(&file.plan_version)),
                Cell::text(&file.file.sha256),
            ];
            rows.push(Row { id: format!("{}-{i}", unit.code).into(), role: Role::Body, cells });
        }
    }
    let table = Table {
        id: "nguon".into(),
        caption: None,
        columns,
        rows,
        notes: vec![format!(
            "Kế hoạch {} phiên bản {}, SHA-256 {}. Tệp không nhận ra đơn vị chỉ nêu ở trang Nhận xét.",
            scene.plan.id, scene.plan.version, scene.plan.sha256
        )],
    };
    Section {
        id: "nguon".into(),
        title: "NGUỒN SỐ LIỆU".into(),
        place: Place::Sheet,
        sheet: Some("Nguồn".into()),
        blocks: vec![Block::Table(table)],
    }
}
