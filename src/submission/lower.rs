//! The result of a lower plan → a submission of the unit of this plan whose result it is: exact sums in the fields that the
//! plan maps to it, never a percentage.

use super::{
    Access, Content, Fate, FigureStatus, FilledCell, InputFile, Reader, Received, Reported, Sent, Submission,
    Value, apply_row_status,
};
use crate::domain::{FieldId, FieldKind, IndicatorId, Meaning, Unit, Year};
use crate::finding::{Code, Finding, Origin};
use crate::form::{Field, Form};
use crate::plan::{FieldOfResult, ResultPart};
use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use vietnamese::display::{date, plain};

/// What a result of a lower plan says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowerResult {
    /// Id of the lower plan.
    pub plan: String,
    /// Report year.
    pub year: Year,
    /// The day its figures stand at, where it says so.
    pub as_of: Option<NaiveDate>,
    /// Its indicators.
    pub figures: BTreeMap<IndicatorId, LowerFigure>,
}

/// The result of an indicator of a lower plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowerFigure {
    /// Numerator and denominator; none where only a percentage is known, which cannot be added.
    pub sums: Option<(Decimal, Decimal)>,
    /// How many gave their figures.
    pub reported: usize,
    /// How many owe them.
    pub expected: usize,
    /// What kind of figure it is.
    pub status: ResultStatus,
}

/// What kind of figure the result of a lower plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultStatus {
    /// Actual figures.
    Actual,
    /// Some of them are estimates.
    Estimate,
    /// Most have no standard to be judged by.
    NoStandard,
    /// Nobody gave any.
    NoData,
}

impl ResultStatus {
    fn meaning(self) -> Meaning {
        match self {
            ResultStatus::Actual => Meaning::Actual,
            ResultStatus::Estimate => Meaning::Estimate,
            ResultStatus::NoStandard => Meaning::NoStandard,
            ResultStatus::NoData => Meaning::NotReported,
        }
    }
}

impl Reader<'_> {
    /// What a result of a lower plan reports for the unit whose result it is.
    pub fn read_result(&self, year: Option<Year>, file: InputFile, result: &LowerResult) -> Received {
        match self.unit_of(year, result) {
            Ok(unit) => self.of_result(unit, file, result),
            Err(refusal) => {
                let (finding, unit) = *refusal;
                let content = Content::Rejected {
                    unit: unit.map(|unit| unit.code.clone()),
                    filled: 0,
                    code: finding.code,
                    came: None,
                    of_other_year: None,
                };
                let finding = finding.at(Origin::file(&file.path));
                Received { file, findings: vec![finding], content }
            }
        }
    }

    /// Whose result it is, or why it is not used.
    fn unit_of(
        &self,
        year: Option<Year>,
        result: &LowerResult,
    ) -> Result<&Unit, Box<(Finding, Option<&Unit>)>> {
        let wanted = year.unwrap_or(result.year);
        let unit = self.plan.unit_of_lower_plan(&result.plan, wanted);
        let Some(unit) = unit else {
            let cause = format!(
                "đây là kết quả của kế hoạch “{}”, không đơn vị nào trong danh sách năm {wanted} nêu kế hoạch ấy",
                result.plan
            );
            let cure = format!(
                "kiểm tra có để nhầm tệp không; nếu đúng là của một đơn vị thì thêm “{}” vào khóa plans của đơn vị ấy trong danh sách đơn vị",
                result.plan
            );
            return Err(Box::new((Finding::new(Code::F012, cause, cure), None)));
        };
        if result.year != wanted {
            let cause =
                format!("đây là kết quả năm {} của {}, đang tổng hợp năm {wanted}", result.year, unit.name);
            let cure = format!("đề nghị đơn vị gửi kết quả, hồ sơ năm {wanted}");
            let finding = Finding::new(Code::F013, cause, cure).of_unit(&unit.code).in_year(wanted);
            return Err(Box::new((finding, Some(unit))));
        }
        Ok(unit)
    }

    fn of_result(&self, unit: &Unit, file: InputFile, result: &LowerResult) -> Received {
        let form = Arc::new(self.forms.form_for(unit, result.year));
        let mut filling =
            Filling { file: &file, form: &form, result, filled: Vec::new(), told: Told::default() };
        for of_result in self.plan.fields_of_result() {
            filling.fill(&of_result);
        }
        let Filling { filled, told, .. } = filling;
        let findings = told.findings(unit, &file, result);
        let mut submission = Submission {
            file: file.clone(),
            format: None,
            saved_by: None,
            // Of results the day they stand at tells which is the newer, not when somebody copied the file.
            modified: None,
            stored: None,
            received: None,
            plan_version: None,
            unit: unit.code.clone(),
            year: result.year,
            access: Access::Names,
            filled: filled.iter().map(|(id, _)| FilledCell { field: id.clone(), fate: Fate::Used }).collect(),
            filled_count: filled.len(),
            beside: BTreeMap::new(),
            unread: BTreeSet::new(),
            corrected: BTreeSet::new(),
            sent: filled
                .iter()
                .map(|(id, reported)| (id.clone(), Sent::Read(Arc::clone(reported))))
                .collect(),
            values: filled.into_iter().collect(),
            doubts: Vec::new(),
            form: Arc::clone(&form),
        };
        for row in form.rows() {
            apply_row_status(&mut submission, row);
        }
        Received { file, findings, content: Content::Submission(Box::new(submission)) }
    }
}

