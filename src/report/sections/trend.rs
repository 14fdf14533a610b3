//! Results over the years, drawn from the series.

use crate::consolidate::{Difference, Point, Series};
use crate::report::bars;
use crate::report::format::{self, number, plain, value};
use crate::report::model::{Chart, ChartKind, Tone, Trend, TrendPoint};
use crate::report::over_years::series_label;
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
    let series = scene.results.over_years.series.iter();
    let told = series.filter(|series| series.has_past(scene.results.year));
    let trends: Vec<Trend> = told.map(|series| trend(scene, series)).collect();
    let alternative: Vec<String> = trends.iter().map(in_words).collect();
    (!trends.is_empty()).then(|| Chart {
        id: "xu-huong".into(),
        caption: "Kết quả các chỉ tiêu qua các năm (%)".into(),
        alternative: alternative.join("; "),
        kind: ChartKind::Trends(trends),
    })
}

fn trend(scene: &Scene<'_>, series: &Series) -> Trend {
    let point = |point: &Point| {
        Some(TrendPoint { year: point.year, percent: point.percent?, cut: point.cut.map(changed) })
    };
    let target = |point: &Point| point.target.map(|(_, target)| (point.year, target));
    let now = scene.results.indicators.iter().find(|result| result.indicator.id == series.indicator.id);
    let last = series.known().last();
    let printed = || {
        last.and_then(|last| format::point(series, last.year)).map(|shown| value(&shown)).unwrap_or_default()
    };
    Trend {
        label: series_label(series),
        points: series.known().filter_map(point).collect(),
        printed: now.map_or_else(printed, |result| bars::bar(result).printed),
        targets: series.points.iter().filter_map(target).collect(),
        tone: match now {
            Some(result) => tone(result.verdict),
            None => last.and_then(|last| last.verdict).map_or(Tone::Quiet, tone),
        },
    }
}

/// What a plot shows, for who cannot see it.
fn in_words(trend: &Trend) -> String {
    let result = |point: &TrendPoint| {
        let other = match point.cut {
            None => "",
            Some(DEFINITION) => " (định nghĩa khác năm trước)",
            Some(_) => " (đơn vị khác năm trước)",
        };
        format!("năm {} {}%{other}", point.year, number(point.percent, 2))
    };
    let results: Vec<String> = trend.points.iter().map(result).collect();
    let targets: Vec<String> = steps(&trend.targets)
        .into_iter()
        .map(|(first, last, target)| match first == last {
            true => format!("{}% (năm {first})", plain(target)),
            false => format!("{}% (các năm {first}–{last})", plain(target)),
        })
        .collect();
    match targets.is_empty() {
        true => format!("{}: {}", trend.label, results.join(", ")),
        false => format!("{}: {}, mục tiêu {}", trend.label, results.join(", "), targets.join(", ")),
    }
}

/// Runs of neighbouring years with one target: first year, last year, target.
fn steps<T: PartialEq + Copy>(targets: &[(i32, T)]) -> Vec<(i32, i32, T)> {
    let mut steps: Vec<(i32, i32, T)> = Vec::new();
    for (year, target) in targets {
        match steps.last_mut() {
            Some((_, last, same)) if same == target && *last + 1 == *year => *last = *year,
            _ => steps.push((*year, *year, *target)),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn targets_that_stay_are_told_once() {
        let targets = [(2021, 50), (2022, 50), (2024, 50), (2025, 50), (2026, 70)];
        assert_eq!(steps(&targets), [(2021, 2022, 50), (2024, 2025, 50), (2026, 2026, 70)]);
    }
}
