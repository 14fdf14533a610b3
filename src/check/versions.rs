//! Several files of one unit: which one counts; and files that may not be the unit's own, which never count unasked.

use super::decision::Waivers;
use super::newest::{Told, by_other_signs, newest_last, told};
use crate::domain::{FieldId, UnitCode};
use crate::finding::{Class, Code, Finding, FindingCode, Origin};
use crate::plan::Plan;
use crate::submission::{Account, Fate, Submission, Value};
use ecow::EcoString;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use vietnamese::display::{date, plain};

/// The files that count and those they replace.
#[derive(Default)]
pub(super) struct Versions {
    /// One submission a unit, with what reading it found, by unit.
    pub chosen: Vec<(Submission, Vec<Finding>)>,
    /// Older versions and copies.
    pub superseded: Vec<Submission>,
    /// Submissions that something says are another unit's, and that nobody has accepted.
    pub asked: Vec<Submission>,
    /// What there is to say about it.
    pub findings: Vec<Finding>,
}

type Read = (Submission, Vec<Finding>);

/// Chooses, for each unit, the file that was saved last; files come in order of content. One that something says is
/// another unit's never comes before one that agrees with itself, and alone it counts once a waiver takes the doubt.
pub(super) fn choose(plan: &Plan, submissions: Vec<Read>, waivers: &mut Waivers) -> Versions {
    let mut by_unit: BTreeMap<UnitCode, Vec<Read>> = BTreeMap::new();
    for entry in without_doubts_of_shared_folders(submissions) {
        by_unit.entry(entry.0.unit.clone()).or_default().push(entry);
    }
    let mut versions = Versions::default();
    for (_, files) in by_unit {
        let (doubted, sound): (Vec<Read>, Vec<Read>) =
            files.into_iter().partition(|(submission, _)| !submission.doubts.is_empty());
        if sound.is_empty() {
            versions.ask(plan, doubted, waivers);
        } else {
            versions.choose_among(plan, sound, doubted, waivers);
        }
    }
    versions
}

impl Versions {
    /// Chooses the newest of the files that agree with themselves; the others say whose they may be and are not used.
    fn choose_among(&mut self, plan: &Plan, mut sound: Vec<Read>, doubted: Vec<Read>, waivers: &mut Waivers) {
        newest_last(plan, &mut sound, |(submission, _)| submission);
        let Some((chosen, read)) = sound.pop() else { return };
        for (mut stray, _) in doubted {
            let effect = format!(
                "Không dùng tệp này: số liệu của đơn vị lấy ở tệp “{}”, có tên và nội dung khớp nhau.",
                chosen.file.path
            );
            let doubts = stray.doubts.iter();
            let told = doubts.map(|doubt| Finding { effect: effect.clone(), ..doubt.finding.clone() });
            let told = waivers.apply(told.collect(), None);
            let code = told.first().map_or(FindingCode::from(Code::O005), |finding| finding.code);
            self.findings.extend(told);
            if stray.file.sha256 == chosen.file.sha256 {
                self.findings.push(replaced(plan, &chosen, &stray, 0));
            }
            stray.settle_all(&Fate::Rejected(code));
            self.asked.push(stray);
        }
        self.supersede(plan, &chosen, sound);
        self.chosen.push((chosen, read));
    }

    /// Only files that may be another unit's have come: the newest of them counts once its doubts are accepted.
    fn ask(&mut self, plan: &Plan, mut doubted: Vec<Read>, waivers: &mut Waivers) {
        newest_last(plan, &mut doubted, |(submission, _)| submission);
        let Some((mut newest, read)) = doubted.pop() else { return };
        for (older, _) in &doubted {
            let doubts = older.doubts.iter().map(|doubt| doubt.finding.clone());
            self.findings.extend(waivers.apply(doubts.collect(), None));
        }
        self.supersede(plan, &newest, doubted);
        let doubts = newest.doubts.iter().map(|doubt| doubt.finding.clone()).collect();
        let told = waivers.apply(doubts, None);
        let open = told
            .iter()
            .find(|finding| finding.code != FindingCode::from(Code::O007))
            .map(|finding| finding.code);
        self.findings.extend(told);
        match open {
            Some(code) => {
                newest.settle_all(&Fate::Rejected(code));
                self.asked.push(newest);
            }
            None => self.chosen.push((newest, read)),
        }
    }

