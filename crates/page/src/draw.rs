//! Display list → printpdf operations.

use crate::display::{Colour, Document, Item, NodeId, Page, Shape, TextRun};
use crate::error::Error;
use crate::face::Face;
use crate::structure::Contents;
use crate::typeface::Typeface;
use printpdf::{
    Codepoint, Color, DictItem, FontId, Line, LinePoint, Op, PaintMode, ParsedFont, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix,
    WindingOrder,
};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// Pages as they are drawn, and what their content belongs to.
pub struct Drawn {
    /// The document, without structure and links.
    pub pdf: lopdf::Document,
    /// The node of every piece of marked content.
    pub contents: Contents,
}

/// Draws all pages and embeds what they use of each face.
///
/// # Errors
/// [`Error::FontNotEmbedded`] when a face cannot be cut down to the glyphs used.
pub fn draw(document: &Document, typeface: &Typeface) -> Result<Drawn, Error> {
    let remappers = used_glyphs(document);
    let mut pdf = PdfDocument::new("");
    for (face, remapper) in &remappers {
        pdf.resources.fonts.map.insert(font_id(*face), PdfFont::new(embedded(typeface, *face, remapper)?));
    }
    let mut contents = Contents::new();
    for page in &document.pages {
        let (drawn, nodes) = draw_page(page, &remappers);
        pdf.pages.push(drawn);
        contents.push(nodes);
    }
    let options =
        PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    Ok(Drawn { pdf: pdf.to_lopdf_document(&options, &mut warnings), contents })
}

fn used_glyphs(document: &Document) -> BTreeMap<Face, GlyphRemapper> {
    let mut remappers: BTreeMap<Face, GlyphRemapper> = BTreeMap::new();
    for item in document.pages.iter().flat_map(|page| &page.items) {
        if let Shape::Text(run) = &item.shape {
            let remapper = remappers.entry(run.face).or_default();
            for glyph in &run.glyphs {
                remapper.remap(glyph.id);
            }
            if let Some(space) = run.space {
                remapper.remap(space);
            }
        }
    }
    remappers
}

fn font_id(face: Face) -> FontId {
    FontId(format!("F{}", face as usize + 1))
}

fn embedded(typeface: &Typeface, face: Face, remapper: &GlyphRemapper) -> Result<ParsedFont, Error> {
    let name = typeface.name(face);
    let fault = |reason: String| Error::FontNotEmbedded { name: name.to_owned(), reason };
    let cut = subsetter::subset(typeface.file(face), 0, remapper).map_err(|e| fault(e.to_string()))?;
    let mut warnings = Vec::new();
    let mut font = ParsedFont::from_bytes(&cut, 0, &mut warnings)
        .ok_or_else(|| fault("the cut font cannot be read".into()))?;
    // Six capitals mark a subset; a letter a face keeps them apart and the file the same every time.
    let tag = ["AAAAAA", "AAAAAB", "AAAAAC", "AAAAAD"][face as usize];
    font.font_name = Some(format!("{tag}+{name}"));
    Ok(font)
}

fn draw_page(page: &Page, remappers: &BTreeMap<Face, GlyphRemapper>) -> (PdfPage, Vec<NodeId>) {
    let setup = page.setup;
    let bounds = Rect::from_wh(Pt(rounded(setup.width)), Pt(rounded(setup.height)));
    let mut pen = Pen {
        height: setup.height,
        ops: Vec::new(),
        fill: None,
        stroke: None,
        width: None,
        open: None,
        nodes: Vec::new(),
    };
    for item in &page.items {
        pen.item(item, remappers);
    }
    pen.close();
    let drawn =
        PdfPage { media_box: bounds.clone(), trim_box: bounds.clone(), crop_box: bounds, ops: pen.ops };
    (drawn, pen.nodes)
}

/// Two decimals of a point are finer than any printer, and keep the file small.
fn rounded(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

/// What a run of items is to the structure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Content of a node.
    Content(NodeId),
    /// Page numbers and repeated heads: text that belongs to the page, not to the document.
    Pagination,
    /// Rules and shades.
    Ornament,
}

