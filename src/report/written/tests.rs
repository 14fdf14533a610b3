use super::*;
use crate::report::model::{Align, Shown, Table};

fn kinds(text: &str) -> Vec<String> {
    let joined =
        |points: &[Words]| points.iter().map(|point| point.to_string()).collect::<Vec<_>>().join(" | ");
    let told = |block: &Block| match block {
        Block::Heading { level, text } => format!("h{level} {text}"),
        Block::Paragraph(text) => format!("p {text}"),
        Block::Points(points) => format!("- {}", joined(points)),
        Block::Dashes(points) => format!("* {}", joined(points)),
        other => format!("{other:?}"),
    };
    blocks(text, |_, _| None).iter().map(told).collect()
}

fn runs(line: &str) -> Vec<(String, bool, bool)> {
    words(line).runs().map(|(run, emphasis)| (run.to_owned(), emphasis.bold, emphasis.italic)).collect()
}

fn plain(text: &str) -> (String, bool, bool) {
    (text.to_owned(), false, false)
}

#[test]
fn lines_become_headings_paragraphs_and_lists() {
    let text =
        "# I. MỤC\n\nMột đoạn\ntrên hai dòng.\n\n- một\n- hai\n## 1. Khoản\nĐoạn khác.\n* ba\n\n* bốn;\n";
    assert_eq!(
        kinds(text),
        [
            "h1 I. MỤC",
            "p Một đoạn trên hai dòng.",
            "- một; | hai.",
            "h2 1. Khoản",
            "p Đoạn khác.",
            "* ba; | bốn."
        ]
    );
}

#[test]
fn points_end_as_a_list_is_written() {
    let ended = |points: &[&str]| {
        let mut points: Vec<Words> = points.iter().map(|point| Words::from(*point)).collect();
        list::punctuate(&mut points);
        points.iter().map(|point| point.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ended(&["một", "hai,", "ba.", "bốn:", "năm"]), ["một;", "hai;", "ba.", "bốn:", "năm."]);
    assert_eq!(
        ended(&["Mở lớp. Đã xong", "TP. Tân An", "cuối; "]),
        ["Mở lớp. Đã xong.", "TP. Tân An;", "cuối."]
    );
    assert_eq!(ended(&["", "một “câu”"]), ["", "một “câu”."]);
}

#[test]
fn a_senders_words_never_pass_for_a_mark() {
    let sent = senders_words;
    assert_eq!(kinds(&sent("# không phải tiêu đề")), ["p # không phải tiêu đề"]);
    assert_eq!(kinds(&format!("- Tân An: {}", sent("[[bang:x]]"))), ["* Tân An: [[bang:x]]."]);
    assert_eq!(
        runs(&format!("{} **và** *", sent("2*3*4 **x**"))),
        [plain("2*3*4 **x** "), ("và".to_owned(), true, false), plain(" *"),]
    );
    assert_eq!(kinds(&format!("| {} |", sent("a | b"))).len(), 1);
}

#[test]
fn stars_set_words_off() {
    assert_eq!(
        runs("Đạt **5** chỉ tiêu, *ước*."),
        [
            plain("Đạt "),
            ("5".to_owned(), true, false),
            plain(" chỉ tiêu, "),
            ("ước".to_owned(), false, true),
            plain("."),
        ]
    );
    assert_eq!(runs("**đậm *cả nghiêng***").len(), 2);
    assert_eq!(runs("2 * 3 * 4, giá*"), [plain("2 * 3 * 4, giá*")]);
    assert_eq!(runs("**chưa đóng"), [plain("**chưa đóng")]);
}

#[test]
fn rows_between_bars_are_a_table() {
    let text = "Trước.\n| Bậc học | Số xã |\n|---|---:|\n| Tiểu học | 12 |\n| Trung học | |\nSau.";
    let blocks = blocks(text, |_, _| None);
    let [Block::Paragraph(_), Block::Table(Table { columns, rows, .. }), Block::Paragraph(_)] = &blocks[..]
    else {
        panic!("{blocks:?}")
    };
    let titles: Vec<_> = columns.iter().map(|column| (column.title.as_str(), column.align)).collect();
    assert_eq!(titles, [("Bậc học", Align::Left), ("Số xã", Align::Right)]);
    let values: Vec<_> = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.value.clone()).collect();
    assert_eq!(values, [Shown::text("Tiểu học"), Shown::text("12"), Shown::text("Trung học"), Shown::Blank]);
}

#[test]
fn an_unknown_table_stays_visible() {
    assert_eq!(kinds("[[bang:khong-co]]"), ["p [[bang:khong-co]]"]);
}
