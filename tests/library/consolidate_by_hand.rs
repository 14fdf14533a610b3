//! Results worked out by hand, one for each kind of indicator, over the 15 districts of 2024.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::by_hand::{
    DISTRICTS, count, dec, no, of, plan, results, results_in, results_with, submission, submission_in, yes,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use xhht::check::UnitStatus;
use xhht::consolidate::{Comparison, Consolidated, Difference, History, PastYear, UnitFigure, Verdict};
use xhht::domain::{Aim, ChangeKind, UnitChange, UnitCode};
use xhht::plan::Plan;
use xhht::submission::{Received, Value};

#[test]
fn a_ratio_is_the_sum_of_numerators_over_the_sum_of_denominators() {
    // All 15 districts: 14 of them 400/1 000, the fifteenth 9 000/10 000.
    // Σ = 14 × 400 + 9 000 = 14 600 over 14 × 1 000 + 10 000 = 24 000 → 60,8333333333 %.
    // (The average of the percentages would be (14 × 40 + 90) / 15 = 43,33 %: never that.)
    let plan = plan();
    let received = DISTRICTS
        .iter()
        .map(|code| {
            let (n, d) = if *code == "808" { (9_000, 10_000) } else { (400, 1_000) };
            submission(&plan, code, &[("nltt.dat", count(n)), ("nltt.tong", count(d))])
        })
        .collect();
    let results = results(received);
    let result = of(&results, "2.1");
    assert_eq!((result.total.numerator, result.total.denominator), (14_600.into(), 24_000.into()));
    assert_eq!(result.percent(), Some(dec("60.8333333333")));
    assert_eq!(result.bounds(), (dec("60.8333333333"), dec("60.8333333333")), "nobody is missing");
    assert_eq!(result.needed, Some(12_000.into()), "50 % of 24 000");
    assert_eq!(result.verdict, Verdict::Met);
    assert_eq!((result.coverage.reported, result.coverage.expected), (15, 15));
}

#[test]
fn bounds_that_straddle_the_target_leave_the_verdict_to_the_missing_unit() {
    // 14 districts report 505/1 000 each; Đức Huệ (801) is missing. Its reference: 65 961 × 0,60 = 39 576,6 → 39 577 of
    // 2019, five years of 1 % later at most 39 577 × 1,01⁵ × 1,2 = 49 914,99 → 49 915.
    // Reported: 7 070 / 14 000 = 50,5 % ≥ 50 %.
    // Lowest: 7 070 / (14 000 + 49 915) = 11,0615661425 %. Highest: (7 070 + 49 915) / 63 915 = 89,1574747712 %.
    let plan = plan();
    let received = DISTRICTS
        .iter()
        .filter(|code| **code != "801")
        .map(|code| submission(&plan, code, &[("nltt.dat", count(505)), ("nltt.tong", count(1_000))]))
        .collect();
    let results = results(received);
    let result = of(&results, "2.1");
    assert_eq!(result.percent(), Some(dec("50.5")));
    assert_eq!(result.bounds(), (dec("11.0615661425"), dec("89.1574747712")));
    assert_eq!(result.verdict, Verdict::Depends);
    assert_eq!(result.depends_on, [UnitCode("801".into())]);
    assert_eq!((result.coverage.reported, result.coverage.expected), (14, 15));
    let missing = results.units.iter().find(|unit| unit.code.as_str() == "801").unwrap();
    assert_eq!(missing.status, UnitStatus::Missing);
}

