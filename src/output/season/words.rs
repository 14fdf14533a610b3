//! Ready words for each unit: a reminder, a request to mend, what to say on the telephone. Plain text, to be pasted into a
//! mail or a message.

use crate::finding::Severity;
use crate::plan::Plan;
use crate::season::{Asked, Season, Stage, UnitSeason};
use crate::template;
use std::fmt::Write;
use vietnamese::display::{capitalised, date, first_of};

/// How many findings a message tells one by one.
const MOST_TOLD: usize = 15;
/// How many letters of a cause, a cure, something typed.
const LONGEST: usize = 400;

/// A message to a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it is about, as for a mail.
    pub subject: String,
    /// The words.
    pub text: String,
}

impl Message {
    /// What to write to a unit; nothing where nothing is to be asked.
    pub fn to_unit(plan: &Plan, season: &Season, unit: &UnitSeason) -> Option<Self> {
        let words = Words {
            season,
            secretariat: &plan.frame(season.year).letter.secretariat,
            takes_results: plan.takes_results(),
        };
        let year = season.year;
        let (subject, body) = match unit.stage {
            Stage::Missing => (format!("Nhắc gửi báo cáo năm {year}"), words.reminder(unit)),
            Stage::Rejected => (format!("Đề nghị gửi lại báo cáo năm {year}"), words.to_send_again(unit)),
            Stage::ToMend | Stage::ToExplain => {
                (format!("Đề nghị xem lại số liệu báo cáo năm {year}"), words.to_mend(unit))
            }
            Stage::Settled => return None,
        };
        let whom = capitalised(&unit.name);
        let person = unit.contact.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        let text = format!("Kính gửi: {whom}{person}\n\n{body}\n\nTrân trọng.\n{}\n", words.secretariat);
        Some(Message { subject: format!("{subject} – {whom}"), text })
    }
}

/// What to say to a unit on the telephone, in one or two sentences; nothing where nothing is to be asked.
pub fn to_say(season: &Season, unit: &UnitSeason) -> Option<String> {
    let year = season.year;
    let said = match unit.stage {
        Stage::Missing => {
            format!("Chưa nhận được báo cáo năm {year}; đề nghị gửi {}.", by_when(season))
        }
        Stage::Rejected => format!(
            "Đã nhận tệp nhưng chưa dùng được: {} Đề nghị gửi lại {}.",
            unit.open.first().map_or("xem thư phản hồi.", |asked| asked.finding.cause.as_str()),
            by_when(season)
        ),
        Stage::ToMend | Stage::ToExplain => {
            let first = unit.open.first()?;
            let more = match unit.open.len() - 1 {
                0 => String::new(),
                more => format!(" Còn {more} chỗ khác trong thư đã gửi."),
            };
            format!(
                "{}: {}{more} Đề nghị gửi lại {}.",
                counted(unit),
                place_and_cause(first),
                by_when(season)
            )
        }
        Stage::Settled => return None,
    };
    Some(capitalised(&said))
}

