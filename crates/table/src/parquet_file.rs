//! Apache Parquet: texts as UTF-8, exact numbers as `DECIMAL(38,18)`, days as `DATE`; what is missing is null.

use crate::{Cell, Column, Error, Fault, Kind, PRECISION, SCALE, Table};
use chrono::NaiveDate;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
    Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use rust_decimal::{Decimal, RoundingStrategy};
use std::io::Write;
use std::sync::Arc;

/// Records of a group: engines read groups side by side, and a writer holds one of them.
const GROUP: usize = 65_536;

impl<R> Table<R> {
    /// Writes the records as Parquet.
    ///
    /// # Errors
    /// A value does not fit its column, or writing fails.
    pub fn write_parquet(&self, records: &[R], out: impl Write + Send) -> Result<(), Error> {
        let columns = self.columns.iter().map(schema_of).collect::<Result<Vec<_>, Error>>()?;
        let schema = Type::group_type_builder(self.name).with_fields(columns).build().map_err(refused)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let mut file =
            SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(refused)?;
        for records in records.chunks(GROUP) {
            let mut group = file.next_row_group().map_err(refused)?;
            for column in &self.columns {
                self.write_column(column, records, &mut group)?;
            }
            group.close().map_err(refused)?;
        }
        file.close().map_err(refused)?;
        Ok(())
    }

    fn write_column<W: Write + Send>(
        &self,
        column: &Column<R>,
        records: &[R],
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), Error> {
        let cells = || records.iter().map(|record| column.of(self.name, record));
        match column.kind {
            Kind::Text => put::<ByteArrayType, _>(group, column, cells(), |cell| match cell {
                Cell::Text(text) => Ok(Some(ByteArray::from(text.into_owned().into_bytes()))),
                _ => Ok(None),
            }),
            Kind::Whole => put::<Int64Type, _>(group, column, cells(), |cell| match cell {
                Cell::Whole(number) => Ok(Some(number)),
                _ => Ok(None),
            }),
            Kind::Exact => put::<FixedLenByteArrayType, _>(group, column, cells(), |cell| match cell {
                Cell::Exact(number) => {
                    let scaled = scaled(number).ok_or_else(|| column.wrong(self.name, Fault::TooLarge))?;
                    Ok(Some(FixedLenByteArray::from(scaled.to_be_bytes().to_vec())))
                }
                _ => Ok(None),
            }),
            Kind::Day => put::<Int32Type, _>(group, column, cells(), |cell| match cell {
                Cell::Day(day) => Ok(Some(since_epoch(day))),
                _ => Ok(None),
            }),
            Kind::Flag => put::<BoolType, _>(group, column, cells(), |cell| match cell {
                Cell::Flag(flag) => Ok(Some(flag)),
                _ => Ok(None),
            }),
        }
    }
}

/// Writes the next column: its values, and of optional ones where there is none.
fn put<'r, T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    column: &Column<impl Sized>,
    cells: impl Iterator<Item = Result<Cell<'r>, Error>>,
    stored: impl Fn(Cell<'r>) -> Result<Option<T::T>, Error>,
) -> Result<(), Error> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        let value = stored(cell?)?;
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    let next = group.next_column().map_err(refused)?;
    let mut writer = next.ok_or_else(|| Error::Library("a column too many".to_owned()))?;
    let levels = (!column.required).then_some(levels.as_slice());
    writer.typed::<T>().write_batch(&values, levels, None).map_err(refused)?;
    writer.close().map_err(refused)
}

fn schema_of<R>(column: &Column<R>) -> Result<Arc<Type>, Error> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Exact => {
            let decimal = LogicalType::decimal(SCALE as i32, PRECISION as i32);
            (Physical::FIXED_LEN_BYTE_ARRAY, Some(decimal))
        }
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    let mut built = Type::primitive_type_builder(column.name, physical)
        .with_repetition(if column.required { Repetition::REQUIRED } else { Repetition::OPTIONAL })
        .with_logical_type(logical);
    if column.kind == Kind::Exact {
        built = built.with_length(16).with_precision(PRECISION as i32).with_scale(SCALE as i32);
    }
    built.build().map(Arc::new).map_err(refused)
}

/// The number times ten to the power of [`SCALE`]; `None` with more than [`PRECISION`] digits.
fn scaled(number: Decimal) -> Option<i128> {
    let number = number.round_dp_with_strategy(SCALE, RoundingStrategy::MidpointNearestEven);
    let scaled = number.mantissa().checked_mul(10_i128.checked_pow(SCALE.checked_sub(number.scale())?)?)?;
    (scaled.unsigned_abs() < 10_u128.pow(PRECISION)).then_some(scaled)
}

/// Days since 1970-01-01.
fn since_epoch(day: NaiveDate) -> i32 {
    day.signed_duration_since(NaiveDate::default()).num_days() as i32
}

fn refused(error: ParquetError) -> Error {
    match error {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(error) => Error::Io(*error),
            Err(source) => Error::Library(source.to_string()),
        },
        error => Error::Library(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_numbers_are_scaled_or_refused() {
        let of = |text: &str| scaled(text.parse().unwrap());
        assert_eq!(of("1"), Some(1_000_000_000_000_000_000));
        assert_eq!(of("-0.5"), Some(-500_000_000_000_000_000));
        assert_eq!(of("643.500"), Some(643_500_000_000_000_000_000));
        // Half to the even one, in the place behind the last.
        assert_eq!(of("0.0000000000000000005"), Some(0));
        assert_eq!(of("0.0000000000000000015"), Some(2));
        assert_eq!(of("99999999999999999999"), Some(99_999_999_999_999_999_999 * 10_i128.pow(18)));
        assert_eq!(of("100000000000000000000"), None);
        assert_eq!(of("79228162514264337593543950335"), None);
    }

    #[test]
    fn days_count_from_1970() {
        let day = |y, m, d| since_epoch(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!([day(1970, 1, 1), day(1970, 1, 2), day(2024, 12, 16)], [0, 1, 20_073]);
    }
}
