//! From the files' mirror to a [`Plan`]: every id resolved, every figure checked, every mistake collected.

mod form;
mod indicators;
mod limits;
mod rules;
mod superior;
mod units;
mod used;

use super::file::{FormFile, LevelFile, PlanFile, RulesFile, Spanned, UnitsFile};
use super::source::Read;
use super::{Group, KeyTask, LetterPlan, Plan, PlanSources, SourceFile, TaskGroup, source};
use crate::domain::{FieldId, Level, LevelId, LevelName, Percent, Reporter, Unit, UnitCode, Validity, Year};
use crate::error::PlanMistake;
use crate::finding::Code;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The version of the plan format this program reads.
const SCHEMA: &str = "xhht/plan/1";

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
    let main_file: Option<PlanFile> = content(source::read(&sources.main, mistakes), entry_lost);
    let names = PlanSources::named_in(&sources.main);
    let mut find = |file: Option<&str>| -> Option<&SourceFile> {
        let name = file?;
        let found = sources.others.iter().find(|other| other.name == name);
        if found.is_none() {
            mistakes.push(sources.main.mistake(
                Code::P013,
                sources.main.text.find(name).map(|at| at..at),
                format!("không đọc được tệp “{name}” nêu ở mục [files]"),
                format!("đặt tệp “{name}” (mã hóa UTF-8) cùng thư mục với “{}”", sources.main.name),
            ));
        }
        found
    };
    // The main file may be unreadable as a whole and still name the others, whose mistakes are wanted in the same pass.
    let named = |key: &str| names.iter().find(|(known, _)| known == key).map(|(_, name)| name.as_str());
    let form_source = find(named("form"));
    let report_source = find(named("report"));
    let units_source = find(named("units"));
    let rules_source = find(named("rules"));
    // Plans older than these texts do not name them and get those of the embedded plan.
    let mut or_embedded = |key: &str, own: &str| match named(key) {
        Some(name) => find(Some(name)).cloned(),
        None => super::embedded(own),
    };
    let brief_source = or_embedded("brief", "tom-tat.txt");
    let sheet_source = or_embedded("unit-sheet", "phieu-don-vi.txt");

    let units_file: Option<UnitsFile> =
        units_source.and_then(|file| content(source::read(file, mistakes), entry_lost));
    let form_file: Option<FormFile> =
        form_source.and_then(|file| content(source::read(file, mistakes), entry_lost));
    let rules_file: Option<RulesFile> =
        rules_source.and_then(|file| content(source::read(file, mistakes), entry_lost));
    for text in report_source.into_iter().chain(&brief_source).chain(&sheet_source) {
        check_report_text(text, mistakes);
    }

    let mut main_file = main_file?;
    let superior_file = main_file.superior_form.take();
    let mut main = Checker { file: &sources.main, mistakes };
    let levels = main.levels(&main_file);
    let groups = main.groups(&main_file);
    let (units, changes) = units::units(units_source?, units_file?, &levels, main.mistakes);
    let known = Known { levels: &levels, units: &units };
    let (form_source, form_file) = (form_source?, form_file?);
    let sheets = form::sheets(form_source, &form_file, &known, main.mistakes);
    let renamed = form::renamed(form_source, &form_file, &sheets, main.mistakes);
    let indicators = indicators::indicators(&mut main, &main_file, &groups, &known, &sheets);
    let declared: BTreeSet<&str> =
        main_file.indicators.iter().map(|indicator| indicator.id.get_ref().as_str()).collect();
    form::check_indicator_rows(form_source, &form_file, &declared, main.mistakes);
    let (task_groups, key_tasks) = main.tasks(&main_file, &known);
    let superior_form =
        superior_file.map(|file| superior::form(&mut main, file, &indicators, &sheets, &declared));
    let forms =
        rules::Forms { sheets: &sheets, units: &units, task_groups: &task_groups, key_tasks: &key_tasks };
    let rules = match (rules_source, &rules_file) {
        (Some(source), Some(file)) => rules::rules(source, file, &forms, main.mistakes),
        _ => Vec::new(),
    };
    used::unused_rows(form_source, &form_file, &main_file, &rules, main.mistakes);
    main.frame(&main_file);
    let report_date = main.field_id(&main_file.report_date);
    if let Some(field) = &report_date
        && !form::declares(&sheets, field.as_str())
    {
        main.unknown(&main_file.report_date, "ô nhập", "khai báo ô này trong tệp biểu mẫu hoặc sửa mã ô");
    }

    Some(Plan {
        id: main_file.id.into_inner(),
        version: main_file.version.into_inner(),
        sha256: sources.sha256(),
        title: main_file.title,
        province: main_file.province,
        first_year: main_file.first_year,
        last_year: main_file.last_year,
        milestones: main_file.milestones,
        due: (main_file.due.get_ref().month, main_file.due.get_ref().day),
        report_date: report_date?,
        letter: LetterPlan {
            superior: main_file.letter.superior,
            issuer: main_file.letter.issuer,
            symbol: main_file.letter.symbol,
            place: main_file.letter.place,
            subject: main_file.letter.subject,
            review_subjects: main.review_subjects(&main_file.letter.review_subjects),
            addressee: main_file.letter.addressee,
            secretariat: main_file.letter.secretariat,
            authority: main_file.letter.authority,
            signer: main_file.letter.signer,
            recipients: main_file.letter.recipients,
            font: main_file.letter.font,
        },
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
        report_text: report_source?.clone(),
        brief_text: brief_source?,
        unit_sheet_text: sheet_source?,
    })
}

