//! The season: who is to be chased first, what a row of the workbook is about, and what becomes of what is typed there.
#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use chrono::NaiveDate;
use std::sync::LazyLock;
use xhht::check::decision::desk::{DeskFile, Draft, Subject, SubjectCell, Typed};
use xhht::check::decision::{DecisionTexts, Decisions};
use xhht::domain::{FieldId, UnitCode};
use xhht::finding::{Code, FindingCode};
use xhht::output::season as season_workbook;
use xhht::plan::{Plan, PlanSources, SourceFile};
use xhht::season::Season;
use xhht::season::settle::{Settled, end_of_season};
use xhht::season::typed::{DECIDED_SHEET, OPEN_SHEET, TypedRow, TypedRows, key};

static PLAN: LazyLock<Plan> = LazyLock::new(|| Plan::read(&PlanSources::embedded()).unwrap());
const YEAR: i32 = 2024;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn subject(code: Code, cells: &[(&str, &str, &str)]) -> Subject {
    let cell = |(field, cell, typed): &(&str, &str, &str)| SubjectCell {
        field: FieldId::parse(field).unwrap(),
        cell: (*cell).into(),
        typed: (*typed).into(),
    };
    Subject {
        code: FindingCode::from(code),
        unit: Some(UnitCode("794".into())),
        told: cells.is_empty().then(|| "Tệp nêu hai đơn vị.".to_owned()),
        cells: cells.iter().map(cell).collect(),
    }
}

fn one_cell() -> Subject {
    subject(Code::C004, &[("nltt.dat", "F8", "600")])
}

/// `Chấp nhận | Giá trị mới | Lý do | Người duyệt | Đến ngày`.
fn typed(text: &str) -> Typed {
    let mut cells = text.split('|').map(|cell| cell.trim().to_owned());
    let mut next = || cells.next().unwrap_or_default();
    Typed { accept: next(), new: next(), reason: next(), approver: next(), until: next() }
}

fn row(sheet: &'static str, subject: &Subject, text: &str) -> TypedRow {
    TypedRow { sheet, row: 5, subject: subject.clone(), typed: typed(text) }
}

fn settled(desk: DeskFile, rows: Vec<TypedRow>) -> Settled {
    Settled::with_typed(desk, &PLAN, TypedRows { rows, lost: Vec::new() }, day("2024-12-06"))
}

fn of_one(subject: &Subject, text: &str) -> Settled {
    settled(DeskFile::begun(YEAR), vec![row(OPEN_SHEET, subject, text)])
}

fn decisions(desk: &DeskFile) -> Decisions {
    let text = SourceFile { name: "theo-doi-xhht-2024.toml".into(), text: desk.text().unwrap() };
    Decisions::read(&PLAN, &DecisionTexts::by_name([text])).unwrap()
}

#[test]
fn a_row_becomes_a_waiver_or_a_correction() {
    for accept in ["Có", "có", "x", "X", "✓", "Đồng ý", "Chấp nhận"] {
        let settled = of_one(&one_cell(), &format!("{accept} | | đã giải trình | Trưởng phòng | 31/12/2024"));
        let read = decisions(&settled.desk);
        let [waiver] = read.waivers.as_slice() else { panic!("{accept}: {settled:?}") };
        assert_eq!(waiver.until, day("2024-12-31"), "{accept}");
        assert_eq!((waiver.year, waiver.reason.as_str()), (Some(YEAR), "đã giải trình"));
        assert_eq!(waiver.cells[0].typed, "600");
    }
    let settled = of_one(&one_cell(), " | 620 | gọi điện | Văn thư");
    let read = decisions(&settled.desk);
    let [correction] = read.corrections.as_slice() else { panic!("{settled:?}") };
    assert_eq!((correction.old.as_str(), correction.new.as_str()), ("600", "620"));
    assert_eq!((correction.who.as_str(), correction.date), ("Văn thư", day("2024-12-06")));
    assert!(read.waivers.is_empty() && settled.added == 1);
}

#[test]
fn days_are_read_as_people_type_them_and_none_is_the_end_of_the_season() {
    for (typed, until) in [
        ("31/12/2024", day("2024-12-31")),
        ("31.12.2024", day("2024-12-31")),
        ("2024-12-31", day("2024-12-31")),
        ("ngày 31 tháng 12 năm 2024", day("2024-12-31")),
        ("", end_of_season(YEAR)),
    ] {
        let settled = of_one(&one_cell(), &format!("Có | | lý do | ai đó | {typed}"));
        assert_eq!(settled.desk.decisions[0].accepted_until, Some(until), "{typed}");
    }
}

