//! What is to be known of a worksheet of Office Open XML before and beside its values: one pass over its tags tells what the
//! library would misread, which cells are merged, what is hidden, and by which style each filled cell is shown. The library
//! tells the formula of a cell or its style, each in a pass of its own.

use super::book::MOST_MERGED;
use super::limits::MOST_CELLS;
use super::raw::Hidden;
use super::tags::{Markup, Tag, Tags, decoded};
use crate::domain::CellAddress;

/// What one pass tells.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Whether cells are written in a way that the library misreads: several lists of cells, values in other ways of XML's.
    pub is_odd: bool,
    /// Merged ranges, first and last cell.
    pub merged: Vec<(CellAddress, CellAddress)>,
    /// What is hidden.
    pub hidden: Hidden,
    /// The styles of filled cells.
    pub styles: Styles,
}

/// By which style each filled cell is shown; those of the first style are not told.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By row and column from 0, in that order.
    cells: Vec<((u32, u32), u32)>,
}

impl Styles {
    /// They, to be asked for cell by cell: quick in the order of the sheet.
    pub fn in_turn(&self) -> StylesInTurn<'_> {
        StylesInTurn { cells: &self.cells, next: 0 }
    }
}

/// Styles asked for cell by cell.
pub(super) struct StylesInTurn<'a> {
    cells: &'a [((u32, u32), u32)],
    /// Where the next cell is expected.
    next: usize,
}

impl StylesInTurn<'_> {
    /// The style of a cell.
    pub fn of_cell(&mut self, place: (u32, u32)) -> u32 {
        if let Some((known, style)) = self.cells.get(self.next)
            && *known == place
        {
            self.next += 1;
            return *style;
        }
        // Of a cell written twice the last one counts.
        let behind = self.cells.partition_point(|(known, _)| *known <= place);
        let found =
            behind.checked_sub(1).and_then(|at| self.cells.get(at)).filter(|(known, _)| *known == place);
        if found.is_some() {
            self.next = behind;
        }
        found.map_or(0, |(_, style)| *style)
    }
}

/// Looks over a worksheet.
pub(super) fn look(part: &[u8]) -> Look {
    let mut looking = Looking::default();
    for piece in Tags::of(part) {
        looking.at(&piece.markup, piece.text);
    }
    let Looking { mut look, lists, .. } = looking;
    look.is_odd |= lists > 1;
    look.styles.cells.sort_by_key(|(place, _)| *place);
    look
}

#[derive(Default)]
struct Looking<'a> {
    look: Look,
    /// Lists of cells so far.
    lists: usize,
    /// Row and column of the next cell that does not say where it stands.
    row: u32,
    column: u32,
    cell: Cell<'a>,
    in_value: bool,
}

/// The cell that is open.
#[derive(Default)]
struct Cell<'a> {
    kind: Option<&'a [u8]>,
    place: (u32, u32),
    style: u32,
}

