//! Indicators that are better when lower, and targets that change from year to year.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::by_hand::{DISTRICTS, count, dec, no, of, results_in, submission_in, yes};
use crate::generated_province::sizes::without_rules_of_sizes;
use crate::made_year::{results, turned, usual};
use crate::reader::words;
use crate::recalculated::{Tables, same, shown};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use xhht::consolidate::{Consolidated, History, IndicatorResult, Pace, PastYear, Verdict};
use xhht::domain::{Direction, UnitCode, Year};
use xhht::output::{json, pdf, xlsx};
use xhht::plan::Plan;
use xhht::report::model::{Block, Chart, ChartKind, Report, RowKey, Table, TableKey};
use xhht::report::{brief, build, format};
use xhht::submission::Received;

/// The embedded plan with other lines in place of an indicator's targets.
fn plan(changes: &[(&str, &str)]) -> Plan {
    let mut sources = without_rules_of_sizes();
    let text = &mut sources.main.text;
    for (id, lines) in changes {
        let start = text.find(&format!("[[indicator]]\nid = \"{id}\"")).unwrap();
        let at = start + text[start..].find("\ntargets = ").unwrap() + 1;
        let end = at + text[at..].find('\n').unwrap();
        text.replace_range(at..end, lines);
    }
    Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

/// Figures of 2.1 by district: how many of how many; `None` where a district is silent, no numerator where it only said
/// of how many.
type Figures = Vec<Option<(Option<i64>, i64)>>;

fn received(plan: &Plan, figures: &Figures) -> Vec<Received> {
    let told = DISTRICTS.iter().zip(figures).filter_map(|(code, figures)| Some((code, (*figures)?)));
    told.map(|(code, (part, whole))| {
        let mut values = vec![("nltt.tong", count(whole))];
        values.extend(part.map(|part| ("nltt.dat", count(part))));
        submission_in(2024, plan, code, &values)
    })
    .collect()
}

/// Last year: every district with so many of 1 000.
fn last_year(parts: &[i64]) -> History {
    let units: Vec<String> = DISTRICTS
        .iter()
        .zip(parts)
        .map(|(code, part)| {
            format!(r#"{{"unit": "{code}", "numerator": "{part}", "denominator": "1000", "percent": null, "status": "reported"}}"#)
        })
        .collect();
    let percent = Decimal::from(parts.iter().sum::<i64>() * 100) / Decimal::from(1_000 * parts.len());
    let text = format!(
        r#"{{"schema": "xhht/ket-qua/1", "plan": {{"id": "long-an-2021-2030"}}, "year": 2023, "indicators": [
            {{"id": "2.1", "percent": "{}", "by_unit": [{}]}}]}}"#,
        percent.round_dp(10),
        units.join(",")
    );
    let mut history = History::default();
    history.add(PastYear::read(&text).unwrap());
    history
}

fn everybody(part: i64, whole: i64) -> Figures {
    vec![Some((Some(part), whole)); DISTRICTS.len()]
}

/// The cells of a row of a table of the workbook, by the ids of their columns.
fn cells(report: &Report, table: &str, row: &str) -> Vec<(String, String)> {
    let found = table_of(report, table).unwrap_or_else(|| panic!("no table {table}"));
    let row = RowKey::from(row.to_owned());
    let cells = &found.rows.iter().find(|known| known.id == row).unwrap().cells;
    let of_column = found.columns.iter().zip(cells);
    of_column.map(|(column, cell)| (column.id.to_string(), format::value(&cell.value))).collect()
}

fn table_of<'a>(report: &'a Report, id: &str) -> Option<&'a Table> {
    let id = TableKey::from(id.to_owned());
    report.tables().map(|(_, table)| table).find(|table| table.id == id)
}

fn cell(report: &Report, table: &str, row: &str, column: &str) -> String {
    cells(report, table, row).into_iter().find(|(id, _)| id == column).unwrap().1
}

