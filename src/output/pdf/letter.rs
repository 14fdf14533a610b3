//! The official letter on pages: where head, title, addressees, signature, recipients and heads of annexes stand.

use super::style::{BODY, TITLE};
use crate::report::model::{Addressees, AnnexHead, LetterHead, LetterTitle, Recipients, Signature};
use page::Face;
use page::compose::{Composer, LEADING, TextStyle, stack};
use page::display::{Colour, Item, MarkId, NodeId, NodeKind};
use page::flow::{Bookmark, Strip};
use page::line::{Column, Line, Setting, Span, balance, break_lines};
use std::slice::from_ref;

/// Size of the state's name, the bodies' names and the document number.
const HEAD: f32 = 13.0;
/// Thickness of the rules under names and titles.
const RULE: f32 = 0.7;
/// Height left for a signature.
const SIGNATURE: f32 = 72.0;
/// Recipients stand beside the signature up to this height; the others go on below.
const BESIDE: f32 = 240.0;
const RECIPIENTS_TITLE: f32 = 12.0;
const RECIPIENTS: f32 = 11.0;

/// Bodies, state, number and date.
pub fn head(composer: &mut Composer<'_>, head: &LetterHead) {
    // Read in the order of the decree, whatever the order of drawing.
    let nodes = [(); 6].map(|()| composer.node(NodeKind::Paragraph));
    let [state_node, motto_node, superior_node, issuer_node, number_node, date_node] = nodes;
    let fonts = composer.fonts;
    let state = one_line(composer, &head.state, Face::Bold, HEAD);
    let right_width = state.first().map_or(0.0, |line| line.width(HEAD)) + 2.0;
    let left = CentredColumn { x: 0.0, width: composer.width - right_width - 8.0 };
    let right = CentredColumn { x: composer.width - right_width, width: right_width };
    let mut items = Vec::new();

    // Left: superior, issuer, a rule of two fifths of the issuer's widest line.
    let mut left_y = 0.0;
    if let Some(superior) = &head.superior {
        let lines = balance(fonts, &[Span::new(superior.as_str(), Face::Regular)], HEAD, left.width);
        left_y += left.place(&lines, HEAD, 0.0, superior_node, &mut items);
    }
    let issuer = balance(fonts, &[Span::new(head.issuer.as_str(), Face::Bold)], HEAD, left.width);
    left_y += left.place(&issuer, HEAD, left_y, issuer_node, &mut items) + 2.0;
    let widest = issuer.iter().map(|line| line.width(HEAD)).fold(0.0, f32::max);
    items.push(centred_rule(left.middle(), widest * 0.4, left_y));

    // Right: state, motto, a rule as long as the motto.
    let motto = one_line(composer, &head.motto, Face::Bold, BODY);
    let state_height = right.place(&state, HEAD, 0.0, state_node, &mut items);
    let motto_height = right.place(&motto, BODY, state_height, motto_node, &mut items);
    let right_y = state_height + motto_height + 1.0;
    let motto_width = motto.first().map_or(0.0, |line| line.width(BODY));
    items.push(centred_rule(right.middle(), motto_width, right_y));

    // Below both, on one baseline: number, and place with date.
    let y = left_y.max(right_y) + 7.0;
    let number = balance(fonts, &[Span::new(head.number.as_str(), Face::Regular)], HEAD, left.width);
    let lowered = y + (BODY - HEAD) * LEADING / 2.0;
    let number_height = left.place(&number, HEAD, lowered, number_node, &mut items);
    let dated = [Span::new(head.place_and_date.as_str(), Face::Italic)];
    let dated = balance(fonts, &dated, BODY, right.width);
    let dated_height = right.place(&dated, BODY, y, date_node, &mut items);
    let height = y + number_height.max(dated_height);
    composer.push(Strip { height, items, after: 16.0, keep_next: true, ..Strip::default() });
}

fn one_line(composer: &Composer<'_>, text: &str, face: Face, size: f32) -> Vec<Line> {
    break_lines(composer.fonts, &[Span::new(text, face)], size, composer.width, composer.width)
}

/// Kind and subject, with their place in the outline.
pub fn title(composer: &mut Composer<'_>, title: &LetterTitle) {
    let node = composer.node(NodeKind::Title);
    let bookmark = Bookmark { level: 1, title: title.full.clone(), mark: None };
    composer.text_in_outline(&[Span::new(title.kind.as_str(), Face::Bold)], &TITLE, node, bookmark);
    let widest = composer.text(&[Span::new(title.subject.as_str(), Face::Bold)], &TITLE, node);
    rule(composer, widest * 0.4);
}

fn rule(composer: &mut Composer<'_>, length: f32) {
    let items = vec![centred_rule(composer.width / 2.0, length, 2.5)];
    composer.push(Strip { height: 4.0, items, after: 12.0, keep_next: true, ..Strip::default() });
}

/// Whom the letter is addressed to.
pub fn addressees(composer: &mut Composer<'_>, addressees: &Addressees) {
    let node = composer.node(NodeKind::Paragraph);
    match addressees {
        Addressees::One(line) => {
            let style = TextStyle { balanced: false, after: 12.0, ..TITLE };
            composer.text(&[Span::new(line.as_str(), Face::Regular)], &style, node);
        }
        Addressees::Several { lead, lines } => several_addressees(composer, lead, lines, node),
    }
}

