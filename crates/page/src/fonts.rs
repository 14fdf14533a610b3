//! The faces at work: which characters they have, how words are shaped, how wide they are.

use crate::display::Glyph;
use crate::error::Error;
use crate::face::Face;
use crate::typeface::Typeface;
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{BufferClusterLevel, Direction, Feature, ShapePlan, UnicodeBuffer, script};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;

/// Distance of the baseline from the top of a line of height 1 em × [`LINE`].
pub const ASCENT: f32 = 0.891;
/// Depth under the baseline.
pub const DESCENT: f32 = 0.216;

/// What stands for a character that no face has.
const REPLACEMENT: char = '□';
const LAST_RESORT: char = '?';

struct LoadedFace {
    face: rustybuzz::Face<'static>,
    plan: ShapePlan,
}

/// Only looked up, never walked: the order of a hash map must not reach the file.
type Shaped = HashMap<(Face, String), Rc<[Glyph]>>;

/// The four faces with what has been shaped so far.
pub struct Fonts {
    typeface: Typeface,
    faces: Vec<LoadedFace>,
    replacement: char,
    shaped: RefCell<Shaped>,
    missing: RefCell<BTreeSet<char>>,
    /// Characters that no face lacks, of texts asked about.
    sound: RefCell<HashSet<char>>,
}

impl Fonts {
    /// Reads the faces of a family.
    ///
    /// # Errors
    /// [`Error::UnreadableFont`] when one is no font.
    pub fn load(typeface: &Typeface) -> Result<Self, Error> {
        // Ligatures would tie several characters to one glyph, and text is copied out of these files.
        let no_ligatures = [b"liga", b"clig"].map(|tag| Feature::new(Tag::from_bytes(tag), 0, ..));
        let mut faces = Vec::new();
        for face in Face::ALL {
            let name = typeface.name(face);
            let face = rustybuzz::Face::from_slice(typeface.file(face), 0)
                .ok_or_else(|| Error::UnreadableFont { name: name.to_owned() })?;
            let plan =
                ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &no_ligatures);
            faces.push(LoadedFace { face, plan });
        }
        let everywhere = |c: char| faces.iter().all(|f| f.face.glyph_index(c).is_some());
        let replacement = if everywhere(REPLACEMENT) { REPLACEMENT } else { LAST_RESORT };
        let typeface = typeface.clone();
        Ok(Fonts {
            typeface,
            faces,
            replacement,
            shaped: RefCell::default(),
            missing: RefCell::default(),
            sound: RefCell::default(),
        })
    }

    /// The family the faces are of.
    pub fn typeface(&self) -> &Typeface {
        &self.typeface
    }

    /// Whether a face has the character.
    pub fn has(&self, face: Face, c: char) -> bool {
        self.faces[face as usize].face.glyph_index(c).is_some()
    }

    /// Characters met that no face has, sorted.
    pub fn missing(&self) -> Vec<char> {
        self.missing.borrow().iter().copied().collect()
    }

    /// Text as it can be drawn: NFC, line ends as `\n`, no other control or zero-width characters, and what the face
    /// lacks replaced visibly and remembered. U+00A0 stands for every space that must not break.
    pub fn drawable(&self, text: &str, face: Face) -> String {
        let mut out = String::with_capacity(text.len());
        let mut after_return = false;
        for c in text.nfc() {
            let was_return = std::mem::replace(&mut after_return, c == '\r');
            match c {
                '\n' if was_return => {}
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
                '\u{a0}' | '\u{202f}' | '\u{2007}' => out.push('\u{a0}'),
                c if c.is_whitespace() => out.push(' '),
                c if c.is_control() || is_invisible(c) => {}
                '\u{2010}' | '\u{2011}' => out.push('-'),
                c if self.has(face, c) && !is_private(c) => out.push(c),
                c => {
                    self.missing.borrow_mut().insert(c);
                    out.push(self.replacement);
                }
            }
        }
        out
    }

    /// Characters of a text that some face would replace, sorted, without repeats.
    pub fn lacking(&self, text: &str) -> Vec<char> {
        // Nearly every text is of letters met before; marks that may join with their letter are looked at each time.
        let met = |c: char| !('\u{300}'..='\u{36f}').contains(&c) && self.sound.borrow().contains(&c);
        if text.chars().all(met) {
            return Vec::new();
        }
        let before = self.missing.take();
        for face in Face::ALL {
            self.drawable(text, face);
        }
        let lacking: Vec<char> = self.missing.replace(before).into_iter().collect();
        if lacking.is_empty() {
            self.sound.borrow_mut().extend(text.chars());
        }
        lacking
    }

    /// Glyphs of a piece of [drawable](Fonts::drawable) text without line ends.
    pub fn shape(&self, face: Face, text: &str) -> Rc<[Glyph]> {
        let key = (face, text.to_owned());
        if let Some(known) = self.shaped.borrow().get(&key) {
            return Rc::clone(known);
        }
        let glyphs: Rc<[Glyph]> = self.shape_afresh(face, text).into();
        self.shaped.borrow_mut().insert(key, Rc::clone(&glyphs));
        glyphs
    }

    fn shape_afresh(&self, face: Face, text: &str) -> Vec<Glyph> {
        let loaded = &self.faces[face as usize];
        let per_em = loaded.face.units_per_em();
        let mut buffer = UnicodeBuffer::new();
        // A no-break space is drawn, and copied, as a space.
        for (at, c) in text.char_indices() {
            buffer.add(if c == '\u{a0}' { ' ' } else { c }, at as u32);
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        buffer.set_cluster_level(BufferClusterLevel::Characters);
        let output = rustybuzz::shape_with_plan(&loaded.face, &loaded.plan, buffer);
        let thousandths = |units: i32| units as f32 * 1000.0 / per_em as f32;
        output
            .glyph_infos()
            .iter()
            .zip(output.glyph_positions())
            .map(|(info, position)| {
                let id = info.glyph_id as u16;
                let text =
                    text.get(info.cluster as usize..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
                let natural =
                    loaded.face.glyph_hor_advance(rustybuzz::ttf_parser::GlyphId(id)).unwrap_or_default();
                // What the shaper adds to the advance of the glyph is kerning.
                let kerning = thousandths(position.x_advance - i32::from(natural)).round();
                let advance = thousandths(i32::from(natural)) as i16;
                Glyph { id, text: if text == '\u{a0}' { ' ' } else { text }, advance, back: -kerning }
            })
            .collect()
    }
}

/// Characters that show nothing by themselves: zero-width, directional marks, variation selectors, tags, soft hyphen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e01ef}')
}

