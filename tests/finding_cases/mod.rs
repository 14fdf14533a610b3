//! The text fixtures of tests/findings: read here, made into files by `base` and `workbook`, run by `run`.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a fixture that cannot be read is a failed test

pub mod base;
pub mod run;
mod value;
mod workbook;

use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use value::Typed;
use xhht::domain::Year;
use xhht::intake::moment::{Clock, Moment, Receipt, ReceiptBy};
use xhht::intake::raw::FileFormat;

/// One fixture.
pub struct Case {
    /// Where it stands.
    pub path: PathBuf,
    /// Code it is about: the name of its folder.
    pub code: String,
    /// Whether it must give the code.
    pub fires: bool,
    /// Report year being consolidated.
    pub year: Year,
    /// The unit whose files the fixture changes.
    pub unit: String,
    /// The day the figures stand at.
    pub as_of: NaiveDate,
    /// Units from which nothing came.
    pub silent: Vec<String>,
    /// The plan inside the program that it is of, where that is not the first.
    pub shipped: Option<String>,
    /// Changes to the files of the plan.
    pub plan: Vec<PlanChange>,
    /// Results of earlier years: year, indicator, unit, denominator.
    pub history: Vec<(Year, String, String, String)>,
    /// Results of earlier years as their files say them, without the schema, and without the plan where it is this one.
    pub results: Vec<String>,
    /// Text of `mien-tru.toml` and `dinh-chinh.toml`.
    pub waivers: String,
    /// What was typed in the workbook of the season, as it is kept.
    pub typed: String,
    /// The second of them.
    pub corrections: String,
    /// Limit of memory, MiB, for reading a file by the program itself.
    pub read_memory: Option<u64>,
    /// `last year FIELD = FIGURE`: what the unit reported the year before.
    pub last_year: Vec<(String, String)>,
    /// `in 2022 FIELD = FIGURE`: what it reported in an earlier year.
    pub years: Vec<(Year, String, String)>,
    /// Whether of last year nothing is known but what the fixture says of its unit.
    pub others_unknown: bool,
    /// Whether the files are written to a folder and checked by the program itself.
    pub by_command: bool,
    /// The unit's files.
    pub files: Vec<FileCase>,
    /// Other codes that follow and are right to.
    pub also: BTreeSet<String>,
    /// What the finding must say, by key.
    pub expected: Vec<(String, String)>,
}

/// One file of the unit: a complete, correct submission and what is changed in it.
#[derive(Default)]
pub struct FileCase {
    /// Name, when it is not the template's.
    pub name: Option<String>,
    /// When it was last saved by its own account.
    pub saved: Option<Moment>,
    /// When the disk or the archive says it was last changed.
    pub stored: Option<Moment>,
    /// When a mail brought it.
    pub received: Option<Receipt>,
    /// Its format, when it is not xlsx.
    pub format: Option<FileFormat>,
    /// Whether the workbook counts its days from 1904.
    pub epoch_1904: bool,
    /// Changes in order.
    pub changes: Vec<Change>,
    /// Bytes that go through `intake::read`; without it the raw cells are taken as they are.
    pub make: Option<Make>,
    /// By how many the count of filled cells is made wrong after reading.
    pub miscounted: usize,
}

