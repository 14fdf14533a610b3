//! The ten years of a plan, closed one by one: districts that give way to communes, a year that is sent again, a target that
//! is changed, a commune that becomes two, an indicator that gives way to another. In the end every record comes out again, and the series tells each year as it was.
#![allow(clippy::unwrap_used)] // a test stops where it fails

use super::provinces::{answer, fills_in, fills_in_with};
use serde_json::Value;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use xhht::domain::cell::Content;
use xhht::domain::{FieldKind, Meaning, Unit};
use xhht::form::Field;
use xhht::plan::{Plan, PlanSources, SourceFile};

const YEARS: RangeInclusive<i32> = 2021..=2030;
/// The year that is sent again, and the one in whose season that happens.
const RESTATED: i32 = 2023;
const RESTATED_IN: i32 = 2026;
/// The year from which another target holds.
const RETARGETED: i32 = 2027;
/// The year in which a commune has become two, and an indicator has given way to another.
const SPLIT: i32 = 2028;
const COMMUNE: &str = "27736";
/// The year in which two communes have become one.
const MERGED: i32 = 2029;
const MERGING: [&str; 2] = ["27748", "27775"];
const DROPPED: &str = "3.3";
const NEW: &str = "3.4";

struct Office(TempDir);

impl Office {
    fn path(&self, within: &str) -> PathBuf {
        self.0.path().join(within)
    }

    #[track_caller]
    fn runs(&self, codes: &[i32], line: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
        let output = command.args(line.split(' ')).current_dir(self.0.path()).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(output.status.code().is_some_and(|code| codes.contains(&code)), "{line}: {said}");
        said
    }

    /// Consolidates a year into a folder and closes it, with all records there are as history.
    #[track_caller]
    fn closes(&self, year: i32, out: &str, more: &str) -> String {
        let history = if year > *YEARS.start() { " --history ho-so" } else { "" };
        let common = format!("hop-thu/{year} --year {year} --plan ke-hoach --out {out}{history}");
        let less = format!("--as-of {year}-12-12 --without pdf --without returns --quiet");
        self.runs(&[0, 1], &format!("consolidate {common} {less}"));
        self.runs(&[0], format!("close {common} {more}").trim())
    }

    fn json(&self, file: &str) -> Value {
        serde_json::from_str(&fs::read_to_string(self.path(file)).unwrap()).unwrap()
    }
}

/// The lines that tell of another result, in what is said of a year that was closed again.
fn of_figures(said: &str) -> Vec<&str> {
    let told = said.lines().skip_while(|line| !line.starts_with("So với lần 1")).skip(1);
    told.map(str::trim).filter(|line| line.contains("; do ")).collect()
}

/// A few of a year's units: two local ones and the two bodies that count for all.
fn senders<'a>(plan: &'a Plan, year: i32) -> impl Iterator<Item = &'a Unit> + use<'a> {
    let roster = plan.roster(year);
    let local = |unit: &&Unit| unit.code.as_str().bytes().all(|byte| byte.is_ascii_digit());
    let locals: Vec<&Unit> = roster.iter().copied().filter(local).take(2).collect();
    locals.into_iter().chain(roster.into_iter().filter(|unit| unit.code.as_str() == "SGDDT"))
}

fn in_series<'a>(result: &'a Value, id: &str) -> &'a [Value] {
    let all = result["series"]["indicators"].as_array().unwrap();
    all.iter().find(|series| series["id"] == id).unwrap()["points"].as_array().unwrap()
}

