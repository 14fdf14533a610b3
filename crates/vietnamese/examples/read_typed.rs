//! Says how each of the words given would be read: `cargo run -p vietnamese --example read_typed -- "1.234 xã" 5/9`.
#![allow(clippy::print_stdout)] // an example shows something

use vietnamese::date::read_date;
use vietnamese::display::{date, number, plain};
use vietnamese::number::{NumberReading, Want, read_number};

fn main() {
    let mut typed: Vec<String> = std::env::args().skip(1).collect();
    if typed.is_empty() {
        typed = ["1.234 xã", "khoảng 1,2 triệu", "15/188 (7,98%)", "- 5", "chưa có", "Quý IV/2021"]
            .map(str::to_owned)
            .to_vec();
    }
    for text in typed {
        println!("{text:<20} {:<40} {}", as_number(&text), as_day(&text));
    }
}

/// The number asked for as a count.
fn as_number(typed: &str) -> String {
    match read_number(typed, Want::Whole) {
        NumberReading::Exact(value) => plain(value),
        NumberReading::Normalised { value, changes } => {
            format!("{} after {} changes", plain(value), changes.len())
        }
        NumberReading::Estimate { value, nearness, .. } => format!("{nearness:?} {}", plain(value)),
        NumberReading::Fraction { numerator, denominator, .. } => {
            format!("{} of {}", number(numerator, 0), number(denominator, 0))
        }
        NumberReading::Ambiguous { candidates, .. } => {
            candidates.into_iter().map(plain).collect::<Vec<_>>().join(" or ")
        }
        NumberReading::Empty(empty) => format!("no value: {empty:?}"),
        NumberReading::Unreadable(fault) => format!("no number: {fault:?}"),
    }
}

/// The last day of what is named.
fn as_day(typed: &str) -> String {
    read_date(typed).last_day().map_or_else(|| "no date".to_owned(), date)
}
