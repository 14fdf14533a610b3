//! What the secretariat has decided: corrections of figures and findings it accepts.

use super::{Scene, column};
use crate::check::decision::{Correction, Waiver};
use crate::domain::{FieldId, UnitCode};
use crate::report::model::{Align, Block, Cell, Link, Place, Role, Row, Section, Table, Value};

/// Id of the table of corrections.
const CORRECTIONS: &str = "dinh-chinh";
/// Id of the table of waivers.
const WAIVERS: &str = "mien-tru";

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

/// What was decided on one figure of one unit, leading to where it is told.
pub(super) fn on(scene: &Scene<'_>, unit: &UnitCode, field: &FieldId) -> Cell {
    let decided = &scene.results.decided;
    let corrected = decided.corrections.iter().position(|(c, _)| c.unit == *unit && c.field == *field);
    if let Some(at) = corrected {
        return Cell::text("Đã đính chính").leads_to(Link::cell(CORRECTIONS, &correction_id(at), "moi"));
    }
    let mut waivers = decided.waivers.iter().enumerate();
    let of_figure = |w: &Waiver| w.unit.as_ref() == Some(unit) && w.field.as_ref() == Some(field);
    match waivers.find(|(_, (waiver, _))| of_figure(waiver)) {
        Some((at, (waiver, _))) => Cell::text(format!("Miễn trừ {}", waiver.code)).leads_to(Link::cell(
            WAIVERS,
            &waiver_id(at),
            "ma",
        )),
        None => Cell::of(Value::Blank),
    }
}

fn correction_id(at: usize) -> String {
    format!("dinh-chinh-{at}")
}

fn waiver_id(at: usize) -> String {
    format!("mien-tru-{at}")
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
    let row = |(at, (correction, label)): (usize, &(Correction, String))| {
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
        Row { id: correction_id(at).into(), role: Role::Body, cells }
    };
    Table {
        id: CORRECTIONS.into(),
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
    let row = |(at, (waiver, count)): (usize, &(Waiver, usize))| {
        let cells = vec![
            Cell::text(waiver.code.as_str()),
            Cell::text(short_name(scene, waiver.unit.as_ref())),
            Cell::count(*count as u64),
            Cell::text(&waiver.reason),
            Cell::text(&waiver.approver),
            Cell::of(Value::Date(waiver.until)),
        ];
        Row { id: waiver_id(at).into(), role: Role::Body, cells }
    };
    Table {
        id: WAIVERS.into(),
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
