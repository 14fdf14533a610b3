//! Mails as programs save them: their attachments, like the members of a zip.
//!
//! The library reads headers; the tree of parts is walked here, so that no mail leads deeper than the stack is.

pub(super) mod msg;
mod object;
pub(super) mod tnef;

use super::headers::{after_mark, is_mail, split_at_blank_line};
use super::limits::MOST_PARTS;
use super::member::{Member, inside};
use super::moment::{Moment, Receipt, ReceiptBy};
use super::sniff::Kind;
use super::unreadable::Unreadable;
use super::wrapped::{Wrapping, letters_within, wrapping};
use chrono::DateTime;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::{Message, MessageParser, MimeHeaders};

/// How deep parts of a mail may lie in parts; programs write three or four.
const DEEPEST: usize = 20;

/// The attachments of a mail, or of all mails of a mailbox kept in one file.
///
/// # Errors
/// There is none.
pub(super) fn attachments(bytes: &[u8]) -> Result<Vec<Member>, Unreadable> {
    let mut found = Vec::new();
    for mail in mails(bytes) {
        let mut walk = Walk { members: Vec::new(), sent: None, received: None, parts: 0 };
        walk.part(mail, DEEPEST, false);
        let (modified, received) = (walk.sent, walk.received);
        let kept = without_decoration(walk.members);
        found.extend(kept.into_iter().map(|member| Member { modified, received, ..member }));
    }
    told_when_none(found)
}

/// A mail without a file says so itself: nobody else would.
fn told_when_none(members: Vec<Member>) -> Result<Vec<Member>, Unreadable> {
    if members.is_empty() { Err(Unreadable::mail_without_file()) } else { Ok(members) }
}

/// An attachment, and whether the mail shows it among its words.
struct Attached {
    member: Member,
    is_decoration: bool,
}

/// Pictures between the words are signatures and logos, unless nothing else came along.
fn without_decoration(attached: Vec<Attached>) -> Vec<Member> {
    let all_decoration = attached.iter().all(|one| one.is_decoration);
    attached.into_iter().filter(|one| all_decoration || !one.is_decoration).map(|one| one.member).collect()
}

/// A file's mails: one, or those of a mailbox, each behind a line that begins with “From ”.
fn mails(bytes: &[u8]) -> Vec<&[u8]> {
    let bytes = after_mark(bytes);
    if !bytes.starts_with(b"From ") {
        return vec![bytes];
    }
    let mut starts = Vec::new();
    let (mut at, mut after_blank) = (0, true);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if after_blank && line.starts_with(b"From ") && is_mail(&bytes[at + line.len()..]) {
            starts.push((at, at + line.len()));
        }
        after_blank = line.trim_ascii().is_empty();
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(line, _)| *line).chain([bytes.len()]);
    let mails: Vec<&[u8]> = starts.iter().zip(ends).map(|((_, start), end)| &bytes[*start..end]).collect();
    if mails.is_empty() { vec![bytes] } else { mails }
}

/// The way through the parts of one mail.
struct Walk {
    members: Vec<Attached>,
    sent: Option<Moment>,
    received: Option<Receipt>,
    parts: usize,
}

impl Walk {
    /// A part with its headers; those of the mail itself come first.
    fn part(&mut self, part: &[u8], depth: usize, is_related: bool) {
        self.parts += 1;
        if self.parts > MOST_PARTS || depth == 0 {
            return;
        }
        let (head, body) = split_at_blank_line(part);
        // A part without headers is words; the library falls over a mail without any.
        let Some(head) = MessageParser::default().parse_headers(head) else { return };
        if self.parts == 1 {
            self.sent = head.date().and_then(|date| moment(date.to_timestamp()));
            self.received = receipt(&head, self.sent);
        }
        let kind = kind(&head);
        if kind.starts_with("multipart/") {
            let boundary = head.content_type().and_then(|kind| kind.attribute("boundary"));
            let is_related = kind == "multipart/related";
            let inner = parts(body, boundary);
            inner.into_iter().for_each(|inner| self.part(inner, depth - 1, is_related));
        } else {
            self.leaf(&head, &kind, body, is_related);
        }
    }

    fn leaf(&mut self, head: &Message<'_>, kind: &str, body: &[u8], is_related: bool) {
        let name = head.attachment_name().map(own_name).filter(|name| !name.is_empty());
        let is_attached = head.content_disposition().is_some_and(|how| how.is_attachment());
        let is_words = matches!(kind, "text/plain" | "text/html" | "text/enriched" | "text/rfc822-headers");
        if is_unasked(kind) {
            return;
        }
        let bytes = decoded(body, head.content_transfer_encoding().unwrap_or_default());
        if is_words && name.is_none() && !is_attached {
            self.words(&bytes);
            return;
        }
        if bytes.iter().all(u8::is_ascii_whitespace) && name.is_none() {
            return;
        }
        let number = self.members.len() + 1;
        let name = name.unwrap_or_else(|| match kind {
            "message/rfc822" => format!("thu-kem-{number}.eml"),
            _ => format!("tep-kem-{number}"),
        });
        let is_shown = is_related || head.content_id().is_some() || !is_attached;
        let is_decoration = kind.starts_with("image/") && is_shown;
        let member = Member { path: name, modified: None, received: None, bytes: Ok(bytes) };
        self.members.push(Attached { member, is_decoration });
    }
}

