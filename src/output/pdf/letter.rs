//! The official frame, Nghị định 30/2020, Phụ lục I: head, title, recipients, signature, titles of annexes.

use super::compose::{BODY, Composer, LEADING, TextStyle, stack};
use super::display::{Colour, Item, NodeId, NodeKind};
use super::face::Face;
use super::flow::{Entry, Strip};
use super::line::{Line, Setting, Span, balance, break_lines};
use crate::report::format::long_date;
use crate::report::model::Letter;
use std::slice::from_ref;

const COUNTRY: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// Room for a number that is written in by hand.
const BLANK_NUMBER: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
/// Size of the state's name, the bodies' names and the document number.
const HEAD: f32 = 13.0;
/// Thickness of the rules under names and titles.
const RULE: f32 = 0.7;
/// Height left for a signature.
const SIGNATURE: f32 = 72.0;
const RECIPIENTS_TITLE: f32 = 12.0;
const RECIPIENTS: f32 = 11.0;

impl Composer<'_> {
    /// Everything above the first line of text.
    pub fn letter_head(&mut self, letter: &Letter) {
        self.bodies_and_state(letter);
        self.title(letter);
        if !letter.addressee.trim().is_empty() {
            self.addressee(&letter.addressee);
        }
    }

    fn bodies_and_state(&mut self, letter: &Letter) {
        // Read in the order of the decree: the state, then who writes, then number and date.
        let parts = [(); 6].map(|()| self.node(self.part, NodeKind::Paragraph));
        let [state, motto_node, superior_node, issuer_node, number_node, date_node] = parts;
        let one = |text: &str, face: Face, size: f32| {
            break_lines(self.fonts, &[Span::new(text, face)], size, self.width, self.width)
        };
        let country = one(COUNTRY, Face::Bold, HEAD);
        let motto = one(MOTTO, Face::Bold, BODY);
        let right_width = country.first().map_or(0.0, |line| line.width(HEAD)) + 2.0;
        let left_width = self.width - right_width - 8.0;
        let right_x = self.width - right_width;
        let mut items = Vec::new();

        // Left: superior, issuer, a rule of two fifths of its last line.
        let mut left_y = 0.0;
        if let Some(superior) = &letter.superior {
            let lines =
                balance(self.fonts, &[Span::new(superior.to_uppercase(), Face::Regular)], HEAD, left_width);
            let (set, height) = stack(&lines, 0.0, left_width, HEAD, Setting::Center, Some(superior_node));
            items.extend(set);
            left_y += height;
        }
        let issuer =
            balance(self.fonts, &[Span::new(letter.issuer.to_uppercase(), Face::Bold)], HEAD, left_width);
        let (set, height) = stack(&issuer, 0.0, left_width, HEAD, Setting::Center, Some(issuer_node));
        items.extend(set.into_iter().map(|item| item.moved(0.0, left_y)));
        left_y += height + 2.0;
        let widest = issuer.iter().map(|line| line.width(HEAD)).fold(0.0, f32::max);
        items.push(centred_rule(left_width / 2.0, widest * 0.4, left_y));

        // Right: state, motto, a rule as long as the motto.
        let (set, height) = stack(&country, right_x, right_width, HEAD, Setting::Center, Some(state));
        items.extend(set);
        let (set, motto_height) =
            stack(&motto, right_x, right_width, BODY, Setting::Center, Some(motto_node));
        items.extend(set.into_iter().map(|item| item.moved(0.0, height)));
        let right_y = height + motto_height + 1.0;
        let motto_width = motto.first().map_or(0.0, |line| line.width(BODY));
        items.push(centred_rule(right_x + right_width / 2.0, motto_width, right_y));

        // Below both, on one line: number, and place with date.
        let y = left_y.max(right_y) + 7.0;
        let number = format!("Số:{BLANK_NUMBER}/{}", letter.symbol);
        let number = balance(self.fonts, &[Span::new(number, Face::Regular)], HEAD, left_width);
        let (set, number_height) = stack(&number, 0.0, left_width, HEAD, Setting::Center, Some(number_node));
        items.extend(set.into_iter().map(|item| item.moved(0.0, y + (BODY - HEAD) * LEADING / 2.0)));
        let dated = format!("{}, {}", letter.place, long_date(letter.date));
        let dated = balance(self.fonts, &[Span::new(dated, Face::Italic)], BODY, right_width);
        let (set, dated_height) = stack(&dated, right_x, right_width, BODY, Setting::Center, Some(date_node));
        items.extend(set.into_iter().map(|item| item.moved(0.0, y)));
        let height = y + number_height.max(dated_height);
        self.strips.push(Strip { height, items, after: 16.0, keep_next: true, ..Strip::default() });
    }

    fn title(&mut self, letter: &Letter) {
        let node = self.node(self.part, NodeKind::Title);
        let start = self.strips.len();
        self.text(&[Span::new(letter.kind.to_uppercase(), Face::Bold)], &TextStyle::TITLE, node);
        let title = format!("{} {}", letter.kind, letter.subject);
        if let Some(strip) = self.strips.get_mut(start) {
            strip.entry = Some(Entry { level: 1, title, mark: None });
        }
        let widest = self.text(&[Span::new(letter.subject.as_str(), Face::Bold)], &TextStyle::TITLE, node);
        self.rule(widest * 0.4);
    }

    fn rule(&mut self, length: f32) {
        let items = vec![centred_rule(self.width / 2.0, length, 2.5)];
        self.strips.push(Strip { height: 4.0, items, after: 12.0, keep_next: true, ..Strip::default() });
    }

    fn addressee(&mut self, addressee: &str) {
        let node = self.node(self.part, NodeKind::Paragraph);
        let names: Vec<&str> = addressee
            .lines()
            .map(|line| line.trim().trim_start_matches("- "))
            .filter(|line| !line.is_empty())
            .collect();
        let style = TextStyle { balanced: false, after: 12.0, ..TextStyle::TITLE };
        if let [one] = names[..] {
            self.text(&[Span::new(format!("Kính gửi: {one}"), Face::Regular)], &style, node);
            return;
        }
        let lead =
            break_lines(self.fonts, &[Span::new("Kính gửi:", Face::Regular)], BODY, self.width, self.width);
        let x = self.width * 0.22;
        let names_x = x + lead.first().map_or(0.0, |line| line.width(BODY)) + 8.0;
        let (mut items, _) = stack(&lead, x, self.width - x, BODY, Setting::Left, Some(node));
        let list = self.node(self.part, NodeKind::List);
        let mut height = 0.0;
        for (i, name) in names.iter().enumerate() {
            let end = if i + 1 == names.len() { "." } else { ";" };
            let text = format!("- {}{end}", name.trim_end_matches([';', '.', ',']));
            let width = self.width - names_x;
            let lines = break_lines(self.fonts, &[Span::new(text, Face::Regular)], BODY, width, width);
            let item = self.node(list, NodeKind::Item);
            let (set, taken) = stack(&lines, names_x, width, BODY, Setting::Left, Some(item));
            items.extend(set.into_iter().map(|item| item.moved(0.0, height)));
            height += taken;
        }
        self.strips.push(Strip { height, items, after: 12.0, keep_next: true, ..Strip::default() });
    }

    /// Recipients on the left, authority, room for the signature and name on the right; kept with the end of the text.
    /// A list of recipients longer than the block goes on below it.
    pub fn signature(&mut self, letter: &Letter) {
        self.keep_last(2);
        let half = self.width / 2.0;
        let right_x = self.width - half;
        let mut items = Vec::new();
        let mut y = 0.0;
        for line in &letter.authority {
            let node = self.node(self.part, NodeKind::Paragraph);
            let lines = balance(self.fonts, &[Span::new(line.to_uppercase(), Face::Bold)], BODY, half);
            let (set, height) = stack(&lines, right_x, half, BODY, Setting::Center, Some(node));
            items.extend(set.into_iter().map(|item| item.moved(0.0, y)));
            y += height;
        }
        y += SIGNATURE;
        let node = self.node(self.part, NodeKind::Paragraph);
        let name = balance(self.fonts, &[Span::new(letter.signer.as_str(), Face::Bold)], BODY, half);
        let (set, height) = stack(&name, right_x, half, BODY, Setting::Center, Some(node));
        items.extend(set.into_iter().map(|item| item.moved(0.0, y)));
        let right_height = y + height.max(BODY * LEADING);

        let node = self.node(self.part, NodeKind::Paragraph);
        let list = self.recipients(letter, half - 12.0);
        let title = break_lines(
            self.fonts,
            &[Span::new("Nơi nhận:", Face::BoldItalic)],
            RECIPIENTS_TITLE,
            half,
            half,
        );
        let mut left_y = 0.0;
        if !list.is_empty() {
            let (set, height) = stack(&title, 0.0, half, RECIPIENTS_TITLE, Setting::Left, Some(node));
            items.extend(set);
            left_y = height;
        }
        let room = ((right_height.max(240.0) - left_y) / (RECIPIENTS * LEADING)).max(1.0) as usize;
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

    /// Lines of the list of recipients, each with the point it belongs to.
    fn recipients(&mut self, letter: &Letter, width: f32) -> Vec<(Line, NodeId)> {
        let names: Vec<&str> = letter
            .recipients
            .iter()
            .map(|r| r.trim().trim_start_matches(['-', '–']).trim().trim_end_matches([';', '.', ',']))
            .filter(|r| !r.is_empty())
            .collect();
        let list = self.node(self.part, NodeKind::List);
        let mut lines = Vec::new();
        for (i, name) in names.iter().enumerate() {
            let end = if i + 1 == names.len() { "." } else { ";" };
            let span = Span::new(format!("- {name}{end}"), Face::Regular);
            let item = self.node(list, NodeKind::Item);
            let of_name = break_lines(self.fonts, &[span], RECIPIENTS, width, width);
            lines.extend(of_name.into_iter().map(|line| (line, item)));
        }
        lines
    }

    /// “Phụ lục II”, its title in capitals, and which report it belongs to. `index` counts from 0.
    pub fn annex_title(&mut self, index: usize, count: usize, title: &str, letter: &Letter) {
        let node = self.node(self.part, NodeKind::Title);
        let label = annex_label(index, count);
        let start = self.strips.len();
        self.text(&[Span::new(label.as_str(), Face::Bold)], &TextStyle::TITLE, node);
        if let Some(strip) = self.strips.get_mut(start) {
            strip.entry = Some(Entry { level: 1, title: format!("{label}. {title}"), mark: Some(index) });
        }
        self.text(&[Span::new(title.to_uppercase(), Face::Bold)], &TextStyle::TITLE, node);
        let kind = sentence_case(&letter.kind);
        let text = format!(
            "(Kèm theo {kind} số{BLANK_NUMBER}/{} {} của {})",
            letter.symbol,
            long_date(letter.date),
            letter.issuer
        );
        let node = self.node(self.part, NodeKind::Paragraph);
        let widest = self.text(&[Span::new(text, Face::Italic)], &TextStyle::TITLE, node);
        self.rule(widest.min(300.0) * 0.4);
    }
}

/// “Phụ lục” alone when there is only one, else with its Roman number.
pub fn annex_label(index: usize, count: usize) -> String {
    if count == 1 { "Phụ lục".to_owned() } else { format!("Phụ lục {}", roman(index + 1)) }
}

/// Roman numerals of a number from 1.
pub fn roman(number: usize) -> String {
    const STEPS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in STEPS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// “BÁO CÁO” → “Báo cáo”.
fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()
    })
}

fn centred_rule(middle: f32, length: f32, y: f32) -> Item {
    Item::line((middle - length / 2.0, y), (middle + length / 2.0, y), RULE, Colour::BLACK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annexes_are_numbered_in_roman() {
        assert_eq!([1, 4, 9, 14].map(roman), ["I", "IV", "IX", "XIV"]);
        assert_eq!(annex_label(0, 1), "Phụ lục");
        assert_eq!(annex_label(1, 2), "Phụ lục II");
        assert_eq!(sentence_case("BÁO CÁO"), "Báo cáo");
    }
}
