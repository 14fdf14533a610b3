//! Files that hold files, such as zips and mails: opened to the last, within limits that count for the whole.

use super::limits::{LARGEST_PACKAGE, MOST_NESTED, MOST_PARTS, count, megabytes};
use super::member::Member;
use super::moment::Receipt;
use super::sniff::{Kind, sniff};
use super::unreadable::Unreadable;
use super::{archive, guard, guarded, mail, twins};
use std::collections::BTreeSet;

type Members<'a> = Box<dyn Iterator<Item = Member> + 'a>;

/// Hands on every file inside a file, and inside those; of a file that holds none, `None` and its bytes back.
///
/// `take` is given the members one after another, their paths beginning with `path`, never unfolded at once. What holds
/// files and cannot be opened is handed on in their place.
///
/// # Errors
/// Only what `take` says.
pub fn unpack<E>(
    path: &str,
    bytes: Vec<u8>,
    take: &mut impl FnMut(Member) -> Result<(), E>,
) -> Result<Option<Vec<u8>>, E> {
    if !holds_files(&bytes) {
        return Ok(Some(bytes));
    }
    let mut left = Left { files: MOST_PARTS, bytes: LARGEST_PACKAGE };
    open(Opened { path, bytes: &bytes, received: None }, MOST_NESTED, &mut left, take)?;
    Ok(None)
}

/// What may still be taken out of the outermost file.
struct Left {
    files: usize,
    bytes: u64,
}

impl Left {
    fn take(&mut self, bytes: u64) -> Result<(), Unreadable> {
        let (Some(files), Some(bytes)) = (self.files.checked_sub(1), self.bytes.checked_sub(bytes)) else {
            let most = format!("{} tệp, {}", count(MOST_PARTS), megabytes(LARGEST_PACKAGE));
            return Err(Unreadable::too_large("nằm trong một tệp nén hay thư chứa quá nhiều", &most));
        };
        (self.files, self.bytes) = (files, bytes);
        Ok(())
    }
}

/// A file that holds files, and when a mail around it came.
struct Opened<'a> {
    path: &'a str,
    bytes: &'a [u8],
    received: Option<Receipt>,
}

fn open<E>(
    Opened { path, bytes, received }: Opened<'_>,
    depth: usize,
    left: &mut Left,
    take: &mut impl FnMut(Member) -> Result<(), E>,
) -> Result<(), E> {
    // Two files of one name in a zip are two files.
    let bytes = &*twins::apart(bytes);
    let refused =
        |unreadable| Member { path: path.to_owned(), modified: None, received, bytes: Err(unreadable) };
    let opened = guarded(|| members(bytes)).unwrap_or_else(|| Err(Unreadable::broke_the_reader()));
    let members = match opened {
        Ok(members) => members,
        Err(unreadable) => return take(refused(unreadable)),
    };
    let mut known = BTreeSet::new();
    for mut member in members {
        let within = left.take(member.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64));
        let is_over = within.is_err();
        if let Err(unreadable) = within {
            member.bytes = Err(unreadable);
        }
        member.path = format!("{path}/{}", told_apart(member.path, &mut known));
        // Of a mail that is passed on in another, the inner one is what its sender sent.
        member.received = member.received.or(received);
        match &member.bytes {
            Ok(inner) if depth > 1 && holds_files(inner) => {
                let inner = Opened { path: &member.path, bytes: inner, received: member.received };
                open(inner, depth - 1, left, take)?;
            }
            _ => take(member)?,
        }
        if is_over {
            break;
        }
    }
    Ok(())
}

/// Whether a file is one that can be opened here and is not too large for it.
fn holds_files(bytes: &[u8]) -> bool {
    guard::size(bytes).is_ok() && is_packed(sniff(bytes))
}

fn is_packed(kind: Kind) -> bool {
    matches!(kind, Kind::Archive("ZIP") | Kind::Mail | Kind::OutlookMail | Kind::OutlookPack)
}

/// The files inside a file.
fn members(bytes: &[u8]) -> Result<Members<'_>, Unreadable> {
    Ok(match sniff(bytes) {
        Kind::Mail => Box::new(mail::attachments(bytes)?.into_iter()),
        Kind::OutlookMail => Box::new(mail::msg::attachments(bytes)?.into_iter()),
        Kind::OutlookPack => Box::new(mail::tnef::attachments(bytes)?.into_iter()),
        _ => Box::new(archive::members(bytes)?),
    })
}

/// Two members of one path get numbers: a mail may bring two files called `Book1.xlsx`.
fn told_apart(path: String, known: &mut BTreeSet<String>) -> String {
    let (stem, extension) = match path.rfind('.').filter(|dot| !path[*dot..].contains('/')) {
        Some(dot) => path.split_at(dot),
        None => (path.as_str(), ""),
    };
    let numbered = (2..).map(|number| format!("{stem} ({number}){extension}"));
    let free = std::iter::once(path.clone()).chain(numbered).find(|name| !known.contains(name));
    let free = free.unwrap_or_else(|| path.clone());
    known.insert(free.clone());
    free
}

#[cfg(test)]
mod tests;
