//! A formula as a tree, and cutting it up where Excel takes no more.

use super::Cells;
use std::fmt::Write;

/// A formula or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    /// A literal, a reference or a range.
    Leaf(String),
    /// A function.
    Call(&'static str, Vec<Tree>),
    /// Two parts with a sign between them.
    Infix(&'static str, Box<Tree>, Box<Tree>),
    /// A part with a minus before it.
    Negate(Box<Tree>),
}

/// How long and how deep a formula may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// UTF-16 units.
    pub length: usize,
    /// Functions and brackets standing in each other.
    pub nesting: usize,
}

impl Limits {
    /// Excel's limits of a formula in a cell.
    pub const CELL: Limits = Limits { length: 8192, nesting: 64 };
    /// Excel's limits of a formula in a data validation or a conditional format.
    pub const CONDITION: Limits = Limits { length: 255, nesting: 64 };
}

/// A formula, and the helper formulas it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// Formulas of the helper cells, in the order of their numbers, each without the leading `=`. A helper may refer to
    /// those before it.
    pub helpers: Vec<String>,
    /// The formula, without the leading `=`.
    pub formula: String,
}

/// A formula that does not fit and cannot be cut up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// Its length in UTF-16 units.
    pub length: usize,
    /// Its depth.
    pub nesting: usize,
    /// What it may have at most.
    pub limits: Limits,
}

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "công thức dài {} ký tự, lồng {} lớp; Excel chỉ nhận {} ký tự, {} lớp",
            self.length, self.nesting, self.limits.length, self.limits.nesting
        )
    }
}

/// Functions take 255 arguments; those that group freely are grouped.
const MOST_ARGUMENTS: usize = 200;

pub(super) fn leaf(text: impl Into<String>) -> Tree {
    Tree::Leaf(text.into())
}

/// A function of its arguments; long lists of those that group freely become lists of lists.
pub(super) fn call(name: &'static str, mut arguments: Vec<Tree>) -> Tree {
    while arguments.len() > MOST_ARGUMENTS && matches!(name, "AND" | "OR" | "SUM" | "MIN" | "MAX") {
        arguments = arguments.chunks(MOST_ARGUMENTS).map(|chunk| Tree::Call(name, chunk.to_vec())).collect();
    }
    if name == "COUNT" && arguments.len() > MOST_ARGUMENTS {
        let counts = arguments.chunks(MOST_ARGUMENTS).map(|chunk| Tree::Call(name, chunk.to_vec())).collect();
        return Tree::Call("SUM", counts);
    }
    Tree::Call(name, arguments)
}

/// All of them; what is known is left out.
pub(super) fn all(parts: Vec<Tree>) -> Tree {
    joined("AND", parts, true)
}

/// One of them at least; what is known is left out.
pub(super) fn any(parts: Vec<Tree>) -> Tree {
    joined("OR", parts, false)
}

fn joined(name: &'static str, parts: Vec<Tree>, neutral: bool) -> Tree {
    if parts.iter().any(|part| part.known() == Some(!neutral)) {
        return leaf(if neutral { "FALSE" } else { "TRUE" });
    }
    let mut parts: Vec<Tree> = parts.into_iter().filter(|part| part.known().is_none()).collect();
    match parts.len() {
        0 => leaf(if neutral { "TRUE" } else { "FALSE" }),
        1 => parts.remove(0),
        _ => call(name, parts),
    }
}

impl Tree {
    pub(super) fn infix(sign: &'static str, a: Tree, b: Tree) -> Tree {
        Tree::Infix(sign, Box::new(a), Box::new(b))
    }

    /// TRUE and FALSE written out.
    pub(super) fn known(&self) -> Option<bool> {
        match self {
            Tree::Leaf(text) if text == "TRUE" => Some(true),
            Tree::Leaf(text) if text == "FALSE" => Some(false),
            _ => None,
        }
    }

    pub(super) fn holds_call(&self, name: &str) -> bool {
        match self {
            Tree::Call(own, _) if *own == name => true,
            _ => self.parts().into_iter().any(|part| part.holds_call(name)),
        }
    }

