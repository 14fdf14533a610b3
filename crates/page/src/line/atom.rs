//! Text cut into the smallest pieces that lines are made of.

use crate::display::Glyph;
use crate::face::Face;
use crate::fonts::Fonts;
use crate::glue;
use unicode_linebreak::BreakOpportunity;

/// Words in one face.
#[derive(Debug, Clone)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Their face.
    pub face: Face,
}

impl Span {
    /// Words in a face.
    pub fn new(text: impl Into<String>, face: Face) -> Self {
        Span { text: text.into(), face }
    }
}

/// May a line end behind an atom?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// Only when nothing else helps.
    Never,
    /// Rather here than inside a bare word.
    Soft,
    /// A space that holds a date or a unit together.
    Held,
    /// Freely.
    Free,
    /// Always.
    Must,
}

/// A glyph, and whether a line may end behind it.
#[derive(Debug, Clone, Copy)]
pub struct Atom {
    pub face: Face,
    pub glyph: Glyph,
    pub space: bool,
    pub after: Break,
}

impl Atom {
    pub fn width(&self) -> f32 {
        f32::from(self.glyph.advance) - self.glyph.back
    }
}

/// The atoms of spans, which follow one another without a gap; `\n` forces a line end.
pub fn atoms(fonts: &Fonts, spans: &[Span]) -> Vec<Atom> {
    let mut text = String::new();
    let mut faces: Vec<(usize, Face)> = Vec::new();
    for span in spans {
        text.push_str(&fonts.drawable(&span.text, span.face));
        faces.push((text.len(), span.face));
    }
    let mut atoms = Vec::new();
    for (i, paragraph) in text.split('\n').enumerate() {
        if i > 0 {
            end_paragraph(fonts, &mut atoms, faces.first().map_or(Face::Regular, |f| f.1));
        }
        let offset = paragraph.as_ptr() as usize - text.as_ptr() as usize;
        push_words(fonts, paragraph, |at| face_at(&faces, offset + at), &mut atoms);
    }
    atoms
}

fn face_at(faces: &[(usize, Face)], at: usize) -> Face {
    faces.iter().find(|(end, _)| at < *end).or(faces.last()).map_or(Face::Regular, |(_, face)| *face)
}

/// Marks that a line must end here; an empty line is kept as a bare space.
fn end_paragraph(fonts: &Fonts, atoms: &mut Vec<Atom>, face: Face) {
    match atoms.last_mut() {
        Some(atom) if atom.after != Break::Must => atom.after = Break::Must,
        _ => atoms.extend(space(fonts, face, Break::Must)),
    }
}

fn space(fonts: &Fonts, face: Face, after: Break) -> Option<Atom> {
    fonts.shape(face, " ").first().map(|glyph| Atom { face, glyph: *glyph, space: true, after })
}

fn push_words(fonts: &Fonts, text: &str, face: impl Fn(usize) -> Face, atoms: &mut Vec<Atom>) {
    let words: Vec<(usize, &str)> = text
        .split(' ')
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .filter(|(_, word)| !word.is_empty())
        .collect();
    for (i, (at, word)) in words.iter().enumerate() {
        push_word(fonts, word, *at, &face, atoms);
        if let Some((_, next)) = words.get(i + 1) {
            let held = glue::holds(word, next) || (i == 0 && glue::is_bullet(word));
            let after = if held { Break::Held } else { Break::Free };
            atoms.extend(space(fonts, face(at + word.len()), after));
        }
    }
}

/// A word, shaped face by face. The Unicode line breaking rules count only between ideographs and behind dashes between
/// letters: behind `/` and `-` they would tear document numbers apart.
fn push_word(fonts: &Fonts, word: &str, at: usize, face: &impl Fn(usize) -> Face, atoms: &mut Vec<Atom>) {
    let opportunities: Vec<usize> = if word.chars().any(|c| glue::is_ideograph(c) || c == '—') {
        unicode_linebreak::linebreaks(word)
            .filter(|(end, kind)| *kind == BreakOpportunity::Allowed && *end < word.len())
            .filter(|(end, _)| {
                word[..*end].chars().last().is_some_and(|c| glue::is_ideograph(c) || c == '—')
                    || word[*end..].chars().next().is_some_and(glue::is_ideograph)
            })
            .map(|(end, _)| end)
            .collect()
    } else {
        Vec::new()
    };
    let mut cuts = opportunities.clone();
    let mut last = face(at);
    for (i, _) in word.char_indices() {
        let here = face(at + i);
        if here != last {
            cuts.push(i);
            last = here;
        }
    }
    cuts.push(word.len());
    cuts.sort_unstable();
    cuts.dedup();
    let mut start = 0;
    for cut in cuts {
        let of_face = face(at + start);
        for glyph in fonts.shape(of_face, &word[start..cut]).iter() {
            let after = if glue::yields(glyph.text) { Break::Soft } else { Break::Never };
            atoms.push(Atom { face: of_face, glyph: *glyph, space: false, after });
        }
        if let Some(atom) = atoms.last_mut()
            && opportunities.contains(&cut)
        {
            atom.after = Break::Free;
        }
        start = cut;
    }
}
