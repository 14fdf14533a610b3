//! What the secretariat has decided: corrections of figures and findings it accepts.

use super::{Scene, column};
use crate::report::model::{Align, Block, Cell, Place, Role, Row, Section, Table, Value};

/// A sheet and an annex of what was applied; `None` when nothing was.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let decided = &scene.results.decided;
    if decided.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    if !decided.corrections.is_empty() {
        blocks.push(Block::Table(corrections(scene)));
    }
    if !decided.waivers.is_empty() {
        blocks.push(Block::Table(waivers(scene)));
    }
    Some(Section {
        id: "quyet-dinh".into(),
        title: "ĐÍNH CHÍNH VÀ MIỄN TRỪ ĐÃ ÁP DỤNG".into(),
        place: Place::Annex { landscape: true },
        sheet: Some("Đính chính, miễn trừ".into()),
        blocks,
    })
}

fn corrections(scene: &Scene<'_>) -> Table {
    let columns = vec![
        column("don-vi", "Đơn vị", 1.6, Align::Left),
        column("o", "Mục", 4.0, Align::Left),
        column("cu", "Giá trị cũ", 1.2, Align::Right),
        column("moi", "Giá trị mới", 1.2, Align::Right),
        column("ly-do", "Lý do", 3.2, Align::Left),
        column("nguoi", "Người thực hiện", 1.8, Align::Left),
        column("ngay", "Ngày", 1.2, Align::Center),
    ];
    let row = |(at, (correction, label)): (usize, &(_, String))| {
        let correction: &crate::check::decision::Correction = correction;
        let old = if correction.old.trim().is_empty() { "trống" } else { correction.old.as_str() };
        let cells = vec![
            Cell::text(short_name(scene, Some(&correction.unit))),
            Cell::text(label),
            Cell::text(old),
            Cell::text(&correction.new),
            Cell::text(&correction.reason),
            Cell::text(&correction.who),
            Cell::of(Value::Date(correction.date)),
        ];
        Row { id: format!("dinh-chinh-{at}"), role: Role::Body, cells }
    };
    Table {
        id: "dinh-chinh".into(),
        caption: Some("Số liệu đã đính chính".into()),
        columns,
        rows: scene.results.decided.corrections.iter().enumerate().map(row).collect(),
        notes: Vec::new(),
    }
}

fn waivers(scene: &Scene<'_>) -> Table {
    let columns = vec![
        column("ma", "Mã", 0.9, Align::Center),
        column("don-vi", "Đơn vị", 1.6, Align::Left),
        column("so", "Số nhận xét", 1.0, Align::Right),
        column("ly-do", "Lý do", 4.4, Align::Left),
        column("nguoi", "Người duyệt", 2.2, Align::Left),
        column("han", "Đến ngày", 1.2, Align::Center),
    ];
    let row = |(at, (waiver, count)): (usize, &(_, usize))| {
        let waiver: &crate::check::decision::Waiver = waiver;
        let cells = vec![
            Cell::text(waiver.code.as_str()),
            Cell::text(short_name(scene, waiver.unit.as_ref())),
            Cell::count(*count as u64),
            Cell::text(&waiver.reason),
            Cell::text(&waiver.approver),
            Cell::of(Value::Date(waiver.until)),
        ];
        Row { id: format!("mien-tru-{at}"), role: Role::Body, cells }
    };
    Table {
        id: "mien-tru".into(),
        caption: Some("Nhận xét được chấp nhận".into()),
        columns,
        rows: scene.results.decided.waivers.iter().enumerate().map(row).collect(),
        notes: Vec::new(),
    }
}

fn short_name(scene: &Scene<'_>, code: Option<&crate::domain::UnitCode>) -> String {
    let unit = scene.results.units.iter().find(|unit| Some(&unit.code) == code);
    unit.map(|unit| unit.short_name.clone()).or_else(|| code.map(ToString::to_string)).unwrap_or_default()
}
