//! Units that say “no standard yet” or “nothing occurred”, worked out by hand over the 15 districts: before there is a standard,
//! when there is one, and when the secretariat accepts the answer.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::by_hand::{DISTRICTS, count, dec, no, of, plan, submission_in, yes};
use chrono::NaiveDate;
use std::sync::Arc;
use xhht::check::decision::{Decisions, Waiver};
use xhht::check::{self, Ledger};
use xhht::consolidate::{Consolidated, History, UnitFigure, Verdict, consolidate};
use xhht::domain::{FieldId, Meaning, UnitCode};
use xhht::finding::{Code, Finding, FindingCode};
use xhht::plan::Plan;
use xhht::submission::{Content, Received, Value};

/// What a unit says: figures of 4.1, an answer to 1.1, or that there is nothing to answer to.
type Values = Vec<(&'static str, Value)>;

fn no_standard() -> Value {
    Value::Choice(Meaning::NoStandard, "Chưa có tiêu chí".into())
}

fn status(means: Meaning, text: &str) -> Value {
    Value::Choice(means, text.into())
}

/// The first `opting_out` districts say `instead`, the others `answer`.
fn province(
    plan: &Plan,
    year: i32,
    opting_out: usize,
    instead: &dyn Fn() -> Values,
    answer: &dyn Fn() -> Values,
) -> Vec<Received> {
    let values = |at: usize| if at < opting_out { instead() } else { answer() };
    let sent = DISTRICTS.iter().enumerate().map(|(at, code)| (code, values(at)));
    sent.map(|(code, values)| with_row_status(submission_in(year, plan, code, &values))).collect()
}

/// As reading a file does it: a row's status speaks for its blank figures.
fn with_row_status(mut received: Received) -> Received {
    if let Content::Submission(submission) = &mut received.content {
        let form = Arc::clone(&submission.form);
        form.rows().for_each(|row| xhht::submission::apply_row_status(submission, row));
    }
    received
}

struct Told {
    results: Consolidated,
    findings: Vec<Finding>,
    ledger: Ledger,
}

fn consolidated(plan: &Plan, year: i32, received: Vec<Received>, waived: &[(&str, &str)]) -> Told {
    let as_of = NaiveDate::from_ymd_opt(year, 12, 16).unwrap();
    let waiver = |(unit, field): &(&str, &str)| Waiver {
        code: FindingCode::from(Code::C031),
        unit: Some(UnitCode((*unit).into())),
        field: Some(FieldId::parse(field).unwrap()),
        reason: "địa bàn chưa được hướng dẫn".into(),
        approver: "Sở".into(),
        year: Some(2024),
        until: as_of,
        cells: Vec::new(),
        told: None,
        file: "mien-tru.toml".into(),
    };
    let decisions = Decisions { waivers: waived.iter().map(waiver).collect(), ..Decisions::default() };
    let previous = check::Previous::new();
    let checked = check::check_decided(plan, year, as_of, &previous, received, &decisions).unwrap();
    let ledger = checked.value.ledger().clone();
    let results = consolidate(plan, &checked.value, as_of, &History::default());
    Told { results: results.value, findings: checked.findings, ledger }
}

fn asked(told: &Told) -> usize {
    told.findings.iter().filter(|finding| finding.code == FindingCode::from(Code::C031)).count()
}

/// 4.1 of a district: 1.000 citizens, 500 of them recognised.
fn half() -> Values {
    vec![("cong_dan.tong", count(1_000)), ("cong_dan.dat", count(500))]
}

fn opted_out() -> Values {
    vec![("cong_dan.tinh_trang", no_standard())]
}

#[test]
fn a_ratio_counts_as_missing_what_says_that_there_is_no_standard_when_there_is_one() {
    // 4.1 has its standard since 2022. In 2024 k of 15 districts say that there is none.
    let plan = plan();
    for (k, verdict) in [
        // 15 × 500 / 15 × 1.000 = 50 % ≥ 40 %.
        (0, Verdict::Met),
        // 14 × 500 / 14.000, and Tân An with 145.120 × 0,73 = 105.938 of 2019, at most 105.938 × 1,01⁵ × 1,2 → 133.611 now, of
        // whom nobody knows: 7.000 / 147.611 to 140.611 / 147.611.
        (1, Verdict::Depends),
        (14, Verdict::Depends),
        (15, Verdict::NoData),
    ] {
        let told = consolidated(&plan, 2024, province(&plan, 2024, k, &opted_out, &half), &[]);
        let result = of(&told.results, "4.1");
        assert_eq!(asked(&told), k);
        assert_eq!(
            (result.verdict, result.coverage.reported, result.coverage.expected),
            (verdict, 15 - k, 15)
        );
        assert_eq!(result.total.denominator, dec("1000") * dec(&(15 - k).to_string()));
        assert_eq!(result.by_unit.iter().filter(|unit| unit.status == UnitFigure::Missing).count(), k);
        assert_eq!(result.is_open(), k > 0, "{k}: {:?}", result.bounds());
        // The answer that is asked about is accounted for.
        assert_eq!(told.ledger.rejected_in_all(), k);
        if k == 1 {
            assert_eq!(result.upper.unwrap().denominator, dec("147611"));
            assert_eq!(result.upper.unwrap().numerator, dec("140611"));
            assert_eq!(result.lower.unwrap().numerator, dec("7000"));
        }
    }
}

#[test]
fn before_there_is_a_standard_nobody_is_asked_and_nothing_is_judged() {
    let plan = plan();
    for k in [0, 1, 14, 15] {
        let told = consolidated(&plan, 2021, province(&plan, 2021, k, &opted_out, &half), &[]);
        let result = of(&told.results, "4.1");
        assert_eq!((asked(&told), result.verdict, result.percent()), (0, Verdict::NoStandard, None));
        // Everybody has answered.
        assert_eq!((result.coverage.reported, result.coverage.expected), (15, 15));
    }
    // The standard of 1.2 is of October 2025: an answer of 2024 is judged by none.
    let says = || vec![("pcgd_mg.dat", no_standard())];
    let holds = || vec![("pcgd_mg.dat", yes())];
    let told = consolidated(&plan, 2024, province(&plan, 2024, 3, &says, &holds), &[]);
    assert_eq!((asked(&told), of(&told.results, "1.2").verdict), (0, Verdict::NoStandard));
}

#[test]
fn a_share_of_units_counts_as_missing_what_says_that_there_is_no_standard_when_there_is_one() {
    // 1.1 has had a standard all along. k say that there is none, the others that they do not hold the status.
    let plan = plan();
    let (says, lacks) = (|| vec![("xmc_md2.dat", no_standard())], || vec![("xmc_md2.dat", no())]);
    for (k, verdict, upper) in [
        (0, Verdict::NotMet, "0"),
        // One of 15 may hold it: 6,67 %, below 100 %.
        (1, Verdict::NotMet, "6.6666666667"),
        // 14 × none and 1 × not reached is no 0 %: the province may stand anywhere up to 14 / 15.
        (14, Verdict::NotMet, "93.3333333333"),
        (15, Verdict::NoData, "100"),
    ] {
        let told = consolidated(&plan, 2024, province(&plan, 2024, k, &says, &lacks), &[]);
        let result = of(&told.results, "1.1");
        assert_eq!((asked(&told), result.coverage.reported, result.verdict), (k, 15 - k, verdict));
        assert_eq!(result.total.denominator, dec("15"));
        assert_eq!(result.bounds(), (dec("0"), dec(upper)));
    }
    // Where the target can still be reached it depends on them: 1.5, 85 % of 15 are 13.
    let (says, lacks) = (|| vec![("pcgd_thcs3.dat", no_standard())], || vec![("pcgd_thcs3.dat", no())]);
    let told = consolidated(&plan, 2024, province(&plan, 2024, 14, &says, &lacks), &[]);
    let result = of(&told.results, "1.5");
    assert_eq!((result.verdict, result.depends_on.len()), (Verdict::Depends, 14));
}

#[test]
fn an_answer_that_is_accepted_takes_the_unit_out_of_those_that_are_judged() {
    let plan = plan();
    let (says, holds) = (|| vec![("xmc_md2.dat", no_standard())], || vec![("xmc_md2.dat", yes())]);
    let waived = |k: usize| -> Vec<(&str, &str)> {
        DISTRICTS[..k].iter().map(|code| (*code, "xmc_md2.dat")).collect()
    };
    // One accepted: the other 14 hold it, 14 / 14.
    let told = consolidated(&plan, 2024, province(&plan, 2024, 1, &says, &holds), &waived(1));
    let result = of(&told.results, "1.1");
    assert_eq!((asked(&told), result.verdict, result.percent()), (0, Verdict::Met, Some(dec("100"))));
    assert_eq!((result.total.denominator, result.coverage.reported), (dec("14"), 15));
    assert_eq!(result.by_unit[0].status, UnitFigure::NoStandard);
    // One of two accepted: 13 / 14, and the other may hold it too.
    let told = consolidated(&plan, 2024, province(&plan, 2024, 2, &says, &holds), &waived(1));
    let result = of(&told.results, "1.1");
    assert_eq!((asked(&told), result.coverage.reported, result.verdict), (1, 14, Verdict::Depends));
    assert_eq!(result.bounds(), (dec("92.8571428571"), dec("100")));
    // 14 accepted: one district does not speak for the province.
    let lacks = || vec![("xmc_md2.dat", no())];
    let told = consolidated(&plan, 2024, province(&plan, 2024, 14, &says, &lacks), &waived(14));
    let result = of(&told.results, "1.1");
    assert_eq!((asked(&told), result.verdict, result.percent()), (0, Verdict::NoStandard, None));
    // Of a ratio the unit goes with its denominator: 14 × 500 / 14.000.
    let told = consolidated(
        &plan,
        2024,
        province(&plan, 2024, 1, &opted_out, &half),
        &[(DISTRICTS[0], "cong_dan.tinh_trang")],
    );
    let result = of(&told.results, "4.1");
    assert_eq!((result.total.denominator, result.percent()), (dec("14000"), Some(dec("50"))));
    assert_eq!((result.verdict, result.is_open()), (Verdict::Met, false));
}

#[test]
fn figures_beside_an_answer_that_is_asked_about_are_not_used_but_for_how_many_there_are() {
    let plan = plan();
    // 1.000 in all, none recognised, “no standard”: the nought is none.
    let nought = || {
        vec![
            ("cong_dan.tong", count(1_000)),
            ("cong_dan.dat", count(0)),
            ("cong_dan.tinh_trang", no_standard()),
        ]
    };
    let told = consolidated(&plan, 2024, province(&plan, 2024, 1, &nought, &half), &[]);
    let result = of(&told.results, "4.1");
    assert_eq!((result.coverage.reported, result.by_unit[0].status), (14, UnitFigure::Partial));
    // 7.000 / 15.000 at least, 8.000 / 15.000 at most.
    assert_eq!(result.bounds(), (dec("46.6666666667"), dec("53.3333333333")));
    // Accepted, it is none either: 14 × 500 / 14.000.
    let waived = [(DISTRICTS[0], "cong_dan.tinh_trang")];
    let told = consolidated(&plan, 2024, province(&plan, 2024, 1, &nought, &half), &waived);
    assert_eq!(of(&told.results, "4.1").total.denominator, dec("14000"));
}

#[test]
fn nothing_occurs_only_where_the_plan_says_that_the_thing_can_be_absent() {
    let plan = plan();
    // There are citizens in every district.
    let none = || vec![("cong_dan.tinh_trang", status(Meaning::None, "Không phát sinh"))];
    let told = consolidated(&plan, 2024, province(&plan, 2024, 14, &none, &half), &[]);
    assert_eq!((asked(&told), of(&told.results, "4.1").coverage.reported), (14, 1));
    // There may be no centre: 14 × 5 / 14 × 7.
    let none = || vec![("tt_htcd.tinh_trang", status(Meaning::None, "Không phát sinh"))];
    let some = || vec![("tt_htcd.tong", count(7)), ("tt_htcd.dat", count(5))];
    let told = consolidated(&plan, 2024, province(&plan, 2024, 1, &none, &some), &[]);
    let result = of(&told.results, "3.3");
    assert_eq!((asked(&told), result.coverage.reported), (0, 15));
    assert_eq!((result.total.denominator, result.verdict), (dec("98"), Verdict::Met));
}
