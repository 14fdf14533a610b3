use super::*;
use crate::face::Face;
use crate::sample::fonts;

fn lines(text: &str, width: f32) -> Vec<String> {
    let fonts = fonts();
    let spans = [Span::new(text, Face::Regular)];
    let lines = break_lines(&fonts, &spans, 14.0, width, width);
    for line in &lines {
        assert!(line.width(14.0) <= width + 0.01, "{} is too wide", line.text());
    }
    lines.iter().map(Line::text).collect()
}

#[test]
fn document_numbers_stay_whole_where_the_line_allows() {
    for width in 60..400 {
        let text = "Căn cứ Quyết định 1373/QĐ-TTg và 25/NQ-CP của Chính phủ";
        let shown = lines(text, width as f32);
        if width > 110 {
            assert!(shown.iter().any(|l| l.contains("1373/QĐ-TTg")), "{width}: {shown:?}");
            assert!(shown.iter().any(|l| l.contains("25/NQ-CP")), "{width}: {shown:?}");
        }
        assert_eq!(shown.join(" ").replace(' ', ""), text.replace(' ', ""));
    }
}

#[test]
fn dates_stay_whole_where_the_line_allows_and_break_at_spaces_where_not() {
    let text = "Báo cáo lập ngày 05 tháng 12 năm 2024 tại tỉnh";
    assert!(lines(text, 200.0).iter().any(|l| l.contains("ngày 05 tháng 12 năm 2024")));
    for line in lines(text, 60.0) {
        assert!(text.split(' ').any(|w| line.starts_with(w)), "{line} starts inside a word");
    }
}

#[test]
fn a_word_without_end_is_cut_not_clipped() {
    let word = "ă".repeat(300);
    let shown = lines(&word, 120.0);
    assert_eq!(shown.concat(), word);
    let path = "phan-hoi/2024/794-thanh-pho-tan-an-bao-cao-xa-hoi-hoc-tap-ban-chinh-thuc.xlsx";
    let shown = lines(path, 150.0);
    assert_eq!(shown.concat(), path);
    assert!(shown[0].ends_with(['-', '/', '_', '.']));
    let fonts = fonts();
    let narrow = break_lines(&fonts, &[Span::new("wáw", Face::Regular)], 14.0, 0.5, 0.5);
    assert_eq!(narrow.len(), 3, "a line holds at least one character");
}

#[test]
fn forced_ends_and_ideographs() {
    assert_eq!(lines("a\nb\n\nc\n", 100.0), ["a", "b", "", "c"]);
    assert_eq!(lines("  \n ", 100.0), Vec::<String>::new());
    assert_eq!(lines("", 100.0).len(), 0);
}

#[test]
fn justified_lines_end_at_the_edge_and_never_beyond() {
    let fonts = fonts();
    let spans =
        [Span::new("Xây dựng xã hội học tập trên địa bàn tỉnh đạt kết quả. ".repeat(9), Face::Italic)];
    let lines = break_justified(&fonts, &spans, 14.0, 417.0, 453.0);
    assert!(lines.len() > 3);
    for (i, line) in lines.iter().enumerate() {
        let width = if i == 0 { 417.0 } else { 453.0 };
        let items = line.set(0.0, &Column::new(0.0, width, 14.0, Setting::Justify, None));
        let Shape::Text(run) = &items[0].shape else { panic!("text expected") };
        assert!(run.width() <= width + 0.01);
        if i + 1 < lines.len() {
            assert!(run.width() > width - 0.2, "line {i}: {} of {width}", run.width());
        }
    }
}

#[test]
fn a_date_is_torn_only_to_avoid_holes() {
    let fonts = fonts();
    let shown = |text: &str, width: f32| -> Vec<String> {
        let spans = [Span::new(text, Face::Regular)];
        break_justified(&fonts, &spans, 14.0, width, width).iter().map(Line::text).collect()
    };
    let text = "Ủy ban nhân dân tỉnh báo cáo kết quả thực hiện, số liệu tính đến ngày 05 tháng 12 năm 2024, như sau đây";
    for width in 420..470 {
        let lines = shown(text, width as f32);
        assert!(lines.iter().any(|l| l.contains("ngày 05 tháng 12 năm 2024")), "{width}: {lines:?}");
    }
    // Where the date is longer than the column there is no other way.
    assert!(shown(text, 90.0).len() > 5);
}

#[test]
fn balanced_lines_are_of_about_one_length() {
    let fonts = fonts();
    let spans = [Span::new("Kết quả thực hiện Đề án Xây dựng xã hội học tập giai đoạn một", Face::Bold)];
    let lines = balance(&fonts, &spans, 14.0, 350.0);
    assert_eq!(lines.len(), 2);
    assert!((lines[0].width(14.0) - lines[1].width(14.0)).abs() < 60.0);
}

#[test]
fn no_space_grows_into_a_hole() {
    let fonts = fonts();
    let text =
        "Thực hiện Quyết định số 1373/QĐ-TTg ngày 30 tháng 7 năm 2021, tỉnh báo cáo 1.234.567 người học. "
            .repeat(4);
    let mut ragged = 0;
    for width in (120..460).step_by(3) {
        for size in [14.0, 11.0] {
            let width = width as f32;
            let lines = break_justified(&fonts, &[Span::new(text.as_str(), Face::Bold)], size, width, width);
            for (i, line) in lines.iter().enumerate() {
                let items = line.set(0.0, &Column::new(0.0, width, size, Setting::Justify, None));
                let Shape::Text(run) = &items[0].shape else { panic!("text expected") };
                let spaces = run.glyphs.iter().filter(|glyph| glyph.text == ' ');
                let widths = spaces.map(|glyph| (f32::from(glyph.advance) - glyph.back) * size / 1000.0);
                let widest = widths.fold(0.0, f32::max);
                assert!(widest <= WIDEST_SPACE, "{widest} at {width} in {}", line.text());
                ragged += usize::from(i + 1 < lines.len() && run.width() < width - 0.5);
            }
        }
    }
    assert!(ragged > 0, "narrow columns leave lines ragged");
}
