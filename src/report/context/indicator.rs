//! One indicator as a text template may speak of it.

use crate::consolidate::{Comparison, Flag, IndicatorResult, Pace, PastResult, Verdict};
use crate::domain::{Aim, Direction, Ratio, Reporter, Year};
use crate::report::directed;
use crate::report::format::{number, past, percent_places, plain, value};
use crate::report::scene::Scene;
use crate::report::standing::{self, Standing};
use crate::report::targets::{self, target_text};
use crate::report::wording::{range_text, redefined_since, verdict_text, why_not_compared};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::cmp::Ordering;

#[derive(Serialize, Clone)]
pub(super) struct IndicatorView {
    so: String,
    ten: String,
    ten_ngan: String,
    dem_gi: String,
    ket_qua: String,
    tu_so: String,
    mau_so: String,
    muc_tieu: String,
    nam_muc_tieu: String,
    /// Whether the target is the nation's, the plan having none of its own.
    theo_quoc_gia: bool,
    /// The act behind the target, where it is not the plan itself.
    van_ban_muc_tieu: Option<String>,
    /// “70%”, “70% (tính theo tỉnh)”: what the nation asks for.
    muc_tieu_quoc_gia: Option<String>,
    can_dat: String,
    /// “8”, or “từ 8 đến 13” while figures are missing: how many more, or fewer, the target asks for.
    con_thieu: String,
    /// The same with what is to be done: “còn thiếu 8”, “còn phải giảm 8”.
    con_cach: String,
    /// Which results are the better ones: cao, thap.
    huong: &'static str,
    danh_gia: String,
    ma_danh_gia: &'static str,
    phu_thuoc: Vec<String>,
    /// “49,82–61,69%” when units are missing; begins with “ước” where it rests on assumed figures.
    khoang: Option<String>,
    /// Whether the bounds, and so the verdict, rest on assumed figures.
    uoc: bool,
    nam_truoc: Option<String>,
    /// Why last year's result is not of the same thing, where the definition changed.
    dinh_nghia_moi: Option<String>,
    /// Why last year's result is not set against this year's, whatever the reason.
    khong_so_sanh: Option<String>,
    /// “tăng 2,31 điểm phần trăm”, where last year's result can be compared.
    thay_doi: Option<String>,
    /// The two results that are compared, where they can be.
    so_sanh: Option<ComparedView>,
    /// The change in points, to be compared and sorted.
    diem: Option<f64>,
    /// tang, giam, bang.
    chieu: Option<&'static str>,
    /// Whether that is for the better: tien, lui, bang.
    buoc_tien: Option<&'static str>,
    /// The change in points, above nothing where it is for the better.
    diem_tien: Option<f64>,
    /// Whether last year's result reached what was asked then.
    nam_truoc_dat: Option<bool>,
    lo_trinh: Option<TrajectoryView>,
    /// The next milestone's target, after the one this year is judged by.
    muc_tieu_sau: Option<NextView>,
    /// Earlier years there are results of.
    cac_nam: Vec<YearView>,
    /// Local units whose own figure does not reach the target.
    don_vi_chua_dat: Vec<String>,
    don_vi_thieu: Vec<String>,
    /// Who owns the data.
    co_quan: Vec<String>,
    da_bao_cao: usize,
    phai_bao_cao: usize,
    /// Whether everybody who owes it a figure has given it, and it is used.
    du_so_lieu: bool,
    /// Units that are not judged, having no standard or nothing to count.
    khong_xet: usize,
}

impl IndicatorView {
    /// Whether a result of all units is still to come.
    pub(super) fn lacks_figures(&self) -> bool {
        !self.du_so_lieu && self.ma_danh_gia != Verdict::NoStandard.code()
    }
}

#[derive(Serialize, Clone)]
struct TrajectoryView {
    /// What the way to the target asks for this year.
    can: String,
    /// vuot, dung, cham, chua-ro.
    nhip: &'static str,
    /// Points a year still needed; none when no year is left or the result is open.
    moi_nam: Option<String>,
    /// The same with which way: “cần tăng 1,25 điểm mỗi năm”.
    viec_moi_nam: Option<String>,
}

#[derive(Serialize, Clone)]
struct ComparedView {
    /// Last year's result.
    truoc: String,
    /// This year's, over the same units.
    nay: String,
    /// How many units they are of; none where they are of all.
    so_don_vi: Option<usize>,
}

