//! The rule language from outside: what can be said, what it comes to, how mistakes are told, how it reads aloud.
//!
//! That formulas agree with the evaluator is tests/rule_excel.rs of the program, where a spreadsheet reckons them.
#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use chrono::NaiveDate;
use rule::excel::{Ask, Cells, Limits, Place};
use rule::{BoundName, Labels, Names, Referent, Rule, RuleValue, Ruling, Type, Values, WhenMissing};
use sheet::{CellAddress, Reference};
use std::collections::BTreeMap;

use Ruling::{Holds, NotEvaluated, Violated};

/// Two rows with figures, a date, words and a choice.
fn names() -> Names<String> {
    let choices = Type::Choice(vec!["Đạt".to_owned(), "Chưa đạt".to_owned()]);
    let mut names = Names::new();
    names.add("year", Referent::given("year".to_owned(), Type::Whole));
    for row in ["mn", "th"] {
        let reported = |column: &str, kind| Referent::reported(format!("{row}.{column}"), kind);
        for value in [
            reported("tong", Type::Whole).at_least(0),
            reported("dat", Type::Whole).at_least(0),
            reported("tien", Type::Decimal).at_least(0),
            reported("ty_le", Type::Decimal).at_least(0).at_most(100),
            reported("ngay", Type::Date),
            reported("ghi_chu", Type::Text),
            reported("ket_qua", choices.clone()),
        ] {
            names.add_to_group(value.id.replacen(row, "co_so.*", 1), value.clone());
            names.add(value.id.clone(), value);
        }
    }
    names.in_row(Some("mn"));
    names
}

/// `mn.dat=5 mn.tong=10 prev mn.dat=4`; a number, a day or words.
struct Written(BTreeMap<(String, bool), RuleValue>);

impl Written {
    fn read(text: &str) -> Written {
        let mut values = BTreeMap::new();
        let mut previous = false;
        for word in text.split_whitespace() {
            let Some((id, value)) = word.split_once('=') else {
                assert_eq!(word, "prev");
                previous = true;
                continue;
            };
            let number = value.parse().ok().map(RuleValue::Number);
            let day = value.parse::<NaiveDate>().ok().map(RuleValue::Date);
            let value = number.or(day).unwrap_or_else(|| RuleValue::Text(value.replace('_', " ").into()));
            values.insert((id.to_owned(), previous), value);
        }
        Written(values)
    }
}

impl Values<String> for Written {
    fn value(&self, id: &String, previous: bool) -> Option<RuleValue> {
        match id.as_str() {
            "year" => Some(RuleValue::Number(2024.into())),
            _ => self.0.get(&(id.clone(), previous)).cloned(),
        }
    }
}

#[track_caller]
fn says(rule: &str, missing: WhenMissing, values: &str, expected: Ruling) {
    let rule = Rule::read(rule, &names(), missing).unwrap_or_else(|mistakes| panic!("{rule}: {mistakes:?}"));
    assert_eq!(rule.evaluate(&Written::read(values)), expected, "{values}");
}

#[test]
fn what_is_missing_decides_by_the_strategy() {
    use WhenMissing::{NeverSkip, SkipIfAll, SkipIfAny};
    for (values, any, all, never) in [
        ("mn.dat=5 mn.tong=4", Violated, Violated, Violated),
        ("mn.dat=5", NotEvaluated, NotEvaluated, NotEvaluated),
        ("", NotEvaluated, NotEvaluated, NotEvaluated),
    ] {
        for (missing, expected) in [(SkipIfAny, any), (SkipIfAll, all), (NeverSkip, never)] {
            says("dat <= tong", missing, values, expected);
        }
    }
    // What is there decides as soon as it can: only never-skip looks.
    says("dat <= tong or tien = 0", SkipIfAny, "mn.dat=1 mn.tong=2", NotEvaluated);
    says("dat <= tong or tien = 0", NeverSkip, "mn.dat=1 mn.tong=2", Holds);
    says("dat <= tong and tien = 0", NeverSkip, "mn.dat=3 mn.tong=2", Violated);
    // A sum goes over what is there only when the rule says so.
    says("sum(co_so.*.dat) <= 4", SkipIfAll, "mn.dat=5", Violated);
    says("sum(co_so.*.dat) <= 4", SkipIfAny, "mn.dat=5", NotEvaluated);
    says("sum(co_so.*.dat) <= 4", NeverSkip, "mn.dat=5", NotEvaluated);
    // Being there is never a matter of what is missing, and missing is never zero.
    says("filled(ghi_chu) or dat = 0", SkipIfAny, "mn.dat=1", Violated);
    says("count(co_so.*.dat) = 1", SkipIfAny, "mn.dat=0", Holds);
    says("empty(dat) or dat = 0", NeverSkip, "", Holds);
}

