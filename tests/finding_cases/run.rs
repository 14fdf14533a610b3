//! A fixture goes the road the program goes: plan, files, submissions, checks, consolidation.

use super::{Case, FileCase, Make, PlanChange, base, workbook};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::{LazyLock, Mutex};
use xhht::check::decision::desk::desk_file;
use xhht::check::decision::{CORRECTIONS_FILE, DecisionTexts, Decisions, WAIVERS_FILE};
use xhht::check::{AcceptedSubmissions, Earlier, Ledger, Previous, check_all};
use xhht::consolidate::{Consolidated, History, PastYear, consolidate, lower_result, unprintable};
use xhht::domain::cell::Content as Known;
use xhht::domain::{FieldId, UnitCode, Year};
use xhht::error::{Error, PlanMistake};
use xhht::finding::{Code, Finding, Origin};
use xhht::form::Form;
use xhht::intake;
use xhht::output::pdf::{lacking_in, typeface};
use xhht::plan::{Plan, PlanSources, SourceFile, hex};
use xhht::submission::{self, Content, InputFile, Received};
use xhht::template;

/// What came of a fixture.
pub enum Outcome {
    /// The run was finished: what was found, and what became of the filled cells.
    Findings(Vec<Finding>, Ledger),
    /// The plan has mistakes.
    Plan(Vec<PlanMistake>),
    /// The program found a fault of its own.
    Internal(String),
}

/// Runs a fixture.
pub fn run(case: &Case) -> Outcome {
    match try_run(case) {
        Ok((findings, ledger)) => Outcome::Findings(findings, ledger),
        Err(Error::Plan(mistakes)) => Outcome::Plan(mistakes),
        Err(Error::Internal(message)) => Outcome::Internal(message),
        Err(other) => panic!("{}: {other}", case.path.display()),
    }
}

fn try_run(case: &Case) -> Result<(Vec<Finding>, Ledger), Error> {
    if case.by_command {
        // The command knows only the plans that it carries.
        return Ok((by_command(case, &Plan::read(&shipped(case))?), Ledger::default()));
    }
    let Judged { results, findings, .. } = judged(case)?;
    Ok((findings, results.ledger))
}

/// A fixture's year once it is checked and consolidated.
pub struct Judged {
    pub accepted: AcceptedSubmissions,
    pub results: Consolidated,
    pub findings: Vec<Finding>,
}

/// Checks and consolidates the year of a fixture that runs in this process.
pub fn judged(case: &Case) -> Result<Judged, Error> {
    let plan = plan(case)?;
    let mut received = others(case, &plan);
    let form = form(case, &plan);
    received.extend(case.files.iter().flat_map(|file| reports_in(case, &plan, &form, file)));
    let source = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    let desk = format!("schema = \"xhht/theo-doi/1\"\nyear = 2024\n{}", case.typed);
    let texts = [
        source(WAIVERS_FILE, &case.waivers),
        source(CORRECTIONS_FILE, &case.corrections),
        source(&desk_file(2024), &desk),
    ];
    let decisions = Decisions::read(&plan, &DecisionTexts::by_name(texts))?;
    let previous = previous(case, &received);
    let years = years(case);
    let earlier = Earlier { previous: &previous, years: &years };
    let checked = check_all(&plan, case.year, case.as_of, earlier, received, &decisions)?;
    let mut findings = checked.findings;
    let consolidated = consolidate(&plan, &checked.value, case.as_of, &history(case, &plan));
    findings.extend(consolidated.findings);
    findings.extend(unprintable(&plan, &consolidated.value, lacking_in(&typeface::embedded())?));
    Ok(Judged { accepted: checked.value, results: consolidated.value, findings })
}

/// The plan with the fixture's changes.
pub fn plan(case: &Case) -> Result<Plan, Error> {
    static SMALL: LazyLock<Plan> = LazyLock::new(|| Plan::read(&small()).unwrap());
    match case.shipped {
        Some(_) => Plan::read(&shipped(case)),
        None if case.plan.is_empty() => Ok(SMALL.clone()),
        None => Plan::read(&sources(case)),
    }
}

