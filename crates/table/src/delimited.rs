//! CSV (RFC 4180) in UTF-8: a head, one line a record, days as 2024-12-31, points in numbers, nothing for what is missing.

use crate::{Cell, Error, Table};
use std::io::Write;

impl<R> Table<R> {
    /// Writes the records as CSV.
    ///
    /// # Errors
    /// A value does not fit its column, or writing fails.
    pub fn write_csv(&self, records: &[R], out: impl Write) -> Result<(), Error> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(self.columns.iter().map(|column| column.name)).map_err(io)?;
        for record in records {
            for column in &self.columns {
                match column.of(self.name, record)? {
                    Cell::Missing => csv.write_field(""),
                    Cell::Text(text) => csv.write_field(text.as_bytes()),
                    Cell::Whole(number) => csv.write_field(number.to_string()),
                    Cell::Exact(number) => csv.write_field(number.normalize().to_string()),
                    Cell::Day(day) => csv.write_field(day.to_string()),
                    Cell::Flag(flag) => csv.write_field(if flag { "true" } else { "false" }),
                }
                .map_err(io)?;
            }
            csv.write_record(None::<&[u8]>).map_err(io)?;
        }
        csv.flush()?;
        Ok(())
    }
}

fn io(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::Io(error),
        kind => Error::Library(format!("{kind:?}")),
    }
}
