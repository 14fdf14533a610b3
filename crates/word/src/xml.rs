//! XML that is written: elements open and close in pairs, what is said is escaped.

use crate::text::clean;
use quick_xml::escape::escape;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A part of the package as it grows.
pub struct Xml {
    out: String,
}

/// Attributes of an element: names and values.
pub type Attributes<'a> = [(&'a str, &'a str)];

impl Xml {
    /// A part that begins with its declaration.
    pub fn part() -> Self {
        Xml { out: DECLARATION.to_owned() }
    }

    /// An element with what `fill` writes in it.
    pub fn within(&mut self, name: &str, attributes: &Attributes<'_>, fill: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        fill(self);
        self.close(name);
    }

    /// The beginning of an element, for who closes it.
    pub fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.out.push('>');
    }

    /// Its end.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.out.push_str("/>");
    }

    /// An element whose one attribute is `w:val`.
    pub fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// The same where there is a value; a truth is written as 1 or 0.
    pub fn truth(&mut self, name: &str, value: Option<bool>) {
        match value {
            Some(true) => self.empty(name, &[]),
            Some(false) => self.value(name, "0"),
            None => {}
        }
    }

    /// An element of words.
    pub fn words(&mut self, name: &str, attributes: &Attributes<'_>, words: &str) {
        self.within(name, attributes, |xml| xml.out.push_str(&escape(clean(words))));
    }

    /// The part.
    pub fn finish(self) -> String {
        self.out
    }

    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            // A line end in an attribute would be read as a space.
            self.out.push_str(&escape(clean(value).replace('\n', " ")));
            self.out.push('"');
        }
    }
}

/// Points as twentieths of a point.
pub fn twips(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

/// Points as half points, of sizes.
pub fn half_points(points: f32) -> i32 {
    (points * 2.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_escaped() {
        let mut xml = Xml { out: String::new() };
        xml.within("w:p", &[("w:name", "<&>\"'\n")], |xml| xml.words("w:t", &[], "a<b> & \"c\""));
        assert_eq!(
            xml.finish(),
            "<w:p w:name=\"&lt;&amp;&gt;&quot;&apos; \"><w:t>a&lt;b&gt; &amp; &quot;c&quot;</w:t></w:p>"
        );
    }
}
