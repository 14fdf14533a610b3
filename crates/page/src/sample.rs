//! The fonts that tests set text in.

use crate::fonts::Fonts;
use crate::typeface::Typeface;

/// Liberation Serif, upright, bold, italic and bold italic.
pub const FILES: [&[u8]; 4] = [
    include_bytes!("../../../templates/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSerif-BoldItalic.ttf"),
];

/// Its faces, read.
pub fn fonts() -> Fonts {
    let names =
        ["LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic"];
    Fonts::load(&Typeface::new(FILES, names)).unwrap()
}
