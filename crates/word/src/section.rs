//! Sections: parts of a document on pages of one format.

use crate::document::Block;
use crate::parts::HEADER_LINK;
use crate::xml::{Xml, twips};

/// A part of the document on pages of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its pages.
    pub setup: PageSetup,
    /// What stands on them.
    pub blocks: Vec<Block>,
}

/// Format and margins of pages, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSetup {
    /// Width; a page wider than high is one that was turned.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Margin above the text.
    pub top: f32,
    /// Margin under the text.
    pub bottom: f32,
    /// Margin left of the text.
    pub left: f32,
    /// Margin right of the text.
    pub right: f32,
    /// How far from the edge of the page the line with the number begins.
    pub header: f32,
}

impl PageSetup {
    /// Width of the text.
    pub fn column(&self) -> f32 {
        self.width - self.left - self.right
    }

    /// Height of the text.
    pub fn text_height(&self) -> f32 {
        self.height - self.top - self.bottom
    }
}

/// The properties of a section: numbered from 1, the first page without its number.
pub fn properties(xml: &mut Xml, section: &Section) {
    let setup = &section.setup;
    let number = |points: f32| twips(points).to_string();
    xml.within("w:sectPr", &[], |xml| {
        xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", HEADER_LINK)]);
        xml.value("w:type", "nextPage");
        let (width, height) = (number(setup.width), number(setup.height));
        let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
        if setup.width > setup.height {
            size.push(("w:orient", "landscape"));
        }
        xml.empty("w:pgSz", &size);
        let margins = [
            ("w:top", setup.top),
            ("w:right", setup.right),
            ("w:bottom", setup.bottom),
            ("w:left", setup.left),
            ("w:header", setup.header),
            ("w:footer", setup.bottom / 2.0),
            ("w:gutter", 0.0),
        ];
        let margins = margins.map(|(name, length)| (name, number(length)));
        let margins: Vec<(&str, &str)> = margins.iter().map(|(name, v)| (*name, v.as_str())).collect();
        xml.empty("w:pgMar", &margins);
        xml.empty("w:pgNumType", &[("w:start", "1")]);
        xml.empty("w:cols", &[("w:space", "708")]);
        xml.empty("w:titlePg", &[]);
    });
}
