//! The local units against the plan, as tiles on a small map and as a ranking.

use crate::report::model::{Chart, ChartKind, Rank, Tile};
use crate::report::scene::Scene;
use crate::report::standing::{self, Standing};
use rust_decimal::Decimal;

/// Bars a ranking holds before it only counts the rest.
const MOST_RANKED: usize = 20;

/// Every local unit as a tile with the number of indicators that reach the target; `None` without units.
pub(in crate::report) fn tiles(scene: &Scene<'_>) -> Option<Chart> {
    let standings = standing::of_local_units(scene);
    let place = |standing: &Standing<'_>| scene.roster.get(&standing.unit.code).and_then(|unit| unit.tile);
    let tiles: Vec<Tile> = standings
        .iter()
        .map(|standing| Tile {
            label: standing.unit.short_name.clone(),
            printed: match (standing.is_known(), standing.open()) {
                (true, _) if standing.judged() == 0 => "chưa xét".to_owned(),
                (true, 0) => format!("{}/{}", standing.reached(), standing.judged()),
                (true, open) => format!("{}/{} (thiếu {open})", standing.reached(), standing.judged()),
                (false, _) => "chưa báo cáo".to_owned(),
            },
            share: (standing.is_known() && standing.judged() > 0)
                .then(|| Decimal::from(standing.reached()) / Decimal::from(standing.judged())),
            place: place(standing),
        })
        .collect();
    let told: Vec<String> = tiles.iter().map(|tile| format!("{}: {}", tile.label, tile.printed)).collect();
    (!tiles.is_empty()).then(|| Chart {
        id: "don-vi".into(),
        caption: "Số chỉ tiêu từng đơn vị đạt mức mục tiêu chung, trên số chỉ tiêu được xét".into(),
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
            label: standing.unit.short_name.clone(),
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
