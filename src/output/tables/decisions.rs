//! What was found, and what was decided about it.

use super::{Row, Scope};
use crate::check::decision::{Correction, Waiver};
use crate::consolidate::Consolidated;
use crate::finding::Finding;
use ecow::EcoString;
use table::{Cell, Column, Kind, Written};

pub(super) fn findings<'a>(scope: Scope<'a>, findings: &'a [Finding]) -> Box<dyn Written + 'a> {
    type R<'a> = Row<'a, (usize, &'a Finding)>;
    let columns = vec![
        Column::required("number", Kind::Whole, "Số thứ tự trong lần chạy", |r: &R| {
            Cell::whole(Some(r.of.0))
        }),
        Column::required("code", Kind::Text, "Mã nhận xét (xhht explain MÃ)", |r: &R| {
            Cell::made(r.of.1.code.to_string())
        }),
        Column::required(
            "severity",
            Kind::Text,
            "Mức: reject, error, confirm, warning, fixed, info",
            |r: &R| Cell::text(r.of.1.severity.code()),
        ),
        Column::new("unit", Kind::Text, "Mã đơn vị, nếu biết", |r: &R| {
            Cell::maybe_text(r.of.1.unit.as_ref().map(|unit| unit.as_str()))
        }),
        Column::new("about_year", Kind::Whole, "Năm mà nhận xét nói về", |r: &R| {
            Cell::whole(r.of.1.year)
        }),
        Column::new("file", Kind::Text, "Tệp", |r: &R| {
            Cell::maybe_text(r.of.1.origin.as_ref().map(|origin| origin.file.as_str()))
        }),
        Column::new("sheet", Kind::Text, "Trang", |r: &R| {
            Cell::maybe_text(r.of.1.origin.as_ref().and_then(|origin| origin.sheet.as_deref()))
        }),
        Column::new("cell", Kind::Text, "Ô hoặc các ô", |r: &R| {
            Cell::maybe_text(r.of.1.origin.as_ref().and_then(|origin| origin.cell.as_deref()))
        }),
        Column::new("fields", Kind::Text, "Mã các trường, cách nhau một dấu cách", |r: &R| {
            Cell::made(r.of.1.fields.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(" "))
        }),
        Column::new("label", Kind::Text, "Nội dung của ô như trên biểu mẫu", |r: &R| {
            Cell::maybe_text(r.of.1.label.as_deref())
        }),
        Column::new("typed", Kind::Text, "Đúng như đã gõ", |r: &R| {
            Cell::maybe_text(r.of.1.typed.as_deref())
        }),
        Column::new("read", Kind::Text, "Chương trình đọc là", |r: &R| {
            Cell::maybe_text(r.of.1.read.as_deref())
        }),
        Column::new("expected", Kind::Text, "Lẽ ra", |r: &R| Cell::maybe_text(r.of.1.expected.as_deref())),
        Column::required("cause", Kind::Text, "Vì sao", |r: &R| Cell::text(&r.of.1.cause)),
        Column::required("cure", Kind::Text, "Cách sửa", |r: &R| Cell::text(&r.of.1.cure)),
        Column::required("effect", Kind::Text, "Chương trình đã làm gì", |r: &R| {
            Cell::text(&r.of.1.effect)
        }),
    ];
    scope.table(
        "findings",
        "Nhận xét",
        &["plan", "year", "number"],
        &[],
        columns,
        findings.iter().enumerate().map(|(at, finding)| (at + 1, finding)),
    )
}

/// Something that was decided.
enum Decision<'a> {
    Waiver(&'a Waiver, usize),
    Correction(&'a Correction),
}

impl Decision<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Decision::Waiver(..) => "waiver",
            Decision::Correction(_) => "correction",
        }
    }

    fn unit(&self) -> Option<&str> {
        match self {
            Decision::Waiver(waiver, _) => waiver.unit.as_ref().map(|unit| unit.as_str()),
            Decision::Correction(correction) => Some(correction.unit.as_str()),
        }
    }

    /// The fields it is about; none where it is about all.
    fn fields(&self) -> String {
        match self {
            Decision::Waiver(waiver, _) => {
                let cells = waiver.cells.iter().map(|cell| EcoString::from(&cell.field));
                let fields: Vec<EcoString> = waiver.field.iter().map(EcoString::from).chain(cells).collect();
                fields.join(" ")
            }
            Decision::Correction(correction) => correction.field.as_str().to_owned(),
        }
    }

    fn waiver(&self) -> Option<(&Waiver, usize)> {
        match self {
            Decision::Waiver(waiver, findings) => Some((waiver, *findings)),
            Decision::Correction(_) => None,
        }
    }

    fn correction(&self) -> Option<&Correction> {
        match self {
            Decision::Waiver(..) => None,
            Decision::Correction(correction) => Some(correction),
        }
    }

    fn reason(&self) -> &str {
        match self {
            Decision::Waiver(waiver, _) => &waiver.reason,
            Decision::Correction(correction) => &correction.reason,
        }
    }

    fn who(&self) -> &str {
        match self {
            Decision::Waiver(waiver, _) => &waiver.approver,
            Decision::Correction(correction) => &correction.who,
        }
    }
}

