//! The series over the years, worked out by hand: restatements, breaks, targets of their time, indicators that ended; and
//! the reviews that tell them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::by_hand::{DISTRICTS, count, plan, results_in, submission_in, yes};
use crate::generated_province::sizes::without_rules_of_sizes;
use crate::made_year::{remembered, results, usual};
use crate::reader::words;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use xhht::consolidate::{
    Consolidated, Difference, History, PastYear, Point, Present, Reason, RecordStamp, Series, Source,
    Standing, Verdict,
};
use xhht::domain::{ChangeKind, FieldId, IndicatorId, Ratio, UnitChange, UnitCode};
use xhht::finding::Finding;
use xhht::output::json;
use xhht::plan::Plan;
use xhht::report::model::{Block, ChartKind, Place};
use xhht::report::{brief, build, format};
use xhht::submission::Value;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A closing: its number, its day, by which letter, and why where it is not the first.
fn stamp(part: u32, closed: &str, act: &str, reason: Option<Reason>) -> RecordStamp {
    RecordStamp { part, closed: day(closed), act: Some(act.into()), act_date: Some(day(closed)), reason }
}

/// 2.1 of a year in which each district said that so many of 1 000 have it.
fn people(year: i32, having: [i64; 15]) -> PastYear {
    let unit = |(code, n): (&&str, &i64)| {
        format!(r#"{{"unit": "{code}", "numerator": "{n}", "denominator": "1000", "status": "reported"}}"#)
    };
    let units: Vec<String> = DISTRICTS.iter().zip(&having).map(unit).collect();
    let sum: i64 = having.iter().sum();
    indicator(year, "2.1", sum, 15_000, &units)
}

fn indicator(year: i32, id: &str, n: i64, d: i64, units: &[String]) -> PastYear {
    let percent = Ratio::of(n, d).percent().unwrap();
    let text = format!(
        r#"{{"schema": "xhht/ket-qua/1", "plan": {{"id": "long-an-2021-2030"}}, "year": {year}, "indicators": [
            {{"id": "{id}", "numerator": "{n}", "denominator": "{d}", "percent": "{percent}", "by_unit": [{}]}}]}}"#,
        units.join(",")
    );
    PastYear::read(&text).unwrap()
}

fn sealed(past: PastYear, record: RecordStamp) -> PastYear {
    PastYear { record: Some(record), ..past }
}

fn id(id: &str) -> IndicatorId {
    IndicatorId(id.into())
}

fn series<'a>(results: &'a Consolidated, of: &str) -> &'a Series {
    results.over_years.of(&id(of)).unwrap()
}

fn point<'a>(results: &'a Consolidated, of: &str, year: i32) -> &'a Point {
    series(results, of).point(year).unwrap()
}

fn written(plan: &Plan, results: &Consolidated) -> serde_json::Value {
    serde_json::from_slice(&json::write(plan, results, &[], &json::WrittenFiles::default()).unwrap()).unwrap()
}

