//! Targets in time: decided anew, left open, taken from the nation; and an indicator that was defined anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::by_hand::{DISTRICTS, count, dec, of, results_in, submission_in, yes};
use crate::generated_province::sizes::without_rules_of_sizes;
use crate::made_year::{remembered, results, usual};
use crate::reader::words;
use crate::recalculated::{Given, Tables, same, shown};
use xhht::consolidate::{
    Comparison, Consolidated, Derived, Difference, History, IndicatorResult, Outcome, PastYear,
    ReferenceSource, Verdict,
};
use xhht::domain::{TargetSource, Year};
use xhht::error::Error;
use xhht::finding::{Code, Finding};
use xhht::output::{json, pdf, xlsx};
use xhht::plan::{Plan, PlanSources};
use xhht::report::model::{Block, KeyFigure};
use xhht::report::{brief, build, format};
use xhht::submission::Received;

/// An indicator and what becomes of its entry.
type Change<'a> = (&'a str, &'a dyn Fn(&str) -> String);

/// The embedded plan with the entries of some indicators changed.
fn sources(changes: &[Change<'_>]) -> PlanSources {
    let mut sources = without_rules_of_sizes();
    for (id, change) in changes {
        let text = &sources.main.text;
        let start = text.find(&format!("[[indicator]]\nid = \"{id}\"")).unwrap();
        let length = text[start..].find("\n\n").unwrap();
        let (entry, rest) = text[start..].split_at(length);
        let changed = change(entry);
        assert_ne!(changed, entry, "{id}");
        sources.main.text = format!("{}{changed}{rest}", &text[..start]);
    }
    sources
}

fn plan(changes: &[Change<'_>]) -> Plan {
    Plan::read(&sources(changes)).unwrap_or_else(|error| panic!("{error}"))
}

fn mistakes(changes: &[Change<'_>]) -> Vec<Code> {
    match Plan::read(&sources(changes)) {
        Err(Error::Plan(mistakes)) => mistakes.iter().map(|mistake| mistake.code).collect(),
        other => panic!("{other:?}"),
    }
}

/// An entry without the lines that set a key.
fn without(entry: &str, keys: &[&str]) -> String {
    let is_kept = |line: &&str| !keys.iter().any(|key| line.starts_with(&format!("{key} = ")));
    entry.lines().filter(is_kept).collect::<Vec<_>>().join("\n")
}

fn revised(entry: &str, from: &str, act: &str, more: &str) -> String {
    format!("{entry}\n[[indicator.revised]]\nfrom = \"{from}\"\nact = \"{act}\"\n{more}")
}

fn year(plan: &Plan, year: Year, silent: usize, history: &History) -> (Consolidated, Vec<Finding>) {
    results(plan, year, silent, history, &|i, _, field| usual(i, field, "Đã thực hiện."))
}

fn outputs(plan: &Plan, told: &(Consolidated, Vec<Finding>)) -> [Vec<u8>; 4] {
    let report = build(plan, &told.0, &told.1).unwrap();
    let brief = brief(plan, &told.0, &told.1, true).unwrap().unwrap();
    [
        json::write(plan, &told.0, &told.1, &json::WrittenFiles::default()).unwrap(),
        xlsx::write(&report).unwrap(),
        pdf::write(&report).unwrap().bytes,
        pdf::write_brief(&brief).unwrap().bytes,
    ]
}

const ACT: &str = "Quyết định số 99/QĐ-UBND ngày 01/3/2027";

#[test]
fn a_decision_of_2027_leaves_2026_as_it_was() {
    let own =
        |entry: &str| entry.replace("2030 = \"70\" }\nnational", "2026 = \"52\", 2030 = \"70\" }\nnational");
    let before = plan(&[("2.1", &own)]);
    let changed =
        |entry: &str| revised(&own(entry), "2027-03-01", ACT, "targets = { 2026 = \"60\", 2030 = \"80\" }");
    let mut after = plan(&[("2.1", &changed)]);
    after.sha256.clone_from(&before.sha256);
    let told = |plan: &Plan| year(plan, 2026, 7, &History::default());
    let (old, new) = (told(&before), told(&after));
    assert_eq!(of(&new.0, "2.1").target, Some((2026, 52.into())));
    for (old, new) in outputs(&before, &old).iter().zip(outputs(&after, &new)) {
        assert!(*old == new);
    }

    // 2027 is judged by what was decided, and says so; 2026 stays judged by what was in force then.
    let mut history = History::default();
    history.add(remembered(&after, &new.0, &new.1));
    let told = year(&after, 2027, 0, &history);
    let result = of(&told.0, "2.1");
    assert_eq!((result.target, result.last_year.unwrap().target), (Some((2030, 80.into())), Some(52.into())));
    let report = words(&build(&after, &told.0, &told.1).unwrap());
    assert!(report.contains(&format!("Mục tiêu của chỉ tiêu 2.1 theo {ACT}.")), "{report}");
    let written: serde_json::Value =
        serde_json::from_slice(&json::write(&after, &told.0, &[], &json::WrittenFiles::default()).unwrap())
            .unwrap();
    let part =
        |id: &str| written["indicators"].as_array().unwrap().iter().find(|i| i["id"] == id).unwrap().clone();
    assert_eq!((&part("2.1")["target_act"], &part("2.1")["target"]), (&ACT.into(), &"80".into()));
    assert_eq!(
        (&part("2.2")["target_act"], &part("2.2")["target_source"]),
        (&serde_json::Value::Null, &"plan".into())
    );
}

#[test]
fn last_year_was_reached_by_last_years_target() {
    // 2026 stood at 75 %: over the 70 % in force then, under the 80 % of today.
    let changed = |entry: &str| revised(entry, "2027-03-01", ACT, "targets = { 2030 = \"80\" }");
    let plan = plan(&[("2.1", &changed)]);
    let text = r#"{"schema": "xhht/ket-qua/1", "plan": {"id": "long-an-2021-2030"}, "year": 2026, "indicators": [
        {"id": "2.1", "percent": "75", "by_unit": []}]}"#;
    let mut history = History::default();
    history.add(PastYear::read(text).unwrap());
    let results = results_in(2027, &plan, Vec::new(), &history);
    let last = of(&results, "2.1").last_year.unwrap();
    assert_eq!((last.target, last.reached), (Some(70.into()), Some(true)));
}

/// 1.1, 2.2 and 3.3 without a target, 2.1 and 4.1 with the nation's alone.
fn open_plan() -> Plan {
    let open = |entry: &str| without(entry, &["targets", "national", "national-counted"]);
    let counted = |entry: &str| without(entry, &["targets"]);
    let empty = |entry: &str| without(entry, &["targets", "national"]) + "\ntargets = {}";
    plan(&[("1.1", &counted), ("2.2", &open), ("3.3", &empty), ("2.1", &counted), ("4.1", &counted)])
}

fn people(plan: &Plan, code: &str, [n, d]: [i64; 2]) -> Received {
    submission_in(2024, plan, code, &[("kns.dat", count(n)), ("kns.tong", count(d)), ("xmc_md2.dat", yes())])
}

#[test]
fn an_open_target_judges_nothing_and_hides_nothing() {
    // 2.2: 14 districts have 400 of 1 000, Đức Huệ is silent: 5 600/14 000 = 40 %.
    let plan = open_plan();
    let all: Vec<Received> = DISTRICTS
        .iter()
        .filter(|code| **code != "801")
        .map(|code| people(&plan, code, [400, 1_000]))
        .collect();
    let results = results_in(2024, &plan, all, &History::default());
    let result = of(&results, "2.2");
    assert_eq!((result.verdict, result.percent(), result.target), (Verdict::NoTarget, Some(40.into()), None));
    assert_eq!((result.coverage.reported, result.coverage.expected), (14, 15));
    assert!(result.is_open() && result.needed.is_none() && result.trajectory.is_none());
    assert!(result.depends_on.is_empty() && result.waits_for().is_empty());
    // 1.1 counts units: 14 of 15 hold it, and no target of the nation's judges them, which counts provinces.
    let status = of(&results, "1.1");
    assert_eq!((status.verdict, status.percent()), (Verdict::NoTarget, Some(dec("93.3333333333"))));
    assert_eq!(status.indicator.targets.national_of(2024), Some((2025, 70.into())));
    // Without any figure that is what is to be said, whatever the target.
    assert_eq!(of(&results, "3.3").verdict, Verdict::NoData);
    // The nation's judges where it counts the same.
    let national = of(&results, "4.1");
    assert_eq!(national.target, Some((2025, 40.into())));
    assert_eq!(national.indicator.targets.source(2025), TargetSource::National);
}

#[test]
fn every_output_says_which_targets_are_open_and_which_are_the_nations() {
    let plan = open_plan();
    let told = year(&plan, 2024, 7, &History::default());
    let report = build(&plan, &told.0, &told.1).unwrap();
    let said = words(&report);
    for wanted in [
        "3 chỉ tiêu chưa ghi mục tiêu nên chỉ nêu kết quả",
        "Chỉ tiêu 1.1, 2.2, 3.3: chưa ghi mục tiêu, nên kết quả được nêu mà không đánh giá đạt hay chưa đạt.",
        "QG (chỉ tiêu 2.1, 4.1): mục tiêu quốc gia, Quyết định số 1373/QĐ-TTg ngày 30/7/2021; tỉnh chưa ghi mục tiêu riêng.",
        "tính theo tỉnh: chỉ tiêu 1.1 là 70%, 1.2 là 70%, 1.3 là 50%, 1.4 là 100%, 1.5 là 20%",
        "mục tiêu năm 2025 là 50% (mục tiêu quốc gia)",
        "50% (QG)",
        "2.2 Kỹ năng sống: các đơn vị từ cao xuống thấp; chưa ghi mục tiêu (%)",
        "(mục tiêu chưa ghi)",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    let brief = words(&brief(&plan, &told.0, &told.1, true).unwrap().unwrap());
    for wanted in [
        "3 chỉ tiêu chưa ghi mục tiêu",
        "Quyết định mục tiêu của 3 chỉ tiêu",
        "Có 3 chỉ tiêu chưa ghi mục tiêu",
    ] {
        assert!(brief.contains(wanted), "{wanted}\n{brief}");
    }
    for words in [&said, &brief] {
        assert!(!words.contains("mục tiêu năm  là") && !words.contains("là ;"), "{words}");
    }

    // The cards of workbook and brief add up to all indicators.
    let all = told.0.indicators.len();
    for document in [&report, &xhht::report::brief(&plan, &told.0, &told.1, false).unwrap().unwrap()] {
        let cards =
            document.sections.iter().flat_map(|section| &section.blocks).find_map(|block| match block {
                Block::KeyFigures(figures) => Some(figures),
                _ => None,
            });
        let of_indicators =
            cards.unwrap().iter().filter(|card| card.label.to_lowercase().starts_with("chỉ tiêu"));
        // The first card of a brief also says of how many.
        let count = |card: &KeyFigure| {
            let value = format::value(&card.value);
            let (count, of) = value
                .split_once('/')
                .map_or((value.as_str(), all), |(count, of)| (count, of.parse().unwrap()));
            assert_eq!(of, all);
            count.parse::<usize>().unwrap()
        };
        let sum: usize = of_indicators.map(count).sum();
        assert_eq!(sum, all);
    }

    let written: serde_json::Value =
        serde_json::from_slice(&json::write(&plan, &told.0, &[], &json::WrittenFiles::default()).unwrap())
            .unwrap();
    let part =
        |id: &str| written["indicators"].as_array().unwrap().iter().find(|i| i["id"] == id).unwrap().clone();
    let keys = ["verdict", "target", "target_source", "national_target", "national_counted"];
    let told_of = |id: &str| keys.map(|key| part(id)[key].as_str().map(str::to_owned));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(told_of("1.1"), [some("no-target"), None, None, some("70"), some("tỉnh")]);
    assert_eq!(told_of("2.2"), [some("no-target"), None, None, None, None]);
    assert_eq!(told_of("4.1")[1..], [some("40"), some("national"), some("40"), None]);
    assert_eq!(told_of("2.3")[1..], [some("50"), some("plan"), some("50"), None]);
}

#[test]
fn the_workbook_of_open_targets_is_live() {
    let plan = open_plan();
    for silent in [0, 2, 7] {
        let told = year(&plan, 2024, silent, &History::default());
        let report = build(&plan, &told.0, &told.1).unwrap();
        let tables = Tables::of(&report);
        let mut verdicts = 0;
        for (section, table) in report.tables().filter(|(section, _)| section.sheet.is_some()) {
            for row in table.rows.iter().filter(|row| row.cells.len() == table.columns.len()) {
                for cell in &row.cells {
                    let Some(given) = tables.recalculated(cell) else { continue };
                    verdicts += usize::from(given == Given::Words("Chưa ghi mục tiêu".into()));
                    assert!(same(&given, &shown(cell)), "{} {} {}: {given:?}", section.id, table.id, row.id);
                }
            }
        }
        assert!(verdicts >= 6, "three on the sheet of indicators, three on the overview");
    }
}

#[test]
fn all_targets_may_be_open() {
    let open = |entry: &str| without(entry, &["targets", "national", "national-counted"]);
    let ids =
        ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "4.1", "4.2"];
    let approximate = |entry: &str| without(&open(entry), &["approximate"]);
    let changes: Vec<Change<'_>> = ids
        .iter()
        .map(|id| (*id, if *id == "2.3" { &approximate as &dyn Fn(&str) -> String } else { &open }))
        .collect();
    let plan = plan(&changes);
    for silent in [0, 3] {
        let told = year(&plan, 2024, silent, &History::default());
        let told_of = |r: &IndicatorResult| (r.indicator.id.to_string(), r.verdict, r.target);
        // Of 1.2 there is no standard before 2025.
        let is_open = |r: &&IndicatorResult| {
            matches!(r.verdict, Verdict::NoTarget | Verdict::NoData | Verdict::NoStandard)
        };
        let judged = told.0.indicators.iter().filter(|r| !is_open(r));
        assert_eq!(judged.map(told_of).collect::<Vec<_>>(), [], "{silent} silent");
        let brief = brief(&plan, &told.0, &told.1, true).unwrap().unwrap();
        assert!(pdf::write_brief(&brief).unwrap().overflows.is_empty());
        let said = words(&build(&plan, &told.0, &told.1).unwrap());
        assert!(said.contains("0 chỉ tiêu đạt, 0 chỉ tiêu chưa đạt"), "{said}");
    }
}

#[test]
fn a_target_that_is_written_by_hand_would_judge() {
    // What the cell of the verdict does with a number in place of “chưa ghi”, as the calculation has it.
    let plan = open_plan();
    let told = year(&plan, 2024, 0, &History::default());
    let result = of(&told.0, "2.2");
    assert_eq!(result.derived(Derived::Verdict), Outcome::Verdict(Verdict::NoTarget));
    let written = IndicatorResult { target: Some((2025, 1.into())), ..result.clone() };
    assert_eq!(written.derived(Derived::Verdict), Outcome::Verdict(Verdict::Met));
    assert_eq!(result.derived(Derived::Needed), Outcome::Nothing);
}

fn history_of(year: Year, having: i64) -> History {
    let units: Vec<String> = DISTRICTS
        .iter()
        .map(|code| {
            format!(r#"{{"unit": "{code}", "numerator": "{having}", "denominator": "1000", "percent": null, "status": "reported"}}"#)
        })
        .collect();
    let text = format!(
        r#"{{"schema": "xhht/ket-qua/1", "plan": {{"id": "long-an-2021-2030"}}, "year": {year}, "indicators": [
            {{"id": "2.1", "percent": "{}", "by_unit": [{}]}}]}}"#,
        having / 10,
        units.join(",")
    );
    let mut history = History::default();
    history.add(PastYear::read(&text).unwrap());
    history
}

