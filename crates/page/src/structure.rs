//! The logical structure of the file: what a screen reader walks through, from the nodes of the display list.
//!
//! ISO 32000-1, 14.7 and 14.8, as PDF/UA-1 and PDF/A-2a want it: every piece of content belongs to an element or is an
//! artifact, headings skip no level, every table cell has a head, every figure has words, every link is an element.

use crate::display::{Document, NodeId, Shape};
use crate::metadata::text;
use lopdf::{Object, ObjectId, dictionary};
pub use object::number;
use object::{real, rectangle};
pub use tree::Contents;
use tree::{Kid, Tree};

mod element;
mod object;
mod tree;

/// Adds the structure tree, the links and what ties pages to both; returns the root of the tree.
pub fn add(
    pdf: &mut lopdf::Document,
    document: &Document,
    contents: &Contents,
    pages: &[ObjectId],
) -> ObjectId {
    let mut tree = Tree::from_document(document, contents, pdf);
    let links = add_links(&mut tree, pdf, document, pages);
    let root = pdf.new_object_id();
    let top = pdf.new_object_id();
    for node in 0..document.nodes.len() {
        tree.add_element(pdf, document, node, top, pages);
    }
    let parts: Vec<Object> = tree.tops(document).map(|node| tree.elements[node].into()).collect();
    pdf.objects.insert(
        top,
        dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => parts }.into(),
    );

    // What stands on page n is found under n, the links under the numbers behind the pages.
    let mut numbers: Vec<Object> = Vec::new();
    for (n, nodes) in contents.iter().enumerate() {
        let parents: Vec<Object> = nodes.iter().map(|node| tree.holder(*node).into()).collect();
        numbers.extend([number(n), pdf.add_object(parents).into()]);
    }
    for (n, node) in links.iter().enumerate() {
        numbers.extend([number(pages.len() + n), tree.holder(*node).into()]);
    }
    let parents = pdf.add_object(dictionary! { "Nums" => numbers });
    pdf.objects.insert(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => top,
            "ParentTree" => parents,
            "ParentTreeNextKey" => number(pages.len() + links.len()),
        }
        .into(),
    );
    for (n, page) in pages.iter().enumerate() {
        if let Ok(page) = pdf.get_dictionary_mut(*page) {
            page.set("StructParents", number(n));
            // Fields and links are visited in the order of the structure.
            page.set("Tabs", "S");
        }
    }
    root
}

/// Puts the links on their pages; returns their nodes in the order of their numbers in the parent tree.
fn add_links(
    tree: &mut Tree,
    pdf: &mut lopdf::Document,
    document: &Document,
    pages: &[ObjectId],
) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    for (n, (page, page_id)) in document.pages.iter().zip(pages).enumerate() {
        let mut on_page: Vec<Object> = Vec::new();
        for item in &page.items {
            let (Shape::Link { area, to, description }, Some(node)) = (&item.shape, item.node) else {
                continue;
            };
            let Some(entry) = document.marked(*to) else { continue };
            let (Some(target), Some(shown)) = (pages.get(entry.page), document.pages.get(entry.page)) else {
                continue;
            };
            let top = shown.setup.height - entry.y + 6.0;
            let link = pdf.add_object(dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => rectangle(*area, page),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                "F" => 4,
                "P" => *page_id,
                "Dest" => vec![(*target).into(), "XYZ".into(), Object::Null, real(top), Object::Null],
                "Contents" => text(description),
                "StructParent" => number(pages.len() + nodes.len()),
            });
            on_page.push(link.into());
            tree.kids[node].push(Kid::Annotation(n, link));
            nodes.push(node);
        }
        if let Ok(dictionary) = pdf.get_dictionary_mut(*page_id) {
            if on_page.is_empty() {
                dictionary.remove(b"Annots");
            } else {
                dictionary.set("Annots", on_page);
            }
        }
    }
    nodes
}
