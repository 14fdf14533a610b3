//! The secretariat's desk: a worker holds it; other workers open the files and hand over what is in them.

use super::{Given, broken_off, day, moment};
use serde::Deserialize;
use std::collections::BTreeMap;
use vietnamese::display::date;
use wasm_bindgen::prelude::*;
use xhht::check::decision::desk::{Subject, Typed};
use xhht::consolidate::history::result_file::AskedPart;
use xhht::error::Error;
use xhht::job::{Desk, Lying, Opened, TypedDecision, Wanted, digested, year_on};
use xhht::plan::{Plan, PlanSources, SHIPPED, province};

/// A file that could not be read to its end.
///
/// # Errors
/// The program is at fault.
#[wasm_bindgen]
pub fn broken_file(path: &str, bytes: &[u8], why: &str, limit: u32) -> Result<Vec<u8>, String> {
    let opened = vec![broken_off(path, &digested(bytes), why, limit)];
    serde_json::to_vec(&opened).map_err(|error| error.to_string())
}

/// The plans that the program brings along: JSON list of ids and of whom each is for.
///
/// # Errors
/// The program is at fault.
#[wasm_bindgen]
pub fn plans() -> Result<String, String> {
    let mut plans: Vec<(String, String)> = Vec::new();
    for shipped in SHIPPED {
        let sources = PlanSources::shipped(shipped.id).ok_or(shipped.id)?;
        let plan = Plan::read(&sources).map_err(|error| error.to_string())?;
        plans.push((shipped.id.to_owned(), plan.frame(plan.first_year).province.clone()));
    }
    plans.extend(province::all().iter().map(|province| (province.id(), province.short_name().to_owned())));
    serde_json::to_string(&plans).map_err(|error| error.to_string())
}

/// What a plan says of itself: JSON of its province, the years it is for, and the one whose season `today` lies in.
///
/// # Errors
/// It has mistakes: all of them.
#[wasm_bindgen]
pub fn plan_of(given: &str, today: &str) -> Result<String, String> {
    let given = Given::read(given)?;
    let plan = given.plan()?;
    let frame = plan.frame(given.year);
    let told = serde_json::json!({
        "id": plan.id,
        "version": plan.version,
        "province": frame.province,
        "scheme": frame.names.scheme,
        "first": plan.first_year,
        "last": plan.last_year,
        "now": year_on(day(today)?, Some(&plan)),
        "due": date(plan.due_date(given.year)).to_string(),
        "takes_results": plan.takes_results(),
        "units": plan.roster(given.year).len(),
    });
    Ok(told.to_string())
}

/// What files are by their names: JSON list of [`Lying`].
///
/// # Errors
/// The program is at fault.
#[wasm_bindgen]
pub fn lying(names: Vec<String>) -> Result<String, String> {
    let lying: Vec<Lying> = names.iter().map(|name| Lying::of_name(name)).collect();
    serde_json::to_string(&lying).map_err(|error| error.to_string())
}

/// [`Desk`], for JavaScript. Errors are sentences for whoever sits before the page.
#[wasm_bindgen]
pub struct SeasonDesk {
    desk: Desk<'static>,
}

#[derive(Deserialize)]
struct TypedBeside {
    subject: Subject,
    typed: Typed,
}

#[wasm_bindgen]
impl SeasonDesk {
    /// A desk with nothing on it; its worker holds it until it ends, and the plan with it.
    ///
    /// # Errors
    /// The plan has mistakes.
    #[wasm_bindgen(constructor)]
    pub fn new(given: &str) -> Result<SeasonDesk, String> {
        let given = Given::read(given)?;
        let plan: &'static Plan = Box::leak(Box::new(given.plan()?));
        Ok(SeasonDesk { desk: Desk::new(plan, given.year) })
    }

    /// Takes what [`super::Reading::open_file`] gave for a file.
    ///
    /// # Errors
    /// The program is at fault.
    pub fn take(&mut self, path: &str, opened: &[u8]) -> Result<(), String> {
        let opened: Vec<Opened> = serde_json::from_slice(opened).map_err(|error| error.to_string())?;
        self.desk.take(path, opened);
        Ok(())
    }

