//! The number formats of an OpenDocument spreadsheet (OpenDocument 1.3, 16.29), which the library does not give, and from
//! which day it counts.

use super::guard::{Package, repeats};
use super::limits::MOST_CELLS_IN_ALL;
use super::number_format::NumberFormat;
use super::xls_formats::Formats;
use calamine::Sheet;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, HashMap};
use std::io::{BufReader, Cursor};
use zip::ZipArchive;

/// Decimals that stand for any number of them; a form shows six at most.
const MOST_OPTIONAL: usize = 9;
/// Most rows or columns that one numeric cell is repeated to; a form repeats none.
const MOST_REPEATED: u64 = 1_000;

/// The formats of a package whose content the guard has found whole, and whether it counts its days from 1904.
/// `loses_decimals` when the program that saved it writes a format without the decimals that are shown where there are any.
pub(super) fn of(bytes: &[u8], sheets: &[Sheet], loses_decimals: bool) -> (Formats, bool) {
    let mut reading = Reading { loses_decimals, ..Reading::default() };
    if let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) {
        // What the styles of the document say, those of the content may build on.
        for part in ["styles.xml", "content.xml"] {
            reading.part(&mut zip, part, sheets);
        }
    }
    let epoch_1904 = reading.epoch_1904;
    (reading.formats(), epoch_1904)
}

#[derive(Default)]
struct Reading {
    /// Codes of number styles, as Excel would write them.
    codes: HashMap<String, Code>,
    /// Styles of cells: number style and parent.
    styles: HashMap<String, (Option<String>, Option<String>)>,
    epoch_1904: bool,
    loses_decimals: bool,
    /// The number style being read.
    style: Option<(String, Code)>,
    in_text: bool,
    /// Numbers: place of the sheet, row, column; style; whether the cell itself says percentage.
    cells: BTreeMap<(usize, u32, u32), (Option<String>, bool)>,
    table: Table,
}

/// A number style.
#[derive(Default, Clone)]
struct Code {
    text: String,
    /// Other styles under conditions such as `value()>=0`.
    maps: Vec<(String, String)>,
    /// Whether its percent sign makes a percentage, and is not a word.
    is_percentage: bool,
}

/// The table being read.
#[derive(Default)]
struct Table {
    sheet: Option<usize>,
    /// Styles of columns: how many, and which.
    columns: Vec<(u64, Option<String>)>,
    row: u64,
    rows: u64,
    row_style: Option<String>,
    column: u64,
}