#[derive(Serialize, Clone)]
struct NextView {
    nam: i32,
    muc_tieu: String,
    /// Points still to gain, up or down; “0” once reached. Empty without a result.
    can_tang: String,
    /// The same with which way: “còn phải tăng 3,20 điểm phần trăm”.
    con_phai: String,
}

#[derive(Serialize, Clone)]
struct YearView {
    nam: i32,
    ket_qua: String,
}

pub(super) fn view(scene: &Scene<'_>, result: &IndicatorResult, standings: &[Standing<'_>]) -> IndicatorView {
    let places = percent_places(result.total, result.aim());
    let percent = |value: Decimal| format!("{}%", number(value, places));
    let direction = result.indicator.direction;
    let missing = lacking(result);
    let gain = result.comparison.pair().map(|(before, now)| direction.gain(before, now));
    IndicatorView {
        so: result.indicator.id.to_string(),
        ten: result.indicator.title.clone(),
        ten_ngan: result.indicator.short_title.clone(),
        dem_gi: result.indicator.counted.clone(),
        ket_qua: result.percent().map(percent).unwrap_or_default(),
        tu_so: plain(result.total.numerator),
        mau_so: plain(result.total.denominator),
        muc_tieu: result.target.map(|target| target_text(&result.indicator, target)).unwrap_or_default(),
        nam_muc_tieu: result.target.map(|(year, _)| year.to_string()).unwrap_or_default(),
        theo_quoc_gia: targets::is_national(result),
        van_ban_muc_tieu: targets::act(scene, result),
        muc_tieu_quoc_gia: national(result, scene.results.year),
        can_dat: result.needed.map(plain).unwrap_or_default(),
        con_cach: missing.as_ref().map(|n| format!("{} {n}", directed::still(direction))).unwrap_or_default(),
        con_thieu: missing.unwrap_or_default(),
        huong: match direction {
            Direction::Higher => "cao",
            Direction::Lower => "thap",
        },
        danh_gia: verdict_text(result),
        ma_danh_gia: result.verdict.code(),
        phu_thuoc: result.depends_on.iter().map(|unit| scene.official_name(unit)).collect(),
        khoang: range_text(result),
        uoc: result.flags.has(Flag::Reference) && result.is_open(),
        dinh_nghia_moi: result
            .is_redefined_in(scene.results.year)
            .then(|| redefined_since(scene.results.year)),
        khong_so_sanh: why_not_compared(result, scene.results.year),
        nam_truoc: result.last_year.map(|last| value(&past(&last))),
        thay_doi: result.change().map(change_text),
        so_sanh: compared(result),
        diem: result.change().and_then(|change| change.to_f64()),
        chieu: result.change().map(|change| ["giam", "bang", "tang"][way(change)]),
        buoc_tien: gain.map(|gain| ["lui", "bang", "tien"][way(gain)]),
        diem_tien: gain.and_then(|gain| gain.to_f64()),
        nam_truoc_dat: result.comparison.pair().and(result.last_year).and_then(|last| last.reached),
        lo_trinh: result.trajectory.as_ref().map(|way| TrajectoryView {
            can: format!("{}{}%", directed::limit(direction), number(way.expected, 2)),
            nhip: match way.pace {
                Pace::Ahead => "vuot",
                Pace::OnTrack => "dung",
                Pace::Behind => "cham",
                Pace::Open => "chua-ro",
            },
            moi_nam: way.yearly_step.map(|step| number(step, 2)),
            viec_moi_nam: way
                .yearly_step
                .map(|step| format!("cần {} {} điểm mỗi năm", directed::upwards(direction), number(step, 2))),
        }),
        muc_tieu_sau: next_target(scene, result),
        cac_nam: result
            .past
            .iter()
            .map(|result| YearView { nam: result.year, ket_qua: value(&past(result)) })
            .collect(),
        don_vi_chua_dat: local(result, standings, |entry| entry.reached == Some(false)),
        don_vi_thieu: local(result, standings, |entry| entry.is_lacking),
        co_quan: result.indicator.owners.iter().map(|owner| owner_name(scene, owner)).collect(),
        da_bao_cao: result.coverage.reported,
        phai_bao_cao: result.coverage.expected,
        du_so_lieu: result.coverage.reported == result.coverage.expected,
        khong_xet: if result.before_standard { 0 } else { not_judged(result) },
    }
}

/// Less than nothing, nothing, more.
fn way(points: Decimal) -> usize {
    match points.cmp(&Decimal::ZERO) {
        Ordering::Less => 0,
        Ordering::Equal => 1,
        Ordering::Greater => 2,
    }
}

