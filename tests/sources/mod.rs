//! The sources as the tests about them read them: without comments, without the contents of strings, without tests.
//!
//! Not a Rust parser: it knows comments, strings, attributes, braces and paths, which is what the rules are about.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)] // shared by test binaries that use parts of it

pub mod imports;

use std::path::Path;

/// One source file.
pub struct Source {
    /// Path below src, forward slashes.
    pub path: String,
    /// How many lines it has, tests included.
    pub lines: usize,
    /// The code: comments, strings and test modules are blanked, line ends stay.
    pub code: String,
    /// Strings outside test modules, with their lines.
    pub strings: Vec<(usize, String)>,
}

/// Every source file of the root package, but those that hold only tests.
pub fn all() -> Vec<Source> {
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

/// The kits by name, each with its source files.
pub fn kits() -> Vec<(String, Vec<Source>)> {
    let crates = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("crates")).unwrap();
    let kit = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name, below(&entry.path().join("src")))
    };
    crates.map(|entry| kit(entry.unwrap())).collect()
}

/// The source files below a folder `src`.
fn below(root: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs")
                && path.file_name().is_some_and(|n| n != "tests.rs")
            {
                let text = std::fs::read_to_string(&path).unwrap();
                let parts = path.strip_prefix(root).unwrap().iter().map(|part| part.to_str().unwrap());
                sources.push(Source::of(&parts.collect::<Vec<_>>().join("/"), &text));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

impl Source {
    /// A source of that path and text.
    pub fn of(path: &str, text: &str) -> Source {
        let (code, strings) = blanked(text);
        let (code, tests) = without_tests(&code);
        let line_of = |byte: usize| code[..byte].matches('\n').count() + 1;
        let strings = strings
            .into_iter()
            .filter(|(at, _)| !tests.iter().any(|test| test.contains(at)))
            .map(|(at, string)| (line_of(at), string))
            .collect();
        Source { path: path.to_owned(), lines: text.lines().count(), code, strings }
    }

    /// The module the file is: `check/record.rs` → `["check", "record"]`, `lib.rs` and `main.rs` → `[]`.
    pub fn module(&self) -> Vec<&str> {
        let mut parts: Vec<&str> = self.path.trim_end_matches(".rs").split('/').collect();
        if matches!(parts.last(), Some(&("mod" | "lib" | "main"))) {
            parts.pop();
        }
        parts
    }

    /// Every path of two segments or more, `use` trees unfolded, with its line: `std::{fs, io::Read}` gives
    /// `std::fs` and `std::io::Read`.
    pub fn paths(&self) -> Vec<(usize, String)> {
        let code = &self.code;
        let mut found = Vec::new();
        let mut at = 0;
        while at < code.len() {
            let rest = &code[at..];
            let word = word(rest);
            if word.is_empty() {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let continues = code[..at].trim_end().ends_with("::");
            if !continues && after_colons(&rest[word.len()..]).is_some() {
                let line = code[..at].matches('\n').count() + 1;
                let mut paths = Vec::new();
                at += tree(rest, "", &mut paths);
                found.extend(paths.into_iter().map(|path| (line, path)));
            } else {
                at += word.len();
            }
        }
        found
    }

    /// The modules of this crate that the file names, with lines: first segments of `crate::…` and of `super::…` paths
    /// that lead out of the file's own.
    pub fn uses(&self) -> Vec<(usize, String)> {
        let depth = self.module().len();
        let of_crate = |path: &str| -> Option<String> {
            let segments: Vec<&str> = path.split("::").collect();
            let up = segments.iter().take_while(|s| **s == "super").count();
            match segments[0] {
                "crate" | "xhht" => segments.get(1).map(|s| (*s).to_owned()),
                "super" if up >= depth => segments.get(up).map(|s| (*s).to_owned()),
                _ => None,
            }
        };
        self.paths().into_iter().filter_map(|(line, path)| Some((line, of_crate(&path)?))).collect()
    }

    /// Lines on which a word stands as a whole word.
    pub fn lines_with(&self, wanted: &str) -> Vec<usize> {
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let whole = |at: usize| {
            !is_part(self.code[..at].chars().next_back())
                && !is_part(self.code[at + wanted.len()..].chars().next())
        };
        let places = self.code.match_indices(wanted).filter(|(at, _)| whole(*at));
        places.map(|(at, _)| self.code[..at].matches('\n').count() + 1).collect()
    }
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

fn after_colons(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix("::").map(str::trim_start)
}

/// Unfolds the tree that starts here; gives back how many bytes it takes.
fn tree(text: &str, prefix: &str, paths: &mut Vec<String>) -> usize {
    let mut path = prefix.to_owned();
    let mut rest = text;
    loop {
        let segment = if rest.starts_with('*') { "*" } else { word(rest) };
        if !segment.is_empty() {
            path = if path.is_empty() { segment.to_owned() } else { format!("{path}::{segment}") };
            rest = &rest[segment.len()..];
            if let Some(after) = after_colons(rest) {
                rest = after;
                continue;
            }
        } else if let Some(mut inside) = rest.strip_prefix('{') {
            loop {
                inside = inside.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
                if inside.is_empty() || inside.starts_with('}') {
                    break;
                }
                let taken = tree(inside, &path, paths);
                inside = &inside[taken.max(1)..];
                // What stands between here and the next comma is an alias.
                inside = &inside[inside.find([',', '}']).unwrap_or(inside.len())..];
            }
            return text.len() - inside.strip_prefix('}').unwrap_or(inside).len();
        }
        paths.push(path);
        return text.len() - rest.len();
    }
}

/// Blanks comments and strings, byte for byte; gives the strings with their places.
fn blanked(text: &str) -> (String, Vec<(usize, String)>) {
    let mut code = String::with_capacity(text.len());
    let mut strings = Vec::new();
    let mut rest = text;
    let blank = |code: &mut String, part: &str| {
        code.extend(part.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
    };
    while let Some(c) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            blank(&mut code, &rest[..end]);
            end
        } else if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
            blank(&mut code, &rest[..end]);
            end
        } else if let Some((content, end)) =
            string(rest, code.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        {
            strings.push((code.len(), content.to_owned()));
            blank(&mut code, &rest[..end]);
            end
        } else if let Some(end) = character(rest) {
            blank(&mut code, &rest[..end]);
            end
        } else {
            // Letters beyond ASCII keep their bytes, so that places stay.
            code.push(c);
            c.len_utf8()
        };
        rest = &rest[taken..];
    }
    (code, strings)
}

/// A string that starts here: its content and where it ends.
fn string(text: &str, inside_word: bool) -> Option<(&str, usize)> {
    let prefix = if inside_word {
        ""
    } else {
        ["br", "b", "r", "cr", "c"].into_iter().find(|p| text.starts_with(p)).unwrap_or("")
    };
    let body = &text[prefix.len()..];
    if prefix.contains('r') {
        let hashes = body.len() - body.trim_start_matches('#').len();
        let content = body[hashes..].strip_prefix('"')?;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = content.find(&close)?;
        return Some((&content[..end], prefix.len() + hashes + 1 + end + close.len()));
    }
    let content = body.strip_prefix('"')?;
    let mut escaped = false;
    let end = content.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })?;
    Some((&content[..end], prefix.len() + 1 + end + 1))
}

/// A character literal that starts here, not a lifetime: where it ends.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let mut chars = inside.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        let (_, escaped) = chars.next()?;
        let after = 1 + escaped.len_utf8();
        return inside[after..].find('\'').map(|end| 1 + after + end + 1);
    }
    let (at, second) = chars.next()?;
    (second == '\'').then_some(1 + at + 1)
}

/// Blanks what `#[cfg(test)]` stands before, to its closing brace; gives the spans.
fn without_tests(code: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(at) = code[from..].find("#[cfg(test)]").map(|at| from + at) {
        let open = code[at..].find(['{', ';']).map_or(code.len(), |open| at + open);
        let mut end = open + 1;
        if code[open..].starts_with('{') {
            let mut depth = 0;
            for (i, c) in code[open..].char_indices() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                if depth == 0 {
                    end = open + i + 1;
                    break;
                }
            }
        }
        let end = end.min(code.len());
        spans.push(at..end);
        from = end;
    }
    let mut kept = code.to_owned();
    for span in &spans {
        let blank: String = code[span.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        kept.replace_range(span.clone(), &blank);
    }
    (kept, spans)
}
