//! The frame of the documents, what takes its place from a day on, and the plans before this one.

use super::super::file::{
    LaterFile, LaterLetterFile, LetterFile, PlanFile, PredecessorFile, Spanned, SuperiorFormFile,
    SuperiorSignatureFile,
};
use super::super::{Frame, FrameChange, LetterPlan, PlanNames, Predecessor, SuperiorSignature};
use super::Checker;
use crate::domain::{Dated, Year};
use crate::finding::Code;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Who reports and who signs in the superior's form; `None` where the plan lays out no such form.
#[derive(Default)]
pub(super) struct Head(Option<(Vec<String>, Vec<SuperiorSignature>)>);

impl Head {
    pub(super) fn taken_from(form: &mut SuperiorFormFile) -> Self {
        Head(Some((std::mem::take(&mut form.agency), signatures(std::mem::take(&mut form.signatures)))))
    }
}

fn signatures(files: Vec<SuperiorSignatureFile>) -> Vec<SuperiorSignature> {
    let signature =
        |s: SuperiorSignatureFile| SuperiorSignature { title: s.title, hint: s.hint, name: s.name };
    files.into_iter().map(signature).collect()
}

/// Where a `[[later]]` may begin.
struct Life {
    first: NaiveDate,
    last: NaiveDate,
}

impl Checker<'_> {
    /// The frames, in order of days. What a `[[later]]` does not give stays as it was.
    pub(super) fn frames(&mut self, main: PlanFile, head: Head) -> Dated<Frame> {
        let last = main.due.get_ref().in_year(main.last_year);
        let life = Life { first: main.first_day(), last: last.unwrap_or(NaiveDate::MAX) };
        let mut scheme = main.scheme.as_ref().and_then(|at| self.few_words(at, "scheme"));
        let has_form = head.0.is_some();
        let (agency, signatures) = head.0.unwrap_or_default();
        let letter = self.letter(main.letter);
        let names =
            PlanNames::from_texts(scheme.as_deref(), &main.title, &main.province, &letter.secretariat);
        let first = Frame {
            names,
            title: main.title,
            province: main.province,
            letter,
            agency,
            signatures,
            change: None,
        };
        let mut frames = Dated::new(first);
        let mut latest = None;
        for later in main.later {
            let keys = keys(&later);
            self.later_by_itself(&later, &keys, has_form);
            let Some(from) = self.later_day(&later.from, &life, latest) else { continue };
            latest = Some(from);
            let before = frames.last().clone();
            frames.add(from, self.frame(later, from, keys, before, &mut scheme));
        }
        frames
    }

    /// A frame after the one before it.
    fn frame(
        &mut self,
        later: LaterFile,
        from: NaiveDate,
        keys: Vec<&'static str>,
        before: Frame,
        scheme: &mut Option<String>,
    ) -> Frame {
        if let Some(words) = later.scheme.as_ref().and_then(|at| self.few_words(at, "scheme")) {
            *scheme = Some(words);
        }
        let letter = self.later_letter(later.letter, before.letter);
        let title = later.title.unwrap_or(before.title);
        let province = later.province.unwrap_or(before.province);
        Frame {
            names: PlanNames::from_texts(scheme.as_deref(), &title, &province, &letter.secretariat),
            title,
            province,
            letter,
            agency: later.superior_form.agency.unwrap_or(before.agency),
            signatures: later.superior_form.signatures.map_or(before.signatures, signatures),
            change: Some(FrameChange { from, act: later.act.into_inner(), note: later.note, keys }),
        }
    }

    /// What is wrong with a `[[later]]` whatever stands before it.
    fn later_by_itself(&mut self, later: &LaterFile, keys: &[&str], has_form: bool) {
        if later.act.get_ref().trim().is_empty() {
            let what = "thay đổi của phần khung ([[later]]) chưa ghi văn bản làm căn cứ (act)".to_owned();
            let cure = "ghi số và cơ quan ban hành, ví dụ \"Nghị quyết số 202/2025/QH15\"";
            self.mistake(Code::P010, &later.act, what, cure);
        }
        if keys.is_empty() {
            let what = "mục [[later]] này không thay đổi gì".to_owned();
            let cure = "ghi ít nhất một khóa sẽ thay đổi, ví dụ province = \"…\", hoặc mục [later.letter] với place = \"…\"; không đổi gì thì bỏ mục này";
            self.mistake(Code::P010, &later.from, what, cure);
        }
        if !has_form && keys.iter().any(|key| key.starts_with(SUPERIOR_FORM)) {
            let what =
                "mục [later.superior-form] thay đổi biểu gửi cấp trên, nhưng kế hoạch không có biểu ấy"
                    .to_owned();
            let cure = "thêm mục [superior-form], hoặc bỏ mục [later.superior-form]";
            self.mistake(Code::P010, &later.from, what, cure);
        }
    }

    /// The day a `[[later]]` begins: after those before it, and inside the plan's life.
    fn later_day(
        &mut self,
        at: &Spanned<String>,
        life: &Life,
        latest: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let from = self.date(at)?;
        if from < life.first || life.last < from {
            let what = format!("ngày {from} nằm ngoài thời gian của kế hoạch");
            let cure = format!("ghi ngày từ {} đến {}", life.first, life.last);
            self.mistake(Code::P009, at, what, &cure);
            return None;
        }
        if latest.is_some_and(|before| from <= before) {
            let what = "các mục [[later]] phải theo thứ tự thời gian, mỗi ngày một mục".to_owned();
            let cure = "xếp lại theo ngày tăng dần; thay đổi cùng ngày ghi chung một mục";
            self.mistake(Code::P009, at, what, cure);
            return None;
        }
        Some(from)
    }

    fn letter(&mut self, file: LetterFile) -> LetterPlan {
        LetterPlan {
            review_subjects: self.review_subjects(&file.review_subjects),
            superior: file.superior,
            issuer: file.issuer,
            symbol: file.symbol,
            place: file.place,
            subject: file.subject,
            addressee: file.addressee,
            secretariat: file.secretariat,
            authority: file.authority,
            signer: file.signer,
            recipients: file.recipients,
            annexes: file.annexes,
        }
    }

    fn later_letter(&mut self, file: LaterLetterFile, before: LetterPlan) -> LetterPlan {
        let mut review_subjects = before.review_subjects;
        review_subjects.extend(file.review_subjects.iter().flat_map(|file| self.review_subjects(file)));
        // A superior that is written empty is none any more.
        let superior = file.superior.or(before.superior).filter(|superior| !superior.trim().is_empty());
        LetterPlan {
            review_subjects,
            superior,
            issuer: file.issuer.unwrap_or(before.issuer),
            symbol: file.symbol.unwrap_or(before.symbol),
            place: file.place.unwrap_or(before.place),
            subject: file.subject.unwrap_or(before.subject),
            addressee: file.addressee.unwrap_or(before.addressee),
            secretariat: file.secretariat.unwrap_or(before.secretariat),
            authority: file.authority.unwrap_or(before.authority),
            signer: file.signer.unwrap_or(before.signer),
            recipients: file.recipients.unwrap_or(before.recipients),
            annexes: file.annexes.unwrap_or(before.annexes),
        }
    }

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
                    "ghi năm bằng bốn chữ số, rồi dấu bằng và câu trích yếu trong ngoặc kép",
                ),
            }
        }
        subjects
    }

    /// The plans and provinces before this one.
    pub(super) fn predecessors(&mut self, main: &PlanFile) -> Vec<Predecessor> {
        let mut seen = BTreeSet::new();
        let mut predecessor = |file: &PredecessorFile| {
            let name = self.few_words(&file.name, "name");
            let until = file.until.as_ref().and_then(|at| self.date(at));
            if let Some(id) = &file.id {
                self.ascii_id(id, "mã kế hoạch trước");
                self.unique(&mut seen, id, "kế hoạch trước");
                if id.get_ref() == main.id.get_ref() {
                    let what = format!("“{}” là mã của chính kế hoạch này", id.get_ref());
                    self.mistake(Code::P005, id, what, "ghi mã của kế hoạch trước khi hợp nhất");
                }
            }
            if file.id.is_some() != file.history {
                let what = "mục [[predecessor]] phải ghi mã kế hoạch trước (id), hoặc history = false khi không có số liệu của kế hoạch ấy".to_owned();
                let cure = "ghi id = \"…\" như trong plan.toml của kế hoạch trước; không có số liệu thì bỏ id và ghi history = false";
                self.mistake(Code::P010, &file.name, what, cure);
            }
            Some(Predecessor { id: file.id.as_ref().map(|id| id.get_ref().clone()), name: name?, until })
        };
        main.predecessors.iter().filter_map(&mut predecessor).collect()
    }
}

