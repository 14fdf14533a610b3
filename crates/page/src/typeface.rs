//! A family of four font files, handed in.

use crate::face::Face;
use rustybuzz::ttf_parser::{self, Permissions, name_id};
use std::fmt;

/// Font files of a family, upright, bold, italic and bold italic; they live as long as the program.
#[derive(Clone)]
pub struct Typeface {
    files: [&'static [u8]; 4],
    names: [String; 4],
}

/// Why font files cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypefaceError {
    /// A file is no font.
    Unreadable {
        /// Why not.
        reason: String,
    },
    /// A file does not say its name.
    Nameless,
    /// A face has no glyph for some letters.
    LacksLetters {
        /// The letters.
        letters: String,
    },
    /// Its maker does not allow that a face is embedded in a document.
    EmbeddingForbidden,
}

impl fmt::Display for TypefaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TypefaceError::Unreadable { reason } => write!(f, "a file is no font: {reason}"),
            TypefaceError::Nameless => f.write_str("a file does not say its name"),
            TypefaceError::LacksLetters { letters } => write!(f, "a face lacks {letters}"),
            TypefaceError::EmbeddingForbidden => f.write_str("a face may not be embedded"),
        }
    }
}

impl std::error::Error for TypefaceError {}

impl fmt::Debug for Typeface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typeface").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Typeface {
    /// A family known to be good, from its files and PostScript names, by index of [`Face`]; nothing is checked before the
    /// faces are loaded.
    pub fn new(files: [&'static [u8]; 4], names: [&str; 4]) -> Self {
        Typeface { files, names: names.map(str::to_owned) }
    }

    /// A family of someone's choice from its files, by index of [`Face`]; every face must have all of `letters`.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn from_files(files: [&'static [u8]; 4], letters: &str) -> Result<Self, TypefaceError> {
        let mut names = [const { String::new() }; 4];
        for (file, name) in files.iter().zip(&mut names) {
            *name = checked_name(file, letters)?;
        }
        Ok(Typeface { files, names })
    }

    /// The file of a face.
    pub fn file(&self, face: Face) -> &'static [u8] {
        self.files[face as usize]
    }

    /// The PostScript name of a face.
    pub fn name(&self, face: Face) -> &str {
        &self.names[face as usize]
    }
}

/// The PostScript name of a font file that can be embedded and has all of `letters`.
fn checked_name(file: &[u8], letters: &str) -> Result<String, TypefaceError> {
    let face = ttf_parser::Face::parse(file, 0)
        .map_err(|why| TypefaceError::Unreadable { reason: why.to_string() })?;
    let lacking: String = letters.chars().filter(|c| face.glyph_index(*c).is_none()).collect();
    if !lacking.is_empty() {
        return Err(TypefaceError::LacksLetters { letters: lacking });
    }
    let forbidden = face.permissions() == Some(Permissions::Restricted)
        || !face.is_subsetting_allowed()
        || !face.is_outline_embedding_allowed();
    if forbidden {
        return Err(TypefaceError::EmbeddingForbidden);
    }
    let names = face.names().into_iter().filter(|name| name.name_id == name_id::POST_SCRIPT_NAME);
    let full = names.filter_map(|name| name.to_string()).next().unwrap_or_default();
    let name: String = full.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if name.is_empty() { Err(TypefaceError::Nameless) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_family_handed_in_is_read_and_named() {
        let read = Typeface::from_files(sample::FILES, "ăơ").unwrap();
        assert_eq!(read.name(Face::BoldItalic), "LiberationSerif-BoldItalic");
        assert_eq!(read.file(Face::Italic), sample::FILES[2]);
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_reason() {
        let broken = Typeface::from_files([&[0; 64]; 4], "").unwrap_err();
        assert!(matches!(broken, TypefaceError::Unreadable { .. }), "{broken}");
        let lacking = Typeface::from_files(sample::FILES, "a漢😀").unwrap_err();
        assert_eq!(lacking, TypefaceError::LacksLetters { letters: "漢😀".to_owned() });
        // OS/2 fsType 2: restricted.
        let mut face = sample::FILES[0].to_vec();
        let table = face[12..].chunks(16).find(|entry| &entry[..4] == b"OS/2").unwrap();
        let at = u32::from_be_bytes(table[8..12].try_into().unwrap()) as usize;
        face[at + 8..at + 10].copy_from_slice(&2_u16.to_be_bytes());
        let restricted = Typeface::from_files([face.leak(); 4], "").unwrap_err();
        assert_eq!(restricted, TypefaceError::EmbeddingForbidden);
    }
}
