//! The result for other programs, judged by a JSON Schema validator that is not ours.

use super::december;
use super::tools::{Tool, file, in_repository, said, script, trial};
use libtest_mimic::Trial;
use serde_json::Value;
use std::path::Path;

const SCHEMA: &str = "src/output/json/ket-qua-1.schema.json";

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
    ]
}

fn judged(result: &Path) -> (bool, String) {
    let output = script("validate_json.py", [in_repository(SCHEMA).as_path(), result]);
    (output.status.success(), said(&output))
}
