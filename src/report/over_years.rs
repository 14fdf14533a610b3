//! How years and their results are spoken of.

use super::format::date;
use super::model::ColumnKey;
use super::together::together;
use crate::consolidate::{Difference, Present, Reason, RecordStamp, Series, SeriesYear, Source};
use crate::domain::Year;
use ecow::eco_format;

/// An indicator over the years, by number and a few words; one that ended says so.
pub(super) fn series_label(series: &Series) -> String {
    format!("{} {}", series.indicator.id, series_name(series))
}

/// The same without the number.
pub(super) fn series_name(series: &Series) -> String {
    let name = series.indicator.short_title.clone();
    series.ended.map_or(name.clone(), |last| format!("{name} (đến năm {last})"))
}

/// By which letter a record was sent, or when it was closed.
pub(super) fn letter(record: &RecordStamp) -> String {
    let day = |day| format!(" ngày {}", date(day));
    match &record.act {
        Some(act) => format!("văn bản số {act}{}", record.act_date.map(day).unwrap_or_default()),
        None => format!("chốt ngày {}", date(record.closed)),
    }
}

/// Why a year was closed again.
pub(super) fn reason(reason: Option<Reason>) -> &'static str {
    match reason {
        Some(Reason::LateData) => "bổ sung số liệu đến muộn",
        Some(Reason::Error) => "sửa số liệu sai",
        Some(Reason::Method) => "thay đổi cách tính",
        None => "chưa ghi lý do",
    }
}

/// Where the results of a year are from.
pub(super) fn source(year: &SeriesYear) -> String {
    match &year.source {
        Source::Now => "Năm báo cáo, chưa chốt".to_owned(),
        Source::Record(record) => format!("Hồ sơ chốt lần {}, ngày {}", record.part, date(record.closed)),
        Source::Loose => "Tệp rời, không phải hồ sơ đã chốt".to_owned(),
        Source::Missing => "Không có kết quả".to_owned(),
    }
}

/// Why a result is not compared with another year's.
pub(super) fn difference(difference: Difference) -> &'static str {
    match difference {
        Difference::Units => "đơn vị thay đổi",
        Difference::Territory => "địa bàn khác",
        Difference::Definition => "định nghĩa thay đổi",
        Difference::NothingInCommon => "không có đơn vị chung",
    }
}

/// What earlier results are beside the report year's: a note for what is not comparable, and for what is the same people in
/// other units.
pub(super) fn present_notes(series: &[Series]) -> Vec<String> {
    let of = |series: &Series, is_so: &dyn Fn(Present) -> bool| -> Vec<Year> {
        series.points.iter().filter(|point| is_so(point.present)).map(|point| point.year).collect()
    };
    let mut notes = Vec::new();
    let differences = [Difference::Units, Difference::Territory, Difference::Definition];
    for why in differences {
        let years = series.iter().map(|series| {
            (of(series, &|present| present == Present::NotComparable(why)), series.indicator.id.to_string())
        });
        for (years, ids) in together(years.filter(|(years, _)| !years.is_empty())) {
            notes.push(format!(
                "Chỉ tiêu {}: kết quả {} không so sánh được với năm báo cáo ({}).",
                ids.join(", "),
                years_in_words(&years),
                difference(why)
            ));
        }
    }
    let exact = series
        .iter()
        .map(|series| (of(series, &|present| present == Present::Exact), series.indicator.id.to_string()));
    for (years, ids) in together(exact.filter(|(years, _)| !years.is_empty())) {
        notes.push(format!(
            "Chỉ tiêu {}: kết quả {} tính theo đơn vị hiện nay vẫn như đã công bố, vì đếm người trên cùng địa bàn và đủ đơn vị báo cáo.",
            ids.join(", "),
            years_in_words(&years)
        ));
    }
    notes
}

/// The column of a year.
pub(super) fn year_column(year: Year) -> ColumnKey {
    eco_format!("nam-{year}").into()
}

/// “năm 2023”, “các năm 2021–2024”, “các năm 2021, 2023–2024”.
pub(super) fn years_in_words(years: &[Year]) -> String {
    let mut runs: Vec<(Year, Year)> = Vec::new();
    for year in years {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *year => *last = *year,
            _ => runs.push((*year, *year)),
        }
    }
    let run = |(first, last): &(Year, Year)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    let told: Vec<String> = runs.iter().map(run).collect();
    let several = if years.len() > 1 { "các năm" } else { "năm" };
    format!("{several} {}", told.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_told_in_runs() {
        assert_eq!(years_in_words(&[2023]), "năm 2023");
        assert_eq!(years_in_words(&[2023, 2024]), "các năm 2023, 2024");
        assert_eq!(years_in_words(&[2021, 2023, 2024, 2025]), "các năm 2021, 2023–2025");
    }
}
