//! A table with its records, whatever they are.

use crate::{Error, Form, Kind, Resource, Table};
use std::io::Write;

/// A table and the records that go into it.
pub struct Filled<R> {
    /// What its columns are.
    pub table: Table<R>,
    /// What is written.
    pub records: Vec<R>,
}

/// What is to be known of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// What it holds, for people.
    pub description: &'static str,
    /// The unit of measure of its numbers.
    pub unit: Option<&'static str>,
}

/// A table that can be written without knowing what its records are.
pub trait Written {
    /// The name of the table.
    fn name(&self) -> &'static str;
    /// What it holds, for people.
    fn title(&self) -> &'static str;
    /// Its columns, in order.
    fn columns(&self) -> Vec<Described>;
    /// The columns that together name a record.
    fn key(&self) -> &'static [&'static str];
    /// How many records it has.
    fn len(&self) -> usize;
    /// Whether it has none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The name of its file in a form.
    fn file_name(&self, form: Form) -> String;
    /// Writes its file in a form.
    ///
    /// # Errors
    /// A value does not fit its column, or writing fails.
    fn write(&self, form: Form, out: &mut (dyn Write + Send)) -> Result<(), Error>;
    /// What is to be known of that file once it is written.
    fn resource(&self, form: Form, bytes: u64, sha256: &str) -> Resource;
}

impl<R> Written for Filled<R> {
    fn name(&self) -> &'static str {
        self.table.name
    }

    fn title(&self) -> &'static str {
        self.table.title
    }

    fn columns(&self) -> Vec<Described> {
        let described = |column: &crate::Column<R>| Described {
            name: column.name,
            kind: column.kind,
            description: column.description,
            unit: column.unit,
        };
        self.table.columns.iter().map(described).collect()
    }

    fn key(&self) -> &'static [&'static str] {
        self.table.key
    }

    fn len(&self) -> usize {
        self.records.len()
    }

    fn file_name(&self, form: Form) -> String {
        self.table.file_name(form)
    }

    fn write(&self, form: Form, out: &mut (dyn Write + Send)) -> Result<(), Error> {
        match form {
            Form::Csv => self.table.write_csv(&self.records, out),
            Form::Parquet => self.table.write_parquet(&self.records, out),
        }
    }

    fn resource(&self, form: Form, bytes: u64, sha256: &str) -> Resource {
        self.table.resource(form, bytes, sha256)
    }
}
