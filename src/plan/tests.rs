use super::*;
use crate::domain::IndicatorKind;
use crate::finding::Code;

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
    assert_eq!((plan.task_groups.len(), plan.key_tasks.len()), (8, 5));
    let targets: Vec<String> = plan
        .indicators
        .iter()
        .map(|i| i.targets.own.iter().map(|(y, t)| format!("{y}:{t}")).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(targets[0], "2025:100 2030:100");
    assert_eq!(targets[3], "2025:100");
    assert_eq!(targets[13], "2025:25 2030:50");
    assert!(matches!(plan.indicators[7].kind, IndicatorKind::ProvinceFigure { .. }));
}

#[test]
fn the_offices_clocks_are_indochinas_unless_the_plan_says_so() {
    let said = |line: &str| {
        let key = format!("{line}\nfirst-year");
        with(|text| text.replacen("first-year", &key, 1), |text| text)
    };
    let hours = |line: &str| Plan::read(&said(line)).unwrap().utc_offset.local_minus_utc();
    assert_eq!(hours(""), 7 * 3600);
    assert_eq!(hours("utc-offset = \"-03:30\""), -(3 * 3600 + 1800));
    for wrong in ["7", "+25:00", "+15:00", "7 giờ", "Z"] {
        let mistakes = mistakes(&said(&format!("utc-offset = \"{wrong}\"")));
        assert_eq!(mistakes.iter().map(|mistake| mistake.code).collect::<Vec<_>>(), [Code::P008], "{wrong}");
    }
}

#[test]
fn the_roster_its_names_and_its_changes_are_dated() {
    let plan = Plan::read(&PlanSources::embedded()).unwrap();
    let local = LevelId("dia-ban".into());
    let counts: Vec<usize> = (2021..=2030).map(|year| plan.roster_of(year, &local).len()).collect();
    assert_eq!(counts, [15, 15, 15, 15, 60, 60, 60, 60, 60, 60]);
    let kinds = |kind: &str| plan.roster_of(2025, &local).iter().filter(|unit| unit.kind == kind).count();
    assert_eq!((kinds("xã"), kinds("phường")), (56, 4));
    let level = plan.level(&local).unwrap();
    let title = |year| plan.name_of(level, year).title.clone();
    assert_eq!(title(2024), "Các huyện, thị xã, thành phố");
    assert_eq!(title(2025), "Các xã, phường");
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(level.named_on(day("2025-06-30")).one, "huyện");
    assert_eq!(level.named_on(day("2025-07-01")).one, "xã");
    // Every year but 2025 keeps its lists.
    let departments = LevelId("so-nganh".into());
    let changed = |level: &LevelId| -> Vec<Year> {
        (2021..=2030).filter(|year| plan.roster_changed(*year, level)).collect()
    };
    assert_eq!((changed(&local), changed(&departments)), (vec![2025], vec![2025]));
    assert_eq!(
        (plan.roster_of(2024, &departments).len(), plan.roster_of(2025, &departments).len()),
        (20, 19)
    );
    // The commune mergers inside Tân An and Bến Lức are on record and change no list.
    assert_eq!(plan.changes.iter().filter(|change| change.kind == ChangeKind::Note).count(), 2);
    assert!(plan.changes_of(2024, &local).is_empty());
    let acts: Vec<&str> = plan.changes_of(2025, &local).iter().map(|change| change.act.as_str()).collect();
    assert_eq!(acts, ["Nghị quyết số 202/2025/QH15"]);
}

