//! The screen of a year, and the steps of its season.

use super::answers::Answers;
use super::open::open;
use super::say_error;
use super::working_year::{self, Done, RECORDS, WorkingYear};
use crate::check::decision::desk::desk_workbook;
use crate::cli::args::{
    CloseOptions, ConsolidateOptions, DecisionOptions, EarlierYears, Format, PlanCheckOptions, ReadLimits,
    TemplateOptions, TrackOptions, WhyAgain,
};
use crate::cli::init::{INBOX, PLAN};
use crate::cli::terminal::HEADING;
use crate::cli::{
    CommandResult, Ending, consolidate, interrupt, last_run, plan, record, swap, template, track,
};
use crate::domain::Year;
use crate::job;
use anstyle::{AnsiColor, Style};
use chrono::{DateTime, Local, NaiveDate};
use std::path::{Path, PathBuf};
use vietnamese::display::date;

/// The steps, by what is typed for them.
const STEPS: [(&str, &str); 8] = [
    ("1", "Kiểm tra kế hoạch"),
    ("2", "Ghi biểu mẫu cho các đơn vị"),
    ("3", "Theo dõi: ai đã gửi, chỗ phải sửa, nơi ghi quyết định"),
    ("4", "Tổng hợp"),
    ("5", "Chốt năm, khi báo cáo đã ký và gửi"),
    ("6", "Mở thư mục làm việc"),
    ("7", "Đổi năm báo cáo"),
    ("0", "Thoát"),
];
/// The step that comes next.
const NEXT: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));

/// The menu of a working folder, in which the program stands.
pub(super) struct Menu<'a> {
    answers: &'a Answers<'a>,
    limits: &'a ReadLimits,
    plan: PathBuf,
    /// The year that was chosen.
    year: Option<Year>,
    today: NaiveDate,
    done: Done,
}

/// What becomes of the menu; `None` when the answers have ended.
type Goes = Option<()>;

impl<'a> Menu<'a> {
    pub fn new(
        answers: &'a Answers<'a>,
        limits: &'a ReadLimits,
        plan: Option<PathBuf>,
        today: NaiveDate,
    ) -> Self {
        let plan = plan.unwrap_or_else(|| Path::new(PLAN).join("plan.toml"));
        Menu { answers, limits, plan, year: None, today, done: Done::default() }
    }

    /// Shows the screen and does what is chosen, until somebody leaves or the answers end.
    pub fn lead(mut self) {
        self.finish_interrupted();
        while self.once().is_some() {
            self.answers.wait("Nhấn Enter để về danh sách việc.");
        }
    }

    /// What the last run was cut off from, its results half in their places, is finished before they are looked at.
    fn finish_interrupted(&self) {
        let results = WorkingYear::of(&self.plan, self.year, self.today).results;
        let finished = {
            let _unbroken = interrupt::unbroken();
            swap::finish_interrupted(&results)
        };
        if let Err(error) = finished {
            say_error(self.answers.terminal, &error);
            self.answers.wait("Nhấn Enter để xem danh sách việc.");
        }
    }

    fn once(&mut self) -> Goes {
        let working = WorkingYear::of(&self.plan, self.year, self.today);
        let next = working.next(self.today, &self.done);
        self.screen(&working, next);
        let chosen = self.answers.text_or("Chọn việc: gõ số rồi nhấn Enter", next)?;
        interrupt::begin();
        match chosen.as_str() {
            "1" => self.check_plan(),
            "2" => self.write_templates(&working),
            "3" => self.look_through(&working),
            "4" => self.consolidate(&working),
            "5" => self.close(&working),
            "6" => self.made("Thư mục làm việc", Path::new(".")),
            "7" => self.choose_year(&working),
            "0" => None,
            _ => {
                self.say("Xin gõ một số có trong danh sách, từ 0 đến 7.");
                Some(())
            }
        }
    }

    fn say(&self, line: impl AsRef<str>) {
        self.answers.terminal.print(line);
    }

    fn screen(&self, working: &WorkingYear, next: &str) {
        let WorkingYear { year, .. } = working;
        self.answers.terminal.clear();
        let title = working.plan.as_ref().map(|plan| {
            let frame = plan.frame(*year);
            format!("{} – {}", frame.names.scheme_in_capitals(), frame.province.to_uppercase())
        });
        self.say("");
        self.say(format!(
            "{HEADING}{}{HEADING:#}",
            title.as_deref().unwrap_or("KẾ HOẠCH CÒN LỖI, XEM VIỆC 1")
        ));
        self.say("");
        self.say(format!("  Năm báo cáo  {HEADING}{year}{HEADING:#}{}", self.until_due(working)));
        self.say(format!("  Thư mục      {}", whole(Path::new("."))));
        self.say(format!("  Biểu mẫu     {}", in_words_templates(working)));
        self.say(format!("  Hộp thư      {}", in_words_inbox(working)));
        self.say(format!("  Kết quả      {}", in_words_results(working)));
        self.say(format!("  Hồ sơ        {}", in_words_record(working)));
        self.say("");
        for (number, what) in STEPS {
            self.say(match number == next {
                true => format!("{NEXT}> {number}  {what}{NEXT:#}"),
                false => format!("  {number}  {what}"),
            });
        }
        self.say("");
    }

