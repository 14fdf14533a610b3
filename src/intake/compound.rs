//! Containers of Microsoft's (MS-CFB 2.2–2.6): sectors in chains, a directory of streams, folders within folders.

use super::biff::{u16_at, u32_at};
use cfb::CompoundFile;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Cursor, Read, Seek, SeekFrom, Write};

/// What stands for the sector behind the last one.
pub(super) const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Sector numbers from here on are marks.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
/// Streams below this size lie in the root's stream, whose chain is followed as well …
const SMALL_STREAM: usize = 4096;
/// … in sectors of this size.
const SMALL_SECTOR: usize = 64;

/// The streams the library takes for the workbook, and all that it asks for, in its order.
const WORKBOOKS: [&str; 2] = ["Workbook", "Book"];
const ASKED: [&str; 4] =
    [WORKBOOKS[0], WORKBOOKS[1], "\u{5}SummaryInformation", "\u{5}DocumentSummaryInformation"];

/// Of UTF-16 in either order and of UTF-8; no program begins a name with one.
const BYTE_ORDER_MARKS: [&[u8]; 3] = [&[0xFF, 0xFE], &[0xFE, 0xFF], &[0xEF, 0xBB, 0xBF]];

/// An open container.
pub(super) struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
}

impl<'a> Container<'a> {
    /// Reads its header and which sector follows which.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut container = Container { bytes, sector, next: Vec::new() };
        let mut tables = numbers(bytes.get(76..512)?);
        let mut more = u32_at(bytes, 68)?;
        let mut left = bytes.len() / sector;
        while more < FIRST_MARK {
            left = left.checked_sub(1)?;
            tables.extend(numbers(container.sector(more)?));
            more = tables.pop()?;
        }
        for table in tables.into_iter().filter(|id| *id < FIRST_MARK) {
            container.next.extend(numbers(container.sector(table)?));
        }
        Some(container)
    }

    /// Follows every chain the library follows; the streams it may take for the workbook, the one it asks for first first.
    pub fn followed(&self) -> Option<Vec<Vec<u8>>> {
        let directory = self.chain(u32_at(self.bytes, 48)?, None)?;
        let entries: Option<Vec<Entry>> =
            directory.as_chunks::<128>().0.iter().map(|entry| self.entry(entry)).collect();
        let entries = entries?;
        let mut small = None;
        let table = u32_at(self.bytes, 64)? as usize;
        if table > 0 {
            let root = entries.first()?;
            let holder = self.chain(root.start, Some(root.size))?;
            let start = u32_at(self.bytes, 60)?;
            // Some programs count a table that they do not write.
            let table = match start {
                END_OF_CHAIN => Vec::new(),
                start => self.chain(start, Some(table.checked_mul(self.sector)?))?,
            };
            small = Some((holder, numbers(&table)));
        }
        let mut workbooks = Vec::new();
        for asked in ASKED {
            // The library takes the first entry of a name, the root itself among them.
            let Some(entry) = entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(asked)) else {
                continue;
            };
            let is_workbook = WORKBOOKS.contains(&asked);
            let stream = match &small {
                _ if entry.size >= SMALL_STREAM => self.chain(entry.start, Some(entry.size))?,
                Some((holder, next)) if is_workbook => within(holder, next, entry.start, entry.size)?,
                // Small properties cannot lead far; what is wrong with them does not touch the figures.
                _ => continue,
            };
            if is_workbook {
                workbooks.push(stream);
            }
        }
        Some(workbooks)
    }

    /// `None` when the name begins with a mark by which the library would read it in another encoding.
    fn entry(&self, bytes: &[u8; 128]) -> Option<Entry> {
        if BYTE_ORDER_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
            return None;
        }
        let high = if self.sector > 512 { u32_at(bytes, 124)? } else { 0 };
        let size = u64::from(high) << 32 | u64::from(u32_at(bytes, 120)?);
        Some(Entry { name: name(bytes), start: u32_at(bytes, 116)?, size: usize::try_from(size).ok()? })
    }

    /// The bytes of a chain up to `size`; `None` when it leaves the file, runs in a circle or ends too early.
    fn chain(&self, start: u32, size: Option<usize>) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut id = start;
        for _ in 0..=self.next.len() {
            if id == END_OF_CHAIN || size.is_some_and(|size| out.len() >= size) {
                return size.is_none_or(|size| out.len() >= size).then_some(out);
            }
            out.extend_from_slice(self.sector(id)?);
            id = *self.next.get(id as usize)?;
        }
        None
    }

    /// The sectors of a chain up to its end; `None` when it leaves the file or runs in a circle.
    fn sectors(&self, start: u32) -> Option<Vec<u32>> {
        let mut out = Vec::new();
        let mut id = start;
        for _ in 0..=self.next.len() {
            if id == END_OF_CHAIN {
                return Some(out);
            }
            out.push(id);
            id = *self.next.get(id as usize)?;
        }
        None
    }

    /// A sector; the last one of a file may lack its padding.
    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }
}

/// An entry of the directory.
struct Entry {
    /// Up to the first zero, as the library cuts it.
    name: String,
    start: u32,
    size: usize,
}

