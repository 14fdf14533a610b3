//! The official letter on pages: where head, title, addressees, signature, recipients and heads of annexes stand.

use super::compose::{BODY, Composer, LEADING, TextStyle, stack};
use super::display::{Colour, Item, MarkId, NodeId, NodeKind};
use super::face::Face;
use super::flow::{Entry, Strip};
use super::line::{Line, Setting, Span, balance, break_lines};
use crate::report::model::{Addressees, AnnexHead, LetterHead, LetterTitle, Recipients, Signature};
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

impl Composer<'_> {
    /// Bodies, state, number and date.
    pub fn letter_head(&mut self, head: &LetterHead) {
        // Read in the order of the decree, whatever the order of drawing.
        let nodes = [(); 6].map(|()| self.node(self.part, NodeKind::Paragraph));
        let [state_node, motto_node, superior_node, issuer_node, number_node, date_node] = nodes;
        let state = self.one_line(&head.state, Face::Bold, HEAD);
        let right_width = state.first().map_or(0.0, |line| line.width(HEAD)) + 2.0;
        let left = HeadColumn { x: 0.0, width: self.width - right_width - 8.0 };
        let right = HeadColumn { x: self.width - right_width, width: right_width };

        // Left: superior, issuer, a rule of two fifths of the issuer's widest line.
        let mut left_y = 0.0;
        let mut items = Vec::new();
        if let Some(superior) = &head.superior {
            let lines = balance(self.fonts, &[Span::new(superior.as_str(), Face::Regular)], HEAD, left.width);
            left_y += left.place(&lines, HEAD, 0.0, superior_node, &mut items);
        }
        let issuer = balance(self.fonts, &[Span::new(head.issuer.as_str(), Face::Bold)], HEAD, left.width);
        left_y += left.place(&issuer, HEAD, left_y, issuer_node, &mut items) + 2.0;
        let widest = issuer.iter().map(|line| line.width(HEAD)).fold(0.0, f32::max);
        items.push(centred_rule(left.middle(), widest * 0.4, left_y));

        // Right: state, motto, a rule as long as the motto.
        let motto = self.one_line(&head.motto, Face::Bold, BODY);
        let state_height = right.place(&state, HEAD, 0.0, state_node, &mut items);
        let motto_height = right.place(&motto, BODY, state_height, motto_node, &mut items);
        let right_y = state_height + motto_height + 1.0;
        let motto_width = motto.first().map_or(0.0, |line| line.width(BODY));
        items.push(centred_rule(right.middle(), motto_width, right_y));

        // Below both, on one baseline: number, and place with date.
        let y = left_y.max(right_y) + 7.0;
        let number = balance(self.fonts, &[Span::new(head.number.as_str(), Face::Regular)], HEAD, left.width);
        let lowered = y + (BODY - HEAD) * LEADING / 2.0;
        let number_height = left.place(&number, HEAD, lowered, number_node, &mut items);
        let dated = [Span::new(head.place_and_date.as_str(), Face::Italic)];
        let dated = balance(self.fonts, &dated, BODY, right.width);
        let dated_height = right.place(&dated, BODY, y, date_node, &mut items);
        let height = y + number_height.max(dated_height);
        self.strips.push(Strip { height, items, after: 16.0, keep_next: true, ..Strip::default() });
    }

    fn one_line(&self, text: &str, face: Face, size: f32) -> Vec<Line> {
        break_lines(self.fonts, &[Span::new(text, face)], size, self.width, self.width)
    }

    /// Kind and subject, with their place in the outline.
    pub fn letter_title(&mut self, title: &LetterTitle) {
        let node = self.node(self.part, NodeKind::Title);
        let start = self.strips.len();
        self.text(&[Span::new(title.kind.as_str(), Face::Bold)], &TextStyle::TITLE, node);
        if let Some(strip) = self.strips.get_mut(start) {
            strip.entry = Some(Entry { level: 1, title: title.full.clone(), mark: None });
        }
        let widest = self.text(&[Span::new(title.subject.as_str(), Face::Bold)], &TextStyle::TITLE, node);
        self.rule(widest * 0.4);
    }

    fn rule(&mut self, length: f32) {
        let items = vec![centred_rule(self.width / 2.0, length, 2.5)];
        self.strips.push(Strip { height: 4.0, items, after: 12.0, keep_next: true, ..Strip::default() });
    }

    /// Whom the letter is addressed to.
    pub fn addressees(&mut self, addressees: &Addressees) {
        let node = self.node(self.part, NodeKind::Paragraph);
        match addressees {
            Addressees::One(line) => {
                let style = TextStyle { balanced: false, after: 12.0, ..TextStyle::TITLE };
                self.text(&[Span::new(line.as_str(), Face::Regular)], &style, node);
            }
            Addressees::Several { lead, lines } => self.several_addressees(lead, lines, node),
        }
    }

    /// The lead with the list to its right.
    fn several_addressees(&mut self, lead: &str, lines: &[String], node: NodeId) {
        let lead = self.one_line(lead, Face::Regular, BODY);
        let x = self.width * 0.22;
        let names_x = x + lead.first().map_or(0.0, |line| line.width(BODY)) + 8.0;
        let (mut items, _) = stack(&lead, x, self.width - x, BODY, Setting::Left, Some(node));
        let list = self.node(self.part, NodeKind::List);
        let width = self.width - names_x;
        let mut height = 0.0;
        for line in lines {
            let set = break_lines(self.fonts, &[Span::new(line.as_str(), Face::Regular)], BODY, width, width);
            let item = self.node(list, NodeKind::Item);
            let (set, taken) = stack(&set, names_x, width, BODY, Setting::Left, Some(item));
            items.extend(set.into_iter().map(|item| item.moved(0.0, height)));
            height += taken;
        }
        self.strips.push(Strip { height, items, after: 12.0, keep_next: true, ..Strip::default() });
    }

    /// Recipients on the left, authority, room for the signature and name on the right; kept with the end of the text.
    /// A list of recipients longer than the block goes on below it.
    pub fn signature(&mut self, signature: &Signature, recipients: &Recipients) {
        self.keep_last(2);
        let half = self.width / 2.0;
        let mut items = Vec::new();
        let right_height = self.signer(signature, half, &mut items);

        let node = self.node(self.part, NodeKind::Paragraph);
        let list = self.recipients(recipients, half - 12.0);
        let mut left_y = 0.0;
        if !list.is_empty() {
            let title = [Span::new(recipients.title.as_str(), Face::BoldItalic)];
            let title = break_lines(self.fonts, &title, RECIPIENTS_TITLE, half, half);
            let (set, height) = stack(&title, 0.0, half, RECIPIENTS_TITLE, Setting::Left, Some(node));
            items.extend(set);
            left_y = height;
        }
        let room = ((right_height.max(BESIDE) - left_y) / (RECIPIENTS * LEADING)).max(1.0) as usize;
        let (beside, below) = list.split_at(list.len().min(room));
        for (line, node) in beside {
            let (set, height) = stack(from_ref(line), 0.0, half, RECIPIENTS, Setting::Left, Some(*node));
            items.extend(set.into_iter().map(|item| item.moved(0.0, left_y)));
            left_y += height;
        }
        let height = right_height.max(left_y);
        self.strips.push(Strip { before: 18.0, height, items, ..Strip::default() });
        for (line, node) in below {
            let (items, height) = stack(from_ref(line), 0.0, half, RECIPIENTS, Setting::Left, Some(*node));
            self.strips.push(Strip { height, items, ..Strip::default() });
        }
    }

    /// Authority, room for the signature and name in the right half; gives the height they take.
    fn signer(&mut self, signature: &Signature, half: f32, items: &mut Vec<Item>) -> f32 {
        let column = HeadColumn { x: self.width - half, width: half };
        let mut y = 0.0;
        for line in &signature.authority {
            let node = self.node(self.part, NodeKind::Paragraph);
            let lines = balance(self.fonts, &[Span::new(line.as_str(), Face::Bold)], BODY, half);
            y += column.place(&lines, BODY, y, node, items);
        }
        y += SIGNATURE;
        let node = self.node(self.part, NodeKind::Paragraph);
        let name = balance(self.fonts, &[Span::new(signature.signer.as_str(), Face::Bold)], BODY, half);
        let height = column.place(&name, BODY, y, node, items);
        y + height.max(BODY * LEADING)
    }

    /// Lines of the list of recipients, each with the point it belongs to.
    fn recipients(&mut self, recipients: &Recipients, width: f32) -> Vec<(Line, NodeId)> {
        let list = self.node(self.part, NodeKind::List);
        let mut lines = Vec::new();
        for name in &recipients.lines {
            let item = self.node(list, NodeKind::Item);
            let span = Span::new(name.as_str(), Face::Regular);
            let set = break_lines(self.fonts, &[span], RECIPIENTS, width, width);
            lines.extend(set.into_iter().map(|line| (line, item)));
        }
        lines
    }

    /// What stands over an annex; mentions of its label lead to `mark`.
    pub fn annex_head(&mut self, head: &AnnexHead, mark: MarkId) {
        let node = self.node(self.part, NodeKind::Title);
        let start = self.strips.len();
        self.text(&[Span::new(head.label.as_str(), Face::Bold)], &TextStyle::TITLE, node);
        if let Some(strip) = self.strips.get_mut(start) {
            strip.entry = Some(Entry { level: 1, title: head.full.clone(), mark: Some(mark) });
        }
        self.text(&[Span::new(head.title.as_str(), Face::Bold)], &TextStyle::TITLE, node);
        let node = self.node(self.part, NodeKind::Paragraph);
        let belongs_to = [Span::new(head.belongs_to.as_str(), Face::Italic)];
        let widest = self.text(&belongs_to, &TextStyle::TITLE, node);
        self.rule(widest.min(300.0) * 0.4);
    }
}

/// A column of centred lines.
struct HeadColumn {
    x: f32,
    width: f32,
}

impl HeadColumn {
    /// Adds lines from a height down; gives the height they take.
    fn place(&self, lines: &[Line], size: f32, y: f32, node: NodeId, items: &mut Vec<Item>) -> f32 {
        let (set, height) = stack(lines, self.x, self.width, size, Setting::Center, Some(node));
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
