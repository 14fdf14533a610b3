//! PDF/A-2a and PDF/UA-1, as far as the file itself shows it: the structure tree, its ties to the pages, the colours and
//! the declarations. Conformance as a whole is judged from outside, by veraPDF.
#![allow(dead_code, missing_docs, clippy::unwrap_used)] // each test binary uses some of it, and stops where it fails

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

pub fn read(bytes: &[u8]) -> File {
    File { document: Document::load_mem(bytes).unwrap() }
}

pub struct File {
    document: Document,
}

/// An element of the structure with its children.
pub struct Element {
    pub id: ObjectId,
    pub kind: String,
    pub dictionary: Dictionary,
    pub kids: Vec<Element>,
    /// Page and MCID of its own content.
    pub content: Vec<(ObjectId, i64)>,
    /// Annotations it stands for.
    pub annotations: Vec<ObjectId>,
}

impl Element {
    fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Element)) {
        visit(self);
        self.kids.iter().for_each(|kid| kid.walk(visit));
    }

    pub fn all(&self, kind: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        self.walk(&mut |element| {
            if element.kind == kind {
                found.push(element);
            }
        });
        found
    }

    pub fn attribute(&self, name: &str) -> Option<&Object> {
        self.dictionary.get(b"A").ok()?.as_dict().unwrap().get(name.as_bytes()).ok()
    }

    pub fn span(&self, name: &str) -> usize {
        self.attribute(name).map_or(1, |n| n.as_i64().unwrap() as usize)
    }
}

