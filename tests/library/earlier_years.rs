//! A result that was written gives the next year every value back, in the words and units of that year's forms.

#![allow(clippy::unwrap_used)] // a test stops where it fails

use crate::made_year::{embedded, remembered, results, usual};
use std::collections::BTreeMap;
use xhht::consolidate::{History, PastYear, fields_of};
use xhht::domain::cell::Content;
use xhht::domain::{FieldId, UnitCode};

#[test]
fn every_value_comes_back_as_it_was_reported() {
    let plan = embedded();
    let words = "Đã ban hành kế hoạch.";
    let (year, told) = results(&plan, 2023, 7, &History::default(), &|i, _, field| usual(i, field, words));
    let past = remembered(&plan, &year, &told);
    let known = fields_of(&plan, 2024, &past);
    let mut reported: BTreeMap<(UnitCode, FieldId), Content> = BTreeMap::new();
    for (field, values) in &year.reported {
        for (unit, value) in values {
            if let Some(value) = &value.value {
                reported.insert((unit.clone(), field.clone()), value.content());
            }
        }
    }
    assert!(reported.len() > 1000, "{}", reported.len());
    let came_back: BTreeMap<(UnitCode, FieldId), Content> = known
        .into_iter()
        .flat_map(|(unit, values)| {
            values.into_iter().map(move |(field, value)| ((unit.clone(), field), value))
        })
        .collect();
    assert_eq!(came_back, reported);
}

#[test]
fn values_are_told_in_this_years_words_and_units() {
    let plan = embedded();
    let text = r#"{"schema": "xhht/ket-qua/2", "plan": {"id": "long-an-2021-2030"}, "year": 2023, "indicators": [],
        "units": [{"code": "794", "name": "Tân An", "kind": "thành phố", "status": "reported", "files": [], "values": {
            "kp_huyen.thuc_hien": {"money": "1.2", "unit": "tỷ đồng"},
            "xmc_md2.dat": {"choice": "yes", "text": "Có"},
            "nltt.dat": {"number": "600", "status": "estimate"},
            "nltt.tinh_trang": {"choice": "estimate", "text": "Ước"},
            "nltt.ty_le": {"percent": "60"},
            "cong_dan.dat": {"status": "no-standard"},
            "ngay_lap.gia_tri": {"date": "2023-12-05"},
            "khong.co": {"number": "1"}}}]}"#;
    let past = PastYear::read(text).unwrap();
    let known = fields_of(&plan, 2024, &past);
    let of = |field: &str| known[&UnitCode("794".into())].get(&FieldId::parse(field).unwrap()).cloned();
    let number = |text: &str| Some(Content::Number(text.parse().unwrap()));
    assert_eq!(of("kp_huyen.thuc_hien"), number("1200"), "triệu đồng");
    assert_eq!(of("xmc_md2.dat"), Some(Content::Text("Đạt".into())));
    assert_eq!(of("nltt.dat"), number("600"));
    assert_eq!(of("nltt.tinh_trang"), Some(Content::Text("Ước".into())));
    assert_eq!(of("nltt.ty_le"), number("60"));
    assert_eq!(of("ngay_lap.gia_tri"), Some(Content::Date("2023-12-05".parse().unwrap())));
    assert_eq!((of("cong_dan.dat"), of("khong.co")), (None, None));
    // The districts ended; whoever bears a code in 2026 is another unit.
    assert!(fields_of(&plan, 2026, &past).values().all(BTreeMap::is_empty));
}

#[test]
fn the_version_before_is_still_read() {
    let text = |version| {
        format!(
            r#"{{"schema": "xhht/ket-qua/{version}", "plan": {{"id": "a"}}, "year": 2023, "indicators": []}}"#
        )
    };
    assert!(PastYear::read(&text(1)).unwrap().values.is_none());
    assert!(PastYear::read(&text(2)).unwrap().values.is_some());
    assert!(PastYear::read(&text(3)).is_err());
}