    /// When reports are due, and how many days are left.
    fn until_due(&self, working: &WorkingYear) -> String {
        let Some(due) = working.due() else { return String::new() };
        let left = (due - self.today).num_days();
        let told = match left {
            1.. => format!("còn {left} ngày"),
            0 => "hết hạn hôm nay".to_owned(),
            _ => format!("đã qua {} ngày", -left),
        };
        format!(", nộp trước ngày {} ({told})", date(due))
    }

    /// Tells what was done and where it is, and opens it.
    fn made(&self, what: &str, path: &Path) -> Goes {
        self.say(format!("{HEADING}{what}: {}{HEADING:#}", whole(path)));
        open(self.answers.terminal, path);
        Some(())
    }

    /// Whether a step could be done; what went wrong is told.
    fn was_done(&self, result: CommandResult) -> Option<Ending> {
        result.map_err(|error| say_error(self.answers.terminal, &error)).ok()
    }

    fn check_plan(&mut self) -> Goes {
        let options = PlanCheckOptions { file: self.plan.clone() };
        self.done.checked = self.was_done(plan::run(self.answers.terminal, &options)).is_some();
        match self.done.checked {
            true => self.say(format!("{HEADING}Kế hoạch dùng được.{HEADING:#}")),
            false => self.say(format!("Sửa các tệp trong {} rồi kiểm tra lại.", whole(Path::new(PLAN)))),
        }
        Some(())
    }

    fn write_templates(&self, working: &WorkingYear) -> Goes {
        let options = TemplateOptions {
            year: working.year,
            out: working_year::templates_of(working.year),
            unit: Vec::new(),
            previous: working_year::last_year(working.year),
        };
        let written = template::run(self.answers.terminal, Some(&self.plan), self.limits, &options);
        match self.was_done(written) {
            Some(_) => self.made("Gửi mỗi đơn vị tệp mang tên mình, ở", &options.out),
            None => Some(()),
        }
    }

    fn look_through(&mut self, working: &WorkingYear) -> Goes {
        let year = working.year;
        let history = working_year::history(year);
        let options = TrackOptions {
            paths: vec![INBOX.into()],
            year,
            as_of: Some(self.usual_day(working)),
            decisions: DecisionOptions::default(),
            earlier: EarlierYears {
                previous: if history.is_some() { None } else { working_year::last_year(year) },
                history,
            },
            out: None,
        };
        let done = track::run(self.answers.terminal, Some(&self.plan), self.limits, &options);
        self.done.looked_through = self.was_done(done).is_some();
        match self.done.looked_through {
            true => self.made("Sổ theo dõi, có chỗ gõ quyết định", Path::new(&desk_workbook(year))),
            false => Some(()),
        }
    }

    fn consolidate(&self, working: &WorkingYear) -> Goes {
        let WorkingYear { year, closed, results, .. } = working;
        if *closed > 0 {
            let again = format!(
                "Năm {year} đã chốt lần {closed}. Tổng hợp lại để báo cáo lần {}, ghi ra {}?",
                closed + 1,
                results.display()
            );
            if !self.answers.agrees(&again)? {
                return Some(());
            }
        }
        let as_of = self.answers.day("Ngày chốt số liệu", self.usual_day(working))?;
        let letter_date = self
            .answers
            .perhaps_day("Ngày ký in ở đầu báo cáo (chưa biết thì nhấn Enter, để trống):", as_of)?;
        let options = ConsolidateOptions {
            paths: vec![INBOX.into()],
            year: *year,
            out: results.clone(),
            history: working_year::history(*year),
            previous: None,
            unit_sheets: false,
            letter_date,
            tables: None,
            without: Vec::new(),
            as_of: Some(as_of),
            decisions: DecisionOptions::default(),
            format: Format::Text,
        };
        let done = consolidate::run(self.answers.terminal, Some(&self.plan), self.limits, &options);
        match self.was_done(done) {
            Some(ending) => {
                let still =
                    if ending == Ending::WithErrors { ", báo cáo của đơn vị còn lỗi" } else { "" };
                self.made(&format!("Đã tổng hợp đến ngày {}{still}; kết quả ở", date(as_of)), results)
            }
            None => Some(()),
        }
    }

    /// The day the figures usually stand at: today in the season; of a year long past that of its results, else the day
    /// reports were due.
    fn usual_day(&self, working: &WorkingYear) -> NaiveDate {
        if job::year_on(self.today, working.plan.as_ref()) == working.year {
            return self.today;
        }
        let last = last_run::of(&working.results, working.year).map(|run| run.as_of);
        last.or_else(|| working.due()).unwrap_or(self.today)
    }

