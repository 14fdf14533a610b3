//! The official letter around a report, Nghị định 30/2020, Phụ lục I: what its head, title, addressees, body, signature,
//! recipients and annexes say, word for word and in reading order. Writers only place these texts and style them.

use super::{Block, Place, Report, Section, Words};
use crate::report::format::long_date;
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;

const COUNTRY: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
const SALUTATION: &str = "Kính gửi:";
const RECIPIENTS: &str = "Nơi nhận:";
const ANNEX: &str = "Phụ lục";
const INTERNAL_ANNEX: &str = "Phụ lục nội bộ";
const INTERNAL: &str = "(Lưu tại cơ quan tổng hợp, không gửi kèm Báo cáo)";
/// Room for a number of five digits that is written in by hand, and for a day or a month: spaces at which no line ends.
const BLANK_NUMBER: &str =
    "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
const BLANK_DAY: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
/// The body's last words.
const END: &str = "./.";

/// What a letter is made of, as the plan writes it.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Superior body, when there is one.
    pub superior: Option<String>,
    /// Issuing body.
    pub issuer: String,
    /// Document symbol behind the blank number, for example “BC-UBND”.
    pub symbol: String,
    /// Place of issue.
    pub place: String,
    /// The day the figures stand at.
    pub as_of: NaiveDate,
    /// The letter's own day; without one room is left for it.
    pub dated: Option<NaiveDate>,
    /// “Báo cáo”.
    pub kind: String,
    /// Subject (trích yếu).
    pub subject: String,
    /// Recipients of “Kính gửi”, one a line.
    pub addressee: String,
    /// Lines of authority and post above the signature.
    pub authority: Vec<String>,
    /// Name of the signer; empty leaves room for it.
    pub signer: String,
    /// List under “Nơi nhận”.
    pub recipients: Vec<String>,
    /// Report year.
    pub year: i32,
    /// Short name of the province for footers, for example “tỉnh Long An”.
    pub province: String,
}

/// A report as the official letter, in reading order.
#[derive(Debug, Clone)]
pub struct OfficialLetter<'r> {
    /// Bodies, state, number and date.
    pub head: LetterHead,
    /// Kind and subject.
    pub title: LetterTitle,
    /// Whom it is addressed to.
    pub addressees: Option<Addressees>,
    /// Headings and text, ended by “./.”.
    pub body: Vec<Cow<'r, Block>>,
    /// Who signs.
    pub signature: Signature,
    /// Who receives copies, beside the signature.
    pub recipients: Recipients,
    /// Annexes, each on pages of its own.
    pub annexes: Vec<Annex<'r>>,
}

/// The head in two columns: superior and issuer on the left, state and motto on the right, under them the number on the
/// left, place and date on the right. It is read in the decree's order, which is the order of the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterHead {
    /// Name of the state, bold, right.
    pub state: String,
    /// Motto, bold, right, over a rule as long as it is.
    pub motto: String,
    /// Superior body in capitals, upright, left.
    pub superior: Option<String>,
    /// Issuing body in capitals, bold, left, over a short rule.
    pub issuer: String,
    /// “Số: … /BC-UBND” with room for the number, left.
    pub number: String,
    /// “Long An, ngày … tháng … năm …”, italic, right.
    pub place_and_date: String,
}

/// The title in two lines or more, centred and bold, over a short rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterTitle {
    /// “BÁO CÁO”.
    pub kind: String,
    /// Subject (trích yếu).
    pub subject: String,
    /// Both in one line as outlines and file properties have them.
    pub full: String,
}

/// Whom the letter is addressed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressees {
    /// One line, “Kính gửi: …”, centred.
    One(String),
    /// Several: a lead with a list to its right.
    Several {
        /// “Kính gửi:”.
        lead: String,
        /// “- …;”, the last “- ….”.
        lines: Vec<String>,
    },
}

/// The signature block: authority, room for the signature, name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Lines of authority and post in capitals, bold.
    pub authority: Vec<String>,
    /// Name of the signer, bold; empty leaves room for it.
    pub signer: String,
}

