//! Targets: their years and figures, later decisions in the order of their days, the nation's beside the plan's own.

use super::Checker;
use crate::domain::{Percent, Revision, Targets, Year};
use crate::finding::Code;
use crate::plan::file::{ApproximateFile, IndicatorFile, PlanFile, RevisedFile, Spanned, TargetsFile};
use std::collections::{BTreeMap, BTreeSet};

/// The targets of an indicator. None at all is no mistake: the target is open.
pub(super) fn targets(checker: &mut Checker<'_>, main: &PlanFile, file: &IndicatorFile) -> Targets {
    let own = percents(checker, main, file.targets.as_ref());
    let national = percents(checker, main, file.national.as_ref());
    let mut revised: Vec<Revision> = Vec::new();
    for decision in &file.revised {
        let Some(revision) = revision(checker, main, decision) else { continue };
        if revised.last().is_some_and(|before| before.from >= revision.from) {
            let what =
                format!("các lần sửa mục tiêu của chỉ tiêu {} phải theo thứ tự thời gian", file.id.get_ref());
            checker.mistake(
                Code::P009,
                &decision.from,
                what,
                "xếp lại các mục [[indicator.revised]] theo ngày tăng dần",
            );
        }
        revised.push(revision);
    }
    let later = revised.iter().flat_map(|revision| revision.own.keys().chain(revision.national.keys()));
    let known: BTreeSet<Year> = own.keys().chain(national.keys()).chain(later).copied().collect();
    let approximate = file.approximate.as_ref().map(|at| approximate(checker, at, &known));
    national_counted(checker, main, file, &revised);
    Targets {
        own,
        approximate: approximate.unwrap_or_default(),
        national,
        national_counted: file.national_counted.as_ref().map(|at| at.get_ref().trim().to_owned()),
        revised,
    }
}

/// The first report year of the definition an indicator has now.
pub(super) fn definition_since(
    checker: &mut Checker<'_>,
    main: &PlanFile,
    file: &IndicatorFile,
) -> Option<Year> {
    let at = file.definition_since.as_ref()?;
    let year = *at.get_ref();
    // In the first year there is nothing before it that could be another definition.
    if main.first_year < year && year <= main.last_year {
        return Some(year);
    }
    let what =
        format!("năm {year} ở definition-since không thể là năm đổi định nghĩa trong thời gian của kế hoạch");
    let cure = format!(
        "ghi năm báo cáo đầu tiên theo định nghĩa hiện nay, từ {} đến {}; định nghĩa không đổi thì bỏ khóa này",
        main.first_year + 1,
        main.last_year
    );
    checker.mistake(Code::P009, at, what, &cure);
    None
}

/// Percentages by year.
fn percents(
    checker: &mut Checker<'_>,
    main: &PlanFile,
    file: Option<&TargetsFile>,
) -> BTreeMap<Year, Percent> {
    let mut targets = BTreeMap::new();
    for (year, percent) in file.into_iter().flat_map(|file| file.get_ref()) {
        let Some(parsed) =
            year.parse::<Year>().ok().filter(|year| (main.first_year..=main.last_year).contains(year))
        else {
            let what = format!("năm “{year}” của chỉ tiêu không nằm trong thời gian của kế hoạch");
            let cure = format!("dùng năm từ {} đến {}", main.first_year, main.last_year);
            checker.mistake(Code::P008, percent, what, &cure);
            continue;
        };
        if let Some(percent) = checker.percent(percent) {
            targets.insert(parsed, percent);
        }
    }
    targets
}