#[test]
fn arithmetic_is_exact_and_division_by_zero_decides_nothing() {
    let any = WhenMissing::SkipIfAny;
    says("tien * 3 = 0.3", any, "mn.tien=0.1", Holds);
    says("tong / 3 * 3 = tong", any, "mn.tong=10", Holds);
    says("dat / tong <= 1", any, "mn.dat=0 mn.tong=0", NotEvaluated);
    says("abs(dat / tong * 100 - ty_le) <= 0.05", any, "mn.dat=1 mn.tong=3 mn.ty_le=33.38", Holds);
    says("abs(dat / tong * 100 - ty_le) <= 0.05", any, "mn.dat=1 mn.tong=3 mn.ty_le=33.39", Violated);
    says("round(tien, 0) = 3", any, "mn.tien=2.5", Holds);
    says("max(co_so.*.dat) - min(co_so.*.dat) <= 3", any, "mn.dat=9 th.dat=6", Holds);
}

#[test]
fn last_year_dates_and_words_are_values_too() {
    let any = WhenMissing::SkipIfAny;
    says("abs(dat - prev(dat)) <= 15", any, "mn.dat=30 prev mn.dat=14", Violated);
    says("abs(dat - prev(dat)) <= 15", any, "mn.dat=30", NotEvaluated);
    says("ngay <= date(year, 12, 10)", any, "mn.ngay=2024-12-10", Holds);
    says("ngay - d\"2024-01-01\" <= 30", any, "mn.ngay=2024-02-01", Violated);
    says("ket_qua = “Đạt” implies dat >= 1", any, "mn.ket_qua=Đạt mn.dat=0", Violated);
    says("ket_qua = “Đạt” implies dat >= 1", any, "mn.ket_qua=Chưa_đạt mn.dat=0", Holds);
    says(
        "ket_qua in (“Đạt”, “Chưa đạt”) and not dat > tong",
        any,
        "mn.ket_qua=Đạt mn.dat=1 mn.tong=1",
        Holds,
    );
    says("th.dat <= dat", any, "mn.dat=1 th.dat=2", Violated);
}

/// Each mistake with the part of the rule it points at.
#[track_caller]
fn wrong(rule: &str, at: &str, what: &str) {
    let mistakes = Rule::read(rule, &names(), WhenMissing::SkipIfAny).expect_err(rule);
    let told: Vec<(&str, &str)> =
        mistakes.iter().map(|mistake| (&rule[mistake.span.clone()], mistake.what.as_str())).collect();
    let is_told = told.iter().any(|(part, words)| *part == at && words.contains(what));
    assert!(is_told, "{rule}: {told:#?}");
    assert!(mistakes.iter().all(|mistake| !mistake.cure.is_empty()));
}

#[test]
fn mistakes_point_at_what_is_wrong_and_say_how_to_mend_it() {
    wrong("dta <= tong", "dta", "dta");
    wrong("dat <= ghi_chu", "dat <= ghi_chu", "");
    wrong("dat + tong", "dat + tong", "câu đúng/sai");
    wrong("sum(co_so.*.dta) <= 1", "co_so.*.dta", "");
    wrong("ket_qua = “Đat”", "“Đat”", "");
    // Never false or never true: nobody means that.
    wrong("dat >= 0", "dat >= 0", "");
    wrong("ty_le > 100", "ty_le > 100", "");
    wrong("dat <= dat", "dat <= dat", "");
    let mistake = &Rule::read("dta <= tong", &names(), WhenMissing::SkipIfAny).unwrap_err()[0];
    assert_eq!(mistake.cure, "có phải ý là “dat”?");
    assert!(
        mistake.shown("dta <= tong").starts_with("dta <= tong\n^^^\n"),
        "{}",
        mistake.shown("dta <= tong")
    );
    // All of them in one pass.
    let both = Rule::read("dta <= tnog", &names(), WhenMissing::SkipIfAny).unwrap_err();
    assert_eq!(both.len(), 2, "{both:#?}");
    for broken in
        ["dat <=", "(dat <= tong", "dat <= tong)", "dat = = tong", "dat <= 1,5", "“abc", "", "sum() <= 1"]
    {
        assert!(Rule::read(broken, &names(), WhenMissing::SkipIfAny).is_err(), "{broken}");
    }
    // A rule nested without end ends in a mistake, not in a crash.
    let deep = format!("{}dat <= tong{}", "(".repeat(1500), ")".repeat(1500));
    assert!(Rule::read(&deep, &names(), WhenMissing::SkipIfAny).is_err());
    let long = format!("dat <= {}1", "1 + ".repeat(2000));
    assert!(Rule::read(&long, &names(), WhenMissing::SkipIfAny).is_err());
}

