//! What is still lacking and what it could add: a row for every pair an indicator is made of, with what its size is taken
//! to be while nobody gives it. Bounds and coverage add these rows up, so a figure that is filled in leaves them at once.

use crate::consolidate::history::workbook::NOT_JUDGED;
use crate::consolidate::{Contribution, IndicatorResult, PairFigure, SIZE, Term, TermFields, UnitFigure};
use crate::domain::{FieldId, FieldKind, Meaning, UnitCode};
use crate::report::derived::size;
use crate::report::gaps::{self, COMPLETE, LACKS_BOTH, LACKS_ONE, NOTHING, Running, SumOfFields, UNKNOWN};
use crate::report::model::{
    Align, Block, Cell, Column, Formula, Operator, Place, Role, Row, RowKey, Section, Shown, Tab, Table, Tone,
};
use crate::report::scene::Scene;
use crate::report::tables::{figures, gaps as table};
use rust_decimal::Decimal;

pub(super) fn section(scene: &Scene<'_>) -> Section {
    let mut blocks = vec![Block::Table(of_indicators(scene))];
    let sums = gaps::sums(scene);
    if !sums.is_empty() {
        blocks.push(Block::Table(of_sums(scene, &sums)));
    }
    Section {
        id: "con-thieu".into(),
        title: format!("SỐ LIỆU CÒN THIẾU VÀ PHẦN ĐỂ NGỎ NĂM {}", scene.results.year),
        place: Place::Sheet,
        sheet: Some(Tab { on_screen: true, ..Tab::from(gaps::SHEET) }),
        blocks,
    }
}

fn of_indicators(scene: &Scene<'_>) -> Table {
    let columns = vec![
        Column::new("chi-tieu", "Chỉ tiêu", 0.8, Align::Center),
        Column::new("don-vi", "Đơn vị", 1.8, Align::Left),
        Column::new("muc", "Mục số liệu", 4.2, Align::Left),
        Column::new(table::NUMERATOR, "Số đạt", 1.1, Align::Right),
        Column::new(table::DENOMINATOR, "Tổng số", 1.1, Align::Right),
        Column::new(table::REFERENCE, "Tổng số tham chiếu", 1.1, Align::Right),
        Column::new(table::STATE, "Tình trạng", 1.5, Align::Center),
        Column::new(table::SIZE, "Phần để ngỏ", 1.1, Align::Right),
        Column::new(table::LACKS, "Đơn vị thiếu", 0.8, Align::Right),
        Column::new(table::SO_MANY, "Lũy kế", 0.7, Align::Right),
        Column::new(table::NAMES, "Các đơn vị thiếu đầu tiên", 3.0, Align::Left),
    ];
    let mut rows = Vec::new();
    for result in &scene.results.indicators {
        let mut running = Running::new(table::TABLE);
        for (unit, pairs) in gaps::by_unit(result) {
            let last = pairs.len() - 1;
            for (nth, pair) in pairs.iter().enumerate() {
                let id = table::row(&result.indicator.id, unit, nth);
                let mut cells = pair_cells(scene, result, &pairs, nth, &id);
                if nth == last {
                    let lacking = pairs.iter().any(|pair| pair.status.is_lacking());
                    cells.push(Cell::count(u64::from(lacking)).follows(unit_lacks(
                        result,
                        unit,
                        pairs.len(),
                    )));
                    cells.extend(running.cells(&id, scene.label(unit), lacking));
                } else {
                    cells.extend([0; 3].map(|_| Cell::plain(Shown::Blank)));
                }
                debug_assert_eq!(pair.term.about, *unit);
                rows.push(Row { id, role: Role::Body, cells });
            }
        }
    }
    Table {
        id: table::TABLE,
        caption: Some("Từng số mà các chỉ tiêu được tính từ đó, và phần còn để ngỏ khi thiếu".into()),
        columns,
        rows,
        notes: vec![
            "Số đạt, Tổng số: như đang có ở trang Số liệu, nếu không thì ở trang Nhóm. Tổng số tham chiếu: số được coi là tổng số của đơn vị chừng nào đơn vị chưa ghi; “không rõ” là không có số tham chiếu.".into(),
            "Phần để ngỏ chỉ có ở dòng còn thiếu số: khi tính khoảng giá trị, số đạt của dòng ấy có thể là bất kỳ số nào từ 0 đến phần để ngỏ. Điền đủ số ở trang Nhóm thì dòng ấy tự hết để ngỏ.".into(),
        ],
    }
}

