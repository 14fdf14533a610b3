//! Who reported, when, with which file.

use crate::check::UnitState;
use crate::plan::Annex;
use crate::report::format::date;
use crate::report::model::{Align, Block, Cell, Column, Place, Role, Row, Section, Shown, Tab, Table};
use crate::report::scene::Scene;
use crate::report::wording::unit_status;

/// The annexes: with the letter, where it has one, who reported and when; among what stays with the secretariat the same
/// with the number of findings. File names and the ledger are the workbook's.
pub(super) fn annexes(scene: &Scene<'_>) -> Vec<Section> {
    let with_letter = match scene.annex(Annex::BaiNop, false) {
        Place::Internal { .. } => None,
        place => Some(annex(scene, "bai-nop-phu-luc", place, false)),
    };
    let internal = annex(scene, "bai-nop-noi-bo", Place::Internal { landscape: false }, true);
    with_letter.into_iter().chain([internal]).collect()
}

fn annex(scene: &Scene<'_>, id: &str, place: Place, counts_findings: bool) -> Section {
    let mut columns = vec![
        Column::ordinal("TT", 0.7),
        Column::new("don-vi", "Đơn vị", 4.2, Align::Left),
        Column::new("tinh-trang", "Tình trạng", 2.5, Align::Center),
        Column::new("ngay", "Ngày lập báo cáo", 1.6, Align::Center),
    ];
    if counts_findings {
        columns.push(Column::new("nhan-xet", "Số nhận xét", 1.2, Align::Right));
    }
    let mut number = 0;
    let rows = rows(scene, |unit| {
        number += 1;
        let mut cells = vec![Cell::count(number), name(unit), status(unit), day(unit)];
        cells.extend(counts_findings.then(|| findings(scene, unit)));
        cells
    });
    section(scene, id, place, None, (columns, rows, vec![deadline(scene)]))
}

/// The sheet of the workbook: with the files, and what became of the cells in them.
pub(super) fn sheet(scene: &Scene<'_>) -> Section {
    let columns = vec![
        Column::new("ma", "Mã", 1.0, Align::Center),
        Column::new("don-vi", "Đơn vị", 2.8, Align::Left),
        Column::new("tinh-trang", "Tình trạng", 1.4, Align::Center),
        Column::new("ngay", "Ngày lập báo cáo", 1.2, Align::Center),
        Column::new("tep", "Tệp", 4.4, Align::Left),
        Column::new("nhan-xet", "Số nhận xét", 0.8, Align::Right),
    ];
    let rows = rows(scene, |unit| {
        let code = Cell::text(unit.code.as_str());
        vec![code, name(unit), status(unit), day(unit), files(unit), findings(scene, unit)]
    });
    let ledger = &scene.results.ledger;
    let sums = format!(
        "Đối chiếu các ô đã điền: {} ô = {} dùng + {} bản cũ + {} không nhận + {} chỉ để đối chiếu hoặc chưa có số.",
        ledger.filled,
        ledger.used,
        ledger.superseded,
        ledger.rejected_in_all(),
        ledger.ignored_in_all()
    );
    section(scene, "bai-nop", Place::Sheet, Some("Bài nộp"), (columns, rows, vec![deadline(scene), sums]))
}

fn section(
    scene: &Scene<'_>,
    id: &str,
    place: Place,
    sheet: Option<&str>,
    (columns, rows, notes): (Vec<Column>, Vec<Row>, Vec<String>),
) -> Section {
    Section {
        id: id.to_owned(),
        title: format!("TÌNH HÌNH GỬI BÁO CÁO NĂM {}", scene.results.year),
        place,
        sheet: sheet.map(Tab::from),
        blocks: vec![Block::Table(Table { id: id.into(), caption: None, columns, rows, notes })],
    }
}

/// A heading for each level and a row for each of its units.
fn rows(scene: &Scene<'_>, mut cells: impl FnMut(&UnitState) -> Vec<Cell>) -> Vec<Row> {
    let mut rows = Vec::new();
    for level in &scene.plan.levels {
        let mut units = scene.results.units.iter().filter(|unit| unit.level == level.id).peekable();
        if units.peek().is_none() {
            continue;
        }
        let title = &scene.plan.name_of(level, scene.results.year).title;
        let id = format!("cap-{}", level.id.0);
        rows.push(Row { id: id.into(), role: Role::Group, cells: vec![Cell::text(title)] });
        rows.extend(units.map(|unit| Row { id: (&unit.code).into(), role: Role::Body, cells: cells(unit) }));
    }
    rows
}

fn name(unit: &UnitState) -> Cell {
    Cell::text(vietnamese::display::capitalised(&unit.name))
}

fn status(unit: &UnitState) -> Cell {
    let (word, tone) = unit_status(unit.status);
    Cell::text(word).toned(tone)
}

fn day(unit: &UnitState) -> Cell {
    Cell::plain(unit.reported_on.map_or(Shown::Blank, Shown::Date))
}

fn findings(scene: &Scene<'_>, unit: &UnitState) -> Cell {
    Cell::count(scene.findings_of(&unit.code).len() as u64)
}

fn files(unit: &UnitState) -> Cell {
    let files = unit.files.iter().map(|file| match file.chosen {
        true => file.file.path.clone(),
        false => format!("{} (không dùng)", file.file.path).into(),
    });
    Cell::text(files.collect::<Vec<_>>().join("; "))
}

fn deadline(scene: &Scene<'_>) -> String {
    let due = date(scene.plan.due_date(scene.results.year));
    format!("Hạn gửi: trước ngày {due}. Ngày lập báo cáo do đơn vị ghi trong biểu mẫu.")
}