struct Pen {
    height: f32,
    ops: Vec<Op>,
    fill: Option<Colour>,
    stroke: Option<Colour>,
    width: Option<f32>,
    /// What the items being drawn belong to.
    open: Option<Mark>,
    /// Nodes of the marked content so far, by MCID.
    nodes: Vec<NodeId>,
}

impl Pen {
    fn item(&mut self, item: &Item, remappers: &BTreeMap<Face, GlyphRemapper>) {
        match (&item.shape, item.node) {
            // Links lie over the page, not on it.
            (Shape::Link { .. }, _) => return,
            (_, Some(node)) => self.begin(Mark::Content(node)),
            (Shape::Text(_), None) => self.begin(Mark::Pagination),
            (_, None) => self.begin(Mark::Ornament),
        }
        match &item.shape {
            Shape::Text(run) => {
                if let Some(remapper) = remappers.get(&run.face) {
                    self.text(run, remapper);
                }
            }
            Shape::Line { from, to, width, colour } => self.line(*from, *to, *width, *colour),
            Shape::Fill { points, colour } => {
                self.fill_colour(*colour);
                let ring = PolygonRing { points: points.iter().map(|p| self.corner(*p)).collect() };
                let polygon = Polygon {
                    rings: vec![ring],
                    mode: PaintMode::Fill,
                    winding_order: WindingOrder::NonZero,
                };
                self.ops.push(Op::DrawPolygon { polygon });
            }
            Shape::Link { .. } => {}
        }
    }

    /// Marks what follows, unless the same is being drawn already.
    fn begin(&mut self, mark: Mark) {
        if self.open == Some(mark) {
            return;
        }
        self.close();
        let entry = |key: &str, value: DictItem| (key.to_owned(), value);
        let name = |name: &str| DictItem::Name(name.into());
        let (tag, map) = match mark {
            Mark::Content(node) => {
                let id = self.nodes.len() as i64;
                self.nodes.push(node);
                ("Span", BTreeMap::from([entry("MCID", DictItem::Int(id))]))
            }
            Mark::Pagination => ("Artifact", BTreeMap::from([entry("Type", name("Pagination"))])),
            Mark::Ornament => ("Artifact", BTreeMap::from([entry("Type", name("Layout"))])),
        };
        let properties = DictItem::Dict { map };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
        self.open = Some(mark);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContentWithProperties);
        }
    }

    fn text(&mut self, run: &TextRun, remapper: &GlyphRemapper) {
        self.fill_colour(run.colour);
        let code = |id: u16, back: f32, text: char| {
            Codepoint::with_cid(remapper.get(id).unwrap_or(0), back, text.to_string())
        };
        let mut glyphs: Vec<Codepoint> = run.glyphs.iter().map(|g| code(g.id, g.back, g.text)).collect();
        glyphs.extend(run.space.map(|id| code(id, 0.0, ' ')));
        let (x, y) = (rounded(run.x), rounded(self.height - run.y));
        self.ops.extend([
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(font_id(run.face)), size: Pt(run.size) },
            Op::SetTextMatrix { matrix: TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, x, y]) },
            Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] },
            Op::EndTextSection,
        ]);
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, colour: Colour) {
        if self.stroke != Some(colour) {
            self.ops.push(Op::SetOutlineColor { col: rgb(colour) });
            self.stroke = Some(colour);
        }
        if self.width != Some(width) {
            self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
            self.width = Some(width);
        }
        let line = Line { points: vec![self.corner(from), self.corner(to)], is_closed: false };
        self.ops.push(Op::DrawLine { line });
    }

    fn fill_colour(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
            self.fill = Some(colour);
        }
    }

    fn corner(&self, point: (f32, f32)) -> LinePoint {
        LinePoint {
            p: Point { x: Pt(rounded(point.0)), y: Pt(rounded(self.height - point.1)) },
            bezier: false,
        }
    }
}

fn rgb(colour: Colour) -> Color {
    Color::Rgb(Rgb::new(colour.0, colour.1, colour.2, None))
}
