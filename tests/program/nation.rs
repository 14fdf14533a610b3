//! One level up: two provinces are consolidated and sent up, one as a record, one as a loose result, and what comes of the
//! nation is the direct sum over their communes.
#![allow(clippy::unwrap_used)] // a test stops where it fails

use super::faults::contents;
use super::provinces::{answer, json, runs};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use xhht::domain::cell::Content;
use xhht::domain::{ColumnId, ColumnRole, FieldId, Unit};
use xhht::form::{Field, Form};
use xhht::plan::{Plan, PlanSources};
use xhht::template::{self, Values};

const YEAR: i32 = 2025;
/// Rows of the lower form, and the indicator each is of, that the test adds up by itself.
const ADDED: [(&str, &str); 7] = [
    ("nltt", "2.1"),
    ("kns", "2.2"),
    ("cong_dan", "4.1"),
    ("tt_htcd", "3.3"),
    ("cs_mn", "3.2"),
    ("cs_th", "3.2"),
    ("cs_thcs", "3.2"),
];

/// Numerators and denominators by indicator.
type Sums = BTreeMap<&'static str, (u64, u64)>;

/// Fills in the forms of some units of a plan, each with figures of its own, and adds up what they say.
fn fills_in<'a>(plan: &Plan, inbox: &Path, units: impl Iterator<Item = &'a Unit>, sums: &mut Sums) {
    fs::create_dir_all(inbox).unwrap();
    for (unit, at) in units.zip(1_u64..) {
        let form = Form::for_unit(plan, unit, YEAR);
        let mut values = Values::default();
        for field in form.fields() {
            let own = ADDED.iter().find(|(row, _)| field.row_code == **row);
            let known = form.reference(field).and_then(|figure| u64::try_from(figure).ok());
            let whole = known.or_else(|| {
                form.field(&whole_of(field)).and_then(|whole| u64::try_from(form.reference(whole)?).ok())
            });
            let whole = whole.unwrap_or(20_000 + at * 137);
            let part = whole - whole / 3;
            let figure = match (own, field.role) {
                (Some(_), Some(ColumnRole::Whole)) => Some(whole),
                (Some(_), Some(ColumnRole::Part)) => Some(part),
                _ => None,
            };
            let content = figure.map(|figure| Content::Number(figure.into()));
            if let Some(content) = content.or_else(|| answer(field, YEAR)) {
                values.insert(field.id.clone(), content);
            }
            if let (Some((_, indicator)), Some(ColumnRole::Whole)) = (own, field.role) {
                let sum = sums.entry(indicator).or_default();
                *sum = (sum.0 + part, sum.1 + whole);
            }
        }
        let filled = template::write_filled(plan, &form, None, &values).unwrap();
        fs::write(inbox.join(template::file_name(&form)), filled).unwrap();
    }
}

/// The cell of all there are in the row of a field.
fn whole_of(field: &Field) -> FieldId {
    FieldId::new(&field.row_code, &ColumnId::new("tong"))
}

/// A province with some of its communes, consolidated in a folder of its own.
fn province(folder: &Path, name: &str, sums: &mut Sums) {
    let plan = Plan::read(&PlanSources::shipped(name).unwrap()).unwrap();
    let communes = plan.roster_of(YEAR, &plan.levels[0].id);
    let inbox = folder.join(name).join("hop-thu");
    fills_in(&plan, &inbox, communes.iter().copied().step_by(24), sums);
    let line = ["consolidate", "hop-thu", "--plan", name, "--year", "2025", "--as-of", "2025-12-16"];
    let (code, said) = runs(&folder.join(name), &[&line[..], &["--out", "ket-qua"]].concat());
    assert!(matches!(code, Some(0 | 1)), "{said}");
}

/// What the national check finds in the inbox, by code.
fn found(folder: &Path, year: &str) -> BTreeMap<String, Vec<Value>> {
    let line = ["check", "hop-thu", "--plan", "quoc-gia", "--year", year, "--quiet", "--format", "json"];
    let (_, said) = runs(folder, &line);
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in said.lines() {
        let finding: Value = serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"));
        found.entry(finding["code"].as_str().unwrap().to_owned()).or_default().push(finding);
    }
    found
}

