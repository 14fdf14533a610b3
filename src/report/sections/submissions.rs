//! Who reported, when, with which file.

use super::{Scene, column};
use crate::check::UnitStatus;
use crate::report::format::date;
use crate::report::model::{Align, Block, Cell, Place, Role, Row, Section, Table, Tone, Value};

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let columns = vec![
        column("ma", "Mã", 1.0, Align::Center),
        column("don-vi", "Đơn vị", 2.8, Align::Left),
        column("tinh-trang", "Tình trạng", 1.4, Align::Center),
        column("ngay", "Ngày lập báo cáo", 1.2, Align::Center),
        column("tep", "Tệp", 4.4, Align::Left),
        column("nhan-xet", "Số nhận xét", 0.8, Align::Right),
    ];
    let mut rows = Vec::new();
    for level in &scene.plan.levels {
        let units: Vec<_> = scene.results.units.iter().filter(|unit| unit.level == level.id).collect();
        if units.is_empty() {
            continue;
        }
        rows.push(Row {
            id: format!("cap-{}", level.id.0),
            role: Role::Group,
            cells: vec![Cell::text(&scene.plan.name_of(level, scene.results.year).title)],
        });
        for unit in units {
            let (word, tone) = told(unit.status);
            let files: Vec<String> = unit
                .files
                .iter()
                .map(|file| {
                    if file.chosen {
                        file.file.path.clone()
                    } else {
                        format!("{} (không dùng)", file.file.path)
                    }
                })
                .collect();
            let findings = scene.findings.iter().filter(|f| f.unit.as_ref() == Some(&unit.code)).count();
            let cells = vec![
                Cell::text(unit.code.as_str()),
                Cell::text(crate::form::capitalised(&unit.name)),
                Cell::text(word).toned(tone),
                Cell::of(unit.reported_on.map_or(Value::Blank, Value::Date)),
                Cell::text(files.join("; ")),
                Cell::count(findings as u64),
            ];
            rows.push(Row { id: unit.code.to_string(), role: Role::Body, cells });
        }
    }
    let ledger = &scene.results.ledger;
    let due = date(scene.plan.due_date(scene.results.year));
    let table = Table {
        id: "bai-nop".into(),
        caption: None,
        columns,
        rows,
        notes: vec![
            format!("Hạn gửi: trước ngày {due}. Ngày lập báo cáo do đơn vị ghi trong biểu mẫu."),
            format!(
                "Đối chiếu các ô đã điền: {} ô = {} dùng + {} bản cũ + {} không nhận + {} chỉ để đối chiếu hoặc chưa có số.",
                ledger.filled,
                ledger.used,
                ledger.superseded,
                ledger.rejected_in_all(),
                ledger.ignored_in_all()
            ),
        ],
    };
    Section {
        id: "bai-nop".into(),
        title: format!("TÌNH HÌNH GỬI BÁO CÁO NĂM {}", scene.results.year),
        place: Place::Annex { landscape: false },
        sheet: Some("Bài nộp".into()),
        blocks: vec![Block::Table(table)],
    }
}

/// How a unit stands, in words.
pub(in crate::report) fn told(status: UnitStatus) -> (&'static str, Tone) {
    match status {
        UnitStatus::Reported => ("Đúng hạn", Tone::Good),
        UnitStatus::Late => ("Nộp muộn", Tone::Open),
        UnitStatus::Missing => ("Chưa gửi", Tone::Bad),
        UnitStatus::Rejected => ("Không dùng được", Tone::Bad),
    }
}
