//! The year's forms seen from the province: for each table of the form, who filled which cell with what.
//!
//! Every figure of the workbook stands once, in the table made from here; all other sheets follow from it by formulas.

pub(super) mod crossing;
mod entry;

pub(super) use entry::FormEntry;

use super::model::{Cell, CellRef, Link, RowKey, Shown, TableKey, Tone};
use crate::consolidate::Consolidated;
use crate::consolidate::history::workbook::NOT_JUDGED;
use crate::domain::{ColumnId, FieldId, FieldKind, RowCode, Unit, UnitCode};
use crate::form::{Field, FormBook, FormTable};
use crate::plan::{Plan, PlannedTable};
use crate::submission::{FigureStatus, Reported, Value};
use crossing::Crossing;
use ecow::eco_format;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// All tables of the year's forms, and everything reported in them.
pub(super) struct Forms<'a> {
    /// Sheets of the form in the plan's order.
    pub sheets: Vec<SheetOfUnits<'a>>,
    /// What was reported, by field, in the order of the units' seats. Of a field for each unit, which one department fills,
    /// there are as many as units, and each was reported by one.
    reported: HashMap<&'a FieldId, Vec<(usize, &'a Arc<Reported>)>>,
    /// Where each unit stands in the roster.
    seats: HashMap<&'a UnitCode, usize>,
    homes: HashMap<FieldId, Home>,
}

/// Where a field stands: sheet and table of the form by place, and which of the crossed tables.
struct Home {
    sheet: usize,
    table: usize,
    crossed: Option<usize>,
}

/// A sheet of the form over all units that fill it.
pub(super) struct SheetOfUnits<'a> {
    /// Name on the tab.
    pub tab: String,
    /// Heading.
    pub heading: String,
    /// The groups of the indicators it serves.
    pub groups: BTreeSet<String>,
    /// Tables.
    pub tables: Vec<TableOfUnits<'a>>,
}

/// A table of the form over all units that fill it.
pub(super) struct TableOfUnits<'a> {
    /// Id of the workbook's table.
    pub id: TableKey,
    /// Title.
    pub title: String,
    /// Column heads in the year's words.
    pub columns: Vec<(ColumnId, String)>,
    /// As the plan declares it.
    pub plan: &'a PlannedTable,
    /// Entries in order.
    pub entries: Vec<FormEntry<'a>>,
    /// The crossed tables it is shown as; `None` when every entry stands by itself.
    pub crossing: Option<Crossing>,
    /// Whether it holds the date of the report and who wrote it, which is nobody else's business.
    about_sender: bool,
}

impl<'a> SheetOfUnits<'a> {
    /// The entries of all its tables.
    pub(super) fn entries(&self) -> impl Iterator<Item = &FormEntry<'a>> {
        self.tables.iter().flat_map(|table| &table.entries)
    }

    /// The name on its tab without the number in front: “4. Mô hình” is called “Mô hình”.
    pub(super) fn name(&self) -> &str {
        let rest = self.tab.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.strip_prefix('.').map_or(&*self.tab, str::trim_start)
    }
}

impl<'a> Forms<'a> {
    pub(super) fn new(plan: &'a Plan, book: &FormBook<'_>, results: &'a Consolidated) -> Self {
        let roster = plan.roster(results.year);
        let seats: HashMap<&UnitCode, usize> = roster.iter().map(|unit| &unit.code).zip(0..).collect();
        let mut reported = HashMap::new();
        for (field, values) in &results.reported {
            let seated = values.iter().filter_map(|(unit, reported)| Some((*seats.get(unit)?, reported)));
            let mut seated: Vec<_> = seated.collect();
            seated.sort_by_key(|(seat, _)| *seat);
            reported.insert(field, seated);
        }
        let mut forms = Forms { sheets: Vec::new(), reported, seats, homes: HashMap::new() };
        for unit in roster {
            let form = book.form_for(unit, results.year);
            for sheet in form.sheets.iter() {
                let at = forms.sheets.iter().position(|known| known.tab == sheet.tab).unwrap_or_else(|| {
                    forms.sheets.push(SheetOfUnits {
                        tab: sheet.tab.clone(),
                        heading: sheet.heading.clone(),
                        groups: BTreeSet::new(),
                        tables: Vec::new(),
                    });
                    forms.sheets.len() - 1
                });
                for table in &sheet.tables {
                    forms.add(plan, at, unit, table);
                }
            }
        }
        // A table about the sender says something of the year only where the plan lets it serve an indicator as well.
        for sheet in forms.sheets.iter_mut().filter(|sheet| sheet.groups.is_empty()) {
            sheet.tables.retain(|table| !table.about_sender);
        }
        forms.sheets.retain(|sheet| !sheet.tables.is_empty());
        forms.settle();
        forms
    }

