//! Figures as offices type them with their units: the one right value, or a question, or a refusal with its reason. What
//! stands here was seen in reports or follows from the ways in which they are written.

use rust_decimal::Decimal;
use vietnamese::number::{Counted, MoneyUnit, NumberChange, NumberFault, NumberReading, Want, read_number};

const DONG: Want = Want::Money(MoneyUnit::Dong);
const THOUSAND: Want = Want::Money(MoneyUnit::Thousand);
const MILLION: Want = Want::Money(MoneyUnit::Million);
const BILLION: Want = Want::Money(MoneyUnit::Billion);

/// What a reading comes to, in a few characters: the value, `?` and the candidates, or `x` and why not.
fn told(typed: &str, want: Want) -> String {
    let plain = |value: &Decimal| value.normalize().to_string().replace('.', ",");
    match read_number(typed, want) {
        NumberReading::Exact(value) | NumberReading::Normalised { value, .. } => plain(&value),
        NumberReading::Estimate { value, .. } => format!("~{}", plain(&value)),
        NumberReading::Ambiguous { candidates, .. } => {
            format!("? {}", candidates.iter().map(plain).collect::<Vec<_>>().join(" | "))
        }
        NumberReading::Fraction { .. } => "x fraction".to_owned(),
        NumberReading::Empty(empty) => format!("x {empty:?}"),
        NumberReading::Unreadable(fault) => match fault {
            NumberFault::UnknownWords(words) => format!("x words {words}"),
            NumberFault::MoneyForCount(_) => "x money".to_owned(),
            NumberFault::PercentForCount(_) => "x percent".to_owned(),
            NumberFault::NotWhole(_) => "x not whole".to_owned(),
            other => format!("x {other:?}"),
        },
    }
}