#[test]
fn what_is_not_whole_stays_as_typed_and_is_told() {
    for (text, why) in [
        ("Có | | | Trưởng phòng", "thiếu Lý do"),
        ("Có | | lý do", "thiếu Người duyệt"),
        (" | 620 | lý do", "thiếu Người duyệt"),
        ("Có | 620 | lý do | ai đó", "chỉ chọn một"),
        ("chắc là được | | lý do | ai đó", "cột Chấp nhận ghi “chắc là được”"),
        ("Có | | lý do | ai đó | 31/13/2024", "cột Đến ngày ghi “31/13/2024”, cần một ngày như 31/12/2024"),
        (" | | lý do | ai đó", "chưa chọn Chấp nhận"),
    ] {
        let settled = of_one(&one_cell(), text);
        assert!(settled.desk.decisions.is_empty(), "{text}");
        let [Draft { why: told, typed: kept, .. }] = settled.desk.drafts.as_slice() else { panic!("{text}") };
        assert!(told.contains(why), "{text}: {told}");
        assert_eq!(*kept, typed(text));
        let read = decisions(&settled.desk);
        assert_eq!(read.told[0].code, FindingCode::from(Code::O019), "{text}");
        // The file is read back as it was written, drafts and all.
        let again = settled_again(&settled);
        assert_eq!(again, settled.desk, "{text}");
    }
    // An answer that accepts nothing is kept and asks nothing.
    let no = of_one(&one_cell(), "Không | | chờ đơn vị sửa");
    assert!(decisions(&no.desk).told.is_empty() && no.desk.drafts.len() == 1);
}

fn settled_again(settled: &Settled) -> DeskFile {
    toml::from_str(&settled.desk.text().unwrap()).unwrap()
}

#[test]
fn a_finding_about_several_cells_asks_which() {
    let two = subject(Code::C004, &[("nltt.dat", "F8", "610"), ("nltt.tong", "E8", "600")]);
    let settled = of_one(&two, " | 620 | lý do | ai đó");
    assert!(settled.desk.drafts[0].why.contains("2 ô (F8, E8)"), "{settled:?}");
    for text in ["E8 = 620", "e8: 620", "$E$8 = 620", "ô E8 = 620"] {
        let settled = of_one(&two, &format!(" | {text} | lý do | ai đó"));
        let read = decisions(&settled.desk);
        assert_eq!(read.corrections.len(), 1, "{text}: {settled:?}");
        assert_eq!(read.corrections[0].field, FieldId::parse("nltt.tong").unwrap(), "{text}");
        assert_eq!((read.corrections[0].old.as_str(), read.corrections[0].new.as_str()), ("600", "620"));
    }
    let both = of_one(&two, " | F8 = 590; E8 = 620 | lý do | ai đó");
    assert_eq!(decisions(&both.desk).corrections.len(), 2);
    // As it is shown when the sheet is written anew, it says the same.
    let shown = Typed::of_decision(&both.desk.decisions[0]);
    assert_eq!(shown.new, "F8 = 590; E8 = 620");
    let of_file = subject(Code::O013, &[]);
    assert!(of_one(&of_file, " | 620 | lý do | ai đó").desk.drafts[0].why.contains("không nói về ô nào"));
    assert_eq!(decisions(&of_one(&of_file, "Có | | lý do | ai đó").desk).waivers.len(), 1);
}

#[test]
fn what_can_only_be_mended_is_not_accepted() {
    let of_plan = Subject { code: FindingCode::from(Code::O012), ..one_cell() };
    let settled = of_one(&of_plan, "Có | | lý do | ai đó");
    assert!(settled.desk.drafts[0].why.contains("không thể miễn trừ"), "{settled:?}");
}

