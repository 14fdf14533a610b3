//! From what was written to what it stands for: names looked up, patterns opened, kinds checked.

use super::ast::{Aggregate, Arithmetic, Comparison, Expr, Item, Name, Node, Span};
use super::mistake::Mistake;
use super::parse::Parsed;
use super::scope::{Referent, Scope, Source, Type, ValueId};
use std::fmt;
use vietnamese::spelling::nearest;

/// A reference that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundName<V> {
    /// The value it leads to.
    pub referent: Referent<V>,
    /// Whether last year's is meant.
    pub previous: bool,
}

impl<V: fmt::Display> fmt::Display for BoundName<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.previous {
            write!(f, "prev({})", self.referent.id)
        } else {
            write!(f, "{}", self.referent.id)
        }
    }
}

/// A tree whose references lead somewhere and whose kinds fit.
pub type Checked<V> = Expr<BoundName<V>>;

/// Excel takes no longer text in a formula.
const LONGEST_TEXT: usize = 255;

/// Binds a tree and tells its kind; a part with a mistake has none.
pub(super) fn bind<V: ValueId>(
    parsed: &Parsed,
    scope: &dyn Scope<V>,
    mistakes: &mut Vec<Mistake>,
) -> (Checked<V>, Option<Type>) {
    Binder { scope, mistakes }.expr(parsed)
}

struct Binder<'a, V> {
    scope: &'a dyn Scope<V>,
    mistakes: &'a mut Vec<Mistake>,
}

