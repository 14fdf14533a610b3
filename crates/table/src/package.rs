//! `datapackage.json`: which files there are, what their columns hold, and which of them are keys (Frictionless Data Package
//! and Table Schema, version 1).

use crate::{Column, Kind, Reference, Table};
use serde_json::{Map, Value, json};

/// A folder of tables and what is to be known of it.
pub struct Package {
    /// Its name: `a-z`, digits, `-`, `.`.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// More of it.
    pub description: String,
    /// Version of the tables' columns: where it changes, programs that read them may have to.
    pub version: &'static str,
    /// Its files.
    pub resources: Vec<Resource>,
}

/// A file of a package.
pub struct Resource {
    name: String,
    title: &'static str,
    path: String,
    form: Form,
    bytes: u64,
    sha256: String,
    schema: Value,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values.
    Csv,
    /// Apache Parquet.
    Parquet,
}

impl Form {
    /// Both.
    pub const ALL: [Form; 2] = [Form::Csv, Form::Parquet];

    /// The extension of a file, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Parquet => "parquet",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Form::Csv => "text/csv",
            Form::Parquet => "application/vnd.apache.parquet",
        }
    }
}

impl<R> Table<R> {
    /// The name of its file in a form.
    pub fn file_name(&self, form: Form) -> String {
        format!("{}.{}", self.name, form.extension())
    }

    /// What is to be known of its file in a form, once it is written: its length, and its SHA-256 in hexadecimal.
    pub fn resource(&self, form: Form, bytes: u64, sha256: &str) -> Resource {
        Resource {
            name: match form {
                Form::Csv => self.name.to_owned(),
                Form::Parquet => format!("{}-parquet", self.name),
            },
            title: self.title,
            path: self.file_name(form),
            form,
            bytes,
            sha256: sha256.to_owned(),
            schema: self.schema(),
        }
    }

    /// Its Table Schema.
    fn schema(&self) -> Value {
        let columns: Vec<Value> = self.columns.iter().map(field).collect();
        let mut schema = json!({ "fields": columns, "missingValues": [""], "primaryKey": self.key });
        if !self.references.is_empty() {
            schema["foreignKeys"] = self.references.iter().map(foreign_key).collect();
        }
        schema
    }
}

fn field<R>(column: &Column<R>) -> Value {
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Whole => "integer",
        Kind::Exact => "number",
        Kind::Day => "date",
        Kind::Flag => "boolean",
    };
    let mut field = Map::new();
    field.insert("name".into(), column.name.into());
    field.insert("type".into(), kind.into());
    field.insert("description".into(), column.description.into());
    if let Some(unit) = column.unit {
        field.insert("unit".into(), unit.into());
    }
    if column.required {
        field.insert("constraints".into(), json!({ "required": true }));
    }
    field.into()
}

fn foreign_key(reference: &Reference) -> Value {
    json!({
        "fields": reference.columns,
        "reference": { "resource": reference.table, "fields": reference.there },
    })
}

impl Package {
    /// The text of `datapackage.json`.
    pub fn json(&self) -> String {
        let resources: Vec<Value> = self.resources.iter().map(Resource::json).collect();
        let whole = json!({
            "profile": "data-package",
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "version": self.version,
            "resources": resources,
        });
        format!("{whole:#}\n")
    }
}

impl Resource {
    fn json(&self) -> Value {
        let mut resource = json!({
            "name": self.name,
            "title": self.title,
            "path": self.path,
            "format": self.form.extension(),
            "mediatype": self.form.media_type(),
            "bytes": self.bytes,
            "hash": format!("sha256:{}", self.sha256),
        });
        // A file of Parquet says itself what its columns are; they are those of the CSV.
        if self.form == Form::Csv {
            resource["profile"] = "tabular-data-resource".into();
            resource["schema"] = self.schema.clone();
            resource["encoding"] = "utf-8".into();
            resource["dialect"] = json!({ "delimiter": ",", "lineTerminator": "\n", "header": true });
        }
        resource
    }
}
