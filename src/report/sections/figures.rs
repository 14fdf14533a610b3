//! The figures by unit that every result follows from: numerator and denominator of each indicator, themselves following
//! from what the units filled in.

use crate::consolidate::history::workbook::{CODE_HEAD, NOT_JUDGED, SHEET, TITLE};
use crate::consolidate::{IndicatorResult, Term, TermFields, UnitFigure};
use crate::domain::{Direction, FieldId, FieldKind, IndicatorId, IndicatorKind, Meaning, Ratio, UnitCode};
use crate::report::leads::leads;
use crate::report::model::{
    Align, Block, Cell, Column, Formula, Function, Operator, Place, Role, Row, Section, Shown, Table, Tone,
};
use crate::report::scene::Scene;
use crate::report::shares::both_given;
use crate::report::tables::figures;
use std::sync::{Arc, LazyLock};

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let mut columns = vec![
        Column::new("ma", CODE_HEAD, 0.9, Align::Center),
        Column::new("don-vi", "Đơn vị", 2.0, Align::Left),
    ];
    for result in &scene.results.indicators {
        let id = &result.indicator.id;
        let over = format!("{id} {}", result.indicator.short_title);
        let (n, d) = match result.indicator.kind {
            IndicatorKind::ShareOfUnits { .. } => match result.indicator.direction {
                Direction::Higher => ("Đạt (1/0)", "Được xét"),
                Direction::Lower => ("Có (1/0)", "Được xét"),
            },
            _ => ("Số đạt", "Tổng số"),
        };
        columns.push(Column::new(figures::numerator(id), n, 1.1, Align::Right).under(&over));
        columns.push(Column::new(figures::denominator(id), d, 1.1, Align::Right).under(&over));
    }
    let rows = scene
        .results
        .units
        .iter()
        .filter(|unit| scene.results.indicators.iter().any(|result| scene.said(result, &unit.code).is_some()))
        .map(|unit| {
            let mut cells = vec![Cell::text(unit.code.as_str()), Cell::text(&unit.short_name)];
            for result in &scene.results.indicators {
                cells.extend(pair(scene, result, &unit.code));
            }
            Row { id: (&unit.code).into(), role: Role::Body, cells }
        })
        .collect();
    let table = Table {
        id: figures::TABLE,
        caption: Some("Số liệu đã dùng để tính, theo đơn vị".into()),
        columns,
        rows,
        notes: vec![
            format!(
                "Ô trống là chưa báo cáo, chưa dùng được hoặc không thuộc đơn vị báo cáo, không phải là 0; “{NOT_JUDGED}” là chưa có tiêu chí đánh giá hoặc không có đối tượng để xét."
            ),
            "Số ở trang này lấy từ các trang Nhóm. Sửa một số ở trang Nhóm (hoặc ghi đè ở đây), mọi tổng, tỷ lệ, thứ hạng và đánh giá tự tính lại.".into(),
        ],
    };
    Section {
        id: "so-lieu".into(),
        title: format!("{TITLE}{}", scene.results.year),
        place: Place::Sheet,
        sheet: Some(SHEET.into()),
        blocks: vec![Block::Table(table)],
    }
}

fn pair(scene: &Scene<'_>, result: &IndicatorResult, code: &UnitCode) -> [Cell; 2] {
    let blank = || Cell::plain(Shown::Blank);
    let Some(unit) = scene.said(result, code) else { return [blank(), blank()] };
    let cells = match (unit.status, unit.share) {
        (status, _) if !status.is_judged(&result.indicator.kind) => {
            let quiet = || Cell::plain(Shown::Missing(NOT_JUDGED.into())).toned(Tone::Quiet);
            [quiet(), quiet()]
        }
        (_, Some(Ratio { numerator, denominator })) => {
            let tone = if unit.status == UnitFigure::Estimate { Tone::Open } else { Tone::Plain };
            [Cell::count(numerator).toned(tone), Cell::count(denominator).toned(tone)]
        }
        (_, None) => [blank(), blank()],
    };
    let Some(formulas) = formulas(scene, result, code) else { return cells };
    let [numerator, denominator] = cells;
    let [of_numerator, of_denominator] = formulas;
    let [first, second] = leads(scene, result, code);
    [numerator.follows(of_numerator).leads_to(first), denominator.follows(of_denominator).leads_to(second)]
}

