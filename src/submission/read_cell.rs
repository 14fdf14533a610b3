//! One raw cell → one typed value, or a finding that says why not.

mod day;
mod formula;
mod letters;
mod shown;
mod words;

use super::{Fate, FigureStatus, Reported, Value};
use crate::domain::exact::{LARGEST_FIGURE, MOST_DECIMALS};
use crate::domain::{ChoiceList, FieldKind, Meaning, YEARS_OF_DAYS, Year};
use crate::finding::{Code, Finding, FindingCode, Origin};
use crate::form::Field;
use crate::intake::raw::{RawCell, RawValue, Shown};
use crate::plan::Plan;
use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use shown::Meant;
use vietnamese::choice::{match_choice, read_yes_no};
use vietnamese::display::{date, plain};
use vietnamese::empty::{Empty, read_empty};
use vietnamese::name::Match;
use vietnamese::number::{Counted, NumberChange, NumberFault, NumberReading, Want, from_float, read_number};
use vietnamese::text::read_lines;

/// What became of a filled cell.
pub(super) struct CellRead {
    pub reported: Option<Reported>,
    pub fate: Fate,
    pub finding: Option<Box<Finding>>,
}

/// Whether a cell holds something a person would call filled.
pub(super) fn is_filled(cell: &RawCell) -> bool {
    match &cell.value {
        // A letter or a digit says something; only of other signs is it worth asking what.
        RawValue::Text(text) => {
            text.bytes().any(|byte| byte.is_ascii_alphanumeric())
                || !matches!(read_empty(text), Some(Empty::Blank))
        }
        _ => true,
    }
}

/// Reads a filled cell; `None` when it is blank.
/// `advice` words what the findings advise; where nobody reads them there need be none. `epoch_1904` tells from which day
/// the workbook counts its days.
pub(super) fn read(
    advice: Option<(&Plan, Year)>,
    field: &Field,
    cell: &RawCell,
    origin: Origin,
    epoch_1904: bool,
) -> Option<CellRead> {
    if !is_filled(cell) {
        return None;
    }
    let reader = Reader { advice, field, typed: as_typed(&cell.value), origin, epoch_1904 };
    let shown = cell.shown.as_deref();
    let mut read = match (&cell.value, &field.kind) {
        (RawValue::Error(error), _) => reader.refuse(
            Code::C005,
            format!("ô báo lỗi công thức {error}"),
            "xóa công thức, gõ thẳng giá trị vào ô rồi gửi lại",
        ),
        (RawValue::NotCalculated, _) => {
            let formula = cell.formula.as_deref().unwrap_or_default().trim_start_matches('=').to_owned();
            reader.refuse(
                Code::C006,
                format!("công thức “={formula}” chưa được phần mềm nào tính ra kết quả"),
                "mở tệp bằng Excel, bấm Ctrl+Alt+F9, lưu rồi gửi lại; hoặc gõ thẳng giá trị",
            )
        }
        (value, FieldKind::Count) => reader.number(value, Want::Whole, shown),
        (value, FieldKind::Decimal) => reader.number(value, Want::Decimal, shown),
        (value, FieldKind::Money(unit)) => reader.number(value, Want::Money(*unit), shown),
        (value, FieldKind::Percent) => reader.number(value, Want::Percent, shown),
        (value, FieldKind::Choice(list)) => reader.choice(value, list),
        (value, FieldKind::Text) => reader.text(value, shown),
        (value, FieldKind::Date) => reader.date(value),
    };
    let outside = cell.formula.as_deref().and_then(formula::other_workbook);
    if let Some(other) = outside.filter(|_| read.finding.is_none()) {
        let cause = format!(
            "giá trị lấy bằng công thức từ tệp khác ({other}); chương trình chỉ thấy số lưu lần cuối"
        );
        let cure =
            "kiểm tra số còn đúng không, rồi chép và dán giá trị (Paste Values) vào ô thay cho công thức";
        read.finding = Some(Box::new(reader.finding(Code::C019, cause, cure)));
    }
    Some(read)
}

