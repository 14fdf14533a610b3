//! The local units against the plan, as tiles on a small map and as a ranking.

use crate::report::model::{Chart, ChartKind, Rank, Tile};
use crate::report::scene::Scene;
use crate::report::standing::{self, Standing};

/// Bars a ranking holds before it only counts the rest.
const MOST_RANKED: usize = 20;
/// Local units that are all drawn as tiles, and how many of more.
const ALL_TILES: usize = 18;
const SOME_TILES: usize = 12;
/// Units that a ranking which does not name the lowest names at most.
const MOST_NAMED: usize = 12;

/// The local units as tiles with the number of indicators that reach the target: all where they are few, else those
/// furthest behind; `None` without units.
pub(in crate::report) fn tiles(scene: &Scene<'_>) -> Option<Chart> {
    let standings = standing::of_local_units(scene);
    let is_all = standings.len() <= ALL_TILES;
    // Of some the places on the map say nothing.
    let place = |standing: &Standing<'_>| {
        scene.roster.get(&standing.unit.code).and_then(|unit| unit.tile).filter(|_| is_all)
    };
    let drawn: Vec<&Standing<'_>> = match is_all {
        true => standings.iter().collect(),
        false => {
            let known = standing::behind_first(&standings).into_iter().filter(|unit| unit.share().is_some());
            known.take(SOME_TILES).collect()
        }
    };
    let some = match is_all {
        true => String::new(),
        false => format!(" ({}/{} đơn vị, chậm nhất trước)", drawn.len(), standings.len()),
    };
    let tiles: Vec<Tile> = drawn
        .into_iter()
        .map(|standing| Tile {
            label: label(scene, standing),
            printed: match (standing.is_known(), standing.open()) {
                (true, _) if standing.judged() == 0 => "chưa xét".to_owned(),
                (true, 0) => format!("{}/{}", standing.reached(), standing.judged()),
                (true, open) => format!("{}/{} (thiếu {open})", standing.reached(), standing.judged()),
                (false, _) => "chưa báo cáo".to_owned(),
            },
            share: standing.share(),
            place: place(standing),
        })
        .collect();
    let told: Vec<String> = tiles.iter().map(|tile| format!("{}: {}", tile.label, tile.printed)).collect();
    (!tiles.is_empty()).then(|| Chart {
        id: "don-vi".into(),
        caption: format!(
            "Số chỉ tiêu từng đơn vị đạt mục tiêu chung, trên số được xét{some}, năm {}",
            scene.results.year
        ),
        alternative: told.join("; "),
        kind: ChartKind::Tiles(tiles),
    })
}

/// The units by the number of indicators they reach; `None` without units. Whether those who reach the fewest are named is
/// the plan's choice. Those of whom nothing is known stand nowhere: they are counted.
pub(in crate::report) fn ranks(scene: &Scene<'_>) -> Option<Chart> {
    let standings = standing::of_local_units(scene);
    let (known, silent): (Vec<_>, Vec<_>) = standings.into_iter().partition(|unit| unit.share().is_some());
    let (ranks, of) = match scene.plan.names_lowest {
        true => furthest_behind(scene, &known),
        false => leading(scene, &known),
    };
    let silent = match silent.len() {
        0 => String::new(),
        count => format!("; không xếp {count} đơn vị chưa có số liệu"),
    };
    let told: Vec<String> = ranks
        .iter()
        .map(|rank| {
            format!(
                "{}: {} đạt, {} chưa đạt, {} chưa có số liệu",
                rank.label, rank.reached, rank.below, rank.open
            )
        })
        .collect();
    (!ranks.is_empty()).then(|| Chart {
        id: "xep-hang".into(),
        caption: format!("{of} mức mục tiêu chung, năm {}{silent}", scene.results.year),
        alternative: told.join("; "),
        kind: ChartKind::Ranks(ranks),
    })
}

fn label(scene: &Scene<'_>, standing: &Standing<'_>) -> String {
    scene.label(&standing.unit.code).to_owned()
}

fn rank(standing: &Standing<'_>, label: String) -> Rank {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Rank {
        label,
        reached: count(standing.reached()),
        below: count(standing.below().count()),
        open: count(standing.open()),
        printed: format!("{}/{}", standing.reached(), standing.judged()),
    }
}

/// Those furthest behind first, by name, and what they are ordered by.
fn furthest_behind(scene: &Scene<'_>, standings: &[Standing<'_>]) -> (Vec<Rank>, String) {
    let order = standing::behind_first(standings);
    let shown = order.iter().take(MOST_RANKED);
    let ranks: Vec<Rank> = shown.map(|standing| rank(standing, label(scene, standing))).collect();
    let some = match order.len() > ranks.len() {
        true => {
            format!("{} đơn vị có nhiều chỉ tiêu chưa đạt nhất, xếp theo số chỉ tiêu chưa đạt", ranks.len())
        }
        false => "Xếp thứ tự đơn vị theo số chỉ tiêu chưa đạt".to_owned(),
    };
    (ranks, some)
}

/// Those who reach most, by name, then where the middle and the end lie, without names.
fn leading(scene: &Scene<'_>, standings: &[Standing<'_>]) -> (Vec<Rank>, String) {
    let order = standing::leading_first(standings);
    let count = order.len();
    let named = named(&order);
    if named == 0 {
        return Default::default();
    }
    let mut ranks: Vec<Rank> =
        order[..named].iter().map(|standing| rank(standing, label(scene, standing))).collect();
    let middle = count.div_ceil(2);
    for (place, what) in [(middle, "Đơn vị ở giữa"), (count, "Đơn vị xếp cuối")] {
        if let Some(standing) = place.checked_sub(1).filter(|at| *at >= named).and_then(|at| order.get(at)) {
            ranks.push(rank(standing, format!("{what} (thứ {place}/{count})")));
        }
    }
    (ranks, format!("{named} đơn vị xếp đầu trong {count} đơn vị, theo số chỉ tiêu đã đạt"))
}

/// How many are named: the first third, and whoever stands no lower than the last of them, but none of the lower half, nor
/// one that reaches nothing.
fn named(order: &[&Standing<'_>]) -> usize {
    let upper_half = order.len().div_ceil(2).min(MOST_NAMED);
    let third = order.len().div_ceil(3).min(upper_half);
    let Some(last) = third.checked_sub(1).and_then(|at| order.get(at)) else { return 0 };
    let is_named = |(at, standing): &(usize, &&Standing<'_>)| {
        standing.reached() > 0 && (*at < third || standing.place() == last.place())
    };
    order.iter().take(upper_half).enumerate().take_while(is_named).count()
}
