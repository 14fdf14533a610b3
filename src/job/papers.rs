//! The files that go out of a year that was judged: the workbook, the reports on paper, the return copies. The result as
//! JSON names all others with their hashes, so whoever has written them writes it last.

use crate::check::{AcceptedSubmissions, Previous};
use crate::consolidate::Consolidated;
use crate::consolidate::history::result_file::AskedPart;
use crate::domain::Year;
use crate::error::Error;
use crate::finding::Finding;
use crate::output::returns::{self, ReturnCopy};
use crate::output::xlsx::SourceLinks;
use crate::output::{docx, pdf, xlsx};
use crate::plan::Plan;
use crate::report;
use crate::report::model::Report;
use page::Typeface;
use page::overflow::Overflow;

/// Which files are wanted beside the workbook.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// The official report and the brief.
    pub pdfs: bool,
    /// The official report for a word processor, and the letter that hands it up.
    pub word: bool,
    /// Return copies and the list beside them.
    pub returns: bool,
    /// What is in them beyond the usual.
    pub asked: AskedPart,
}

/// What the files are written from.
pub struct Papers<'a> {
    plan: &'a Plan,
    previous: &'a Previous,
    year: Year,
    wanted: Wanted,
    report: Report,
    brief: Option<Report>,
    cover: Option<Report>,
    copies: Vec<ReturnCopy<'a>>,
}

/// A file to write.
#[derive(Clone, Copy)]
pub enum Paper<'a> {
    /// The provincial workbook.
    Workbook(&'a Report),
    /// The official report.
    Official(&'a Report),
    /// The same for a word processor.
    Word(&'a Report),
    /// The letter that hands it up, for a word processor.
    Cover(&'a Report),
    /// What stays with the secretariat.
    Internal(&'a Report),
    /// The brief for leaders.
    Brief(&'a Report),
    /// A return copy, or a list beside them.
    Return(&'a ReturnCopy<'a>),
}

/// A file that was written.
pub struct Bytes {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Of a PDF, what it could not show as it is.
    pub faults: Option<PdfFaults>,
}

/// What a PDF could not show as it is.
pub struct PdfFaults {
    /// Characters that the typeface lacks.
    pub missing: Vec<char>,
    /// What does not fit into its frame.
    pub overflows: Vec<Overflow>,
}

impl<'a> Papers<'a> {
    /// Words the report of a year that was judged. What was accepted is let go: of a whole country nobody can hold it all,
    /// and the copies hold what they need of it.
    ///
    /// # Errors
    /// A text template of the plan cannot be carried out.
    pub fn of(
        plan: &'a Plan,
        previous: &'a Previous,
        accepted: AcceptedSubmissions,
        results: &Consolidated,
        findings: &'a [Finding],
        wanted: Wanted,
    ) -> Result<Self, Error> {
        let copies = if wanted.returns { returns::copies(plan, &accepted, findings) } else { Vec::new() };
        drop(accepted);
        let mut report = report::build(plan, results, findings)?;
        report.letter.dated = wanted.asked.letter_date;
        let brief = match wanted.pdfs {
            true => report::brief(plan, results, findings, wanted.asked.unit_sheets)?,
            false => None,
        };
        let cover = match wanted.word {
            true => report::cover_letter(plan, results, findings)?,
            false => None,
        };
        Ok(Papers { plan, previous, year: results.year, wanted, report, brief, cover, copies })
    }

    /// Every file, the longest first: where several are written at once none is left with it at the end.
    pub fn list(&self) -> Vec<Paper<'_>> {
        let official = self.wanted.pdfs.then_some(Paper::Official(&self.report));
        let word = self.wanted.word.then_some(Paper::Word(&self.report));
        let internal = self.wanted.pdfs.then_some(Paper::Internal(&self.report));
        let workbook = Paper::Workbook(&self.report);
        let of_brief = self.brief.iter().map(Paper::Brief);
        let copies = self.copies.iter().map(Paper::Return);
        [workbook]
            .into_iter()
            .chain(official)
            .chain(of_brief)
            .chain(word)
            .chain(internal)
            .chain(self.cover.iter().map(Paper::Cover))
            .chain(copies)
            .collect()
    }

    /// How many return copies there are to be sent.
    pub fn to_be_sent(&self) -> usize {
        self.copies.iter().filter(|copy| copy.is_to_be_sent()).count()
    }

    /// The name of a file below the folder of outputs.
    pub fn name(&self, paper: Paper<'_>) -> String {
        let year = self.year;
        match paper {
            Paper::Workbook(_) => format!("tong-hop-xhht-{year}.xlsx"),
            Paper::Official(_) => format!("bao-cao-xhht-{year}.pdf"),
            Paper::Word(_) => format!("bao-cao-xhht-{year}.docx"),
            Paper::Cover(_) => format!("to-trinh-xhht-{year}.docx"),
            Paper::Internal(_) => format!("phu-luc-noi-bo-{year}.pdf"),
            Paper::Brief(_) => format!("tom-tat-xhht-{year}.pdf"),
            Paper::Return(copy) => copy.path.clone(),
        }
    }

    /// Writes a file into memory.
    ///
    /// # Errors
    /// A library refuses something.
    pub fn write(&self, paper: Paper<'_>, typeface: &Typeface, links: &SourceLinks) -> Result<Bytes, Error> {
        let pdf = |pdf: pdf::Pdf| {
            let faults = PdfFaults { missing: pdf.missing_glyphs, overflows: pdf.overflows };
            Bytes { bytes: pdf.bytes, faults: Some(faults) }
        };
        let whole = |bytes| Bytes { bytes, faults: None };
        Ok(match paper {
            Paper::Workbook(report) => whole(xlsx::write_with_links(report, links)?),
            Paper::Official(report) => pdf(pdf::write_in(report, typeface)?),
            Paper::Word(report) | Paper::Cover(report) => whole(docx::write_in(report, typeface)?),
            Paper::Internal(report) => pdf(pdf::write_internal_in(report, typeface)?),
            Paper::Brief(brief) => pdf(pdf::write_brief_in(brief, typeface)?),
            Paper::Return(copy) => whole(copy.write(self.plan, self.previous, self.year)?),
        })
    }
}

impl Paper<'_> {
    /// Whether people go on writing in it.
    pub fn is_draft(&self) -> bool {
        matches!(self, Paper::Word(_) | Paper::Cover(_))
    }

    /// What is said while it is written.
    pub fn being_written(&self) -> &'static str {
        match self {
            Paper::Workbook(_) => "Ghi sổ tổng hợp Excel",
            Paper::Official(_) => "Ghi báo cáo PDF",
            Paper::Word(_) => "Ghi báo cáo Word",
            Paper::Cover(_) => "Ghi tờ trình",
            Paper::Internal(_) => "Ghi phụ lục nội bộ",
            Paper::Brief(_) => "Ghi bản tóm tắt PDF",
            Paper::Return(_) => "Ghi bản trả lại",
        }
    }
}
