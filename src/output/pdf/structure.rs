//! The logical structure of the file: what a screen reader walks through, from the nodes of the display list.
//!
//! ISO 32000-1, 14.7 and 14.8, as PDF/UA-1 and PDF/A-2a want it: every piece of content belongs to an element or is an
//! artifact, headings skip no level, every table cell has a head, every figure has words, every link is an element.

use super::display::{Area, Document, NodeId, NodeKind, Page, Shape};
use super::metadata::text;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

mod element;

/// PDF/UA-1 knows six levels of headings.
const DEEPEST: u8 = 6;

/// Which node each piece of marked content of each page belongs to: by page, then by MCID.
pub type Contents = Vec<Vec<NodeId>>;

/// Adds the structure tree, the links and what ties pages to both; returns the root of the tree.
pub fn add(
    pdf: &mut lopdf::Document,
    document: &Document,
    contents: &Contents,
    pages: &[ObjectId],
) -> ObjectId {
    let mut tree = Tree::of(document, contents, pdf);
    let links = tree.add_links(pdf, document, pages);
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

/// A child of an element.
enum Kid {
    /// Marked content: page and MCID.
    Content(usize, usize),
    /// An element.
    Element(NodeId),
    /// A link's place on a page.
    Annotation(usize, ObjectId),
}

struct Tree {
    /// Object of each node's element.
    elements: Vec<ObjectId>,
    /// Object of a list item's body: an item holds nothing but its label and its body.
    bodies: Vec<Option<ObjectId>>,
    /// Children of each node, in reading order.
    kids: Vec<Vec<Kid>>,
    /// Nodes with something to say; the others are left out.
    kept: Vec<bool>,
    /// Level of each heading.
    levels: Vec<u8>,
}

impl Tree {
    fn of(document: &Document, contents: &Contents, pdf: &mut lopdf::Document) -> Self {
        let nodes = &document.nodes;
        let count = nodes.len();
        let mut own: Vec<Vec<(usize, Kid)>> = (0..count).map(|_| Vec::new()).collect();
        let mut first = vec![usize::MAX; count];
        let mut order = 0;
        for (page, of_page) in contents.iter().enumerate() {
            for (mcid, node) in of_page.iter().enumerate() {
                own[*node].push((order, Kid::Content(page, mcid)));
                first[*node] = first[*node].min(order);
                order += 1;
            }
        }
        let kept_empty = |kind: &NodeKind| {
            matches!(kind, NodeKind::Cell { .. } | NodeKind::RowHead { .. } | NodeKind::Head { .. })
        };
        let mut kept: Vec<bool> =
            nodes.iter().zip(&own).map(|(node, own)| !own.is_empty() || kept_empty(&node.kind)).collect();
        // Parents stand before their children.
        for node in (0..count).rev() {
            if let (Some(parent), true) = (nodes[node].parent, kept[node]) {
                kept[parent] = true;
                first[parent] = first[parent].min(first[node]);
            }
        }
        let mut kids: Vec<Vec<(usize, Kid)>> = own;
        let holds_content: Vec<bool> = kids.iter().map(|kids| !kids.is_empty()).collect();
        for (node, parent) in nodes.iter().enumerate().filter_map(|(i, n)| Some((i, n.parent?))) {
            if kept[node] {
                kids[parent].push((first[node], Kid::Element(node)));
            }
        }
        // Where words and elements mix, they follow one another as they are drawn; elements alone stand as they were
        // made, for columns are drawn side by side.
        for (kids, mixed) in kids.iter_mut().zip(holds_content) {
            if mixed {
                kids.sort_by_key(|(order, _)| *order);
            }
        }
        let mut level = 0;
        let levels = nodes.iter().zip(&kept).map(|(node, kept)| {
            let wanted = match node.kind {
                NodeKind::Title => 1,
                NodeKind::Heading(level) => level.saturating_add(1),
                _ => return 0,
            };
            if *kept {
                level = wanted.clamp(1, (level + 1).min(DEEPEST));
            }
            level
        });
        let levels = levels.collect();
        let elements = nodes.iter().map(|_| pdf.new_object_id()).collect();
        let bodies =
            nodes.iter().map(|node| (node.kind == NodeKind::Item).then(|| pdf.new_object_id())).collect();
        let kids = kids.into_iter().map(|kids| kids.into_iter().map(|(_, kid)| kid).collect()).collect();
        Tree { elements, bodies, kids, kept, levels }
    }

    fn tops<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = NodeId> + 'a {
        let nodes = document.nodes.iter().enumerate();
        nodes.filter(|(node, n)| n.parent.is_none() && self.kept[*node]).map(|(node, _)| node)
    }

    /// The element that holds a node's own content.
    fn holder(&self, node: NodeId) -> ObjectId {
        self.bodies[node].unwrap_or(self.elements[node])
    }

    /// Puts the links on their pages; returns their nodes in the order of their numbers in the parent tree.
    fn add_links(
        &mut self,
        pdf: &mut lopdf::Document,
        document: &Document,
        pages: &[ObjectId],
    ) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        for (n, (page, page_id)) in document.pages.iter().zip(pages).enumerate() {
            let mut on_page: Vec<Object> = Vec::new();
            for item in &page.items {
                let (Shape::Link { area, to }, Some(node)) = (&item.shape, item.node) else { continue };
                let Some(entry) = document.marked(*to) else { continue };
                let (Some(target), Some(shown)) = (pages.get(entry.page), document.pages.get(entry.page))
                else {
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
                    "Contents" => text(&format!("Chuyển đến {}", entry.title)),
                    "StructParent" => number(pages.len() + nodes.len()),
                });
                on_page.push(link.into());
                self.kids[node].push(Kid::Annotation(n, link));
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

    fn add_element(
        &self,
        pdf: &mut lopdf::Document,
        document: &Document,
        node: NodeId,
        top: ObjectId,
        pages: &[ObjectId],
    ) {
        if !self.kept[node] {
            return;
        }
        let id = self.elements[node];
        let Some(body) = self.bodies[node] else {
            let kids: Vec<&Kid> = self.kids[node].iter().collect();
            let element = self.element(document, node, self.parent(document, node, top), &kids, pages);
            pdf.objects.insert(id, element.into());
            return;
        };
        let is_label =
            |kid: &&Kid| matches!(kid, Kid::Element(n) if document.nodes[*n].kind == NodeKind::Label);
        let (labels, rest): (Vec<&Kid>, Vec<&Kid>) = self.kids[node].iter().partition(is_label);
        let mut element = self.element(document, node, self.parent(document, node, top), &labels, pages);
        if !rest.is_empty() {
            let mut kids = element.get(b"K").and_then(Object::as_array).cloned().unwrap_or_default();
            kids.push(body.into());
            element.set("K", kids);
            let mut inside = dictionary! { "Type" => "StructElem", "S" => "LBody", "P" => id };
            self.set_kids(&mut inside, &rest, pages);
            pdf.objects.insert(body, inside.into());
        }
        pdf.objects.insert(id, element.into());
    }

    fn parent(&self, document: &Document, node: NodeId, top: ObjectId) -> ObjectId {
        let Some(parent) = document.nodes[node].parent else { return top };
        let is_label = document.nodes[node].kind == NodeKind::Label;
        if is_label { self.elements[parent] } else { self.holder(parent) }
    }

    fn element(
        &self,
        document: &Document,
        node: NodeId,
        parent: ObjectId,
        kids: &[&Kid],
        pages: &[ObjectId],
    ) -> Dictionary {
        let kind = &document.nodes[node].kind;
        let mut element = dictionary! { "Type" => "StructElem", "S" => self.name(kind, node), "P" => parent };
        if let Some(attributes) = self.attributes(document, node) {
            element.set("A", attributes);
        }
        if let NodeKind::Figure { alternative } = kind {
            element.set("Alt", text(&element::cut(alternative)));
        }
        self.set_kids(&mut element, kids, pages);
        element
    }

    fn set_kids(&self, element: &mut Dictionary, kids: &[&Kid], pages: &[ObjectId]) {
        let home = kids.iter().find_map(|kid| match kid {
            Kid::Content(page, _) | Kid::Annotation(page, _) => Some(*page),
            Kid::Element(_) => None,
        });
        if let Some(page) = home.and_then(|page| pages.get(page)) {
            element.set("Pg", *page);
        }
        let on = |page: usize| pages.get(page).map_or(Object::Null, |id| (*id).into());
        let kids: Vec<Object> = kids
            .iter()
            .map(|kid| match kid {
                Kid::Content(page, mcid) if Some(*page) == home => number(*mcid),
                Kid::Content(page, mcid) => {
                    dictionary! { "Type" => "MCR", "Pg" => on(*page), "MCID" => number(*mcid) }.into()
                }
                Kid::Element(node) => self.elements[*node].into(),
                Kid::Annotation(page, id) => {
                    dictionary! { "Type" => "OBJR", "Pg" => on(*page), "Obj" => *id }.into()
                }
            })
            .collect();
        if !kids.is_empty() {
            element.set("K", kids);
        }
    }
}

fn number(n: usize) -> Object {
    Object::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

fn real(length: f32) -> Object {
    Object::Real((length * 100.0).round() / 100.0)
}

/// Left, top, right, bottom from the top of the page → left, bottom, right, top from its foot.
fn rectangle(area: Area, page: &Page) -> Vec<Object> {
    let height = page.setup.height;
    [area.0, height - area.3, area.2, height - area.1].map(real).to_vec()
}