#[cfg(test)]
mod tests;

/// What keys of the superior's form begin with.
const SUPERIOR_FORM: &str = "superior-form.";

/// The keys a `[[later]]` gives, as the file names them.
fn keys(later: &LaterFile) -> Vec<&'static str> {
    let LaterFile { from: _, act: _, note: _, title, scheme, province, letter, superior_form } = later;
    let LaterLetterFile {
        superior,
        issuer,
        symbol,
        place,
        subject,
        review_subjects,
        addressee,
        secretariat,
        authority,
        signer,
        recipients,
        annexes,
    } = letter;
    let given = [
        ("title", title.is_some()),
        ("scheme", scheme.is_some()),
        ("province", province.is_some()),
        ("letter.superior", superior.is_some()),
        ("letter.issuer", issuer.is_some()),
        ("letter.symbol", symbol.is_some()),
        ("letter.place", place.is_some()),
        ("letter.subject", subject.is_some()),
        ("letter.review-subjects", review_subjects.is_some()),
        ("letter.addressee", addressee.is_some()),
        ("letter.secretariat", secretariat.is_some()),
        ("letter.authority", authority.is_some()),
        ("letter.signer", signer.is_some()),
        ("letter.recipients", recipients.is_some()),
        ("letter.annexes", annexes.is_some()),
        ("superior-form.agency", superior_form.agency.is_some()),
        ("superior-form.signature", superior_form.signatures.is_some()),
    ];
    given.into_iter().filter(|(_, is_given)| *is_given).map(|(key, _)| key).collect()
}
