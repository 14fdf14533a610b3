//! A small document: `cargo run -p word --example circular -- circular.docx`.

use word::{
    Align, Block, Cell, Document, Letters, Lines, PageSetup, Paragraph, ParagraphStyle, Properties, Row,
    Section, Table, TableStyle,
};

fn style(id: &'static str, name: &'static str, letters: Letters, lines: Lines) -> ParagraphStyle {
    let based_on = (id != "Normal").then_some("Normal");
    ParagraphStyle { id: id.into(), name: name.into(), based_on, next: None, letters, lines }
}

fn document() -> Result<Document, Box<dyn std::error::Error>> {
    let bold = Letters { bold: Some(true), ..Letters::default() };
    let centred = Lines { align: Some(Align::Center), keep_next: Some(true), ..Lines::default() };
    let running =
        Lines { align: Some(Align::Justify), first: Some(36.0), before: Some(6.0), ..Lines::default() };
    let cell = |words: &str| Cell::new(vec![Paragraph::new("Normal", words)]);
    let row = |of: [&str; 2]| Row { cells: of.map(cell).into(), is_whole: true, ..Row::default() };
    let mut rows = vec![row(["Lớp", "Số học viên"])];
    rows[0].is_head = true;
    rows.extend((1..60).map(|i| row([&format!("Lớp tin học số {i}"), &(20 + i % 7).to_string()])));
    let table = Table { style: "Ruled".into(), widths: vec![200.0, 80.0], rows };
    let (width, height) = (595.3, 841.9);
    let upright = PageSetup { width, height, top: 56.7, bottom: 56.7, left: 85.0, right: 56.7, header: 25.0 };
    let turned = PageSetup { width: height, height: width, ..upright };
    Ok(Document {
        properties: Properties {
            title: "Thông báo".to_owned(),
            author: "Văn phòng".to_owned(),
            program: "circular".to_owned(),
            moment: "2024-12-05T00:00:00+07:00".parse()?,
        },
        typeface: "Times New Roman".to_owned(),
        size: 14.0,
        language: "vi-VN".to_owned(),
        paragraph_styles: vec![
            style("Normal", "Normal", Letters::default(), Lines::default()),
            style("Title", "Title", bold, centred),
            style("Heading1", "heading 1", bold, Lines { level: Some(1), ..centred }),
            style("BodyText", "Body Text", Letters::default(), running),
            style("Header", "header", Letters::default(), centred),
        ],
        table_styles: vec![TableStyle {
            id: "Ruled".into(),
            name: "Ruled".into(),
            rules: Some(0.5),
            pad: (3.0, 2.0),
        }],
        sections: vec![
            Section {
                setup: upright,
                blocks: vec![
                    Block::Paragraph(Paragraph::new("Title", "THÔNG BÁO")),
                    Block::Paragraph(Paragraph::new(
                        "BodyText",
                        "Các lớp tin học của trung tâm học tập cộng đồng được nêu ở Phụ lục.",
                    )),
                ],
            },
            Section {
                setup: turned,
                blocks: vec![Block::Paragraph(Paragraph::new("Heading1", "Phụ lục")), Block::Table(table)],
            },
        ],
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("say where to write")?;
    std::fs::write(path, word::write(&document()?)?)?;
    Ok(())
}
