//! Workbooks that stand among the words of a mail in rich text, as objects of another program.

use super::super::unreadable::Unreadable;
use cfb::CompoundFile;
use std::io::{Cursor, Write};

/// The file that an embedded object with these streams is.
///
/// # Errors
/// It is none, or one that only the program that made it can take out.
pub(super) fn object_of(streams: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, Unreadable> {
    let bears = |name: &str, other: &str| name.eq_ignore_ascii_case(other);
    if let Some((_, package)) = streams.iter().find(|(name, _)| bears(name, "Package")) {
        return Ok(package.clone());
    }
    if !streams.iter().any(|(name, _)| bears(name, "Workbook") || bears(name, "Book")) {
        return Err(Unreadable::object_in_words());
    }
    let whole = || {
        let mut file = CompoundFile::create(Cursor::new(Vec::new()))?;
        for (name, bytes) in &streams {
            file.create_stream(format!("/{name}"))?.write_all(bytes)?;
        }
        Ok::<_, std::io::Error>(file.into_inner().into_inner())
    };
    whole().map_err(|_| Unreadable::object_in_words())
}
