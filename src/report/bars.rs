//! Results against targets as bars.

use super::directed;
use super::format::{number, percent_places};
use super::model::{Bar, BarCells, Chart, ChartKind};
use super::scene::Scene;
use super::tables::indicators;
use super::targets::{self, OPEN_TARGET};
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
    let year = scene.results.year;
    let of_targets = targets::common_year(scene);
    let labelled = |result: &IndicatorResult| {
        let bar = bar(result);
        match (of_targets, result.target) {
            (None, Some((year, _))) => {
                Bar { label: format!("{} (mục tiêu năm {year})", bar.label), ..bar }
            }
            _ => bar,
        }
    };
    let bars: Vec<Bar> = scene.results.indicators.iter().map(labelled).collect();
    let against = of_targets.map_or("mục tiêu".to_owned(), |year| format!("mục tiêu năm {year}"));
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
        caption: format!("Kết quả các chỉ tiêu năm {year} so với {against} (%)"),
        alternative: told.join("; "),
        kind: ChartKind::BarsAgainstTarget(bars),
    }
}
