//! What anybody may type where a number, a percentage, money or a date is asked for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rust_decimal::Decimal;
use vietnamese::date::{DateReading, read_date};
use vietnamese::display::number;
use vietnamese::number::{MoneyUnit, NumberReading, Want, from_float, read_number};

/// The largest digits of an exact figure that can take another one behind them.
const MOST: u128 = Decimal::MAX.mantissa().unsigned_abs() / 10;
const WANTS: [Want; 4] = [Want::Whole, Want::Decimal, Want::Percent, Want::Money(MoneyUnit::Million)];

fuzz_target!(|bytes: &[u8]| {
    if let Some(bits) = bytes.first_chunk::<8>() {
        float(f64::from_le_bytes(*bits));
    }
    let Ok(typed) = std::str::from_utf8(bytes) else { return };
    for want in WANTS {
        figure(typed, want);
    }
    day(typed);
});

/// One value or none, and the value as it is printed reads the same.
fn figure(typed: &str, want: Want) {
    match read_number(typed, want) {
        NumberReading::Exact(value) => reads_the_same(typed, value, want),
        NumberReading::Normalised { value, changes } => {
            assert!(!changes.is_empty(), "{typed:?}: changed, and not said how");
            reads_the_same(typed, value, want);
        }
        NumberReading::Estimate { value, .. } => reads_the_same(typed, value, want),
        NumberReading::Fraction { numerator, denominator, .. } => {
            assert!(
                want == Want::Percent || (numerator.is_integer() && denominator.is_integer()),
                "{typed:?}"
            );
        }
        NumberReading::Ambiguous { candidates, .. } => {
            assert!(candidates.len() >= 2, "{typed:?}: a doubt between {candidates:?}");
            let mut distinct = candidates.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), candidates.len(), "{typed:?}: {candidates:?}");
            candidates.into_iter().for_each(|value| reads_the_same(typed, value, want));
        }
        NumberReading::Empty(_) | NumberReading::Unreadable(_) => {}
    }
}

/// Without thousands' marks, for a single one of them is a doubt of its own where decimals may stand.
fn reads_the_same(typed: &str, value: Decimal, want: Want) {
    assert!(
        want != Want::Whole || value.is_integer(),
        "{typed:?}: {value} where a whole number is asked for"
    );
    let bare = value.normalize().to_string().replace('.', ",");
    // Three decimals after one comma may be thousands: a zero more says that they are not.
    let bare = match bare.split_once(',') {
        // Where the zero would be a digit too many for an exact figure, there is no such way to print it.
        Some((_, decimals)) if decimals.len() == 3 && value.mantissa().unsigned_abs() > MOST => return,
        Some((_, decimals)) if decimals.len() == 3 => format!("{bare}0"),
        _ => bare,
    };
    assert_eq!(read_number(&bare, want).value(), Some(value), "{typed:?} is printed {bare:?} for {want:?}");
    if want == Want::Whole {
        let grouped = number(value, 0);
        assert_eq!(read_number(&grouped, want).value(), Some(value), "{typed:?} is printed {grouped:?}");
    }
}

fn day(typed: &str) {
    match read_date(typed) {
        DateReading::Day { date, .. } => {
            for form in ["%d/%m/%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y"] {
                let printed = date.format(form).to_string();
                let again = DateReading::Day { date, short_year: false };
                assert_eq!(read_date(&printed), again, "{typed:?} is printed {printed:?}");
            }
        }
        DateReading::Incomplete { day, month } => {
            assert!((1..=31).contains(&day) && (1..=12).contains(&month))
        }
        _ => {}
    }
}

/// A spreadsheet's number is kept to 15 digits: near what it was, and the same when it comes again.
fn float(value: f64) {
    let Some(exact) = from_float(value) else {
        assert!(!value.is_finite() || value.abs() > 1e27, "{value:e} is not kept");
        return;
    };
    let back: f64 = exact.to_string().parse().expect("a decimal is a number");
    assert!((back - value).abs() <= value.abs() * 1e-14 + 1e-28, "{value:e} became {exact}");
    if value.abs() > 1e-13 {
        assert_eq!(from_float(back), Some(exact), "{value:e} came again as another");
    }
}