    fn close(&self, working: &WorkingYear) -> Goes {
        let WorkingYear { year, closed, results, .. } = working;
        if working.consolidated.is_none() {
            self.say(match closed {
                0 => format!("Chưa có kết quả năm {year} để chốt: làm việc 4 trước."),
                _ => format!(
                    "Năm {year} đã chốt lần {closed}. Muốn báo cáo lại thì tổng hợp lại (việc 4) rồi mới chốt."
                ),
            });
            return Some(());
        }
        let (reason, note) = if *closed > 0 { self.why_again()? } else { (None, None) };
        if *closed > 0 && reason.is_none() {
            return self.not_closed();
        }
        let act = self.answers.perhaps("Số, ký hiệu văn bản đã gửi (chưa có thì nhấn Enter):")?;
        let act_date = match &act {
            Some(_) => Some(self.answers.day("Ngày của văn bản", self.today)?),
            None => None,
        };
        let closed_by = self.answers.perhaps("Người chốt (không ghi thì nhấn Enter):")?;
        self.say("Hồ sơ đã chốt giữ nguyên mọi tệp đã nhận và đã gửi, không sửa được nữa.");
        if !self.answers.agrees(&format!("Chốt năm {year} lần {}?", closed + 1))? {
            return self.not_closed();
        }
        let options = CloseOptions {
            paths: vec![INBOX.into()],
            year: *year,
            out: Some(results.clone()),
            records: RECORDS.into(),
            act,
            act_date,
            closed_by,
            reason,
            note,
            history: working_year::history(*year),
            previous: None,
            decisions: DecisionOptions::default(),
        };
        let sealed = record::close(self.answers.terminal, Some(&self.plan), self.limits, &options);
        match self.was_done(sealed) {
            Some(_) => self.made(
                "Đã chốt; chép thư mục ho-so sang một ổ đĩa nữa. Hồ sơ ở",
                &working_year::record_of(*year, closed + 1),
            ),
            None => Some(()),
        }
    }

    fn not_closed(&self) -> Goes {
        self.say("Chưa chốt.");
        Some(())
    }

    /// Why a year is closed again.
    fn why_again(&self) -> Option<(Option<WhyAgain>, Option<String>)> {
        const REASONS: [(WhyAgain, &str); 3] = [
            (WhyAgain::LateData, "có số liệu gửi muộn"),
            (WhyAgain::Error, "sửa số liệu sai"),
            (WhyAgain::Method, "cách tính đã đổi"),
        ];
        self.say("Vì sao chốt lại?");
        for (number, (_, what)) in (1..).zip(REASONS) {
            self.say(format!("  {number}  {what}"));
        }
        self.say("  0  thôi, không chốt");
        let chosen = self.answers.number("Chọn lý do, gõ số rồi nhấn Enter:", REASONS.len())?;
        let reason = chosen.checked_sub(1).and_then(|at| REASONS.get(at)).map(|(reason, _)| *reason);
        let note = match reason {
            Some(_) => self.answers.perhaps("Nói rõ lý do (không ghi thì nhấn Enter):")?,
            None => None,
        };
        Some((reason, note))
    }

    fn choose_year(&mut self, working: &WorkingYear) -> Goes {
        let years = working.plan.as_ref().map(|plan| plan.first_year..=plan.last_year);
        let typed = self.answers.text_or("Năm báo cáo", &working.year.to_string())?;
        let year = typed.parse::<u16>().ok().map(Year::from);
        match (year, years) {
            (Some(year), Some(years)) if !years.contains(&year) => self.say(format!(
                "Kế hoạch áp dụng cho các năm {}–{}; không có năm {year}.",
                years.start(),
                years.end()
            )),
            (Some(year), _) => {
                self.year = Some(year);
                self.done.looked_through = false;
                self.say(format!("Năm báo cáo: {year}."));
            }
            (None, _) => self
                .say(format!("“{typed}” không phải là một năm. Xin ghi bốn chữ số, ví dụ {}.", working.year)),
        }
        Some(())
    }
}

/// A path as one finds it in the file manager.
fn whole(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    here.join(path).components().collect::<PathBuf>().display().to_string()
}

fn in_words_templates(working: &WorkingYear) -> String {
    let folder = working_year::templates_of(working.year);
    if working.has_templates { format!("đã ghi ở {}", folder.display()) } else { "chưa ghi".to_owned() }
}

fn in_words_inbox(working: &WorkingYear) -> String {
    match working.received {
        0 => format!("{INBOX}: chưa có tệp nào"),
        files if working.is_outdated => format!("{INBOX}: {files} tệp, có tệp mới hơn kết quả"),
        files => format!("{INBOX}: {files} tệp"),
    }
}

fn in_words_results(working: &WorkingYear) -> String {
    let WorkingYear { results, closed, .. } = working;
    match working.consolidated {
        Some(when) => {
            let when: DateTime<Local> = when.into();
            format!(
                "{}, ghi lúc {} ngày {}",
                results.display(),
                when.format("%H:%M"),
                date(when.date_naive())
            )
        }
        None if *closed > 0 => "đã chốt".to_owned(),
        None => "chưa tổng hợp".to_owned(),
    }
}

fn in_words_record(working: &WorkingYear) -> String {
    working
        .record()
        .map_or_else(|| "chưa chốt".to_owned(), |record| format!("đã chốt ở {}", record.display()))
}
