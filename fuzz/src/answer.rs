//! What must be true of the answer to any file, whatever stands in it.

use crate::{held, plan};
use chrono::NaiveDate;
use sheet::cell;
use xhht::check::{self, Previous};
use xhht::finding::{Class, Code, Finding};
use xhht::intake::{self, Unreadable};
use xhht::output::returns;
use xhht::submission::{self, Content, InputFile, Received, Sent};

/// Longest answer of a file that still counts as words to a person, characters.
const LONGEST_TEXT: usize = 5_000;

/// A file is read or refused in words; what is read adds up; what goes back to its sender can be read again.
pub fn to_file(bytes: &[u8]) {
    held(|| {
        let tabs = plan().tabs();
        match intake::read(bytes, &tabs) {
            Err(unreadable) => refusal(&unreadable),
            Ok(raw) => {
                assert!(
                    raw.sheets.iter().any(|sheet| !sheet.cells.is_empty()),
                    "read, but nothing in it and nothing said"
                );
                let file = InputFile { path: "tep.xlsx".into(), sha256: "0".repeat(64) };
                received(submission::read(plan(), Some(2024), file, &raw), sampled(bytes));
            }
        }
    });
}

/// A file that cannot be used is told why and what to do.
pub fn refusal(unreadable: &Unreadable) {
    assert!(unreadable.code.class() == Class::File, "of another class: {unreadable:?}");
    told(&unreadable.finding("tep.xlsx"));
}

fn told(finding: &Finding) {
    assert!(finding.code != Code::I001, "an internal fault: {finding:?}");
    for text in [&finding.cause, &finding.cure] {
        assert!(text.chars().filter(|c| c.is_alphabetic()).count() > 3, "no words: {finding:?}");
        assert!(text.chars().count() < LONGEST_TEXT, "endless words: {finding:?}");
    }
}

/// One file in eight, the same ones every time.
fn sampled(bytes: &[u8]) -> bool {
    bytes.iter().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte))) >> 16 & 7 == 0
}

fn received(received: Received, sampled: bool) {
    received.findings.iter().for_each(told);
    match &received.content {
        Content::Rejected { code, .. } => assert!(
            received.findings.iter().any(|finding| finding.code == *code),
            "refused for {code}, of which nothing is said"
        ),
        Content::Submission(submission) => {
            assert_eq!(submission.filled.len(), submission.filled_count, "filled cells are unaccounted for");
        }
        Content::Ignored => panic!("a workbook that is ignored"),
    }
    let Some(as_of) = NaiveDate::from_ymd_opt(2024, 12, 20) else { return };
    let previous = Previous::default();
    let checked = check::check(plan(), 2024, as_of, &previous, vec![received]).expect("the ledger adds up");
    checked.findings.iter().for_each(told);
    let ledger = checked.value.ledger();
    let settled = ledger.used + ledger.superseded + ledger.rejected_in_all() + ledger.ignored_in_all();
    assert_eq!(ledger.filled, settled);
    // Writing and reading a workbook costs ten times as much as everything before it.
    if ledger.filled > 0 && sampled {
        sent_back(&checked.value, &checked.findings, &previous);
    }
}

/// What goes back is a workbook that this program reads, and it holds what was sent.
fn sent_back(accepted: &check::AcceptedSubmissions, findings: &[Finding], previous: &Previous) {
    for copy in returns::copies(plan(), accepted, findings) {
        let bytes = copy.write(plan(), previous, 2024).expect("a copy can be written");
        let raw = intake::read(&bytes, &plan().tabs()).expect("a copy can be read");
        let unit = accepted.units().iter().find(|unit| copy.path.contains(unit.code.as_str()));
        let Some(sent) = unit.and_then(|unit| accepted.sent_by(&unit.code)) else { continue };
        let file = InputFile { path: copy.path.as_str().into(), sha256: "1".repeat(64) };
        let again = submission::read(plan(), Some(2024), file, &raw);
        let Content::Submission(again) = &again.content else {
            panic!("a copy that is no submission: {:?}", again.findings)
        };
        assert_eq!(again.unit, sent.unit);
        for (field, value) in &sent.sent {
            let back = again.sent.get(field).map(Sent::content);
            assert_eq!(back, Some(as_cells_hold(value.content())), "{field} came back changed");
        }
    }
}

/// Texts are written composed, with one kind of line end and without what cannot be seen.
fn as_cells_hold(content: cell::Content) -> cell::Content {
    match content {
        cell::Content::Text(text) => cell::Content::Text(sheet::text::clean(&text).into()),
        other => other,
    }
}