/// A change to a submission.
pub enum Change {
    /// `field.id = value`.
    Set(String, Option<Typed>),
    /// `identity.key = "…"` or `none`.
    Identity(String, Option<String>),
    /// `heading = "…"`: the second line of every sheet.
    Heading(String),
    /// `drop names`, `drop table`, `drop cells`, `drop identity`; `drop figures`: nothing is filled in.
    Drop(String),
    /// `drop sheet "…"`.
    DropSheet(String),
    /// `rename sheet "…" to "…"`: the defined names follow, the hidden table does not.
    RenameSheet(String, String),
    /// `copy sheet "…" to "…"`: without its names, as an unasked sheet.
    CopySheet(String, String),
    /// `add sheet "…"`: the sender's own.
    AddSheet(String),
    /// `empty sheet "…"`: names and table still point there.
    EmptySheet(String),
    /// `head of "…" = "…"`: the second line of one sheet.
    HeadOf(String, String),
    /// `delete column of FIELD`: as Excel does it, its names go, the other names follow, the hidden table does not.
    DeleteColumn(String),
    /// `hide "SHEET" row 9`, `column F` or `sheet`.
    Hide(String, String),
    /// `blank "SHEET" F8`.
    Blank(String, String),
    /// `insert row above ROW`.
    InsertRow(String),
    /// `insert column before FIELD`.
    InsertColumn(String),
    /// `merge "SHEET" F8:F9`: as Excel does it, only the first cell keeps its content.
    Merge(String, String),
    /// `beside "SHEET" F60 = 125`: a number where no field stands.
    Beside(String, String, f64),
    /// `text "SHEET" A2 = "…"`: words where no field stands.
    Words(String, String, String),
    /// `row OLD instead of NEW`: the row's code, names and table as an older plan version called it.
    OldRow(String, String),
    /// `read "SHEET" to row N`: what lies below was not read.
    ReadTo(String, u32),
}

/// How the bytes of a file are made.
pub enum Make {
    /// `bytes = "…"`.
    Bytes(Vec<u8>),
    /// `make = workbook`: the submission as a whole .xlsx.
    Workbook,
    /// `make = workbook of N bytes`: a picture inside makes up the size.
    Sized(usize),
    /// `make = half a workbook`.
    Half,
    /// `make = shortcut of Windows`.
    Shortcut,
    /// `make = zip of "…" "…"`: a package of empty parts.
    Zip(Vec<String>),
    /// `make = zip with a part of N bytes`.
    Bomb(usize),
    /// `make = result of PLAN in YEAR`: a result of a lower plan; behind a comma what is different in it: `2.1 by 80 of 96`,
    /// `2.1 as percent`, `without 2.1`, `cut short`.
    Result(String, Year, Vec<String>),
    /// `make = OLE container of "…" "…"`: a container of Office 97–2003 with these streams.
    Container(Vec<String>),
}

/// A change to a file of the plan: its name, what, and into what.
pub enum PlanChange {
    /// ``FILE: replace `a` with `b` ``; `a` stands exactly once.
    Replace(String, String, String),
    /// `FILE: rename to OTHER`.
    Rename(String, String),
}

impl Case {
    /// Reads every fixture of a code's folder.
    pub fn of_folder(folder: &Path) -> Vec<Case> {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        paths.iter().map(|path| Case::read(path, &std::fs::read_to_string(path).unwrap())).collect()
    }

