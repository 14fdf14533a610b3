//! Paragraphs: a style, what departs from it, and what stands in it.

use crate::body::Body;
use crate::picture::Picture;
use crate::section::{Section, properties};
use crate::style::{Letters, Lines, letters, letters_lowered, lines};
use crate::text::clean;
use crate::xml::Xml;
use std::borrow::Cow;

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    /// Its style.
    pub style: Cow<'static, str>,
    /// What departs from the style.
    pub lines: Lines,
    /// The name by which links find it: a letter, then letters, digits, `_`.
    pub mark: Option<String>,
    /// What stands in it.
    pub runs: Vec<Run>,
}

/// What stands in a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Run {
    /// Words; `\n` ends a line.
    Text(String, Letters),
    /// Words that lead to a mark.
    Link {
        /// The mark.
        to: String,
        /// The words.
        words: String,
        /// How they look.
        letters: Letters,
    },
    /// A picture that stands in the line like a letter.
    Picture(Picture),
}

impl Paragraph {
    /// A paragraph of words in a style.
    pub fn new(style: impl Into<Cow<'static, str>>, words: impl Into<String>) -> Self {
        Paragraph {
            style: style.into(),
            runs: vec![Run::Text(words.into(), Letters::default())],
            ..Paragraph::default()
        }
    }

    /// What it says; pictures say nothing.
    pub fn words(&self) -> String {
        let words = self.runs.iter().map(|run| match run {
            Run::Text(words, _) | Run::Link { words, .. } => words.as_str(),
            Run::Picture(_) => "",
        });
        words.collect()
    }
}

impl Body<'_> {
    /// A paragraph; the last one of a section carries its page set-up.
    pub fn paragraph(&mut self, paragraph: &Paragraph, ends: Option<&Section>) {
        let Paragraph { style, lines: departs, mark, runs } = paragraph;
        self.xml_within("w:p", |body| {
            if !style.is_empty() || *departs != Lines::default() || ends.is_some() {
                body.xml.within("w:pPr", &[], |xml| {
                    if !style.is_empty() {
                        xml.value("w:pStyle", style);
                    }
                    lines(xml, departs);
                    if let Some(section) = ends {
                        properties(xml, section);
                    }
                });
            }
            let id = mark.as_ref().map(|name| body.begin_mark(name));
            runs.iter().for_each(|run| body.run(run));
            if let Some(id) = id {
                body.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
            }
        });
    }

    /// A paragraph as small as can be, where the format wants one.
    pub fn separator(&mut self, ends: Option<&Section>) {
        let hairline = Lines {
            before: Some(0.0),
            after: Some(0.0),
            exactly: Some(1.0),
            first: Some(0.0),
            ..Lines::default()
        };
        self.paragraph(&Paragraph { lines: hairline, ..Paragraph::default() }, ends);
    }

    fn begin_mark(&mut self, name: &str) -> String {
        let id = self.marks.to_string();
        self.marks += 1;
        self.xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", name)]);
        id
    }

    fn run(&mut self, run: &Run) {
        match run {
            Run::Text(words, look) => text(&mut self.xml, words, look),
            Run::Link { to, words, letters } => {
                let attributes = [("w:anchor", to.as_str()), ("w:history", "1")];
                self.xml.within("w:hyperlink", &attributes, |xml| text(xml, words, letters));
            }
            Run::Picture(picture) => self.xml_within("w:r", |body| {
                letters_lowered(&mut body.xml, &Letters::default(), picture.lowered);
                body.picture(picture);
            }),
        }
    }
}

/// A run of words.
fn text(xml: &mut Xml, words: &str, look: &Letters) {
    let words = clean(words);
    if words.is_empty() {
        return;
    }
    xml.within("w:r", &[], |xml| {
        letters(xml, look);
        for (i, line) in words.split('\n').enumerate() {
            if i > 0 {
                xml.empty("w:br", &[]);
            }
            if !line.is_empty() {
                xml.words("w:t", &[("xml:space", "preserve")], line);
            }
        }
    });
}
