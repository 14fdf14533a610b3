use super::*;
use crate::output::xlsx::place;
use crate::report::model::{
    Align, Block, Cell, Column, ColumnRef, Letter, Place, Report, Role, Row, Section, Table,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::sync::Arc;

fn table(id: &str, roles: &[(&str, Role)]) -> Table {
    let column = |id: &str| Column::new(id, id, 1.0, Align::Right);
    let rows = roles.iter().map(|(id, role)| Row {
        id: (*id).into(),
        role: *role,
        cells: if *role == Role::Group {
            vec![Cell::text("nhóm")]
        } else {
            vec![Cell::count(1), Cell::count(2)]
        },
    });
    Table {
        id: id.into(),
        caption: None,
        columns: vec![column("a"), column("b")],
        rows: rows.collect(),
        notes: vec![],
    }
}

fn report(tables: Vec<(&str, Table)>) -> Report {
    let letter = Letter {
        superior: None,
        issuer: "Ban Chỉ đạo".to_owned(),
        symbol: String::new(),
        place: String::new(),
        as_of: NaiveDate::from_ymd_opt(2024, 12, 9).unwrap(),
        dated: Some(NaiveDate::from_ymd_opt(2024, 12, 9).unwrap()),
        kind: "BÁO CÁO".to_owned(),
        subject: String::new(),
        addressee: String::new(),
        authority: vec![],
        signer: String::new(),
        recipients: vec![],
        year: 2024,
        province: "tỉnh Long An".to_owned(),
    };
    let section = |(sheet, table): (&str, Table)| Section {
        id: table.id.to_string(),
        title: "Bảng".to_owned(),
        place: Place::Sheet,
        sheet: Some(sheet.into()),
        blocks: vec![Block::Table(table)],
    };
    Report { letter, sections: tables.into_iter().map(section).collect(), shorter: Vec::new() }
}

/// Two sheets. In each the head stands in row 5: title, date, legend, an empty row.
fn two_sheets() -> Report {
    let body = Role::Body;
    let first =
        [("g", Role::Group), ("x", body), ("y", body), ("t", Role::Total), ("z", body), ("u", Role::Total)];
    report(vec![
        ("Chỉ tiêu", table("một", &first)),
        ("Số 'gốc' 2024", table("hai", &[("x", body), ("lặp", body), ("lặp", body)])),
        ("Rỗng", table("ba", &[("t", Role::Total)])),
    ])
}

/// Renders on the first sheet.
fn rendered(formula: &Formula) -> Result<String, Error> {
    let report = two_sheets();
    let sheets = place::lay_out(&report, 1_000).unwrap();
    render(formula, 0, &Addresses::new(&sheets).unwrap())
}

fn says(formula: &Formula, expected: &str) {
    assert_eq!(rendered(formula).unwrap(), expected);
}

fn names(formula: &Formula, what: &str) {
    match rendered(formula) {
        Err(Error::Internal(message)) => assert!(message.contains(what), "{message}"),
        other => panic!("{other:?}"),
    }
}

fn column(table: &str) -> Formula {
    Formula::Column(ColumnRef::new(table, "b"))
}

#[test]
fn references_become_addresses_and_other_sheets_are_quoted() {
    says(&Formula::cell("một", "x", "b"), "B7");
    says(&Formula::cell("hai", "x", "a"), "'Số ''gốc'' 2024'!A6");
}

#[test]
fn a_shape_says_what_the_same_formula_written_out_would() {
    let made = |first: Formula, second: Formula| {
        let sum = Formula::binary(first.clone(), Operator::Add, second.clone());
        let product = Formula::binary(sum, Operator::Multiply, first.clone());
        let counted = Formula::CountEqual(Box::new(second.clone()), Box::new(first.clone()));
        Formula::Sum(vec![product, counted, Formula::numbers(second.clone()), second])
    };
    let shape = Arc::new(made(Formula::Given(0), Formula::Given(1)));
    let difference = Formula::binary(Formula::cell("một", "x", "a"), Operator::Subtract, Formula::number(2));
    for given in [
        [Formula::cell("một", "x", "a"), Formula::cell("hai", "x", "b")],
        [difference, Formula::cell("hai", "x", "b")],
    ] {
        let [first, second] = given.clone();
        says(&Formula::filled(&shape, given), &rendered(&made(first, second)).unwrap());
    }
    let count = Arc::new(Formula::Sum(vec![Formula::Given(0), Formula::numbers(Formula::Given(0))]));
    says(&Formula::filled(&count, [column("một")]), "SUM(B7:B8,B10:B10,COUNT(B7:B8,B10:B10))");
    // A shape that is an operation keeps its brackets as an operand.
    let less = Arc::new(Formula::binary(Formula::Given(0), Operator::Subtract, Formula::number(1)));
    let filled = Formula::filled(&less, [Formula::cell("một", "x", "a")]);
    says(&Formula::binary(filled, Operator::Multiply, Formula::number(2)), "(A7-1)*2");
    names(&Formula::filled(&shape, [Formula::number(1)]), "khuôn công thức thiếu phần thứ 2");
    names(&Formula::Given(0), "khuôn công thức thiếu phần thứ 1");
}

#[test]
fn a_column_leaves_totals_out_wherever_they_stand() {
    says(&Formula::sum_of("hai", "b"), "SUM('Số ''gốc'' 2024'!B6:B8)");
    says(&Formula::sum_of("một", "b"), "SUM(B7:B8,B10:B10)");
    says(&Formula::CountNumbers(Box::new(column("một"))), "COUNT(B7:B8,B10:B10)");
    let dat = Box::new(Formula::Text("Đạt".into()));
    says(
        &Formula::CountEqual(Box::new(column("một")), dat),
        "(COUNTIF(B7:B8,\"Đạt\")+COUNTIF(B10:B10,\"Đạt\"))",
    );
}

#[test]
fn a_column_without_rows_counts_and_sums_to_nothing() {
    says(&Formula::sum_of("ba", "a"), "0");
    says(&Formula::CountNumbers(Box::new(Formula::Column(ColumnRef::new("ba", "a")))), "0");
}

#[test]
fn words_are_quoted_and_criteria_taken_literally() {
    says(&Formula::Text("nói “a” và \"b\"".into()), "\"nói “a” và \"\"b\"\"\"");
    let odd = Box::new(Formula::Text(">5*?~".into()));
    says(
        &Formula::CountEqual(Box::new(column("hai")), odd),
        "COUNTIF('Số ''gốc'' 2024'!B6:B8,\"=>5~*~?~~\")",
    );
    names(&Formula::Text("x".repeat(256).into()), "dài quá 255");
}

#[test]
fn operators_nest_in_parentheses() {
    let one = || Formula::Number(Decimal::new(-15, 1));
    let sum = Formula::binary(one(), Operator::Add, Formula::Number(2.into()));
    let product = Formula::binary(sum, Operator::Multiply, Formula::cell("một", "x", "a"));
    says(&product, "((-1.5)+2)*A7");
    says(&Formula::Ceil(Box::new(product.clone())), "ROUNDUP(ROUND(((-1.5)+2)*A7,6),0)");
    let condition = Formula::binary(product, Operator::AtLeast, Formula::Number(0.into()));
    says(
        &Formula::when(condition, Formula::Text("Đạt".into()), Formula::Text("".into())),
        "IF((((-1.5)+2)*A7)>=0,\"Đạt\",\"\")",
    );
}

#[test]
fn what_the_workbook_lacks_is_named() {
    names(&Formula::cell("không có", "x", "a"), "không có bảng “không có”");
    names(&Formula::cell("một", "w", "a"), "bảng “một” không có dòng “w”");
    names(&Formula::cell("một", "x", "c"), "bảng “một” không có cột “c”");
    names(&Formula::cell("hai", "lặp", "a"), "“lặp” có nhiều lần");
    names(&Formula::cell("một", "g", "b"), "“g”");
    names(&column("một"), "đứng ngoài");
}

#[test]
fn a_formula_too_long_is_refused_and_many_arguments_are_grouped() {
    let sum = |n: usize| Formula::Sum(vec![Formula::cell("một", "x", "a"); n]);
    assert_eq!(rendered(&sum(256)).unwrap().matches("SUM(").count(), 3);
    names(&sum(4_000), "Excel chỉ nhận 8192 ký tự");
}

#[test]
fn a_sheet_that_is_full_says_so() {
    let body: Vec<(String, Role)> = (0..500).map(|i| (i.to_string(), Role::Body)).collect();
    let body: Vec<(&str, Role)> = body.iter().map(|(id, role)| (id.as_str(), *role)).collect();
    let report = report(vec![("Dài", table("dài", &body))]);
    let sheets = place::lay_out(&report, 200).unwrap();
    assert!(sheets[0].rows() < 200);
    let shown = sheets[0].tables().next().unwrap().shown;
    assert!(shown > 100);
    let said = format!("Chỉ hiển thị {shown} trong tổng số 500 dòng");
    assert!(sheets[0].items.iter().any(|placed| match &placed.item {
        Item::Text { lines, .. } => lines.iter().any(|line| line.contains(&said)),
        _ => false,
    }));
}

#[test]
fn a_report_that_contradicts_itself_is_refused() {
    let refused = |report: Report, what: &str| match crate::output::xlsx::write(&report) {
        Err(Error::Internal(message)) => assert!(message.contains(what), "{message}"),
        other => panic!("{:?}", other.map(|bytes| bytes.len())),
    };
    let same = || table("một", &[("x", Role::Body)]);
    refused(report(vec![("A", same()), ("B", same())]), "hai bảng cùng mã “một”");
    let mut short = same();
    short.rows[0].cells.pop();
    refused(report(vec![("A", short)]), "có 1 ô, phải có 2");
    refused(report(vec![]), "không có trang tính");
    assert!(crate::output::xlsx::write(&report(vec![("A", same())])).is_ok());
}

#[test]
fn a_figure_to_come_is_shown_like_what_it_follows_and_not_like_a_constant_beside_it() {
    let report = two_sheets();
    let sheets = place::lay_out(&report, 1_000).unwrap();
    let addresses = Addresses::new(&sheets).unwrap();
    let a = || Formula::cell("một", "x", "a");
    let percent = || Formula::binary(a(), Operator::Multiply, Formula::number(100));
    let zero_or = |other| Formula::when(a(), Formula::number(0), other);
    let is_percent = |formula: &Formula| matches!(like(formula, &addresses), Some(Shown::Percent(..)));
    assert!(is_percent(&zero_or(percent())));
    assert!(is_percent(&Formula::when(a(), percent(), Formula::number(0))));
    assert!(is_percent(&Formula::when(a(), zero_or(percent()), Formula::words("–"))));
    // Words beside a constant leave it what it is.
    assert_eq!(like(&zero_or(Formula::words("–")), &addresses), Some(Shown::Count(Decimal::ZERO)));
}
