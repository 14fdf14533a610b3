//! The matrix as it is printed: indicators by their numbers, verdicts as signs, columns of which nothing is known left out.

use super::marks::{MISSING, OF_BLANK, OF_MISSING, OF_NOT_JUDGED};
use crate::consolidate::history::workbook::NOT_JUDGED;
use crate::domain::{Direction, Indicator};
use crate::report::directed;
use crate::report::model::{Align, Cell, Column, ColumnKey, Role, Row, Shown, Table, Tone};

/// Id of the printed table.
const TABLE: &str = "ma-tran-phu-luc";
/// Stands for a unit that has what is counted, for one that has not, and for one of which nothing is to be judged.
const HOLDS: &str = "Đ";
const LACKS: &str = "K";
const NOTHING: &str = "x";
/// Widths of the columns of names and of results.
const NAME: f32 = 3.6;
const RESULT: f32 = 1.1;
/// More columns of results than this do not stand beside the names on an upright page.
const MOST_UPRIGHT: usize = 16;

/// Whether the table wants the page turned.
pub(super) fn is_wide(table: &Table) -> bool {
    table.columns.len() > MOST_UPRIGHT + 1
}

/// The full table as it is printed; `indicators` are those of its columns behind the names of the units, in order.
pub(super) fn table(full: &Table, indicators: &[&Indicator]) -> Table {
    let says_something = |at: &usize| {
        let mut units = full.rows.iter().filter(|row| row.role == Role::Body);
        units.any(|row| row.cells.get(at + 1).is_some_and(is_known))
    };
    let (kept, empty): (Vec<usize>, Vec<usize>) = (0..indicators.len()).partition(says_something);
    let rows: Vec<Row> = full
        .rows
        .iter()
        .map(|row| {
            let results = kept.iter().filter_map(|at| row.cells.get(at + 1)).map(printed);
            let cells = row.cells.iter().take(1).cloned().chain(results).collect();
            Row { id: row.id.clone(), role: row.role, cells }
        })
        .collect();
    let mut columns = vec![Column::new("don-vi", "Đơn vị", NAME, Align::Left).close()];
    columns.extend(kept.iter().map(|at| {
        let id: ColumnKey = indicators[*at].id.0.as_str().into();
        Column::new(id, &indicators[*at].id.0, RESULT, Align::Center).close()
    }));
    let mut notes = Vec::new();
    if !kept.is_empty() {
        let titles = kept.iter().map(|at| format!("{} {}", indicators[*at].id, indicators[*at].short_title));
        notes.push(format!("Chỉ tiêu: {}.", titles.collect::<Vec<_>>().join("; ")));
    }
    let meanings = meanings(&rows);
    if !meanings.is_empty() {
        notes.push(format!("Ký hiệu: {}.", meanings.join("; ")));
    }
    if !empty.is_empty() {
        let numbers: Vec<String> = empty.iter().map(|at| indicators[*at].id.to_string()).collect();
        notes.push(format!("Không in cột của chỉ tiêu {}: chưa đơn vị nào có kết quả.", numbers.join(", ")));
    }
    Table { id: TABLE.into(), caption: full.caption.clone(), columns, rows, notes }
}

/// What the signs that occur mean, and how figures below their targets look.
fn meanings(rows: &[Row]) -> Vec<String> {
    let occurs = |role: Role, is: &dyn Fn(&Cell) -> bool| {
        rows.iter().any(|row| row.role == role && row.cells.iter().skip(1).any(is))
    };
    let is_sign = |sign: &str, cell: &Cell| matches!(&cell.value, Shown::Text(shown) | Shown::Missing(shown) if shown == sign);
    let [holds, lacks] = [true, false].map(|holds| directed::status(Direction::Higher, holds).to_lowercase());
    let signs = [(HOLDS, holds.as_str()), (LACKS, &lacks), (NOTHING, OF_NOT_JUDGED), (MISSING, OF_MISSING)];
    let occurring = signs.into_iter().filter(|(sign, _)| occurs(Role::Body, &|cell| is_sign(sign, cell)));
    let mut meanings: Vec<String> = occurring.map(|(sign, meaning)| format!("{sign} {meaning}")).collect();
    for (role, look) in [
        (Role::Body, "số in đậm: chưa đạt mức mục tiêu"),
        (Role::Total, "số gạch chân: kết quả chung chưa đạt mục tiêu"),
    ] {
        meanings.extend(occurs(role, &is_low).then(|| look.to_owned()));
    }
    if occurs(Role::Body, &|cell| cell.value == Shown::Blank) {
        meanings.push(format!("ô trống: {OF_BLANK}"));
    }
    meanings
}

