//! What the targets share: a small plan, a net under the readers, what must be true of every answer, and the changing
//! of packages part by part.

pub mod answer;
pub mod package;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};
use std::sync::OnceLock;
use xhht::plan::{Plan, PlanSources, SourceFile};

/// The sources of the small plan: every kind of cell, small enough that its templates are quickly read.
pub fn sources() -> PlanSources {
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    PlanSources {
        main: file("plan.toml", include_str!("../plan/plan.toml")),
        others: vec![
            file("don-vi.toml", include_str!("../plan/don-vi.toml")),
            file("bieu-mau.toml", include_str!("../plan/bieu-mau.toml")),
            file("quy-tac.toml", include_str!("../plan/quy-tac.toml")),
            file("bao-cao.txt", include_str!("../plan/bao-cao.txt")),
            file("tom-tat.txt", include_str!("../plan/tom-tat.txt")),
            file("phieu-don-vi.txt", include_str!("../plan/phieu-don-vi.txt")),
        ],
    }
}

/// The small plan.
pub fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| Plan::read(&sources()).unwrap_or_else(|error| panic!("{error}")))
}

thread_local! {
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Lets the libraries that read workbooks panic in peace, for intake catches that and says so; a panic of the program's
/// own code is a fault even where it is caught. To be called once, when a target starts.
pub fn spread_the_net() {
    set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        let of_a_library = panic.location().is_some_and(|at| {
            at.file().contains("/registry/src/") || at.file().contains("\\registry\\src\\")
        });
        if of_a_library {
            LAST_PANIC.set(panic.to_string());
        } else {
            eprintln!("{panic}\n{}", std::backtrace::Backtrace::force_capture());
            std::process::abort();
        }
    }));
}

/// Runs what must not panic; ends the process, as a fuzzer wants it, when it does.
pub fn held<T>(work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        eprintln!("not caught by the reader: {}", LAST_PANIC.take());
        std::process::abort()
    })
}
