//! Display list → printpdf operations.

use super::display::{Colour, Document, Face, Item, Page, Shape, TextRun};
use super::font::{FILES, NAMES};
use super::layout::mark;
use crate::error::Error;
use printpdf::{
    Actions, BorderArray, Codepoint, Color, Destination, FontId, Line, LinePoint, LinkAnnotation, Op,
    PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon,
    PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder,
};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// Draws all pages and embeds what they use of each face.
///
/// # Errors
/// [`Error::Internal`] when a face cannot be cut down to the glyphs used.
pub fn draw(document: &Document) -> Result<lopdf::Document, Error> {
    let remappers = used_glyphs(document);
    let mut pdf = PdfDocument::new("");
    for (face, remapper) in &remappers {
        pdf.resources.fonts.map.insert(font_id(*face), PdfFont::new(embedded(*face, remapper)?));
    }
    for page in &document.pages {
        pdf.pages.push(draw_page(page, document, &remappers));
    }
    let options =
        PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    Ok(pdf.to_lopdf_document(&options, &mut warnings))
}

fn used_glyphs(document: &Document) -> BTreeMap<Face, GlyphRemapper> {
    let mut remappers: BTreeMap<Face, GlyphRemapper> = BTreeMap::new();
    for item in document.pages.iter().flat_map(|page| &page.items) {
        if let Shape::Text(run) = &item.shape {
            let remapper = remappers.entry(run.face).or_default();
            for glyph in &run.glyphs {
                remapper.remap(glyph.id);
            }
        }
    }
    remappers
}

fn font_id(face: Face) -> FontId {
    FontId(format!("F{}", face as usize + 1))
}

fn embedded(face: Face, remapper: &GlyphRemapper) -> Result<ParsedFont, Error> {
    let name = NAMES[face as usize];
    let fault = |what: String| Error::Internal(format!("không nhúng được phông chữ {name}: {what}"));
    let cut = subsetter::subset(FILES[face as usize], 0, remapper).map_err(|e| fault(e.to_string()))?;
    let mut warnings = Vec::new();
    let mut font =
        ParsedFont::from_bytes(&cut, 0, &mut warnings).ok_or_else(|| fault("tệp con không hợp lệ".into()))?;
    // Six capitals mark a subset; a letter a face keeps them apart and the file the same every time.
    let tag = ["AAAAAA", "AAAAAB", "AAAAAC", "AAAAAD"][face as usize];
    font.font_name = Some(format!("{tag}+{name}"));
    Ok(font)
}

fn draw_page(page: &Page, document: &Document, remappers: &BTreeMap<Face, GlyphRemapper>) -> PdfPage {
    let setup = page.setup;
    let bounds = Rect::from_wh(Pt(rounded(setup.width)), Pt(rounded(setup.height)));
    let mut pen = Pen { height: setup.height, ops: Vec::new(), fill: None, stroke: None, width: None };
    for item in &page.items {
        pen.item(item, document, remappers);
    }
    PdfPage { media_box: bounds.clone(), trim_box: bounds.clone(), crop_box: bounds, ops: pen.ops }
}

/// Two decimals of a point are finer than any printer, and keep the file small.
fn rounded(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

struct Pen {
    height: f32,
    ops: Vec<Op>,
    fill: Option<Colour>,
    stroke: Option<Colour>,
    width: Option<f32>,
}

impl Pen {
    fn item(&mut self, item: &Item, document: &Document, remappers: &BTreeMap<Face, GlyphRemapper>) {
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
            Shape::Link { area, to } => self.link(*area, *to, document),
        }
    }

    fn text(&mut self, run: &TextRun, remapper: &GlyphRemapper) {
        self.fill_colour(run.colour);
        let glyphs = run
            .glyphs
            .iter()
            .map(|g| Codepoint::with_cid(remapper.get(g.id).unwrap_or(0), g.back, g.text.to_string()))
            .collect();
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

    fn link(&mut self, area: (f32, f32, f32, f32), to: usize, document: &Document) {
        let Some(entry) = mark(&document.outline, to) else { return };
        let top = document.pages.get(entry.page).map(|page| page.setup.height - entry.y + 6.0);
        let destination =
            Destination::Xyz { page: entry.page + 1, left: None, top: top.map(rounded), zoom: None };
        let (left, bottom) = (rounded(area.0), rounded(self.height - area.3));
        let rect =
            Rect::from_xywh(Pt(left), Pt(bottom), Pt(rounded(area.2 - area.0)), Pt(rounded(area.3 - area.1)));
        let border = BorderArray::Solid([0.0, 0.0, 0.0]);
        let link = LinkAnnotation::new(rect, Actions::go_to(destination), Some(border), None, None);
        self.ops.push(Op::LinkAnnotation { link });
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
