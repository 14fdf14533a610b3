//! Where every value stands: unit, file, sheet, cell, as typed, as read. The other sheets lead here, and from here it is
//! one click to the file.

use crate::consolidate::IndicatorResult;
use crate::consolidate::history::workbook::{READ_BACK, RECORDS, Record};
use crate::domain::{ColumnRole, FieldId, FieldKind, IndicatorId, UnitCode};
use crate::form::Field;
use crate::report::decided;
use crate::report::forms::shown;
use crate::report::model::{
    Align, Block, Cell, Column, ColumnKey, Link, Place, RecordSource, Records, Role, Row, Section, Shown,
    Tab, Table, Tone,
};
use crate::report::scene::Scene;
use crate::submission::{FigureStatus, Reported};
use ecow::EcoString;
use std::collections::HashMap;
use std::sync::Arc;

/// Id of the section.
const CONTRIBUTIONS: &str = "dong-gop";
/// Id of the hidden column from which the program reads the workbook back as last year's figures.
const BACK: ColumnKey = ColumnKey::fixed("may-doc");
/// Id of the column of what was read.
const READ: ColumnKey = ColumnKey::fixed("da-doc");

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let mut columns = vec![
        Column::new("chi-tieu", "Chỉ tiêu", 0.8, Align::Center),
        Column::new("don-vi", "Đơn vị", 1.5, Align::Left),
        Column::new("muc", "Mục số liệu", 5.4, Align::Left),
        Column::new("phan", "Phần", 1.1, Align::Center),
        Column::new("tep", "Tệp", 3.4, Align::Left),
        Column::new("trang", "Trang tính", 2.4, Align::Left),
        Column::new("o", "Ô", 0.7, Align::Center),
        Column::new("da-ghi", "Nội dung ghi", 2.6, Align::Left),
        Column::new(READ, "Đã đọc", 1.6, Align::Left),
        Column::new("loai", "Loại số liệu", 1.1, Align::Center),
    ];
    let decided = !scene.results.decided.is_empty();
    if decided {
        columns.push(Column::new("quyet-dinh", "Đính chính, miễn trừ", 1.8, Align::Left));
    }
    columns.push(Column::hidden(BACK, READ_BACK));
    let notes = vec![
        "Mỗi dòng là một ô đã điền được dùng trong sổ này. Bấm vào địa chỉ ô để mở ô gốc trong tệp của đơn vị khi thư mục bài nộp còn ở chỗ cũ so với sổ. Mọi số được cộng nguyên vẹn, không nhân trọng số.".into(),
    ];
    let linked_column = columns.iter().position(|column| column.id == READ).unwrap_or_default();
    let head = Table { id: CONTRIBUTIONS.into(), caption: None, columns, rows: Vec::new(), notes };
    let source = Arc::new(Contributions::new(scene, decided));
    Section {
        id: CONTRIBUTIONS.into(),
        title: format!("ĐÓNG GÓP CỦA TỪNG Ô SỐ LIỆU NĂM {}", scene.results.year),
        place: Place::Sheet,
        sheet: Some(Tab { on_screen: true, ..Tab::from(RECORDS) }),
        blocks: vec![Block::Records(Records { head, linked_column, source })],
    }
}

/// What every unit reported, in the order of the form's entries, the roster's units and the entry's fields.
#[derive(Debug)]
struct Contributions {
    fields: Vec<ToldField>,
    places: HashMap<FieldId, usize>,
    /// Codes and names by seat.
    units: Vec<(UnitCode, EcoString)>,
    seats: HashMap<UnitCode, usize>,
    told: Vec<Contribution>,
    /// What was decided on single figures, by field and unit; `None` when nothing was decided at all.
    decided: Option<HashMap<(usize, usize), Cell>>,
}

/// What the rows of a field have in common.
#[derive(Debug)]
struct ToldField {
    id: FieldId,
    /// Place of its entry among all.
    entry: usize,
    serves: EcoString,
    label: EcoString,
    part: &'static str,
    kind: FieldKind,
}

/// What one unit reported in one field.
#[derive(Debug)]
struct Contribution {
    field: usize,
    unit: usize,
    reported: Arc<Reported>,
}

