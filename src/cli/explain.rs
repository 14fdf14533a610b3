//! `xhht explain`: one finding code, of the program or of a rule of the plan.

use super::args::ExplainOptions;
use super::inputs;
use super::terminal::{HEADING, Terminal, style};
use super::{CommandResult, Ending};
use crate::error::Error;
use crate::finding::{Code, CodeInfo, FindingCode, RuleCode, Severity};
use crate::form::explain;
use crate::plan::{Plan, PlannedRule};
use std::path::Path;

pub(super) fn run(terminal: &Terminal, plan_path: Option<&Path>, options: &ExplainOptions) -> CommandResult {
    // A plan that is wrong still leaves the program's own codes to be explained, those of plans above all.
    let plan = inputs::plan(plan_path);
    let Some(code) = &options.code else {
        list(terminal, plan.as_ref().map(|plan| plan.rules.as_slice()).unwrap_or_default());
        return Ok(Ending::Clean);
    };
    let code = code.trim().to_uppercase();
    if let Some(code) = Code::parse(&code) {
        page(terminal, &Page::of_code(code.info()));
        return Ok(Ending::Clean);
    }
    let plan = plan?;
    let of_rule = RuleCode::parse(&code).ok();
    let Some(rule) = plan.rules.iter().find(|rule| Some(rule.code) == of_rule) else {
        return Err(Error::Usage(format!(
            "Không có mã nhận xét “{code}”. Gõ “xhht explain” để xem mọi mã; mã gồm một chữ và ba số, ví dụ C001."
        )));
    };
    page(terminal, &Page::of_rule(&plan, rule));
    Ok(Ending::Clean)
}

fn list(terminal: &Terminal, rules: &[std::sync::Arc<PlannedRule>]) {
    let codes = Code::ALL.iter().map(|code| code.info());
    let codes = codes.map(|info| (FindingCode::from(info.code), info.severity, info.title));
    let rules = rules.iter().map(|rule| (rule.code.into(), rule.shown_severity(), rule.title.as_str()));
    let mut all: Vec<(FindingCode, Severity, &str)> = codes.chain(rules).collect();
    // Rules join the codes of their class.
    all.sort_by_key(|(code, ..)| (code.class(), *code));
    for (code, severity, title) in all {
        let style = style(severity);
        terminal.print(format!("{code} {style}{:<16}{style:#} {title}", severity.vietnamese()));
    }
}

/// What is told of a code: heads and texts.
struct Page {
    code: FindingCode,
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
            code: info.code.into(),
            title: info.title.to_owned(),
            severity: info.severity,
            parts: parts.into_iter().map(|(head, text)| (head, text.to_owned())).collect(),
        }
    }

    fn of_rule(plan: &Plan, rule: &PlannedRule) -> Self {
        Page {
            code: rule.code.into(),
            title: rule.title.clone(),
            severity: rule.shown_severity(),
            parts: explain::parts(plan, rule),
        }
    }
}

fn page(terminal: &Terminal, page: &Page) {
    let style = style(page.severity);
    terminal.print(format!("{HEADING}{} – {}{HEADING:#}", page.code, page.title));
    terminal.print(format!("  {:<12} {style}{}{style:#}", "Mức độ", page.severity.vietnamese()));
    for (head, text) in &page.parts {
        terminal.print(format!("  {head:<12} {text}"));
    }
}
