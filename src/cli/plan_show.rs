//! `xhht plan show`: the plan as it is in force in a year, with what changed since the year before and what comes later.

use super::args::PlanShowOptions;
use super::terminal::{HEADING, Terminal};
use super::{CommandResult, Ending, inputs, template};
use crate::domain::{
    ChangeKind, Direction, Indicator, IndicatorKind, Level, Percent, Reporter, Revision, TargetSource, Unit,
    UnitChange, UnitCode, Year,
};
use crate::form::FormBook;
use crate::plan::{Frame, FrameChange, Plan};
use crate::report::{self, together};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::Path;
use vietnamese::display::{capitalised, date, plain};

/// Columns of a line.
const WIDTH: usize = 100;
/// A change of more units than this counts them.
const MOST_NAMED: usize = 4;

pub(super) fn run(terminal: &Terminal, plan_path: Option<&Path>, options: &PlanShowOptions) -> CommandResult {
    let plan = inputs::plan(plan_path)?;
    template::check_year(&plan, options.year)?;
    let shown = Shown { plan: &plan, year: options.year, day: plan.due_date(options.year) };
    let (year, due) = (options.year, date(shown.day));
    terminal.print(format!("{HEADING}KẾ HOẠCH NĂM {year}{HEADING:#}, như có hiệu lực vào hạn nộp {due}"));
    terminal.print(format!("Mã {}, phiên bản {}", plan.id, plan.version));
    for (title, lines) in shown.parts() {
        if lines.is_empty() {
            continue;
        }
        terminal.print("");
        terminal.print(format!("{HEADING}{title}{HEADING:#}"));
        for line in lines.iter().flat_map(|line| wrapped(line)) {
            terminal.print(line);
        }
    }
    Ok(Ending::Clean)
}

/// A plan in a year.
struct Shown<'a> {
    plan: &'a Plan,
    year: Year,
    day: NaiveDate,
}

impl<'a> Shown<'a> {
    /// The parts, each with its title.
    fn parts(&self) -> Vec<(String, Vec<String>)> {
        let mut parts = vec![("Phần khung của báo cáo".to_owned(), self.frame())];
        for level in &self.plan.levels {
            let units = self.plan.roster_of(self.year, &level.id);
            let title = format!("{}: {}", self.plan.name_of(level, self.year).title, units.len());
            parts.push((title, listed(&units)));
        }
        parts.push(("Biểu mẫu: ai điền trang nào".to_owned(), self.forms()));
        let indicators: Vec<String> =
            self.plan.indicators_of(self.year).iter().map(|indicator| self.indicator(indicator)).collect();
        parts.push((format!("Chỉ tiêu: {}", indicators.len()), indicators));
        parts.push(("Nhiệm vụ trọng tâm".to_owned(), self.key_tasks()));
        let since = format!("Thay đổi từ sau hạn nộp năm {}", self.year - 1);
        parts.push((since, self.changes(|day| self.plan.due_date(self.year - 1) < day && day <= self.day)));
        let mut later = self.changes(|day| day > self.day);
        later.extend(self.coming());
        parts.push(("Sẽ có hiệu lực sau hạn nộp năm này".to_owned(), later));
        parts.push(("Kế hoạch trước khi hợp nhất".to_owned(), self.predecessors()));
        parts
    }

    fn frame(&self) -> Vec<String> {
        let Frame { title, province, letter, change, .. } = self.plan.frame(self.year);
        let mut lines = vec![
            format!("Kế hoạch: {title}"),
            format!("Nói về: {province}"),
            format!(
                "Cơ quan ban hành: {}; ký hiệu {}; địa danh {}",
                letter.issuer, letter.symbol, letter.place
            ),
        ];
        lines.extend(letter.superior.as_ref().map(|superior| format!("Cơ quan chủ quản: {superior}")));
        let signer = if letter.signer.is_empty() { "(chừa chỗ ghi họ tên)" } else { &letter.signer };
        let recipients: Vec<String> =
            letter.recipients.iter().map(|text| self.plan.text_of(text, self.year)).collect();
        lines.extend([
            format!("Trích yếu: {}", self.plan.subject(self.year)),
            format!("Kính gửi: {}", letter.addressee.lines().collect::<Vec<_>>().join("; ")),
            format!("Người ký: {} {signer}", letter.authority.join(" / ")),
            format!("Nơi nhận: {}", recipients.join("; ")),
            format!("Nơi tổng hợp: {}", letter.secretariat),
            format!("Hạn nộp: trước ngày {}", date(self.day)),
        ]);
        if let Some(FrameChange { from, act, note, .. }) = change {
            lines.push(format!("Áp dụng từ ngày {}. Căn cứ: {act}.{}", date(*from), noted(note.as_ref())));
        }
        lines
    }

