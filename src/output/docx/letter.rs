//! The official letter: where head, title, addressees, signature, recipients and heads of annexes stand.

use super::compose::Composer;
use super::style::{HEAD, PLACING};
use crate::output::pdf::style::BODY;
use crate::report::model::{Addressees, AnnexHead, LetterHead, LetterTitle, Recipients, Signature};
use page::Face;
use page::line::{Span, balance, break_lines};
use word::{Align, Cell, Lines, Paragraph, Row, Table};

/// Room that a line has beyond its words, so that another program's letters do not break it.
const SLACK: f32 = 10.0;
/// A list of recipients longer than this may go on overleaf.
const FEW_RECIPIENTS: usize = 24;

/// Bodies, state, number and date in two columns.
pub fn head(composer: &mut Composer<'_>, head: &LetterHead) {
    let right = (width(composer, &head.state, Face::Bold, HEAD) + SLACK).min(composer.width * 0.7);
    let left = composer.width - right;
    let mut bodies = Vec::new();
    if let Some(superior) = &head.superior {
        bodies.push(narrowed(composer, "Superior", superior, (Face::Regular, HEAD), left).0);
    }
    let (issuer, widest) = narrowed(composer, "Issuer", &head.issuer, (Face::Bold, HEAD), left);
    bodies.extend([issuer, rule(left, widest * 0.4)]);
    let motto = width(composer, &head.motto, Face::Bold, BODY);
    let state = vec![
        Paragraph::new("StateName", head.state.as_str()),
        Paragraph::new("Motto", head.motto.as_str()),
        rule(right, motto),
    ];
    let number = vec![Paragraph::new("Number", head.number.as_str())];
    let date = vec![Paragraph::new("PlaceDate", head.place_and_date.as_str())];
    let rows = [[bodies, state], [number, date]];
    composer.push_table(side_by_side([left, right], rows.into()));
}

/// Kind and subject.
pub fn title(composer: &mut Composer<'_>, title: &LetterTitle) {
    let words = format!("{}\n{}", title.kind, title.subject);
    let (paragraph, widest) = narrowed(composer, "Title", &words, (Face::Bold, BODY), composer.width);
    composer.push(paragraph);
    composer.push(rule(composer.width, widest * 0.4));
}

/// Whom the letter is addressed to.
pub fn addressees(composer: &mut Composer<'_>, addressees: &Addressees) {
    match addressees {
        Addressees::One(line) => composer.push(Paragraph::new("Addressee", line.as_str())),
        Addressees::Several { lead, lines } => {
            let before = composer.width * 0.22 + width(composer, lead, Face::Regular, BODY) + 8.0;
            let right = Lines { align: Some(Align::Right), right: Some(8.0), ..Lines::default() };
            let lead = Paragraph { lines: right, ..Paragraph::new("Addressees", lead.as_str()) };
            let names = lines.iter().map(|line| Paragraph::new("Addressees", line.as_str())).collect();
            let columns = [before, composer.width - before];
            composer.push_table(side_by_side(columns, vec![[vec![lead], names]]));
        }
    }
}

/// Recipients on the left, authority, room for the signature and name on the right; kept with the end of the text.
pub fn signature(composer: &mut Composer<'_>, signature: &Signature, recipients: &Recipients) {
    composer.keep_last();
    let half = composer.width / 2.0;
    let mut left = Vec::new();
    if !recipients.lines.is_empty() {
        left.push(Paragraph::new("RecipientsTitle", recipients.title.as_str()));
        left.extend(recipients.lines.iter().map(|line| Paragraph::new("Recipients", line.as_str())));
    }
    let authority = signature.authority.iter();
    let mut right: Vec<Paragraph> =
        authority.map(|line| narrowed(composer, "Authority", line, (Face::Bold, BODY), half).0).collect();
    right.push(Paragraph::new("Signer", signature.signer.as_str()));
    // Room above the block is room above what stands first in it.
    for paragraph in [left.first_mut(), right.first_mut()].into_iter().flatten() {
        let own = if paragraph.style == "Signer" { 72.0 } else { 0.0 };
        paragraph.lines.before = Some(18.0 + own);
    }
    let mut table = side_by_side([half, half], vec![[left, right]]);
    for row in &mut table.rows {
        row.is_whole = recipients.lines.len() <= FEW_RECIPIENTS;
    }
    composer.push_table(table);
}

/// What stands over an annex.
pub fn annex_head(composer: &mut Composer<'_>, head: &AnnexHead, mark: &str) {
    let words = format!("{}\n{}", head.label, head.title);
    let (paragraph, _) = narrowed(composer, "Annex", &words, (Face::Bold, BODY), composer.width);
    composer.push(Paragraph { mark: Some(mark.to_owned()), ..paragraph });
    let (belongs_to, widest) =
        narrowed(composer, "AnnexOf", &head.belongs_to, (Face::Italic, BODY), composer.width);
    composer.push(belongs_to);
    let mut rule = rule(composer.width, widest.min(300.0) * 0.4);
    rule.lines.after = Some(8.0);
    composer.push(rule);
}

/// Width of words on one line.
fn width(composer: &Composer<'_>, words: &str, face: Face, size: f32) -> f32 {
    let lines = break_lines(composer.fonts, &[Span::new(words, face)], size, f32::MAX, f32::MAX);
    lines.iter().map(|line| line.width(size)).fold(0.0, f32::max)
}

/// A centred paragraph with indents that make its lines about equally long, and the width of the widest.
fn narrowed(
    composer: &Composer<'_>,
    style: &'static str,
    words: &str,
    (face, size): (Face, f32),
    room: f32,
) -> (Paragraph, f32) {
    // Lines that end by themselves are not evened out with their neighbours.
    let lines_of = |words: &str| balance(composer.fonts, &[Span::new(words, face)], size, room);
    let each: Vec<_> = words.split('\n').map(lines_of).collect();
    let widest = each.iter().flatten().map(|line| line.width(size)).fold(0.0, f32::max);
    let paragraph = Paragraph::new(style, words);
    if each.iter().all(|lines| lines.len() <= 1) {
        return (paragraph, widest);
    }
    let indent = ((room - widest - SLACK) / 2.0).max(0.0);
    let lines = Lines { left: Some(indent), right: Some(indent), ..Lines::default() };
    (Paragraph { lines, ..paragraph }, widest)
}

/// A rule of a length in the middle of a column.
fn rule(column: f32, length: f32) -> Paragraph {
    let indent = ((column - length) / 2.0).max(0.0);
    let lines = Lines { left: Some(indent), right: Some(indent), ..Lines::default() };
    Paragraph { style: "Rule".into(), lines, ..Paragraph::default() }
}

/// A table without rules, of two columns.
fn side_by_side(widths: [f32; 2], rows: Vec<[Vec<Paragraph>; 2]>) -> Table {
    let row = |cells: [Vec<Paragraph>; 2]| Row {
        cells: cells.map(Cell::new).into(),
        is_whole: true,
        ..Row::default()
    };
    Table { style: PLACING.into(), widths: widths.into(), rows: rows.into_iter().map(row).collect() }
}