/// How many more, or fewer, would have to be counted for the target, whatever the missing figures turn out to be; nothing
/// where one of them is of unknown size.
fn lacking(result: &IndicatorResult) -> Option<String> {
    let aim = result.aim()?;
    let open = result.open.filter(|_| result.needed.is_some())?;
    let whole = result.total.denominator + open.denominator;
    let needed = aim.needed(Ratio::of(0, whole));
    let short_of = |more: Decimal| aim.short_of(needed, result.total.numerator + more);
    let [most, least] = aim.direction.worst_first([open.lowest, open.highest]).map(short_of);
    Some(match (least == most, open.denominator.is_zero()) {
        (true, _) => plain(most),
        (false, true) => format!("từ {} đến {}", plain(least), plain(most)),
        // How many there are in the missing units is a reference.
        (false, false) => format!("khoảng từ {} đến {}", plain(least), plain(most)),
    })
}

/// What the nation asks for, and over what where that is not what the plan counts.
fn national(result: &IndicatorResult, year: Year) -> Option<String> {
    let (_, percent) = targets::national(result, year)?;
    let counted = result.indicator.targets.national_counted.as_ref();
    let counted = counted.map(|counted| format!(" (tính theo {counted})")).unwrap_or_default();
    Some(format!("{}{}%{counted}", directed::limit(result.indicator.direction), plain(percent)))
}

fn not_judged(result: &IndicatorResult) -> usize {
    result.by_unit.iter().filter(|unit| !unit.status.is_judged(&result.indicator.kind)).count()
}

/// The target of the next milestone, over those of the years up to it; else the next there is.
fn next_target(scene: &Scene<'_>, result: &IndicatorResult) -> Option<NextView> {
    let (judged, _) = result.target?;
    let milestone = scene.plan.milestones.iter().find(|milestone| **milestone > judged);
    let at_milestone = milestone.and_then(|milestone| result.indicator.target_for(*milestone));
    let (nam, target) = at_milestone.or_else(|| result.indicator.target_for(judged + 1))?;
    let direction = result.indicator.direction;
    let points = result.percent().map(|percent| Aim { direction, percent: target }.lacking(percent));
    let upwards = directed::upwards(direction);
    Some(NextView {
        nam,
        muc_tieu: target_text(&result.indicator, (nam, target)),
        can_tang: points
            .map(|points| if points.is_zero() { "0".to_owned() } else { number(points, 2) })
            .unwrap_or_default(),
        con_phai: points
            .map(|points| format!("còn phải {upwards} {} điểm phần trăm", number(points, 2)))
            .unwrap_or_default(),
    })
}

fn change_text(change: Decimal) -> String {
    let verb = if change.is_sign_negative() { "giảm" } else { "tăng" };
    let points = number(change.abs(), 2);
    if change.is_zero() {
        "không đổi".to_owned()
    } else if points == number(Decimal::ZERO, 2) {
        format!("{verb} chưa đến 0,01 điểm phần trăm")
    } else {
        format!("{verb} {points} điểm phần trăm")
    }
}

fn compared(result: &IndicatorResult) -> Option<ComparedView> {
    let (before, now) = result.comparison.pair()?;
    let last = PastResult { percent: before, ..*result.past.last()? };
    let this = PastResult { percent: now, target: result.target.map(|(_, target)| target), ..last };
    let so_don_vi = match result.comparison {
        Comparison::Matched { units, .. } => Some(units),
        _ => None,
    };
    Some(ComparedView { truoc: value(&past(&last)), nay: value(&past(&this)), so_don_vi })
}

fn local(
    result: &IndicatorResult,
    standings: &[Standing<'_>],
    counts: impl Fn(&standing::Judged<'_>) -> bool,
) -> Vec<String> {
    let is_so = |standing: &&Standing<'_>| {
        standing.entries.iter().any(|e| e.result.indicator.id == result.indicator.id && counts(e))
    };
    standings.iter().filter(is_so).map(|standing| standing.unit.name.clone()).collect()
}

fn owner_name(scene: &Scene<'_>, owner: &Reporter) -> String {
    match owner {
        Reporter::Unit(code) => scene.plan.body_name(code, scene.results.year),
        Reporter::Level(id) => {
            let level = scene.plan.level(id);
            level.map_or_else(String::new, |l| scene.plan.name_of(l, scene.results.year).name.clone())
        }
    }
}
