//! Whose report a file is and of which year: read from its content, never from its name.

use super::{InputFile, Reader, parts};
use crate::domain::{CellAddress, Unit, UnitCode, YEARS_OF_DAYS, Year};
use crate::finding::{Code, Finding, Origin};
use crate::form::Form;
use crate::intake::raw::{RawSheet, RawSubmission, RawValue};
use crate::plan::{Plan, Predecessor};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use vietnamese::display::capitalised;
use vietnamese::name;
use vietnamese::text::clean;

/// A file whose unit and year are known.
pub(super) struct Identified {
    pub unit: Unit,
    pub year: Year,
    pub findings: Vec<Finding>,
}

/// A file that is not used.
pub(super) struct Refusal {
    pub finding: Finding,
    /// Whose it is, when that could be read and belongs to the year's roster.
    pub unit: Option<UnitCode>,
    /// The form it answers, when that is known: its filled cells can be counted.
    pub form: Option<Form>,
    /// The year of its form, where that is why it is not used.
    pub other_year: Option<Year>,
}

impl Refusal {
    fn because(finding: Finding) -> Box<Self> {
        Box::new(Refusal { finding, unit: None, form: None, other_year: None })
    }
}

pub(super) fn resolve(
    reader: &Reader<'_>,
    wanted: Option<Year>,
    file: &InputFile,
    raw: &RawSubmission,
) -> Result<Identified, Box<Refusal>> {
    let plan = reader.plan;
    let at = |finding: Finding| finding.at(Origin::file(&file.path));
    if let Some(other) =
        raw.identity.plan.as_ref().filter(|id| **id != plan.id && plan.predecessor(id).is_none())
    {
        return Err(Refusal::because(at(of_other_plan(plan, wanted, other))));
    }
    // Comparing names with all units of a country takes longer than all the rest: only where the file has to be asked.
    let heading = OnceCell::new();
    let visible = || heading.get_or_init(|| visible_heading(reader, wanted, raw)).as_ref();
    let year = match raw.identity.year.as_deref().and_then(|text| text.trim().parse::<Year>().ok()) {
        Some(year) => Some(year),
        None => visible().map(|(_, year)| *year),
    };
    let code = match raw.identity.unit.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => Some(plan.code_now(UnitCode(code.into()))),
        None => visible().map(|(code, _)| code.clone()),
    };
    let (Some(year), Some(code)) = (year, code) else {
        let finding = if has_blocks(plan, raw) {
            nobodys_blocks(plan, wanted, file)
        } else {
            not_a_template(plan, wanted, file)
        };
        return Err(Refusal::because(finding));
    };
    let known: Vec<&Unit> = plan.units.iter().filter(|unit| unit.code == code).collect();
    if known.is_empty() {
        return Err(Refusal::because(at(of_unknown_unit(plan, &code, year))));
    }
    let unit = plan.roster(year).into_iter().find(|unit| unit.code == code).cloned();
    // Also off the roster there is a form by which the filled cells can be counted.
    let form =
        |unit: Option<&Unit>| unit.or(known.first().copied()).map(|unit| reader.forms.form_for(unit, year));
    if let Some(wanted) = wanted.filter(|wanted| *wanted != year) {
        let cause = format!("tệp là biểu mẫu năm {year}, đang tổng hợp năm {wanted}");
        let on_roster = plan.roster(wanted).iter().any(|unit| unit.code == code);
        let cure = if on_roster {
            format!("chép số liệu sang biểu mẫu năm {wanted} rồi gửi lại")
        } else {
            // No form of the wanted year is this unit's.
            format!(
                "đơn vị không có trong danh sách năm {wanted}: giữ tệp này cho lần tổng hợp năm {year}; nếu chọn nhầm năm thì chạy lại với --year {year}"
            )
        };
        let finding = at(Finding::new(Code::T001, cause, cure)).of_unit(&code).in_year(wanted);
        let finding = finding.read(year.to_string()).expected(wanted.to_string());
        let form = form(unit.as_ref());
        let unit = on_roster.then_some(code);
        return Err(Box::new(Refusal { finding, unit, form, other_year: Some(year) }));
    }
    let Some(unit) = unit else {
        let name = known.first().map(|unit| unit.name.as_str()).unwrap_or_default();
        let cause = format!("{} ({code}) không thuộc danh sách đơn vị báo cáo năm {year}", capitalised(name));
        let cure = match plan.bearer(&code, year) {
            Some(bearer) => format!(
                "việc báo cáo của đơn vị này do {} ({}) thực hiện: gửi theo biểu mẫu của đơn vị ấy",
                bearer.name, bearer.code
            ),
            None => "gửi theo đơn vị mới sau sắp xếp, hoặc sửa valid-from, valid-to trong danh sách đơn vị"
                .to_owned(),
        };
        let finding = at(Finding::new(Code::O004, cause, cure)).read(code.as_str()).in_year(year);
        return Err(Box::new(Refusal { finding, unit: None, form: form(None), other_year: None }));
    };
    let findings = of_other_version(plan, raw, &unit, year).into_iter().map(at).collect();
    Ok(Identified { unit, year, findings })
}

