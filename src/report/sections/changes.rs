//! What differs from the last run in the same folder: results with their causes, files, values.

use crate::consolidate::SinceLastRun;
use crate::report::changed::{
    causes_in_words, event_in_words, figure_in_words, sums_in_words, unit_in_words, value_in_words,
    verdict_in_words,
};
use crate::report::model::{Align, Block, Cell, Column, Place, Role, Row, Section, Table, Tone};
use crate::report::scene::Scene;
use vietnamese::display::date;

/// The sheet of what differs from the run before.
pub const CHANGES_SHEET: &str = "Thay đổi";

/// A sheet of what changed; `None` when there was no run before or nothing did.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let since = scene.results.since_last_run.as_ref()?;
    let mut blocks = vec![Block::paragraph(format!(
        "So với lần chạy trước trong cùng thư mục (số liệu chốt ngày {}). Mỗi thay đổi kèm nguyên nhân, xét theo thứ tự: tệp đơn vị gửi; miễn trừ, đính chính; ngày chốt số liệu; danh sách đơn vị; kế hoạch, quy tắc; số liệu năm trước; phiên bản chương trình.",
        date(since.as_of)
    ))];
    let tables = [figures(scene, since), files(scene, since), values(scene, since)];
    blocks.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    Some(Section {
        id: "thay-doi".into(),
        title: "THAY ĐỔI SO VỚI LẦN CHẠY TRƯỚC".into(),
        place: Place::Sheet,
        sheet: Some(CHANGES_SHEET.into()),
        blocks,
    })
}

fn figures(scene: &Scene<'_>, since: &SinceLastRun) -> Table {
    let columns = vec![
        Column::new("chi-tieu", "Chỉ tiêu", 0.8, Align::Center),
        Column::new("ten", "Tên", 3.0, Align::Left),
        Column::new("truoc", "Kết quả trước", 2.2, Align::Center),
        Column::new("nay", "Kết quả nay", 2.2, Align::Center),
        Column::new("so-truoc", "Số đạt / tổng số trước", 1.8, Align::Center),
        Column::new("so-nay", "Số đạt / tổng số nay", 1.8, Align::Center),
        Column::new("dg-truoc", "Đánh giá trước", 1.5, Align::Center),
        Column::new("dg-nay", "Đánh giá nay", 1.5, Align::Center),
        Column::new("vi", "Nguyên nhân", 4.4, Align::Left),
    ];
    let rows = since.changes.figures.iter().map(|change| {
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        let title =
            scene.plan.indicator(&change.indicator).map_or("", |indicator| indicator.short_title.as_str());
        let tone = if change.is_flipped() { Tone::Open } else { Tone::Plain };
        let cells = vec![
            Cell::text(change.indicator.to_string()),
            Cell::text(title),
            Cell::text(figure_in_words(before)),
            Cell::text(figure_in_words(after)),
            Cell::text(sums_in_words(before)),
            Cell::text(sums_in_words(after)),
            Cell::text(verdict_in_words(before)),
            Cell::text(verdict_in_words(after)).toned(tone),
            Cell::text(causes_in_words(scene.plan, scene.results.year, change)),
        ];
        Row { id: format!("{}", change.indicator).into(), role: Role::Body, cells }
    });
    table("thay-doi-chi-tieu", "Chỉ tiêu đổi kết quả", columns, rows.collect())
}

fn files(scene: &Scene<'_>, since: &SinceLastRun) -> Table {
    let columns = vec![
        Column::new("don-vi", "Đơn vị", 2.0, Align::Left),
        Column::new("tep", "Tệp", 4.0, Align::Left),
        Column::new("viec", "Thay đổi", 1.8, Align::Center),
    ];
    let rows = since.changes.files.iter().enumerate().map(|(at, file)| {
        let cells = vec![
            Cell::text(unit_in_words(scene.plan, scene.results.year, &file.unit)),
            Cell::text(&file.path),
            Cell::text(event_in_words(file.event)),
        ];
        Row { id: format!("tep-{at}").into(), role: Role::Body, cells }
    });
    table("thay-doi-tep", "Tệp", columns, rows.collect())
}

fn values(scene: &Scene<'_>, since: &SinceLastRun) -> Table {
    let columns = vec![
        Column::new("don-vi", "Đơn vị", 2.0, Align::Left),
        Column::new("muc", "Mục số liệu", 4.6, Align::Left),
        Column::new("truoc", "Trước", 2.2, Align::Right),
        Column::new("nay", "Nay", 2.2, Align::Right),
        Column::new("vi", "Nguyên nhân", 2.4, Align::Left),
    ];
    let rows = since.changes.values.iter().enumerate().map(|(at, change)| {
        let form = scene.roster.get(&change.unit).map(|unit| scene.book.form_for(unit, scene.results.year));
        let label = form.as_ref().and_then(|form| form.field(&change.field));
        let label = label.map_or_else(|| change.field.to_string(), |field| field.label.to_string());
        let causes: Vec<&str> = change.causes.iter().map(|cause| cause.vietnamese()).collect();
        let cells = vec![
            Cell::text(unit_in_words(scene.plan, scene.results.year, &change.unit)),
            Cell::text(label),
            Cell::text(value_in_words(change.before.as_ref())),
            Cell::text(value_in_words(change.after.as_ref())),
            Cell::text(causes.join("; ")),
        ];
        Row { id: format!("o-{at}").into(), role: Role::Body, cells }
    });
    table("thay-doi-o", "Ô số liệu", columns, rows.collect())
}

fn table(id: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table { id: id.into(), caption: Some(caption.into()), columns, rows, notes: Vec::new() }
}