pub(super) fn decisions<'a>(scope: Scope<'a>, results: &'a Consolidated) -> Box<dyn Written + 'a> {
    type R<'a> = Row<'a, (usize, Decision<'a>)>;
    let columns = vec![
        Column::required("number", Kind::Whole, "Số thứ tự trong lần chạy", |r: &R| {
            Cell::whole(Some(r.of.0))
        }),
        Column::required(
            "kind",
            Kind::Text,
            "waiver (chấp nhận nhận xét) hoặc correction (đính chính số liệu)",
            |r: &R| Cell::text(r.of.1.kind()),
        ),
        Column::new("unit", Kind::Text, "Mã đơn vị", |r: &R| Cell::maybe_text(r.of.1.unit())),
        Column::new("field", Kind::Text, "Mã trường; trống là mọi trường", |r: &R| {
            Cell::made(r.of.1.fields())
        }),
        Column::new("code", Kind::Text, "Mã nhận xét được chấp nhận", |r: &R| {
            Cell::made(r.of.1.waiver().map(|(waiver, _)| waiver.code.to_string()).unwrap_or_default())
        }),
        Column::new("findings", Kind::Whole, "Số nhận xét được chấp nhận", |r: &R| {
            Cell::whole(r.of.1.waiver().map(|(_, findings)| findings))
        }),
        Column::new("old", Kind::Text, "Nội dung đã gửi", |r: &R| {
            Cell::made(r.of.1.correction().map(|correction| correction.old.clone()).unwrap_or_default())
        }),
        Column::new("new", Kind::Text, "Nội dung thay thế", |r: &R| {
            Cell::maybe_text(r.of.1.correction().map(|correction| correction.new.as_str()))
        }),
        Column::required("reason", Kind::Text, "Lý do", |r: &R| Cell::text(r.of.1.reason())),
        Column::required("who", Kind::Text, "Ai quyết định", |r: &R| Cell::text(r.of.1.who())),
        Column::new("decided_on", Kind::Day, "Ngày quyết định", |r: &R| {
            Cell::day(r.of.1.correction().map(|correction| correction.date))
        }),
        Column::new("holds_until", Kind::Day, "Có hiệu lực đến ngày", |r: &R| {
            Cell::day(r.of.1.waiver().map(|(waiver, _)| waiver.until))
        }),
    ];
    let waivers =
        results.decided.waivers.iter().map(|(waiver, findings)| Decision::Waiver(waiver, *findings));
    let corrections =
        results.decided.corrections.iter().map(|(correction, _)| Decision::Correction(correction));
    let rows = (1..).zip(waivers.chain(corrections));
    scope.table(
        "decisions",
        "Quyết định của nơi tổng hợp đã được áp dụng",
        &["plan", "year", "number"],
        &[],
        columns,
        rows,
    )
}
