//! A rule as a spreadsheet formula.
//!
//! Only functions that Excel 2010 and LibreOffice both know, plain A1 references and commas. A blank cell is told from
//! zero, text is compared letter by letter (`EXACT`; `=` ignores case), and decimals are rounded before they are
//! compared, because a spreadsheet reckons in binary.
//!
//! A statement is turned into two formulas, “surely true” and “surely false”; what is neither is undecided. So
//! Kleene's logic needs nothing but `AND` and `OR`. Where all values are known to be there, one of the two is enough.

mod tree;

use super::ast::{Aggregate, Arithmetic, Comparison, Item, Logic, Node};
use super::bind::{Bound, Checked};
use super::evaluate::{Value, needed};
use super::scope::{Type, ValueId};
use super::{COMPARED_PLACES, Rule, WhenMissing};
use crate::domain::CellAddress;
pub use tree::{Limits, Pieces, TooLong};
use tree::{Tree, all, any, call, leaf};

/// Most decimals of a figure; see `domain::exact::MOST_DECIMALS`.
const FIGURE_PLACES: u32 = crate::domain::exact::MOST_DECIMALS;

/// What the formula is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// TRUE, FALSE, or the empty text when the rule is not evaluated.
    Verdict,
    /// TRUE when the rule is broken, else FALSE: for conditional formatting.
    Violated,
    /// FALSE when the rule is broken, else TRUE: for data validation.
    Allowed,
}

/// Where a value is found in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a cell; without a sheet, of the sheet the formula stands on.
    Cell {
        /// Name on the tab.
        sheet: Option<String>,
        /// The cell.
        cell: CellAddress,
    },
    /// Nowhere, but it is known: it is written into the formula.
    Literal(Value),
    /// Nowhere, and it is missing.
    Missing,
}

/// Where values are found.
pub trait Cells {
    /// The place of a value.
    fn place(&self, id: &ValueId, previous: bool) -> Place;

    /// A reference, such as `'_xhht'!$A$5`, to the cell that will hold the n-th helper formula; `None` when there are no
    /// helper cells to be had.
    fn helper(&self, n: usize) -> Option<String>;
}

pub(super) fn formula(rule: &Rule, ask: Ask, cells: &dyn Cells, limits: Limits) -> Result<Pieces, TooLong> {
    let writer = Writer {
        cells,
        when_missing: rule.when_missing,
        all_there: rule.when_missing == WhenMissing::SkipIfAny,
    };
    tree::cut(writer.whole(&rule.expr, ask), limits, cells)
}

struct Writer<'a> {
    cells: &'a dyn Cells,
    when_missing: WhenMissing,
    /// Whether the formula is only looked at once every value it needs is there.
    all_there: bool,
}