/// Fields that are being filled from a result.
struct Filling<'a> {
    file: &'a InputFile,
    form: &'a Form,
    result: &'a LowerResult,
    filled: Vec<(FieldId, Arc<Reported>)>,
    told: Told,
}

impl Filling<'_> {
    fn fill(&mut self, of_result: &FieldOfResult<'_>) {
        // Not every row is asked in every year.
        let Some(field) = self.form.field(&of_result.field) else { return };
        let Some(from) = of_result.from else {
            if let Some(day) = self.result.as_of {
                self.put(field, "kết quả", of_result.part, Value::Date(day), &date(day));
            }
            return;
        };
        let id = from.indicator_of(&self.result.plan);
        let Some(figure) = self.result.figures.get(id) else {
            self.told.absent.insert(id.clone());
            return;
        };
        if figure.reported < figure.expected && figure.reported > 0 {
            self.told.partial.insert(id.clone(), (figure.reported, figure.expected));
        }
        let sums = match figure.status {
            ResultStatus::NoData | ResultStatus::NoStandard => None,
            ResultStatus::Actual | ResultStatus::Estimate => {
                if figure.sums.is_none() {
                    self.told.without_sums.insert(id.clone());
                }
                figure.sums
            }
        };
        let value = match of_result.part {
            ResultPart::Numerator => sums.map(|(numerator, _)| numerator),
            ResultPart::Denominator => sums.map(|(_, denominator)| denominator),
            ResultPart::Reported => Some(figure.reported.into()),
            ResultPart::Expected => Some(figure.expected.into()),
            ResultPart::AsOf => None,
            ResultPart::Status => {
                let means = figure.status.meaning();
                if let Some(text) = field.kind.choice(means) {
                    let value = Value::Choice(means, text.into());
                    let text = text.to_owned();
                    self.put(field, &format!("chỉ tiêu {id}"), of_result.part, value, &text);
                }
                return;
            }
        };
        if let Some(number) = value {
            if field.kind == FieldKind::Count && !number.is_integer() {
                self.told.not_whole.insert(id.clone());
                return;
            }
            let number = number.normalize();
            self.put(field, &format!("chỉ tiêu {id}"), of_result.part, Value::Number(number), &plain(number));
        }
    }

    fn put(&mut self, field: &Field, place: &str, part: ResultPart, value: Value, typed: &str) {
        let reported = Reported {
            value: Some(value),
            status: FigureStatus::Actual,
            origin: Origin::cell(&self.file.path, place, part.vietnamese()),
            typed: EcoString::from(typed),
        };
        self.filled.push((field.id.clone(), Arc::new(reported)));
    }
}

/// What there is to say of a result.
#[derive(Default)]
struct Told {
    /// Indicators of which not everybody gave figures: how many of how many did.
    partial: BTreeMap<IndicatorId, (usize, usize)>,
    /// Indicators the result does not have.
    absent: BTreeSet<IndicatorId>,
    /// Indicators of which it has a percentage only.
    without_sums: BTreeSet<IndicatorId>,
    /// Indicators with a fraction where whole things are counted.
    not_whole: BTreeSet<IndicatorId>,
}

impl Told {
    fn findings(self, unit: &Unit, file: &InputFile, result: &LowerResult) -> Vec<Finding> {
        let Told { partial, absent, without_sums, not_whole } = self;
        let mut findings = Vec::new();
        let mut tell = |code, cause: String, cure: &str| {
            let finding = Finding::new(code, cause, cure).of_unit(&unit.code).in_year(result.year);
            findings.push(finding.at(Origin::file(&file.path)));
        };
        if !partial.is_empty() {
            let each: Vec<String> = partial
                .iter()
                .map(|(id, (reported, expected))| format!("{id} ({reported}/{expected})"))
                .collect();
            let cause = format!(
                "kết quả này chưa đủ: số nơi đã có số liệu trên số nơi phải báo cáo của từng chỉ tiêu là {}; nơi còn thiếu không nằm trong tổng, hoặc được đếm là chưa đạt",
                each.join(", ")
            );
            tell(Code::O017, cause, "đôn đốc đơn vị bổ sung, tổng hợp lại rồi gửi kết quả mới");
        }
        let named =
            |ids: BTreeSet<IndicatorId>| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let cure =
            "đề nghị đơn vị gửi tệp kết quả do chương trình ghi theo đúng kế hoạch, có đủ tử số và mẫu số";
        if !absent.is_empty() {
            tell(Code::O018, format!("trong kết quả không có chỉ tiêu {}", named(absent)), cure);
        }
        if !without_sums.is_empty() {
            let cause = format!(
                "chỉ tiêu {} chỉ có tỷ lệ, không có tử số và mẫu số; tỷ lệ của các đơn vị không cộng với nhau được",
                named(without_sums)
            );
            tell(Code::O018, cause, cure);
        }
        if !not_whole.is_empty() {
            let cause = format!("chỉ tiêu {} có số lẻ ở nơi đếm số nguyên", named(not_whole));
            tell(Code::O018, cause, cure);
        }
        findings
    }
}
