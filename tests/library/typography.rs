//! How the official report looks in every size a province has and every kind of year: measured on its pages, for the eye
//! cannot look at all of them.
#![allow(clippy::unwrap_used)] // a test stops where it fails

use crate::generated_province::made::{Wish, province};
use crate::made_year::remembered;
use page::display::{Colour, Document, Item, NodeId, NodeKind, Page, Shape, TextRun};
use page::flow::MOST_EMPTY;
use page::line::WIDEST_SPACE;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use xhht::check::{Previous, check};
use xhht::consolidate::{History, consolidate};
use xhht::finding::Finding;
use xhht::intake;
use xhht::job;
use xhht::output::pdf::layout;
use xhht::plan::{Plan, PlanSources};
use xhht::report;
use xhht::report::model::{Block, ChartKind, Report, Shown};
use xhht::submission::{InputFile, Reader};

/// The years whose reports are looked at: a usual one, a mid-term review, the next plan's targets, the final review.
const REPORTED: [i32; 4] = [2024, 2025, 2026, 2030];

/// A report with what it is called, and how many local units it tells of.
struct Case {
    name: String,
    units: usize,
    report: Report,
    document: Document,
}

/// The sample December, and provinces of every size in years of every kind, mid-term and final reviews among them.
fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let mut cases = vec![case("samples 2024".into(), 15, samples())];
        for units in [15, 60, 96] {
            let mut history = History::default();
            // The years between cost time and show themselves in the smallest province.
            let every = units == 15;
            for year in (2021..=2030).filter(|year| every || REPORTED.contains(year)) {
                let made = province(Wish { year, units, seed: 7, mess: 20 }, true);
                // At first nothing is known of the year before.
                let known = if year > 2024 { history.clone() } else { History::default() };
                let checked =
                    check(&made.plan, year, made.as_of(), &Previous::new(), made.received()).unwrap();
                let mut findings = checked.findings;
                let results = consolidate(&made.plan, &checked.value, made.as_of(), &known);
                findings.extend(results.findings);
                findings.sort_by(Finding::order);
                if REPORTED.contains(&year) {
                    let report = report::build(&made.plan, &results.value, &findings).unwrap();
                    cases.push(case(format!("{units} units {year}"), units, report));
                }
                history.add(remembered(&made.plan, &results.value, &findings));
            }
        }
        cases
    })
}

fn case(name: String, units: usize, report: Report) -> Case {
    let document = layout::document(&report).unwrap();
    Case { name, units, report, document }
}

