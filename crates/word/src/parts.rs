//! The smaller parts of a package: what it consists of, what it says of itself, the head of its pages.

use crate::document::Document;
use crate::picture::Media;
use crate::text::clean;
use crate::xml::Xml;
use chrono::{SecondsFormat, Utc};
use quick_xml::escape::escape;

pub const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const WORDPROCESSING_DRAWING: &str =
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
pub const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
pub const DECORATIVE: &str = "http://schemas.microsoft.com/office/drawing/2017/decorative";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The relationship of the head of pages.
pub const HEADER_LINK: &str = "rIdHeader";

/// The parts of the text: relationship, name below `word/`, kind of relationship and of content.
const OF_TEXT: [(&str, &str, &str, &str); 4] = [
    ("rIdStyles", "styles.xml", "styles", "styles+xml"),
    ("rIdSettings", "settings.xml", "settings", "settings+xml"),
    ("rIdFonts", "fontTable.xml", "fontTable", "fontTable+xml"),
    (HEADER_LINK, "header1.xml", "header", "header+xml"),
];

/// `[Content_Types].xml`.
pub fn content_types(media: &Media) -> String {
    let mut xml = Xml::part();
    xml.within("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |xml| {
        let relationships = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", relationships)]);
        xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        if media.files().next().is_some() {
            xml.empty("Default", &[("Extension", "emf"), ("ContentType", "image/x-emf")]);
        }
        let mut part = |name: &str, kind: &str| {
            xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        };
        part("/word/document.xml", &format!("{WORD}.document.main+xml"));
        for (_, name, _, kind) in OF_TEXT {
            part(&format!("/word/{name}"), &format!("{WORD}.{kind}"));
        }
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        part("/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml");
        let own = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
        part("/docProps/app.xml", own);
    });
    xml.finish()
}

/// `_rels/.rels`.
pub fn package_links() -> String {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    links(&[
        ("rId1".to_owned(), format!("{RELATIONSHIPS}/officeDocument"), "word/document.xml".to_owned()),
        ("rId2".to_owned(), core, "docProps/core.xml".to_owned()),
        ("rId3".to_owned(), format!("{RELATIONSHIPS}/extended-properties"), "docProps/app.xml".to_owned()),
    ])
}

/// `word/_rels/document.xml.rels`.
pub fn text_links(media: &Media) -> String {
    let parts = OF_TEXT.iter().map(|(link, name, kind, _)| {
        ((*link).to_owned(), format!("{RELATIONSHIPS}/{kind}"), (*name).to_owned())
    });
    let theme = ("rIdTheme".to_owned(), format!("{RELATIONSHIPS}/theme"), "theme/theme1.xml".to_owned());
    let images = media.files().map(|(link, name, _)| (link, format!("{RELATIONSHIPS}/image"), name));
    links(&parts.chain([theme]).chain(images).collect::<Vec<_>>())
}

/// Relationship, kind and target of each.
fn links(links: &[(String, String, String)]) -> String {
    let mut xml = Xml::part();
    xml.within("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |xml| {
        for (id, kind, target) in links {
            xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
        }
    });
    xml.finish()
}

/// `docProps/core.xml`.
pub fn core(document: &Document) -> String {
    let properties = &document.properties;
    let moment = properties.moment.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true);
    let core = format!("{PACKAGE}/metadata/core-properties");
    let spaces = [
        ("xmlns:cp", core.as_str()),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let mut xml = Xml::part();
    xml.within("cp:coreProperties", &spaces, |xml| {
        xml.words("dc:title", &[], &properties.title);
        xml.words("dc:creator", &[], &properties.author);
        xml.words("cp:lastModifiedBy", &[], &properties.author);
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.words(name, &[("xsi:type", "dcterms:W3CDTF")], &moment);
        }
        xml.words("dc:language", &[], &document.language);
    });
    xml.finish()
}

/// `docProps/app.xml`.
pub fn app(document: &Document) -> String {
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    let mut xml = Xml::part();
    xml.within("Properties", &[("xmlns", space)], |xml| {
        xml.words("Application", &[], &document.properties.program);
    });
    xml.finish()
}

/// `word/settings.xml`.
pub fn settings(document: &Document) -> String {
    let mut xml = Xml::part();
    xml.within("w:settings", &[("xmlns:w", MAIN)], |xml| {
        xml.empty("w:zoom", &[("w:percent", "100")]);
        xml.value("w:defaultTabStop", "720");
        xml.value("w:characterSpacingControl", "doNotCompress");
        xml.within("w:compat", &[], |xml| {
            // A line that is ended by hand is not stretched to the edge.
            xml.empty("w:doNotExpandShiftReturn", &[]);
            let setting = |name| {
                [("w:name", name), ("w:uri", "http://schemas.microsoft.com/office/word"), ("w:val", "15")]
            };
            xml.empty("w:compatSetting", &setting("compatibilityMode"));
        });
        xml.value("w:themeFontLang", &document.language);
        xml.value("w:decimalSymbol", ",");
        xml.value("w:listSeparator", ";");
    });
    xml.finish()
}

/// `word/fontTable.xml`: what may take the place of the typeface where it is missing.
pub fn fonts(document: &Document) -> String {
    let mut xml = Xml::part();
    xml.within("w:fonts", &[("xmlns:w", MAIN)], |xml| {
        xml.within("w:font", &[("w:name", &document.typeface)], |xml| {
            xml.value("w:family", "roman");
            xml.value("w:pitch", "variable");
        });
    });
    xml.finish()
}

/// `word/theme/theme1.xml`: the colours and the typeface that a word processor offers first.
pub fn theme(document: &Document) -> String {
    include_str!("theme.xml").replace("{typeface}", &escape(clean(&document.typeface)))
}

/// `word/header1.xml`: the number of the page.
pub fn header() -> String {
    let mut xml = Xml::part();
    xml.within("w:hdr", &[("xmlns:w", MAIN)], |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| xml.value("w:pStyle", "Header"));
            xml.within("w:fldSimple", &[("w:instr", "PAGE")], |xml| {
                xml.within("w:r", &[], |xml| xml.words("w:t", &[], "2"));
            });
        });
    });
    xml.finish()
}
