//! Writing every output of a run: beside their places first, then all into place together.

use super::args::{ReadLimits, Without};
use super::case::Judgement;
use super::output::Outputs;
use super::own;
use super::parallel::in_parallel;
use super::terminal::{Terminal, quietly};
use crate::consolidate::Consolidated;
use crate::consolidate::history::result_file::{self, AskedPart, WrittenFiles};
use crate::domain::Year;
use crate::error::Error;
use crate::finding::Finding;
use crate::job::{Bytes, Judged, Paper, Papers, PdfFaults, Wanted};
use crate::output::json::OutputFile;
use crate::output::xlsx::{SourceLinks, Spill};
use crate::output::{json, xlsx};
use crate::plan::Plan;
use crate::report::model::Report;
use page::Typeface;
use std::fs;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Which outputs, and where.
pub(super) struct Asked<'a> {
    pub out: &'a Path,
    /// What is in the files beyond the usual.
    pub asked: AskedPart,
    pub without: &'a [Without],
    /// How the workbook reaches the files of the units.
    pub links: &'a SourceLinks,
}

/// What was written.
pub(super) struct Written {
    pub files: Vec<OutputFile>,
    /// What could not be printed, of each PDF in the order they are written.
    pub pdfs: Vec<PdfFaults>,
    pub outdated: own::Outdated,
    /// What bears another name than usual, in words.
    pub renamed: Vec<String>,
    /// How many return copies there are to be sent.
    pub copies: usize,
}

/// Writes every output of a year that was judged, and gives its results back.
///
/// # Errors
/// A text template of the plan cannot be carried out, or a file cannot be written; then every file of an earlier run
/// stands where it stood.
pub(super) fn write(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    judgement: Judgement,
    asked: &Asked<'_>,
) -> Result<(Written, Consolidated, Vec<Finding>), Error> {
    let Judgement { judged, known, typeface } = judgement;
    let Judged { accepted, results, findings } = judged;
    let wanted = Wanted {
        pdfs: !asked.without.contains(&Without::Pdf),
        word: !asked.without.contains(&Without::Word),
        returns: !asked.without.contains(&Without::Returns),
        asked: asked.asked,
    };
    let doing = terminal.doing("Soạn báo cáo");
    let papers = Papers::of(plan, &known.previous, accepted, &results, &findings, wanted)?;
    drop(doing);
    let writing = Writing { papers: &papers, typeface: &typeface, year: results.year, asked };
    let written = writing.all(terminal, limits, |written| json::write(plan, &results, &findings, written))?;
    drop(papers);
    Ok((written, results, findings))
}

/// What the files are written from.
struct Writing<'a> {
    papers: &'a Papers<'a>,
    typeface: &'a Typeface,
    year: Year,
    asked: &'a Asked<'a>,
}

