//! Every code of the catalogue and every rule of the plan has a case that gives it and a near miss that does not: `findings/CODE/fires*.txt` and
//! `findings/CODE/near-miss*.txt`.
//!
//! A fixture starts from a year in which every unit of the plan's roster has sent a complete, correct form, which gives
//! no finding at all, and says what is different. In every row of that form the figures are alike: 1000 in all, 600
//! reached it, 300 women, 20 of ethnic minorities, 60 %; 800 registered, 600 recognised; every answer is yes, every
//! level the highest, every note and date filled, every report dated 5 December. A fixture must give its code and those named by `also`, and no other.
//!
//! ```text
//! # a remark
//! unit = 794                          whose file is changed (794, Tân An, unless told)
//! year = 2024                         the year consolidated
//! as-of = 2024-12-15                  the day it is done
//! receive nothing from 801 SGDDT      these units sent nothing
//! waive C011 of 794 at nltt.dat until 2024-12-31        a line of mien-tru.toml; without at: any field
//! correct 794 at nltt.dat from "600" to "620"           a line of dinh-chinh.toml; both of 2024, unless … in 2023, … in no year
//! typed: accept R001 of 794 at nltt.dat saying "1001" until 2024-12-31       what the season's workbook was told; also
//! typed: new "620" for C004 of 794 at nltt.dat saying "600"
//! typed: unfinished C011 of 794: thiếu Lý do
//! memory = 4 MiB                      what reading a file may take, through the command line
//! history 2023 2.1 801 = 39000        last year's denominator of an indicator and a unit
//! earlier result {"year": 2023, …}    what a result file of an earlier year says; the files are called 1.json, 2.json, …
//! last year nltt.tong = 950           what the unit reported the year before; of the others everything is known then
//! last year of the others is not known
//! in 2022 nltt.tong = 900             what it reported in some year before
//! plan.toml: replace `a` with `b`     a file of the plan; `a` stands in it once
//! don-vi.toml: rename to other.toml
//! plan = quoc-gia                     another plan inside the program, as it is
//! also = C003 O003                    other codes that follow
//! expect cell = F8                    what the finding says: cell, sheet, label, typed, read, expected, cause, cure
//! expect kept out = 4                 how many filled cells the code keeps out of the result
//!
//! file-name = 796-Huyện Tân Hưng.xlsx
//! saved = 2024-12-07 09:30            when the file was saved by its own account, on the wall; also … UTC, … unknown
//! stored = 2024-12-07 09:30           when the disk or the archive says so
//! format = xls
//! epoch = 1904                        the workbook counts its days from there
//! second file                         what follows changes a second file of the unit
//!
//! nltt.dat = 1 shown as "100%"        a number and what its format shows
//! nltt.dat = 12.5                     a number; also "text", date 2024-12-05, #REF!, TRUE, blank,
//!                                     formula SUM(F8:F20) gives 600, formula SUM(F8:F20) not calculated
//! identity.year = "2023"              plan, version, year, unit; none takes it away
//! heading = "…"                       second line of every sheet
//! drop names | table | identity | cells | sheet "…"
//! rename sheet "…" to "…"
//! copy sheet "…" to "…"               a sheet that nobody asks for; what follows may change it by its name
//! add sheet "…"                       one of the sender's own; empty sheet "…": nothing is left on it
//! head of "…" = "…"                   second line of one sheet
//! delete column of nltt.dat           as Excel does it: its names go, the others follow, the hidden table does not
//! blank "…" F8                      a cell of any sheet
//! hide "…" row 9                      also: column F, sheet
//! insert row above nltt               as Excel does it: names follow, the hidden table does not
//! insert column before nltt.dat
//! read "…" to row 9                   what lies below on this sheet could not be read
//! merge "…" F8:F9                     as Excel does it: only the first cell keeps its content
//! beside "…" F60 = 125                a number where no field stands; text "…" A2 = "…": words
//! row nltt_cu instead of nltt         as an older version of the plan called it
//!
//! make = workbook                     the file goes through intake as a real .xlsx; also: half a workbook,
//!                                     workbook of N bytes, zip of "part" …, zip with a part of N bytes,
//!                                     OLE container of "stream" …
//! make = result of PLAN in YEAR       the result of a lower plan, 600 of 1000 from all 96 of each indicator; behind commas:
//!                                     2.1 by 80 of 96, 2.1 as percent, without 2.1, cut short
//! bytes = "%PDF-1.4"                  the file holds just this
//! through the command line            the program itself checks the file in a folder
//! miscounted by = 1                   the count of filled cells is made wrong after reading
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use crate::finding_cases::run::{self, Judged, Outcome};
use crate::finding_cases::{Case, base};
use crate::sources;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use xhht::check::{Ledger, Previous, check};
use xhht::consolidate::{History, consolidate};
use xhht::finding::{Class, Code, Finding, FindingCode, Severity};
use xhht::form::{CODE_COLUMN, Form};
use xhht::intake::raw::RawValue;
use xhht::plan::{Plan, PlanSources};
use xhht::submission::{self, Content, InputFile};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