/// The lead with the list to its right.
fn several_addressees(composer: &mut Composer<'_>, lead: &str, lines: &[String], node: NodeId) {
    let lead = one_line(composer, lead, Face::Regular, BODY);
    let x = composer.width * 0.22;
    let names_x = x + lead.first().map_or(0.0, |line| line.width(BODY)) + 8.0;
    let (mut items, _) = left_lines(&lead, x, composer.width - x, BODY, node);
    let list = composer.node(NodeKind::List);
    let width = composer.width - names_x;
    let mut height = 0.0;
    for line in lines {
        let words = [Span::new(line.as_str(), Face::Regular)];
        let broken = break_lines(composer.fonts, &words, BODY, width, width);
        let item = composer.node_in(list, NodeKind::Item);
        let (set, taken) = left_lines(&broken, names_x, width, BODY, item);
        items.extend(set.into_iter().map(|item| item.moved(0.0, height)));
        height += taken;
    }
    composer.push(Strip { height, items, after: 12.0, keep_next: true, ..Strip::default() });
}

/// Recipients on the left, authority, room for the signature and name on the right; kept with the end of the text. A list
/// of recipients longer than the block goes on below it.
pub fn signature(composer: &mut Composer<'_>, signature: &Signature, recipients: &Recipients) {
    composer.keep_last(2);
    let half = composer.width / 2.0;
    let mut items = Vec::new();
    let right_height = signer(composer, signature, half, &mut items);

    let node = composer.node(NodeKind::Paragraph);
    let list = recipient_lines(composer, recipients, half - 12.0);
    let mut left_y = 0.0;
    if !list.is_empty() {
        let title = [Span::new(recipients.title.as_str(), Face::BoldItalic)];
        let title = break_lines(composer.fonts, &title, RECIPIENTS_TITLE, half, half);
        let (set, height) = left_lines(&title, 0.0, half, RECIPIENTS_TITLE, node);
        items.extend(set);
        left_y = height;
    }
    let room = ((right_height.max(BESIDE) - left_y) / (RECIPIENTS * LEADING)).max(1.0) as usize;
    let (beside, below) = list.split_at(list.len().min(room));
    for (line, node) in beside {
        let (set, height) = left_lines(from_ref(line), 0.0, half, RECIPIENTS, *node);
        items.extend(set.into_iter().map(|item| item.moved(0.0, left_y)));
        left_y += height;
    }
    let height = right_height.max(left_y);
    composer.push(Strip { before: 18.0, height, items, ..Strip::default() });
    for (line, node) in below {
        let (items, height) = left_lines(from_ref(line), 0.0, half, RECIPIENTS, *node);
        composer.push(Strip { height, items, ..Strip::default() });
    }
}

/// Authority, room for the signature and name in the right half; gives the height they take.
fn signer(composer: &mut Composer<'_>, signature: &Signature, half: f32, items: &mut Vec<Item>) -> f32 {
    let column = CentredColumn { x: composer.width - half, width: half };
    let mut y = 0.0;
    for line in &signature.authority {
        let node = composer.node(NodeKind::Paragraph);
        let lines = balance(composer.fonts, &[Span::new(line.as_str(), Face::Bold)], BODY, half);
        y += column.place(&lines, BODY, y, node, items);
    }
    y += SIGNATURE;
    let node = composer.node(NodeKind::Paragraph);
    let name = balance(composer.fonts, &[Span::new(signature.signer.as_str(), Face::Bold)], BODY, half);
    let height = column.place(&name, BODY, y, node, items);
    y + height.max(BODY * LEADING)
}

/// Lines of the list of recipients, each with the point it belongs to.
fn recipient_lines(composer: &mut Composer<'_>, recipients: &Recipients, width: f32) -> Vec<(Line, NodeId)> {
    let list = composer.node(NodeKind::List);
    let mut lines = Vec::new();
    for name in &recipients.lines {
        let item = composer.node_in(list, NodeKind::Item);
        let name = [Span::new(name.as_str(), Face::Regular)];
        let broken = break_lines(composer.fonts, &name, RECIPIENTS, width, width);
        lines.extend(broken.into_iter().map(|line| (line, item)));
    }
    lines
}

/// What stands over an annex; mentions of its label lead to `mark`.
pub fn annex_head(composer: &mut Composer<'_>, head: &AnnexHead, mark: MarkId) {
    let node = composer.node(NodeKind::Title);
    let bookmark = Bookmark { level: 1, title: head.full.clone(), mark: Some(mark) };
    composer.text_in_outline(&[Span::new(head.label.as_str(), Face::Bold)], &TITLE, node, bookmark);
    composer.text(&[Span::new(head.title.as_str(), Face::Bold)], &TITLE, node);
    let node = composer.node(NodeKind::Paragraph);
    let belongs_to = [Span::new(head.belongs_to.as_str(), Face::Italic)];
    let widest = composer.text(&belongs_to, &TITLE, node);
    rule(composer, widest.min(300.0) * 0.4);
}

fn left_lines(lines: &[Line], x: f32, width: f32, size: f32, node: NodeId) -> (Vec<Item>, f32) {
    stack(lines, size * LEADING, &Column::new(x, width, size, Setting::Left, Some(node)))
}

/// A column of centred lines.
struct CentredColumn {
    x: f32,
    width: f32,
}

impl CentredColumn {
    /// Adds lines from a height down; gives the height they take.
    fn place(&self, lines: &[Line], size: f32, y: f32, node: NodeId, items: &mut Vec<Item>) -> f32 {
        let column = Column::new(self.x, self.width, size, Setting::Center, Some(node));
        let (set, height) = stack(lines, size * LEADING, &column);
        items.extend(set.into_iter().map(|item| item.moved(0.0, y)));
        height
    }

    fn middle(&self) -> f32 {
        self.x + self.width / 2.0
    }
}

fn centred_rule(middle: f32, length: f32, y: f32) -> Item {
    Item::line((middle - length / 2.0, y), (middle + length / 2.0, y), RULE, Colour::BLACK)
}
