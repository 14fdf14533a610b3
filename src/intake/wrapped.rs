//! What files come wrapped in that is not opened here: sealed mails, mails of the time before MIME, rich text. Each is
//! named, so that its receiver knows what to do or what to ask of its sender.

use mail_parser::decoders::base64::base64_decode;
use std::ops::RangeInclusive;

/// What a file lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    /// A mail signed in such a way that what it says lies inside the signature (S/MIME, `smime.p7m`).
    SignedMail,
    /// A mail or file encrypted for its receiver (S/MIME, PGP).
    EncryptedMail,
    /// Letters that stand for bytes, as mails carried them before there were attachments: uuencode, BinHex, yEnc.
    Letters,
    /// Rich text with a file put into it, as Outlook and Word save (.rtf).
    RichText,
}

/// ContentInfo of CMS (RFC 5652): the number of a kind of content, 1.2.840.113549.1.7.x.
const OF_CMS: &[u8] = &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];
const SIGNED: u8 = 2;
/// Enveloped; and, by another arc, authenticated and enveloped, which is as shut.
const ENVELOPED: u8 = 3;
const OF_AUTHENTICATED: &[u8] =
    &[0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17];
/// How far into a file what it is can stand: behind the lengths of what it lies in.
const FIRST: usize = 32;
/// How much of a text is searched; a mail may say much before its file begins.
const HEAD: usize = 1 << 20;

/// What these bytes are a wrapping of, if they are one.
pub(super) fn wrapping(bytes: &[u8]) -> Option<Wrapping> {
    cms(bytes).or_else(|| armoured(bytes)).or_else(|| rich_text(bytes)).or_else(|| {
        // Only a file that begins so: a text may speak of it.
        let text = bytes.trim_ascii_start();
        (letters_begin(text) || text.starts_with(BINHEX)).then_some(Wrapping::Letters)
    })
}

/// Whether a file written as letters stands among the words of a mail, and its name where that is told.
pub(super) fn letters_within(words: &[u8]) -> Option<String> {
    let words = &words[..words.len().min(HEAD)];
    let starts = std::iter::once(0)
        .chain(words.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1));
    let begun = starts.map(|at| &words[at..]).find(|rest| letters_begin(rest) || rest.starts_with(BINHEX))?;
    let line = begun.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let line = line.trim();
    let name = line.strip_prefix("begin ").and_then(|rest| rest.split_once(' ')).map(|(_, name)| name);
    let name = name.or_else(|| line.split_once(" name=").map(|(_, name)| name));
    Some(name.unwrap_or_default().to_owned())
}

fn cms(bytes: &[u8]) -> Option<Wrapping> {
    let head = bytes.get(..FIRST.min(bytes.len())).filter(|head| head.first() == Some(&0x30))?;
    let at = |what: &[u8]| head.windows(what.len()).position(|window| window == what);
    if at(OF_AUTHENTICATED).is_some() {
        return Some(Wrapping::EncryptedMail);
    }
    match *head.get(at(OF_CMS)? + OF_CMS.len())? {
        SIGNED => Some(Wrapping::SignedMail),
        ENVELOPED => Some(Wrapping::EncryptedMail),
        _ => None,
    }
}

/// The same and PGP's own, written in letters between dashes.
fn armoured(bytes: &[u8]) -> Option<Wrapping> {
    let text = bytes.trim_ascii_start();
    if text.starts_with(b"-----BEGIN PGP MESSAGE-----") {
        return Some(Wrapping::EncryptedMail);
    }
    let is_cms = ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"]
        .iter()
        .any(|name| text.starts_with(format!("-----BEGIN {name}-----").as_bytes()));
    if !is_cms {
        return None;
    }
    let lines = text.split(|byte| *byte == b'\n').skip(1).map(<[u8]>::trim_ascii);
    let is_digit = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let digits: Vec<u8> = lines.flatten().take_while(is_digit).take(FIRST).copied().collect();
    cms(&base64_decode(&digits)?).or(Some(Wrapping::SignedMail))
}

fn rich_text(bytes: &[u8]) -> Option<Wrapping> {
    const OBJECT: &[u8] = b"\\objdata";
    let is_text = bytes.starts_with(b"{\\rtf");
    (is_text && bytes.windows(OBJECT.len()).any(|window| window == OBJECT)).then_some(Wrapping::RichText)
}

const BINHEX: &[u8] = b"(This file must be converted with BinHex";
/// Letters of uuencode, each six bits, and the one that stands for none.
const LETTERS: RangeInclusive<u8> = b' '..=b'`';