fn plan() -> Plan {
    Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}"))
}

/// The codes of the catalogue and of the plan's rules.
fn codes() -> BTreeSet<String> {
    let of_program = Code::ALL.iter().map(|code| code.to_string());
    of_program.chain(plan().rules.iter().map(|rule| rule.code.to_string())).collect()
}

/// What a code's findings weigh.
fn severity(code: FindingCode) -> Option<Severity> {
    static RULES: LazyLock<Plan> = LazyLock::new(plan);
    match code {
        FindingCode::Program(code) => Some(code.info().severity),
        FindingCode::Rule(code) => {
            RULES.rules.iter().find(|rule| rule.code == code).map(|rule| rule.severity)
        }
    }
}

/// The codes of one class, run by one test each so that they share the processors.
fn class(letter: char) {
    let mut wrong = Vec::new();
    for code in codes().iter().filter(|code| code.starts_with(letter)) {
        for case in Case::of_folder(&folder().join(code)) {
            let path = case.path.strip_prefix(folder()).unwrap().display().to_string();
            wrong.extend(faults(&case).into_iter().map(|fault| format!("{path}: {fault}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn faults(case: &Case) -> Vec<String> {
    let outcome = run::run(case);
    let internal = matches!(outcome, Outcome::Internal(_));
    let ledger = match &outcome {
        Outcome::Findings(_, ledger) => ledger.clone(),
        _ => Ledger::default(),
    };
    let findings = run::told(outcome);
    let mut faults = Vec::new();
    let found: BTreeSet<String> = findings.iter().map(|finding| finding.code.to_string()).collect();
    let mut right = case.also.clone();
    assert!(!right.contains(&case.code), "{}: the code is not named by also", case.path.display());
    if case.fires {
        right.insert(case.code.clone());
    }
    if found != right {
        faults.push(format!("gives {found:?}, should give {right:?}"));
    }
    for finding in &findings {
        faults.extend(ill_told(finding, internal));
        faults.extend(ill_done(finding, &ledger));
    }
    for (key, value) in &case.expected {
        if key == "kept out" {
            let code = FindingCode::parse(&case.code).expect("a code");
            let kept_out = ledger.rejected.get(&code).copied().unwrap_or_default().to_string();
            if kept_out != *value {
                faults.push(format!("{kept_out} cells are kept out, should be {value}"));
            }
            continue;
        }
        let of_code = findings.iter().filter(|finding| finding.code.to_string() == case.code);
        let said: Vec<String> = of_code.map(|finding| part(finding, key)).collect();
        if !said.contains(value) {
            faults.push(format!("{key} is {said:?}, should be “{value}”"));
        }
    }
    faults
}

fn part(finding: &Finding, key: &str) -> String {
    let origin = finding.origin.clone().unwrap_or_default();
    let text = match key {
        "cell" => origin.cell.map(String::from),
        "sheet" => origin.sheet.map(String::from),
        "file" => Some(origin.file.into()),
        "label" => finding.label.clone(),
        "typed" => finding.typed.clone(),
        "read" => finding.read.clone(),
        "expected" => finding.expected.clone(),
        "cause" => Some(finding.cause.clone()),
        "cure" => Some(finding.cure.clone()),
        other => panic!("expect {other}"),
    };
    text.unwrap_or_default()
}

/// What is wrong with the way a finding is told, whatever it is about.
fn ill_told(finding: &Finding, internal: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let code = finding.code;
    let Some(severity) = severity(code) else { return vec![format!("{code} is not in the catalogue")] };
    if finding.severity != severity {
        faults.push(format!("{code} is {:?}, the catalogue says {severity:?}", finding.severity));
    }
    for (what, text) in [("cause", &finding.cause), ("cure", &finding.cure), ("effect", &finding.effect)] {
        if !text.contains(char::is_alphabetic) {
            faults.push(format!("{code} has no {what}"));
        } else if !is_sentence(text) {
            faults.push(format!("{code}: the {what} is no sentence: {text}"));
        }
    }
    let class = code.class();
    let origin = finding.origin.clone().unwrap_or_default();
    // A missing unit, a sum over the province and what could not be compared with last year stand nowhere.
    let texts = [Some(&finding.cause), Some(&finding.cure), Some(&finding.effect), finding.label.as_ref()];
    if texts.into_iter().flatten().any(|text| !unicode_normalization::is_nfc(text)) {
        faults.push(format!("{code} is not NFC"));
    }
    if class == Class::Cell && code != Code::C011 && finding.typed.is_none() {
        faults.push(format!("{code} does not quote what was typed"));
    }
    let of_no_file = [Code::O003, Code::T006].map(FindingCode::from).contains(&code);
    let has_file = !matches!(class, Class::Consolidation | Class::Internal) && !of_no_file;
    if has_file && origin.file.is_empty() {
        faults.push(format!("{code} names no file"));
    }
    let of_a_cell =
        matches!(class, Class::Cell | Class::Record | Class::Time) && code != Code::T001 && !of_no_file;
    if of_a_cell && (origin.sheet.is_none() || origin.cell.is_none()) {
        faults.push(format!("{code} names no cell"));
    }
    if of_a_cell && finding.label.is_none() {
        faults.push(format!("{code} has no label"));
    }
    // Who writes a plan works with the ids; everybody else sees labels.
    if class != Class::Plan && !internal {
        faults.extend(internal_ids(finding).into_iter().map(|id| format!("{code} shows the field id {id}")));
    }
    faults
}

/// Opens with a capital, a figure or a sign, ends with one mark, and was not joined to another sentence by a mark.
fn is_sentence(text: &str) -> bool {
    let opens = text.chars().next().is_some_and(|first| !first.is_lowercase());
    opens
        && text.ends_with(['.', '!', '?', '…', '”'])
        && ![".;", "..", ".,"].iter().any(|slip| text.contains(slip))
}

/// Whether what was done with the cell is what the severity says: used, or kept out under this code.
fn ill_done(finding: &Finding, ledger: &Ledger) -> Option<String> {
    // A required cell that is blank holds nothing to keep out.
    if !matches!(finding.code.class(), Class::Cell | Class::Record) || finding.code == Code::C011 {
        return None;
    }
    let kept_out = ledger.rejected.contains_key(&finding.code);
    let should = finding.severity >= Severity::Confirm;
    (kept_out != should).then(|| format!("{}: kept out is {kept_out}, should be {should}", finding.code))
}

/// Ids of input cells in what the sender reads.
fn internal_ids(finding: &Finding) -> Vec<String> {
    static IDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let plan = plan();
        let forms = plan.roster(2024).into_iter().map(|unit| Form::for_unit(&plan, unit, 2024));
        forms.flat_map(|form| form.fields().map(|field| field.id.to_string()).collect::<Vec<_>>()).collect()
    });
    let optional = [&finding.label, &finding.expected, &finding.read];
    let mut told = vec![&finding.cause, &finding.cure, &finding.effect];
    told.extend(optional.into_iter().flatten());
    IDS.iter().filter(|id| told.iter().any(|text| text.contains(*id))).cloned().collect()
}

#[test]
fn every_code_has_a_folder_with_both_cases_and_every_folder_a_code() {
    let codes = codes();
    let entries = std::fs::read_dir(folder()).unwrap();
    let folders: BTreeSet<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(
        codes.difference(&folders).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "codes without a folder"
    );
    assert_eq!(
        folders.difference(&codes).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "folders without a code"
    );
    for code in &codes {
        for name in ["fires.txt", "near-miss.txt"] {
            assert!(folder().join(code).join(name).is_file(), "{code} has no {name}");
        }
    }
}

#[test]
fn files() {
    class('F');
}

#[test]
fn structure() {
    class('S');
}

#[test]
fn cells() {
    class('C');
}

#[test]
fn records() {
    class('R');
}

#[test]
fn between_sheets() {
    class('X');
}

#[test]
fn time() {
    class('T');
}

#[test]
fn organisation() {
    class('O');
}

#[test]
fn consolidation() {
    class('K');
}

#[test]
fn plans() {
    class('P');
}

#[test]
fn internal_faults() {
    class('I');
}

#[test]
fn a_fixture_that_does_not_hold_is_told() {
    let told = |path: &str, text: &str| faults(&Case::read(Path::new(path), text)).len();
    assert_eq!(told("C001/near-miss.txt", "nltt.dat = 600"), 0);
    assert_eq!(told("C001/fires.txt", "nltt.dat = 600"), 1, "does not fire");
    assert_eq!(told("C001/near-miss.txt", "nltt.dat = \"nhiều\""), 1, "is no miss");
    assert_eq!(told("C001/fires.txt", "nltt.dat = \"nhiều\"\nnltt.nu = \"600 người\""), 1, "gives more");
    assert_eq!(told("C001/fires.txt", "nltt.dat = \"nhiều\"\nexpect cell = F7"), 1, "stands elsewhere");
    let finding = Finding::new(Code::C001, "ô nltt.dat ghi chữ", "");
    // No cure, no typed text, no file, no cell, no label, and an id.
    assert_eq!(ill_told(&finding, false).len(), 6);
    assert!(ill_done(&finding, &Ledger::default()).is_some());
}

#[test]
fn a_complete_year_gives_no_finding() {
    let plan = plan();
    for year in 2021..=2024 {
        let day = chrono::NaiveDate::from_ymd_opt(year, 12, 15).unwrap();
        let mut received = Vec::new();
        for unit in plan.roster(year) {
            let form = Form::for_unit(&plan, unit, year);
            let file =
                InputFile { path: format!("{}.xlsx", unit.code).into(), sha256: unit.code.to_string() };
            let read = submission::read(&plan, Some(year), file, &base::filled(&form));
            let Content::Submission(submission) = &read.content else { panic!("{:?}", read.findings) };
            assert_eq!(submission.filled_count, form.fields().count());
            received.push(read);
        }
        let checked = check(&plan, year, day, &Previous::new(), received).unwrap();
        let mut findings = checked.findings;
        findings.extend(consolidate(&plan, &checked.value, day, &History::default()).findings);
        assert!(findings.is_empty(), "{year}: {findings:#?}");
    }
}

#[test]
fn the_base_stands_where_the_template_writes_it() {
    let plan = plan();
    for unit in plan.roster(2024) {
        let form = Form::for_unit(&plan, unit, 2024);
        let bytes = xhht::template::write(&plan, &form, None).unwrap();
        let mut written = xhht::intake::read(&bytes, &plan.tabs()).unwrap_or_else(|why| panic!("{why:?}"));
        let base = base::blank(&form);
        assert_eq!(written.identity, base.identity);
        let sorted = |places: &[xhht::intake::raw::Placed]| {
            let mut places: Vec<_> =
                places.iter().map(|p| (p.field.clone(), p.sheet.clone(), p.cell)).collect();
            places.sort();
            places
        };
        assert_eq!(sorted(&written.named), sorted(&base.named));
        assert_eq!(sorted(&written.table), sorted(&base.table));
        for (written, base) in written.sheets.iter_mut().zip(&base.sheets) {
            // The hint names the deadline, below it stands the state of the checks and beyond the inputs last year:
            // none of it is read.
            let inputs = form.sheets.iter().find(|sheet| sheet.tab == written.name);
            let last = inputs.map_or(u16::MAX, xhht::form::FormSheet::last_input_column);
            written.cells.retain(|address, _| ![2, 3].contains(&address.row) && address.column <= last);
            let mut cells = base.cells.clone();
            // Forms of earlier years have a head over the row codes.
            let is_head = |text: &str| text == "Mã số";
            cells.retain(|address, cell| {
                ![2, 3].contains(&address.row)
                    && !matches!(&cell.value, RawValue::Text(text) if is_head(text))
            });
            assert_eq!(written.name, base.name);
            assert!(written.cells.keys().eq(cells.keys()), "{}: other cells", base.name);
            // Heads and labels are marked where a cell must be filled, and say more; codes are codes.
            for (address, cell) in &cells {
                let [RawValue::Text(stands), RawValue::Text(expected)] =
                    [&written.cells[address].value, &cell.value]
                else {
                    panic!("{}: {address}", base.name);
                };
                let is_code = address.column == CODE_COLUMN && address.row > 3;
                assert!(
                    if is_code { stands == expected } else { stands.starts_with(expected.as_str()) },
                    "{}: {address}: {stands:?}, {expected:?}",
                    base.name
                );
            }
        }
        assert_eq!(written.sheets.len(), base.sheets.len());
    }
}

#[test]
fn every_code_of_the_program_is_given_somewhere_and_none_is_written_as_text() {
    let mut given: BTreeSet<&str> = BTreeSet::new();
    for source in sources::all().iter().filter(|source| !source.path.starts_with("finding/")) {
        for (line, text) in &source.strings {
            // Texts may speak of a code; none is one, or opens with one.
            let head = text.split_once(": ").map_or(text.as_str(), |(head, _)| head);
            assert_eq!(FindingCode::parse(head), None, "src/{}:{line} writes {head} as text", source.path);
        }
        // The report text is part of the plan, and some of its mistakes show only when it is filled in.
        let of_plan = source.path.starts_with("plan/") || source.path == "report/text.rs";
        for code in Code::ALL {
            let lines = source.lines_with(code.as_str());
            let Some(line) = lines.first() else { continue };
            given.insert(code.as_str());
            assert_eq!(
                code.class() == Class::Plan,
                of_plan,
                "src/{}:{line}: {code}, but class P and no other is about plans",
                source.path
            );
        }
    }
    let never: Vec<&Code> = Code::ALL.iter().filter(|code| !given.contains(code.as_str())).collect();
    assert!(never.is_empty(), "never given: {never:?}");
}

/// What a rule's finding says is kept out is kept out, all of it and nothing else, and no indicator that it names as lacking
/// it uses it; a rule that keeps nothing out does not say that it does.
#[test]
fn what_a_finding_of_a_rule_says_is_kept_out_is_kept_out() {
    let plan = plan();
    let codes: Vec<String> = plan.rules.iter().map(|rule| rule.code.to_string()).collect();
    let mut tried = BTreeSet::new();
    for code in &codes {
        let rule = plan.rules.iter().find(|rule| rule.code.to_string() == *code).unwrap();
        for case in Case::of_folder(&folder().join(code)).into_iter().filter(|case| case.fires) {
            let Judged { accepted: value, results, findings, .. } = run::judged(&case).unwrap();
            let told = findings.iter().filter(|finding| finding.code.to_string() == *code);
            for finding in told {
                tried.insert(code.clone());
                let at = format!("{}: {}", case.path.display(), finding.effect);
                let claims = finding.effect.contains("Không dùng");
                if rule.severity < Severity::Confirm {
                    assert!(finding.kept_out.fields.is_empty() && !claims, "{at}");
                    continue;
                }
                let unit = finding.unit.as_ref().unwrap();
                let accepted = value.submission_of(unit).unwrap();
                for field in &finding.kept_out.fields {
                    assert!(!accepted.values.contains_key(field), "{at}: {field} is used");
                    // What it names is what had something in it.
                    let label = &accepted.form.field(field).unwrap().label;
                    let was_filled = accepted.filled.iter().any(|cell| cell.field == *field);
                    let few = finding.kept_out.fields.len() <= 4;
                    assert!(!few || was_filled == finding.effect.contains(label.as_str()), "{at}: {label}");
                }
                for result in &results.indicators {
                    let used = result.contributions.iter().filter(|c| c.term.reporter == *unit);
                    let mut kept = used.flat_map(|c| c.term.fields.all().map(move |field| (c, field)));
                    let kept = kept.find(|(_, field)| finding.kept_out.fields.contains(field));
                    let named = finding.effect.contains(&format!("Chỉ tiêu {}", result.indicator.id))
                        || finding.effect.contains(&format!(", {} chưa", result.indicator.id));
                    assert_eq!(kept.is_some(), named, "{at}: {}", result.indicator.id);
                    if let Some((contribution, field)) = kept {
                        let is_open = contribution.numerator.is_none() || contribution.denominator.is_none();
                        assert!(is_open, "{at}: {} uses {field}", result.indicator.id);
                    }
                }
            }
        }
    }
    assert_eq!(tried.len(), codes.len(), "every rule has a case");
}

/// The shipped plan's rules keep out what an indicator is made from, or say that they do not.
#[test]
fn no_rule_of_the_shipped_plan_guards_nothing_unsaid() {
    let plan = plan();
    let idle: Vec<String> =
        plan.rules.iter().filter(|rule| rule.guards_nothing()).map(|rule| rule.code.to_string()).collect();
    assert_eq!(idle, Vec::<String>::new());
    let wrongly_marked = plan.rules.iter().filter(|rule| rule.informative && rule.guards_indicators);
    assert_eq!(wrongly_marked.map(|rule| rule.code.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
}