impl<V: ValueId> Binder<'_, V> {
    fn mistake(&mut self, span: &Span, what: impl Into<String>, cure: impl Into<String>) {
        self.mistakes.push(Mistake::new(span.clone(), what, cure));
    }

    fn expr(&mut self, parsed: &Parsed) -> (Checked<V>, Option<Type>) {
        let (node, kind) = self.node(parsed);
        (Expr { node, span: parsed.span.clone() }, kind)
    }

    fn node(&mut self, parsed: &Parsed) -> (Node<BoundName<V>>, Option<Type>) {
        let span = &parsed.span;
        match &parsed.node {
            Node::Number(n) => {
                let kind = if n.is_integer() { Type::Whole } else { Type::Decimal };
                (Node::Number(*n), Some(kind))
            }
            Node::Text(text) => {
                if text.encode_utf16().count() > LONGEST_TEXT {
                    let what = format!("đoạn chữ dài quá {LONGEST_TEXT} ký tự, Excel không nhận");
                    self.mistake(span, what, "rút ngắn đoạn chữ");
                }
                (Node::Text(text.clone()), Some(Type::Text))
            }
            Node::Date(day) => (Node::Date(*day), Some(Type::Date)),
            Node::Bool(b) => (Node::Bool(*b), Some(Type::Bool)),
            Node::Reference(name) => match self.single(name) {
                Some(bound) => {
                    let kind = bound.referent.kind.clone();
                    (Node::Reference(bound), Some(kind))
                }
                None => (Node::Unreadable, None),
            },
            Node::DateOf(year, month, day) => {
                let year = self.number(year, "năm của date");
                (Node::DateOf(Box::new(year.0), *month, *day), Some(Type::Date))
            }
            Node::Negate(x) => {
                let (x, kind) = self.number(x, "dấu trừ");
                (Node::Negate(Box::new(x)), kind)
            }
            Node::Abs(x) => {
                let (x, kind) = self.number(x, "abs");
                (Node::Abs(Box::new(x)), kind)
            }
            Node::Round(x, places) => {
                let (x, kind) = self.number(x, "round");
                let kind = kind.map(|_| if *places == 0 { Type::Whole } else { Type::Decimal });
                (Node::Round(Box::new(x), *places), kind)
            }
            Node::Arithmetic(op, a, b) => self.arithmetic(*op, a, b, span),
            Node::Compare(op, a, b) => self.compare(*op, a, b, span),
            Node::In(x, list) => self.list(x, list),
            Node::Not(x) => (Node::Not(Box::new(self.statement(x))), Some(Type::Bool)),
            Node::Logic(logic, a, b) => {
                let (a, b) = (self.statement(a), self.statement(b));
                (Node::Logic(*logic, Box::new(a), Box::new(b)), Some(Type::Bool))
            }
            Node::Filled(name, filled) => match self.single(name) {
                Some(bound) => {
                    if bound.referent.source == Source::Given {
                        let what =
                            format!("“{}” do chương trình cho, không phải ô để điền", bound.referent.id);
                        self.mistake(&name.span, what, "bỏ điều kiện này hoặc ghi mã ô");
                    }
                    (Node::Filled(bound, *filled), Some(Type::Bool))
                }
                None => (Node::Unreadable, Some(Type::Bool)),
            },
            Node::Aggregate(aggregate, items) => self.aggregate(*aggregate, items),
            Node::Unreadable => (Node::Unreadable, None),
        }
    }

    /// A name that must lead to one value.
    fn single(&mut self, name: &Name) -> Option<BoundName<V>> {
        if name.is_group() {
            let what = format!("“{}” là một nhóm ô, không phải một ô", name.text);
            self.mistake(
                &name.span,
                what,
                format!("đặt nhóm ô trong sum, count, min hoặc max, ví dụ sum({})", name.text),
            );
            return None;
        }
        let Some(referent) = self.scope.reference(&name.text) else {
            self.unknown(name, "ô");
            return None;
        };
        self.bound(name, referent)
    }

    fn bound(&mut self, name: &Name, referent: Referent<V>) -> Option<BoundName<V>> {
        if name.previous && referent.source == Source::Given {
            let what = format!("“{}” do chương trình cho, không có số liệu năm trước", referent.id);
            self.mistake(&name.span, what, "prev chỉ dùng với mã ô; năm trước của year là year - 1");
            return None;
        }
        if referent.kind == Type::Bool {
            let what = format!("“{}” không dùng được trong quy tắc", name.text);
            self.mistake(&name.span, what, "dùng ô số, chữ, ngày hoặc ô chọn");
            return None;
        }
        Some(BoundName { referent, previous: name.previous })
    }

    fn unknown(&mut self, name: &Name, what: &str) {
        let known = self.scope.known();
        let same_sort = |candidate: &&str| candidate.contains('*') == name.is_group();
        let written = &name.text;
        let cure = if let Some(likely) = nearest(written, known.iter().map(String::as_str).filter(same_sort))
        {
            format!("có phải ý là “{likely}”?")
        } else if let Some(full) =
            known.iter().find(|id| !id.contains('*') && id.ends_with(&format!(".{written}")))
        {
            format!("ghi đủ mã ô gồm mã dòng và mã cột, ví dụ “{full}”")
        } else if name.is_group() {
            "ghi theo dạng mã bảng.*.mã cột (dấu - của mã bảng viết thành _), ví dụ co_so.*.dat".to_owned()
        } else {
            "kiểm tra mã ô trong tệp biểu mẫu; chữ để so sánh thì đặt trong ngoặc “…”".to_owned()
        };
        self.mistake(&name.span, format!("không có {what} “{written}”"), cure);
    }

    /// A part that must be a number.
    fn number(&mut self, parsed: &Parsed, asker: &str) -> (Checked<V>, Option<Type>) {
        let (expr, kind) = self.expr(parsed);
        match kind {
            Some(kind) if !kind.is_number() => {
                let what = format!("{asker} cần số nhưng ở đây là {}", kind.vietnamese());
                self.mistake(&parsed.span, what, "thay bằng một ô số hoặc một con số");
                (expr, None)
            }
            kind => (expr, kind),
        }
    }

    /// A part that must be true or false.
    fn statement(&mut self, parsed: &Parsed) -> Checked<V> {
        let (expr, kind) = self.expr(parsed);
        if let Some(kind) = kind.filter(|kind| *kind != Type::Bool) {
            let cure = match kind {
                _ if kind.is_number() => "so sánh với một số, ví dụ > 0",
                Type::Date => "so sánh với một ngày, ví dụ <= d\"2024-12-10\", hoặc dùng filled(…)",
                _ => "so sánh với một giá trị, ví dụ = “Đạt”, hoặc dùng filled(…)",
            };
            let what = format!("chỗ này phải là câu đúng/sai nhưng lại là {}", kind.vietnamese());
            self.mistake(&parsed.span, what, cure);
        }
        expr
    }

    fn arithmetic(
        &mut self,
        op: Arithmetic,
        a: &Parsed,
        b: &Parsed,
        span: &Span,
    ) -> (Node<BoundName<V>>, Option<Type>) {
        let ((left, left_kind), (right, right_kind)) = (self.expr(a), self.expr(b));
        let kind = match (left_kind, right_kind) {
            (Some(x), Some(y)) => {
                let kind = kind_of_arithmetic(op, &x, &y);
                if kind.is_none() {
                    let what = format!("không tính được {} {} {}", x.vietnamese(), op.sign(), y.vietnamese());
                    let cure = if x == Type::Date || y == Type::Date {
                        "với ngày chỉ có: ngày - ngày (ra số ngày), ngày + số nguyên, ngày - số nguyên"
                    } else {
                        "chỉ tính với ô số và con số"
                    };
                    self.mistake(span, what, cure);
                }
                kind
            }
            _ => None,
        };
        if op == Arithmetic::Divide && matches!(right.node, Node::Number(n) if n.is_zero()) {
            self.mistake(&b.span, "chia cho 0", "sửa số chia");
        }
        (Node::Arithmetic(op, Box::new(left), Box::new(right)), kind)
    }

    fn compare(
        &mut self,
        op: Comparison,
        a: &Parsed,
        b: &Parsed,
        span: &Span,
    ) -> (Node<BoundName<V>>, Option<Type>) {
        let ((left, left_kind), (right, right_kind)) = (self.expr(a), self.expr(b));
        if let (Some(x), Some(y)) = (left_kind, right_kind) {
            self.comparable(op, &x, &y, span);
            self.offered(&x, b);
            self.offered(&y, a);
        }
        (Node::Compare(op, Box::new(left), Box::new(right)), Some(Type::Bool))
    }

    fn comparable(&mut self, op: Comparison, x: &Type, y: &Type, span: &Span) {
        let same = (x.is_number() && y.is_number()) || (x.is_text() && y.is_text()) || x == y;
        if *x == Type::Bool && *y == Type::Bool {
            self.mistake(span, "không so sánh hai câu đúng/sai bằng dấu", "dùng and, or, implies hoặc not");
        } else if !same {
            let what = format!("không so sánh được {} với {}", x.vietnamese(), y.vietnamese());
            let cure = match (x, y) {
                _ if x.is_text() || y.is_text() => {
                    "chữ chỉ so với chữ đặt trong ngoặc “…”; số không đặt trong ngoặc"
                }
                _ if *x == Type::Date || *y == Type::Date => {
                    "ngày chỉ so với ngày, ví dụ d\"2024-12-10\" hoặc date(year, 12, 10)"
                }
                _ => "hai vế phải cùng loại",
            };
            self.mistake(span, what, cure);
        } else if x.is_text() && !matches!(op, Comparison::Equal | Comparison::Unequal) {
            let what = format!("chữ không có lớn hơn, nhỏ hơn (dấu {})", op.sign());
            self.mistake(span, what, "với chữ chỉ dùng =, != hoặc in (…)");
        }
    }

    /// A text compared with a choice must be one of those offered.
    fn offered(&mut self, kind: &Type, value: &Parsed) {
        let (Type::Choice(items), Node::Text(text)) = (kind, &value.node) else { return };
        if items.contains(text) {
            return;
        }
        let lower = text.to_lowercase();
        let same_letters = items.iter().find(|item| item.to_lowercase() == lower).map(String::as_str);
        let cure = match same_letters.or_else(|| nearest(text, items.iter().map(String::as_str))) {
            Some(likely) => format!("có phải ý là “{likely}”?"),
            None => format!("dùng một trong các lựa chọn: “{}”", items.join("”, “")),
        };
        self.mistake(&value.span, format!("“{text}” không có trong danh sách chọn của ô"), cure);
    }

    fn list(&mut self, x: &Parsed, list: &[Parsed]) -> (Node<BoundName<V>>, Option<Type>) {
        let (left, kind) = self.expr(x);
        let mut bound: Vec<Checked<V>> = Vec::new();
        for value in list {
            let (literal, literal_kind) = self.expr(value);
            if let (Some(x), Some(y)) = (&kind, &literal_kind) {
                self.comparable(Comparison::Equal, x, y, &value.span);
                self.offered(x, value);
            }
            if bound.contains(&literal) && literal.node != Node::Unreadable {
                self.mistake(&value.span, format!("{literal} được liệt kê hai lần"), "bỏ một lần");
            }
            bound.push(literal);
        }
        (Node::In(Box::new(left), bound), Some(Type::Bool))
    }

    fn aggregate(
        &mut self,
        aggregate: Aggregate,
        items: &[Item<Name>],
    ) -> (Node<BoundName<V>>, Option<Type>) {
        let mut bound = Vec::new();
        let mut kinds: Vec<Option<Type>> = Vec::new();
        for item in items {
            let (name, members) = match item {
                Item::One(name) => (name, self.single(name).into_iter().collect::<Vec<_>>()),
                Item::Group(name, _) => {
                    let referents = self.scope.group(&name.text);
                    if referents.is_empty() {
                        self.unknown(name, "nhóm ô");
                    }
                    (name, referents.into_iter().filter_map(|referent| self.bound(name, referent)).collect())
                }
            };
            let wrong = members
                .iter()
                .find(|member| aggregate != Aggregate::Count && !member.referent.kind.is_number());
            if let Some(wrong) = wrong {
                let what = format!(
                    "{} cần số nhưng “{wrong}” là {}",
                    aggregate.word(),
                    wrong.referent.kind.vietnamese()
                );
                self.mistake(&name.span, what, "chỉ liệt kê ô số; để đếm ô đã điền thì dùng count");
            }
            if aggregate == Aggregate::Count
                && members.iter().any(|member| member.referent.source == Source::Given)
            {
                let what = format!("“{name}” do chương trình cho, không phải ô để điền");
                self.mistake(&name.span, what, "chỉ đếm các ô của biểu mẫu");
            }
            kinds.push((wrong.is_none() && !members.is_empty()).then(|| {
                let whole = members.iter().all(|member| member.referent.kind == Type::Whole);
                if whole { Type::Whole } else { Type::Decimal }
            }));
            bound.push(match item {
                Item::One(_) => match members.into_iter().next() {
                    Some(one) => Item::One(one),
                    None => continue,
                },
                Item::Group(name, _) => Item::Group(name.clone(), members),
            });
        }
        let kind = if aggregate == Aggregate::Count {
            Some(Type::Whole)
        } else if kinds.iter().any(Option::is_none) {
            None
        } else if kinds.contains(&Some(Type::Decimal)) {
            Some(Type::Decimal)
        } else {
            Some(Type::Whole)
        };
        (Node::Aggregate(aggregate, bound), kind)
    }
}

/// The kind of `x op y`, when it can be reckoned.
fn kind_of_arithmetic(op: Arithmetic, x: &Type, y: &Type) -> Option<Type> {
    match (x, op, y) {
        (Type::Date, Arithmetic::Subtract, Type::Date) => Some(Type::Whole),
        (Type::Date, Arithmetic::Add | Arithmetic::Subtract, Type::Whole) => Some(Type::Date),
        (x, Arithmetic::Divide, y) if x.is_number() && y.is_number() => Some(Type::Decimal),
        (Type::Whole, _, Type::Whole) => Some(Type::Whole),
        (x, _, y) if x.is_number() && y.is_number() => Some(Type::Decimal),
        _ => None,
    }
}
