//! Units ranked with their target as a line, and results over the years.

use super::super::formula::Addresses;
use super::super::layout::ChartLayout;
use super::titled;
use crate::error::Error;
use crate::report::model::{ColumnKey, ProgressRow, RowKey, Run, Shown};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartEmptyCells, ChartFont, ChartFormat, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartPoint, ChartSolidFill, ChartType,
};

use sheet::style::FONT;
use sheet::text;

type Range<'a> = (&'a str, u32, u16, u32, u16);

/// Columns for the units and a dashed line for the target: told apart by kind, not by colour.
pub(super) fn ranking(layout: &ChartLayout, run: &Run, addresses: &Addresses) -> Result<Chart, Error> {
    let column = |id: &ColumnKey| -> Result<Range, Error> {
        let (sheet, first, _) = addresses.cell(&run.cell(&run.rows.0, id))?;
        let (_, last, _) = addresses.cell(&run.cell(&run.rows.1, id))?;
        Ok((addresses.sheet(sheet), first.row, first.column, last.row, last.column))
    };
    let (labels, values) = (column(&run.label)?, column(&run.value)?);
    let many = values.3 - values.1 >= MOST_LABELLED;
    let font = font();
    let mut small = font.clone();
    small.set_size(if many { 7 } else { 9 });
    let mut outline = ChartLine::new();
    outline.set_color("#000000").set_width(0.5);
    let mut solid = ChartFormat::new();
    solid.set_solid_fill(ChartSolidFill::new().set_color("#8FB1D3")).set_border(&outline);
    let mut label = ChartDataLabel::new();
    // An empty result counts as 0 in a chart; it must not be printed as one.
    label
        .show_value()
        // At the foot of its column no figure meets the target's line.
        .set_position(ChartDataLabelPosition::InsideBase)
        .set_num_format("0.0;;")
        .set_font(&small);
    let mut chart = Chart::new(ChartType::Column);
    let series = chart.add_series();
    series.set_name("Kết quả").set_categories(labels).set_values(values).set_format(&mut solid).set_gap(40);
    if !many {
        series.set_data_label(&label);
    }
    if let Some(targets) = &run.target {
        chart.combine(&target_line(labels, column(targets)?));
    }
    titled(&mut chart, layout, &font);
    chart.x_axis().set_font(small.set_rotation(-45));
    scale(&mut chart, &font);
    Ok(chart)
}

/// The target of all units.
fn target_line(labels: Range<'_>, targets: Range<'_>) -> Chart {
    let mut dashed = ChartFormat::new();
    let mut line = ChartLine::new();
    line.set_color("#000000").set_width(1.75).set_dash_type(ChartLineDashType::Dash);
    dashed.set_line(&line);
    let mut target = Chart::new(ChartType::Line);
    target
        .add_series()
        .set_name("Mục tiêu")
        .set_categories(labels)
        .set_values(targets)
        .set_format(&mut dashed)
        .set_marker(ChartMarker::new().set_none());
    target
}

/// More columns than this carry no figures.
const MOST_LABELLED: u32 = 25;
/// Marks that tell the lines apart without colour, in turn.
const MARKS: [ChartMarkerType; 5] = [
    ChartMarkerType::Circle,
    ChartMarkerType::Square,
    ChartMarkerType::Triangle,
    ChartMarkerType::Diamond,
    ChartMarkerType::X,
];
/// Colours that colour-blind readers tell apart, by Okabe and Ito, in turn.
const COLOURS: [&str; 7] = ["#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"];
const DASHES: [ChartLineDashType; 3] =
    [ChartLineDashType::Solid, ChartLineDashType::Dash, ChartLineDashType::RoundDot];

