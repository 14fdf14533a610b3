//! `xhht plan check`: every mistake of a plan file in one pass, and what a sound plan leaves open.

use super::args::PlanCheckOptions;
use super::inputs;
use super::terminal::Terminal;
use super::{CommandResult, Ending};
use crate::domain::{Direction, Indicator, IndicatorId, TargetSource, Year};
use crate::plan::{Backwards, Plan, PlannedRule};
use crate::report;
use vietnamese::display::plain;

/// What a December with this plan goes without, because the plan does not name the file for it.
fn lacking(plan: &Plan) -> Vec<&'static str> {
    let mut lacking = Vec::new();
    if plan.rules.is_empty() {
        lacking.push("Không có quy tắc kiểm tra nào (khóa rules ở mục [files]).");
    }
    if plan.brief_text.is_none() {
        lacking.push("Không có bản tóm tắt trình lãnh đạo (khóa brief ở mục [files]).");
    }
    if plan.unit_sheet_text.is_none() {
        lacking.push("Không có phiếu từng đơn vị (khóa unit-sheet ở mục [files]).");
    }
    lacking
}

/// The indicators whose target is open, or the nation's for want of an own one, with the years in which they are.
fn targets(plan: &Plan) -> Vec<String> {
    let named = |is_so: &dyn Fn(&Indicator, Year) -> bool| {
        let mut told: Vec<(IndicatorId, Vec<Year>)> = Vec::new();
        for year in plan.first_year..=plan.last_year {
            for indicator in plan.indicators_of(year).iter().filter(|indicator| is_so(indicator, year)) {
                match told.iter_mut().find(|(id, _)| *id == indicator.id) {
                    Some((_, years)) => years.push(year),
                    None => told.push((indicator.id.clone(), vec![year])),
                }
            }
        }
        told.sort_by_key(|(id, _)| plan.indicators.iter().position(|indicator| indicator.id == *id));
        let told: Vec<String> =
            told.iter().map(|(id, years)| format!("{id} ({})", spans(years).join(", "))).collect();
        (!told.is_empty()).then(|| told.join("; "))
    };
    let open = named(&|indicator, year| indicator.target_for(year).is_none());
    let national = named(&|indicator, year| {
        let judged = indicator.target_for(year);
        judged.is_some_and(|(year, _)| indicator.targets.source(year) == TargetSource::National)
    });
    let open = open.map(|told| format!("Chưa ghi mục tiêu, nên chỉ nêu kết quả: chỉ tiêu {told}."));
    let national = national
        .map(|told| format!("Xét theo mục tiêu quốc gia vì chưa ghi mục tiêu riêng: chỉ tiêu {told}."));
    open.into_iter().chain(national).collect()
}

/// Years that follow one another as one span each: “2021–2025”.
fn spans(years: &[Year]) -> Vec<String> {
    let runs = years.chunk_by(|year, next| year + 1 == *next);
    let span = |run: &[Year]| match run {
        [first, .., last] => format!("{first}–{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    };
    runs.map(span).collect()
}

/// What is told of a rule that says it keeps values out and keeps out none that matters.
fn guards_nothing(rule: &PlannedRule) -> String {
    format!(
        "quy tắc {} ({}) nói không dùng số liệu khi sai, nhưng không chỉ tiêu nào tính từ các ô mà quy tắc giữ lại. Nêu ở keeps-out ô mà chỉ tiêu dùng, hoặc đổi severity thành warning, hoặc ghi informative = true nếu chỉ giữ lại số liệu báo cáo để biết.",
        rule.code, rule.title
    )
}

/// What is told of targets that ask for less from one year to the next.
fn goes_back(plan: &Plan, Backwards { indicator, direction, targets }: &Backwards) -> String {
    let [(year, before), (next, then)] = targets;
    let found = plan.indicators.iter().find(|known| known.id == *indicator);
    let name = found.map_or_else(String::new, |known| plan.text_of(&known.short_title, *year));
    let ([from, to], cure) = match direction {
        Direction::Higher => {
            (["giảm từ", "xuống"], "nếu chỉ tiêu càng thấp càng tốt thì ghi better = \"lower\"")
        }
        Direction::Lower => (["tăng từ", "lên"], "nếu chỉ tiêu càng cao càng tốt thì bỏ khóa better"),
    };
    format!(
        "mục tiêu của chỉ tiêu {indicator} {name} {from} {}% ({year}) {to} {}% ({next}) trong khi chỉ tiêu {}. Xem lại các con số; {cure}.",
        plain(*before),
        plain(*then),
        report::better(*direction)
    )
}

pub(super) fn run(terminal: &Terminal, options: &PlanCheckOptions) -> CommandResult {
    let plan = Plan::read(&inputs::plan_sources(&options.file)?)?;
    terminal.say(format!("Kế hoạch đúng: {}", plan.frames.first().title));
    terminal.say(format!(
        "  Mã {}, phiên bản {}, áp dụng {}–{}",
        plan.id, plan.version, plan.first_year, plan.last_year
    ));
    for year in &plan.milestones {
        let levels: Vec<String> = plan
            .levels
            .iter()
            .map(|level| {
                format!("{} {}", plan.roster_of(*year, &level.id).len(), plan.name_of(level, *year).name)
            })
            .collect();
        let indicators = plan.indicators_of(*year).len();
        terminal.say(format!("  Năm {year}: {indicators} chỉ tiêu; đơn vị báo cáo: {}", levels.join(", ")));
    }
    for told in targets(&plan) {
        terminal.say(format!("  {told}"));
    }
    let file = options.file.display();
    terminal.say(format!(
        "  Xem kế hoạch của từng năm: xhht plan show --plan \"{file}\" --year {}",
        plan.last_year
    ));
    for lacking in lacking(&plan) {
        terminal.say(format!("  {lacking}"));
    }
    for rule in plan.rules.iter().filter(|rule| rule.guards_nothing()) {
        terminal.say(format!("  Lưu ý: {}", guards_nothing(rule)));
    }
    for backwards in plan.backwards() {
        terminal.say(format!("  Lưu ý: {}", goes_back(&plan, &backwards)));
    }
    Ok(Ending::Clean)
}
