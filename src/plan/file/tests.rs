//! The JSON Schemas of the plan files, and the Vietnamese page about their keys: derived from the types and from
//! `keys.toml`, committed, and kept true here. `XHHT_BLESS=1 cargo test --lib plan::file` writes them anew.
//!
//! They are made by a test because nobody needs to make them at an officer's desk: the program carries neither the
//! library that derives them nor `keys.toml`.

use super::*;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

const PAGE: &str = "docs/khoa-ke-hoach.md";

/// The kinds of plan files: the schema's place, an embedded file of the kind, its type, its title.
const KINDS: [(&str, &str, fn() -> Value, &str); 3] = [
    ("templates/plan/luoc-do/ke-hoach.schema.json", "plan.toml", derived::<PlanFile>, "Kế hoạch"),
    ("templates/plan/luoc-do/don-vi.schema.json", "don-vi.toml", derived::<UnitsFile>, "Danh sách đơn vị"),
    ("templates/plan/luoc-do/bieu-mau.schema.json", "bieu-mau.toml", derived::<FormFile>, "Biểu mẫu"),
];

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

fn derived<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
}

/// What `keys.toml` says of the types.
fn keys() -> toml::Table {
    include_str!("keys.toml").parse().unwrap_or_else(|error| panic!("keys.toml: {error}"))
}

/// What is said of one key.
struct Said {
    sentence: String,
    /// A line of TOML.
    example: Option<String>,
    /// The shape of its text.
    pattern: Option<&'static str>,
}

