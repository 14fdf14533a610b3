//! The results as tables: `docs/bang-du-lieu.md` tells of every column; `XHHT_BLESS=1 cargo test --test library tables`
//! writes it anew.

use crate::generated_province::made::{Wish, province};
use std::path::Path;
use table::{Form, Kind, Written};
use xhht::output::tables::Tables;

/// What stands above the list of columns.
const HEAD: &str = include_str!("tables_head.md");

#[test]
fn every_column_is_told_of() {
    let made = province(Wish { year: 2026, units: 3, seed: 1, mess: 20 }, true);
    let (results, findings) = made.consolidated(made.received());
    let tables = Tables::of(&made.plan, &results, &findings);
    let text = page(tables.list());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bang-du-lieu.md");
    if std::env::var_os("XHHT_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/bang-du-lieu.md is out of date; XHHT_BLESS=1 writes it anew");
}

fn page(tables: &[Box<dyn Written + '_>]) -> String {
    let mut text = HEAD.to_owned();
    for table in tables {
        let key: Vec<String> = table.key().iter().map(|column| format!("`{column}`")).collect();
        text += &format!("\n### `{}`: {}\n\nKhóa: {}.\n\n", table.name(), table.title(), key.join(", "));
        text += "| cột | kiểu | nội dung |\n|---|---|---|\n";
        for column in table.columns().iter().skip(2) {
            let kind = match column.kind {
                Kind::Text => "chữ",
                Kind::Whole => "số nguyên",
                Kind::Exact => "số thập phân",
                Kind::Day => "ngày",
                Kind::Flag => "đúng/sai",
            };
            let unit = column.unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
            text += &format!("| `{}` | {kind} | {}{unit} |\n", column.name, column.description);
        }
    }
    text
}

#[test]
fn a_country_and_nothing_at_all_are_written() {
    for (units, mess) in [(1, 0), (40, 100)] {
        let made = province(Wish { year: 2025, units, seed: 7, mess }, false);
        let (results, findings) = made.consolidated(made.received());
        let tables = Tables::of(&made.plan, &results, &findings);
        let mut resources = Vec::new();
        for table in tables.list() {
            for form in Form::ALL {
                let mut bytes = Vec::new();
                table.write(form, &mut bytes).unwrap();
                assert!(!bytes.is_empty(), "{}", table.file_name(form));
                resources.push(table.resource(form, bytes.len() as u64, ""));
            }
        }
        let description: serde_json::Value = serde_json::from_str(&tables.description(resources)).unwrap();
        assert_eq!(description["resources"].as_array().unwrap().len(), 20);
        let count = |name: &str| tables.list().iter().find(|table| table.name() == name).unwrap().len();
        assert_eq!(count("units"), results.units.len());
        assert_eq!(count("findings"), findings.len());
        let reported: usize = results.reported.values().map(Vec::len).sum();
        assert_eq!(count("values"), reported);
        assert!(reported > 0);
    }
}