impl Walk {
    /// Words may hold a file, written as letters or sealed with them: that is told.
    fn words(&mut self, words: &[u8]) {
        let sealed = wrapping(words).map(|wrapping| (String::new(), wrapping));
        let within = || letters_within(words).map(|name| (name, Wrapping::Letters));
        let Some((name, wrapping)) = sealed.or_else(within) else { return };
        let name = Some(own_name(&name)).filter(|name| !name.is_empty());
        let path = name.unwrap_or_else(|| format!("tep-kem-{}", self.members.len() + 1));
        let Some(told) = Unreadable::of_kind(Kind::Wrapped(wrapping)) else { return };
        let member = Member { path, modified: None, received: None, bytes: Err(told) };
        self.members.push(Attached { member, is_decoration: false });
    }
}

/// What programs add that nobody attached.
fn is_unasked(kind: &str) -> bool {
    matches!(
        kind,
        "application/pkcs7-signature"
            | "application/x-pkcs7-signature"
            | "application/pgp-signature"
            | "application/pgp-keys"
            | "application/pgp-encrypted"
            | "text/calendar"
            | "text/vcard"
            | "text/x-vcard"
            | "text/x-amp-html"
            | "message/delivery-status"
            | "message/disposition-notification"
    )
}

/// The content type in small letters; plain text where none is told.
fn kind(head: &Message<'_>) -> String {
    head.content_type().map_or_else(
        || "text/plain".to_owned(),
        |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase(),
    )
}

/// The last part of a name: some programs tell the whole path on the sender's disk.
pub(super) fn own_name(name: &str) -> String {
    let path = inside(name);
    path.rsplit('/').next().unwrap_or_default().trim().to_owned()
}

fn moment(seconds: i64) -> Option<Moment> {
    DateTime::from_timestamp(seconds, 0).map(|at| Moment::utc(at.naive_utc()))
}

/// When a mail came: each server on the way puts its line above the others, and its hour at the end of it. A mail that no
/// server had, as one kept among those that were sent, tells only when that was.
fn receipt(head: &Message<'_>, sent: Option<Moment>) -> Option<Receipt> {
    let taken = head.received_all().filter_map(|line| line.date()).map(|date| date.to_timestamp()).max();
    let by_server = taken.and_then(moment).map(|moment| Receipt { moment, by: ReceiptBy::Server });
    by_server.or_else(|| sent.map(|moment| Receipt { moment, by: ReceiptBy::Sender }))
}

/// The parts between the lines of a boundary; where that is lost, the first line that looks like one serves.
fn parts<'m>(body: &'m [u8], boundary: Option<&str>) -> Vec<&'m [u8]> {
    let lines = || body.split_inclusive(|byte| *byte == b'\n');
    let told = boundary.map(|boundary| [b"--", boundary.trim_end().as_bytes()].concat());
    let is_there = |told: &Vec<u8>| lines().any(|line| line.starts_with(told));
    let likely =
        || lines().map(<[u8]>::trim_ascii_end).find(|line| line.len() > 2 && line.starts_with(b"--"));
    let Some(mark) = told.filter(is_there).or_else(|| likely().map(<[u8]>::to_vec)) else {
        return Vec::new();
    };

    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in lines() {
        let after = line.strip_prefix(mark.as_slice()).map(<[u8]>::trim_ascii);
        if let Some(after) = after.filter(|after| matches!(*after, b"" | b"--")) {
            if let Some(start) = start {
                parts.push(&body[start..at]);
            }
            start = (after != b"--").then_some(at + line.len());
        }
        at += line.len();
    }
    // Cut short: what came of the last part may still say whose it is.
    parts.extend(start.map(|start| &body[start..]));
    parts
}

/// A body as it was before it was made fit for the way.
fn decoded(body: &[u8], encoding: &str) -> Vec<u8> {
    // The end of the last line belongs to the boundary.
    let body = body.strip_suffix(b"\r\n").or_else(|| body.strip_suffix(b"\n")).unwrap_or(body);
    match encoding.trim().to_ascii_lowercase().as_str() {
        "base64" => {
            let is_digit = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
            // Whatever stands between the digits is no part of them; the library stops at it.
            let digits: Vec<u8> = body.iter().filter(is_digit).copied().collect();
            let whole = &digits[..digits.len() - usize::from(digits.len() % 4 == 1)];
            base64_decode(whole).unwrap_or_default()
        }
        "quoted-printable" => quoted_printable(body),
        _ => body.to_vec(),
    }
}

/// Every `=3D` is a byte, and `=` at the end of a line joins it to the next; what is neither stays.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'=' {
            bytes.push(*first);
            continue;
        }
        let blank = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        match (after.get(blank), after) {
            (Some(b'\n'), _) => rest = &after[blank + 1..],
            (_, [high, low, more @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = more;
                }
                _ => bytes.push(b'='),
            },
            _ => {}
        }
    }
    bytes
}

#[cfg(test)]
mod tests;
