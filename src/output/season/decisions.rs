//! The sheets where decisions are typed: “Cần xử lý” with the findings that are open, “Quyết định” with what was decided.

use super::look::{Cell, Columns, Look, Table};
use crate::check::decision::desk::{DeskDecision, DeskFile, Draft, Subject, SubjectCell, Typed, YES};
use crate::domain::UnitCode;
use crate::finding::{Finding, Severity};
use crate::plan::Plan;
use crate::season::settle::end_of_season;
use crate::season::typed::{DECIDED_SHEET, DeskColumn, OPEN_SHEET, key};
use crate::season::{Asked, Season};
use crate::template;
use chrono::NaiveDate;
use rust_xlsxwriter::{
    ConditionalFormatText, ConditionalFormatTextRule, DataValidation, Format, Worksheet, XlsxError,
};
use std::collections::{HashMap, HashSet};
use vietnamese::display::{capitalised, date};

const OPEN: &Columns = &[
    ("STT", 6.0),
    (head(DeskColumn::Unit), 9.0),
    ("Đơn vị", 16.0),
    ("Mức độ", 13.0),
    ("Mã", 7.0),
    ("Trang", 14.0),
    ("Ô", 10.0),
    ("Nội dung của ô", 24.0),
    ("Đã ghi", 13.0),
    ("Nhận xét", 36.0),
    ("Cần làm", 32.0),
    (head(DeskColumn::Accept), 10.0),
    (head(DeskColumn::New), 14.0),
    (head(DeskColumn::Reason), 26.0),
    (head(DeskColumn::Approver), 16.0),
    (head(DeskColumn::Until), 12.0),
    ("Ghi chú của chương trình", 26.0),
    ("Mã ô trong kế hoạch", 24.0),
    (head(DeskColumn::Key), 10.0),
];
const DECIDED: &Columns = &[
    ("STT", 6.0),
    (head(DeskColumn::Unit), 9.0),
    ("Đơn vị", 18.0),
    ("Mã", 7.0),
    ("Ô", 12.0),
    ("Ô đã ghi", 16.0),
    ("Nhận xét khi ấy", 40.0),
    (head(DeskColumn::Accept), 10.0),
    (head(DeskColumn::New), 14.0),
    (head(DeskColumn::Reason), 30.0),
    (head(DeskColumn::Approver), 18.0),
    (head(DeskColumn::Until), 12.0),
    ("Ngày ghi", 12.0),
    ("Ghi chú của chương trình", 34.0),
    ("Mã ô trong kế hoạch", 24.0),
    (head(DeskColumn::Key), 10.0),
];
/// Column of severities on the sheet of findings.
const SEVERITY: u16 = 3;

const fn head(column: DeskColumn) -> &'static str {
    column.head()
}

/// Writes the findings that are open, by unit in the order of the season.
pub(super) fn write_open(
    worksheet: &mut Worksheet,
    look: &Look,
    plan: &Plan,
    season: &Season,
    desk: &DeskFile,
) -> Result<(), XlsxError> {
    let about = format!(
        "Chấp nhận một nhận xét: chọn “{YES}” ở cột Chấp nhận, ghi Lý do, Người duyệt; Đến ngày để trống là đến hết kỳ ({}). Số đã thống nhất lại với đơn vị: ghi ở cột Giá trị mới như gõ vào ô, kèm Lý do, Người duyệt; nhận xét về nhiều ô thì ghi rõ ô, ví dụ “D7 = 620; E7 = 30”.",
        date(end_of_season(season.year))
    );
    let then = "Lưu sổ, đóng Excel rồi chạy lại: quyết định được áp dụng và chuyển sang trang “Quyết định”. Chỉ gõ vào các ô nền vàng. Lỗi do đơn vị sửa thì để trống, nhận xét tự mất khi đơn vị gửi bản đúng.";
    let title = format!("NHẬN XÉT CẦN XỬ LÝ, NĂM {}", season.year);
    let mut table = Table::begin(worksheet, look, OPEN_SHEET, &title, &[&about, then], OPEN)?;
    let first = table.next_row();
    let drafts: HashMap<&Subject, &Draft> =
        desk.drafts.iter().filter_map(|draft| Some((draft.subject.as_ref()?, draft))).collect();
    let mut number = 0;
    for unit in &season.units {
        for asked in &unit.open {
            number += 1;
            let draft = drafts.get(&asked.subject).copied();
            open_row(&mut table, plan, number, &unit.short_name, asked, draft)?;
        }
    }
    finish(table, OPEN, first, OPEN_SHEET, 16)
}

