use super::*;
use crate::plan::PlanSources;

/// What the live checks say of one choice in the form of a unit.
fn said(unit: &str, year: i32, field: &str, text: &str) -> (State, Vec<String>) {
    let plan = Plan::read(&PlanSources::embedded()).unwrap();
    let unit = plan.roster(year).into_iter().find(|known| known.code.as_str() == unit).unwrap();
    let form = Form::for_unit(&plan, unit, year);
    let filled = Values::from([(FieldId::parse(field).unwrap(), Content::Text(text.into()))]);
    let checks = Checks::new(&plan, &form, None, &filled);
    let state = checks.cells.iter().find(|cell| cell.field.id.as_str() == field).unwrap().state;
    let faults = checks.to_do().into_iter().filter(|task| task.grade == Grade::Fault);
    (state, faults.map(|task| task.text).collect())
}

#[test]
fn an_item_that_is_no_answer_is_to_be_chosen_again_where_the_check_asks_about_it() {
    let (none, nothing) = ("Chưa có tiêu chí", "Không phát sinh");
    let again = vec!["chọn một mục trong danh sách của ô, trừ “Chưa có tiêu chí”".to_owned()];
    assert_eq!(said("794", 2024, "xmc_md2.dat", none), (State::Wrong, again.clone()));
    let again_of_both =
        vec!["chọn một mục trong danh sách của ô, trừ “Chưa có tiêu chí”, “Không phát sinh”".to_owned()];
    assert_eq!(said("794", 2024, "cong_dan.tinh_trang", none), (State::Wrong, again_of_both.clone()));
    assert_eq!(said("794", 2024, "nltt.tinh_trang", nothing), (State::Wrong, again_of_both));
    // The standard of 1.2 is of 2025, that of 4.1 of 2022.
    assert_eq!(said("27694", 2025, "pcgd_mg.dat", none), (State::Wrong, again));
    for (unit, year, field, text) in [
        ("794", 2024, "pcgd_mg.dat", none),
        ("794", 2021, "cong_dan.tinh_trang", none),
        ("794", 2024, "cs_mn.tinh_trang", nothing),
        ("794", 2024, "cong_dan.tinh_trang", "Ước"),
        ("794", 2024, "xmc_md2.dat", "Chưa đạt"),
    ] {
        assert_eq!(said(unit, year, field, text), (State::Fits, Vec::new()), "{field} in {year}");
    }
}