#[test]
fn ten_years_are_closed_and_come_out_again() {
    let office = Office(tempfile::tempdir().unwrap());
    office.runs(&[0], "init viec --quiet");
    fs::rename(office.path("viec/ke-hoach"), office.path("ke-hoach")).unwrap();
    let mut plan = Plan::read(&PlanSources::embedded()).unwrap();
    for year in YEARS {
        if year == MERGED {
            merge(&office.path("ke-hoach/don-vi.toml"));
            plan = plan_in(&office.path("ke-hoach"));
        }
        fills_in(&plan, year, &office.path(&format!("hop-thu/{year}")), senders(&plan, year));
        if year == RESTATED_IN {
            restate(&office, &plan);
        }
        office.closes(year, &format!("ket-qua/{year}"), "");
        if year == RETARGETED {
            retarget(&office.path("ke-hoach/plan.toml"));
            let said = office.closes(year, &format!("ket-qua/{year}-lan-2"), "--reason method");
            let told = of_figures(&said);
            assert!(
                matches!(told[..], [only] if only.starts_with("2.1 ") && only.ends_with("do kế hoạch, quy tắc")),
                "{said}"
            );
        }
        if year == SPLIT {
            split(&office.path("ke-hoach/don-vi.toml"));
            exchange(&office.path("ke-hoach/plan.toml"));
            plan = plan_in(&office.path("ke-hoach"));
            let said = office.closes(year, &format!("ket-qua/{year}-lan-2"), "--reason method");
            let (exchanged, others): (Vec<_>, Vec<_>) = of_figures(&said)
                .into_iter()
                .partition(|line| [DROPPED, NEW].iter().any(|id| line.starts_with(id)));
            assert!(
                exchanged.len() == 2 && exchanged.iter().all(|line| line.contains("kế hoạch, quy tắc")),
                "{said}"
            );
            let of_the_roster = |line: &&str| {
                line.split("; do ").nth(1).is_some_and(|cause| cause.starts_with("danh sách đơn vị"))
            };
            assert!(!others.is_empty() && others.iter().all(of_the_roster), "{said}");
        }
    }

    // The year that was sent again is told by its last closing in the next report. What it says of figures that changed is
    // tried in process; here the unit that was late changed what the others left open.
    let of_next = office.json(&format!("ket-qua/{RESTATED_IN}/ket-qua-xhht-{RESTATED_IN}.json"));
    let years = of_next["series"]["years"].as_array().unwrap();
    let restated = years.iter().find(|year| year["year"] == RESTATED).unwrap();
    assert_eq!(
        (&restated["record"]["part"], &restated["record"]["reason"]),
        (&2.into(), &"late-data".into())
    );

    // In the end each year stands in the series with the target that was in force then.
    let last = office.json("ket-qua/2030/ket-qua-xhht-2030.json");
    let target = |points: &[Value], year: i32| {
        let point = points.iter().find(|point| point["year"] == year).unwrap();
        point["target"].as_str().map(str::to_owned)
    };
    let points = in_series(&last, "2.1");
    assert_eq!(points.len(), YEARS.count());
    let changed: Vec<bool> = YEARS.map(|year| target(points, year).as_deref() == Some("61")).collect();
    assert_eq!(changed, YEARS.map(|year| year >= RETARGETED).collect::<Vec<_>>(), "{points:?}");

    // An indicator that ended keeps its years, the one in its place begins, and neither speaks for the other.
    let years_of = |id: &str| -> Vec<i64> {
        in_series(&last, id).iter().map(|point| point["year"].as_i64().unwrap()).collect()
    };
    assert_eq!(years_of(DROPPED), (2021..i64::from(SPLIT)).collect::<Vec<_>>());
    assert_eq!(years_of(NEW), (i64::from(SPLIT)..=2030).collect::<Vec<_>>());
    let all = last["series"]["indicators"].as_array().unwrap();
    let ended = |id: &str| all.iter().find(|series| series["id"] == id).unwrap()["ended"].clone();
    assert_eq!((ended(DROPPED), ended(NEW)), ((SPLIT - 1).into(), Value::Null));
    // The commune that became two is asked no more, and each of the two is.
    let units = |folder: &str, year: i32| -> Vec<String> {
        let result = office.json(&format!("ket-qua/{folder}/ket-qua-xhht-{year}.json"));
        let units = result["units"].as_array().unwrap().iter();
        units.map(|unit| unit["code"].as_str().unwrap().to_owned()).collect()
    };
    let (before, after) = (units("2027", 2027), units("2028-lan-2", SPLIT));
    assert!(before.contains(&COMMUNE.to_owned()) && !after.contains(&COMMUNE.to_owned()));
    assert_eq!(after.len(), before.len() + 1);
    // Then two become one.
    let merged = units("2029", MERGED);
    assert_eq!(merged.len(), after.len() - 1);
    assert!(
        MERGING
            .iter()
            .all(|code| after.contains(&(*code).to_owned()) && !merged.contains(&(*code).to_owned()))
    );

    // Fifteen districts of Long An, then sixty communes of Tây Ninh.
    let locals = |year: i32| plan.roster_of(year, &plan.levels[0].id).len();
    assert_eq!((locals(2024), locals(2025)), (15, 60));
    let issuers = [2024, 2025].map(|year| plan.frame(year).letter.issuer.as_str());
    assert!(issuers[0].ends_with("tỉnh Long An") && issuers[1].ends_with("tỉnh Tây Ninh"), "{issuers:?}");

    // Every record comes out again, whatever the plan says by now.
    let said = office.runs(&[0], "verify ho-so");
    assert_eq!(said.matches("đúng như đã công bố").count(), YEARS.count() + 3, "{said}");
    assert!(!said.contains("khác byte"), "{said}");
}

