//! The official report for a word processor: what stands in it, part by part.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop there

use super::generated_province;
use super::pdf_sample::{indicator_table, matrix, report, with_blocks};
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use word::read::tables;
use xhht::output::docx::write;
use xhht::report::model::*;

/// A part of a package.
fn part(docx: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn text(docx: &[u8]) -> String {
    part(docx, "word/document.xml")
}

/// Style and words of every paragraph in order.
fn paragraphs(docx: &[u8]) -> Vec<(String, String)> {
    let text = text(docx);
    let mut reader = Reader::from_str(&text);
    let mut paragraphs = Vec::new();
    let mut is_in_words = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "w:p" => {
                paragraphs.push((String::new(), String::new()));
            }
            Event::Start(tag) => is_in_words = tag.name().as_ref() == "w:t",
            Event::Empty(tag) if tag.name().as_ref() == "w:pStyle" => {
                paragraphs.last_mut().unwrap().0 = value(&tag, "w:val");
            }
            Event::Empty(tag) if tag.name().as_ref() == "w:br" => paragraphs.last_mut().unwrap().1.push('\n'),
            Event::Text(words) if is_in_words => paragraphs.last_mut().unwrap().1.push_str(words.as_ref()),
            Event::GeneralRef(_) if is_in_words => paragraphs.last_mut().unwrap().1.push('&'),
            Event::End(_) => is_in_words = false,
            Event::Eof => return paragraphs,
            _ => {}
        }
    }
}

fn value(tag: &quick_xml::events::BytesStart<'_>, name: &str) -> String {
    let value = tag.try_get_attribute(name).unwrap();
    value.map_or(String::new(), |value| value.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned())
}

fn of_style<'p>(paragraphs: &'p [(String, String)], style: &str) -> Vec<&'p str> {
    let of_style = paragraphs.iter().filter(|(of, _)| of == style);
    of_style.map(|(_, words)| words.as_str()).collect()
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let docx = write(&report()).unwrap();
    assert!(docx == write(&report()).unwrap());
    // Midnight in Việt Nam on the day of the report.
    let core = part(&docx, "docProps/core.xml");
    assert_eq!(core.matches("2024-12-04T17:00:00Z").count(), 2);
    assert!(core.contains("<dc:creator>Ủy ban nhân dân tỉnh Long An</dc:creator>"), "{core}");
    assert!(core.contains("<dc:title>BÁO CÁO Kết quả thực hiện Đề án"), "{core}");
    assert!(part(&docx, "word/styles.xml").contains("w:val=\"vi-VN\""));
}

#[test]
fn the_letter_is_complete_and_in_order() {
    let paragraphs = paragraphs(&write(&report()).unwrap());
    let styles: Vec<&str> = paragraphs.iter().map(|(style, _)| style.as_str()).collect();
    let order = [
        "Issuer",
        "StateName",
        "Motto",
        "Number",
        "PlaceDate",
        "Title",
        "Addressee",
        "BodyText",
        "Heading1",
        "RecipientsTitle",
        "Recipients",
        "Authority",
        "Signer",
        "Annex",
        "AnnexOf",
    ];
    let places: Vec<_> =
        order.iter().map(|style| styles.iter().position(|of| of == style).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(of_style(&paragraphs, "StateName"), ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]);
    assert_eq!(of_style(&paragraphs, "Authority"), ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]);
    assert_eq!(of_style(&paragraphs, "Signer"), ["Nguyễn Thị Thuận Hòa"]);
    let body = of_style(&paragraphs, "BodyText");
    assert!(body.last().unwrap().ends_with("kính báo cáo./."), "{body:?}");
    assert!(!paragraphs.iter().any(|(_, words)| words.contains("KHÔNG ĐƯỢC IN")));
}

