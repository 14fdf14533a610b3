//! Running text: paragraphs, headings, points, captions.

use super::compose::Composer;
use crate::report::format::point_letter;
use crate::report::model::shown_heading;
use page::line::held;
use word::{Letters, Paragraph, Run};

/// A paragraph in a style; no line of it ends within a date or between a number and its unit.
pub fn paragraph(composer: &mut Composer<'_>, style: &'static str, words: &str) {
    let runs = composer.mentions.linked(words, Letters::default());
    let runs = runs.into_iter().map(with_words_held).collect();
    composer.push(Paragraph { style: style.into(), runs, ..Paragraph::default() });
}

fn with_words_held(run: Run) -> Run {
    match run {
        Run::Text(words, letters) => Run::Text(held(&words), letters),
        Run::Link { to, words, letters } => Run::Link { to, words: held(&words), letters },
        picture => picture,
    }
}

/// A heading.
pub fn heading(composer: &mut Composer<'_>, level: u8, text: &str) {
    let style = if level <= 1 { "Heading1" } else { "Heading2" };
    composer.push(Paragraph::new(style, held(&shown_heading(level, text))));
}

/// Points under the letters of the Vietnamese alphabet, which a word processor cannot count by.
pub fn points(composer: &mut Composer<'_>, points: &[String]) {
    for (i, point) in points.iter().enumerate() {
        // The no-break space keeps its width in a justified line.
        paragraph(composer, "Point", &format!("{})\u{a0}{point}", point_letter(i)));
    }
}

/// Caption of a table or chart, kept with what follows.
pub fn caption(composer: &mut Composer<'_>, text: &str) {
    composer.push(Paragraph::new("Caption", text));
}
