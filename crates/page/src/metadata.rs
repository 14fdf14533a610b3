//! What the file says of itself: the info dictionary, and the same as XMP with the standards it keeps.

use chrono::{DateTime, FixedOffset};
use lopdf::{Dictionary, Object, StringFormat, dictionary};

/// Title, author and origin of a file.
#[derive(Debug, Clone)]
pub struct Properties {
    /// Title; white space of any kind becomes a single space.
    pub title: String,
    /// Who answers for the content.
    pub author: String,
    /// Language of the text, for example `vi-VN`.
    pub language: String,
    /// Name and version of the program that made the file.
    pub program: String,
    /// When it was made, as far as the file says so: an input, for no clock has a say in the file.
    pub moment: DateTime<FixedOffset>,
}

impl Properties {
    /// The title on one line.
    fn title_line(&self) -> String {
        one_line(&self.title)
    }
}

/// Words with single spaces between them.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// UTF-16 with a byte order mark, as PDF wants text outside Latin letters.
pub fn text(words: &str) -> Object {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The info dictionary.
pub fn info(properties: &Properties) -> Dictionary {
    let zone = properties.moment.format("%:z").to_string().replace(':', "'");
    let moment = format!("D:{}{zone}'", properties.moment.format("%Y%m%d%H%M%S"));
    let moment = Object::string_literal(moment);
    dictionary! {
        "Title" => text(&properties.title_line()),
        "Author" => text(&properties.author),
        "Creator" => text(&properties.program),
        "Producer" => text(&properties.program),
        "CreationDate" => moment.clone(),
        "ModDate" => moment,
    }
}

/// The XMP packet: equal to the info dictionary; PDF/A-2a and PDF/UA-1. PDF/A does not know the names of PDF/UA, so the
/// packet describes them (ISO 19005-2, 6.6.2.3).
pub fn xmp(properties: &Properties) -> String {
    let [title, author, language, program] =
        [&properties.title_line(), &properties.author, &properties.language, &properties.program]
            .map(|words| escaped(words));
    let moment = properties.moment.format("%Y-%m-%dT%H:%M:%S%:z");
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{program}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{UA_SCHEMA}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{feff}'
    )
}

const UA_SCHEMA: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"#;

/// Characters that XML cannot hold are left out, its own signs are escaped.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
