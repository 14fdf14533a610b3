//! The core of `xhht` for a page that a browser opens from the disk: bytes and words go in, bytes and words come out.
//! Nothing here knows the domain; what is done is [`xhht::job`].
//!
//! A worker of the page holds one instance for one file. A panic ends the instance: what it says is told before
//! ([`say_panics`]), and the page makes a new one.

#[cfg(feature = "desk")]
mod bundle;
#[cfg(feature = "desk")]
mod desk;

#[cfg(feature = "desk")]
pub use bundle::Bundle;
#[cfg(feature = "desk")]
pub use desk::{SeasonDesk, broken_file, lying, plan_of, plans};

use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use xhht::domain::Year;
use xhht::error::Error;
use xhht::intake::moment::Moment;
use xhht::intake::{Question, Unreadable};
use xhht::job::{Alone, Holds, Opened, Opening, digested, is_handout};
use xhht::plan::{Plan, PlanSources, SourceFile};

/// Counts what is allocated, so that an instance that reads files can be held to a limit.
#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// What this instance may take from now on, megabytes; beyond it, it ends.
#[cfg(target_family = "wasm")]
#[wasm_bindgen]
pub fn limit_memory(megabytes: u32) {
    // Refused where more is taken already; the instance is young.
    let _ = MEMORY.set_limit((megabytes as usize).saturating_mul(1 << 20));
}

/// What a page carries: a plan and the year its templates are of.
#[derive(Debug, Deserialize)]
struct Given {
    year: Year,
    /// The plan's main file first …
    #[serde(default)]
    plan: Vec<File>,
    /// … or the id of one that the program brings along.
    #[serde(default)]
    id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    name: String,
    text: String,
}

/// A checked file.
#[wasm_bindgen]
pub struct Checked {
    told: String,
    copies: Vec<Vec<u8>>,
}

#[wasm_bindgen]
impl Checked {
    /// What is told of it: JSON of [`xhht::job::Alone`] with the file's `sha256`.
    #[wasm_bindgen(getter)]
    pub fn told(&self) -> String {
        self.told.clone()
    }

    /// The content of a copy, in the order in which they are told, once.
    pub fn take(&mut self, copy: usize) -> Option<Vec<u8>> {
        self.copies.get_mut(copy).map(std::mem::take)
    }
}

/// What a worker reads files by: a plan and a year, read once.
#[wasm_bindgen]
pub struct Reading {
    plan: Plan,
    year: Year,
}

#[wasm_bindgen]
impl Reading {
    /// By what the page carries.
    ///
    /// # Errors
    /// That is damaged: a sentence.
    #[wasm_bindgen(constructor)]
    pub fn new(given: &str) -> Result<Reading, String> {
        let given = Given::read(given)?;
        Ok(Reading { plan: given.plan()?, year: given.year })
    }

    /// Checks a file. `changed` is when it was last changed, milliseconds since 1970 in universal time; `today` is a day with
    /// year, month and day, joined by hyphens.
    ///
    /// # Errors
    /// The program is at fault: a sentence.
    pub fn check(
        &self,
        today: &str,
        path: &str,
        bytes: Vec<u8>,
        changed: Option<f64>,
    ) -> Result<Checked, String> {
        let sha256 = digested(&bytes);
        self.told(today, &sha256, self.opened(path, bytes, changed)?)
    }

    /// What is told of a file that could not be read to its end: `why` is `slow`, `memory` or `panic`, `limit` how many seconds
    /// or megabytes were allowed.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn broken(
        &self,
        today: &str,
        path: &str,
        bytes: &[u8],
        why: &str,
        limit: u32,
    ) -> Result<Checked, String> {
        let sha256 = digested(bytes);
        self.told(today, &sha256, vec![broken_off(path, &sha256, why, limit)])
    }

    /// Opens a file, for a desk that holds the same plan.
    ///
    /// # Errors
    /// As [`Self::check`].
    #[cfg(feature = "desk")]
    pub fn open_file(&self, path: &str, bytes: Vec<u8>, changed: Option<f64>) -> Result<Vec<u8>, String> {
        serde_json::to_vec(&self.opened(path, bytes, changed)?).map_err(|error| error.to_string())
    }
}

