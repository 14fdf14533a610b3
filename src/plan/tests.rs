use super::*;
use crate::domain::IndicatorKind;

fn with(main: impl Fn(String) -> String, units: impl Fn(String) -> String) -> PlanSources {
    let mut sources = PlanSources::embedded();
    sources.main.text = main(sources.main.text);
    for other in &mut sources.others {
        if other.name == "don-vi.toml" {
            other.text = units(other.text.clone());
        }
    }
    sources
}

fn mistakes(sources: &PlanSources) -> Vec<PlanMistake> {
    match Plan::read(sources) {
        Err(Error::Plan(mistakes)) => mistakes,
        other => panic!("expected plan mistakes, got {other:?}"),
    }
}

#[test]
fn the_embedded_plan_is_the_seed() {
    let plan = Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.indicators_of(2025).len(), 14);
    assert_eq!(plan.indicators_of(2030).len(), 13);
    let districts = plan.roster_of(2024, &LevelId("dia-ban".into()));
    assert_eq!(districts.len(), 15);
    assert_eq!(districts.iter().filter_map(|unit| unit.population).sum::<u64>(), 1_688_547);
    // 188 communes until 30/11/2024, 186 from 1/12/2024: Tân An 13, Bến Lức 14.
    let communes = |year| -> u32 {
        let day = plan.due_date(year);
        plan.roster(year).iter().filter_map(|unit| unit.communes_on(day)).sum()
    };
    assert_eq!((communes(2023), communes(2024)), (188, 186));
    assert_eq!(plan.roster_of(2025, &LevelId("dia-ban".into())).len(), 0, "districts ended on 30/6/2025");
    assert_eq!((plan.task_groups.len(), plan.key_tasks.len()), (8, 5));
    let targets: Vec<String> = plan
        .indicators
        .iter()
        .map(|i| i.targets.iter().map(|(y, t)| format!("{y}:{t}")).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(targets[0], "2025:100 2030:100");
    assert_eq!(targets[3], "2025:100");
    assert_eq!(targets[13], "2025:25 2030:50");
    assert!(matches!(plan.indicators[7].kind, IndicatorKind::ProvinceFigure { .. }));
}

#[test]
fn every_mistake_is_reported_in_one_pass_with_its_place() {
    let sources = with(
        |text| {
            text.replace("title = \"Xóa mù chữ và phổ cập giáo dục\"", "titel = \"Xóa mù chữ\"")
                .replace(
                    "targets = { 2025 = \"12\", 2030 = \"15\" }",
                    "targets = { 2025 = \"120\", 2031 = \"15\" }",
                )
                .replace("numerator = \"kns.dat\"", "numerator = \"kns.dta\"")
                .replace("first-year = 2021", "first-year = \"2021\"")
        },
        |text| {
            text.replace("code = \"795\"", "code = \"794\"")
                .replace("\"2021-01-01\"\nvalid-to", "\"2021-13-01\"\nvalid-to")
        },
    );
    let found = mistakes(&sources);
    let seen: Vec<(&str, &str, bool)> =
        found.iter().map(|m| (m.code, m.file.as_str(), m.at.is_some() && m.line.is_some())).collect();
    assert!(seen.contains(&("P002", "plan.toml", true)), "{found:#?}");
    assert!(seen.contains(&("P004", "plan.toml", true)), "{found:#?}");
    assert!(found.iter().all(|m| !m.cure.is_empty()));
    let typo = found.iter().find(|m| m.code == "P002").unwrap();
    assert!(typo.cure.contains("“title”") && typo.line.as_deref() == Some("titel = \"Xóa mù chữ\""));
    // The key that was set aside is missing afterwards; that is not a second mistake.
    assert!(!found.iter().any(|m| m.code == "P003" && m.what.contains("first-year")), "{found:#?}");
}

#[test]
fn a_misspelt_key_does_not_hide_a_wrong_meaning() {
    let sources = with(
        |text| {
            text.replace("approximate = true", "aproximate = true")
                .replace("lead = \"LDLD\"", "lead = \"LDL\"")
        },
        |text| text,
    );
    let codes: Vec<&str> = mistakes(&sources).iter().map(|m| m.code).collect();
    assert_eq!(codes, ["P002", "P006"]);
}

