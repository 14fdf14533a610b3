//! The leadership brief and the official report over whole years: as many pages as promised, true sentences, and nothing
//! that senders write can break them. The pages are left in the test's folder, to be looked at.
#![allow(clippy::unwrap_used, missing_docs)] // a test that cannot go on should stop there

use crate::made_year::{embedded, equal_labels, plan_with, remembered, results, two_years, usual};
use page::display::{Document, Page, Shape};
use page::overflow::overflows;
use std::fs;
use std::path::Path;
use xhht::consolidate::{Consolidated, History};
use xhht::finding::Finding;
use xhht::output::pdf::{Pdf, layout, write, write_brief};
use xhht::plan::Plan;
use xhht::report::model::{Block, Report, Shown};
use xhht::report::{brief, build};
use xhht::submission::Value;

fn keep(name: &str, pdf: &Pdf) {
    fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), &pdf.bytes).unwrap();
}

/// Every word of a document, in the order it is drawn.
fn text(document: &Document) -> String {
    let mut text = String::new();
    for item in document.pages.iter().flat_map(|page| &page.items) {
        if let Shape::Text(run) = &item.shape {
            text.push_str(&run.text());
            text.push(' ');
        }
    }
    text
}

/// Nothing but page numbers leaves the margins.
fn stays_inside(page: &Page) {
    let setup = page.setup;
    let (left, right) = (setup.left - 0.5, setup.width - setup.right + 0.5);
    let (top, bottom) = (setup.top - 0.5, setup.height - setup.bottom + 0.5);
    for item in &page.items {
        let points = match &item.shape {
            Shape::Text(run) if run.y < setup.top => continue,
            Shape::Text(run) => vec![(run.x, run.y - 0.7 * run.size), (run.x + run.width(), run.y)],
            Shape::Line { from, to, .. } => vec![*from, *to],
            Shape::Fill { points, .. } => points.clone(),
            Shape::Link { .. } => continue,
        };
        for (x, y) in points {
            let inside = (left..=right).contains(&x) && (top..=bottom).contains(&y);
            assert!(inside, "{:?} at {x}, {y} on page {}", item.shape, page.number);
        }
    }
}

fn whole(document: Document) -> Document {
    document.pages.iter().for_each(stays_inside);
    assert_eq!(overflows(&document), [], "the guard sees what the eye would");
    document
}

fn brief_of(plan: &Plan, results: &Consolidated, findings: &[Finding], sheets: bool) -> (Report, Document) {
    let report = brief(plan, results, findings, sheets).unwrap_or_else(|error| panic!("{error}")).unwrap();
    let document = whole(layout::brief(&report).unwrap());
    (report, document)
}

#[test]
fn a_brief_has_two_pages_and_a_sheet_for_each_local_unit_one() {
    let (plan, results, findings) = two_years(7);
    let (_, alone) = brief_of(&plan, &results, &findings, false);
    assert_eq!(alone.pages.len(), 2);
    let (report, document) = brief_of(&plan, &results, &findings, true);
    assert_eq!(document.pages.len(), 2 + 15);
    keep("tom-tat-2024.pdf", &write_brief(&report).unwrap());
    assert!(document.pages[2..].iter().all(|page| page.number == 1), "each sheet is a page of its own");
    for unit in plan.roster_of(2024, &plan.levels[0].id) {
        assert!(text(&document).contains(&unit.short_name), "{}", unit.name);
    }
}

#[test]
fn a_brief_says_what_is_missing_and_what_changed() {
    let (plan, results, findings) = two_years(7);
    let (_, document) = brief_of(&plan, &results, &findings, false);
    let text = text(&document);
    let missing = results.units.len() - results.units.iter().filter(|unit| !unit.files.is_empty()).count();
    assert!(missing > 0);
    for words in [
        "Số liệu thiếu không được tính là 0".to_owned(),
        "THAY ĐỔI SO VỚI NĂM 2023".to_owned(),
        "chỉ tiêu so sánh được".to_owned(),
        format!("Đôn đốc {missing} đơn vị"),
        "chưa báo cáo".to_owned(),
    ] {
        assert!(text.contains(&words), "“{words}” is not in {text}");
    }
    // Every verdict stands beside its indicator.
    for result in &results.indicators {
        assert!(text.contains(&result.indicator.id.0));
    }
}

