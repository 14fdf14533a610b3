use super::*;
use crate::domain::{ChangeKind, LevelId, Validity};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn unit(code: &str, from: &str, to: Option<&str>) -> Unit {
    Unit {
        code: UnitCode(code.into()),
        name: format!("{code} {from}"),
        proper_name: code.to_owned(),
        short_name: code.to_owned(),
        kind: "sở".to_owned(),
        level: LevelId("so".to_owned()),
        aliases: Vec::new(),
        former_codes: Vec::new(),
        plans: Vec::new(),
        population: None,
        population_year: None,
        population_note: None,
        communes: Vec::new(),
        tile: None,
        contact: Default::default(),
        validity: Validity { from: day(from), to: to.map(day) },
    }
}

fn change(date: &str, kind: ChangeKind, from: &[&str], to: &[&str]) -> UnitChange {
    let codes = |codes: &[&str]| codes.iter().map(|code| UnitCode((*code).into())).collect();
    UnitChange { date: day(date), kind, from: codes(from), to: codes(to), act: String::new(), note: None }
}

/// A handed over to B, which was there before; B merged with C into D; E ended for nobody and its code came back; F ended
/// for A, whose code is another body's by now.
fn list() -> (Vec<Unit>, Vec<UnitChange>) {
    let units = vec![
        unit("A", "2021-01-01", Some("2022-12-31")),
        unit("B", "2021-01-01", Some("2024-05-31")),
        unit("C", "2021-01-01", Some("2024-05-31")),
        unit("D", "2024-06-01", None),
        unit("E", "2021-01-01", Some("2022-12-31")),
        unit("E", "2025-01-01", None),
        unit("A", "2026-01-01", None),
    ];
    let changes = vec![
        change("2023-01-01", ChangeKind::Handover, &["A"], &["B"]),
        change("2024-06-01", ChangeKind::Merge, &["B", "C"], &["D"]),
        change("2023-01-01", ChangeKind::End, &["E"], &["B"]),
    ];
    (units, changes)
}

#[test]
fn duties_go_from_body_to_body_and_stop_where_nobody_takes_over() {
    let (units, changes) = list();
    let bodies = Bodies { units: &units, changes: &changes };
    let bearer =
        |code: &str, on: &str| bodies.bearer(&UnitCode(code.into()), day(on)).map(|unit| unit.name.as_str());
    assert_eq!(bearer("A", "2020-12-31"), None, "not there yet");
    assert_eq!(bearer("A", "2022-12-31"), Some("A 2021-01-01"));
    assert_eq!(bearer("A", "2023-01-01"), Some("B 2021-01-01"));
    assert_eq!(bearer("A", "2024-06-01"), Some("D 2024-06-01"), "from one to the next");
    assert_eq!(bearer("C", "2030-12-10"), Some("D 2024-06-01"));
    assert_eq!(
        bearer("A", "2030-12-10"),
        Some("D 2024-06-01"),
        "not the other body that bears the code by then"
    );
    assert_eq!(bearer("E", "2023-06-01"), None, "an end says nothing of who goes on");
    assert_eq!(bearer("E", "2025-01-01"), Some("E 2025-01-01"));
    assert_eq!(bearer("X", "2025-01-01"), None);
}

#[test]
fn who_is_asked_follows_who_bears() {
    let (units, changes) = list();
    let bodies = Bodies { units: &units, changes: &changes };
    let asked = |laid_on: &str, at: usize, on: &str| {
        bodies.is_asked(&Reporter::Unit(UnitCode(laid_on.into())), &units[at], day(on))
    };
    assert!(asked("A", 0, "2022-12-10") && !asked("A", 1, "2022-12-10"));
    assert!(asked("A", 1, "2023-12-10") && asked("B", 1, "2023-12-10"));
    assert!(asked("A", 3, "2024-12-10") && !asked("A", 2, "2024-12-10"));
    assert!(!asked("A", 6, "2026-12-10"), "another body under a code that was another's");
    assert!(asked("A", 0, "2025-12-10"), "a body that is gone is taken at its word");
    assert!(!asked("D", 0, "2025-12-10"));
}
