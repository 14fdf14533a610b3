//! Tables as they are written: CSV letter by letter, Parquet read again, the description of both.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use chrono::NaiveDate;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use rust_decimal::Decimal;
use std::io::{self, Write};
use table::{Cell, Column, Error, Fault, Filled, Form, Kind, Package, Reference, Table, Written};

/// A record of every kind of value.
#[derive(Clone)]
struct All {
    text: Option<&'static str>,
    whole: Option<i64>,
    exact: Option<Decimal>,
    day: Option<NaiveDate>,
    flag: Option<bool>,
}

const NOTHING: All = All { text: None, whole: None, exact: None, day: None, flag: None };

fn table() -> Table<All> {
    Table {
        name: "all",
        title: "Mọi kiểu",
        key: &["text"],
        references: &[Reference { columns: &["whole"], table: "others", there: &["number"] }],
        columns: vec![
            Column::new("text", Kind::Text, "Chữ", |r: &All| Cell::maybe_text(r.text)),
            Column::new("whole", Kind::Whole, "Số nguyên", |r: &All| Cell::whole(r.whole)).in_unit("người"),
            Column::new("exact", Kind::Exact, "Số", |r: &All| Cell::exact(r.exact)),
            Column::new("day", Kind::Day, "Ngày", |r: &All| Cell::day(r.day)),
            Column::new("flag", Kind::Flag, "Đúng sai", |r: &All| Cell::flag(r.flag)),
        ],
    }
}

fn csv(records: &[All]) -> String {
    let mut bytes = Vec::new();
    table().write_csv(records, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn csv_says_every_value_and_nothing_for_what_is_missing() {
    let records = [
        All {
            text: Some("=1+1, “ệ”\n\"hai\""),
            whole: Some(-3),
            exact: Some("643.5000".parse().unwrap()),
            day: NaiveDate::from_ymd_opt(2024, 12, 5),
            flag: Some(false),
        },
        NOTHING,
        All { exact: Some("0.0000000000000000000000000001".parse().unwrap()), ..NOTHING },
    ];
    let expected = "text,whole,exact,day,flag\n\"=1+1, “ệ”\n\"\"hai\"\"\",-3,643.5,2024-12-05,false\n,,,,\n,,0.0000000000000000000000000001,,\n";
    assert_eq!(csv(&records), expected);
    assert_eq!(csv(&[]), "text,whole,exact,day,flag\n");
}

#[test]
fn parquet_read_again_says_the_same() {
    // More than one group of rows, and in each kind something and nothing.
    let record = |number: i64| match number % 3 {
        0 => NOTHING,
        1 => All { text: Some("ệ"), whole: Some(number), exact: Some(Decimal::new(-number, 1)), ..NOTHING },
        _ => All { day: NaiveDate::from_ymd_opt(2024, 12, 16), flag: Some(number % 2 == 0), ..NOTHING },
    };
    let records: Vec<All> = (0..70_000).map(record).collect();
    let filled = Filled { table: table(), records };
    let mut bytes = Vec::new();
    filled.write(Form::Parquet, &mut bytes).unwrap();
    let mut again = Vec::new();
    filled.write(Form::Parquet, &mut again).unwrap();
    assert!(bytes == again, "the same records give the same bytes");
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    assert_eq!(reader.num_row_groups(), 2);
    let mut rows = 0;
    for (row, record) in reader.get_row_iter(None).unwrap().zip(&filled.records) {
        let row = row.unwrap();
        let fields: Vec<&Field> = row.get_column_iter().map(|(_, field)| field).collect();
        let [text, whole, exact, day, flag] = fields[..] else { panic!("{row}") };
        assert_eq!(*text, record.text.map_or(Field::Null, |text| Field::Str(text.to_owned())));
        assert_eq!(*whole, record.whole.map_or(Field::Null, Field::Long));
        assert_eq!(*day, record.day.map_or(Field::Null, |_| Field::Date(20_073)));
        assert_eq!(*flag, record.flag.map_or(Field::Null, Field::Bool));
        match record.exact {
            None => assert_eq!(*exact, Field::Null),
            Some(number) => {
                let told: Decimal = exact.to_string().parse().unwrap();
                assert_eq!(told.normalize(), number.normalize());
            }
        }
        rows += 1;
    }
    assert_eq!(rows, 70_000);
    // No record at all is a table too.
    let mut none = Vec::new();
    table().write_parquet(&[], &mut none).unwrap();
    let reader = SerializedFileReader::new(bytes::Bytes::from(none)).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
}

#[test]
fn what_does_not_fit_a_column_is_refused() {
    let fault = |column: Column<All>, record: &All| {
        let table = Table { columns: vec![column], ..table() };
        let of = |written: Result<(), Error>| match written {
            Err(Error::Value { fault, column, .. }) => Some((fault, column)),
            _ => None,
        };
        let records = [record.clone()];
        [of(table.write_csv(&records, io::sink())), of(table.write_parquet(&records, io::sink()))]
    };
    let of_kind = fault(Column::new("a", Kind::Whole, "", |_| Cell::text("1")), &NOTHING);
    assert_eq!(of_kind, [Some((Fault::Kind, "a")), Some((Fault::Kind, "a"))]);
    let missing = fault(Column::required("b", Kind::Text, "", |r: &All| Cell::maybe_text(r.text)), &NOTHING);
    assert_eq!(missing, [Some((Fault::Missing, "b")), Some((Fault::Missing, "b"))]);
    // CSV has room for all digits.
    let large = fault(Column::new("c", Kind::Exact, "", |_| Cell::Exact(Decimal::MAX)), &NOTHING);
    assert_eq!(large, [None, Some((Fault::TooLarge, "c"))]);
}

/// A disk that is full after some bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told_as_what_it_is() {
    let records = vec![All { text: Some("một"), ..NOTHING }; 5_000];
    let filled = Filled { table: table(), records };
    for form in Form::ALL {
        match filled.write(form, &mut Full(100)) {
            Err(Error::Io(error)) => assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{form:?}"),
            other => panic!("{form:?}: {other:?}"),
        }
    }
}

#[test]
fn a_package_tells_of_its_files_and_columns() {
    let filled = Filled { table: table(), records: vec![NOTHING] };
    let package = Package {
        name: "p".to_owned(),
        title: "Tên".to_owned(),
        description: String::new(),
        version: "1.0.0",
        resources: Form::ALL.map(|form| filled.resource(form, 12, "ab")).into(),
    };
    let json: serde_json::Value = serde_json::from_str(&package.json()).unwrap();
    let [csv, parquet] = &json["resources"].as_array().unwrap()[..] else { panic!("{json}") };
    assert_eq!((&csv["path"], &parquet["path"]), (&"all.csv".into(), &"all.parquet".into()));
    assert_eq!((&csv["bytes"], &csv["hash"]), (&12.into(), &"sha256:ab".into()));
    assert_eq!(csv["schema"]["primaryKey"][0], "text");
    assert_eq!(csv["schema"]["fields"][1]["unit"], "người");
    assert_eq!(csv["schema"]["foreignKeys"][0]["reference"]["resource"], "others");
    assert_eq!(csv["schema"]["fields"][2]["type"], "number");
}