fn revision(checker: &mut Checker<'_>, main: &PlanFile, file: &RevisedFile) -> Option<Revision> {
    let from = checker.date(&file.from)?;
    if main.due.get_ref().in_year(main.last_year).is_some_and(|last| from > last) {
        let what =
            format!("ngày {} sau hạn gửi báo cáo của năm cuối kế hoạch", vietnamese::display::date(from));
        checker.mistake(Code::P009, &file.from, what, "ghi ngày quyết định có hiệu lực");
    }
    let act = file.act.get_ref().trim();
    if act.is_empty() {
        let what = "lần sửa mục tiêu chưa ghi văn bản làm căn cứ (act)".to_owned();
        checker.mistake(Code::P010, &file.act, what, "ghi số, ngày, cơ quan ban hành của văn bản");
    }
    let own = percents(checker, main, file.targets.as_ref());
    let national = percents(checker, main, file.national.as_ref());
    let is_said = |file: &Option<TargetsFile>| file.as_ref().is_some_and(|file| !file.get_ref().is_empty());
    if !is_said(&file.targets) && !is_said(&file.national) {
        let what = "lần sửa mục tiêu không nêu mục tiêu của năm nào".to_owned();
        let cure = "ghi targets (mục tiêu của kế hoạch) hoặc national (mục tiêu quốc gia), ví dụ targets = { 2030 = \"80\" }; không sửa gì thì bỏ cả mục";
        checker.mistake(Code::P010, &file.from, what, cure);
    }
    let known: BTreeSet<Year> = own.keys().chain(national.keys()).copied().collect();
    let approximate = file.approximate.as_ref().map(|at| approximate(checker, at, &known));
    Some(Revision { from, act: act.to_owned(), own, approximate, national })
}

/// The years whose target is worded with “about”; each has one.
fn approximate(
    checker: &mut Checker<'_>,
    file: &Spanned<ApproximateFile>,
    known: &BTreeSet<Year>,
) -> BTreeSet<Year> {
    match file.get_ref() {
        ApproximateFile::All(true) => known.clone(),
        ApproximateFile::All(false) => BTreeSet::new(),
        ApproximateFile::Years(years) => {
            for year in years.iter().filter(|year| !known.contains(year)) {
                let what = format!("approximate nêu năm {year} nhưng không có mục tiêu của năm ấy");
                checker.mistake(Code::P008, file, what, "chỉ nêu những năm có trong targets hoặc national");
            }
            years.iter().copied().filter(|year| known.contains(year)).collect()
        }
    }
}

/// What the nation's targets are counted over is said of such targets, and they have an act.
fn national_counted(checker: &mut Checker<'_>, main: &PlanFile, file: &IndicatorFile, revised: &[Revision]) {
    let has_national =
        file.national.is_some() || revised.iter().any(|revision| !revision.national.is_empty());
    if let Some(at) = file.national_counted.as_ref().filter(|_| !has_national) {
        let what = format!(
            "chỉ tiêu {} ghi national-counted mà không có mục tiêu quốc gia (national)",
            file.id.get_ref()
        );
        checker.mistake(Code::P010, at, what, "ghi national = { … }, hoặc bỏ khóa national-counted");
    }
    if let Some(at) = file.national_counted.as_ref().filter(|at| at.get_ref().trim().is_empty()) {
        let what = "national-counted để trống".to_owned();
        checker.mistake(
            Code::P010,
            at,
            what,
            "ghi mục tiêu quốc gia đếm gì, ví dụ \"tỉnh\"; đếm như kế hoạch thì bỏ khóa này",
        );
    }
    if let Some(at) = file.national.as_ref().filter(|_| main.national.is_none()) {
        let what = format!(
            "chỉ tiêu {} có mục tiêu quốc gia nhưng kế hoạch chưa nêu văn bản quy định",
            file.id.get_ref()
        );
        checker.mistake(Code::P010, at, what, "thêm mục [national] với act = \"Quyết định số …\"");
    }
}

impl Checker<'_> {
    /// The act that sets the nation's targets.
    pub(super) fn national_act(&mut self, main: &PlanFile) -> Option<String> {
        let at = &main.national.as_ref()?.act;
        let act = at.get_ref().trim();
        if act.is_empty() {
            let what = "mục [national] chưa ghi văn bản quy định mục tiêu quốc gia (act)".to_owned();
            self.mistake(Code::P010, at, what, "ghi số, ngày của văn bản; không có thì bỏ cả mục");
        }
        Some(act.to_owned())
    }
}