fn open_row(
    table: &mut Table<'_>,
    plan: &Plan,
    number: usize,
    unit: &str,
    asked: &Asked,
    draft: Option<&Draft>,
) -> Result<(), XlsxError> {
    let Asked { finding, subject } = asked;
    let blank = Typed::default();
    let typed = draft.map_or(&blank, |draft| &draft.typed);
    let why = draft.map(|draft| capitalised(&draft.why)).unwrap_or_default();
    let note = match (why.as_str(), subject.is_waivable(plan), subject.cells.is_empty()) {
        ("", Err(_), true) => "Đơn vị phải gửi lại; không chấp nhận hay ghi số thay được.".to_owned(),
        ("", Err(_), false) => "Không chấp nhận được; chỉ ghi giá trị mới hoặc chờ đơn vị sửa.".to_owned(),
        ("", ..) => String::new(),
        _ => format!("Chưa áp dụng: {why}."),
    };
    let origin = finding.origin.as_ref();
    let words = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let (sheet, cell) = (
        words(origin.and_then(|origin| origin.sheet.as_deref())),
        words(origin.and_then(|origin| origin.cell.as_deref())),
    );
    let sheet = if sheet.is_empty() { "Cả tệp".to_owned() } else { sheet };
    let input = |text| if why.is_empty() { Cell::Input(text) } else { Cell::Doubtful(text) };
    table.row(&[
        Cell::Count(number),
        Cell::Short(subject.unit.as_ref().map(UnitCode::as_str).unwrap_or_default()),
        Cell::Words(unit),
        Cell::Short(finding.severity.vietnamese()),
        Cell::Short(&finding.code.to_string()),
        Cell::Words(&sheet),
        Cell::Short(&cell),
        Cell::Words(finding.label.as_deref().unwrap_or_default()),
        Cell::Words(&typed_and_read(finding)),
        Cell::Words(&finding.cause),
        Cell::Words(&finding.cure),
        input(&typed.accept),
        input(&typed.new),
        input(&typed.reason),
        input(&typed.approver),
        input(&typed.until),
        Cell::Words(&note),
        Cell::Words(&codes(subject)),
        Cell::Key(&key(subject)),
    ])
}

fn typed_and_read(finding: &Finding) -> String {
    let typed = finding.typed.as_deref().unwrap_or_default();
    match finding.read.as_deref() {
        Some(read) if !typed.is_empty() && read != typed => format!("{typed} (đã hiểu là {read})"),
        _ => typed.to_owned(),
    }
}

/// The cells by the ids that the text files of decisions want.
fn codes(subject: &Subject) -> String {
    const NAMED: usize = 6;
    let ids: Vec<String> = subject.cells.iter().map(|cell| cell.field.to_string()).collect();
    match ids.len() {
        all if all > NAMED => format!("{}, và {} ô khác", ids[..NAMED].join(", "), all - NAMED),
        _ => ids.join(", "),
    }
}

/// Writes what was decided, to be changed or taken back, and what was typed and belongs to no open finding.
pub(super) fn write_decided(
    worksheet: &mut Worksheet,
    look: &Look,
    season: &Season,
    desk: &DeskFile,
) -> Result<(), XlsxError> {
    let about = "Sửa một quyết định: sửa ngay ở dòng của nó. Rút một quyết định: xóa cả ô Chấp nhận và ô Giá trị mới. Lưu sổ rồi chạy lại. Xóa cả dòng thì quyết định vẫn còn.";
    let files = "Quyết định ghi trong mien-tru.toml và dinh-chinh.toml vẫn có hiệu lực và không nêu ở đây.";
    let title = format!("CÁC QUYẾT ĐỊNH ĐÃ GHI, NĂM {}", season.year);
    let mut table = Table::begin(worksheet, look, DECIDED_SHEET, &title, &[about, files], DECIDED)?;
    let first = table.next_row();
    let names: HashMap<&UnitCode, &str> =
        season.units.iter().map(|unit| (&unit.code, unit.short_name.as_str())).collect();
    let open: HashSet<&Subject> =
        season.units.iter().flat_map(|unit| &unit.open).map(|asked| &asked.subject).collect();
    let mut number = 0;
    for decision in &desk.decisions {
        number += 1;
        let still_open = open.contains(&decision.subject);
        decided_row(&mut table, number, &names, decision, still_open, season)?;
    }
    for draft in &desk.drafts {
        if draft.subject.as_ref().is_some_and(|subject| open.contains(subject)) {
            continue;
        }
        number += 1;
        draft_row(&mut table, number, &names, draft)?;
    }
    finish(table, DECIDED, first, DECIDED_SHEET, 13)
}

