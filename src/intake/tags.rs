//! The tags of a part of XML, one after another: enough to look over a worksheet in one quick pass. Nothing is decoded or
//! checked but where a tag ends; what is read in earnest goes through the libraries.

use memchr::{memchr, memmem};
use std::borrow::Cow;

/// Walks over the tags; a tag cut short is the last one.
pub(super) struct Tags<'a> {
    rest: &'a [u8],
}

/// What stands behind a `<`, and the text behind it.
pub(super) struct Piece<'a> {
    /// The markup.
    pub markup: Markup<'a>,
    /// What stands between it and the next `<`, as written.
    pub text: &'a [u8],
}

/// What stands behind a `<`.
pub(super) enum Markup<'a> {
    /// An element begins, and ends at once where `is_empty`.
    Start(Tag<'a>),
    /// An element ends; its name without prefix.
    End(&'a [u8]),
    /// A comment, a passage of letters as they are, an instruction, a declaration.
    Other,
}

/// The tag of an element.
#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    /// Name without prefix.
    pub name: &'a [u8],
    /// What stands behind the name.
    attributes: &'a [u8],
    /// Whether the element ends at once.
    pub is_empty: bool,
}

impl<'a> Tags<'a> {
    /// The tags of a part.
    pub fn of(part: &'a [u8]) -> Self {
        let start = memchr(b'<', part).unwrap_or(part.len());
        Tags { rest: &part[start..] }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let inside = self.rest.get(1..)?;
        let (markup, length) = markup(inside);
        let behind = &inside[length..];
        let next = memchr(b'<', behind).unwrap_or(behind.len());
        self.rest = &behind[next..];
        Some(Piece { markup, text: &behind[..next] })
    }
}

/// What begins behind a `<`, and how long it is up to and with its end.
fn markup(inside: &[u8]) -> (Markup<'_>, usize) {
    let up_to = |mark: &[u8]| memmem::find(inside, mark).map_or(inside.len(), |at| at + mark.len());
    match inside {
        [b'!', b'-', b'-', ..] => (Markup::Other, up_to(b"-->")),
        [b'!', b'[', b'C', ..] => (Markup::Other, up_to(b"]]>")),
        [b'!', ..] => (Markup::Other, up_to(b">")),
        [b'?', ..] => (Markup::Other, up_to(b"?>")),
        [b'/', name @ ..] => {
            let end = memchr(b'>', name).unwrap_or(name.len());
            (Markup::End(local(name_of(&name[..end]))), (end + 2).min(inside.len()))
        }
        _ => {
            let end = end_of_tag(inside);
            let is_empty = end > 0 && inside[end - 1] == b'/';
            let tag = &inside[..end - usize::from(is_empty)];
            let name = name_of(tag);
            let tag = Tag { name: local(name), attributes: &tag[name.len()..], is_empty };
            (Markup::Start(tag), (end + 1).min(inside.len()))
        }
    }
}

/// Where the `>` of a tag stands: none within quotes ends it.
fn end_of_tag(inside: &[u8]) -> usize {
    let mut quote = None;
    for (at, byte) in inside.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    inside.len()
}

fn name_of(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/').unwrap_or(tag.len());
    &tag[..end]
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    name.iter().position(|byte| *byte == b':').map_or(name, |colon| &name[colon + 1..])
}

impl<'a> Tag<'a> {
    /// The attributes as written, by their names without prefix, up to the first that is none.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_ascii_start();
            let equals = memchr(b'=', rest)?;
            let name = local(rest[..equals].trim_ascii_end());
            let value = rest[equals + 1..].trim_ascii_start();
            let (quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
            let end = memchr(*quote, value)?;
            rest = &value[end + 1..];
            Some((name, &value[..end]))
        })
    }

    /// The value of an attribute as written.
    pub fn written(&self, name: &[u8]) -> Option<&'a [u8]> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The value of an attribute, with letters that are written by name or number.
    pub fn value(&self, name: &[u8]) -> Option<Cow<'a, str>> {
        decoded(self.written(name)?)
    }
}

/// The value of an attribute, with letters that are written by name or number.
pub(super) fn decoded(written: &[u8]) -> Option<Cow<'_, str>> {
    let written = std::str::from_utf8(written).ok()?;
    match written.contains('&') {
        true => quick_xml::escape::unescape(written).ok(),
        false => Some(Cow::Borrowed(written)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of a part, as words.
    fn told(part: &str) -> Vec<String> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Tags::of(part.as_bytes())
            .map(|piece| {
                let markup = match piece.markup {
                    Markup::Start(tag) => {
                        let attributes: Vec<String> = tag
                            .attributes()
                            .map(|(name, value)| format!("{}={}", text(name), text(value)))
                            .collect();
                        format!(
                            "{}{}({})",
                            text(tag.name),
                            if tag.is_empty { "/" } else { "" },
                            attributes.join(",")
                        )
                    }
                    Markup::End(name) => format!("end {}", text(name)),
                    Markup::Other => "other".to_owned(),
                };
                format!("{markup}|{}", text(piece.text))
            })
            .collect()
    }

    #[test]
    fn tags_end_where_they_end() {
        assert_eq!(
            told(
                "x<?xml v='1'?><a:b r = \"A>1\" a:s='\"'>t</a:b ><c/><d e=\"1\" /><!-- <v> --><![CDATA[<v>]]>u"
            ),
            ["other|", "b(r=A>1,s=\")|t", "end b|", "c/()|", "d/(e=1)|", "other|", "other|u"]
        );
    }

    #[test]
    fn what_is_cut_short_is_the_last() {
        assert_eq!(told("<a b=\"c"), ["a()|"]);
        assert_eq!(told("<"), ["()|"]);
        assert_eq!(told("<a></"), ["a()|", "end |"]);
        assert_eq!(told("<!-- a"), ["other|"]);
        assert!(told("").is_empty() && told("abc").is_empty());
    }

    #[test]
    fn letters_by_name_are_read() {
        let of = |part: &'static str| {
            Tags::of(part.as_bytes()).find_map(|piece| match piece.markup {
                Markup::Start(tag) => tag.value(b"a").map(Cow::into_owned),
                _ => None,
            })
        };
        assert_eq!(of("<x a='&#49;&amp;'/>").as_deref(), Some("1&"));
        assert_eq!(of("<x b='1' x:a='2'/>").as_deref(), Some("2"));
        assert_eq!(of("<x b='1'/>"), None);
    }
}
