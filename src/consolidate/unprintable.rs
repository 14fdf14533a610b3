//! Characters that senders typed and that the printed report cannot show: a finding for each cell.

use super::Consolidated;
use crate::domain::UnitCode;
use crate::finding::{Code, Finding};
use crate::form::Form;
use crate::plan::Plan;
use crate::submission::Value;
use std::collections::BTreeMap;

/// More than these are counted, not listed.
const LISTED: usize = 12;

/// A finding for each cell of words with characters that cannot be printed; the report shows □ in their place.
///
/// `lacking` answers which characters of a text cannot be printed, sorted and without repeats: whoever prints the report
/// knows its typeface, the results do not.
pub fn unprintable(plan: &Plan, results: &Consolidated, lacking: impl Fn(&str) -> Vec<char>) -> Vec<Finding> {
    let mut forms: BTreeMap<&UnitCode, Option<Form>> = BTreeMap::new();
    let mut findings = Vec::new();
    for (field, by_unit) in &results.reported {
        for (unit, reported) in by_unit {
            let Some(Value::Text(words)) = &reported.value else { continue };
            let characters = lacking(words);
            if characters.is_empty() {
                continue;
            }
            let cause = format!("phông chữ của báo cáo PDF không có ký tự {}", listed(&characters));
            let mut cure = "xóa biểu tượng, hình vẽ; gõ lại bằng chữ và dấu câu thường".to_owned();
            if let Some(yes) = plan.yes_choice(results.year) {
                cure.push_str(&format!(", ví dụ thay biểu tượng dấu tích bằng chữ “{yes}”"));
            }
            let mut finding = Finding::new(Code::K004, cause, cure)
                .at(reported.origin.clone())
                .of_unit(unit)
                .in_year(results.year)
                .typed(reported.typed.as_str());
            let form = forms.entry(unit).or_insert_with(|| {
                let of_plan = plan.roster(results.year).into_iter().find(|known| known.code == *unit)?;
                Some(Form::for_unit(plan, of_plan, results.year))
            });
            if let Some(known) = form.as_ref().and_then(|form| form.field(field)) {
                finding = finding.about(field, known.label.as_str());
            }
            findings.push(finding);
        }
    }
    findings
}

fn listed(characters: &[char]) -> String {
    let shown: Vec<String> =
        characters.iter().take(LISTED).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    let rest = characters.len().saturating_sub(LISTED);
    let more = if rest > 0 { format!(" và {rest} ký tự khác") } else { String::new() };
    shown.join(", ") + &more
}
