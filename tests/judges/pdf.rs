//! The official report as other programs see it: its structure, its fonts, the text that can be copied out.

use super::december;
use super::pdf_sample::{report, with_blocks};
use super::tools::{Tool, file, run, trial};
use calamine::{Data, Reader, Xlsx};
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
            check(&december::brief());
        }),
        trial("pdf_fonts_are_embedded_subsets_with_unicode", &[Tool::PdfFonts], fonts),
        trial("pdf_vietnamese_is_copied_out_letter_for_letter", &[Tool::PdfToText], letters),
        trial("pdf_is_read_aloud_in_order_and_without_page_furniture", &[Tool::PdfInfo], aloud),
        trial("pdf_of_the_samples_says_what_it_must", &[Tool::PdfToText], sentences),
        trial("pdf_results_are_those_of_the_workbook", &[Tool::PdfToText], results),
    ]
}

fn check(pdf: &Path) {
    let said = run("qpdf", ["--check".as_ref(), pdf]);
    assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    assert!(!said.contains("WARNING"), "{said}");
}

fn fonts() {
    for pdf in [december::report(), december::brief()] {
        let table = run("pdffonts", [pdf]);
        let fonts: Vec<&str> = table.lines().skip(2).collect();
        assert!(!fonts.is_empty());
        for font in fonts {
            let cells: Vec<&str> = font.split_whitespace().collect();
            // name, type, encoding, embedded, subset, Unicode, object
            assert!(cells[0][6..].starts_with("+LiberationSerif"), "{font}");
            assert_eq!(cells[cells.len() - 5..cells.len() - 2], ["yes"; 3], "{font}");
        }
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
        Block::paragraph(mixed.clone()),
        Block::Heading { level: 2, text: format!("1. Đậm {all} hết") },
        Block::paragraph("Th\u{f4}\u{323}ng tin tổ hợp rời."),
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
    let heads = |lines: &[&str]| lines.iter().filter(|line| line.trim().ends_with("Khoảng giá trị")).count();
    assert_eq!(heads(&spoken), 1);
    assert!(heads(&printed.lines().collect::<Vec<_>>()) > 1, "{printed}");
    let declared = run("pdfinfo", [pdf]);
    assert!(declared.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{declared}");
}

/// The results that the ministry and leaders read are those of the workbook: its cells as they are stored, the PDFs' words
/// as they can be copied out.
fn results() {
    let mut book: Xlsx<_> = calamine::open_workbook(december::workbook()).unwrap();
    let sheet = book.worksheet_range("Tổng quan").unwrap();
    let head =
        sheet.rows().find(|row| row.iter().any(|cell| cell == &Data::String("Kết quả %".into()))).unwrap();
    let column = |title: &str| head.iter().position(|cell| cell == &Data::String(title.into())).unwrap();
    let columns = [column("Kết quả %"), column("Mục tiêu %"), column("Thấp nhất %"), column("Cao nhất %")];
    let plan = xhht::plan::Plan::read(&xhht::plan::PlanSources::embedded()).unwrap();
    let known: Vec<String> = plan.indicators_of(2024).iter().map(|i| i.id.to_string()).collect();
    let mut compared = 0;
    for (pdf, pages) in [(december::report(), "3"), (december::brief(), "2")] {
        let text = run(
            "pdftotext",
            ["-layout".as_ref(), "-l".as_ref(), pages.as_ref(), pdf.as_os_str(), "-".as_ref()],
        );
        for row in sheet.rows().filter(|row| known.iter().any(|id| row[0] == Data::String(id.clone()))) {
            let Data::String(id) = &row[0] else { continue };
            let lines: Vec<&str> = text.lines().collect();
            let is_row = |line: &&str| line.split_whitespace().next() == Some(id) && line.contains('%');
            let at = lines.iter().position(is_row);
            let at = at.unwrap_or_else(|| panic!("{id} is not in the table of {}", pdf.display()));
            // A range that is an estimate takes two lines, set around the line of the others.
            let line = match lines[at - 1].trim().ends_with("ước") || lines[at - 1].contains("ước ") {
                true => lines[at..=at + 1].join(" "),
                false => lines[at].to_owned(),
            };
            // A range is printed as one piece, “93,33–100,00%”.
            let printed: Vec<f64> = line
                .split(|c: char| !(c.is_ascii_digit() || c == ','))
                .filter(|piece| {
                    piece.contains(',') || line.contains(&format!("{piece}%")) && !piece.is_empty()
                })
                .filter_map(|piece| piece.replace(',', ".").parse().ok())
                .collect();
            let [result, target, low, high] = columns.map(|column| match &row[column] {
                Data::Float(n) => Some(*n),
                Data::Int(n) => Some(*n as f64),
                _ => None,
            });
            let mut wanted = vec![result, target];
            // Bounds are printed around a result, where they differ.
            if result.is_some() && low != high {
                wanted.extend([low, high]);
            }
            for figure in wanted.into_iter().flatten() {
                let near = printed.iter().any(|read| (read - figure).abs() <= 0.005 + 1e-9);
                assert!(near, "{id}: {figure} is not in “{line}” of {}", pdf.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 4 * known.len(), "{compared} figures compared");
}
