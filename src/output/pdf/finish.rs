//! The last pass over the document: version, structure, language, title, outline, metadata, colours, identity.

use super::display::{Document, OutlineEntry};
use super::draw::Drawn;
use super::metadata::{LANGUAGE, info, text, xmp};
use super::{srgb, structure};
use crate::error::Error;
use crate::report::model::Letter;
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

/// Completes and saves the document. Nothing in it depends on when or where that happens.
///
/// # Errors
/// [`Error::Internal`] when the document is not what printpdf promises or cannot be saved.
pub fn finish(drawn: Drawn, document: &Document, letter: &Letter) -> Result<Vec<u8>, Error> {
    let Drawn { mut pdf, contents } = drawn;
    let fault = |e: lopdf::Error| Error::Internal(format!("không hoàn thiện được tệp PDF: {e}"));
    pdf.version = "1.7".to_owned();
    let pages: Vec<ObjectId> = pdf.page_iter().collect();
    let structure = structure::add(&mut pdf, document, &contents, &pages);
    let outline = add_outline(&mut pdf, document, &pages);
    let colours = add_colours(&mut pdf);
    let title = one_line(&letter.title().full);
    let metadata = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        xmp(&title, &letter.issuer, letter.date).into_bytes(),
    );
    let metadata = pdf.add_object(metadata.with_compression(false));
    let info = pdf.add_object(info(&title, &letter.issuer, letter.date));
    if let Ok(Object::Reference(old)) = pdf.trailer.get(b"Info").cloned() {
        pdf.objects.remove(&old);
    }
    pdf.trailer.set("Info", info);

    let catalog = pdf.catalog_mut().map_err(fault)?;
    catalog.set("Lang", Object::string_literal(LANGUAGE));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", metadata);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", structure);
    catalog.set("OutputIntents", vec![colours.into()]);
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    let identity = identity(&pdf);
    let identity = Object::String(identity, StringFormat::Hexadecimal);
    pdf.trailer.set("ID", vec![identity.clone(), identity]);

    pdf.compress();
    let mut bytes = Vec::new();
    pdf.save_modern(&mut bytes).map_err(|e| Error::Internal(format!("không ghi được tệp PDF: {e}")))?;
    Ok(bytes)
}

/// What the colours of the document mean, wherever it is shown.
fn add_colours(pdf: &mut lopdf::Document) -> ObjectId {
    let profile = pdf.add_object(Stream::new(dictionary! { "N" => 3 }, srgb::profile()));
    let name = Object::string_literal(srgb::NAME);
    pdf.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => name.clone(),
        "Info" => name,
        "DestOutputProfile" => profile,
    })
}

/// Half a SHA-256 over every stream, in order: the same content has the same identity.
fn identity(pdf: &lopdf::Document) -> Vec<u8> {
    let mut hash = Sha256::new();
    for (id, object) in &pdf.objects {
        if let Object::Stream(stream) = object {
            hash.update(id.0.to_be_bytes());
            hash.update(&stream.content);
        }
    }
    hash.finalize()[..16].to_vec()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

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

fn add_outline(pdf: &mut lopdf::Document, document: &Document, pages: &[ObjectId]) -> Option<ObjectId> {
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