/// A line for each indicator.
pub(super) fn progress(
    layout: &ChartLayout,
    run: &Run,
    years: &(ColumnKey, ColumnKey),
    rows: &[ProgressRow],
    addresses: &Addresses,
) -> Result<Chart, Error> {
    let font = font();
    let mut chart = Chart::new(ChartType::Line);
    for (i, ProgressRow { row, breaks, .. }) in rows.iter().enumerate() {
        let (sheet, from, _) = addresses.cell(&run.cell(row, &years.0))?;
        let (_, to, _) = addresses.cell(&run.cell(row, &years.1))?;
        let (_, at, label) = addresses.cell(&run.cell(row, &run.label))?;
        let sheet = addresses.sheet(sheet);
        let head = from.row.saturating_sub(at.row - addresses.head(&run.table)?);
        let mut line = ChartLine::new();
        line.set_color(COLOURS[i % COLOURS.len()])
            .set_width(1.75)
            .set_dash_type(DASHES[i / 5 % DASHES.len()]);
        let mut format = ChartFormat::new();
        format.set_line(&line);
        let name = match label {
            Shown::Text(words) => text::cut(&text::strip(words), 80),
            _ => row.to_string(),
        };
        let series = chart.add_series();
        series
            .set_name(name.as_str())
            .set_categories((sheet, head, from.column, head, to.column))
            .set_values((sheet, from.row, from.column, to.row, to.column))
            .set_format(&mut format)
            .set_marker(ChartMarker::new().set_type(MARKS[i % MARKS.len()]).set_size(7));
        // The format of a point is that of the line which leads to it.
        let last = breaks.iter().max().map_or(0, |last| last + 1);
        let points: Vec<ChartPoint> = (0..last)
            .map(|at| {
                let mut point = ChartPoint::new();
                if breaks.contains(&at) {
                    point = point.set_format(ChartFormat::new().set_no_line());
                }
                point
            })
            .collect();
        series.set_points(&points);
    }
    for (i, ProgressRow { targets, .. }) in rows.iter().enumerate() {
        target_marks(&mut chart, COLOURS[i % COLOURS.len()], run, (targets, years), addresses)?;
    }
    chart.show_empty_cells_as(ChartEmptyCells::Connected);
    titled(&mut chart, layout, &font);
    // One mark stands for all in the legend: each has the colour of its line.
    chart.legend().delete_entries(&(rows.len() + 1..2 * rows.len()).collect::<Vec<_>>());
    chart.x_axis().set_font(&font);
    scale(&mut chart, &font);
    Ok(chart)
}

/// The targets in force year by year, as steps: a short dash at each year, which no line joins.
fn target_marks(
    chart: &mut Chart,
    colour: &str,
    run: &Run,
    (row, years): (&RowKey, &(ColumnKey, ColumnKey)),
    addresses: &Addresses,
) -> Result<(), Error> {
    let (sheet, from, _) = addresses.cell(&run.cell(row, &years.0))?;
    let (_, to, _) = addresses.cell(&run.cell(row, &years.1))?;
    let sheet = addresses.sheet(sheet);
    let head = addresses.head(&run.table)?;
    let mut fill = ChartFormat::new();
    fill.set_solid_fill(ChartSolidFill::new().set_color(colour)).set_no_border();
    chart
        .add_series()
        .set_name("Mục tiêu khi ấy")
        .set_categories((sheet, head, from.column, head, to.column))
        .set_values((sheet, from.row, from.column, to.row, to.column))
        .set_format(ChartFormat::new().set_no_line())
        .set_marker(
            ChartMarker::new().set_type(ChartMarkerType::LongDash).set_size(16).set_format(&mut fill),
        );
    Ok(())
}

fn font() -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(FONT).set_size(10).set_color("#000000");
    font
}

fn scale(chart: &mut Chart, font: &ChartFont) {
    let mut grid = ChartLine::new();
    grid.set_color("#BFBFBF").set_width(0.5);
    chart
        .y_axis()
        .set_min(0)
        .set_max(100)
        .set_major_unit(20)
        .set_num_format("0\"%\"")
        .set_major_gridlines(true)
        .set_major_gridlines_line(&grid)
        .set_font(font);
}
