//! The rules of the plan, and where in a form each of them applies.

mod input;
mod later;

pub use input::{GivenValue, Others, RowFigure, RuleInput};
pub use later::{Against, Compared};
pub(super) use later::{is_later, of_others};

use crate::domain::{ColumnId, FieldId, FieldKind, RowCode, RowId, TableId, Validity};
use crate::finding::{RuleCode, Severity};
use ::rule::{Message, Mistake, Names, Parsed, Quantity, Referent, Rule, Scope, Type, WhenMissing};
use chrono::NaiveDate;
use later::{Everything, add_given};
use rust_decimal::Decimal;

/// Name of the sheet that shows, rule by rule, what is still wrong or missing; no sheet of a plan may have it.
pub const CHECK_SHEET: &str = "Kiểm tra";

/// Name of the sheet to print and sign; no sheet of a plan may have it.
pub const PRINT_SHEET: &str = "Bản in";

/// Names that a column cannot have, because rules mean something else by them.
pub(super) fn is_reserved(column: &str) -> bool {
    !is_column(column) || is_row_figure(column)
}

fn is_row_figure(name: &str) -> bool {
    RowFigure::ALL.iter().any(|figure| figure.name() == name)
}

/// A rule as the plan states it.
#[derive(Debug, Clone)]
pub struct PlannedRule {
    /// What its findings are told by.
    pub code: RuleCode,
    /// Name of the fault, a few words.
    pub title: String,
    /// The statement in words, without the full stop; where the plan gives none, it is told from the statement.
    pub says: Option<String>,
    /// What follows when it is broken.
    pub severity: Severity,
    /// Whether it is only tried: reported apart, without any effect.
    pub trial: bool,
    /// What becomes of it when values are missing.
    pub when_missing: WhenMissing,
    /// The statement as it was written.
    pub text: String,
    /// The statement.
    pub test: Parsed,
    /// Whether it speaks of the columns of a row, and so holds for each row that has them.
    pub per_row: bool,
    /// Whether it is asked only once everything has been read: no form shows it.
    pub later: bool,
    /// Whether it asks what was reported last year.
    pub asks_of_last_year: bool,
    /// The figure it holds against others.
    pub compares: Option<Compared>,
    /// Tables it is confined to; none: wherever its names lead somewhere.
    pub tables: Vec<TableId>,
    /// Rows it is confined to: a row with all its repetitions, or one of those.
    pub rows: Vec<RowCode>,
    /// The value at whose cell a finding stands; else the first one the statement names.
    pub at: Option<String>,
    /// The values that are not used when it is broken; else all it names.
    pub keeps_out: Option<Vec<String>>,
    /// Whether what it keeps out is reported for the record only, as the plan says.
    pub informative: bool,
    /// Whether an indicator is made from something that it keeps out.
    pub guards_indicators: bool,
    /// What is wrong, with places for values.
    pub message: String,
    /// How to mend it, with places for values.
    pub cure: String,
    /// What it means, when its sentence does not say enough.
    pub meaning: Option<String>,
    /// How the mistake usually comes about.
    pub cause: Option<String>,
    /// An example.
    pub example: Option<String>,
    /// The days on which the reports that it is asked of are due.
    pub validity: Validity,
}

/// An input cell of some form, as rules see it.
#[derive(Debug, Clone)]
pub struct RuleCell<'a> {
    /// Id of the table.
    pub table: &'a TableId,
    /// Id of the row in the plan.
    pub row: &'a RowId,
    /// Code of the row: its id, and what it repeats over.
    pub code: &'a RowCode,
    /// Id of the column.
    pub column: &'a ColumnId,
    /// Id of the field.
    pub id: FieldId,
    /// What it holds.
    pub kind: FieldKind,
    /// What the plan says of its row.
    pub of_row: &'a [RowFigure],
}

/// A rule made out for the cells it speaks of.
#[derive(Debug, Clone)]
pub struct BoundRule {
    /// The rule.
    pub rule: Rule<RuleInput>,
    /// What is wrong.
    pub message: Message<RuleInput>,
    /// How to mend it.
    pub cure: Message<RuleInput>,
    /// Where a finding stands.
    pub at: FieldId,
    /// What is not used when it is broken.
    pub keeps_out: Vec<FieldId>,
    /// The figure it holds against others.
    pub quantity: Option<Quantity<RuleInput>>,
}