impl Writer<'_> {
    fn whole(&self, expr: &Checked, ask: Ask) -> Tree {
        let gate = self.gate(expr);
        let formula = match ask {
            Ask::Verdict => gated(gate, self.verdict(expr), "\"\""),
            Ask::Violated => gated(gate, self.surely(expr, false), "FALSE"),
            Ask::Allowed => call("NOT", vec![gated(gate, self.surely(expr, false), "FALSE")]),
        };
        // LEN of a cell that holds an error is an error.
        let looks_at_text = formula.holds_call("LEN") || formula.holds_call("EXACT");
        match ask {
            Ask::Verdict if looks_at_text || fallible(expr) => guarded(formula, "\"\""),
            Ask::Violated if looks_at_text => guarded(formula, "FALSE"),
            Ask::Allowed if looks_at_text => guarded(formula, "TRUE"),
            _ => formula,
        }
    }

    /// What must be there before the rule is looked at.
    fn gate(&self, expr: &Checked) -> Tree {
        let needed = needed(expr);
        match self.when_missing {
            WhenMissing::SkipIfAny => self.there(&needed),
            WhenMissing::SkipIfAll => {
                let fields: Vec<&Bound> =
                    needed.into_iter().filter(|b| matches!(b.target.id, ValueId::Field(_))).collect();
                if fields.is_empty() { leaf("TRUE") } else { self.some_there(&fields) }
            }
            WhenMissing::NeverSkip => leaf("TRUE"),
        }
    }

    fn verdict(&self, expr: &Checked) -> Tree {
        let undecided = leaf("\"\"");
        match &expr.node {
            Node::Not(x) if matches!(x.node, Node::Compare(..) | Node::In(..)) => {
                gated(self.sides_there(x), self.statement(x, false), "\"\"")
            }
            Node::Compare(..) | Node::In(..) => {
                gated(self.sides_there(expr), self.statement(expr, true), "\"\"")
            }
            Node::Filled(..) | Node::Bool(_) => self.surely(expr, true),
            // With every value there, only a division or a computed day can still leave a statement undecided.
            _ if self.all_there && !fallible(expr) => self.surely(expr, true),
            _ => call(
                "IF",
                vec![
                    self.surely(expr, true),
                    leaf("TRUE"),
                    call("IF", vec![self.surely(expr, false), leaf("FALSE"), undecided]),
                ],
            ),
        }
    }

    /// TRUE when the statement is surely `wanted`, else FALSE; never an error.
    fn surely(&self, expr: &Checked, wanted: bool) -> Tree {
        match &expr.node {
            Node::Bool(b) => truth(*b == wanted),
            Node::Not(x) => self.surely(x, !wanted),
            Node::Logic(logic, ..) => {
                let mut parts = Vec::new();
                self.joined(*logic, expr, wanted, &mut parts);
                if (*logic == Logic::And) == wanted { all(parts) } else { any(parts) }
            }
            Node::Filled(bound, filled) => match self.place(bound) {
                Place::Literal(_) => truth(*filled == wanted),
                Place::Missing => truth(*filled != wanted),
                place => {
                    let sign = if *filled == wanted { ">" } else { "=" };
                    Tree::infix(sign, length(&place), leaf("0"))
                }
            },
            Node::Compare(..) | Node::In(..) => {
                let formula = gated(self.sides_there(expr), self.statement(expr, wanted), "FALSE");
                if fallible(expr) { guarded(formula, "FALSE") } else { formula }
            }
            _ => truth(false),
        }
    }

    /// The parts of a chain of one connective, so that `a and b and c` becomes one `AND`.
    fn joined(&self, logic: Logic, expr: &Checked, wanted: bool, parts: &mut Vec<Tree>) {
        match &expr.node {
            Node::Logic(Logic::Implies, a, b) if logic == Logic::Implies => {
                // Not a, or b: what a is must be turned round.
                parts.push(self.surely(a, !wanted));
                parts.push(self.surely(b, wanted));
            }
            Node::Logic(own, a, b) if *own == logic => {
                self.joined(logic, a, wanted, parts);
                self.joined(logic, b, wanted, parts);
            }
            _ => parts.push(self.surely(expr, wanted)),
        }
    }

    /// A comparison as if all it needs were there.
    fn statement(&self, expr: &Checked, wanted: bool) -> Tree {
        match &expr.node {
            Node::Compare(op, a, b) => self.compare(if wanted { *op } else { op.negated() }, a, b),
            Node::In(x, list) => {
                let found = any(list.iter().map(|y| self.compare(Comparison::Equal, x, y)).collect());
                if wanted { found } else { call("NOT", vec![found]) }
            }
            _ => truth(false),
        }
    }

    fn compare(&self, op: Comparison, a: &Checked, b: &Checked) -> Tree {
        if is_text(a) || is_text(b) {
            let same = call("EXACT", vec![self.value(a), self.value(b)]);
            return if op == Comparison::Unequal { call("NOT", vec![same]) } else { same };
        }
        let sign = if op == Comparison::Unequal { "<>" } else { op.sign() };
        Tree::infix(sign, self.side(a), self.side(b))
    }

    /// A number ready to be compared: rounded to the places it can have at all.
    fn side(&self, expr: &Checked) -> Tree {
        let places = places(expr).min(COMPARED_PLACES);
        let value = self.value(expr);
        let exact = places == 0 || matches!(expr.node, Node::Number(_) | Node::Round(..));
        if exact { value } else { call("ROUND", vec![value, leaf(places.to_string())]) }
    }

    fn value(&self, expr: &Checked) -> Tree {
        match &expr.node {
            Node::Number(n) => leaf(n.normalize().to_string()),
            Node::Text(text) => leaf(literal(&Value::Text(text.as_str().into()))),
            Node::Date(day) => leaf(literal(&Value::Date(*day))),
            Node::Reference(bound) => match self.place(bound) {
                Place::Missing => leaf("NA()"),
                Place::Literal(Value::Number(n)) if n.is_sign_negative() => {
                    Tree::Negate(Box::new(leaf((-n).normalize().to_string())))
                }
                place => leaf(written(&place)),
            },
            Node::DateOf(year, month, day) => {
                let year = self.value(year);
                let usual = all(vec![
                    Tree::infix(">=", year.clone(), leaf("1901")),
                    Tree::infix("<=", year.clone(), leaf("9999")),
                ]);
                let day = call("DATE", vec![year, leaf(month.to_string()), leaf(day.to_string())]);
                call("IF", vec![usual, day, leaf("NA()")])
            }
            Node::Negate(x) => Tree::Negate(Box::new(self.value(x))),
            Node::Abs(x) => call("ABS", vec![self.value(x)]),
            Node::Round(x, places) => call("ROUND", vec![self.value(x), leaf(places.to_string())]),
            Node::Arithmetic(op, a, b) => Tree::infix(op.sign(), self.value(a), self.value(b)),
            Node::Aggregate(aggregate, items) => self.aggregate(*aggregate, items),
            _ => leaf("NA()"),
        }
    }

    fn aggregate(&self, aggregate: Aggregate, items: &[Item<Bound>]) -> Tree {
        let places: Vec<Place> =
            items.iter().flat_map(Item::members).map(|bound| self.place(bound)).collect();
        let name = match aggregate {
            Aggregate::Sum => "SUM",
            Aggregate::Min => "MIN",
            Aggregate::Max => "MAX",
            Aggregate::Count => return filled_count(&places),
        };
        call(name, ranges(&places).into_iter().map(leaf).collect())
    }

    /// Whether everything a comparison needs is there; nothing to ask once it is known to be.
    fn sides_there(&self, expr: &Checked) -> Tree {
        if self.all_there {
            return leaf("TRUE");
        }
        let mut single = Vec::new();
        let mut conditions = Vec::new();
        self.needs(expr, &mut single, &mut conditions);
        conditions.insert(0, self.there(&single));
        all(conditions)
    }

    fn needs<'e>(&self, expr: &'e Checked, single: &mut Vec<&'e Bound>, conditions: &mut Vec<Tree>) {
        match &expr.node {
            Node::Reference(bound) => single.push(bound),
            Node::Aggregate(Aggregate::Count, _) => {}
            Node::Aggregate(_, items) => {
                let members: Vec<&Bound> = items.iter().flat_map(Item::members).collect();
                if self.when_missing == WhenMissing::SkipIfAll {
                    conditions.push(self.some_there(&members));
                } else {
                    single.extend(members);
                }
            }
            Node::Negate(x) | Node::Abs(x) | Node::Round(x, _) | Node::In(x, _) | Node::DateOf(x, ..) => {
                self.needs(x, single, conditions);
            }
            Node::Arithmetic(_, a, b) | Node::Compare(_, a, b) => {
                self.needs(a, single, conditions);
                self.needs(b, single, conditions);
            }
            _ => {}
        }
    }

    /// Every one of these is there.
    fn there(&self, bounds: &[&Bound]) -> Tree {
        let Some((numbers, texts)) = self.places_of(bounds) else { return truth(false) };
        let mut conditions = Vec::new();
        match numbers.as_slice() {
            [] => {}
            [one] => conditions.push(call("ISNUMBER", vec![leaf(written(one))])),
            several => {
                let count = call("COUNT", ranges(several).into_iter().map(leaf).collect());
                conditions.push(Tree::infix("=", count, leaf(several.len().to_string())));
            }
        }
        conditions.extend(texts.iter().map(|text| Tree::infix(">", length(text), leaf("0"))));
        all(conditions)
    }

    /// Places of numbers and days, then of texts, each once; `None` when one is missing outright.
    fn places_of(&self, bounds: &[&Bound]) -> Option<(Vec<Place>, Vec<Place>)> {
        let (mut numbers, mut texts) = (Vec::new(), Vec::new());
        for bound in bounds {
            let place = self.place(bound);
            match place {
                Place::Missing => return None,
                Place::Literal(_) => continue,
                Place::Cell { .. } => {}
            }
            let list = if bound.target.kind.is_text() { &mut texts } else { &mut numbers };
            if !list.contains(&place) {
                list.push(place);
            }
        }
        Some((numbers, texts))
    }

    /// At least one of these is there.
    fn some_there(&self, bounds: &[&Bound]) -> Tree {
        let places: Vec<(Place, bool)> =
            bounds.iter().map(|bound| (self.place(bound), bound.target.kind.is_text())).collect();
        if places.iter().any(|(place, _)| matches!(place, Place::Literal(_))) {
            return truth(true);
        }
        let of = |text: bool| -> Vec<Place> {
            let mut found: Vec<Place> = Vec::new();
            for (place, is_text) in &places {
                if *is_text == text && *place != Place::Missing && !found.contains(place) {
                    found.push(place.clone());
                }
            }
            found
        };
        let mut conditions = Vec::new();
        let numbers = of(false);
        if !numbers.is_empty() {
            let count = call("COUNT", ranges(&numbers).into_iter().map(leaf).collect());
            conditions.push(Tree::infix(">", count, leaf("0")));
        }
        conditions.extend(of(true).iter().map(|text| Tree::infix(">", length(text), leaf("0"))));
        any(conditions)
    }

    fn place(&self, bound: &Bound) -> Place {
        self.cells.place(&bound.target.id, bound.previous)
    }
}