#[test]
fn texts_that_name_the_level_follow_the_year() {
    let plan = Plan::read(&PlanSources::embedded()).unwrap();
    let texts = |year, id: &str| {
        let indicator = plan.indicators_of(year).into_iter().find(|i| i.id.0 == id).unwrap();
        (indicator.title, indicator.short_title)
    };
    assert_eq!(texts(2024, "1.1").0, "Các huyện, thị xã, thành phố đạt chuẩn xóa mù chữ mức độ 2");
    assert_eq!(texts(2025, "1.1").0, "Các xã, phường đạt chuẩn xóa mù chữ mức độ 2");
    let title = "Các huyện, thị xã, thành phố được công nhận danh hiệu huyện học tập";
    assert_eq!(texts(2024, "4.2"), (title.to_owned(), "Huyện học tập".to_owned()));
    let title = "Các xã, phường được công nhận “Cộng đồng học tập” cấp xã";
    assert_eq!(texts(2025, "4.2"), (title.to_owned(), "Cộng đồng học tập cấp xã".to_owned()));
    // The target keeps its percentage.
    let target = |year| plan.indicators_of(year)[13].target_for(year);
    assert_eq!((target(2024), target(2025)), (Some((2025, 25.into())), Some((2025, 25.into()))));
    // Both names of a tab can be read in any year; no placeholder is left anywhere.
    let tabs = plan.tabs();
    assert!(tabs.contains(&"4. Huyện học tập".to_owned()) && tabs.contains(&"4. Xã học tập".to_owned()));
    for year in plan.first_year..=plan.last_year {
        for indicator in plan.indicators_of(year) {
            assert!(!indicator.title.contains('{') && !indicator.short_title.contains('{'));
        }
        for unit in plan.roster(year) {
            let form = crate::form::Form::for_unit(&plan, unit, year);
            let tables = form.sheets.iter().flat_map(|sheet| &sheet.tables);
            let columns = tables.clone().flat_map(|table| &table.columns).map(|(_, title)| title);
            let sheets = form.sheets.iter().flat_map(|sheet| [&sheet.tab, &sheet.heading]);
            let labels = form.rows().flat_map(|row| [&row.label, &row.measure]);
            for text in sheets.chain(tables.map(|table| &table.title)).chain(columns).chain(labels) {
                assert!(!text.contains(['{', '}']), "{year} {}: {text}", unit.code);
            }
        }
    }
}

#[test]
fn a_change_must_fit_the_units_it_names() {
    let codes = |from: &str, to: &str| -> Vec<Code> {
        let sources = with(
            |text| text,
            |text| {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            },
        );
        match Plan::read(&sources) {
            Err(Error::Plan(mistakes)) => {
                assert!(mistakes.iter().all(|m| m.at.is_some() && !m.cure.is_empty()), "{mistakes:#?}");
                mistakes.iter().map(|m| m.code).collect()
            }
            _ => Vec::new(),
        }
    };
    let change = "[[change]]\ndate = \"2025-07-01\"\nkind = \"end\"\nfrom = [\n  \"794\",";
    let with_change = |text: &str| codes(change, text);
    // Exactly the change that is there; a unit nobody declared; one listed twice.
    assert_eq!(with_change(change), [] as [Code; 0]);
    assert_eq!(with_change(&change.replace("794", "793")), [Code::P006]);
    assert_eq!(with_change(&change.replace("\"794\",", "\"794\", \"794\",")), [Code::P005]);
    // SGDDT goes on; no unit is gone before 2/7/2025 and none begins then: 15 + 60 places.
    assert_eq!(with_change(&change.replace("794", "SGDDT")), [Code::P009]);
    assert_eq!(with_change(&change.replace("2025-07-01", "2025-07-02")).len(), 75);
    assert_eq!(with_change(&change.replace("2025-07-01", "2025-07-32")), [Code::P009]);
    // 15 units do not split into 60, nor merge into 60.
    assert_eq!(with_change(&change.replace("end", "split")), [Code::P010]);
    assert_eq!(with_change(&change.replace("end", "merge")), [Code::P010]);
    assert_eq!(with_change(&change.replace("end", "ends")), [Code::P004]);
    assert_eq!(codes("act = \"Nghị quyết số 202/2025/QH15\"", "act = \" \""), [Code::P010]);
    // A note is about units that stay.
    let note = "kind = \"note\"\nfrom = [\"794\"]";
    assert_eq!(codes(note, "kind = \"note\"\nfrom = [\"795\"]"), [] as [Code; 0]);
    assert_eq!(codes(note, "kind = \"note\"\nfrom = [\"27727\"]"), [Code::P009]);
    assert_eq!(codes(note, "kind = \"note\"\nfrom = [\"794\"]\nto = [\"27727\"]"), [Code::P010, Code::P009]);
}