    /// Units that are asked the same tabs, together.
    fn forms(&self) -> Vec<String> {
        let book = FormBook::new(self.plan);
        let tabs_of = |unit: &'a Unit| {
            let form = book.form_for(unit, self.year);
            let tabs: Vec<String> = form.sheets.iter().map(|sheet| sheet.tab.clone()).collect();
            (tabs, unit.short_name.as_str())
        };
        let line =
            |(tabs, names): (Vec<String>, Vec<&str>)| format!("{}: {}", several(&names), tabs.join(" · "));
        together(self.plan.roster(self.year).into_iter().map(tabs_of)).into_iter().map(line).collect()
    }

    fn indicator(&self, indicator: &Indicator) -> String {
        let target = |(year, percent): (Year, Percent)| {
            let about = if indicator.targets.is_approximate(year) { "khoảng " } else { "" };
            let national = indicator.targets.source(year) == TargetSource::National;
            let whose = if national { ", mục tiêu quốc gia" } else { "" };
            let act = indicator.targets.act_of(year).map(|act| format!(", {act}")).unwrap_or_default();
            let limit = report::limit(indicator.direction);
            format!("{limit}{about}{}% ({year}{whose}{act})", plain(percent))
        };
        let mut targets: Vec<String> = indicator.targets.judging().into_iter().map(target).collect();
        if targets.is_empty() {
            targets.push("chưa ghi mục tiêu".to_owned());
        }
        targets.extend(national_beside(indicator));
        let targets = targets.join(", ");
        let kind = match &indicator.kind {
            IndicatorKind::Ratio { .. } => "tổng số đạt trên tổng số của các đơn vị",
            IndicatorKind::ShareOfUnits { .. } => "số đơn vị đạt trên số đơn vị",
            IndicatorKind::ProvinceFigure { .. } => "một cơ quan báo cáo cho cả địa bàn",
        };
        let owners: Vec<String> = indicator.owners.iter().map(|owner| self.reporter(owner)).collect();
        let is_lower = indicator.direction == Direction::Lower;
        let better =
            if is_lower { format!("; {}", report::better(indicator.direction)) } else { String::new() };
        let since = indicator.standard_since.filter(|since| *since > self.plan.first_year);
        let since = since.map(|since| format!("; có tiêu chí từ năm {since}")).unwrap_or_default();
        let redefined = indicator.definition_since.filter(|since| *since <= self.year);
        let redefined = redefined.map(|since| format!("; định nghĩa từ năm {since}")).unwrap_or_default();
        format!(
            "{} {}: {targets}; {kind}{better}; phụ trách: {}{since}{redefined}",
            indicator.id,
            indicator.short_title,
            owners.join(", ")
        )
    }

    fn reporter(&self, reporter: &Reporter) -> String {
        match reporter {
            Reporter::Level(id) => self
                .plan
                .level(id)
                .map_or_else(String::new, |level| self.plan.name_of(level, self.year).name.clone()),
            Reporter::Unit(code) => self.plan.body_name(code, self.year),
        }
    }

    fn key_tasks(&self) -> Vec<String> {
        let line = |task: &crate::plan::KeyTask| {
            let lead = self.plan.body_name(&task.lead, self.year);
            format!("{}. {lead}, {}: {}", task.number, task.deadline_text, task.title)
        };
        self.plan.key_tasks.iter().map(line).collect()
    }

    /// The changes of units and of the frame on some days.
    fn changes(&self, counts: impl Fn(NaiveDate) -> bool) -> Vec<String> {
        let units = self.plan.changes.iter().filter(|change| counts(change.date));
        let mut lines: Vec<(NaiveDate, String)> =
            units.map(|change| (change.date, self.change(change))).collect();
        let frames = self.plan.frames.later().filter(|(from, _)| counts(*from));
        lines.extend(frames.filter_map(|(from, frame)| {
            let FrameChange { act, note, keys, .. } = frame.change.as_ref()?;
            let what = format!("phần khung thay đổi (các khóa {})", keys.join(", "));
            Some((from, format!("{}: {what}. Căn cứ: {act}.{}", date(from), noted(note.as_ref()))))
        }));
        for indicator in &self.plan.indicators {
            let revised = indicator.targets.revised.iter().filter(|revision| counts(revision.from));
            lines.extend(revised.map(|revision| (revision.from, self.revision(indicator, revision))));
        }
        lines.sort_by_key(|(day, _)| *day);
        lines.into_iter().map(|(_, line)| line).collect()
    }

    fn revision(&self, indicator: &Indicator, revision: &Revision) -> String {
        let name = self.plan.text_of(&indicator.short_title, self.year);
        let sets = [("mục tiêu", &revision.own), ("mục tiêu quốc gia", &revision.national)];
        let set = sets.into_iter().filter(|(_, targets)| !targets.is_empty());
        let what: Vec<String> =
            set.map(|(whose, targets)| format!("{whose} thành {}", by_year(targets).join(", "))).collect();
        let (day, act) = (date(revision.from), &revision.act);
        format!("{day}: chỉ tiêu {} {name} đổi {}. Căn cứ: {act}.", indicator.id, what.join(", "))
    }

    fn change(&self, change: &UnitChange) -> String {
        let from = self.named(&change.from, change.date.pred_opt().unwrap_or(change.date));
        let to = self.named(&change.to, change.date);
        let what = match change.kind {
            ChangeKind::Merge => format!("{from} nhập thành {to}"),
            ChangeKind::Split => format!("{from} chia thành {to}"),
            ChangeKind::Rename => format!("{from} đổi tên, đổi mã thành {to}"),
            ChangeKind::End if change.to.is_empty() => format!("{from} kết thúc"),
            ChangeKind::End => format!("{from} kết thúc, thay bằng {to}"),
            ChangeKind::Handover => format!("{from} kết thúc, {to} nhận việc báo cáo"),
            ChangeKind::Note => format!("thay đổi bên trong {from}"),
        };
        format!("{}: {what}. Căn cứ: {}.{}", date(change.date), change.act, noted(change.note.as_ref()))
    }

    /// Units that existed on a day, by name; many are counted.
    fn named(&self, codes: &[UnitCode], day: NaiveDate) -> String {
        let of = |code: &UnitCode| {
            let mut lives = self.plan.units.iter().filter(|unit| unit.code == *code);
            let unit = lives.find(|unit| unit.validity.covers(day));
            unit.map_or_else(|| code.to_string(), |unit| format!("{} ({code})", unit.name))
        };
        if codes.len() > MOST_NAMED {
            return format!("{} đơn vị", codes.len());
        }
        codes.iter().map(of).collect::<Vec<_>>().join(", ")
    }

    /// What comes into force later besides changes of units and of the frame.
    fn coming(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for name in self.plan.levels.iter().flat_map(Level::names).filter(|name| name.from > self.day) {
            lines.push(format!("{}: cấp đơn vị gọi là “{}”", date(name.from), name.name));
        }
        for indicator in &self.plan.indicators {
            let name = self.plan.text_of(&indicator.short_title, self.year);
            let (id, validity) = (&indicator.id, indicator.validity);
            if validity.from > self.day {
                lines.push(format!("{}: bắt đầu chỉ tiêu {id} {name}", date(validity.from)));
            }
            if let Some(last) = validity.to.filter(|last| *last >= self.day) {
                lines.push(format!("{}: ngày cuối của chỉ tiêu {id} {name}", date(last)));
            }
            if let Some(since) = indicator.standard_since.filter(|since| *since > self.year) {
                lines.push(format!("Năm {since}: chỉ tiêu {id} {name} có tiêu chí để xét"));
            }
            if let Some(since) = indicator.definition_since.filter(|since| *since > self.year) {
                lines.push(format!("Năm {since}: chỉ tiêu {id} {name} theo định nghĩa mới"));
            }
        }
        lines
    }

    fn predecessors(&self) -> Vec<String> {
        let line = |predecessor: &crate::plan::Predecessor| {
            let until = predecessor.until.map(|day| format!(", đến ngày {}", date(day))).unwrap_or_default();
            let source = match &predecessor.id {
                Some(id) => format!("đọc được kết quả và biểu mẫu của kế hoạch {id}"),
                None => "không có số liệu".to_owned(),
            };
            format!("{}{until}: {source}", capitalised(&predecessor.name))
        };
        self.plan.predecessors.iter().map(line).collect()
    }
}

