//! Which figures and words are asked for, and what the units answered.

use super::{Row, Scope, UNIT};
use crate::consolidate::Consolidated;
use crate::consolidate::history::value::ValuePart;
use crate::domain::{FieldId, FieldKind, UnitCode, Year};
use crate::form::{Field, Form, FormBook};
use crate::plan::Plan;
use crate::submission::Reported;
use ecow::EcoString;
use std::collections::BTreeMap;
use std::sync::Arc;
use table::{Cell, Column, Kind, Reference, Written};

/// The forms of a year's units, each layout once.
pub(super) struct Forms {
    of_unit: BTreeMap<UnitCode, usize>,
    layouts: Vec<BTreeMap<FieldId, Field>>,
}

impl Forms {
    pub fn of(plan: &Plan, year: Year) -> Self {
        let book = FormBook::new(plan);
        let mut made: Vec<Form> = Vec::new();
        let mut of_unit = BTreeMap::new();
        for unit in plan.roster(year) {
            let form = book.form_for(unit, year);
            let place = made.iter().position(|known| Arc::ptr_eq(&known.sheets, &form.sheets));
            of_unit.insert(unit.code.clone(), place.unwrap_or(made.len()));
            if place.is_none() {
                made.push(form);
            }
        }
        let fields = |form: &Form| form.fields().map(|field| (field.id.clone(), field.clone())).collect();
        Forms { of_unit, layouts: made.iter().map(fields).collect() }
    }

    fn field(&self, unit: &UnitCode, id: &FieldId) -> Option<&Field> {
        self.layouts.get(*self.of_unit.get(unit)?)?.get(id)
    }
}

pub(super) fn fields<'a>(scope: Scope<'a>, forms: &Forms) -> Box<dyn Written + 'a> {
    type R<'a> = Row<'a, Field>;
    let columns = vec![
        Column::required(
            "field",
            Kind::Text,
            "Mã trường: dòng và cột của biểu mẫu",
            |r: &R| Cell::text(r.of.id.as_str()),
        ),
        Column::required("label", Kind::Text, "Nội dung như trên biểu mẫu", |r: &R| {
            Cell::text(&r.of.label)
        }),
        Column::required("sheet", Kind::Text, "Trang của biểu mẫu", |r: &R| Cell::text(&r.of.sheet)),
        Column::required(
            "kind",
            Kind::Text,
            "Kiểu: count (số đếm), decimal (số), money (tiền), percent (điểm phần trăm), choice (chọn trong danh sách), text (lời), date (ngày)",
            |r: &R| Cell::text(r.of.kind.name()),
        ),
        Column::new("measure", Kind::Text, "Đơn vị tính", |r: &R| Cell::made(r.of.measure.to_string())),
        Column::new(
            "indicator",
            Kind::Text,
            "Chỉ tiêu bắt buộc phải trả lời ở ô này",
            |r: &R| Cell::maybe_text(r.of.owed_to.as_ref().map(|owed| owed.indicator.0.as_str())),
        ),
    ];
    let mut all: BTreeMap<FieldId, Field> = BTreeMap::new();
    for (id, field) in forms.layouts.iter().flatten() {
        all.entry(id.clone()).or_insert_with(|| field.clone());
    }
    scope.table("fields", "Các ô của biểu mẫu", &["plan", "year", "field"], &[], columns, all.into_values())
}

/// A value that counts.
struct Value<'a> {
    unit: &'a UnitCode,
    field: &'a FieldId,
    measure: EcoString,
    reported: &'a Reported,
    part: ValuePart,
}

/// Where the field of a value is told of.
const FIELD: Reference =
    Reference { columns: &["plan", "year", "field"], table: "fields", there: &["plan", "year", "field"] };

pub(super) fn values<'a>(
    scope: Scope<'a>,
    forms: &Forms,
    results: &'a Consolidated,
) -> Box<dyn Written + 'a> {
    type R<'a> = Row<'a, Value<'a>>;
    let columns = vec![
        Column::required("unit", Kind::Text, "Mã đơn vị", |r: &R| Cell::text(r.of.unit.as_str())),
        Column::required("field", Kind::Text, "Mã trường", |r: &R| Cell::text(r.of.field.as_str())),
        Column::new(
            "number",
            Kind::Exact,
            "Số đã đọc, theo đơn vị tính ở cột measure",
            |r: &R| Cell::exact(r.of.part.given()),
        ),
        Column::new("measure", Kind::Text, "Đơn vị tính của số", |r: &R| {
            Cell::made(r.of.measure.to_string())
        }),
        Column::new(
            "choice",
            Kind::Text,
            "Ý nghĩa của mục đã chọn: yes, no, no-standard, actual, estimate, none, not-reported, other",
            |r: &R| Cell::maybe_text(r.of.part.choice.map(|means| means.code())),
        ),
        Column::new("text", Kind::Text, "Lời đã ghi, hoặc mục đã chọn", |r: &R| {
            Cell::maybe_text(r.of.part.text.as_deref())
        }),
        Column::new("date", Kind::Day, "Ngày đã ghi", |r: &R| Cell::day(r.of.part.date)),
        Column::required(
            "status",
            Kind::Text,
            "Loại số liệu: actual (thực tế), estimate (ước), none (không phát sinh), no-standard (chưa có tiêu chí)",
            |r: &R| Cell::text(r.of.reported.status.code()),
        ),
        Column::new("typed", Kind::Text, "Đúng như đã gõ", |r: &R| {
            Cell::made(r.of.reported.typed.to_string())
        }),
        Column::new("file", Kind::Text, "Tệp", |r: &R| Cell::made(r.of.reported.origin.file.to_string())),
        Column::new("sheet", Kind::Text, "Trang", |r: &R| {
            Cell::maybe_text(r.of.reported.origin.sheet.as_deref())
        }),
        Column::new("cell", Kind::Text, "Ô", |r: &R| Cell::maybe_text(r.of.reported.origin.cell.as_deref())),
    ];
    let value = |field: &'a FieldId, unit: &'a UnitCode, reported: &'a Reported| {
        let known = forms.field(unit, field);
        let kind = known.map_or(&FieldKind::Decimal, |field| &field.kind);
        let part = ValuePart::of_reported(reported, kind);
        let measure = match kind {
            FieldKind::Percent => "%".into(),
            _ => known.map(|field| field.measure.clone()).unwrap_or_default(),
        };
        let is_number = part.given().is_some();
        Value { unit, field, measure: if is_number { measure } else { EcoString::new() }, reported, part }
    };
    let rows = results.reported.iter().flat_map(|(field, by_unit)| {
        by_unit.iter().map(move |(unit, reported)| (field, unit, reported.as_ref()))
    });
    let rows: Vec<Value<'a>> = rows.map(|(field, unit, reported)| value(field, unit, reported)).collect();
    scope.table(
        "values",
        "Số liệu và nội dung các đơn vị báo cáo, đã được dùng",
        &["plan", "year", "unit", "field"],
        &[UNIT, FIELD],
        columns,
        rows,
    )
}
