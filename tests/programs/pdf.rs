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
