//! Gives every block of a section its rows and every row its height.

mod heads;

use super::grid::Grid;
use super::layout::{CHART_ROW, ChartLayout, Item, Placed, SheetLayout, TableLayout, TextKind};
use super::link::MOST_TO_FILES;
use super::room::{self, COLUMN};
use super::{findings, page, style};
use crate::domain::cell::MOST_COLUMNS;
use crate::error::Error;
use crate::report::format;
use crate::report::model::{
    Bar, Block, Cell, Chart, ChartKind, Picture, Records, Report, Role, Row, RowKey, Section, Shown, Tab,
    Table,
};
use sheet::measure::{self, Face};
use sheet::text;
use std::borrow::Cow;

/// Sheets wider than so many pixels take smaller letters.
const WIDE: u32 = 1_150;
/// A key figure's card is at least so many pixels wide.
const CARD_AT_LEAST: u32 = 150;
const MOST_CARDS_A_ROW: usize = 6;
/// Told on a sheet that is not printed.
const ON_SCREEN: &str = "Trang này dài, để tra cứu trên màn hình nên không in cùng cả sổ. Muốn in: bỏ vùng in (Bố trí Trang, Vùng In, Xóa Vùng In).";
/// Pixels that the way back needs.
const BACK_AT_LEAST: u32 = 60;
/// Points left for a signature.
const ROOM_TO_SIGN: f64 = 60.0;
/// Cells that draw a bar, each for two percent, and pixels of one.
const BAR_PARTS: u32 = 50;
const BAR_PART: u32 = 4;
/// Points of the empty row between blocks.
const GAP: f64 = 8.0;
/// Rows kept free under the longest table for what comes after it.
const ROWS_AFTER_TABLE: u32 = 1_000;
/// Rows above which a table of records gives each the same height: the writing library holds some 300 bytes for every
/// height that differs. The largest province has fewer.
const MOST_MEASURED: usize = 50_000;
/// Rows of a chart whose height does not depend on its figures.
const CHART_ROWS: u32 = 19;
/// Rows of a chart of ranks, which stands beside the table of the ranks.
const RANKING_ROWS: u32 = 17;
/// Pixels a chart beside a table must have.
const CHART_AT_LEAST: u32 = 480;
/// Pixels of a chart's data columns: gap, label, result, target.
const CHART_DATA: [u32; 4] = [40, 260, 90, 90];

/// Lays out every sheet of a report, in order.
pub(super) fn lay_out(report: &Report, most_rows: u32) -> Result<Vec<SheetLayout<'_>>, Error> {
    let sections: Vec<(&Section, &Tab)> =
        report.sections.iter().filter_map(|section| Some((section, section.sheet.as_ref()?))).collect();
    let names = text::sheet_names(sections.iter().map(|(_, tab)| tab.name.as_str()));
    sections
        .iter()
        .zip(names)
        .map(|((section, tab), name)| {
            SheetBuilder::new(report, section, tab, name, most_rows)?.build(section)
        })
        .collect()
}

struct SheetBuilder<'r> {
    report: &'r Report,
    sheet: SheetLayout<'r>,
    most_rows: u32,
    size: f64,
    lowered: Vec<Option<Table>>,
}

impl<'r> SheetBuilder<'r> {
    fn new(
        report: &'r Report,
        section: &'r Section,
        tab: &'r Tab,
        name: String,
        most_rows: u32,
    ) -> Result<Self, Error> {
        let lowered: Vec<Option<Table>> = section
            .blocks
            .iter()
            .enumerate()
            .map(|(i, block)| match block {
                Block::Findings { shown, names, .. } if !shown.is_empty() => {
                    Some(findings::table(format!("{}#{i}", section.id), shown, names))
                }
                _ => None,
            })
            .collect();
        let tables: Vec<&Table> = section
            .blocks
            .iter()
            .zip(&lowered)
            .filter_map(|(block, lowered)| match block {
                Block::Table(table) => Some(table),
                Block::Records(records) => Some(&records.head),
                _ => lowered.as_ref(),
            })
            .collect();
        for table in &tables {
            validate(table)?;
        }
        let nominal: f32 =
            tables.iter().map(|t| t.columns.iter().map(|c| c.width).sum::<f32>()).fold(0.0, f32::max)
                * COLUMN;
        let size = if nominal > WIDE as f32 { style::WIDE_TABLE_SIZE } else { style::TABLE_SIZE };
        let mut widths = room::widths(&tables, size);
        for table in &tables {
            for (column, width) in widths.iter_mut().enumerate() {
                let is_bar = |cell: &Cell| matches!(cell.picture.as_deref(), Some(Picture::Bar(..)));
                if table.rows.iter().any(|row| row.cells.get(column).is_some_and(is_bar)) {
                    *width = BAR_PARTS * BAR_PART;
                }
            }
        }
        let printed = widths.len() as u16;
        let text_columns = room::text_columns(&widths);
        let mut sheet = SheetLayout {
            name,
            tab,
            grid: Grid::default(),
            section: &section.id,
            widths,
            printed,
            text_columns,
            repeated: 0,
            printed_rows: None,
            items: vec![],
            heights: vec![],
        };
        sheet.repeated = page::repeated(&sheet, tables.first().map_or(&[], |table| &table.columns));
        Ok(SheetBuilder { report, sheet, most_rows, size, lowered })
    }