/// Codes without a meaning of their own: a reader cannot say them aloud, and PDF/A-2a forbids them.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::fonts;

    const PLAIN: &str =
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz";

    #[test]
    fn every_face_has_every_vietnamese_letter_and_sign() {
        let fonts = fonts();
        for face in Face::ALL {
            for c in PLAIN.chars().chain(PLAIN.to_uppercase().chars()) {
                assert!(fonts.has(face, c), "{face:?} lacks {c}");
            }
            for c in "0123456789.,;:!?%‰()[]{}/-–—…“”‘’\"'›‹«»•+±×÷=<>≤≥§&@#*_|\\₫□".chars()
            {
                assert!(fonts.has(face, c), "{face:?} lacks {c}");
            }
        }
    }

    #[test]
    fn decomposed_text_becomes_one_glyph_a_letter() {
        let fonts = fonts();
        let text = fonts.drawable("Th\u{f4}\u{323}", Face::Regular);
        assert_eq!(text, "Thộ");
        assert_eq!(fonts.shape(Face::Regular, &text).len(), 3);
        assert!(fonts.missing().is_empty());
    }

    #[test]
    fn what_no_face_has_is_shown_and_told() {
        let fonts = fonts();
        let text = fonts.drawable("a😀中\u{200b}\u{7}\tb\r\nc", Face::Bold);
        assert_eq!(text.chars().filter(|c| *c == fonts.replacement).count(), 2);
        assert!(text.starts_with('a') && text.ends_with(" b\nc"));
        assert_eq!(fonts.missing(), ['中', '😀']);
        assert_eq!(fonts.lacking("漢 và chữ 漢\u{200b}"), ['漢']);
        assert_eq!(fonts.missing(), ['中', '😀'], "asking is not drawing");
        assert!(fonts.shape(Face::Bold, "□").iter().all(|g| g.id != 0));
    }

    #[test]
    fn codes_without_a_meaning_are_replaced() {
        let fonts = fonts();
        assert!(fonts.has(Face::Italic, '\u{f001}'));
        assert_eq!(fonts.drawable("\u{f001}", Face::Italic), fonts.replacement.to_string());
        assert_eq!(fonts.lacking("\u{f0fc} đạt"), ['\u{f0fc}']);
    }

    #[test]
    fn ligatures_stay_apart() {
        let fonts = fonts();
        assert_eq!(fonts.shape(Face::Regular, "file fl").len(), 7);
    }
}