/// A value as the sender would recognise it.
pub(super) fn as_typed(value: &RawValue) -> String {
    match value {
        RawValue::Number(number) => plain_number(*number),
        RawValue::Text(text) => text.clone(),
        RawValue::Bool(true) => "TRUE".into(),
        RawValue::Bool(false) => "FALSE".into(),
        RawValue::Date { when: Some(day), .. } => date(*day),
        RawValue::Date { when: None, serial } => serial.map(plain_number).unwrap_or_default(),
        RawValue::Error(error) => error.clone(),
        RawValue::NotCalculated => "(công thức chưa tính)".into(),
    }
}

fn plain_number(number: f64) -> String {
    from_float(number).map_or_else(|| number.to_string(), |n| n.normalize().to_string().replace('.', ","))
}

/// A figure as findings show it: money with its unit, which is not always the one that was typed.
fn shown(value: Decimal, want: Want) -> String {
    match want {
        Want::Money(unit) => format!("{} {}", plain(value), unit.name()),
        _ => plain(value),
    }
}

struct Reader<'a> {
    advice: Option<(&'a Plan, Year)>,
    field: &'a Field,
    typed: String,
    origin: Origin,
    epoch_1904: bool,
}

impl Reader<'_> {
    fn finding(&self, code: Code, cause: impl Into<String>, cure: impl Into<String>) -> Finding {
        Finding::new(code, cause, cure)
            .at(self.origin.clone())
            .about(&self.field.id, &self.field.label)
            .typed(&self.typed)
    }

    /// The value is not used.
    fn refuse(&self, code: Code, cause: impl Into<String>, cure: impl Into<String>) -> CellRead {
        self.refuse_with(self.finding(code, cause, cure))
    }

    fn refuse_with(&self, finding: Finding) -> CellRead {
        let fate = Fate::Rejected(finding.code);
        CellRead { reported: None, fate, finding: Some(Box::new(finding)) }
    }

    /// The value is used, with or without something to disclose.
    fn accept(&self, value: Value, status: FigureStatus, finding: Option<Finding>) -> CellRead {
        // A typed percentage never enters a result: it is only compared with the computed one.
        let fate = match self.field.kind {
            FieldKind::Percent => Fate::Ignored("tỷ lệ ghi tay chỉ dùng để đối chiếu".into()),
            _ => Fate::Used,
        };
        CellRead { reported: Some(self.reported(Some(value), status)), fate, finding: finding.map(Box::new) }
    }

    fn reported(&self, value: Option<Value>, status: FigureStatus) -> Reported {
        Reported { value, status, origin: self.origin.clone(), typed: self.typed.as_str().into() }
    }

    /// The sender says the value is not there yet.
    fn missing(&self) -> CellRead {
        let cause = "ô ghi chữ có nghĩa là chưa có số liệu; chương trình không coi là 0";
        let finding = self.finding(Code::C010, cause, "bổ sung khi có số liệu; trong lúc chờ thì để trống ô");
        let finding = Some(Box::new(finding.read("chưa báo cáo")));
        CellRead {
            reported: None, fate: Fate::Ignored("ghi chữ nghĩa là chưa có số liệu".into()), finding
        }
    }

    fn number(&self, value: &RawValue, want: Want, shown: Option<&Shown>) -> CellRead {
        match (value, shown) {
            (RawValue::Number(number), Some(shown)) => self.shown_number(*number, want, shown),
            (RawValue::Number(number), None) => self.stored_number(*number, want),
            (RawValue::Date { when, serial }, _) => self.date_in_number_field(*when, *serial),
            (RawValue::Text(text), _) => self.typed_number(text, want),
            _ => {
                self.refuse(Code::C001, "ô cần số nhưng chứa giá trị đúng/sai", self.field.kind.how_to_type())
            }
        }
    }

    fn stored_number(&self, number: f64, want: Want) -> CellRead {
        let Some(value) = from_float(number) else {
            return self.refuse(
                Code::C004,
                "số lớn quá mức chương trình có thể dùng",
                "kiểm tra lại số đã gõ",
            );
        };
        self.judged(value, want, FigureStatus::Actual, None)
    }

    /// A number that its cell shows as something else: used where both mean one value, else asked about.
    fn shown_number(&self, number: f64, want: Want, shown: &Shown) -> CellRead {
        let Some(stored) = from_float(number) else { return self.stored_number(number, want) };
        let (seen, kept) = (&shown.text, plain(stored));
        let meant = match shown::meaning(stored, shown, want) {
            // The format says what is counted, and it is something else.
            Meant::Stored if self.of_another_kind(&read_number(&shown.plain, want)).is_some() => {
                Meant::InDoubt
            }
            meant => meant,
        };
        match meant {
            Meant::Stored => self.judged(stored, want, FigureStatus::Actual, None),
            Meant::Percent(value) => self.judged(value, want, FigureStatus::Actual, None),
            Meant::Rounded => {
                let cause =
                    format!("ô hiện “{seen}” do định dạng làm tròn; chương trình dùng số lưu trong ô");
                let finding = self.finding(Code::C003, cause, "không cần làm gì nếu số đã đọc là đúng");
                let mut read = self.judged(stored, want, FigureStatus::Actual, Some(finding.read(kept)));
                if let Some(finding) =
                    read.finding.as_mut().filter(|finding| finding.code == FindingCode::from(Code::C007))
                {
                    finding.cause.push_str(&format!(" (ô hiện “{seen}” do định dạng làm tròn)"));
                }
                read
            }
            Meant::InDoubt => {
                let finding = self.finding(Code::C021, shown::doubt(seen, &kept), shown::CURE);
                let typed = if seen.is_empty() { kept } else { seen.clone() };
                self.refuse_with(finding.typed(&typed).expected("một số rõ ràng"))
            }
        }
    }

    /// A date in a figure cell is a `1/15` that the spreadsheet turned into a date; a number with the format of a date
    /// that no report has, or of a time of day, is not what its sender saw.
    fn date_in_number_field(&self, when: Option<NaiveDate>, serial: Option<f64>) -> CellRead {
        let looks_like_date = when.is_some_and(|day| YEARS_OF_DAYS.contains(&day.year()));
        match serial {
            Some(serial) if !looks_like_date => {
                let cause = shown::doubt_of_date(when.map(date).as_deref(), &plain_number(serial));
                self.refuse_with(self.finding(Code::C021, cause, shown::CURE).expected("một số rõ ràng"))
            }
            _ => self.refuse(
                Code::C015,
                "ô số lại chứa một ngày; có thể đã gõ phân số như 1/15 và phần mềm tự đổi thành ngày",
                "xóa ô, gõ lại số; nếu là số đạt trên tổng số thì ghi vào hai ô riêng",
            ),
        }
    }

    fn typed_number(&self, text: &str, want: Want) -> CellRead {
        let reading = read_number(text, want);
        if let Some(word) = self.of_another_kind(&reading) {
            let measure = self.field.measure.as_str();
            let cause = format!("ô tính theo “{measure}” nhưng ghi đơn vị “{word}”");
            let cure = format!(
                "kiểm tra lại số: gõ số {measure} (chỉ gõ chữ số), hoặc chuyển số này sang đúng dòng của nó"
            );
            return self.refuse_with(self.finding(Code::C030, cause, cure).expected(format!("số {measure}")));
        }
        match reading {
            NumberReading::Exact(value) => self.judged(value, want, FigureStatus::Actual, None),
            NumberReading::Normalised { value, changes } => {
                let cause = format!("ô ghi dạng chữ; chương trình đã {}", words::changes(&changes, want));
                let finding = self.finding(
                    Code::C003,
                    cause,
                    "không cần làm gì nếu số đã đọc là đúng; nếu sai, gõ lại thành số",
                );
                self.judged(value, want, FigureStatus::Actual, Some(finding.read(shown(value, want))))
            }
            NumberReading::Estimate { value, .. } => {
                let cause = "ô ghi số ước (khoảng, ước, trên, gần)";
                let mut cure = "khi có số chính thức xin gửi lại".to_owned();
                let choice = self.advice.and_then(|(plan, year)| plan.estimate_choice(&self.field.id, year));
                if let Some((text, title)) = choice {
                    cure.push_str(&format!("; số ước nên chọn “{text}” ở cột {}", rule::lower_first(&title)));
                }
                let finding =
                    self.finding(Code::C013, cause, cure).read(format!("{} (ước)", shown(value, want)));
                self.judged(value, want, FigureStatus::Estimate, Some(finding))
            }
            NumberReading::Fraction { numerator, denominator, .. } => {
                let cause = format!("ô ghi phân số {} / {}", plain(numerator), plain(denominator));
                self.refuse(Code::C017, cause, "ghi số đạt và tổng số vào hai ô riêng")
            }
            NumberReading::Ambiguous { candidates, .. } => self.ambiguous(&candidates, want),
            NumberReading::Empty(Empty::Nil) => {
                let cause = "ô ghi dấu gạch hoặc chữ nghĩa là không có; chương trình đọc là 0";
                let finding = self.finding(
                    Code::C009,
                    cause,
                    "nếu không có thì gõ 0; nếu chưa có số liệu thì để trống",
                );
                self.judged(Decimal::ZERO, want, FigureStatus::None, Some(finding.read("0")))
            }
            NumberReading::Empty(Empty::NoStandard) => CellRead {
                reported: Some(self.reported(None, FigureStatus::NoStandard)),
                fate: Fate::Used,
                finding: None,
            },
            NumberReading::Empty(Empty::ErrorValue) => {
                let cause = format!("ô báo lỗi công thức {}", text.trim());
                self.refuse(Code::C005, cause, "xóa công thức, gõ thẳng giá trị vào ô rồi gửi lại")
            }
            NumberReading::Empty(_) => self.missing(),
            NumberReading::Unreadable(NumberFault::NotWhole(value)) => {
                self.judged(value, want, FigureStatus::Actual, None)
            }
            NumberReading::Unreadable(fault @ NumberFault::MoneyForCount(_)) => {
                let cure = "xóa số tiền, gõ số lượng mà dòng này hỏi";
                self.refuse(Code::C030, words::fault(&fault), cure)
            }
            NumberReading::Unreadable(fault) => {
                let how = self.field.kind.how_to_type();
                let cure = format!("{how}, không kèm chữ; lời giải thích ghi ở phần ghi chú");
                self.refuse(Code::C001, words::fault(&fault), cure)
            }
        }
    }

    /// A text that can be read as one figure or another.
    fn ambiguous(&self, candidates: &[Decimal], want: Want) -> CellRead {
        let readings: Vec<String> = candidates.iter().map(|c| shown(*c, want)).collect();
        let cure = match want {
            Want::Money(unit) => {
                format!("gõ lại số {}, không gõ dấu nghìn, ví dụ 1234 hoặc 643,5", unit.name())
            }
            _ => "gõ lại thành số, không gõ dấu nghìn, ví dụ 1234".to_owned(),
        };
        let cause = format!("số có thể hiểu là {}", readings.join(" hoặc "));
        self.refuse_with(self.finding(Code::C002, cause, cure).expected("một số rõ ràng"))
    }

    /// The unit typed behind a figure, when it counts something else than the row does.
    fn of_another_kind(&self, reading: &NumberReading) -> Option<String> {
        let asked = Counted::all_by(&self.field.measure);
        let units = reading.changes().iter().filter_map(|change| match change {
            NumberChange::Unit(word) => Some(word),
            _ => None,
        });
        let other = |word: &&String| Counted::by(word).is_some_and(|counted| !asked.contains(&counted));
        units.filter(|_| !asked.is_empty()).find(other).cloned()
    }

    /// A number within the limits of its field is used; any other is a finding.
    fn judged(
        &self,
        value: Decimal,
        want: Want,
        status: FigureStatus,
        disclosed: Option<Finding>,
    ) -> CellRead {
        let shown = shown(value, want);
        if want == Want::Whole && !value.fract().is_zero() {
            let finding =
                self.finding(Code::C007, "ô cần số nguyên nhưng ghi số lẻ", self.field.kind.how_to_type());
            return self.refuse_with(finding.read(shown).expected("số nguyên từ 0 trở lên"));
        }
        let most = if want == Want::Percent { Decimal::ONE_HUNDRED } else { Decimal::from(LARGEST_FIGURE) };
        if value.is_sign_negative() && !value.is_zero() || value > most {
            let expected = format!("từ 0 đến {}", plain(most));
            let finding = self.finding(
                Code::C004,
                "số nằm ngoài khoảng cho phép của ô",
                format!("kiểm tra dấu và số chữ số rồi {}", self.field.kind.how_to_type()),
            );
            return self.refuse_with(finding.read(shown).expected(expected));
        }
        // A percentage is never added up, so only figures need the bound that keeps sums exact.
        if matches!(want, Want::Decimal | Want::Money(_)) && value.scale() > MOST_DECIMALS {
            let kept = value.round_dp_with_strategy(MOST_DECIMALS, RoundingStrategy::MidpointAwayFromZero);
            let cause = format!("số có quá {MOST_DECIMALS} chữ số thập phân; chương trình đã làm tròn");
            let finding = self.finding(Code::C003, cause, "không cần làm gì nếu số đã đọc là đúng");
            return self.accept(
                Value::Number(kept.normalize()),
                status,
                Some(finding.read(self::shown(kept, want))),
            );
        }
        self.accept(Value::Number(value.normalize()), status, disclosed)
    }

    fn choice(&self, value: &RawValue, list: &ChoiceList) -> CellRead {
        let typed = match value {
            RawValue::Text(text) => text.clone(),
            _ => self.typed.clone(),
        };
        let texts: Vec<&str> = list.items.iter().map(|item| item.text.as_str()).collect();
        let chosen =
            |index: usize| Value::Choice(list.items[index].means, list.items[index].text.as_str().into());
        let of_meaning = |meaning| list.items.iter().position(|item| item.means == meaning);
        let matched = match_choice(&typed, &texts);
        if let Match::Exact(index) = matched {
            let finding = self.decoded(&typed, texts[index]);
            return self.accept(chosen(index), FigureStatus::Actual, finding);
        }
        let empty = read_empty(&typed);
        let understood = read_yes_no(&typed)
            .and_then(|yes| of_meaning(if yes { Meaning::Yes } else { Meaning::No }))
            .or_else(|| match empty {
                Some(Empty::NoStandard) => of_meaning(Meaning::NoStandard),
                Some(Empty::Nil) => of_meaning(Meaning::None),
                _ => None,
            });
        if let Some(index) = understood {
            let cause = "ô ghi tắt thay vì chọn trong danh sách; chương trình đã hiểu";
            let finding =
                self.finding(Code::C016, cause, "kỳ sau bấm mũi tên cạnh ô và chọn trong danh sách");
            return self.accept(chosen(index), FigureStatus::Actual, Some(finding.read(texts[index])));
        }
        if empty.is_some() {
            return self.missing();
        }
        let near = match &matched {
            Match::Suggestion(near) => near.first().map(|index| format!("; có thể ý là “{}”", texts[*index])),
            _ => None,
        };
        let cure = format!("bấm mũi tên cạnh ô và chọn một mục trong danh sách{}", near.unwrap_or_default());
        let finding = self.finding(Code::C008, "nội dung không có trong danh sách của ô", cure);
        let finding = finding.expected(texts.join("; "));
        self.refuse_with(finding)
    }

    fn text(&self, value: &RawValue, shown: Option<&Shown>) -> CellRead {
        let RawValue::Text(typed) = value else {
            // Among words a number says what the sender saw: a telephone number with its zero, a percentage.
            let seen = shown.map(|shown| shown.text.as_str()).filter(|text| !text.is_empty());
            let seen = seen.unwrap_or(&self.typed);
            return self.accept(Value::Text(seen.into()), FigureStatus::Actual, None);
        };
        let read = read_lines(typed, None);
        let finding = self.decoded(typed, &read.text);
        self.accept(Value::Text(read.text.into_owned().into()), FigureStatus::Actual, finding)
    }

    /// What is said of words whose letters had to be decoded or mended, or are lost; nothing of others.
    fn decoded(&self, typed: &str, read: &str) -> Option<Finding> {
        letters::said(typed).map(|said| self.finding(said.code, said.cause, said.cure).read(read))
    }
}