impl Writing<'_> {
    /// Writes every file beside its place, the result of the names and hashes of all others last, and puts them in place
    /// together.
    fn all(
        &self,
        terminal: &Terminal,
        limits: &ReadLimits,
        result: impl FnOnce(&WrittenFiles) -> Result<Vec<u8>, Error>,
    ) -> Result<Written, Error> {
        let (year, out) = (self.year, self.asked.out);
        let papers = self.papers.list();
        let mut outputs = Outputs::into_folder(out)?;
        let progress = terminal.progress(papers.len(), "Ghi kết quả");
        let written = in_parallel(limits.threads(), &papers, |paper| {
            progress.set_message(paper.being_written());
            let written = self.one(*paper, &outputs)?;
            progress.inc(1);
            Ok(written)
        })?;
        let (files, pdfs): (Vec<OutputFile>, Vec<_>) = written.into_iter().unzip();
        let drafts = papers.iter().zip(&files).filter(|(paper, _)| paper.is_draft());
        let kept: Vec<String> = drafts
            .filter_map(|(_, file)| self.keep_edited(&outputs, &file.path).transpose())
            .collect::<Result<_, Error>>()?;
        progress.set_message("Ghi kết quả JSON");
        let path = outputs.name_that_fits(&result_file::file_name(year));
        let mut written = WrittenFiles { asked: self.asked.asked, outputs: files };
        outputs.add(&path, &result(&written)?)?;
        let files = &mut written.outputs;
        files.push(OutputFile { path, sha256: String::new() });
        let with_returns = !self.asked.without.contains(&Without::Returns);
        let again = |name: &str| !with_returns || files.iter().any(|new| new.path == name);
        let outdated = own::outdated(out, year, again);
        for copy in &outdated.untouched {
            outputs.remove(copy);
        }
        let mut renamed = outputs.told();
        renamed.extend(kept);
        progress.set_message("Đưa các tệp vào chỗ");
        outputs.finish()?;
        progress.finish_and_clear();
        let pdfs = pdfs.into_iter().flatten().collect();
        Ok(Written { files: written.outputs, pdfs, outdated, renamed, copies: self.papers.to_be_sent() })
    }

    /// A report that somebody has gone on writing since the last run is not lost under the new one: it is kept beside, and
    /// told.
    fn keep_edited(&self, outputs: &Outputs, report: &str) -> Result<Option<String>, Error> {
        let out = self.asked.out;
        if !own::is_edited(out, self.year, report) {
            return Ok(None);
        }
        let path = out.join(report);
        let bytes =
            fs::read(&path)
                .map_err(|source| Error::Io { doing: "đọc báo cáo đã sửa", path, source })?;
        let (stem, ending) = report.rsplit_once('.').unwrap_or((report, ""));
        let mut names = (1..1000).map(|number| match number {
            1 => format!("{stem} (bản đã sửa).{ending}"),
            _ => format!("{stem} (bản đã sửa {number}).{ending}"),
        });
        let free = names.find(|name| fs::symlink_metadata(out.join(name)).is_err());
        let kept =
            free.ok_or_else(|| Error::Usage(format!("Có quá nhiều bản đã sửa của “{report}”; dọn bớt.")))?;
        outputs.add(&kept, &bytes)?;
        Ok(Some(format!(
            "“{report}” đã có người sửa từ lần tổng hợp trước; bản đã sửa được giữ lại ở “{kept}”, hãy chép lời văn đã sửa sang bản mới"
        )))
    }

    /// Writes one file beside its place.
    fn one(&self, paper: Paper<'_>, outputs: &Outputs) -> Result<(OutputFile, Option<PdfFaults>), Error> {
        let path = outputs.name_that_fits(&self.papers.name(paper));
        let Asked { out, links, .. } = self.asked;
        let (sha256, faults) = match paper {
            // A long one passes through the disk.
            Paper::Workbook(report) => {
                let added =
                    outputs.add_written(&path, |file, place| workbook(report, links, out, file, place))?;
                (added.sha256, None)
            }
            paper => {
                let Bytes { bytes, faults } = self.papers.write(paper, self.typeface, links)?;
                (outputs.add(&path, &bytes)?, faults)
            }
        };
        Ok((OutputFile { path, sha256 }, faults))
    }
}

/// The workbook. Rows of long sheets pass through a file of the output folder's disk; when that is full, the writing
/// library can only panic.
fn workbook(
    report: &Report,
    links: &SourceLinks,
    folder: &Path,
    file: &mut (dyn Write + Send),
    place: &Path,
) -> Result<(), Error> {
    // It stays until the disk was asked: when it goes, what it spilt goes with it.
    let mut workbook = xlsx::Unsaved::default();
    let write = || workbook.write_linked(report, links, Some(Spill::into(folder)), file, place);
    let written = quietly(|| catch_unwind(AssertUnwindSafe(write))).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map_or("không rõ lý do", String::as_str);
        Err(match has_room(folder) {
            Err(source) => Error::Io { doing: "ghi", path: place.to_owned(), source },
            Ok(()) => Error::Internal(format!("không dựng được sổ Excel ({said})")),
        })
    });
    // What the folder does not take is a part of this workbook.
    written.map_err(|error| match error {
        Error::Io { doing, path, source } if path == folder => {
            Error::Io { doing, path: place.to_owned(), source }
        }
        other => other,
    })
}

/// Whether a folder takes another file of some size.
fn has_room(folder: &Path) -> io::Result<()> {
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(&vec![0; 4 << 20])?;
    file.sync_all()
}