#[test]
fn one_mistake_is_told_once() {
    let codes = |from: &str, to: &str| -> Vec<&str> {
        let sources = with(
            |text| {
                assert!(text.contains(from));
                text.replacen(from, to, 1)
            },
            |text| text,
        );
        mistakes(&sources).iter().map(|m| m.code).collect()
    };
    // The right key is missing because it is misspelt.
    assert_eq!(codes("short = \"Kỹ năng sống\"", "shrot = \"Kỹ năng sống\""), ["P002"]);
    assert_eq!(codes("short = \"Kỹ năng sống\"", "title = \"Kỹ năng sống\""), ["P001"]);
    assert_eq!(codes("short = \"Kỹ năng sống\"", "xyz = \"Kỹ năng sống\""), ["P003", "P002"]);
    // The row that serves the indicator is right; the indicator is not.
    let parts = "parts = [{ from = \"dia-ban\", numerator = \"kns.dat\", denominator = \"kns.tong\" }]";
    assert_eq!(codes(parts, "parts = []"), ["P010"]);
    assert_eq!(codes("id = \"2.2\"", "id = \"2.20\""), ["P006"]);
}

#[test]
fn a_misspelt_mandatory_key_is_read_as_meant_and_a_lost_entry_spares_who_refers_to_it() {
    let wrong_target = |text: String| text.replace("2025 = \"12\"", "2025 = \"112\"");
    let codes = |sources: &PlanSources| mistakes(sources).iter().map(|m| m.code).collect::<Vec<_>>();
    let misspelt = |text: String| {
        wrong_target(text).replace("title = \"Xóa mù chữ và phổ", "titel = \"Xóa mù chữ và phổ")
    };
    assert_eq!(codes(&with(misspelt, |text| text)), ["P002", "P008"]);
    // Without its title group 1 cannot be read; its five indicators are not wrong for naming it.
    let lost = |text: String| wrong_target(text).replace("title = \"Xóa mù chữ và phổ cập giáo dục\"\n", "");
    assert_eq!(codes(&with(lost, |text| text)), ["P003", "P008"]);
}

#[test]
fn meaning_is_checked_when_the_shape_is_right() {
    let sources = with(
        |text| {
            text.replace(
                "targets = { 2025 = \"12\", 2030 = \"15\" }",
                "targets = { 2025 = \"120\", 2031 = \"15\" }",
            )
            .replace("numerator = \"kns.dat\"", "numerator = \"kns.dta\"")
            .replace("lead = \"LDLD\"", "lead = \"LDL\"")
            .replace("day = 10", "day = 31\n")
            .replace("month = 12", "month = 11")
        },
        |text| {
            text.replace("code = \"795\"", "code = \"794\"").replacen(
                "\"2021-01-01\"\nvalid-to",
                "\"2021-13-01\"\nvalid-to",
                1,
            )
        },
    );
    let found = mistakes(&sources);
    let mut codes: Vec<&str> = found.iter().map(|m| m.code).collect();
    codes.sort_unstable();
    // 120 % and the year 2031; the unknown field and lead; the code used twice; the thirteenth month and 31 November.
    assert_eq!(codes, ["P005", "P006", "P006", "P008", "P008", "P009", "P009"], "{found:#?}");
    assert!(found.iter().all(|m| m.at.is_some()));
}

#[test]
fn syntax_and_missing_files_are_told() {
    let sources = with(|text| text.replace("id = \"1.1\"", "id = 1.1\""), |text| text);
    assert_eq!(mistakes(&sources)[0].code, "P001");
    let mut sources = PlanSources::embedded();
    sources.others.retain(|file| file.name != "don-vi.toml");
    assert!(mistakes(&sources).iter().any(|m| m.code == "P013" && m.what.contains("don-vi.toml")));
}

#[test]
fn trajectories_are_linear() {
    // From 20 % in 2021 to 50 % in 2025: 7,5 points a year, 42,5 % in 2024.
    let points = [(2021, 20.into()), (2025, 50.into()), (2030, 70.into())];
    assert_eq!(on_trajectory(&points, 2024), Some("42.5".parse().unwrap()));
    assert_eq!(on_trajectory(&points, 2030), Some(70.into()));
    assert_eq!(on_trajectory(&points, 2020), None);
}