/// `begin 644 name` and a line as long as its first letter says; or the first line of yEnc.
fn letters_begin(text: &[u8]) -> bool {
    if text.starts_with(b"=ybegin ") {
        return true;
    }
    let mut lines =
        text.splitn(3, |byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let Some(rest) = first.strip_prefix(b"begin ").or_else(|| first.strip_prefix(b"begin-base64 ")) else {
        return false;
    };
    let mode = rest.iter().take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    if !matches!(mode, 3 | 4) || rest.get(mode) != Some(&b' ') {
        return false;
    }
    if first.starts_with(b"begin-base64 ") {
        return true;
    }
    let Some((length, letters)) = second.split_first() else { return false };
    // Programs on the way cut blanks off the end, which are letters here; some add a letter as a check.
    let full = usize::from((length.wrapping_sub(b' ')) & 0x3F).div_ceil(3) * 4;
    LETTERS.contains(length)
        && letters.iter().all(|letter| LETTERS.contains(letter))
        && letters.len() <= full + 1
        && letters.len() + 4 >= full
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use crate::intake::{Kind, read, sniff};

    fn of_cms(kind: u8) -> Vec<u8> {
        [&[0x30, 0x82, 0x12, 0x34][..], OF_CMS, &[kind, 0xA0, 0x82, 0x12, 0x25, 0x30, 0x82]].concat()
    }

    #[test]
    fn what_is_sealed_or_written_in_letters_is_named_with_what_to_ask_for() {
        let mut indefinite = vec![0x30, 0x80];
        indefinite.extend(OF_CMS);
        indefinite.push(SIGNED);
        let authenticated = [&[0x30, 0x82, 0, 9][..], OF_AUTHENTICATED, &[0xA0, 0x80]].concat();
        for (bytes, wrapping, code, named, asked) in [
            (of_cms(SIGNED), Wrapping::SignedMail, Code::F005, "ký số", "ký rời"),
            (indefinite, Wrapping::SignedMail, Code::F005, "smime.p7m", "lưu riêng tệp Excel"),
            (of_cms(ENVELOPED), Wrapping::EncryptedMail, Code::F004, "mã hóa", "không mã hóa"),
            (authenticated, Wrapping::EncryptedMail, Code::F004, "S/MIME", "không mã hóa"),
            (
                b"-----BEGIN PKCS7-----\nMIISNAYJKoZIhvcNAQcDoIISJTCCEg==\n-----END PKCS7-----\n".to_vec(),
                Wrapping::EncryptedMail,
                Code::F004,
                "S/MIME",
                "chứng thư số",
            ),
            (
                b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n".to_vec(),
                Wrapping::EncryptedMail,
                Code::F004,
                "PGP",
                "không mã hóa",
            ),
            (
                b"begin 644 794.xls\r\n#0V%T\r\n`\r\nend\r\n".to_vec(),
                Wrapping::Letters,
                Code::F005,
                "uuencode",
                "đính kèm bình thường",
            ),
            (
                b"=ybegin line=128 size=9 name=794.xls\r\nabc\r\n".to_vec(),
                Wrapping::Letters,
                Code::F005,
                "yEnc",
                "giải nén",
            ),
            (
                b"(This file must be converted with BinHex 4.0)\r\n:abc\r\n".to_vec(),
                Wrapping::Letters,
                Code::F005,
                "BinHex",
                "đính kèm bình thường",
            ),
            (
                br"{\rtf1\ansi Gui so lieu {\object\objemb{\*\objclass Excel.Sheet.12}{\*\objdata 0105}}}"
                    .to_vec(),
                Wrapping::RichText,
                Code::F001,
                "RTF",
                "nhấn đúp",
            ),
        ] {
            assert_eq!(sniff(&bytes), Kind::Wrapped(wrapping), "{named}");
            let told = read(&bytes, &[]).unwrap_err();
            assert_eq!(told.code, code);
            assert!(told.cause.contains(named) && told.cure.contains(asked), "{told:?}");
        }
    }

    #[test]
    fn what_only_looks_like_it_is_something_else() {
        for (bytes, kind) in [
            (b"begin 644 of the year\nwas a long time ago\n".to_vec(), Kind::Text),
            (b"begin 2024 a\n1;2;3\n".to_vec(), Kind::Text),
            (b"0;1;2\n3;4;5\n".to_vec(), Kind::Text),
            (br"{\rtf1\ansi Gui so lieu}".to_vec(), Kind::Word),
            // A certificate, and data that is only kept so.
            (of_cms(1), Kind::Unknown),
        ] {
            assert_eq!(sniff(&bytes), kind, "{:?}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn letters_among_words_tell_the_name_of_their_file() {
        let words = "Gửi số liệu\r\n\r\nbegin 600 so lieu.xls\r\n#0V%T\r\n`\r\nend\r\n";
        assert_eq!(letters_within(words.as_bytes()).as_deref(), Some("so lieu.xls"));
        assert_eq!(letters_within(b"x\n=ybegin line=128 size=9 name=a.xls\n").as_deref(), Some("a.xls"));
        assert_eq!(letters_within("we begin 600 a\nbegin 600 times\nagain and again\n".as_bytes()), None);
    }
}
