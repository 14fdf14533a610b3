//! A season as a page shows it: words and figures, ready to be drawn.

use super::alone::Told;
use crate::check::decision::desk::{DeskFile, Subject, Typed, desk_file};
use crate::consolidate::{Consolidated, Verdict};
use crate::output::season::words::Message;
use crate::plan::Plan;
use crate::report;
use crate::report::format::percent_places;
use crate::season::{Season, Stage, UnitSeason};
use serde::Serialize;
use vietnamese::display::{capitalised, date, number};

/// How a season stands.
#[derive(Debug, Serialize)]
pub struct SeasonTold {
    /// The day, as people write it.
    pub day: String,
    /// The day before which reports are to come.
    pub due: String,
    /// How many days are left.
    pub left: String,
    /// How many units have a report that can be used.
    pub received: usize,
    /// How many stand at each stage, with its words.
    pub stages: Vec<(&'static str, usize)>,
    /// Every unit, first to be chased first.
    pub units: Vec<UnitTold>,
    /// What belongs to no unit.
    pub of_nobody: Vec<Told>,
    /// Every indicator.
    pub indicators: Vec<IndicatorTold>,
    /// What was decided.
    pub decided: Vec<DecidedTold>,
    /// The name of the file that keeps it.
    pub kept: String,
}

/// How a unit stands.
#[derive(Debug, Serialize)]
pub struct UnitTold {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What is to be done next, for the colour …
    pub stage: usize,
    /// … and in words.
    pub called: &'static str,
    /// The file that counts.
    pub file: Option<String>,
    /// When that came.
    pub came: Option<String>,
    /// How many different files it has sent.
    pub versions: usize,
    /// The indicators that wait for it.
    pub awaited: Vec<String>,
    /// What asks it for something, each with what a decision would be about.
    pub open: Vec<AskedTold>,
    /// What is for information.
    pub to_know: Vec<Told>,
    /// What is to be said to it.
    pub message: Option<String>,
}

/// A finding that asks for something.
#[derive(Debug, Serialize)]
pub struct AskedTold {
    /// The finding.
    #[serde(flatten)]
    pub told: Told,
    /// What a decision about it is about.
    pub subject: Subject,
    /// Why it cannot be accepted, where it cannot.
    pub not_acceptable: Option<String>,
}

/// An indicator's result.
#[derive(Debug, Serialize)]
pub struct IndicatorTold {
    /// Its number.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The verdict, for the colour …
    pub verdict: Verdict,
    /// … and in words.
    pub called: String,
    /// Its percentage, or a dash.
    pub percent: String,
    /// Its target.
    pub target: String,
    /// Between which the percentage may come to lie.
    pub range: Option<String>,
    /// How many units it waits for.
    pub waiting: usize,
}

/// A decision, or what was typed and is none yet.
#[derive(Debug, Serialize)]
pub struct DecidedTold {
    /// What it is about, where the row says so.
    pub subject: Option<Subject>,
    /// Sheet and number of the row in the season's workbook, of what is none yet.
    pub row: Option<(String, u32)>,
    /// As it is typed.
    pub typed: Typed,
    /// Why it does not hold yet, where it does not.
    pub lacks: Option<String>,
}

pub(super) fn season_told(
    plan: &Plan,
    season: &Season,
    results: &Consolidated,
    typed: &DeskFile,
) -> SeasonTold {
    let decided = typed.decisions.iter().map(|decision| DecidedTold {
        subject: Some(decision.subject.clone()),
        row: None,
        typed: Typed::of_decision(decision),
        lacks: None,
    });
    let drafts = typed.drafts.iter().map(|draft| DecidedTold {
        subject: draft.subject.clone(),
        row: (draft.row > 0).then(|| (draft.sheet.clone(), draft.row)),
        typed: draft.typed.clone(),
        lacks: Some(draft.why.clone()),
    });
    SeasonTold {
        day: date(season.day).to_string(),
        due: date(season.due).to_string(),
        left: season.left_in_words(),
        received: season.received(),
        stages: Stage::ALL.map(|stage| (stage.vietnamese(), season.count(stage))).to_vec(),
        units: season.units.iter().map(|unit| UnitTold::of(plan, season, unit)).collect(),
        of_nobody: season.of_nobody.iter().map(|finding| Told::of(finding, finding.asks_sender())).collect(),
        indicators: results.indicators.iter().map(IndicatorTold::of).collect(),
        decided: decided.chain(drafts).collect(),
        kept: desk_file(season.year),
    }
}

impl UnitTold {
    fn of(plan: &Plan, season: &Season, unit: &UnitSeason) -> Self {
        let open = unit.open.iter().map(|asked| AskedTold {
            told: Told::of(&asked.finding, true),
            subject: asked.subject.clone(),
            not_acceptable: asked.subject.is_waivable(plan).err(),
        });
        let message = Message::to_unit(plan, season, unit);
        UnitTold {
            code: unit.code.to_string(),
            name: capitalised(&unit.name),
            stage: unit.stage as usize,
            called: unit.stage.vietnamese(),
            file: unit.file.clone(),
            came: unit.came.map(|came| date(came.day).to_string()),
            versions: unit.versions,
            awaited: unit.awaited.iter().map(ToString::to_string).collect(),
            open: open.collect(),
            to_know: unit.to_know.iter().map(|finding| Told::of(finding, false)).collect(),
            message: message.map(|message| format!("{}\n\n{}", message.subject, message.text)),
        }
    }
}

impl IndicatorTold {
    fn of(result: &crate::consolidate::IndicatorResult) -> Self {
        let places = percent_places(result.total, result.aim());
        let percent = result.percent().map_or_else(|| "–".to_owned(), |p| format!("{}%", number(p, places)));
        IndicatorTold {
            id: result.indicator.id.to_string(),
            title: result.indicator.short_title.clone(),
            verdict: result.verdict,
            called: report::verdict_text(result),
            percent,
            target: report::target_in_line(result),
            range: report::range_text(result),
            waiting: result.depends_on.len(),
        }
    }
}