/// The file is of a unit that the plan has never known.
fn of_unknown_unit(plan: &Plan, code: &UnitCode, year: Year) -> Finding {
    let cause = format!("mã đơn vị “{code}” trong tệp không có trong danh sách của kế hoạch");
    let cure = format!(
        "dùng biểu mẫu do {} gửi cho đúng đơn vị; không sửa trang ẩn của biểu mẫu",
        plan.frame(year).names.collector
    );
    Finding::new(Code::O001, cause, cure).read(code.as_str()).in_year(year)
}

/// Who sends out the forms of a year; where no year is asked for, whoever did at first.
fn collector(plan: &Plan, wanted: Option<Year>) -> &str {
    let frame = wanted.map_or(plan.frames.first(), |year| plan.frame(year));
    &frame.names.collector
}

/// The finding for a template of another plan.
fn of_other_plan(plan: &Plan, wanted: Option<Year>, other: &str) -> Finding {
    let cause = format!("tệp là biểu mẫu của kế hoạch “{other}”, đang tổng hợp kế hoạch “{}”", plan.id);
    let cure = format!(
        "dùng biểu mẫu do {} gửi cho kế hoạch này; chép số liệu sang rồi gửi lại",
        collector(plan, wanted)
    );
    Finding::new(Code::S002, cause, cure).read(other).expected(&plan.id)
}

/// The finding for a template that another version of the plan wrote.
fn of_other_version(plan: &Plan, raw: &RawSubmission, unit: &Unit, year: Year) -> Option<Finding> {
    if let Some(predecessor) = raw.identity.plan.as_deref().and_then(|id| plan.predecessor(id)) {
        return Some(of_predecessor(plan, predecessor).of_unit(&unit.code).in_year(year));
    }
    let version = raw.identity.plan_version.as_ref().filter(|version| **version != plan.version)?;
    let cause = format!(
        "biểu mẫu ghi từ kế hoạch phiên bản {version}, kế hoạch hiện tại là phiên bản {}",
        plan.version
    );
    let cure = "kiểm tra kỹ số liệu của tệp này; kỳ sau dùng biểu mẫu mới";
    Some(Finding::new(Code::S003, cause, cure).of_unit(&unit.code).in_year(year))
}

/// The finding for a template of a plan that became part of this one.
fn of_predecessor(plan: &Plan, predecessor: &Predecessor) -> Finding {
    let id = predecessor.id.as_deref().unwrap_or_default();
    let cause = format!(
        "biểu mẫu ghi từ kế hoạch trước hợp nhất “{id}” ({}), đã đọc theo kế hoạch hiện tại “{}”",
        predecessor.name, plan.id
    );
    let cure = "kiểm tra kỹ số liệu của tệp này; kỳ sau dùng biểu mẫu của kế hoạch hiện tại";
    Finding::new(Code::S003, cause, cure).read(id).expected(&plan.id)
}

/// The finding for a workbook that is nobody's template.
pub(super) fn not_a_template(plan: &Plan, wanted: Option<Year>, file: &InputFile) -> Finding {
    Finding::new(
        Code::S001,
        "tệp không có trang nhận dạng, tên ô hay cột mã số của biểu mẫu",
        format!(
            "dùng biểu mẫu do {} gửi: chép số liệu vào các ô nền vàng rồi gửi lại tệp đó",
            collector(plan, wanted)
        ),
    )
    .at(Origin::file(&file.path))
}