impl Reading {
    /// Reads a part as far as it goes.
    fn part(&mut self, zip: &mut Package, name: &str, sheets: &[Sheet]) {
        let Ok(part) = zip.by_name(name) else { return };
        let mut xml = Reader::from_reader(BufReader::new(part));
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer) {
                Ok(Event::Start(e)) => self.element(&e, sheets),
                Ok(Event::Empty(e)) => {
                    self.element(&e, sheets);
                    self.leave(e.name().as_ref());
                }
                Ok(Event::End(e)) => self.leave(e.name().as_ref()),
                Ok(Event::Text(text)) if self.in_text => self.literal(text.as_ref()),
                Ok(Event::GeneralRef(reference)) if self.in_text => {
                    let letter = reference.resolve_char_ref().ok().flatten();
                    self.literal(&letter.map(String::from).unwrap_or_default());
                }
                Ok(Event::Eof) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    fn element(&mut self, e: &BytesStart, sheets: &[Sheet]) {
        match e.name().as_ref() {
            "number:number-style"
            | "number:percentage-style"
            | "number:currency-style"
            | "number:text-style" => {
                let is_percentage = e.name().as_ref() == "number:percentage-style";
                let code = Code { is_percentage, ..Code::default() };
                self.style = attribute(e, "style:name").map(|name| (name, code));
            }
            "number:date-style" | "number:time-style" => {
                let code = Code { text: "dd/mm/yyyy".to_owned(), ..Code::default() };
                self.style = attribute(e, "style:name").map(|name| (name, code));
            }
            "number:text-content" => {
                if let Some((_, code)) = &mut self.style {
                    code.text.push('@');
                }
            }
            "number:number" | "number:scientific-number" | "number:fraction" => self.digits(e),
            "number:text" | "number:currency-symbol" => self.in_text = true,
            "style:map" => {
                let map = attribute(e, "style:condition").zip(attribute(e, "style:apply-style-name"));
                if let (Some((_, code)), Some(map)) = (&mut self.style, map) {
                    code.maps.push(map);
                }
            }
            "style:style" | "style:default-style"
                if attribute(e, "style:family").as_deref() == Some("table-cell") =>
            {
                let name = attribute(e, "style:name").unwrap_or_default();
                let parent = attribute(e, "style:parent-style-name");
                self.styles.insert(name, (attribute(e, "style:data-style-name"), parent));
            }
            "table:null-date" => {
                self.epoch_1904 = attribute(e, "table:date-value").is_some_and(|day| day.starts_with("1904"));
            }
            "table:table" => {
                let name = attribute(e, "table:name").unwrap_or_default();
                let sheet = sheets.iter().position(|sheet| sheet.name == name);
                self.table = Table { sheet, ..Table::default() };
            }
            "table:table-column" => {
                let style = attribute(e, "table:default-cell-style-name");
                self.table.columns.push((repeats(e, "table:number-columns-repeated"), style));
            }
            "table:table-row" => {
                self.table.column = 0;
                self.table.rows = repeats(e, "table:number-rows-repeated");
                self.table.row_style = attribute(e, "table:default-cell-style-name");
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell(e),
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "number:number-style"
            | "number:percentage-style"
            | "number:currency-style"
            | "number:date-style"
            | "number:time-style"
            | "number:text-style" => {
                if let Some((name, code)) = self.style.take() {
                    self.codes.insert(name, code);
                }
            }
            "number:text" | "number:currency-symbol" => self.in_text = false,
            "table:table-row" => self.table.row = self.table.row.saturating_add(self.table.rows),
            _ => {}
        }
    }

    /// Words as Excel quotes them; a percent sign is what makes a percentage.
    fn literal(&mut self, text: &str) {
        let Some((_, code)) = &mut self.style else { return };
        for letter in text.chars() {
            if letter != '%' || !code.is_percentage {
                code.text.push('\\');
            }
            code.text.push(letter);
        }
    }

    fn digits(&mut self, e: &BytesStart) {
        let Some((_, code)) = &mut self.style else { return };
        let count =
            |name: &str| attribute(e, name).and_then(|text| text.parse::<usize>().ok()).map(|n| n.min(30));
        if e.name().as_ref() == "number:fraction" {
            let places = "?".repeat(count("number:min-denominator-digits").unwrap_or(1).max(1));
            let fixed = attribute(e, "number:denominator-value");
            code.text.push_str(&format!("# {places}/{}", fixed.unwrap_or_else(|| places.clone())));
            return;
        }
        let most = count("number:decimal-places");
        let least = count("number:min-decimal-places").or(most).unwrap_or_default();
        let whole = count("number:min-integer-digits").unwrap_or_default();
        if most.is_none() && least == 0 && attribute(e, "number:display-factor").is_none() && whole <= 1 {
            return code.text.push_str("General");
        }
        let zeros = "0".repeat(whole);
        let grouped = attribute(e, "number:grouping").as_deref() == Some("true");
        code.text.push_str(&if grouped {
            format!("#,##{}", if whole == 0 { "#" } else { &zeros })
        } else if whole == 0 {
            "#".to_owned()
        } else {
            zeros
        });
        let factor =
            attribute(e, "number:display-factor").and_then(|text| text.parse::<f64>().ok()).unwrap_or(1.0);
        let thousands = (factor.log10() / 3.0).round().clamp(0.0, 5.0) as usize;
        code.text.push_str(&",".repeat(thousands));
        let most = most.unwrap_or(least).max(least);
        let most = if self.loses_decimals && most == 0 { MOST_OPTIONAL } else { most };
        if most > 0 {
            code.text.push('.');
            code.text.push_str(&"0".repeat(least));
            code.text.push_str(&"#".repeat(most - least));
        }
        if e.name().as_ref() == "number:scientific-number" {
            code.text.push_str("E+00");
        }
    }

    fn cell(&mut self, e: &BytesStart) {
        let (row, column) = (self.table.row, self.table.column);
        let across = repeats(e, "table:number-columns-repeated");
        self.table.column = column.saturating_add(across);
        let Some(sheet) = self.table.sheet.filter(|_| attribute(e, "office:value").is_some()) else { return };
        let percent = attribute(e, "office:value-type").as_deref() == Some("percentage");
        let style = attribute(e, "table:style-name")
            .or_else(|| self.table.row_style.clone())
            .or_else(|| self.table.style_of_column(column));
        for row in row..row.saturating_add(self.table.rows.min(MOST_REPEATED)) {
            for column in column..column.saturating_add(across.min(MOST_REPEATED)) {
                let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else { return };
                if self.cells.len() >= MOST_CELLS_IN_ALL {
                    return;
                }
                self.cells.insert((sheet, row, column), (style.clone(), percent));
            }
        }
    }

    /// The formats, each made once.
    fn formats(self) -> Formats {
        let mut formats: Vec<Option<NumberFormat>> = Vec::new();
        let mut known: HashMap<(Option<String>, bool), usize> = HashMap::new();
        let mut cells = BTreeMap::new();
        for (place, (style, percent)) in &self.cells {
            let key = (style.clone(), *percent);
            let at = *known.entry(key).or_insert_with(|| {
                formats.push(self.format(style.as_deref(), *percent));
                formats.len() - 1
            });
            cells.insert(*place, at);
        }
        Formats::of(formats, cells)
    }

    fn format(&self, style: Option<&str>, percent: bool) -> Option<NumberFormat> {
        let code = style.and_then(|style| self.code(style));
        match code {
            Some(code) if !percent || code.contains('%') => NumberFormat::parse(&code),
            // A percentage is shown as one whatever its style.
            _ if percent => NumberFormat::parse("0.00%"),
            _ => None,
        }
    }

    /// The code of a cell style, its own or that of the style it builds on.
    fn code(&self, style: &str) -> Option<String> {
        let mut style = style.to_owned();
        for _ in 0..MOST_PARENTS {
            match self.styles.get(&style)? {
                (Some(number), _) => return self.written(number),
                (None, Some(parent)) => style = parent.clone(),
                (None, None) => return None,
            }
        }
        None
    }

    fn written(&self, number: &str) -> Option<String> {
        let code = self.codes.get(number)?;
        let mut written = String::new();
        for (condition, other) in code.maps.iter().take(3) {
            let condition = condition.trim().strip_prefix("value()")?.replace("!=", "<>");
            let other = &self.codes.get(other)?.text;
            written.push_str(&format!("[{condition}]{other};"));
        }
        Some(written + &code.text)
    }
}

/// How many styles may build on one another.
const MOST_PARENTS: usize = 16;

impl Table {
    fn style_of_column(&self, column: u64) -> Option<String> {
        let mut end = 0_u64;
        for (count, style) in &self.columns {
            end = end.saturating_add(*count);
            if column < end {
                return style.clone();
            }
        }
        None
    }
}

fn attribute(e: &BytesStart, name: &str) -> Option<String> {
    let value = e.try_get_attribute(name).ok().flatten()?;
    value.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{SheetType, SheetVisible};
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn read(content: &str) -> (Formats, bool) {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("content.xml", SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
        let sheet = Sheet { name: "A".to_owned(), typ: SheetType::WorkSheet, visible: SheetVisible::Visible };
        of(&zip.finish().unwrap().into_inner(), &[sheet], false)
    }

    #[test]
    fn styles_of_cells_rows_and_columns_are_followed() {
        let (formats, epoch_1904) = read(
            r#"<d><number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-decimal-places="0"
              number:min-integer-digits="1" number:grouping="true" number:display-factor="1000000"/><number:text> tỷ</number:text>
            </number:number-style>
            <number:percentage-style style:name="N2"><number:number number:decimal-places="1" number:min-integer-digits="1"/>
              <number:text>%</number:text></number:percentage-style>
            <number:number-style style:name="N3P0"><number:number number:decimal-places="0" number:min-integer-digits="1"/></number:number-style>
            <number:number-style style:name="N3"><number:text>âm </number:text><number:number number:decimal-places="0"
              number:min-integer-digits="1"/><style:map style:condition="value()&gt;=0" style:apply-style-name="N3P0"/></number:number-style>
            <style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>
            <style:style style:name="c2" style:family="table-cell" style:parent-style-name="c1"/>
            <style:style style:name="c3" style:family="table-cell" style:data-style-name="N2"/>
            <style:style style:name="c4" style:family="table-cell" style:data-style-name="N3"/>
            <table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>
            <table:table table:name="A"><table:table-column table:number-columns-repeated="2"/>
            <table:table-column table:default-cell-style-name="c3"/>
            <table:table-row table:default-cell-style-name="c2"><table:table-cell office:value="5000000"/></table:table-row>
            <table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value="0.5"/>
              <table:table-cell office:value-type="percentage" office:value="1"/></table:table-row>
            <table:table-row><table:table-cell table:style-name="c4" office:value="5"/></table:table-row></table:table></d>"#,
        );
        let shown = |row, column, number| {
            let format = formats.of_cell(0, (row, column)).and_then(Option::as_ref)?;
            Some(format.shown(number)?.text)
        };
        assert!(epoch_1904);
        assert_eq!(shown(0, 0, 5e9).as_deref(), Some("5.000 tỷ"));
        assert_eq!(shown(1, 2, 0.5).as_deref(), Some("50,0%"));
        assert_eq!(shown(1, 3, 1.0).as_deref(), Some("100,00%"));
        assert_eq!(shown(2, 0, 5.0), None);
        assert_eq!(shown(2, 0, -5.0).as_deref(), Some("-âm 5"));
    }
}