/// A small stream inside the root's; `None` when its chain leaves that, runs in a circle or ends too early.
fn within(holder: &[u8], next: &[u32], start: u32, size: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut id = start;
    for _ in 0..=next.len() {
        if out.len() >= size {
            out.truncate(size);
            return Some(out);
        }
        let from = (id as usize).checked_mul(SMALL_SECTOR)?;
        let sector = holder.get(from..(from + SMALL_SECTOR).min(holder.len()))?;
        out.extend_from_slice(sector);
        id = *next.get(id as usize)?;
    }
    None
}

/// Name of a directory entry.
fn name(entry: &[u8; 128]) -> String {
    let units: Vec<u16> =
        entry[..64].as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    String::from_utf16_lossy(units.split(|unit| *unit == 0).next().unwrap_or_default())
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

/// Names of what stands in the file's own folder; none when its directory cannot be followed.
pub(super) fn own_names(bytes: &[u8]) -> Vec<String> {
    let names = || {
        let container = Container::open(bytes)?;
        let directory = container.chain(u32_at(bytes, 48)?, None)?;
        let entries = directory.as_chunks::<128>().0;
        Some(own(entries).into_iter().map(|place| name(&entries[place])).collect())
    };
    names().unwrap_or_default()
}

/// The file as the library understands it, which takes the first stream of a name wherever it stands: an embedded
/// workbook, or what an embedded Word document has embedded itself, would pass for the file's own figures. Their names
/// are changed where the file has a workbook of its own.
pub(super) fn without_objects(bytes: &[u8]) -> Cow<'_, [u8]> {
    places_of_foreign_names(bytes).filter(|places| !places.is_empty()).map_or(
        Cow::Borrowed(bytes),
        |places| {
            let mut copy = bytes.to_vec();
            for place in places {
                copy[place] = b'_';
            }
            Cow::Owned(copy)
        },
    )
}

/// A copy whose workbook is changed, byte for byte; `None` when it cannot be read or `change` gives up.
pub(super) fn with_workbook(bytes: &[u8], change: impl FnOnce(&mut [u8]) -> Option<()>) -> Option<Vec<u8>> {
    let mut file = CompoundFile::open(Cursor::new(bytes.to_vec())).ok()?;
    let name = WORKBOOKS.map(|name| format!("/{name}")).into_iter().find(|name| file.is_stream(name))?;
    let mut stream = file.open_stream(name).ok()?;
    let mut content = Vec::new();
    stream.read_to_end(&mut content).ok()?;
    change(&mut content)?;
    stream.seek(SeekFrom::Start(0)).ok()?;
    stream.write_all(&content).ok()?;
    stream.flush().ok()?;
    drop(stream);
    Some(file.into_inner().into_inner())
}

/// Where in the file the names stand that the library asks for and that are not the file's own.
fn places_of_foreign_names(bytes: &[u8]) -> Option<Vec<usize>> {
    let container = Container::open(bytes)?;
    let start = u32_at(bytes, 48)?;
    let directory = container.chain(start, None)?;
    let entries = directory.as_chunks::<128>().0;
    let own = own(entries);
    let is_asked = |name: &str, asked: &[&str]| asked.iter().any(|asked| name.eq_ignore_ascii_case(asked));
    if !own.iter().any(|place| is_asked(&name(&entries[*place]), &WORKBOOKS)) {
        return Some(Vec::new());
    }
    let sectors = container.sectors(start)?;
    let foreign =
        (0..entries.len()).filter(|place| !own.contains(place) && is_asked(&name(&entries[*place]), &ASKED));
    let place_in_file = |place: usize| {
        let at = place * 128;
        let sector = *sectors.get(at / container.sector)? as usize;
        Some((sector + 1) * container.sector + at % container.sector)
    };
    foreign.map(place_in_file).collect()
}

/// Places of the entries in the root's own folder: its child and whatever stands left or right of that.
fn own(entries: &[[u8; 128]]) -> BTreeSet<usize> {
    let at = |place: usize, at: usize| {
        entries.get(place).and_then(|entry| u32_at(entry, at)).map(|id| id as usize)
    };
    let mut found = BTreeSet::new();
    let mut next: Vec<usize> = at(0, 76).into_iter().collect();
    while let Some(place) = next.pop() {
        if place < entries.len() && found.insert(place) {
            next.extend([at(place, 68), at(place, 72)].into_iter().flatten());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_stream_is_followed_through_the_sectors_of_the_root() {
        let holder: Vec<u8> = (0..4).flat_map(|n| [n; SMALL_SECTOR]).collect();
        let next = [2, END_OF_CHAIN, 1, END_OF_CHAIN];
        let read = within(&holder, &next, 0, 130).unwrap();
        assert_eq!((read.len(), read[0], read[64], read[128]), (130, 0, 2, 1));
        assert_eq!(within(&holder, &[0, 0, 0, 0], 0, 1_000), None, "a circle");
        assert_eq!(within(&holder, &next, 0, 1_000), None, "too short");
        assert_eq!(within(&holder, &next, 9, 10), None, "outside");
    }
}
