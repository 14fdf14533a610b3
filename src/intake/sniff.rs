//! What a file is by its content; the extension is often wrong and never asked.

use super::compound;
use super::headers::{Headed, headed};
use super::raw::FileFormat;
use super::wrapped::{Wrapping, wrapping};
use flate2::read::GzDecoder;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What a file seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A workbook this program reads.
    Workbook(FileFormat),
    /// An OLE container with an encrypted package: a workbook with a password to open it.
    Encrypted,
    /// Excel binary workbook.
    Xlsb,
    /// Excel before 97, a bare BIFF stream.
    OldExcel,
    /// Excel 2003 XML or flat OpenDocument.
    ExcelXml,
    /// Web page, with or without pictures.
    Html,
    /// Plain text or CSV.
    Text,
    /// PDF.
    Pdf,
    /// Word or rich text.
    Word,
    /// PowerPoint.
    PowerPoint,
    /// Gnumeric's own XML, compressed or plain.
    Gnumeric,
    /// OpenDocument other than a spreadsheet.
    OtherOpenDocument,
    /// Picture.
    Image,
    /// A mail, or several in one file, as text.
    Mail,
    /// A mail as Outlook saves it (.msg).
    OutlookMail,
    /// What Outlook packs attachments into (winmail.dat).
    OutlookPack,
    /// Something else that a file lies in and that is not opened here.
    Wrapped(Wrapping),
    /// A shortcut of Windows: it only says where a file lies.
    Shortcut,
    /// An archive; its usual name.
    Archive(&'static str),
    /// No bytes at all.
    Nothing,
    /// Nothing but zero bytes.
    Zeros,
    /// An OLE container in which nothing known is found: another program's, or cut short.
    OtherContainer,
    /// Anything else.
    Unknown,
}

/// How `winmail.dat` begins (MS-OXTNEF).
pub(super) const TNEF: &[u8] = &[0x78, 0x9F, 0x3E, 0x22];
const GZIP: &[u8] = b"\x1F\x8B";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// First bytes that settle it.
const MAGIC: &[(&[u8], Kind)] = &[
    (b"%PDF-", Kind::Pdf),
    (b"{\\rtf", Kind::Word),
    (b"\x89PNG", Kind::Image),
    (b"\xFF\xD8\xFF", Kind::Image),
    (b"GIF8", Kind::Image),
    (b"II*\0", Kind::Image),
    (b"MM\0*", Kind::Image),
    (b"L\0\0\0\x01\x14\x02\0", Kind::Shortcut),
    (TNEF, Kind::OutlookPack),
    (b"Rar!", Kind::Archive("RAR")),
    (b"7z\xBC\xAF\x27\x1C", Kind::Archive("7z")),
    // BOF records of BIFF 2, 3, 4 and a bare BIFF 5 stream.
    (b"\x09\x00\x04\x00", Kind::OldExcel),
    (b"\x09\x02\x06\x00", Kind::OldExcel),
    (b"\x09\x04\x06\x00", Kind::OldExcel),
    (b"\x09\x08", Kind::OldExcel),
];

/// How much of a text is looked at.
const HEAD: usize = 4096;

/// Tells what the bytes are. Looks at names inside a package and never inflates more than a few thousand bytes.
///
/// ```
/// use xhht::intake::{Kind, sniff};
/// assert_eq!(sniff(b"%PDF-1.7 ..."), Kind::Pdf);
/// assert_eq!(sniff("STT;Xã;Số người\n1;An Lục Long;12".as_bytes()), Kind::Text);
/// ```
pub fn sniff(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Nothing;
    }
    let bytes = from_first_byte(bytes);
    if bytes.starts_with(b"PK") {
        return package(bytes);
    }
    if bytes.starts_with(OLE) {
        return container(bytes);
    }
    if bytes.starts_with(GZIP) {
        return compressed(bytes);
    }
    if let Some(wrapping) = wrapping(bytes) {
        return Kind::Wrapped(wrapping);
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *kind;
    }
    if bytes.get(4..12).is_some_and(|b| b == b"ftypheic" || b == b"ftypmif1")
        // “BM” alone could open a text; a bitmap has four reserved zero bytes.
        || (bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]))
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
    {
        return Kind::Image;
    }
    if bytes.iter().all(|b| *b == 0) {
        return Kind::Zeros;
    }
    match headed(bytes) {
        Some(Headed::Mail) => return Kind::Mail,
        Some(Headed::WebPage) => return Kind::Html,
        None => {}
    }
    match text(&bytes[..bytes.len().min(HEAD)]) {
        Some(head) => text_kind(&head),
        None => Kind::Unknown,
    }
}

