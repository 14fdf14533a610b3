//! Where things stand on the page, checked without a PDF.
#![allow(clippy::unwrap_used, missing_docs)] // a test that cannot go on should stop there

use crate::pdf_sample::{self, matrix, report, with_blocks};
use page::display::{Document, MM, Page, Shape, TextRun};
use page::overflow::overflows;
use xhht::output::pdf::layout::document;
use xhht::report::model::{Block, Place, Report, Shown, Table};

fn lay_out(report: &Report) -> Document {
    let document = document(report).unwrap();
    for page in &document.pages {
        stays_inside(page);
    }
    assert_eq!(overflows(&document), [], "the guard sees what the eye would");
    document
}

fn runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| match &item.shape {
        Shape::Text(run) => Some(run),
        _ => None,
    })
}

/// Lines of a page from top to bottom, with spaces between runs far apart.
fn text(page: &Page) -> String {
    let mut runs: Vec<&TextRun> = runs(page).collect();
    runs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut out = String::new();
    let mut last = f32::MIN;
    for run in runs {
        out.push(if run.y - last > 2.0 { '\n' } else { ' ' });
        last = run.y;
        out.push_str(&run.text());
    }
    out
}

/// Nothing but the page number leaves the margins.
fn stays_inside(page: &Page) {
    let setup = page.setup;
    let (left, right) = (setup.left - 0.3, setup.width - setup.right + 0.3);
    let (top, bottom) = (setup.top - 0.3, setup.height - setup.bottom + 0.3);
    let check = |x: f32, y: f32, what: &str| {
        assert!(
            (left..=right).contains(&x) && (top..=bottom).contains(&y),
            "{what} at {x}, {y} on page {}",
            page.number
        );
    };
    for item in &page.items {
        match &item.shape {
            Shape::Text(run) if run.y < setup.top => {
                assert_eq!(run.text(), page.number.to_string(), "only the number stands in the top margin");
                assert!((run.x + run.width() / 2.0 - (left + right) / 2.0).abs() < 0.5, "number not centred");
                assert_eq!(run.size, 13.0);
            }
            Shape::Text(run) => {
                check(run.x, run.y - 0.7 * run.size, &run.text());
                check(run.x + run.width(), run.y + 0.21 * run.size, &run.text());
            }
            Shape::Line { from, to, .. } => {
                check(from.0, from.1, "line");
                check(to.0, to.1, "line");
            }
            Shape::Fill { points, .. } => points.iter().for_each(|p| check(p.0, p.1, "shape")),
            Shape::Link { area, .. } => check(area.0, area.3, "link"),
        }
    }
}

fn table_of(report: &mut Report) -> &mut Table {
    let Block::Table(table) = &mut report.sections[0].blocks[0] else { panic!("a table") };
    table
}

#[test]
fn margins_are_those_of_the_decree() {
    let document = lay_out(&report());
    for page in &document.pages {
        let setup = page.setup;
        assert!(
            (20.0 * MM..=25.0 * MM).contains(&setup.top) && (20.0 * MM..=25.0 * MM).contains(&setup.bottom)
        );
        assert!(
            (30.0 * MM..=35.0 * MM).contains(&setup.left) && (15.0 * MM..=20.0 * MM).contains(&setup.right)
        );
        let sides = [setup.width.min(setup.height) / MM, setup.width.max(setup.height) / MM];
        assert!((sides[0] - 210.0).abs() < 0.01 && (sides[1] - 297.0).abs() < 0.01);
    }
}

#[test]
fn pages_are_numbered_but_the_first_of_each_series() {
    let document = lay_out(&report());
    let starts = document.pages.iter().filter(|p| p.number == 1).count();
    assert_eq!(starts, 4, "the body and three annexes");
    for page in &document.pages {
        let shown: Vec<String> = runs(page).filter(|r| r.y < page.setup.top).map(TextRun::text).collect();
        let expected = if page.number == 1 { Vec::new() } else { vec![page.number.to_string()] };
        assert_eq!(shown, expected);
    }
    assert!(document.pages.iter().any(|p| p.setup.width > p.setup.height), "a landscape annex");
}

