//! Makes a small tagged PDF/A: a title, text, a list, a table, a figure, and an annex on a turned page with a link to it.
//!
//!     cargo run -p page --example notice -- notice.pdf

use page::compose::{BoxStyle, Composer, TextStyle};
use page::display::{Colour, Document, Item, NodeKind, PageSetup};
use page::flow::{Bookmark, Strip};
use page::grid::{Grid, GridCell, GridRow, HeadCell};
use page::line::{Setting, Span};
use page::{Face, Fonts, Mention, Properties, Typeface};
use std::error::Error;

const TEXT: TextStyle = TextStyle { setting: Setting::Justify, before: 6.0, ..TextStyle::plain(13.0) };
const TITLE: TextStyle = TextStyle { setting: Setting::Center, keep_next: true, ..TextStyle::plain(16.0) };
/// The mark that links to the annex lead to.
const ANNEX: usize = 0;

fn main() -> Result<(), Box<dyn Error>> {
    let target = std::env::args().nth(1).ok_or("usage: notice TARGET.pdf")?;
    let fonts = Fonts::load(&liberation_serif()?)?;
    let mut document = Document::default();
    document.add_series(&fonts, PageSetup::A4, notice);
    let turned = PageSetup { width: PageSetup::A4.height, height: PageSetup::A4.width, ..PageSetup::A4 };
    document.add_series(&fonts, turned, annex);
    document.link_mentions(&[Mention {
        words: "Phụ lục".to_owned(),
        mark: ANNEX,
        description: "Chuyển đến Phụ lục".to_owned(),
    }]);
    let overflows = page::overflow::overflows(&document);
    if !overflows.is_empty() {
        return Err(format!("does not fit: {overflows:?}").into());
    }
    let properties = Properties {
        title: "Thông báo".to_owned(),
        author: "Văn phòng".to_owned(),
        language: "vi-VN".to_owned(),
        program: "notice".to_owned(),
        moment: "2024-12-05T00:00:00+07:00".parse()?,
    };
    std::fs::write(target, page::write(&document, &fonts, &properties)?)?;
    Ok(())
}

fn liberation_serif() -> Result<Typeface, Box<dyn Error>> {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../../../templates/fonts/LiberationSerif-Regular.ttf"),
        include_bytes!("../../../templates/fonts/LiberationSerif-Bold.ttf"),
        include_bytes!("../../../templates/fonts/LiberationSerif-Italic.ttf"),
        include_bytes!("../../../templates/fonts/LiberationSerif-BoldItalic.ttf"),
    ];
    Ok(Typeface::from_files(files, "ăâđêôơư")?)
}

fn notice(composer: &mut Composer<'_>) {
    title(composer, "THÔNG BÁO", None);
    let paragraph = composer.node(NodeKind::Paragraph);
    let words = "Cuộc họp ngày 05 tháng 12 năm 2024 dời sang buổi chiều; phòng họp nêu ở Phụ lục. Đại biểu mang theo:";
    composer.text(&[Span::new(words, Face::Regular)], &TEXT, paragraph);
    let list = composer.node(NodeKind::List);
    for (label, point) in [("a)", "báo cáo của đơn vị;"), ("b)", "ý kiến bằng văn bản.")] {
        composer.labelled_text(list, label, &[Span::new(point, Face::Regular)], &TEXT);
    }
    composer.space_after_last(10.0);
    share(composer, 0.72);
}

/// A bar with its figure: drawn, named for who cannot see it, read as one.
fn share(composer: &mut Composer<'_>, share: f32) {
    let percent = format!("{:.0}%", 100.0 * share);
    let alternative = format!("Tỷ lệ đơn vị đã đăng ký: {percent}.");
    let figure = composer.node(NodeKind::Figure { alternative });
    let (height, full) = (14.0, composer.width * 0.6);
    let mut items = vec![
        Item::rectangle(0.0, 0.0, full, height, Colour::grey(0.9)),
        Item::rectangle(0.0, 0.0, full * share, height, Colour::grey(0.3)),
    ];
    items.iter_mut().for_each(|item| item.node = Some(figure));
    let style = BoxStyle::plain(11.0, Setting::Left);
    items.extend(composer.text_in_box(&percent, &style, full + 6.0, 60.0, figure).0);
    composer.push(Strip { height, items, ..Strip::default() });
}

fn annex(composer: &mut Composer<'_>) {
    title(composer, "Phụ lục", Some(ANNEX));
    let table = composer.node(NodeKind::Table);
    let bold = |text: &str| vec![Span::new(text, Face::Bold)];
    let plain = |text: &str| GridCell::new(vec![Span::new(text, Face::Regular)]);
    let head = ["Phòng", "Giờ"].iter().enumerate().map(|(column, text)| HeadCell {
        text: bold(text),
        column,
        columns: 1,
        level: 0,
        levels: 1,
    });
    let rows = [("Hội trường A", "14 giờ"), ("Phòng 203", "16 giờ")].map(|(room, hour)| GridRow {
        cells: vec![plain(room), GridCell { setting: Setting::Center, ..plain(hour) }],
        ..GridRow::default()
    });
    let grid = Grid { widths: vec![3.0, 1.0], head: head.collect(), rows: rows.into(), dense: false };
    composer.grid(&grid, 12.0, table);
}

fn title(composer: &mut Composer<'_>, words: &str, mark: Option<usize>) {
    let node = composer.node(NodeKind::Title);
    let bookmark = Bookmark { level: 1, title: words.to_owned(), mark };
    composer.text_in_outline(&[Span::new(words, Face::Bold)], &TITLE, node, bookmark);
    composer.space_after_last(12.0);
}
