//! The four faces a report is set in: Liberation Serif, embedded, or a family of the same widths handed in.

use super::face::Face;
use rustybuzz::ttf_parser::{self, Permissions, name_id};
use std::fmt;

/// Liberation Serif, by index of [`Face`].
const EMBEDDED: [&[u8]; 4] = [
    include_bytes!("../../../templates/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSerif-BoldItalic.ttf"),
];
const NAMES: [&str; 4] =
    ["LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic"];
/// Letters that older cuts of the family lack.
const TELLING: &str = "ăâđêôơưĂÂĐÊÔƠƯảạằẳẵắặầẩẫấậẻẽẹềểễếệỉĩịỏõọồổỗốộờởỡớợủũụừửữứựỳỷỹỵẢẠẰẲẴẮẶẦẨẪẤẬẺẼẸỀỂỄẾỆỈĨỊỎÕỌỒỔỖỐỘỜỞỠỚỢỦŨỤỪỬỮỨỰỲỶỸỴ–“”…";

/// Font files of a family, upright, bold, italic and bold italic; they live as long as the program.
#[derive(Clone)]
pub struct Typeface {
    files: [&'static [u8]; 4],
    names: [String; 4],
}

impl Default for Typeface {
    fn default() -> Self {
        Typeface { files: EMBEDDED, names: NAMES.map(str::to_owned) }
    }
}

impl fmt::Debug for Typeface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typeface").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Typeface {
    /// A family from its files, by index of [`Face`].
    ///
    /// # Errors
    /// Why it cannot be used, in Vietnamese: no font, letters missing, embedding
    /// forbidden by its maker.
    pub fn of_files(files: [&'static [u8]; 4]) -> Result<Self, String> {
        let mut names = [const { String::new() }; 4];
        for (file, name) in files.iter().zip(&mut names) {
            let face = ttf_parser::Face::parse(file, 0).map_err(|why| format!("không đọc được ({why})"))?;
            let lacking: String = TELLING.chars().filter(|c| face.glyph_index(*c).is_none()).collect();
            if !lacking.is_empty() {
                return Err(format!("thiếu chữ tiếng Việt ({lacking})"));
            }
            let forbidden = face.permissions() == Some(Permissions::Restricted)
                || !face.is_subsetting_allowed()
                || !face.is_outline_embedding_allowed();
            if forbidden {
                return Err("không cho phép nhúng vào tài liệu".to_owned());
            }
            let told = face.names().into_iter().filter(|n| n.name_id == name_id::POST_SCRIPT_NAME);
            let told = told.filter_map(|n| n.to_string()).next().unwrap_or_default();
            *name = told.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            if name.is_empty() {
                return Err("không đọc được (không có tên)".to_owned());
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_handed_in_is_read_and_named() {
        let read = Typeface::of_files(EMBEDDED).unwrap();
        assert_eq!(read.names, NAMES);
        assert_eq!(read.name(Face::BoldItalic), "LiberationSerif-BoldItalic");
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_reason() {
        let broken = Typeface::of_files([&[0; 64]; 4]).unwrap_err();
        assert!(broken.starts_with("không đọc được"), "{broken}");
        // OS/2 fsType 2: restricted.
        let mut face = EMBEDDED[0].to_vec();
        let table = face[12..].chunks(16).find(|entry| &entry[..4] == b"OS/2").unwrap();
        let at = u32::from_be_bytes(table[8..12].try_into().unwrap()) as usize;
        face[at + 8..at + 10].copy_from_slice(&2_u16.to_be_bytes());
        let restricted = Typeface::of_files([face.leak(); 4]).unwrap_err();
        assert!(restricted.contains("không cho phép nhúng"), "{restricted}");
    }
}
