//! `xhht explain`: one finding code, of the program or of a rule of the plan.

use super::args::ExplainOptions;
use super::inputs;
use super::terminal::{HEADING, Terminal, style};
use super::{CommandResult, Outcome};
use crate::error::Error;
use crate::finding::{CATALOGUE, CodeInfo, Severity, info};
use crate::form::Form;
use crate::form::rules::FormLabels;
use crate::plan::{Plan, RulePlan};
use std::path::Path;

pub(super) fn run(terminal: &Terminal, plan_path: Option<&Path>, options: &ExplainOptions) -> CommandResult {
    // A plan that is wrong still leaves the program's own codes to be explained, those of plans above all.
    let plan = inputs::plan(plan_path);
    let Some(code) = &options.code else {
        list(terminal, plan.as_ref().map(|plan| plan.rules.as_slice()).unwrap_or_default());
        return Ok(Outcome::Clean);
    };
    let code = code.trim().to_uppercase();
    if let Some(info) = info(&code) {
        page(terminal, &Page::of_code(info));
        return Ok(Outcome::Clean);
    }
    let plan = plan?;
    let Some(rule) = plan.rules.iter().find(|rule| rule.code == code) else {
        return Err(Error::Usage(format!(
            "Không có mã nhận xét “{code}”. Gõ “xhht explain” để xem mọi mã; mã gồm một chữ và ba số, ví dụ C001."
        )));
    };
    page(terminal, &Page::of_rule(&plan, rule));
    Ok(Outcome::Clean)
}

fn list(terminal: &Terminal, rules: &[std::sync::Arc<RulePlan>]) {
    let codes = CATALOGUE.iter().map(|info| (info.code, info.severity, info.title));
    let rules = rules.iter().map(|rule| (rule.code.as_str(), rule.shown_severity(), rule.title.as_str()));
    let mut all: Vec<(&str, Severity, &str)> = codes.chain(rules).collect();
    // The classes keep the catalogue's order; rules join the codes of their class.
    let class = |code: &str| CATALOGUE.iter().position(|info| info.code[..1] == code[..1]);
    let classes =
        |code: &str| class(code).or_else(|| class("C001").map(|_| usize::MAX)).unwrap_or(usize::MAX);
    all.sort_by(|a, b| (classes(a.0), a.0).cmp(&(classes(b.0), b.0)));
    for (code, severity, title) in all {
        let style = style(severity);
        terminal.print(format!("{code} {style}{:<16}{style:#} {title}", severity.vietnamese()));
    }
}

/// What is told of a code: heads and texts.
struct Page {
    code: String,
    title: String,
    severity: Severity,
    parts: Vec<(&'static str, String)>,
}

impl Page {
    fn of_code(info: &CodeInfo) -> Self {
        let parts = [
            ("Ý nghĩa", info.meaning),
            ("Nguyên nhân", info.cause),
            ("Cách sửa", info.cure),
            ("Ví dụ", info.example),
            ("Xử lý", info.effect),
        ];
        Page {
            code: info.code.to_owned(),
            title: info.title.to_owned(),
            severity: info.severity,
            parts: parts.into_iter().map(|(head, text)| (head, text.to_owned())).collect(),
        }
    }

    fn of_rule(plan: &Plan, rule: &RulePlan) -> Self {
        let mut parts = vec![("Quy tắc", format!("{}   [{}]", sentence(plan, rule), rule.text))];
        let told = [("Ý nghĩa", &rule.meaning), ("Nguyên nhân", &rule.cause)];
        parts.extend(told.into_iter().filter_map(|(head, text)| Some((head, text.clone()?))));
        parts.push(("Cách sửa", without_places(&rule.cure)));
        parts.extend(rule.example.clone().map(|text| ("Ví dụ", text)));
        parts.push(("Xử lý", rule.effect().to_owned()));
        Page { code: rule.code.clone(), title: rule.title.clone(), severity: rule.shown_severity(), parts }
    }
}

/// What the rule says, in the words of the first form that it is asked of.
fn sentence(plan: &Plan, rule: &RulePlan) -> String {
    let years = (plan.first_year..=plan.last_year).rev();
    let forms = years.flat_map(|year| plan.roster(year).into_iter().map(move |unit| (unit, year)));
    for (unit, year) in forms {
        let form = Form::of(plan, unit, year);
        let found = form.rules(plan).into_iter().find(|made_out| made_out.plan.code == rule.code);
        if let Some(rule) = found {
            return format!("{}.", FormLabels::new(&form, &rule).sentence());
        }
    }
    rule.text.clone()
}

/// A text whose places for values have none: cells are called by what they hold.
fn without_places(text: &str) -> String {
    let mut told = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        told.push_str(before);
        let Some((place, after)) = after.split_once('}') else { break };
        told.push_str(if place.trim_start().starts_with("cell") { "được chỉ ra" } else { "…" });
        rest = after;
    }
    told.push_str(rest);
    let mut letters = told.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>() + ".")
}

fn page(terminal: &Terminal, page: &Page) {
    let style = style(page.severity);
    terminal.print(format!("{HEADING}{} – {}{HEADING:#}", page.code, page.title));
    terminal.print(format!("  {:<12} {style}{}{style:#}", "Mức độ", page.severity.vietnamese()));
    for (head, text) in &page.parts {
        terminal.print(format!("  {head:<12} {text}"));
    }
}
