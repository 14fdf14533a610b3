//! The program around the pure core: arguments, folders, clock, terminal, files written whole or not at all.

mod args;
mod case;
mod changes;
mod check;
mod confined;
mod consolidate;
mod decisions;
mod discover;
mod explain;
mod fonts;
mod guides;
mod init;
mod inputs;
mod interrupt;
mod last_run;
mod links;
mod lower;
mod output;
mod own;
mod page;
mod parallel;
mod plan;
mod plan_show;
mod previous;
mod reading;
mod record;
mod resolved;
mod season;
mod self_check;
mod shell;
mod start;
mod swap;
mod tables;
mod template;
mod terminal;
mod track;
mod writing;

use crate::error::Error;
use args::{Command, PlanCommand};
use std::process::ExitCode;

/// Exit code: done, and nothing at severity error or above.
const DONE: u8 = 0;
/// Exit code: done and outputs written, but findings at severity error or above exist.
const DONE_WITH_ERRORS: u8 = 1;
/// Exit code: could not finish.
const FAILED: u8 = 2;

/// Sets how many bytes the process may have allocated from now on.
pub type LimitMemory = fn(usize);

/// Runs the program on the arguments of the process. `limit_memory` is called in the process that reads a doubtful file.
pub fn run(limit_memory: LimitMemory) -> ExitCode {
    terminal::quiet_caught_panics();
    let arguments = match args::parse() {
        Ok(arguments) => arguments,
        Err(code) => return ExitCode::from(code),
    };
    let terminal = terminal::Terminal::new(arguments.color, arguments.quiet);
    if !matches!(arguments.command, Command::Reader) {
        interrupt::watch();
    }
    let plan_path = arguments.plan.as_deref();
    let limits = &arguments.limits;
    let result = match &arguments.command {
        Command::Start => start::run(&terminal, plan_path, limits),
        Command::Init(options) => init::run(&terminal, plan_path, options),
        Command::Template(options) => template::run(&terminal, plan_path, limits, options),
        Command::Check(options) => check::run(&terminal, plan_path, limits, options),
        Command::Track(options) => track::run(&terminal, plan_path, limits, options),
        Command::Consolidate(options) => consolidate::run(&terminal, plan_path, limits, options),
        Command::Close(options) => record::close(&terminal, plan_path, limits, options),
        Command::Verify(options) => record::verify(&terminal, limits, options),
        Command::Rehearse(options) => record::rehearse(&terminal, plan_path, limits, options),
        Command::Explain(options) => explain::run(&terminal, plan_path, options),
        Command::Plan(PlanCommand::Check(options)) => plan::run(&terminal, options),
        Command::Plan(PlanCommand::Show(options)) => plan_show::run(&terminal, plan_path, options),
        Command::Completions(options) => shell::completions(&terminal, options),
        Command::Man => shell::man(&terminal),
        Command::Reader => confined::run(limits, limit_memory),
    };
    // What went wrong because the program is being stopped is not told.
    let _unbroken = interrupt::unbroken();
    match result {
        Ok(Ending::Clean) => ExitCode::from(DONE),
        Ok(Ending::WithErrors) => ExitCode::from(DONE_WITH_ERRORS),
        Err(error) => {
            terminal.error(&error);
            if matches!(arguments.command, Command::Start) {
                start::before_it_closes(&terminal);
            }
            ExitCode::from(FAILED)
        }
    }
}

/// How a command that finished ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Nothing at severity error or above.
    Clean,
    /// Findings at severity error or above exist.
    WithErrors,
}

type CommandResult = Result<Ending, Error>;
