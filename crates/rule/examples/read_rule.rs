//! Shows what is made of a rule over a small form: `cargo run -p rule --example read_rule -- "dat <= tong"`.
#![allow(clippy::print_stdout)] // an example shows something

use rule::excel::{Ask, Cells, Limits, Place};
use rule::{BoundName, Labels, Names, Referent, Rule, RuleValue, Type, Values, WhenMissing};
use sheet::{CellAddress, Reference};
use std::fmt;

/// The values of the form, each in a column of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Figure {
    Total,
    Passed,
    Day,
    Year,
}

impl Figure {
    const ALL: [Figure; 4] = [Figure::Total, Figure::Passed, Figure::Day, Figure::Year];

    fn name(self) -> &'static str {
        match self {
            Figure::Total => "tong",
            Figure::Passed => "dat",
            Figure::Day => "ngay",
            Figure::Year => "year",
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A row that somebody filled: 12 of 10 passed, the day is missing.
struct Filled;

impl Values<Figure> for Filled {
    fn value(&self, id: &Figure, previous: bool) -> Option<RuleValue> {
        let number = match id {
            Figure::Total if !previous => 10,
            Figure::Passed => 12,
            Figure::Year => 2024,
            _ => return None,
        };
        Some(RuleValue::Number(number.into()))
    }
}

impl Labels<Figure> for Filled {
    fn label(&self, id: &Figure) -> String {
        match id {
            Figure::Total => "Tổng số",
            Figure::Passed => "Số đạt",
            Figure::Day => "Ngày quyết định",
            Figure::Year => "năm báo cáo",
        }
        .to_owned()
    }

    fn group(&self, pattern: &str, _: &[BoundName<Figure>]) -> String {
        pattern.to_owned()
    }

    fn cell(&self, _: &Figure) -> Option<String> {
        None
    }
}

impl Cells<Figure> for Filled {
    fn place(&self, id: &Figure, previous: bool) -> Place {
        match id {
            Figure::Year => Place::Literal(RuleValue::Number(2024.into())),
            _ if previous => Place::Missing,
            _ => Place::Cell(Reference::to_cell(CellAddress::new(6, *id as u16))),
        }
    }

    fn helper(&self, _: usize) -> Option<Reference> {
        None
    }
}

fn main() {
    let text = std::env::args().nth(1).unwrap_or_else(|| "dat <= tong and filled(ngay)".to_owned());
    let mut names = Names::new();
    for id in Figure::ALL {
        names.add(
            id.name(),
            match id {
                Figure::Total | Figure::Passed => Referent::reported(id, Type::Whole).at_least(0),
                Figure::Day => Referent::reported(id, Type::Date),
                Figure::Year => Referent::given(id, Type::Whole),
            },
        );
    }
    match Rule::read(&text, &names, WhenMissing::NeverSkip) {
        Ok(rule) => {
            println!("read     {}", rule.expr());
            println!("sentence {}.", rule.sentence(&Filled));
            println!("ruling   {:?}", rule.evaluate(&Filled));
            match rule.formula(Ask::Verdict, &Filled, Limits::CELL) {
                Ok(pieces) => println!("formula  ={}", pieces.formula),
                Err(too_long) => println!("formula  {too_long}"),
            }
        }
        Err(mistakes) => mistakes.iter().for_each(|mistake| println!("{}\n", mistake.shown(&text))),
    }
}
