//! Any text as a rule: mistakes with their place, or a rule whose readings agree.
#![no_main]

#[path = "../../crates/rule/tests/cases/mod.rs"]
mod cases;

use cases::{Dice, Input, Inputs, YEAR, names};
use libfuzzer_sys::fuzz_target;
use rule::excel::{Ask, Cells, Limits, Place};
use rule::{BoundName, Labels, Mistake, Names, Rule, RuleValue, Ruling, WhenMissing, parse};
use sheet::{CellAddress, Reference};
use std::sync::OnceLock;

fuzz_target!(|text: &str| {
    static NAMES: OnceLock<Names<Input>> = OnceLock::new();
    let names = NAMES.get_or_init(names);
    if let Err(mistakes) = parse(text) {
        return told(text, &mistakes);
    }
    for when_missing in [WhenMissing::SkipIfAny, WhenMissing::SkipIfAll, WhenMissing::NeverSkip] {
        match Rule::read(text, names, when_missing) {
            Err(mistakes) => told(text, &mistakes),
            Ok(rule) => agrees(text, &rule, names),
        }
    }
});

fn told(text: &str, mistakes: &[Mistake]) {
    assert!(!mistakes.is_empty(), "{text:?} is refused, and nothing said");
    for mistake in mistakes {
        assert!(!mistake.what.trim().is_empty() && !mistake.cure.trim().is_empty(), "{text:?}: {mistake:?}");
        assert!(text.get(mistake.span.clone()).is_some(), "{text:?}: {mistake:?} points beside the text");
        assert!(mistake.shown(text).contains(&mistake.cure));
    }
}

fn agrees(text: &str, rule: &Rule<Input>, names: &Names<Input>) {
    let sentence = rule.sentence(&Heads);
    assert!(sentence.chars().any(char::is_alphanumeric), "{text:?} has no sentence");
    for ask in [Ask::Verdict, Ask::Violated, Ask::Allowed] {
        // A rule may be too long for a cell; what is given fits.
        if let Ok(pieces) = rule.formula(ask, &Sheet, Limits::CELL) {
            for formula in pieces.helpers.iter().chain([&pieces.formula]) {
                assert!(formula.encode_utf16().count() <= Limits::CELL.length, "{text:?}: too long");
            }
        }
    }
    let mut dice = Dice(text.bytes().fold(7, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())));
    // “not” turns what is decided round, and decides nothing by itself.
    let negated = Rule::read(&format!("not ({text}\n)"), names, rule.when_missing()).ok();
    for _ in 0..4 {
        let inputs = Inputs::made_up(&mut dice);
        let outcome = rule.evaluate(&inputs);
        assert_eq!(outcome, rule.evaluate(&inputs));
        if let Some(negated) = &negated {
            let turned = match outcome {
                Ruling::Holds => Ruling::Violated,
                Ruling::Violated => Ruling::Holds,
                Ruling::NotEvaluated => Ruling::NotEvaluated,
            };
            assert_eq!(negated.evaluate(&inputs), turned, "{text:?} with {inputs:?}");
        }
    }
}

struct Heads;

impl Labels<Input> for Heads {
    fn label(&self, id: &Input) -> String {
        format!("Số ở {id}")
    }

    fn group(&self, pattern: &str, _: &[BoundName<Input>]) -> String {
        format!("các số ở {pattern}")
    }

    fn cell(&self, _: &Input) -> Option<String> {
        None
    }
}

struct Sheet;

impl Cells<Input> for Sheet {
    fn place(&self, input: &Input, previous: bool) -> Place {
        let Input::Field(place) = input else { return Place::Literal(RuleValue::Number(YEAR.into())) };
        let column = *place as u16;
        let cell = Reference::to_cell(CellAddress::new(0, column));
        Place::Cell(if previous { cell.on_sheet("Năm trước") } else { cell })
    }

    fn helper(&self, n: usize) -> Option<Reference> {
        Some(Reference::to_cell(CellAddress::new(n as u32, 0)).on_sheet("_").absolute())
    }
}
