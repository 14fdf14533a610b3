//! A plan file as it is from a day on: what had ended by then is cut out, what began is there from the beginning, and later
//! words stand in place of the first. The rest stays as it is written, remarks included.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Keys that say from when to when an entry is asked, what it is called later, and of whom it is asked.
const FROM: &str = "valid-from";
const TO: &str = "valid-to";
const LATER: &str = "later";
const FOR: &str = "for";

/// A change of the text: these bytes become that.
type Edit = (std::ops::Range<usize>, String);

/// The text of a plan file from a day on (“2025-07-01”). `asked` says under which code a body is known then, `None` for
/// one that is not: what is asked of nobody else is cut out.
///
/// The text is one of the program's own; a text that is no TOML comes back as it is.
pub(super) fn from_day(text: &str, day: &str, asked: &dyn Fn(&str) -> Option<String>) -> String {
    let Ok(table) = DeTable::parse(text) else { return text.to_owned() };
    let mut cutter = Cutter { text, day, asked, edits: Vec::new() };
    cutter.entries(table.get_ref());
    let mut edits = cutter.edits;
    edits.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
    let mut cut = String::with_capacity(text.len());
    let mut done = 0;
    for (at, instead) in edits {
        // What lies in a part that is gone is gone with it.
        if at.start < done {
            continue;
        }
        cut.push_str(&text[done..at.start]);
        cut.push_str(&instead);
        done = at.end;
    }
    cut.push_str(&text[done..]);
    cut
}

struct Cutter<'a> {
    text: &'a str,
    day: &'a str,
    asked: &'a dyn Fn(&str) -> Option<String>,
    edits: Vec<Edit>,
}

