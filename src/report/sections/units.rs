//! The local units against the plan, as tiles on a small map and as a ranking.

use crate::report::model::{Chart, ChartKind, Rank, Tile};
use crate::report::scene::Scene;
use crate::report::standing::{self, Standing};

/// Bars a ranking holds before it only counts the rest.
const MOST_RANKED: usize = 20;
/// Local units that are all drawn as tiles, and how many of more.
const ALL_TILES: usize = 18;
const SOME_TILES: usize = 12;

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
        caption: format!("Số chỉ tiêu từng đơn vị đạt mục tiêu chung, trên số được xét{some}"),
        alternative: told.join("; "),
        kind: ChartKind::Tiles(tiles),
    })
}

/// The units furthest behind first; `None` without units.
pub(in crate::report) fn ranks(scene: &Scene<'_>) -> Option<Chart> {
    let standings = standing::of_local_units(scene);
    let order = standing::behind_first(&standings);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let ranks: Vec<Rank> = order
        .iter()
        .take(MOST_RANKED)
        .map(|standing| Rank {
            label: label(scene, standing),
            reached: count(standing.reached()),
            below: count(standing.below().count()),
            open: count(standing.open()),
            printed: format!("{}/{}", standing.reached(), standing.judged()),
        })
        .collect();
    let told: Vec<String> = ranks
        .iter()
        .map(|rank| {
            format!(
                "{}: {} đạt, {} chưa đạt, {} chưa có số liệu",
                rank.label, rank.reached, rank.below, rank.open
            )
        })
        .collect();
    let some = if order.len() > ranks.len() {
        format!(" ({} đơn vị có nhiều chỉ tiêu chưa đạt nhất)", ranks.len())
    } else {
        String::new()
    };
    (!ranks.is_empty()).then(|| Chart {
        id: "xep-hang".into(),
        caption: format!("Xếp thứ tự đơn vị theo số chỉ tiêu chưa đạt mức mục tiêu chung{some}"),
        alternative: told.join("; "),
        kind: ChartKind::Ranks(ranks),
    })
}

fn label(scene: &Scene<'_>, standing: &Standing<'_>) -> String {
    let unit = scene.roster.get(&standing.unit.code);
    unit.map_or_else(|| standing.unit.short_name.clone(), |unit| scene.label(unit).to_owned())
}