/// The cells of the n-th pair of a unit, up to its size.
fn pair_cells(
    scene: &Scene<'_>,
    result: &IndicatorResult,
    pairs: &[&Contribution],
    nth: usize,
    row: &RowKey,
) -> Vec<Cell> {
    let pair = pairs[nth];
    let own = |column| Formula::cell(table::TABLE, row.clone(), column);
    let unit = &pair.term.about;
    let label = scene.forms.field_of(pair.term.fields.numerator(), &pair.term.reporter);
    let figure = |value: Option<Decimal>| value.map_or(Cell::plain(Shown::Blank), Cell::count);
    // Beside a cell that says there is no standard the other may hold a number.
    let reporter = &pair.term.reporter;
    let given = match &pair.term.fields {
        TermFields::Pair { numerator, denominator } => {
            [numerator, denominator].map(|field| scene.forms.number(field, reporter))
        }
        TermFields::Status(_) if !pair.status.is_judged(&result.indicator.kind) => [None, None],
        TermFields::Status(_) => [pair.numerator, pair.denominator],
    };
    let [given_numerator, given_denominator] = given;
    let [numerator, denominator] = known(scene, result, pairs, nth);
    let reference = match pair.size_if_silent() {
        Some(reference) => Cell::count(reference),
        None => Cell::plain(Shown::Missing(UNKNOWN.into())).toned(Tone::Open),
    };
    let state = match pair.status {
        UnitFigure::NoStandard => NOT_JUDGED,
        UnitFigure::None if matches!(pair.term.fields, TermFields::Status(_)) => NOTHING,
        UnitFigure::Missing => LACKS_BOTH,
        UnitFigure::Partial => LACKS_ONE,
        _ => COMPLETE,
    };
    let tone = if pair.status.is_lacking() { Tone::Open } else { Tone::Quiet };
    let of_pair = |figure: PairFigure| match figure {
        PairFigure::Numerator => own(table::NUMERATOR),
        PairFigure::Denominator => own(table::DENOMINATOR),
        PairFigure::Reference => own(table::REFERENCE),
    };
    let open = match (pair.status.is_lacking(), pair.range) {
        (false, _) => Cell::count(0),
        (true, Some(range)) => Cell::count(range.denominator),
        (true, None) => Cell::plain(Shown::Missing(UNKNOWN.into())),
    };
    let size = size(&SIZE, &of_pair, UNKNOWN);
    vec![
        Cell::text(result.indicator.id.to_string()),
        Cell::text(scene.label(unit)),
        Cell::text(label.map_or_else(String::new, |field| field.label.to_string())),
        figure(given_numerator).follows(numerator),
        figure(given_denominator).follows(denominator),
        reference,
        Cell::text(state).toned(tone).follows(state_of(scene, result, pairs, nth, row)),
        open.follows(Formula::when(is_settled(own(table::STATE)), Formula::number(0), size)),
    ]
}

/// The figures of a pair as they are known: of a lone pair what stands on the sheet of figures comes first, which may be
/// overwritten there.
fn known(scene: &Scene<'_>, result: &IndicatorResult, pairs: &[&Contribution], nth: usize) -> [Formula; 2] {
    let (id, term) = (&result.indicator.id, &pairs[nth].term);
    let columns = [figures::numerator(id), figures::denominator(id)];
    let fields = match &term.fields {
        TermFields::Pair { numerator, denominator } => [Some(numerator), Some(denominator)],
        TermFields::Status(_) => [None, None],
    };
    let [numerator, denominator] = [0, 1].map(|side: usize| {
        let filled: Option<Formula> = fields[side]
            .and_then(|field: &FieldId| Some(Formula::Cell(scene.forms.cell_of(field, &term.reporter)?)));
        let of_form = filled.map_or_else(|| Formula::words(""), number_or_nothing);
        if pairs.len() > 1 {
            return of_form;
        }
        let told = Formula::cell(figures::TABLE, &term.about, columns[side].clone());
        let given = Formula::equal(Formula::numbers(told.clone()), Formula::number(1));
        Formula::when(given, told, of_form)
    });
    [numerator, denominator]
}

fn number_or_nothing(cell: Formula) -> Formula {
    let given = Formula::equal(Formula::numbers(cell.clone()), Formula::number(1));
    Formula::when(given, cell, Formula::words(""))
}