impl Contributions {
    fn new(scene: &Scene<'_>, decided: bool) -> Self {
        let roster = scene.plan.roster(scene.results.year);
        let seats: HashMap<UnitCode, usize> = roster.iter().map(|unit| unit.code.clone()).zip(0..).collect();
        let units =
            roster.iter().map(|unit| (unit.code.clone(), EcoString::from(&unit.short_name))).collect();
        let mut all = Contributions {
            fields: Vec::new(),
            places: HashMap::new(),
            units,
            seats,
            told: Vec::new(),
            decided: decided.then(HashMap::new),
        };
        let served = served(&scene.results.indicators);
        let entries =
            scene.forms.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.entries);
        for (at, entry) in entries.enumerate() {
            for (unit, fields) in &entry.units {
                for field in fields.iter() {
                    let place = all.field(&served, at, field);
                    let Some(reported) = scene.forms.reported(&field.id, &unit.code) else { continue };
                    let Some(seat) = all.seats.get(&unit.code).copied() else { continue };
                    if let Some(decided) = &mut all.decided {
                        let cell = decided::on(scene, &unit.code, &field.id);
                        if cell.value != Shown::Blank {
                            decided.insert((place, seat), cell);
                        }
                    }
                    all.told.push(Contribution { field: place, unit: seat, reported: Arc::clone(reported) });
                }
            }
        }
        all.told.shrink_to_fit();
        let keys = all.told.iter().map(|told| all.key(told.field, told.unit));
        debug_assert!(keys.is_sorted(), "found by halving");
        all
    }

    fn field(&mut self, served: &HashMap<&FieldId, Vec<&IndicatorId>>, entry: usize, field: &Field) -> usize {
        if let Some(known) = self.places.get(&field.id) {
            return *known;
        }
        let at = self.fields.len();
        let serves: Vec<String> =
            served.get(&field.id).into_iter().flatten().map(ToString::to_string).collect();
        self.places.insert(field.id.clone(), at);
        self.fields.push(ToldField {
            id: field.id.clone(),
            entry,
            serves: serves.join(", ").into(),
            label: field.label.clone(),
            part: part(field),
            kind: field.kind.clone(),
        });
        at
    }

    /// By what the rows are in order.
    fn key(&self, field: usize, unit: usize) -> (usize, usize, usize) {
        (self.fields.get(field).map_or(usize::MAX, |field| field.entry), unit, field)
    }
}

impl RecordSource for Contributions {
    fn count(&self) -> usize {
        self.told.len()
    }

    fn row(&self, at: usize) -> Option<Row> {
        let Contribution { field: place, unit, reported } = self.told.get(at)?;
        let field = self.fields.get(*place)?;
        let (code, name) = self.units.get(*unit)?;
        let origin = &reported.origin;
        let words = |text: &Option<EcoString>| text.clone().map_or(Shown::Blank, Shown::Text);
        let source = origin.sheet.clone().zip(origin.cell.clone());
        let kind = match reported.status {
            FigureStatus::Actual => "",
            FigureStatus::Estimate => "Ước",
            FigureStatus::NoStandard => "Chưa có tiêu chí",
            FigureStatus::None => "Không phát sinh",
        };
        let mut cells = vec![
            Cell::text(&field.serves),
            Cell::text(name),
            Cell::text(&field.label),
            Cell::text(field.part),
            Cell::text(&origin.file),
            Cell::plain(words(&origin.sheet)),
            Cell::plain(words(&origin.cell)).leads_to(Link::Source { file: origin.file.clone(), at: source }),
            Cell::text(&reported.typed),
            // What was read is a record, not an input: as words it is in nobody's way.
            Cell::text(crate::report::format::value(&shown(reported, &field.kind))),
            Cell::text(kind).toned(if kind.is_empty() { Tone::Plain } else { Tone::Quiet }),
        ];
        if let Some(decided) = &self.decided {
            cells.push(decided.get(&(*place, *unit)).cloned().unwrap_or(Cell::plain(Shown::Blank)));
        }
        cells.push(Cell::text(Record::of(code, &field.id, reported, &field.kind).to_string()));
        Some(Row { id: EcoString::new().into(), role: Role::Body, cells })
    }

    fn place(&self, field: &FieldId, unit: &UnitCode) -> Option<usize> {
        let (field, unit) = (*self.places.get(field)?, *self.seats.get(unit)?);
        let wanted = self.key(field, unit);
        self.told.binary_search_by_key(&wanted, |told| self.key(told.field, told.unit)).ok()
    }
}

fn part(field: &Field) -> &'static str {
    match field.role {
        Some(ColumnRole::Whole) => "Tổng số",
        Some(ColumnRole::Part) => "Số đạt",
        Some(ColumnRole::Female) => "Nữ",
        Some(ColumnRole::Minority) => "DTTS",
        Some(ColumnRole::Registered) => "Đăng ký",
        Some(ColumnRole::Recognised) => "Công nhận",
        Some(ColumnRole::Percent) => "Để đối chiếu",
        Some(ColumnRole::RowStatus) => "Tình trạng",
        None => "",
    }
}

/// The indicators made from each field, in the plan's order.
fn served(indicators: &[IndicatorResult]) -> HashMap<&FieldId, Vec<&IndicatorId>> {
    let mut served: HashMap<&FieldId, Vec<&IndicatorId>> = HashMap::new();
    for result in indicators {
        let id = &result.indicator.id;
        for field in result.contributions.iter().flat_map(|contribution| contribution.term.fields.all()) {
            let ids = served.entry(field).or_default();
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        }
    }
    served
}
