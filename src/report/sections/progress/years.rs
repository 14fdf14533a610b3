//! Where the results of each year are from. The columns are as wide as those of the results above them: they share a sheet.

use crate::consolidate::{OverYears, SeriesYear, Source};
use crate::domain::Year;
use crate::report::model::{Align, Cell, Column, Role, Row, Shown, Table, TableKey};
use crate::report::over_years::{letter, source};

pub(super) fn table(over_years: &OverYears, shown: &[Year]) -> Table {
    let columns = vec![
        Column::new("nam", "Năm", 0.6, Align::Center),
        Column::new("nguon", "Nguồn số liệu", 4.6, Align::Left),
        Column::new("don-vi", "Số đơn vị", 1.0, Align::Right),
        Column::new("chi-tieu", "Chỉ tiêu có kết quả", 1.0, Align::Right),
        Column::new("dieu-chinh", "Chỉ tiêu điều chỉnh", 1.0, Align::Right),
    ];
    let years = over_years.years.iter().filter(|year| shown.contains(&year.year));
    let rows = years.map(|year| row(over_years, year)).collect();
    let notes = vec![
        "Kết quả lấy từ tệp rời chưa qua chốt và gửi chính thức, cần đối chiếu với báo cáo đã ký của năm ấy."
            .to_owned(),
    ];
    let has_loose = over_years.years.iter().any(|year| year.source == Source::Loose);
    Table {
        id: TableKey::fixed("nguon-cac-nam"),
        caption: Some("Nguồn số liệu của từng năm".into()),
        columns,
        rows,
        notes: if has_loose { notes } else { Vec::new() },
    }
}

fn row(over_years: &OverYears, year: &SeriesYear) -> Row {
    let missing = || Cell::plain(Shown::Missing("–".into()));
    let results = over_years.series.iter().filter(|s| s.known().any(|point| point.year == year.year)).count();
    let asked = over_years.series.iter().filter(|series| series.point(year.year).is_some()).count();
    let restated = over_years.restated.iter().filter(|restated| restated.year == year.year).count();
    let mut told = source(year);
    if let Source::Record(record) = &year.source
        && record.act.is_some()
    {
        told = format!("{told}, {}", letter(record));
    }
    if !year.territories.is_empty() {
        told = format!("{told}; của {}", year.territories.join(", "));
    }
    let cells = vec![
        Cell::text(year.year.to_string()),
        Cell::text(told),
        year.roster.map_or_else(missing, |roster| Cell::count(roster as u64)),
        Cell::text(format!("{results}/{asked}")),
        Cell::count(restated as u64),
    ];
    Row { id: year.year.to_string().into(), role: Role::Body, cells }
}
