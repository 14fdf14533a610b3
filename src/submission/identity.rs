//! Whose report a file is and of which year: read from its content, never from its name.

use super::InputFile;
use super::name;
use crate::domain::{Unit, UnitCode, Year};
use crate::finding::{Finding, Origin};
use crate::form::{CODE_COLUMN, Form, capitalised};
use crate::intake::raw::{RawSubmission, RawValue};
use crate::plan::Plan;

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
}

impl Refusal {
    fn of(finding: Finding) -> Box<Self> {
        Box::new(Refusal { finding, unit: None, form: None })
    }
}

pub(super) fn resolve(
    plan: &Plan,
    wanted: Option<Year>,
    file: &InputFile,
    raw: &RawSubmission,
) -> Result<Identified, Box<Refusal>> {
    let at = |finding: Finding| finding.at(Origin::file(&file.path));
    if let Some(other) = raw.identity.plan.as_ref().filter(|id| **id != plan.id) {
        let cause = format!("tệp là biểu mẫu của kế hoạch “{other}”, đang tổng hợp kế hoạch “{}”", plan.id);
        let cure = "dùng biểu mẫu do Sở gửi cho kế hoạch này; chép số liệu sang rồi gửi lại";
        return Err(Refusal::of(
            at(Finding::new("S002", cause, cure)).read(other.clone()).expected(&plan.id),
        ));
    }
    let mut findings = Vec::new();
    let visible = visible_heading(plan, raw);
    let year = match raw.identity.year.as_deref().and_then(|text| text.trim().parse::<Year>().ok()) {
        Some(year) => Some(year),
        None => visible.as_ref().map(|(_, year)| *year),
    };
    let code = match raw.identity.unit.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => Some(UnitCode(code.to_owned())),
        None => visible.as_ref().map(|(code, _)| code.clone()),
    };
    let (Some(year), Some(code)) = (year, code) else {
        return Err(Refusal::of(not_a_template(file)));
    };
    let known: Vec<&Unit> = plan.units.iter().filter(|unit| unit.code == code).collect();
    if known.is_empty() {
        let cause = format!("mã đơn vị “{code}” trong tệp không có trong danh sách của kế hoạch");
        let cure = "dùng biểu mẫu do Sở gửi cho đúng đơn vị; không sửa trang ẩn của biểu mẫu";
        return Err(Refusal::of(at(Finding::new("O001", cause, cure)).read(code.as_str()).in_year(year)));
    }
    let unit = plan.roster(year).into_iter().find(|unit| unit.code == code).cloned();
    // Also off the roster there is a form by which the filled cells can be counted.
    let form = unit.as_ref().or(known.first().copied()).map(|unit| Form::of(plan, unit, year));
    if let Some(wanted) = wanted.filter(|wanted| *wanted != year) {
        let cause = format!("tệp là biểu mẫu năm {year}, đang tổng hợp năm {wanted}");
        let cure = format!("chép số liệu sang biểu mẫu năm {wanted} rồi gửi lại");
        let finding = at(Finding::new("T001", cause, cure)).of_unit(&code).in_year(wanted);
        let finding = finding.read(year.to_string()).expected(wanted.to_string());
        let on_roster = plan.roster(wanted).iter().any(|unit| unit.code == code);
        return Err(Box::new(Refusal { finding, unit: on_roster.then_some(code), form }));
    }
    let Some(unit) = unit else {
        let name = known.first().map(|unit| unit.name.as_str()).unwrap_or_default();
        let cause = format!("{} ({code}) không thuộc danh sách đơn vị báo cáo năm {year}", capitalised(name));
        let cure = "gửi theo đơn vị mới sau sắp xếp, hoặc sửa valid-from, valid-to trong danh sách đơn vị";
        let finding = at(Finding::new("O004", cause, cure)).read(code.as_str()).in_year(year);
        return Err(Box::new(Refusal { finding, unit: None, form }));
    };
    if let Some(version) = raw.identity.plan_version.as_ref().filter(|version| **version != plan.version) {
        let cause = format!(
            "biểu mẫu ghi từ kế hoạch phiên bản {version}, kế hoạch hiện tại là phiên bản {}",
            plan.version
        );
        let cure = "kiểm tra kỹ số liệu của tệp này; kỳ sau dùng biểu mẫu mới";
        findings.push(at(Finding::new("S003", cause, cure)).of_unit(&unit.code).in_year(year));
    }
    if let Some(other) = contradicting_name(plan, year, &file.path, &unit) {
        let cause = format!(
            "tên tệp mở đầu bằng mã {} ({}) nhưng nội dung là biểu mẫu của {} ({})",
            other.code, other.name, unit.name, unit.code
        );
        let cure = format!(
            "kiểm tra số liệu trong tệp có đúng là của {} không; nếu đúng thì đổi lại tên tệp",
            unit.name
        );
        findings.push(at(Finding::new("O005", cause, cure)).of_unit(&unit.code).in_year(year));
    }
    Ok(Identified { unit, year, findings })
}

/// The finding for a workbook that is nobody's template.
pub(super) fn not_a_template(file: &InputFile) -> Finding {
    Finding::new(
        "S001",
        "tệp không có trang nhận dạng, tên ô hay cột mã số của biểu mẫu",
        "dùng biểu mẫu do Sở gửi: chép số liệu vào các ô nền vàng rồi gửi lại tệp đó",
    )
    .at(Origin::file(&file.path))
}

/// Unit and year from the second line of a sheet, “Huyện Tân Hưng · Báo cáo năm 2024”, for files whose hidden identity
/// was lost.
fn visible_heading(plan: &Plan, raw: &RawSubmission) -> Option<(UnitCode, Year)> {
    raw.sheets.iter().find_map(|sheet| {
        sheet.cells.range(..crate::domain::CellAddress::new(8, 0)).find_map(|(address, cell)| {
            let RawValue::Text(text) = &cell.value else { return None };
            let text = super::text::clean(text).text;
            let (unit, year) = text.split_once(" · Báo cáo năm ")?;
            let year: Year = year.trim().parse().ok().filter(|_| address.column == CODE_COLUMN)?;
            let unit = plan.roster(year).into_iter().find(|candidate| name::same(&candidate.name, unit))?;
            Some((unit.code.clone(), year))
        })
    })
}

/// The unit whose code opens the file name, when it is another than the sender.
fn contradicting_name<'a>(plan: &'a Plan, year: Year, path: &str, unit: &Unit) -> Option<&'a Unit> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let code: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    plan.roster(year).into_iter().find(|other| other.code.as_str() == code && other.code != unit.code)
}