fn all(want: Want, table: &[(&str, &str)]) -> usize {
    let wrong: Vec<String> = table
        .iter()
        .map(|(typed, right)| (typed, right, told(typed, want)))
        .filter(|(_, right, told)| *right != told)
        .map(|(typed, right, told)| format!("“{typed}” for {want:?}: {told}, not {right}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    table.len()
}

const IN_MILLIONS: &[(&str, &str)] = &[
    // As asked.
    ("643,5", "643,5"),
    ("350", "350"),
    ("0", "0"),
    ("0,35", "0,35"),
    ("1.234,5", "1234,5"),
    ("1.200", "? 1200 | 1,2"),
    ("1,200", "? 1200 | 1,2"),
    ("643.500.000", "643500000"),
    // Tỷ.
    ("1,2 tỷ", "1200"),
    ("1,2 tỉ", "1200"),
    ("1,2tỷ", "1200"),
    ("1,2 tỷ đồng", "1200"),
    ("1,2 TỶ ĐỒNG", "1200"),
    ("1,2 tỉ đồng", "1200"),
    ("1.2 tỷ", "1200"),
    ("1.25 tỷ đồng", "1250"),
    ("2 tỉ", "2000"),
    ("2 tỷ đ", "2000"),
    ("2 tỷđ", "2000"),
    ("2 tỷ.đ", "2000"),
    ("2 tỷ VNĐ", "2000"),
    ("2 tỷ VND", "2000"),
    ("0,5 tỷ", "500"),
    ("1,2 ty dong", "1200"),
    ("1 tỷ rưỡi", "1500"),
    ("2 tỷ rưỡi đồng", "2500"),
    ("1 nghìn tỷ", "1000000"),
    ("1 tỷ 200 triệu", "1200"),
    ("1 tỷ 200 triệu đồng", "1200"),
    ("1 tỷ 200tr", "1200"),
    ("1 tỷ 200 triệu 500 nghìn đồng", "1200,5"),
    ("1 tỷ 200 triệu 500.000 đồng", "1200,5"),
    ("1 tỷ 2", "x SeveralFigures"),
    ("1.234 tỷ", "? 1234000 | 1234"),
    ("1,234 tỷ", "? 1234000 | 1234"),
    // Triệu.
    ("350 triệu", "350"),
    ("350 triệu đồng", "350"),
    ("350 Triệu Đồng", "350"),
    ("350triệu", "350"),
    ("350 trieu dong", "350"),
    ("350 triệu đ", "350"),
    ("350 triệu VNĐ", "350"),
    ("350 tr", "350"),
    ("350tr", "350"),
    ("350 tr.", "350"),
    ("350 trđ", "350"),
    ("350trđ", "350"),
    ("350 Trđ", "350"),
    ("350 TRĐ", "350"),
    ("350 tr.đ", "350"),
    ("350 tr đ", "350"),
    ("350 tr.đồng", "350"),
    ("350 tr đồng", "350"),
    ("350 trđồng", "350"),
    ("350 trd", "350"),
    ("452,8 tr", "452,8"),
    ("452.8 tr", "452,8"),
    ("452,8 triệu đồng", "452,8"),
    ("1.200 triệu đồng", "1200"),
    ("1.200 triệu", "1200"),
    ("1.200 trđ", "1200"),
    ("1 200 triệu đồng", "1200"),
    ("1.200 (triệu đồng)", "1200"),
    ("643,5 (triệu đồng)", "643,5"),
    ("643,5 (trđ)", "643,5"),
    ("1,200 triệu đồng", "? 1200 | 1,2"),
    ("1.234.567 triệu đồng", "1234567"),
    ("1.200,5 triệu đồng", "1200,5"),
    ("2 triệu rưỡi", "2,5"),
    ("2 triệu 5", "x SeveralFigures"),
    ("2 triệu 500 nghìn", "2,5"),
    ("1,2 triệu", "1,2"),
    ("triệu đồng: 350", "x NoFigure"),
    // Nghìn.
    ("350 nghìn đồng", "0,35"),
    ("350 ngàn đồng", "0,35"),
    ("350 nghìn", "0,35"),
    ("350 ngàn", "0,35"),
    ("350nghìn", "0,35"),
    ("350.000 nghìn đồng", "350"),
    ("643.500 nghìn đồng", "643,5"),
    ("643.500 ngàn đ", "643,5"),
    ("643.500 (nghìn đồng)", "643,5"),
    ("643.500 (1.000 đồng)", "643,5"),
    ("643.500 ngđ", "643,5"),
    ("643.500 ng.đ", "643,5"),
    ("500k", "0,5"),
    ("500 k", "0,5"),
    ("500K", "0,5"),
    ("643.500k", "643,5"),
    // Đồng.
    ("643.500.000 đồng", "643,5"),
    ("643.500.000 Đồng", "643,5"),
    ("643.500.000đồng", "643,5"),
    ("643.500.000 đ", "643,5"),
    ("643.500.000đ", "643,5"),
    ("643.500.000 đ.", "643,5"),
    ("643.500.000 ₫", "643,5"),
    ("643.500.000₫", "643,5"),
    ("643.500.000 VNĐ", "643,5"),
    ("643.500.000 VND", "643,5"),
    ("643.500.000 vnđ", "643,5"),
    ("643.500.000VND", "643,5"),
    ("VND 643.500.000", "643,5"),
    ("VNĐ 643.500.000", "643,5"),
    ("₫643.500.000", "643,5"),
    ("643,500,000 đồng", "643,5"),
    ("643,500,000 VND", "643,5"),
    ("643 500 000 đồng", "643,5"),
    ("643500000 đồng", "643,5"),
    ("643.500.000 dong", "643,5"),
    ("643.500.000 đồng Việt Nam", "643,5"),
    ("643.500.000 (đồng)", "643,5"),
    ("643.500.000,00 đồng", "643,5"),
    ("500.000 VNĐ", "0,5"),
    ("45.000.000đ", "45"),
    ("1.200.000.000 đ", "1200"),
    ("0 đồng", "0"),
    // Words around it.
    ("khoảng 1,2 tỷ", "~1200"),
    ("khoảng 1,2 tỷ đồng", "~1200"),
    ("trên 350 triệu đồng", "~350"),
    ("350 triệu đồng (ước)", "~350"),
    ("ước 643,5 triệu", "~643,5"),
    ("tổng cộng: 350 triệu đồng", "350"),
    ("350 triệu đồng.", "350"),
    // No amount, or none that could be answered for.
    ("không", "x Nil"),
    ("chưa có", "x Missing"),
    ("12 người", "x words người"),
    ("15%", "x percent"),
    ("350 triệu đồng/năm", "x words /năm"),
    ("350 USD", "x words usd"),
    ("200-300 triệu", "x Range"),
    ("từ 200 đến 300 triệu", "x Range"),
    ("1,2E+09", "x Scientific"),
    ("-350 triệu", "-350"),
];

const IN_OTHER_MONEY: &[(Want, &str, &str)] = &[
    (DONG, "643,5 triệu", "643500000"),
    (DONG, "643.500.000", "643500000"),
    (DONG, "1,2 tỷ", "1200000000"),
    (DONG, "500k", "500000"),
    (DONG, "350 nghìn", "350000"),
    (THOUSAND, "1,2 tỷ", "1200000"),
    (THOUSAND, "643.500.000 đồng", "643500"),
    (THOUSAND, "350 triệu", "350000"),
    (THOUSAND, "350 nghìn đồng", "350"),
    (THOUSAND, "1.350 nghìn đồng", "1350"),
    (BILLION, "1,2 tỷ", "1,2"),
    (BILLION, "643.500.000 đồng", "0,6435"),
    (BILLION, "350 triệu đồng", "0,35"),
    (BILLION, "1.200 triệu đồng", "1,2"),
];

const COUNTS: &[(&str, &str)] = &[
    ("1.234 người", "1234"),
    ("1.234người", "1234"),
    ("1.234 (người)", "1234"),
    ("87,072 người", "87072"),
    ("87 072 người", "87072"),
    ("450 hộ", "450"),
    ("450 hộ gia đình", "450"),
    ("13 xã, phường", "13"),
    ("13 xã và 2 phường", "x SeveralFigures"),
    ("12 lớp học", "12"),
    ("1,2 triệu người", "1200000"),
    ("3 nghìn lượt người", "3000"),
    ("1,5 nghìn", "1500"),
    ("188 xã.", "188"),
    ("khoảng 200 em", "~200"),
    ("5k", "x words k"),
    ("500.000 đồng", "x money"),
    ("1,2 tỷ đồng", "x money"),
    ("350 trđ", "x money"),
    ("VND 500.000", "x money"),
    ("45 đ", "x money"),
    ("85%", "x percent"),
    ("85 %", "x percent"),
    ("85 phần trăm", "x percent"),
    ("13,5", "x not whole"),
    ("13,5 người", "x not whole"),
    ("12 con gà", "x words con gà"),
];

const PERCENTS: &[(&str, &str)] = &[
    ("97,85", "97,85"),
    ("97,85%", "97,85"),
    ("97.85%", "97,85"),
    ("97,85 phần trăm", "97,85"),
    ("đạt 97,85%", "97,85"),
    ("100%", "100"),
    ("0,9785", "0,9785"),
];

#[test]
fn amounts_and_counts_are_read_in_the_unit_that_is_asked_for() {
    let mut seen = all(MILLION, IN_MILLIONS);
    for (want, typed, right) in IN_OTHER_MONEY {
        seen += all(*want, &[(typed, right)]);
    }
    seen += all(Want::Whole, COUNTS) + all(Want::Percent, PERCENTS);
    assert!(seen >= 150, "{seen} strings");
}

#[test]
fn a_unit_of_money_is_known_in_any_spelling() {
    for (words, unit) in [
        ("triệu đồng", Some(MoneyUnit::Million)),
        ("Triệu đồng", Some(MoneyUnit::Million)),
        ("trđ", Some(MoneyUnit::Million)),
        ("tr.đ", Some(MoneyUnit::Million)),
        ("(triệu đồng)", Some(MoneyUnit::Million)),
        ("ĐVT: triệu đồng", Some(MoneyUnit::Million)),
        ("nghìn đồng", Some(MoneyUnit::Thousand)),
        ("ngàn đồng", Some(MoneyUnit::Thousand)),
        ("1.000 đồng", Some(MoneyUnit::Thousand)),
        ("1000đ", Some(MoneyUnit::Thousand)),
        ("đồng", Some(MoneyUnit::Dong)),
        ("VNĐ", Some(MoneyUnit::Dong)),
        ("tỷ đồng", Some(MoneyUnit::Billion)),
        ("tỉ đồng", Some(MoneyUnit::Billion)),
        ("người", None),
        ("triệu lượt", None),
        ("cộng đồng", None),
        ("mức 0–3", None),
        ("", None),
    ] {
        assert_eq!(MoneyUnit::of(words), unit, "{words}");
    }
}

#[test]
fn what_is_counted_is_told_apart_where_words_say_so() {
    let counted = |typed: &str| match read_number(typed, Want::Whole) {
        NumberReading::Normalised { changes, .. } => changes
            .iter()
            .filter_map(|change| match change {
                NumberChange::Unit(word) => Some(word),
                _ => None,
            })
            .find_map(|word| Counted::by(word)),
        _ => None,
    };
    assert_eq!(counted("1.250 hộ"), Some(Counted::Households));
    assert_eq!(counted("1.250 học sinh"), Some(Counted::People));
    assert_eq!(counted("1.250 lượt người"), Some(Counted::Attendances));
    assert_eq!(counted("1.250 đơn vị"), None);
    for (measure, all) in [
        ("người", vec![Counted::People]),
        ("xã, phường, thị trấn", vec![Counted::Communes; 3]),
        ("ấp, khu phố", vec![Counted::Neighbourhoods; 2]),
        ("trung tâm", vec![Counted::Institutions]),
        ("đơn vị", vec![]),
        ("mức 0–3", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(Counted::all_by(measure), all, "{measure}");
    }
}
