//! How a mail begins, whatever program saved it.

/// Headers that mails have and other texts have not, in small letters.
const OF_MAILS: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "delivered-to",
    "mime-version",
    "reply-to",
    "sender",
    "in-reply-to",
    "references",
    "content-type",
    "dkim-signature",
    "authentication-results",
    "arc-seal",
    "x-received",
    "x-mailer",
    "x-originating-ip",
    "thread-topic",
    "x-mozilla-status",
    "received-spf",
    "envelope-to",
    "content-transfer-encoding",
];
/// Headers of a mail that went somewhere; a web page that was saved with its pictures has none of them.
const OF_THE_WAY: &[&str] =
    &["to", "cc", "bcc", "received", "return-path", "delivered-to", "message-id", "x-received"];
/// How much is looked at: signatures of the way may stand before what people read.
const HEAD: usize = 64 << 10;

/// What text begins with that has the shape of a mail's headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Headed {
    Mail,
    /// A web page in one file (.mht): the same headers, but nobody sent it.
    WebPage,
}

/// Whether bytes are a mail, or several in one file.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    headed(bytes) == Some(Headed::Mail)
}

/// What the lines up to the first empty one are headers of.
pub(super) fn headed(bytes: &[u8]) -> Option<Headed> {
    let bytes = after_mark(bytes);
    let is_mailbox = bytes.starts_with(b"From ");
    let bytes = if is_mailbox { after_line(bytes) } else { bytes };
    let mut known: Vec<String> = Vec::new();
    let mut is_related = false;
    let mut is_saved = false;
    for line in bytes[..bytes.len().min(HEAD)].split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match line.first() {
            None => break,
            Some(b' ' | b'\t') => continue,
            Some(_) => {}
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            // Mailboxes of some programs quote the line before the headers.
            if line.starts_with(b">From ") {
                continue;
            } else {
                return None;
            };
        };
        let name = line[..colon].trim_ascii_end();
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return None;
        }
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        let value = String::from_utf8_lossy(&line[colon + 1..]).trim().to_ascii_lowercase();
        is_related |= name == "content-type" && value.starts_with("multipart/related");
        is_saved |= name == "snapshot-content-location"
            || name == "x-document-type"
            || (name == "from" && value.starts_with("<saved by"));
        if OF_MAILS.contains(&name.as_str()) && !known.contains(&name) {
            known.push(name);
        }
    }
    let went = known.iter().any(|name| OF_THE_WAY.contains(&name.as_str()));
    match known.len() {
        _ if is_saved && !went => Some(Headed::WebPage),
        2.. if is_related && !went && !known.iter().any(|name| name == "from") => Some(Headed::WebPage),
        2.. => Some(Headed::Mail),
        1 if is_mailbox => Some(Headed::Mail),
        _ => None,
    }
}

/// Without what may stand before a mail: the mark of UTF-8, empty lines, the length that Apple's program writes.
pub(super) fn after_mark(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let line = &bytes[..bytes.len() - after_line(bytes).len()];
    let is_length = line.trim_ascii().iter().all(u8::is_ascii_digit) && line.ends_with(b"\n");
    if is_length { after_line(bytes) } else { bytes }
}

fn after_line(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().take(HEAD).position(|byte| *byte == b'\n');
    end.map_or(&[], |end| &bytes[end + 1..])
}

/// Headers with the line that ends them, and the body.
pub(super) fn split_at_blank_line(part: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in part.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if matches!(line, b"\n" | b"\r\n") {
            return part.split_at(at);
        }
    }
    (part, &[])
}
