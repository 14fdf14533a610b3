//! What a text template may name: the results, already worded. The names are Vietnamese because officers write them.

mod indicator;
mod said;
mod units;
mod years;

use super::format::{date, long_date, plain};
use super::scene::Scene;
use super::standing::{self, Standing};
use super::sums::Sums;
use super::written::senders_words;
use crate::check::UnitStatus;
use crate::consolidate::Verdict;
use crate::domain::{ColumnRole, FieldId, UnitCode};
use crate::finding::{Finding, Severity};
use crate::form::FormRow;
use crate::submission::{FigureStatus, Reported, Value};
use indicator::IndicatorView;
use rust_decimal::Decimal;
use said::SaidView;
pub(super) use said::offer;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use units::{DecidingView, UnitsView};
use years::{ChangesView, EarlierReviewView, RestatedView, YearsView};

#[derive(Serialize)]
pub(super) struct Context {
    nam: i32,
    nam_dau: i32,
    nam_cuoi: i32,
    /// Mid-term and final reviews: the milestones of the plan.
    so_ket: bool,
    tong_ket: bool,
    /// The report's subject, as its title says it.
    trich_yeu: String,
    co_quan_ban_hanh: String,
    tinh: String,
    /// What that is: tỉnh, thành phố, địa bàn.
    vung: String,
    ke_hoach: String,
    co_quan_tong_hop: String,
    /// How the local units are called in the year: “huyện, thị xã, thành phố”.
    ten_cap: String,
    ngay_chot: String,
    /// So many units a list names before it counts the rest.
    so_ten: usize,
    don_vi: UnitsView,
    chi_tieu: Vec<IndicatorView>,
    /// The units on whose figures open verdicts depend, those of the same verdicts together.
    con_tuy: Vec<DecidingView>,
    nhom: Vec<GroupView>,
    /// The indicators of which not every figure is there and used.
    thieu_so_lieu: Vec<IndicatorView>,
    dem: Counts,
    /// Where the years before are from.
    nguon_nam: YearsView,
    /// In a review: what changed within its period, and what earlier ones found.
    thay_doi_trong_ky: ChangesView,
    ky_truoc: Vec<EarlierReviewView>,
    /// Results that were published otherwise before.
    dieu_chinh: Vec<RestatedView>,
    /// Local units against the targets, those furthest behind first.
    cham: Vec<StandingView>,
    /// Findings that their senders must see to.
    loi: FaultsView,
    nhom_nhiem_vu: Vec<TaskGroupView>,
    nhiem_vu_trong_tam: Vec<KeyTaskView>,
    /// Titles: recognised of all, over the units that reported both.
    danh_hieu: Vec<TitleView>,
    /// Sum of each numeric field over all units; “–” where nobody reported it.
    tong: BTreeMap<String, String>,
    /// Words, choices and dates by field: who wrote what.
    o: BTreeMap<String, Vec<SaidView>>,
}

#[derive(Serialize)]
struct StandingView {
    ma: String,
    ten: String,
    ten_ngan: String,
    so_dat: usize,
    so_xet: usize,
    so_chua_dat: usize,
    so_thieu: usize,
    /// Indicators that are not judged for want of a target.
    so_chua_ghi_muc_tieu: usize,
    chua_dat: Vec<ShortView>,
}

#[derive(Serialize)]
struct ShortView {
    so: String,
    ten_ngan: String,
}

#[derive(Serialize)]
struct FaultsView {
    loi: usize,
    luu_y: usize,
    don_vi: Vec<String>,
    /// Findings that wait for an explanation, and of how many units.
    giai_trinh: usize,
    so_don_vi_giai_trinh: usize,
}

#[derive(Serialize)]
struct GroupView {
    so: String,
    ten: String,
    chi_tieu: Vec<IndicatorView>,
}

#[derive(Serialize, Default)]
struct Counts {
    dat: usize,
    chua_dat: usize,
    chua_xac_dinh: usize,
    chua_co_so_lieu: usize,
    chua_co_tieu_chi: usize,
    chua_ghi_muc_tieu: usize,
}

#[derive(Serialize)]
struct TaskGroupView {
    so: u32,
    ten: String,
}

#[derive(Serialize)]
struct KeyTaskView {
    so: u32,
    ten: String,
    chu_tri: String,
    han: String,
    /// The deadline as `2024-12-05`.
    han_ngay: String,
}

#[derive(Serialize)]
struct TitleView {
    ten: String,
    dem_gi: String,
    tong: String,
    dang_ky: String,
    cong_nhan: String,
    so_don_vi: usize,
    phai_bao_cao: usize,
}

