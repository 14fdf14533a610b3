//! A document with a part of every kind, and its fonts.
#![allow(dead_code, missing_docs)] // each test binary uses some of it

use page::compose::{BoxStyle, Composer, TextStyle};
use page::display::{Colour, Document, Item, NodeKind, PageSetup};
use page::flow::{Bookmark, Strip};
use page::grid::{CellDrawing, Grid, GridCell, GridRow, HeadCell};
use page::line::{Setting, Span};
use page::{Face, Fonts, Mention, Properties, Typeface};

pub const TEXT: TextStyle =
    TextStyle { setting: Setting::Justify, before: 6.0, indent: 36.0, ..TextStyle::plain(14.0) };
pub const TURNED: PageSetup =
    PageSetup { width: PageSetup::A4.height, height: PageSetup::A4.width, ..PageSetup::A4 };
pub const FILLER: &str = "Xây dựng xã hội học tập trên địa bàn tỉnh đạt kết quả, nêu ở Phụ lục II. ";

pub fn fonts() -> Fonts {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../../../../templates/fonts/LiberationSerif-Regular.ttf"),
        include_bytes!("../../../../templates/fonts/LiberationSerif-Bold.ttf"),
        include_bytes!("../../../../templates/fonts/LiberationSerif-Italic.ttf"),
        include_bytes!("../../../../templates/fonts/LiberationSerif-BoldItalic.ttf"),
    ];
    Fonts::load(&Typeface::from_files(files, "ăâđêôơư").unwrap()).unwrap()
}

pub fn properties() -> Properties {
    Properties {
        title: "Báo  cáo\nthử <&>".to_owned(),
        author: "Cơ quan".to_owned(),
        language: "vi-VN".to_owned(),
        program: "thử 1".to_owned(),
        moment: "2024-12-05T00:00:00+07:00".parse().unwrap(),
    }
}

/// Text, list and figure, then two annexes with tables.
pub fn document(fonts: &Fonts) -> Document {
    let mut document = Document::default();
    document.add_series(fonts, PageSetup::A4, |composer| {
        title(composer, "Báo cáo", None);
        heading(composer, "I. Kết quả");
        for _ in 0..12 {
            paragraph(composer, &FILLER.repeat(9));
        }
        let list = composer.node(NodeKind::List);
        for label in ["a)", "b)"] {
            composer.labelled_text(list, label, &[Span::new(FILLER, Face::Regular)], &TEXT);
        }
        figure(composer);
    });
    for (mark, words) in ["Phụ lục I", "Phụ lục II"].into_iter().enumerate() {
        document.add_series(fonts, TURNED, |composer| {
            title(composer, words, Some(mark));
            let table = composer.node(NodeKind::Table);
            composer.grid(&grid(60), 12.0, table);
        });
    }
    document.link_mentions(&mentions());
    document
}

pub fn mentions() -> [Mention; 2] {
    [(0, "Phụ lục I"), (1, "Phụ lục II")].map(|(mark, words)| Mention {
        words: words.to_owned(),
        mark,
        description: format!("Chuyển đến {words}"),
    })
}

pub fn title(composer: &mut Composer<'_>, words: &str, mark: Option<usize>) {
    let node = composer.node(NodeKind::Title);
    let style = TextStyle { setting: Setting::Center, keep_next: true, ..TextStyle::plain(16.0) };
    let bookmark = Bookmark { level: 1, title: words.to_owned(), mark };
    composer.text_in_outline(&[Span::new(words, Face::Bold)], &style, node, bookmark);
}

pub fn heading(composer: &mut Composer<'_>, words: &str) {
    let node = composer.node(NodeKind::Heading(1));
    let style = TextStyle { keep_next: true, before: 10.0, ..TextStyle::plain(14.0) };
    let bookmark = Bookmark { level: 2, title: words.to_owned(), mark: None };
    composer.text_in_outline(&[Span::new(words, Face::Bold)], &style, node, bookmark);
}

pub fn paragraph(composer: &mut Composer<'_>, words: &str) {
    let node = composer.node(NodeKind::Paragraph);
    composer.text(&[Span::new(words, Face::Regular)], &TEXT, node);
}

fn figure(composer: &mut Composer<'_>) {
    let figure =
        composer.node(NodeKind::Figure { alternative: "Một thanh, ba phần tư đầy.".to_owned() });
    let bar = Item::rectangle(0.0, 0.0, 150.0, 12.0, Colour::grey(0.4)).in_node(Some(figure));
    let mut items = vec![bar];
    let style = BoxStyle::plain(11.0, Setting::Left);
    items.extend(composer.text_in_box("75%", &style, 156.0, 60.0, figure).0);
    composer.push(Strip { height: 14.0, items, ..Strip::default() });
}

/// A dot before the words of a cell.
struct Dot;

impl CellDrawing for Dot {
    fn room(&self) -> f32 {
        8.0
    }

    fn items(&self, left: f32, _width: f32) -> Vec<Item> {
        vec![Item::rectangle(left, -2.0, 4.0, 4.0, Colour::BLACK)]
    }
}

/// Four columns under a head of two rows.
pub fn grid(rows: usize) -> Grid {
    let span = |text: &str| vec![Span::new(text, Face::Bold)];
    let cell = |text: &str, column: usize, columns: usize, level: usize, levels: usize| HeadCell {
        text: span(text),
        column,
        columns,
        level,
        levels,
    };
    let head = vec![
        cell("Số", 0, 1, 0, 2),
        cell("Đơn vị", 1, 1, 0, 2),
        cell("Kết quả", 2, 2, 0, 1),
        cell("Năm trước", 2, 1, 1, 1),
        cell("Năm nay", 3, 1, 1, 1),
    ];
    let row = |i: usize| {
        let plain = |text: String| GridCell::new(vec![Span::new(text, Face::Regular)]);
        let figure = |text: String| GridCell { setting: Setting::Right, ..plain(text) };
        let number = GridCell { setting: Setting::Center, ..plain(format!("số {i}")) };
        let name = GridCell { drawing: Some(Box::new(Dot)), ..plain(format!("Đơn vị thứ {i}")) };
        let cells = vec![number, name, figure("1.234".to_owned()), figure("84,99%".to_owned())];
        GridRow { cells, ..GridRow::default() }
    };
    Grid { widths: vec![1.0, 4.0, 1.5, 1.5], head, rows: (0..rows).map(row).collect(), dense: false }
}