fn content<T>(read: Option<Read<T>>, entry_lost: &mut bool) -> Option<T> {
    let read = read?;
    *entry_lost |= read.entry_lost;
    Some(read.value)
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
            self.mistake(Code::P009, at, what, "ghi theo dạng \"năm-tháng-ngày\", ví dụ \"2025-06-30\"");
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
            .map_err(|what| self.mistake(Code::P007, at, what, "sửa mã ô, ví dụ nltt.dat"))
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

    fn levels(&mut self, main: &PlanFile) -> Vec<Level> {
        let mut seen = BTreeSet::new();
        for level in &main.levels {
            self.ascii_id(&level.id, "mã cấp");
            self.unique(&mut seen, &level.id, "cấp");
        }
        main.levels.iter().map(|level| self.level(level)).collect()
    }

    /// A level and its names: one for all time, or dated ones in order of days.
    fn level(&mut self, file: &LevelFile) -> Level {
        let id = LevelId(file.id.get_ref().clone());
        let mut names = Vec::new();
        match (&file.name, &file.title) {
            (Some(name), Some(title)) if file.names.is_empty() => {
                let one = file.one.clone().unwrap_or_else(|| name.clone());
                let (name, title) = (name.clone(), title.clone());
                names.push(LevelName { from: NaiveDate::MIN, one, name, title, note: None });
            }
            (None, None) if file.one.is_none() && !file.names.is_empty() => {
                for name in &file.names {
                    let Some(from) = self.date(&name.from) else { continue };
                    if names.last().is_some_and(|before: &LevelName| before.from >= from) {
                        let what = "các tên của cấp phải theo thứ tự thời gian".to_owned();
                        self.mistake(Code::P009, &name.from, what, "xếp lại theo ngày tăng dần");
                    }
                    names.push(LevelName {
                        from,
                        one: name.one.clone(),
                        name: name.name.clone(),
                        title: name.title.clone(),
                        note: name.note.clone(),
                    });
                }
            }
            _ => {
                let what = format!("cấp “{}” chưa có tên, hoặc có cả tên cố định lẫn tên theo ngày", id.0);
                let cure = "ghi name và title nếu tên không đổi; nếu đổi, chỉ ghi names = [{ from = \"…\", one = \"…\", name = \"…\", title = \"…\" }]";
                self.mistake(Code::P010, &file.id, what, cure);
            }
        }
        let mut names = names.into_iter();
        // A level named wrongly is still there for those who refer to it.
        let unnamed = || LevelName {
            from: NaiveDate::MIN,
            one: id.0.clone(),
            name: id.0.clone(),
            title: id.0.clone(),
            note: None,
        };
        let first = names.next().unwrap_or_else(unnamed);
        Level { id, first, later: names.collect() }
    }

    /// Whether every placeholder of a text is one that [`LevelName::word`] replaces.
    fn placeholders(&mut self, at: &Spanned<String>) {
        let known = LevelName {
            from: NaiveDate::MIN,
            one: String::new(),
            name: String::new(),
            title: String::new(),
            note: None,
        };
        if known.word(at.get_ref()).contains(['{', '}']) {
            let what = format!("không hiểu chỗ trong ngoặc nhọn của “{}”", at.get_ref());
            self.mistake(
                Code::P004,
                at,
                what,
                "dùng {cap} (mọi đơn vị của cấp) hoặc {mot} (một đơn vị), hoặc bỏ dấu { }",
            );
        }
    }

    fn groups(&mut self, main: &PlanFile) -> Vec<Group> {
        let mut seen = BTreeSet::new();
        for group in &main.groups {
            self.unique(&mut seen, &group.id, "nhóm chỉ tiêu");
        }
        let group = |g: &super::file::GroupFile| Group { id: g.id.get_ref().clone(), title: g.title.clone() };
        main.groups.iter().map(group).collect()
    }

    fn tasks(&mut self, main: &PlanFile, known: &Known<'_>) -> (Vec<TaskGroup>, Vec<KeyTask>) {
        let mut seen = BTreeSet::new();
        let mut numbered = |checker: &mut Self, number: &Spanned<u32>, what: &str| {
            if !seen.insert((what.to_owned(), *number.get_ref())) {
                let text = format!("{what} số {} được khai báo hai lần", number.get_ref());
                checker.mistake(Code::P005, number, text, "đánh số lại");
            }
        };
        let mut groups = Vec::new();
        for group in &main.task_groups {
            numbered(self, &group.number, "nhóm nhiệm vụ");
            groups.push(TaskGroup { number: *group.number.get_ref(), title: group.title.clone() });
        }
        let mut tasks = Vec::new();
        for task in &main.key_tasks {
            numbered(self, &task.number, "nhiệm vụ trọng tâm");
            let lead = UnitCode(task.lead.get_ref().as_str().into());
            if !known.units.iter().any(|unit| unit.code == lead) {
                self.unknown(&task.lead, "đơn vị", "khai báo cơ quan chủ trì trong tệp danh sách đơn vị");
            }
            let Some(deadline) = self.date(&task.deadline) else { continue };
            tasks.push(KeyTask {
                number: *task.number.get_ref(),
                title: task.title.clone(),
                lead,
                with: task.with.clone(),
                deadline,
                deadline_text: task.deadline_text.clone(),
            });
        }
        (groups, tasks)
    }

    fn frame(&mut self, main: &PlanFile) {
        if main.schema.get_ref() != SCHEMA {
            let what = format!(
                "mẫu kế hoạch “{}” không phải mẫu chương trình này đọc ({SCHEMA})",
                main.schema.get_ref()
            );
            self.mistake(
                Code::P004,
                &main.schema,
                what,
                "dùng bản chương trình tương ứng hoặc chuyển kế hoạch sang mẫu mới",
            );
        }
        self.ascii_id(&main.id, "mã kế hoạch");
        self.ascii_id(&main.version, "số phiên bản");
        let due = main.due.get_ref();
        // 29 February does not exist every year; a deadline must.
        if NaiveDate::from_ymd_opt(2023, due.month, due.day).is_none() {
            let what = format!("hạn nộp ngày {} tháng {} không phải là ngày có thật", due.day, due.month);
            self.mistake(Code::P009, &main.due, what, "ghi month = 12 và day = 10, chẳng hạn");
        }
        let years = main.first_year..=main.last_year;
        let in_order = main.milestones.windows(2).all(|pair| pair[0] < pair[1]);
        if years.is_empty() || !in_order || !main.milestones.iter().all(|year| years.contains(year)) {
            self.mistakes.push(self.file.mistake(
                Code::P009,
                self.file.text.find("milestones").map(|at| at..at),
                "các mốc (milestones) phải tăng dần và nằm trong khoảng first-year … last-year".into(),
                "ghi chẳng hạn first-year = 2021, last-year = 2030, milestones = [2025, 2030]".into(),
            ));
        }
    }
}

