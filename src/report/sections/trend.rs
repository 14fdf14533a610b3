//! Results over the years.

use crate::report::bars;
use crate::report::format::number;
use crate::report::model::{Chart, ChartKind, Trend, TrendPoint};
use crate::report::scene::Scene;
use crate::report::wording::tone;

/// Every indicator of which at least one earlier year is known; `None` without one.
pub(in crate::report) fn chart(scene: &Scene<'_>) -> Option<Chart> {
    let year = scene.results.year;
    let trends: Vec<Trend> = scene
        .results
        .indicators
        .iter()
        .filter(|result| !result.past.is_empty())
        .map(|result| {
            let before = std::iter::once(true).chain(result.past.iter().map(|past| !past.breaks));
            let known = result.past.iter().map(|past| (past.year, past.percent));
            let known = known.chain(result.percent().map(|percent| (year, percent)));
            let points = known
                .zip(before)
                .map(|((year, percent), is_joined)| TrendPoint { year, percent, is_joined })
                .collect();
            Trend {
                label: format!("{} {}", result.indicator.id, result.indicator.short_title),
                points,
                printed: bars::bar(result).printed,
                target: result.target,
                tone: tone(result.verdict),
            }
        })
        .collect();
    let told: Vec<String> = trends
        .iter()
        .map(|trend| {
            let points: Vec<String> = trend
                .points
                .iter()
                .map(|point| {
                    let other = if point.is_joined { "" } else { " (đơn vị khác năm trước)" };
                    format!("năm {} {}%{other}", point.year, number(point.percent, 2))
                })
                .collect();
            format!("{}: {}", trend.label, points.join(", "))
        })
        .collect();
    (!trends.is_empty()).then(|| Chart {
        id: "xu-huong".into(),
        caption: "Kết quả các chỉ tiêu qua các năm (%)".into(),
        alternative: told.join("; "),
        kind: ChartKind::Trends(trends),
    })
}