/// The files of `samples/2024`, read and added up without a program.
fn samples() -> Report {
    let plan = Plan::read(&PlanSources::embedded()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024");
    let reader = Reader::new(&plan);
    let mut received = Vec::new();
    for path in ["", "gui-muon", "so-nganh"].iter().flat_map(|sub| files_of(&folder.join(sub))) {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let file = InputFile { path: name.as_str().into(), sha256: job::digested(&bytes) };
        match intake::read(&bytes, &plan.tabs()) {
            Ok(raw) => received.extend(reader.read_all(Some(2024), file, &raw)),
            Err(unreadable) => received.push(job::refused(file, unreadable.finding(&name))),
        }
    }
    let as_of = chrono::NaiveDate::from_ymd_opt(2024, 12, 16).unwrap();
    let checked = check(&plan, 2024, as_of, &Previous::new(), received).unwrap();
    let mut findings = checked.findings;
    let results = consolidate(&plan, &checked.value, as_of, &History::default());
    findings.extend(results.findings);
    findings.sort_by(Finding::order);
    report::build(&plan, &results.value, &findings).unwrap()
}

/// The files of a folder by name, without the marks that Excel leaves.
fn files_of(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_sent = |path: &PathBuf| path.is_file() && !job::is_lock(&path.to_string_lossy());
    let mut files: Vec<PathBuf> = paths.filter(is_sent).collect();
    files.sort();
    files
}

fn runs(page: &Page) -> impl Iterator<Item = (Option<NodeId>, &TextRun)> {
    page.items.iter().filter_map(|item| match &item.shape {
        Shape::Text(run) => Some((item.node, run)),
        _ => None,
    })
}

fn words(page: &Page) -> String {
    runs(page).map(|(_, run)| run.text() + if run.space.is_some() { " " } else { "" }).collect()
}

/// The parts of a document: body and annexes, each with its pages.
fn parts(document: &Document) -> impl Iterator<Item = &[Page]> {
    document.pages.chunk_by(|_, next| next.number != 1)
}

/// The figure that a node is, or stands in.
fn figure(document: &Document, node: Option<NodeId>) -> Option<NodeId> {
    let mut next = node;
    while let Some(node) = next {
        if matches!(document.nodes[node].kind, NodeKind::Figure { .. }) {
            return Some(node);
        }
        next = document.nodes[node].parent;
    }
    None
}

/// How far down a page is filled.
fn foot(page: &Page) -> f32 {
    let reach = |item: &Item| match &item.shape {
        Shape::Text(run) => run.y,
        Shape::Line { from, to, .. } => from.1.max(to.1),
        Shape::Fill { points, .. } => points.iter().map(|point| point.1).fold(0.0, f32::max),
        Shape::Link { .. } => 0.0,
    };
    page.items.iter().map(reach).fold(0.0, f32::max)
}

/// How the last sentence of a letter begins. It stands on a page with the signature and the recipients, so that more may be
/// left empty before it, points.
const END: &str = "Trên đây là báo cáo";
const MOST_EMPTY_BEFORE_THE_END: f32 = 75.0 / 25.4 * 72.0;

#[test]
fn no_page_is_left_much_emptier_than_needs_be() {
    let mut faults = Vec::new();
    for Case { name, document, .. } in cases() {
        for part in parts(document) {
            for pages in part.windows(2) {
                let [page, next] = pages else { continue };
                let empty = page.setup.height - page.setup.bottom - foot(page);
                let most = if words(next).starts_with(END) { MOST_EMPTY_BEFORE_THE_END } else { MOST_EMPTY };
                if empty > most {
                    let start = |page: &Page| words(page).chars().take(60).collect::<String>();
                    let (part, next) = (start(&part[0]), start(next));
                    faults.push(format!(
                        "{name}, page {} of “{part}”: {empty} pt before “{next}”",
                        page.number
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_line_is_loose() {
    for Case { name, document, .. } in cases() {
        for page in &document.pages {
            for (_, run) in runs(page) {
                let spaces = run.glyphs.iter().filter(|glyph| glyph.text == ' ');
                let width = spaces.map(|glyph| (f32::from(glyph.advance) - glyph.back) * run.size / 1000.0);
                let widest = width.fold(0.0, f32::max);
                assert!(widest <= WIDEST_SPACE + 0.01, "{name}: a space of {widest} in “{}”", run.text());
            }
        }
    }
}

#[test]
fn letters_are_black_but_in_charts() {
    for Case { name, document, .. } in cases() {
        for page in &document.pages {
            for (node, run) in runs(page) {
                let is_black = run.colour == Colour::BLACK || figure(document, node).is_some();
                assert!(is_black, "{name}: “{}” on page {}", run.text(), page.number);
            }
        }
    }
}

#[test]
fn results_by_unit_take_few_pages() {
    for Case { name, units, document, .. } in cases() {
        let part = parts(document).find(|part| words(&part[0]).contains("KẾT QUẢ TỪNG CHỈ TIÊU THEO ĐƠN VỊ"));
        let part = part.unwrap_or_else(|| panic!("{name}: no annex"));
        assert!(part.len() <= if *units == 15 { 1 } else { 3 }, "{name}: {} pages", part.len());
    }
}

#[test]
fn words_of_a_chart_do_not_run_into_one_another() {
    for Case { name, document, .. } in cases() {
        for page in &document.pages {
            let mut boxes: Vec<(NodeId, [f32; 4], String)> = Vec::new();
            for (node, run) in runs(page) {
                let Some(figure) = figure(document, node) else { continue };
                let area = [run.x, run.y - 0.6 * run.size, run.x + run.width(), run.y + 0.1 * run.size];
                for (other, [left, top, right, bottom], text) in &boxes {
                    let apart =
                        area[0] >= *right || area[2] <= *left || area[1] >= *bottom || area[3] <= *top;
                    assert!(apart || *other != figure, "{name}: “{}” and “{text}”", run.text());
                }
                boxes.push((figure, area, run.text()));
            }
        }
    }
}

#[test]
fn the_main_table_has_the_same_columns_every_year() {
    for Case { name, report, .. } in cases() {
        let (_, table) = report.tables().find(|(_, table)| table.id.as_str() == "ket-qua").unwrap();
        let heads: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
        let year = report.letter.year;
        assert_eq!(heads.len(), 7, "{name}: {heads:?}");
        assert_eq!(heads[3], format!("Năm {}", year - 1), "{name}");
        let results = || table.rows.iter().filter_map(|row| row.cells.get(3)).map(|cell| &cell.value);
        let is_known = results().any(|value| matches!(value, Shown::Percent(..)));
        let told = table.notes.iter().any(|note| note.contains("chưa có kết quả của năm trước"));
        assert_eq!(told, !is_known, "{name}");
        assert!(results().count() > 10 && !results().any(|value| *value == Shown::Blank), "{name}");
    }
}

/// Labels and words of the ranking of a mid-term review, told by a plan that names the lowest or does not, while some local
/// units are silent.
fn ranking(names_lowest: bool, silent: usize) -> (Vec<String>, String) {
    let mut made = province(Wish { year: 2025, units: 15, seed: 7, mess: 0 }, true);
    made.plan.names_lowest = names_lowest;
    let mut received = made.received();
    received.drain(..silent);
    let (results, findings) = made.consolidated(received);
    let report = report::build(&made.plan, &results, &findings).unwrap();
    let mut blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let ranked = |block: &Block| match block {
        Block::Chart(chart) if chart.id == "xep-hang" => Some(chart.clone()),
        _ => None,
    };
    let chart = blocks.find_map(ranked).unwrap();
    let ChartKind::Ranks(ranks) = &chart.kind else { panic!("{:?}", chart.kind) };
    let labels = ranks.iter().map(|rank| rank.label.clone()).collect();
    (labels, format!("{} {}", chart.caption, chart.alternative))
}

#[test]
fn the_plan_says_whether_the_ranking_names_the_lowest() {
    let (all, told) = ranking(true, 0);
    assert_eq!(all.len(), 15);
    assert!(all.iter().all(|name| told.contains(name)));
    assert!(told.contains("chưa đạt mức mục tiêu chung, năm 2025"), "{told}");

    let (few, told) = ranking(false, 0);
    let (places, named): (Vec<&String>, Vec<&String>) = few.iter().partition(|label| !all.contains(label));
    assert!((5..=8).contains(&named.len()), "a third, or whoever stands with the last of them: {named:?}");
    assert_eq!(places.last().unwrap().as_str(), "Đơn vị xếp cuối (thứ 15/15)");
    // Whom it does not name in the drawing, it does not name in its words.
    let lowest = all.iter().take(7);
    for name in lowest {
        assert!(!few.contains(name) && !told.contains(&format!("{name}:")), "{name}: {told}");
    }
    assert!(told.contains("theo số chỉ tiêu đã đạt mức mục tiêu chung, năm 2025"), "{told}");
}

/// Nobody is behind whose report has not come: it has no place, not the last one.
#[test]
fn units_that_are_silent_have_no_place_in_the_ranking() {
    let silent = "năm 2025; không xếp 3 đơn vị chưa có số liệu";
    let (all, told) = ranking(true, 3);
    assert_eq!(all.len(), 12);
    assert!(told.contains(silent), "{told}");
    let (few, told) = ranking(false, 3);
    assert_eq!(few.last().unwrap(), "Đơn vị xếp cuối (thứ 12/12)");
    assert!(told.contains("xếp đầu trong 12 đơn vị") && told.contains(silent), "{told}");
}
