//! A file that lies in another one, a zip or a mail.

use super::moment::{Moment, Receipt};
use super::unreadable::Unreadable;

/// A file inside another.
#[derive(Debug)]
pub struct Member {
    /// Path inside it, forward slashes, without `..` and drive letters; or that of the outermost file, if it holds none.
    pub path: String,
    /// When it was last changed or sent, as what it lies in says.
    pub modified: Option<Moment>,
    /// When the mail nearest around it came, where a mail brought it.
    pub received: Option<Receipt>,
    /// Its content, at most one byte more than [`super::LARGEST_FILE`], or why it cannot be had.
    pub bytes: Result<Vec<u8>, Unreadable>,
}

/// A path as it is printed: nothing in it leads out of what it lies in.
pub(super) fn inside(name: &str) -> String {
    // Cleaned first: what is left of `..` and a control character is `..`.
    let clean = |part: &str| part.chars().filter(|c| !is_unprintable(*c)).collect::<String>();
    let leads_on = |part: &String| !matches!(part.as_str(), "" | "." | "..") && !part.ends_with(':');
    name.split(['/', '\\']).map(clean).filter(leads_on).collect::<Vec<_>>().join("/")
}

/// Control characters, and marks that turn the order of what stands around them.
fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
