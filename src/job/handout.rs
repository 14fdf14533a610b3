//! What goes out with the templates and may come back with a report, or with a whole folder of templates: nobody sent it
//! as one.

/// The quick start's file name.
pub const QUICK_START: &str = "huong-dan-nhanh.pdf";
/// The name of the page on which a sender checks a workbook.
pub const CHECK_PAGE: &str = "kiem-tra.html";
/// The name of the page on which the secretariat consolidates.
pub const DESK_PAGE: &str = "xhht.html";
/// By this mark near its beginning a page of the program is known under any name.
pub const PAGE_MARK: &str = "<meta name=\"generator\" content=\"xhht ";
/// How far into a page the mark stands at most, bytes.
const HEAD: usize = 1024;

/// Whether a file is the quick start by its name, or a page of the program.
pub fn is_handout(path: &str, bytes: &[u8]) -> bool {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
    let stem = QUICK_START.trim_end_matches(".pdf");
    let is_quick_start = file.starts_with(stem) && file.ends_with(".pdf") && bytes.starts_with(b"%PDF-");
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    is_quick_start || head.windows(PAGE_MARK.len()).any(|part| part == PAGE_MARK.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_under_any_name_and_a_report_is_never_one() {
        let page = format!("<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\">{PAGE_MARK}0.1.0\">");
        assert!(is_handout("797/kiem-tra (1).html", page.as_bytes()));
        assert!(is_handout("bao cao.xlsx", page.as_bytes()));
        assert!(!is_handout("kiem-tra.html", b"<html><table><tr><td>1</td></tr></table></html>"));
        let far = format!("{}{PAGE_MARK}", " ".repeat(HEAD));
        assert!(!is_handout("x.html", far.as_bytes()));
    }

    #[test]
    fn a_report_under_the_name_of_the_quick_start_is_a_report() {
        for path in [QUICK_START, "797/HUONG-DAN-NHANH (1).pdf"] {
            assert!(is_handout(path, b"%PDF-1.4 of an older version"), "{path}");
        }
        for (path, bytes) in [
            (QUICK_START, b"PK\x03\x04".as_slice()),
            ("huong-dan-nhanh.xlsx", b"%PDF-1.4"),
            ("797-bao-cao.pdf", b"%PDF-1.4"),
            ("huong-dan-nhanh/797.pdf", b"%PDF-1.4"),
        ] {
            assert!(!is_handout(path, bytes), "{path}");
        }
    }
}
