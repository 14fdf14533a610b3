//! What report, brief and unit sheets say is no more than the figures carry: provinces with one gap each, and the words.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::made_year::{embedded, results, usual};
use crate::reader::words;
use xhht::consolidate::{Consolidated, History, Verdict};
use xhht::domain::{FieldKind, Meaning, Unit};
use xhht::finding::Finding;
use xhht::form::Field;
use xhht::plan::Plan;
use xhht::report::{brief, build};
use xhht::submission::Value;

/// The words of the report, and those of the brief with the unit sheets behind it.
struct Said {
    report: String,
    brief: String,
    results: Consolidated,
}

fn said(plan: &Plan, (results, findings): (Consolidated, Vec<Finding>)) -> Said {
    let report = words(&build(plan, &results, &findings).unwrap());
    let brief = words(&brief(plan, &results, &findings, true).unwrap().unwrap());
    Said { report, brief, results }
}

impl Said {
    fn verdict(&self, id: &str) -> Verdict {
        self.results.indicators.iter().find(|result| result.indicator.id.0 == id).unwrap().verdict
    }
}

/// Every unit reports, but for what `changed` says otherwise of a unit and a field.
fn year(year: i32, changed: &dyn Fn(&Unit, &Field) -> Option<Option<Value>>) -> Said {
    let plan = embedded();
    let filled = |i: usize, unit: &Unit, field: &Field| {
        changed(unit, field).unwrap_or_else(|| usual(i, field, "Đã thực hiện."))
    };
    let results = results(&plan, year, 0, &History::default(), &filled);
    said(&plan, results)
}

fn number(n: u64) -> Option<Option<Value>> {
    Some(Some(Value::Number(n.into())))
}

fn choice(field: &Field, means: Meaning) -> Option<Option<Value>> {
    let FieldKind::Choice(list) = &field.kind else { panic!("{} is no list", field.id) };
    let item = list.items.iter().find(|item| item.means == means).unwrap();
    Some(Some(Value::Choice(item.means, item.text.as_str().into())))
}

const ALL: &str = "kết quả dưới đây là kết quả của toàn tỉnh";

#[test]
fn the_whole_province_is_spoken_of_only_while_no_figure_is_missing() {
    let whole = year(2024, &|_, _| None);
    assert!(whole.brief.contains(ALL), "{}", whole.brief);
    assert!(!whole.report.contains("chỉ tiêu thiếu số liệu"), "{}", whole.report);
    assert!(!whole.report.contains("tính khi có đủ số liệu"), "{}", whole.report);

    // Every unit has reported, but more reached it in Tân An than there are.
    let said = year(2024, &|unit, field| match (unit.code.as_str(), field.id.as_str()) {
        ("794", "nltt.dat") => number(1_000_000),
        _ => None,
    });
    assert!(!said.brief.contains(ALL), "{}", said.brief);
    assert!(said.brief.contains("Đã nhận báo cáo của 35/35 đơn vị"), "{}", said.brief);
    for text in [&said.brief, &said.report] {
        assert!(text.contains("Còn 1 chỉ tiêu thiếu số liệu của một số đơn vị"), "{text}");
        assert!(text.contains("cần sửa, giải trình): 2.1."), "{text}");
    }
    assert!(said.report.contains("tính khi có đủ số liệu của 14/15 đơn vị"), "{}", said.report);
    // Its own page says why its figure is not there.
    assert!(said.brief.contains("Chờ sửa lỗi"), "{}", said.brief);
}

#[test]
fn what_is_lacking_is_a_range_while_units_are_silent() {
    // 85 % of 15 are 13. Ten districts say no, five nothing: 5 / 15 at most, so it is not reached; 13 − 5 to 13 are lacking.
    let silent = ["794", "795", "796", "797", "798"];
    let of_five = |unit: &Unit, field: &Field| match field.id.as_str() {
        "pcgd_thcs3.dat" if silent.contains(&unit.code.as_str()) => Some(None),
        "pcgd_thcs3.dat" => choice(field, Meaning::No),
        _ => None,
    };
    let said = year(2024, &of_five);
    assert_eq!(said.verdict("1.5"), Verdict::NotMet);
    assert!(said.report.contains("chưa đạt, còn thiếu từ 8 đến 13 đơn vị"), "{}", said.report);
    assert!(said.report.contains("tính khi có đủ số liệu của 10/15 đơn vị"), "{}", said.report);
    assert!(said.brief.contains("(còn thiếu từ 8 đến 13 đơn vị)"), "{}", said.brief);
    // All of them say no: then it is 13.
    let said = year(2024, &|_, field| match field.id.as_str() {
        "pcgd_thcs3.dat" => choice(field, Meaning::No),
        _ => None,
    });
    assert!(said.report.contains("chưa đạt, còn thiếu 13 đơn vị"), "{}", said.report);
}