impl File {
    pub fn resolved<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).unwrap().1
    }

    pub fn catalog(&self, key: &str) -> &Object {
        self.resolved(self.document.catalog().unwrap().get(key.as_bytes()).unwrap())
    }

    fn tree(&self) -> Element {
        let root = self.catalog("StructTreeRoot").as_dict().unwrap();
        assert!(!root.has(b"RoleMap"), "standard types only");
        self.element(root.get(b"K").unwrap().as_reference().unwrap())
    }

    fn element(&self, id: ObjectId) -> Element {
        let dictionary = self.document.get_dictionary(id).unwrap().clone();
        let kind = String::from_utf8(dictionary.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
        let mut element =
            Element { id, kind, kids: Vec::new(), content: Vec::new(), annotations: Vec::new(), dictionary };
        let page = element.dictionary.get(b"Pg").and_then(Object::as_reference).ok();
        // An empty cell has nothing to hold.
        let kids = element.dictionary.get(b"K").map_or(Vec::new(), |kids| kids.as_array().unwrap().clone());
        assert!(
            !kids.is_empty() || matches!(element.kind.as_str(), "TD" | "TH"),
            "an empty {}",
            element.kind
        );
        for kid in kids {
            match &kid {
                Object::Integer(mcid) => element.content.push((page.unwrap(), *mcid)),
                Object::Dictionary(reference) if reference.has_type(b"MCR") => {
                    let page = reference.get(b"Pg").unwrap().as_reference().unwrap();
                    element.content.push((page, reference.get(b"MCID").unwrap().as_i64().unwrap()));
                }
                Object::Dictionary(reference) => {
                    assert!(reference.has_type(b"OBJR"), "{reference:?}");
                    element.annotations.push(reference.get(b"Obj").unwrap().as_reference().unwrap());
                }
                Object::Reference(kid) => {
                    let kid = self.element(*kid);
                    assert_eq!(kid.dictionary.get(b"P").unwrap().as_reference().unwrap(), element.id);
                    element.kids.push(kid);
                }
                other => panic!("{other:?} in a structure element"),
            }
        }
        element
    }

    /// What the parent tree says of each page's content, and of each annotation.
    fn parents(&self) -> BTreeMap<i64, Object> {
        let root = self.catalog("StructTreeRoot").as_dict().unwrap();
        let tree = self.resolved(root.get(b"ParentTree").unwrap()).as_dict().unwrap();
        let numbers = tree.get(b"Nums").unwrap().as_array().unwrap();
        let pairs = numbers.chunks(2).map(|pair| (pair[0].as_i64().unwrap(), pair[1].clone()));
        let parents: BTreeMap<i64, Object> = pairs.collect();
        assert_eq!(parents.len() * 2, numbers.len(), "a number twice");
        let next = root.get(b"ParentTreeNextKey").unwrap().as_i64().unwrap();
        assert!(parents.keys().all(|number| (0..next).contains(number)));
        parents
    }

    /// All the rules below; returns the tree.
    pub fn checked(&self) -> Element {
        let tree = self.tree();
        assert_eq!(tree.kind, "Document");
        self.content_is_marked_and_tied(&tree);
        headings_skip_no_level(&tree);
        lists_hold_labels_and_bodies(&tree);
        tables_are_regular_and_headed(&tree);
        self.figures_have_words_and_a_place(&tree);
        self.links_are_elements(&tree);
        tree
    }

    /// Every painting operator stands in marked content: an artifact, or one piece of one element.
    fn content_is_marked_and_tied(&self, tree: &Element) {
        let mut held: BTreeMap<(ObjectId, i64), ObjectId> = BTreeMap::new();
        tree.walk(&mut |element| {
            for place in &element.content {
                assert!(held.insert(*place, element.id).is_none(), "content of two elements");
            }
        });
        let parents = self.parents();
        for page in self.document.get_pages().values() {
            let dictionary = self.document.get_dictionary(*page).unwrap();
            assert_eq!(dictionary.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
            let number = dictionary.get(b"StructParents").unwrap().as_i64().unwrap();
            let of_page = self.resolved(&parents[&number]).as_array().unwrap();
            let ids = marked(&Content::decode(&self.document.get_page_content(*page)).unwrap());
            assert_eq!(ids, (0..of_page.len() as i64).collect::<Vec<_>>(), "MCIDs count from 0");
            for (mcid, parent) in of_page.iter().enumerate() {
                let holder = held.remove(&(*page, mcid as i64));
                assert_eq!(holder, Some(parent.as_reference().unwrap()), "content nobody holds");
            }
        }
        assert!(held.is_empty(), "elements with content that is on no page");
    }

    fn figures_have_words_and_a_place(&self, tree: &Element) {
        for figure in tree.all("Figure") {
            let words = figure.dictionary.get(b"Alt").unwrap().as_str().unwrap();
            assert!(words.starts_with(&[0xfe, 0xff]) && (10..32_767).contains(&words.len()));
            let mut pages = BTreeSet::new();
            figure.walk(&mut |element| pages.extend(element.content.iter().map(|(page, _)| *page)));
            let Some(area) = figure.attribute("BBox") else {
                assert!(pages.len() > 1, "a figure on one page tells its place");
                continue;
            };
            let area: Vec<f32> = area.as_array().unwrap().iter().map(|n| n.as_float().unwrap()).collect();
            assert!(area[0] >= 0.0 && area[0] < area[2] && area[1] >= 0.0 && area[1] < area[3], "{area:?}");
        }
    }

    fn links_are_elements(&self, tree: &Element) {
        let parents = self.parents();
        let mut seen = BTreeSet::new();
        for link in tree.all("Link") {
            assert!(!link.content.is_empty() && link.annotations.len() == 1);
            let annotation = self.document.get_dictionary(link.annotations[0]).unwrap();
            assert_eq!(annotation.get(b"F").unwrap().as_i64().unwrap(), 4, "printed, not hidden");
            assert!(annotation.get(b"Contents").unwrap().as_str().unwrap().len() > 2);
            let number = annotation.get(b"StructParent").unwrap().as_i64().unwrap();
            assert_eq!(parents[&number].as_reference().unwrap(), link.id);
            seen.insert(link.annotations[0]);
        }
        let on_pages: BTreeSet<ObjectId> = self
            .document
            .get_pages()
            .values()
            .filter_map(|page| self.document.get_dictionary(*page).unwrap().get(b"Annots").ok())
            .flat_map(|all| all.as_array().unwrap().iter().map(|a| a.as_reference().unwrap()))
            .collect();
        assert_eq!(seen, on_pages);
    }
}

/// MCIDs of a page in order; panics when something is painted outside marked content.
fn marked(content: &Content) -> Vec<i64> {
    let mut ids = Vec::new();
    let mut open = false;
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BDC" => {
                assert!(!open, "marked content inside marked content");
                open = true;
                let properties = operation.operands[1].as_dict().unwrap();
                if operation.operands[0].as_name().unwrap() == b"Artifact" {
                    assert!(properties.has(b"Type") && !properties.has(b"MCID"));
                } else {
                    ids.push(properties.get(b"MCID").unwrap().as_i64().unwrap());
                }
            }
            "EMC" => open = false,
            "Tj" | "TJ" | "S" | "s" | "f" | "f*" | "B" | "b" | "sh" | "Do" => {
                assert!(open, "{} outside marked content", operation.operator);
            }
            _ => {}
        }
    }
    assert!(!open, "marked content that does not end");
    ids
}

fn headings_skip_no_level(tree: &Element) {
    let mut last = 0;
    tree.walk(&mut |element| {
        if let Some(level) = element.kind.strip_prefix('H').and_then(|level| level.parse::<u8>().ok()) {
            assert!((1..=6).contains(&level) && level <= last + 1, "H{level} follows H{last}");
            last = level;
        }
    });
    assert!(last > 0, "no heading at all");
}