/// “3 chỗ phải sửa, 1 chỗ cần giải trình”.
fn counted(unit: &UnitSeason) -> String {
    let counts = [(unit.to_mend(), "chỗ phải sửa"), (unit.to_explain(), "chỗ cần giải trình")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

/// By when a report is to come, as the end of a sentence.
fn by_when(season: &Season) -> String {
    match season.days_left() {
        left if left > 0 => format!("trước ngày {}", date(season.due)),
        _ => "trong ngày hôm nay".to_owned(),
    }
}

/// Where a finding stands and what is wrong, in a line.
fn place_and_cause(asked: &Asked) -> String {
    let finding = &asked.finding;
    let place = place(asked);
    let label = finding.label.as_ref().map(|label| format!(" ({})", short(label))).unwrap_or_default();
    match place.as_str() {
        "" => short(&finding.cause),
        _ => format!("{place}{label}: {}", short(&finding.cause)),
    }
}

/// “trang “Nhóm 1”, ô D7”.
fn place(asked: &Asked) -> String {
    let Some(origin) = &asked.finding.origin else { return String::new() };
    let sheet = origin.sheet.as_ref().map(|sheet| format!("trang “{sheet}”"));
    let cell = origin.cell.as_ref().map(|cell| format!("ô {cell}"));
    sheet.into_iter().chain(cell).collect::<Vec<_>>().join(", ")
}

fn short(text: &str) -> String {
    sheet::text::shortened(text.trim(), LONGEST)
}

/// What every message is made of.
struct Words<'a> {
    season: &'a Season,
    secretariat: &'a str,
    /// Whether units send results of lower plans, and no forms.
    takes_results: bool,
}

impl Words<'_> {
    fn reminder(&self, unit: &UnitSeason) -> String {
        let Words { season, secretariat, takes_results } = self;
        let year = season.year;
        let left = match season.days_left() {
            left if left > 1 => format!("Hạn gửi là trước ngày {} (còn {left} ngày).", date(season.due)),
            1 => format!("Hôm nay là ngày cuối: hạn gửi là trước ngày {}.", date(season.due)),
            _ => format!("Hạn gửi là trước ngày {}, nay đã quá hạn.", date(season.due)),
        };
        let awaited = match unit.awaited.as_slice() {
            [] => String::new(),
            some => {
                let numbers: Vec<String> = some.iter().map(ToString::to_string).collect();
                format!(
                    " Kết quả chung còn chờ số liệu của đơn vị ở chỉ tiêu {}.",
                    first_of(&numbers, 6, "chỉ tiêu khác")
                )
            }
        };
        let asked = if *takes_results {
            format!(
                "Đề nghị đơn vị gửi về {secretariat} tệp kết quả ket-qua-xhht-{year}.json do chương trình xhht ghi khi tổng hợp, hoặc nguyên thư mục hồ sơ đã chốt. Nếu đã gửi, xin trả lời thư này để được kiểm tra lại."
            )
        } else {
            format!(
                "Đề nghị đơn vị điền biểu mẫu đã nhận (tệp có tên bắt đầu bằng “{}”), xem lại trang “Kiểm tra” trong tệp rồi gửi về {secretariat}. Nếu chưa có biểu mẫu, hoặc đã gửi, xin trả lời thư này để được gửi lại biểu mẫu hoặc kiểm tra lại.",
                unit.code
            )
        };
        format!("{secretariat} chưa nhận được báo cáo năm {year} của đơn vị. {left}{awaited}\n\n{asked}")
    }

    fn to_send_again(&self, unit: &UnitSeason) -> String {
        let files = unit.file.as_ref().map(|file| format!(" (“{}”)", short(file))).unwrap_or_default();
        let mut text = format!(
            "{} đã nhận tệp báo cáo năm {} của đơn vị{files} nhưng chưa dùng được số liệu trong đó:\n",
            self.secretariat, self.season.year
        );
        self.list(&mut text, unit);
        let _ = write!(
            text,
            "\nĐề nghị đơn vị làm theo hướng dẫn trên rồi gửi lại {}. {}",
            by_when(self.season),
            self.copy(unit)
        );
        text
    }

    fn to_mend(&self, unit: &UnitSeason) -> String {
        let file = unit.file.as_ref().map(|file| format!(" (tệp “{}”)", short(file))).unwrap_or_default();
        let mut text = format!(
            "{} đã nhận báo cáo năm {} của đơn vị{file}. Còn {}:\n",
            self.secretariat,
            self.season.year,
            counted(unit)
        );
        self.list(&mut text, unit);
        let _ = write!(
            text,
            "\nĐề nghị đơn vị sửa hoặc giải trình (ở ô ghi chú mà nhận xét nêu), lưu lại rồi gửi lại {}. {}",
            by_when(self.season),
            self.copy(unit)
        );
        text
    }

    /// Where the return copy is.
    fn copy(&self, unit: &UnitSeason) -> String {
        let name = format!("{}.xlsx", template::file_stem(&unit.code, &unit.name));
        if unit.stage == Stage::Rejected {
            return format!(
                "Kèm theo là tệp “{name}”: thư nêu rõ lý do và biểu mẫu năm {} của đơn vị; điền vào tệp ấy rồi gửi lại là nhanh nhất.",
                self.season.year
            );
        }
        format!("Tệp phản hồi “{name}” kèm theo đã đánh dấu các ô này; sửa ngay trong tệp ấy là nhanh nhất.")
    }

    fn list(&self, text: &mut String, unit: &UnitSeason) {
        for (number, asked) in (1..).zip(unit.open.iter().take(MOST_TOLD)) {
            let finding = &asked.finding;
            let what = if finding.severity >= Severity::Error { "" } else { "(cần giải trình) " };
            let _ = write!(text, "\n{number}. {what}{}", capitalised(&place_and_cause(asked)));
            if let Some(typed) = finding.typed.as_ref().filter(|typed| !typed.trim().is_empty()) {
                let _ = write!(text, " Đã ghi: “{}”.", short(typed));
            }
            let _ = writeln!(text, "\n   Cần làm: {}", short(&finding.cure));
        }
        if unit.open.len() > MOST_TOLD {
            let _ =
                writeln!(text, "\n… và {} chỗ khác, nêu trong tệp phản hồi.", unit.open.len() - MOST_TOLD);
        }
    }
}

/// What to say on the telephone to every unit that waits, first to be called first; nothing where none does.
pub fn calls(season: &Season) -> Option<String> {
    let mut text = format!("GỌI ĐIỆN ĐÔN ĐỐC, NĂM {} (đến ngày {})\n", season.year, date(season.day));
    let called = season.units.iter().filter_map(|unit| Some((unit, to_say(season, unit)?)));
    let mut any = false;
    for (number, (unit, words)) in (1..).zip(called) {
        any = true;
        let contact = &unit.contact;
        let whom: Vec<&str> =
            [&contact.name, &contact.phone].into_iter().filter_map(|c| c.as_deref()).collect();
        let whom = if whom.is_empty() { String::new() } else { format!(" ({})", whom.join(", ")) };
        let _ = write!(text, "\n{number}. {}{whom}\n   {words}\n", capitalised(&unit.name));
    }
    any.then_some(text)
}
