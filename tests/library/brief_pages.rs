//! What a leader finds on the pages of a brief: on the first one how the year stands, what failed and what is open, and what
//! is to be decided; nothing too small to be read; two pages, however many units there are.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop there

use crate::generated_province::country;
use crate::generated_province::made::{Wish, province};
use crate::made_year::{embedded, remembered, results, turned, two_years, usual};
use page::display::{Document, Page, Shape};
use page::overflow::overflows;
use std::fs;
use std::path::Path;
use xhht::check::{Previous, check};
use xhht::consolidate::{Consolidated, History, consolidate};
use xhht::finding::Finding;
use xhht::output::pdf::{layout, write_brief};
use xhht::plan::Plan;
use xhht::report::model::{Block, ChartKind, Report, Row, Table, Words};
use xhht::report::{brief, format};

/// Points.
const SMALLEST: f32 = 11.0;
const DECISIONS: &str = "NỘI DUNG ĐỀ NGHỊ LÃNH ĐẠO QUYẾT ĐỊNH";

/// The words of a page in the order they are drawn, single spaces between them.
fn words(page: &Page) -> String {
    let mut text = String::new();
    for item in &page.items {
        if let Shape::Text(run) = &item.shape {
            text.push_str(&run.text());
            text.push(' ');
        }
    }
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Nothing in a document is smaller than what can be read across a table.
fn can_be_read(document: &Document, what: &str) {
    for page in &document.pages {
        for item in &page.items {
            if let Shape::Text(run) = &item.shape {
                let (size, page) = (run.size, page.number);
                assert!(size >= SMALLEST, "{what}: {size} pt on page {page}: “{}”", run.text());
            }
        }
    }
    assert_eq!(overflows(document), [], "{what}");
}

fn laid_out(
    plan: &Plan,
    year: &(Consolidated, Vec<Finding>),
    sheets: bool,
    what: &str,
) -> (Report, Document) {
    let report = brief(plan, &year.0, &year.1, sheets).unwrap_or_else(|error| panic!("{error}")).unwrap();
    let document = layout::brief(&report).unwrap();
    can_be_read(&document, what);
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tom-tat-{what}.pdf"));
    fs::write(kept, write_brief(&report).unwrap().bytes).unwrap();
    (report, document)
}

/// The points a leader is to decide on, in the fullest wording.
fn points(report: &Report) -> &[Words] {
    let blocks = &report.sections[0].blocks;
    let at = blocks
        .iter()
        .position(|block| matches!(block, Block::Heading { text, .. } if text.contains(DECISIONS)))
        .unwrap();
    match &blocks[at + 1] {
        Block::Points(points) | Block::Dashes(points) => points,
        other => panic!("{other:?}"),
    }
}

/// The three questions have their answers on the first page.
fn answers_on_page_one(results: &Consolidated, report: &Report, document: &Document, what: &str) {
    let first = words(&document.pages[0]);
    let line = bottom_line(report);
    assert!(first.contains(&format!("Trong {} chỉ tiêu:", results.indicators.len())), "{what}: {first}");
    for result in &results.indicators {
        let (id, title) = (&result.indicator.id, &result.indicator.short_title);
        match result.verdict.code() {
            "not-met" => assert!(line.contains(&format!("{id} {title}")), "{what}: {id} in {line}"),
            "depends" => assert!(line.contains(&format!("{id}")), "{what}: {id} in {line}"),
            _ => {}
        }
    }
    if results.indicators.iter().any(|result| !result.depends_on.is_empty()) {
        assert!(line.contains("kết luận còn tùy số liệu của "), "{what}: {line}");
    }
    // Each point begins on the first page, and none goes on overleaf.
    assert!(first.contains(DECISIONS), "{what}: {first}");
    for point in points(report) {
        let words: Vec<&str> = point.split_whitespace().collect();
        for some in [&words[..words.len().min(4)], &words[words.len().saturating_sub(2)..]] {
            assert!(first.contains(&some.join(" ")), "{what}: “{}” of “{point}” in {first}", some.join(" "));
        }
    }
}

/// The line under the key figures.
fn bottom_line(report: &Report) -> &str {
    let blocks = &report.sections[0].blocks;
    let at = blocks.iter().position(|block| matches!(block, Block::KeyFigures(_))).unwrap();
    match &blocks[at + 1] {
        Block::Paragraph(words) => words,
        other => panic!("{other:?}"),
    }
}

/// What a bottom line counts comes to all indicators, and each verdict to what the results say.
fn counts_add_up(results: &Consolidated, line: &str) {
    let (all, parts) = line.split_once(" chỉ tiêu: ").unwrap();
    let mut sum = 0;
    for part in parts.split("; ") {
        let (count, rest) = part.split_once(' ').unwrap();
        let count: usize = count.parse().unwrap_or_else(|_| panic!("{part} in {line}"));
        let verdict = [
            ("đạt", "met"),
            ("chưa đạt", "not-met"),
            ("chưa xác định", "depends"),
            ("chưa có số liệu", "no-data"),
            ("chưa có tiêu chí", "no-standard"),
            ("chưa ghi mục tiêu", "no-target"),
        ]
        .into_iter()
        .find(|(words, _)| rest.starts_with(words))
        .unwrap_or_else(|| panic!("{part} in {line}"));
        let judged = results.indicators.iter().filter(|result| result.verdict.code() == verdict.1).count();
        assert_eq!(count, judged, "{part} in {line}");
        sum += count;
    }
    assert_eq!(all, format!("Trong {sum}"), "{line}");
    assert_eq!(sum, results.indicators.len(), "{line}");
}

/// A year of a made-up province with reports of all kinds, after a year before it.
fn messy(units: usize, year: i32) -> (Plan, (Consolidated, Vec<Finding>)) {
    let made = |year: i32, mess| province(Wish { year, units, seed: 7, mess }, false);
    let before = made(year - 1, 0);
    let (results, findings) = before.consolidated(before.received());
    let mut history = History::default();
    history.add(remembered(&before.plan, &results, &findings));
    let now = made(year, 30);
    // One in eight sends nothing.
    let silent = |i: usize| i % 8 == 3;
    let received = now.received().into_iter().enumerate().filter(|(i, _)| !silent(*i)).map(|(_, file)| file);
    let checked = check(&now.plan, year, now.as_of(), &Previous::new(), received.collect()).unwrap();
    let consolidated = consolidate(&now.plan, &checked.value, now.as_of(), &history);
    let mut findings = checked.findings;
    findings.extend(consolidated.findings);
    findings.sort_by(Finding::order);
    (now.plan, (consolidated.value, findings))
}

#[test]
fn a_brief_of_any_province_is_answered_on_page_one_and_can_be_read() {
    // An ordinary year, the mid-term and the final review.
    for (year, sizes) in [(2026, &[15, 60, 96][..]), (2025, &[15, 96]), (2030, &[60, 96])] {
        for units in sizes.iter().copied() {
            let what = format!("{units}-{year}");
            let (plan, told) = messy(units, year);
            let (report, document) = laid_out(&plan, &told, false, &what);
            assert_eq!(document.pages.len(), 2, "{what}");
            answers_on_page_one(&told.0, &report, &document, &what);
            counts_add_up(&told.0, bottom_line(&report));
            let title = words(&document.pages[0]);
            for (words, of) in [("BÁO CÁO SƠ KẾT", 2025), ("BÁO CÁO TỔNG KẾT", 2030)] {
                assert_eq!(title.contains(words), of == year, "{what}: {title}");
            }
        }
    }
}

#[test]
fn sheets_of_units_can_be_read() {
    let (plan, results, findings) = two_years(7);
    let told = (results, findings);
    let (report, document) = laid_out(&plan, &told, true, "phieu-2024");
    assert_eq!(document.pages.len(), 2 + 15);
    answers_on_page_one(&told.0, &report, &document, "2024");
    counts_add_up(&told.0, bottom_line(&report));
    let (plan, told) = messy(15, 2026);
    laid_out(&plan, &told, true, "phieu-2026");
}

#[test]
fn a_brief_without_anything_open_says_so_and_nothing_else() {
    let plan = embedded();
    let told = results(&plan, 2024, 0, &History::default(), &|i, _, field| usual(i, field, "Đã thực hiện."));
    let (report, document) = laid_out(&plan, &told, false, "du");
    counts_add_up(&told.0, bottom_line(&report));
    assert!(!bottom_line(&report).contains("còn tùy số liệu"), "{}", bottom_line(&report));
    answers_on_page_one(&told.0, &report, &document, "du");
}

/// Where the fullest wording is too long, lists name fewer units; the figures stay what they are.
#[test]
fn a_brief_that_does_not_fit_names_fewer_units() {
    let (plan, (results, findings)) = messy(96, 2030);
    let report = brief(&plan, &results, &findings, false).unwrap().unwrap();
    let said = |blocks: &[Block]| {
        let words = blocks.iter().flat_map(|block| match block {
            Block::Paragraph(words) => vec![words.to_string()],
            Block::Points(points) | Block::Dashes(points) => points.iter().map(Words::to_string).collect(),
            _ => Vec::new(),
        });
        words.collect::<Vec<_>>().join("\n")
    };
    let mut lengths = vec![said(&report.sections[0].blocks).len()];
    lengths.extend(report.shorter.iter().map(|section| said(&section.blocks).len()));
    assert!(lengths.is_sorted_by(|longer, shorter| longer > shorter), "{lengths:?}");
    let shortest = said(&report.shorter.last().unwrap().blocks);
    assert!(shortest.contains(" đơn vị khác"), "{shortest}");
    let tables = |blocks: &[Block]| blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
    for shorter in &report.shorter {
        assert_eq!(tables(&shorter.blocks), tables(&report.sections[0].blocks));
    }
}

/// Many units: only those furthest behind are drawn, and how many are drawn of how many is said.
#[test]
fn of_many_units_those_furthest_behind_are_drawn() {
    for (units, drawn) in [(15, 15), (96, 12)] {
        let (plan, (results, findings)) = messy(units, 2026);
        let report = brief(&plan, &results, &findings, false).unwrap().unwrap();
        let chart = report.sections[0].blocks.iter().find_map(|block| match block {
            Block::Chart(chart) if chart.id == "don-vi" => Some(chart),
            _ => None,
        });
        let chart = chart.unwrap();
        let ChartKind::Tiles(tiles) = &chart.kind else { panic!("{chart:?}") };
        assert_eq!(tiles.len(), drawn);
        let told = chart.caption.contains(&format!("({drawn}/{units} đơn vị, chậm nhất trước)"));
        assert_eq!(told, units > drawn, "{}", chart.caption);
    }
}

/// Communes and wards of one name are told apart.
#[test]
fn a_name_that_several_units_have_is_told_with_its_kind() {
    let mut sources = country::sources(15, 2026, 1);
    let units = sources.others.iter_mut().find(|file| file.name == "don-vi.toml").unwrap();
    // The first two get one name and two kinds; the third another kind still.
    let mut list: toml::Table = units.text.parse().unwrap();
    let of_all = list.get_mut("unit").and_then(toml::Value::as_array_mut).unwrap();
    for (unit, (kind, short)) in of_all.iter_mut().zip([("xã", "Tân Lập"), ("phường", "Tân Lập")]) {
        let unit = unit.as_table_mut().unwrap();
        unit.insert("kind".into(), kind.into());
        unit.insert("short".into(), short.into());
        unit.insert("name".into(), format!("{kind} {short}").into());
    }
    units.text = toml::to_string(&list).unwrap();
    let plan = Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"));
    let (results, findings) =
        results(&plan, 2026, 0, &History::default(), &|i, _, field| usual(i, field, "Đã thực hiện."));
    let report = brief(&plan, &results, &findings, false).unwrap().unwrap();
    let chart = report.sections[0].blocks.iter().find_map(|block| match block {
        Block::Chart(chart) => Some(chart.alternative.as_str()),
        _ => None,
    });
    let told = chart.unwrap();
    assert!(told.contains("Tân Lập (xã): ") && told.contains("Tân Lập (phường): "), "{told}");
}

fn sheet<'a>(report: &'a Report, code: &str) -> &'a Table {
    report.tables().find(|(_, table)| table.id.as_str() == format!("phieu-{code}")).unwrap().1
}