    /// Sets apart what a result among the files says was written with it.
    pub fn set_apart(&mut self, path: &str, result: &[u8]) {
        self.desk.set_apart(path, result);
    }

    /// Takes a file of decisions; one of another year is left.
    ///
    /// # Errors
    /// It has mistakes.
    pub fn take_decisions(&mut self, name: &str, text: &str) -> Result<bool, String> {
        self.desk.take_decisions(name, text).map_err(|error| error.to_string())
    }

    /// Takes the season's workbook: JSON of [`xhht::job::TakenIn`]; that of another year is left. `changed` is when its file was
    /// last changed, milliseconds since 1970 in universal time.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn take_workbook(
        &mut self,
        name: &str,
        bytes: &[u8],
        changed: Option<f64>,
    ) -> Result<Option<String>, String> {
        let taken = self.desk.take_workbook(name, bytes, changed.and_then(moment));
        let taken = taken.map_err(|error| error.to_string())?;
        taken.map(|taken| serde_json::to_string(&taken).map_err(|error| error.to_string())).transpose()
    }

    /// Takes the result of an earlier year and gives that; any other is left.
    ///
    /// # Errors
    /// It is none.
    pub fn take_past(&mut self, name: &str, text: &str) -> Result<Option<i32>, String> {
        self.desk.take_past(name, text).map_err(|error| error.to_string())
    }

    /// Takes what was typed: a JSON list of `{ subject, typed }`; gives the file that keeps all decisions, its name and text.
    ///
    /// # Errors
    /// The program is at fault.
    pub fn decide(&mut self, typed: &str, today: &str) -> Result<Vec<String>, String> {
        let typed: Vec<TypedBeside> = serde_json::from_str(typed).map_err(|error| error.to_string())?;
        let typed = typed
            .into_iter()
            .map(|TypedBeside { subject, typed }| TypedDecision { subject, typed })
            .collect();
        let (name, text) = self.desk.decide(typed, day(today)?).map_err(|error| error.to_string())?;
        Ok(vec![name, text])
    }

    /// Takes a decision back.
    ///
    /// # Errors
    /// The program is at fault.
    pub fn withdraw(&mut self, subject: &str) -> Result<bool, String> {
        let subject: Subject = serde_json::from_str(subject).map_err(|error| error.to_string())?;
        Ok(self.desk.withdraw(&subject))
    }

    /// How the season stands: JSON of [`xhht::job::SeasonTold`].
    ///
    /// # Errors
    /// Decisions have mistakes.
    pub fn season(&self, today: &str) -> Result<String, String> {
        let season = self.desk.season(day(today)?).map_err(|error| error.to_string())?;
        serde_json::to_string(&season).map_err(|error| error.to_string())
    }

    /// Writes the results, each file given to `write(all, path, bytes)` as soon as it is whole. `links` is a JSON object: how
    /// the workbook reaches the files of the inbox from the folder of results; `letter_date` is blank where the letter is not
    /// yet dated.
    ///
    /// # Errors
    /// Decisions have mistakes, or the program is at fault.
    pub fn consolidate(
        &self,
        as_of: &str,
        unit_sheets: bool,
        letter_date: &str,
        links: &str,
        write: &js_sys::Function,
    ) -> Result<(), String> {
        let links: BTreeMap<String, String> =
            serde_json::from_str(links).map_err(|error| error.to_string())?;
        let letter_date = Some(letter_date).filter(|typed| !typed.is_empty()).map(day).transpose()?;
        let asked = AskedPart { unit_sheets, letter_date };
        let wanted = Wanted { pdfs: true, word: true, returns: true, asked };
        let written = self.desk.consolidate(day(as_of)?, wanted, &links, |all, out| {
            let bytes = js_sys::Uint8Array::from(out.bytes.as_slice());
            let (all, path) = (JsValue::from_f64(all as f64), JsValue::from_str(&out.path));
            let handed = write.call3(&JsValue::NULL, &all, &path, &bytes);
            handed.map(|_| ()).map_err(|_| Error::Internal(format!("không nhận được “{}”", out.path)))
        });
        written.map_err(|error| error.to_string())
    }
}
