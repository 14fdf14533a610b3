//! Links: within the workbook, and to the files the figures come from, never by an absolute path.

use super::fault;
use super::formula::Addresses;
use crate::domain::CellAddress;
use crate::error::Error;
use crate::report::model::Link;
use ecow::EcoString;
use rust_xlsxwriter::{Format, Url, Worksheet};
use sheet::{quoted_sheet, text};
use std::collections::BTreeMap;

/// Links to files that a sheet may have, and links within the workbook. Excel opens no sheet with more than 65,530, and
/// slowly one with many; the writing library takes some 700 bytes for each. A unit brings some 200 figures and on no sheet
/// more than 60 links within: so many serve a province of 168 communes, which is what the largest has, and its departments.
/// What has no link is named all the same.
pub(super) const MOST_TO_FILES: usize = 40_000;
const MOST_WITHIN: usize = 12_000;
/// UTF-16 units a link's path or place may have.
const MOST_IN_LINK: usize = 2_000;

/// Where the input files are, as seen from the workbook: by the path the outputs name a file by, a relative path with
/// forward slashes. A file that is not among them is named and not linked.
pub type SourceLinks = BTreeMap<String, String>;

/// Puts the links of one sheet.
pub(super) struct Links<'a> {
    sources: &'a SourceLinks,
    put: usize,
}

impl<'a> Links<'a> {
    pub(super) fn new(sources: &'a SourceLinks) -> Self {
        Links { sources, put: 0 }
    }

    /// Puts a link on a cell of a format; what the cell shows is written afterwards, over it.
    pub(super) fn put(
        &mut self,
        sheet: &mut Worksheet,
        at: CellAddress,
        link: &Link,
        addresses: &Addresses,
        format: &Format,
    ) -> Result<(), Error> {
        let target = match link {
            Link::Cell(cell) => {
                let (sheet, address, _) = addresses.cell(cell)?;
                Some(format!("internal:{}!{address}", quoted_sheet(addresses.sheet(sheet))))
            }
            Link::Section(id) => Some(format!("internal:{}!A1", quoted_sheet(addresses.section(id)?))),
            // A record may stand below the last row that a sheet can have: then it is not shown.
            Link::Record(field, unit) => addresses.record(field, unit).map(|(sheet, address)| {
                format!("internal:{}!{address}", quoted_sheet(addresses.sheet(sheet)))
            }),
            Link::Source { file, at } => self.source(file, at.as_ref()),
        };
        let most = if matches!(link, Link::Source { .. }) { MOST_TO_FILES } else { MOST_WITHIN };
        let Some(target) = target.filter(|_| self.put < most) else { return Ok(()) };
        self.put += 1;
        // Without a text of its own the target would be stored as a text as well.
        let link = Url::new(target).set_text("–");
        sheet.write_url_with_format(at.row, at.column, link, format).map_err(fault)?;
        Ok(())
    }

    fn source(&self, file: &str, at: Option<&(EcoString, EcoString)>) -> Option<String> {
        let path = text::strip(self.sources.get(file)?);
        let path = path.replace('\n', " ");
        // What starts a scheme, a share or a drive, or could be taken for an escape, is named and not linked.
        let unsafe_path = path.starts_with('/') || path.contains(['\\', ':', '%', '#']) || path.is_empty();
        // A result of a lower plan has no sheets.
        let at = at.filter(|_| !path.to_ascii_lowercase().ends_with(".json"));
        let place = at.map_or_else(String::new, |(sheet, cell)| {
            format!("#{}!{cell}", quoted_sheet(&text::strip(sheet).replace(['\n', '#'], " ")))
        });
        let whole = format!("file:///{path}{place}");
        (!unsafe_path && text::units(&whole) < MOST_IN_LINK).then_some(whole)
    }
}
