//! A plan whose roster holds any number of local units.

use super::Dice;
use toml::{Table, Value};
use xhht::plan::{Plan, PlanSources};

/// What names of villages are made of.
const SYLLABLES: [&str; 24] = [
    "Tân", "Vĩnh", "Mỹ", "Bình", "Long", "Phước", "Hòa", "An", "Thạnh", "Đức", "Nhơn", "Hưng", "Khánh",
    "Lộc", "Phú", "Thuận", "Hậu", "Trị", "Lập", "Thành", "Đông", "Tây", "Quới", "Ngãi",
];

/// The texts of the embedded plan with so many local units instead of its own; the departments stay. Until 2024 a unit
/// is a district with communes, from 2025 on a commune, of which the roster knows no more than its people.
///
/// # Panics
/// When the embedded plan is not what it was.
pub fn sources(units: usize, year: i32, seed: u64) -> PlanSources {
    let mut dice = Dice::new(seed ^ 0xC0_FFEE);
    let mut sources = PlanSources::embedded();
    let list = sources.others.iter_mut().find(|file| file.name == "don-vi.toml").unwrap();
    let mut table: Table = list.text.parse().unwrap();
    // Of the changes those of the departments stay: who reports in the place of whom.
    let passes_on = |change: &Value| {
        matches!(change.get("kind").and_then(Value::as_str), Some("handover" | "merge" | "rename"))
    };
    table.get_mut("change").and_then(Value::as_array_mut).unwrap().retain(passes_on);
    let all = table.get_mut("unit").and_then(Value::as_array_mut).unwrap();
    all.retain(|unit| unit.get("level").and_then(Value::as_str) != Some("dia-ban"));
    let departments = std::mem::take(all);
    all.extend((0..units).map(|index| Value::Table(local(index, year, &mut dice))));
    all.extend(departments);
    list.text = toml::to_string(&table).unwrap();
    sources
}

/// The plan of [`sources`].
///
/// # Panics
/// As [`sources`].
pub fn plan(units: usize, year: i32, seed: u64) -> Plan {
    Plan::read(&sources(units, year, seed)).unwrap_or_else(|error| panic!("{error}"))
}

fn local(index: usize, year: i32, dice: &mut Dice) -> Table {
    let short = name(index);
    let kind = if year < 2025 { "huyện" } else { "xã" };
    let mut unit = Table::new();
    let mut set = |key: &str, value: Value| unit.insert(key.to_owned(), value);
    set("code", format!("{}", 10_001 + index).into());
    set("name", format!("{kind} {short}").into());
    set("short", short.into());
    set("kind", kind.into());
    set("level", "dia-ban".into());
    set("valid-from", "2021-01-01".into());
    if year < 2025 {
        set("population", (dice.between(28_000, 320_000) as i64).into());
        let mut communes = Table::new();
        communes.insert("from".to_owned(), "2021-01-01".into());
        communes.insert("count".to_owned(), (dice.between(7, 20) as i64).into());
        set("communes", Value::Array(vec![Value::Table(communes)]));
    } else {
        set("population", (dice.between(4_000, 60_000) as i64).into());
    }
    unit
}

/// Names of two syllables, then of three; no two alike.
fn name(index: usize) -> String {
    let of = SYLLABLES.len();
    let pair = |i: usize| format!("{} {}", SYLLABLES[i / of], SYLLABLES[i % of]);
    match index.checked_sub(of * of) {
        None => pair(index),
        Some(rest) => format!("{} {}", SYLLABLES[rest / (of * of) % of], pair(rest % (of * of))),
    }
}
