//! How much room a text takes in Times New Roman, so that rows are high enough before any program opens the file.
//!
//! Merged cells never grow by themselves, neither in Excel nor in LibreOffice.

mod counted;

pub use counted::CountedLines;

use unicode_normalization::char::decompose_canonical;

/// Advances of the characters U+0020 to U+007E in thousandths of an em, Times New Roman upright.
const ADVANCES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
/// Advance of a letter the table lacks, wide rather than narrow.
const OTHER: u16 = 800;
/// Screens fit letters to pixels and programs wrap by their own measure: leave some air.
const AIR: f64 = 1.07;
/// Bold letters are wider.
const BOLD: f64 = 1.08;
/// Pixels a cell keeps free on its sides.
const PADDING: f64 = 8.0;
const POINTS_PER_PIXEL: f64 = 0.75;
/// The highest row Excel allows, in points.
const HIGHEST_ROW: f64 = 409.0;

/// A typeface size: points and weight.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// Points.
    pub size: f64,
    /// Bold letters.
    pub bold: bool,
}

/// Width of a text on one line in pixels, the cell's padding included.
pub fn width(text: &str, face: Face) -> u32 {
    let widest = text.split('\n').map(|line| points(line, face)).fold(0.0, f64::max);
    (widest / POINTS_PER_PIXEL + PADDING).ceil() as u32
}

/// Lines a text takes in a cell of so many pixels.
pub fn lines(text: &str, pixels: u32, face: Face) -> usize {
    let room = room(pixels, face);
    // Most texts are short.
    if !text.contains('\n') && points(text, face) <= room { 1 } else { wrap(text, pixels, face).len() }
}

/// The text cut where a cell of so many pixels wraps it.
pub fn wrap(text: &str, pixels: u32, face: Face) -> Vec<String> {
    let room = room(pixels, face);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0.0;
        for word in paragraph.split_inclusive(' ') {
            let wide = points(word, face);
            // A space at the end of a line hangs over its edge.
            if used > 0.0 && used + points(word.trim_end(), face) > room {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if wide <= room {
                line.push_str(word);
                used += wide;
                continue;
            }
            for c in word.chars() {
                let advance = points(c.encode_utf8(&mut [0; 4]), face);
                if used > 0.0 && used + advance > room {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(c);
                used += advance;
            }
        }
        lines.push(line);
    }
    lines
}

/// Points for letters in a cell of so many pixels.
fn room(pixels: u32, face: Face) -> f64 {
    ((f64::from(pixels) - PADDING) * POINTS_PER_PIXEL).max(face.size)
}

/// Height in points of a row with so many lines.
pub fn height(lines: usize, size: f64) -> f64 {
    ((size * 1.25).ceil() * lines.max(1) as f64 + 5.0).min(HIGHEST_ROW)
}

/// How many lines a row can show at most.
pub fn most_lines(size: f64) -> usize {
    ((HIGHEST_ROW - 5.0) / (size * 1.25).ceil()) as usize
}

fn points(text: &str, face: Face) -> f64 {
    let mut thousandths = 0;
    for c in text.chars() {
        match c {
            ' '..='~' => thousandths += u32::from(advance(c)),
            _ => decompose_canonical(c, |part| thousandths += u32::from(advance(part))),
        }
    }
    f64::from(thousandths) / 1000.0 * face.size * AIR * if face.bold { BOLD } else { 1.0 }
}

/// Advance of a character of decomposed text: a Vietnamese letter is as wide as its base.
fn advance(c: char) -> u16 {
    match c {
        ' '..='~' => ADVANCES[c as usize - 0x20],
        // The horn of ơ and ư makes its letter wider; every other mark stands above or below.
        '\u{31B}' => 45,
        '\u{300}'..='\u{36F}' => 0,
        'đ' => 500,
        'Đ' => 722,
        '“' | '”' => 444,
        // The bars of squares.
        '■' | '□' => 604,
        '–' => 500,
        '…' | '—' => 1000,
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    const PLAIN: Face = Face { size: 11.0, bold: false };

    /// The table against the font file: no Vietnamese letter, digit or mark may be wider than the table says.
    #[test]
    fn the_table_agrees_with_the_font() {
        let font = include_bytes!("../../../templates/fonts/LiberationSerif-Regular.ttf");
        let face = rustybuzz::Face::from_slice(font, 0).unwrap();
        let em = f64::from(face.units_per_em());
        let letters = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯYđĐ";
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let vietnamese =
            letters.chars().flat_map(|l| tones.map(|t| format!("{l}{t}").nfc().collect::<String>()));
        let ascii = (' '..='~').map(String::from);
        let mut seen = 0;
        for text in vietnamese.chain(ascii).chain(["–".into(), "…".into(), "“".into(), "—".into()]) {
            let mut chars = text.chars();
            let (Some(c), None) = (chars.next(), chars.next()) else { continue };
            let Some(glyph) = face.glyph_index(c) else { panic!("the font lacks {c}") };
            let true_width = f64::from(face.glyph_hor_advance(glyph).unwrap()) / em * 1000.0;
            let ours = f64::from(text.nfd().map(|c| u32::from(advance(c))).sum::<u32>());
            assert!(true_width <= ours * AIR, "{c}: {true_width} in the font, {ours} in the table");
            seen += 1;
        }
        assert!(seen > 200, "{seen}");
    }

    #[test]
    fn wrapping_loses_nothing() {
        let text = "Tỷ lệ người trong độ tuổi lao động được trang bị năng lực thông tin\nmộttừrấtdàikhôngcókhoảngtrắng";
        for pixels in [20, 75, 300, 2000] {
            let wrapped = wrap(text, pixels, PLAIN);
            assert_eq!(wrapped.concat(), text.replace('\n', ""), "{pixels}");
        }
        assert_eq!(lines(text, 2000, PLAIN), 2);
        assert!(lines(text, 75, PLAIN) > 8);
    }

    #[test]
    fn more_lines_are_higher_up_to_the_limit() {
        assert!(height(2, 11.0) > height(1, 11.0));
        assert!(height(1000, 11.0) <= 409.5);
        assert!(height(most_lines(12.0), 12.0) < HIGHEST_ROW + 0.1);
    }
}
