//! Reporting units: codes, levels, spans of life, and the changes from one list to the next.

use super::{Checker, derived};
use crate::domain::{ChangeKind, Contact, Level, LevelId, Unit, UnitChange, UnitCode, Validity};
use crate::error::PlanMistake;
use crate::finding::Code;
use crate::plan::SourceFile;
use crate::plan::file::{ChangeFile, CommunesFile, ContactFile, Spanned, UnitsFile};
use chrono::NaiveDate;
use std::collections::BTreeSet;

pub(super) fn units(
    source: &SourceFile,
    file: UnitsFile,
    levels: &[Level],
    first_day: NaiveDate,
    mistakes: &mut Vec<PlanMistake>,
) -> (Vec<Unit>, Vec<UnitChange>) {
    let mut checker = Checker { file: source, mistakes };
    let before = checker.mistakes.len();
    let mut units: Vec<Unit> = Vec::new();
    let (mut former_codes, mut former_seen) = (Vec::new(), BTreeSet::new());
    let mut lower: Vec<(Spanned<String>, Validity)> = Vec::new();
    let last_level = levels.last().map(|level| level.id.0.clone()).unwrap_or_default();
    let agencies = file.agencies.into_iter().map(|agency| agency.into_unit(&last_level));
    for unit in file.units.into_iter().chain(agencies) {
        checker.ascii_id(&unit.code, "mã đơn vị");
        checker.unit_name(&unit.name);
        if !levels.iter().any(|level| level.id.0 == *unit.level.get_ref()) {
            let known: Vec<&str> = levels.iter().map(|level| level.id.0.as_str()).collect();
            checker.unknown(&unit.level, "cấp", &format!("dùng một trong các cấp: {}", known.join(", ")));
        }
        let validity = checker.validity(unit.valid_from.as_ref(), unit.valid_to.as_ref(), first_day);
        let code = UnitCode(unit.code.get_ref().as_str().into());
        // Codes are reused over time, but two units never carry one code on the same day.
        if units.iter().any(|other| other.code == code && other.validity.overlaps(&validity)) {
            let what = format!("mã đơn vị “{code}” được dùng cho hai đơn vị trong cùng một thời gian");
            checker.mistake(
                Code::P005,
                &unit.code,
                what,
                "đổi mã, hoặc sửa valid-from, valid-to để hai thời gian không trùng nhau",
            );
        }
        for former in &unit.former_codes {
            checker.ascii_id(former, "mã cũ của đơn vị");
            former_codes.push(former.clone());
        }
        for plan in &unit.plans {
            checker.lower_plan(&mut lower, plan, &validity);
        }
        let communes = checker.communes(&unit.communes);
        let proper_name = unit.short.unwrap_or_else(|| derived::short(unit.name.get_ref()));
        units.push(Unit {
            code,
            proper_name: proper_name.clone(),
            short_name: proper_name,
            kind: unit.kind.unwrap_or_else(|| derived::kind(unit.name.get_ref())),
            name: unit.name.into_inner(),
            level: LevelId(unit.level.into_inner()),
            aliases: unit.aliases,
            former_codes: unit.former_codes.iter().map(|at| UnitCode(at.get_ref().as_str().into())).collect(),
            plans: unit.plans.into_iter().map(Spanned::into_inner).collect(),
            population: unit.population,
            population_year: unit.population_year.as_ref().and_then(|at| checker.population_year(at)),
            population_note: unit.population_note,
            communes,
            contact: unit.contact.map(|contact| checker.contact(contact)).unwrap_or_default(),
            tile: unit.tile,
            validity,
        });
    }
    derived::tell_apart(&mut units);
    for former in &former_codes {
        checker.unique(&mut former_seen, former, "mã cũ");
        if units.iter().any(|unit| unit.code.as_str() == former.get_ref()) {
            let what = format!("mã cũ “{}” đang là mã của một đơn vị", former.get_ref());
            checker.mistake(
                Code::P005,
                former,
                what,
                "bỏ mã ấy khỏi former-codes, hoặc đổi mã của đơn vị kia",
            );
        }
    }
    // Where the units are wrong, what the changes say of them need not be.
    let sure = (checker.mistakes.len() == before).then_some(units.as_slice());
    let changes = file.changes.iter().filter_map(|change| checker.change(change, sure)).collect();
    checker.one_successor(&file.changes);
    (units, changes)
}