/// A mistake in a rule of the plan, and under which key it stands.
#[derive(Debug, Clone)]
pub(super) struct RuleMistake {
    pub key: RuleKey,
    pub mistake: Mistake,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RuleKey {
    Test,
    Message,
    Cure,
    At,
    Quantity,
}

/// What the names of rules lead to in these cells.
pub fn names<'a>(cells: &[RuleCell<'a>]) -> Names<RuleInput> {
    let mut names = Names::new();
    add_given(&mut names);
    for cell in cells {
        let value = referent(&cell.id, &cell.kind);
        // The id of a table may hold hyphens; in a rule they are underscores.
        names.add_to_group(
            format!("{}.*.{}", cell.table.as_str().replace('-', "_"), cell.column),
            value.clone(),
        );
        names.add(cell.id.as_str(), value);
    }
    for row in cells.chunk_by(|a, b| a.code == b.code) {
        for (code, figure) in
            row.first().into_iter().flat_map(|cell| cell.of_row.iter().map(|figure| (cell.code, *figure)))
        {
            let id = RuleInput::OfRow(code.clone(), figure);
            names.add(format!("{code}.{}", figure.name()), Referent::given(id, Type::Decimal).at_least(0));
        }
    }
    names
}

/// A field as rules see it, with the bounds its kind has: counts and decimals from 0, percentages from 0 to 100.
fn referent(id: &FieldId, kind: &FieldKind) -> Referent<RuleInput> {
    let reported = |kind| Referent::reported(RuleInput::Field(id.clone()), kind);
    match kind {
        FieldKind::Count => reported(Type::Whole).at_least(0),
        FieldKind::Decimal | FieldKind::Money(_) => reported(Type::Decimal).at_least(0),
        FieldKind::Percent => reported(Type::Decimal).at_least(0).at_most(Decimal::ONE_HUNDRED),
        FieldKind::Choice(list) => {
            reported(Type::Choice(list.items.iter().map(|item| item.text.clone()).collect()))
        }
        FieldKind::Text => reported(Type::Text),
        FieldKind::Date => reported(Type::Date),
    }
}

/// Whether a statement speaks of the columns of a row: of a name that is neither a field nor one the program gives.
pub(super) fn is_per_row(test: &Parsed) -> bool {
    ::rule::names(test).iter().any(|name| is_column(&name.text))
}

fn is_column(name: &str) -> bool {
    !name.contains(['.', '*']) && GivenValue::ALL.iter().all(|given| given.name() != name)
}

impl PlannedRule {
    /// Whether it is asked of a report that is due on the day.
    pub fn is_asked_on(&self, day: NaiveDate) -> bool {
        self.validity.covers(day)
    }