/// A unit of that year was late: the year is closed again, and only what follows from its file is another.
fn restate(office: &Office, plan: &Plan) {
    let roster = plan.roster(RESTATED);
    let sent: Vec<&Unit> = senders(plan, RESTATED).collect();
    let is_local = |unit: &&&Unit| unit.level == sent[0].level && !sent.iter().any(|s| s.code == unit.code);
    let late = roster.iter().find(is_local).unwrap();
    // It holds what the others do not, so that the province has another result.
    let holds = |field: &Field| {
        let yes = match &field.kind {
            FieldKind::Choice(list) => list.items.iter().find(|item| item.means == Meaning::Yes),
            _ => None,
        };
        yes.map(|item| Content::Text(item.text.as_str().into())).or_else(|| answer(field, RESTATED))
    };
    let inbox = office.path(&format!("hop-thu/{RESTATED}"));
    fills_in_with(plan, RESTATED, &inbox, [*late].into_iter(), &holds);
    let said = office.closes(RESTATED, &format!("ket-qua/{RESTATED}-lan-2"), "--reason late-data");
    let figures = of_figures(&said);
    let cause = format!("do tệp đơn vị gửi ({})", late.short_name);
    assert!(!figures.is_empty() && figures.iter().all(|line| line.ends_with(&cause)), "{said}");
}

/// A commune becomes two.
fn split(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    let at = text.find(&format!("code = \"{COMMUNE}\"")).unwrap();
    let (before, after) = text.split_at(at);
    let day = SPLIT - 1;
    let after = after.replacen("population =", &format!("valid-to = \"{day}-12-31\"\npopulation ="), 1);
    let halves = [("27737", "Vĩnh Thạnh Đông"), ("27738", "Vĩnh Thạnh Tây")].map(|(code, name)| {
        format!("[[unit]]\ncode = \"{code}\"\nname = \"xã {name}\"\nlevel = \"dia-ban\"\nvalid-from = \"{SPLIT}-01-01\"\n")
    });
    let change = format!(
        "[[change]]\ndate = \"{SPLIT}-01-01\"\nkind = \"split\"\nfrom = [\"{COMMUNE}\"]\nto = [\"27737\", \"27738\"]\nact = \"Nghị quyết thử\"\n"
    );
    fs::write(file, format!("{before}{after}\n{}\n{change}", halves.join("\n"))).unwrap();
}

/// Two communes become one.
fn merge(file: &Path) {
    let mut text = fs::read_to_string(file).unwrap();
    for code in MERGING {
        let at = text.find(&format!("code = \"{code}\"")).unwrap();
        let (before, after) = text.split_at(at);
        let after =
            after.replacen("population =", &format!("valid-to = \"{}-12-31\"\npopulation =", MERGED - 1), 1);
        text = format!("{before}{after}");
    }
    let [one, other] = MERGING;
    let unit = format!(
        "[[unit]]\ncode = \"27739\"\nname = \"xã Hợp Nhất\"\nlevel = \"dia-ban\"\nvalid-from = \"{MERGED}-01-01\"\n"
    );
    let change = format!(
        "[[change]]\ndate = \"{MERGED}-01-01\"\nkind = \"merge\"\nfrom = [\"{one}\", \"{other}\"]\nto = [\"27739\"]\nact = \"Nghị quyết thử\"\n"
    );
    fs::write(file, format!("{text}\n{unit}\n{change}")).unwrap();
}

/// An indicator ends, and another takes its place.
fn exchange(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    let at = text.find(&format!("[[indicator]]\nid = \"{DROPPED}\"")).unwrap();
    let end = text[at..].find("\n\n").map_or(text.len(), |end| at + end);
    let block = &text[at..end];
    let ended = format!("{block}\nvalid-to = \"{}-12-31\"", SPLIT - 1);
    let new = block.replace(&format!("\"{DROPPED}\""), &format!("\"{NEW}\""));
    let begun = format!("{new}\nvalid-from = \"{SPLIT}-01-01\"");
    fs::write(file, format!("{}{ended}\n\n{begun}{}", &text[..at], &text[end..])).unwrap();
}

/// The plan as its folder says it now.
fn plan_in(folder: &Path) -> Plan {
    let file = |name: &str| SourceFile {
        name: name.to_owned(),
        text: fs::read_to_string(folder.join(name)).unwrap(),
    };
    let main = file("plan.toml");
    let others = PlanSources::names_in(&main).iter().map(|name| file(name)).collect();
    Plan::read(&PlanSources { main, others }).unwrap_or_else(|error| panic!("{error}"))
}

/// Another target of 2.1 from a decision of that year on.
fn retarget(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    let at = text.find("id = \"2.1\"").unwrap();
    let end = text[at..].find("\n\n").map_or(text.len(), |end| at + end);
    let (before, after) = text.split_at(end);
    let decision = format!(
        "\n\n[[indicator.revised]]\nfrom = \"{RETARGETED}-03-01\"\nact = \"Quyết định thử\"\ntargets = {{ {RETARGETED} = \"61\", 2028 = \"61\", 2029 = \"61\", 2030 = \"61\" }}"
    );
    fs::write(file, format!("{before}{decision}{after}")).unwrap();
}
