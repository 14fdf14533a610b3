//! The JSON Schemas of the plan files, and the Vietnamese page about their keys: derived from the types and from
//! `keys.toml`, committed, and kept true here. `XHHT_BLESS=1 cargo test --lib plan::file` writes them anew.
//!
//! They are made by a test because nobody needs to make them at an officer's desk: the program carries neither the
//! library that derives them nor `keys.toml`.

use super::*;
use crate::plan::{SCHEMA_FOLDER, SCHEMAS, SHIPPED};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

const PAGE: &str = "docs/khoa-ke-hoach.md";

/// A kind of plan file.
struct Kind {
    /// Its schema in the folder beside the plan, so that the first line of a file finds it in every working folder.
    schema: &'static str,
    /// The embedded file.
    file: &'static str,
    derive: fn() -> Value,
    title: &'static str,
}

const KINDS: [Kind; 4] = [
    Kind {
        schema: "ke-hoach.schema.json",
        file: "plan.toml",
        derive: derived::<PlanFile>,
        title: "Kế hoạch",
    },
    Kind {
        schema: "don-vi.schema.json",
        file: "don-vi.toml",
        derive: derived::<UnitsFile>,
        title: "Danh sách đơn vị",
    },
    Kind {
        schema: "bieu-mau.schema.json",
        file: "bieu-mau.toml",
        derive: derived::<FormFile>,
        title: "Biểu mẫu",
    },
    Kind {
        schema: "quy-tac.schema.json",
        file: "quy-tac.toml",
        derive: derived::<RulesFile>,
        title: "Quy tắc kiểm tra",
    },
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
fn schema(kind: &Kind, faults: &mut Vec<String>, described: &mut BTreeSet<String>) -> Value {
    let mut schema = (kind.derive)();
    let name = schema["title"].as_str().unwrap().to_owned();
    for (name, of_type) in schema["$defs"].as_object_mut().unwrap() {
        describe(name, of_type, faults);
        described.insert(name.clone());
    }
    describe(&name, &mut schema, faults);
    described.insert(name);
    schema["title"] = json!(format!("{} (xhht)", kind.title));
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

/// The page about the keys: a table per type, in the order in which a reader meets them.
fn page() -> String {
    let mut page = String::from(
        "# Các khóa của tệp kế hoạch\n\n\
         Trang này do chương trình kiểm thử ghi ra từ chính cách chương trình đọc tệp, nên luôn đúng với phiên bản đi kèm.\n\
         Cách sửa từng việc, kèm ví dụ trước và sau khi sửa: [sua-ke-hoach.md](sua-ke-hoach.md).\n\n\
         Chữ đặt trong ngoặc kép; số nguyên, `true`, `false` không có ngoặc; số thập phân và ngày (`\"năm-tháng-ngày\"`) đặt\n\
         trong ngoặc kép. Khóa có dấu \\* là bắt buộc.\n",
    );
    for kind in &KINDS {
        let schema = schema(kind, &mut Vec::new(), &mut BTreeSet::new());
        let _ = write!(page, "\n## {} (`{}`)\n", kind.title, kind.file);
        let name = (kind.derive)()["title"].as_str().unwrap().to_owned();
        section(&mut page, &name, &schema);
        let mut told = BTreeSet::from([name.clone()]);
        follow(&mut page, &schema["$defs"], &name, &schema, "", &mut told);
    }
    page
}

/// The sections of the types a type leads to, each once, under the way there.
fn follow(
    page: &mut String,
    defs: &Value,
    name: &str,
    schema: &Value,
    way: &str,
    told: &mut BTreeSet<String>,
) {
    for (key, property) in in_order(name, schema) {
        let text = property.to_string();
        let Some((_, rest)) = text.split_once("#/$defs/") else { continue };
        let next = rest.split('"').next().unwrap();
        if told.insert(next.to_owned()) {
            let way = format!("{way}{}`{key}`", if way.is_empty() { "" } else { " › " });
            let _ = write!(page, "\n### {way}\n");
            section(page, next, &defs[next]);
            follow(page, defs, next, &defs[next], &way, told);
        }
    }
}

/// The properties of a schema in the order of `keys.toml`.
fn in_order<'a>(name: &str, schema: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let text = include_str!("keys.toml");
    let of_type = text.find(&format!("\n[{name}]\n")).unwrap();
    let place = |key: &str| text[of_type..].find(&format!("\n{key} = "));
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let mut properties: Vec<_> = properties.map(|(key, property)| (key.as_str(), property)).collect();
    properties.sort_by_key(|(key, _)| place(key));
    properties
}

fn section(page: &mut String, name: &str, schema: &Value) {
    let _ = write!(page, "\n{}\n", schema["description"].as_str().unwrap());
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
    for (key, property) in in_order(name, schema) {
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
    for kind in &KINDS {
        let schema = schema(kind, &mut Vec::new(), &mut BTreeSet::new());
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        kept(&format!("templates/plan/{SCHEMA_FOLDER}/{}", kind.schema), &text);
    }
    kept(PAGE, &page());
}

#[test]
fn every_key_is_described_and_nothing_else() {
    let (mut faults, mut described) = (Vec::new(), BTreeSet::new());
    for kind in &KINDS {
        schema(kind, &mut faults, &mut described);
    }
    let told: BTreeSet<String> = keys().keys().cloned().collect();
    let left = told.difference(&described);
    faults.extend(left.map(|name| format!("keys.toml tells of {name}, which no file has")));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(unicode_normalization::is_nfc(include_str!("keys.toml")));
}

#[test]
fn every_shipped_file_names_its_schema() {
    assert_eq!(SCHEMAS.map(|(name, _)| name), KINDS.map(|kind| kind.schema));
    for (plan, kind) in SHIPPED.iter().flat_map(|plan| KINDS.iter().map(move |kind| (plan, kind))) {
        let (_, text) =
            std::iter::once(&plan.main).chain(plan.others).find(|(name, _)| *name == kind.file).unwrap();
        let named = format!("#:schema {SCHEMA_FOLDER}/{}", kind.schema);
        assert_eq!(text.lines().next(), Some(named.as_str()), "{}: {}", plan.id, kind.file);
    }
}
