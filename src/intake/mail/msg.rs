//! Mails as Outlook saves them (.msg): a compound file whose storages are attachments (MS-OXMSG).

use super::super::biff::u32_at;
use super::super::code_page;
use super::super::limits::{LARGEST_FILE, MOST_PARTS};
use super::super::member::Member;
use super::super::moment::{Moment, Receipt, ReceiptBy};
use super::super::unreadable::Unreadable;
use super::object::object_of;
use super::tnef::utf16;
use super::{Attached, own_name, told_when_none, without_decoration};
use cfb::{CompoundFile, Entry};
use chrono::{DateTime, TimeDelta};
use std::io::{Cursor, Read};

/// How deep mails may lie in mails here.
const DEEPEST: usize = 4;

/// The attachments of a mail, those of mails attached to it among them.
///
/// # Errors
/// There is none, or the file is damaged.
pub(in crate::intake) fn attachments(bytes: &[u8]) -> Result<Vec<Member>, Unreadable> {
    let file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| {
        Unreadable::damaged("thư Outlook (.msg) bị cắt cụt hoặc các phần bên trong nối sai nhau")
    })?;
    let mut mail = Mail { file, attached: Vec::new() };
    let at_the_top = Place { storage: "", shown: "", head: HEAD_OF_THE_FILE };
    mail.read(at_the_top, DEEPEST);
    told_when_none(without_decoration(mail.attached))
}

/// What stands before the properties of the mail that is the file, and of one inside it.
const HEAD_OF_THE_FILE: usize = 32;
const HEAD_OF_A_MAIL: usize = 24;
/// When the store took the mail, and when its writer let it go (MS-OXPROPS), as kinds and numbers of properties.
const DELIVERED: u32 = 0x0E06_0040;
const SUBMITTED: u32 = 0x0039_0040;

/// A mail in the file: its storage, what stands before the names of its files, where its properties begin.
struct Place<'p> {
    storage: &'p str,
    shown: &'p str,
    head: usize,
}

struct Mail<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    attached: Vec<Attached>,
}

impl Mail<'_> {
    /// Reads the attachments of a mail.
    fn read(&mut self, mail: Place<'_>, depth: usize) {
        let Ok(entries) = self.file.read_storage(format!("{}/", mail.storage)) else { return };
        let is_attachment = |name: &&String| name.starts_with("__attach_version1.0_");
        let names: Vec<String> = entries.map(|entry| entry.name().to_owned()).collect();
        let first = self.attached.len();
        for (number, name) in (1..).zip(names.iter().filter(is_attachment)) {
            if self.attached.len() >= MOST_PARTS {
                break;
            }
            self.attachment(&format!("{}/{name}", mail.storage), number, mail.shown, depth);
        }
        let properties = self.stream(&format!("{}/__properties_version1.0", mail.storage));
        let properties = properties.as_deref().and_then(|all| all.get(mail.head..)).unwrap_or_default();
        let sent = moment_of(properties, SUBMITTED);
        let by_server =
            moment_of(properties, DELIVERED).map(|at| Receipt { moment: at, by: ReceiptBy::Server });
        let received = by_server.or_else(|| sent.map(|at| Receipt { moment: at, by: ReceiptBy::Sender }));
        // A mail inside says it of its own files.
        for Attached { member, .. } in &mut self.attached[first..] {
            member.modified = member.modified.or(sent);
            member.received = member.received.or(received);
        }
    }

    fn attachment(&mut self, storage: &str, number: usize, shown: &str, depth: usize) {
        let name = ["3707", "3704", "3001"].iter().find_map(|property| self.text(storage, property));
        let inner = format!("{storage}/__substg1.0_3701000D");
        if self.file.is_storage(&inner) && !self.file.is_stream(format!("{inner}/__properties_version1.0")) {
            // A mail has properties; what has none is an object of another program, put among the words.
            let path = format!("{shown}{}", name.unwrap_or_else(|| format!("tep-kem-{number}")));
            let bytes = self.object(&inner);
            let member = Member { path, modified: None, received: None, bytes };
            self.attached.push(Attached { member, is_decoration: false });
            return;
        }
        if self.file.is_storage(&inner) {
            let name = name.unwrap_or_else(|| format!("thu-kem-{number}.msg"));
            if depth > 1 {
                let shown = format!("{shown}{name}/");
                self.read(Place { storage: &inner, shown: &shown, head: HEAD_OF_A_MAIL }, depth - 1);
            }
            return;
        }
        let name = name.unwrap_or_else(|| format!("tep-kem-{number}"));
        let bytes = self.stream(&format!("{storage}/__substg1.0_37010102"));
        let is_picture = self.text(storage, "370E").is_some_and(|kind| kind.starts_with("image/"));
        let is_decoration = is_picture && self.text(storage, "3712").is_some();
        let bytes = bytes.ok_or_else(Unreadable::attachment_elsewhere);
        let member = Member { path: format!("{shown}{name}"), modified: None, received: None, bytes };
        self.attached.push(Attached { member, is_decoration });
    }

    /// The file that an embedded object is: a package, or a workbook of Excel 97–2003 with its streams beside each other.
    fn object(&mut self, storage: &str) -> Result<Vec<u8>, Unreadable> {
        let entries =
            self.file.read_storage(format!("{storage}/")).map_err(|_| Unreadable::object_in_words())?;
        let names: Vec<String> =
            entries.filter(Entry::is_stream).map(|entry| entry.name().to_owned()).collect();
        let streams = names.into_iter().filter_map(|name| {
            let bytes = self.stream(&format!("{storage}/{name}"))?;
            Some((name, bytes))
        });
        object_of(streams.collect())
    }

    /// A property that is a text, in either of its forms; nothing when it is empty.
    fn text(&mut self, storage: &str, property: &str) -> Option<String> {
        let wide = self.stream(&format!("{storage}/__substg1.0_{property}001F")).map(|bytes| utf16(&bytes));
        let text = wide.or_else(|| {
            let bytes = self.stream(&format!("{storage}/__substg1.0_{property}001E"))?;
            Some(code_page::read(bytes.split(|byte| *byte == 0).next().unwrap_or_default()))
        })?;
        let is_kind = property == "370E";
        let text = if is_kind { text.to_ascii_lowercase() } else { own_name(&text) };
        (!text.is_empty()).then_some(text)
    }

    fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        let stream = self.file.open_stream(path).ok()?;
        let mut bytes = Vec::new();
        stream.take(LARGEST_FILE + 1).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// A moment among properties of 16 bytes each: kind and number, flags, the value, here in steps of 100 ns since 1601.
fn moment_of(properties: &[u8], property: u32) -> Option<Moment> {
    let entry = properties.chunks_exact(16).find(|entry| u32_at(entry, 0) == Some(property))?;
    let steps = i64::from(u32_at(entry, 12)?) << 32 | i64::from(u32_at(entry, 8)?);
    let since = DateTime::from_timestamp(SECONDS_FROM_1601, 0)?;
    Some(Moment::utc(since.checked_add_signed(TimeDelta::microseconds(steps / 10))?.naive_utc()))
}

/// The first moment of 1601, in seconds of Unix.
const SECONDS_FROM_1601: i64 = -11_644_473_600;
