//! `xhht template`: one workbook per reporting unit of a year's roster, and the quick start that goes with each.

use super::args::{ReadLimits, TemplateOptions};
use super::guides::QUICK_START;
use super::inputs;
use super::output::Outputs;
use super::parallel::in_parallel;
use super::terminal::Terminal;
use super::{CommandResult, Ending, page, previous, self_check};
use crate::domain::Unit;
use crate::error::Error;
use crate::form::FormBook;
use crate::plan::Plan;
use crate::template;
use std::path::Path;

pub(super) fn run(
    terminal: &Terminal,
    plan_path: Option<&Path>,
    limits: &ReadLimits,
    options: &TemplateOptions,
) -> CommandResult {
    let sources = inputs::sources(plan_path)?;
    let plan = Plan::read(&sources)?;
    let units = units(&plan, options)?;
    let previous = match &options.previous {
        Some(path) => previous::values(terminal, limits, &plan, options.year, path)?,
        None => Default::default(),
    };
    let outputs = Outputs::into_folder(&options.out)?;
    let forms = FormBook::new(&plan);
    let progress = terminal.progress(units.len(), "Ghi biểu mẫu");
    in_parallel(limits.threads(), &units, |unit| {
        let form = forms.form_for(unit, options.year);
        let known = previous.get(&unit.code);
        let bytes = template::write(&plan, &form, known)?;
        self_check::round_trips(&plan, &form, known, &bytes)?;
        outputs.add(&outputs.name_that_fits(&template::file_name(&form)), &bytes)?;
        progress.inc(1);
        Ok(())
    })?;
    progress.finish_and_clear();
    let (guide, pages) = QUICK_START;
    let guide = outputs.name_that_fits(guide);
    outputs.add(&guide, pages)?;
    let page = page::check_page(&plan, &sources, options.year)?;
    let page = page.map(|(name, bytes)| {
        let name = outputs.name_that_fits(name);
        outputs.add(&name, &bytes).map(|_| name)
    });
    let page = page.transpose()?;
    let renamed = outputs.told();
    outputs.finish()?;
    renamed.iter().for_each(|told| terminal.warn(told));
    let beside = match &page {
        Some(page) => format!("“{guide}” và trang tự kiểm tra “{page}”"),
        None => format!("“{guide}”"),
    };
    terminal.say(format!(
        "Đã ghi {} biểu mẫu năm {} vào “{}”, kèm {beside} để gửi cùng từng biểu mẫu.",
        units.len(),
        options.year,
        options.out.display()
    ));
    if page.is_none() {
        terminal.say("Bản chương trình này được dựng không kèm trang tự kiểm tra (kiem-tra.html).");
    }
    Ok(Ending::Clean)
}

fn units<'a>(plan: &'a Plan, options: &TemplateOptions) -> Result<Vec<&'a Unit>, Error> {
    check_year(plan, options.year)?;
    let roster = plan.roster(options.year);
    for code in &options.unit {
        if !roster.iter().any(|unit| unit.code.as_str().eq_ignore_ascii_case(code)) {
            let known: Vec<&str> = roster.iter().map(|unit| unit.code.as_str()).collect();
            return Err(Error::Usage(format!(
                "Không có đơn vị mang mã “{code}” trong danh sách năm {}. Các mã: {}.",
                options.year,
                known.join(", ")
            )));
        }
    }
    let wanted = |unit: &&Unit| {
        options.unit.is_empty()
            || options.unit.iter().any(|code| unit.code.as_str().eq_ignore_ascii_case(code))
    };
    Ok(roster.into_iter().filter(wanted).collect())
}

/// Whether a year lies in the plan and has units that report.
///
/// # Errors
/// [`Error::Usage`] saying which years there are.
pub(super) fn check_year(plan: &Plan, year: i32) -> Result<(), Error> {
    if !(plan.first_year..=plan.last_year).contains(&year) {
        return Err(Error::Usage(format!(
            "Kế hoạch áp dụng cho các năm {}–{}; không có năm {year}.",
            plan.first_year, plan.last_year
        )));
    }
    if plan.roster(year).is_empty() {
        return Err(Error::Usage(format!(
            "Danh sách năm {year} không có đơn vị nào. Bổ sung đơn vị trong tệp danh sách đơn vị của kế hoạch."
        )));
    }
    Ok(())
}
