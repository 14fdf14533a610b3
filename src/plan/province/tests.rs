use super::*;
use crate::plan::{Plan, PlanSources};

#[test]
fn the_roster_is_whole() {
    assert_eq!(all().len(), 34);
    let communes: usize = all().iter().map(|province| province.communes().len()).sum();
    assert_eq!(communes, 3321);
    assert_eq!(all().iter().map(|province| province.made_of.len()).sum::<usize>(), 52);
}

#[test]
fn a_province_is_found_by_code_by_name_and_by_the_name_of_a_part() {
    let now = |text: &str| match named(text) {
        Named::Now(province) => province.code,
        other => panic!("{text}: {other:?}"),
    };
    let ways =
        ["82", "Đồng Tháp", "tỉnh Đồng Tháp", "Tỉnh Đồng Tháp", "dong thap", "DONG THAP", " Dong-Thap "];
    for way in ways {
        assert_eq!(now(way), "82", "{way}");
    }
    assert_eq!(now("TP. Hồ Chí Minh"), "79");
    assert_eq!(now("tp Huế"), "46");
    assert_eq!(now("Thanh Hoá"), "38");
    assert_eq!(now("Ninh Bình"), "37");
    let former = |text: &str| match named(text) {
        Named::Former(name, province) => (name, province.code),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(former("Tiền Giang"), ("tỉnh Tiền Giang", "82"));
    assert_eq!(former("tien giang"), ("tỉnh Tiền Giang", "82"));
    assert_eq!(former("Bà Rịa-Vũng Tàu"), ("tỉnh Bà Rịa - Vũng Tàu", "79"));
    assert_eq!(former("Long An"), ("tỉnh Long An", "80"));
    assert!(matches!(named("Đồng Thap"), Named::Now(province) if province.code == "82"));
    assert!(matches!(named("Đồng Thắp x"), Named::Unclear(_)));
    assert_eq!(named("99"), Named::Unclear(Vec::new()));
    assert_eq!(named(""), Named::Unclear(Vec::new()));
}

#[test]
fn every_province_has_a_valid_plan_of_its_own_words() {
    for province in all() {
        let sources = PlanSources::of_province(province);
        let plan = Plan::read(&sources).unwrap_or_else(|error| panic!("{}: {error}", province.name));
        assert_eq!(plan.roster_of(2025, &plan.levels[0].id).len(), province.communes().len());
        assert_eq!(plan.id, format!("{}-2021-2030", province.id()));
        for file in std::iter::once(&sources.main).chain(&sources.others) {
            let speaks_of_others = file.text.lines().find(|line| {
                let is_predecessor =
                    line.starts_with("name = ") || line.starts_with("id = ") || line.starts_with("# Thuộc");
                province.short_name() != "Tây Ninh" && line.contains("Long An") && !is_predecessor
            });
            assert_eq!(speaks_of_others, None, "{} {}", province.name, file.name);
            if province.is_city() {
                let wrong =
                    file.text.lines().find(|line| !line.starts_with('#') && line.contains("của tỉnh"));
                assert_eq!(wrong, None, "{} {}", province.name, file.name);
            }
        }
    }
}