    /// Reads a fixture of that path; its name says whether it fires, its folder the code.
    pub fn read(path: &Path, text: &str) -> Case {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let fires = stem.starts_with("fires");
        assert!(fires || stem.starts_with("near-miss"), "{}: fires….txt or near-miss….txt", path.display());
        let mut case = Case {
            path: path.to_owned(),
            code: path.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned(),
            fires,
            year: 2024,
            unit: "794".into(),
            as_of: NaiveDate::from_ymd_opt(2024, 12, 15).unwrap(),
            silent: Vec::new(),
            shipped: None,
            plan: Vec::new(),
            history: Vec::new(),
            results: Vec::new(),
            last_year: Vec::new(),
            years: Vec::new(),
            others_unknown: false,
            by_command: false,
            waivers: String::new(),
            typed: String::new(),
            corrections: String::new(),
            read_memory: None,
            files: vec![FileCase::default()],
            also: BTreeSet::new(),
            expected: Vec::new(),
        };
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') && case.take(line).is_none() {
                panic!("{}:{number}: not understood: {line}", path.display());
            }
        }
        case
    }

    fn take(&mut self, line: &str) -> Option<()> {
        if let Some(change) = plan_change(line) {
            self.plan.push(change);
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("expect ") {
            let (key, value) = rest.split_once(" = ")?;
            self.expected.push((key.into(), value.into()));
            return Some(());
        }
        match line {
            "second file" => {
                self.files.push(FileCase::default());
                return Some(());
            }
            "through the command line" => {
                self.by_command = true;
                return Some(());
            }
            _ => {}
        }
        if let Some(units) = line.strip_prefix("receive nothing from ") {
            self.silent.extend(units.split(' ').map(str::to_owned));
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("waive ") {
            self.waivers += &waiver(rest)?;
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("typed: ") {
            self.typed += &typed(rest)?;
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("correct ") {
            self.corrections += &correction(rest)?;
            return Some(());
        }
        if line == "last year of the others is not known" {
            self.others_unknown = true;
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("in 20") {
            let (year, value) = rest.split_once(' ')?;
            let (field, figure) = value.split_once(" = ")?;
            self.years.push((format!("20{year}").parse().ok()?, field.into(), figure.into()));
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("last year ") {
            let (field, figure) = rest.split_once(" = ")?;
            self.last_year.push((field.into(), figure.into()));
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("history ") {
            let [year, indicator, unit, "=", figure] = rest.split(' ').collect::<Vec<_>>()[..] else {
                return None;
            };
            self.history.push((year.parse().ok()?, indicator.into(), unit.into(), figure.into()));
            return Some(());
        }
        if let Some(result) = line.strip_prefix("earlier result ") {
            self.results.push(result.into());
            return Some(());
        }
        match line.split_once(" = ") {
            Some(("unit", value)) => self.unit = value.into(),
            Some(("plan", value)) => self.shipped = Some(value.into()),
            Some(("year", value)) => self.year = value.parse().ok()?,
            Some(("as-of", value)) => self.as_of = value.parse().ok()?,
            Some(("memory", value)) => self.read_memory = Some(value.strip_suffix(" MiB")?.parse().ok()?),
            Some(("also", value)) => self.also.extend(value.split(' ').map(str::to_owned)),
            _ => return self.files.last_mut()?.take(line),
        }
        Some(())
    }
}

impl FileCase {
    fn take(&mut self, line: &str) -> Option<()> {
        if let Some(rest) = line.strip_prefix("beside ") {
            let (place, number) = rest.split_once(" = ")?;
            let (sheet, cell) = place.rsplit_once(' ')?;
            self.changes.push(Change::Beside(one_quoted(sheet)?, cell.into(), number.parse().ok()?));
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("text ") {
            let (place, words) = rest.split_once(" = ")?;
            let (sheet, cell) = place.rsplit_once(' ')?;
            self.changes.push(Change::Words(one_quoted(sheet)?, cell.into(), one_quoted(words)?));
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("head of ") {
            let (sheet, text) = rest.split_once(" = ")?;
            self.changes.push(Change::HeadOf(one_quoted(sheet)?, one_quoted(text)?));
            return Some(());
        }
        if let Some((key, value)) = line.split_once(" = ") {
            match key {
                "file-name" => self.name = Some(value.into()),
                "saved" => self.saved = Some(moment(value)?),
                "stored" => self.stored = Some(moment(value)?),
                "received" => self.received = Some(Receipt { moment: moment(value)?, by: ReceiptBy::Server }),
                "sent" => self.received = Some(Receipt { moment: moment(value)?, by: ReceiptBy::Sender }),
                "format" => {
                    self.format = Some(match value {
                        "xls" => FileFormat::Xls,
                        "ods" => FileFormat::Ods,
                        _ => return None,
                    });
                }
                "epoch" => self.epoch_1904 = value == "1904",
                "heading" => self.changes.push(Change::Heading(one_quoted(value)?)),
                "bytes" => self.make = Some(Make::Bytes(one_quoted(value)?.into_bytes())),
                "make" => self.make = Some(make(value)?),
                "miscounted by" => self.miscounted = value.parse().ok()?,
                _ => match key.strip_prefix("identity.") {
                    Some(key) => {
                        let value = if value == "none" { None } else { Some(one_quoted(value)?) };
                        self.changes.push(Change::Identity(key.into(), value));
                    }
                    None => self.changes.push(Change::Set(key.into(), value::read(value)?)),
                },
            }
            return Some(());
        }
        let change = if let Some(rest) = line.strip_prefix("merge ") {
            let (sheet, range) = rest.rsplit_once(' ')?;
            Change::Merge(one_quoted(sheet)?, range.into())
        } else if let Some(rest) = line.strip_prefix("row ") {
            let (old, new) = rest.split_once(" instead of ")?;
            Change::OldRow(old.into(), new.into())
        } else if let Some(name) = line.strip_prefix("drop sheet ") {
            Change::DropSheet(one_quoted(name)?)
        } else if let Some(what) = line.strip_prefix("drop ") {
            Change::Drop(what.into())
        } else if let Some(rest) = line.strip_prefix("rename sheet ") {
            let (old, new) = rest.split_once(" to ")?;
            Change::RenameSheet(one_quoted(old)?, one_quoted(new)?)
        } else if let Some(rest) = line.strip_prefix("copy sheet ") {
            let (old, new) = rest.split_once(" to ")?;
            Change::CopySheet(one_quoted(old)?, one_quoted(new)?)
        } else if let Some(name) = line.strip_prefix("add sheet ") {
            Change::AddSheet(one_quoted(name)?)
        } else if let Some(rest) = line.strip_prefix("blank ") {
            let (sheet, cell) = rest.rsplit_once(' ')?;
            Change::Blank(one_quoted(sheet)?, cell.into())
        } else if let Some(name) = line.strip_prefix("empty sheet ") {
            Change::EmptySheet(one_quoted(name)?)
        } else if let Some(field) = line.strip_prefix("delete column of ") {
            Change::DeleteColumn(field.into())
        } else if let Some(rest) = line.strip_prefix("hide ") {
            let (sheet, what) = rest.rsplit_once('"')?;
            Change::Hide(one_quoted(&format!("{sheet}\""))?, what.trim().into())
        } else if let Some(row) = line.strip_prefix("insert row above ") {
            Change::InsertRow(row.into())
        } else if let Some(field) = line.strip_prefix("insert column before ") {
            Change::InsertColumn(field.into())
        } else {
            let (sheet, row) = line.strip_prefix("read ")?.split_once(" to row ")?;
            Change::ReadTo(one_quoted(sheet)?, row.parse().ok()?)
        };
        self.changes.push(change);
        Some(())
    }
}

/// `2024-12-05 08:30`, by the clock on the wall, unless `UTC` or `unknown` stands behind it.
fn moment(text: &str) -> Option<Moment> {
    let (text, clock) = match text {
        text if text.ends_with(" UTC") => (text.trim_end_matches(" UTC"), Clock::Utc),
        text if text.ends_with(" unknown") => (text.trim_end_matches(" unknown"), Clock::Unknown),
        text => (text, Clock::Local),
    };
    Some(Moment { shown: NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").ok()?, clock })
}

fn make(text: &str) -> Option<Make> {
    let number = |text: &str| text.strip_suffix(" bytes")?.replace('.', "").parse().ok();
    Some(match text {
        "workbook" => Make::Workbook,
        "half a workbook" => Make::Half,
        "shortcut of Windows" => Make::Shortcut,
        _ => {
            if let Some(size) = text.strip_prefix("workbook of ") {
                Make::Sized(number(size)?)
            } else if let Some(size) = text.strip_prefix("zip with a part of ") {
                Make::Bomb(number(size)?)
            } else if let Some(result) = text.strip_prefix("result of ") {
                let mut parts = result.split(", ").map(str::to_owned);
                let whose = parts.next()?;
                let (plan, year) = whose.split_once(" in ")?;
                Make::Result(plan.to_owned(), year.parse().ok()?, parts.collect())
            } else if let Some(parts) = text.strip_prefix("zip of ") {
                Make::Zip(quoted(parts))
            } else {
                Make::Container(quoted(text.strip_prefix("OLE container of ")?))
            }
        }
    })
}

/// The line that says of which year a decision is: 2024 unless the fixture says `in 2023` or `in no year`.
fn of_year(text: &str) -> (&str, String) {
    match text.rsplit_once(" in ") {
        Some((what, "no year")) => (what, String::new()),
        Some((what, year)) => (what, format!("year = {year}\n")),
        None => (text, "year = 2024\n".to_owned()),
    }
}

/// `C011 of 794 at nltt.dat until 2024-12-31`; without `at …` the whole unit.
fn waiver(text: &str) -> Option<String> {
    let (text, year) = of_year(text);
    let (what, until) = text.split_once(" until ")?;
    let (code, whose) = what.split_once(" of ")?;
    let (unit, field) = whose.split_once(" at ").map_or((whose, None), |(unit, field)| (unit, Some(field)));
    let field = field.map(|field| format!("field = \"{field}\"\n")).unwrap_or_default();
    Some(format!(
        "[[waiver]]\ncode = \"{code}\"\nunit = \"{unit}\"\n{field}{year}reason = \"đã giải trình\"\napprover = \"Trưởng ban\"\nuntil = \"{until}\"\n"
    ))
}

/// `accept R001 of 794 at nltt.dat saying "1001" until 2024-12-31`, `new "620" for C004 of 794 at nltt.dat saying "600"`,
/// `unfinished C011 of 794: thiếu Lý do`.
fn typed(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("unfinished ") {
        let (subject, why) = rest.split_once(": ")?;
        let (code, unit) = subject.split_once(" of ")?;
        return Some(format!(
            "[[draft]]\nsheet = \"Cần xử lý\"\nrow = 5\nwhy = \"{why}\"\n[draft.typed]\naccept = \"Có\"\n[draft.subject]\ncode = \"{code}\"\nunit = \"{unit}\"\n"
        ));
    }
    let subject = |text: &str| {
        let (what, saying) = text.split_once(" saying ")?;
        let (code, whose) = what.split_once(" of ")?;
        let (unit, field) = whose.split_once(" at ")?;
        Some((
            field.to_owned(),
            format!(
                "[decision.subject]\ncode = \"{code}\"\nunit = \"{unit}\"\n[[decision.subject.cells]]\nfield = \"{field}\"\ncell = \"F8\"\ntyped = {saying}\n"
            ),
        ))
    };
    let why = "reason = \"đã giải trình\"\napprover = \"Trưởng ban\"\ndate = \"2024-12-09\"\n";
    if let Some(rest) = text.strip_prefix("accept ") {
        let (what, until) = rest.split_once(" until ")?;
        let (_, subject) = subject(what)?;
        return Some(format!("[[decision]]\naccepted_until = \"{until}\"\n{why}{subject}"));
    }
    let (new, what) = text.strip_prefix("new ")?.split_once(" for ")?;
    let (field, subject) = subject(what)?;
    Some(format!("[[decision]]\n{why}{subject}[[decision.new]]\nfield = \"{field}\"\nvalue = {new}\n"))
}

/// `794 at nltt.dat from "600" to "620"`.
fn correction(text: &str) -> Option<String> {
    let (text, year) = of_year(text);
    let (whose, values) = text.split_once(" from ")?;
    let (unit, field) = whose.split_once(" at ")?;
    let (old, new) = values.split_once(" to ")?;
    Some(format!(
        "[[correction]]\nunit = \"{unit}\"\nfield = \"{field}\"\n{year}old = {old}\nnew = {new}\nreason = \"gõ nhầm\"\nwho = \"Ban thư ký\"\ndate = \"2024-12-09\"\n"
    ))
}

fn plan_change(line: &str) -> Option<PlanChange> {
    let (file, what) = line.split_once(": ")?;
    if !file.ends_with(".toml") && !file.ends_with(".txt") {
        return None;
    }
    if let Some(other) = what.strip_prefix("rename to ") {
        return Some(PlanChange::Rename(file.into(), other.into()));
    }
    let rest = what.strip_prefix("replace `")?.strip_suffix('`')?;
    let (old, new) = rest.split_once("` with `")?;
    Some(PlanChange::Replace(file.into(), old.into(), new.into()))
}

fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn one_quoted(text: &str) -> Option<String> {
    Some(text.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}