/// Of 2.1 every district but Đức Huệ says 45 %.
fn but_one(plan: &Plan) -> Vec<Received> {
    let mine = |code: &&str| {
        submission_in(2024, plan, code, &[("nltt.dat", count(450)), ("nltt.tong", count(1_000))])
    };
    DISTRICTS.iter().filter(|code| **code != "801").map(mine).collect()
}

#[test]
fn nothing_is_compared_across_a_change_of_definition() {
    let defined = |since: &str| {
        let line = format!("definition-since = {since}\ntargets");
        plan(&[("2.1", &move |entry: &str| entry.replacen("targets", &line, 1))])
    };
    let told = |plan: &Plan| results_in(2024, plan, but_one(plan), &history_of(2023, 400));
    // A change to come changes nothing yet, and of one long past both years are on the same side.
    for since in ["2025", "2022"] {
        let results = told(&defined(since));
        let result = of(&results, "2.1");
        assert_eq!(result.comparison, Comparison::Matched { before: 40.into(), now: 45.into(), units: 14 });
        assert!(result.trajectory.is_some() && result.past[0].breaks.is_none());
        let silent = result.contributions.iter().find(|c| c.term.reporter.as_str() == "801").unwrap();
        assert_eq!(silent.reference.unwrap().source, ReferenceSource::Own(2023));
    }
    let plan = defined("2024");
    let results = told(&plan);
    let result = of(&results, "2.1");
    assert_eq!(result.comparison, Comparison::NotComparable(Difference::Definition));
    assert_eq!((result.change(), result.trajectory.clone(), result.expected), (None, None, None));
    assert_eq!(result.past[0].breaks, Some(Difference::Definition));
    assert!(result.by_unit.iter().all(|unit| unit.last_year.is_none()));
    let silent = result.contributions.iter().find(|c| c.term.reporter.as_str() == "801").unwrap();
    assert_eq!(silent.reference.unwrap().source, ReferenceSource::Plan, "last year counted something else");

    let said = words(&build(&plan, &results, &[]).unwrap());
    for wanted in [
        "Chỉ tiêu 2.1: không so sánh được với các năm trước, định nghĩa thay đổi từ năm 2024.",
        "năm trước 40,00% (không so sánh được: định nghĩa thay đổi từ năm 2024)",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    let brief = words(&brief(&plan, &results, &[], true).unwrap().unwrap());
    assert!(
        brief.contains("Kết quả năm 2023 không so sánh được với năm nay: định nghĩa thay đổi từ năm 2024."),
        "{brief}"
    );
    // The form of the year has nothing of the other definition beside its cells.
    let past = history_of(2023, 400);
    let known = xhht::consolidate::fields_of(&plan, 2024, past.year(2023).unwrap());
    assert!(known.values().all(|fields| fields.is_empty()));
}

#[test]
fn a_baseline_of_another_definition_starts_no_way() {
    let based = |since: &str| {
        let lines = format!("baseline = {{ year = 2022, percent = \"20\" }}\n{since}targets");
        plan(&[("2.1", &move |entry: &str| entry.replacen("targets", &lines, 1))])
    };
    let way = |plan: &Plan| {
        let results = results_in(2024, plan, but_one(plan), &History::default());
        of(&results, "2.1").expected
    };
    // 20 % in 2022 to 50 % in 2025: 40 % in 2024.
    assert_eq!(way(&based("")), Some(40.into()));
    assert_eq!(way(&based("definition-since = 2023\n")), None);
}

#[test]
fn about_belongs_to_the_years_that_say_so() {
    let plan = plan(&[]);
    let wanted = |year: Year| {
        let told = self::year(&plan, year, 0, &History::default());
        words(&build(&plan, &told.0, &told.1).unwrap())
    };
    assert!(wanted(2024).contains("mục tiêu năm 2025 là khoảng 50%"));
    let later = wanted(2030);
    assert!(later.contains("mục tiêu năm 2030 là 60%") && !later.contains("khoảng 60%"));
}

#[test]
fn mistakes_of_targets_are_told() {
    let add = |line: &'static str| move |entry: &str| format!("{entry}\n{line}");
    let one = |id: &'static str, line: &'static str| mistakes(&[(id, &add(line))]);
    assert_eq!(one("4.1", "definition-since = 2031"), [Code::P009]);
    assert_eq!(one("4.1", "definition-since = 2021"), [Code::P009]);
    assert_eq!(one("4.2", "approximate = [2026]"), [Code::P008]);
    assert_eq!(one("4.2", "national = { 2031 = \"50\" }"), [Code::P008]);
    assert_eq!(one("4.2", "national-counted = \"tỉnh\""), [Code::P010]);
    let decision =
        |from: &str, more: &str| format!("\n[[indicator.revised]]\nfrom = \"{from}\"\nact = \"QĐ\"\n{more}");
    let decided = |text: String| mistakes(&[("4.2", &move |entry: &str| format!("{entry}{text}"))]);
    assert_eq!(decided(decision("2027-02-30", "targets = { 2030 = \"60\" }")), [Code::P009]);
    assert_eq!(decided(decision("2031-01-01", "targets = { 2030 = \"60\" }")), [Code::P009]);
    assert_eq!(decided(decision("2027-03-01", "targets = { 2031 = \"60\" }")), [Code::P008]);
    assert_eq!(decided(decision("2027-03-01", "targets = { 2030 = \"160\" }")), [Code::P008]);
    assert_eq!(decided(decision("2027-03-01", "targets = {}")), [Code::P010]);
    assert_eq!(decided(decision("2027-03-01", "")), [Code::P010]);
    let later = decision("2028-03-01", "targets = { 2030 = \"60\" }");
    let earlier = decision("2027-03-01", "targets = { 2030 = \"55\" }");
    assert_eq!(decided(format!("{later}\n{earlier}")), [Code::P009]);
    let nameless = |entry: &str| {
        format!(
            "{entry}\n[[indicator.revised]]\nfrom = \"2027-03-01\"\nact = \" \"\ntargets = {{ 2030 = \"60\" }}"
        )
    };
    assert_eq!(mistakes(&[("4.2", &nameless)]), [Code::P010]);
    // The nation's targets have an act.
    let mut sources = without_rules_of_sizes();
    let (head, rest) = sources.main.text.split_once("[national]\n").unwrap();
    sources.main.text = format!("{head}{}", rest.split_once('\n').unwrap().1);
    let Err(Error::Plan(found)) = Plan::read(&sources) else { panic!("a plan without the act is read") };
    assert!(found.len() == 13 && found.iter().all(|mistake| mistake.code == Code::P010), "{found:?}");
}
