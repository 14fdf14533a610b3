//! The rules: read, bound wherever they apply, and tried against what Excel takes.

mod forms;

pub(super) use forms::Forms;

use super::Checker;
use crate::domain::{CellAddress, FieldId, RowCode, TableId};
use crate::error::PlanMistake;
use crate::finding::{Code, NoRuleCode, RuleCode, Severity};
use crate::plan::SourceFile;
use crate::plan::file::{RuleFile, RulesFile, Spanned};
use crate::plan::rule::{
    self, Compared, GivenValue, PlannedRule, RuleCell, RuleInput, RuleKey, RuleMistake, is_per_row,
};
use crate::plan::written::offset_in_toml;
use ::rule::excel::{Ask, Cells, Limits, Place};
use ::rule::{Names, Parsed, parse};
use forms::FormKind;
use rust_decimal::Decimal;
use sheet::Reference;
use sheet::cell::{MOST_COLUMNS, MOST_ROWS};
use std::collections::BTreeSet;
use std::sync::Arc;
use vietnamese::display::plain;

/// The code of a rule that cannot be read or makes no sense.
const WRONG_RULE: Code = Code::P020;
/// The code of a rule no form can be asked.
const NOWHERE: Code = Code::P021;

/// Figures that words need not repeat: “the share of” and “at least one” say them.
const UNSAID: [Decimal; 3] = [Decimal::ZERO, Decimal::ONE, Decimal::ONE_HUNDRED];

pub(super) fn rules(
    source: &SourceFile,
    file: &RulesFile,
    forms: &Forms<'_>,
    mistakes: &mut Vec<PlanMistake>,
) -> Vec<Arc<PlannedRule>> {
    let rows = forms.rows();
    let all = forms.cells(rows.iter());
    // What names stand for is the same for all rules but for the row at hand, which each rule sets.
    let mut names = rule::names(&all);
    let mut kinds = forms.kinds(&rows);
    let mut checker = Checker { file: source, mistakes };
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for entry in &file.rules {
        checker.unique(&mut seen, &entry.code, "quy tắc");
        let code = checker.code(entry);
        let Some(mut rule) = checker.rule(entry, code) else { continue };
        let reach = checker.applies(entry, &rule, &all, &mut names, &mut kinds);
        if let Some(keeps_out) = reach {
            let is_used = |field| forms.indicators.iter().any(|indicator| indicator.kind.is_made_from(field));
            rule.guards_indicators = keeps_out.iter().any(is_used);
            found.push(Arc::new(rule));
        }
    }
    found
}

