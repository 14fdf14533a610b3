//! The styles of the report: the letters and measures of Nghị định 30/2020, under the names a secretary looks for.

use crate::output::pdf::style::{BODY, CAPTION, HEADING, NOTE, PARAGRAPH};
use page::display::Colour;
use std::collections::BTreeSet;
use word::{Align, Letters, Lines, ParagraphStyle, TableStyle};

/// The decree's typeface.
pub const FAMILY: &str = "Times New Roman";

/// Ruled tables of figures and findings.
pub const RULED: &str = "RuledTable";
/// Tables that only place what stands side by side.
pub const PLACING: &str = "PlacingTable";
/// Key figures in boxes.
pub const BOXES: &str = "BoxTable";

/// Room around what stands in a cell of a ruled table, across and down.
pub const PAD: (f32, f32) = (2.7, 2.4);
/// The same across in heads, which may come nearer to the rules.
pub const HEAD_PAD: f32 = 1.2;
/// Size of the state's name, the bodies' names and the document number.
pub const HEAD: f32 = 13.0;
/// Room for a signature.
const SIGNATURE: f32 = 72.0;
const PAGE_NUMBER: f32 = 13.0;

/// A size of letters in tables, in half points.
pub type HalfPoints = u16;

/// The style of words in a table whose text is of a size.
pub fn table_text(size: HalfPoints) -> String {
    format!("TableText{size}")
}

/// The style of its heads.
pub fn table_head(size: HalfPoints) -> String {
    format!("TableHead{size}")
}

/// A size in half points.
pub fn half_points(size: f32) -> HalfPoints {
    (size * 2.0).round() as HalfPoints
}

/// A colour of the pages as one of the document; black is the usual one.
pub fn colour(colour: Colour) -> Option<word::Colour> {
    let part = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    (colour != Colour::BLACK).then(|| shade(colour, part))
}

fn shade(Colour(red, green, blue): Colour, part: impl Fn(f32) -> u8) -> word::Colour {
    word::Colour(part(red), part(green), part(blue))
}

/// Styles of tables.
pub fn of_tables() -> Vec<TableStyle> {
    let style = |id: &'static str, name: &'static str, rules: Option<f32>, pad: (f32, f32)| TableStyle {
        id: id.into(),
        name: name.into(),
        rules,
        pad,
    };
    vec![
        style("TableNormal", "Normal Table", None, (5.4, 0.0)),
        style(PLACING, "Bảng không kẻ", None, (0.0, 0.0)),
        style(RULED, "Bảng số liệu", Some(0.5), PAD),
        style(BOXES, "Ô số liệu chính", Some(0.5), (5.0, 5.0)),
    ]
}

/// Styles of paragraphs, those of tables in the sizes that occur.
pub fn of_paragraphs(sizes: &BTreeSet<HalfPoints>) -> Vec<ParagraphStyle> {
    let mut styles = of_letter();
    styles.extend(of_text());
    for size in sizes {
        let points = Letters { size: Some(f32::from(*size) / 2.0), ..Letters::default() };
        // A comma would part the name from another one of the same style.
        let shown = format!("{}{}", size / 2, if size % 2 == 1 { ".5" } else { "" });
        let named = |id: String, name: String, letters: Letters, lines: Lines| ParagraphStyle {
            id: id.into(),
            name: name.into(),
            based_on: Some("Normal"),
            letters,
            lines,
            ..ParagraphStyle::default()
        };
        let bold = Letters { bold: Some(true), ..points };
        let name = format!("Chữ trong bảng {shown}");
        styles.push(named(table_text(*size), name, points, Lines::default()));
        styles.push(named(table_head(*size), format!("Đầu bảng {shown}"), bold, centred()));
    }
    styles
}

fn centred() -> Lines {
    Lines { align: Some(Align::Center), ..Lines::default() }
}

fn style(id: &'static str, name: &'static str, letters: Letters, lines: Lines) -> ParagraphStyle {
    let based_on = (id != "Normal").then_some("Normal");
    ParagraphStyle { id: id.into(), name: name.into(), based_on, next: None, letters, lines }
}

/// Letters of a size, upright, bold or italic.
fn letters(size: f32, bold: bool, italic: bool) -> Letters {
    let set = |is: bool| is.then_some(true);
    let size = (size != BODY).then_some(size);
    Letters { size, bold: set(bold), italic: set(italic), ..Letters::default() }
}