impl Checker<'_> {
    /// Subjects of years of review; the keys are years.
    fn review_subjects(&mut self, file: &BTreeMap<String, Spanned<String>>) -> BTreeMap<Year, String> {
        let mut subjects = BTreeMap::new();
        for (year, subject) in file {
            match year.parse() {
                Ok(known) => drop(subjects.insert(known, subject.get_ref().clone())),
                Err(_) => self.mistake(
                    Code::P004,
                    subject,
                    format!("“{year}” không phải là năm"),
                    "ghi năm bằng bốn chữ số, ví dụ 2025 = \"Sơ kết …\"",
                ),
            }
        }
        subjects
    }
}

fn check_report_text(source: &SourceFile, mistakes: &mut Vec<PlanMistake>) {
    let mut environment = minijinja::Environment::new();
    environment.set_syntax(super::text_syntax());
    if let Err(error) = environment.add_template(&source.name, &source.text) {
        let start = error.range().map(|range| range.start..range.start);
        mistakes.push(source.mistake(
            Code::P014,
            start,
            format!("sai cú pháp trong mẫu lời văn: {}", super::words::template(&error)),
            "kiểm tra các dấu {{ }} và {% %}; mỗi {% if %} hoặc {% for %} cần có {% endif %} hoặc {% endfor %}".into(),
        ));
    }
}
