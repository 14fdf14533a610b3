//! The official report as other programs see it: its structure, its fonts, the text that can be copied out.

use super::december;
use super::pdf_sample::{report, with_blocks};
use super::tools::{Tool, file, run, trial};
use libtest_mimic::Trial;
use std::path::Path;
use unicode_normalization::is_nfc;
use xhht::output::pdf::write;
use xhht::report::model::Block;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("pdf_qpdf_finds_no_fault", &[Tool::Qpdf], || {
            check(&file("bao-cao.pdf", &write(&report()).unwrap().bytes));
            check(&december::report());
        }),
        trial("pdf_fonts_are_embedded_subsets_with_unicode", &[Tool::PdfFonts], fonts),
        trial("pdf_vietnamese_is_copied_out_letter_for_letter", &[Tool::PdfToText], letters),
        trial("pdf_is_read_aloud_in_order_and_without_page_furniture", &[Tool::PdfInfo], aloud),
        trial("pdf_of_the_samples_says_what_it_must", &[Tool::PdfToText], sentences),
    ]
}

fn check(pdf: &Path) {
    let said = run("qpdf", ["--check".as_ref(), pdf]);
    assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    assert!(!said.contains("WARNING"), "{said}");
}

fn fonts() {
    let table = run("pdffonts", [december::report()]);
    let fonts: Vec<&str> = table.lines().skip(2).collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        let cells: Vec<&str> = font.split_whitespace().collect();
        // name, type, encoding, embedded, subset, Unicode, object
        assert!(cells[0][6..].starts_with("+LiberationSerif"), "{font}");
        assert_eq!(cells[cells.len() - 5..cells.len() - 2], ["yes"; 3], "{font}");
    }
}

/// The text of a PDF with line breaks and repeated spaces made single spaces.
fn text_of(pdf: &Path) -> String {
    run("pdftotext", [pdf, "-".as_ref()]).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letters() {
    let all = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";
    let mixed = format!("Chữ thường {all} và chữ hoa {} hết", all.to_uppercase());
    let report = with_blocks(vec![
        Block::Paragraph(mixed.clone()),
        Block::Heading { level: 2, text: format!("1. Đậm {all} hết") },
        Block::Paragraph("Th\u{f4}\u{323}ng tin tổ hợp rời.".into()),
    ]);
    let text = text_of(&file("chu.pdf", &write(&report).unwrap().bytes));
    let bare = |text: &str| text.replace(' ', "");
    assert!(bare(&text).contains(&bare(&mixed)), "{text}");
    assert!(bare(&text).contains(&bare(&format!("1. Đậm {all} hết"))), "{text}");
    assert!(text.contains("Thộng tin tổ hợp rời"));
}

fn sentences() {
    let text = text_of(&december::report());
    assert!(is_nfc(&text));
    assert!(!text.contains('\u{FFFD}') && !text.contains('□'), "{text}");
    let plan = xhht::plan::Plan::read(&xhht::plan::PlanSources::embedded()).unwrap();
    let mut expected = vec![
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
        "Độc lập - Tự do - Hạnh phúc".to_owned(),
        "BÁO CÁO".to_owned(),
        "ngày 10 tháng 12 năm 2024".to_owned(),
        "Nơi nhận:".to_owned(),
        "./.".to_owned(),
    ];
    expected.extend(plan.indicators_of(2024).iter().map(|indicator| indicator.title.clone()));
    for sentence in expected {
        assert!(text.contains(&sentence), "“{sentence}” is not in: {text}");
    }
}

/// What a screen reader says, element by element: order, words kept apart at line ends, no page numbers, no head twice.
fn aloud() {
    let pdf = december::report();
    let said = run("pdfinfo", ["-struct-text".as_ref(), pdf.as_os_str()]);
    let spoken: Vec<&str> =
        said.lines().map(str::trim).filter_map(|line| line.strip_prefix('"')?.strip_suffix('"')).collect();
    let at = |words: &str| {
        let found = spoken.iter().position(|line| line.trim_end() == words);
        found.unwrap_or_else(|| panic!("“{words}” is not one element of {spoken:#?}"))
    };
    let subject = "BÁO CÁO Kết quả thực hiện Kế hoạch “Xây dựng xã hội học tập giai đoạn 2021-2030” trên địa bàn tỉnh Long An năm 2024";
    let order = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN TỈNH LONG AN",
        subject,
        "Kính gửi: Bộ Giáo dục và Đào tạo",
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
        "TM. ỦY BAN NHÂN DÂN",
        "Nơi nhận:",
    ];
    let places: Vec<usize> = order.into_iter().map(at).collect();
    assert!(places.is_sorted(), "{places:?}");
    // The table goes on for three pages under repeated heads; a listener hears its head once.
    let printed = run("pdftotext", [pdf.as_os_str(), "-".as_ref()]);
    let heads = |lines: &[&str]| lines.iter().filter(|line| line.trim() == "Khoảng giá trị").count();
    assert_eq!(heads(&spoken), 1);
    assert!(heads(&printed.lines().collect::<Vec<_>>()) > 1, "{printed}");
    let declared = run("pdfinfo", [pdf]);
    assert!(declared.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{declared}");
}
