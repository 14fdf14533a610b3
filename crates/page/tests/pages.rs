//! Where things stand on pages, checked without a PDF.
#![allow(clippy::unwrap_used, missing_docs)] // a test that cannot go on should stop there

mod sample;

use page::display::{Document, NodeKind, Page, PageSetup, Shape, TextRun};
use page::overflow::overflows;
use page::{Face, Mention};
use sample::{FILLER, document, fonts, grid, heading, mentions, paragraph, title};

fn runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| match &item.shape {
        Shape::Text(run) => Some(run),
        _ => None,
    })
}

/// All text of a page, one run a line, without the number in the top margin.
fn text(page: &Page) -> String {
    runs(page).filter(|run| run.y > page.setup.top).map(|run| run.text() + "\n").collect()
}

fn one_series(fill: impl FnOnce(&mut page::compose::Composer<'_>)) -> Document {
    let mut document = Document::default();
    document.add_series(&fonts(), PageSetup::A4, fill);
    document
}

#[test]
fn everything_stays_inside_and_belongs_to_a_part() {
    let document = document(&fonts());
    assert_eq!(overflows(&document), []);
    for page in &document.pages {
        for item in &page.items {
            if let (None, Shape::Text(run)) = (item.node, &item.shape) {
                assert!(page.number > 1, "{} is no page number and no repeated head", run.text());
            }
        }
    }
    assert!(document.nodes.iter().enumerate().all(|(i, node)| node.parent.is_none_or(|p| p < i)));
}

#[test]
fn pages_are_numbered_from_the_second_of_each_series() {
    let document = document(&fonts());
    assert_eq!(document.pages.iter().filter(|page| page.number == 1).count(), 3);
    assert!(document.pages.iter().any(|page| page.setup.width > page.setup.height), "a turned page");
    for page in &document.pages {
        let numbers: Vec<&TextRun> = runs(page).filter(|run| run.y < page.setup.top).collect();
        let shown: Vec<String> = numbers.iter().map(|run| run.text()).collect();
        let expected = if page.number == 1 { vec![] } else { vec![page.number.to_string()] };
        assert_eq!(shown, expected);
        for run in numbers {
            assert!((run.x + run.width() / 2.0 - page.setup.width / 2.0).abs() < 0.5, "not centred");
            assert_eq!(run.size, page.setup.number_size);
        }
    }
}

#[test]
fn a_heading_never_stands_alone() {
    for filler in 0..50 {
        let document = one_series(|composer| {
            for _ in 0..filler {
                paragraph(composer, "Một dòng.");
            }
            heading(composer, "Tiêu đề");
            paragraph(composer, &FILLER.repeat(3));
        });
        let at = document.pages.iter().position(|page| text(page).contains("Tiêu đề")).unwrap();
        assert!(text(&document.pages[at]).contains("Xây dựng xã hội"), "{filler}");
    }
}

#[test]
fn a_long_table_repeats_its_head_and_loses_no_row() {
    for rows in [0, 1, 40, 200] {
        let document = one_series(|composer| {
            let table = composer.node(NodeKind::Table);
            composer.grid(&grid(rows), 12.0, table);
        });
        let pages: Vec<String> = document.pages.iter().map(text).collect();
        for i in 0..rows {
            let row = format!("số {i}\n");
            assert_eq!(pages.iter().map(|page| page.matches(&row).count()).sum::<usize>(), 1, "{row}");
        }
        assert!(pages.iter().all(|page| page.contains("Năm trước")), "a page without a head");
        assert_eq!(document.nodes.iter().filter(|node| node.kind == NodeKind::HeadRows).count(), 1);
        let body_rows = document.nodes.iter().filter(|node| node.kind == NodeKind::Row).count() - 2;
        assert_eq!(body_rows, rows);
    }
}

#[test]
fn the_last_row_of_a_table_never_stands_alone() {
    let mut cut = 0;
    for (many, filler) in (20..60).flat_map(|many| (0..4).map(move |filler| (many, filler))) {
        let document = one_series(|composer| {
            for _ in 0..filler {
                paragraph(composer, "Một dòng.");
            }
            let table = composer.node(NodeKind::Table);
            composer.grid(&grid(many), 12.0, table);
        });
        let rows = |page: &Page| text(page).matches("Đơn vị thứ").count();
        let of_pages: Vec<usize> = document.pages.iter().map(rows).filter(|rows| *rows > 0).collect();
        cut += usize::from(of_pages.len() > 1);
        assert_eq!(of_pages.iter().sum::<usize>(), many);
        assert!(of_pages.last().is_some_and(|rows| *rows > 1), "{many} rows: {of_pages:?}");
    }
    assert!(cut > 10, "{cut}");
}

#[test]
fn a_part_is_set_as_large_as_fits_and_never_cut() {
    let size_of = |repeated: usize| {
        let mut document = Document::default();
        document.add_series(&fonts(), PageSetup::A4, |composer| paragraph(composer, "Trước."));
        document.add_fitted_series(&fonts(), PageSetup::A4, &[20.0, 14.0, 9.0], 1, |composer, size| {
            let node = composer.node(NodeKind::Paragraph);
            let style = page::compose::TextStyle { size, ..sample::TEXT };
            composer.text(&[page::line::Span::new(FILLER.repeat(repeated), Face::Regular)], &style, node);
        });
        let letters: usize = document.pages.iter().flat_map(runs).map(|run| run.glyphs.len()).sum();
        assert!(letters > repeated * 50, "text is lost");
        assert_eq!(
            document.nodes.iter().filter(|node| node.parent.is_none()).count(),
            2,
            "tries leave nothing"
        );
        (document.pages.len() - 1, runs(&document.pages[1]).next().unwrap().size)
    };
    assert_eq!(size_of(5), (1, 20.0));
    assert_eq!(size_of(40), (1, 14.0));
    let (pages, size) = size_of(300);
    assert!(pages > 1 && size == 9.0, "{pages} pages of {size}");
}

#[test]
fn mentions_in_running_text_lead_to_their_mark() {
    let links = |words: &str, mentions: &[Mention]| {
        let mut document = one_series(|composer| {
            title(composer, "Phụ lục I", Some(0));
            paragraph(composer, words);
        });
        let before: String = document.pages.iter().map(text).collect();
        document.link_mentions(mentions);
        let after: String = document.pages.iter().map(text).collect();
        assert_eq!(before.replace('\n', ""), after.replace('\n', ""), "linking changes no text");
        let items = document.pages.iter().flat_map(|page| &page.items);
        let marks = items.filter_map(|item| match item.shape {
            Shape::Link { to, .. } => Some(to),
            _ => None,
        });
        marks.collect::<Vec<usize>>()
    };
    assert_eq!(links("Xem Phụ lục II, Phụ lục I và Phụ lục I.", &mentions()), [1, 0, 0]);
    assert_eq!(links("Xem Phụ lục III.", &mentions()), [] as [usize; 0]);
    let empty = Mention { words: String::new(), mark: 0, description: String::new() };
    assert_eq!(links("Xem Phụ lục I.", &[empty]), [] as [usize; 0]);
}

#[test]
fn what_cannot_fit_is_told() {
    let document = one_series(|composer| {
        let table = composer.node(NodeKind::Table);
        let mut wide = grid(1);
        // Eighty columns of six points each cannot hold a letter between their rules.
        wide.head.clear();
        wide.widths = vec![1.0; 80];
        let cells = || grid(20).rows.into_iter().flat_map(|row| row.cells);
        wide.rows[0].cells = cells().take(80).collect();
        composer.grid(&wide, 12.0, table);
    });
    let told = overflows(&document);
    assert!(told.len() > 80 && told.iter().all(|overflow| overflow.page >= 1), "{}", told.len());
}

#[test]
fn what_no_face_has_is_shown_and_told() {
    let fonts = fonts();
    let mut document = Document::default();
    document.add_series(&fonts, PageSetup::A4, |composer| paragraph(composer, "Vui 😀, chữ 漢 và 漢"));
    assert_eq!(fonts.missing(), ['漢', '😀']);
    assert_eq!(text(&document.pages[0]).matches('□').count(), 3);
    assert_eq!(fonts.lacking("漢 và chữ"), ['漢']);
}
