//! What the main file says by itself: levels, groups, tasks, years.

use super::{Checker, Known, declared};
use crate::domain::{Dated, FieldId, Level, LevelId, LevelName, UnitCode, Year};
use crate::finding::Code;
use crate::plan::file::{GroupFile, LevelFile, PlanFile, Spanned};
use crate::plan::{CoverLetterPlan, Group, KeyTask, PlannedSheet, References, SourceFile, TaskGroup};
use chrono::{FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The version of the plan format this program reads.
const SCHEMA: &str = "xhht/plan/1";

/// What the smaller units of a level are called whose plan does not say: the lowest level of the administration.
const COMMUNES: &str = "xã";
/// No list of populations in use is older.
const OLDEST_POPULATION: Year = 1990;
/// Nor does a plan reach further.
const LATEST_POPULATION: Year = 2100;
/// No population grows faster in a year.
const FASTEST_GROWTH: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
/// Seconds.
const HOUR: i32 = 3600;
/// The clocks of Viet Nam.
const INDOCHINA: FixedOffset = FixedOffset::east_opt(7 * HOUR).unwrap();
/// Characters of what the program puts into its own headings and messages.
const FEW_WORDS: usize = 60;

impl Checker<'_> {
    /// A few words that the program puts into its own sentences.
    pub(super) fn few_words(&mut self, at: &Spanned<String>, key: &str) -> Option<String> {
        let words = at.get_ref().trim();
        if !(1..=FEW_WORDS).contains(&words.chars().count()) || words.contains(['{', '}']) {
            let what = format!("khóa {key} phải là vài chữ đặt được vào trong câu, không phải “{words}”");
            let cure = "ghi từ 1 đến 60 ký tự, viết như ở giữa câu, không có dấu { }; hoặc bỏ khóa này";
            self.mistake(Code::P004, at, what, cure);
            return None;
        }
        Some(words.to_owned())
    }

    /// What may be assumed of figures that nobody reported.
    pub(super) fn references(&mut self, main: &PlanFile) -> References {
        let file = &main.references;
        let population_year = file.population_year.as_ref().and_then(|at| self.population_year(at));
        let mut share = |at: &Option<Spanned<String>>, most: Decimal| {
            at.as_ref().and_then(|at| self.share(at, most)).unwrap_or_default()
        };
        References {
            population_year,
            growth: share(&file.growth, FASTEST_GROWTH),
            band: share(&file.band, Decimal::ONE),
            past_band: share(&file.past_band, Decimal::ONE),
        }
    }

    /// The year a population is of.
    pub(super) fn population_year(&mut self, at: &Spanned<i32>) -> Option<Year> {
        let year = *at.get_ref();
        if (OLDEST_POPULATION..=LATEST_POPULATION).contains(&year) {
            return Some(year);
        }
        let what = format!("năm {year} không thể là năm của số dân");
        let cure = format!("ghi năm từ {OLDEST_POPULATION} đến {LATEST_POPULATION}");
        self.mistake(Code::P008, at, what, &cure);
        None
    }

    /// A share of one from nothing to a most.
    fn share(&mut self, at: &Spanned<String>, most: Decimal) -> Option<Decimal> {
        let parsed = at.get_ref().replace(',', ".").parse::<Decimal>().ok();
        let known = parsed.filter(|share| (Decimal::ZERO..=most).contains(share));
        if known.is_none() {
            let what = format!("“{}” không phải là một phần từ 0 đến {most}", at.get_ref());
            let cure = "ghi số thập phân trong ngoặc kép: \"0.01\" là 1%, \"0.2\" là 20%";
            self.mistake(Code::P008, at, what, cure);
        }
        known.map(|share| share.normalize())
    }

    pub(super) fn levels(&mut self, main: &PlanFile) -> Vec<Level> {
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
        let mut called = Dated::new(names.next().unwrap_or_else(unnamed));
        names.for_each(|name| called.add(name.from, name));
        let communes = file.communes.as_ref().and_then(|at| self.few_words(at, "communes"));
        Level { id, names: called, communes: communes.unwrap_or_else(|| COMMUNES.to_owned()) }
    }

    /// Whether every placeholder of a text is one that [`LevelName::word`] replaces.
    pub(super) fn placeholders(&mut self, at: &Spanned<String>) {
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

    pub(super) fn groups(&mut self, main: &PlanFile) -> Vec<Group> {
        let mut seen = BTreeSet::new();
        for group in &main.groups {
            self.unique(&mut seen, &group.id, "nhóm chỉ tiêu");
        }
        let group = |g: &GroupFile| Group { id: g.id.get_ref().clone(), title: g.title.clone() };
        main.groups.iter().map(group).collect()
    }

    pub(super) fn tasks(&mut self, main: &PlanFile, known: &Known<'_>) -> (Vec<TaskGroup>, Vec<KeyTask>) {
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

    /// The letter that hands the report up: its frame and its text, or neither.
    pub(super) fn cover_letter(
        &mut self,
        main: &PlanFile,
        text: Option<&SourceFile>,
    ) -> Option<CoverLetterPlan> {
        match (&main.cover_letter, &main.files.cover_letter) {
            (None, Some(name)) => {
                let what =
                    "kế hoạch có lời văn của tờ trình (cover-letter) nhưng không có mục [cover-letter]"
                        .to_owned();
                let cure = "thêm mục [cover-letter] với issuer, symbol, subject, authority, recipients, hoặc bỏ khóa cover-letter ở mục [files]";
                self.mistake(Code::P010, name, what, cure);
            }
            (Some(letter), None) => {
                let what =
                    "mục [cover-letter] ghi phần khung của tờ trình nhưng không nêu tệp lời văn".to_owned();
                let cure = "thêm khóa cover-letter (tên tệp lời văn của tờ trình) vào mục [files], hoặc bỏ mục [cover-letter]";
                self.mistake(Code::P010, &letter.issuer, what, cure);
            }
            _ => {}
        }
        let letter = main.cover_letter.as_ref()?;
        Some(CoverLetterPlan {
            issuer: letter.issuer.get_ref().clone(),
            symbol: letter.symbol.clone(),
            subject: letter.subject.clone(),
            authority: letter.authority.clone(),
            signer: letter.signer.clone(),
            recipients: letter.recipients.clone(),
            text: text?.clone(),
        })
    }

    pub(super) fn years(&mut self, main: &PlanFile) {
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
        if let (Some(unit_sheet), None) = (&main.files.unit_sheet, &main.files.brief) {
            let what = "phiếu từng đơn vị (unit-sheet) in sau bản tóm tắt, nhưng kế hoạch không có bản tóm tắt (brief)".to_owned();
            self.mistake(
                Code::P010,
                unit_sheet,
                what,
                "thêm khóa brief (tên tệp lời văn của bản tóm tắt) vào mục [files], hoặc bỏ khóa unit-sheet",
            );
        }
        let due = main.due.get_ref();
        // 29 February does not exist every year; a deadline must.
        if NaiveDate::from_ymd_opt(2023, due.month, due.day).is_none() {
            let what = format!("hạn nộp ngày {} tháng {} không phải là ngày có thật", due.day, due.month);
            self.mistake(Code::P009, &main.due, what, "ghi month = 12 và day = 10, chẳng hạn");
        }
        let years = main.first_year..=main.last_year;
        let fits = |some: &[Year]| {
            some.windows(2).all(|pair| pair[0] < pair[1]) && some.iter().all(|year| years.contains(year))
        };
        if years.is_empty() || !fits(&main.milestones) {
            self.mistakes.push(self.file.mistake(
                Code::P009,
                self.file.text.find("milestones").map(|at| at..at),
                "các mốc (milestones) phải tăng dần và nằm trong khoảng first-year … last-year".into(),
                "ghi chẳng hạn first-year = 2021, last-year = 2030, milestones = [2025, 2030]".into(),
            ));
        }
        if main.reviews.as_ref().is_some_and(|reviews| !fits(reviews)) {
            self.mistakes.push(self.file.mistake(
                Code::P009,
                self.file.text.find("\nreviews").map(|at| at + 1..at + 1),
                "các năm sơ kết, tổng kết (reviews) phải tăng dần và nằm trong khoảng first-year … last-year".into(),
                "ghi chẳng hạn reviews = [2025, 2030], hoặc bỏ khóa reviews để dùng các năm của milestones".into(),
            ));
        }
    }

    /// The field of the report's date, which the form must declare.
    pub(super) fn report_date(&mut self, main: &PlanFile, sheets: &[PlannedSheet]) -> Option<FieldId> {
        let at = &main.report_date;
        let field = self.field_id(at)?;
        if !declared::declares(sheets, &field) {
            self.unknown(at, "ô nhập", "khai báo ô này trong tệp biểu mẫu hoặc sửa mã ô");
        }
        Some(field)
    }

    /// How far the clocks are ahead of universal time: what a plan does not say is Indochina's.
    pub(super) fn utc_offset(&mut self, main: &PlanFile) -> FixedOffset {
        let Some(at) = &main.utc_offset else { return INDOCHINA };
        // The farthest clocks of the world are 12 hours behind and 14 ahead.
        let likely = |offset: &FixedOffset| (-12 * HOUR..=14 * HOUR).contains(&offset.local_minus_utc());
        let read = at.get_ref().parse::<FixedOffset>().ok().filter(likely);
        if read.is_none() {
            let what = format!("“{}” không phải là số giờ trước hay sau giờ quốc tế", at.get_ref());
            self.mistake(Code::P008, at, what, "ghi dấu cộng hoặc trừ, giờ và phút, ví dụ \"+07:00\"");
        }
        read.unwrap_or(INDOCHINA)
    }
}
