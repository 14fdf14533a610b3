//! A local unit's own figures against the province and the plan.

use crate::consolidate::history::workbook::NOT_JUDGED;
use crate::consolidate::{IndicatorResult, UnitFigure, Verdict};
use crate::domain::{Direction, Ratio};
use crate::finding::{Finding, Severity};
use crate::report::bars;
use crate::report::directed;
use crate::report::format::percent_places;
use crate::report::model::{
    Align, Bar, Beside, Cell, Column, ColumnKey, Picture, Role, Row, Shown, Table, TableKey, Tone,
};
use crate::report::scene::Scene;
use crate::report::standing::{Judged, Standing};
use crate::report::tables::SHARE;
use crate::report::targets::{self, OPEN_TARGET, in_narrow_cell};
use crate::report::wording::{roster_notes, signed};
use vietnamese::display::capitalised;

/// Column of the change since last year; left out when no history is given.
const LAST_YEAR: ColumnKey = ColumnKey::fixed("nam-truoc");
/// Column of the unit's place; left out where it has none.
const RANK: ColumnKey = ColumnKey::fixed("thu-tu");

pub(in crate::report) fn table(scene: &Scene<'_>, standing: &Standing<'_>) -> Table {
    let own = "Đơn vị";
    let names = &scene.frame().names;
    let with_last_year = standing.entries.iter().any(|entry| entry.unit.last_year.is_some());
    let columns = vec![
        Column::ordinal("TT", 0.55),
        Column::new("ten", "Chỉ tiêu", 3.0, Align::Left),
        Column::new("tu", "Số đạt", 1.1, Align::Right).under(own),
        Column::new("mau", "Tổng số", 1.1, Align::Right).under(own),
        Column::new(SHARE, "Kết quả", 1.15, Align::Right).under(own),
        Column::new(LAST_YEAR, "So năm trước", 1.05, Align::Right).under(own),
        Column::new("thanh", &format!("So với {} và mục tiêu", names.territory), 2.1, Align::Left),
        Column::new("tinh", &capitalised(&names.whole()), 1.15, Align::Right),
        Column::new("muc-tieu", "Mục tiêu", 1.0, Align::Right),
        Column::new(RANK, "Thứ tự", 0.85, Align::Center),
        Column::new("danh-gia", "So mục tiêu", 1.75, Align::Left),
    ];
    let rows = standing.entries.iter().map(|entry| row(scene, entry)).collect();
    let mut notes = vec![format!(
        "{} Kết quả của đơn vị được so với mục tiêu chung của {} để tham khảo.",
        of_places(scene, standing),
        names.territory
    )];
    notes.extend(roster_notes(scene));
    notes.extend(targets::notes(scene));
    let id = TableKey::from(format!("phieu-{}", standing.unit.code));
    let mut table = Table { id, caption: None, columns, rows, notes };
    if !with_last_year {
        table = table.without(&LAST_YEAR);
    }
    if standing.entries.iter().all(|entry| entry.rank.is_none()) {
        table = table.without(&RANK);
    }
    table
}

/// What the unit's places are, or why it has none.
fn of_places(scene: &Scene<'_>, standing: &Standing<'_>) -> String {
    let lacking: Vec<String> =
        standing.lacking().map(|entry| entry.result.indicator.id.to_string()).collect();
    if !lacking.is_empty() {
        return format!(
            "Không xếp thứ tự: đơn vị chưa đủ số liệu của {}/{} chỉ tiêu ({}).",
            lacking.len(),
            standing.entries.len(),
            lacking.join(", ")
        );
    }
    if standing.entries.iter().all(|entry| entry.rank.is_none()) {
        return "Không xếp thứ tự: không có chỉ tiêu so sánh được giữa các đơn vị.".to_owned();
    }
    let lower = match directed::lower_ones(scene).is_empty() {
        true => "",
        false => " (chỉ tiêu càng thấp càng tốt: tỷ lệ thấp nhất là 1)",
    };
    format!(
        "Thứ tự: vị trí của đơn vị trong các đơn vị có đủ số liệu của chỉ tiêu, tỷ lệ cao nhất là 1{lower}."
    )
}