#[test]
fn last_years_denominator_comes_before_the_reference_figure() {
    // As above, but last year Đức Huệ reported over 200, this year at most 200 × 1,01 × 1,1 = 222,2 → 223: lowest
    // 7 070 / 14 223 = 49,7082190818 %, highest (7 070 + 223) / 14 223 = 51,2761020882 %.
    let past = r#"{"schema":"xhht/ket-qua/1","plan":{"id":"long-an-2021-2030"},"year":2023,"indicators":[
        {"id":"2.1","percent":"41.5","by_unit":[{"unit":"801","denominator":"200"}]}]}"#;
    let mut history = History::default();
    history.add(PastYear::read(past).unwrap());
    let plan = plan();
    let received = DISTRICTS
        .iter()
        .filter(|code| **code != "801")
        .map(|code| submission(&plan, code, &[("nltt.dat", count(505)), ("nltt.tong", count(1_000))]))
        .collect();
    let results = results_with(received, &history);
    let result = of(&results, "2.1");
    assert_eq!(result.bounds(), (dec("49.7082190818"), dec("51.2761020882")));
    assert_eq!(result.last_year.map(|last| last.percent), Some(dec("41.5")));
    // From 41,5 % in 2023 to 50 % in 2025 the way asks 45,75 % in 2024; even 49,71 % is ahead.
    // What is still to be gained a year nobody knows while Đức Huệ is silent.
    let trajectory = result.trajectory.as_ref().unwrap();
    assert_eq!(trajectory.expected, dec("45.75"));
    assert_eq!(trajectory.pace, xhht::consolidate::Pace::Ahead);
    assert_eq!(trajectory.yearly_step, None);
}

#[test]
fn a_share_of_units_is_over_the_roster_and_missing_is_not_no() {
    // 1.5: 12 districts hold it, 2 do not, 1 is missing. 12/15 = 80 %; with the missing one 13/15 = 86,6666666667 %.
    // Target 85 % needs ceil(0,85 × 15) = ceil(12,75) = 13: it depends on Đức Huệ.
    let plan = plan();
    let district = |code: &&str| {
        let holds = !["794", "795"].contains(code);
        submission(&plan, code, &[("pcgd_thcs3.dat", if holds { yes() } else { no() })])
    };
    let received = DISTRICTS.iter().filter(|code| **code != "801").map(district).collect();
    let results = results(received);
    let result = of(&results, "1.5");
    assert_eq!((result.total.numerator, result.total.denominator), (12.into(), 15.into()));
    assert_eq!(result.percent(), Some(dec("80")));
    assert_eq!(result.bounds(), (dec("80"), dec("86.6666666667")));
    assert_eq!(result.needed, Some(13.into()));
    assert_eq!(result.verdict, Verdict::Depends);
    // 1.1 asks for all: one that is not known to hold it leaves it open, one that does not hold it settles it.
    assert_eq!(of(&results, "1.1").verdict, Verdict::NoData);
    assert_eq!(of(&results, "1.4").target, Some((2025, 100.into())));
}

#[test]
fn a_share_is_settled_when_the_missing_unit_cannot_change_it() {
    // 1.5, target 85 % = 13 of 15: 13 hold it without the missing one → met. 1.1, target 100 %: one does not → not met.
    let plan = plan();
    let district = |code: &&str| {
        let thirteen = DISTRICTS.iter().filter(|c| **c != "801").position(|c| c == code).unwrap() < 13;
        let hold = |yes_it_does: bool| if yes_it_does { yes() } else { no() };
        submission(&plan, code, &[("pcgd_thcs3.dat", hold(thirteen)), ("xmc_md2.dat", hold(*code != "808"))])
    };
    let received = DISTRICTS.iter().filter(|code| **code != "801").map(district).collect();
    let results = results(received);
    assert_eq!(of(&results, "1.5").verdict, Verdict::Met);
    assert_eq!(of(&results, "1.5").needed, Some(13.into()));
    assert_eq!(of(&results, "1.1").verdict, Verdict::NotMet);
}

#[test]
fn one_department_answers_for_every_district() {
    // 4.2: Sở GD&ĐT reports 4 recognised, 10 not, and leaves 801 blank. 4/15 = 26,6666666667 % ≥ 25 %, needed
    // ceil(0,25 × 15) = ceil(3,75) = 4: met whatever 801 turns out to be (5/15 = 33,3333333333 %).
    let plan = plan();
    let values: Vec<(String, Value)> = DISTRICTS
        .iter()
        .filter(|code| **code != "801")
        .enumerate()
        .map(|(i, code)| (format!("huyen_ht.{code}.dat"), if i < 4 { yes() } else { no() }))
        .collect();
    let values: Vec<(&str, Value)> =
        values.iter().map(|(field, value)| (field.as_str(), value.clone())).collect();
    let results = results(vec![submission(&plan, "SGDDT", &values)]);
    let result = of(&results, "4.2");
    assert_eq!(result.percent(), Some(dec("26.6666666667")));
    assert_eq!(result.bounds(), (dec("26.6666666667"), dec("33.3333333333")));
    assert_eq!((result.needed, result.verdict), (Some(4.into()), Verdict::Met));
    assert_eq!((result.coverage.reported, result.coverage.expected), (14, 15));
}

