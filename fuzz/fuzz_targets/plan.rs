//! Any text as a file of a plan: a plan that holds together, or mistakes each with its place and its cure.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xhht::check::decision::{DecisionTexts, Decisions};
use xhht::error::{Error, PlanMistake};
use xhht::form::Form;
use xhht::plan::{Plan, SourceFile};
use xhht_fuzz::{plan, sources};

fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let mut sources = sources();
    let count = sources.others.len() + 3;
    // A digit in front says which file: readable in the kept corpus.
    match usize::from(which.wrapping_sub(b'0')) % count {
        0 => sources.main.text = text.to_owned(),
        1 | 2 => return decisions(text, *which),
        at => sources.others[at - 3].text = text.to_owned(),
    }
    match Plan::read(&sources) {
        Ok(plan) => holds_together(&plan),
        Err(Error::Plan(mistakes)) => {
            assert!(!mistakes.is_empty(), "refused, and nothing said");
            for mistake in &mistakes {
                let source =
                    sources.others.iter().chain([&sources.main]).find(|file| file.name == mistake.file);
                told(mistake, source);
            }
        }
        Err(error) => panic!("{error}"),
    }
});

/// Waivers and corrections are files of the same kind.
fn decisions(text: &str, which: u8) {
    let file = SourceFile { name: "quyet-dinh.toml".to_owned(), text: text.to_owned() };
    // What the program keeps of a season says so by itself.
    let texts = match which % 2 {
        _ if text.contains("xhht/theo-doi/") => {
            DecisionTexts { desk: Some(file.clone()), ..DecisionTexts::default() }
        }
        0 => DecisionTexts { waivers: Some(file.clone()), ..DecisionTexts::default() },
        _ => DecisionTexts { corrections: Some(file.clone()), ..DecisionTexts::default() },
    };
    match Decisions::read(plan(), &texts) {
        Ok(_) => {}
        Err(Error::Decisions(mistakes)) => {
            assert!(!mistakes.is_empty(), "refused, and nothing said");
            mistakes.iter().for_each(|mistake| told(mistake, Some(&file)));
        }
        Err(error) => panic!("{error}"),
    }
}

fn told(mistake: &PlanMistake, source: Option<&SourceFile>) {
    assert!(!mistake.what.trim().is_empty() && !mistake.cure.trim().is_empty(), "{mistake:?}");
    if let (Some((line, column)), Some(source)) = (mistake.at, source) {
        let found = source.text.lines().nth(line - 1).unwrap_or_default();
        assert!(column >= 1 && column <= found.chars().count() + 2, "{mistake:?} points beside the text");
    }
}

/// A plan that was taken has forms for all its units in all its years, every field in a place of its own.
fn holds_together(plan: &Plan) {
    assert!(plan.first_year <= plan.last_year);
    for year in [plan.first_year, plan.last_year] {
        for unit in plan.roster(year).into_iter().take(3) {
            let form = Form::for_unit(plan, unit, year);
            let mut places: Vec<_> = form.fields().map(|field| (&field.sheet, field.cell)).collect();
            places.sort();
            let all = places.len();
            places.dedup();
            assert_eq!(places.len(), all, "two fields in one cell");
        }
    }
}
