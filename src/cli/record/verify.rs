//! `xhht verify`: a record is run anew and held against what it says was published.

use super::Opened;
use super::opened::Fault;
use super::steps::{self, Mixed, Run};
use crate::cli::args::{ReadLimits, VerifyOptions, Without};
use crate::cli::terminal::{HEADING, Terminal};
use crate::cli::writing::{self, Asked};
use crate::cli::{CommandResult, Ending, changes, interrupt};
use crate::consolidate::change::{Cause, Changes};
use crate::consolidate::history::record_file;
use crate::error::Error;
use crate::intake;
use crate::report::CHANGES_SHEET;
use std::fs;
use vietnamese::display::date;

/// How many faults of one record are told.
const TOLD: usize = 20;

pub(in crate::cli) fn verify(
    terminal: &Terminal,
    limits: &ReadLimits,
    options: &VerifyOptions,
) -> CommandResult {
    let records = Opened::all(&options.records)?;
    let mut ending = Ending::Clean;
    let mut before: Option<&Opened> = None;
    for opened in &records {
        let stamp = &opened.record.stamp;
        let act = stamp.act.as_deref().map(|act| format!(", {act}")).unwrap_or_default();
        terminal.say(format!(
            "{HEADING}{}{HEADING:#} (chốt ngày {}{act})",
            opened.name(),
            date(stamp.closed)
        ));
        let last = before.filter(|last| last.record.year == opened.record.year);
        match one(terminal, limits, opened, last) {
            Ok(true) => {}
            Ok(false) => ending = Ending::WithErrors,
            // The others are looked at all the same.
            Err(error) => {
                terminal.say("  Không tính lại được:");
                terminal.error(&error);
                ending = Ending::WithErrors;
            }
        }
        before = Some(opened);
    }
    Ok(ending)
}

/// Whether a record is whole and its figures come out as they were published.
fn one(
    terminal: &Terminal,
    limits: &ReadLimits,
    opened: &Opened,
    before: Option<&Opened>,
) -> Result<bool, Error> {
    let doing = terminal.doing("Kiểm tra từng tệp của hồ sơ");
    let mut faults = opened.faults();
    drop(doing);
    if let (Some(said), Some(before)) = (&opened.record.before, before)
        && *said != before.sha256
    {
        faults.push(Fault {
            told: format!("{} đã bị sửa sau khi chốt lần này", before.name()), moves: None
        });
    }
    if faults.is_empty() {
        terminal.say(format!("  Đủ và nguyên vẹn {} tệp", opened.count()));
    }
    for fault in faults.iter().take(TOLD) {
        terminal.say(format!("  Hồ sơ không nguyên vẹn: {}", fault.told));
    }
    if faults.len() > TOLD {
        terminal.say(format!("  và {} chỗ khác", faults.len() - TOLD));
    }
    let published = opened.published()?;
    let run = Mixed::of(opened).run(terminal, limits)?;
    let now = run.snapshot()?;
    // Where the record is as it was sealed, only the program can have changed.
    let cause = faults.iter().filter_map(|fault| fault.moves).min().unwrap_or(Cause::Program);
    let differing = Changes::stepped(&run.plan, &published, &[(cause, now)]);
    let is_same = differing.is_empty();
    if is_same {
        let values: usize = published.units.values().map(|unit| unit.values.len()).sum();
        terminal.say(format!(
            "  Tính lại: {} chỉ tiêu, {values} ô số liệu đúng như đã công bố",
            published.figures.len()
        ));
    } else {
        if cause != Cause::Program {
            terminal.say("  Khác biệt dưới đây có thể do các tệp đã bị sửa nêu trên");
        }
        changes::say(terminal, &run.plan, opened.record.year, "  Tính lại khác đã công bố", &differing);
    }
    say_bytes(terminal, limits, opened, run)?;
    if let Some(before) = before {
        let (plan, changes) = steps::between(terminal, limits, before, opened)?;
        let heading = format!("  So với lần {}", before.record.stamp.part);
        changes::say(terminal, &plan, opened.record.year, &heading, &changes);
    }
    Ok(faults.is_empty() && is_same)
}

/// The kinds of outputs that were not published: nobody asks for them now.
fn left_out(opened: &Opened) -> Vec<Without> {
    let any = |is: fn(&str) -> bool| opened.record.outputs.iter().any(|output| is(&output.file));
    let pdf = (!any(|file| file.ends_with(".pdf"))).then_some(Without::Pdf);
    let word = (!any(|file| file.ends_with(".docx"))).then_some(Without::Word);
    let returns = (!any(|file| file.matches('/').count() > 1)).then_some(Without::Returns);
    pdf.into_iter().chain(word).chain(returns).collect()
}

/// Which outputs come out byte by byte as they were published.
fn say_bytes(terminal: &Terminal, limits: &ReadLimits, opened: &Opened, run: Run) -> Result<(), Error> {
    let unbroken = interrupt::unbroken();
    let folder = tempfile::tempdir().map_err(|source| Error::Io {
        doing: "tạo thư mục tạm",
        path: std::env::temp_dir(),
        source,
    })?;
    unbroken.has_made(folder.path());
    drop(unbroken);
    let links = opened.links();
    let without = left_out(opened);
    let asked =
        Asked { out: folder.path(), asked: opened.record.options.asked(), without: &without, links: &links };
    let Run { plan, judgement } = run;
    let (written, ..) = writing::write(terminal, limits, &plan, judgement, &asked)?;
    let prefix = format!("{}/", record_file::OUTPUTS);
    let mut differing = Vec::new();
    let mut same = 0;
    for output in opened.record.outputs.iter().filter(|output| output.file != opened.record.result()) {
        let name = output.file.strip_prefix(&prefix).unwrap_or(&output.file);
        let now = written.files.iter().find(|file| file.path == name);
        match now {
            Some(file) if file.sha256 == output.sha256 => same += 1,
            _ if output.changed => differing.push(format!("{name} (đã có người sửa trước khi chốt)")),
            Some(_) if tells_of_last_run(opened, &output.file) => differing.push(format!(
                "{name} (có trang “{}” so với lần chạy trước khi chốt; tính lại thì không có lần chạy nào trước)",
                CHANGES_SHEET
            )),
            Some(_) => differing.push(name.to_owned()),
            None => differing.push(format!("{name} (nay không ghi)")),
        }
    }
    terminal.say(format!("  Tệp kết quả giống từng byte: {same}/{}", same + differing.len()));
    for name in differing.iter().take(TOLD) {
        terminal.say(format!("    khác byte: {}", name));
    }
    Ok(())
}

/// Whether a sealed workbook tells what differed from the run before it: nobody can run that one anew.
fn tells_of_last_run(opened: &Opened, file: &str) -> bool {
    let sheet = CHANGES_SHEET.to_owned();
    let bytes = if file.ends_with(".xlsx") { fs::read(opened.folder.join(file)).ok() } else { None };
    bytes
        .and_then(|bytes| intake::read_only(&bytes, std::slice::from_ref(&sheet)).ok())
        .is_some_and(|book| book.sheet(&sheet).is_some())
}