/// The list of who receives copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipients {
    /// “Nơi nhận:”; not shown over an empty list.
    pub title: String,
    /// “- …;”, the last “- ….”.
    pub lines: Vec<String>,
}

/// An annex.
#[derive(Debug, Clone)]
pub struct Annex<'r> {
    /// What stands over it.
    pub head: AnnexHead,
    /// A wide table wants the page turned.
    pub landscape: bool,
    /// What it holds.
    pub blocks: &'r [Block],
}

/// What stands over an annex: label, title, and which letter it belongs to, over a short rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnexHead {
    /// “Phụ lục II”, bold; the words by which the text refers to the annex.
    pub label: String,
    /// Title in capitals, bold.
    pub title: String,
    /// “(Kèm theo Báo cáo số … của …)”, italic.
    pub belongs_to: String,
    /// Label and title as outlines have them.
    pub full: String,
}

impl Report {
    /// The report as the official letter; sections of the workbook only are left out.
    pub fn official_letter(&self) -> OfficialLetter<'_> {
        let letter = &self.letter;
        let belongs_to = letter.belongs_to();
        let annexes = self.annexes(ANNEX, &belongs_to, |place| match place {
            Place::Annex { landscape } => Some(landscape),
            Place::Body | Place::Internal { .. } | Place::Sheet => None,
        });
        OfficialLetter {
            head: letter.head(),
            title: letter.title(),
            addressees: letter.addressees(),
            body: body(&self.sections),
            signature: letter.signature(),
            recipients: letter.copies(),
            annexes,
        }
    }

    /// What stays with the secretariat, each part on pages of its own.
    pub fn internal_annexes(&self) -> Vec<Annex<'_>> {
        self.annexes(INTERNAL_ANNEX, INTERNAL, |place| match place {
            Place::Internal { landscape } => Some(landscape),
            Place::Body | Place::Annex { .. } | Place::Sheet => None,
        })
    }

    /// The annexes among the sections; `landscape` answers which are, and how they lie.
    fn annexes(
        &self,
        called: &str,
        belongs_to: &str,
        landscape: impl Fn(Place) -> Option<bool>,
    ) -> Vec<Annex<'_>> {
        let annexes: Vec<(&Section, bool)> =
            self.sections.iter().filter_map(|section| Some((section, landscape(section.place)?))).collect();
        let count = annexes.len();
        let annexes = annexes.into_iter().enumerate().map(|(index, (section, landscape))| {
            let label = annex_label(called, index, count);
            let full = format!("{label}. {}", section.title);
            let head = AnnexHead {
                label,
                title: section.title.to_uppercase(),
                belongs_to: belongs_to.to_owned(),
                full,
            };
            Annex { head, landscape, blocks: &section.blocks }
        });
        annexes.collect()
    }
}

impl Letter {
    /// The head.
    pub fn head(&self) -> LetterHead {
        LetterHead {
            state: COUNTRY.to_owned(),
            motto: MOTTO.to_owned(),
            superior: self.superior.as_ref().map(|superior| superior.to_uppercase()),
            issuer: self.issuer.to_uppercase(),
            number: format!("Số:{BLANK_NUMBER}/{}", self.symbol),
            place_and_date: format!("{}, {}", self.place, self.day()),
        }
    }

    /// The letter's day in words, with room for one that is still to come.
    fn day(&self) -> String {
        let blank = || format!("ngày{BLANK_DAY}tháng{BLANK_DAY}năm {}", self.as_of.year());
        self.dated.map_or_else(blank, long_date)
    }

    /// The title.
    pub fn title(&self) -> LetterTitle {
        LetterTitle {
            kind: self.kind.to_uppercase(),
            subject: self.subject.clone(),
            full: format!("{} {}", self.kind, self.subject),
        }
    }

    fn addressees(&self) -> Option<Addressees> {
        let names: Vec<&str> = self
            .addressee
            .lines()
            .map(|line| line.trim().trim_start_matches("- "))
            .filter(|line| !line.is_empty())
            .collect();
        match names[..] {
            [] => None,
            [one] => Some(Addressees::One(format!("{SALUTATION} {one}"))),
            _ => Some(Addressees::Several { lead: SALUTATION.to_owned(), lines: dashed_list(&names) }),
        }
    }

