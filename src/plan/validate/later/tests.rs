use crate::error::{Error, PlanMistake};
use crate::finding::Code;
use crate::plan::{Plan, PlanSources};

/// The embedded plan with these lines before its first level.
fn with(lines: &str) -> Result<Plan, Vec<PlanMistake>> {
    let mut sources = PlanSources::embedded();
    sources.main.text = sources.main.text.replacen("\n[[level]]", &format!("\n{lines}\n\n[[level]]"), 1);
    Plan::read(&sources).map_err(|error| match error {
        Error::Plan(mistakes) => mistakes,
        other => panic!("{other}"),
    })
}

fn codes(lines: &str) -> Vec<Code> {
    with(lines).map_or_else(|mistakes| mistakes.iter().map(|m| m.code).collect(), |_| Vec::new())
}

#[test]
fn a_year_has_the_frame_in_force_on_its_due_date() {
    let plan = Plan::read(&PlanSources::embedded()).unwrap();
    let of = |year| {
        let frame = plan.frame(year);
        (frame.letter.issuer.as_str(), frame.letter.place.as_str(), frame.province.as_str())
    };
    assert_eq!(of(2024), ("Ủy ban nhân dân tỉnh Long An", "Long An", "tỉnh Long An"));
    let merged = ("Ủy ban nhân dân tỉnh Tây Ninh", "Tây Ninh", "địa bàn tỉnh Long An cũ");
    assert_eq!((of(2025), of(2030)), (merged, merged));
    assert_eq!(plan.frame(2024).names.whole(), "toàn tỉnh");
    assert_eq!(plan.frame(2025).names.whole(), "toàn địa bàn");
    // What a change does not give stays.
    assert_eq!(plan.frame(2030).letter.symbol, "BC-UBND");
    assert_eq!(plan.frame(2030).title, plan.frame(2021).title);
    assert!(plan.subject(2025).starts_with("Sơ kết") && plan.subject(2025).ends_with("tỉnh Long An cũ"));
    assert!(plan.subject(2026).ends_with("tỉnh Long An cũ năm 2026"));
}

#[test]
fn changes_follow_one_another_and_each_gives_only_its_own_keys() {
    let later = |from: &str, lines: &str| format!("[[later]]\nfrom = \"{from}\"\nact = \"QĐ 1\"\n{lines}\n");
    let text = later("2027-12-10", "province = \"thành phố Mới\"\n[later.letter]\nsuperior = \"Bộ A\"")
        + &later("2028-12-11", "scheme = \"đọc sách\"\n[later.letter]\nsuperior = \"\"\nsigner = \"B\"");
    let plan = with(&text).unwrap();
    let of = |year| {
        let frame = plan.frame(year);
        let letter = &frame.letter;
        (frame.names.territory.as_str(), frame.names.scheme.as_str(), letter.superior.as_deref())
    };
    assert_eq!(of(2026).0, "địa bàn");
    // In force on the due date itself; the day after is next year's.
    assert_eq!(of(2027), ("thành phố", "xây dựng xã hội học tập", Some("Bộ A")));
    assert_eq!(of(2028), of(2027));
    assert_eq!(of(2029), ("thành phố", "đọc sách", None));
    assert_eq!(plan.frame(2029).letter.signer, "B");
    let change = plan.frame(2029).change.as_ref().unwrap();
    assert_eq!(change.keys, ["scheme", "letter.superior", "letter.signer"]);
}

#[test]
fn what_is_wrong_with_a_change_is_told_at_its_place() {
    let later = |from: &str, act: &str, lines: &str| {
        format!("[[later]]\nfrom = \"{from}\"\nact = \"{act}\"\n{lines}")
    };
    for (lines, expected) in [
        (later("2027-01-01", "QĐ", "province = \"tỉnh X\""), vec![]),
        (later("2027-01-01", " ", "province = \"tỉnh X\""), vec![Code::P010]),
        (later("2027-01-01", "QĐ", ""), vec![Code::P010]),
        (later("2025-07-01", "QĐ", "province = \"tỉnh X\""), vec![Code::P009]),
        (later("2024-07-01", "QĐ", "province = \"tỉnh X\""), vec![Code::P009]),
        (later("2030-12-11", "QĐ", "province = \"tỉnh X\""), vec![Code::P009]),
        (later("2020-12-11", "QĐ", "province = \"tỉnh X\""), vec![Code::P009]),
        (later("2027-02-30", "QĐ", "province = \"tỉnh X\""), vec![Code::P009]),
        (later("2027-01-01", "QĐ", "provinse = \"tỉnh X\""), vec![Code::P002]),
        (later("2027-01-01", "QĐ", "[later.letter]\nplase = \"X\""), vec![Code::P002]),
        (later("2027-01-01", "QĐ", "[later.letter]\nreview-subjects = { ba = \"X\" }"), vec![Code::P004]),
    ] {
        assert_eq!(codes(&lines), expected, "{lines}");
    }
    let told = with(&later("2027-01-01", "QĐ", "")).unwrap_err();
    assert!(told[0].what.contains("không thay đổi gì") && told[0].at.is_some());
}

#[test]
fn a_predecessor_has_a_plan_or_nothing_in_hand() {
    let predecessor = |lines: &str| codes(&format!("[[predecessor]]\n{lines}"));
    assert_eq!(predecessor("name = \"tỉnh A\"\nid = \"a-2021\"\nuntil = \"2025-06-30\""), []);
    assert_eq!(predecessor("name = \"tỉnh A\"\nhistory = false"), []);
    assert_eq!(predecessor("name = \"tỉnh A\""), [Code::P010]);
    assert_eq!(predecessor("name = \"tỉnh A\"\nid = \"a\"\nhistory = false"), [Code::P010]);
    assert_eq!(predecessor("name = \" \"\nid = \"a\""), [Code::P004]);
    assert_eq!(predecessor("name = \"tỉnh A\"\nid = \"long-an-2021-2030\""), [Code::P005]);
    assert_eq!(predecessor("name = \"tỉnh A\"\nid = \"á\"\nuntil = \"2025\""), [Code::P007, Code::P009]);
    let twice = "[[predecessor]]\nname = \"A\"\nid = \"a\"\n\n[[predecessor]]\nname = \"B\"\nid = \"a\"";
    assert_eq!(codes(twice), [Code::P005]);
}
