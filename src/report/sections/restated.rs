//! Figures that were published otherwise before: the first, the one of now, and which reports had gone by the old one.

use crate::consolidate::{Published, Restated};
use crate::domain::Ratio;
use crate::plan::Annex;
use crate::report::format::{self, plain};
use crate::report::model::{Align, Block, Cell, Column, Role, Row, Section, Shown, Table, TableKey};
use crate::report::over_years::{letter, reason};
use crate::report::scene::Scene;

/// An annex and a sheet; `None` where nothing was restated.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let restated = &scene.results.over_years.restated;
    let columns = vec![
        Column::new("nam", "Năm", 0.7, Align::Center),
        Column::new("chi-tieu", "Chỉ tiêu", 3.6, Align::Left),
        Column::new("lan-dau", "Kết quả", 1.2, Align::Right).under("Công bố lần đầu"),
        Column::new("so-lan-dau", "Số đạt/tổng số", 1.7, Align::Right).under("Công bố lần đầu"),
        Column::new("van-ban-lan-dau", "Văn bản", 2.2, Align::Left).under("Công bố lần đầu"),
        Column::new("nay", "Kết quả", 1.2, Align::Right).under("Đang có hiệu lực"),
        Column::new("so-nay", "Số đạt/tổng số", 1.7, Align::Right).under("Đang có hiệu lực"),
        Column::new("van-ban-nay", "Lần, lý do, văn bản", 2.8, Align::Left).under("Đang có hiệu lực"),
        Column::new("dan", "Báo cáo đã dẫn số cũ", 2.4, Align::Left),
    ];
    let table = Table {
        id: TableKey::fixed("dieu-chinh"),
        caption: Some("Số liệu đã công bố được điều chỉnh".into()),
        columns,
        rows: restated.iter().map(|restated| row(scene, restated)).collect(),
        notes: vec![
            "Báo cáo đã dẫn số cũ: báo cáo của các năm sau được chốt trước khi số liệu được điều chỉnh."
                .to_owned(),
        ],
    };
    (!restated.is_empty()).then(|| Section {
        id: "dieu-chinh".into(),
        title: "SỐ LIỆU ĐÃ CÔNG BỐ ĐƯỢC ĐIỀU CHỈNH".into(),
        place: scene.annex(Annex::DieuChinh, true),
        sheet: Some("Số điều chỉnh".into()),
        blocks: vec![Block::Table(table)],
    })
}

fn row(scene: &Scene<'_>, restated: &Restated) -> Row {
    let series = scene.results.over_years.of(&restated.indicator);
    let aim = series.and_then(|series| series.aim(restated.year));
    let name = series.map_or_else(
        || restated.indicator.to_string(),
        |series| format!("{} {}", restated.indicator, series.indicator.short_title),
    );
    let missing = || Shown::Missing("–".into());
    let percent = |published: &Published| {
        Cell::plain(published.percent.map_or_else(missing, |percent| format::of_year(percent, aim)))
    };
    let figures = |published: &Published| {
        let told =
            |ratio: Ratio| Shown::text(format!("{}/{}", plain(ratio.numerator), plain(ratio.denominator)));
        Cell::plain(published.total.map_or_else(missing, told))
    };
    let record = |published: &Published, with_reason: bool| match (&published.record, with_reason) {
        (Some(record), false) => Cell::text(letter(record)),
        (Some(record), true) => {
            Cell::text(format!("Lần {}: {}; {}", record.part, reason(record.reason), letter(record)))
        }
        (None, _) => Cell::plain(missing()),
    };
    let quoted: Vec<String> =
        restated.quoted_in.iter().map(|(year, record)| format!("năm {year} ({})", letter(record))).collect();
    let quoted = if quoted.is_empty() { missing() } else { Shown::text(quoted.join("; ")) };
    let cells = vec![
        Cell::text(restated.year.to_string()),
        Cell::text(name),
        percent(&restated.first),
        figures(&restated.first),
        record(&restated.first, false),
        percent(&restated.now),
        figures(&restated.now),
        record(&restated.now, true),
        Cell::plain(quoted),
    ];
    Row { id: format!("{}-{}", restated.year, restated.indicator).into(), role: Role::Body, cells }
}