#[test]
fn the_frame_reads_as_the_decree_wants() {
    let document = lay_out(&report());
    let first = text(&document.pages[0]);
    for words in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:              /BC-UBND",
        "Long An, ngày 05 tháng 12 năm 2024",
        "BÁO CÁO",
        "Kính gửi: Bộ Giáo dục và Đào tạo",
    ] {
        assert!(first.contains(words), "{words} missing in {first}");
    }
    let body: String =
        document.pages.iter().take_while(|p| !text(p).contains("Phụ lục I\n")).map(text).collect();
    assert!(body.contains("kính báo cáo./."), "the end sign");
    assert!(body.contains("- Lưu: VT, SGDĐT."));
    assert!(body.contains("PHÓ CHỦ TỊCH") && body.contains("Nguyễn Thị Thuận Hòa"));
    let all: String = document.pages.iter().map(text).collect();
    assert!(!all.contains("KHÔNG ĐƯỢC IN"), "sheets of the workbook stay out");
    assert!(all.contains(
        "(Kèm theo Báo cáo số              /BC-UBND ngày 05 tháng 12 năm 2024 của Ủy ban nhân dân tỉnh Long An)"
    ));
    assert!(all.contains("Nêu 40 trong tổng số 128 nhận xét."));
}

#[test]
fn paragraphs_are_justified_with_an_indent() {
    let document = lay_out(&with_blocks(vec![Block::paragraph(
        "Xây dựng xã hội học tập trên địa bàn tỉnh. ".repeat(30),
    )]));
    let page = &document.pages[0];
    let lines: Vec<&TextRun> = runs(page).filter(|r| r.text().contains("xã hội học")).skip(1).collect();
    assert!((lines[0].x - page.setup.left - 12.7 * MM).abs() < 0.01);
    assert!(lines.iter().all(|r| r.size == 14.0));
    let right = page.setup.width - page.setup.right;
    for run in &lines[..lines.len() - 1] {
        let end = run.x + run.width();
        assert!(end <= right + 0.01 && end > right - 0.3, "line ends at {end}, column at {right}");
    }
}

#[test]
fn headings_and_signature_never_stand_alone() {
    for filler in 0..45 {
        let mut blocks = vec![Block::Points(vec!["Một dòng ngắn;".into(); filler])];
        blocks.push(Block::Heading { level: 2, text: "1. Tiêu đề phải đi cùng nội dung".into() });
        blocks.push(Block::Paragraph(
            "Nội dung ngay dưới tiêu đề dài hơn một dòng để chiếm ít nhất hai dòng trên trang giấy này."
                .into(),
        ));
        let document = lay_out(&with_blocks(blocks));
        for page in &document.pages {
            let text = text(page);
            assert_eq!(text.contains("1. Tiêu đề"), text.contains("Nội dung ngay dưới"), "{filler}: {text}");
            assert_eq!(text.contains("PHÓ CHỦ TỊCH"), text.contains("trang giấy này./."), "{filler}: {text}");
        }
    }
}

#[test]
fn a_long_table_repeats_its_head_and_loses_no_row() {
    for rows in [0, 1, 30, 96] {
        let mut report = with_blocks(vec![Block::Table(matrix(rows)), Block::paragraph("Hết")]);
        report.sections[0].place = Place::Annex { landscape: true };
        let document = lay_out(&report);
        let pages: Vec<String> = document.pages.iter().skip(1).map(text).collect();
        let left = document.pages[0].setup.left;
        let numbers: Vec<String> = document
            .pages
            .iter()
            .skip(1)
            .flat_map(runs)
            .filter(|r| r.x < left + 14.0)
            .map(TextRun::text)
            .collect();
        for i in 0..rows {
            assert_eq!(numbers.iter().filter(|n| **n == (i + 1).to_string()).count(), 1, "row {i} of {rows}");
        }
        for page in &pages {
            let has_rows = page.contains("Đạt") || page.contains("Toàn tỉnh");
            assert!(!has_rows || (page.contains("Đơn vị") && page.contains("Mô hình")), "no head: {page}");
        }
    }
}

#[test]
fn an_empty_table_says_so() {
    let mut report = with_blocks(vec![Block::Table(matrix(3))]);
    table_of(&mut report).rows.clear();
    assert!(text(&lay_out(&report).pages[0]).contains("Không có số liệu"));
    table_of(&mut report).columns.clear();
    lay_out(&report);
}