/// The nation's targets where others judge, with what they are counted over.
fn national_beside(indicator: &Indicator) -> Option<String> {
    let targets = &indicator.targets;
    let judges = |year: &Year, percent: &Percent| {
        targets.national_counted.is_none() && targets.judging().get(year) == Some(percent)
    };
    let mut beside = targets.national.clone();
    beside.retain(|year, percent| !judges(year, percent));
    let counted = targets.national_counted.as_ref().map(|counted| format!(" tính theo {counted}"));
    let told = by_year(&beside).join(", ");
    (!told.is_empty()).then(|| format!("quốc gia{} {told}", counted.unwrap_or_default()))
}

fn by_year(targets: &BTreeMap<Year, Percent>) -> Vec<String> {
    targets.iter().map(|(year, percent)| format!("{}% ({year})", plain(*percent))).collect()
}

/// Units with their populations, and what is to be known of those.
fn listed(units: &[&Unit]) -> Vec<String> {
    let line = |unit: &&Unit| match unit.population {
        Some(people) => format!("{} {} ({})", unit.code, unit.short_name, plain(people.into())),
        None => format!("{} {}", unit.code, unit.short_name),
    };
    if units.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![units.iter().map(line).collect::<Vec<_>>().join("; ")];
    let people: Vec<u64> = units.iter().filter_map(|unit| unit.population).collect();
    if !people.is_empty() {
        let sum: u64 = people.iter().sum();
        let mut years: Vec<String> =
            units.iter().filter_map(|unit| unit.population_year).map(|year| year.to_string()).collect();
        years.dedup();
        let of =
            if years.is_empty() { String::new() } else { format!(", số của năm {}", years.join(", ")) };
        lines.push(format!("Dân số tham chiếu (trong ngoặc): cộng {} người{of}", plain(sum.into())));
    }
    for unit in units {
        if let Some(note) = &unit.population_note {
            lines.push(format!("Số dân cần xem lại: {} ({}): {note}", unit.short_name, unit.code));
        }
    }
    lines
}

/// Units by name, many of them by their number and the first.
fn several(names: &[&str]) -> String {
    match names {
        [first, .., last] if names.len() > MOST_NAMED => {
            format!("{} đơn vị ({first} … {last})", names.len())
        }
        _ => names.join(", "),
    }
}

fn noted(note: Option<&String>) -> String {
    note.map(|note| format!(" {note}")).unwrap_or_default()
}

/// A text as lines of a list: the first begins with a dash, the others stand below its words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec!["  -".to_owned()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().map(|line| line.chars().count()).unwrap_or_default();
        if last + 1 + word.chars().count() > WIDTH {
            lines.push("   ".to_owned());
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_stands_below_its_own_words() {
        let lines = wrapped(&"chín chữ ".repeat(30));
        assert!(lines.len() > 1 && lines.iter().all(|line| line.chars().count() <= WIDTH));
        assert!(
            lines[0].starts_with("  - chín") && lines[1].starts_with("    chữ")
                || lines[1].starts_with("    chín")
        );
        assert_eq!(wrapped("một"), ["  - một"]);
    }
}
