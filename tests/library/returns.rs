//! Return copies: sent back they are submissions, corrected they leave nothing to say; letters; waived rules.
#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

use crate::finding_cases::base;
use crate::finding_cases::run;
use calamine::{Data, Reader, Xlsx};
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::LazyLock;
use xhht::check::decision::{DecisionTexts, Decisions};
use xhht::check::{AcceptedSubmissions, Previous, check, check_decided};
use xhht::domain::cell::Content as Known;
use xhht::domain::{FieldId, UnitCode};
use xhht::finding::{Code, Finding, FindingCode, Severity};
use xhht::form::Form;
use xhht::intake::moment::{Moment, Receipt, ReceiptBy};
use xhht::intake::{self, Unreadable, raw::RawCell, raw::RawSubmission, raw::RawValue};
use xhht::output::returns;
use xhht::plan::{Plan, SourceFile};
use xhht::submission::{self, Content, InputFile, Received, Sent};

static PLAN: LazyLock<Plan> = LazyLock::new(|| Plan::read(&run::small()).unwrap());
const YEAR: i32 = 2024;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 12, 15).unwrap()
}

fn form() -> Form {
    let roster = PLAN.roster(YEAR);
    Form::for_unit(&PLAN, roster.iter().find(|unit| unit.code.as_str() == "794").unwrap(), YEAR)
}

fn id(field: &str) -> FieldId {
    FieldId::parse(field).unwrap()
}

fn with(changes: &[(&str, RawValue)]) -> RawSubmission {
    let form = form();
    let mut raw = base::filled(&form);
    for (field, value) in changes {
        let field = form.field(&id(field)).unwrap();
        let sheet = raw.sheets.iter_mut().find(|sheet| sheet.name == field.sheet).unwrap();
        sheet.cells.insert(field.cell, RawCell::of(value.clone()));
    }
    raw
}

fn received(raw: &RawSubmission) -> Received {
    let file = InputFile { path: "hop-thu/Tân An.xlsx".into(), sha256: "0".repeat(64) };
    submission::read(&PLAN, Some(YEAR), file, raw)
}

/// Last year's figure of one cell: the copy shows it beside this year's.
fn previous() -> Previous {
    let values = BTreeMap::from([(id("nltt.tong"), Known::Number(1000.into()))]);
    Previous::from([(UnitCode("794".into()), values)])
}

/// A file that goes back.
struct ReturnCopy {
    path: String,
    bytes: Vec<u8>,
}

/// What was found in the unit's file, and what goes back.
fn judged(received: Vec<Received>) -> (AcceptedSubmissions, Vec<Finding>, Vec<ReturnCopy>) {
    let checked = check(&PLAN, YEAR, day(), &previous(), received).unwrap();
    let copies = returns::copies(&PLAN, &checked.value, &checked.findings);
    let copies = copies
        .into_iter()
        .map(|copy| ReturnCopy { bytes: copy.write(&PLAN, &previous(), YEAR).unwrap(), path: copy.path })
        .collect();
    let of_unit = |f: &Finding| f.unit.as_ref().is_some_and(|unit| unit.as_str() == "794");
    (checked.value, checked.findings.into_iter().filter(of_unit).collect(), copies)
}

fn codes(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.code.to_string()).collect()
}

fn read_back(copy: &ReturnCopy) -> RawSubmission {
    intake::read(&copy.bytes, &PLAN.tabs()).unwrap_or_else(|why| panic!("{why:?}"))
}