/// Head, title, addressees, signature, recipients.
fn of_letter() -> Vec<ParagraphStyle> {
    let (plain, bold) = (|size| letters(size, false, false), |size| letters(size, true, false));
    let before = |before: f32, lines: Lines| Lines { before: Some(before), ..lines };
    let kept = Lines { keep_next: Some(true), ..centred() };
    // The rule stands at the top of a line of a few points.
    let rule = Lines { exactly: Some(4.0), rule: Some(0.75), before: Some(3.5), ..kept };
    vec![
        style("Normal", "Normal", Letters::default(), Lines::default()),
        style("Header", "header", plain(PAGE_NUMBER), centred()),
        style("StateName", "Quốc hiệu", bold(HEAD), centred()),
        style("Motto", "Tiêu ngữ", bold(BODY), centred()),
        style("Superior", "Cơ quan chủ quản", plain(HEAD), centred()),
        style("Issuer", "Cơ quan ban hành", bold(HEAD), centred()),
        style("Number", "Số và ký hiệu", plain(HEAD), before(6.0, centred())),
        style("PlaceDate", "Địa danh và ngày tháng", letters(BODY, false, true), before(5.0, centred())),
        style("Rule", "Đường kẻ", Letters::default(), rule),
        ParagraphStyle { next: Some("BodyText"), ..style("Title", "Title", bold(BODY), before(16.0, kept)) },
        style(
            "Addressee",
            "Kính gửi",
            Letters::default(),
            Lines { after: Some(10.0), ..before(10.0, centred()) },
        ),
        style("Addressees", "Nơi kính gửi", Letters::default(), Lines::default()),
        style("Authority", "Thẩm quyền ký", bold(BODY), centred()),
        style("Signer", "Họ tên người ký", bold(BODY), before(SIGNATURE, centred())),
        style("RecipientsTitle", "Nơi nhận", letters(12.0, true, true), Lines::default()),
        style("Recipients", "Danh sách nơi nhận", plain(11.0), Lines::default()),
        ParagraphStyle {
            based_on: Some("Heading1"),
            next: Some("BodyText"),
            ..style("Annex", "Phụ lục", Letters::default(), annex())
        },
        style("AnnexOf", "Kèm theo", letters(BODY, false, true), kept),
    ]
}

/// What is said over an annex stands in the outline as a heading does, but in the middle.
fn annex() -> Lines {
    Lines { first: Some(0.0), before: Some(0.0), ..centred() }
}

/// Running text, headings, captions, notes, figures.
fn of_text() -> Vec<ParagraphStyle> {
    let running = Lines {
        align: Some(Align::Justify),
        before: Some(PARAGRAPH.before),
        first: Some(PARAGRAPH.indent),
        ..Lines::default()
    };
    let heading = |level: u8, before: f32| Lines {
        before: Some(before),
        // Programs have spaces of their own around headings.
        after: Some(0.0),
        keep_next: Some(true),
        keep_lines: Some(true),
        level: Some(level),
        ..running
    };
    let bold = Letters { bold: Some(true), ..Letters::default() };
    let heading = |id: &'static str, name: &'static str, level: u8, before: f32| ParagraphStyle {
        next: Some("BodyText"),
        ..style(id, name, bold, heading(level, before))
    };
    let caption = Lines {
        before: Some(CAPTION.before),
        after: Some(CAPTION.after),
        keep_next: Some(true),
        keep_lines: Some(true),
        ..centred()
    };
    let note = Lines { before: Some(NOTE.before), align: Some(Align::Justify), ..Lines::default() };
    let kept = Lines { before: Some(6.0), after: Some(4.0), keep_next: Some(true), ..note };
    let gap = Lines { exactly: Some(6.0), keep_next: Some(true), ..Lines::default() };
    let over_text = ParagraphStyle { based_on: Some("BodyText"), ..ParagraphStyle::default() };
    vec![
        heading("Heading1", "heading 1", 1, HEADING.before),
        heading("Heading2", "heading 2", 2, 8.0),
        style("BodyText", "Body Text", Letters::default(), running),
        ParagraphStyle { id: "Point".into(), name: "Điểm của khoản".into(), ..over_text },
        style("Caption", "caption", letters(CAPTION.size, true, false), caption),
        style("Note", "Ghi chú bảng", letters(NOTE.size, false, true), note),
        style("Lead", "Lời dẫn bảng", letters(13.0, false, true), kept),
        style("Drawing", "Hình vẽ", Letters::default(), Lines { after: Some(6.0), ..centred() }),
        style("Gap", "Khoảng cách", Letters::default(), gap),
        style("KeyFigure", "Số liệu chính", Letters { size: Some(20.0), ..bold }, centred()),
        style("KeyLabel", "Tên số liệu chính", letters(11.0, false, false), centred()),
        style("Remark", "Ý kiến ghi tay", letters(11.0, false, true), Lines::default()),
    ]
}
