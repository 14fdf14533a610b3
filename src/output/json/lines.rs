//! How the JSON result is laid out: indented down to what a line can hold, so that a value of a unit is one line to read and
//! to compare, and a country of units does not become mostly white space.

use serde_json::ser::{Formatter, PrettyFormatter};
use std::io::{self, Write};

/// Lists and objects inside so many others stand on one line.
const DEPTH_OF_LINES: usize = 4;

/// Indents what lies higher and leaves the rest on one line.
#[derive(Default)]
pub(super) struct Lines {
    pretty: PrettyFormatter<'static>,
    depth: usize,
}

impl Lines {
    fn is_on_a_line(&self) -> bool {
        self.depth > DEPTH_OF_LINES
    }

    /// Between two entries that stand on one line.
    fn space<W: ?Sized + Write>(writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.is_on_a_line() { writer.write_all(b"[") } else { self.pretty.begin_array(writer) }
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let on_a_line = self.is_on_a_line();
        self.depth -= 1;
        if on_a_line { writer.write_all(b"]") } else { self.pretty.end_array(writer) }
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if self.is_on_a_line() {
            Self::space(writer, first)
        } else {
            self.pretty.begin_array_value(writer, first)
        }
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.is_on_a_line() { Ok(()) } else { self.pretty.end_array_value(writer) }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.is_on_a_line() { writer.write_all(b"{") } else { self.pretty.begin_object(writer) }
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let on_a_line = self.is_on_a_line();
        self.depth -= 1;
        if on_a_line { writer.write_all(b"}") } else { self.pretty.end_object(writer) }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if self.is_on_a_line() {
            Self::space(writer, first)
        } else {
            self.pretty.begin_object_key(writer, first)
        }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.is_on_a_line() { Ok(()) } else { self.pretty.end_object_value(writer) }
    }
}