/// The words of a cell.
fn told(row: &Row, at: usize) -> String {
    format::value(&row.cells[at].value).replace('\u{a0}', " ")
}

/// A unit that owes a figure has no place in any indicator, and its sheet says why; what a unit has not reached is told in
/// full.
#[test]
fn a_unit_that_owes_figures_has_no_places() {
    let (plan, (results, findings)) = messy(15, 2026);
    let report = brief(&plan, &results, &findings, true).unwrap().unwrap();
    let (mut with, mut without) = (0, 0);
    for unit in plan.roster_of(2026, &plan.levels[0].id) {
        let sheet = sheet(&report, unit.code.as_str());
        let verdict = sheet.columns.len() - 1;
        let owes =
            |row: &&Row| told(row, verdict).starts_with("Chờ ") || told(row, verdict).starts_with("Chưa ");
        let owed: Vec<String> = sheet
            .rows
            .iter()
            .filter(owes)
            .filter(|row| !["Chưa đạt", "Chưa ghi mục tiêu"].contains(&told(row, verdict).as_str()))
            .map(|row| told(row, 0))
            .collect();
        let has_places = sheet.columns.iter().any(|column| column.title == "Thứ tự");
        assert_eq!(has_places, owed.is_empty(), "{}: {owed:?}", unit.name);
        let note = &sheet.notes[0];
        if has_places {
            with += 1;
            assert!(note.starts_with("Thứ tự: vị trí của đơn vị trong các đơn vị có đủ số liệu"), "{note}");
        } else {
            without += 1;
            let why = format!("đơn vị chưa đủ số liệu của {}/{}", owed.len(), sheet.rows.len());
            assert!(note.contains(&why) && note.contains(&owed.join(", ")), "{owed:?}: {note}");
        }
        for words in sheet.rows.iter().flat_map(|row| (0..=verdict).map(|at| told(row, at))) {
            assert!(!["Chưa", "K", "CĐ"].contains(&words.as_str()), "{words}");
        }
    }
    assert!(with > 0 && without > 0, "{with} {without}");
}

