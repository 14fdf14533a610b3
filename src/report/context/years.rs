//! What a text may say of the years before: where they are from, what changed in them, what earlier reviews found.

use super::{Counts, counted};
use crate::consolidate::{Restated, Series, Source};
use crate::domain::{ChangeKind, Level, UnitChange, UnitCode, Year};
use crate::report::format::{self, date, value};
use crate::report::over_years::{reason, years_in_words};
use crate::report::scene::Scene;
use crate::report::together::together;
use serde::Serialize;

/// The years up to the report year, as far as they are told of.
#[derive(Serialize, Default)]
pub(super) struct YearsView {
    /// “các năm 2021–2024”: sealed, from a loose file, of which nothing is known; none where there are none.
    da_chot: Option<String>,
    tep_roi: Option<String>,
    thieu: Option<String>,
}

/// What makes years of the period differ.
#[derive(Serialize, Default)]
pub(super) struct ChangesView {
    don_vi: Vec<UnitsChangeView>,
    dinh_nghia: Vec<SinceView>,
    thoi_ap_dung: Vec<SinceView>,
    muc_tieu: Vec<TargetChangeView>,
}

#[derive(Serialize)]
struct UnitsChangeView {
    ngay: String,
    van_ban: String,
    /// Whether only what is to be reported went from one body to another.
    ban_giao: bool,
    /// “15 huyện, thị xã, thành phố”, or names where they are few.
    truoc: String,
    /// The same of those that came; empty where none did.
    sau: String,
}

#[derive(Serialize)]
struct SinceView {
    so: String,
    ten_ngan: String,
    nam: Year,
}

#[derive(Serialize)]
struct TargetChangeView {
    van_ban: String,
    ngay: String,
    /// The indicators it changed, by number.
    so: Vec<String>,
}

/// A result that was published otherwise before.
#[derive(Serialize)]
pub(super) struct RestatedView {
    nam: Year,
    so: String,
    ten_ngan: String,
    lan_dau: String,
    nay: String,
    ly_do: &'static str,
}

/// A review before this one.
#[derive(Serialize)]
pub(super) struct EarlierReviewView {
    nam: Year,
    /// Whether anything is known of it.
    co_so_lieu: bool,
    dem: Counts,
    so_chi_tieu: usize,
}

pub(super) fn sources(scene: &Scene<'_>) -> YearsView {
    let years = |is_so: fn(&Source) -> bool| {
        let of = scene.results.over_years.years.iter().filter(|year| is_so(&year.source));
        let years: Vec<Year> = of.map(|year| year.year).collect();
        (!years.is_empty()).then(|| years_in_words(&years))
    };
    YearsView {
        da_chot: years(|source| matches!(source, Source::Record(_))),
        tep_roi: years(|source| *source == Source::Loose),
        thieu: years(|source| *source == Source::Missing),
    }
}

pub(super) fn changes(scene: &Scene<'_>) -> ChangesView {
    let (plan, now) = (scene.plan, scene.results.year);
    let Some(review) = plan.review(now) else { return ChangesView::default() };
    let days = (plan.due_date(review.first - 1), plan.due_date(now));
    let is_inside = |day| days.0 < day && day <= days.1;
    let counts = |change: &&UnitChange| change.kind != ChangeKind::Note && is_inside(change.date);
    let mut changes: Vec<&UnitChange> = plan.changes.iter().filter(counts).collect();
    changes.sort_by_key(|change| change.date);
    let series = &scene.results.over_years.series;
    let since = |series: &Series, nam| SinceView {
        so: series.indicator.id.to_string(),
        ten_ngan: series.indicator.short_title.clone(),
        nam,
    };
    let redefined = series.iter().filter_map(|series| {
        let year = series.indicator.definition_since?;
        (review.first < year && year <= now).then(|| since(series, year))
    });
    let revised = series.iter().flat_map(|series| {
        // What was decided over an indicator that ended is in force no more.
        let revisions = series.indicator.targets.revised.iter().filter(|revision| is_inside(revision.from));
        revisions.map(|revision| ((revision.from, revision.act.clone()), series.indicator.id.to_string()))
    });
    let mut revised = together(revised);
    revised.sort_by_key(|((from, _), _)| *from);
    ChangesView {
        don_vi: changes.into_iter().map(|change| units_change(scene, change)).collect(),
        dinh_nghia: redefined.collect(),
        thoi_ap_dung: series.iter().filter_map(|series| Some(since(series, series.ended?))).collect(),
        muc_tieu: revised
            .into_iter()
            .map(|((from, van_ban), so)| TargetChangeView { van_ban, ngay: date(from), so })
            .collect(),
    }
}

/// As many units are told by their names.
const NAMED: usize = 3;

fn units_change(scene: &Scene<'_>, change: &UnitChange) -> UnitsChangeView {
    let told = |codes: &[UnitCode], day| {
        let units: Vec<_> = codes
            .iter()
            .filter_map(|code| {
                scene.plan.units.iter().find(|unit| unit.code == *code && unit.validity.covers(day))
            })
            .collect();
        if units.len() <= NAMED {
            return units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(", ");
        }
        let level = units.first().and_then(|unit| scene.plan.level(&unit.level));
        let name = level.map_or("đơn vị", |level: &Level| level.named_on(day).name.as_str());
        format!("{} {name}", units.len())
    };
    UnitsChangeView {
        ngay: date(change.date),
        van_ban: change.act.clone(),
        ban_giao: change.kind == ChangeKind::Handover,
        truoc: told(&change.from, change.date.pred_opt().unwrap_or(change.date)),
        sau: told(&change.to, change.date),
    }
}

pub(super) fn restated(scene: &Scene<'_>) -> Vec<RestatedView> {
    let over_years = &scene.results.over_years;
    let view = |restated: &Restated| {
        let series = over_years.of(&restated.indicator)?;
        let told = |percent: Option<_>| match percent {
            Some(percent) => value(&format::of_year(percent, series.aim(restated.year))),
            None => "chưa có số liệu".to_owned(),
        };
        Some(RestatedView {
            nam: restated.year,
            so: restated.indicator.to_string(),
            ten_ngan: series.indicator.short_title.clone(),
            lan_dau: told(restated.first.percent),
            nay: told(restated.now.percent),
            ly_do: reason(restated.now.record.as_ref().and_then(|record| record.reason)),
        })
    };
    over_years.restated.iter().filter_map(view).collect()
}

pub(super) fn earlier_reviews(scene: &Scene<'_>) -> Vec<EarlierReviewView> {
    let now = scene.results.year;
    if scene.plan.review(now).is_none() {
        return Vec::new();
    }
    let of_year = |nam: Year| {
        let points = scene.results.over_years.series.iter().filter_map(|series| series.point(nam));
        let verdicts: Vec<_> = points.map(|point| point.verdict).collect();
        EarlierReviewView {
            nam,
            co_so_lieu: verdicts.iter().any(Option::is_some),
            so_chi_tieu: verdicts.iter().flatten().count(),
            dem: counted(verdicts.into_iter().flatten()),
        }
    };
    scene.plan.reviews_before(now).map(of_year).collect()
}
