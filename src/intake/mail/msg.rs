//! Mails as Outlook saves them (.msg): a compound file whose storages are attachments (MS-OXMSG).

use super::super::code_page;
use super::super::limits::{LARGEST_FILE, MOST_PARTS};
use super::super::member::Member;
use super::super::unreadable::Unreadable;
use super::tnef::utf16;
use super::{Attached, own_name, told_when_none, without_decoration};
use cfb::CompoundFile;
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
    mail.read("", "", DEEPEST);
    told_when_none(without_decoration(mail.attached))
}

struct Mail<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    attached: Vec<Attached>,
}

impl Mail<'_> {
    /// Reads the attachments in a storage, itself a mail; `shown` is what stands before their names.
    fn read(&mut self, storage: &str, shown: &str, depth: usize) {
        let Ok(entries) = self.file.read_storage(format!("{storage}/")) else { return };
        let is_attachment = |name: &&String| name.starts_with("__attach_version1.0_");
        let names: Vec<String> = entries.map(|entry| entry.name().to_owned()).collect();
        for (number, name) in (1..).zip(names.iter().filter(is_attachment)) {
            if self.attached.len() >= MOST_PARTS {
                return;
            }
            self.attachment(&format!("{storage}/{name}"), number, shown, depth);
        }
    }

    fn attachment(&mut self, storage: &str, number: usize, shown: &str, depth: usize) {
        let name = ["3707", "3704", "3001"].iter().find_map(|property| self.text(storage, property));
        let inner = format!("{storage}/__substg1.0_3701000D");
        if self.file.is_storage(&inner) {
            let name = name.unwrap_or_else(|| format!("thu-kem-{number}.msg"));
            if depth > 1 {
                self.read(&inner, &format!("{shown}{name}/"), depth - 1);
            }
            return;
        }
        let name = name.unwrap_or_else(|| format!("tep-kem-{number}"));
        let bytes = self.stream(&format!("{storage}/__substg1.0_37010102"));
        let is_picture = self.text(storage, "370E").is_some_and(|kind| kind.starts_with("image/"));
        let is_decoration = is_picture && self.text(storage, "3712").is_some();
        let bytes = bytes.ok_or_else(Unreadable::attachment_elsewhere);
        let member = Member { path: format!("{shown}{name}"), modified: None, bytes };
        self.attached.push(Attached { member, is_decoration });
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
