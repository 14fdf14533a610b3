//! Which file imports which, and the circles in that. A name is followed through `pub use` to the file that defines it,
//! so a module that only hands on what its parts define imports nothing by that.

use super::{Source, after_colons, word};
use std::collections::{BTreeMap, BTreeSet};

/// Who imports whom: the paths of files below src.
pub type Arrows<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The arrows between sources, those of a file to itself left out.
pub fn arrows(sources: &[Source]) -> Arrows<'_> {
    let house = House::of(sources);
    let mut arrows = Arrows::new();
    for (at, source) in sources.iter().enumerate() {
        let own = &house.items[at];
        // What is only handed on is not used here, unless the code names it.
        let handed_on = own.iter().filter(|item| item.public && source.lines_with(&item.name).len() < 2);
        let handed_on: BTreeSet<&[String]> = handed_on.map(|item| item.path.as_slice()).collect();
        let mut paths: Vec<Vec<String>> = without_visibilities(source)
            .paths()
            .into_iter()
            .map(|(_, path)| path.split("::").map(str::to_owned).collect())
            .collect();
        paths.extend(own.iter().map(|item| item.path.clone()));
        let used = paths.iter().filter(|path| !handed_on.contains(path.as_slice()));
        let targets = used.filter_map(|path| house.target(at, path, 0)).filter(|target| *target != at);
        arrows.insert(&source.path, targets.map(|target| sources[target].path.as_str()).collect());
    }
    arrows
}

/// `pub(in crate::report)` says who may use a name and uses nothing.
fn without_visibilities(source: &Source) -> Source {
    let mut code = source.code.clone();
    while let Some(at) = code.find("pub(in ") {
        let end = code[at..].find(')').map_or(code.len(), |end| at + end);
        code.replace_range(at..end, &" ".repeat(end - at));
    }
    Source { code, path: source.path.clone(), lines: source.lines, strings: Vec::new() }
}

/// Files that import each other in a circle, each circle in order of paths.
pub fn circles<'a>(arrows: &Arrows<'a>) -> Vec<Vec<&'a str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = arrows
        .keys()
        .map(|from| {
            let (mut seen, mut waiting) = (BTreeSet::new(), vec![*from]);
            while let Some(at) = waiting.pop() {
                let next = arrows.get(at).into_iter().flatten().copied();
                waiting.extend(next.filter(|next| seen.insert(*next)));
            }
            (*from, seen)
        })
        .collect();
    let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (from, seen) in reached.iter().filter(|(from, seen)| seen.contains(*from)) {
        circles.insert(seen.iter().copied().filter(|other| reached[other].contains(from)).collect());
    }
    circles.into_iter().collect()
}

/// The modules of the crate and the names each takes in.
struct House<'a> {
    modules: BTreeMap<Vec<&'a str>, usize>,
    own: Vec<Vec<&'a str>>,
    items: Vec<Vec<Item>>,
}

/// A name that a `use` brings into a file.
struct Item {
    path: Vec<String>,
    name: String,
    public: bool,
}

impl<'a> House<'a> {
    fn of(sources: &'a [Source]) -> Self {
        let mut modules = BTreeMap::new();
        for (at, source) in sources.iter().enumerate().filter(|(_, source)| source.path != "main.rs") {
            modules.insert(source.module(), at);
        }
        let own = sources.iter().map(Source::module).collect();
        House { modules, own, items: sources.iter().map(items).collect() }
    }

    /// The file that defines what a path, as it is written in the file `at`, leads to; `None` outside the crate.
    fn target(&self, at: usize, path: &[String], depth: usize) -> Option<usize> {
        let (first, rest) = path.split_first()?;
        let mut module = self.own[at].clone();
        match first.as_str() {
            "crate" | "xhht" => self.walk(Vec::new(), rest, depth),
            "self" => self.walk(module, rest, depth),
            "super" => {
                module.pop();
                let more = rest.iter().take_while(|segment| *segment == "super").count();
                module.truncate(module.len().saturating_sub(more));
                self.walk(module, &rest[more..], depth)
            }
            _ => {
                let taken_in =
                    self.items[at].iter().find(|item| item.name == *first && item.path[0] != *first);
                if let Some(item) = taken_in.filter(|_| depth < DEEPEST) {
                    let whole = [item.path.as_slice(), rest].concat();
                    return self.target(at, &whole, depth + 1);
                }
                module.push(first);
                self.modules
                    .contains_key(&module)
                    .then(|| self.walk(self.own[at].clone(), path, depth))
                    .flatten()
            }
        }
    }

    /// The file that defines what a path leads to from a module on: part by part as far as there are parts, then by the
    /// name that the last of them takes in or defines.
    fn walk(&self, mut module: Vec<&'a str>, path: &[String], depth: usize) -> Option<usize> {
        let Some((next, rest)) = path.split_first() else { return self.modules.get(&module).copied() };
        let leads_on = |known: &&Vec<&'a str>| {
            known.starts_with(&module) && known.get(module.len()) == Some(&next.as_str())
        };
        if let Some(part) = self.modules.keys().find(leads_on) {
            module.push(part[module.len()]);
            return self.walk(module, rest, depth);
        }
        let at = *self.modules.get(&module)?;
        match self.items[at].iter().find(|item| item.name == *next) {
            Some(item) if depth < DEEPEST => {
                let whole = [item.path.as_slice(), rest].concat();
                self.target(at, &whole, depth + 1).or(Some(at))
            }
            _ => Some(at),
        }
    }
}

/// Longer chains of names handed on are circles themselves.
const DEEPEST: usize = 12;

/// The names that the `use` declarations of a file bring in.
fn items(source: &Source) -> Vec<Item> {
    let mut items = Vec::new();
    let mut from = 0;
    while let Some(at) = source.code[from..].find("use").map(|at| from + at) {
        from = at + 3;
        let before = source.code[..at].trim_end();
        let starts =
            before.is_empty() || before.ends_with([';', '}', '{', ']', ')']) || before.ends_with("pub");
        let is_word =
            source.code[from..].starts_with(char::is_whitespace) && !source.code[..at].ends_with(is_letter);
        if !starts || !is_word {
            continue;
        }
        let public = before.ends_with("pub") || before.ends_with(')');
        let mut leaves = Vec::new();
        unfold(source.code[from..].trim_start(), &[], &mut leaves);
        items.extend(leaves.into_iter().map(|(path, name)| Item { path, name, public }));
    }
    items
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Unfolds a `use` tree into paths and the names they are known by; gives back what follows it.
fn unfold<'t>(text: &'t str, prefix: &[String], leaves: &mut Vec<(Vec<String>, String)>) -> &'t str {
    let mut path = prefix.to_vec();
    let mut rest = text.trim_start();
    loop {
        if let Some(mut inside) = rest.strip_prefix('{') {
            loop {
                inside = inside.trim_start().trim_start_matches(',').trim_start();
                if let Some(after) = inside.strip_prefix('}') {
                    return after;
                }
                let after = unfold(inside, &path, leaves);
                if after.len() == inside.len() {
                    return after;
                }
                inside = after;
            }
        }
        let segment = if rest.starts_with('*') { "*" } else { word(rest) };
        rest = &rest[segment.len()..];
        // `a::b::self` is `a::b`.
        if segment != "self" || path.is_empty() {
            path.push(segment.to_owned());
        }
        match after_colons(rest) {
            Some(after) => rest = after,
            None => break,
        }
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if let Some(alias) = rest.trim_start().strip_prefix("as ") {
        name = word(alias.trim_start()).to_owned();
        rest = &alias.trim_start()[name.len()..];
    }
    leaves.push((path, name));
    rest
}
