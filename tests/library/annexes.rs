//! What goes with the letter and what stays with the secretariat; what a report tells of what the units wrote.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop there

use crate::made_year::{embedded, results, two_years, usual};
use chrono::NaiveDate;
use xhht::consolidate::{Consolidated, History};
use xhht::domain::Unit;
use xhht::finding::Finding;
use xhht::form::Field;
use xhht::output::pdf::write_internal;
use xhht::plan::{Plan, PlanSources};
use xhht::report::model::{Addressees, Block, Place, Report};
use xhht::report::{build, cover_letter};
use xhht::submission::Value;

/// Everything that the body says, a line for each block and point.
fn body(report: &Report) -> String {
    let mut lines = Vec::new();
    for block in report.official_letter().body {
        match block.as_ref() {
            Block::Heading { text, .. } => lines.push(text.clone()),
            Block::Paragraph(words) => lines.push(words.to_string()),
            Block::Points(points) | Block::Dashes(points) => {
                lines.extend(points.iter().map(ToString::to_string))
            }
            Block::Table(table) => {
                let rows = table.rows.iter().map(|row| {
                    let cells = row.cells.iter().map(|cell| xhht::report::format::value(&cell.value));
                    cells.collect::<Vec<_>>().join(" | ")
                });
                lines.extend(rows);
            }
            _ => {}
        }
    }
    lines.join("\n")
}

/// A year of the embedded plan in which `said` answers what a unit writes in a field of running text.
fn told(year: i32, said: impl Fn(&Unit, &str) -> Option<String>) -> (Plan, Consolidated, Vec<Finding>) {
    let plan = embedded();
    let filled = |index: usize, unit: &Unit, field: &Field| {
        let asked = said(unit, &field.id.to_string()).map(|words| Value::Text(words.into()));
        asked.or_else(|| usual(index, field, "").filter(|value| !matches!(value, Value::Text(_))))
    };
    let (results, findings) = results(&plan, year, 0, &History::default(), &filled);
    (plan, results, findings)
}

#[test]
fn findings_and_their_numbers_stay_with_the_secretariat_unless_the_plan_says_otherwise() {
    let (plan, results, findings) = two_years(7);
    let report = build(&plan, &results, &findings).unwrap();
    let with_letter: Vec<String> =
        report.official_letter().annexes.into_iter().map(|annex| annex.head.full).collect();
    assert!(with_letter.iter().all(|full| !full.contains("NHẬN XÉT")), "{with_letter:?}");
    assert!(with_letter.iter().any(|full| full.contains("TÌNH HÌNH GỬI BÁO CÁO")), "{with_letter:?}");
    let internal = report.internal_annexes();
    let titles: Vec<&str> = internal.iter().map(|annex| annex.head.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "TÌNH HÌNH GỬI BÁO CÁO NĂM 2024",
            "NỘI DUNG CÁC ĐƠN VỊ BÁO CÁO BẰNG LỜI",
            "NHẬN XÉT VỀ SỐ LIỆU CÁC ĐƠN VỊ GỬI"
        ]
    );
    assert!(internal.iter().all(|annex| annex.head.belongs_to.contains("không gửi kèm")));
    let counts = |place: fn(&Place) -> bool| {
        let tables = report.tables().filter(|(section, _)| place(&section.place));
        tables.flat_map(|(_, table)| &table.columns).filter(|column| column.title == "Số nhận xét").count()
    };
    assert_eq!(counts(|place| matches!(place, Place::Annex { .. })), 0);
    assert_eq!(counts(|place| matches!(place, Place::Internal { .. })), 1);
    let written = write_internal(&report).unwrap();
    assert!(written.pages >= 3 && written.bytes == write_internal(&report).unwrap().bytes);

    // A plan may send all of it.
    let mut sources = PlanSources::embedded();
    let keys = "[letter]\nannexes = [\"nhan-xet\", \"loi-don-vi\"]\n";
    sources.main.text = sources.main.text.replacen("[letter]\n", keys, 1);
    let plan = Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"));
    let report = build(&plan, &results, &findings).unwrap();
    let with_letter: Vec<String> =
        report.official_letter().annexes.into_iter().map(|annex| annex.head.title).collect();
    assert_eq!(with_letter, ["NỘI DUNG CÁC ĐƠN VỊ BÁO CÁO BẰNG LỜI", "NHẬN XÉT VỀ SỐ LIỆU CÁC ĐƠN VỊ GỬI"]);
}

#[test]
fn the_letter_has_a_day_of_its_own() {
    let (plan, results, findings) = two_years(7);
    let mut report = build(&plan, &results, &findings).unwrap();
    let dated = |report: &Report| report.letter.head().place_and_date.replace('\u{a0}', "_");
    assert_eq!(dated(&report), format!("Long An, ngày______tháng______năm {}", results.year));
    report.letter.dated = NaiveDate::from_ymd_opt(2025, 1, 3);
    assert_eq!(dated(&report), "Long An, ngày 03 tháng 01 năm 2025");
}

