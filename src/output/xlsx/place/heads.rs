//! The parts of a sheet that are no tables: its head, key figures, the lines around an official form; and the columns that
//! are cut into parts for them.

use super::{
    BACK_AT_LEAST, BAR_PART, BAR_PARTS, CARD_AT_LEAST, MOST_CARDS_A_ROW, ROOM_TO_SIGN, SheetBuilder,
};
use crate::output::xlsx::grid::Grid;
use crate::output::xlsx::layout::{CardsLayout, Item, LinesLayout, SubtitleLayout, TextKind};
use crate::output::xlsx::style;
use crate::report::format;
use crate::report::model::{Block, FormLine, KeyFigure, LineStyle, Section, Shown};
use sheet::measure;
use vietnamese::display::capitalised;

impl<'r> SheetBuilder<'r> {
    /// Province, year and day; at its end the way back.
    pub(super) fn subtitle(&mut self) {
        let (letter, tab) = (&self.report.letter, self.sheet.tab);
        let province = capitalised(&letter.province);
        let day = format::date(letter.as_of);
        let text = format!("{province}, năm {}. Số liệu tổng hợp đến ngày {day}.", letter.year);
        let is_form = tab.frame.is_some();
        let last = if is_form { self.sheet.printed } else { self.sheet.text_columns }.saturating_sub(1);
        let from = match is_form {
            // Beside what is printed: an official form leads nowhere.
            true => {
                self.sheet.widths.push(BACK_AT_LEAST);
                Some(last + 1)
            }
            false => (1..=last).rev().find(|from| self.sheet.span(*from, last) >= BACK_AT_LEAST),
        };
        let back = tab.back.as_deref().zip(from);
        let end = back.map_or(last, |(_, from)| from - 1);
        let last = last.max(from.unwrap_or(last));
        let room = self.sheet.span(0, end);
        // Room for what is said once cells are edited.
        let longest =
            if tab.edited.is_some() { format!("{text}{}", style::edited_words("000")) } else { text.clone() };
        let face = style::face(TextKind::Subtitle);
        let top = self.sheet.rows();
        self.row(measure::height(measure::lines(&longest, room, face), face.size));
        self.place(
            top,
            Item::Subtitle(SubtitleLayout { text, edited: tab.edited.as_deref(), back, last, is_form }),
        );
    }

    /// Columns of lines side by side.
    pub(super) fn lines(&mut self, columns: Vec<&'r [FormLine]>) {
        let top = self.sheet.rows();
        let room = self.sheet.span(0, self.sheet.printed.saturating_sub(1));
        let width = room / (columns.len() as u32).max(1);
        for row in 0..columns.iter().map(|lines| lines.len()).max().unwrap_or(0) {
            let line = |lines: &&[FormLine]| {
                lines.get(row).map_or(0.0, |line| match line.style {
                    LineStyle::Room => ROOM_TO_SIGN,
                    style => {
                        let face = style::face_of_line(style);
                        measure::height(measure::lines(&line.text, width, face), face.size)
                    }
                })
            };
            self.row(columns.iter().map(line).fold(0.0, f64::max));
        }
        self.place(top, Item::Lines(LinesLayout { columns, spans: Vec::new() }));
    }

    /// Key figures in rows of cards.
    pub(super) fn cards(&mut self, figures: &'r [KeyFigure]) {
        self.gap();
        let room = self.sheet.span(0, self.sheet.text_columns.saturating_sub(1));
        let most = ((room / CARD_AT_LEAST) as usize).clamp(1, MOST_CARDS_A_ROW);
        let rows = figures.len().div_ceil(most);
        let across = figures.len().div_ceil(rows);
        let width = room / across as u32;
        let top = self.sheet.rows();
        for row in figures.chunks(across) {
            let lines = |text: &str, face| measure::lines(text, width, face);
            let label = row.iter().map(|f| lines(&f.label, style::CARD_LABEL)).max();
            let value = row.iter().map(|f| lines(&style::card_text(&f.value), style::CARD_VALUE)).max();
            self.row(measure::height(label.unwrap_or(1), style::CARD_LABEL.size));
            self.row(measure::height(value.unwrap_or(1), style::CARD_VALUE.size) + 4.0);
            self.gap();
        }
        self.place(top, Item::Cards(CardsLayout { figures, across, spans: Vec::new() }));
    }

    /// Cuts columns into the parts that bars and cards need.
    pub(super) fn cut(&mut self) {
        let mut grid = Grid::default();
        for layout in self.sheet.tables() {
            for column in layout.bars() {
                grid.cut_evenly(column as u16, BAR_PARTS, BAR_PART);
            }
        }
        let columns = self.sheet.text_columns;
        let printed = self.sheet.printed;
        let mut spans = Vec::new();
        for placed in &self.sheet.items {
            spans.push(match &placed.item {
                Item::Cards(cards) => grid.spans(&self.sheet.widths, columns, cards.across as u32),
                Item::Lines(lines) => grid.spans(&self.sheet.widths, printed, lines.columns.len() as u32),
                _ => Vec::new(),
            });
        }
        for (placed, own) in self.sheet.items.iter_mut().zip(spans) {
            match &mut placed.item {
                Item::Cards(cards) => cards.spans = own,
                Item::Lines(lines) => lines.spans = own,
                _ => {}
            }
        }
        for layout in self.sheet.tables_mut() {
            layout.grid = grid.clone();
        }
        self.sheet.grid = grid;
    }
}

/// How to read the colours of a sheet with figures.
pub(super) fn legend(section: &Section) -> Option<String> {
    let tables = section.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cells: Vec<_> = tables
        .flat_map(|table| table.rows.iter().flat_map(|row| row.cells.iter().zip(&table.columns)))
        .filter(|(_, column)| !column.is_ordinal)
        .map(|(cell, _)| cell)
        .collect();
    let computed = cells.iter().any(|cell| cell.formula.is_some());
    let typed = cells.iter().any(|cell| cell.formula.is_none() && style::is_figure(&cell.value));
    let missing = cells.iter().any(|cell| cell.formula.is_none() && matches!(cell.value, Shown::Missing(_)));
    let parts: Vec<&str> = [
        (typed, "chữ số màu xanh là số liệu nhập vào"),
        (computed, "chữ màu đen trong ô có công thức là kết quả tự tính, thay đổi theo số liệu"),
        (missing, "chữ nghiêng màu xám là nơi chưa có số liệu"),
    ]
    .into_iter()
    .filter_map(|(shown, words)| shown.then_some(words))
    .collect();
    (typed || computed).then(|| format!("Cách đọc bảng: {}.", parts.join("; ")))
}
