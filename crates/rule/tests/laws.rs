//! Laws that hold for every rule: texts read back, “not” turns round, nothing panics.
#![allow(clippy::unwrap_used)] // the functions around the tests too

mod cases;

use cases::{Case, Dice, Input, Inputs, names, statement};
use proptest::prelude::*;
use rule::excel::{Ask, Cells, Limits, Place};
use rule::{Rule, RuleValue, Ruling, Values, WhenMissing, parse};
use sheet::{CellAddress, Reference};

const STRATEGIES: [WhenMissing; 3] = [WhenMissing::SkipIfAny, WhenMissing::SkipIfAll, WhenMissing::NeverSkip];

/// No value at all.
struct Nothing;

impl Values<Input> for Nothing {
    fn value(&self, _: &Input, _: bool) -> Option<RuleValue> {
        None
    }
}

/// Each field in a column of its own, last year's on a sheet of their own.
struct Row;

impl Cells<Input> for Row {
    fn place(&self, input: &Input, previous: bool) -> Place {
        let Input::Field(place) = input else { return Place::Literal(RuleValue::Number(2024.into())) };
        let cell = Reference::to_cell(CellAddress::new(0, *place as u16));
        Place::Cell(if previous { cell.on_sheet("Năm trước") } else { cell })
    }

    fn helper(&self, n: usize) -> Option<Reference> {
        Some(Reference::to_cell(CellAddress::new(n as u32, 30)).absolute())
    }
}

proptest! {
    #[test]
    fn the_canonical_text_gives_the_same_tree(seed in any::<u64>(), depth in 0_usize..4) {
        let written = statement(&mut Dice(seed), depth);
        let tree = parse(&written).unwrap();
        let canonical = tree.to_string();
        prop_assert_eq!(&parse(&canonical).unwrap(), &tree, "{} became {}", written, canonical);
        prop_assert_eq!(parse(&canonical).unwrap().to_string(), canonical);
    }

    #[test]
    fn not_turns_what_is_decided_round_and_decides_nothing_itself(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let names = names();
        let case = Case::made_up(&mut dice, &names);
        let negated = Rule::read(&format!("not ({})", case.text), &names, case.when_missing).unwrap();
        for _ in 0..4 {
            let inputs = Inputs::made_up(&mut dice);
            let turned = match case.rule.evaluate(&inputs) {
                Ruling::Holds => Ruling::Violated,
                Ruling::Violated => Ruling::Holds,
                Ruling::NotEvaluated => Ruling::NotEvaluated,
            };
            prop_assert_eq!(negated.evaluate(&inputs), turned, "{}", case.text);
        }
    }

    /// Where nothing is reported, the strategies that skip have nothing to say of a rule that needs a reported value.
    #[test]
    fn nothing_reported_is_never_a_violation_of_a_rule_that_needs_values(seed in any::<u64>()) {
        let names = names();
        let case = Case::made_up(&mut Dice(seed), &names);
        let asks_whether_filled = ["filled", "empty", "count"].iter().any(|word| case.text.contains(word));
        if case.when_missing != WhenMissing::NeverSkip && !asks_whether_filled && case.text.contains('.') {
            prop_assert_ne!(case.rule.evaluate(&Nothing), Ruling::Violated, "{}", case.text);
        }
    }

    #[test]
    fn a_formula_within_its_limits_is_given_or_refused(seed in any::<u64>(), length in 20_usize..400) {
        let names = names();
        let case = Case::made_up(&mut Dice(seed), &names);
        let limits = Limits { length, nesting: 20 };
        for ask in [Ask::Verdict, Ask::Violated, Ask::Allowed] {
            if let Ok(pieces) = case.rule.formula(ask, &Row, limits) {
                prop_assert!(pieces.formula.encode_utf16().count() <= length, "{}", pieces.formula);
            }
        }
    }

    #[test]
    fn any_text_is_a_rule_or_has_mistakes_inside_it(
        text in prop_oneof![any::<String>(), "[a-z_.*0-9 ()<>=!+/,“”\"'-]{0,40}( (and|or|not|in|implies|sum|prev|filled) ?[a-z.(]{0,9}){0,4}"],
    ) {
        let names = names();
        for when_missing in STRATEGIES {
            if let Err(mistakes) = Rule::read(&text, &names, when_missing) {
                prop_assert!(!mistakes.is_empty());
                for mistake in mistakes {
                    prop_assert!(text.get(mistake.span.clone()).is_some(), "{:?}", mistake);
                    prop_assert!(!mistake.what.is_empty() && !mistake.cure.is_empty());
                    prop_assert!(mistake.shown(&text).contains(&mistake.cure));
                }
            }
        }
    }
}
