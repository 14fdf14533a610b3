//! A rule as a spreadsheet formula.
//!
//! Only functions that Excel 2010 and LibreOffice both know, plain A1 references and commas. A blank cell is told from
//! zero, text is compared letter by letter (`EXACT`; `=` ignores case), and decimals are rounded before they are
//! compared, because a spreadsheet reckons in binary.
//!
//! A statement is turned into two formulas, “surely true” and “surely false”; what is neither is undecided. So
//! Kleene's logic needs nothing but `AND` and `OR`. Where all values are known to be there, one of the two is enough.

use super::ast::{Aggregate, Arithmetic, Comparison, Item, Logic, Node};
use super::bind::{BoundName, Checked};
use super::evaluate::{RuleValue, needed};
use super::scope::{Source, Type, ValueId};
use super::{COMPARED_PLACES, MOST_DECIMALS, Rule, WhenMissing};
use sheet::{Expression, Function, Operator, Reference};
pub use sheet::{Limits, Pieces, TooLong};

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
    Cell(Reference),
    /// Nowhere, but it is known: it is written into the formula.
    Literal(RuleValue),
    /// Nowhere, and it is missing.
    Missing,
}

/// Where values are found.
pub trait Cells<V> {
    /// The place of a value.
    fn place(&self, id: &V, previous: bool) -> Place;

    /// The cell that will hold the n-th helper formula; `None` when there are no helper cells to be had.
    fn helper(&self, n: usize) -> Option<Reference>;
}

pub(super) fn formula<V: ValueId>(
    rule: &Rule<V>,
    ask: Ask,
    cells: &dyn Cells<V>,
    limits: Limits,
) -> Result<Pieces, TooLong> {
    let writer = Writer {
        cells,
        when_missing: rule.when_missing,
        all_there: rule.when_missing == WhenMissing::SkipIfAny,
    };
    writer.whole(&rule.expr, ask).cut(limits, &|n| cells.helper(n))
}

struct Writer<'a, V> {
    cells: &'a dyn Cells<V>,
    when_missing: WhenMissing,
    /// Whether the formula is only looked at once every value it needs is there.
    all_there: bool,
}