pub(super) fn for_report(scene: &Scene<'_>) -> Context {
    let (plan, results) = (scene.plan, scene.results);
    let standings = standing::of_local_units(scene);
    let chi_tieu: Vec<IndicatorView> =
        results.indicators.iter().map(|r| indicator::view(scene, r, &standings)).collect();
    let nhom = plan
        .groups
        .iter()
        .map(|group| GroupView {
            so: group.id.clone(),
            ten: group.title.clone(),
            chi_tieu: results
                .indicators
                .iter()
                .zip(&chi_tieu)
                .filter(|(result, _)| result.indicator.group == group.id)
                .map(|(_, view)| view.clone())
                .collect(),
        })
        .filter(|group: &GroupView| !group.chi_tieu.is_empty())
        .collect();
    let frame = scene.frame();
    Context {
        nam: results.year,
        nam_dau: plan.first_year,
        nam_cuoi: plan.last_year,
        so_ket: plan.review(results.year).is_some_and(|review| !review.is_final),
        tong_ket: plan.review(results.year).is_some_and(|review| review.is_final),
        trich_yeu: plan.subject(results.year),
        co_quan_ban_hanh: frame.letter.issuer.clone(),
        cham: standing::behind_first(&standings)
            .into_iter()
            .map(|standing| standing_view(scene, standing))
            .collect(),
        loi: faults(scene),
        tinh: frame.province.clone(),
        vung: frame.names.territory.clone(),
        ke_hoach: frame.title.clone(),
        co_quan_tong_hop: frame.letter.secretariat.clone(),
        ten_cap: plan.text_of("{cap}", results.year),
        ngay_chot: long_date(results.as_of),
        so_ten: scene.most_named,
        don_vi: units::view(scene, &standings),
        con_tuy: units::deciding(scene),
        dem: counted(results.indicators.iter().map(|result| result.verdict)),
        nguon_nam: years::sources(scene),
        thay_doi_trong_ky: years::changes(scene),
        ky_truoc: years::earlier_reviews(scene),
        dieu_chinh: years::restated(scene),
        thieu_so_lieu: chi_tieu.iter().filter(|view| view.lacks_figures()).cloned().collect(),
        chi_tieu,
        nhom,
        nhom_nhiem_vu: plan
            .task_groups
            .iter()
            .map(|group| TaskGroupView { so: group.number, ten: group.title.clone() })
            .collect(),
        nhiem_vu_trong_tam: plan
            .key_tasks
            .iter()
            .map(|task| KeyTaskView {
                so: task.number,
                ten: task.title.clone(),
                chu_tri: plan.body_name(&task.lead, results.year),
                han: task.deadline_text.clone(),
                han_ngay: task.deadline.to_string(),
            })
            .collect(),
        danh_hieu: titles(scene),
        tong: Sums::new(scene).worded(),
        o: said::by_field(scene),
    }
}

fn standing_view(scene: &Scene<'_>, standing: &Standing<'_>) -> StandingView {
    let short = |entry: &standing::Judged<'_>| ShortView {
        so: entry.result.indicator.id.to_string(),
        ten_ngan: entry.result.indicator.short_title.clone(),
    };
    StandingView {
        ma: standing.unit.code.to_string(),
        ten: standing.unit.name.clone(),
        ten_ngan: scene.name_in_text(&standing.unit.code).to_owned(),
        so_dat: standing.reached(),
        so_xet: standing.judged(),
        so_chua_dat: standing.below().count(),
        so_thieu: standing.open(),
        so_chua_ghi_muc_tieu: standing.without_target(),
        chua_dat: standing.below().map(short).collect(),
    }
}

/// What the page of a unit may say besides everything else.
#[derive(Serialize)]
pub(super) struct UnitView {
    #[serde(flatten)]
    standing: StandingView,
    /// dung_han, muon, thieu, khong_dung_duoc.
    trang_thai: &'static str,
    ngay_lap: Option<String>,
    nhan_xet: Vec<FaultView>,
}

#[derive(Serialize)]
struct FaultView {
    ma: String,
    noi_dung: String,
    cach_sua: String,
}

pub(super) fn for_unit(scene: &Scene<'_>, standing: &Standing<'_>) -> UnitView {
    let unit = standing.unit;
    let mine =
        |finding: &&Finding| finding.unit.as_ref() == Some(&unit.code) && finding.severity > Severity::Fixed;
    let fault = |finding: &Finding| FaultView {
        ma: finding.code.to_string(),
        // They quote what was typed.
        noi_dung: senders_words(&match &finding.label {
            Some(label) => format!("{label}: {}", finding.cause.trim_end_matches('.')),
            None => finding.cause.trim_end_matches('.').to_owned(),
        }),
        cach_sua: senders_words(finding.cure.trim_end_matches('.')),
    };
    UnitView {
        standing: standing_view(scene, standing),
        trang_thai: match unit.status {
            UnitStatus::Reported => "dung_han",
            UnitStatus::Late => "muon",
            UnitStatus::Missing => "thieu",
            UnitStatus::Rejected => "khong_dung_duoc",
        },
        ngay_lap: unit.reported_on.map(date),
        nhan_xet: scene.findings.iter().filter(mine).map(fault).collect(),
    }
}

