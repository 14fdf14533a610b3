//! Several files as one to be saved.

use std::io::{Cursor, Write};
use wasm_bindgen::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A zip that is being filled.
#[wasm_bindgen]
pub struct Bundle {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

#[wasm_bindgen]
impl Bundle {
    /// One with nothing in it.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // for JavaScript
    pub fn new() -> Bundle {
        Bundle { zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// Adds a file. Workbooks and PDFs are packed already.
    ///
    /// # Errors
    /// A name twice, or more than a zip takes.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(path, stored).map_err(|error| error.to_string())?;
        self.zip.write_all(bytes).map_err(|error| error.to_string())
    }

    /// The whole of it.
    ///
    /// # Errors
    /// More than a zip takes.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        self.zip.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
    }
}
