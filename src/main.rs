//! `xhht`: arguments → command → exit code.

use cap::Cap;
use std::alloc::System;
use std::process::ExitCode;

/// Counts what is allocated, so that a process that reads a doubtful file can be held to a limit on every system alike.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    // A limit below what is allocated already is refused; the process is young and holds a few megabytes.
    xhht::cli::run(|bytes| MEMORY.set_limit(bytes).unwrap_or_default())
}