impl Checker<'_> {
    /// How many communes there are from which day on, in order of days.
    fn communes(&mut self, steps: &[CommunesFile]) -> Vec<(NaiveDate, u32)> {
        let mut communes = Vec::new();
        for step in steps {
            let Some(from) = self.date(&step.from) else { continue };
            if communes.last().is_some_and(|(before, _)| *before >= from) {
                let what = "các mốc của communes phải theo thứ tự thời gian".to_owned();
                self.mistake(Code::P009, &step.from, what, "xếp lại theo ngày tăng dần");
            }
            communes.push((from, step.count));
        }
        communes
    }

    /// Whom to turn to: a number that can be dialled, an address that can be written to.
    fn contact(&mut self, contact: ContactFile) -> Contact {
        let ContactFile { name, phone, email } = contact;
        if let Some(phone) = &phone {
            let is_dialled = |c: char| c.is_ascii_digit() || " .-()+/,;".contains(c);
            let digits = phone.get_ref().chars().filter(char::is_ascii_digit).count();
            if digits < 3 || !phone.get_ref().chars().all(is_dialled) {
                let what = format!("“{}” không phải số điện thoại", phone.get_ref());
                self.mistake(Code::P004, phone, what, "ghi chữ số, ví dụ phone = \"0272 3829 000\"");
            }
        }
        if let Some(email) = &email {
            let is_address = email.get_ref().split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && host.contains('.') && !email.get_ref().contains(char::is_whitespace)
            });
            if !is_address {
                let what = format!("“{}” không phải địa chỉ thư điện tử", email.get_ref());
                self.mistake(Code::P004, email, what, "ví dụ email = \"vanthu@example.vn\"");
            }
        }
        let words = |text: Option<Spanned<String>>| text.map(|text| text.into_inner().trim().to_owned());
        let words = |text| words(text).filter(|text| !text.is_empty());
        Contact { name: words(name), phone: words(phone), email: words(email) }
    }

    /// A lower plan whose results are a unit's: at any time those of one unit only.
    fn lower_plan(
        &mut self,
        known: &mut Vec<(Spanned<String>, Validity)>,
        plan: &Spanned<String>,
        validity: &Validity,
    ) {
        self.ascii_id(plan, "mã kế hoạch cấp dưới");
        let same = |(other, during): &(Spanned<String>, Validity)| {
            other.get_ref() == plan.get_ref() && during.overlaps(validity)
        };
        if known.iter().any(same) {
            let what = format!("kết quả của kế hoạch “{}” được nêu ở hai đơn vị", plan.get_ref());
            self.mistake(Code::P005, plan, what, "giữ mã kế hoạch ấy ở một đơn vị");
        }
        known.push((plan.clone(), *validity));
    }

    /// A change whose units end and begin when it says so; `units` are those it may speak of, where they are known.
    fn change(&mut self, file: &ChangeFile, units: Option<&[Unit]>) -> Option<UnitChange> {
        let kind = *file.kind.get_ref();
        self.counts(file);
        if file.act.get_ref().trim().is_empty() {
            let what = "thay đổi đơn vị chưa ghi văn bản làm căn cứ (act)".to_owned();
            self.mistake(
                Code::P010,
                &file.act,
                what,
                "ghi loại, số và ký hiệu của văn bản, ví dụ \"Nghị quyết số …/NQ-…\"",
            );
        }
        for codes in [&file.from, &file.to] {
            let mut seen = BTreeSet::new();
            for code in codes {
                self.unique(&mut seen, code, "trong cùng một thay đổi, đơn vị");
            }
        }
        let date = self.date(&file.date)?;
        if let Some(units) = units {
            self.change_of(file, date, units);
        }
        let codes = |codes: &[Spanned<String>]| {
            codes.iter().map(|at| UnitCode(at.get_ref().as_str().into())).collect()
        };
        Some(UnitChange {
            date,
            kind,
            from: codes(&file.from),
            to: codes(&file.to),
            act: file.act.get_ref().clone(),
            note: file.note.clone(),
        })
    }

    /// Whether the units of a change end and begin on its date.
    fn change_of(&mut self, file: &ChangeFile, date: NaiveDate, units: &[Unit]) {
        let before = date.pred_opt();
        let ends = |unit: &Unit| unit.validity.to == before;
        let stays = |unit: &Unit| unit.validity.covers(date);
        let begins = |unit: &Unit| unit.validity.from == date;
        let kind = *file.kind.get_ref();
        for code in &file.from {
            if kind == ChangeKind::Note {
                self.dated(code, units, &stays, &format!("tồn tại vào ngày {date} của thay đổi"));
            } else {
                let wanted = format!("kết thúc (valid-to) ngay trước ngày {date} của thay đổi");
                self.dated(code, units, &ends, &wanted);
            }
        }
        for code in &file.to {
            if kind == ChangeKind::Handover {
                self.dated(code, units, &stays, &format!("tồn tại vào ngày {date} nhận việc"));
            } else {
                let wanted = format!("bắt đầu (valid-from) đúng ngày {date} của thay đổi");
                self.dated(code, units, &begins, &wanted);
            }
        }
    }

    /// Whether the kind of change fits the number of units.
    fn counts(&mut self, file: &ChangeFile) {
        let (from, to) = (file.from.len(), file.to.len());
        let (fits, wanted) = match file.kind.get_ref() {
            ChangeKind::Merge => {
                (from >= 2 && to == 1, "merge: từ hai đơn vị trở lên ở from, một đơn vị ở to")
            }
            ChangeKind::Split => {
                (from == 1 && to >= 2, "split: một đơn vị ở from, từ hai đơn vị trở lên ở to")
            }
            ChangeKind::Rename => (from == 1 && to == 1, "rename: một đơn vị ở from, một đơn vị ở to"),
            ChangeKind::End => (from >= 1, "end: ít nhất một đơn vị ở from"),
            ChangeKind::Handover => (
                from >= 1 && to == 1,
                "handover: ít nhất một cơ quan ở from, đúng một cơ quan ở to; phần việc chuyển sang nơi khác ghi ở note",
            ),
            ChangeKind::Note => (from >= 1 && to == 0, "note: ít nhất một đơn vị ở from, không ghi to"),
        };
        if !fits {
            let what = format!("loại thay đổi không hợp với số đơn vị ({from} ở from, {to} ở to)");
            self.mistake(Code::P010, &file.kind, what, wanted);
        }
    }

    /// Whether what a body was to report goes on with one other at most.
    fn one_successor(&mut self, changes: &[ChangeFile]) {
        let mut seen = BTreeSet::new();
        for change in changes.iter().filter(|change| change.kind.get_ref().passes_on()) {
            for code in &change.from {
                if !seen.insert((code.get_ref().as_str(), change.date.get_ref().as_str())) {
                    let what = format!(
                        "hai thay đổi cùng ngày đều chuyển việc của đơn vị “{}” cho đơn vị khác",
                        code.get_ref()
                    );
                    let cure = "giữ một thay đổi; phần việc chuyển sang nơi khác ghi ở note";
                    self.mistake(Code::P005, code, what, cure);
                }
            }
        }
    }

    /// Whether some life of the unit fits the change's date.
    fn dated(&mut self, at: &Spanned<String>, units: &[Unit], fits: &dyn Fn(&Unit) -> bool, wanted: &str) {
        let mut lives = units.iter().filter(|unit| unit.code.as_str() == at.get_ref()).peekable();
        if lives.peek().is_none() {
            self.unknown(at, "đơn vị", "khai báo đơn vị bằng một mục [[unit]], hoặc sửa mã");
        } else if !lives.any(fits) {
            let what = format!("đơn vị “{}” không {wanted}", at.get_ref());
            self.mistake(Code::P009, at, what, "sửa date của thay đổi, hoặc valid-from, valid-to của đơn vị");
        }
    }
}