    fn signature(&self) -> Signature {
        let authority = self.authority.iter().map(|line| line.to_uppercase()).collect();
        Signature { authority, signer: self.signer.clone() }
    }

    fn copies(&self) -> Recipients {
        let names: Vec<&str> = self
            .recipients
            .iter()
            .map(|name| without_end(name.trim().trim_start_matches(['-', '–']).trim()))
            .filter(|name| !name.is_empty())
            .collect();
        Recipients { title: RECIPIENTS.to_owned(), lines: dashed_list(&names) }
    }

    /// Which letter an annex belongs to.
    fn belongs_to(&self) -> String {
        format!(
            "(Kèm theo {} số{BLANK_NUMBER}/{} {} của {})",
            sentence_case(&self.kind),
            self.symbol,
            self.day(),
            self.issuer
        )
    }
}

/// How the letter shows a heading: level 1 in capitals.
pub fn shown_heading(level: u8, text: &str) -> String {
    if level <= 1 { text.to_uppercase() } else { text.to_owned() }
}

/// Headings and blocks of the body. A section's title is a heading of level 1, unless its first block is one or the title
/// is empty. The last words of the text carry the closing sign.
fn body(sections: &[Section]) -> Vec<Cow<'_, Block>> {
    let sections: Vec<&Section> = sections.iter().filter(|section| section.place == Place::Body).collect();
    let closing = closing_block(&sections);
    let mut body = Vec::new();
    for section in sections {
        let has_heading = matches!(section.blocks.first(), Some(Block::Heading { level: 1, .. }));
        if !has_heading && !section.title.trim().is_empty() {
            body.push(Cow::Owned(Block::Heading { level: 1, text: section.title.clone() }));
        }
        for block in &section.blocks {
            match closing {
                Some(closing) if std::ptr::eq(closing, block) => body.push(Cow::Owned(ended(block))),
                _ => body.push(Cow::Borrowed(block)),
            }
        }
    }
    if closing.is_none() {
        body.push(Cow::Owned(Block::Paragraph(END.into())));
    }
    body
}

/// The block that ends the body, when it is text that can carry the closing sign.
fn closing_block<'r>(body: &[&'r Section]) -> Option<&'r Block> {
    let block = body.iter().rev().find_map(|section| section.blocks.last())?;
    let has_words = match block {
        Block::Paragraph(text) => !text.trim().is_empty(),
        Block::Points(points) | Block::Dashes(points) => {
            points.last().is_some_and(|point| !point.trim().is_empty())
        }
        _ => false,
    };
    has_words.then_some(block)
}

/// The same block, ending with “./.”.
fn ended(block: &Block) -> Block {
    let end = |words: &Words| {
        let text = words.trim_end();
        let kept = if text.ends_with(END) { text.len() - END.len() } else { without_end(text).len() };
        words.ended(words.len() - kept, END)
    };
    let list_end = |points: &[Words]| {
        let mut points = points.to_vec();
        if let Some(last) = points.last_mut() {
            *last = end(last);
        }
        points
    };
    match block {
        Block::Paragraph(words) => Block::Paragraph(end(words)),
        Block::Points(points) => Block::Points(list_end(points)),
        Block::Dashes(points) => Block::Dashes(list_end(points)),
        other => other.clone(),
    }
}

/// “- …;” each, the last “- ….”.
fn dashed_list(names: &[&str]) -> Vec<String> {
    let line = |(i, name): (usize, &&str)| {
        let end = if i + 1 == names.len() { "." } else { ";" };
        format!("- {}{end}", without_end(name))
    };
    names.iter().enumerate().map(line).collect()
}

fn without_end(text: &str) -> &str {
    text.trim_end_matches([';', '.', ','])
}

/// “Phụ lục” alone when there is only one, else with its Roman number.
fn annex_label(called: &str, index: usize, count: usize) -> String {
    if count == 1 { called.to_owned() } else { format!("{called} {}", roman(index + 1)) }
}

/// Roman numerals of a number from 1.
fn roman(number: usize) -> String {
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

#[cfg(test)]
mod tests;
