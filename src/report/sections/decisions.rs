//! What the secretariat has decided: corrections of figures and findings it accepts.

use crate::check::decision::{Correction, Waiver};
use crate::domain::UnitCode;
use crate::plan::Annex;
use crate::report::model::{Align, Block, Cell, Column, Role, Row, Section, Shown, Table};
use crate::report::scene::Scene;
use crate::report::tables::decisions::{self, CORRECTIONS, WAIVERS};

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
        place: scene.annex(Annex::QuyetDinh, true),
        sheet: Some("Đính chính, miễn trừ".into()),
        blocks,
    })
}

fn corrections(scene: &Scene<'_>) -> Table {
    let columns = vec![
        Column::new("don-vi", "Đơn vị", 1.6, Align::Left),
        Column::new("o", "Mục", 4.0, Align::Left),
        Column::new("cu", "Giá trị cũ", 1.2, Align::Right),
        Column::new(decisions::NEW_VALUE, "Giá trị mới", 1.2, Align::Right),
        Column::new("ly-do", "Lý do", 3.2, Align::Left),
        Column::new("nguoi", "Người thực hiện", 1.8, Align::Left),
        Column::new("ngay", "Ngày", 1.2, Align::Center),
    ];
    let row = |(at, (correction, label)): (usize, &(Correction, String))| {
        let old = if correction.old.trim().is_empty() { "trống" } else { correction.old.as_str() };
        let cells = vec![
            Cell::text(short_name(scene, Some(&correction.unit))),
            Cell::text(label),
            Cell::text(old),
            Cell::text(&correction.new),
            Cell::text(&correction.reason),
            Cell::text(&correction.who),
            Cell::plain(Shown::Date(correction.date)),
        ];
        Row { id: decisions::row(at), role: Role::Body, cells }
    };
    Table {
        id: CORRECTIONS,
        caption: Some("Số liệu đã đính chính".into()),
        columns,
        rows: scene.results.decided.corrections.iter().enumerate().map(row).collect(),
        notes: Vec::new(),
    }
}

fn waivers(scene: &Scene<'_>) -> Table {
    let columns = vec![
        Column::new(decisions::CODE, "Mã", 0.9, Align::Center),
        Column::new("don-vi", "Đơn vị", 1.6, Align::Left),
        Column::new("so", "Số nhận xét", 1.0, Align::Right),
        Column::new("ly-do", "Lý do", 4.4, Align::Left),
        Column::new("nguoi", "Người duyệt", 2.2, Align::Left),
        Column::new("han", "Đến ngày", 1.2, Align::Center),
    ];
    let row = |(at, (waiver, count)): (usize, &(Waiver, usize))| {
        let cells = vec![
            Cell::text(waiver.code.to_string()),
            Cell::text(short_name(scene, waiver.unit.as_ref())),
            Cell::count(*count as u64),
            Cell::text(&waiver.reason),
            Cell::text(&waiver.approver),
            Cell::plain(Shown::Date(waiver.until)),
        ];
        Row { id: decisions::row(at), role: Role::Body, cells }
    };
    Table {
        id: WAIVERS,
        caption: Some("Nhận xét được chấp nhận".into()),
        columns,
        rows: scene.results.decided.waivers.iter().enumerate().map(row).collect(),
        notes: Vec::new(),
    }
}

fn short_name(scene: &Scene<'_>, code: Option<&UnitCode>) -> String {
    let unit = scene.results.units.iter().find(|unit| Some(&unit.code) == code);
    unit.map(|unit| unit.short_name.clone()).or_else(|| code.map(ToString::to_string)).unwrap_or_default()
}