    fn supersede(&mut self, plan: &Plan, chosen: &Submission, older: Vec<Read>) {
        for (mut older, read) in older {
            self.findings.push(replaced(plan, chosen, &older, read.len()));
            self.findings.extend(cell_by_cell(chosen, &older));
            // What is said of the file as a whole holds whether or not it is used.
            let of_file = |finding: &Finding| finding.code.class() == Class::Organisation;
            self.findings.extend(read.into_iter().filter(of_file));
            older.settle_all(&Fate::Superseded);
            older.values.clear();
            self.superseded.push(older);
        }
    }
}

/// A folder that bears one unit's name and holds the reports of several others is where somebody collected them: it says
/// nothing of whose they are.
fn without_doubts_of_shared_folders(mut submissions: Vec<Read>) -> Vec<Read> {
    let named = submissions.iter().flat_map(|(submission, _)| &submission.doubts);
    let folders: BTreeSet<(EcoString, UnitCode)> =
        named.filter_map(|doubt| Some((doubt.folder.clone()?, doubt.other.clone()))).collect();
    let shared = |(folder, named): &(EcoString, UnitCode)| {
        let inside =
            |path: &str| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let others = submissions
            .iter()
            .map(|(submission, _)| submission)
            .filter(|submission| inside(&submission.file.path) && submission.unit != *named)
            .map(|submission| &submission.unit);
        others.collect::<BTreeSet<_>>().len() >= UNITS_THAT_SHARE
    };
    let shared: BTreeSet<EcoString> =
        folders.iter().filter(|of| shared(of)).map(|(f, _)| f.clone()).collect();
    for (submission, _) in &mut submissions {
        submission.doubts.retain(|doubt| doubt.folder.as_ref().is_none_or(|folder| !shared.contains(folder)));
    }
    submissions
}

/// How many units other than the one it is named for make a folder a shared one.
const UNITS_THAT_SHARE: usize = 3;

/// The finding that a file is not the one that counts, and how it differs from that.
fn replaced(plan: &Plan, chosen: &Submission, older: &Submission, untold: usize) -> Finding {
    if chosen.file.sha256 == older.file.sha256 {
        return Finding::new(
            Code::F008,
            format!("nội dung giống hệt tệp “{}”", chosen.file.path),
            "không cần làm gì; có thể xóa một bản",
        )
        .of_unit(&older.unit)
        .in_year(older.year)
        .at(Origin::file(&older.file.path));
    }
    let differing = differing_fields(chosen, older);
    let difference = match differing.len() {
        0 => "không khác về số liệu".to_owned(),
        all if all <= CELLS_TOLD => format!("khác ở {all} ô, nêu riêng từng ô"),
        all => format!("khác ở {all} ô, nêu riêng {CELLS_TOLD} ô đầu"),
    };
    let untold = match untold {
        0 => String::new(),
        untold => format!("; {untold} nhận xét khi đọc tệp này không nêu riêng"),
    };
    let cause = format!(
        "đơn vị gửi nhiều bản; dùng tệp {} ({}); tệp này ({}) {difference}{untold}{}",
        chosen.file.path,
        saved(plan, chosen),
        saved(plan, older),
        how_it_was_told(plan, chosen, older)
    );
    Finding::new(
        Code::O002,
        cause,
        "kiểm tra bản được dùng có đúng là bản cuối; nếu không, xóa bản sai khỏi hộp thư",
    )
    .of_unit(&older.unit)
    .in_year(older.year)
    .at(Origin::file(&older.file.path))
}

