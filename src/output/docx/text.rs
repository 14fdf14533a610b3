//! Running text: paragraphs, headings, points, captions.

use super::compose::Composer;
use crate::report::format::point_letter;
use crate::report::model::{Words, shown_heading};
use page::line::held;
use word::{Letters, Paragraph, Run};

/// A paragraph in a style; no line of it ends within a date or between a number and its unit.
pub fn paragraph(composer: &mut Composer<'_>, style: &'static str, words: &Words) {
    labelled(composer, style, None, words);
}

fn labelled(composer: &mut Composer<'_>, style: &'static str, label: Option<&str>, words: &Words) {
    // The no-break space keeps its width in a justified line.
    let label = label.map(|label| Run::Text(format!("{label}\u{a0}"), Letters::default()));
    let runs = words.runs().flat_map(|(run, emphasis)| {
        let letters = Letters {
            bold: emphasis.bold.then_some(true),
            italic: emphasis.italic.then_some(true),
            ..Letters::default()
        };
        composer.mentions.linked(run, letters)
    });
    let runs = label.into_iter().chain(runs).map(with_words_held).collect();
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
pub fn points(composer: &mut Composer<'_>, points: &[Words]) {
    for (i, point) in points.iter().enumerate() {
        labelled(composer, "Point", Some(&format!("{})", point_letter(i))), point);
    }
}

/// Points under dashes.
pub fn dashes(composer: &mut Composer<'_>, points: &[Words]) {
    for point in points {
        labelled(composer, "Point", Some("-"), point);
    }
}

/// Caption of a table or chart, kept with what follows.
pub fn caption(composer: &mut Composer<'_>, text: &str) {
    composer.push(Paragraph::new("Caption", text));
}
