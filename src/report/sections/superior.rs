//! The table the superior body asks for, laid out by the plan.

use crate::consolidate::{Flag, IndicatorResult, Verdict};
use crate::domain::{FieldId, Meaning, Ratio, Unit};
use crate::plan::{SuperiorFigure, SuperiorForm, SuperiorRow, SuperiorSignature, SuperiorSource};
use crate::report::format::{self, percent_places};
use crate::report::gaps;
use crate::report::leads::first_leads;
use crate::report::model::{
    Align, Block, Cell, CellRef, Column, ColumnKey, FormFrame, FormLine, Formula, LineStyle, Operator, Place,
    Role, Row, RowKey, Section, Shown, Tab, Table, TableKey,
};
use crate::report::reservations;
use crate::report::scene::Scene;
use crate::report::tables::indicators;
use crate::report::targets::{self, OPEN_TARGET};
use crate::report::totals::{share, total};
use crate::report::wording::{estimated_note, lacking_notes, matched_note, roster_notes, tone};
use crate::submission::Value;
use ecow::eco_format;
use rust_decimal::Decimal;

const TABLE: TableKey = TableKey::fixed("bieu-cap-tren");

/// The sheet; `None` when the plan lays out no such table.
pub(super) fn section(scene: &Scene<'_>) -> Option<Section> {
    let form = scene.plan.superior_form.as_ref()?;
    let worded = |text: &str| scene.plan.text_of(text, scene.results.year);
    let mut columns = vec![
        Column::ordinal("TT", 0.6),
        Column::new("ten", "Nội dung", 4.6, Align::Left),
        Column::new("don-vi-tinh", "Đơn vị tính", 1.2, Align::Center),
    ];
    for (i, shown) in form.columns.iter().enumerate() {
        let align = match shown.shows {
            SuperiorFigure::Verdict => Align::Center,
            SuperiorFigure::Blank | SuperiorFigure::Lacking => Align::Left,
            _ => Align::Right,
        };
        let mut column = Column::new(column_id(i), &worded(&shown.title), shown.width, align);
        column.over = shown.over.as_deref().map(worded);
        columns.push(column);
    }
    let rows = form.rows.iter().enumerate().filter_map(|(i, row)| self::row(scene, form, i, row)).collect();
    let mut notes = if form.note.is_empty() { Vec::new() } else { vec![worded(&form.note)] };
    if form.columns.iter().any(|column| column.shows == SuperiorFigure::Target) {
        notes.extend(targets::notes(scene));
    }
    if form.columns.iter().any(|column| column.shows == SuperiorFigure::LastYear) {
        notes.extend(roster_notes(scene));
        notes.extend(matched_note(scene));
    }
    notes.extend(reservations::notes(scene, &[Flag::Estimate, Flag::KeptOut]));
    if form.columns.iter().any(|column| column.shows == SuperiorFigure::Verdict) {
        notes.extend(estimated_note(scene));
    }
    // Where no column says it, a total still says whose figures it lacks.
    if !form.columns.iter().any(|column| column.shows == SuperiorFigure::Lacking) {
        notes.extend(lacking_notes(scene, &format!("xem trang {}", gaps::SHEET)));
    }
    let table = Table { id: TABLE, caption: None, columns, rows, notes };
    Some(Section {
        id: TABLE.to_string(),
        title: worded(&form.title),
        place: Place::Sheet,
        sheet: Some(Tab { frame: Some(Box::new(frame(scene, form))), ..Tab::from(worded(&form.tab)) }),
        blocks: vec![Block::Table(table)],
    })
}