/// `IF(gate, formula, otherwise)`, or less where the gate is known.
fn gated(gate: Tree, formula: Tree, otherwise: &str) -> Tree {
    match gate.known() {
        Some(true) => formula,
        Some(false) => leaf(otherwise),
        None if formula.known() == Some(false) && otherwise == "FALSE" => formula,
        None => call("IF", vec![gate, formula, leaf(otherwise)]),
    }
}

fn guarded(formula: Tree, otherwise: &str) -> Tree {
    if formula.known().is_some() { formula } else { call("IFERROR", vec![formula, leaf(otherwise)]) }
}

fn truth(b: bool) -> Tree {
    leaf(if b { "TRUE" } else { "FALSE" })
}

/// Whether reckoning can fail though every value is there.
fn fallible(expr: &Checked) -> bool {
    match &expr.node {
        Node::DateOf(..) | Node::Arithmetic(Arithmetic::Divide, ..) => true,
        Node::Negate(x) | Node::Abs(x) | Node::Round(x, _) | Node::Not(x) | Node::In(x, _) => fallible(x),
        Node::Arithmetic(_, a, b) | Node::Compare(_, a, b) | Node::Logic(_, a, b) => {
            fallible(a) || fallible(b)
        }
        _ => false,
    }
}

fn is_text(expr: &Checked) -> bool {
    match &expr.node {
        Node::Text(_) => true,
        Node::Reference(bound) => bound.target.kind.is_text(),
        _ => false,
    }
}