impl Cutter<'_> {
    /// Everything in a table and below it.
    fn entries(&mut self, table: &DeTable<'_>) {
        for value in table.values() {
            match value.get_ref() {
                DeValue::Table(inner) => self.entries(inner),
                DeValue::Array(entries) => {
                    for entry in entries.iter() {
                        if let DeValue::Table(inner) = entry.get_ref() {
                            self.entry(inner, entry.span());
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A sheet, a table, a row, a column or a rule.
    fn entry(&mut self, table: &DeTable<'_>, span: std::ops::Range<usize>) {
        if self.is_over(table) {
            let whole = self.whole(&span);
            self.edits.push((whole, String::new()));
            return;
        }
        self.is_there(table);
        self.called_later(table);
        self.asked_of(table);
        self.entries(table);
    }

    /// Whether it had ended before the day, or is asked only of bodies that are not there.
    fn is_over(&self, table: &DeTable<'_>) -> bool {
        let ended = text_of(table, TO).is_some_and(|to| to < self.day);
        let of = table.get(FOR).and_then(|value| match value.get_ref() {
            DeValue::Array(of) => Some(of),
            _ => None,
        });
        let of_nobody = of.is_some_and(|of| {
            of.iter().all(|code| code.get_ref().as_str().is_some_and(|code| (self.asked)(code).is_none()))
        });
        ended || of_nobody
    }

    /// What began by the day needs no beginning.
    fn is_there(&mut self, table: &DeTable<'_>) {
        if text_of(table, FROM).is_some_and(|from| from <= self.day) {
            self.without(table, FROM);
        }
    }

    /// The words of the day in place of the first.
    fn called_later(&mut self, table: &DeTable<'_>) {
        let Some(value) = table.get(LATER) else { return };
        let DeValue::Array(later) = value.get_ref() else { return };
        for entry in later.iter() {
            let DeValue::Table(words) = entry.get_ref() else { continue };
            if text_of(words, "from").is_none_or(|from| from > self.day) {
                // Words still to come stay as they are, all of them.
                return;
            }
            for (key, word) in words.iter().filter(|(key, _)| key.get_ref() != "from") {
                let written = &self.text[word.span()];
                match table.get(key.get_ref().as_ref()) {
                    Some(first) => {
                        self.edits.retain(|(at, _)| *at != first.span());
                        self.edits.push((first.span(), written.to_owned()));
                    }
                    // What had no such words has them now.
                    None => {
                        let added = (key.get_ref().as_ref(), written);
                        self.add(table, value.span().end, added);
                    }
                }
            }
        }
        self.without(table, LATER);
    }

    /// Adds a key behind the value that ends here.
    fn add(&mut self, table: &DeTable<'_>, end: usize, (key, written): (&str, &str)) {
        let is_listed = table
            .get_key_value(LATER)
            .is_some_and(|(name, _)| self.text[..name.span().start].trim_end_matches(' ').ends_with(','));
        let (at, text) = match is_listed {
            true => (end, format!(", {key} = {written}")),
            false => {
                let line = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at + 1);
                (line, format!("{key} = {written}\n"))
            }
        };
        self.edits.push((at..at, text));
    }

    /// The codes of the day.
    fn asked_of(&mut self, table: &DeTable<'_>) {
        let Some(DeValue::Array(of)) = table.get(FOR).map(Spanned::get_ref) else { return };
        let written: Vec<&str> = of.iter().filter_map(|code| code.get_ref().as_str()).collect();
        let mut now: Vec<String> = written.iter().filter_map(|code| (self.asked)(code)).collect();
        now.dedup();
        if now != written {
            let at = table.get(FOR).map(Spanned::span).unwrap_or_default();
            let codes: Vec<String> = now.iter().map(|code| format!("\"{code}\"")).collect();
            self.edits.push((at, format!("[{}]", codes.join(", "))));
        }
    }

    /// Cuts a key out with its value: a line of its own, or one of several in braces.
    fn without(&mut self, table: &DeTable<'_>, key: &str) {
        let Some((name, value)) = table.get_key_value(key) else { return };
        let (start, end) = (name.span().start, value.span().end);
        let before = self.text[..start].trim_end_matches(' ');
        let at = match before.strip_suffix(',') {
            Some(before) => before.len()..end,
            None => {
                let line = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at + 1);
                before.len()..line
            }
        };
        self.edits.push((at, String::new()));
    }

    /// The bytes an entry takes: a block with the remarks above it up to the next block, or a line of a list.
    fn whole(&self, span: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        if self.text[span.start..].starts_with("[[") {
            let start = self.with_remarks(span.start);
            let rest = &self.text[span.start + 2..];
            let next = rest.match_indices("\n[").map(|(at, _)| span.start + 2 + at + 1).next();
            let end = next.map_or(self.text.len(), |next| self.with_remarks(next));
            return start..end;
        }
        let start = self.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[span.end..].find('\n').map_or(self.text.len(), |at| span.end + at + 1);
        start..end
    }

    /// Where the remarks begin that stand right above a block.
    fn with_remarks(&self, block: usize) -> usize {
        let mut start = block;
        while let Some(above) = self.text[..start].strip_suffix('\n') {
            let line = above.rfind('\n').map_or(0, |at| at + 1);
            if !above[line..].starts_with('#') {
                break;
            }
            start = line;
        }
        start
    }
}

fn text_of<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    table.get(key)?.get_ref().as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = r#"# Head.
[columns]
a = [
  { id = "x", title = "Huyện", later = [{ from = "2025-07-01", title = "Xã" }], width = 1 },
  { id = "y", title = "Cũ", width = 1, valid-to = "2025-06-30" },
  { id = "z", label = "Z", later = [{ from = "2025-07-01", hint = "mới" }], width = 1 },
]

[[sheet]]
id = "one"
later = [{ from = "2025-07-01", heading = "MỚI" }]
for = ["dia-ban", "OLD"]

# A remark on what ends.
[[sheet.table]]
id = "gone"
valid-to = "2025-06-30" # they end
row = [{ id = "r", label = "R" }]

# A remark on what begins.
[[sheet.table]]
id = "new"
valid-from = "2025-07-01"
row = [
  { id = "s", label = "S", valid-from = "2025-07-01" },
  { id = "t", label = "T", valid-to = "2024-12-31" },
]

[[sheet]]
id = "nobody"
for = ["NONE"]
"#;

    #[test]
    fn what_is_over_is_cut_out_and_what_is_there_is_there_from_the_beginning() {
        let asked = |code: &str| match code {
            "OLD" => Some("NEW".to_owned()),
            "NONE" => None,
            other => Some(other.to_owned()),
        };
        let cut = from_day(FORM, "2025-07-01", &asked);
        assert_eq!(
            cut,
            r#"# Head.
[columns]
a = [
  { id = "x", title = "Xã", width = 1 },
  { id = "z", label = "Z", hint = "mới", width = 1 },
]

[[sheet]]
id = "one"
heading = "MỚI"
for = ["dia-ban", "NEW"]

# A remark on what begins.
[[sheet.table]]
id = "new"
row = [
  { id = "s", label = "S" },
]

"#
        );
    }

    #[test]
    fn before_the_day_nothing_changes() {
        let cut = from_day(FORM, "2021-01-01", &|code| Some(code.to_owned()));
        assert_eq!(cut, FORM);
    }
}
