//! The outline: entries nested by level, each leading to its place on a page.

use crate::display::{Document, OutlineEntry};
use crate::metadata::{one_line, text};
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// A node of the outline tree: the entry's index and its children.
struct Branch {
    entry: usize,
    children: Vec<Branch>,
}

/// Entries nest by level; a level that skips one hangs under the last entry above it.
fn branches(entries: &[OutlineEntry], from: &mut usize, above: u8) -> Vec<Branch> {
    let mut out: Vec<Branch> = Vec::new();
    while let Some(entry) = entries.get(*from).filter(|entry| entry.level > above) {
        let index = *from;
        *from += 1;
        out.push(Branch { entry: index, children: branches(entries, from, entry.level) });
    }
    out
}

/// Adds the outline; returns its root, `None` when the document has no entries.
pub fn add(pdf: &mut lopdf::Document, document: &Document, pages: &[ObjectId]) -> Option<ObjectId> {
    let tree = branches(&document.outline, &mut 0, 0);
    if tree.is_empty() {
        return None;
    }
    let root = pdf.new_object_id();
    let mut dictionary = dictionary! { "Type" => "Outlines" };
    let count = add_branches(pdf, &tree, root, document, pages, &mut dictionary);
    dictionary.set("Count", count);
    pdf.objects.insert(root, Object::Dictionary(dictionary));
    Some(root)
}

/// Adds siblings under `parent`, tells its dictionary the first and last, and returns how many entries are visible.
fn add_branches(
    pdf: &mut lopdf::Document,
    siblings: &[Branch],
    parent: ObjectId,
    document: &Document,
    pages: &[ObjectId],
    parent_dictionary: &mut Dictionary,
) -> i64 {
    let ids: Vec<ObjectId> = siblings.iter().map(|_| pdf.new_object_id()).collect();
    let mut count = 0;
    for (i, branch) in siblings.iter().enumerate() {
        let entry = &document.outline[branch.entry];
        let mut dictionary = dictionary! { "Title" => text(&one_line(&entry.title)), "Parent" => parent };
        if let (Some(page), Some(shown)) = (pages.get(entry.page), document.pages.get(entry.page)) {
            let top = (shown.setup.height - entry.y + 6.0).round();
            dictionary
                .set("Dest", vec![(*page).into(), "XYZ".into(), Object::Null, top.into(), Object::Null]);
        }
        if i > 0 {
            dictionary.set("Prev", ids[i - 1]);
        }
        if let Some(next) = ids.get(i + 1) {
            dictionary.set("Next", *next);
        }
        count += 1;
        if !branch.children.is_empty() {
            let inside = add_branches(pdf, &branch.children, ids[i], document, pages, &mut dictionary);
            dictionary.set("Count", inside);
            count += inside;
        }
        pdf.objects.insert(ids[i], Object::Dictionary(dictionary));
    }
    if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
        parent_dictionary.set("First", *first);
        parent_dictionary.set("Last", *last);
    }
    count
}
