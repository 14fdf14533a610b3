//! Elements as objects: what they are called, what they hold and what they tell of themselves, such as the spans and scopes
//! of cells and the place of a figure.

use super::object::{number, rectangle};
use super::tree::{DEEPEST, Kid, Tree};
use crate::display::{Area, Document, Item, NodeId, NodeKind, Page, Shape};
use crate::fonts::{ASCENT, DESCENT};
use crate::metadata::text;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// The longest a string may be in an archival file is 32.767 bytes (ISO 19005-2, 6.1.13); two bytes a unit and a mark.
const LONGEST_WORDS: usize = 16_000;

impl Tree {
    /// Adds the element of a node, and the body of a list's point.
    pub fn add_element(
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
            element.set("Alt", text(&cut(alternative)));
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

    fn name(&self, kind: &NodeKind, node: NodeId) -> &'static str {
        match kind {
            NodeKind::Part => "Part",
            NodeKind::Title | NodeKind::Heading(_) => {
                ["H1", "H1", "H2", "H3", "H4", "H5", "H6"][usize::from(self.levels[node].min(DEEPEST))]
            }
            NodeKind::Paragraph => "P",
            NodeKind::List => "L",
            NodeKind::Item => "LI",
            NodeKind::Label => "Lbl",
            NodeKind::Table => "Table",
            NodeKind::HeadRows => "THead",
            NodeKind::BodyRows => "TBody",
            NodeKind::Caption => "Caption",
            NodeKind::Row => "TR",
            NodeKind::Head { .. } | NodeKind::RowHead { .. } => "TH",
            NodeKind::Cell { .. } => "TD",
            NodeKind::Figure { .. } => "Figure",
            NodeKind::Link => "Link",
        }
    }

    fn attributes(&self, document: &Document, node: NodeId) -> Option<Dictionary> {
        let spans = |columns: usize, rows: usize| {
            let mut table = dictionary! { "O" => "Table" };
            for (name, covered) in [("ColSpan", columns), ("RowSpan", rows)] {
                if covered > 1 {
                    table.set(name, number(covered));
                }
            }
            table
        };
        match &document.nodes[node].kind {
            NodeKind::Head { columns, rows } => {
                let mut table = spans(*columns, *rows);
                table.set("Scope", "Column");
                Some(table)
            }
            NodeKind::RowHead { columns } => {
                let mut table = spans(*columns, 1);
                table.set("Scope", "Row");
                Some(table)
            }
            NodeKind::Cell { columns } if *columns > 1 => Some(spans(*columns, 1)),
            NodeKind::Figure { .. } => {
                let (page, area) = self.extent(document, node)?;
                Some(dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => rectangle(area, page) })
            }
            NodeKind::List => {
                let label = self.first_label(document, node)?;
                Some(dictionary! { "O" => "List", "ListNumbering" => numbering(document, label) })
            }
            _ => None,
        }
    }

    fn first_label(&self, document: &Document, list: NodeId) -> Option<NodeId> {
        let elements = |node: NodeId| {
            self.kids[node].iter().filter_map(|kid| if let Kid::Element(n) = kid { Some(*n) } else { None })
        };
        elements(list).flat_map(elements).find(|node| document.nodes[*node].kind == NodeKind::Label)
    }

    /// The page a figure stands on and the area it takes there; none when it goes on overleaf.
    fn extent<'a>(&self, document: &'a Document, figure: NodeId) -> Option<(&'a Page, Area)> {
        let inside =
            |item: &&Item| item.node.is_some_and(|n| n == figure || document.nodes[n].parent == Some(figure));
        let mut pages = document.pages.iter().filter(|page| page.items.iter().any(|item| inside(&item)));
        let page = pages.next()?;
        if pages.next().is_some() {
            return None;
        }
        let mut area = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        let mut reach = |x: f32, y: f32| {
            area = (area.0.min(x), area.1.min(y), area.2.max(x), area.3.max(y));
        };
        for item in page.items.iter().filter(inside) {
            match &item.shape {
                Shape::Text(run) => {
                    reach(run.x, run.y - ASCENT * run.size);
                    reach(run.x + run.width(), run.y + DESCENT * run.size);
                }
                Shape::Line { from, to, .. } => [from, to].into_iter().for_each(|p| reach(p.0, p.1)),
                Shape::Fill { points, .. } => points.iter().for_each(|p| reach(p.0, p.1)),
                Shape::Link { .. } => {}
            }
        }
        Some((page, area))
    }
}

/// How a list counts its points, by the label of one: letters, figures, or a sign that is the same before all.
fn numbering(document: &Document, label: NodeId) -> &'static str {
    let mut items = document.pages.iter().flat_map(|page| &page.items);
    let run = items.find_map(|item| match &item.shape {
        Shape::Text(run) if item.node == Some(label) => Some(run),
        _ => None,
    });
    match run.and_then(|run| run.text().chars().next()) {
        Some(c) if c.is_ascii_digit() => "Decimal",
        Some(c) if c.is_alphabetic() => "LowerAlpha",
        _ => "Disc",
    }
}

/// Words that fit into one string of an archival file.
fn cut(words: &str) -> String {
    let mut units = 0;
    let whole = words.chars().take_while(|c| {
        units += c.len_utf16();
        units < LONGEST_WORDS
    });
    let shown: String = whole.collect();
    if shown.len() < words.len() { shown + "…" } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_too_long_for_a_string_are_cut_between_characters() {
        assert_eq!(cut("biểu đồ"), "biểu đồ");
        let long = cut(&"😀".repeat(20_000));
        assert!(long.encode_utf16().count() <= LONGEST_WORDS && long.ends_with("😀…"));
    }
}