fn lists_hold_labels_and_bodies(tree: &Element) {
    for list in tree.all("L") {
        assert!(!list.kids.is_empty() && list.content.is_empty());
        for item in &list.kids {
            assert_eq!(item.kind, "LI");
            assert!(item.content.is_empty());
            let kinds: Vec<&str> = item.kids.iter().map(|kid| kid.kind.as_str()).collect();
            assert!(matches!(kinds[..], ["LBody"] | ["Lbl", "LBody"] | ["Lbl"]), "{kinds:?}");
        }
        let labelled = !list.all("Lbl").is_empty();
        assert_eq!(labelled, list.attribute("ListNumbering").is_some());
    }
}

/// Every place of the grid is covered once, and every cell has a head above it or beside it.
fn tables_are_regular_and_headed(tree: &Element) {
    for table in tree.all("Table") {
        let kinds: Vec<&str> = table.kids.iter().map(|kid| kid.kind.as_str()).collect();
        let parts = kinds.strip_prefix(&["Caption"]).unwrap_or(&kinds);
        assert!(matches!(parts, ["THead", "TBody"] | ["TBody"]), "{kinds:?}");
        let rows = table.all("TR");
        let columns: usize = rows[0].kids.iter().map(|cell| cell.span("ColSpan")).sum();
        let mut grid: Vec<Vec<Option<&Element>>> = vec![vec![None; columns]; rows.len()];
        for (r, row) in rows.iter().enumerate() {
            for cell in &row.kids {
                let free = grid[r].iter().position(Option::is_none).unwrap();
                for line in grid.iter_mut().skip(r).take(cell.span("RowSpan")) {
                    for place in line.iter_mut().skip(free).take(cell.span("ColSpan")) {
                        assert!(place.replace(cell).is_none(), "cells overlap");
                    }
                }
            }
        }
        let scope = |cell: &Element| cell.attribute("Scope").map(|s| s.as_name().unwrap().to_vec());
        for (r, row) in grid.iter().enumerate() {
            assert!(row.iter().all(Option::is_some), "a row too short");
            for (c, cell) in row.iter().enumerate() {
                let cell = cell.unwrap();
                if cell.kind == "TH" {
                    assert!(matches!(scope(cell).unwrap().as_slice(), b"Row" | b"Column"));
                    continue;
                }
                assert_eq!(cell.kind, "TD");
                let above = grid[..r].iter().any(|row| scope(row[c].unwrap()) == Some(b"Column".to_vec()));
                let beside = row.iter().any(|other| scope(other.unwrap()) == Some(b"Row".to_vec()));
                assert!(above || beside, "a cell without a head");
            }
        }
    }
}

/// UTF-16 with its mark → words.
pub fn words(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    let units: Vec<u16> = bytes[2..].chunks(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect();
    String::from_utf16(&units).unwrap()
}

/// What the file says of itself: PDF/A-2a, PDF/UA-1, its title, its colours, and nothing that the norms forbid.
pub fn declares(file: &File, subject: &str) {
    let marks = file.catalog("MarkInfo").as_dict().unwrap();
    assert_eq!(marks.get(b"Marked").unwrap(), &Object::Boolean(true));
    assert!(!marks.has(b"Suspects"));

    let metadata = file.catalog("Metadata").as_stream().unwrap();
    assert!(!metadata.dict.has(b"Filter"), "metadata is read without a decoder");
    let packet = String::from_utf8(metadata.content.clone()).unwrap();
    for declared in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        "<rdf:li>vi-VN</rdf:li>",
    ] {
        assert!(packet.contains(declared), "{declared} is not in {packet}");
    }
    let info = file.resolved(file.document.trailer.get(b"Info").unwrap()).as_dict().unwrap();
    let title = words(info.get(b"Title").unwrap());
    let escaped = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    assert!(packet.contains(&format!("<rdf:li xml:lang=\"x-default\">{escaped}</rdf:li>")), "{packet}");
    assert!(title.to_lowercase().starts_with(&subject.to_lowercase()), "{title}");

    let intents = file.catalog("OutputIntents").as_array().unwrap();
    let intent = file.resolved(&intents[0]).as_dict().unwrap();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1");
    let profile = file.resolved(intent.get(b"DestOutputProfile").unwrap()).as_stream().unwrap();
    assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 3);
    assert_eq!(&profile.decompressed_content().unwrap()[36..40], b"acsp");
    for forbidden in ["Encrypt", "OpenAction", "AA", "AcroForm", "Names"] {
        assert!(!file.document.catalog().unwrap().has(forbidden.as_bytes()));
        assert!(!file.document.trailer.has(forbidden.as_bytes()));
    }
}