/// The most decimals a number can have in exact reckoning.
fn places(expr: &Checked) -> u32 {
    let of = |bound: &Bound| if bound.target.kind == Type::Decimal { FIGURE_PLACES } else { 0 };
    match &expr.node {
        Node::Number(n) => n.normalize().scale(),
        Node::Reference(bound) => of(bound),
        Node::Negate(x) | Node::Abs(x) => places(x),
        Node::Round(x, most) => places(x).min(*most),
        Node::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, a, b) => places(a).max(places(b)),
        Node::Arithmetic(Arithmetic::Multiply, a, b) => places(a) + places(b),
        Node::Arithmetic(Arithmetic::Divide, ..) => COMPARED_PLACES,
        Node::Aggregate(Aggregate::Count, _) => 0,
        Node::Aggregate(_, items) => items.iter().flat_map(Item::members).map(of).max().unwrap_or(0),
        _ => 0,
    }
}

/// How long the text in a cell is, white space around it left out.
fn length(place: &Place) -> Tree {
    call("LEN", vec![call("TRIM", vec![leaf(written(place))])])
}

/// How many of these cells are filled.
fn filled_count(places: &[Place]) -> Tree {
    let literals = places.iter().filter(|place| matches!(place, Place::Literal(_))).count();
    let cells: Vec<Place> =
        places.iter().filter(|place| matches!(place, Place::Cell { .. })).cloned().collect();
    let ones = ranges(&cells).into_iter().map(|range| {
        let filled = Tree::infix(">", call("LEN", vec![call("TRIM", vec![leaf(range)])]), leaf("0"));
        call("SUMPRODUCT", vec![Tree::Negate(Box::new(Tree::Negate(Box::new(filled))))])
    });
    let known = (literals > 0).then(|| leaf(literals.to_string()));
    ones.chain(known).reduce(|sum, one| Tree::infix("+", sum, one)).unwrap_or_else(|| leaf("0"))
}

