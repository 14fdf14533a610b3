//! The result for other programs, judged by a JSON Schema validator that is not ours.

use super::december;
use super::tools::{Tool, file, in_repository, said, script, trial};
use libtest_mimic::Trial;
use serde_json::Value;
use std::path::Path;
use xhht::plan::PlanSources;

const SCHEMA: &str = "src/output/json/ket-qua-2.schema.json";

pub fn trials() -> Vec<Trial> {
    vec![
        trial("json_holds_to_its_schema", &[Tool::Jsonschema], || {
            let result = december::json();
            assert!(
                !result["findings"].as_array().unwrap().is_empty(),
                "findings are part of what is judged"
            );
            let (valid, why) = judged(&december::json_file());
            assert!(valid, "{why}");
        }),
        trial("json_schema_refuses_what_is_wrong", &[Tool::Jsonschema], || {
            type Spoil = fn(&mut Value);
            let spoilt: [(&str, Spoil); 5] = [
                ("$.as_of", |result| result["as_of"] = "2024-13-40".into()),
                ("$.findings[0].code", |result| result["findings"][0]["code"] = "Lỗi".into()),
                ("$.indicators[0].numerator", |result| result["indicators"][0]["numerator"] = 14.into()),
                ("$.units[0]", |result| result["units"][0]["màu"] = "xanh".into()),
                ("$: 'ledger' is a required property", |result| {
                    result.as_object_mut().unwrap().remove("ledger");
                }),
            ];
            for (place, spoil) in spoilt {
                let mut result = december::json();
                spoil(&mut result);
                let (valid, why) = judged(&file("spoilt.json", result.to_string().as_bytes()));
                assert!(!valid && why.contains(place), "{place}: {why}");
            }
        }),
        trial("plan_files_hold_to_their_schemas", &[Tool::Jsonschema], || {
            for name in ["plan.toml", "don-vi.toml", "bieu-mau.toml", "quy-tac.toml"] {
                let (valid, why) = judged_plan_file(name, "", "");
                assert!(valid, "{name}: {why}");
            }
        }),
        trial("plan_schemas_refuse_what_is_wrong", &[Tool::Jsonschema], || {
            let spoilt = [
                ("plan.toml", "first-year = 2021", "first-year = \"2021\"", "$['first-year']"),
                ("plan.toml", "short = \"Kỹ năng sống\"\n", "", "'short' is a required property"),
                ("plan.toml", "short = \"Kỹ năng sống\"", "shrt = \"Kỹ năng sống\"", "'shrt'"),
                ("plan.toml", "2025 = \"12\"", "2025 = \"mười hai\"", "targets"),
                ("plan.toml", "deadline = \"2021-12-31\"", "deadline = \"31/12/2021\"", "deadline"),
                ("don-vi.toml", "kind = \"end\"", "kind = \"kết thúc\"", "$.change[2].kind"),
                ("bieu-mau.toml", "means = \"estimate\"", "means = \"guess\"", "means"),
            ];
            for (name, right, wrong, place) in spoilt {
                let (valid, why) = judged_plan_file(name, right, wrong);
                assert!(!valid && why.contains(place), "{name} {wrong}: {why}");
            }
        }),
    ]
}

fn judged(result: &Path) -> (bool, String) {
    judged_by(&in_repository(SCHEMA), result)
}

fn judged_by(schema: &Path, file: &Path) -> (bool, String) {
    let output = script("validate_json.py", [schema, file]);
    (output.status.success(), said(&output))
}

/// A file of the embedded plan, changed at one place, judged by the schema that its first line names.
fn judged_plan_file(name: &str, right: &str, other: &str) -> (bool, String) {
    let PlanSources { main, others } = PlanSources::embedded();
    let text = [main].into_iter().chain(others).find(|embedded| embedded.name == name).unwrap().text;
    let schema = text.lines().next().and_then(|line| line.strip_prefix("#:schema ")).unwrap();
    assert!(text.contains(right), "{name} has no {right}");
    let table: toml::Table = text.replacen(right, other, 1).parse().unwrap();
    let json = file(&format!("{name}.json"), &serde_json::to_vec(&table).unwrap());
    judged_by(&in_repository(&format!("templates/plan/{schema}")), &json)
}
