//! Native charts that follow the cells: results and targets as two bars, told apart without colour.

mod lines;

use super::formula::Addresses;
use super::layout::{CHART_ROW, ChartLayout, SheetLayout};
use super::style::{self, Ink, Look, Styles};
use super::{blocks, fault};
use crate::error::Error;
use crate::report::format;
use crate::report::model::{Align, BarCells, ChartKind, ColumnKey, Role, Shown, Tone};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartPatternFill, ChartPatternFillType, ChartSolidFill, ChartType, ObjectMovement, Worksheet,
};
use sheet::style::{FONT, number_format};
use sheet::{Expression, Function, Reference, put, text};

/// A column of cells on a sheet: sheet name, first row, last row, column.
struct Cells<'a> {
    sheet: &'a str,
    rows: (u32, u32),
    column: u16,
}

/// Writes a chart of the sheet `here`, and its data beside it where the tables do not hold them together.
pub(super) fn write(
    sheet: &mut Worksheet,
    styles: &mut Styles,
    layout: &SheetLayout,
    here: usize,
    chart: &ChartLayout,
    addresses: &Addresses,
) -> Result<(), Error> {
    let mut drawn = match &chart.chart.kind {
        ChartKind::BarsAgainstTarget(_) => {
            let sources = match chart.data {
                Some(column) => {
                    data_beside(sheet, styles, here, chart, layout.grid.first(column), addresses)?
                }
                None => data_in_table(chart, addresses)?,
            };
            bars(chart, sources, places(chart, addresses)?)
        }
        ChartKind::Ranking(run) => lines::ranking(chart, run, addresses)?,
        ChartKind::Progress { run, years, rows } => lines::progress(chart, run, years, rows, addresses)?,
        // The other kinds belong to pages.
        ChartKind::Tiles(_) | ChartKind::Ranks(_) | ChartKind::Trends(_) => return Ok(()),
    };
    let last = if chart.left > 0 { layout.printed } else { layout.text_columns };
    let width =
        layout.span(chart.left, last.saturating_sub(1)).saturating_sub(if chart.left > 0 { 24 } else { 4 });
    drawn.set_width(width).set_height(chart.rows * CHART_ROW - 6);
    let offset = if chart.left > 0 { 20 } else { 2 };
    let left = layout.grid.first(chart.left);
    sheet.insert_chart_with_offset(chart.top, left, &drawn, offset, 2).map_err(fault)?;
    Ok(())
}

/// The columns of label, value and target in the table that the bars point to.
fn data_in_table<'a>(chart: &ChartLayout, addresses: &Addresses<'a>) -> Result<[Cells<'a>; 3], Error> {
    let cells: Vec<&BarCells> = chart.bars.iter().filter_map(|bar| bar.cells.as_ref()).collect();
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
        return Err(Error::Internal(format!("biểu đồ “{}” không có số liệu", chart.chart.id)));
    };
    let column = |id: &ColumnKey| -> Result<Cells<'a>, Error> {
        let (sheet, from, _) = addresses.cell(&first.cell(id))?;
        let (_, to, _) = addresses.cell(&last.cell(id))?;
        Ok(Cells { sheet: addresses.sheet(sheet), rows: (from.row, to.row), column: from.column })
    };
    Ok([column(&first.label)?, column(&first.value)?, column(&first.target)?])
}

/// Writes the bars' figures into columns right of the sheet's own, linked to the tables where the bars say so.
fn data_beside<'a>(
    sheet: &mut Worksheet,
    styles: &mut Styles,
    here: usize,
    chart: &ChartLayout,
    column: u16,
    addresses: &Addresses<'a>,
) -> Result<[Cells<'a>; 3], Error> {
    let head = style::head(style::WIDE_TABLE_SIZE);
    for (column, title) in (column..).zip(["Số liệu của biểu đồ", "Kết quả (%)", "Mục tiêu (%)"])
    {
        sheet.write_string_with_format(chart.top, column, title, &head).map_err(fault)?;
    }
    let look = |align, number: Option<&str>, ink| Look {
        align,
        number: number.map(str::to_owned),
        tone: Tone::Plain,
        role: Role::Body,
        ink,
        size: style::WIDE_TABLE_SIZE,
        from_top: false,
        one_line: false,
        linked: false,
    };
    let number_format = number_format::places(places(chart, addresses)?);
    for (row, bar) in (chart.top + 1..).zip(chart.bars) {
        let format = styles.cell(&look(Align::Left, Some("@"), Ink::Plain));
        sheet.write_string_with_format(row, column, text::clean(&bar.label), format).map_err(fault)?;
        let figures = [
            (bar.value, bar.cells.as_ref().map(|c| &c.value)),
            (bar.target, bar.cells.as_ref().map(|c| &c.target)),
        ];
        for (column, (figure, source)) in (column + 1..).zip(figures) {
            let ink = if source.is_some() { Ink::Plain } else { Ink::Typed };
            let format = styles.cell(&look(Align::Right, Some(number_format.as_str()), ink));
            match (&bar.cells, source) {
                (Some(cells), Some(source)) => {
                    let (at, address, value) = addresses.cell(&cells.cell(source))?;
                    let from = Expression::from(addresses.reference(here, at, Reference::to_cell(address)));
                    let result = number(value).map_or_else(String::new, |n| put::nearest(n).to_string());
                    let is_number = Expression::call(Function::IsNumber, [from.clone()]);
                    let shown = Expression::when(is_number, from, "".into());
                    let live = put::live(&shown, result);
                    sheet.write_formula_with_format(row, column, live, format).map_err(fault)?;
                }
                _ => {
                    let value = figure.map_or(Shown::Blank, |figure| Shown::Percent(figure, 2));
                    blocks::value(sheet, row, column, &value, format)?;
                }
            }
        }
    }
    let rows = (chart.top + 1, chart.top + chart.bars.len() as u32);
    let sheet = addresses.sheet(here);
    Ok([column, column + 1, column + 2].map(|column| Cells { sheet, rows, column }))
}