    /// Gives every field its place in the workbook.
    fn settle(&mut self) {
        for (sheet, on_sheet) in self.sheets.iter_mut().enumerate() {
            for (table, of) in on_sheet.tables.iter_mut().enumerate() {
                of.crossing = crossing::of_entries(&of.entries);
                for (place, entry) in of.entries.iter().enumerate() {
                    let crossed = of.crossing.as_ref().map(|crossing| crossing.table_of(place));
                    let mut seen: Option<&Arc<[Field]>> = None;
                    for (_, fields) in &entry.units {
                        // Most units share the fields of the one before.
                        if seen.replace(fields).is_some_and(|before| Arc::ptr_eq(before, fields)) {
                            continue;
                        }
                        for field in fields.iter() {
                            if crossed.is_none() || crossing::is_figure(field) {
                                self.homes.insert(field.id.clone(), Home { sheet, table, crossed });
                            }
                        }
                    }
                }
            }
        }
    }

    fn add(&mut self, plan: &'a Plan, at: usize, unit: &'a Unit, table: &FormTable) {
        let Some(first) = table.rows.first() else { return };
        let declares = |declared: &&PlannedTable| declared.rows.iter().any(|row| row.id == first.id);
        let Some(declared) = plan.sheets.iter().flat_map(|sheet| &sheet.tables).find(declares) else {
            return;
        };
        let sheet = &mut self.sheets[at];
        let about_sender =
            table.rows.iter().flat_map(|row| row.fields.iter()).any(|f| f.id == plan.report_date);
        // A row in force for one unit may not be for another, so the plan's own first row names the table.
        let id = declared.rows.first().map_or("", |row| row.id.as_str());
        let id: TableKey = eco_format!("bieu-{id}").into();
        let groups = declared.rows.iter().filter_map(|row| plan.indicator(row.indicator.as_ref()?));
        sheet.groups.extend(groups.map(|indicator| indicator.group.clone()));
        let known = sheet.tables.iter().position(|known| known.id == id).unwrap_or_else(|| {
            let (title, columns) = (table.title.clone(), table.columns.clone());
            sheet.tables.push(TableOfUnits {
                id,
                title,
                columns,
                plan: declared,
                entries: Vec::new(),
                crossing: None,
                about_sender: false,
            });
            sheet.tables.len() - 1
        });
        sheet.tables[known].about_sender |= about_sender;
        let entries = &mut sheet.tables[known].entries;
        for row in &table.rows {
            let at = entries.iter().position(|entry| entry.code == row.code).unwrap_or_else(|| {
                entries.push(FormEntry::new(&row.code, &row.number, &row.label, &row.measure));
                entries.len() - 1
            });
            entries[at].add(unit, Arc::clone(&row.fields));
        }
    }