/// Where lower is better the lowest is the first.
#[test]
fn a_sheet_gives_the_first_place_to_the_lowest_where_lower_is_better() {
    let plan = turned();
    let (results, findings) =
        results(&plan, 2024, 0, &History::default(), &|i, _, field| usual(i, field, "Đã thực hiện."));
    let report = brief(&plan, &results, &findings, true).unwrap().unwrap();
    let of = results.indicators.iter().find(|result| result.indicator.id.0 == "2.1").unwrap();
    let mut shares: Vec<_> =
        of.by_unit.iter().filter_map(|unit| Some((unit.share?.percent()?, unit.unit.as_str()))).collect();
    shares.sort();
    let mut seen = 0;
    for (at, (_, code)) in shares.iter().enumerate() {
        let sheet = sheet(&report, code);
        let Some(place) = sheet.columns.iter().position(|column| column.title == "Thứ tự") else {
            continue;
        };
        assert!(sheet.notes[0].contains("(chỉ tiêu càng thấp càng tốt: tỷ lệ thấp nhất là 1)"));
        let row = sheet.rows.iter().find(|row| row.id == "2.1").unwrap();
        let first = shares.iter().position(|(share, _)| *share == shares[at].0).unwrap() + 1;
        assert_eq!(told(row, place), format!("{first}/{}", shares.len()));
        seen += 1;
    }
    assert!(seen > 0);
}
