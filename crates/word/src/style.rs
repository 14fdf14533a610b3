//! Styles: how letters look, how lines stand, under names that a word processor lists; and the part that holds them.

use crate::document::Document;
use crate::xml::{Xml, half_points, twips};
use std::borrow::Cow;

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Six hexadecimal digits.
    pub fn hex(self) -> String {
        let Colour(red, green, blue) = self;
        format!("{red:02X}{green:02X}{blue:02X}")
    }
}

/// How letters look; what is `None` or not set comes from the style below.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Letters {
    /// Size in points, to the half.
    pub size: Option<f32>,
    /// Bold or not.
    pub bold: Option<bool>,
    /// Italic or not.
    pub italic: Option<bool>,
    /// Colour.
    pub colour: Option<Colour>,
    /// With a stroke under the words.
    pub underlined: bool,
}

/// How lines stand between the edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
    /// From edge to edge.
    Justify,
}

/// How lines stand; lengths in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Lines {
    /// Between the edges.
    pub align: Option<Align>,
    /// Space above.
    pub before: Option<f32>,
    /// Space below.
    pub after: Option<f32>,
    /// Height of a line whatever stands in it; single spacing if not set.
    pub exactly: Option<f32>,
    /// Indent of the first line.
    pub first: Option<f32>,
    /// Indent of all lines from the left.
    pub left: Option<f32>,
    /// Indent of all lines from the right.
    pub right: Option<f32>,
    /// On one page with the next paragraph.
    pub keep_next: Option<bool>,
    /// Not cut by the end of a page.
    pub keep_lines: Option<bool>,
    /// Level in the outline, from 1.
    pub level: Option<u8>,
    /// A rule above, so thick, from the left indent to the right one.
    pub rule: Option<f32>,
}

/// A style of paragraphs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ParagraphStyle {
    /// By which paragraphs name it: letters and digits.
    pub id: Cow<'static, str>,
    /// By which people find it, without commas, which part names; `heading 1`, `Title`, `caption` and the like are styles that every word processor knows.
    pub name: Cow<'static, str>,
    /// The style below.
    pub based_on: Option<&'static str>,
    /// The style of a paragraph that is typed after one of this.
    pub next: Option<&'static str>,
    /// Letters.
    pub letters: Letters,
    /// Lines.
    pub lines: Lines,
}

/// A style of tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableStyle {
    /// By which tables name it.
    pub id: Cow<'static, str>,
    /// By which people find it.
    pub name: Cow<'static, str>,
    /// Thickness of the rules around every cell; none are drawn if not set.
    pub rules: Option<f32>,
    /// Room left and right of what stands in a cell, above and below it.
    pub pad: (f32, f32),
}

/// Writes the properties of letters, in the order the schema wants.
pub fn letters(xml: &mut Xml, letters: &Letters) {
    letters_lowered(xml, letters, 0.0);
}

/// The same, the letters so many points under the line.
pub fn letters_lowered(xml: &mut Xml, letters: &Letters, lowered: f32) {
    let lowered = half_points(lowered);
    if *letters == Letters::default() && lowered == 0 {
        return;
    }
    xml.within("w:rPr", &[], |xml| {
        xml.truth("w:b", letters.bold);
        xml.truth("w:bCs", letters.bold);
        xml.truth("w:i", letters.italic);
        xml.truth("w:iCs", letters.italic);
        if let Some(colour) = letters.colour {
            xml.value("w:color", &colour.hex());
        }
        if lowered != 0 {
            xml.value("w:position", &(-lowered).to_string());
        }
        if let Some(size) = letters.size {
            let size = half_points(size).to_string();
            xml.value("w:sz", &size);
            xml.value("w:szCs", &size);
        }
        if letters.underlined {
            xml.value("w:u", "single");
        }
    });
}

/// Writes the properties of lines before those that only paragraphs have, in the order the schema wants.
pub fn lines(xml: &mut Xml, lines: &Lines) {
    xml.truth("w:keepNext", lines.keep_next);
    xml.truth("w:keepLines", lines.keep_lines);
    if let Some(rule) = lines.rule {
        xml.within("w:pBdr", &[], |xml| border(xml, "w:top", Some(rule)));
    }
    let number = |points: f32| twips(points).to_string();
    let spacing = [("w:before", lines.before), ("w:after", lines.after), ("w:line", lines.exactly)];
    let mut spacing = told(&spacing);
    if lines.exactly.is_some() {
        spacing.push(("w:lineRule", "exact".to_owned()));
    }
    put(xml, "w:spacing", &spacing);
    let mut indents = told(&[("w:left", lines.left), ("w:right", lines.right)]);
    match lines.first {
        Some(first) if first < 0.0 => indents.push(("w:hanging", number(-first))),
        Some(first) => indents.push(("w:firstLine", number(first))),
        None => {}
    }
    put(xml, "w:ind", &indents);
    if let Some(align) = lines.align {
        xml.value("w:jc", align.word());
    }
    if let Some(level) = lines.level {
        xml.value("w:outlineLvl", &level.saturating_sub(1).min(8).to_string());
    }
}