/// Lets a file that was sealed be written.
fn touch(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::remove_file(path).unwrap();
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Packs a folder into a zip, under its own name.
fn zipped(folder: &Path, zip: &Path) {
    let mut writer = zip::ZipWriter::new(fs::File::create(zip).unwrap());
    let name = folder.file_name().unwrap().to_str().unwrap();
    for (within, bytes) in contents(folder) {
        let within = within.to_str().unwrap().replace('\\', "/");
        writer.start_file(format!("{name}/{within}"), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, &bytes).unwrap();
    }
    writer.finish().unwrap();
}

/// Copies a folder; the copy can be written.
fn copied(from: &Path, to: &Path) {
    for (within, bytes) in contents(from) {
        let place = to.join(within);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
}

#[test]
fn the_nation_is_the_sum_of_all_communes_that_reported() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let mut sums = Sums::new();
    province(folder, "tay-ninh", &mut sums);
    province(folder, "dong-thap", &mut sums);
    let close = ["close", "hop-thu", "--year", "2025", "--plan", "tay-ninh", "--out", "ket-qua"];
    let (code, said) = runs(&folder.join("tay-ninh"), &close);
    assert_eq!(code, Some(0), "{said}");
    let inbox = folder.join("hop-thu");
    fs::create_dir_all(inbox.join("82")).unwrap();
    fs::rename(folder.join("tay-ninh/ho-so"), inbox.join("ho-so")).unwrap();
    let loose = inbox.join("82/ket-qua-xhht-2025.json");
    fs::copy(folder.join("dong-thap/ket-qua/ket-qua-xhht-2025.json"), &loose).unwrap();

    let line = ["consolidate", "hop-thu", "--plan", "quoc-gia", "--year", "2025", "--as-of", "2025-12-31"];
    let (code, said) = runs(folder, &[&line[..], &["--out", "ket-qua", "--unit-sheets"]].concat());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("2/34 đã gửi"), "{said}");
    let results = json(&folder.join("ket-qua/ket-qua-xhht-2025.json"));
    let indicator = |id: &str| {
        let all = results["indicators"].as_array().unwrap();
        all.iter().find(|indicator| indicator["id"] == id).unwrap()
    };
    for (id, (numerator, denominator)) in &sums {
        let result = indicator(id);
        let told = (&result["numerator"], &result["denominator"]);
        assert_eq!(told, (&numerator.to_string().into(), &denominator.to_string().into()), "{id}");
        assert_eq!(result["coverage"]["reported"], 2, "{id}");
        assert_eq!(result["coverage"]["expected"], 34, "{id}");
        assert!(result["lower"] != result["upper"], "{id}: 32 provinces are missing");
    }
    // All communes of both provinces are counted, none of them says yes: counts, not percentages.
    let literate = indicator("1.1");
    assert_eq!(
        (&literate["numerator"], &literate["denominator"]),
        (&"0".into(), &(96 + 102).to_string().into())
    );
    assert_eq!(literate["verdict"], "no-target");
    // Nobody's authority reported these.
    assert_eq!(indicator("2.3")["verdict"], "no-data");
    if let Some(kept) = std::env::var_os("XHHT_KEEP") {
        let copied = std::process::Command::new("cp").arg("-r").arg(folder).arg(kept).status().unwrap();
        assert!(copied.success());
    }

    let all = found(folder, "2025");
    // All other provinces are silent, and some indicators wait for bodies of the nation.
    assert_eq!(all.keys().collect::<Vec<_>>(), ["K001", "O003", "O017"]);
    let of_tay_ninh = all["O017"].iter().find(|finding| finding["unit"] == "80").unwrap();
    assert!(of_tay_ninh["cause"].as_str().unwrap().contains("2.1 (4/96)"), "{of_tay_ninh}");

    // A record is sent as a folder, or packed into a zip; of that nothing but its result is read.
    let packed = inbox.join("ho-so-tay-ninh.zip");
    zipped(&inbox.join("ho-so"), &packed);
    let whole = folder.join("ca-thu-muc");
    fs::rename(inbox.join("ho-so"), &whole).unwrap();
    let of_zip = found(folder, "2025");
    assert_eq!(of_zip.keys().collect::<Vec<_>>(), all.keys().collect::<Vec<_>>());
    assert_eq!(of_zip["O017"].len(), all["O017"].len());
    let result = "ho-so/2025/lan-1/ket-qua/ket-qua-xhht-2025.json";
    let touched = folder.join("bi-sua");
    fs::create_dir_all(touched.join("2025")).unwrap();
    copied(&whole.join("2025/lan-1"), &touched.join("2025/lan-1"));
    touch(&touched.join(result.trim_start_matches("ho-so/")), "\"year\": 2025", "\"year\":  2025");
    zipped(&touched, &packed);
    let of_zip = found(folder, "2025");
    let cause = of_zip["F011"][0]["cause"].as_str().unwrap();
    assert!(cause.contains("không nguyên vẹn") && of_zip["F011"][0]["unit"] == "80", "{of_zip:?}");
    fs::remove_file(&packed).unwrap();
    fs::rename(&whole, inbox.join("ho-so")).unwrap();

    // Of another year, and of no plan that is known.
    assert_eq!(found(folder, "2026")["F013"].len(), 2);
    touch(&loose, "dong-thap-2021-2030", "nowhere-2021-2030");
    assert_eq!(found(folder, "2025")["F012"].len(), 1);
    // A record that somebody touched is not used, nor is a result that is none.
    touch(
        &inbox.join("ho-so/2025/lan-1/ket-qua/ket-qua-xhht-2025.json"),
        "\"year\": 2025",
        "\"year\":  2025",
    );
    fs::write(&loose, "{}").unwrap();
    let all = found(folder, "2025");
    assert_eq!(all["F011"].len(), 2, "{all:?}");
    assert!(!all.contains_key("O017"));
    let told: Vec<&str> = all["F011"].iter().map(|finding| finding["cause"].as_str().unwrap()).collect();
    assert!(told.iter().any(|cause| cause.contains("đã bị sửa sau khi chốt")), "{told:?}");

    // To a plan that takes no results they are what they were.
    let (code, said) = runs(folder, &["check", "hop-thu", "--plan", "dong-thap", "--year", "2025"]);
    assert!(code == Some(2) || said.contains("F001"), "{said}");
}
