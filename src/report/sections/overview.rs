//! The first sheet: what a leader should see first.

use super::{Scene, chart, column, indicators, tone};
use crate::check::UnitStatus;
use crate::consolidate::Verdict;
use crate::finding::count_by_severity;
use crate::report::format::{date, percent_places};
use crate::report::model::{
    Align, Block, Cell, Formula, KeyFigure, Place, Role, Row, Section, Table, Tone, Value,
};
use rust_decimal::Decimal;

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let results = scene.results;
    let explained = format!(
        "{}. Số liệu chốt ngày {}. Các trang sau: Chỉ tiêu (tử số, mẫu số, khoảng giá trị), Theo đơn vị, Số liệu (số đã dùng), Bài nộp, Nhận xét, Nguồn.",
        scene.plan.title,
        date(results.as_of)
    );
    Section {
        id: "tong-quan".into(),
        title: format!(
            "TỔNG QUAN KẾT QUẢ XÂY DỰNG XÃ HỘI HỌC TẬP {} NĂM {}",
            scene.plan.province.to_uppercase(),
            results.year
        ),
        place: Place::Sheet,
        sheet: Some("Tổng quan".into()),
        blocks: vec![
            Block::Paragraph(explained),
            Block::KeyFigures(key_figures(scene)),
            Block::Table(table(scene)),
            Block::Chart(chart::against_targets(scene)),
        ],
    }
}

fn key_figures(scene: &Scene<'_>) -> Vec<KeyFigure> {
    let results = scene.results;
    let units = |status: UnitStatus| results.units.iter().filter(|unit| unit.status == status).count() as u64;
    let verdicts =
        |verdict: Verdict| results.indicators.iter().filter(|r| r.verdict == verdict).count() as u64;
    let figure = |label: &str, count: u64, tone: Tone| KeyFigure {
        label: label.into(),
        value: Value::Count(count.into()),
        tone: if count == 0 { Tone::Plain } else { tone },
    };
    let grave = count_by_severity(scene.findings)
        .into_iter()
        .filter(|(severity, _)| *severity >= crate::finding::Severity::Error)
        .map(|(_, count)| count as u64)
        .sum();
    vec![
        figure("Chỉ tiêu đạt", verdicts(Verdict::Met), Tone::Good),
        figure("Chỉ tiêu chưa đạt", verdicts(Verdict::NotMet), Tone::Bad),
        figure("Chỉ tiêu chưa xác định", verdicts(Verdict::Depends), Tone::Open),
        figure("Chỉ tiêu chưa có số liệu", verdicts(Verdict::NoData), Tone::Open),
        figure("Đơn vị báo cáo đúng hạn", units(UnitStatus::Reported), Tone::Good),
        figure("Đơn vị báo cáo muộn", units(UnitStatus::Late), Tone::Open),
        figure("Đơn vị chưa báo cáo", units(UnitStatus::Missing) + units(UnitStatus::Rejected), Tone::Bad),
        figure("Lỗi cần sửa", grave, Tone::Bad),
    ]
}

fn table(scene: &Scene<'_>) -> Table {
    let columns = vec![
        column("so", "Số", 0.6, Align::Center),
        column("ten", "Chỉ tiêu", 6.0, Align::Left),
        column("muc-tieu", "Mục tiêu %", 1.0, Align::Right),
        column("ket-qua", "Kết quả %", 1.1, Align::Right),
        column("thap", "Thấp nhất %", 1.1, Align::Right),
        column("cao", "Cao nhất %", 1.1, Align::Right),
        column("nam-truoc", "Năm trước %", 1.1, Align::Right),
        column("danh-gia", "Đánh giá", 1.6, Align::Center),
        column("bao-cao", "Đã báo cáo", 1.1, Align::Center),
    ];
    let rows = scene
        .results
        .indicators
        .iter()
        .map(|result| {
            let id = result.indicator.id.to_string();
            let follows = |column: &str| Formula::cell(indicators::TABLE, &id, column);
            let target = result.target.map(|(_, percent)| percent);
            let places = percent_places(result.total, target);
            let percent = |p| Value::Percent(p, places);
            let dash = || Value::Missing("–".into());
            let bounds = (result.verdict != Verdict::NoStandard).then(|| result.bounds());
            let bound = |bound: Option<Decimal>| Cell::of(bound.map_or_else(dash, percent));
            let cells = vec![
                Cell::text(&id),
                Cell::text(&result.indicator.short_title),
                target.map_or(Cell::of(Value::Blank), |t| {
                    Cell::of(Value::Percent(t, t.scale())).follows(follows("muc-tieu"))
                }),
                Cell::of(result.percent().map_or_else(dash, percent)).follows(follows("ty-le")),
                bound(bounds.map(|(lower, _)| lower)).follows(follows("thap")),
                bound(bounds.map(|(_, upper)| upper)).follows(follows("cao")),
                Cell::of(result.last_year.map_or_else(dash, |p| Value::Percent(p, 2)))
                    .follows(follows("nam-truoc")),
                Cell::text(result.verdict.vietnamese())
                    .toned(tone(result.verdict))
                    .follows(follows("danh-gia")),
                Cell::text(format!("{}/{}", result.coverage.reported, result.coverage.expected)),
            ];
            Row { id, role: Role::Body, cells }
        })
        .collect();
    Table {
        id: "tong-quan".into(), caption: Some("Các chỉ tiêu".into()), columns, rows, notes: Vec::new()
    }
}