/// When a version was saved, as the clock on the wall showed it.
fn saved(plan: &Plan, submission: &Submission) -> String {
    let Some(saved) = submission.saved(plan.utc_offset) else { return "không rõ lúc lưu".to_owned() };
    let shown = saved.moment.on_the_wall(plan.utc_offset).format(MOMENT);
    let doubt = if saved.span.earliest == saved.span.latest { "" } else { ", không rõ múi giờ" };
    match saved.account {
        Account::Own => format!("lưu lúc {shown}{doubt}"),
        Account::Around => format!("tệp ghi lúc {shown}{doubt}"),
        Account::AgainstItsOwn => {
            format!("tệp ghi lúc {shown}{doubt}; giờ lưu ghi bên trong muộn hơn nên không theo")
        }
    }
}

/// What told the newer version, where it was not the time alone.
fn how_it_was_told(plan: &Plan, chosen: &Submission, older: &Submission) -> &'static str {
    match told(plan, chosen, older) {
        Told::ReportDate => {
            ". Giờ lưu của hai bản không rõ hoặc quá gần nhau để so; chọn bản có ngày lập báo cáo muộn hơn"
        }
        Told::Name => ". Giờ lưu của hai bản không rõ hoặc quá gần nhau để so; chọn theo tên tệp, thư mục",
        Told::Nothing => {
            ". Giờ lưu của hai bản không rõ hoặc quá gần nhau để so và không có gì khác cho biết bản nào mới hơn; cần xác nhận với đơn vị"
        }
        Told::Time => match by_other_signs(plan, chosen, older) {
            (Ordering::Less, Told::ReportDate) => ". Lưu ý: ngày lập báo cáo ghi trong tệp này lại muộn hơn",
            (Ordering::Less, _) => ". Lưu ý: tên tệp lại cho thấy tệp này là bản sau",
            _ => "",
        },
    }
}

/// One finding for each cell in which the older version says something else.
fn cell_by_cell(chosen: &Submission, older: &Submission) -> Vec<Finding> {
    if chosen.file.sha256 == older.file.sha256 {
        return Vec::new();
    }
    let tell = |id: &FieldId| {
        let field = chosen.form.field(id)?;
        let origin = |s: &Submission| s.values.get(id).map(|reported| reported.origin.clone());
        let place = origin(older)
            .unwrap_or_else(|| Origin::cell(&older.file.path, &field.sheet, field.cell.to_string()));
        let (before, now) = (shown(older, id), shown(chosen, id));
        let cause = format!("bản này là {before}, bản được dùng là {now}");
        let finding = Finding::new(Code::O006, cause, "xem bản được dùng đã đúng là bản cuối chưa");
        let finding = finding.of_unit(&older.unit).in_year(older.year).at(place).about(id, &field.label);
        Some(finding.read(before).expected(now))
    };
    differing_fields(chosen, older).iter().take(CELLS_TOLD).filter_map(tell).collect()
}

/// How many differing cells are told one by one before they are only counted.
const CELLS_TOLD: usize = 60;
/// How a moment is told.
const MOMENT: &str = "%H:%M ngày %d/%m/%Y";
/// How many characters of a text it shows.
const TEXT_SHOWN: usize = 40;

/// A value as it is told beside its other version.
fn shown(submission: &Submission, field: &FieldId) -> String {
    match submission.values.get(field).and_then(|reported| reported.value.as_ref()) {
        None => "trống".to_owned(),
        Some(Value::Number(number)) => plain(*number),
        Some(Value::Date(day)) => date(*day),
        Some(Value::Choice(_, text)) => text.to_string(),
        Some(Value::Text(text)) => {
            let start: String = text.chars().take(TEXT_SHOWN).collect();
            if start.len() < text.len() { format!("“{start}…”") } else { format!("“{start}”") }
        }
    }
}

fn differing_fields(a: &Submission, b: &Submission) -> Vec<FieldId> {
    let ids: BTreeSet<&FieldId> = a.values.keys().chain(b.values.keys()).collect();
    let value = |s: &Submission, id: &FieldId| s.values.get(id).map(|r| (r.value.clone(), r.status));
    ids.into_iter().filter(|id| value(a, id) != value(b, id)).cloned().collect()
}
