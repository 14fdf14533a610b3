//! The package: a zip of parts, the same bytes from every system.

use crate::document::Document;
use crate::error::Error;
use crate::picture::Media;
use crate::{body, parts, style};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipWriter};

/// Writes every part, the list of them first, as readers that look at the beginning expect it.
pub fn write(document: &Document) -> Result<Vec<u8>, Error> {
    let mut media = Media::default();
    let text = body::part(document, &mut media);
    let texts = [
        ("[Content_Types].xml", parts::content_types(&media)),
        ("_rels/.rels", parts::package_links()),
        ("word/document.xml", text),
        ("word/_rels/document.xml.rels", parts::text_links(&media)),
        ("word/styles.xml", style::part(document)),
        ("word/settings.xml", parts::settings(document)),
        ("word/fontTable.xml", parts::fonts(document)),
        ("word/theme/theme1.xml", parts::theme(document)),
        ("word/header1.xml", parts::header()),
        ("docProps/core.xml", parts::core(document)),
        ("docProps/app.xml", parts::app(document)),
    ];
    let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes()));
    let pictures = media.files().map(|(_, name, bytes)| (format!("word/{name}"), bytes));
    zipped(texts.chain(pictures)).map_err(|error| Error::NotWritten { reason: error.to_string() })
}

fn zipped<'p>(parts: impl Iterator<Item = (String, &'p [u8])>) -> zip::result::ZipResult<Vec<u8>> {
    // Neither the clock nor the system this runs on is told.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .system(System::Unix);
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(name, options)?;
        package.write_all(bytes)?;
    }
    Ok(package.finish()?.into_inner())
}
