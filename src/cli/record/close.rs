//! `xhht close`: seals what was received, by what it was judged, and what was published.

use super::Opened;
use crate::check::decision::DecisionTexts;
use crate::cli::args::{CloseOptions, ReadLimits, WhyAgain};
use crate::cli::case::{self, Judgement, Named};
use crate::cli::decisions::Decided;
use crate::cli::discover::{self, Found};
use crate::cli::interrupt::{self, Unbroken};
use crate::cli::output::Outputs;
use crate::cli::swap::{PREFIX, SUFFIX};
use crate::cli::template::check_year;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Ending, changes, decisions, inputs, links, own, reading};
use crate::consolidate::change::Changes;
use crate::consolidate::history::record_file::{
    self, DECISIONS, KNOWN, OUTPUTS, PLAN, RECEIVED, RECORD_FILE, RecordFile, RecordedFile, RecordedInput,
    RecordedOptions, RecordedOutput, RecordedPlan, SCHEMA,
};
use crate::consolidate::history::result_file::{self, WrittenFiles};
use crate::consolidate::{Reason, RecordStamp, Snapshot};
use crate::error::Error;
use crate::job::Known;
use crate::output::json;
use crate::output::xlsx::SourceLinks;
use crate::plan::{Plan, PlanSources, SourceFile, hex};
use chrono::Local;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, TempDir};

pub(in crate::cli) fn close(
    terminal: &Terminal,
    plan_path: Option<&Path>,
    limits: &ReadLimits,
    options: &CloseOptions,
) -> CommandResult {
    let year = options.year;
    let sources = inputs::sources(plan_path)?;
    let plan = Plan::read(&sources)?;
    check_year(&plan, year)?;
    let out = options.out.clone().unwrap_or_else(|| Path::new("ket-qua").join(year.to_string()));
    let published = Published::read(&out, options)?;
    published.is_of(&plan)?;
    let before = Opened::of_year(&options.records, year)?;
    let sha256 = hex(&Sha256::digest(&published.result));
    if let Some(last) = before.last()
        && last.record.hashes().any(|file| file == (last.record.result().as_str(), sha256.as_str()))
    {
        mark(&out, last)?;
        terminal.say(format!(
            "Kết quả này đã chốt: {} ở “{}”; không có gì khác để chốt lại.",
            last.name(),
            last.folder.display()
        ));
        return Ok(Ending::Clean);
    }
    if !before.is_empty() && options.reason.is_none() {
        return Err(Error::Usage(format!(
            "Năm {year} đã chốt {} lần (“{}”). Chốt lại cần lý do: --reason late-data (số liệu gửi muộn), error (sửa số liệu sai) hoặc method (đổi cách tính), và --note để nói rõ.",
            before.len(),
            options.records.join(year.to_string()).display()
        )));
    }
    let (known, decided) = proven(terminal, limits, &plan, options, &out, &published)?;
    let record =
        Sealing { terminal, plan: &plan, sources: &sources, options, out: &out, published: &published };
    let (folder, unbroken) = record.seal(before.last(), &known, &decided)?;
    let sealed = Opened::open(&folder)?;
    mark(&out, &sealed)?;
    drop(unbroken);
    terminal.say(format!(
        "Đã chốt {} vào “{}”: {} tệp bài nộp, {} tệp kết quả. Kiểm lại bất cứ lúc nào bằng: xhht verify \"{}\"",
        sealed.name(),
        folder.display(),
        sealed.record.received.len(),
        sealed.record.outputs.len(),
        folder.display()
    ));
    if let Some(last) = before.last() {
        let (plan, differing) = super::steps::between(terminal, limits, last, &sealed)?;
        changes::say(terminal, &plan, year, &format!("So với lần {}", last.record.stamp.part), &differing);
    }
    Ok(Ending::Clean)
}

/// The results that are to be closed.
struct Published {
    /// The bytes of the result file.
    result: Vec<u8>,
    /// What it says.
    run: Snapshot,
    /// The other files.
    outputs: WrittenFiles,
}

