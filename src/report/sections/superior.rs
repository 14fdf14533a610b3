//! The table the superior body asks for, laid out by the plan.

use crate::consolidate::IndicatorResult;
use crate::domain::FieldId;
use crate::plan::{SuperiorFigure, SuperiorForm, SuperiorRow, SuperiorSource};
use crate::report::format::percent_places;
use crate::report::leads::first_leads;
use crate::report::model::{Align, Block, Cell, Column, Formula, Place, Role, Row, Section, Table, Value};
use crate::report::scene::Scene;
use crate::report::shares::in_percent_if_known;
use crate::report::tables::INDICATORS;
use crate::report::totals::{share, total};
use crate::report::wording::tone;

const TABLE: &str = "bieu-cap-tren";

/// The sheet; `None` when the plan lays out no such table.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let form = scene.plan.superior_form.as_ref()?;
    let worded = |text: &str| scene.plan.text_of(text, scene.results.year);
    let mut columns = vec![
        Column::new("so", "TT", 0.6, Align::Center),
        Column::new("ten", "Nội dung", 4.6, Align::Left),
        Column::new("don-vi-tinh", "Đơn vị tính", 1.2, Align::Center),
    ];
    for (i, shown) in form.columns.iter().enumerate() {
        let align = match shown.shows {
            SuperiorFigure::Verdict => Align::Center,
            SuperiorFigure::Blank => Align::Left,
            _ => Align::Right,
        };
        let mut column = Column::new(&column_id(i), &worded(&shown.title), shown.width, align);
        column.over = shown.over.as_deref().map(worded);
        columns.push(column);
    }
    let rows = form.rows.iter().enumerate().filter_map(|(i, row)| self::row(scene, form, i, row)).collect();
    let notes = if form.note.is_empty() { Vec::new() } else { vec![worded(&form.note)] };
    let table = Table { id: TABLE.into(), caption: None, columns, rows, notes };
    Some(Section {
        id: "bieu-cap-tren".into(),
        title: worded(&form.title),
        place: Place::Sheet,
        sheet: Some(worded(&form.tab)),
        blocks: vec![Block::Table(table)],
    })
}

fn column_id(index: usize) -> String {
    format!("cot-{}", index + 1)
}

fn row(scene: &Scene<'_>, form: &SuperiorForm, index: usize, row: &SuperiorRow) -> Option<Row> {
    let id = format!("dong-{}", index + 1);
    let year = scene.results.year;
    let label = scene.plan.text_of(&row.label, year);
    if matches!(row.from, SuperiorSource::Heading) {
        let words = if row.number.is_empty() { label } else { format!("{}. {label}", row.number) };
        return Some(Row { id: id.into(), role: Role::Group, cells: vec![Cell::text(words)] });
    }
    let of_fields = |shows: SuperiorFigure, whole: &Option<FieldId>, part: &Option<FieldId>| {
        let sum = |field: &Option<FieldId>| match field {
            Some(field) => total(scene, field),
            None => Cell::of(Value::Blank),
        };
        match shows {
            SuperiorFigure::Whole => sum(whole),
            SuperiorFigure::Part => sum(part),
            SuperiorFigure::Percent => match (whole, part) {
                (Some(whole), Some(part)) => percent_of_fields(scene, form, &id, whole, part),
                _ => Cell::of(Value::Blank),
            },
            _ => Cell::of(Value::Blank),
        }
    };
    let result = match &row.from {
        SuperiorSource::Indicator(indicator) => {
            Some(scene.results.indicators.iter().find(|result| result.indicator.id == *indicator)?)
        }
        _ => None,
    };
    let mut cells = vec![
        Cell::text(&row.number),
        Cell::text(result.map_or(label, |result| result.indicator.title.clone())),
        Cell::text(scene.plan.text_of(&row.unit, year)),
    ];
    for shown in &form.columns {
        cells.push(match (&row.from, result) {
            (_, Some(result)) => of_indicator(scene, shown.shows, result),
            (SuperiorSource::Fields { whole, part }, None) => of_fields(shown.shows, whole, part),
            _ => Cell::of(Value::Blank),
        });
    }
    Some(Row { id: id.into(), role: Role::Body, cells })
}

/// The share follows from the columns beside it where the layout has them, else from the sheets of the groups.
fn percent_of_fields(
    scene: &Scene<'_>,
    form: &SuperiorForm,
    row: &str,
    whole: &FieldId,
    part: &FieldId,
) -> Cell {
    let at = |shows: SuperiorFigure| form.columns.iter().position(|c| c.shows == shows).map(column_id);
    match (at(SuperiorFigure::Part), at(SuperiorFigure::Whole)) {
        (Some(part_at), Some(whole_at)) => share(scene, TABLE, row, (&part_at, &whole_at), (part, whole)),
        _ => {
            let cell = share(scene, TABLE, row, ("", ""), (part, whole));
            let cells = scene.forms.total_of(part).zip(scene.forms.total_of(whole));
            match cells {
                Some(((part, _), (whole, _))) => cell.follows(in_percent_if_known(&part, &whole)),
                None => Cell::of(Value::Blank),
            }
        }
    }
}

fn of_indicator(scene: &Scene<'_>, shows: SuperiorFigure, result: &IndicatorResult) -> Cell {
    let follows = |column: &str| Formula::cell(INDICATORS, result.indicator.id.to_string(), column);
    let target = result.target.map(|(_, percent)| percent);
    let places = percent_places(result.total, target);
    let missing = || Value::Missing("–".into());
    let [to_part, to_whole] = first_leads(scene, result);
    match shows {
        SuperiorFigure::Whole => {
            Cell::count(result.total.denominator).follows(follows("mau")).leads_to(to_whole)
        }
        SuperiorFigure::Part => Cell::count(result.total.numerator).follows(follows("tu")).leads_to(to_part),
        SuperiorFigure::Percent => {
            let value = result.percent().map_or_else(missing, |p| Value::Percent(p, places));
            Cell::of(value).follows(follows("ty-le")).leads_to(to_part)
        }
        SuperiorFigure::Target => target.map_or(Cell::of(Value::Blank), |target| {
            Cell::of(Value::Percent(target, target.scale())).follows(follows("muc-tieu"))
        }),
        SuperiorFigure::LastYear => {
            let value = result.last_year.map_or_else(missing, |p| Value::Percent(p, 2));
            Cell::of(value).follows(follows("nam-truoc"))
        }
        SuperiorFigure::Verdict => {
            Cell::text(result.verdict.vietnamese()).toned(tone(result.verdict)).follows(follows("danh-gia"))
        }
        SuperiorFigure::Blank => Cell::of(Value::Blank),
    }
}