/// Places as they are written in a formula, neighbours in one column or row joined into ranges; missing ones left out.
fn ranges(places: &[Place]) -> Vec<String> {
    let mut written: Vec<String> = Vec::new();
    let mut run: Option<(Option<&String>, CellAddress, CellAddress)> = None;
    let close = |run: Option<(Option<&String>, CellAddress, CellAddress)>, written: &mut Vec<String>| {
        if let Some((sheet, first, last)) = run {
            let range = if first == last { first.to_string() } else { format!("{first}:{last}") };
            written.push(on_sheet(sheet, &range));
        }
    };
    for place in places {
        match place {
            Place::Cell { sheet, cell } => {
                if let Some((run_sheet, first, last)) = &mut run
                    && *run_sheet == sheet.as_ref()
                    && ((cell.column == first.column
                        && cell.column == last.column
                        && cell.row == last.row + 1)
                        || (cell.row == first.row && cell.row == last.row && cell.column == last.column + 1))
                {
                    *last = *cell;
                } else {
                    close(run.take(), &mut written);
                    run = Some((sheet.as_ref(), *cell, *cell));
                }
            }
            Place::Literal(value) => written.push(literal(value)),
            Place::Missing => {}
        }
    }
    close(run, &mut written);
    written
}

fn written(place: &Place) -> String {
    match place {
        Place::Cell { sheet, cell } => on_sheet(sheet.as_ref(), &cell.to_string()),
        Place::Literal(value) => literal(value),
        Place::Missing => "NA()".to_owned(),
    }
}

fn on_sheet(sheet: Option<&String>, range: &str) -> String {
    match sheet {
        Some(sheet) => format!("'{}'!{range}", sheet.replace('\'', "''")),
        None => range.to_owned(),
    }
}

fn literal(value: &Value) -> String {
    use chrono::Datelike;
    match value {
        Value::Number(n) => n.normalize().to_string(),
        Value::Text(text) => format!("\"{}\"", text.as_str().replace('"', "\"\"")),
        Value::Date(day) => format!("DATE({},{},{})", day.year(), day.month(), day.day()),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
    }
}