fn faults(scene: &Scene<'_>) -> FaultsView {
    // Who has sent nothing is told of among the missing units; what is nobody's can be mended by none.
    let of_units = || scene.findings.iter().filter(|f| f.unit.is_some() && !f.code.is_of_missing_report());
    let grave = || of_units().filter(|finding| finding.severity >= Severity::Error);
    let to_explain = || of_units().filter(|finding| finding.severity == Severity::Confirm);
    let to_see =
        |finding: &&Finding| finding.severity > Severity::Fixed && finding.severity < Severity::Error;
    let with_faults: BTreeSet<&UnitCode> = grave().filter_map(|finding| finding.unit.as_ref()).collect();
    let asked: BTreeSet<&UnitCode> = to_explain().filter_map(|finding| finding.unit.as_ref()).collect();
    let units = scene.results.units.iter().filter(|unit| with_faults.contains(&unit.code));
    FaultsView {
        loi: grave().count(),
        luu_y: scene.findings.iter().filter(to_see).count(),
        don_vi: units.map(|unit| unit.name.clone()).collect(),
        giai_trinh: to_explain().count(),
        so_don_vi_giai_trinh: asked.len(),
    }
}

fn counted(verdicts: impl Iterator<Item = Verdict>) -> Counts {
    let mut counts = Counts::default();
    for verdict in verdicts {
        *match verdict {
            Verdict::Met => &mut counts.dat,
            Verdict::NotMet => &mut counts.chua_dat,
            Verdict::Depends => &mut counts.chua_xac_dinh,
            Verdict::NoData => &mut counts.chua_co_so_lieu,
            Verdict::NoStandard => &mut counts.chua_co_tieu_chi,
            Verdict::NoTarget => &mut counts.chua_ghi_muc_tieu,
        } += 1;
    }
    counts
}

/// One entry for each row of the form that asks for titles, added over the units that gave both the whole and the
/// recognised: whoever gave one of the two would distort the share.
fn titles(scene: &Scene<'_>) -> Vec<TitleView> {
    let year = scene.results.year;
    let mut titles: Vec<(FormRow, usize)> = Vec::new();
    for unit in scene.plan.roster(year) {
        for row in scene.book.form_for(unit, year).rows() {
            if row.fields.iter().any(|field| field.role == Some(ColumnRole::Recognised)) {
                match titles.iter_mut().find(|(known, _)| known.code == row.code) {
                    Some((_, owing)) => *owing += 1,
                    None => titles.push((row.clone(), 1)),
                }
            }
        }
    }
    titles.into_iter().map(|(row, owing)| title(scene, &row, owing)).collect()
}

fn title(scene: &Scene<'_>, row: &FormRow, owing: usize) -> TitleView {
    let numbers = |role: ColumnRole| -> BTreeMap<&UnitCode, Decimal> {
        let field: Option<&FieldId> =
            row.fields.iter().find(|field| field.role == Some(role)).map(|field| &field.id);
        let values = field.and_then(|field| scene.results.reported.get(field));
        let number = |reported: &Reported| match reported.value {
            Some(Value::Number(number)) if reported.status != FigureStatus::NoStandard => Some(number),
            _ => None,
        };
        values.into_iter().flatten().filter_map(|(unit, reported)| Some((unit, number(reported)?))).collect()
    };
    let (whole, registered, recognised) =
        (numbers(ColumnRole::Whole), numbers(ColumnRole::Registered), numbers(ColumnRole::Recognised));
    let both: Vec<&&UnitCode> = whole.keys().filter(|unit| recognised.contains_key(**unit)).collect();
    let sum = |of: &BTreeMap<&UnitCode, Decimal>| -> String {
        let values = both.iter().filter_map(|unit| of.get(**unit));
        if both.is_empty() { "–".to_owned() } else { plain(values.sum()) }
    };
    TitleView {
        ten: row.label.clone(),
        dem_gi: row.measure.clone(),
        tong: sum(&whole),
        dang_ky: sum(&registered),
        cong_nhan: sum(&recognised),
        so_don_vi: both.len(),
        phai_bao_cao: owing,
    }
}
