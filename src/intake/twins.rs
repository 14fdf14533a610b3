//! Files of one name in one zip (APPNOTE 4.3.12): a reader that keeps them by name loses one in silence.

use super::biff::{u16_at, u32_at};
use super::unreadable::Unreadable;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

const ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// Bytes of an entry before its name, and of the end of the list before its comment.
const ENTRY_LENGTH: usize = 46;
const END_LENGTH: usize = 22;

/// An entry of the list of files at the end of a zip.
struct Entry<'a> {
    bytes: &'a [u8],
    name: &'a [u8],
    /// Checksum and size unpacked: files that agree in both are one.
    content: (u32, u32),
}

/// Where the list of files begins and ends, and its entries; `None` where it is not where it says, or too large for
/// numbers of 32 bits.
fn list(bytes: &[u8]) -> Option<(usize, usize, Vec<Entry<'_>>)> {
    let from = bytes.len().saturating_sub(END_LENGTH + usize::from(u16::MAX));
    let end = from + bytes[from..].windows(END.len()).rposition(|window| window == END)?;
    let count = usize::from(u16_at(bytes, end + 10)?);
    let start = end.checked_sub(u32_at(bytes, end + 12)? as usize)?;
    let mut entries = Vec::new();
    let mut at = start;
    for _ in 0..count {
        let entry = bytes.get(at..end)?;
        if !entry.starts_with(ENTRY) {
            return None;
        }
        let length = |place| u16_at(entry, place).map(usize::from);
        let name = entry.get(ENTRY_LENGTH..ENTRY_LENGTH + length(28)?)?;
        let whole = ENTRY_LENGTH + length(28)? + length(30)? + length(32)?;
        let content = (u32_at(entry, 16)?, u32_at(entry, 24)?);
        entries.push(Entry { bytes: entry.get(..whole)?, name, content });
        at += whole;
    }
    // What follows is the longer end of a zip whose numbers take 64 bits, or damage.
    (at == end).then_some((start, end, entries))
}

/// Refuses a workbook of which two parts have one name and differ: nobody can say which of them was meant.
///
/// # Errors
/// F003 with the name.
pub(super) fn refuse_in_package(bytes: &[u8]) -> Result<(), Unreadable> {
    let Some((_, _, entries)) = list(bytes) else { return Ok(()) };
    let mut known: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for entry in entries {
        // Programs look for parts whatever the case of letters and the direction of slashes.
        let name = String::from_utf8_lossy(entry.name).to_ascii_lowercase().replace('\\', "/");
        match known.get(&name) {
            Some(content) if *content != entry.content => {
                return Err(Unreadable::damaged(&format!(
                    "trong tệp có hai phần cùng tên “{name}” nhưng nội dung khác nhau, không rõ phần nào là bản đúng"
                )));
            }
            _ => {
                known.insert(name, entry.content);
            }
        }
    }
    Ok(())
}

/// The zip with a number behind every name that stood before: `796.xlsx`, `796 (2).xlsx`; as it is when there is none.
pub(super) fn apart(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some((start, end, entries)) = list(bytes) else { return bytes.into() };
    let mut known: BTreeSet<Vec<u8>> = BTreeSet::new();
    if entries.iter().all(|entry| known.insert(entry.name.to_vec())) {
        return bytes.into();
    }
    let mut written = bytes[..start].to_vec();
    let mut taken: BTreeSet<Vec<u8>> = BTreeSet::new();
    for entry in &entries {
        let mut name = entry.name.to_vec();
        let mut number = 2_usize;
        while taken.contains(&name) || number > 2 && known.contains(&name) {
            name = numbered(entry.name, number);
            number += 1;
        }
        let Ok(length) = u16::try_from(name.len()) else { return bytes.into() };
        written.extend(&entry.bytes[..28]);
        written.extend(length.to_le_bytes());
        written.extend(&entry.bytes[30..ENTRY_LENGTH]);
        written.extend(&name);
        written.extend(&entry.bytes[ENTRY_LENGTH + entry.name.len()..]);
        taken.insert(name);
    }
    let Ok(size) = u32::try_from(written.len() - start) else { return bytes.into() };
    written.extend(&bytes[end..end + 12]);
    written.extend(size.to_le_bytes());
    written.extend(&bytes[end + 16..]);
    written.into()
}

fn numbered(name: &[u8], number: usize) -> Vec<u8> {
    let dot = name.iter().rposition(|byte| *byte == b'.').unwrap_or(name.len());
    [&name[..dot], format!(" ({number})").as_bytes(), &name[dot..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use std::io::{Cursor, Read, Write};
    use zip::write::SimpleFileOptions;
    use zip::{ZipArchive, ZipWriter};

    /// A zip of these files; the writer takes no name twice, so letters of one length are put in afterwards.
    fn packed(files: &[(&str, &str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, _, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        let mut bytes = zip.finish().unwrap().into_inner();
        for (name, other, _) in files {
            assert_eq!(name.len(), other.len());
            for at in 0..bytes.len() - name.len() {
                if bytes[at..].starts_with(name.as_bytes()) {
                    bytes[at..at + name.len()].copy_from_slice(other.as_bytes());
                }
            }
        }
        bytes
    }

    #[test]
    fn both_files_of_one_name_are_had() {
        let bytes =
            packed(&[("796.xlsx", "796.xlsx", "một"), ("79x.xlsx", "796.xlsx", "hai"), ("b", "b", "ba")]);
        assert_eq!(ZipArchive::new(Cursor::new(&bytes[..])).unwrap().len(), 2, "the library loses one");
        let apart = apart(&bytes);
        let mut zip = ZipArchive::new(Cursor::new(&apart[..])).unwrap();
        let mut content = |name: &str| {
            let mut text = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!(["796.xlsx", "796 (2).xlsx", "b"].map(&mut content), ["một", "hai", "ba"]);
    }

    #[test]
    fn what_has_no_twins_stays_and_what_is_no_zip_too() {
        let bytes = packed(&[("a", "a", "1"), ("b", "b", "2")]);
        assert!(matches!(apart(&bytes), Cow::Borrowed(_)));
        for wreck in [&b"PK"[..], b"", &bytes[..bytes.len() - 1], &bytes[30..]] {
            assert!(matches!(apart(wreck), Cow::Borrowed(_)));
            assert!(refuse_in_package(wreck).is_ok());
        }
    }

    #[test]
    fn parts_of_one_name_that_differ_are_refused_and_copies_are_not() {
        let code =
            |files: &[(&str, &str, &str)]| refuse_in_package(&packed(files)).err().map(|error| error.code);
        assert_eq!(code(&[("xl/a.xml", "xl/a.xml", "1"), ("xl/b.xml", "xl/A.xml", "2")]), Some(Code::F003));
        assert_eq!(code(&[("xl/a.xml", "xl/a.xml", "1"), ("xl/b.xml", "xl/a.xml", "1")]), None);
        assert_eq!(code(&[("xl/a.xml", "xl/a.xml", "1"), ("xl/b.xml", "xl/b.xml", "2")]), None);
    }
}
