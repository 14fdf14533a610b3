//! Parts of a package that are not written in UTF-8: XML allows UTF-16 and names other encodings, Excel and LibreOffice
//! read them, the library does not.

use super::mend;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// How much of a part is looked at for its encoding.
const HEAD: u64 = 256;

/// The package with every part of XML in UTF-8; `None` when it is so already.
pub(super) fn package(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let others: BTreeMap<String, &Encoding> = (0..zip.len())
        .filter_map(|index| {
            let name = zip.name_for_index(index)?.ok()?.into_owned();
            let lower = name.to_ascii_lowercase();
            (lower.ends_with(".xml") || lower.ends_with(".rels")).then_some(())?;
            let mut head = Vec::new();
            zip.by_index(index).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
            Some((name, other_encoding(&head)?))
        })
        .collect();
    if others.is_empty() {
        return None;
    }
    let change = |name: &str, part: &[u8]| others.get(name).and_then(|encoding| in_utf8(part, encoding));
    mend::rewrite(bytes, |name| others.contains_key(name), change, |name| Some(name.to_owned()))
}

/// The encoding of a part that begins so, unless it is UTF-8 (XML 1.0, appendix F).
fn other_encoding(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] | [b'<', 0, _, 0, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] | [0, b'<', 0, _, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = String::from_utf8_lossy(head);
    let (declaration, _) = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    // What can be read up to here by its bytes is no UTF-16, whatever it says.
    Encoding::for_label(label.as_bytes()).filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding))
}

/// The part in UTF-8, without the declaration that says otherwise; `None` where it is UTF-8 whatever it says.
fn in_utf8(part: &[u8], encoding: &'static Encoding) -> Option<Vec<u8>> {
    let is_wide = [UTF_16LE, UTF_16BE].contains(&encoding);
    if !is_wide && std::str::from_utf8(part).is_ok() {
        return None;
    }
    let text: Cow<str> = encoding.decode_with_bom_removal(part).0;
    let body = text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    Some(body.map_or(&*text, |(_, body)| body).as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_mark_by_first_letters_and_by_name() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        let cases: [(&[u8], Option<&str>); 9] = [
            (b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", None),
            (b"\xEF\xBB\xBF<?xml version='1.0'?>", None),
            (b"<a encoding=\"windows-1252\"?>", None),
            (b"<?xml version=\"1.0\" encoding=\"none\"?>", None),
            (b"<?xml version=\"1.0\" encoding=\"UTF-16\"?>", None),
            (b"\r\n<?xml version='1.0' encoding = 'windows-1258' standalone='yes'?>", Some("windows-1258")),
            (b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", Some("windows-1252")),
            (b"\xFF\xFE<\0", Some("UTF-16LE")),
            (&wide("<?xml"), Some("UTF-16BE")),
        ];
        for (head, name) in cases {
            assert_eq!(other_encoding(head).map(Encoding::name), name, "{}", String::from_utf8_lossy(head));
        }
    }
}