impl<V: ValueId> Writer<'_, V> {
    fn whole(&self, expr: &Checked<V>, ask: Ask) -> Expression {
        let gate = self.gate(expr);
        let formula = match ask {
            Ask::Verdict => gated(gate, self.verdict(expr), ""),
            Ask::Violated => gated(gate, self.surely(expr, false), false),
            Ask::Allowed => Expression::call(Function::Not, [gated(gate, self.surely(expr, false), false)]),
        };
        // LEN of a cell that holds an error is an error.
        let looks_at_text = formula.calls(Function::Len) || formula.calls(Function::Exact);
        match ask {
            Ask::Verdict if looks_at_text || fallible(expr) => guarded(formula, ""),
            Ask::Violated if looks_at_text => guarded(formula, false),
            Ask::Allowed if looks_at_text => guarded(formula, true),
            _ => formula,
        }
    }

    /// What must be there before the rule is looked at.
    fn gate(&self, expr: &Checked<V>) -> Expression {
        let needed = needed(expr);
        match self.when_missing {
            WhenMissing::SkipIfAny => self.there(&needed),
            WhenMissing::SkipIfAll => {
                let fields: Vec<&BoundName<V>> =
                    needed.into_iter().filter(|b| b.referent.source == Source::Reported).collect();
                if fields.is_empty() { true.into() } else { self.some_there(&fields) }
            }
            WhenMissing::NeverSkip => true.into(),
        }
    }

    fn verdict(&self, expr: &Checked<V>) -> Expression {
        match &expr.node {
            Node::Not(x) if matches!(x.node, Node::Compare(..) | Node::In(..)) => {
                gated(self.sides_there(x), self.statement(x, false), "")
            }
            Node::Compare(..) | Node::In(..) => gated(self.sides_there(expr), self.statement(expr, true), ""),
            Node::Filled(..) | Node::Bool(_) => self.surely(expr, true),
            // With every value there, only a division or a computed day can still leave a statement undecided.
            _ if self.all_there && !fallible(expr) => self.surely(expr, true),
            _ => {
                let false_or_open = Expression::when(self.surely(expr, false), false.into(), "".into());
                Expression::when(self.surely(expr, true), true.into(), false_or_open)
            }
        }
    }

    /// TRUE when the statement is surely `wanted`, else FALSE; never an error.
    fn surely(&self, expr: &Checked<V>, wanted: bool) -> Expression {
        match &expr.node {
            Node::Bool(b) => (*b == wanted).into(),
            Node::Not(x) => self.surely(x, !wanted),
            Node::Logic(logic, ..) => {
                let mut parts = Vec::new();
                self.joined(*logic, expr, wanted, &mut parts);
                if (*logic == Logic::And) == wanted { Expression::all(parts) } else { Expression::any(parts) }
            }
            Node::Filled(bound, filled) => match self.place(bound) {
                Place::Literal(_) => (*filled == wanted).into(),
                Place::Missing => (*filled != wanted).into(),
                place => {
                    let sign = if *filled == wanted { Operator::Greater } else { Operator::Equal };
                    Expression::infix(sign, length(&place), 0.into())
                }
            },
            Node::Compare(..) | Node::In(..) => {
                let formula = gated(self.sides_there(expr), self.statement(expr, wanted), false);
                if fallible(expr) { guarded(formula, false) } else { formula }
            }
            _ => false.into(),
        }
    }

    /// The parts of a chain of one connective, so that `a and b and c` becomes one `AND`.
    fn joined(&self, logic: Logic, expr: &Checked<V>, wanted: bool, parts: &mut Vec<Expression>) {
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
    fn statement(&self, expr: &Checked<V>, wanted: bool) -> Expression {
        match &expr.node {
            Node::Compare(op, a, b) => self.compare(if wanted { *op } else { op.negated() }, a, b),
            Node::In(x, list) => {
                let found = Expression::any(list.iter().map(|y| self.compare(Comparison::Equal, x, y)));
                if wanted { found } else { Expression::call(Function::Not, [found]) }
            }
            _ => false.into(),
        }
    }

    fn compare(&self, op: Comparison, a: &Checked<V>, b: &Checked<V>) -> Expression {
        if is_text(a) || is_text(b) {
            let same = Expression::call(Function::Exact, [self.value(a), self.value(b)]);
            return if op == Comparison::Unequal { Expression::call(Function::Not, [same]) } else { same };
        }
        Expression::infix(comparison(op), self.side(a), self.side(b))
    }

    /// A number ready to be compared: rounded to the places it can have at all.
    fn side(&self, expr: &Checked<V>) -> Expression {
        let places = places(expr).min(COMPARED_PLACES);
        let value = self.value(expr);
        let exact = places == 0 || matches!(expr.node, Node::Number(_) | Node::Round(..));
        if exact { value } else { Expression::call(Function::Round, [value, places.into()]) }
    }

    fn value(&self, expr: &Checked<V>) -> Expression {
        match &expr.node {
            Node::Number(n) => (*n).into(),
            Node::Text(text) => text.as_str().into(),
            Node::Date(day) => (*day).into(),
            Node::Reference(bound) => written(&self.place(bound)),
            Node::DateOf(year, month, day) => {
                let year = self.value(year);
                let usual = Expression::all([
                    Expression::infix(Operator::AtLeast, year.clone(), 1901.into()),
                    Expression::infix(Operator::AtMost, year.clone(), 9999.into()),
                ]);
                let day = Expression::call(Function::Date, [year, (*month).into(), (*day).into()]);
                Expression::when(usual, day, not_available())
            }
            Node::Negate(x) => self.value(x).negated(),
            Node::Abs(x) => Expression::call(Function::Abs, [self.value(x)]),
            Node::Round(x, places) => Expression::call(Function::Round, [self.value(x), (*places).into()]),
            Node::Arithmetic(op, a, b) => Expression::infix(arithmetic(*op), self.value(a), self.value(b)),
            Node::Aggregate(aggregate, items) => self.aggregate(*aggregate, items),
            _ => not_available(),
        }
    }

    fn aggregate(&self, aggregate: Aggregate, items: &[Item<BoundName<V>>]) -> Expression {
        let places: Vec<Place> =
            items.iter().flat_map(Item::members).map(|bound| self.place(bound)).collect();
        let name = match aggregate {
            Aggregate::Sum => Function::Sum,
            Aggregate::Min => Function::Min,
            Aggregate::Max => Function::Max,
            Aggregate::Count => return filled_count(&places),
        };
        Expression::call(name, ranges(&places))
    }

    /// Whether everything a comparison needs is there; nothing to ask once it is known to be.
    fn sides_there(&self, expr: &Checked<V>) -> Expression {
        if self.all_there {
            return true.into();
        }
        let mut single = Vec::new();
        let mut conditions = Vec::new();
        self.needs(expr, &mut single, &mut conditions);
        conditions.insert(0, self.there(&single));
        Expression::all(conditions)
    }

    fn needs<'e>(
        &self,
        expr: &'e Checked<V>,
        single: &mut Vec<&'e BoundName<V>>,
        conditions: &mut Vec<Expression>,
    ) {
        match &expr.node {
            Node::Reference(bound) => single.push(bound),
            Node::Aggregate(Aggregate::Count, _) => {}
            Node::Aggregate(_, items) => {
                let members: Vec<&BoundName<V>> = items.iter().flat_map(Item::members).collect();
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
    fn there(&self, bounds: &[&BoundName<V>]) -> Expression {
        let Some((numbers, texts)) = self.places_of(bounds) else { return false.into() };
        let mut conditions = Vec::new();
        match numbers.as_slice() {
            [] => {}
            [one] => conditions.push(Expression::call(Function::IsNumber, [written(one)])),
            several => {
                let count = Expression::call(Function::Count, ranges(several));
                conditions.push(Expression::infix(Operator::Equal, count, several.len().into()));
            }
        }
        conditions
            .extend(texts.iter().map(|text| Expression::infix(Operator::Greater, length(text), 0.into())));
        Expression::all(conditions)
    }

    /// Places of numbers and days, then of texts, each once; `None` when one is missing outright.
    fn places_of(&self, bounds: &[&BoundName<V>]) -> Option<(Vec<Place>, Vec<Place>)> {
        let (mut numbers, mut texts) = (Vec::new(), Vec::new());
        for bound in bounds {
            let place = self.place(bound);
            match place {
                Place::Missing => return None,
                Place::Literal(_) => continue,
                Place::Cell(_) => {}
            }
            let list = if bound.referent.kind.is_text() { &mut texts } else { &mut numbers };
            if !list.contains(&place) {
                list.push(place);
            }
        }
        Some((numbers, texts))
    }

    /// At least one of these is there.
    fn some_there(&self, bounds: &[&BoundName<V>]) -> Expression {
        let places: Vec<(Place, bool)> =
            bounds.iter().map(|bound| (self.place(bound), bound.referent.kind.is_text())).collect();
        if places.iter().any(|(place, _)| matches!(place, Place::Literal(_))) {
            return true.into();
        }
        let cells_with = |text: bool| -> Vec<Place> {
            let mut found: Vec<Place> = Vec::new();
            for (place, is_text) in &places {
                if *is_text == text && *place != Place::Missing && !found.contains(place) {
                    found.push(place.clone());
                }
            }
            found
        };
        let mut conditions = Vec::new();
        let numbers = cells_with(false);
        if !numbers.is_empty() {
            let count = Expression::call(Function::Count, ranges(&numbers));
            conditions.push(Expression::infix(Operator::Greater, count, 0.into()));
        }
        conditions.extend(
            cells_with(true).iter().map(|text| Expression::infix(Operator::Greater, length(text), 0.into())),
        );
        Expression::any(conditions)
    }

    fn place(&self, bound: &BoundName<V>) -> Place {
        self.cells.place(&bound.referent.id, bound.previous)
    }
}

/// `IF(gate, formula, otherwise)`, or less where the gate is known.
fn gated(gate: Expression, formula: Expression, otherwise: impl Into<Expression>) -> Expression {
    let otherwise = otherwise.into();
    match gate.known() {
        Some(true) => formula,
        Some(false) => otherwise,
        None if formula.known() == Some(false) && otherwise.known() == Some(false) => formula,
        None => Expression::when(gate, formula, otherwise),
    }
}

fn guarded(formula: Expression, otherwise: impl Into<Expression>) -> Expression {
    match formula.known() {
        Some(_) => formula,
        None => Expression::call(Function::IfError, [formula, otherwise.into()]),
    }
}

/// Whether reckoning can fail though every value is there.
fn fallible<V: ValueId>(expr: &Checked<V>) -> bool {
    match &expr.node {
        Node::DateOf(..) | Node::Arithmetic(Arithmetic::Divide, ..) => true,
        Node::Negate(x) | Node::Abs(x) | Node::Round(x, _) | Node::Not(x) | Node::In(x, _) => fallible(x),
        Node::Arithmetic(_, a, b) | Node::Compare(_, a, b) | Node::Logic(_, a, b) => {
            fallible(a) || fallible(b)
        }
        _ => false,
    }
}

fn is_text<V: ValueId>(expr: &Checked<V>) -> bool {
    match &expr.node {
        Node::Text(_) => true,
        Node::Reference(bound) => bound.referent.kind.is_text(),
        _ => false,
    }
}

/// The most decimals a number can have in exact reckoning.
fn places<V: ValueId>(expr: &Checked<V>) -> u32 {
    let reported =
        |bound: &BoundName<V>| if bound.referent.kind == Type::Decimal { MOST_DECIMALS } else { 0 };
    match &expr.node {
        Node::Number(n) => n.normalize().scale(),
        Node::Reference(bound) => reported(bound),
        Node::Negate(x) | Node::Abs(x) => places(x),
        Node::Round(x, most) => places(x).min(*most),
        Node::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, a, b) => places(a).max(places(b)),
        Node::Arithmetic(Arithmetic::Multiply, a, b) => places(a) + places(b),
        Node::Arithmetic(Arithmetic::Divide, ..) => COMPARED_PLACES,
        Node::Aggregate(Aggregate::Count, _) => 0,
        Node::Aggregate(_, items) => items.iter().flat_map(Item::members).map(reported).max().unwrap_or(0),
        _ => 0,
    }
}

/// How long the text in a cell is, white space around it left out.
fn length(place: &Place) -> Expression {
    Expression::call(Function::Len, [Expression::call(Function::Trim, [written(place)])])
}

/// How many of these cells are filled.
fn filled_count(places: &[Place]) -> Expression {
    let literals = places.iter().filter(|place| matches!(place, Place::Literal(_))).count();
    let cells: Vec<Place> = places.iter().filter(|place| matches!(place, Place::Cell(_))).cloned().collect();
    let ones = ranges(&cells).into_iter().map(|range| {
        let filled = Expression::infix(
            Operator::Greater,
            Expression::call(Function::Len, [Expression::call(Function::Trim, [range])]),
            0.into(),
        );
        Expression::call(Function::SumProduct, [filled.negated().negated()])
    });
    let known = (literals > 0).then(|| literals.into());
    ones.chain(known).reduce(|sum, one| sum.plus(one)).unwrap_or_else(|| 0.into())
}

/// Places as they are written in a formula, neighbours in one column or row joined into ranges; missing ones left out.
fn ranges(places: &[Place]) -> Vec<Expression> {
    let mut written = Vec::new();
    let mut run: Option<Reference> = None;
    for place in places {
        match place {
            Place::Cell(cell) => {
                if !run.as_mut().is_some_and(|run| run.extend(cell)) {
                    written.extend(run.replace(cell.clone()).map(Expression::from));
                }
            }
            Place::Literal(value) => written.push(literal(value)),
            Place::Missing => {}
        }
    }
    written.extend(run.map(Expression::from));
    written
}

fn written(place: &Place) -> Expression {
    match place {
        Place::Cell(cell) => cell.clone().into(),
        Place::Literal(value) => literal(value),
        Place::Missing => not_available(),
    }
}

fn not_available() -> Expression {
    Expression::call(Function::Na, [])
}

fn literal(value: &RuleValue) -> Expression {
    match value {
        RuleValue::Number(number) => (*number).into(),
        RuleValue::Text(text) => text.as_str().into(),
        RuleValue::Date(day) => (*day).into(),
        RuleValue::Bool(truth) => (*truth).into(),
    }
}

fn comparison(comparison: Comparison) -> Operator {
    match comparison {
        Comparison::AtMost => Operator::AtMost,
        Comparison::AtLeast => Operator::AtLeast,
        Comparison::Below => Operator::Less,
        Comparison::Above => Operator::Greater,
        Comparison::Equal => Operator::Equal,
        Comparison::Unequal => Operator::Unequal,
    }
}

fn arithmetic(arithmetic: Arithmetic) -> Operator {
    match arithmetic {
        Arithmetic::Add => Operator::Add,
        Arithmetic::Subtract => Operator::Subtract,
        Arithmetic::Multiply => Operator::Multiply,
        Arithmetic::Divide => Operator::Divide,
    }
}