impl Published {
    fn read(out: &Path, options: &CloseOptions) -> Result<Self, Error> {
        let path = out.join(result_file::file_name(options.year));
        let result = fs::read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::Usage(format!(
                "Chưa có kết quả năm {} trong “{}” để chốt. Chạy xhht consolidate trước, hoặc nêu thư mục kết quả ở --out.",
                options.year,
                out.display()
            )),
            _ => Error::Io { doing: "đọc kết quả", path: path.clone(), source: error },
        })?;
        let none = |why: &str| Error::Usage(format!("Tệp “{}” {why}.", path.display()));
        let run = Snapshot::read(&String::from_utf8_lossy(&result)).map_err(|why| none(&why))?;
        let outputs = WrittenFiles::read(&result).ok_or_else(|| none("không nêu các tệp kết quả"))?;
        Ok(Published { result, run, outputs })
    }

    fn is_of(&self, plan: &Plan) -> Result<(), Error> {
        let (id, sha256) = &self.run.plan;
        if *id == plan.id && *sha256 == plan.sha256 {
            return Ok(());
        }
        Err(Error::Usage(format!(
            "Kết quả được tổng hợp theo kế hoạch “{id}” ({}), không phải kế hoạch đang dùng “{}” ({}). Nêu đúng kế hoạch ở --plan, hoặc tổng hợp lại theo kế hoạch này rồi chốt.",
            short(sha256),
            plan.id,
            short(&plan.sha256)
        )))
    }
}

fn short(sha256: &str) -> &str {
    sha256.get(..8).unwrap_or(sha256)
}

/// What is known of earlier years and what was decided, once what was sent has given the published result again, byte by
/// byte.
fn proven(
    terminal: &Terminal,
    limits: &ReadLimits,
    plan: &Plan,
    options: &CloseOptions,
    out: &Path,
    published: &Published,
) -> Result<(Known, DecisionTexts), Error> {
    let Decided { decisions, texts, .. } =
        decisions::read(plan, options.year, &options.paths, &options.decisions)?;
    let named = Named {
        year: options.year,
        as_of: published.run.as_of,
        paths: &options.paths,
        out: Some(out),
        history: options.history.as_ref(),
        previous: options.previous.as_ref(),
        decisions,
    };
    let case = named.gather(terminal, limits, plan)?;
    let Judgement { judged, known, .. } = case::judge(terminal, plan, case)?;
    let doing = terminal.doing("Đối chiếu với kết quả đã công bố");
    let again = json::write(plan, &judged.results, &judged.findings, &published.outputs)?;
    drop(doing);
    if again == published.result {
        return Ok((known, texts));
    }
    let now = Snapshot::read(&String::from_utf8_lossy(&again)).map_err(Error::Internal)?;
    let differing = Changes::between(plan, &published.run, &now);
    changes::say(terminal, plan, options.year, "Bài nộp bây giờ so với kết quả trong thư mục", &differing);
    Err(Error::Usage(format!(
        "Kết quả trong “{}” không còn đúng là kết quả của các bài nộp, quyết định và số liệu năm trước vừa đọc, nên chưa chốt. Tổng hợp lại rồi chốt với cùng các tùy chọn (--history, --previous) như khi tổng hợp.",
        out.display()
    )))
}

/// Everything a record is made from.
struct Sealing<'a> {
    terminal: &'a Terminal,
    plan: &'a Plan,
    sources: &'a PlanSources,
    options: &'a CloseOptions,
    out: &'a Path,
    published: &'a Published,
}

