//! The sheet “Theo ngày”: how the season went, a row a day it was looked at, and a chart of it.

use super::look::{Cell, Columns, Look, Table};
use crate::check::decision::desk::DeskFile;
use crate::season::Season;
use rust_xlsxwriter::{Chart, ChartType, Worksheet, XlsxError};

const SHEET: &str = "Theo ngày";
const COLUMNS: &Columns = &[
    ("Ngày", 14.0),
    ("Đơn vị phải gửi", 12.0),
    ("Đã có báo cáo dùng được", 14.0),
    ("Trong đó đã xong", 12.0),
    ("Gửi tệp chưa dùng được", 14.0),
    ("Chỗ phải sửa, giải trình", 14.0),
];
/// Pixels of the chart's height, and of a row of the usual height.
const CHART_HEIGHT: u32 = 320;
const ROW: u32 = 20;
/// Columns of the chart's lines.
const LINES: [u16; 3] = [1, 2, 3];

pub(super) fn write(
    worksheet: &mut Worksheet,
    look: &Look,
    season: &Season,
    desk: &DeskFile,
) -> Result<(), XlsxError> {
    let title = format!("DIỄN BIẾN THEO NGÀY, NĂM {}", season.year);
    let about = "Mỗi ngày chạy theo dõi có một dòng; chạy nhiều lần trong ngày thì lấy lần cuối.";
    let mut table = Table::begin(worksheet, look, SHEET, &title, &[about], COLUMNS)?;
    let first = table.next_row();
    for day in &desk.days {
        table.row(&[
            Cell::Day(Some(day.date)),
            Cell::Count(day.expected),
            Cell::Count(day.received),
            Cell::Count(day.settled),
            Cell::Count(day.rejected),
            Cell::Count(day.open),
        ])?;
    }
    let last = table.next_row() - 1;
    if last > first {
        let mut chart = Chart::new(ChartType::Line);
        chart.title().set_name("Số đơn vị");
        for column in LINES {
            chart
                .add_series()
                .set_name((SHEET, first - 1, column))
                .set_categories((SHEET, first, 0, last, 0))
                .set_values((SHEET, first, column, last, column));
        }
        chart.set_width(600).set_height(CHART_HEIGHT);
        table.worksheet.insert_chart(last + 2, 0, &chart)?;
        return table.end_below(SHEET, 6, CHART_HEIGHT / ROW + 3);
    }
    table.end(SHEET, 6)
}