#[test]
fn a_province_figure_has_one_reporter_and_no_bounds_of_others() {
    // 2.3: 675 000 / 1 350 000 = 50 % exactly, target about 50 %: met. 2.4: 161 999 / 1 350 000 = 11,9999259259 % < 12 %.
    let plan = plan();
    let values = [
        ("cmkt_tinh.dat", count(675_000)),
        ("cmkt_tinh.tong", count(1_350_000)),
        ("dai_hoc_tinh.dat", count(161_999)),
        ("dai_hoc_tinh.tong", count(1_350_000)),
    ];
    let results = results(vec![submission(&plan, "SLDTBXH", &values)]);
    assert_eq!((of(&results, "2.3").percent(), of(&results, "2.3").verdict), (Some(dec("50")), Verdict::Met));
    let higher = of(&results, "2.4");
    assert_eq!((higher.percent(), higher.verdict), (Some(dec("11.9999259259")), Verdict::NotMet));
    assert_eq!(higher.needed, Some(162_000.into()));
    // Two decimals would show 12,00 % beside a target of 12 %: the display takes as many as it needs.
    assert_eq!(xhht::report::format::percent_places(higher.total, Some(Aim::at_least(12))), 4);
    assert_eq!(xhht::report::format::number(higher.percent().unwrap(), 4), "11,9999");
}

#[test]
fn several_reporters_add_up_and_none_is_counted_twice() {
    // 3.2: one district 10/20 + 6/10 + 4/10 (MN, TH, THCS) and Sở GD&ĐT 30/50 + 5/10 + 3/5 + 0/0.
    // Σ = 58 / 105 = 55,2380952381 %. Sở GD&ĐT's “other” row is zero over zero: reported, adding nothing.
    let plan = plan();
    let district = [
        ("cs_mn.dat", count(10)),
        ("cs_mn.tong", count(20)),
        ("cs_th.dat", count(6)),
        ("cs_th.tong", count(10)),
        ("cs_thcs.dat", count(4)),
        ("cs_thcs.tong", count(10)),
    ];
    let department = [
        ("cs_thpt.dat", count(30)),
        ("cs_thpt.tong", count(50)),
        ("cs_gdtx.dat", count(5)),
        ("cs_gdtx.tong", count(10)),
        ("cs_gdnn.dat", count(3)),
        ("cs_gdnn.tong", count(5)),
        ("cs_khac.dat", count(0)),
        ("cs_khac.tong", count(0)),
    ];
    let results = results(vec![submission(&plan, "794", &district), submission(&plan, "SGDDT", &department)]);
    let result = of(&results, "3.2");
    assert_eq!((result.total.numerator, result.total.denominator), (58.into(), 105.into()));
    assert_eq!(result.percent(), Some(dec("55.2380952381")));
    assert_eq!((result.coverage.reported, result.coverage.expected), (2, 16));
    let tan_an = result.by_unit.iter().find(|unit| unit.unit.as_str() == "794").unwrap();
    assert_eq!(tan_an.share.unwrap().percent(), Some(dec("50")));
}

#[test]
fn half_a_pair_is_no_figure_but_narrows_the_bounds() {
    // Only Tân An reports, and only its whole: 1 000. The other 14 are missing; each reference is its population × 0,60
    // rounded: 26 204 + 28 591 + 30 044 + 16 899 + 46 522 + 33 644 + 39 577 + 189 427 + 108 996 + 59 000 + 39 901
    // + 112 415 + 128 948 + 65 887 = 926 055; each × 1,01⁵ × 1,2 rounded up: 1 167 959. Nothing is counted, so there is no result and no
    // verdict.
    let plan = plan();
    let results = results(vec![submission(&plan, "794", &[("nltt.tong", count(1_000))])]);
    let result = of(&results, "2.1");
    assert_eq!(result.verdict, Verdict::NoData);
    assert_eq!(result.percent(), None);
    assert_eq!(result.coverage.reported, 0);
    let upper = result.upper.unwrap();
    assert_eq!(upper.denominator, Decimal::from(1_000 + 1_167_959));
    let tan_an = result.by_unit.iter().find(|unit| unit.unit.as_str() == "794").unwrap();
    assert_eq!(tan_an.status, UnitFigure::Partial);
}