#[test]
fn headings_stand_on_their_levels_and_annexes_beside_the_first() {
    let docx = write(&report()).unwrap();
    let paragraphs = paragraphs(&docx);
    let first = of_style(&paragraphs, "Heading1");
    assert_eq!((first.len(), first[0]), (8, "I. TÓM TẮT KẾT QUẢ"));
    assert_eq!(of_style(&paragraphs, "Heading2").len(), 5);
    assert_eq!(
        of_style(&paragraphs, "Annex")[0],
        "Phụ lục I\nKẾT QUẢ TỪNG CHỈ TIÊU THEO HUYỆN, THỊ XÃ, THÀNH PHỐ"
    );
    let styles = part(&docx, "word/styles.xml");
    let style = |id: &str| {
        let rest = styles.split(&format!("w:styleId=\"{id}\">")).nth(1).unwrap();
        rest.split("</w:style>").next().unwrap()
    };
    assert!(style("Heading1").contains("<w:name w:val=\"heading 1\"/>"));
    assert!(style("Heading1").contains("<w:outlineLvl w:val=\"0\"/>"));
    assert!(style("Heading2").contains("<w:outlineLvl w:val=\"1\"/>"));
    assert!(style("Annex").contains("<w:basedOn w:val=\"Heading1\"/>"));
    // Every style that is named is there.
    for (style, _) in &paragraphs {
        assert!(style.is_empty() || styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
}

#[test]
fn points_go_by_the_vietnamese_alphabet() {
    let points = (0..7).map(|i| format!("ý {i}").into()).collect();
    let paragraphs = paragraphs(&write(&with_blocks(vec![Block::Points(points)])).unwrap());
    let letters: Vec<char> =
        of_style(&paragraphs, "Point").iter().map(|point| point.chars().next().unwrap()).collect();
    assert_eq!(letters, ['a', 'b', 'c', 'd', 'đ', 'e', 'g']);
}

#[test]
fn tables_repeat_their_heads_and_say_what_the_report_says() {
    let docx = write(&with_blocks(vec![Block::Table(indicator_table())])).unwrap();
    let read = tables(&docx).unwrap();
    let table = read.iter().find(|table| table.style == "RuledTable").unwrap();
    let heads: Vec<bool> = table.rows.iter().map(|row| row.is_head).collect();
    assert_eq!((&heads[..2], heads.iter().filter(|is| **is).count()), (&[true, true][..], 2));
    assert_eq!(table.rows[0].cells, ["Số", "Chỉ tiêu", "Mục tiêu 2025", "Kết quả", "Đánh giá"]);
    assert_eq!(table.rows[1].cells, ["", "", "", "Năm 2023", "Năm 2024", ""]);
    // Group heads are one cell over all columns.
    assert_eq!(table.rows[2].cells, ["Xóa mù chữ và phổ cập giáo dục"]);
    assert_eq!(table.rows[3].cells[4], "100,00%");
    let text = text(&docx);
    assert!(text.contains("<w:gridSpan w:val=\"6\"/>"));
    let rows = text.split("<w:tblStyle w:val=\"RuledTable\"/>").nth(1).unwrap();
    let rows = rows.split("</w:tbl>").next().unwrap();
    assert_eq!(rows.matches("<w:tr>").count(), rows.matches("<w:cantSplit/>").count());
    // Cells over both rows of the head would not make them high enough everywhere.
    assert_eq!(rows.matches("<w:trHeight ").count(), 2);
}

#[test]
fn a_range_of_figures_is_not_torn_behind_its_dash() {
    let mut table = indicator_table();
    let told = "ước 55,26–59,57% khi đủ số liệu của mọi đơn vị";
    table.rows[1].cells[5] = Cell::text(told);
    let docx = write(&with_blocks(vec![Block::Table(table)])).unwrap();
    let read = tables(&docx).unwrap();
    let rows = read.iter().filter(|table| table.style == "RuledTable").flat_map(|table| &table.rows);
    let cells: Vec<&String> = rows.flat_map(|row| &row.cells).collect();
    assert!(cells.iter().any(|cell| **cell == told.replacen(' ', "\n", 1)), "{cells:?}");
}

#[test]
fn wide_annexes_are_turned_and_each_is_numbered_from_1() {
    let text = text(&write(&report()).unwrap());
    let sections: Vec<&str> = text.split("<w:sectPr>").skip(1).collect();
    assert_eq!(sections.len(), 4);
    let turned: Vec<bool> =
        sections.iter().map(|section| section.contains("w:orient=\"landscape\"")).collect();
    assert_eq!(turned, [false, true, true, false]);
    for section in sections {
        assert!(section.contains("<w:pgNumType w:start=\"1\"/>") && section.contains("<w:titlePg/>"));
        // 20 mm above and below, 30 left, of the decree.
        assert!(section.contains("w:top=\"1134\"") && section.contains("w:left=\"1701\""), "{section}");
    }
}

#[test]
fn charts_are_pictures_with_words_for_who_cannot_see_them() {
    let docx = write(&report()).unwrap();
    let text = text(&docx);
    let drawings = text.matches("<w:drawing>").count();
    assert!(drawings > 0);
    assert!(text.contains("descr=\"Biểu đồ 1. Kết quả năm 2024 so với mục tiêu đến năm 2025. Bảy trong mười bốn chỉ tiêu đã đạt mục tiêu.\""));
    let said = text.matches("descr=\"").count() - text.matches("descr=\"\"").count();
    assert_eq!(said + text.matches("adec:decorative").count(), drawings);
    assert!(part_bytes(&docx, "word/media/image1.emf")[40..].starts_with(b" EMF"));
}

fn part_bytes(docx: &[u8], name: &str) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut bytes = Vec::new();
    package.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_chart_taller_than_a_page_goes_on_in_a_second_picture() {
    let bar = |i: usize| Bar {
        label: format!("Chỉ tiêu {i}"),
        value: Some(Decimal::from(i % 100)),
        printed: format!("{i}%"),
        places: 0,
        bounds: None,
        target: Some(Decimal::from(50)),
        limit: "",
        tone: Tone::Good,
        cells: None,
    };
    let chart = Chart {
        id: "cao".into(),
        caption: "Biểu đồ cao".into(),
        alternative: "Nhiều thanh.".into(),
        kind: ChartKind::BarsAgainstTarget((0..90).map(bar).collect()),
    };
    let text = text(&write(&with_blocks(vec![Block::Chart(chart)])).unwrap());
    assert!(text.matches("<w:drawing>").count() >= 2);
    assert!(text.contains("descr=\"Biểu đồ cao. Nhiều thanh. (tiếp theo)\""), "{text}");
    let heights = text.split("<wp:extent cx=\"").skip(1).map(|rest| {
        let rest = rest.split("cy=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().parse::<f64>().unwrap() / 12_700.0
    });
    // The text of an upright page is 728 points high.
    assert!(heights.into_iter().all(|height| height < 728.0 - 40.0));
}

#[test]
fn every_block_is_drawn_and_the_workbook_s_own_is_not() {
    let unit = |name: &str, place: Option<(u32, u32)>| Tile {
        label: name.into(),
        printed: "9/12".into(),
        share: place.map(|_| Decimal::new(75, 2)),
        place,
    };
    let chart = |id: &str, kind: ChartKind| {
        Block::Chart(Chart { id: id.into(), caption: id.into(), alternative: "lời".into(), kind })
    };
    let mut table = indicator_table();
    table.rows[1].cells[5].picture = Some(Box::new(Picture::Sign));
    let docx = write(&with_blocks(vec![
        chart("o", ChartKind::Tiles(vec![unit("Tân An", Some((0, 1))), unit("Bến Lức", None)])),
        chart(
            "xep",
            ChartKind::Ranks(vec![Rank {
                label: "Tân An".into(),
                reached: 3,
                below: 1,
                open: 1,
                printed: "3/5".into(),
            }]),
        ),
        Block::Table(table),
        Block::Remarks("Ý kiến".into()),
        Block::Findings { shown: Vec::new(), total: 0, names: BTreeMap::new() },
    ]))
    .unwrap();
    let text = text(&docx);
    assert_eq!(text.matches("<w:drawing>").count(), 3);
    assert_eq!(text.matches("adec:decorative").count(), 1);
    assert!(text.contains("Ý kiến:") && text.contains("Không có nhận xét nào cần xử lý."));
}

#[test]
fn hostile_words_long_words_and_empty_tables_stand_as_they_are() {
    let hostile = "<&>\"' \u{0}\u{1b}\u{fffe}\u{d7ff}\u{202e}漢😀 ]]> <w:t>";
    let endless = "Ừ".repeat(900);
    let mut of_hostile = matrix(15);
    of_hostile.rows[3].cells[1] = Cell::text(hostile);
    of_hostile.rows[4].cells[1] = Cell::text(endless.as_str());
    of_hostile.caption = Some(hostile.to_owned());
    let empty = Table { id: "trong".into(), rows: Vec::new(), ..matrix(15) };
    let bare = Table { id: "tran".into(), columns: Vec::new(), rows: Vec::new(), ..matrix(15) };
    let blocks = vec![
        Block::Table(of_hostile),
        Block::Table(empty),
        Block::Table(bare),
        Block::paragraph(hostile),
        Block::paragraph(String::new()),
        Block::Points(Vec::new()),
        Block::KeyFigures(Vec::new()),
        Block::Heading { level: 0, text: hostile.to_owned() },
    ];
    let docx = write(&with_blocks(blocks)).unwrap();
    let read = tables(&docx).unwrap();
    let ruled: Vec<_> = read.iter().filter(|table| table.style == "RuledTable").collect();
    assert_eq!(ruled.len(), 2);
    let cell =
        |row: usize| ruled[0].rows.iter().filter(|row| !row.is_head).nth(row).unwrap().cells[1].as_str();
    assert_eq!(cell(3), "<&>\"' \u{d7ff}漢😀 ]]> <w:t>");
    assert_eq!(cell(4), endless);
    assert_eq!(ruled[1].rows.last().unwrap().cells, ["Không có số liệu"]);
}

#[test]
fn provinces_of_hostile_words_are_written_as_they_are_reported() {
    let plan = generated_province::plan();
    for seed in [3, 8] {
        let report = generated_province::province(&plan, seed, true).report;
        write(&report).unwrap_or_else(|error| panic!("{seed}: {error}"));
    }
}