#[test]
fn the_body_tells_few_points_and_the_annex_all() {
    let (plan, results, findings) = told(2024, |unit, field| match field {
        "nv.1.ket_qua" => {
            Some(format!("Mở {} lớp về nếp sống đọc sách ở cơ sở", unit.code.to_string().len() * 7))
        }
        "nv.4.ket_qua" => Some(format!("Tập huấn cho {} cán bộ thôn, ấp, khu phố", unit.name.len() * 10)),
        "nv.8.ket_qua" if unit.code.as_str() == "794" => {
            Some("Kiểm tra 06 phường, xã; nhắc nhở 02 nơi chậm".to_owned())
        }
        "kiem_tra.noi_dung" if unit.code.as_str() == "794" => {
            Some("Kiểm tra 6 phường, xã, nhắc nhở 2 nơi chậm.".to_owned())
        }
        _ => None,
    });
    let report = build(&plan, &results, &findings).unwrap();
    let body = body(&report);
    let section = |from: &str, to: &str| {
        let (_, rest) = body.split_once(from).unwrap_or_else(|| panic!("{from}: {body}"));
        rest.split_once(to).unwrap_or_else(|| panic!("{to}: {body}")).0.to_owned()
    };
    assert_eq!(
        section("\n4. Đẩy mạnh thực hiện", "\n5. Đẩy mạnh hoạt động").matches("Tập huấn cho").count(),
        3,
        "{body}"
    );
    // The same words of all local units are one point.
    assert_eq!(section("\n1. Tuyên truyền", "\n2. Tăng cường").matches("Mở 21 lớp").count(), 1);
    assert_eq!(body.matches("nhắc nhở").count(), 1, "told where inspections are told: {body}");
    let annexes = report.internal_annexes();
    let all: Vec<String> = annexes
        .iter()
        .flat_map(|annex| annex.blocks)
        .filter_map(|block| match block {
            Block::Dashes(points) => Some(points.iter().map(ToString::to_string).collect::<Vec<_>>()),
            _ => None,
        })
        .flatten()
        .collect();
    let trained = all.iter().filter(|point| point.contains("Tập huấn cho")).count();
    assert!(trained > 10, "{trained} of {all:?}");
    assert!(all.iter().any(|point| point.contains("nhắc nhở 02 nơi")));
}

#[test]
fn only_what_is_for_the_government_is_proposed_to_it() {
    let proposals = |year: i32, at: &dyn Fn(&str, &str) -> Option<String>| {
        let (plan, results, findings) = told(year, |unit, field| at(unit.code.as_str(), field));
        let body = body(&build(&plan, &results, &findings).unwrap());
        let (_, told) = body.split_once("\nVII. ").unwrap();
        told.to_owned()
    };
    // Who has a choice of one field names the addressee in the words.
    let told_2024 = proposals(2024, &|unit, field| match (unit, field) {
        ("SGDDT", "kien_nghi.gia_tri") => {
            Some("- Đề nghị Bộ Giáo dục và Đào tạo sớm hướng dẫn\n- Đề nghị tỉnh bố trí kinh phí".to_owned())
        }
        ("794", "kien_nghi.gia_tri") => Some("Đề nghị Sở Tài chính trình Bộ Tài chính".to_owned()),
        _ => None,
    });
    assert!(
        told_2024.contains("Sở Giáo dục và Đào tạo: Đề nghị Bộ Giáo dục và Đào tạo sớm hướng dẫn"),
        "{told_2024}"
    );
    assert!(!told_2024.contains("bố trí kinh phí") && !told_2024.contains("Sở Tài chính"), "{told_2024}");
    // From 2026 on each has a field of its own.
    let told_2026 = proposals(2026, &|unit, field| match (unit, field) {
        ("SGDDT", "kien_nghi_tw.gia_tri") => Some("Sớm hướng dẫn tiêu chí".to_owned()),
        ("SGDDT", "kien_nghi_tinh.gia_tri") => Some("Bố trí kinh phí".to_owned()),
        _ => None,
    });
    assert!(
        told_2026.contains("Sớm hướng dẫn tiêu chí") && !told_2026.contains("Bố trí kinh phí"),
        "{told_2026}"
    );
}

#[test]
fn of_many_proposals_some_are_told_and_the_rest_counted() {
    let sections = |many: usize| {
        let (plan, results, findings) = told(2025, |unit, field| {
            let at: usize = unit.code.as_str().parse().ok()?;
            let asks = field == "kien_nghi.gia_tri" && at % 60 < many;
            asks.then(|| format!("Đề nghị Bộ Giáo dục và Đào tạo ban hành tài liệu {at} cho {at} lớp"))
        });
        let body = body(&build(&plan, &results, &findings).unwrap());
        body.split_once("\nVII. ").unwrap().1.to_owned()
    };
    let (few, all) = (sections(6), sections(60));
    let asked = |told: &str| told.matches("Đề nghị Bộ").count();
    assert!((1..=12).contains(&asked(&few)) && !few.contains("kiến nghị khác"), "{few}");
    assert!(asked(&all) == 12 && all.contains("Còn 48 kiến nghị khác của các đơn vị"), "{all}");
}