    /// What a unit reported in a field.
    pub(super) fn reported(&self, field: &FieldId, unit: &UnitCode) -> Option<&'a Arc<Reported>> {
        let (seated, seat) = (self.reported.get(field)?, self.seats.get(unit)?);
        let at = seated.binary_search_by_key(seat, |(seat, _)| *seat).ok()?;
        seated.get(at).map(|(_, reported)| *reported)
    }

    /// The cell of the workbook that holds a unit's field; `None` for a field of no table.
    pub(super) fn cell_of(&self, field: &FieldId, unit: &UnitCode) -> Option<CellRef> {
        let (table, crossed) = self.home(field)?;
        if let Some(k) = crossed {
            return Some(crossing::cell(&table.id, k, unit, field));
        }
        let (code, column) = field.row_and_column()?;
        Some(CellRef::new(table.id.clone(), row_id(&code, unit), &column))
    }

    fn home(&self, field: &FieldId) -> Option<(&TableOfUnits<'a>, Option<usize>)> {
        let home = self.homes.get(field)?;
        Some((self.sheets.get(home.sheet)?.tables.get(home.table)?, home.crossed))
    }

    /// What a unit's field holds.
    pub(super) fn kind_of(&self, field: &FieldId, unit: &UnitCode) -> Option<&FieldKind> {
        self.field_of(field, unit).map(|field| &field.kind)
    }

    /// A field of a unit's form.
    pub(super) fn field_of(&self, field: &FieldId, unit: &UnitCode) -> Option<&Field> {
        let (table, _) = self.home(field)?;
        let (code, _) = field.row_and_column()?;
        let entry = table.entries.iter().find(|entry| entry.code == code)?;
        entry.fields_of(unit)?.iter().find(|known| known.id == *field)
    }

    /// The entry a field stands in.
    pub(super) fn entry_of(&self, field: &FieldId) -> Option<&FormEntry<'a>> {
        let (table, _) = self.home(field)?;
        let (code, _) = field.row_and_column()?;
        table.entries.iter().find(|entry| entry.code == code)
    }

    /// The head of a field's column.
    pub(super) fn head_of(&self, field: &FieldId) -> Option<&str> {
        let (table, _) = self.home(field)?;
        let (_, column) = field.row_and_column()?;
        table.columns.iter().find(|(id, _)| *id == column).map(|(_, head)| head.as_str())
    }

    /// The cell of the workbook that holds the sum of a field over all units.
    pub(super) fn total_of(&self, field: &FieldId) -> Option<(CellRef, Option<rust_decimal::Decimal>)> {
        let (code, column) = field.row_and_column()?;
        let (table, crossed) = self.home(field)?;
        let entry = table.entries.iter().find(|entry| entry.code == code)?;
        let (first, _) = entry.units.first()?;
        let cell = match crossed {
            Some(k) => crossing::cell(&table.id, k, crossing::TOTAL, field),
            None if entry.units.len() > 1 => CellRef::new(table.id.clone(), total_id(&code), &column),
            None => CellRef::new(table.id.clone(), row_id(&code, &first.code), &column),
        };
        Some((cell, self.sum(entry, field)))
    }

    /// The sum of a field over the units of its entry; `None` when nobody gave a number.
    pub(super) fn sum(&self, entry: &FormEntry<'_>, field: &FieldId) -> Option<rust_decimal::Decimal> {
        let numbers = entry.units.iter().filter_map(|(unit, _)| self.number(field, &unit.code));
        numbers.reduce(|sum, number| sum + number)
    }

    /// The number a unit gave in a field, when it can be judged by.
    pub(super) fn number(&self, field: &FieldId, unit: &UnitCode) -> Option<rust_decimal::Decimal> {
        match self.reported(field, unit).map(Arc::as_ref) {
            Some(Reported { value: Some(Value::Number(number)), status, .. })
                if *status != FigureStatus::NoStandard =>
            {
                Some(*number)
            }
            _ => None,
        }
    }

    /// Where what a unit reported in a field is told; `None` when it reported nothing there.
    pub(super) fn lead(&self, field: &FieldId, unit: &UnitCode) -> Option<Link> {
        self.reported(field, unit)?;
        // What stands in no table has no row among the contributions.
        self.homes.get(field)?;
        Some(Link::Record(field.clone(), unit.clone()))
    }

    /// Where the first of those that reported a field is told; the others follow it.
    pub(super) fn lead_to_first(&self, field: &FieldId) -> Option<Link> {
        let (table, _) = self.home(field)?;
        let (code, _) = field.row_and_column()?;
        let entry = table.entries.iter().find(|entry| entry.code == code)?;
        entry.units.iter().find_map(|(unit, _)| self.lead(field, &unit.code))
    }

    /// The cell as the workbook shows it, leading to where it comes from.
    pub(super) fn cell(&self, field: &Field, unit: &UnitCode) -> Cell {
        let Some(reported) = self.reported(&field.id, unit) else { return Cell::plain(Shown::Blank) };
        let cell = Cell::plain(shown(reported, &field.kind));
        let tone = match (reported.status, &reported.value) {
            (FigureStatus::Estimate, _) => Tone::Open,
            (FigureStatus::NoStandard, _) | (_, None) => Tone::Quiet,
            _ => Tone::Plain,
        };
        let cell = cell.toned(tone);
        // Some programs show a linked text on one line only, so words are left to be read.
        if field.kind == FieldKind::Text {
            return cell;
        }
        cell.leads_to(self.lead(&field.id, unit))
    }
}

/// A reported value as it is shown.
pub(super) fn shown(reported: &Reported, kind: &FieldKind) -> Shown {
    match &reported.value {
        // Where there is no standard no number may enter a sum.
        _ if reported.status == FigureStatus::NoStandard && *kind != FieldKind::Text => match &reported.value
        {
            Some(Value::Choice(_, words)) => Shown::Text(words.clone()),
            _ => Shown::Missing(NOT_JUDGED.into()),
        },
        Some(Value::Number(number)) => Shown::Count(*number),
        Some(Value::Choice(_, words) | Value::Text(words)) => Shown::Text(words.clone()),
        Some(Value::Date(day)) => Shown::Date(*day),
        None => Shown::Missing(NOT_JUDGED.into()),
    }
}

/// Id of a unit's row of an entry.
pub(super) fn row_id(code: &RowCode, unit: &UnitCode) -> RowKey {
    eco_format!("{code}|{unit}").into()
}

/// Id of the total row of an entry.
pub(super) fn total_id(code: &RowCode) -> RowKey {
    eco_format!("{code}|*").into()
}
