//! `xhht`: arguments → command → exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    xhht::cli::run()
}