struct Heads;

impl Labels<String> for Heads {
    fn label(&self, id: &String) -> String {
        let told = match id.as_str() {
            "mn.dat" => "Số đạt",
            "mn.tong" => "Tổng số",
            "mn.ghi_chu" => "Ghi chú",
            "mn.ket_qua" => "Kết quả",
            "year" => "năm báo cáo",
            "mn.ngay" => "Ngày quyết định",
            other => return other.to_owned(),
        };
        told.to_owned()
    }

    fn group(&self, pattern: &str, _: &[BoundName<String>]) -> String {
        format!("số đạt của các loại cơ sở ({pattern})")
    }

    fn cell(&self, _: &String) -> Option<String> {
        Some("E7".to_owned())
    }
}

#[test]
fn rules_read_aloud_as_an_official_would() {
    for (rule, sentence) in [
        ("dat <= tong", "Số đạt không lớn hơn tổng số"),
        ("abs(dat - prev(dat)) <= 15", "Chênh lệch của số đạt so với năm trước không quá 15"),
        ("ket_qua = “Đạt” implies dat >= 1", "Nếu kết quả là “Đạt” thì số đạt từ 1 trở lên"),
        (
            "dat <= tong * 0.95 or filled(ghi_chu)",
            "Số đạt không lớn hơn 95% của tổng số hoặc phải điền ghi chú",
        ),
    ] {
        let read = Rule::read(rule, &names(), WhenMissing::SkipIfAny).unwrap();
        assert_eq!(read.sentence(&Heads), sentence);
    }
}

#[test]
fn messages_hold_the_values_that_were_typed() {
    let rule = Rule::read("dat <= tong", &names(), WhenMissing::SkipIfAny).unwrap();
    let text = "“{label(dat)}” là {dat}, còn thiếu {tong - dat} (ô {cell(tong)}), {{năm}} {prev(dat)}";
    let message = rule.message(text, &names()).unwrap();
    assert_eq!(
        message.filled(&Written::read("mn.dat=1200 mn.tong=1000"), &Heads),
        "“Số đạt” là 1.200, còn thiếu -200 (ô E7), {năm} (chưa có số liệu)"
    );
    let mistakes = rule.message("số {dta} và {dat", &names()).unwrap_err();
    assert_eq!(mistakes.len(), 2, "{mistakes:#?}");
}

struct OneSheet;

impl Cells<String> for OneSheet {
    fn place(&self, id: &String, _: bool) -> Place {
        let column = u16::from(id != "mn.dat");
        Place::Cell(Reference::to_cell(CellAddress::new(6, column)).on_sheet("Nhóm 1"))
    }

    fn helper(&self, _: usize) -> Option<Reference> {
        None
    }
}

#[test]
fn a_formula_that_fits_no_cell_is_refused() {
    let rule = Rule::read("dat <= tong", &names(), WhenMissing::SkipIfAny).unwrap();
    let pieces = rule.formula(Ask::Verdict, &OneSheet, Limits::CELL).unwrap();
    assert!(
        pieces.helpers.is_empty() && pieces.formula.contains("'Nhóm 1'!A7<='Nhóm 1'!B7"),
        "{}",
        pieces.formula
    );
    let tight = Limits { length: 20, nesting: 64 };
    assert!(rule.formula(Ask::Verdict, &OneSheet, tight).is_err());
}