impl Checker<'_> {
    /// The code; one that stands for it where it cannot be read, so that the rest of the rule is checked all the same.
    fn code(&mut self, entry: &RuleFile) -> RuleCode {
        let written = entry.code.get_ref();
        let code = RuleCode::parse(written);
        if code == Err(NoRuleCode::Malformed) {
            let what = format!("mã quy tắc “{written}” không hợp lệ");
            self.mistake(Code::P007, &entry.code, what, "ghi R (trong một trang), X (giữa các trang) hoặc T (so với thời gian) và ba chữ số, ví dụ R101");
        } else if let Err(NoRuleCode::OfProgram(code)) = code {
            let what = format!("mã “{code}” là mã nhận xét của chương trình");
            self.mistake(Code::P005, &entry.code, what, "chọn mã khác, ví dụ R101");
        }
        if matches!(entry.severity.get_ref(), Severity::Fixed) {
            let what = "quy tắc không thể có mức “fixed”: quy tắc chỉ kiểm tra, không sửa số liệu".to_owned();
            self.mistake(
                Code::P004,
                &entry.severity,
                what,
                "dùng một trong các giá trị: reject, error, confirm, warning, info",
            );
        }
        code.unwrap_or(RuleCode::STAND_IN)
    }

    fn rule(&mut self, entry: &RuleFile, code: RuleCode) -> Option<PlannedRule> {
        let test = match parse(entry.test.get_ref()) {
            Ok(test) => test,
            Err(found) => {
                for mistake in found {
                    self.at(&entry.test, mistake.span, WRONG_RULE, mistake.what, mistake.cure);
                }
                return None;
            }
        };
        if let Some(says) = &entry.says {
            self.says_its_figures(says, &test);
        }
        let compares = self.compares(entry, &test)?;
        let later = compares.is_some() || rule::is_later(&test);
        if later && entry.says.is_none() {
            let what = "quy tắc so với đơn vị khác, năm khác chưa có câu nói bằng lời".to_owned();
            self.mistake(WRONG_RULE, &entry.test, what, "ghi thêm says = câu phải đúng, nói bằng lời");
        }
        let asks_of_last_year = ::rule::names(&test).iter().any(|name| name.previous)
            || ::rule::patterns(&test).iter().any(|pattern| pattern.previous);
        let texts = |list: &[Spanned<String>]| list.iter().map(|text| text.get_ref().clone()).collect();
        Some(PlannedRule {
            code,
            title: entry.title.clone(),
            says: entry.says.as_ref().map(|says| says.get_ref().trim().trim_end_matches('.').to_owned()),
            severity: *entry.severity.get_ref(),
            trial: entry.trial,
            when_missing: entry.missing.into(),
            text: entry.test.get_ref().clone(),
            per_row: is_per_row(&test)
                || compares.as_ref().is_some_and(|compared| is_per_row(&compared.quantity)),
            later,
            asks_of_last_year,
            compares,
            test,
            tables: entry.tables.iter().map(|id| TableId::new(id.get_ref().as_str())).collect(),
            rows: entry.rows.iter().map(|code| RowCode::new(code.get_ref().as_str())).collect(),
            at: entry.at.as_ref().map(|at| at.get_ref().clone()),
            keeps_out: entry.keeps_out.as_ref().map(|names| texts(names)),
            informative: entry.informative,
            guards_indicators: false,
            message: entry.message.get_ref().clone(),
            cure: entry.cure.get_ref().clone(),
            meaning: entry.meaning.clone(),
            cause: entry.cause.clone(),
            example: entry.example.clone(),
            validity: self.span(entry.valid_from.as_ref(), entry.valid_to.as_ref()),
        })
    }

    /// The figure that the rule holds against others; `None` where it is written wrongly.
    fn compares(&mut self, entry: &RuleFile, test: &Parsed) -> Option<Option<Compared>> {
        let speaks = ::rule::names(test).into_iter().any(|name| {
            GivenValue::ALL.iter().any(|given| given.is_of_comparison() && given.name() == name.text)
        });
        match (&entry.quantity, entry.against) {
            (None, None) if !speaks => Some(None),
            (Some(text), Some(against)) if speaks => match parse(text.get_ref()) {
                Ok(quantity) => Some(Some(Compared { quantity, against })),
                Err(found) => {
                    for mistake in found {
                        self.at(text, mistake.span, WRONG_RULE, mistake.what, mistake.cure);
                    }
                    None
                }
            },
            _ => {
                let what = "quantity, against và các tên figure, median, spread, others phải đi cùng nhau"
                    .to_owned();
                let cure = "ghi đủ quantity và against rồi dùng figure trong test, hoặc bỏ cả ba";
                self.mistake(WRONG_RULE, &entry.test, what, cure);
                None
            }
        }
    }

    /// Whether the fields of other units that it speaks of are asked of somebody.
    fn fields_of_others(&mut self, entry: &RuleFile, rule: &PlannedRule, all: &[RuleCell<'_>]) {
        for (name, field) in rule::of_others(&rule.test) {
            if !all.iter().any(|cell| cell.id == field) {
                let what = format!("không biểu mẫu nào có ô “{field}”");
                let cure = "ghi mã của một ô trong tệp biểu mẫu sau all., missing. hoặc about.".to_owned();
                self.at(&entry.test, name.span.clone(), WRONG_RULE, what, cure);
            }
        }
    }

    /// Words that stand for a statement go stale when somebody changes a threshold in the statement alone: every figure
    /// of the one must stand in the other.
    fn says_its_figures(&mut self, says: &Spanned<String>, test: &Parsed) {
        for figure in ::rule::figures(test).into_iter().filter(|figure| !UNSAID.contains(figure)) {
            let percent = figure * Decimal::ONE_HUNDRED;
            let ways = [plain(figure), format!("{}%", plain(percent))];
            if !ways.iter().any(|way| states(says.get_ref(), way)) {
                let what = format!("câu nói bằng lời không nêu con số {} của test", ways[0]);
                let cure = format!(
                    "nêu {} hoặc {} trong says cho khớp với test, hoặc bỏ khóa says",
                    ways[0], ways[1]
                );
                self.mistake(WRONG_RULE, says, what, &cure);
            }
        }
    }

    /// What the rule keeps out when it is sound wherever it applies, and applies to the form of somebody.
    fn applies(
        &mut self,
        entry: &RuleFile,
        rule: &PlannedRule,
        all: &[RuleCell<'_>],
        names: &mut Names<RuleInput>,
        forms: &mut [FormKind<'_>],
    ) -> Option<BTreeSet<FieldId>> {
        let before = self.mistakes.len();
        self.confined(entry, all);
        self.fields_of_others(entry, rule, all);
        let everywhere = rule.applications(all, names);
        if everywhere.is_empty() {
            self.unknown_names(entry, rule, all, names);
            return None;
        }
        let is_asked = |kind: &mut FormKind<'_>| {
            kind.due.iter().any(|day| rule.is_asked_on(*day))
                && !rule.applications(&kind.cells, &mut kind.names).is_empty()
        };
        if !forms.iter_mut().any(is_asked) {
            let what = "quy tắc nối các ô không bao giờ ở trong cùng một biểu mẫu".to_owned();
            let cure = "chỉ dùng các ô mà cùng một đơn vị phải điền trong cùng một năm";
            self.mistake(NOWHERE, &entry.test, what, cure);
            return None;
        }
        let mut named: BTreeSet<usize> = BTreeSet::new();
        let mut is_tried = false;
        let mut keeps_out = BTreeSet::new();
        for row in everywhere {
            names.in_row(row.map(RowCode::as_str));
            let listed = rule.keeps_out.iter().flatten().enumerate();
            named.extend(listed.filter(|(_, name)| is_field(names, name)).map(|(i, _)| i));
            match rule.bound(names) {
                // One row's formula is as long as another's.
                Ok(bound) if is_tried || rule.later => keeps_out.extend(bound.keeps_out),
                Ok(bound) => {
                    is_tried = true;
                    if let Err(too_long) = bound.rule.formula(Ask::Verdict, &Farthest, Limits::CELL) {
                        let cure = "chia quy tắc thành hai quy tắc ngắn hơn";
                        self.mistake(Code::P012, &entry.test, too_long.to_string(), cure);
                    }
                    keeps_out.extend(bound.keeps_out);
                }
                Err(mistakes) => {
                    mistakes.into_iter().for_each(|mistake| self.rule_mistake(entry, mistake));
                }
            }
            // The same mistake in every row is one mistake.
            if self.mistakes.len() > before {
                return None;
            }
        }
        for (i, name) in entry.keeps_out.iter().flatten().enumerate() {
            if !named.contains(&i) {
                let cure = "dùng mã của một ô mà quy tắc áp dụng, hoặc bỏ mã này khỏi keeps-out";
                self.unknown(name, "ô nhập", cure);
            }
        }
        (self.mistakes.len() == before).then_some(keeps_out)
    }

    fn confined(&mut self, entry: &RuleFile, all: &[RuleCell<'_>]) {
        for table in &entry.tables {
            if !all.iter().any(|cell| *cell.table == *table.get_ref().as_str()) {
                self.unknown(table, "bảng", "dùng mã (id) của một bảng trong tệp biểu mẫu");
            }
        }
        for row in &entry.rows {
            if !all
                .iter()
                .any(|cell| *cell.row == *row.get_ref().as_str() || *cell.code == *row.get_ref().as_str())
            {
                self.unknown(row, "dòng", "dùng mã (id) của một dòng trong tệp biểu mẫu");
            }
        }
    }

    /// Says which names lead nowhere, judged by the row that knows most of them.
    fn unknown_names(
        &mut self,
        entry: &RuleFile,
        rule: &PlannedRule,
        all: &[RuleCell<'_>],
        names: &mut Names<RuleInput>,
    ) {
        let mut fewest: Option<Vec<RuleMistake>> = None;
        let rows: BTreeSet<&RowCode> = all.iter().map(|cell| cell.code).collect();
        let rows = rows.into_iter().map(Some).filter(|_| rule.per_row).chain([None]);
        for row in rows {
            names.in_row(row.map(RowCode::as_str));
            let Err(mistakes) = rule.bound(names) else { continue };
            if fewest.as_ref().is_none_or(|fewest| mistakes.len() < fewest.len()) {
                fewest = Some(mistakes);
            }
        }
        match fewest {
            Some(mistakes) => mistakes.into_iter().for_each(|mistake| self.rule_mistake(entry, mistake)),
            None => {
                let what = "tables, rows không để lại dòng nào có đủ các cột của quy tắc".to_owned();
                self.mistake(NOWHERE, &entry.test, what, "sửa tables, rows hoặc tên cột trong test");
            }
        }
    }

    fn rule_mistake(&mut self, entry: &RuleFile, mistake: RuleMistake) {
        let RuleMistake { key, mistake } = mistake;
        let at = match key {
            RuleKey::Test => Some(&entry.test),
            RuleKey::Message => Some(&entry.message),
            RuleKey::Cure => Some(&entry.cure),
            RuleKey::At => entry.at.as_ref(),
            RuleKey::Quantity => entry.quantity.as_ref(),
        };
        if let Some(at) = at {
            self.at(at, mistake.span, WRONG_RULE, mistake.what, mistake.cure);
        }
    }

    /// A mistake at a place within a text.
    fn at(
        &mut self,
        text: &Spanned<String>,
        span: std::ops::Range<usize>,
        code: Code,
        what: String,
        cure: String,
    ) {
        let whole = text.span();
        let written = self.file.text.get(whole.clone()).unwrap_or_default();
        let start = whole.start + offset_in_toml(written, span.start);
        self.mistakes.push(self.file.mistake(code, Some(start..start), what, cure));
    }
}

/// Whether a figure stands in a text by itself, not as a part of another.
fn states(text: &str, figure: &str) -> bool {
    let is_figure = |c: char| c.is_ascii_digit();
    text.match_indices(figure).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + figure.len()..]);
        let joins = |mut letters: [Option<char>; 2]| match letters[0].take() {
            Some('.' | ',') => letters[1].is_some_and(is_figure),
            Some('%') => !figure.ends_with('%'),
            next => next.is_some_and(is_figure),
        };
        let (mut back, mut on) = (before.chars().rev(), after.chars());
        !joins([back.next(), back.next()]) && !joins([on.next(), on.next()])
    })
}

fn is_field(names: &Names<RuleInput>, name: &str) -> bool {
    use ::rule::Scope;
    names.reference(name).is_some_and(|target| matches!(target.id, RuleInput::Field(_)))
}

/// Every value as far away as it can stand, under the longest name a sheet can have: a formula that fits there fits
/// anywhere. Helper cells are to be had.
struct Farthest;

impl Cells<RuleInput> for Farthest {
    fn place(&self, _: &RuleInput, _: bool) -> Place {
        Place::Cell(farthest_cell())
    }

    fn helper(&self, n: usize) -> Option<Reference> {
        (n < 64).then(|| farthest_cell().absolute())
    }
}

fn farthest_cell() -> Reference {
    Reference::to_cell(CellAddress::new(MOST_ROWS - 1, MOST_COLUMNS - 1)).on_sheet("x".repeat(31))
}
