//! Results against targets as bars.

use super::directed;
use super::format::{number, percent_places};
use super::model::{Bar, BarCells, Chart, ChartKind};
use super::scene::Scene;
use super::tables::indicators;
use super::targets::OPEN_TARGET;
use super::wording::tone;
use crate::consolidate::IndicatorResult;

/// One indicator as a bar.
pub(super) fn bar(result: &IndicatorResult) -> Bar {
    let target = result.target.map(|(_, percent)| percent);
    let places = percent_places(result.total, result.aim());
    let printed = result.percent().map_or_else(
        || result.verdict.vietnamese().to_lowercase(),
        |percent| format!("{}%", number(percent, places)),
    );
    Bar {
        label: format!("{} {}", result.indicator.id, result.indicator.short_title),
        value: result.percent(),
        printed,
        bounds: (result.is_open() && result.percent().is_some()).then(|| result.bounds()),
        target,
        limit: directed::limit_sign(result.indicator.direction),
        tone: tone(result.verdict),
        places,
        cells: Some(BarCells {
            table: indicators::TABLE,
            row: (&result.indicator.id).into(),
            label: indicators::TITLE,
            value: indicators::PERCENT,
            target: indicators::TARGET,
            highest: indicators::HIGHEST,
            verdict: indicators::VERDICT,
        }),
    }
}

pub(super) fn against_targets(scene: &Scene<'_>) -> Chart {
    let bars: Vec<Bar> = scene.results.indicators.iter().map(bar).collect();
    let told: Vec<String> = bars
        .iter()
        .zip(&scene.results.indicators)
        .map(|(bar, result)| match bar.target {
            Some(target) => {
                let (limit, target) =
                    (directed::limit(result.indicator.direction), number(target, target.scale()));
                format!("{}: {} (mục tiêu {limit}{target}%)", bar.label, bar.printed)
            }
            None => format!("{}: {} (mục tiêu {OPEN_TARGET})", bar.label, bar.printed),
        })
        .collect();
    Chart {
        id: "chi-tieu".into(),
        caption: format!("Kết quả các chỉ tiêu năm {} so với mục tiêu (%)", scene.results.year),
        alternative: told.join("; "),
        kind: ChartKind::BarsAgainstTarget(bars),
    }
}