/// Who reports, the number of the form and who signs, as the plan says.
fn frame(scene: &Scene<'_>, form: &SuperiorForm) -> FormFrame {
    let (year, of_year) = (scene.results.year, scene.plan.frame(scene.results.year));
    let letter = &of_year.letter;
    let worded = |text: &str| scene.plan.text_of(text, year);
    let bold = |text: &str| FormLine::new(worded(text), LineStyle::Bold);
    let agency: Vec<FormLine> = match of_year.agency.as_slice() {
        [] => {
            let superior = letter.superior.iter().map(|s| FormLine::new(s.to_uppercase(), LineStyle::Plain));
            superior.chain([FormLine::new(letter.issuer.to_uppercase(), LineStyle::Bold)]).collect()
        }
        lines => lines.iter().map(|line| bold(line)).collect(),
    };
    let mut right = Vec::new();
    if !form.number.is_empty() {
        right.push(bold(&form.number));
    }
    let to = letter.addressee.lines().map(str::trim).collect::<Vec<_>>().join("; ");
    right.push(FormLine::new(format!("Đơn vị nhận báo cáo: {to}"), LineStyle::Plain));
    let letter = crate::report::letter::of_year(scene.plan, year, scene.results.as_of);
    let own = [SuperiorSignature {
        title: letter.authority.clone(),
        hint: String::new(),
        name: letter.signer.clone(),
    }];
    let signatures = if of_year.signatures.is_empty() { &own[..] } else { &of_year.signatures[..] };
    let last = signatures.len() - 1;
    let signature = |(at, signature): (usize, &SuperiorSignature)| {
        let day = if at == last { letter.head().place_and_date } else { String::new() };
        let mut lines = vec![FormLine::new(day, LineStyle::Italic)];
        lines.extend(signature.title.iter().map(|line| bold(line)));
        if !signature.hint.is_empty() {
            lines.push(FormLine::new(worded(&signature.hint), LineStyle::Italic));
        }
        lines.push(FormLine::room());
        lines.push(bold(&signature.name));
        lines
    };
    FormFrame { head: [agency, right], signatures: signatures.iter().enumerate().map(signature).collect() }
}

fn column_id(index: usize) -> ColumnKey {
    eco_format!("cot-{}", index + 1).into()
}

fn row(scene: &Scene<'_>, form: &SuperiorForm, index: usize, row: &SuperiorRow) -> Option<Row> {
    let id = RowKey::from(eco_format!("dong-{}", index + 1));
    let year = scene.results.year;
    if !row.validity.covers(scene.plan.due_date(year)) {
        return None;
    }
    let label = scene.plan.text_of(&row.label, year);
    if matches!(row.from, SuperiorSource::Heading) {
        let words = if row.number.is_empty() { label } else { format!("{}. {label}", row.number) };
        return Some(Row { id, role: Role::Group, cells: vec![Cell::text(words)] });
    }
    let of_fields = |shows: SuperiorFigure, whole: &Option<FieldId>, part: &Option<FieldId>| {
        let sum = |field: &Option<FieldId>| match field {
            Some(field) => total(scene, field),
            None => Cell::plain(Shown::Blank),
        };
        match shows {
            SuperiorFigure::Whole => sum(whole),
            SuperiorFigure::Part => sum(part),
            SuperiorFigure::Lacking => {
                let fields: Vec<&FieldId> = whole.iter().chain(part).collect();
                gaps::sum_of(scene, &fields).map_or(Cell::plain(Shown::Blank), |sum| sum.lacking(scene))
            }
            SuperiorFigure::Percent => match (whole, part) {
                (Some(whole), Some(part)) => percent_of_fields(scene, form, &id, whole, part),
                _ => Cell::plain(Shown::Blank),
            },
            _ => Cell::plain(Shown::Blank),
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
            (SuperiorSource::Status(status), None) => of_status(scene, shown.shows, status),
            _ => Cell::plain(Shown::Blank),
        });
    }
    Some(Row { id, role: Role::Body, cells })
}

/// The share follows from the columns beside it where the layout has them, else from the sheets of the groups.
fn percent_of_fields(
    scene: &Scene<'_>,
    form: &SuperiorForm,
    row: &RowKey,
    whole: &FieldId,
    part: &FieldId,
) -> Cell {
    let at = |shows: SuperiorFigure| form.columns.iter().position(|c| c.shows == shows).map(column_id);
    let beside = at(SuperiorFigure::Part).zip(at(SuperiorFigure::Whole));
    let cells = match beside {
        Some((part, whole)) => Some([part, whole].map(|column| CellRef::new(TABLE, row.clone(), column))),
        None => {
            let sums = scene.forms.total_of(part).zip(scene.forms.total_of(whole));
            sums.map(|((part, _), (whole, _))| [part, whole])
        }
    };
    cells.map_or(Cell::plain(Shown::Blank), |cells| share(scene, [part, whole], cells))
}

