//! The guides on paper that the program carries: `docs/huong-dan/make` makes them from what the program writes.

use crate::job;

/// A file as it is handed out: its name and its bytes.
pub(super) type Handout = (&'static str, &'static [u8]);

/// Two pages for who fills a form in; sent with every template.
pub(super) const QUICK_START: Handout =
    (job::QUICK_START, include_bytes!("../../docs/huong-dan/bat-dau-nhanh.pdf"));

/// The season step by step with pictures, for who collects the reports.
pub(super) const DECEMBER: Handout =
    ("ky-bao-cao-thang-12.pdf", include_bytes!("../../docs/huong-dan/ky-bao-cao-thang-12.pdf"));

/// Whether a file was handed out: under another name the quick start is known by its bytes.
pub(super) fn is_handout(path: &str, bytes: &[u8]) -> bool {
    bytes == QUICK_START.1 || job::is_handout(path, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_start_is_known_under_any_name() {
        let (name, own) = QUICK_START;
        assert!([name, "thu/tep dinh kem.pdf"].into_iter().all(|path| is_handout(path, own)));
        assert!(!is_handout("797-bao-cao.pdf", b"%PDF-1.4"));
    }
}