fn decided_row(
    table: &mut Table<'_>,
    number: usize,
    names: &HashMap<&UnitCode, &str>,
    decision: &DeskDecision,
    still_open: bool,
    season: &Season,
) -> Result<(), XlsxError> {
    let typed = Typed::of_decision(decision);
    let note = match decision.accepted_until {
        Some(until) if season.day > until => "Đã hết hạn.",
        _ if still_open => "Nhận xét vẫn còn: xem trang “Cần xử lý”.",
        _ => "",
    };
    let row = Row { number, subject: Some(&decision.subject), typed: &typed, day: Some(decision.date), note };
    row.write(table, names, Cell::Input)
}

fn draft_row(
    table: &mut Table<'_>,
    number: usize,
    names: &HashMap<&UnitCode, &str>,
    draft: &Draft,
) -> Result<(), XlsxError> {
    let note = match draft.why.as_str() {
        "" => "Nhận xét không còn.".to_owned(),
        why => format!("Chưa áp dụng: {why}."),
    };
    let row = Row { number, subject: draft.subject.as_ref(), typed: &draft.typed, day: None, note: &note };
    row.write(table, names, Cell::Doubtful)
}

/// A row of the sheet “Quyết định”.
struct Row<'a> {
    number: usize,
    subject: Option<&'a Subject>,
    typed: &'a Typed,
    day: Option<NaiveDate>,
    note: &'a str,
}

impl<'a> Row<'a> {
    /// `input` makes the cells in which something is typed.
    fn write(
        &self,
        table: &mut Table<'_>,
        names: &HashMap<&UnitCode, &str>,
        input: fn(&'a str) -> Cell<'a>,
    ) -> Result<(), XlsxError> {
        let Row { number, subject, typed, day, note } = *self;
        let unit = subject.and_then(|subject| subject.unit.as_ref());
        let cells = subject.map(|subject| subject.cells.as_slice()).unwrap_or_default();
        let joined = |what: fn(&SubjectCell) -> &str| {
            cells.iter().map(what).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
        };
        table.row(&[
            Cell::Count(number),
            Cell::Short(unit.map(UnitCode::as_str).unwrap_or_default()),
            Cell::Words(unit.and_then(|unit| names.get(unit)).copied().unwrap_or_default()),
            Cell::Short(&subject.map(|subject| subject.code.to_string()).unwrap_or_default()),
            Cell::Short(&joined(|cell| &cell.cell)),
            Cell::Words(&joined(|cell| &cell.typed)),
            Cell::Words(subject.and_then(|subject| subject.told.as_deref()).unwrap_or_default()),
            input(&typed.accept),
            input(&typed.new),
            input(&typed.reason),
            input(&typed.approver),
            input(&typed.until),
            Cell::Day(day),
            Cell::Words(note),
            Cell::Words(&subject.map(codes).unwrap_or_default()),
            Cell::Key(&subject.map(key).unwrap_or_default()),
        ])
    }
}

/// The list of the column of acceptances, colours of severities, the hidden keys.
fn finish(
    mut table: Table<'_>,
    columns: &Columns,
    first: u32,
    sheet: &str,
    printed: u16,
) -> Result<(), XlsxError> {
    let at = |column: DeskColumn| (0..).zip(columns).find(|(_, (head, _))| *head == column.head());
    let last = table.next_row().saturating_sub(1).max(first);
    let worksheet = &mut table.worksheet;
    if let Some((accept, _)) = at(DeskColumn::Accept) {
        let list = DataValidation::new()
            .allow_list_strings(&[YES, "Không"])?
            .set_error_message(format!("Chọn “{YES}” để chấp nhận, hoặc để trống."))?;
        worksheet.add_data_validation(first, accept, last, accept, &list)?;
    }
    if let Some((key, _)) = at(DeskColumn::Key) {
        worksheet.set_column_hidden(key)?;
    }
    if sheet == OPEN_SHEET {
        for severity in [Severity::Reject, Severity::Error, Severity::Confirm] {
            let Some(color) = template::color(severity) else { continue };
            let rule = ConditionalFormatText::new()
                .set_rule(ConditionalFormatTextRule::BeginsWith(severity.vietnamese().to_owned()))
                .set_format(Format::new().set_background_color(color));
            worksheet.add_conditional_format(first, SEVERITY, last, SEVERITY, &rule)?;
        }
    }
    table.end(sheet, printed)
}