#[test]
fn a_return_copy_is_a_submission_and_a_corrected_one_leaves_nothing_to_say() {
    let words = |text: &str| RawValue::Text(text.into());
    let sent = with(&[
        ("nltt.dat", words("rất nhiều")),
        ("kns.tong", words("1.000")),
        ("kns.dat", RawValue::Number(1200.0)),
    ]);
    let (first, found, copies) = judged(vec![received(&sent)]);
    let told = codes(&found);
    assert!(told.contains(&"R001".to_owned()) && told.iter().any(|code| code.starts_with('C')), "{told:?}");
    assert_eq!(
        copies.iter().map(|copy| copy.path.as_str()).collect::<Vec<_>>(),
        ["phan-hoi/794-Thành phố Tân An.xlsx"]
    );
    if let Ok(folder) = std::env::var("XHHT_KEEP_COPIES") {
        std::fs::write(std::path::Path::new(&folder).join("copy.xlsx"), &copies[0].bytes).unwrap();
    }
    assert_eq!(copies[0].bytes, judged(vec![received(&sent)]).2[0].bytes, "the same bytes twice");

    // Nothing is lost: what could not be read stands there as it was typed, what could be read as it was understood.
    let mut raw = read_back(&copies[0]);
    assert_eq!(raw.sheet_names[0], "Nhận xét");
    let Content::Submission(again) = received(&raw).content else { panic!("no submission") };
    let before = first.sent_by(&UnitCode("794".into())).unwrap();
    assert_eq!(again.sent.len(), before.sent.len());
    for (field, sent) in &before.sent {
        assert_eq!(again.sent[field].content(), sent.content(), "{field}");
    }
    let (_, same, _) = judged(vec![received(&raw)]);
    let grave = |findings: &[Finding]| -> Vec<FindingCode> {
        findings.iter().filter(|f| f.severity >= Severity::Warning).map(|f| f.code).collect()
    };
    assert_eq!(grave(&same), grave(&found), "the same is said of it again");

    let form = form();
    for (field, figure) in [("nltt.dat", 600.0), ("kns.dat", 600.0)] {
        let field = form.field(&id(field)).unwrap();
        let sheet = raw.sheets.iter_mut().find(|sheet| sheet.name == field.sheet).unwrap();
        sheet.cells.get_mut(&field.cell).unwrap().value = RawValue::Number(figure);
    }
    let clean = codes(&judged(vec![received(&base::filled(&form))]).1).len();
    let (_, left, copies) = judged(vec![received(&raw)]);
    assert_eq!(left.len(), clean, "{left:#?}");
    assert!(copies.iter().all(|copy| copy.path == LIST), "nothing is left to do");
}