    fn build(mut self, section: &'r Section) -> Result<SheetLayout<'r>, Error> {
        let frame = self.sheet.tab.frame.as_deref();
        match frame {
            Some(frame) => {
                self.lines(frame.head.iter().map(Vec::as_slice).collect());
                self.gap();
                self.words(TextKind::FormTitle, &section.title);
            }
            None => self.words(TextKind::Title, &section.title),
        }
        self.subtitle();
        if let Some(legend) = heads::legend(section).filter(|_| frame.is_none()) {
            self.words(TextKind::Legend, &legend);
        }
        if self.sheet.tab.on_screen {
            self.words(TextKind::Legend, ON_SCREEN);
            self.sheet.printed_rows = Some(self.sheet.rows());
        }
        let lowered = std::mem::take(&mut self.lowered);
        for (block, lowered) in section.blocks.iter().zip(lowered) {
            self.block(block, lowered);
        }
        if let Some(frame) = frame {
            self.gap();
            self.lines(frame.signatures.iter().map(Vec::as_slice).collect());
        }
        self.choose_filter();
        self.cut();
        Ok(self.sheet)
    }

    fn block(&mut self, block: &'r Block, lowered: Option<Table>) {
        match block {
            Block::Heading { level, text } => {
                self.gap();
                self.words(if *level <= 1 { TextKind::Heading } else { TextKind::Subheading }, text);
            }
            Block::Paragraph(text) => self.words(TextKind::Paragraph, text),
            Block::Points(points) => {
                for (i, point) in points.iter().enumerate() {
                    self.words(TextKind::Point, &format!("{}) {point}", format::point_letter(i)));
                }
            }
            Block::Dashes(points) => {
                for point in points {
                    self.words(TextKind::Point, &format!("- {point}"));
                }
            }
            Block::KeyFigures(figures) if figures.is_empty() => {}
            Block::KeyFigures(figures) => self.cards(figures),
            Block::Table(table) => self.table(Cow::Borrowed(table), None, false),
            Block::Records(records) => {
                self.table(Cow::Borrowed(&records.head), Some(records), false);
            }
            Block::Chart(chart) => self.chart(chart),
            // Room for handwriting belongs to pages.
            Block::Remarks(_) => {}
            Block::Findings { shown, total, .. } => {
                if let Some(table) = lowered {
                    self.table(Cow::Owned(table), None, true);
                } else {
                    self.words(TextKind::Paragraph, "Không có nhận xét nào.");
                }
                if *total > shown.len() {
                    let shown = format::plain(shown.len().into());
                    let total = format::plain((*total).into());
                    self.words(TextKind::Note, &format!("Nêu {shown} trong tổng số {total} nhận xét."));
                }
            }
        }
    }

    fn words(&mut self, kind: TextKind, text: &str) {
        let face = style::face(kind);
        let columns = if kind == TextKind::FormTitle { self.sheet.printed } else { self.sheet.text_columns };
        let room = self.sheet.span(self.sheet.text_start(kind), columns.saturating_sub(1));
        let indent = if kind == TextKind::Point { 18 } else { 0 };
        let wrapped = measure::wrap(&text::clean(text), room.saturating_sub(indent), face);
        let top = self.sheet.rows();
        let mut lines = Vec::new();
        // A row has a greatest height; a longer text goes on in the next.
        let most = measure::most_lines(face.size);
        for chunk in wrapped.chunks(most) {
            self.row(measure::height(chunk.len(), face.size));
            lines.push(if wrapped.len() <= most { text::clean(text) } else { rejoin(chunk) });
        }
        self.place(top, Item::Text { kind, lines });
    }

    fn table(&mut self, table: Cow<'r, Table>, records: Option<&'r Records>, wordy: bool) {
        self.gap();
        if let Some(caption) = &table.caption {
            self.words(TextKind::Caption, caption);
        }
        let top = self.sheet.rows();
        let two_heads = table.columns.iter().any(|c| c.over.is_some());
        let free = self.most_rows.saturating_sub(top + 2 + ROWS_AFTER_TABLE.min(self.most_rows / 10));
        let all = records.map_or(table.rows.len(), |records| records.source.count());
        let shown = all.min(free as usize);
        let one_line = records.is_some() && shown > MOST_MEASURED;
        let size = self.size;
        let layout = TableLayout {
            table,
            records,
            top,
            two_heads,
            shown,
            size,
            wordy,
            one_line,
            filter: false,
            grid: Grid::default(),
        };
        for height in room::head_heights(&layout, &self.sheet) {
            self.row(height);
        }
        for row in layout.rows() {
            self.row(self.body_height(&layout, row));
        }
        if one_line {
            let rows = self.sheet.heights.len() + shown;
            self.sheet.heights.resize(rows, measure::height(1, size));
        } else {
            let all_rows =
                records.into_iter().flat_map(|records| (0..shown).map_while(|at| records.source.row(at)));
            for row in all_rows {
                self.row(self.body_height(&layout, &row));
            }
        }
        let left_off = all - shown;
        let total = format::plain(all.into());
        let mut notes = layout.table.notes.clone();
        if records.is_some() && shown > MOST_TO_FILES {
            let linked = format::plain(MOST_TO_FILES.into());
            notes.push(format!(
                "{linked} dòng đầu có liên kết đến ô gốc; các dòng sau ghi tên tệp, trang và địa chỉ ô."
            ));
        }
        if one_line {
            notes.push(
                "Bảng rất dài nên mỗi dòng chỉ cao một hàng chữ; chọn một ô để đọc trọn nội dung trên thanh công thức."
                    .to_owned(),
            );
        }
        self.place(top, Item::Table(layout));
        if left_off > 0 {
            let shown = format::plain(shown.into());
            self.words(
                TextKind::Note,
                &format!("Chỉ hiển thị {shown} trong tổng số {total} dòng vì trang tính đã hết chỗ."),
            );
        }
        for note in &notes {
            self.words(TextKind::Note, note);
        }
        self.gap();
    }

    fn body_height(&self, layout: &TableLayout, row: &Row) -> f64 {
        let face = Face { size: layout.size, bold: row.role != Role::Body };
        let lines = if row.role == Role::Group {
            let room = self.sheet.span(0, layout.table.columns.len() as u16 - 1);
            row.cells.first().map_or(1, |cell| measure::lines(&format::value(&cell.value), room, face))
        } else {
            let wrapped = row.cells.iter().zip(&self.sheet.widths).map(|(cell, width)| match &cell.value {
                Shown::Text(text) | Shown::Missing(text) => measure::lines(text, *width, face),
                _ => 1,
            });
            wrapped.max().unwrap_or(1)
        };
        measure::height(lines, layout.size)
    }

    fn chart(&mut self, chart: &'r Chart) {
        let (bars, rows): (&[Bar], u32) = match &chart.kind {
            ChartKind::BarsAgainstTarget(bars) if bars.is_empty() => return,
            // Two bars and a gap for each label, and room for title, axis and legend.
            ChartKind::BarsAgainstTarget(bars) => (bars, (130 + 34 * bars.len() as u32).div_ceil(CHART_ROW)),
            ChartKind::Ranking(_) => (&[], RANKING_ROWS),
            ChartKind::Progress { .. } => (&[], CHART_ROWS),
            // The other kinds belong to pages.
            ChartKind::Tiles(_) | ChartKind::Ranks(_) | ChartKind::Trends(_) => return,
        };
        let beside = self.beside(chart);
        if beside.is_none() {
            self.gap();
        }
        let (top, left) = beside.unwrap_or((self.sheet.rows(), 0));
        let row = f64::from(CHART_ROW) * 0.75;
        while self.sheet.height(top, self.sheet.rows()) < row * f64::from(rows) {
            self.row(row);
        }
        let data = (!bars.is_empty() && !in_one_run(self.report, bars)).then(|| {
            let from = self.sheet.printed as usize;
            for (i, width) in CHART_DATA.into_iter().enumerate() {
                match self.sheet.widths.get_mut(from + i) {
                    Some(known) => *known = width,
                    None => self.sheet.widths.push(width),
                }
            }
            from as u16 + 1
        });
        self.place(top, Item::Chart(ChartLayout { chart, bars, top, left, rows, data }));
        self.gap();
    }

    /// Where a chart of ranks stands right of its narrow table; `None` where there is no room.
    fn beside(&self, chart: &Chart) -> Option<(u32, u16)> {
        let (ChartKind::Ranking(_), Some(Placed { item: Item::Table(table), .. })) =
            (&chart.kind, self.sheet.items.last())
        else {
            return None;
        };
        let (columns, all) = (table.table.columns.len() as u16, self.sheet.printed);
        let room = columns < all && self.sheet.span(columns, all - 1) >= CHART_AT_LEAST;
        room.then_some((table.top, columns))
    }

    /// Excel allows one filter a sheet: for the findings, else for the longest flat table worth it.
    fn choose_filter(&mut self) {
        let worth = |layout: &TableLayout| {
            let flat = !layout.two_heads && layout.rows().iter().all(|row| row.role != Role::Group);
            match (layout.wordy, flat && layout.shown > 20) {
                (true, _) => Some((1, layout.shown)),
                (false, true) => Some((0, layout.shown)),
                (false, false) => None,
            }
        };
        let best = self
            .sheet
            .tables_mut()
            .filter_map(|layout| worth(layout).map(|w| (w, layout)))
            .max_by_key(|(w, _)| *w);
        if let Some((_, layout)) = best {
            layout.filter = true;
        }
    }

    fn row(&mut self, height: f64) {
        self.sheet.heights.push(height);
    }

    /// One empty row, unless there is one already.
    fn gap(&mut self) {
        if self.sheet.heights.last().is_some_and(|height| *height > GAP) {
            self.row(GAP);
        }
    }

    fn place(&mut self, top: u32, item: Item<'r>) {
        self.sheet.items.push(Placed { top, item });
    }
}

fn validate(table: &Table) -> Result<(), Error> {
    let columns = table.columns.len();
    if columns == 0 || columns > usize::from(MOST_COLUMNS) {
        return Err(Error::Internal(format!("bảng “{}” có {columns} cột", table.id)));
    }
    for row in &table.rows {
        let wanted = if row.role == Role::Group { 1 } else { columns };
        if row.cells.len() != wanted {
            let found = row.cells.len();
            let (row, table) = (&row.id, &table.id);
            return Err(Error::Internal(format!(
                "dòng “{row}” của bảng “{table}” có {found} ô, phải có {wanted}"
            )));
        }
    }
    Ok(())
}

/// Whether the bars' figures stand one below the other in one table, so that a chart can point at them.
fn in_one_run(report: &Report, bars: &[Bar]) -> bool {
    let cells: Option<Vec<_>> = bars.iter().map(|bar| bar.cells.as_ref()).collect();
    let Some(cells) = cells else { return false };
    let Some(first) = cells.first() else { return false };
    let together = cells.iter().all(|cell| {
        (&cell.table, &cell.label, &cell.value, &cell.target)
            == (&first.table, &first.label, &first.value, &first.target)
    });
    let table = report.tables().find(|(section, table)| section.sheet.is_some() && table.id == first.table);
    let Some((_, table)) = table.filter(|_| together) else { return false };
    let ids: Vec<&RowKey> = table.rows.iter().map(|row| &row.id).collect();
    let wanted: Vec<&RowKey> = cells.iter().map(|cell| &cell.row).collect();
    ids.windows(wanted.len()).any(|run| run == wanted)
}

/// Wrapped lines as one text again: a line that ended in a space goes on, any other ended its paragraph.
fn rejoin(lines: &[String]) -> String {
    let mut text = String::new();
    for (i, line) in lines.iter().enumerate() {
        if i > 0 && !text.ends_with(' ') {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}