/// Units that hold a status, of those that answered; what nobody answered is not zero.
fn of_status(scene: &Scene<'_>, shows: SuperiorFigure, status: &FieldId) -> Cell {
    let holds = |unit: &Unit| match scene.forms.reported(status, &unit.code)?.value {
        Some(Value::Choice(Meaning::Yes, _)) => Some(true),
        Some(Value::Choice(Meaning::No, _)) => Some(false),
        _ => None,
    };
    let asked = scene.forms.entry_of(status).into_iter().flat_map(|entry| &entry.units);
    let (answered, silent): (Vec<_>, Vec<_>) =
        asked.map(|(unit, _)| (*unit, holds(unit))).partition(|(_, holds)| holds.is_some());
    let ratio = Ratio::of(
        answered.iter().filter(|(_, holds)| *holds == Some(true)).count() as u64,
        answered.len() as u64,
    );
    let given = |cell: Cell| match answered.is_empty() {
        true => Cell::plain(Shown::Missing("–".into())),
        false => cell,
    };
    match shows {
        SuperiorFigure::Whole => given(Cell::count(ratio.denominator)),
        SuperiorFigure::Part => given(Cell::count(ratio.numerator)),
        SuperiorFigure::Percent => {
            let shown = |percent| Cell::plain(Shown::Percent(percent, percent_places(ratio, None)));
            given(ratio.percent().map_or(Cell::plain(Shown::Blank), shown))
        }
        SuperiorFigure::Lacking => {
            let silent: Vec<&str> = silent.iter().map(|(unit, _)| unit.short_name.as_str()).collect();
            Cell::plain(gaps::named(&silent))
        }
        _ => Cell::plain(Shown::Blank),
    }
}

fn of_indicator(scene: &Scene<'_>, shows: SuperiorFigure, result: &IndicatorResult) -> Cell {
    let follows = |column| Formula::Cell(indicators::cell(&result.indicator.id, column));
    let target = result.target.map(|(_, percent)| percent);
    let places = percent_places(result.total, result.aim());
    let missing = || Shown::Missing("–".into());
    let [to_part, to_whole] = first_leads(scene, result);
    // What nobody gave is not zero.
    let given = |always: bool, sum: Decimal| match always || result.complete > 0 {
        true => Cell::count(sum),
        false => Cell::plain(missing()),
    };
    // Without a standard, figures say nothing to whom the form goes, nor does who has not given them.
    let is_judged = result.verdict != Verdict::NoStandard;
    let where_judged = |otherwise: &str, told: Cell, column: ColumnKey| {
        let words = Formula::words(Verdict::NoStandard.vietnamese());
        let not_judged = Formula::binary(follows(indicators::VERDICT), Operator::Equal, words);
        let quiet = || Cell::plain(Shown::Missing(otherwise.into()));
        let cell = if is_judged { told } else { quiet() };
        cell.follows(Formula::when(not_judged, Formula::words(otherwise), follows(column)))
    };
    match shows {
        SuperiorFigure::Whole => {
            let is_roster = result.indicator.kind.is_share_of_units();
            let whole = given(is_roster, result.total.denominator);
            where_judged("–", whole, indicators::DENOMINATOR).leads_to(to_whole)
        }
        SuperiorFigure::Part => {
            where_judged("–", given(false, result.total.numerator), indicators::NUMERATOR).leads_to(to_part)
        }
        SuperiorFigure::Percent => {
            let value = result.percent().map_or_else(missing, |p| Shown::Percent(p, places));
            Cell::plain(value).follows(follows(indicators::PERCENT)).leads_to(to_part)
        }
        SuperiorFigure::Target => {
            let open = || Shown::Missing(OPEN_TARGET.into());
            Cell::plain(target.map_or_else(open, |target| Shown::Percent(target, target.scale())))
                .follows(follows(indicators::TARGET))
        }
        SuperiorFigure::LastYear => {
            let value = result.last_year.map_or_else(missing, |last| format::past(&last));
            Cell::plain(value).follows(follows(indicators::LAST_YEAR))
        }
        SuperiorFigure::Verdict => Cell::text(result.verdict.vietnamese())
            .toned(tone(result.verdict))
            .follows(follows(indicators::VERDICT)),
        SuperiorFigure::Lacking => {
            where_judged(Verdict::NoStandard.vietnamese(), gaps::lacking(scene, result), indicators::LACKING)
        }
        SuperiorFigure::Blank => Cell::plain(Shown::Blank),
    }
}