/// The texts of a sheet, row by row.
fn rows(copy: &ReturnCopy, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&copy.bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// All words of a sheet.
fn words(copy: &ReturnCopy, sheet: &str) -> String {
    rows(copy, sheet).concat().join("\n")
}

fn paths(copies: &[ReturnCopy]) -> Vec<&str> {
    copies.iter().map(|copy| copy.path.as_str()).collect()
}

const TAN_AN: &str = "phan-hoi/794-Thành phố Tân An.xlsx";
const LIST: &str = "phan-hoi/de-biet.xlsx";

#[test]
fn what_asks_nothing_of_a_unit_stands_on_the_list_and_makes_no_copy() {
    // Normalised: 1.000 is read as 1000.
    let (_, found, copies) = judged(vec![received(&with(&[("nltt.tong", RawValue::Text("1.000".into()))]))]);
    assert!(codes(&found).contains(&"C003".to_owned()), "{found:?}");
    assert_eq!(paths(&copies), [LIST]);
    let rows = rows(&copies[0], "Để biết");
    let row = rows.iter().find(|row| row.last().is_some_and(|code| code == "C003")).unwrap();
    let told = ["Thành phố Tân An", "hop-thu/Tân An.xlsx", "2. Năng lực, trình độ", "E8"];
    assert_eq!(row[1..5], told);
    assert!(row[6].contains("Đã ghi: “1.000”, đã hiểu là 1.000"), "{row:?}");
    assert!(words(&copies[0], "Để biết").contains("không gửi cho đơn vị"));

    // One thing to be done beside it: a copy that lists both, what is to be done first, and no list.
    let sent = with(&[("nltt.tong", RawValue::Text("1.000".into())), ("kns.dat", RawValue::Number(1200.0))]);
    let (_, found, copies) = judged(vec![received(&sent)]);
    assert_eq!(paths(&copies), [TAN_AN]);
    let rows = self::rows(&copies[0], "Nhận xét");
    let at = |text: &str| rows.iter().position(|row| row.iter().any(|cell| cell == text));
    let order = ["Cần làm", "R001", "Để biết", "C003"].map(at);
    let first = rows.iter().position(|row| row[0] == "Cần làm").unwrap();
    assert!(order[1].unwrap() == first + 1 && order[1] < order[2] && order[2] < order[3], "{order:?}");
    let listed = rows.iter().filter(|row| row[0].parse::<u32>().is_ok()).count();
    assert_eq!(listed, found.len(), "everything is listed");
}

#[test]
fn a_clean_report_makes_no_file_at_all() {
    let form = form();
    let (_, found, copies) = judged(vec![received(&base::filled(&form))]);
    assert_eq!((codes(&found), paths(&copies)), (Vec::new(), Vec::new()));
}

#[test]
fn words_of_which_the_letters_are_lost_only_the_sender_can_type_again() {
    let lost = || RawValue::Text("?ã t? ch?c 13 bu?i tuyên truy?n".into());
    let (_, found, copies) = judged(vec![received(&with(&[("nltt.ghi_chu", lost())]))]);
    assert!(codes(&found).contains(&"C025".to_owned()), "{found:?}");
    assert_eq!(paths(&copies), [TAN_AN]);
}

/// A file that could not be opened and came that many hours after noon of 5/12.
fn wreck(path: &str, hours: i64) -> Received {
    let unreadable =
        Unreadable { code: Code::F003, cause: "tệp bị cắt".into(), cure: "gửi lại".into() };
    let finding = unreadable.finding(path);
    let content = Content::rejected(finding.code).which_came(Some(noon(hours)));
    let file = InputFile { path: path.into(), sha256: path.into() };
    Received { file, findings: vec![finding], content }
}

fn noon(hours: i64) -> Moment {
    let noon = NaiveDate::from_ymd_opt(2024, 12, 5).unwrap().and_hms_opt(12, 0, 0).unwrap();
    Moment::utc(noon + TimeDelta::hours(hours))
}

#[test]
fn a_unit_of_which_nothing_could_be_read_gets_its_form_behind_the_letter() {
    let (_, _, copies) = judged(vec![wreck("hop-thu/thành phố Tân An.xlsx", 0)]);
    assert_eq!(paths(&copies), [TAN_AN]);
    let letter = words(&copies[0], "Thư phản hồi");
    assert!(letter.contains("Kính gửi: Thành phố Tân An"), "{letter}");
    assert!(letter.contains("Biểu mẫu năm 2024 của đơn vị ở các trang sau của chính tệp này"), "{letter}");
    assert!(letter.contains("lưu rồi gửi lại chính tệp này"), "{letter}");
    assert!(!letter.contains("không phải biểu mẫu"), "{letter}");
    // Last year's 1000 stands right of the blank cell, as in the template.
    let sheet = rows(&copies[0], "2. Năng lực, trình độ");
    assert!(sheet[7].iter().any(|cell| cell == "1000"), "{:?}", sheet[7]);

    // Filled in and sent back it is the unit's report, of which no more is said than of any other.
    let mut raw = read_back(&copies[0]);
    assert_eq!(raw.sheet_names[0], "Thư phản hồi");
    let form = form();
    for sheet in &mut raw.sheets {
        let Some(filled) = base::filled(&form).sheets.into_iter().find(|from| from.name == sheet.name) else {
            continue;
        };
        sheet.cells.extend(filled.cells);
    }
    let (accepted, found, copies) = judged(vec![received(&raw)]);
    assert_eq!((codes(&found), paths(&copies)), (Vec::new(), Vec::new()));
    let unit = UnitCode("794".into());
    assert_eq!(accepted.submission_of(&unit).unwrap().number(&id("nltt.dat")), Some(600.into()));
}

#[test]
fn a_file_that_cannot_be_used_asks_nothing_where_a_later_one_is_used() {
    let good = |hours: i64| {
        let mut raw = base::filled(&form());
        raw.stored = Some(noon(hours));
        received(&raw)
    };
    let path = "hop-thu/thành phố Tân An cũ.xlsx";
    // Mended the day after; put there in one go; and a wreck that came later, which may be a correction.
    assert_eq!(paths(&judged(vec![wreck(path, 0), good(24)]).2), [LIST]);
    assert_eq!(paths(&judged(vec![wreck(path, 24), good(24)]).2), [LIST]);
    let (_, _, copies) = judged(vec![wreck(path, 48), good(24)]);
    assert_eq!(paths(&copies), [TAN_AN]);
    assert!(words(&copies[0], "Nhận xét").contains(&format!("Tệp “{path}”")));

    // Last year's form was followed by this year's.
    let (_, found, copies) = judged(vec![of_other_year(dated(2024, 12, 5)), good(24)]);
    assert_eq!((codes(&found), paths(&copies)), (vec!["T001".to_owned()], vec![LIST]));
}

/// The unit's form of 2023, filled, with this for the day of its report, which the file itself does not confirm.
fn of_other_year(day: Option<RawValue>) -> Received {
    other_year_saved(day, None)
}

fn other_year_saved(day: Option<RawValue>, saved: Option<NaiveDate>) -> Received {
    other_year_mailed(day, saved, None)
}

fn other_year_mailed(day: Option<RawValue>, saved: Option<NaiveDate>, mailed: Option<NaiveDate>) -> Received {
    let unit = form().unit;
    let form = Form::for_unit(&PLAN, &unit, YEAR - 1);
    let mut raw = base::filled(&form);
    let at_nine = |day: NaiveDate| day.and_hms_opt(9, 0, 0).map(Moment::utc);
    raw.modified = saved.and_then(at_nine);
    let by_mail = |moment| Receipt { moment, by: ReceiptBy::Server };
    raw.received = mailed.and_then(at_nine).map(by_mail);
    let field = form.field(&PLAN.report_date).unwrap();
    let sheet = raw.sheets.iter_mut().find(|sheet| sheet.name == field.sheet).unwrap();
    match day {
        Some(day) => sheet.cells.insert(field.cell, RawCell::of(day)),
        None => sheet.cells.remove(&field.cell),
    };
    let file = InputFile { path: "hop-thu/cũ.xlsx".into(), sha256: "1".repeat(64) };
    submission::read(&PLAN, Some(YEAR), file, &raw)
}

fn dated(year: i32, month: u32, day: u32) -> Option<RawValue> {
    let day = NaiveDate::from_ymd_opt(year, month, day)?;
    Some(RawValue::Text(day.format("%d/%m/%Y").to_string()))
}

#[test]
fn what_was_filled_into_last_years_form_for_this_year_is_carried_over() {
    let (_, found, copies) = judged(vec![of_other_year(dated(2024, 12, 5))]);
    assert_eq!((codes(&found), paths(&copies)), (vec!["T001".to_owned(), "O003".to_owned()], vec![TAN_AN]));
    let Content::Rejected { of_other_year: Some(before), .. } = of_other_year(dated(2024, 12, 5)).content
    else {
        panic!("what it says is kept")
    };
    let letter = words(&copies[0], "Thư phản hồi");
    // Every field of 2023 is asked in 2024 as well.
    let told = format!("đã chép nội dung của {} ô sang biểu mẫu năm 2024", before.sent.len());
    assert!(letter.contains(&told), "{letter}");
    assert!(letter.contains("Biểu mẫu năm 2024 không có ô nào mới so với biểu mẫu năm 2023"), "{letter}");
    let raw = read_back(&copies[0]);
    let Content::Submission(again) = received(&raw).content else { panic!("no submission") };
    assert_eq!((again.unit.as_str(), again.year, again.sent.len()), ("794", 2024, before.sent.len()));
    for (field, sent) in &before.sent {
        assert_eq!(again.sent[field].content(), sent.content(), "{field}");
    }
    let note = "Chép từ biểu mẫu năm 2023 đơn vị đã gửi; xin kiểm tra từng số.";
    assert!(part(&copies[0], "xl/comments1.xml").contains(note));
    assert!(part(&copies[0], "xl/styles.xml").contains("BDD7EE"), "the cells are coloured");
}

/// A part of a workbook as text.
fn part(copy: &ReturnCopy, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(&copy.bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn last_years_report_is_never_filled_into_this_years_form() {
    let in_season = NaiveDate::from_ymd_opt(2024, 12, 4);
    let before = NaiveDate::from_ymd_opt(2023, 12, 4);
    let why = "Vì vậy không chép số nào sang biểu mẫu năm 2024";
    let cases = [
        // The day it bears decides, though it was opened and saved again this year.
        (
            dated(2023, 12, 5),
            in_season,
            "ngày lập ghi trong tệp là 05/12/2023, không thuộc kỳ báo cáo năm 2024",
        ),
        // Reports of 2024 are due before 10/12/2024: those of their season are written from 10/10/2024 …
        (dated(2024, 10, 9), in_season, "ngày lập ghi trong tệp là 09/10/2024"),
        // … until before 10/4/2025.
        (dated(2025, 4, 10), in_season, "ngày lập ghi trong tệp là 10/04/2025"),
        (None, before, "có từ ngày 04/12/2023"),
        (None, None, "chưa rõ có phải số liệu năm 2024 hay không"),
    ];
    for (day, saved, told) in cases {
        let (_, _, copies) = judged(vec![other_year_saved(day, saved)]);
        let letter = words(&copies[0], "Thư phản hồi");
        assert!(letter.contains(told) && letter.contains(why), "{letter}");
        let Content::Submission(again) = received(&read_back(&copies[0])).content else { panic!("a form") };
        assert_eq!(again.sent.len(), 0, "{told}");
    }
    for (day, saved) in [(dated(2024, 10, 10), None), (dated(2025, 4, 9), before), (None, in_season)] {
        let (_, _, copies) = judged(vec![other_year_saved(day, saved)]);
        assert!(words(&copies[0], "Thư phản hồi").contains("đã chép nội dung"));
    }
    // A mail of this season speaks where the file says nothing, not where it was saved a year ago.
    for (saved, told) in [(None, "đã chép nội dung"), (before, why)] {
        let (_, _, copies) = judged(vec![other_year_mailed(None, saved, in_season)]);
        assert!(words(&copies[0], "Thư phản hồi").contains(told), "{saved:?}");
    }
}

#[test]
fn figures_that_were_reported_last_year_are_not_carried_over_without_a_day() {
    let in_season = NaiveDate::from_ymd_opt(2024, 12, 4);
    let sent = other_year_saved(None, in_season);
    let Content::Rejected { of_other_year: Some(before), .. } = &sent.content else { panic!("kept") };
    let figure = |(field, sent): (&FieldId, &Sent)| match sent.content() {
        Known::Number(figure) => Some((field.clone(), Known::Number(figure))),
        _ => None,
    };
    let mut known: BTreeMap<FieldId, Known> = before.sent.iter().filter_map(figure).collect();
    let letter = |known: &BTreeMap<FieldId, Known>| {
        let previous = Previous::from([(UnitCode("794".into()), known.clone())]);
        let checked = check(&PLAN, YEAR, day(), &previous, vec![sent.clone()]).unwrap();
        let copies = returns::copies(&PLAN, &checked.value, &checked.findings);
        let bytes = copies[0].write(&PLAN, &previous, YEAR).unwrap();
        words(&ReturnCopy { path: copies[0].path.clone(), bytes }, "Thư phản hồi")
    };
    assert!(letter(&known).contains("các số trong tệp trùng với số liệu năm 2023 đã có"));
    // One figure is another.
    known.insert(id("nltt.dat"), Known::Number(601.into()));
    assert!(letter(&known).contains("đã chép nội dung"));
}

#[test]
fn cells_that_are_new_this_year_are_told_and_those_that_are_gone_as_well() {
    let mut sources = run::small();
    let form = sources.others.iter_mut().find(|file| file.name == "bieu-mau.toml").unwrap();
    let (old, new) = ("{ id = \"chuc_vu\", ", "{ id = \"dien_thoai\", ");
    form.text = form.text.replacen(old, &format!("{old}valid-from = \"2024-01-01\", "), 1).replacen(
        new,
        &format!("{new}valid-to = \"2023-12-31\", "),
        1,
    );
    let plan = Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"));
    let unit = plan.roster(YEAR).into_iter().find(|unit| unit.code.as_str() == "794").unwrap();
    let before = Form::for_unit(&plan, unit, YEAR - 1);
    let mut raw = base::filled(&before);
    let date = before.field(&plan.report_date).unwrap();
    let sheet = raw.sheets.iter_mut().find(|sheet| sheet.name == date.sheet).unwrap();
    sheet.cells.insert(date.cell, RawCell::of(dated(2024, 12, 5).unwrap()));
    let phone = before.field(&id("dien_thoai.gia_tri")).unwrap();
    sheet.cells.insert(phone.cell, RawCell::of(RawValue::Text("0272 000 024".into())));
    let file = InputFile { path: "cũ.xlsx".into(), sha256: "1".repeat(64) };
    let sent = submission::read(&plan, Some(YEAR), file, &raw);
    let checked = check(&plan, YEAR, day(), &Previous::new(), vec![sent]).unwrap();
    let copies = returns::copies(&plan, &checked.value, &checked.findings);
    let bytes = copies[0].write(&plan, &Previous::new(), YEAR).unwrap();
    let letter = words(&ReturnCopy { path: copies[0].path.clone(), bytes }, "Thư phản hồi");
    let now = Form::for_unit(&plan, unit, YEAR);
    let place = now.field(&id("chuc_vu.gia_tri")).unwrap().cell;
    let told =
        format!("có 1 ô mà biểu mẫu năm 2023 không có, nay còn trống: trang “Thông tin chung”: {place}.");
    assert!(letter.contains(&told), "{letter}");
    let told = "1 ô đã điền không có ở biểu mẫu năm 2024 nên không chép: Điện thoại liên hệ";
    assert!(letter.contains(told) && letter.contains("(đã ghi “0272 000 024”)"), "{letter}");
}

#[test]
fn a_file_that_cannot_be_read_gets_a_letter() {
    let unreadable = intake::read(b"%PDF-1.7 not a workbook", &PLAN.tabs()).unwrap_err();
    let letters = |path: &str| {
        let finding = unreadable.finding(path);
        let content = Content::rejected(finding.code);
        Received {
            file: InputFile { path: path.into(), sha256: path.into() },
            findings: vec![finding],
            content,
        }
    };
    let (_, _, copies) = judged(vec![letters("a/bao cao.pdf"), letters("b/bao cao.xlsx")]);
    let names: Vec<&str> = copies.iter().map(|copy| copy.path.as_str()).collect();
    assert_eq!(names, ["phan-hoi/khong-ro-don-vi-bao cao.xlsx", "phan-hoi/khong-ro-don-vi-bao cao-2.xlsx"]);
    if let Ok(folder) = std::env::var("XHHT_KEEP_COPIES") {
        std::fs::write(std::path::Path::new(&folder).join("letter.xlsx"), &copies[0].bytes).unwrap();
    }
    assert_eq!(read_back(&copies[0]).sheet_names, ["Thư phản hồi"]);
}

#[test]
fn a_waived_rule_keeps_nothing_out_and_another_ones_does() {
    let sent = with(&[("nltt.dat", RawValue::Number(1001.0))]);
    let figure = |waivers: &str| {
        let file = SourceFile { name: "mien-tru.toml".into(), text: waivers.into() };
        let decisions = Decisions::read(&PLAN, &DecisionTexts::by_name([file])).unwrap();
        let checked =
            check_decided(&PLAN, YEAR, day(), &Previous::new(), vec![received(&sent)], &decisions).unwrap();
        checked.value.submission_of(&UnitCode("794".into())).unwrap().number(&id("nltt.dat"))
    };
    let waiver = |field: &str| {
        format!(
            "[[waiver]]\ncode = \"R001\"\nunit = \"794\"\nfield = \"{field}\"\nreason = \"a\"\napprover = \"b\"\nuntil = \"2025-01-01\"\n"
        )
    };
    assert_eq!(figure(&waiver("nltt.dat")), Some(1001.into()));
    assert_eq!(figure(&waiver("kns.dat")), None);
    assert_eq!(figure(""), None);
}

#[test]
fn a_waiver_of_a_code_that_nobody_has_is_a_mistake() {
    let text = "[[waiver]]\ncode = \"R999\"\nreason = \"a\"\napprover = \"b\"\nuntil = \"2025-01-01\"\n";
    let file = SourceFile { name: "mien-tru.toml".into(), text: text.into() };
    let told = Decisions::read(&PLAN, &DecisionTexts::by_name([file])).unwrap_err().to_string();
    assert!(told.contains("R999"), "{told}");
}
