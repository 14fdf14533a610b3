//! A finding as the sender meets it in the return copy: where its cells stand there, and what is noted on them.

use super::Told;
use crate::domain::FieldId;
use crate::finding::{Finding, Severity};
use crate::form::Field;
use crate::submission::Submission;
use crate::template::Remark;
use std::collections::BTreeMap;

/// A finding and the input cells it speaks of.
pub(super) struct Listed<'a> {
    pub finding: &'a Finding,
    /// Whether it asks for something.
    pub asks: bool,
    /// Cells of the form, in its order; none where it speaks of a sheet, a file or the whole report.
    pub fields: Vec<&'a Field>,
}

impl<'a> Listed<'a> {
    /// The findings, those that ask for something first, in order of consequence, then as the form runs.
    pub fn in_order(submission: &'a Submission, findings: &[Told<'a>]) -> Vec<Listed<'a>> {
        let order: BTreeMap<&FieldId, usize> =
            submission.form.fields().enumerate().map(|(at, field)| (&field.id, at)).collect();
        let mut listed: Vec<Listed<'a>> = findings
            .iter()
            .map(|told| Listed {
                finding: told.finding,
                asks: told.asks,
                fields: fields_of(submission, told.finding),
            })
            .collect();
        let place = |listed: &Listed<'_>| {
            listed.fields.first().and_then(|field| order.get(&field.id)).copied().unwrap_or(usize::MAX)
        };
        listed.sort_by(|a, b| {
            let weight = |listed: &Listed<'_>| (listed.asks, listed.finding.severity);
            weight(b).cmp(&weight(a)).then_with(|| place(a).cmp(&place(b)))
        });
        listed
    }
}

/// The cells of a finding about the unit's own file. Rows may have been inserted there, so its addresses are not the form's.
fn fields_of<'a>(submission: &'a Submission, finding: &Finding) -> Vec<&'a Field> {
    let is_of_file = finding.origin.as_ref().is_some_and(|origin| origin.file == submission.file.path);
    let fields = finding.fields.iter().filter(|_| is_of_file);
    fields.filter_map(|id| submission.form.field(id)).collect()
}

/// What is noted on each cell about which something is to be done.
pub(super) fn remarks(listed: &[Listed<'_>]) -> BTreeMap<FieldId, Remark> {
    let mut remarks: BTreeMap<FieldId, Remark> = BTreeMap::new();
    for Listed { finding, fields, .. } in listed.iter().filter(|l| l.finding.severity >= Severity::Warning) {
        let mut note = format!("{} ({}): {}", finding.severity.vietnamese(), finding.code, finding.cause);
        if let Some(typed) = finding.typed.as_deref().filter(|typed| !typed.trim().is_empty()) {
            note += &format!("\nĐã ghi: “{}”", super::look::short(typed, 120));
        }
        note += &format!("\nCần làm: {}", finding.cure);
        for field in fields {
            remarks
                .entry(field.id.clone())
                .and_modify(|remark| {
                    remark.note += "\n\n";
                    remark.note += &note;
                })
                .or_insert_with(|| Remark { severity: finding.severity, note: note.clone() });
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cell::Content as Known;
    use crate::form::Form;
    use crate::plan::{Plan, PlanSources};
    use crate::submission::{self, Content, InputFile};
    use crate::{intake, template};

    #[test]
    fn a_remark_stands_on_its_own_cell_though_another_has_the_same_label() {
        let mut sources = PlanSources::embedded();
        let form = sources.others.iter_mut().find(|file| file.name == "bieu-mau.toml").unwrap();
        form.text = form.text.replace("được trang bị kỹ năng sống\"", "được trang bị năng lực thông tin\"");
        let plan = Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"));
        let unit = plan.roster(2024).into_iter().find(|unit| unit.code.as_str() == "794").unwrap();
        let form = Form::for_unit(&plan, unit, 2024);
        let [first, second] = ["nltt.dat", "kns.dat"].map(|id| FieldId::parse(id).unwrap());
        assert_eq!(form.field(&first).unwrap().label, form.field(&second).unwrap().label);

        let filled = BTreeMap::from([(second.clone(), Known::Text("nhiều".into()))]);
        let bytes = template::write_filled(&plan, &form, None, &filled).unwrap();
        let raw = intake::read(&bytes, &plan.tabs()).unwrap();
        let file = InputFile { path: "a.xlsx".into(), sha256: String::new() };
        let received = submission::read(&plan, Some(2024), file, &raw);
        let Content::Submission(submission) = &received.content else { panic!("{:?}", received.findings) };
        let told = |finding| Told { finding, asks: true };
        let findings: Vec<Told<'_>> = received.findings.iter().map(told).collect();
        let remarks = remarks(&Listed::in_order(submission, &findings));
        assert_eq!(remarks.keys().collect::<Vec<_>>(), [&second]);
    }
}