#[test]
fn the_order_of_files_changes_nothing() {
    let plan = plan();
    let received = |reverse: bool| {
        let mut received: Vec<Received> = DISTRICTS
            .iter()
            .map(|code| submission(&plan, code, &[("nltt.dat", count(1)), ("nltt.tong", count(3))]))
            .collect();
        if reverse {
            received.reverse();
        }
        received
    };
    assert_eq!(format!("{:?}", results(received(false))), format!("{:?}", results(received(true))));
}

/// The 60 communes and wards of 2025.
fn communes(plan: &Plan) -> Vec<String> {
    let local = plan.levels[0].id.clone();
    plan.roster_of(2025, &local).into_iter().map(|unit| unit.code.to_string()).collect()
}

/// 2024 as its result file has it: 1.1 held by all 15 districts, 794 reporting 2.1 over 87 072 people.
fn year_of_districts() -> History {
    let past = r#"{"schema": "xhht/ket-qua/1", "plan": {"id": "long-an-2021-2030"}, "year": 2024, "indicators": [
        {"id": "1.1", "percent": "100", "by_unit": [{"unit": "794", "denominator": "1"}]},
        {"id": "2.1", "percent": "41.5", "by_unit": [{"unit": "794", "denominator": "87072"}]}]}"#;
    let mut history = History::default();
    history.add(PastYear::read(past).unwrap());
    history
}

#[test]
fn a_share_of_units_is_counted_over_the_roster_of_its_year() {
    // 2025, 60 communes and wards; 50 report: 1.5 held by 50, 1.2 by 41, 1.1 by 45; 28075–27715 are missing.
    // 1.5, target 85 %: needed ceil(0,85 × 60) = 51; 50/60 = 83,3333333333 %, at most 60/60: depends.
    // 1.2, target 70 %: needed ceil(0,70 × 60) = 42; 41/60 = 68,3333333333 %, at most 51/60 = 85 %: depends.
    // 1.1, target 100 %: needed 60; 45/60 = 75 %, at most 55/60 = 91,6666666667 %: not met whatever they say.
    // 4.2, target 25 %: needed ceil(0,25 × 60) = 15; Sở GD&ĐT reports 14 of 60 = 23,3333333333 %: not met.
    let plan = plan();
    let codes = communes(&plan);
    assert_eq!(codes.len(), 60);
    let holds = |held: bool| if held { yes() } else { no() };
    let mut received: Vec<Received> = codes
        .iter()
        .take(50)
        .enumerate()
        .map(|(i, code)| {
            let values =
                [("pcgd_thcs3.dat", yes()), ("pcgd_mg.dat", holds(i < 41)), ("xmc_md2.dat", holds(i < 45))];
            submission_in(2025, &plan, code, &values)
        })
        .collect();
    let titles: Vec<(String, Value)> = codes
        .iter()
        .enumerate()
        .map(|(i, code)| (format!("huyen_ht.{}.dat", code.to_lowercase()), holds(i < 14)))
        .collect();
    let titles: Vec<(&str, Value)> =
        titles.iter().map(|(field, value)| (field.as_str(), value.clone())).collect();
    received.push(submission_in(2025, &plan, "SGDDT", &titles));
    let results = results_in(2025, &plan, received, &year_of_districts());
    let told = |id: &str| (of(&results, id).needed, of(&results, id).percent(), of(&results, id).verdict);
    assert_eq!(told("1.5"), (Some(51.into()), Some(dec("83.3333333333")), Verdict::Depends));
    assert_eq!(told("1.2"), (Some(42.into()), Some(dec("68.3333333333")), Verdict::Depends));
    assert_eq!(told("1.1"), (Some(60.into()), Some(dec("75")), Verdict::NotMet));
    assert_eq!(told("4.2"), (Some(15.into()), Some(dec("23.3333333333")), Verdict::NotMet));
    // That all districts held 1.1 in 2024 gives no commune the status: those that said nothing stay missing.
    let first = of(&results, "1.1");
    assert_eq!(first.bounds(), (dec("75"), dec("91.6666666667")));
    assert_eq!(first.by_unit.iter().filter(|unit| unit.status == UnitFigure::Missing).count(), 10);
    assert!(first.by_unit.iter().all(|unit| unit.share.is_none() == (unit.status == UnitFigure::Missing)));
    // A share of districts is not compared with one of communes; where one department answers for the province there is
    // no break.
    assert_eq!((first.last_year.map(|last| last.percent), first.roster_changed), (Some(dec("100")), true));
    assert_eq!(first.comparison, Comparison::NotComparable(Difference::Units));
    assert!(of(&results, "3.2").roster_changed && !of(&results, "2.3").roster_changed);
    let report = xhht::report::build(&plan, &results, &[]).unwrap();
    let text = format!("{report:?}");
    assert!(text.contains("Không còn cấp huyện từ ngày 01/7/2025"));
    let not_compared = "Danh sách đơn vị thay đổi từ năm 2025 (Nghị quyết số 202/2025/QH15); chỉ tiêu 1.1, 1.2, 1.3, 1.4, 1.5, 2.1, 2.2, 3.2, 3.3, 4.1, 4.2 không so sánh được với các năm trước.";
    let said = text.split("Danh sách đơn vị thay đổi").nth(1).unwrap();
    assert!(text.contains(not_compared), "{}", said.chars().take(300).collect::<String>());
    // Districts are spoken of where the review says what became of them, and nowhere else.
    let became = "15 huyện, thị xã, thành phố được thay bằng 60 xã, phường";
    assert!(text.contains(became));
    let text = text.replace(became, "");
    assert!(!text.contains("huyện, thị xã") && !text.contains("{cap}") && !text.contains("{mot}"));
}