/// What the fixture's unit reported the year before, as far as the fixture says. The others then reported what they report
/// now, but for the money they spent.
pub fn previous(case: &Case, received: &[Received]) -> Previous {
    if case.last_year.is_empty() {
        return Previous::new();
    }
    let value = |(field, figure): &(String, String)| {
        (FieldId::parse(field).unwrap(), Known::Number(figure.parse().unwrap()))
    };
    let mut previous = Previous::new();
    for file in received.iter().filter(|_| !case.others_unknown) {
        let Content::Submission(submission) = &file.content else { continue };
        let values = submission.values.iter();
        let known = values.filter_map(|(field, told)| Some((field.clone(), told.value.as_ref()?.content())));
        let changed = known.map(|(field, value)| match field.as_str().ends_with(".thuc_hien") {
            true => (field, Known::Number("12.6".parse().unwrap())),
            false => (field, value),
        });
        previous.insert(submission.unit.clone(), changed.collect());
    }
    let unit = UnitCode(case.unit.as_str().into());
    previous.insert(unit, case.last_year.iter().map(value).collect());
    previous
}

/// What the fixture's unit reported in the years it names.
fn years(case: &Case) -> Vec<(Year, Previous)> {
    let mut years: BTreeMap<Year, BTreeMap<FieldId, Known>> = BTreeMap::new();
    for (year, field, figure) in &case.years {
        let value = Known::Number(figure.parse().unwrap());
        years.entry(*year).or_default().insert(FieldId::parse(field).unwrap(), value);
    }
    let unit = UnitCode(case.unit.as_str().into());
    years.into_iter().map(|(year, values)| (year, Previous::from([(unit.clone(), values)]))).collect()
}

/// What the other units sent; under the plan as it is, read once a year for all fixtures.
fn others(case: &Case, plan: &Plan) -> Vec<Received> {
    static READ: LazyLock<Mutex<BTreeMap<Year, Vec<Received>>>> = LazyLock::new(Mutex::default);
    let read = || -> Vec<Received> {
        let form_of = |unit| Form::for_unit(plan, unit, case.year);
        let send = |form: Form| {
            let raw = base::filled(&form);
            submission::read(plan, Some(case.year), file(&template::file_name(&form), &raw), &raw)
        };
        plan.roster(case.year).into_iter().map(form_of).map(send).collect()
    };
    let all = if case.plan.is_empty() && case.shipped.is_none() {
        READ.lock().unwrap().entry(case.year).or_insert_with(read).clone()
    } else {
        read()
    };
    let is_silent = |received: &Received| match &received.content {
        Content::Submission(s) => {
            s.unit.as_str() == case.unit || case.silent.iter().any(|code| s.unit.as_str() == code)
        }
        _ => panic!("the base is refused: {:?}", received.findings),
    };
    all.into_iter().filter(|received| !is_silent(received)).collect()
}

/// The form of the fixture's unit, also when the year's roster does not have it.
fn form(case: &Case, plan: &Plan) -> Form {
    let unit = plan.units.iter().find(|unit| unit.code.as_str() == case.unit).expect("unit of the plan");
    Form::for_unit(plan, unit, case.year)
}

/// The reports in one file: more than one where a workbook holds the forms of several units.
fn reports_in(case: &Case, plan: &Plan, form: &Form, made: &FileCase) -> Vec<Received> {
    let reader = submission::Reader::new(plan);
    let raw = base::changed(form, made);
    let name = made.name.clone().unwrap_or_else(|| template::file_name(form));
    let Some(make) = &made.make else {
        let mut received = reader.read_all(Some(case.year), file(&name, &raw), &raw);
        if let Content::Submission(submission) = &mut received[0].content {
            submission.filled_count += made.miscounted;
        }
        return received;
    };
    let bytes = workbook::bytes(make, &raw);
    let file = InputFile { path: name.into(), sha256: hex(&Sha256::digest(&bytes)) };
    if let Make::Result(..) = make {
        let result = lower_result(&bytes).unwrap_or_else(|why| panic!("{}: {why}", case.path.display()));
        return vec![reader.read_result(Some(case.year), file, &result)];
    }
    match intake::read(&bytes, &plan.tabs()) {
        Ok(raw) => reader.read_all(Some(case.year), file, &raw),
        Err(unreadable) => {
            let finding = unreadable.finding(&file.path);
            let content = Content::rejected(finding.code);
            vec![Received { file, findings: vec![finding], content }]
        }
    }
}

/// Files of the same content are the same file, as on the disk.
fn file(name: &str, raw: &intake::raw::RawSubmission) -> InputFile {
    InputFile { path: name.into(), sha256: hex(&Sha256::digest(format!("{raw:?}"))) }
}

/// The plan inside the program that a fixture is of, as it is.
fn shipped(case: &Case) -> PlanSources {
    let named = |id: &String| PlanSources::shipped(id).expect("a plan of the program");
    case.shipped.as_ref().map_or_else(PlanSources::embedded, named)
}

