//! From the files' mirror to a [`Plan`]: every id resolved, every figure checked, every mistake collected.

mod declared;
mod derived;
mod files;
mod form;
mod frame;
mod from_result;
mod in_time;
mod indicators;
mod later;
mod limits;
mod renamed;
mod rules;
mod superior;
mod targets;
mod units;
mod used;

use super::bodies::Bodies;
use super::file::{PlanFile, Spanned};
use super::{Plan, PlanSources, SourceFile};
use crate::domain::{FieldId, Level, LevelId, Percent, Reporter, Unit, Validity, Year};
use crate::error::PlanMistake;
use crate::finding::Code;
use chrono::NaiveDate;
use files::{Files, Sourced};
use std::collections::BTreeSet;

/// Collects mistakes of one file.
struct Checker<'a> {
    file: &'a SourceFile,
    mistakes: &'a mut Vec<PlanMistake>,
}

pub(super) fn plan(sources: &PlanSources, mistakes: &mut Vec<PlanMistake>) -> Option<Plan> {
    let mut entry_lost = false;
    let plan = validated(sources, &mut entry_lost, mistakes);
    if entry_lost {
        // What refers to an entry that could not be read is not wrong for that, nor what only that entry used.
        mistakes.retain(|mistake| mistake.code != UNKNOWN_REFERENCE && mistake.code != used::UNUSED);
    }
    plan
}

/// The code of a reference to what is not there.
const UNKNOWN_REFERENCE: Code = Code::P006;

fn validated(sources: &PlanSources, entry_lost: &mut bool, mistakes: &mut Vec<PlanMistake>) -> Option<Plan> {
    let files = Files::read(sources, entry_lost, mistakes);
    let mut main_file = files.main?;
    let mut superior_file = main_file.superior_form.take();
    let head = superior_file.as_mut().map(later::Head::taken_from).unwrap_or_default();
    let mut main = Checker { file: &sources.main, mistakes };
    let (levels, groups) = (main.levels(&main_file), main.groups(&main_file));
    let units_file = files.units?;
    let first_day = main_file.first_day();
    let (units, changes) =
        units::units(units_file.source, units_file.content, &levels, first_day, main.mistakes);
    let bodies = Bodies { units: &units, changes: &changes };
    let known = Known { levels: &levels, units: &units };

    let Sourced { source: form_source, content: form_file } = files.form?;
    let sheets = form::sheets(form_source, &form_file, &known, main.mistakes);
    let renamed = renamed::renamed(form_source, &form_file, &sheets, &units, main.mistakes);
    let indicators = indicators::indicators(&mut main, &main_file, &groups, &known, &sheets);
    let declared = declared_ids(&main_file);
    declared::check_indicator_rows(form_source, &form_file, &declared, main.mistakes);
    let (task_groups, key_tasks) = main.tasks(&main_file, &known);
    let superior_form =
        superior_file.map(|file| superior::form(&mut main, file, &indicators, &sheets, &declared));

    let forms = rules::Forms {
        sheets: &sheets,
        bodies,
        task_groups: &task_groups,
        key_tasks: &key_tasks,
        indicators: &indicators,
        due: due_days(&main_file),
    };
    let rules = files.rules;
    let rules =
        rules.map_or_else(Vec::new, |file| rules::rules(file.source, &file.content, &forms, main.mistakes));
    used::unused_rows(form_source, &form_file, &main_file, &rules, main.mistakes);

    main.years(&main_file);
    let (report_date, utc_offset) = (main.report_date(&main_file, &sheets), main.utc_offset(&main_file));
    let cover_letter = main.cover_letter(&main_file, files.cover_letter);
    let (references, national_act) = (main.references(&main_file), main.national_act(&main_file));
    let (font, names_lowest) = (main_file.letter.font, main_file.report.name_lowest);
    let predecessors = main.predecessors(&main_file);
    let (id, version) = (main_file.id.get_ref().clone(), main_file.version.get_ref().clone());
    let span = Span::taken_from(&mut main_file);
    let frames = main.frames(main_file, head);
    Some(Plan {
        id,
        version,
        sha256: sources.sha256(),
        frames,
        predecessors,
        first_year: span.first_year,
        last_year: span.last_year,
        milestones: span.milestones,
        reviews: span.reviews,
        due: span.due,
        report_date: report_date?,
        utc_offset,
        references,
        national_act,
        names_lowest,
        font,
        levels,
        units,
        changes,
        groups,
        indicators,
        task_groups,
        key_tasks,
        sheets,
        superior_form,
        renamed,
        rules,
        report_text: files.report?.clone(),
        brief_text: files.brief.cloned(),
        cover_letter,
        unit_sheet_text: files.unit_sheet.cloned(),
    })
}

/// The ids of the indicators as they are written, whether or not the rest of them can be read.
fn declared_ids(main: &PlanFile) -> BTreeSet<&str> {
    main.indicators.iter().map(|indicator| indicator.id.get_ref().as_str()).collect()
}

/// Of which years reports are due, and when.
struct Span {
    first_year: Year,
    last_year: Year,
    milestones: Vec<Year>,
    reviews: Vec<Year>,
    due: (u32, u32),
}

impl Span {
    fn taken_from(file: &mut PlanFile) -> Self {
        let milestones = std::mem::take(&mut file.milestones);
        Span {
            first_year: file.first_year,
            last_year: file.last_year,
            reviews: file.reviews.take().unwrap_or_else(|| with_last(&milestones, file.last_year)),
            milestones,
            due: (file.due.get_ref().month, file.due.get_ref().day),
        }
    }
}