#[test]
fn decisions_are_changed_and_taken_back_where_they_are_listed_and_only_there() {
    let subject = one_cell();
    let begun = of_one(&subject, "Có | | lý do | ai đó | 31/12/2024").desk;
    let listed = |text: &str| settled(begun.clone(), vec![row(DECIDED_SHEET, &subject, text)]);
    // As it was written: nothing is new, and the day it was typed stays.
    for accept in ["Đồng ý", "Có", "x"] {
        let same = listed(&format!("{accept} | | lý do | ai đó | 31.12.2024"));
        assert_eq!((same.added, same.withdrawn, &same.desk), (0, 0, &begun), "{accept}");
    }
    let changed = listed("Có | | lý do khác | ai đó | 31/12/2024");
    assert_eq!((changed.added, changed.desk.decisions[0].reason.as_str()), (1, "lý do khác"));
    let withdrawn = listed(" | | lý do | ai đó | 31/12/2024");
    assert!(withdrawn.withdrawn == 1 && withdrawn.desk.decisions.is_empty());
    let emptied = listed("");
    assert!(emptied.withdrawn == 1 && emptied.desk.decisions.is_empty());
    // An older copy of the workbook lists the finding, blank, and knows nothing of the decision.
    let older = settled(begun.clone(), vec![row(OPEN_SHEET, &subject, "")]);
    assert_eq!((older.added, older.withdrawn, &older.desk), (0, 0, &begun));
    // A workbook without the row takes nothing back.
    assert_eq!(settled(begun.clone(), Vec::new()).desk, begun);
    // Unfinished again: what held before holds until it is whole.
    let unfinished = listed("Có | | | ai đó | 31/12/2024");
    assert_eq!(unfinished.desk.decisions, begun.decisions);
    assert_eq!(unfinished.desk.drafts.len(), 1);
}

#[test]
fn two_rows_that_say_two_things_are_both_kept_and_neither_holds() {
    let subject = one_cell();
    let rows = vec![
        row(OPEN_SHEET, &subject, " | 620 | lý do | ai đó"),
        row(DECIDED_SHEET, &subject, " | 630 | lý do | ai đó"),
    ];
    let settled = settled(DeskFile::begun(YEAR), rows);
    assert!(settled.desk.decisions.is_empty());
    assert_eq!(settled.desk.drafts.len(), 2);
    // Saying the same twice is no contradiction.
    let rows = vec![
        row(OPEN_SHEET, &subject, " | 620 | lý do | ai đó"),
        row(DECIDED_SHEET, &subject, " | 620 | lý do | ai đó"),
    ];
    let settled = Settled::with_typed(
        DeskFile::begun(YEAR),
        &PLAN,
        TypedRows { rows, lost: Vec::new() },
        day("2024-12-06"),
    );
    assert_eq!(settled.desk.decisions.len(), 1);
}

#[test]
fn a_row_without_its_key_is_kept_and_told() {
    let rows = TypedRows { rows: Vec::new(), lost: vec![(OPEN_SHEET, 7, typed("Có | | lý do | ai đó"))] };
    let settled = Settled::with_typed(DeskFile::begun(YEAR), &PLAN, rows, day("2024-12-06"));
    let told = &decisions(&settled.desk).told[0];
    assert!(told.cause.starts_with("Dòng 7: không rõ dòng này nói về nhận xét nào"), "{}", told.cause);
    // Once the row is read anew it is not told twice.
    let again =
        TypedRows { rows: Vec::new(), lost: vec![(OPEN_SHEET, 7, typed("Có | | lý do | ai đó"))] };
    let again = Settled::with_typed(settled.desk, &PLAN, again, day("2024-12-07"));
    assert_eq!(again.desk.drafts.len(), 1);
}

/// A workbook in which nothing was typed since it was read does not undo what was decided elsewhere since.
#[test]
fn a_workbook_that_is_known_changes_nothing() {
    let accepted = of_one(&one_cell(), "Có | | đã giải trình | Trưởng phòng | 31/12/2024").desk;
    let season = Season {
        year: YEAR,
        day: day("2024-12-06"),
        due: day("2024-12-10"),
        units: Vec::new(),
        of_nobody: Vec::new(),
    };
    let book = season_workbook::write(&PLAN, &season, &accepted).unwrap();
    let read = |desk: &DeskFile| Settled::with_workbook(desk.clone(), &PLAN, &book, || None).unwrap();
    let taken = read(&accepted);
    assert_eq!((taken.added, taken.withdrawn), (0, 0), "the workbook says what is kept");
    assert_eq!(taken.desk.decisions, accepted.decisions);
    let mut elsewhere = taken.desk;
    elsewhere.decisions.clear();
    assert_eq!(read(&elsewhere), Settled::of_file(elsewhere.clone()), "taken back on the page");
    let mut never_read = elsewhere;
    never_read.taken_in = None;
    assert_eq!(read(&never_read).added, 1, "without that mark the workbook speaks");
    let why = Settled::with_workbook(DeskFile::begun(YEAR), &PLAN, b"no workbook", || None).unwrap_err();
    assert!(!why.is_empty());
}

#[test]
fn keys_are_read_back() {
    let subject = subject(Code::C004, &[("nltt.dat", "F8", "\"600\"\n“x”"), ("nltt.tong", "E8", "")]);
    assert_eq!(serde_json::from_str::<Subject>(&key(&subject)).unwrap(), subject);
}
