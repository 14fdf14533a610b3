//! The units as the texts see them: who reported, who is to be chased.

use crate::check::{UnitState, UnitStatus};
use crate::consolidate::{Awaited, whom_to_chase};
use crate::domain::IndicatorId;
use crate::report::scene::Scene;
use crate::report::standing::{self, BANDS, Standing};
use crate::report::together::together;
use serde::Serialize;
use std::cmp::Reverse;

/// Numbers and names of units.
#[derive(Serialize)]
pub(super) struct UnitsView {
    tong: usize,
    da_bao_cao: usize,
    muon: Vec<String>,
    thieu: Vec<String>,
    khong_dung_duoc: Vec<String>,
    /// Missing and rejected units whose figures could still change a verdict, first to be chased first.
    don_doc: Vec<AwaitedView>,
    cap: Vec<LevelView>,
    /// How many local units reach how much of what they are judged by: the bands that occur, the best first.
    theo_muc: Vec<BandView>,
}

/// Units on whose figures the same open verdicts depend.
#[derive(Serialize)]
pub(super) struct DecidingView {
    /// Numbers of the indicators.
    so: Vec<String>,
    don_vi: Vec<String>,
}

#[derive(Serialize)]
struct BandView {
    ten: &'static str,
    so_don_vi: usize,
}

#[derive(Serialize)]
struct AwaitedView {
    ten: String,
    ten_ngan: String,
    /// Numbers of the indicators whose verdict it could change.
    chi_tieu: Vec<String>,
    /// Those of them that wait for nobody else.
    rieng: Vec<String>,
}

#[derive(Serialize)]
struct LevelView {
    ten: String,
    tong: usize,
    da_bao_cao: usize,
}

/// How the units stand.
pub(super) fn view(scene: &Scene<'_>, standings: &[Standing<'_>]) -> UnitsView {
    let all = &scene.results.units;
    let names = |status: UnitStatus| {
        all.iter().filter(|unit| unit.status == status).map(|unit| unit.name.clone()).collect()
    };
    let reported = |unit: &&UnitState| matches!(unit.status, UnitStatus::Reported | UnitStatus::Late);
    let cap = scene
        .plan
        .levels
        .iter()
        .map(|level| {
            let of_level = || all.iter().filter(|unit| unit.level == level.id);
            LevelView {
                ten: scene.plan.name_of(level, scene.results.year).name.clone(),
                tong: of_level().count(),
                da_bao_cao: of_level().filter(reported).count(),
            }
        })
        .filter(|level| level.tong > 0)
        .collect();
    UnitsView {
        tong: all.len(),
        da_bao_cao: all.iter().filter(reported).count(),
        muon: names(UnitStatus::Late),
        thieu: names(UnitStatus::Missing),
        khong_dung_duoc: names(UnitStatus::Rejected),
        don_doc: awaited(scene),
        cap,
        theo_muc: bands(standings),
    }
}

fn bands(standings: &[Standing<'_>]) -> Vec<BandView> {
    let shares = || standings.iter().filter_map(Standing::share);
    let view = |(i, (_, ten)): (usize, &(i64, &'static str))| BandView {
        ten,
        so_don_vi: shares().filter(|share| standing::band(*share) == i).count(),
    };
    BANDS.iter().enumerate().map(view).filter(|band| band.so_don_vi > 0).collect()
}

/// The units on whose figures open verdicts depend, together with those of the same verdicts: the most verdicts first,
/// equals in the roster's order.
pub(super) fn deciding(scene: &Scene<'_>) -> Vec<DecidingView> {
    let of_unit = |unit: &UnitState| {
        let open = scene.results.indicators.iter().filter(|result| result.depends_on.contains(&unit.code));
        let so: Vec<String> = open.map(|result| result.indicator.id.to_string()).collect();
        (!so.is_empty()).then(|| (so, unit.name.clone()))
    };
    let deciding = together(scene.results.units.iter().filter_map(of_unit));
    let mut views: Vec<DecidingView> =
        deciding.into_iter().map(|(so, don_vi)| DecidingView { so, don_vi }).collect();
    views.sort_by_key(|view| Reverse(view.so.len()));
    views
}

fn awaited(scene: &Scene<'_>) -> Vec<AwaitedView> {
    let ids = |indicators: &[IndicatorId]| indicators.iter().map(ToString::to_string).collect();
    let view = |awaited: Awaited| {
        let unit = scene.results.units.iter().find(|unit| unit.code == awaited.unit)?;
        Some(AwaitedView {
            ten: unit.name.clone(),
            ten_ngan: scene.name_in_text(&unit.code).to_owned(),
            chi_tieu: ids(&awaited.indicators),
            rieng: ids(&awaited.alone),
        })
    };
    let waiting = whom_to_chase(scene.results).into_iter().filter(|awaited| !awaited.indicators.is_empty());
    waiting.filter_map(view).collect()
}
