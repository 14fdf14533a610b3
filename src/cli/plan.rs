//! `xhht plan check`: every mistake of a plan file in one pass.

use super::args::PlanCheckOptions;
use super::inputs;
use super::terminal::Terminal;
use super::{CommandResult, Outcome};
use crate::plan::Plan;

pub(super) fn run(terminal: &Terminal, options: &PlanCheckOptions) -> CommandResult {
    let plan = Plan::read(&inputs::plan_sources(&options.file)?)?;
    terminal.say(format!("Kế hoạch đúng: {}", plan.title));
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
    Ok(Outcome::Clean)
}
