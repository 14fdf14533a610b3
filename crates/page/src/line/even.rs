//! The most even way to break a paragraph: least sum of cubed stretches, found from each break back to the best before it.

use super::atom::{Atom, Break};

/// Width of a space, in thousandths of an em.
const SPACE: f32 = 250.0;
/// Spaces may lose this part of their width.
const SHRINK: f32 = 0.2;
/// What a line costs that stays ragged because its spaces would be holes: less than tearing a date, as
/// long as not much is missing.
const RAGGED: f32 = 6.0;
/// What tearing a date or a unit costs: as much as a ragged line whose spaces would grow by 2,3 times their width.
const HELD: f32 = 18.0;
/// A last line shorter than this part of the column costs a little.
const SHORT: f32 = 0.08;
/// Cost of a short last line.
const SHORT_COST: f32 = 0.5;

/// The best way to reach a break.
#[derive(Clone, Copy)]
struct Best {
    cost: f32,
    before: usize,
}

/// Ends of the lines, as indexes behind their last atoms; `None` when a word is wider than a line. Limits are in
/// thousandths of an em, `widest` that of a space.
pub fn ends(atoms: &[Atom], first: f32, width: f32, widest: f32) -> Option<Vec<usize>> {
    // Break 0 is the start; the last one the end.
    let breaks: Vec<usize> = std::iter::once(0)
        .chain((1..atoms.len()).filter(|end| matches!(atoms[end - 1].after, Break::Free | Break::Held)))
        .chain(std::iter::once(atoms.len()))
        .collect();
    let mut widths = vec![0.0_f64];
    let mut spaces = vec![0_usize];
    for (i, atom) in atoms.iter().enumerate() {
        widths.push(widths[i] + f64::from(atom.width()));
        spaces.push(spaces[i] + usize::from(atom.space));
    }
    let mut best: Vec<Option<Best>> = vec![Some(Best { cost: 0.0, before: 0 })];
    for (k, end) in breaks.iter().copied().enumerate().skip(1) {
        let last = k + 1 == breaks.len();
        let tail = usize::from(end > 0 && atoms.get(end - 1).is_some_and(|a| a.space));
        let mut found: Option<Best> = None;
        for before in (0..k).rev() {
            let start = breaks[before];
            let limit = if before == 0 { first } else { width };
            let natural = (widths[end - tail.min(end)] - widths[start]) as f32;
            let gaps = (spaces[end - tail.min(end)] - spaces[start]) as f32;
            let room = limit - natural;
            let space = SPACE * gaps;
            if room < -SHRINK * space - 0.01 {
                break;
            }
            let Some(so_far) = best[before] else { continue };
            let torn = if atoms[end - 1].after == Break::Held && !last { HELD } else { 0.0 };
            let cost =
                so_far.cost + torn + line_cost(room, space, natural, limit, last, widest / SPACE - 1.0);
            if found.is_none_or(|f| cost < f.cost) {
                found = Some(Best { cost, before });
            }
        }
        best.push(found);
    }
    let mut at = breaks.len() - 1;
    best[at]?;
    let mut ends = Vec::new();
    while at > 0 {
        ends.push(breaks[at]);
        at = best[at]?.before;
    }
    ends.reverse();
    Some(ends)
}

/// What a line costs with `room` left; spaces that would be stretched by more than `most` times their width stay as they
/// are.
fn line_cost(room: f32, space: f32, natural: f32, limit: f32, last: bool, most: f32) -> f32 {
    if last && room >= 0.0 {
        return if natural < SHORT * limit { SHORT_COST } else { 0.0 };
    }
    if room < 0.0 {
        return (-room / (space * SHRINK)).powi(3);
    }
    // A line of one word cannot be stretched at all.
    if space <= 0.0 {
        return 100.0 + 100.0 * room / limit;
    }
    let stretch = room / space;
    stretch.powi(3) + if stretch > most { RAGGED } else { 0.0 }
}