/// Whether a pair is complete, in words.
fn state_of(
    scene: &Scene<'_>,
    result: &IndicatorResult,
    pairs: &[&Contribution],
    nth: usize,
    row: &RowKey,
) -> Formula {
    let id = &result.indicator.id;
    let own = |column| Formula::numbers(Formula::cell(table::TABLE, row.clone(), column));
    let given = Formula::binary(own(table::NUMERATOR), Operator::Add, own(table::DENOMINATOR));
    let told = |unit: &UnitCode| Formula::cell(figures::TABLE, unit, figures::numerator(id));
    let term = &pairs[nth].term;
    let says = |cell: Formula| Formula::CountEqual(Box::new(cell), Box::new(Formula::words(NOT_JUDGED)));
    let not_judged = match pairs {
        [_] => says(told(&term.about)),
        _ => Formula::Sum(
            term.fields
                .all()
                .filter_map(|field| scene.forms.cell_of(field, &term.reporter))
                .map(|cell| says(Formula::Cell(cell)))
                .collect(),
        ),
    };
    let lacking = Formula::when(
        Formula::equal(given.clone(), Formula::number(1)),
        Formula::words(LACKS_ONE),
        Formula::words(LACKS_BOTH),
    );
    let some = Formula::binary(not_judged, Operator::AtLeast, Formula::number(1));
    let otherwise = Formula::when(some, why_not(scene, term), lacking);
    let complete = Formula::equal(given, Formula::number(2));
    let state = Formula::when(complete, Formula::words(COMPLETE), otherwise);
    if pairs.len() == 1 {
        return state;
    }
    // A sum that stands on the sheet of figures though no pair was given for it was typed there.
    let counts = pairs.iter().map(|pair| {
        let cells = pair.term.fields.all().filter_map(|f| scene.forms.cell_of(f, &pair.term.reporter));
        Formula::Sum(cells.map(|cell| Formula::numbers(Formula::Cell(cell))).collect())
    });
    let silent = Formula::equal(Formula::Sum(counts.collect()), Formula::number(0));
    let typed = Formula::equal(Formula::numbers(told(&term.about)), Formula::number(1));
    Formula::when(silent, Formula::when(typed, Formula::words(COMPLETE), state.clone()), state)
}

/// Why a pair is not judged: no standard, or of a status nothing that could hold it.
fn why_not(scene: &Scene<'_>, term: &Term) -> Formula {
    let not_judged = Formula::words(NOT_JUDGED);
    let TermFields::Status(field) = &term.fields else { return not_judged };
    let (Some(cell), Some(FieldKind::Choice(list))) =
        (scene.forms.cell_of(field, &term.reporter), scene.forms.kind_of(field, &term.reporter))
    else {
        return not_judged;
    };
    let nothing = list.items.iter().filter(|item| item.means == Meaning::None);
    nothing.fold(not_judged, |otherwise, item| {
        let said = Formula::equal(Formula::Cell(cell.clone()), Formula::words(&item.text));
        Formula::when(said, Formula::words(NOTHING), otherwise)
    })
}

/// Whether a pair in this state leaves nothing open.
fn is_settled(state: Formula) -> Formula {
    let is = |words| {
        let said = Formula::equal(state.clone(), Formula::words(words));
        Formula::when(said, Formula::number(1), Formula::number(0))
    };
    let settled = Formula::Sum(vec![is(COMPLETE), is(NOT_JUDGED), is(NOTHING)]);
    Formula::equal(settled, Formula::number(1))
}

/// 1 for a unit one of whose pairs is open.
fn unit_lacks(result: &IndicatorResult, unit: &UnitCode, pairs: usize) -> Formula {
    let open = (0..pairs).map(|nth| {
        let row = table::row(&result.indicator.id, unit, nth);
        let state = Formula::cell(table::TABLE, row, table::STATE);
        Formula::when(is_settled(state), Formula::number(0), Formula::number(1))
    });
    let some = Formula::binary(Formula::Sum(open.collect()), Operator::AtLeast, Formula::number(1));
    Formula::when(some, Formula::number(1), Formula::number(0))
}

fn of_sums(scene: &Scene<'_>, sums: &[SumOfFields<'_, '_>]) -> Table {
    let columns = vec![
        Column::new("so", "Số", 0.8, Align::Center),
        Column::new("don-vi", "Đơn vị", 1.8, Align::Left),
        Column::new("muc", "Mục số liệu", 4.2, Align::Left),
        Column::new(table::LACKS, "Đơn vị thiếu", 1.1, Align::Right),
        Column::new(table::SO_MANY, "Lũy kế", 1.1, Align::Right),
        Column::new(table::NAMES, "Các đơn vị thiếu đầu tiên", 1.1, Align::Left),
    ];
    let mut rows = Vec::new();
    for sum in sums {
        let mut running = Running::new(table::OF_SUMS);
        for (unit, _) in &sum.entry.units {
            let id = sum.row(&unit.code);
            let cells = sum.fields.iter().filter_map(|field| scene.forms.cell_of(field, &unit.code));
            let given = Formula::Sum(cells.map(|cell| Formula::numbers(Formula::Cell(cell))).collect());
            let all = Formula::equal(given, Formula::number(sum.fields.len() as u64));
            let lacks = sum.lacks(scene, &unit.code);
            let mut row = vec![
                Cell::text(&sum.entry.number),
                Cell::text(&unit.short_name),
                Cell::text(&sum.entry.label),
                Cell::count(u64::from(lacks)).follows(Formula::when(
                    all,
                    Formula::number(0),
                    Formula::number(1),
                )),
            ];
            row.extend(running.cells(&id, &unit.short_name, lacks));
            rows.push(Row { id, role: Role::Body, cells: row });
        }
    }
    Table {
        id: table::OF_SUMS,
        caption: Some("Đơn vị chưa ghi đủ số cho các tổng khác".into()),
        columns,
        rows,
        notes: Vec::new(),
    }
}
