//! Who was to report, and what came.

use super::{Row, Scope, UNIT};
use crate::check::{UnitFile, UnitState};
use crate::consolidate::Consolidated;
use crate::domain::{Unit, UnitCode};
use crate::plan::Plan;
use std::collections::HashMap;
use table::{Cell, Column, Kind, Written};

/// A unit as it stands, and as the plan knows it.
type Known<'a> = (&'a UnitState, Option<&'a Unit>, Option<u32>);

pub(super) fn units<'a>(
    plan: &'a Plan,
    scope: Scope<'a>,
    results: &'a Consolidated,
) -> Box<dyn Written + 'a> {
    type R<'a> = Row<'a, Known<'a>>;
    let due = plan.due_date(results.year);
    let roster: HashMap<&UnitCode, &'a Unit> =
        plan.roster(results.year).into_iter().map(|unit| (&unit.code, unit)).collect();
    let known = |state: &'a UnitState| {
        let of_plan = roster.get(&state.code).copied();
        (state, of_plan, of_plan.and_then(|unit| unit.communes_on(due)))
    };
    let columns = vec![
        Column::required("unit", Kind::Text, "Mã đơn vị", |r: &R| Cell::text(r.of.0.code.as_str())),
        Column::required("name", Kind::Text, "Tên đơn vị", |r: &R| Cell::text(&r.of.0.name)),
        Column::required("short_name", Kind::Text, "Tên ngắn dùng trong bảng", |r: &R| {
            Cell::text(&r.of.0.short_name)
        }),
        Column::required("kind", Kind::Text, "Loại đơn vị", |r: &R| Cell::text(&r.of.0.kind)),
        Column::required("level", Kind::Text, "Mã cấp trong kế hoạch", |r: &R| {
            Cell::text(&r.of.0.level.0)
        }),
        Column::required(
            "status",
            Kind::Text,
            "Tình trạng nộp: reported (đúng hạn), late (muộn), missing (chưa gửi), rejected (không dùng được)",
            |r: &R| Cell::text(r.of.0.status.code()),
        ),
        Column::new("reported_on", Kind::Day, "Ngày ghi trên báo cáo", |r: &R| {
            Cell::day(r.of.0.reported_on)
        }),
        Column::new("population", Kind::Whole, "Dân số tham chiếu trong kế hoạch", |r: &R| {
            Cell::whole(r.of.1.and_then(|unit| unit.population))
        })
        .in_unit("người"),
        Column::new(
            "communes",
            Kind::Whole,
            "Số đơn vị hành chính cấp xã theo kế hoạch",
            |r: &R| Cell::whole(r.of.2),
        )
        .in_unit("đơn vị"),
    ];
    scope.table(
        "units",
        "Đơn vị báo cáo",
        &["plan", "year", "unit"],
        &[],
        columns,
        results.units.iter().map(known),
    )
}

pub(super) fn submissions<'a>(scope: Scope<'a>, results: &'a Consolidated) -> Box<dyn Written + 'a> {
    type R<'a> = Row<'a, (&'a UnitState, &'a UnitFile)>;
    let columns = vec![
        Column::required("unit", Kind::Text, "Mã đơn vị", |r: &R| Cell::text(r.of.0.code.as_str())),
        Column::required("file", Kind::Text, "Tệp, tính từ thư mục bài nộp", |r: &R| {
            Cell::text(&r.of.1.file.path)
        }),
        Column::required("sha256", Kind::Text, "Mã SHA-256 của tệp", |r: &R| {
            Cell::text(&r.of.1.file.sha256)
        }),
        Column::required("chosen", Kind::Flag, "Số liệu của tệp được dùng", |r: &R| {
            Cell::Flag(r.of.1.chosen)
        }),
        Column::required(
            "newer_but_unusable",
            Kind::Flag,
            "Đến sau tệp được dùng nhưng không dùng được",
            |r: &R| Cell::Flag(r.of.1.is_newer),
        ),
        Column::new("saved_by", Kind::Text, "Chương trình lưu tệp", |r: &R| {
            Cell::maybe_text(r.of.1.saved_by.as_deref())
        }),
        Column::new("form_version", Kind::Text, "Phiên bản kế hoạch của biểu mẫu", |r: &R| {
            Cell::maybe_text(r.of.1.plan_version.as_deref())
        }),
        Column::new("came_on", Kind::Day, "Ngày đến, theo giờ của nơi nhận", |r: &R| {
            Cell::day(r.of.1.came.map(|came| came.day))
        }),
        Column::new(
            "came_by",
            Kind::Text,
            "Căn cứ của ngày đến: mail (thư), saved (lần lưu cuối), disk (ổ đĩa)",
            |r: &R| Cell::maybe_text(r.of.1.came.map(|came| came.by.code())),
        ),
    ];
    let rows = results.units.iter().flat_map(|unit| unit.files.iter().map(move |file| (unit, file)));
    scope.table("submissions", "Bài nộp", &["plan", "year", "unit", "file"], &[UNIT], columns, rows)
}
