//! The nodes of the display list as a tree of elements: what each holds, in reading order, and which are left out.

use crate::display::{Document, NodeId, NodeKind};
use lopdf::ObjectId;

/// Which node each piece of marked content of each page belongs to: by page, then by MCID.
pub type Contents = Vec<Vec<NodeId>>;

/// PDF/UA-1 knows six levels of headings.
pub const DEEPEST: u8 = 6;

/// A child of an element.
pub enum Kid {
    /// Marked content: page and MCID.
    Content(usize, usize),
    /// An element.
    Element(NodeId),
    /// A link's place on a page.
    Annotation(usize, ObjectId),
}

pub struct Tree {
    /// Object of each node's element.
    pub elements: Vec<ObjectId>,
    /// Object of a list item's body: an item holds nothing but its label and its body.
    pub bodies: Vec<Option<ObjectId>>,
    /// Children of each node, in reading order.
    pub kids: Vec<Vec<Kid>>,
    /// Nodes with something to say; the others are left out.
    pub kept: Vec<bool>,
    /// Level of each heading.
    pub levels: Vec<u8>,
}

impl Tree {
    /// The tree of a document whose content is marked.
    pub fn from_document(document: &Document, contents: &Contents, pdf: &mut lopdf::Document) -> Self {
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

    /// Nodes without a parent.
    pub fn tops<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = NodeId> + 'a {
        let nodes = document.nodes.iter().enumerate();
        nodes.filter(|(node, n)| n.parent.is_none() && self.kept[*node]).map(|(node, _)| node)
    }

    /// The element that holds a node's own content.
    pub fn holder(&self, node: NodeId) -> ObjectId {
        self.bodies[node].unwrap_or(self.elements[node])
    }
}
