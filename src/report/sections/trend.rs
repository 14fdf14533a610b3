//! Results over the years.

use crate::consolidate::Difference;
use crate::report::bars;
use crate::report::format::number;
use crate::report::model::{Chart, ChartKind, Trend, TrendPoint};
use crate::report::scene::Scene;
use crate::report::wording::tone;

const UNITS: &str = "đơn vị thay đổi";
const DEFINITION: &str = "định nghĩa thay đổi";

/// What changed between two results, in a few words.
fn changed(difference: Difference) -> &'static str {
    match difference {
        Difference::Definition => DEFINITION,
        Difference::Units | Difference::Territory | Difference::NothingInCommon => UNITS,
    }
}

/// Every indicator of which at least one earlier year is known; `None` without one.
pub(in crate::report) fn chart(scene: &Scene<'_>) -> Option<Chart> {
    let year = scene.results.year;
    let trends: Vec<Trend> = scene
        .results
        .indicators
        .iter()
        .filter(|result| !result.past.is_empty())
        .map(|result| {
            let before = std::iter::once(None).chain(result.past.iter().map(|past| past.breaks));
            let known = result.past.iter().map(|past| (past.year, past.percent));
            let known = known.chain(result.percent().map(|percent| (year, percent)));
            let points = known
                .zip(before)
                .map(|((year, percent), difference)| TrendPoint {
                    year,
                    percent,
                    cut: difference.map(changed),
                })
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
                    let other = match point.cut {
                        None => "",
                        Some(DEFINITION) => " (định nghĩa khác năm trước)",
                        Some(_) => " (đơn vị khác năm trước)",
                    };
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