/// How numerator and denominator follow from what was reported about the unit; `None` where the form has no cell for it.
fn formulas(scene: &Scene<'_>, result: &IndicatorResult, code: &UnitCode) -> Option<[Formula; 2]> {
    let terms = scene.terms(result, code);
    if let [Term { reporter, fields: TermFields::Status(field), .. }] = terms {
        return status_formulas(scene, &result.indicator.id, code, field, reporter);
    }
    let pair = |term: &&Term| {
        let cell = |field: &FieldId| scene.forms.cell_of(field, &term.reporter).map(Formula::Cell);
        Some(Pair::from([cell(term.fields.numerator())?, cell(term.fields.denominator()?)?]))
    };
    let pairs: Option<Vec<Pair>> = terms.iter().map(pair).collect();
    let pairs = pairs.filter(|pairs| !pairs.is_empty())?;
    Some([added(&pairs, &NUMERATORS), added(&pairs, &DENOMINATORS)])
}

/// The cells of a numerator and its denominator.
type Pair = Arc<[Formula]>;

/// What is asked of the pairs for one of their sides; every shape is given a numerator and its denominator.
struct Side {
    /// The side itself, where the unit owes one pair: “không xét” when there is no standard for it.
    only: Arc<Formula>,
    /// What it adds where there are several.
    addend: Arc<Formula>,
}

static NUMERATORS: LazyLock<Side> = LazyLock::new(|| Side::at(0));
static DENOMINATORS: LazyLock<Side> = LazyLock::new(|| Side::at(1));

/// 1 for a complete pair.
static COUNTED: LazyLock<Arc<Formula>> =
    LazyLock::new(|| Arc::new(Formula::when(both_given(), Formula::number(1), Formula::number(0))));

/// 1 for a pair without a standard.
static UNJUDGED: LazyLock<Arc<Formula>> =
    LazyLock::new(|| Arc::new(Formula::when(not_judged(), Formula::number(1), Formula::number(0))));

impl Side {
    fn at(at: usize) -> Self {
        let otherwise = Formula::when(not_judged(), Formula::words(NOT_JUDGED), Formula::words(""));
        Side {
            only: Arc::new(Formula::when(both_given(), Formula::Given(at), otherwise)),
            addend: Arc::new(Formula::when(both_given(), Formula::Given(at), Formula::number(0))),
        }
    }
}

/// Whether a unit said of one of a pair's sides that there is no standard for it.
fn not_judged() -> Formula {
    let [n, d] = [0, 1]
        .map(|at| Formula::CountEqual(Box::new(Formula::Given(at)), Box::new(Formula::words(NOT_JUDGED))));
    Formula::binary(Formula::binary(n, Operator::Add, d), Operator::AtLeast, Formula::number(1))
}

/// The sum of one side of the complete pairs; “không xét” when there is no standard for any of them.
fn added(pairs: &[Pair], side: &Side) -> Formula {
    if let [only] = pairs {
        return Formula::filled(&side.only, Arc::clone(only));
    }
    let each =
        |shape| Formula::Sum(pairs.iter().map(|pair| Formula::filled(shape, Arc::clone(pair))).collect());
    let all_unjudged = Formula::equal(each(&UNJUDGED), Formula::number(pairs.len() as u64));
    let otherwise = Formula::when(all_unjudged, Formula::words(NOT_JUDGED), Formula::words(""));
    let some_counted = Formula::binary(each(&COUNTED), Operator::AtLeast, Formula::number(1));
    Formula::when(some_counted, each(&side.addend), otherwise)
}

/// 1 for a unit that holds the status, 0 for one that does not, each over 1.
fn status_formulas(
    scene: &Scene<'_>,
    id: &IndicatorId,
    code: &UnitCode,
    field: &FieldId,
    by: &UnitCode,
) -> Option<[Formula; 2]> {
    let cell = Formula::Cell(scene.forms.cell_of(field, by)?);
    let asked = scene.forms.field_of(field, by)?;
    let FieldKind::Choice(list) = &asked.kind else { return None };
    let numerator = list.items.iter().rev().fold(Formula::words(""), |otherwise, item| {
        let result = match item.means {
            // It is asked about, and not counted.
            means if asked.refuses(means) => return otherwise,
            Meaning::Yes => Formula::number(1),
            Meaning::No => Formula::number(0),
            Meaning::NoStandard | Meaning::None => Formula::words(NOT_JUDGED),
            _ => return otherwise,
        };
        Formula::when(Formula::equal(cell.clone(), Formula::words(&item.text)), result, otherwise)
    });
    let told = Formula::cell(figures::TABLE, code, figures::numerator(id));
    Some([numerator, Formula::filled(&STATUS_COUNTED, [told])])
}

/// 1 where a status, which is given, says 1 or 0.
static STATUS_COUNTED: LazyLock<Arc<Formula>> = LazyLock::new(|| {
    let is_number = Formula::Call(Function::IsNumber, vec![Formula::Given(0)]);
    let not_judged = Formula::equal(Formula::Given(0), Formula::words(NOT_JUDGED));
    let otherwise = Formula::when(not_judged, Formula::words(NOT_JUDGED), Formula::words(""));
    Arc::new(Formula::when(is_number, Formula::number(1), otherwise))
});