#[test]
fn a_brief_of_a_complete_first_year_claims_nothing_it_cannot_know() {
    let plan = embedded();
    let (results, findings) =
        results(&plan, 2024, 0, &History::default(), &|i, _, field| usual(i, field, "Đã thực hiện."));
    let text = text(&brief_of(&plan, &results, &findings, false).1);
    assert!(text.contains("Chưa có kết quả năm 2023 để so sánh."), "{text}");
    assert!(text.contains("kết quả dưới đây là kết quả của toàn tỉnh"), "{text}");
    assert!(!text.contains("So năm trước") && !text.contains("Khoảng giá trị"), "empty columns are left out");
    assert!(!text.contains("Đôn đốc"), "{text}");
}

#[test]
fn ninety_six_units_still_fit_two_pages() {
    let plan = plan_with(96, |i| format!("Bình Hiệp {i}"));
    let (results, findings) =
        results(&plan, 2027, 9, &History::default(), &|i, _, field| usual(i, field, "Đã thực hiện."));
    let (report, document) = brief_of(&plan, &results, &findings, true);
    assert_eq!(document.pages.len(), 2 + 96);
    keep("tom-tat-96.pdf", &write_brief(&report).unwrap());
    let official = build(&plan, &results, &findings).unwrap();
    whole(layout::document(&official).unwrap());
    keep("bao-cao-96.pdf", &write(&official).unwrap());
}

/// What no clerk would send, and everybody's computer lets through.
fn bad_words() -> Vec<String> {
    vec![
        "Nội dung rất dài. ".repeat(1_200),
        "ă".repeat(300),
        "Vui 😀👨‍👩‍👧, chữ Hán 漢字測試, tiếng Ả Rập مرحبا بالعالم, Do Thái שלום".to_owned(),
        "Điều khiển \u{1}\u{7}\u{1b}[31m\u{202e}đảo chiều\u{202c} hết".to_owned(),
        "# I. KHÔNG PHẢI MỤC\n[[bang:danh-gia]]\n{{ nam }} {% raw %}".to_owned(),
        "= Không phải tiêu đề".to_owned(),
    ]
}

#[test]
fn nothing_that_senders_write_breaks_a_page() {
    let plan =
        plan_with(12, |i| "Tên dài ".repeat(15).chars().take(116).collect::<String>() + &format!(" {i}"));
    let words = bad_words();
    let (results, findings) = results(&plan, 2027, 5, &History::default(), &|i, _, field| {
        // Not in every field: laying out millions of letters proves nothing more.
        let bad = field.id.as_str().ends_with("ket_qua") || field.id.as_str().ends_with("gia_tri");
        usual(i, field, if bad { &words[i % words.len()] } else { "" })
    });
    let official = build(&plan, &results, &findings).unwrap();
    let document = whole(layout::document(&official).unwrap());
    let body = text(&document);
    // Forty thousand letters a field and unit: all of them are there.
    let letters = body.chars().filter(|c| *c == 'ă').count();
    assert!(letters >= 300, "{letters}");
    let headings = official.sections.iter().flat_map(|section| &section.blocks);
    assert!(
        headings.filter(|b| matches!(b, Block::Heading { text, .. } if text.contains("KHÔNG PHẢI"))).count()
            == 0,
        "a sender's words pass for a heading"
    );
    let written = write(&official).unwrap();
    assert!(written.missing_glyphs.contains(&'漢') && written.missing_glyphs.contains(&'😀'));
    keep("bao-cao-xau.pdf", &written);
    let (report, _) = brief_of(&plan, &results, &findings, true);
    keep("tom-tat-xau.pdf", &write_brief(&report).unwrap());
}

#[test]
fn a_year_without_units_or_words_is_laid_out() {
    let plan = plan_with(0, |_| String::new());
    let (results, findings) = results(&plan, 2027, 1, &History::default(), &|_, _, _| None);
    assert!(results.indicators.iter().all(|result| result.percent().is_none()));
    let (report, document) = brief_of(&plan, &results, &findings, true);
    assert!(document.pages.len() <= 2);
    keep("tom-tat-0.pdf", &write_brief(&report).unwrap());
    let official = build(&plan, &results, &findings).unwrap();
    whole(layout::document(&official).unwrap());
    keep("bao-cao-0.pdf", &write(&official).unwrap());
}

#[test]
fn an_empty_report_in_every_unit_is_laid_out() {
    let plan = embedded();
    let (results, findings) = results(&plan, 2024, 0, &History::default(), &|i, _, field| {
        usual(i, field, "").filter(|v| matches!(v, Value::Choice(..)))
    });
    let (_, document) = brief_of(&plan, &results, &findings, true);
    assert_eq!(document.pages.len(), 2 + 15);
}

