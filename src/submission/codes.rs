//! The visible codes of a file: the code of each row, and above the rows of a table the codes of its columns. A field
//! stands where both agree, and nowhere else.

use crate::domain::{CellAddress, ColumnId, FieldId};
use crate::form::Form;
use crate::intake::raw::{RawSheet, RawSubmission, RawValue};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The codes that stand in a file.
pub(super) struct Codes<'a> {
    sheets: Vec<OfSheet<'a>>,
    /// Which table of the form each row code is of, by its place among the tables.
    tables: HashMap<String, usize>,
}

struct OfSheet<'a> {
    sheet: &'a RawSheet,
    /// Row codes by the row they stand in.
    entries: BTreeMap<u32, &'a str>,
    /// Rows by the code that stands in them, from top to bottom.
    rows: HashMap<&'a str, Vec<u32>>,
    /// Column codes and their columns, by the row they stand in.
    heads: BTreeMap<u32, BTreeMap<&'a str, u16>>,
}

/// What codes say of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// It is the field's own.
    Own,
    /// It is another's.
    Another,
    /// Nothing.
    Nothing,
}

/// A cell that the codes give for a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub sheet: &'a RawSheet,
    pub cell: CellAddress,
}

impl<'a> Codes<'a> {
    /// The codes in a file of the form's fields; `former` gives the ids older plan versions had for them.
    pub fn of(form: &Form, former: &BTreeMap<&FieldId, Vec<FieldId>>, raw: &'a RawSubmission) -> Self {
        let mut tables = HashMap::new();
        let mut columns: BTreeSet<ColumnId> = BTreeSet::new();
        let planned = form.sheets.iter().flat_map(|sheet| &sheet.tables);
        for (place, table) in planned.enumerate() {
            for field in table.rows.iter().flat_map(|row| row.fields.iter()) {
                let ids = former.get(&field.id).into_iter().flatten().chain([&field.id]);
                for (row, column) in ids.filter_map(FieldId::row_and_column) {
                    tables.insert(row.as_str().to_owned(), place);
                    columns.insert(column);
                }
            }
        }
        let sheets = raw.sheets.iter().map(|sheet| OfSheet::read(sheet, &tables, &columns)).collect();
        Codes { sheets, tables }
    }

    fn on(&self, sheet: &str) -> Option<&OfSheet<'a>> {
        self.sheets.iter().find(|of| of.sheet.name == sheet)
    }

    /// How many rows of a sheet bear a code.
    pub fn rows_on(&self, sheet: &str) -> usize {
        self.on(sheet).map_or(0, |of| of.entries.len())
    }

    /// What the row code beside a cell says of a field.
    pub fn row_says(&self, id: &FieldId, sheet: &str, cell: CellAddress) -> Says {
        let (Some((row, _)), Some(of)) = (id.row_and_column(), self.on(sheet)) else { return Says::Nothing };
        match of.entries.get(&cell.row) {
            None => Says::Nothing,
            Some(code) if row == *code => Says::Own,
            Some(_) => Says::Another,
        }
    }

    /// What the column code above a cell says of a field.
    pub fn column_says(&self, id: &FieldId, sheet: &str, cell: CellAddress) -> Says {
        let (Some((_, column)), Some(of)) = (id.row_and_column(), self.on(sheet)) else {
            return Says::Nothing;
        };
        let Some(head) = self.head(of, cell.row) else { return Says::Nothing };
        match head.get(column.as_str()) {
            Some(at) if *at == cell.column => Says::Own,
            Some(_) => Says::Another,
            None if head.values().any(|at| *at == cell.column) => Says::Another,
            None => Says::Nothing,
        }
    }

    /// Whether the code in this row of a sheet is the first of its like there: a later one was copied.
    pub fn is_first(&self, sheet: &str, row: u32) -> bool {
        let first = |of: &OfSheet<'_>| Some(of.rows.get(of.entries.get(&row)?)?.first() == Some(&row));
        self.on(sheet).and_then(first).unwrap_or_default()
    }

    /// Every cell where a row of the field's code meets the column of its code, sheet by sheet.
    pub fn all(&self, id: &FieldId) -> Vec<Found<'a>> {
        let Some((row, column)) = id.row_and_column() else { return Vec::new() };
        let on_sheet = |of: &OfSheet<'a>| -> Vec<Found<'a>> {
            let rows = of.rows.get(row.as_str()).into_iter().flatten();
            let found = |row: &u32| {
                let column = *self.head(of, *row)?.get(column.as_str())?;
                Some(Found { sheet: of.sheet, cell: CellAddress::new(*row, column) })
            };
            rows.filter_map(found).collect()
        };
        self.sheets.iter().flat_map(on_sheet).collect()
    }

    /// The column codes of the table in which a row stands: the nearest above it, unless a row of another table stands
    /// between, which then has lost its own.
    fn head<'s>(&self, of: &'s OfSheet<'a>, row: u32) -> Option<&'s BTreeMap<&'a str, u16>> {
        let table = |row: &u32| of.entries.get(row).and_then(|code| self.tables.get(*code));
        let (at, head) = of.heads.range(..row).next_back()?;
        let own = table(&row);
        let is_others = |(_, code): (&u32, &&str)| own.is_some() && self.tables.get(*code) != own;
        (!of.entries.range(at..&row).any(is_others)).then_some(head)
    }
}

impl<'a> OfSheet<'a> {
    fn read(sheet: &'a RawSheet, rows: &HashMap<String, usize>, columns: &BTreeSet<ColumnId>) -> Self {
        let mut of =
            OfSheet { sheet, entries: BTreeMap::new(), rows: HashMap::new(), heads: BTreeMap::new() };
        for (at, cell) in &sheet.cells {
            // To the right of a row code stand the sender's words, which may happen to be a code.
            if of.entries.contains_key(&at.row) {
                continue;
            }
            let RawValue::Text(text) = &cell.value else { continue };
            let text = text.trim();
            if rows.contains_key(text) {
                of.entries.insert(at.row, text);
                of.rows.entry(text).or_default().push(at.row);
                // What stands to its left is no head.
                of.heads.remove(&at.row);
            } else if columns.contains(text) {
                of.heads.entry(at.row).or_default().entry(text).or_insert(at.column);
            }
        }
        of
    }
}