fn row(scene: &Scene<'_>, entry: &Judged<'_>) -> Row {
    let result = entry.result;
    let aim = result.aim();
    let missing = || Shown::Missing("–".into());
    let is_status = result.indicator.kind.is_share_of_units();
    // Part of the figures is no result.
    let is_whole = entry.unit.status != UnitFigure::Partial;
    let share = entry.unit.share.filter(|share| is_whole && !is_status && !share.denominator.is_zero());
    let percent = |share: Ratio| {
        share.percent().map_or_else(missing, |p| Shown::Percent(p, percent_places(share, aim)))
    };
    let count = |pick: fn(Ratio) -> rust_decimal::Decimal| {
        let shown = entry.unit.share.filter(|_| !is_status && entry.unit.status != UnitFigure::NoStandard);
        Cell::plain(shown.map_or_else(missing, |share| Shown::Count(pick(share))))
    };
    let (verdict, tone) = match entry.reached {
        Some(true) => ("Đạt", Tone::Good),
        Some(false) => ("Chưa\u{a0}đạt", Tone::Bad),
        None if entry.is_lacking => (open(scene, entry), Tone::Open),
        None if entry.no_target => (Verdict::NoTarget.vietnamese(), Tone::Quiet),
        None => (NOT_JUDGED, Tone::Quiet),
    };
    let own = match entry.holds().filter(|_| entry.reached.is_some() || entry.no_target) {
        Some(holds) => {
            Shown::text(directed::status(result.indicator.direction, holds).replace(' ', "\u{a0}"))
        }
        _ => share.map_or_else(missing, percent),
    };
    let change = share.and_then(|share| Some(share.percent()? - entry.unit.last_year?.percent()?));
    let province =
        result.percent().map_or_else(missing, |p| Shown::Percent(p, percent_places(result.total, aim)));
    let bar = Bar { value: share.and_then(|share| share.percent()), bounds: None, tone, ..bars::bar(result) };
    let beside = || Some(Beside { percent: result.percent()?, name: scene.frame().names.whole() });
    let drawn = |cell: Cell| {
        if is_status { cell } else { cell.drawn(Picture::Bar(Box::new(bar.clone()), beside())) }
    };
    let cells = vec![
        Cell::text(result.indicator.id.to_string()),
        Cell::text(&result.indicator.short_title),
        count(|share| share.numerator),
        count(|share| share.denominator),
        Cell::plain(own),
        Cell::plain(change.map_or_else(missing, |change| Shown::Text(signed(change).into()))),
        drawn(Cell::plain(Shown::Blank)),
        Cell::plain(province),
        Cell::plain(wanted(result)),
        Cell::plain(
            entry.rank.map_or_else(missing, |(place, of)| Shown::Text(format!("{place}/{of}").into())),
        ),
        Cell::text(verdict).toned(tone).drawn(Picture::Sign),
    ];
    Row { id: (&result.indicator.id).into(), role: Role::Body, cells }
}

/// The target, marked where it is the nation's or not to be exceeded.
fn wanted(result: &IndicatorResult) -> Shown {
    match result.target {
        Some(target) if targets::is_national(result) || result.indicator.direction == Direction::Lower => {
            Shown::text(in_narrow_cell(&result.indicator, target))
        }
        Some((_, percent)) => Shown::Percent(percent, percent.scale()),
        None => Shown::Missing(OPEN_TARGET.into()),
    }
}

/// Why a unit has no figure to judge: none was sent, or what was sent is kept out. Another may owe the figure.
fn open(scene: &Scene<'_>, entry: &Judged<'_>) -> &'static str {
    let unit = &entry.unit.unit;
    let terms = scene.terms(entry.result, unit);
    let cells = || terms.iter().flat_map(|term| term.fields.all().map(|field| (&term.reporter, field)));
    let about = |finding: &&Finding| {
        let was_sent = finding.typed.as_ref().is_some_and(|typed| !typed.trim().is_empty());
        cells().any(|(reporter, field)| {
            finding.unit.as_ref() == Some(reporter)
                && (was_sent && finding.fields.contains(field) || finding.kept_out.fields.contains(field))
        })
    };
    let worst = scene.findings.iter().filter(about).map(|finding| finding.severity).max();
    match worst {
        Some(Severity::Reject | Severity::Error) => "Chờ sửa lỗi",
        Some(Severity::Confirm) => "Chờ giải trình",
        _ if terms.iter().all(|term| term.reporter != *unit) => "Chưa có số liệu",
        _ => "Chưa báo cáo",
    }
}
