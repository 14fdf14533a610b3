//! The typeface of the reports: Liberation Serif, embedded, or a family of the same widths handed in.

use super::fault::internal;
use crate::error::Error;
use page::Fonts;
use page::{Typeface, TypefaceError};

/// Liberation Serif, upright, bold, italic and bold italic.
const FILES: [&[u8]; 4] = [
    include_bytes!("../../../templates/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSerif-BoldItalic.ttf"),
];
const NAMES: [&str; 4] =
    ["LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic"];
/// Letters that older cuts of the families lack.
const TELLING: &str = "ăâđêôơưĂÂĐÊÔƠƯảạằẳẵắặầẩẫấậẻẽẹềểễếệỉĩịỏõọồổỗốộờởỡớợủũụừửữứựỳỷỹỵẢẠẰẲẴẮẶẦẨẪẤẬẺẼẸỀỂỄẾỆỈĨỊỎÕỌỒỔỖỐỘỜỞỠỚỢỦŨỤỪỬỮỨỰỲỶỸỴ–“”…";

/// The embedded family.
pub fn embedded() -> Typeface {
    Typeface::new(FILES, NAMES)
}

/// A family from its files: upright, bold, italic, bold italic. They live as long as the program.
///
/// # Errors
/// Why it cannot be used, in Vietnamese: no font, letters missing, embedding forbidden by its maker.
pub fn from_files(files: [&'static [u8]; 4]) -> Result<Typeface, String> {
    Typeface::from_files(files, TELLING).map_err(|refused| match refused {
        TypefaceError::Unreadable { reason } => format!("không đọc được ({reason})"),
        TypefaceError::Nameless => "không đọc được (không có tên)".to_owned(),
        TypefaceError::LacksLetters { letters } => format!("thiếu chữ tiếng Việt ({letters})"),
        TypefaceError::EmbeddingForbidden => "không cho phép nhúng vào tài liệu".to_owned(),
    })
}

/// The faces of a family, read.
pub(in crate::output) fn load(typeface: &Typeface) -> Result<Fonts, Error> {
    Fonts::load(typeface).map_err(internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use page::Face;

    #[test]
    fn a_family_handed_in_is_read_and_named_as_the_embedded_one() {
        let read = from_files(FILES).unwrap();
        for (face, name) in Face::ALL.into_iter().zip(NAMES) {
            assert_eq!(read.name(face), name);
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_reason() {
        let broken = from_files([&[0; 64]; 4]).unwrap_err();
        assert!(broken.starts_with("không đọc được"), "{broken}");
        // OS/2 fsType 2: restricted.
        let mut face = FILES[0].to_vec();
        let table = face[12..].chunks(16).find(|entry| &entry[..4] == b"OS/2").unwrap();
        let at = u32::from_be_bytes(table[8..12].try_into().unwrap()) as usize;
        face[at + 8..at + 10].copy_from_slice(&2_u16.to_be_bytes());
        let restricted = from_files([face.leak(); 4]).unwrap_err();
        assert!(restricted.contains("không cho phép nhúng"), "{restricted}");
    }
}