fn said(of_type: &toml::Table, key: &str) -> Option<Said> {
    let texts: Vec<&str> = match of_type.get(key)? {
        toml::Value::Array(texts) => texts.iter().filter_map(toml::Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let pattern = texts.get(2).map(|name| match *name {
        "ngay" => r"^\d{4}-\d{2}-\d{2}$",
        "so" => r"^\d+([.,]\d+)?$",
        "ma-o" => r"^[a-z0-9_]+(\.[a-z0-9_]+)*$",
        other => panic!("keys.toml: no shape {other}"),
    });
    Some(Said { sentence: texts[0].to_owned(), example: texts.get(1).map(|&line| line.to_owned()), pattern })
}

/// A schema as it is committed: what the types say, in the words of `keys.toml`. Faults are what the two disagree on.
fn schema(kind: usize, faults: &mut Vec<String>, described: &mut BTreeSet<String>) -> Value {
    let (_, _, derive, title) = KINDS[kind];
    let mut schema = derive();
    let name = schema["title"].as_str().unwrap().to_owned();
    for (name, of_type) in schema["$defs"].as_object_mut().unwrap() {
        describe(name, of_type, faults);
        described.insert(name.clone());
    }
    describe(&name, &mut schema, faults);
    described.insert(name);
    schema["title"] = json!(format!("{title} (xhht)"));
    if kind == 0 {
        schema["properties"]["schema"]["const"] = json!("xhht/plan/1");
    }
    schema
}

fn describe(name: &str, schema: &mut Value, faults: &mut Vec<String>) {
    let keys = keys();
    let empty = toml::Table::new();
    let of_type = keys.get(name).and_then(toml::Value::as_table).unwrap_or(&empty);
    let mut known: BTreeSet<&str> = of_type.keys().map(String::as_str).collect();
    let mut tell = |key: &str| {
        known.remove(key);
        let told = said(of_type, key);
        if told.is_none() {
            faults.push(format!("keys.toml says nothing of {name}.{key}"));
        }
        told
    };
    let whole = tell("_");
    if let Some(values) = variants(schema) {
        let described = |value: String| {
            let sentence = tell(&value).map(|told| told.sentence);
            json!({ "const": value, "description": sentence })
        };
        *schema = json!({ "oneOf": values.into_iter().map(described).collect::<Vec<_>>() });
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (key, property) in properties {
            without_null(property);
            let Some(told) = tell(key) else { continue };
            property["description"] = json!(told.sentence);
            if let Some(pattern) = told.pattern {
                let texts = match property.get_mut("additionalProperties") {
                    Some(values) => values,
                    None => &mut *property,
                };
                texts["pattern"] = json!(pattern);
            }
            if let Some(example) = &told.example {
                property["examples"] = json!([value_of(example, key)]);
            }
        }
    }
    if let Some(whole) = whole {
        schema["description"] = json!(whole.sentence);
    }
    faults
        .extend(known.into_iter().map(|key| format!("keys.toml tells of {name}.{key}, which there is not")));
}

/// The values of an enumeration, in order.
fn variants(schema: &Value) -> Option<Vec<String>> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    if let Some(values) = schema.get("enum") {
        return values.as_array()?.iter().map(text).collect();
    }
    // With doc comments on the variants there is one alternative for each.
    let each = |one: &Value| {
        let mut values: Vec<Value> = one.get("const").cloned().into_iter().collect();
        values.extend(one.get("enum").and_then(Value::as_array).into_iter().flatten().cloned());
        values
    };
    schema.get("oneOf")?.as_array()?.iter().flat_map(each).map(|value| text(&value)).collect()
}

/// TOML has no null: an optional key is left out.
fn without_null(property: &mut Value) {
    let null = json!("null");
    let kind = property.get("type").and_then(Value::as_array).cloned();
    if let Some(kind) = kind {
        property["type"] = kind.into_iter().find(|kind| *kind != null).unwrap();
    }
    let any = property.get("anyOf").and_then(Value::as_array).cloned();
    if let Some(any) = any {
        let real = any.into_iter().find(|one| one.get("type") != Some(&null)).unwrap();
        *property = real;
    }
}

/// The value of a line of TOML that sets the key.
fn value_of(line: &str, key: &str) -> Value {
    let table: toml::Table = line.parse().unwrap_or_else(|error| panic!("keys.toml: {line}: {error}"));
    assert_eq!(table.keys().collect::<Vec<_>>(), [key], "{line}");
    serde_json::to_value(&table[key]).unwrap()
}

/// The page about the keys: a table per type, in the order of `keys.toml`.
fn page() -> String {
    let mut page = String::from(
        "# Các khóa của tệp kế hoạch\n\n\
         Trang này do chương trình kiểm thử ghi ra từ chính cách chương trình đọc tệp, nên luôn đúng với phiên bản đi kèm.\n\
         Cách sửa từng việc, kèm ví dụ trước và sau khi sửa: [sua-ke-hoach.md](sua-ke-hoach.md).\n\n\
         Chữ đặt trong ngoặc kép; số nguyên, `true`, `false` không có ngoặc; số thập phân và ngày (`\"năm-tháng-ngày\"`) đặt\n\
         trong ngoặc kép. Khóa có dấu \\* là bắt buộc.\n",
    );
    let mut order = Vec::new();
    for (kind, (_, file, _, title)) in KINDS.iter().enumerate() {
        let schema = schema(kind, &mut Vec::new(), &mut BTreeSet::new());
        let _ = write!(page, "\n## {title} (`{file}`)\n");
        section(&mut page, None, &schema);
        let defs = schema["$defs"].as_object().unwrap();
        order.clear();
        order.extend(reached(&schema, defs));
        for (path, name) in &order {
            section(&mut page, Some(path), &defs[name]);
        }
    }
    page
}

/// The types a schema leads to, with the key that leads there, each once, in the order in which they are met.
fn reached(from: &Value, defs: &Map<String, Value>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut waiting: Vec<&Value> = vec![from];
    while let Some(schema) = waiting.pop() {
        for (key, property) in schema["properties"].as_object().into_iter().flatten().rev() {
            let text = property.to_string();
            let Some((_, rest)) = text.split_once("#/$defs/") else { continue };
            let name = rest.split('"').next().unwrap().to_owned();
            if found.iter().all(|(_, other)| *other != name) {
                waiting.push(&defs[&name]);
                let brackets = if text.contains("\"items\"") { format!("[[{key}]]") } else { key.clone() };
                found.push((brackets, name));
            }
        }
    }
    found
}

fn section(page: &mut String, key: Option<&str>, schema: &Value) {
    let sentence = schema["description"].as_str().unwrap();
    match key {
        Some(key) => {
            let _ = write!(page, "\n### `{key}`\n\n{sentence}\n");
        }
        None => {
            let _ = write!(page, "\n{sentence}\n");
        }
    }
    if let Some(values) = schema.get("oneOf").and_then(Value::as_array) {
        page.push_str("\n| giá trị | nghĩa |\n|---|---|\n");
        for value in values {
            let (value, means) = (value["const"].as_str().unwrap(), value["description"].as_str().unwrap());
            let _ = writeln!(page, "| `\"{value}\"` | {means} |");
        }
        return;
    }
    page.push_str("\n| khóa | nghĩa | ví dụ |\n|---|---|---|\n");
    let required = |key: &str| {
        schema["required"].as_array().is_some_and(|keys| keys.iter().any(|required| required == key))
    };
    for (key, property) in schema["properties"].as_object().unwrap() {
        let star = if required(key) { " \\*" } else { "" };
        let sentence = property["description"].as_str().unwrap();
        let example = property["examples"].get(0).map(|value| format!("`{key} = {}`", toml_of(value)));
        let _ = writeln!(page, "| `{key}`{star} | {sentence} | {} |", example.unwrap_or_default());
    }
}

/// A value as a line of TOML has it.
fn toml_of(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key} = {}", toml_of(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(toml_of).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// Holds a committed file to what it should be, or writes it.
fn kept(path: &str, should: &str) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("XHHT_BLESS").is_some() {
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, should).unwrap();
    }
    let is = std::fs::read_to_string(&place).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        is == should,
        "{path} is not what the types say; write it anew: XHHT_BLESS=1 cargo test --lib plan::file"
    );
}

#[test]
fn schemas_and_page_are_what_the_types_say() {
    for (kind, (path, ..)) in KINDS.iter().enumerate() {
        let schema = schema(kind, &mut Vec::new(), &mut BTreeSet::new());
        kept(path, &format!("{}\n", serde_json::to_string_pretty(&schema).unwrap()));
    }
    kept(PAGE, &page());
}

#[test]
fn every_key_is_described_and_nothing_else() {
    let (mut faults, mut described) = (Vec::new(), BTreeSet::new());
    for kind in 0..KINDS.len() {
        schema(kind, &mut faults, &mut described);
    }
    let told: BTreeSet<String> = keys().keys().cloned().collect();
    faults.extend(
        told.difference(&described).map(|name| format!("keys.toml tells of {name}, which no file has")),
    );
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(unicode_normalization::is_nfc(include_str!("keys.toml")));
}

#[test]
fn every_embedded_file_names_its_schema() {
    for (path, file, ..) in KINDS {
        let (_, text) = crate::plan::EMBEDDED.iter().find(|(name, _)| *name == file).unwrap();
        let name = path.strip_prefix("templates/plan/").unwrap();
        assert_eq!(text.lines().next(), Some(format!("#:schema {name}").as_str()), "{file}");
    }
}
