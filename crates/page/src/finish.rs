//! The last pass over the document: version, structure, language, title, outline, metadata, colours, identity.

use crate::display::Document;
use crate::draw::Drawn;
use crate::error::Error;
use crate::metadata::{Properties, info, xmp};
use crate::structure::number;
use crate::{outline, srgb, structure};
use lopdf::{Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

/// Completes and saves the document. Nothing in it depends on when or where that happens.
///
/// # Errors
/// [`Error::NotFinished`] when the document is not what printpdf promises, [`Error::NotSaved`] when it cannot be saved.
pub fn finish(drawn: Drawn, document: &Document, properties: &Properties) -> Result<Vec<u8>, Error> {
    let Drawn { mut pdf, contents } = drawn;
    let not_finished = |e: lopdf::Error| Error::NotFinished { reason: e.to_string() };
    pdf.version = "1.7".to_owned();
    let pages: Vec<ObjectId> = pdf.page_iter().collect();
    let structure = structure::add(&mut pdf, document, &contents, &pages);
    let outline = outline::add(&mut pdf, document, &pages);
    let colours = add_colours(&mut pdf);
    let packet = xmp(properties).into_bytes();
    let metadata = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet);
    let metadata = pdf.add_object(metadata.with_compression(false));
    let info = pdf.add_object(info(properties));
    if let Ok(Object::Reference(old)) = pdf.trailer.get(b"Info").cloned() {
        pdf.objects.remove(&old);
    }
    pdf.trailer.set("Info", info);

    let catalog = pdf.catalog_mut().map_err(not_finished)?;
    catalog.set("Lang", Object::string_literal(properties.language.as_str()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", metadata);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", structure);
    catalog.set("OutputIntents", vec![colours.into()]);
    catalog.set("PageLabels", page_labels(document));
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    let identity = identity(&pdf);
    let identity = Object::String(identity, StringFormat::Hexadecimal);
    pdf.trailer.set("ID", vec![identity.clone(), identity]);

    pdf.compress();
    let mut bytes = Vec::new();
    pdf.save_modern(&mut bytes).map_err(|e| Error::NotSaved { reason: e.to_string() })?;
    Ok(bytes)
}

/// What the pages are called: the numbers they print, which begin anew with every part (ISO 32000-1, 12.4.2).
fn page_labels(document: &Document) -> lopdf::Dictionary {
    let mut labels: Vec<Object> = Vec::new();
    let mut expected = 0;
    for (index, page) in document.pages.iter().enumerate() {
        if page.number != expected {
            let label = dictionary! { "Type" => "PageLabel", "S" => "D", "St" => number(page.number) };
            labels.extend([number(index), label.into()]);
        }
        expected = page.number + 1;
    }
    dictionary! { "Nums" => labels }
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
