//! Running text and key figures.

use super::formula::{self, Addresses};
use super::layout::{CardsLayout, SheetLayout, TextKind};
use super::layout::{LinesLayout, SubtitleLayout};
use super::link::Links;
use super::{fault, style};
use crate::error::Error;
use crate::report::model::{Link, Shown, Tone};
use chrono::NaiveDate;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, Format, Worksheet,
};
use sheet::{CellAddress, Expression, Operator, put, text};

/// Writes running text, a merged row a line.
pub(super) fn words(
    sheet: &mut Worksheet,
    layout: &SheetLayout,
    top: u32,
    kind: TextKind,
    lines: &[String],
) -> Result<(), Error> {
    let format = style::words(kind);
    let end = match kind {
        TextKind::FormTitle => layout.grid.last(layout.printed.saturating_sub(1)),
        _ => layout.text_end(),
    };
    let start = layout.grid.first(layout.text_start(kind));
    for (row, line) in (top..).zip(lines) {
        merged(sheet, (row, start), (row, end), line, &format)?;
    }
    Ok(())
}

/// Writes the second row of a sheet.
pub(super) fn subtitle(
    sheet: &mut Worksheet,
    layout: &SheetLayout,
    row: u32,
    subtitle: &SubtitleLayout,
    here: usize,
    addresses: &Addresses,
    links: &mut Links,
) -> Result<(), Error> {
    let format = style::subtitle(subtitle.is_form);
    let last = layout.grid.last(subtitle.last);
    let end = subtitle.back.map_or(last, |(_, from)| layout.grid.first(from) - 1);
    let words = text::clean(&subtitle.text);
    merged(sheet, (row, 0), (row, end), &words, &format)?;
    if let Some(edited) = subtitle.edited {
        let count = formula::render_part(edited, here, addresses)?;
        let [before, after] = style::EDITED_WORDS;
        let join = |left, right| Expression::infix(Operator::Join, left, right);
        let told = join(join(Expression::from(format!("{words}{before}")), count.clone()), after.into());
        let shown = Expression::when(count.is(Operator::Equal, 0.into()), words.as_str().into(), told);
        let live = put::live(&shown, words.clone());
        sheet.write_formula_with_format(row, 0, live, &format).map_err(fault)?;
        let at = CellAddress::new(row, 0);
        let rule = ConditionalFormatFormula::new()
            .set_rule(format!("=LEN({at})>{}", text::units(&words)).as_str())
            .set_format(style::edited());
        sheet.add_conditional_format(row, 0, row, end, &rule).map_err(fault)?;
    }
    if let Some((section, from)) = subtitle.back {
        let from = layout.grid.first(from);
        let format = style::back();
        merged(sheet, (row, from), (row, last), "", &format)?;
        let at = CellAddress::new(row, from);
        links.put(sheet, at, &Link::Section(section.to_owned()), addresses, &format)?;
        sheet.write_string_with_format(row, from, "‹ Bìa", &format).map_err(fault)?;
    }
    Ok(())
}

/// Writes columns of lines side by side.
pub(super) fn lines(sheet: &mut Worksheet, top: u32, lines: &LinesLayout) -> Result<(), Error> {
    let rows = lines.columns.iter().map(|column| column.len()).max().unwrap_or(0);
    for row in 0..rows {
        for (column, (first, last)) in lines.columns.iter().zip(&lines.spans) {
            let Some(line) = column.get(row) else { continue };
            let at = top + row as u32;
            let format = style::line(line.style);
            merged(sheet, (at, *first), (at, *last), &text::clean(&line.text), &format)?;
        }
    }
    Ok(())
}

/// Writes key figures as cards: label above, figure below.
pub(super) fn cards(
    sheet: &mut Worksheet,
    top: u32,
    cards: &CardsLayout,
    here: usize,
    addresses: &Addresses,
) -> Result<(), Error> {
    for (row, figures) in (top..).step_by(3).zip(cards.figures.chunks(cards.across)) {
        for (figure, (first, last)) in figures.iter().zip(&cards.spans) {
            let number = style::number_format(&figure.value, true);
            let at_rest = if figure.live.is_some() { Tone::Plain } else { figure.tone };
            let format = style::card_value(at_rest, number.as_deref());
            merged(sheet, (row, *first), (row, *last), &text::clean(&figure.label), &style::card_label())?;
            let below = row + 1;
            merged(sheet, (below, *first), (below, *last), "", &format)?;
            match &figure.live {
                Some((formula, tone)) => {
                    let written = formula::render(formula, here, addresses)?;
                    let live = rust_xlsxwriter::Formula::new(written).set_result(result(&figure.value));
                    sheet.write_formula_with_format(below, *first, live, &format).map_err(fault)?;
                    let rule = ConditionalFormatCell::new()
                        .set_rule(ConditionalFormatCellRule::NotEqualTo(0))
                        .set_format(style::toned(Format::new(), *tone));
                    sheet.add_conditional_format(below, *first, below, *last, &rule).map_err(fault)?;
                }
                None => value(sheet, below, *first, &figure.value, &format)?,
            }
        }
    }
    Ok(())
}

/// A value as the result of a formula.
pub(super) fn result(value: &Shown) -> String {
    match value {
        Shown::Count(figure) | Shown::Number(figure, _) | Shown::Percent(figure, _) => {
            put::nearest(*figure).to_string()
        }
        Shown::Date(day) => serial(*day).to_string(),
        Shown::Text(words) | Shown::Missing(words) => text::clean(words),
        Shown::Blank => String::new(),
    }
}

/// Days since the zero of spreadsheets.
fn serial(day: NaiveDate) -> i64 {
    NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |zero| (day - zero).num_days())
}

/// Writes a text over a range of cells, which may be a single one.
pub(super) fn merged(
    sheet: &mut Worksheet,
    from: (u32, u16),
    to: (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), Error> {
    let cell = |(row, column)| CellAddress::new(row, column);
    put::across(sheet, (cell(from), cell(to)), text, format).map_err(fault)
}

/// Writes a value as what it is; text never becomes a formula, a link or a number.
pub(super) fn value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Shown,
    format: &Format,
) -> Result<(), Error> {
    match value {
        Shown::Count(figure) | Shown::Number(figure, _) | Shown::Percent(figure, _) => {
            sheet.write_number_with_format(row, column, put::nearest(*figure), format)
        }
        Shown::Date(day) => sheet.write_datetime_with_format(row, column, day, format),
        Shown::Text(words) | Shown::Missing(words) => {
            sheet.write_string_with_format(row, column, text::clean(words), format)
        }
        Shown::Blank => sheet.write_blank(row, column, format),
    }
    .map_err(fault)?;
    Ok(())
}