/// Decimal places of the labels: as many as the finest of the printed results needs, lest 84,999 read as 85,00 beside
/// a target of 85.
fn places(chart: &ChartLayout, addresses: &Addresses) -> Result<u32, Error> {
    let mut most = format::PERCENT_PLACES;
    for bar in chart.bars {
        if let Some(cells) = &bar.cells
            && let (_, _, Shown::Percent(_, places)) = addresses.cell(&cells.cell(&cells.value))?
        {
            most = most.max(*places);
        }
        most = most.max(bar.places);
    }
    Ok(most)
}

fn number(value: &Shown) -> Option<Decimal> {
    match value {
        Shown::Count(n) | Shown::Number(n, _) | Shown::Percent(n, _) => Some(*n),
        Shown::Date(_) | Shown::Text(_) | Shown::Missing(_) | Shown::Blank => None,
    }
}

fn bars(layout: &ChartLayout, [labels, values, targets]: [Cells; 3], places: u32) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    let mut font = ChartFont::new();
    font.set_name(FONT).set_size(10).set_color("#000000");
    let mut thin = ChartLine::new();
    thin.set_color("#000000").set_width(0.75);

    let figures =
        |chart: &mut Chart, name: &str, cells: &Cells, format: &mut ChartFormat, shown: ChartDataLabel| {
            chart
                .add_series()
                .set_name(name)
                .set_categories((labels.sheet, labels.rows.0, labels.column, labels.rows.1, labels.column))
                .set_values((cells.sheet, cells.rows.0, cells.column, cells.rows.1, cells.column))
                .set_format(format)
                .set_gap(45)
                .set_overlap(0)
                .set_data_label(&shown);
        };
    let mut label = ChartDataLabel::new();
    let mut small = font.clone();
    small.set_size(9);
    // An empty result counts as 0 in a chart; it must not be printed as one.
    label.show_value().set_num_format(number_format::places_above_zero(places)).set_font(&small);
    // Solid against hatched: a black-and-white copy still tells them apart.
    let mut solid = ChartFormat::new();
    solid.set_solid_fill(ChartSolidFill::new().set_color("#1F4E79")).set_border(&thin);
    figures(&mut chart, "Kết quả", &values, &mut solid, label.clone());
    let mut hatched = ChartFormat::new();
    hatched
        .set_pattern_fill(
            ChartPatternFill::new()
                .set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
                .set_foreground_color("#7F7F7F")
                .set_background_color("#FFFFFF"),
        )
        .set_border(&thin);
    figures(&mut chart, "Mục tiêu", &targets, &mut hatched, label);

    titled(&mut chart, layout, &font);
    // In a bar chart the library's x axis is the scale and its y axis bears the labels. Bars are read from the top, as
    // the table is; the scale would follow them there, but belongs at the bottom.
    chart.y_axis().set_reverse().set_font(&font);
    let mut grid = ChartLine::new();
    grid.set_color("#BFBFBF").set_width(0.5);
    chart
        .x_axis()
        .set_min(0)
        .set_max(100)
        .set_major_unit(20)
        .set_num_format("0\"%\"")
        .set_label_position(ChartAxisLabelPosition::High)
        .set_major_gridlines(true)
        .set_major_gridlines_line(&grid)
        .set_font(&font);
    chart
}

/// Title, legend, alternative text and how the chart lies on the sheet.
fn titled(chart: &mut Chart, layout: &ChartLayout, font: &ChartFont) {
    let mut bold = font.clone();
    bold.set_size(12).set_bold();
    chart.title().set_name(&text::cut(&text::strip(&layout.chart.caption), 255)).set_font(&bold);
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(font);
    chart.set_alt_text(text::cut(&text::strip(&alternative(layout)), 255));
    chart.set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
}

fn alternative(layout: &ChartLayout) -> String {
    format!("{}. {}", layout.chart.caption.trim_end_matches('.'), layout.chart.alternative)
}