impl Reading {
    /// Everything in a file, down to its cells.
    fn opened(&self, path: &str, bytes: Vec<u8>, changed: Option<f64>) -> Result<Vec<Opened>, String> {
        let mut opened = Vec::new();
        let opening = Opening::new(&self.plan, &is_handout);
        let read = |bytes: Vec<u8>, question: &Question| Ok(question.answered(&bytes));
        let take = |file| {
            opened.push(file);
            Ok::<(), Error>(())
        };
        opening.open(path, bytes, changed.and_then(moment), read, take).map_err(|error| error.to_string())?;
        Ok(opened)
    }

    fn told(&self, today: &str, sha256: &str, opened: Vec<Opened>) -> Result<Checked, String> {
        let alone =
            Alone::check(&self.plan, self.year, day(today)?, opened).map_err(|error| error.to_string())?;
        let mut told = serde_json::to_value(&alone).map_err(|error| error.to_string())?;
        if let Some(told) = told.as_object_mut() {
            told.insert("sha256".to_owned(), sha256.into());
        }
        let copies = alone.copies.into_iter().map(|copy| copy.bytes).collect();
        Ok(Checked { told: told.to_string(), copies })
    }
}

/// Why nobody could read a file to its end: `why` is `slow`, `memory` or `panic`, `limit` how many seconds or megabytes were
/// allowed.
fn broken_off(path: &str, sha256: &str, why: &str, limit: u32) -> Opened {
    let unreadable = match why {
        "slow" => Unreadable::too_slow(limit.into()),
        "memory" => Unreadable::too_hungry(limit.into()),
        _ => Unreadable::broke_the_reader(),
    };
    Opened {
        path: path.to_owned(),
        sha256: sha256.to_owned(),
        stored: None,
        receipt: None,
        holds: Holds::Nothing(unreadable),
    }
}

/// A day as pages write it, year first, joined by hyphens.
fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|error| error.to_string())
}

impl Given {
    fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    fn plan(&self) -> Result<Plan, String> {
        if let Some(id) = &self.id {
            let sources =
                PlanSources::shipped(id).ok_or_else(|| format!("Không có kế hoạch nào mang mã “{id}”."))?;
            return Plan::read(&sources).map_err(|error| error.to_string());
        }
        let mut files =
            self.plan.iter().map(|File { name, text }| SourceFile { name: name.clone(), text: text.clone() });
        let main = files.next().ok_or("no plan")?;
        let mut found: Vec<SourceFile> = files.collect();
        // As they are read from a disk: those that the main file names, in its order.
        let others = PlanSources::names_in(&main)
            .iter()
            .filter_map(|name| {
                found.iter().position(|file| file.name == *name).map(|at| found.swap_remove(at))
            })
            .collect();
        Plan::read(&PlanSources { main, others }).map_err(|error| error.to_string())
    }
}

fn moment(milliseconds: f64) -> Option<Moment> {
    // Whole milliseconds; years far from ours are none.
    let since = TimeDelta::try_milliseconds(milliseconds as i64)?;
    let at = NaiveDate::from_ymd_opt(1970, 1, 1)?.and_hms_opt(0, 0, 0)?.checked_add_signed(since)?;
    Some(Moment::utc(at))
}

#[wasm_bindgen]
extern "C" {
    /// The worker's, told before a panic ends the instance.
    #[wasm_bindgen(js_name = xhhtPanicked)]
    fn panicked(what: &str);
}

/// From now on a panic is told to the worker before it ends the instance.
#[wasm_bindgen]
pub fn say_panics() {
    std::panic::set_hook(Box::new(|panic| panicked(&panic.to_string())));
}