/// The years that are reviews where the plan names none: the milestones, and the end of the plan.
fn with_last(milestones: &[Year], last: Year) -> Vec<Year> {
    let mut reviews = milestones.to_vec();
    if !reviews.contains(&last) {
        reviews.push(last);
    }
    reviews
}

/// The days on which the reports of the plan's years are due; for a day that no month has, which is told elsewhere, the last
/// of that year.
fn due_days(main: &PlanFile) -> Vec<NaiveDate> {
    let due = main.due.get_ref();
    let day_of = |year| due.in_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 12, 31));
    (main.first_year..=main.last_year).filter_map(day_of).collect()
}

/// What other parts of the plan may refer to.
struct Known<'a> {
    levels: &'a [Level],
    units: &'a [Unit],
}

impl Known<'_> {
    fn reporter(&self, id: &str) -> Option<Reporter> {
        if self.levels.iter().any(|level| level.id.0 == id) {
            return Some(Reporter::Level(LevelId(id.to_owned())));
        }
        let unit = self.units.iter().find(|unit| unit.code.as_str() == id)?;
        Some(Reporter::Unit(unit.code.clone()))
    }

    /// A level as an example: that of the local units, by its id.
    fn a_level(&self) -> &str {
        self.levels.first().map_or("mã-cấp", |level| &level.id.0)
    }

    /// A unit that reports by itself as an example, by its code: the first that is no local unit.
    fn a_department(&self) -> &str {
        let local = self.levels.first().map(|level| &level.id);
        let department = self.units.iter().find(|unit| Some(&unit.level) != local);
        department.map_or("mã-cơ-quan", |unit| unit.code.as_str())
    }

    /// How those who report are named in the plan.
    fn how_to_name_reporters(&self) -> String {
        format!("dùng mã cấp (ví dụ {}) hoặc mã đơn vị (ví dụ {})", self.a_level(), self.a_department())
    }
}

impl Checker<'_> {
    fn mistake<T>(&mut self, code: Code, at: &Spanned<T>, what: String, cure: &str) {
        self.mistakes.push(self.file.mistake(code, Some(at.span()), what, cure.to_owned()));
    }

    fn unknown(&mut self, at: &Spanned<String>, what: &str, cure: &str) {
        self.mistake(Code::P006, at, format!("không có {what} nào mang mã “{}”", at.get_ref()), cure);
    }

    fn unique(&mut self, seen: &mut BTreeSet<String>, at: &Spanned<String>, what: &str) {
        if !seen.insert(at.get_ref().clone()) {
            let cure = "đổi một trong các mã trùng nhau";
            self.mistake(Code::P005, at, format!("{what} “{}” được khai báo hai lần", at.get_ref()), cure);
        }
    }

    fn date(&mut self, at: &Spanned<String>) -> Option<NaiveDate> {
        let parsed = NaiveDate::parse_from_str(at.get_ref(), "%Y-%m-%d").ok();
        if parsed.is_none() {
            let what = format!("“{}” không phải là ngày có thật", at.get_ref());
            self.mistake(
                Code::P009,
                at,
                what,
                "ghi theo dạng \"năm-tháng-ngày\", ví dụ ngày 31 tháng 01 năm 2030 là \"2030-01-31\"",
            );
        }
        parsed
    }

    fn percent(&mut self, at: &Spanned<String>) -> Option<Percent> {
        let text = at.get_ref().replace(',', ".");
        let parsed =
            text.parse::<Percent>().ok().filter(|p| *p >= Percent::ZERO && *p <= Percent::ONE_HUNDRED);
        if parsed.is_none() {
            let what = format!("“{}” không phải là tỷ lệ từ 0 đến 100", at.get_ref());
            self.mistake(Code::P008, at, what, "ghi số trong ngoặc kép, ví dụ \"85\" hoặc \"12.5\"");
        }
        parsed.map(|p| p.normalize())
    }

    fn field_id(&mut self, at: &Spanned<String>) -> Option<FieldId> {
        FieldId::parse(at.get_ref())
            .map_err(|what| self.mistake(Code::P007, at, what, "ghi mã dòng và mã cột, nối bằng dấu chấm"))
            .ok()
    }

    fn ascii_id(&mut self, at: &Spanned<String>, what: &str) {
        let id = at.get_ref();
        let good = !id.is_empty()
            && id.len() <= 60
            && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if !good {
            let cure = "chỉ dùng chữ cái không dấu, chữ số, dấu - _ và dấu chấm, tối đa 60 ký tự";
            self.mistake(Code::P007, at, format!("{what} “{id}” không hợp lệ"), cure);
        }
    }

    fn validity(
        &mut self,
        from: Option<&Spanned<String>>,
        to: Option<&Spanned<String>>,
        first: NaiveDate,
    ) -> Validity {
        let start = from.and_then(|at| self.date(at)).unwrap_or(first);
        let end = to.and_then(|at| self.date(at));
        if let (Some(at), Some(end)) = (to, end)
            && end < start
        {
            let what = "ngày kết thúc (valid-to) trước ngày bắt đầu (valid-from)".to_owned();
            self.mistake(Code::P009, at, what, "sửa một trong hai ngày");
        }
        Validity { from: start, to: end }
    }
}