/// The file without the mark of UTF-8 or the blank lines that a web portal wrote before a workbook or an archive when it was
/// fetched there.
pub(super) fn from_first_byte(bytes: &[u8]) -> &[u8] {
    let unmarked = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if unmarked.starts_with(b"PK\x03\x04") || unmarked.starts_with(OLE) { unmarked } else { bytes }
}

/// A zip: which office package it is, by the names of its parts.
fn package(bytes: &[u8]) -> Kind {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else {
        // Cut short: its first part still has its name near the start. What else could begin so is a workbook.
        let head = &bytes[..bytes.len().min(HEAD)];
        let other = contains(head, b"word/") || contains(head, b"ppt/");
        return if other { Kind::Word } else { Kind::Workbook(FileFormat::Xlsx) };
    };
    let mut mime = String::new();
    if let Ok(part) = zip.by_name("mimetype") {
        // A hundred bytes are enough for the longest of the OpenDocument types.
        let _ = part.take(100).read_to_string(&mut mime);
    }
    if let Some(kind) = mime.trim().strip_prefix("application/vnd.oasis.opendocument.") {
        return match kind {
            "spreadsheet" | "spreadsheet-template" => Kind::Workbook(FileFormat::Ods),
            _ => Kind::OtherOpenDocument,
        };
    }
    let names: Vec<String> =
        zip.file_names().flatten().map(|name| name.to_ascii_lowercase().replace('\\', "/")).collect();
    let any = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
    if any(&|n| n == "xl/workbook.bin") {
        Kind::Xlsb
    } else if any(&|n| n.starts_with("xl/") || n.ends_with("workbook.xml")) {
        Kind::Workbook(FileFormat::Xlsx)
    } else if any(&|n| n.starts_with("word/")) {
        Kind::Word
    } else if any(&|n| n.starts_with("ppt/")) {
        Kind::PowerPoint
    } else if any(&|n| n == "[content_types].xml") {
        Kind::Workbook(FileFormat::Xlsx)
    } else {
        Kind::Archive("ZIP")
    }
}

/// A single compressed file: an archive to be unpacked, or how Gnumeric saves.
fn compressed(bytes: &[u8]) -> Kind {
    let mut head = Vec::new();
    // What comes before damage is enough.
    let _ = GzDecoder::new(bytes).take(HEAD as u64).read_to_end(&mut head);
    match text(&head) {
        Some(head) if text_kind(&head) == Kind::Gnumeric => Kind::Gnumeric,
        _ => Kind::Archive("GZ"),
    }
}

/// An OLE container: which program's, by the names in its own folder; what is embedded in it has folders of its own. Where
/// the directory is damaged, by all names (entries of 128 bytes, the name in UTF-16 first).
fn container(bytes: &[u8]) -> Kind {
    const STREAMS: &[(&str, Kind)] = &[
        ("EncryptedPackage", Kind::Encrypted),
        ("WordDocument", Kind::Word),
        ("PowerPoint Document", Kind::PowerPoint),
        ("__properties_version1.0", Kind::OutlookMail),
        ("Workbook", Kind::Workbook(FileFormat::Xls)),
        ("Book", Kind::Workbook(FileFormat::Xls)),
    ];
    let own = compound::own_names(bytes);
    let is_own = |name: &str| own.iter().any(|known| known.eq_ignore_ascii_case(name));
    if let Some((_, kind)) = STREAMS.iter().find(|(name, _)| is_own(name)) {
        return *kind;
    }
    let mut found = [false; STREAMS.len()];
    let names: Vec<Vec<u8>> = STREAMS
        .iter()
        .map(|(name, _)| name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect())
        .collect();
    for entry in bytes.chunks_exact(128) {
        for (seen, name) in found.iter_mut().zip(&names) {
            // Names are one whatever their case (MS-CFB 2.6.4); some programs write WORKBOOK.
            *seen |= entry.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        }
    }
    // In the order of the table: a Word document may hold an Excel object, an encrypted one holds nothing else.
    STREAMS.iter().zip(found).find(|(_, seen)| *seen).map_or(Kind::OtherContainer, |((_, kind), _)| *kind)
}

