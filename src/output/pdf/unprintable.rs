//! Characters that senders typed and no face of the report can show: a finding for each cell.

use super::font::Fonts;
use super::typeface::Typeface;
use crate::consolidate::Consolidated;
use crate::domain::UnitCode;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::form::Form;
use crate::plan::Plan;
use crate::submission::Value;
use std::collections::BTreeMap;

/// More than these are counted, not listed.
const LISTED: usize = 12;

/// A finding for each cell of words with characters that the typeface lacks; the report shows □ in their place.
///
/// # Errors
/// [`Error::Internal`] when the typeface cannot be read.
pub fn unprintable(plan: &Plan, results: &Consolidated, typeface: &Typeface) -> Result<Vec<Finding>, Error> {
    let fonts = Fonts::of(typeface)?;
    let mut forms: BTreeMap<&UnitCode, Option<Form>> = BTreeMap::new();
    let mut findings = Vec::new();
    for (field, told) in &results.reported {
        for (unit, reported) in told {
            let Some(Value::Text(words)) = &reported.value else { continue };
            let lacking = fonts.lacking(words);
            if lacking.is_empty() {
                continue;
            }
            let cause = format!("phông chữ của báo cáo PDF không có ký tự {}", listed(&lacking));
            let cure = "xóa biểu tượng, hình vẽ; gõ lại bằng chữ và dấu câu thường, ví dụ thay biểu tượng dấu tích bằng chữ “Đạt”";
            let mut finding = Finding::new(Code::K004, cause, cure)
                .at(reported.origin.clone())
                .of_unit(unit)
                .in_year(results.year)
                .typed(reported.typed.as_str());
            let form = forms.entry(unit).or_insert_with(|| {
                let of_plan = plan.roster(results.year).into_iter().find(|known| known.code == *unit)?;
                Some(Form::of(plan, of_plan, results.year))
            });
            if let Some(known) = form.as_ref().and_then(|form| form.field(field)) {
                finding = finding.label(known.label.as_str());
            }
            findings.push(finding);
        }
    }
    Ok(findings)
}

fn listed(characters: &[char]) -> String {
    let shown: Vec<String> =
        characters.iter().take(LISTED).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    let rest = characters.len().saturating_sub(LISTED);
    let more = if rest > 0 { format!(" và {rest} ký tự khác") } else { String::new() };
    shown.join(", ") + &more
}
