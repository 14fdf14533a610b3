//! `winmail.dat`: what Outlook packs attachments into for other Outlooks (MS-OXTNEF).

use super::super::biff::{u16_at, u32_at};
use super::super::code_page;
use super::super::limits::{LARGEST_FILE, MOST_PARTS};
use super::super::member::Member;
use super::super::sniff::TNEF as SIGNATURE;
use super::super::unreadable::Unreadable;
use super::object::object_of;
use super::{own_name, told_when_none};
use cfb::{CompoundFile, Entry};
use std::io::{Cursor, Read};
use std::path::Path;

/// Signature and key.
const HEAD: usize = 6;

// Attributes of an attachment, by the lower half of their numbers.
const BEGINS: u16 = 0x9002;
const TITLE: u16 = 0x8010;
const DATA: u16 = 0x800F;
const PROPERTIES: u16 = 0x9005;

// Properties inside the last of them (MS-OXPROPS).
const LONG_NAME: u16 = 0x3707;
const OBJECT: u16 = 0x3701;

/// The attachments of a `winmail.dat`.
///
/// # Errors
/// There is none, or nothing of it can be followed.
pub(in crate::intake) fn attachments(bytes: &[u8]) -> Result<Vec<Member>, Unreadable> {
    let mut found: Vec<Attachment> = Vec::new();
    let mut rest = bytes.get(HEAD..).unwrap_or_default();
    while let Some((id, data, after)) = attribute(rest) {
        rest = after;
        if id == BEGINS && found.len() < MOST_PARTS {
            found.push(Attachment::default());
        }
        match (id, found.last_mut()) {
            (TITLE, Some(last)) => last.title = until_zero(data).to_vec(),
            (DATA, Some(last)) => last.data = data.to_vec(),
            (PROPERTIES, Some(last)) => last.take_properties(data),
            _ => {}
        }
    }
    let members = (1..).zip(found).filter_map(|(number, attachment)| attachment.member(number));
    told_when_none(members.collect())
}

#[derive(Default)]
struct Attachment {
    title: Vec<u8>,
    long_name: String,
    data: Vec<u8>,
    /// A mail that is attached, packed in the same way.
    object: Vec<u8>,
}

impl Attachment {
    fn member(self, number: usize) -> Option<Member> {
        let named = [self.long_name, code_page::read(&self.title)];
        let name = named.iter().map(|name| own_name(name)).find(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| format!("tep-kem-{number}"));
        let bytes = match CompoundFile::open(Cursor::new(&self.object)) {
            Ok(mut object) => {
                let streams = object
                    .walk()
                    .filter(Entry::is_stream)
                    .filter(|entry| entry.path().parent() == Some(Path::new("/")));
                let names: Vec<String> = streams.map(|entry| entry.name().to_owned()).collect();
                let mut stream = |name: String| {
                    let mut bytes = Vec::new();
                    object.open_stream(&name).ok()?.take(LARGEST_FILE + 1).read_to_end(&mut bytes).ok()?;
                    Some((name, bytes))
                };
                object_of(names.into_iter().filter_map(&mut stream).collect())
            }
            Err(_) if self.object.starts_with(SIGNATURE) => Ok(self.object),
            Err(_) => Ok(self.data),
        };
        // The mail around it says when it came.
        let member = Member { path: name, modified: None, received: None, bytes };
        (!member.bytes.as_ref().is_ok_and(Vec::is_empty)).then_some(member)
    }

    /// Reads the properties as far as they can be followed.
    fn take_properties(&mut self, data: &[u8]) {
        let mut reader = Reader(data);
        let count = reader.u32().unwrap_or(0);
        for _ in 0..count {
            let Some((kind, id)) = reader.u16().zip(reader.u16()) else { return };
            let Some(value) = reader.value(kind, id) else { return };
            match (id, kind) {
                (LONG_NAME, 0x1F) => self.long_name = utf16(value),
                (LONG_NAME, 0x1E) => self.long_name = code_page::read(until_zero(value)),
                // An object begins with the number of its interface.
                (OBJECT, 0x0D) => self.object = value.get(16..).unwrap_or_default().to_vec(),
                (OBJECT, 0x102) if self.data.is_empty() => self.data = value.to_vec(),
                _ => {}
            }
        }
    }
}

/// The next attribute: its number, its data, and what follows; nothing where it is cut short.
fn attribute(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let id = u16_at(bytes, 1)?;
    let length = usize::try_from(u32_at(bytes, 5)?).ok()?;
    let (data, after) = bytes.get(9..)?.split_at_checked(length)?;
    // A sum of its bytes follows.
    Some((id, data, after.get(2..)?))
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        u16_at(self.take(2)?, 0)
    }

    fn u32(&mut self) -> Option<u32> {
        u32_at(self.take(4)?, 0)
    }

    /// Bytes with their length before them, filled up to four.
    fn counted(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.u32()?).ok()?;
        let bytes = self.take(length)?;
        self.take((4 - length % 4) % 4)?;
        Some(bytes)
    }

    /// The (first) value of a property.
    fn value(&mut self, kind: u16, id: u16) -> Option<&'a [u8]> {
        if id >= 0x8000 {
            self.take(16)?;
            match self.u32()? {
                0 => self.take(4)?,
                _ => self.counted()?,
            };
        }
        let is_many = kind & 0x1000 != 0;
        let width = match kind & 0x0FFF {
            0x02..=0x04 | 0x0A | 0x0B => Some(4),
            0x05..=0x07 | 0x14 | 0x40 => Some(8),
            0x48 => Some(16),
            0x0D | 0x1E | 0x1F | 0x102 => None,
            _ => return None,
        };
        let count = if is_many || width.is_none() { self.u32()? } else { 1 };
        let mut first = None;
        for _ in 0..count {
            let value = match width {
                Some(width) => self.take(width)?,
                None => self.counted()?,
            };
            first = first.or(Some(value));
        }
        Some(first.unwrap_or_default())
    }
}

fn until_zero(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Text in UTF-16, little end first, up to the first zero.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    String::from_utf16_lossy(units.split(|unit| *unit == 0).next().unwrap_or_default())
}