#[test]
fn a_restated_year_tells_what_was_published_and_who_went_by_it() {
    // 2022 was closed with 15 × 400 of 1 000: 40 %. Late figures made it 41 % in March 2023, a mistake that was found in
    // March 2024 made it 42 %. The report of 2023 was closed in December 2023, before that; it quoted 41 %.
    let mut history = History::default();
    history.add_replaced(sealed(people(2022, [400; 15]), stamp(1, "2022-12-20", "12/BC-UBND", None)));
    history.add_replaced(sealed(
        people(2022, [410; 15]),
        stamp(2, "2023-03-01", "3/BC-UBND", Some(Reason::LateData)),
    ));
    history.add(sealed(people(2022, [420; 15]), stamp(3, "2024-03-01", "4/BC-UBND", Some(Reason::Error))));
    let of_2023 = stamp(1, "2023-12-19", "99/BC-UBND", None);
    history.add(sealed(people(2023, [430; 15]), of_2023.clone()));
    let plan = plan();
    let now = results_in(2024, &plan, Vec::new(), &history);
    let [restated] = &now.over_years.restated[..] else { panic!("{:?}", now.over_years.restated) };
    assert_eq!((restated.year, &restated.indicator), (2022, &id("2.1")));
    assert_eq!((restated.first.percent, restated.now.percent), (Some(40.into()), Some(42.into())));
    assert_eq!(restated.now.record.as_ref().unwrap().part, 3);
    assert_eq!(restated.quoted_in, [(2023, of_2023)]);
    assert_eq!(point(&now, "2.1", 2022).first_published.as_ref(), Some(&restated.first));
    assert_eq!(point(&now, "2.1", 2023).first_published, None);

    let report = build(&plan, &now, &[]).unwrap();
    let annex = report.sections.iter().find(|section| section.id == "dieu-chinh").unwrap();
    assert!(matches!(annex.place, Place::Annex { .. }) && annex.sheet.is_some());
    let said = words(&report);
    let row = "2022 | 2.1 Năng lực thông tin | 40,00% | 6.000/15.000 | văn bản số 12/BC-UBND ngày 20/12/2022 | 42,00% | 6.300/15.000 | Lần 3: sửa số liệu sai; văn bản số 4/BC-UBND ngày 01/03/2024 | năm 2023 (văn bản số 99/BC-UBND ngày 19/12/2023)";
    assert!(said.contains(row), "{said}");
    let json = written(&plan, &now);
    let part = &json["series"]["restated"][0];
    assert_eq!(
        (&part["first"]["percent"], &part["now"]["record"]["reason"]),
        (&"40".into(), &"error".into())
    );
    assert_eq!(part["quoted_in"][0]["record"]["act"], "99/BC-UBND");
    let of_2_1 = json["series"]["indicators"].as_array().unwrap().iter().find(|i| i["id"] == "2.1").unwrap();
    let status = |year: i32| {
        let points = of_2_1["points"].as_array().unwrap();
        points.iter().find(|point| point["year"] == year).unwrap()["status"].to_string()
    };
    assert_eq!(status(2021), r#"["missing"]"#);
    assert_eq!(status(2022), r#"["restated"]"#);
    assert_eq!(status(2023), r#"["first-published"]"#);
}

#[test]
fn what_a_later_closing_left_alone_was_brought_by_the_one_before() {
    // The third closing of 2022 changed nothing in 2.1.
    let mut history = History::default();
    let late = Some(Reason::LateData);
    history.add_replaced(sealed(people(2022, [400; 15]), stamp(1, "2022-12-20", "1", None)));
    history.add_replaced(sealed(people(2022, [410; 15]), stamp(2, "2023-03-01", "2", late)));
    history.add(sealed(people(2022, [410; 15]), stamp(3, "2024-03-01", "3", Some(Reason::Method))));
    history.add(sealed(people(2023, [430; 15]), stamp(1, "2023-12-19", "4", None)));
    let now = results_in(2024, &plan(), Vec::new(), &history);
    let [restated] = &now.over_years.restated[..] else { panic!("{:?}", now.over_years.restated) };
    assert_eq!(restated.now.record.as_ref().unwrap().part, 2);
    assert_eq!(restated.quoted_in, [], "the report of 2023 already had the figure");
    // And back again to what was first published: nothing is restated.
    history.add(sealed(people(2022, [400; 15]), stamp(3, "2024-03-01", "3", Some(Reason::Error))));
    assert_eq!(results_in(2024, &plan(), Vec::new(), &history).over_years.restated, []);
}

#[test]
fn each_year_says_where_it_is_from() {
    let mut history = History::default();
    let record = stamp(1, "2022-12-20", "12/BC-UBND", None);
    history.add(sealed(people(2022, [400; 15]), record.clone()));
    history.add(people(2023, [430; 15]));
    let plan = plan();
    let now = results_in(2024, &plan, Vec::new(), &history);
    let sources: Vec<(i32, Source)> =
        now.over_years.years.iter().map(|year| (year.year, year.source.clone())).collect();
    assert_eq!(
        sources,
        [(2021, Source::Missing), (2022, Source::Record(record)), (2023, Source::Loose), (2024, Source::Now)]
    );
    // 15 districts and 20 bodies.
    assert_eq!(now.over_years.year(2023).unwrap().roster, Some(35));
    assert_eq!(point(&now, "2.1", 2022).roster, Some(15));
    let said = words(&build(&plan, &now, &[]).unwrap());
    for wanted in [
        "2022 | Hồ sơ chốt lần 1, ngày 20/12/2022, văn bản số 12/BC-UBND ngày 20/12/2022 | 35 | 1/",
        "2023 | Tệp rời, không phải hồ sơ đã chốt | 35",
        "2024 | Năm báo cáo, chưa chốt",
        "Kết quả lấy từ tệp rời chưa qua chốt",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    // Of a year without history that is no review nothing of the kind is said.
    let alone = results_in(2024, &plan, Vec::new(), &History::default());
    assert!(alone.over_years.years.is_empty() && written(&plan, &alone)["series"].is_null());
}

#[test]
fn districts_end_the_line_and_people_stay_people() {
    // All 15 districts in 2024; 60 communes in 2025. 2.1 counts people and everybody reported: the same people. 1.1 counts
    // districts, which communes are not.
    let plan = plan();
    let held: Vec<String> = DISTRICTS
        .iter()
        .map(|code| {
            format!(r#"{{"unit": "{code}", "numerator": "1", "denominator": "1", "status": "reported"}}"#)
        })
        .collect();
    let with_status = |mut past: PastYear| {
        past.indicators.extend(indicator(2024, "1.1", 15, 15, &held).indicators);
        past
    };
    let mut history = History::default();
    history.add(with_status(people(2024, [400; 15])));
    let now = |history: &History| {
        let commune = |code: &str| {
            let values = [("nltt.dat", count(45)), ("nltt.tong", count(100)), ("xmc_md2.dat", yes())];
            submission_in(2025, &plan, code, &values)
        };
        let local = plan.levels[0].id.clone();
        let communes = plan.roster_of(2025, &local);
        results_in(2025, &plan, communes.iter().map(|unit| commune(unit.code.as_str())).collect(), history)
    };
    let results = now(&history);
    for of in ["1.1", "2.1"] {
        assert_eq!(point(&results, of, 2025).cut, Some(Difference::Units), "{of}");
        assert_eq!(point(&results, of, 2025).present, Present::Unchanged);
        assert_eq!(
            (point(&results, of, 2024).roster, point(&results, of, 2025).roster),
            (Some(15), Some(60))
        );
    }
    assert_eq!(point(&results, "2.1", 2024).present, Present::Exact);
    assert_eq!(point(&results, "1.1", 2024).present, Present::NotComparable(Difference::Units));
    assert_eq!(point(&results, "1.1", 2023).standing, Standing::Missing);
    // The chart is cut there and goes on in steps of the targets: 50 % until 2025.
    let report = build(&plan, &results, &[]).unwrap();
    let trends = report.sections.iter().flat_map(|section| &section.blocks).find_map(|block| match block {
        Block::Chart(chart) => match &chart.kind {
            ChartKind::Trends(trends) => Some(trends),
            _ => None,
        },
        _ => None,
    });
    let trend = trends.unwrap().iter().find(|trend| trend.label.starts_with("2.1")).unwrap();
    assert_eq!(trend.points.iter().map(|p| p.cut.is_some()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(trend.targets, [2021, 2022, 2023, 2024, 2025].map(|year| (year, Decimal::from(50))));
    let said = words(&report);
    assert!(
        said.contains("Chỉ tiêu 1.1: kết quả năm 2024 không so sánh được với năm báo cáo (đơn vị thay đổi)."),
        "{said}"
    );
    assert!(
        said.contains("Chỉ tiêu 2.1: kết quả năm 2024 tính theo đơn vị hiện nay vẫn như đã công bố"),
        "{said}"
    );

    // One district was silent in 2024: whose people are lacking in which communes is not known.
    let mut past = people(2024, [400; 15]);
    let of_people = past.indicators.get_mut(&id("2.1")).unwrap();
    of_people.numerators.remove(&UnitCode("794".into()));
    let mut history = History::default();
    history.add(past);
    assert_eq!(point(&now(&history), "2.1", 2024).present, Present::NotComparable(Difference::Units));
}

#[test]
fn a_unit_made_of_whole_others_carries_their_people_and_no_status() {
    // 801 and 802 became one, 801, on the first of January 2024: 60 of 100 and 5 of 300 are 65 of 400.
    let mut plan = plan();
    let from = day("2024-01-01");
    let mut new = plan.units.iter().find(|unit| unit.code.as_str() == "801").unwrap().clone();
    for code in ["801", "802"] {
        let unit = plan.units.iter_mut().find(|unit| unit.code.as_str() == code).unwrap();
        unit.validity.to = from.pred_opt();
    }
    new.validity.from = from;
    plan.units.push(new);
    let code = |code: &str| UnitCode(code.into());
    plan.changes.push(UnitChange {
        date: from,
        kind: ChangeKind::Merge,
        from: vec![code("801"), code("802")],
        to: vec![code("801")],
        act: "Nghị quyết".into(),
        note: None,
    });
    let unit = |code: &str, n: i64, d: i64| {
        format!(r#"{{"unit": "{code}", "numerator": "{n}", "denominator": "{d}", "status": "reported"}}"#)
    };
    let mut past = indicator(2023, "2.1", 65, 400, &[unit("801", 60, 100), unit("802", 5, 300)]);
    past.indicators.extend(indicator(2023, "1.1", 2, 2, &[unit("801", 1, 1), unit("802", 1, 1)]).indicators);
    let mut history = History::default();
    history.add(past);
    let now = results_in(2024, &plan, Vec::new(), &history);
    let [merged] = &series(&now, "2.1").merged[..] else { panic!("one unit was merged") };
    assert_eq!(merged.unit, code("801"));
    assert_eq!(merged.points[&2023].share, Ratio::of(65, 400));
    assert_eq!(merged.points[&2023].of, [code("801"), code("802")]);
    assert!(series(&now, "1.1").merged.is_empty(), "a status is not carried over");
    let said = words(&build(&plan, &now, &[]).unwrap());
    // 65 of 400 are 16,25 %.
    assert!(said.contains("16,25%"), "{said}");
    let json = written(&plan, &now);
    assert!(json["series"]["indicators"].as_array().unwrap().iter().any(|i| i["merged"][0]["unit"] == "801"));
}

/// The embedded plan with the entry of an indicator changed.
fn with_entry(of: &str, change: impl Fn(&str) -> String) -> Plan {
    let mut sources = without_rules_of_sizes();
    let text = &sources.main.text;
    let start = text.find(&format!("[[indicator]]\nid = \"{of}\"")).unwrap();
    let length = text[start..].find("\n\n").unwrap();
    let (entry, rest) = text[start..].split_at(length);
    sources.main.text = format!("{}{}{rest}", &text[..start], change(entry));
    Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

const ACT: &str = "Quyết định số 99/QĐ-UBND ngày 01/3/2027";

#[test]
fn every_year_keeps_the_target_it_was_judged_by() {
    // 2.1 asks for 70 % in 2030 until a decision of March 2027 makes it 80 %. 75 % was enough in 2026 and is not in 2027.
    let plan = with_entry("2.1", |entry| {
        format!(
            "{entry}\n[[indicator.revised]]\nfrom = \"2027-03-01\"\nact = \"{ACT}\"\ntargets = {{ 2030 = \"80\" }}"
        )
    });
    let mut history = History::default();
    for year in [2026, 2027] {
        let mut past = people(year, [750; 15]);
        past.indicators.get_mut(&id("2.1")).unwrap().bounds = None;
        history.add(past);
    }
    let now = results_in(2030, &plan, Vec::new(), &history);
    let judged = |year| (point(&now, "2.1", year).target, point(&now, "2.1", year).verdict);
    assert_eq!(judged(2024).0, Some((2025, 50.into())));
    assert_eq!(judged(2026), (Some((2030, 70.into())), Some(Verdict::Met)));
    assert_eq!(judged(2027), (Some((2030, 80.into())), Some(Verdict::NotMet)));
    let chart = words(&build(&plan, &now, &[]).unwrap());
    assert!(
        chart.contains("mục tiêu 50% (các năm 2021–2025), 70% (năm 2026), 80% (các năm 2027–2030)"),
        "{chart}"
    );
}

#[test]
fn an_indicator_that_ended_keeps_its_place() {
    let plan = with_entry("2.2", |entry| format!("{entry}\nvalid-to = \"2023-12-31\""));
    let mut history = History::default();
    let mut past = people(2023, [400; 15]);
    past.indicators.extend(indicator(2023, "2.2", 300, 1_000, &[]).indicators);
    history.add(past);
    let now = results_in(2025, &plan, Vec::new(), &history);
    assert!(now.indicators.iter().all(|result| result.indicator.id != id("2.2")));
    let places: Vec<&str> = now.over_years.series.iter().map(|s| s.indicator.id.0.as_str()).collect();
    let at = places.iter().position(|place| *place == "2.2").unwrap();
    assert_eq!((places[at - 1], places[at + 1]), ("2.1", "2.3"));
    let ended = series(&now, "2.2");
    assert_eq!((ended.ended, ended.points.last().unwrap().year), (Some(2023), 2023));
    assert_eq!(ended.point(2023).unwrap().percent, Some(30.into()));
    let said = words(&build(&plan, &now, &[]).unwrap());
    assert!(said.contains("2.2 | 2.2 Kỹ năng sống (đến năm 2023) |  |  | 30,00% |  | \n"), "{said}");
    assert!(said.contains("2.2 Kỹ năng sống (đến năm 2023): năm 2023 30,00%"), "{said}");
    let json = written(&plan, &now);
    let part = json["series"]["indicators"].as_array().unwrap().iter().find(|i| i["id"] == "2.2").unwrap();
    assert_eq!(part["ended"], 2023);
}

/// A year of made-up reports, better every year.
fn made(plan: &Plan, year: i32, history: &History) -> (Consolidated, Vec<Finding>) {
    results(plan, year, 0, history, &|i, _, field| usual(i + (year - 2021) as usize, field, "Đã thực hiện."))
}

/// The sum over all units of what a year says in some fields.
fn money(results: &Consolidated, fields: &[&str]) -> Decimal {
    let of_field = |field: &&str| {
        let values = results.reported.get(&FieldId::parse(field).unwrap()).into_iter().flatten();
        values
            .filter_map(|(_, reported)| match reported.value {
                Some(Value::Number(number)) => Some(number),
                _ => None,
            })
            .sum::<Decimal>()
    };
    fields.iter().map(of_field).sum()
}

const SPENT: [&str; 8] = [
    "kp_tw.thuc_hien",
    "kp_tinh.thuc_hien",
    "kp_huyen.thuc_hien",
    "kp_xa.thuc_hien",
    "kp_dn.thuc_hien",
    "kp_nd.thuc_hien",
    "kp_quy.thuc_hien",
    "kp_khac.thuc_hien",
];

#[test]
fn reviews_tell_all_years() {
    let plan = crate::made_year::embedded();
    let mut history = History::default();
    let mut spent: BTreeMap<i32, Decimal> = BTreeMap::new();
    let mut verdicts = [0; 2];
    for year in 2021..=2030 {
        let told = made(&plan, year, &history);
        // What the program itself wrote contradicts itself nowhere.
        let doubts = told.1.iter().filter(|finding| finding.code.to_string().starts_with("K01"));
        assert_eq!(doubts.count(), 0, "{year}: {:?}", told.1);
        spent.insert(year, money(&told.0, &SPENT));
        if year == 2025 {
            let met = |verdict| told.0.indicators.iter().filter(|r| r.verdict == verdict).count();
            verdicts = [met(Verdict::Met), met(Verdict::NotMet)];
        }
        if plan.review(year).is_some() {
            review(&plan, year, &told, &spent, verdicts);
        }
        let record = stamp(1, &format!("{year}-12-20"), &format!("{year}/BC-UBND"), None);
        history.add(sealed(remembered(&plan, &told.0, &told.1), record));
    }
}

fn review(
    plan: &Plan,
    year: i32,
    (results, findings): &(Consolidated, Vec<Finding>),
    spent: &BTreeMap<i32, Decimal>,
    [met, not_met]: [usize; 2],
) {
    let report = build(plan, results, findings).unwrap();
    let said = words(&report);
    let kind = if year == 2025 { "Sơ kết giai đoạn 2021-2025" } else { "Tổng kết thực hiện" };
    assert!(report.letter.subject.contains(kind), "{}", report.letter.subject);
    let annex = report.sections.iter().find(|section| section.id == "qua-cac-nam").unwrap();
    assert_eq!(annex.place, Place::Annex { landscape: true });
    assert_eq!(annex.title, format!("KẾT QUẢ CÁC NĂM GIAI ĐOẠN 2021–{year}"));
    // Nothing is missing of any year that asked.
    for series in &results.over_years.series {
        assert!(series.points.iter().all(|point| point.verdict.is_some()), "{}", series.indicator.id);
    }
    let all: Decimal = spent.range(2021..=year).map(|(_, sum)| *sum).sum();
    let period = format!(
        "Tính chung giai đoạn 2021-{year}, theo số liệu đã có của các năm 2021–{year}, tổng kinh phí thực hiện là {} triệu đồng",
        format::plain(all)
    );
    let before = format!("Số liệu các năm 2021–{} lấy từ hồ sơ đã chốt.", year - 1);
    for wanted in
        [period.as_str(), &before, "được thay bằng 60 xã, phường", "theo số liệu đã có của các năm 2021–"]
    {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    assert!(!said.contains("Không có kết quả"), "{said}");
    let brief = brief(plan, results, findings, false).unwrap().unwrap();
    let brief = words(&brief);
    let title = if year == 2025 { "BÁO CÁO SƠ KẾT" } else { "BÁO CÁO TỔNG KẾT" };
    let title = format!("TÓM TẮT {title} XÂY DỰNG XÃ HỘI HỌC TẬP GIAI ĐOẠN 2021–{year}");
    assert!(brief.contains(&title), "{brief}");
    let json = written(plan, results);
    assert_eq!(json["series"]["review"]["last"], year);
    assert!(json["series"]["indicators"][0]["points"].as_array().unwrap().len() == (year - 2020) as usize);
    assert!(json["series"]["sums"].as_array().unwrap().iter().any(|sum| sum["field"] == "kp_xa.thuc_hien"));
    if year == 2030 {
        // What was said in 2025 stands beside what is said now.
        let then = format!("có {met} chỉ tiêu đạt, {not_met} chỉ tiêu chưa đạt");
        assert!(said.contains("Tại kỳ sơ kết năm 2025") && said.contains(&then), "{then}\n{said}");
        let all = results.over_years.series.len();
        assert!(brief.contains(&format!("Kỳ sơ kết năm 2025 đạt {met}/")), "{all} {brief}");
        assert!(said.contains("Đánh giá của các năm trước ghi như đã công bố"), "{said}");
    }
}

#[test]
fn a_plan_says_itself_which_years_are_reviews() {
    let read = |reviews: &str| {
        let mut sources = without_rules_of_sizes();
        let text = sources.main.text.replacen(
            "\nmilestones = [2025, 2030]\n",
            &format!("\nmilestones = [2025, 2030]\n{reviews}"),
            1,
        );
        sources.main.text = text;
        Plan::read(&sources)
    };
    let plan = read("").unwrap();
    assert_eq!(plan.reviews, [2025, 2030]);
    let plan = read("reviews = [2023, 2030]\n").unwrap();
    assert!(plan.review(2025).is_none() && plan.review(2023).is_some_and(|review| !review.is_final));
    assert!(plan.review(2030).is_some_and(|review| review.is_final && review.first == 2021));
    assert!(read("reviews = [2030, 2025]\n").is_err() && read("reviews = [2031]\n").is_err());
}