#[test]
fn the_cover_letter_hands_the_report_to_whoever_issues_it() {
    for (year, issuer) in [(2024, "Ủy ban nhân dân tỉnh Long An"), (2025, "Ủy ban nhân dân tỉnh Tây Ninh")]
    {
        let (plan, results, findings) = told(year, |_, _| None);
        let report = cover_letter(&plan, &results, &findings).unwrap().unwrap();
        let letter = report.official_letter();
        assert_eq!(
            letter.title.full,
            format!("Tờ trình Về việc ban hành Báo cáo xây dựng xã hội học tập năm {year}")
        );
        assert_eq!(letter.head.superior, Some(issuer.to_uppercase()));
        assert!(letter.head.number.contains("/TTr-SGDĐT"), "{}", letter.head.number);
        assert_eq!(letter.addressees, Some(Addressees::One(format!("Kính gửi: {issuer}"))));
        assert!(letter.annexes.is_empty());
        let body = body(&report);
        let counted =
            |verdict: &str| results.indicators.iter().filter(|of| of.verdict.code() == verdict).count();
        for (verdict, words) in [("met", "đạt"), ("not-met", "chưa đạt"), ("no-data", "chưa có số liệu")]
        {
            let (counted, said) = (counted(verdict), format!("{} {words} (", counted(verdict)));
            assert_eq!(body.contains(&format!(" {words} (")), counted > 0, "{body}");
            assert!(counted == 0 || body.contains(&said), "{said}: {body}");
        }
        assert!(body.ends_with("xem xét, quyết định./."), "{body}");
        // What is not known yet is no estimate.
        let unknown = body.split("; ").find(|part| part.contains(" chưa có số liệu ("));
        assert!(unknown.is_none_or(|part| !part.contains("là ước")), "{body}");
        xhht::output::docx::write(&report).unwrap();
    }
    let mut plan = embedded();
    plan.cover_letter = None;
    let (_, results, findings) = told(2024, |_, _| None);
    assert!(cover_letter(&plan, &results, &findings).unwrap().is_none());
}

#[test]
fn the_standing_body_writes_what_no_unit_can() {
    let (plan, results, findings) = told(2026, |unit, field| {
        let is_its_own = unit.code.as_str() == "SGDDT";
        let words = match field {
            "vb_tinh.gia_tri" => "Kế hoạch số 5/KH-UBND",
            "bcd_tinh.gia_tri" => "Ban Chỉ đạo họp 2 phiên",
            "uu_diem.gia_tri" => "Phong trào lan rộng",
            "nguyen_nhan.gia_tri" => "Kinh phí còn hẹp",
            "bai_hoc_tinh.gia_tri" => "Giao việc có hạn",
            "nhiem_vu_tinh.gia_tri" => "Mở 10 lớp\nBồi dưỡng 50 người",
            _ => return None,
        };
        is_its_own.then(|| words.to_owned())
    });
    let body = body(&build(&plan, &results, &findings).unwrap());
    for (after, words) in [
        ("I. CÔNG TÁC", "Kế hoạch số 5/KH-UBND"),
        ("I. CÔNG TÁC", "Ban Chỉ đạo họp 2 phiên"),
        ("1. Kết quả đạt được", "Phong trào lan rộng."),
        ("3. Khó khăn", "Kinh phí còn hẹp."),
        ("4. Bài học kinh nghiệm", "Giao việc có hạn."),
        ("VI. PHƯƠNG HƯỚNG", "Mở 10 lớp;\nBồi dưỡng 50 người."),
    ] {
        let (_, rest) = body.split_once(after).unwrap_or_else(|| panic!("{after}: {body}"));
        assert!(rest.contains(words), "{words}: {body}");
    }
    // Where the form of the year has no such field nothing is said of it.
    let (plan, results, findings) = two_years(0);
    let older = build(&plan, &results, &findings).unwrap();
    assert!(!self::body(&older).contains("Bài học kinh nghiệm"));
}

#[test]
fn a_text_may_set_words_off_and_write_a_table() {
    let (_, results, findings) = two_years(0);
    let text = "Đạt **{{ dem.dat }}** chỉ tiêu.\n\n| Chỉ tiêu | Kết quả |\n|---|--:|\n{% for c in chi_tieu %}| {{ c.so }} | {{ c.ket_qua }} |\n{% endfor %}\nHết.";
    let mut sources = PlanSources::embedded();
    sources.others.iter_mut().find(|file| file.name == "bao-cao.txt").unwrap().text = text.to_owned();
    let plan = Plan::read(&sources).unwrap_or_else(|error| panic!("{error}"));
    let report = build(&plan, &results, &findings).unwrap();
    let body = report.official_letter().body;
    assert!(matches!(body[0].as_ref(), Block::Paragraph(words) if words.runs().count() == 3));
    assert!(matches!(body[1].as_ref(), Block::Table(table) if table.rows.len() == results.indicators.len()));
    xhht::output::pdf::write(&report).unwrap();
    xhht::output::docx::write(&report).unwrap();
}