    fn parts(&self) -> Vec<&Tree> {
        match self {
            Tree::Leaf(_) => Vec::new(),
            Tree::Call(_, arguments) => arguments.iter().collect(),
            Tree::Infix(_, a, b) => vec![a, b],
            Tree::Negate(x) => vec![x],
        }
    }

    fn parts_mut(&mut self) -> Vec<&mut Tree> {
        match self {
            Tree::Leaf(_) => Vec::new(),
            Tree::Call(_, arguments) => arguments.iter_mut().collect(),
            Tree::Infix(_, a, b) => vec![a, b],
            Tree::Negate(x) => vec![x],
        }
    }

    /// How tightly it holds together; Excel binds a minus sign tighter than a product.
    fn bond(&self) -> u8 {
        match self {
            Tree::Infix("+" | "-", ..) => 2,
            Tree::Infix("*" | "/", ..) => 3,
            Tree::Infix(..) => 1,
            Tree::Negate(_) => 4,
            Tree::Leaf(_) | Tree::Call(..) => 5,
        }
    }

    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        let part = |out: &mut String, part: &Tree, least: u8| {
            if part.bond() < least {
                out.push('(');
                part.write(out);
                out.push(')');
            } else {
                part.write(out);
            }
        };
        match self {
            Tree::Leaf(text) => out.push_str(text),
            Tree::Call(name, arguments) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "{name}(");
                for (i, argument) in arguments.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    argument.write(out);
                }
                out.push(')');
            }
            Tree::Infix(sign, a, b) => {
                // `a-(-b)`: two signs side by side are legal and unreadable.
                let signed = matches!(**b, Tree::Negate(_));
                part(out, a, self.bond());
                out.push_str(sign);
                part(out, b, if signed { 5 } else { self.bond() + 1 });
            }
            Tree::Negate(x) => {
                out.push('-');
                part(out, x, 4);
            }
        }
    }

    /// Length in UTF-16 units, and how deep functions and brackets stand in each other.
    fn measure(&self) -> (usize, usize) {
        let text = self.text();
        let (mut depth, mut deepest, mut in_text, mut in_name) = (0_usize, 0, false, false);
        for c in text.chars() {
            match c {
                '"' if !in_name => in_text = !in_text,
                '\'' if !in_text => in_name = !in_name,
                '(' if !in_text && !in_name => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                ')' if !in_text && !in_name => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        (text.encode_utf16().count(), deepest)
    }

    fn fits(&self, limits: Limits) -> bool {
        let (length, nesting) = self.measure();
        length <= limits.length && nesting <= limits.nesting
    }
}

/// The formula within the limits, its largest parts moved to helper cells as long as it does not fit.
pub(super) fn cut(mut tree: Tree, limits: Limits, cells: &dyn Cells) -> Result<Pieces, TooLong> {
    let mut helpers = Vec::new();
    while !tree.fits(limits) {
        let (length, nesting) = tree.measure();
        let too_long = TooLong { length, nesting, limits };
        let helper = cells.helper(helpers.len()).ok_or(too_long)?;
        let part = largest_fitting(&mut tree).ok_or(too_long)?;
        // Moving a part that is no longer than its reference gains nothing.
        if part.measure().0 <= helper.encode_utf16().count() {
            return Err(too_long);
        }
        let moved = std::mem::replace(part, leaf(helper));
        helpers.push(moved.text());
    }
    Ok(Pieces { helpers, formula: tree.text() })
}

/// The longest part that a helper cell takes.
fn largest_fitting(tree: &mut Tree) -> Option<&mut Tree> {
    if matches!(tree, Tree::Leaf(_)) {
        return None;
    }
    if tree.fits(Limits::CELL) {
        return Some(tree);
    }
    let candidates = tree.parts_mut().into_iter().filter_map(largest_fitting);
    candidates.max_by_key(|part| part.measure().0)
}
