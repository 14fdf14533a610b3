//! The units as the texts see them: who reported, who is to be chased.

use crate::check::UnitStatus;
use crate::consolidate::{Awaited, whom_to_chase};
use crate::domain::IndicatorId;
use crate::report::scene::Scene;
use serde::Serialize;

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
pub(super) fn view(scene: &Scene<'_>) -> UnitsView {
    let all = &scene.results.units;
    let names = |status: UnitStatus| {
        all.iter().filter(|unit| unit.status == status).map(|unit| unit.name.clone()).collect()
    };
    let reported =
        |unit: &&crate::check::UnitState| matches!(unit.status, UnitStatus::Reported | UnitStatus::Late);
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
    }
}

fn awaited(scene: &Scene<'_>) -> Vec<AwaitedView> {
    let ids = |indicators: &[IndicatorId]| indicators.iter().map(ToString::to_string).collect();
    let view = |awaited: Awaited| {
        let unit = scene.results.units.iter().find(|unit| unit.code == awaited.unit)?;
        Some(AwaitedView {
            ten: unit.name.clone(),
            ten_ngan: unit.short_name.clone(),
            chi_tieu: ids(&awaited.indicators),
            rieng: ids(&awaited.alone),
        })
    };
    let waiting = whom_to_chase(scene.results).into_iter().filter(|awaited| !awaited.indicators.is_empty());
    waiting.filter_map(view).collect()
}