#[test]
fn whatever_was_typed_stays_inside_and_is_shown() {
    let nasty = [
        "chữ ".repeat(5_000),
        "ă".repeat(300),
        "https://example.vn/".to_owned() + &"thu-muc/".repeat(60),
        "😀👨‍👩‍👧 中文測試漢字 \u{0}\u{1}\u{7f}\u{200b}\t tab\r\nxuống dòng\n\n\ncách".to_owned(),
        "Tên đơn vị rất dài ".repeat(7),
        String::new(),
        "\n".to_owned(),
        " ".repeat(50),
    ];
    for text_value in nasty {
        let mut table = matrix(15);
        for row in &mut table.rows {
            if let Some(cell) = row.cells.get_mut(1) {
                cell.value = Shown::Text(text_value.chars().take(900).collect());
            }
        }
        let mut tall = matrix(2);
        tall.rows[0].cells[1].value = Shown::Text(text_value.as_str().into());
        let mut chart = pdf_sample::chart();
        let xhht::report::model::ChartKind::BarsAgainstTarget(bars) = &mut chart.kind else {
            panic!("the sample's chart has bars")
        };
        bars[0].label = text_value.chars().take(120).collect();
        bars[1].printed = text_value.chars().take(120).collect();
        bars[2].value = Some(1_000_000.into());
        let mut findings = pdf_sample::findings(3);
        findings[0].cause = text_value.clone();
        let mut report = with_blocks(vec![
            Block::Heading { level: 1, text: text_value.chars().take(400).collect() },
            Block::paragraph(text_value.clone()),
            Block::Points(vec![text_value.clone().into(); 2]),
            Block::Table(table),
            Block::Table(tall),
            Block::Chart(chart),
            Block::Findings { shown: findings, total: 3, names: std::collections::BTreeMap::new() },
        ]);
        let short: String = text_value.chars().take(120).collect();
        report.letter.issuer = short.clone();
        report.letter.signer = short.clone();
        report.letter.subject = short.clone();
        report.letter.recipients = vec![short; 30];
        let document = lay_out(&report);
        let expected = text_value.chars().filter(|c| *c == 'ă').count();
        let shown = document
            .pages
            .iter()
            .flat_map(runs)
            .flat_map(|r| r.glyphs.iter())
            .filter(|g| g.text == 'ă')
            .count();
        assert!(shown >= expected * 4, "letters are lost: {shown} of {expected} × 4");
    }
}

#[test]
fn every_piece_of_text_belongs_to_the_structure() {
    let document = lay_out(&report());
    for page in &document.pages {
        for item in &page.items {
            if let (None, Shape::Text(run)) = (item.node, &item.shape) {
                // Page numbers and repeated heads only.
                assert!(page.number > 1, "{} is nobody's", run.text());
            }
        }
    }
    assert!(document.nodes.iter().enumerate().all(|(i, n)| n.parent.is_none_or(|p| p < i)));
}

#[test]
fn mentions_of_an_annex_lead_to_it() {
    let document = lay_out(&report());
    let targets: Vec<usize> = document
        .pages
        .iter()
        .flat_map(|p| &p.items)
        .filter_map(|item| match item.shape {
            Shape::Link { to, .. } => Some(to),
            _ => None,
        })
        .collect();
    assert_eq!(targets, [0, 2], "Phụ lục I and Phụ lục III");
}

#[test]
fn what_cannot_fit_is_told() {
    // Sixty columns of five points each cannot hold a letter between their rules.
    let mut wide = matrix(1);
    wide.columns = wide.columns.iter().cycle().take(60).cloned().collect();
    wide.rows[0].cells = wide.rows[0].cells.iter().cycle().take(60).cloned().collect();
    wide.rows.truncate(1);
    let told = overflows(&document(&with_blocks(vec![Block::Table(wide)])).unwrap());
    assert!(told.len() > 60 && told.iter().all(|overflow| overflow.page >= 1), "{told:?}");

    // A head of more lines than the page has.
    let mut report = with_blocks(vec![Block::paragraph("Hết")]);
    report.letter.superior = Some("Cơ quan chủ quản\n".repeat(60));
    let told = overflows(&document(&report).unwrap());
    assert!(told.iter().any(|overflow| overflow.text.contains("QUẢN") && overflow.page == 1), "{told:?}");
}
