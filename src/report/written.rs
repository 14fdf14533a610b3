//! Carried-out text cut into blocks: headings, paragraphs, lists, tables, and the places where the program puts its own
//! tables and charts. What a sender wrote is never read as a mark.

mod list;
mod table;

pub(super) use list::punctuate;

use super::model::{Block, Emphasis, Words};

/// Around a sender's words in carried-out text, so that they can never pass for a heading, a point or an emphasis;
/// private-use characters that the reading of cells has no use for. They are taken out again here.
const SENDERS_WORDS: [char; 2] = ['\u{E000}', '\u{E001}'];

/// A sender's words as a text may hold them.
pub(super) fn senders_words(words: &str) -> String {
    let [open, close] = SENDERS_WORDS;
    format!("{open}{words}{close}")
}

/// Words on one line, spaces single.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The blocks of a text; `placed` answers what `[[kind:id]]` stands for.
pub(super) fn blocks(text: &str, placed: impl Fn(&str, &str) -> Option<Vec<Block>>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    let mut rows: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        let marker = marker(line);
        if !matches!(marker, Some(Marker::Row(_))) && !rows.is_empty() {
            blocks.push(table::written(&rows, blocks.len()));
            rows.clear();
        }
        if (line.is_empty() || marker.is_some()) && !paragraph.is_empty() {
            blocks.push(Block::paragraph(words(&paragraph)));
            paragraph.clear();
        }
        match marker {
            Some(Marker::Heading(level, text)) => {
                blocks.push(Block::Heading { level, text: words(text).to_string() });
            }
            Some(Marker::Point(text)) => match blocks.last_mut() {
                Some(Block::Points(points)) => points.push(words(text)),
                _ => blocks.push(Block::Points(vec![words(text)])),
            },
            Some(Marker::Dash(text)) => match blocks.last_mut() {
                Some(Block::Dashes(points)) => points.push(words(text)),
                _ => blocks.push(Block::Dashes(vec![words(text)])),
            },
            Some(Marker::Row(row)) => rows.push(row),
            Some(Marker::Placed(kind, id)) => blocks.extend(
                // An unknown name stays visible instead of vanishing.
                placed(kind, id).unwrap_or_else(|| vec![Block::paragraph(format!("[[{kind}:{id}]]"))]),
            ),
            None => {
                if !line.is_empty() && !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(line);
            }
        }
    }
    for block in &mut blocks {
        // One point alone is not lettered.
        if let Block::Points(points) = block
            && points.len() == 1
        {
            *block = Block::Dashes(std::mem::take(points));
        }
        if let Block::Points(points) | Block::Dashes(points) = block {
            punctuate(points);
        }
    }
    blocks
}

enum Marker<'a> {
    Heading(u8, &'a str),
    Point(&'a str),
    Dash(&'a str),
    Row(&'a str),
    Placed(&'a str, &'a str),
}

fn marker(line: &str) -> Option<Marker<'_>> {
    if let Some(words) = line.strip_prefix("= ") {
        return Some(Marker::Heading(0, words));
    }
    if let Some(words) = line.strip_prefix("## ") {
        return Some(Marker::Heading(2, words));
    }
    if let Some(words) = line.strip_prefix("# ") {
        return Some(Marker::Heading(1, words));
    }
    if let Some(words) = line.strip_prefix("- ") {
        return Some(Marker::Point(words));
    }
    if let Some(words) = line.strip_prefix("* ") {
        return Some(Marker::Dash(words));
    }
    if let Some(row) = line.strip_prefix('|').and_then(|row| row.strip_suffix('|')) {
        return Some(Marker::Row(row));
    }
    let (kind, id) = line.strip_prefix("[[")?.strip_suffix("]]")?.split_once(':')?;
    Some(Marker::Placed(kind, id))
}

/// Words on one line, spaces single; `**bold**` and `*italic*` are set off, senders' marks gone. A star that stands
/// between spaces, or that nothing closes, is a star.
fn words(line: &str) -> Words {
    let line = one_line(line);
    let marks = marks(&line);
    let mut words = Words::default();
    let mut emphasis = Emphasis::NONE;
    let mut at = 0;
    for mark in marks.iter().filter(|mark| mark.is_paired) {
        words.push(&without_senders_marks(&line[at..mark.at]), emphasis);
        if mark.stars == 2 {
            emphasis.bold = !emphasis.bold;
        } else {
            emphasis.italic = !emphasis.italic;
        }
        at = mark.at + mark.stars;
    }
    words.push(&without_senders_marks(&line[at..]), emphasis);
    words
}

/// One or two stars of the text's own.
struct Mark {
    at: usize,
    stars: usize,
    is_paired: bool,
}

/// The marks of a line; each that opens is paired with the next of its kind that closes.
fn marks(line: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut open: [Option<usize>; 2] = [None, None];
    let mut is_senders = false;
    let mut skipped_to = 0;
    for (at, letter) in line.char_indices() {
        if let Some(side) = SENDERS_WORDS.iter().position(|mark| *mark == letter) {
            is_senders = side == 0;
        }
        if letter != '*' || is_senders || at < skipped_to {
            continue;
        }
        let stars = if line[at..].starts_with("**") { 2 } else { 1 };
        skipped_to = at + stars;
        let is_blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
        let may_open = !is_blank(line[skipped_to..].chars().next());
        let may_close = !is_blank(line[..at].chars().next_back());
        let slot = &mut open[stars - 1];
        let mut mark = Mark { at, stars, is_paired: false };
        match *slot {
            Some(opened) if may_close => {
                mark.is_paired = true;
                marks[opened].is_paired = true;
                *slot = None;
            }
            _ if may_open => *slot = Some(marks.len()),
            _ => {}
        }
        marks.push(mark);
    }
    marks
}

fn without_senders_marks(text: &str) -> String {
    text.replace(SENDERS_WORDS, "")
}

#[cfg(test)]
mod tests;