    /// The rows it holds for, by code, or one `None` when it holds for the form as a whole; none at all when the form
    /// does not have what it speaks of.
    pub fn applications<'a>(
        &self,
        cells: &'a [RuleCell<'a>],
        names: &mut Names<RuleInput>,
    ) -> Vec<Option<&'a RowCode>> {
        let mut found: Vec<Option<&RowCode>> = Vec::new();
        if !self.per_row {
            names.in_row(None);
            if self.is_known(names) {
                found.push(None);
            }
            return found;
        }
        let quantity = self.compares.iter().flat_map(|compared| ::rule::names(&compared.quantity));
        let spoken_of: Vec<_> = ::rule::names(&self.test).into_iter().chain(quantity).collect();
        let columns: Vec<&str> = spoken_of
            .iter()
            .map(|name| name.text.as_str())
            .filter(|name| is_column(name) && !is_row_figure(name))
            .collect();
        for row in cells.chunk_by(|a, b| a.code == b.code) {
            // Most rows do not even have the columns; only for the others it is worth looking names up.
            let has = |column: &str| row.iter().any(|cell| *cell.column == *column);
            let Some(first) = row.first().filter(|first| self.covers(first)) else { continue };
            if !columns.iter().all(|column| has(column)) {
                continue;
            }
            names.in_row(Some(first.code.as_str()));
            if self.is_known(names) {
                found.push(Some(first.code));
            }
        }
        found
    }

    fn covers(&self, cell: &RuleCell<'_>) -> bool {
        (self.tables.is_empty() || self.tables.iter().any(|table| table == cell.table))
            && (self.rows.is_empty()
                || self.rows.iter().any(|row| *row == RowCode::once(cell.row) || row == cell.code))
    }

    /// Whether every name leads somewhere in this scope.
    fn is_known(&self, scope: &dyn Scope<RuleInput>) -> bool {
        let scope = &Everything(scope);
        let quantity = self.compares.iter().flat_map(|compared| ::rule::names(&compared.quantity));
        ::rule::names(&self.test)
            .into_iter()
            .chain(quantity)
            .all(|name| scope.reference(&name.text).is_some())
            && ::rule::patterns(&self.test).iter().all(|pattern| !scope.group(&pattern.text).is_empty())
    }

    /// Makes it out for a row or for a whole form.
    ///
    /// Names under `at` and `keeps-out` that the row does not have are passed over as long as another has them; the
    /// plan's validation asks for that.
    pub(super) fn bound(&self, scope: &dyn Scope<RuleInput>) -> Result<BoundRule, Vec<RuleMistake>> {
        let under = |key: RuleKey| {
            move |mistakes: Vec<Mistake>| -> Vec<RuleMistake> {
                mistakes.into_iter().map(|mistake| RuleMistake { key, mistake }).collect()
            }
        };
        let scope: &dyn Scope<RuleInput> = &Everything(scope);
        let rule = Rule::bind(&self.test, scope, self.when_missing).map_err(under(RuleKey::Test))?;
        let bound = |compared: &Compared| Quantity::bind(&compared.quantity, scope);
        let quantity = self.compares.as_ref().map(bound).transpose().map_err(under(RuleKey::Quantity))?;
        let message = rule.message(&self.message, scope).map_err(under(RuleKey::Message));
        let cure = rule.message(&self.cure, scope).map_err(under(RuleKey::Cure));
        let (message, cure) = match (message, cure) {
            (Ok(message), Ok(cure)) => (message, cure),
            (message, cure) => {
                return Err([message.err(), cure.err()].into_iter().flatten().flatten().collect());
            }
        };
        let field_of = |name: &str| match scope.reference(name)?.id {
            RuleInput::Field(id) => Some(id),
            RuleInput::Given(_) | RuleInput::OfRow(..) | RuleInput::OfOthers(..) => None,
        };
        let mut spoken_of: Vec<FieldId> = Vec::new();
        let of_quantity = quantity.iter().flat_map(Quantity::references);
        for name in rule.references().into_iter().chain(of_quantity) {
            if let RuleInput::Field(id) = &name.referent.id
                && !name.previous
                && !spoken_of.contains(id)
            {
                spoken_of.push(id.clone());
            }
        }
        let at = self.at.as_deref().map_or_else(|| spoken_of.first().cloned(), field_of);
        let Some(at) = at else {
            let mistake = Mistake {
                span: 0..self.at.as_ref().map_or(self.text.len(), String::len),
                what: "không biết nhận xét chỉ vào ô nào".to_owned(),
                cure: match spoken_of.first() {
                    Some(field) => format!("ghi at = mã của một ô có trong biểu mẫu, ví dụ at = \"{field}\""),
                    None => "ghi at = mã của một ô có trong biểu mẫu".to_owned(),
                },
            };
            let key = if self.at.is_some() { RuleKey::At } else { RuleKey::Test };
            return Err(vec![RuleMistake { key, mistake }]);
        };
        let keeps_out = match &self.keeps_out {
            Some(names) => names.iter().filter_map(|name| field_of(name)).collect(),
            None => spoken_of,
        };
        Ok(BoundRule { rule, message, cure, at, keeps_out, quantity })
    }

    /// Makes it out for a row of a valid plan's form; `None` only for a rule that validation refuses.
    pub fn made_out(&self, scope: &dyn Scope<RuleInput>) -> Option<BoundRule> {
        self.bound(scope).ok()
    }

    /// Whether a broken rule keeps values out of the result.
    pub fn is_grave(&self) -> bool {
        !self.trial && self.severity >= Severity::Confirm
    }

    /// What the program does about a broken rule.
    pub fn effect(&self) -> &'static str {
        match self.severity {
            _ if self.trial => "Quy tắc đang thử nghiệm, chưa ảnh hưởng đến kết quả.",
            Severity::Reject => "Không dùng tệp này.",
            Severity::Error if self.keeps_nothing_out() => "Vẫn dùng số liệu trong khi chờ sửa.",
            Severity::Confirm if self.keeps_nothing_out() => "Vẫn dùng số liệu trong khi chờ giải trình.",
            Severity::Error => "Không dùng các ô mà nhận xét nêu tên cho đến khi được sửa.",
            Severity::Confirm => "Chưa dùng các ô mà nhận xét nêu tên cho đến khi được sửa hoặc giải trình.",
            Severity::Warning => "Vẫn dùng số liệu; liệt kê để xem lại.",
            Severity::Fixed | Severity::Info => "Vẫn dùng số liệu.",
        }
    }

    /// Whether the plan says that nothing is kept out while it is broken.
    pub fn keeps_nothing_out(&self) -> bool {
        self.keeps_out.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether it says that it keeps values out although no indicator is made from any of them, and the plan does not say
    /// that this is meant.
    pub fn guards_nothing(&self) -> bool {
        let claims = self.is_grave() && self.severity != Severity::Reject;
        claims && !self.informative && !self.guards_indicators
    }

    /// The severity its findings carry.
    pub fn shown_severity(&self) -> Severity {
        if self.trial { Severity::Info } else { self.severity }
    }
}