#[test]
fn the_year_before_the_change_names_districts_and_marks_no_break() {
    let plan = plan();
    let results = results(vec![submission(&plan, "794", &[("xmc_md2.dat", yes())])]);
    assert!(results.indicators.iter().all(|result| !result.roster_changed));
    let text = format!("{:?}", xhht::report::build(&plan, &results, &[]).unwrap());
    assert!(
        text.contains("Các huyện, thị xã, thành phố đạt chuẩn") && text.contains("UBND các huyện, thị xã")
    );
    assert!(!text.contains("xã, phường.") && !text.contains("Danh sách đơn vị thay đổi"));
}

#[test]
fn last_years_figure_of_a_reused_code_is_not_this_years_units() {
    // 27727 is given the code that was Tân An's. Nothing is known of its size: Tân An's 87 072 people are not its own, so
    // nothing bounds 2.1. Once a record says that it is Tân An under another name, they are.
    let mut plan = plan();
    let communes = communes(&plan);
    for unit in plan.units.iter_mut().filter(|unit| unit.code.as_str() == "27727") {
        unit.code = UnitCode("794".into());
        unit.population = None;
    }
    let figures = [("nltt.dat", count(1_000)), ("nltt.tong", count(2_000))];
    let two = |plan: &Plan| -> Vec<Received> {
        communes[1..3].iter().map(|code| submission_in(2025, plan, code, &figures)).collect()
    };
    let of_794 = |results: &Consolidated| {
        let pairs = &of(results, "2.1").contributions;
        pairs.iter().find(|pair| pair.term.reporter.as_str() == "794").unwrap().range
    };
    let results = results_in(2025, &plan, two(&plan), &year_of_districts());
    assert!(of_794(&results).is_none());
    plan.changes.push(UnitChange {
        date: NaiveDate::from_ymd_opt(2025, 7, 1).unwrap(),
        kind: ChangeKind::Rename,
        from: vec![UnitCode("794".into())],
        to: vec![UnitCode("794".into())],
        act: "Nghị quyết thử".into(),
        note: None,
    });
    let results = results_in(2025, &plan, two(&plan), &year_of_districts());
    // 87 072 × 1,01 × 1,1 = 96 736,99.
    assert_eq!(of_794(&results).unwrap().denominator, dec("96737"));
}