/// The embedded plan in a country of villages: of so many people 1000 are of working age, which is what every form of the
/// base says.
pub fn small() -> PlanSources {
    let mut sources = PlanSources::embedded();
    let units = sources.others.iter_mut().find(|file| file.name == "don-vi.toml").expect("the roster");
    let smaller = |line: &str| {
        if line.starts_with("population = ") { "population = 1667".to_owned() } else { line.to_owned() }
    };
    units.text = units.text.lines().map(smaller).collect::<Vec<_>>().join("\n") + "\n";
    sources
}

fn sources(case: &Case) -> PlanSources {
    let mut sources = small();
    let of = |sources: &mut PlanSources, name: &str, change: &dyn Fn(&mut SourceFile)| {
        let mut all = std::iter::once(&mut sources.main).chain(&mut sources.others);
        change(all.find(|file| file.name == name).expect("a file of the plan"));
    };
    for change in &case.plan {
        match change {
            PlanChange::Rename(name, other) => of(&mut sources, name, &|file| file.name.clone_from(other)),
            PlanChange::Replace(name, old, new) => of(&mut sources, name, &|file| {
                assert_eq!(file.text.matches(old).count(), 1, "{}: `{old}` stands once", case.path.display());
                file.text = file.text.replace(old, new);
            }),
        }
    }
    sources
}

fn history(case: &Case, plan: &Plan) -> History {
    let mut history = History::default();
    for (year, indicator, unit, figure) in &case.history {
        let result = serde_json::json!({
            "schema": "xhht/ket-qua/1", "plan": { "id": plan.id }, "year": year,
            "indicators": [{ "id": indicator, "percent": null, "by_unit": [{ "unit": unit, "denominator": figure }] }],
        });
        history.add(PastYear::read(&result.to_string()).unwrap());
    }
    for (at, result) in case.results.iter().enumerate() {
        let mut result: serde_json::Value = serde_json::from_str(result).unwrap();
        let parts = result.as_object_mut().unwrap();
        parts.insert("schema".into(), "xhht/ket-qua/1".into());
        parts.entry("plan").or_insert_with(|| serde_json::json!({ "id": plan.id }));
        let past = PastYear::read(&result.to_string()).unwrap();
        history.take(plan, PastYear { file: Some(format!("{}.json", at + 1).into()), ..past });
    }
    history
}

/// Writes the unit's files to a fresh folder and lets the program itself check them.
fn by_command(case: &Case, plan: &Plan) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let form = form(case, plan);
    for made in &case.files {
        let raw = base::changed(&form, made);
        let name = made.name.clone().unwrap_or_else(|| template::file_name(&form));
        std::fs::write(folder.path().join(name), workbook::bytes(made.make.as_ref().expect("make"), &raw))
            .unwrap();
    }
    let output = check_command(case, folder.path()).output().unwrap();
    assert!(
        output.stderr.is_empty() || output.status.code() != Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).unwrap();
    let findings =
        lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}")));
    // The folder is the whole inbox: that all others are silent is no part of the case.
    findings
        .filter(|finding: &Finding| !finding.code.is_of_missing_report() && !finding.code.is_of_the_sum())
        .collect()
}

fn check_command(case: &Case, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
    command.args(["check", "--quiet", "--format", "json", "--year", &case.year.to_string()]).arg(folder);
    if let Some(plan) = &case.shipped {
        command.args(["--plan", plan]);
    }
    if let Some(memory) = case.read_memory {
        command.args(["--read-memory", &memory.to_string()]);
    }
    command
}

/// The findings of a plan's mistakes and of internal faults have no [`Finding`]; this makes one of each for judging.
pub fn told(outcome: Outcome) -> Vec<Finding> {
    match outcome {
        Outcome::Findings(findings, _) => findings,
        Outcome::Plan(mistakes) => mistakes.into_iter().map(mistake).collect(),
        Outcome::Internal(message) => {
            let code = message.get(..4).and_then(Code::parse).expect("the message opens with its code");
            let whole = Error::Internal(message.clone()).to_string();
            assert!(whole.contains("không phải lỗi của đơn vị gửi"), "{whole}");
            vec![Finding::new(
                code,
                message.clone(),
                "giữ lại các tệp đầu vào và báo cho người phụ trách phần mềm",
            )]
        }
    }
}

fn mistake(mistake: PlanMistake) -> Finding {
    let (line, column) = mistake.at.unwrap_or_else(|| panic!("a mistake without a place: {mistake:?}"));
    let mut origin = Origin::file(&mistake.file);
    origin.cell = Some(format!("{line}:{column}").into());
    Finding::new(mistake.code, mistake.what, mistake.cure).at(origin)
}