impl Sealing<'_> {
    /// Writes the record beside its place and moves it there whole; gives back where it is, with the word in the folder
    /// of results still to be left.
    fn seal(
        &self,
        before: Option<&Opened>,
        known: &Known,
        decided: &DecisionTexts,
    ) -> Result<(PathBuf, Unbroken), Error> {
        let options = self.options;
        let years = options.records.join(options.year.to_string());
        let io = |doing, path: &Path, source| Error::Io { doing, path: path.to_owned(), source };
        let staging = staging(&years).map_err(|source| io("tạo thư mục", &years, source))?;
        let folder = Folder(staging.path());
        let part = before.map_or(1, |last| last.record.stamp.part + 1);
        let record = RecordFile {
            schema: SCHEMA.to_owned(),
            year: options.year,
            stamp: RecordStamp {
                part,
                closed: Local::now().date_naive(),
                act: options.act.clone(),
                act_date: options.act_date,
                reason: before.and(options.reason).map(WhyAgain::reason),
            },
            closed_by: options.closed_by.clone(),
            note: options.note.clone(),
            before: before.map(|last| last.sha256.clone()),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            plan: self.plan_of(),
            options: RecordedOptions {
                as_of: self.published.run.as_of,
                unit_sheets: self.published.outputs.asked.unit_sheets,
                letter_date: self.published.outputs.asked.letter_date,
            },
            received: self.received(&folder)?,
            decisions: self.decisions(decided, &folder)?,
            outputs: self.outputs(&folder)?,
            files: self.others(&folder, known)?,
        };
        folder.put(RECORD_FILE, record.write().map_err(Error::Internal)?.as_bytes())?;
        let place = years.join(format!("lan-{part}"));
        if place.exists() {
            return Err(Error::Usage(format!(
                "Đã có “{}” mà không phải hồ sơ đọc được; chuyển nó đi chỗ khác rồi chốt lại.",
                place.display()
            )));
        }
        let unbroken = interrupt::unbroken();
        fs::rename(staging.path(), &place).map_err(|source| io("ghi hồ sơ", &place, source))?;
        // It has taken its place.
        let _ = staging.keep();
        protect(&place, &record);
        unbroken.has_settled(&years);
        Ok((place, unbroken))
    }

    fn plan_of(&self) -> RecordedPlan {
        RecordedPlan {
            id: self.plan.id.clone(),
            version: self.plan.version.clone(),
            sha256: self.plan.sha256.clone(),
            main: format!("{PLAN}/{}", self.sources.main.name),
        }
    }

    /// Keeps what was received, each content once.
    fn received(&self, folder: &Folder<'_>) -> Result<Vec<RecordedInput>, Error> {
        let paths = &self.options.paths;
        let files = discover::files(paths)?;
        let lower = super::lower_among(self.plan, &files);
        let (files, _) = own::apart(files, &lower, paths, Some(self.out));
        let links: SourceLinks = links::from_folder(self.out, paths)?;
        let mut inputs = Vec::new();
        let progress = self.terminal.progress(files.len(), "Lưu bài nộp vào hồ sơ");
        for found in files {
            progress.inc(1);
            if found.trouble.is_some() {
                let told = format!(
                    "Không lưu được “{}” vào hồ sơ vì không mở được (liên kết, đường ống hoặc thư mục không có quyền đọc)",
                    found.shown
                );
                progress.suspend(|| self.terminal.warn(told));
                continue;
            }
            let bytes = fs::read(&found.path).map_err(|source| Error::Io {
                doing: "đọc bài nộp",
                path: found.path.clone(),
                source,
            })?;
            let sha256 = hex(&Sha256::digest(&bytes));
            let file = format!("{RECEIVED}/{sha256}{}", ending(&found));
            // Of two files of one content the first is kept, whatever its ending.
            let kept = inputs.iter().find(|input: &&RecordedInput| input.sha256 == sha256);
            let file = kept.map_or(file, |input| input.file.clone());
            if kept.is_none() {
                folder.put(&file, &bytes)?;
            }
            let changed = reading::changed(&found.path);
            let link = links.get(&found.shown).cloned();
            inputs.push(RecordedInput { path: found.shown, file, sha256, changed, link });
        }
        Ok(inputs)
    }

    fn decisions(&self, texts: &DecisionTexts, folder: &Folder<'_>) -> Result<Vec<RecordedFile>, Error> {
        texts
            .by_usual_name(self.options.year)
            .map(|(name, file)| folder.add(format!("{DECISIONS}/{name}"), file.text.as_bytes()))
            .collect()
    }

    /// Keeps what was published, changed by somebody since or not.
    fn outputs(&self, folder: &Folder<'_>) -> Result<Vec<RecordedOutput>, Error> {
        let mut kept = Vec::new();
        let progress = self.terminal.progress(self.published.outputs.outputs.len(), "Lưu kết quả vào hồ sơ");
        for output in &self.published.outputs.outputs {
            progress.inc(1);
            let path = self.out.join(&output.path);
            let bytes = fs::read(&path).map_err(|source| Error::Io {
                doing: "đọc kết quả đã công bố",
                path,
                source,
            })?;
            let RecordedFile { file, sha256 } = folder.add(format!("{OUTPUTS}/{}", output.path), &bytes)?;
            let changed = sha256 != output.sha256;
            if changed {
                let told = format!(
                    "“{}” đã có người sửa sau khi chương trình ghi; hồ sơ giữ bản đã sửa và ghi rõ như vậy",
                    output.path
                );
                progress.suspend(|| self.terminal.warn(told));
            }
            kept.push(RecordedOutput { file, sha256, changed });
        }
        let name = format!("{OUTPUTS}/{}", result_file::file_name(self.options.year));
        let RecordedFile { file, sha256 } = folder.add(name, &self.published.result)?;
        kept.push(RecordedOutput { file, sha256, changed: false });
        Ok(kept)
    }

    fn others(&self, folder: &Folder<'_>, known: &Known) -> Result<Vec<RecordedFile>, Error> {
        let known = serde_json::to_string(known)
            .map_err(|error| Error::Internal(format!("không ghi được số liệu năm trước: {error}")))?;
        let mut files = vec![folder.add(KNOWN.to_owned(), known.as_bytes())?];
        let PlanSources { main, others } = self.sources;
        for SourceFile { name, text } in [main].into_iter().chain(others) {
            files.push(folder.add(format!("{PLAN}/{name}"), text.as_bytes())?);
        }
        Ok(files)
    }
}

