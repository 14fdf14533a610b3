//! Changing a zip package part by part: what changes the packed bytes at random never gets past their checksums.

use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Most bytes of parts that are unpacked; what is larger is changed as it lies.
const MOST: usize = 1 << 20;
/// Room for a part to grow.
const GROWTH: usize = 512;
/// Values that have hurt readers of workbooks.
const TRAPS: &[&str] = &[
    "",
    "0",
    "-1",
    "1",
    "2",
    "A1",
    "A0",
    "XFD1048576",
    "XFE1",
    "A1048577",
    "$A$1",
    "A1:",
    "A1:B2",
    "1048576",
    "1048577",
    "16384",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "1e309",
    "-1e309",
    "NaN",
    "1,5",
    "1.234",
    "1.5",
    "45631",
    "true",
    "#REF!",
    "#SPILL!",
    "s",
    "str",
    "inlineStr",
    "n",
    "b",
    "e",
    "d",
    "shared",
    "array",
    "float",
    "date",
    "percentage",
    "string",
    "2024-12-05",
    "2024",
    "796",
    "799",
    "nltt.tong",
    "Đạt",
    "§¹t",
    "28.500",
    "50%",
    "Biểu 1",
    "_xhht",
    "'Biểu 1'!$E$8",
    "&#0;",
    "&amp;",
    "\u{feff}",
];

type Part = (String, Vec<u8>);

/// A changed package in place of the one in `data[..size]`; its size, at most `most`.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed) | 1 << 40);
    if dice.below(16) > 0
        && let Some(mut parts) = parts(&data[..size])
        && !parts.is_empty()
    {
        for _ in 0..=dice.below(3) {
            change(&mut parts, &mut dice);
        }
        if let Some(packed) = packed(&parts).filter(|packed| packed.len() <= most) {
            data[..packed.len()].copy_from_slice(&packed);
            return packed.len();
        }
    }
    libfuzzer_sys::fuzzer_mutate(data, size, most)
}

/// Unpacks a package; `None` when it is none or too large.
pub fn parts(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut left = MOST;
    let mut parts = Vec::new();
    for index in 0..zip.len().min(200) {
        let Ok(part) = zip.by_index(index) else { continue };
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        if part.take(left as u64 + 1).read_to_end(&mut content).is_err() {
            continue;
        }
        left = left.checked_sub(content.len())?;
        parts.push((name, content));
    }
    Some(parts)
}

/// Packs parts without pressing them: the fuzzer's time goes into reading.
pub fn packed(parts: &[Part]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(name.as_str(), options).ok()?;
        zip.write_all(content).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fn change(parts: &mut Vec<Part>, dice: &mut Dice) {
    // Twice drawn, the part that matters more is taken: sheets, strings, the workbook itself.
    let weight = |name: &str| match name {
        name if name.contains("sheets/") || name.ends_with("content.xml") => 3,
        name if name.ends_with("workbook.xml") || name.ends_with("haredStrings.xml") => 2,
        name if name.ends_with("styles.xml") || name.contains("theme") => 0,
        _ => 1,
    };
    let (one, other) = (dice.below(parts.len()), dice.below(parts.len()));
    let at = if weight(&parts[one].0) >= weight(&parts[other].0) { one } else { other };
    match dice.below(40) {
        0 => {
            parts.remove(at);
            if parts.is_empty() {
                parts.push(("a".to_owned(), Vec::new()));
            }
        }
        1 => {
            let copy = parts[at].clone();
            parts.push((format!("{}1", copy.0), copy.1));
        }
        2 => {
            let name = parts[other].0.clone();
            if at != other {
                parts[at].0 = name;
            }
        }
        3..=14 => {
            let content = &mut parts[at].1;
            let size = content.len();
            content.resize(size + GROWTH, 0);
            let most = content.len();
            let size = libfuzzer_sys::fuzzer_mutate(content, size, most);
            content.truncate(size);
        }
        _ => parts[at].1 = of_xml(&parts[at].1, dice),
    }
}

/// Changes one tag, one attribute or one text of an XML part.
fn of_xml(content: &[u8], dice: &mut Dice) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(content) else { return content.to_vec() };
    let mut pieces: Vec<String> = text.split_inclusive('>').map(str::to_owned).collect();
    if pieces.is_empty() {
        return content.to_vec();
    }
    let (at, other) = (dice.below(pieces.len()), dice.below(pieces.len()));
    let trap = TRAPS[dice.below(TRAPS.len())];
    match dice.below(10) {
        0 => {
            pieces.remove(at);
        }
        1 => {
            let copy = pieces[at].clone();
            pieces.insert(other, copy);
        }
        2 => pieces.swap(at, other),
        3 | 4 => {
            // The text before a tag.
            if let Some(tag) = pieces[at].find('<') {
                pieces[at].replace_range(..tag, trap);
            }
        }
        _ => {
            // Of the attributes of a tag near, one value.
            let near = (0..pieces.len()).cycle().skip(at).take(50).find(|i| pieces[*i].contains("=\""));
            let Some(piece) = near.map(|i| &mut pieces[i]) else { return content.to_vec() };
            let starts: Vec<usize> = piece.match_indices("=\"").map(|(at, _)| at + 2).collect();
            let start = starts[dice.below(starts.len())];
            let end = piece[start..].find('"').map_or(piece.len(), |length| start + length);
            piece.replace_range(start..end, trap);
        }
    }
    pieces.concat().into_bytes()
}

/// Numbers that look random and follow from the fuzzer's seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}