/// The lengths that are given, in twentieths of a point.
fn told(lengths: &[(&'static str, Option<f32>)]) -> Vec<(&'static str, String)> {
    lengths.iter().filter_map(|(name, length)| Some((*name, twips((*length)?).to_string()))).collect()
}

fn put(xml: &mut Xml, name: &str, attributes: &[(&str, String)]) {
    if !attributes.is_empty() {
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(name, v)| (*name, v.as_str())).collect();
        xml.empty(name, &attributes);
    }
}

/// A border of a thickness in points, or none.
pub fn border(xml: &mut Xml, edge: &str, thickness: Option<f32>) {
    let Some(thickness) = thickness else { return xml.value(edge, "nil") };
    // Eighths of a point.
    let size = ((thickness * 8.0).round() as i32).max(2).to_string();
    xml.empty(edge, &[("w:val", "single"), ("w:sz", &size), ("w:space", "0"), ("w:color", "000000")]);
}

impl Align {
    fn word(self) -> &'static str {
        match self {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
            Align::Justify => "both",
        }
    }
}

/// The part of styles.
pub fn part(document: &Document) -> String {
    let mut xml = Xml::part();
    xml.within("w:styles", &[("xmlns:w", crate::parts::MAIN)], |xml| {
        xml.within("w:docDefaults", &[], |xml| {
            xml.within("w:rPrDefault", &[], |xml| {
                xml.within("w:rPr", &[], |xml| {
                    let face = document.typeface.as_str();
                    let faces = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"].map(|kind| (kind, face));
                    xml.empty("w:rFonts", &faces);
                    let size = half_points(document.size).to_string();
                    xml.value("w:sz", &size);
                    xml.value("w:szCs", &size);
                    let language = document.language.as_str();
                    let kinds = ["w:val", "w:eastAsia", "w:bidi"];
                    let languages = [language, language, "ar-SA"];
                    let languages: Vec<_> = kinds.into_iter().zip(languages).collect();
                    xml.empty("w:lang", &languages);
                });
            });
            // Programs whose own styles of these names have spaces around them are told that there are none.
            let plain = [("w:before", "0"), ("w:after", "0"), ("w:line", "240"), ("w:lineRule", "auto")];
            xml.within("w:pPrDefault", &[], |xml| {
                xml.within("w:pPr", &[], |xml| xml.empty("w:spacing", &plain));
            });
        });
        for style in &document.paragraph_styles {
            paragraph_style(xml, style, style.id == document.paragraph_styles[0].id);
        }
        for (i, style) in document.table_styles.iter().enumerate() {
            table_style(xml, style, i == 0);
        }
    });
    xml.finish()
}

fn paragraph_style(xml: &mut Xml, style: &ParagraphStyle, is_default: bool) {
    let mut attributes = vec![("w:type", "paragraph")];
    if is_default {
        attributes.push(("w:default", "1"));
    }
    attributes.push(("w:styleId", &style.id));
    xml.within("w:style", &attributes, |xml| {
        xml.value("w:name", &style.name);
        for (name, other) in [("w:basedOn", style.based_on), ("w:next", style.next)] {
            if let Some(other) = other {
                xml.value(name, other);
            }
        }
        xml.empty("w:qFormat", &[]);
        if style.lines != Lines::default() {
            xml.within("w:pPr", &[], |xml| lines(xml, &style.lines));
        }
        letters(xml, &style.letters);
    });
}

fn table_style(xml: &mut Xml, style: &TableStyle, is_default: bool) {
    let mut attributes = vec![("w:type", "table")];
    if is_default {
        attributes.push(("w:default", "1"));
    }
    attributes.push(("w:styleId", &style.id));
    xml.within("w:style", &attributes, |xml| {
        xml.value("w:name", &style.name);
        xml.within("w:tblPr", &[], |xml| {
            xml.empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
            if style.rules.is_some() {
                xml.within("w:tblBorders", &[], |xml| {
                    for edge in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                        border(xml, edge, style.rules);
                    }
                });
            }
            xml.within("w:tblCellMar", &[], |xml| {
                let (across, down) = (twips(style.pad.0).to_string(), twips(style.pad.1).to_string());
                let edges =
                    [("w:top", &down), ("w:left", &across), ("w:bottom", &down), ("w:right", &across)];
                for (edge, room) in edges {
                    xml.empty(edge, &[("w:w", room), ("w:type", "dxa")]);
                }
            });
        });
    });
}