impl WhyAgain {
    fn reason(self) -> Reason {
        match self {
            WhyAgain::LateData => Reason::LateData,
            WhyAgain::Error => Reason::Error,
            WhyAgain::Method => Reason::Method,
        }
    }
}

/// The ending of a received file, as far as every disk takes it.
fn ending(found: &Found) -> String {
    let ending = found.path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let plain =
        |ending: &String| ending.len() <= 8 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    ending.filter(plain).map_or_else(String::new, |ending| format!(".{ending}"))
}

/// A record that is being written.
struct Folder<'a>(&'a Path);

impl Folder<'_> {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.0.join(name);
        let _unbroken = interrupt::unbroken();
        let write = || {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            let mut file = File::create_new(&path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|source| Error::Io { doing: "ghi hồ sơ", path: path.clone(), source })
    }

    fn add(&self, file: String, bytes: &[u8]) -> Result<RecordedFile, Error> {
        self.put(&file, bytes)?;
        Ok(RecordedFile { file, sha256: hex(&Sha256::digest(bytes)) })
    }
}

/// A folder beside the records of a year, in which another is written.
fn staging(years: &Path) -> io::Result<TempDir> {
    let unbroken = interrupt::unbroken();
    unbroken.make_folder(years)?;
    forget_killed(years);
    let staging = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempdir_in(years)?;
    unbroken.has_made(staging.path());
    Ok(staging)
}

/// Takes away what a closing that was killed left unfinished.
fn forget_killed(years: &Path) {
    let entries = fs::read_dir(years).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            // What cannot be taken away is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Takes from everybody the right to write into the files of a record, where the disk knows such a right.
fn protect(folder: &Path, record: &RecordFile) {
    for file in record.hashes().map(|(file, _)| file).chain([RECORD_FILE]) {
        let path = folder.join(file);
        if let Ok(found) = fs::metadata(&path) {
            let mut permissions = found.permissions();
            permissions.set_readonly(true);
            // A disk that does not know it keeps the record all the same: its hashes tell.
            let _ = fs::set_permissions(&path, permissions);
        }
    }
}

/// Leaves word in the folder of results that the year was closed.
fn mark(out: &Path, opened: &Opened) -> Result<(), Error> {
    let name = record_file::closed_mark(opened.record.year);
    if out.join(&name).exists() {
        return Ok(());
    }
    let text = format!(
        "\u{feff}Kết quả năm {} trong thư mục này đã chốt ngày {}: {}, lưu ở {} (SHA-256 của ho-so.toml: {}).\nxhht không ghi đè kết quả đã chốt. Nếu phải báo cáo lại: tổng hợp ra thư mục khác rồi chốt lần nữa, nêu lý do.\n",
        opened.record.year,
        vietnamese::display::date(opened.record.stamp.closed),
        opened.name(),
        opened.folder.display(),
        opened.sha256
    );
    let outputs = Outputs::into_folder(out)?;
    outputs.add(&name, text.as_bytes())?;
    outputs.finish()
}