/// The head as lower-case text when it is text: UTF-8, UTF-16 with its mark, or an 8-bit code page.
fn text(head: &[u8]) -> Option<String> {
    let utf16 = |decode: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = head[2..].as_chunks::<2>().0.iter().map(|pair| decode(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match head {
        [0xFF, 0xFE, ..] => utf16(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => utf16(u16::from_be_bytes),
        _ => String::from_utf8_lossy(head).into_owned(),
    };
    let control = text.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')).count();
    // 8-bit Vietnamese code pages are mostly plain letters; a binary format is not.
    let strange = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    (control == 0 && strange * 3 <= text.chars().count()).then(|| text.to_lowercase())
}

fn text_kind(head: &str) -> Kind {
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet")
        || head.contains("excel.sheet\"")
        || head.contains("opendocument.spreadsheet")
    {
        Kind::ExcelXml
    } else if head.contains("www.gnumeric.org/v") {
        Kind::Gnumeric
    } else if ["<!doctype html", "<html", "<head", "<body", "<table", "<meta"]
        .iter()
        .any(|tag| head.contains(tag))
    {
        Kind::Html
    } else {
        Kind::Text
    }
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_settle_it() {
        let cases: &[(&[u8], Kind)] = &[
            (b"", Kind::Nothing),
            (&[0; 600], Kind::Zeros),
            (b"%PDF-1.4\n%\xE2\xE3", Kind::Pdf),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", Kind::Image),
            (b"{\\rtf1\\ansi", Kind::Word),
            (b"<html><table><tr><td>1</td></tr></table></html>", Kind::Html),
            (b"\xEF\xBB\xBF  <!DOCTYPE html>", Kind::Html),
            (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", Kind::ExcelXml),
            (
                b"<?xml version=\"1.0\"?><gnm:Workbook xmlns:gnm=\"http://www.gnumeric.org/v10.dtd\">",
                Kind::Gnumeric,
            ),
            (b"\x1F\x8B\x08\0", Kind::Archive("GZ")),
            (b"a,b,c\r\n1,2,3\r\n", Kind::Text),
            (b"\xFF\xFEa\0\t\0b\0", Kind::Text),
            (b"MIME-Version: 1.0\r\nContent-Type: text/plain", Kind::Mail),
            (b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><body>", Kind::Mail),
            (b"DKIM-Signature: v=1;\r\n a=rsa\r\nX-Zimbra: 1\r\nDate: Wed\r\n\r\nx", Kind::Mail),
            (
                b"\xEF\xBB\xBF\r\nFrom - Wed Dec 4\r\nX-Mozilla-Status: 0001\r\nSubject: x\r\n\r\nx",
                Kind::Mail,
            ),
            (b"1234\nDate: Wed\nX-Any: 1\nTo: a\n\nx", Kind::Mail),
            (
                b"MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related\n\nx",
                Kind::Html,
            ),
            (b"From: <Saved by Blink>\nSubject: x\nDate: Wed\nMIME-Version: 1.0\n\n<html>", Kind::Html),
            (b"Date: 4/12\nTen;Xa\n1;2\n", Kind::Text),
            (b"Subject;From\n1;2\n", Kind::Text),
            (b"\x78\x9F\x3E\x22\x01\0", Kind::OutlookPack),
            (b"\x09\x08\x08\0\0\x05", Kind::OldExcel),
            (b"\x7FELF\x02\x01\x01\0", Kind::Unknown),
        ];
        for (bytes, kind) in cases {
            assert_eq!(sniff(bytes), *kind, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_container_is_told_by_its_directory() {
        let with = |streams: &[&str]| {
            let mut bytes = OLE.to_vec();
            bytes.resize(512, 0);
            for name in streams {
                let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
                entry.resize(128, 0);
                bytes.extend(entry);
            }
            sniff(&bytes)
        };
        assert_eq!(with(&["Root Entry", "Workbook"]), Kind::Workbook(FileFormat::Xls));
        assert_eq!(with(&["Root Entry", "WORKBOOK"]), Kind::Workbook(FileFormat::Xls));
        assert_eq!(with(&["Root Entry", "BOOK"]), Kind::Workbook(FileFormat::Xls));
        assert_eq!(with(&["Root Entry", "Workbook", "WordDocument"]), Kind::Word);
        assert_eq!(with(&["Root Entry", "EncryptionInfo", "EncryptedPackage"]), Kind::Encrypted);
        // A name that only begins like one is another name.
        assert_eq!(with(&["Root Entry", "Workbooks"]), Kind::OtherContainer);
    }
}