/// The finding for a workbook that holds blocks of a form and nothing that says whose.
fn nobodys_blocks(plan: &Plan, wanted: Option<Year>, file: &InputFile) -> Finding {
    // Any local unit of the year shows how it is written.
    let year = wanted.unwrap_or(plan.first_year);
    let local = |unit: &&Unit| plan.levels.first().is_some_and(|level| level.id == unit.level);
    let name =
        plan.roster(year).into_iter().find(local).map(|unit| capitalised(&unit.name)).unwrap_or_default();
    Finding::new(
        Code::S001,
        "tệp có cột mã số của biểu mẫu nhưng không chỗ nào ghi rõ là của đơn vị nào, năm nào",
        format!(
            "ghi một ô ở đầu trang, ví dụ “{name} · Báo cáo năm {year}”, hoặc chép số liệu vào biểu mẫu do {} gửi, rồi gửi lại",
            plan.frame(year).names.collector
        ),
    )
    .at(Origin::file(&file.path))
}

/// Whether blocks of a form stand in the file: some of its row codes, each alone in a cell.
fn has_blocks(plan: &Plan, raw: &RawSubmission) -> bool {
    let rows: BTreeSet<&str> = plan
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.tables)
        .flat_map(|t| &t.rows)
        .map(|row| row.id.as_str())
        .collect();
    let texts =
        raw.sheets.iter().flat_map(|sheet| sheet.cells.values()).filter_map(|cell| text_of(&cell.value));
    texts.filter(|text| rows.contains(text.trim())).take(BLOCK_ROWS).count() == BLOCK_ROWS
}

/// How many row codes make a block: one could be a word like any other.
const BLOCK_ROWS: usize = 2;
/// Rows at the top of a sheet where people write whose report it is.
const HEADING_ROWS: u32 = 12;

fn text_of(value: &RawValue) -> Option<&str> {
    match value {
        RawValue::Text(text) => Some(text),
        _ => None,
    }
}

/// Unit and year from the top of a sheet, for files whose hidden identity was lost: from the template's second line,
/// “Huyện Tân Hưng · Báo cáo năm 2024”; in another workbook from a cell that is the name of one unit and no other,
/// and from the words “năm 2024”.
///
/// The sheets of a form speak first; where none of them does, any sheet.
fn visible_heading(
    reader: &Reader<'_>,
    wanted: Option<Year>,
    raw: &RawSubmission,
) -> Option<(UnitCode, Year)> {
    let (forms, others): (Vec<&RawSheet>, Vec<&RawSheet>) =
        raw.sheets.iter().partition(|sheet| parts::bears_codes(reader, sheet));
    let has_blocks = has_blocks(reader.plan, raw);
    let of = |sheets: &[&RawSheet]| heading_of(reader.plan, wanted, sheets, has_blocks);
    of(&forms).or_else(|| of(&others))
}

fn heading_of(
    plan: &Plan,
    wanted: Option<Year>,
    sheets: &[&RawSheet],
    has_blocks: bool,
) -> Option<(UnitCode, Year)> {
    let top = || {
        let of_sheet = |sheet: &&RawSheet| -> Vec<String> {
            let cells = sheet.cells.range(..CellAddress::new(HEADING_ROWS, 0));
            cells.filter_map(|(_, cell)| Some(clean(text_of(&cell.value)?).text.into_owned())).collect()
        };
        sheets.iter().flat_map(of_sheet)
    };
    let unit_of = |year: Year, text: &str| {
        plan.roster(year)
            .into_iter()
            .find(|unit| name::is_same_name(&unit.name, text))
            .map(|unit| unit.code.clone())
    };
    let own = top().find_map(|text| {
        let (unit, year) = text.split_once(" · Báo cáo năm ")?;
        let year: Year = year.trim().parse().ok()?;
        Some((unit_of(year, unit)?, year))
    });
    if own.is_some() || !has_blocks {
        return own;
    }
    let year = top().find_map(|text| year_in(&text)).or(wanted)?;
    let named = |text: String| {
        let name = text.rsplit_once(':').map_or(text.as_str(), |(_, name)| name);
        unit_of(year, name.trim())
    };
    let units: BTreeSet<UnitCode> = top().filter_map(named).collect();
    // A list of units names nobody as the sender.
    let alone = units.len() == 1;
    units.into_iter().next().filter(|_| alone).map(|unit| (unit, year))
}

/// The year in “… năm 2024 …”.
fn year_in(text: &str) -> Option<Year> {
    let folded = name::fold(text);
    let (_, after) = folded.rsplit_once("năm ")?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|year| YEARS_OF_DAYS.contains(year))
}