impl<'a> Looking<'a> {
    fn at(&mut self, markup: &Markup<'a>, text: &[u8]) {
        if self.in_value && !matches!(markup, Markup::End(_)) {
            self.look.is_odd = true;
        }
        self.in_value = false;
        match markup {
            Markup::Start(tag) => self.start(tag, text),
            Markup::End(b"row") => (self.row, self.column) = (self.row.saturating_add(1), 0),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'a>, text: &[u8]) {
        match tag.name {
            b"c" => self.cell(tag),
            b"v" if !tag.is_empty => {
                self.in_value = true;
                self.look.is_odd |= is_odd_value(self.cell.kind, text);
                self.filled();
            }
            b"is" => self.filled(),
            b"row" => self.row(tag),
            b"sheetData" => self.lists += 1,
            b"mergeCell" => self.merged(tag),
            b"col" => self.columns(tag),
            b"filterColumn" => self.look.hidden.filtered = true,
            _ => {}
        }
    }

    fn cell(&mut self, tag: &Tag<'a>) {
        let (mut kind, mut style, mut place) = (None, 0, None);
        for (name, value) in tag.attributes() {
            match name {
                b"r" => place = address(value),
                b"s" => style = number(value).and_then(|style| u32::try_from(style).ok()).unwrap_or_default(),
                b"t" => kind = Some(value),
                _ => {}
            }
        }
        let place = place.map_or((self.row, self.column), |at| (at.row, u32::from(at.column)));
        self.cell = Cell { kind, place, style };
        self.column = place.1.saturating_add(1);
    }

    fn filled(&mut self) {
        let Cell { place, style, .. } = self.cell;
        let cells = &mut self.look.styles.cells;
        if style > 0 && cells.len() < MOST_CELLS {
            cells.push((place, style));
        }
    }

    fn row(&mut self, tag: &Tag<'a>) {
        let (mut hidden, mut row) = (false, None);
        for (name, value) in tag.attributes() {
            match name {
                b"r" => row = number(value).filter(|row| *row > 0),
                b"hidden" => hidden |= is_set(value),
                b"ht" => hidden |= is_nought(value),
                _ => {}
            }
        }
        let row = row.map_or(u64::from(self.row), |row| row - 1);
        if hidden {
            self.look.hidden.hide_rows(row, row);
        }
        (self.row, self.column) = (u32::try_from(row).unwrap_or(u32::MAX), 0);
        if tag.is_empty {
            self.row = self.row.saturating_add(1);
        }
    }

    fn columns(&mut self, tag: &Tag<'a>) {
        if tag.written(b"hidden").is_some_and(is_set) || tag.written(b"width").is_some_and(is_nought) {
            let end = |name: &[u8]| number(tag.written(name)?).filter(|column| *column > 0);
            if let Some((first, last)) = end(b"min").zip(end(b"max")) {
                self.look.hidden.hide_columns(first - 1, last - 1);
            }
        }
    }

    fn merged(&mut self, tag: &Tag<'a>) {
        let range = || {
            let range = tag.value(b"ref")?;
            let (first, last) = range.split_once(':').unwrap_or((&range, &range));
            Some((CellAddress::parse(first.trim())?, CellAddress::parse(last.trim())?))
        };
        if self.look.merged.len() < MOST_MERGED {
            self.look.merged.extend(range());
        }
    }
}

fn is_set(value: &[u8]) -> bool {
    decoded(value).is_some_and(|value| matches!(&*value, "1" | "true"))
}

fn is_nought(value: &[u8]) -> bool {
    decoded(value).is_some_and(|value| value.parse::<f64>().is_ok_and(|size| size == 0.0))
}

fn number(value: &[u8]) -> Option<u64> {
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

fn address(value: &[u8]) -> Option<CellAddress> {
    CellAddress::parse(std::str::from_utf8(value).ok()?)
}

/// The library takes an index it cannot read for the first, and a figure with letters by number or spaces for a blank.
fn is_odd_value(kind: Option<&[u8]>, text: &[u8]) -> bool {
    let at_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    match kind {
        Some(b"s") => text.is_empty() || !text.iter().all(u8::is_ascii_digit),
        None | Some(b"n" | b"b" | b"e") => {
            text.contains(&b'&') || at_edge(text.first()) || at_edge(text.last())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_the_library_misreads_are_seen() {
        let sheet = |cell: &str| format!("<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>");
        for cell in [
            r#"<c r="A1" t="s"><v> 12 </v></c>"#,
            r#"<c r="A1" t="s"><v>+12</v></c>"#,
            r#"<c t='s' r="A1"><v>12.0</v></c>"#,
            r#"<c t="s"><v></v></c>"#,
            r#"<c><v>&#49;2</v></c>"#,
            r#"<c t="n"><v> 12</v></c>"#,
            r#"<x:c><x:v><![CDATA[12]]></x:v></x:c>"#,
            r#"<c t="str"><v>a<!-- b --></v></c>"#,
            r#"</row></sheetData><sheetData><row>"#,
        ] {
            assert!(look(sheet(cell).as_bytes()).is_odd, "{cell}");
        }
        for cell in [
            r#"<c r="A1" s="3" t="s"><v>12</v></c>"#,
            r#"<c><v>12.0</v></c><c><f>B1&amp;"x"</f><v>7</v></c>"#,
            r#"<c t="str"><v>a &amp; b </v></c>"#,
            r#"<c t="inlineStr"><is><t> a </t></is></c>"#,
            r#"<c t="s"><v/></c>"#,
            r#"<!-- <c t="s"><v> 1 </v></c> -->"#,
        ] {
            assert!(!look(sheet(cell).as_bytes()).is_odd, "{cell}");
        }
    }

    #[test]
    fn rows_and_columns_that_are_hidden() {
        let sheet = br#"<x:worksheet xmlns:x="m"><x:cols><x:col min="2" max="3" width="9" hidden="1"/><x:col min="6"
            max="6" width="0"/></x:cols><x:sheetData><x:row r="8" hidden="true"/><x:row hidden="1"><x:c r="A9"/></x:row>
            <x:row r="12" ht="0" customHeight="1"/><x:row r="13" hidden="0"/><x:row hidden="&#49;"/></x:sheetData>
            <x:autoFilter ref="A7:K9"><x:filterColumn colId="1"/></x:autoFilter></x:worksheet>"#;
        let hidden = look(sheet).hidden;
        assert_eq!(hidden.columns, [(1, 2), (5, 5)]);
        assert_eq!(hidden.rows, [(7, 7), (8, 8), (11, 11), (13, 13)]);
        assert!(hidden.filtered);
        let cut = look(b"<worksheet><row r=\"0\" hidden=\"1\"/><row");
        assert_eq!(cut.hidden, Hidden { rows: vec![(0, 0)], ..Hidden::default() });
    }

    #[test]
    fn merged_ranges_and_styles_of_filled_cells() {
        let sheet = br#"<worksheet><sheetData><row r="2"><c r="B2" s="4"><v>1</v></c><c s="5"/><c s="6"><v>2</v></c>
            <c><v>3</v></c></row><row><c s="7" t="inlineStr"><is><t>a</t></is></c></row></sheetData><mergeCells>
            <mergeCell ref="A1:C2"/><mergeCell ref="D4"/><mergeCell ref="?"/></mergeCells></worksheet>"#;
        let look = look(sheet);
        let mut in_turn = look.styles.in_turn();
        let at = |row, column| CellAddress::new(row, column);
        assert_eq!(look.merged, [(at(0, 0), at(1, 2)), (at(3, 3), at(3, 3))]);
        let mut styles =
            |places: &[(u32, u32)]| places.iter().map(|at| in_turn.of_cell(*at)).collect::<Vec<_>>();
        assert_eq!(styles(&[(1, 1), (1, 2), (1, 3), (1, 4), (2, 0)]), [4, 0, 6, 0, 7]);
        // In any other order too.
        assert_eq!(styles(&[(2, 0), (1, 1), (9, 9), (1, 3)]), [7, 4, 0, 6]);
    }
}