#[test]
fn the_same_brief_gives_the_same_bytes() {
    let (plan, results, findings) = two_years(7);
    let report = brief(&plan, &results, &findings, true).unwrap().unwrap();
    assert!(write_brief(&report).unwrap().bytes == write_brief(&report).unwrap().bytes);
}

#[test]
fn the_mid_term_and_the_final_review_have_their_own_outline() {
    let plan = embedded();
    let words = "Đã hoàn thành.";
    let (before, told) =
        results(&plan, 2024, 0, &History::default(), &|i, _, field| usual(i + 1, field, words));
    let mut history = History::default();
    history.add(remembered(&plan, &before, &told));
    for (year, has, has_not) in [
        (2024, ["VI. PHƯƠNG HƯỚNG NĂM 2025", "1. Kết quả đạt được"], "mục tiêu của giai đoạn"),
        (2025, ["GIAI ĐOẠN 2026-2030", "1. Kết quả so với mục tiêu của giai đoạn"], "PHƯƠNG HƯỚNG NĂM"),
        (2030, ["PHƯƠNG HƯỚNG SAU NĂM 2030", "V. ĐÁNH GIÁ CHUNG"], "GIAI ĐOẠN 2031"),
    ] {
        let (results, findings) = results(&plan, year, 8, &history, &|i, _, field| usual(i, field, words));
        let report = build(&plan, &results, &findings).unwrap();
        let text = text(&whole(layout::document(&report).unwrap()));
        has.iter().for_each(|words| assert!(text.contains(words), "{year}: “{words}” is not in {text}"));
        assert!(!text.contains(has_not), "{year}: “{has_not}”");
        let kinds = [(2025, "Sơ kết giai đoạn 2021-2025"), (2030, "Tổng kết thực hiện")];
        for (of, subject) in kinds {
            assert_eq!(report.letter.subject.starts_with(subject), of == year, "{year}");
        }
        // Every indicator that is not reached is named with what it lacks.
        for result in results.indicators.iter().filter(|result| result.verdict.code() == "not-met") {
            assert!(text.contains(&result.indicator.short_title), "{year}");
        }
        keep(&format!("bao-cao-{year}.pdf"), &write(&report).unwrap());
        let (report, document) = brief_of(&plan, &results, &findings, false);
        keep(&format!("tom-tat-{year}-khac.pdf"), &write_brief(&report).unwrap());
        assert_eq!(document.pages.len(), 2);
    }
}

/// A figure that was sent and is kept out is not one that was never sent.
#[test]
fn a_unit_sheet_says_why_a_figure_is_not_judged() {
    let plan = embedded();
    let (results, findings) = results(&plan, 2024, 7, &History::default(), &|i, _, field| {
        let too_many = i == 0 && field.id.as_str() == "nltt.dat";
        if too_many { Some(Value::Number(9_999_999.into())) } else { usual(i, field, "") }
    });
    let report = brief(&plan, &results, &findings, true).unwrap().unwrap();
    assert_eq!(verdict_of(&plan, &report, 0, "2.1"), "Chờ sửa lỗi");
    assert_eq!(verdict_of(&plan, &report, 6, "2.1"), "Chưa báo cáo");
}

/// What the sheet of a unit says of an indicator.
fn verdict_of(plan: &Plan, report: &Report, unit: usize, indicator: &str) -> String {
    let code = &plan.roster(2024)[unit].code;
    let (_, table) = report.tables().find(|(_, table)| table.id.as_str() == format!("phieu-{code}")).unwrap();
    let row = table.rows.iter().find(|row| row.id == indicator).unwrap();
    match &row.cells.last().unwrap().value {
        Shown::Text(words) => words.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Two indicators whose figures have one label: what is wrong with one is not said of the other.
#[test]
fn a_unit_sheet_tells_figures_of_one_label_apart() {
    let plan = equal_labels();
    let (results, findings) =
        results(&plan, 2024, 0, &History::default(), &|i, _, field| match field.id.as_str() {
            "nltt.dat" if i == 0 => None,
            "kns.dat" if i == 0 => Some(Value::Number(9_999_999.into())),
            _ => usual(i, field, ""),
        });
    let report = brief(&plan, &results, &findings, true).unwrap().unwrap();
    assert_eq!(verdict_of(&plan, &report, 0, "2.1"), "Chưa báo cáo");
    assert_eq!(verdict_of(&plan, &report, 0, "2.2"), "Chờ sửa lỗi");
}