/// Whether a cell holds a figure that does not reach its target; weight says so.
fn is_low(cell: &Cell) -> bool {
    cell.tone == Tone::Bad && matches!(cell.value, Shown::Number(..))
}

/// Whether a cell holds a result.
fn is_known(cell: &Cell) -> bool {
    !matches!(cell.value, Shown::Blank | Shown::Missing(_))
}

/// A result as it is printed.
fn printed(cell: &Cell) -> Cell {
    let [holds, lacks] = [true, false].map(|holds| directed::status(Direction::Higher, holds));
    let value = match &cell.value {
        // What all of the table is in need not be said in each cell; nor decimals that say nothing.
        Shown::Percent(percent, _) if percent.is_integer() => Shown::Number(percent.normalize(), 0),
        Shown::Percent(percent, places) => Shown::Number(*percent, *places),
        Shown::Text(words) if words == holds => Shown::text(HOLDS),
        Shown::Text(words) if words == lacks => Shown::text(LACKS),
        Shown::Missing(why) if why == NOT_JUDGED => Shown::Missing(NOTHING.into()),
        other => other.clone(),
    };
    Cell::plain(value).toned(cell.tone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Plan, PlanSources};
    use rust_decimal::Decimal;

    #[test]
    fn results_become_signs_and_short_figures_and_empty_columns_go() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let all = plan.indicators_of(2024);
        let indicators: Vec<&Indicator> = all.iter().take(4).collect();
        let row = |id: &str, role: Role, values: [Shown; 5]| Row {
            id: id.into(),
            role,
            cells: values.map(Cell::plain).into(),
        };
        let missing = |why: &str| Shown::Missing(why.into());
        let percent = |hundredths: i64| Shown::Percent(Decimal::new(hundredths, 2), 2);
        let mut full = Table {
            id: "day-du".into(),
            caption: None,
            columns: Vec::new(),
            rows: vec![
                row(
                    "1",
                    Role::Body,
                    [Shown::text("A"), Shown::text("Đạt"), percent(10_000), missing(MISSING), Shown::Blank],
                ),
                row(
                    "2",
                    Role::Body,
                    [
                        Shown::text("B"),
                        Shown::text("Chưa đạt"),
                        percent(3_325),
                        missing(NOT_JUDGED),
                        missing(MISSING),
                    ],
                ),
                row(
                    "t",
                    Role::Total,
                    [Shown::text("Toàn tỉnh"), percent(5_000), percent(6_662), missing(MISSING), percent(10)],
                ),
            ],
            notes: Vec::new(),
        };
        full.rows[1].cells[2].tone = Tone::Bad;
        let printed = table(&full, &indicators);
        assert_eq!(printed.columns.len(), 3, "the third and the fourth say nothing of any unit");
        assert!(printed.columns.iter().all(|column| column.is_close));
        let shown = |row: usize| -> Vec<String> {
            printed.rows[row].cells.iter().map(|cell| crate::report::format::value(&cell.value)).collect()
        };
        assert_eq!(shown(0), ["A", "Đ", "100"]);
        assert_eq!(shown(1), ["B", "K", "33,25"]);
        assert_eq!(shown(2), ["Toàn tỉnh", "50", "66,62"]);
        assert_eq!(printed.rows[1].cells[2].tone, Tone::Bad);
        let titles = format!(
            "Chỉ tiêu: {0} {1}; {2} {3}.",
            all[0].id, all[0].short_title, all[1].id, all[1].short_title
        );
        let left_out =
            format!("Không in cột của chỉ tiêu {}, {}: chưa đơn vị nào có kết quả.", all[2].id, all[3].id);
        assert_eq!(
            printed.notes,
            [&titles, "Ký hiệu: Đ đạt; K chưa đạt; số in đậm: chưa đạt mức mục tiêu.", &left_out]
        );
    }
}