/// Every live cell of the workbook shows what its formula gives.
fn all_follows(report: &Report) -> usize {
    let tables = Tables::of(report);
    let mut followed = 0;
    for (section, table) in report.tables().filter(|(section, _)| section.sheet.is_some()) {
        for row in table.rows.iter().filter(|row| row.cells.len() == table.columns.len()) {
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                let Some(given) = tables.recalculated(cell) else { continue };
                followed += 1;
                let is_same = same(&given, &shown(cell));
                assert!(is_same, "{} {} {} {}: {given:?}", section.id, table.id, row.id, column.id);
            }
        }
    }
    followed
}

const LOWER: &str = "better = \"lower\"\nbaseline = { year = 2020, percent = \"12\" }\ntargets = { 2025 = \"8\", 2030 = \"5\" }";

#[test]
fn a_result_that_is_lower_than_the_target_reaches_it() {
    let plan = plan(&[("2.1", LOWER)]);
    let told = |figures: &Figures| results_in(2024, &plan, received(&plan, figures), &History::default());
    // 15 × 60 of 15 000 are 6 %; 8 % are 1 200. The way from 12 % in 2020 to 8 % in 2025 asks for 8,8 % in 2024.
    let results = told(&everybody(60, 1_000));
    let result = of(&results, "2.1");
    assert_eq!(
        (result.verdict, result.needed, result.expected),
        (Verdict::Met, Some(1_200.into()), Some(dec("8.8")))
    );
    let way = result.trajectory.clone().unwrap();
    assert_eq!((way.pace, way.yearly_step), (Pace::Ahead, Some(0.into())));
    // 80 of 1 000 are the target itself.
    assert_eq!(of(&told(&everybody(80, 1_000)), "2.1").verdict, Verdict::Met);
    // 15 × 90 are 9 %: 150 too many, and more than the way asks for; one point in the year that is left.
    let results = told(&everybody(90, 1_000));
    let result = of(&results, "2.1");
    let way = result.trajectory.clone().unwrap();
    assert_eq!((result.verdict, way.pace, way.yearly_step), (Verdict::NotMet, Pace::Behind, Some(1.into())));

    let report = build(&plan, &results, &[]).unwrap();
    let said = words(&report);
    for wanted in [
        "mục tiêu năm 2025 là không quá 8%; chưa đạt, còn phải giảm 150 người",
        "Chỉ tiêu 2.1: càng thấp càng tốt, đạt khi kết quả không vượt quá mục tiêu.",
        "Chỉ tiêu 2.1: “Số đạt” là số được đếm, “Số cần đạt” là số nhiều nhất còn trong mục tiêu.",
        "2.1 Năng lực thông tin: 9,00% (mục tiêu không quá 8%)",
        "2.1 Năng lực thông tin: các đơn vị từ thấp lên cao so với mục tiêu (%)",
        "2.2 Kỹ năng sống: các đơn vị từ cao xuống thấp so với mục tiêu (%)",
        "Cần tăng (hoặc giảm) mỗi năm (điểm %)",
        "chỉ tiêu 2.1 là không quá 50%",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    assert_eq!(cell(&report, "chi-tieu", "2.1", "can"), "1.200");
    assert_eq!(cell(&report, "tong-quan", "2.1", "lo-trinh"), "Chậm");
    assert_eq!(cell(&report, "tong-quan", "2.1", "moi-nam"), "1,00%");
    assert!(all_follows(&report) > 500);
    let brief = brief(&plan, &results, &[], true).unwrap().unwrap();
    let said = words(&brief);
    for wanted in [
        "chưa đạt: 2.1 Năng lực thông tin",
        "2.1 (còn phải giảm 150 người)",
        "(lộ trình năm nay không quá 8,80%, còn 9,00%; cần giảm 1,00 điểm mỗi năm)",
        "≤8%",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    assert!(!said.contains("còn thiếu 150") && !said.contains("cần tăng 1,00"), "{said}");
    for written in [pdf::write(&report).unwrap(), pdf::write_brief(&brief).unwrap()] {
        assert!(written.overflows.is_empty());
    }
    xlsx::write(&report).unwrap();
    let written: serde_json::Value =
        serde_json::from_slice(&json::write(&plan, &results, &[], &json::WrittenFiles::default()).unwrap())
            .unwrap();
    let better: Vec<(&str, Option<&str>)> = written["indicators"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["id"].as_str().unwrap(), part.get("better").and_then(|better| better.as_str())))
        .filter(|(_, better)| better.is_some())
        .collect();
    assert_eq!(better, [("2.1", Some("lower"))]);
}

#[test]
fn a_start_below_a_target_that_is_not_to_be_exceeded_asks_to_hold_it() {
    let plan = plan(&[("2.1", &LOWER.replace("\"12\"", "\"6\""))]);
    // 7 % is more than the 6 % of 2020 and less than the 8 % that are to be held.
    let results = results_in(2024, &plan, received(&plan, &everybody(70, 1_000)), &History::default());
    let result = of(&results, "2.1");
    assert_eq!((result.expected, result.trajectory.clone().unwrap().pace), (Some(8.into()), Pace::Ahead));
}

#[test]
fn the_best_unit_is_the_lowest() {
    let plan = plan(&[("2.1", LOWER)]);
    // 794 has 2 %, 795 and 796 9 %, the others 5 %.
    let mut figures = everybody(50, 1_000);
    figures[0] = Some((Some(20), 1_000));
    figures[1..3].fill(Some((Some(90), 1_000)));
    let results = results_in(2024, &plan, received(&plan, &figures), &History::default());
    let report = build(&plan, &results, &[]).unwrap();
    let place = |code: &str| {
        (cell(&report, "xep-hang", code, "2.1.hang"), cell(&report, "xep-hang", code, "2.1.thu-tu"))
    };
    let pair = |rank: &str, order: &str| (rank.to_owned(), order.to_owned());
    assert_eq!(
        [place("794"), place("797"), place("795"), place("796")],
        [pair("1", "1"), pair("2", "2"), pair("14", "14"), pair("14", "15")]
    );
    all_follows(&report);
    let brief = brief(&plan, &results, &[], true).unwrap().unwrap();
    let sheet = |code: &str| cells(&brief, &format!("phieu-{code}"), "2.1");
    let of = |code: &str, column: &str| sheet(code).into_iter().find(|(id, _)| id == column).unwrap().1;
    assert_eq!((of("794", "danh-gia"), of("796", "danh-gia")), ("Đạt".into(), "Chưa\u{a0}đạt".into()));
    // Who owes the figures of other indicators has no place: `brief_pages` ranks units that owe none.
    assert!(!sheet("794").iter().any(|(id, _)| id == "thu-tu"));
    assert_eq!(of("796", "muc-tieu"), "≤8%");
}

#[test]
fn a_status_that_had_better_not_be_held_speaks_against_a_unit() {
    // 3 of 15 hold it, 20 %: over 10 %, of which one is allowed.
    let plan = plan(&[("1.1", "better = \"lower\"\ntargets = { 2025 = \"10\", 2030 = \"0\" }")]);
    let received = DISTRICTS.iter().enumerate().map(|(i, code)| {
        submission_in(2024, &plan, code, &[("xmc_md2.dat", if i < 3 { yes() } else { no() })])
    });
    let results = results_in(2024, &plan, received.collect(), &History::default());
    let result = of(&results, "1.1");
    assert_eq!(
        (result.verdict, result.percent(), result.needed),
        (Verdict::NotMet, Some(20.into()), Some(1.into()))
    );
    let report = build(&plan, &results, &[]).unwrap();
    let of_matrix = |code: &str| {
        let table = report.tables().find(|(section, _)| section.id == "theo-don-vi").unwrap().1;
        let at = table.columns.iter().position(|column| column.title.starts_with("1.1 ")).unwrap();
        let code = RowKey::from(code.to_owned());
        format::value(&table.rows.iter().find(|row| row.id == code).unwrap().cells[at].value)
    };
    assert_eq!((of_matrix("794"), of_matrix("808")), ("Có".into(), "Không".into()));
    all_follows(&report);
    let brief = brief(&plan, &results, &[], true).unwrap().unwrap();
    let judged = |code: &str| {
        let cells = cells(&brief, &format!("phieu-{code}"), "1.1");
        let of = |column: &str| cells.iter().find(|(id, _)| id == column).unwrap().1.clone();
        (of("ty-le"), of("danh-gia"))
    };
    assert_eq!(judged("794"), ("Có".into(), "Chưa\u{a0}đạt".into()));
    assert_eq!(judged("808"), ("Không".into(), "Đạt".into()));
}

#[test]
fn what_went_down_is_told_as_progress() {
    let plan = plan(&[("2.1", LOWER)]);
    let history = last_year(&[70; 15]);
    let figures = |part: i64| received(&plan, &everybody(part, 1_000));
    let said = |part: i64| {
        let results = results_in(2024, &plan, figures(part), &history);
        let last = of(&results, "2.1").last_year.unwrap();
        assert_eq!((last.target, last.reached), (Some(8.into()), Some(true)));
        words(&brief(&plan, &results, &[], false).unwrap().unwrap())
    };
    let (better, worse) = (said(50), said(90));
    for (said, wanted) in [
        (&better, "Trong 1 chỉ tiêu so sánh được: 1 chỉ tiêu tốt lên."),
        (&better, "* Tiến bộ nhiều nhất: 2.1 Năng lực thông tin (giảm 2,00 điểm phần trăm)."),
        (&worse, "Trong 1 chỉ tiêu so sánh được: 1 chỉ tiêu kém đi."),
        (&worse, "* Kém hơn năm trước: 2.1 Năng lực thông tin (tăng 2,00 điểm phần trăm)."),
        (
            &worse,
            "* Năm trước đạt, năm nay không đạt: 2.1 Năng lực thông tin (năm trước 7,00%, năm nay 9,00%).",
        ),
    ] {
        assert!(said.contains(wanted.trim_start_matches("* ")), "{wanted}\n{said}");
    }
}

#[test]
fn digits_are_spent_where_rounding_would_hide_that_a_limit_is_exceeded() {
    let plan = plan(&[("2.1", LOWER)]);
    // 15 × 8 001 of 1 500 000 are 8,001 %.
    let results = results_in(2024, &plan, received(&plan, &everybody(8_001, 100_000)), &last_year(&[80; 15]));
    assert_eq!(of(&results, "2.1").verdict, Verdict::NotMet);
    let report = build(&plan, &results, &[]).unwrap();
    assert_eq!(cell(&report, "chi-tieu", "2.1", "ty-le"), "8,001%");
}

const YEARLY: &str = "baseline = { year = 2020, percent = \"30\" }\ntargets = { 2023 = \"40\", 2024 = \"44\", 2025 = \"50\", 2027 = \"58\", 2030 = \"70\" }";

#[test]
fn a_year_with_a_target_of_its_own_is_judged_by_it() {
    let plan = plan(&[("2.1", YEARLY)]);
    // 45 % reaches the 44 % of 2024; 5 points are left to the 50 % of 2025.
    let received = received(&plan, &everybody(450, 1_000));
    let results = results_in(2024, &plan, received, &last_year(&[390; 15]));
    let result = of(&results, "2.1");
    assert_eq!(
        (result.verdict, result.target, result.next),
        (Verdict::Met, Some((2024, 44.into())), Some((2025, 50.into())))
    );
    let way = result.trajectory.clone().unwrap();
    assert_eq!((way.expected, way.pace, way.yearly_step), (44.into(), Pace::Ahead, Some(5.into())));
    let last = result.last_year.unwrap();
    assert_eq!((last.target, last.reached), (Some(40.into()), Some(false)));
    let report = build(&plan, &results, &[]).unwrap();
    let said = words(&report);
    assert!(said.contains("mục tiêu năm 2024 là 44%; đã đạt"), "{said}");
    assert_eq!(cell(&report, "tong-quan", "2.1", "moi-nam"), "5,00%");
    assert_eq!(cell(&report, "qua-cac-nam", "2.1-muc-tieu", "nam-2023"), "40%");
    assert_eq!(cell(&report, "qua-cac-nam", "2.1-muc-tieu", "nam-2024"), "44%");
    all_follows(&report);
    xlsx::write(&report).unwrap();
}

#[test]
fn the_lines_of_targets_go_in_steps_where_the_plan_sets_them_for_years() {
    let plan = plan(&[("2.1", YEARLY)]);
    // In the year of a review the report draws the results over the years.
    let review = results_in(2025, &plan, Vec::new(), &last_year(&[390; 15]));
    let report = build(&plan, &review, &[]).unwrap();
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let charts = blocks.filter_map(|block| match block {
        Block::Chart(Chart { kind: ChartKind::Trends(trends), alternative, .. }) => {
            Some((trends.clone(), alternative.clone()))
        }
        _ => None,
    });
    let [(trends, told)] = &charts.collect::<Vec<_>>()[..] else { panic!("no chart, or more than one") };
    let steps: Vec<&[(Year, Decimal)]> = trends.iter().map(|trend| trend.targets.as_slice()).collect();
    let wanted = [(2021, 40), (2022, 40), (2023, 40), (2024, 44), (2025, 50)];
    assert_eq!(steps, [wanted.map(|(year, target)| (year, Decimal::from(target)))]);
    assert!(told.contains("mục tiêu 40% (các năm 2021–2023), 44% (năm 2024), 50% (năm 2025)"), "{told}");
    assert!(pdf::write(&report).unwrap().overflows.is_empty());
}

#[test]
fn a_milestone_ends_a_way_and_the_next_one_is_told() {
    let plan = plan(&[("2.1", YEARLY)]);
    let at = |year: Year| {
        let results = results_in(year, &plan, Vec::new(), &History::default());
        (of(&results, "2.1").target, of(&results, "2.1").next)
    };
    assert_eq!(at(2025), (Some((2025, 50.into())), None));
    assert_eq!(at(2026), (Some((2027, 58.into())), Some((2027, 58.into()))));
    assert_eq!(at(2027), (Some((2027, 58.into())), Some((2030, 70.into()))));
    assert_eq!(at(2030), (Some((2030, 70.into())), None));
    // The review of 2025 looks to 2030, whatever is wanted in between.
    let told = results(&plan, 2025, 0, &History::default(), &|i, _, field| usual(i, field, ""));
    let said = words(&build(&plan, &told.0, &told.1).unwrap());
    assert!(said.contains("2.1 Năng lực thông tin: mục tiêu 70%"), "{said}");
}

#[test]
fn targets_that_ask_for_less_from_year_to_year_are_told() {
    let told = |lines: &str| {
        let found = plan(&[("2.1", lines)]).backwards();
        found.iter().map(|it| (it.indicator.0.clone(), it.direction, it.targets)).collect::<Vec<_>>()
    };
    let pair = |before: i64, then: i64| [(2025, before.into()), (2030, then.into())];
    assert_eq!(told("targets = { 2025 = \"50\", 2030 = \"70\" }"), []);
    assert_eq!(told("targets = { 2025 = \"50\", 2030 = \"50\" }"), []);
    assert_eq!(
        told("targets = { 2025 = \"50\", 2030 = \"40\" }"),
        [("2.1".into(), Direction::Higher, pair(50, 40))]
    );
    assert_eq!(told("better = \"lower\"\ntargets = { 2025 = \"50\", 2030 = \"40\" }"), []);
    assert_eq!(
        told("better = \"lower\"\ntargets = { 2025 = \"3\", 2030 = \"5\" }"),
        [("2.1".into(), Direction::Lower, pair(3, 5))]
    );
    // A later decision that turns them round is told too, and what was told is not told again.
    let revised = "targets = { 2025 = \"50\", 2030 = \"70\" }\n[[indicator.revised]]\nfrom = \"2027-03-01\"\nact = \"QĐ 1\"\ntargets = { 2030 = \"45\" }\n[[indicator.revised]]\nfrom = \"2028-03-01\"\nact = \"QĐ 2\"\nnational = { 2030 = \"45\" }";
    let embedded = without_rules_of_sizes().main.text;
    let entry = embedded.find("id = \"2.1\"").unwrap();
    let national = &embedded[entry..][embedded[entry..].find("\nnational = ").unwrap()..];
    let national = national[1..].split_once('\n').unwrap().0;
    let mut sources = without_rules_of_sizes();
    let at = sources.main.text.find("id = \"2.1\"").unwrap();
    let (head, rest) = sources.main.text.split_at(at);
    let rest = rest.replacen(&format!("{national}\n"), "", 1);
    let targets = "targets = { 2025 = \"50\", 2030 = \"70\" }";
    sources.main.text = format!("{head}{}", rest.replacen(targets, &format!("{national}\n{revised}"), 1));
    let found = Plan::read(&sources).unwrap_or_else(|error| panic!("{error}")).backwards();
    assert_eq!(found.iter().map(|it| it.targets).collect::<Vec<_>>(), [pair(50, 45)]);
}

#[test]
fn workbook_and_program_agree_on_indicators_of_both_directions() {
    let plan = turned();
    for silent in [0, 2, 7] {
        let told = results(&plan, 2024, silent, &History::default(), &|i, _, field| usual(i, field, ""));
        let report = build(&plan, &told.0, &told.1).unwrap();
        assert!(all_follows(&report) > 1_000);
        xlsx::write(&report).unwrap();
    }
}

/// Of two plans the first wants 2.1 high, the second its complement low.
struct Mirrored([Plan; 2]);

static MIRRORED: LazyLock<Vec<Mirrored>> = LazyLock::new(|| {
    let of = |target: i64, baseline: i64, yearly: Option<i64>| {
        let lines = |better: &str, turn: &dyn Fn(i64) -> i64| {
            let yearly = yearly.map(|yearly| format!("2024 = \"{}\", ", turn(yearly))).unwrap_or_default();
            format!(
                "{better}baseline = {{ year = 2020, percent = \"{}\" }}\ntargets = {{ {yearly}2025 = \"{}\", 2030 = \"{}\" }}",
                turn(baseline),
                turn(target),
                turn(100)
            )
        };
        let [higher, lower] =
            [lines("", &|percent| percent), lines("better = \"lower\"\n", &|percent| 100 - percent)];
        Mirrored([plan(&[("2.1", &higher)]), plan(&[("2.1", &lower)])])
    };
    vec![of(50, 20, None), of(50, 70, None), of(50, 20, Some(47)), of(0, 0, None), of(45, 45, Some(45))]
});

fn district() -> impl Strategy<Value = Option<(Option<i64>, i64)>> {
    let part_of = |whole: i64| (0..=whole).prop_map(move |part| Some((Some(part), whole)));
    prop_oneof![
        8 => (300_i64..3_000).prop_flat_map(part_of),
        4 => (1_000_i64..2_000).prop_map(|whole| Some((Some(whole / 2), whole))),
        1 => (300_i64..3_000).prop_map(|whole| Some((None, whole))),
        1 => Just(None),
    ]
}

/// The year of either plan, of figures and of what their complements say; `None` where a rule keeps out of one what it leaves
/// in the other.
fn mirrored(plans: &[Plan; 2], figures: &Figures, before: &[i64]) -> Option<[Consolidated; 2]> {
    let rest = |given: &(Option<i64>, i64)| (given.0.map(|part| given.1 - part), given.1);
    let turned: Figures = figures.iter().map(|given| given.as_ref().map(rest)).collect();
    let turned_before: Vec<i64> = before.iter().map(|part| 1_000 - part).collect();
    let year = |plan: &Plan, figures: &Figures, before: &[i64]| {
        results_in(2024, plan, received(plan, figures), &last_year(before))
    };
    let told = [year(&plans[0], figures, before), year(&plans[1], &turned, &turned_before)];
    let counted =
        told.each_ref().map(|results| of(results, "2.1")).map(|it| (it.complete, it.total.denominator));
    (counted[0] == counted[1]).then_some(told)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_complement_of_an_indicator_is_judged_as_its_mirror(
        which in 0_usize..5,
        figures in proptest::collection::vec(district(), 15),
        before in proptest::collection::vec(0_i64..=1_000, 15),
    ) {
        let told = mirrored(&MIRRORED[which].0, &figures, &before);
        prop_assume!(told.is_some());
        let told = told.unwrap();
        let [higher, lower] = told.each_ref().map(|results| of(results, "2.1"));
        let whole = Decimal::ONE_HUNDRED;
        prop_assert_eq!(higher.verdict, lower.verdict);
        prop_assert_eq!(higher.percent().map(|percent| whole - percent), lower.percent());
        let (low, high) = higher.bounds();
        prop_assert_eq!((whole - high, whole - low), lower.bounds());
        prop_assert_eq!(higher.needed.map(|needed| higher.total.denominator - needed), lower.needed);
        prop_assert_eq!(higher.expected.map(|percent| whole - percent), lower.expected);
        prop_assert_eq!(higher.trajectory.as_ref().map(|way| way.pace), lower.trajectory.as_ref().map(|way| way.pace));
        let step = |result: &IndicatorResult| result.trajectory.as_ref().and_then(|way| way.yearly_step);
        prop_assert_eq!(step(higher), step(lower));
        prop_assert_eq!(higher.change().map(|points| -points), lower.change());
        prop_assert_eq!(higher.last_year.and_then(|last| last.reached), lower.last_year.and_then(|last| last.reached));
        let waits = |result: &IndicatorResult| -> BTreeSet<UnitCode> {
            result.waits_for().into_keys().cloned().collect()
        };
        prop_assert_eq!(waits(higher), waits(lower));
    }
}

proptest! {
    // A report costs more than a year.
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_workbook_of_the_complement_is_the_mirrors(
        which in 0_usize..5,
        figures in proptest::collection::vec(district(), 15),
        before in proptest::collection::vec(0_i64..=1_000, 15),
    ) {
        let plans = &MIRRORED[which].0;
        let told = mirrored(plans, &figures, &before);
        prop_assume!(told.is_some());
        let told = told.unwrap();
        let reports: Vec<Report> =
            plans.iter().zip(&told).map(|(plan, results)| build(plan, results, &[]).unwrap()).collect();
        for code in DISTRICTS {
            for column in ["2.1.hang", "2.1.thu-tu"] {
                let [one, other] = [&reports[0], &reports[1]].map(|report| cell(report, "xep-hang", code, column));
                prop_assert_eq!(one, other, "{} {}", code, column);
            }
        }
        for column in ["danh-gia", "lo-trinh", "moi-nam"] {
            let [one, other] = [&reports[0], &reports[1]].map(|report| cell(report, "tong-quan", "2.1", column));
            prop_assert_eq!(one, other, "{}", column);
        }
        for report in &reports {
            all_follows(report);
        }
    }
}