#[test]
fn names_of_a_level_are_one_or_dated_in_order() {
    let codes = |from: &str, to: &str| -> Vec<Code> {
        let sources = with(
            |text| {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            },
            |text| text,
        );
        match Plan::read(&sources) {
            Err(Error::Plan(mistakes)) => mistakes.iter().map(|m| m.code).collect(),
            _ => Vec::new(),
        }
    };
    assert_eq!(codes("{ from = \"2025-07-01\", one", "{ from = \"2020-12-31\", one"), [Code::P009]);
    assert_eq!(codes("{ from = \"2025-07-01\", one", "{ from = \"2021-01-02\", one"), [] as [Code; 0]);
    assert_eq!(codes("id = \"dia-ban\"\n", "id = \"dia-ban\"\nname = \"huyện\"\n"), [Code::P010]);
    assert!(codes("name = \"sở, ngành, đoàn thể tỉnh\"\n", "").contains(&Code::P010));
    assert_eq!(codes("short = \"{Mot} học tập\"", "short = \"{Mott} học tập\""), [Code::P004]);
}

#[test]
fn a_plan_has_the_texts_it_names_and_no_others() {
    let without = |keys: &[&str]| {
        let sources = with(
            |text| {
                text.lines()
                    .filter(|line| !keys.iter().any(|key| line.starts_with(key)))
                    .collect::<Vec<_>>()
                    .join("\n")
            },
            |text| text,
        );
        Plan::read(&sources)
    };
    let plan = without(&["brief = ", "unit-sheet = ", "rules = "]).unwrap();
    assert!(plan.brief_text.is_none() && plan.unit_sheet_text.is_none() && plan.rules.is_empty());
    let plan = without(&["unit-sheet = "]).unwrap();
    assert!(plan.brief_text.is_some() && plan.unit_sheet_text.is_none());
    assert_eq!(plan.cover_letter.as_ref().unwrap().symbol, "TTr-SGDĐT");
    // Of a pair one alone is a mistake.
    let without_its_frame = with(
        |text| {
            let (before, rest) = text.split_once("[cover-letter]").unwrap();
            format!("{before}#{}", rest.split_once("\n# PHẦN KHUNG").unwrap().1)
        },
        |text| text,
    );
    for read in [without(&["brief = "]), without(&["cover-letter = "]), Plan::read(&without_its_frame)] {
        match read {
            Err(Error::Plan(mistakes)) => {
                assert_eq!(mistakes.iter().map(|m| m.code).collect::<Vec<_>>(), [Code::P010])
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_the_programs_sentences_call_things_is_the_plans() {
    let plan = |head: &str, level: &str| {
        let sources = with(
            |text| {
                let text = text.replacen(
                    "province = \"tỉnh Long An\"",
                    &format!("{head}\nprovince = \"thành phố Huế\""),
                    1,
                );
                text.replacen("id = \"dia-ban\"\n", &format!("id = \"dia-ban\"\n{level}\n"), 1)
            },
            |text| text,
        );
        Plan::read(&sources)
    };
    let own = plan("", "").unwrap();
    assert_eq!(
        (own.frames.first().names.scheme.as_str(), own.frames.first().names.collector.as_str()),
        ("xây dựng xã hội học tập", "Sở")
    );
    assert_eq!(
        (own.frames.first().names.territory.as_str(), own.levels[0].communes.as_str()),
        ("thành phố", "xã")
    );
    let said = plan("scheme = \"đọc sách\"", "communes = \"tổ dân phố\"").unwrap();
    assert_eq!(
        (said.frames.first().names.scheme.as_str(), said.levels[0].communes.as_str()),
        ("đọc sách", "tổ dân phố")
    );
    let codes = |head: &str, level: &str| match plan(head, level) {
        Err(Error::Plan(mistakes)) => mistakes.iter().map(|m| m.code).collect(),
        _ => Vec::new(),
    };
    assert_eq!(codes("scheme = \" \"", ""), [Code::P004]);
    assert_eq!(codes(&format!("scheme = \"{}\"", "a".repeat(61)), ""), [Code::P004]);
    assert_eq!(codes(&format!("scheme = \"{}\"", "a".repeat(60)), ""), [Code::P004; 0]);
    assert_eq!(codes("scheme = \"việc năm {nam}\"", "communes = \"\""), [Code::P004, Code::P004]);
}

/// The embedded plan with 794 living on as `code` from 1/7/2025, under a change record of the given kind.
fn with_successor(code: &str, kind: &str) -> Plan {
    let sources = with(
        |text| text,
        |text| {
            let text = text.replacen("from = [\n  \"794\", ", "from = [\n  ", 1);
            let unit = format!(
                "code = \"{code}\"\nname = \"phường Thử\"\nshort = \"Thử\"\nkind = \"phường\"\nlevel = \"dia-ban\"\nvalid-from = \"2025-07-01\""
            );
            let change = format!(
                "date = \"2025-07-01\"\nkind = \"{kind}\"\nfrom = [\"794\"]\nto = [\"{code}\"]\nact = \"Nghị quyết thử\""
            );
            format!("{text}\n[[unit]]\n{unit}\n\n[[change]]\n{change}\n")
        },
    );
    Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_reused_code_is_another_unit_and_a_renamed_unit_is_the_same() {
    let before = |plan: &Plan, code: &str, year| -> Option<String> {
        let unit = plan.roster(year).into_iter().find(|unit| unit.code.as_str() == code)?;
        plan.unit_before(unit, year).map(|old| old.name.clone())
    };
    let reused = with_successor("794", "end");
    assert_eq!(before(&reused, "794", 2024).as_deref(), Some("thành phố Tân An"));
    assert_eq!(before(&reused, "794", 2025), None, "the code is that of another unit");
    assert_eq!(before(&reused, "794", 2026).as_deref(), Some("phường Thử"));
    let renamed = with_successor("28246", "rename");
    assert_eq!(before(&renamed, "28246", 2025).as_deref(), Some("thành phố Tân An"));
    assert_eq!(before(&renamed, "27727", 2025), None);
    assert_eq!(before(&renamed, "SGDDT", 2025).as_deref(), Some("Sở Giáo dục và Đào tạo"));
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
    let seen: Vec<(Code, &str, bool)> =
        found.iter().map(|m| (m.code, m.file.as_str(), m.at.is_some() && m.line.is_some())).collect();
    assert!(seen.contains(&(Code::P002, "plan.toml", true)), "{found:#?}");
    assert!(seen.contains(&(Code::P004, "plan.toml", true)), "{found:#?}");
    assert!(found.iter().all(|m| !m.cure.is_empty()));
    let typo = found.iter().find(|m| m.code == Code::P002).unwrap();
    assert!(typo.cure.contains("“title”") && typo.line.as_deref() == Some("titel = \"Xóa mù chữ\""));
    // The key that was set aside is missing afterwards; that is not a second mistake.
    assert!(!found.iter().any(|m| m.code == Code::P003 && m.what.contains("first-year")), "{found:#?}");
}

#[test]
fn a_misspelt_key_does_not_hide_a_wrong_meaning() {
    let sources = with(
        |text| {
            text.replace("approximate = [2025]", "aproximate = [2025]")
                .replace("lead = \"LDLD\"", "lead = \"LDL\"")
        },
        |text| text,
    );
    let codes: Vec<Code> = mistakes(&sources).iter().map(|m| m.code).collect();
    assert_eq!(codes, [Code::P002, Code::P006]);
}

#[test]
fn one_mistake_is_told_once() {
    let codes = |from: &str, to: &str| -> Vec<Code> {
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
    assert_eq!(codes("short = \"Kỹ năng sống\"", "shrot = \"Kỹ năng sống\""), [Code::P002]);
    assert_eq!(codes("short = \"Kỹ năng sống\"", "title = \"Kỹ năng sống\""), [Code::P001]);
    assert_eq!(codes("short = \"Kỹ năng sống\"", "xyz = \"Kỹ năng sống\""), [Code::P003, Code::P002]);
    // The row that serves the indicator is right; the indicator is not.
    let parts = "parts = [{ from = \"dia-ban\", numerator = \"kns.dat\", denominator = \"kns.tong\" }]";
    assert_eq!(codes(parts, "parts = []"), [Code::P010]);
    assert_eq!(codes("id = \"2.2\"", "id = \"2.20\""), [Code::P006]);
}

#[test]
fn a_misspelt_mandatory_key_is_read_as_meant_and_a_lost_entry_spares_who_refers_to_it() {
    let wrong_target = |text: String| text.replacen("2025 = \"12\"", "2025 = \"112\"", 1);
    let codes = |sources: &PlanSources| mistakes(sources).iter().map(|m| m.code).collect::<Vec<_>>();
    let misspelt = |text: String| {
        wrong_target(text).replace("title = \"Xóa mù chữ và phổ", "titel = \"Xóa mù chữ và phổ")
    };
    assert_eq!(codes(&with(misspelt, |text| text)), [Code::P002, Code::P008]);
    // Without its title group 1 cannot be read; its five indicators are not wrong for naming it.
    let lost = |text: String| wrong_target(text).replace("title = \"Xóa mù chữ và phổ cập giáo dục\"\n", "");
    assert_eq!(codes(&with(lost, |text| text)), [Code::P003, Code::P008]);
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
    let mut codes: Vec<Code> = found.iter().map(|m| m.code).collect();
    codes.sort_unstable();
    // 120 % and the year 2031; the unknown field and lead; the code used twice; the thirteenth month and 31 November.
    assert_eq!(
        codes,
        [Code::P005, Code::P006, Code::P006, Code::P008, Code::P008, Code::P009, Code::P009],
        "{found:#?}"
    );
    assert!(found.iter().all(|m| m.at.is_some()));
}

#[test]
fn syntax_and_missing_files_are_told() {
    let sources = with(|text| text.replace("id = \"1.1\"", "id = 1.1\""), |text| text);
    assert_eq!(mistakes(&sources)[0].code, Code::P001);
    let mut sources = PlanSources::embedded();
    sources.others.retain(|file| file.name != "don-vi.toml");
    assert!(mistakes(&sources).iter().any(|m| m.code == Code::P013 && m.what.contains("don-vi.toml")));
}

#[test]
fn trajectories_are_linear() {
    // From 20 % in 2021 to 50 % in 2025: 7,5 points a year, 42,5 % in 2024.
    let points = [(2021, 20.into()), (2025, 50.into()), (2030, 70.into())];
    let higher = |points: &[(Year, Percent)], year| on_trajectory(Direction::Higher, points, year);
    assert_eq!(higher(&points, 2024), Some("42.5".parse().unwrap()));
    assert_eq!(higher(&points, 2030), Some(70.into()));
    assert_eq!(higher(&points, 2020), None);
    // From 8 % in 2021 to 4 % in 2025: one point less a year, 5 % in 2024.
    let lower = |points: &[(Year, Percent)], year| on_trajectory(Direction::Lower, points, year);
    let points = [(2021, 8.into()), (2025, 4.into()), (2030, 3.into())];
    assert_eq!((lower(&points, 2024), lower(&points, 2030)), (Some(5.into()), Some(3.into())));
    // A start that is better than the target asks to hold the target.
    assert_eq!(higher(&[(2021, 60.into()), (2025, 50.into())], 2023), Some(50.into()));
    assert_eq!(lower(&[(2021, 3.into()), (2025, 4.into())], 2023), Some(4.into()));
}

/// The words around a list in the template's message are not the plan's: this holds the limit to them.
#[test]
fn the_longest_list_that_passes_is_told_whole_in_the_template() {
    let long =
        format!("{}x", "Chưa thực hiện vì chờ hướng dẫn; ".repeat(20).chars().take(179).collect::<String>());
    let mut sources = PlanSources::embedded();
    let form = sources.others.iter_mut().find(|file| file.name == "bieu-mau.toml").unwrap();
    form.text = form.text.replacen("\"Chưa thực hiện\"", &format!("\"{long}\""), 1);
    let plan = Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"));
    let unit = plan.roster(2024).into_iter().find(|unit| unit.code.as_str() == "HKH").unwrap();
    let form = crate::form::Form::for_unit(&plan, unit, 2024);
    let bytes = crate::template::write(&plan, &form, None).unwrap();
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut sheets = String::new();
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        if part.name().unwrap().starts_with("xl/worksheets/sheet") {
            std::io::Read::read_to_string(&mut part, &mut sheets).unwrap();
        }
    }
    assert!(sheets.contains(&format!("{long}; Đang thực hiện; Đã hoàn thành.\"")));
}
