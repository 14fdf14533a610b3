//! The records of an Excel 97–2003 stream (MS-XLS 2.1.4): a kind, a length, the data.

/// Records one after the other, as far as they are whole.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, u16_at(rest, 2)?);
        let data = rest.get(4..4 + usize::from(length))?;
        rest = &rest[4 + data.len()..];
        Some((kind, data))
    })
}

pub(super) const EOF: u16 = 0x000A;
pub(super) const BOUND_SHEET: u16 = 0x0085;
pub(super) const BOF: u16 = 0x0809;

/// The records of the workbook as a whole, which come before those of its sheets.
pub(super) fn globals(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    records(stream).take_while(|(kind, _)| *kind != EOF)
}

/// Where each sheet starts, in the order of the workbook (BoundSheet8, 2.4.28: where it starts comes first).
pub(super) fn sheet_starts(stream: &[u8]) -> impl Iterator<Item = u32> {
    globals(stream).filter(|(kind, _)| *kind == BOUND_SHEET).filter_map(|(_, data)| u32_at(data, 0))
}

/// The records of the sheet that starts there, to its end. A chart inside the sheet has records of its own: they are not
/// among them.
pub(super) fn of_sheet(stream: &[u8], start: u32) -> impl Iterator<Item = (u16, &[u8])> {
    let mut all = records(stream.get(start as usize..).unwrap_or_default());
    let (mut begun, mut depth) = (false, 0_usize);
    std::iter::from_fn(move || {
        loop {
            let (kind, data) = all.next()?;
            match kind {
                BOF if begun => depth += 1,
                BOF => begun = true,
                EOF if depth > 0 => depth -= 1,
                EOF => return None,
                _ if depth > 0 => {}
                _ => return Some((kind, data)),
            }
        }
    })
}

/// Formulas of Excel 3 and 4.
const OLD_FORMULAS: [u16; 2] = [0x0206, 0x0406];
const FORMULA: u16 = 0x0006;
/// The shortest formula since Excel 5, which is longer than those were (MS-XLS 2.4.127).
const SHORTEST_FORMULA: usize = 22;

/// Whether formulas of Excel 5 and later stand in records of older versions, as some programs write them; Excel reads them.
pub(super) fn has_old_formulas(stream: &[u8]) -> bool {
    old_formulas(stream).next().is_some()
}

/// Gives such records the kind that they should have.
pub(super) fn renew_formulas(stream: &mut [u8]) -> Option<()> {
    let places: Vec<usize> = old_formulas(stream).collect();
    for place in places {
        stream.get_mut(place..place + 2)?.copy_from_slice(&FORMULA.to_le_bytes());
    }
    Some(())
}

/// Where in the stream such records begin.
fn old_formulas(stream: &[u8]) -> impl Iterator<Item = usize> {
    let is_later = records(stream)
        .next()
        .is_some_and(|(kind, data)| kind == BOF && matches!(u16_at(data, 0), Some(0x0500 | 0x0600)));
    let mut at = 0;
    let places = records(stream).filter_map(move |(kind, data)| {
        let place = at;
        at += 4 + data.len();
        (OLD_FORMULAS.contains(&kind) && data.len() >= SHORTEST_FORMULA).then_some(place)
    });
    places.filter(move |_| is_later)
}

/// A whole number of two bytes, the lowest first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).and_then(|pair| pair.try_into().ok()).map(u16::from_le_bytes)
}

/// A whole number of four bytes, the lowest first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes)
}