#[test]
fn units_that_report_nought_have_not_done_it() {
    // 795 and 796 made 4 and 8 inspections, 794 none; no other unit says.
    let inspections = |unit: &Unit, field: &Field| match (unit.code.as_str(), field.id.as_str()) {
        ("794", "kiem_tra.so_cuoc") => number(0),
        ("795", "kiem_tra.so_cuoc") => number(4),
        ("796", "kiem_tra.so_cuoc") => number(8),
        (_, "kiem_tra.so_cuoc") => Some(None),
        ("794" | "795", "giam_sat.so_cuoc") => number(0),
        (_, "giam_sat.so_cuoc") => Some(None),
        _ => None,
    };
    let said = year(2024, &inspections);
    let told = "2 đơn vị đã tiến hành 12 cuộc kiểm tra trong năm 2024 (theo báo cáo của 3/35 đơn vị)";
    assert!(said.report.contains(told), "{}", said.report);
    let none = "Không có cuộc giám sát nào trong năm 2024 theo báo cáo của 2/35 đơn vị";
    assert!(said.report.contains(none), "{}", said.report);
}

#[test]
fn money_is_of_one_year_and_of_those_who_told_also_in_a_review() {
    // Two communes tell: 100 + 200 of the commune's budget, 50 of the people.
    let money = |unit: &Unit, field: &Field| match (unit.code.as_str(), field.id.as_str()) {
        ("27694", "kp_xa.thuc_hien") => number(100),
        ("27712", "kp_xa.thuc_hien") => number(200),
        ("27712", "kp_nd.thuc_hien") => number(50),
        (_, field) if field.starts_with("kp_") => Some(None),
        _ => None,
    };
    let said = year(2025, &money);
    assert!(said.report.contains("sơ kết"), "{}", said.report);
    let told = "Theo báo cáo của 2/79 đơn vị về riêng năm 2025, tổng kinh phí thực hiện trong năm là 350 triệu đồng, gồm ngân sách nhà nước 300 triệu đồng và nguồn huy động 50 triệu đồng";
    assert!(said.report.contains(told), "{}", said.report);
    assert!(said.report.contains("Ngân sách xã, phường | – | 300 | – | 2"), "{}", said.report);
}

#[test]
fn a_unit_that_answers_without_an_answer_is_not_counted_for_the_province() {
    // Fourteen of fifteen say that 1.1 has no standard, one does not hold it.
    let said = year(2024, &|unit, field| match (unit.code.as_str(), field.id.as_str()) {
        ("808", "xmc_md2.dat") => choice(field, Meaning::No),
        (_, "xmc_md2.dat") => choice(field, Meaning::NoStandard),
        _ => None,
    });
    assert!(!said.brief.contains(ALL), "{}", said.brief);
    assert!(said.report.contains("tính khi có đủ số liệu của 1/15 đơn vị"), "{}", said.report);
    assert!(
        said.report.contains("còn thiếu từ 1 đến 15 đơn vị (khoảng giá trị 0,00–93,33%)"),
        "{}",
        said.report
    );
    assert!(said.brief.contains("14 đơn vị giải trình 14 nội dung"), "{}", said.brief);
    assert_eq!(said.brief.matches("Chờ giải trình").count(), 14, "{}", said.brief);
}

#[test]
fn titles_say_how_many_units_they_are_of() {
    let said = year(2024, &|unit, field| match (unit.code.as_str(), field.id.as_str()) {
        ("794", "gia_dinh.cong_nhan") => Some(None),
        (_, "dong_ho.tong") => Some(None),
        _ => None,
    });
    assert!(said.report.contains("gia đình (theo báo cáo của 14/15 đơn vị)"), "{}", said.report);
    assert!(said.report.contains("Dòng họ học tập: chưa có đơn vị nào báo cáo đủ hai số"), "{}", said.report);
}

/// Who is not in a sum stands under it.
#[test]
fn sums_over_the_units_name_who_is_not_in_them() {
    let lacking = "còn thiếu số của";
    let whole = year(2024, &|_, _| None);
    assert!(!whole.report.contains(lacking), "{}", whole.report);
    let said = year(2024, &|unit, field| {
        let is_left_out = unit.code.as_str() == "803" && matches!(field.id.as_str(), "nltt.dat" | "kns.nu");
        is_left_out.then_some(None)
    });
    let notes: Vec<&str> = said.report.lines().filter(|line| line.contains(lacking)).collect();
    assert_eq!(
        notes,
        [
            "Dòng cộng chỉ gồm số liệu đã có; khi ghi sổ này còn thiếu số của 1 đơn vị: Bến Lức. Cột “Trong đó: nữ” chỉ cộng của những đơn vị có ghi."
        ]
    );
}
