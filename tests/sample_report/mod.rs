//! A report like a real December's: overview, indicators that follow from a figures sheet, matrix, files, findings.
#![allow(clippy::unwrap_used)] // a report that cannot be made is a failed test

use chrono::NaiveDate;
use rust_decimal::Decimal;
use xhht::domain::UnitCode;
use xhht::finding::{Code, Finding, Origin, Severity};
use xhht::report::model::*;

/// Code, name, working-age people, of them trained, verdict on the literacy standard; `None`: not reported.
type Unit = (&'static str, &'static str, Option<i64>, Option<i64>, Option<&'static str>);

/// Long An, 2024; the figures are made up.
const UNITS: [Unit; 15] = [
    ("794", "Tân An", Some(89_512), Some(61_204), Some("Đạt")),
    ("795", "Kiến Tường", Some(27_011), Some(15_870), Some("Đạt")),
    ("796", "Tân Hưng", Some(29_404), Some(12_118), Some("Đạt")),
    ("797", "Vĩnh Hưng", Some(30_912), Some(13_401), Some("Đạt")),
    ("798", "Mộc Hóa", None, None, None),
    ("799", "Tân Thạnh", Some(47_850), Some(22_014), Some("Đạt")),
    ("800", "Thạnh Hóa", Some(34_605), Some(0), Some("Chưa đạt")),
    ("801", "Đức Huệ", Some(40_699), Some(16_302), Some("Đạt")),
    ("802", "Đức Hòa", Some(195_020), Some(118_467), Some("Đạt")),
    ("803", "Bến Lức", Some(112_331), Some(70_415), Some("Đạt")),
    ("804", "Thủ Thừa", Some(60_702), Some(30_008), Some("Đạt")),
    ("805", "Tân Trụ", None, None, Some("Đạt")),
    ("806", "Cần Đước", Some(115_700), Some(58_333), Some("Đạt")),
    ("807", "Cần Giuộc", Some(132_640), Some(71_020), Some("Đạt")),
    ("808", "Châu Thành", Some(67_801), Some(33_954), Some("Đạt")),
];

/// The report.
pub fn report() -> Report {
    Report {
        shorter: Vec::new(),
        letter: Letter {
            superior: Some("Ủy ban nhân dân tỉnh Long An".into()),
            issuer: "Ban Chỉ đạo xây dựng xã hội học tập tỉnh Long An".into(),
            symbol: "BC-BCĐ".into(),
            place: "Long An".into(),
            as_of: NaiveDate::from_ymd_opt(2024, 12, 9).unwrap(),
            dated: Some(NaiveDate::from_ymd_opt(2024, 12, 9).unwrap()),
            kind: "BÁO CÁO".into(),
            subject: "Kết quả xây dựng xã hội học tập năm 2024".into(),
            addressee: "Bộ Giáo dục và Đào tạo".into(),
            authority: vec!["TM. BAN CHỈ ĐẠO".into(), "TRƯỞNG BAN".into()],
            signer: String::new(),
            recipients: vec!["Như trên;".into(), "Lưu: VT, SGDĐT.".into()],
            year: 2024,
            province: "tỉnh Long An".into(),
        },
        sections: vec![overview(), indicators(), figures(), matrix(), submissions(), findings(), body_only()],
    }
}

fn section(id: &str, title: &str, sheet: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.into(), title: title.into(), place: Place::Sheet, sheet: Some(sheet.into()), blocks }
}

fn column(id: &str, title: &str, width: f32, align: Align) -> Column {
    Column { is_ordinal: matches!(title, "TT" | "STT"), ..Column::new(id, title, width, align) }
}

fn under(over: &str, mut column: Column) -> Column {
    column.over = Some(over.into());
    column
}

fn row(id: &str, role: Role, cells: Vec<Cell>) -> Row {
    Row { id: id.into(), role, cells }
}

fn text(words: &str) -> Formula {
    Formula::Text(words.into())
}

fn column_of(id: &str) -> Formula {
    Formula::Column(ColumnRef::new("so-lieu", id))
}

fn of(row: &str, column: &str) -> Formula {
    Formula::cell("chi-tieu", row, column)
}

fn count(id: &str) -> Formula {
    Formula::CountNumbers(Box::new(column_of(id)))
}

fn reported(pick: impl Fn(&Unit) -> Option<i64>) -> (i64, i64) {
    let known: Vec<i64> = UNITS.iter().filter_map(pick).collect();
    (known.iter().sum(), known.len() as i64)
}

fn overview() -> Section {
    let (people, _) = reported(|u| u.2);
    let (trained, _) = reported(|u| u.3);
    let share = Decimal::from(trained) * Decimal::ONE_HUNDRED / Decimal::from(people);
    let bar = |row: &str, label: &str, value: Option<Decimal>, target: i64| Bar {
        label: label.into(),
        value,
        printed: String::new(),
        places: 2,
        bounds: None,
        target: Some(target.into()),
        limit: "",
        tone: Tone::Plain,
        cells: Some(BarCells {
            table: "chi-tieu".into(),
            row: row.into(),
            label: "ten".into(),
            value: "ty-le".into(),
            target: "muc-tieu".into(),
            highest: "ty-le".into(),
            verdict: "danh-gia".into(),
        }),
    };
    section(
        "tong-quan",
        "Tổng quan kết quả xây dựng xã hội học tập năm 2024 so với mục tiêu của Kế hoạch giai đoạn 2021–2030",
        "Tổng quan",
        vec![
            Block::KeyFigures(vec![
                KeyFigure::new("Đơn vị đã báo cáo", Shown::Text("14/15".into()), Tone::Open),
                KeyFigure::new("Chỉ tiêu đạt", Shown::Count(1.into()), Tone::Good),
                KeyFigure::new("Chỉ tiêu chưa đạt", Shown::Count(1.into()), Tone::Bad),
                KeyFigure::new("Người trong độ tuổi lao động được trang bị năng lực thông tin", Shown::Percent(share, 2), Tone::Plain),
                KeyFigure::new("Người trong độ tuổi lao động", Shown::Count(people.into()), Tone::Plain),
                KeyFigure::new("Công dân học tập", Shown::Missing("chưa báo cáo".into()), Tone::Quiet),
                KeyFigure::new("Ngày chốt số liệu", Shown::Date(NaiveDate::from_ymd_opt(2024, 12, 9).unwrap()), Tone::Plain),
            ]),
            Block::Heading { level: 1, text: "I. NHẬN ĐỊNH CHUNG".into() },
            Block::paragraph("Ban Chỉ đạo các cấp đã tập trung chỉ đạo, hướng dẫn các cơ quan, đơn vị, địa phương triển khai thực hiện các nhiệm vụ, giải pháp của Kế hoạch; công tác tuyên truyền được thực hiện thường xuyên, bằng nhiều hình thức phù hợp với từng đối tượng, từng địa bàn. Đến thời điểm báo cáo, còn một huyện chưa gửi báo cáo; số liệu của đơn vị này không được tính vào kết quả chung của tỉnh và được nêu rõ ở từng chỉ tiêu."),
            Block::Points(vec![
                "Chỉ tiêu về xóa mù chữ: 13/15 đơn vị đạt chuẩn mức độ 2.".into(),
                "Chỉ tiêu về năng lực thông tin vượt mục tiêu đề ra cho năm 2025, song chênh lệch giữa các địa phương còn lớn; đề nghị các huyện có tỷ lệ dưới 45% rà soát lại cách thống kê và tăng cường mở lớp.".into(),
            ]),
            Block::Heading { level: 2, text: "1. Kết quả so với mục tiêu".into() },
            Block::Chart(Chart {
                id: "bieu-do".into(),
                caption: "Kết quả các chỉ tiêu so với mục tiêu năm 2025".into(),
                alternative: "Biểu đồ thanh ngang: mỗi chỉ tiêu có một thanh kết quả và một thanh mục tiêu.".into(),
                kind: ChartKind::BarsAgainstTarget(vec![
                    bar("1.1", "1.1 Xóa mù chữ mức độ 2", Some(Decimal::from(1300) / Decimal::from(15)), 100),
                    bar("2.1", "2.1 Năng lực thông tin", Some(share), 50),
                    bar("2.2", "2.2 Kỹ năng sống", None, 50),
                ]),
            }),
        ],
    )
}

fn indicators() -> Section {
    let heads = vec![
        column("stt", "STT", 0.6, Align::Center),
        column("ten", "Chỉ tiêu", 4.0, Align::Left),
        under("Kết quả năm 2024", column("tu", "Tử số", 1.1, Align::Right)),
        under("Kết quả năm 2024", column("mau", "Mẫu số", 1.1, Align::Right)),
        under("Kết quả năm 2024", column("ty-le", "Tỷ lệ (%)", 1.0, Align::Right)),
        under("Mục tiêu năm 2025", column("muc-tieu", "Mục tiêu (%)", 1.0, Align::Right)),
        under("Mục tiêu năm 2025", column("can", "Số cần đạt", 1.1, Align::Right)),
        column("danh-gia", "Đánh giá", 1.3, Align::Center),
        column("bao-cao", "Số đơn vị báo cáo", 1.0, Align::Center),
    ];
    let group = |id: &str, words: &str| row(id, Role::Group, vec![Cell::text(words)]);
    let holds = Formula::CountEqual(Box::new(column_of("chuan")), Box::new(text("Đạt")));
    let rows = vec![
        group("nhom-1", "1. Xóa mù chữ và phổ cập giáo dục"),
        indicator(
            "1.1",
            "Tỷ lệ huyện, thị xã, thành phố đạt chuẩn xóa mù chữ mức độ 2",
            Some(13),
            Some(15),
            100,
            14,
            [
                holds,
                Formula::Number(15.into()),
                Formula::binary(
                    Formula::Number(15.into()),
                    Operator::Subtract,
                    Formula::CountEqual(Box::new(column_of("chuan")), Box::new(text(""))),
                ),
            ],
        ),
        group("nhom-2", "2. Năng lực thông tin và kỹ năng sống"),
        indicator(
            "2.1",
            "Tỷ lệ người trong độ tuổi lao động được trang bị năng lực thông tin",
            Some(reported(|u| u.3).0),
            Some(reported(|u| u.2).0),
            50,
            reported(|u| u.2).1,
            [
                Formula::sum_of("so-lieu", "nltt-dat"),
                Formula::sum_of("so-lieu", "lao-dong"),
                count("lao-dong"),
            ],
        ),
        indicator(
            "2.2",
            "Tỷ lệ người trong độ tuổi lao động được trang bị kỹ năng sống",
            None,
            None,
            50,
            0,
            [Formula::sum_of("so-lieu", "kns-dat"), Formula::sum_of("so-lieu", "lao-dong"), count("kns-dat")],
        ),
    ];
    let table = Table {
        id: "chi-tieu".into(),
        caption: Some("Bảng 1. Kết quả thực hiện các chỉ tiêu so với mục tiêu năm 2025".into()),
        columns: heads,
        rows,
        notes: vec!["Tỷ lệ của tỉnh bằng tổng tử số chia cho tổng mẫu số của các đơn vị có báo cáo, không phải bình quân các tỷ lệ.".into()],
    };
    section("chi-tieu", "Kết quả thực hiện các chỉ tiêu năm 2024", "Chỉ tiêu", vec![Block::Table(table)])
}

/// A row whose figures all follow from the figures sheet; `None` counts mean that nobody reported.
fn indicator(
    id: &str,
    title: &str,
    numerator: Option<i64>,
    denominator: Option<i64>,
    target: i64,
    units: i64,
    [n, d, reporting]: [Formula; 3],
) -> Row {
    let nobody = || Formula::binary(of(id, "bao-cao"), Operator::Equal, Formula::Number(0.into()));
    let unless_nobody = |formula: Formula| Formula::when(nobody(), text(""), formula);
    let times_100 = |f: Formula| Formula::binary(f, Operator::Multiply, Formula::Number(100.into()));
    let figure =
        |n: Option<i64>| n.map_or(Shown::Missing("chưa báo cáo".into()), |n| Shown::Count(n.into()));
    let both = numerator.zip(denominator);
    let share = both.map(|(n, d)| Decimal::from(n * 100) / Decimal::from(d));
    let met = both.map(|(n, d)| n * 100 >= d * target);
    let reached = Formula::binary(
        times_100(of(id, "tu")),
        Operator::AtLeast,
        Formula::binary(of(id, "muc-tieu"), Operator::Multiply, of(id, "mau")),
    );
    let verdict = Formula::when(
        nobody(),
        text("Chưa có số liệu"),
        Formula::when(reached, text("Đạt"), text("Chưa đạt")),
    );
    let (word, tone) = match met {
        Some(true) => ("Đạt", Tone::Good),
        Some(false) => ("Chưa đạt", Tone::Bad),
        None => ("Chưa có số liệu", Tone::Open),
    };
    let needed = Formula::Ceil(Box::new(Formula::binary(
        Formula::binary(of(id, "muc-tieu"), Operator::Divide, Formula::Number(100.into())),
        Operator::Multiply,
        of(id, "mau"),
    )));
    row(
        id,
        Role::Body,
        vec![
            Cell::text(id),
            Cell::text(title),
            Cell::plain(figure(numerator)).follows(unless_nobody(n)),
            Cell::plain(figure(denominator)).follows(unless_nobody(d)),
            Cell::plain(
                share.map_or(Shown::Missing("chưa báo cáo".into()), |share| Shown::Percent(share, 2)),
            )
            .follows(unless_nobody(Formula::binary(
                times_100(of(id, "tu")),
                Operator::Divide,
                of(id, "mau"),
            ))),
            Cell::plain(Shown::Percent(target.into(), 0)),
            Cell::plain(figure(denominator.map(|d| (d * target + 99) / 100))).follows(unless_nobody(needed)),
            Cell::text(word).toned(tone).follows(verdict),
            Cell::count(units).follows(reporting),
        ],
    )
}

fn figures() -> Section {
    let figure = |value: Option<i64>| match value {
        Some(n) => Cell::count(n),
        None => Cell::plain(Shown::Missing("chưa báo cáo".into())),
    };
    let mut rows = vec![row("cac-huyen", Role::Group, vec![Cell::text("Các huyện, thị xã, thành phố")])];
    for (i, (code, name, people, trained, standard)) in UNITS.into_iter().enumerate() {
        rows.push(row(
            code,
            Role::Body,
            vec![
                Cell::count(i as i64 + 1),
                Cell::text(code),
                Cell::text(name),
                standard.map_or(Cell::plain(Shown::Blank), |s| {
                    Cell::text(s).toned(if s == "Đạt" { Tone::Good } else { Tone::Bad })
                }),
                figure(people),
                figure(trained),
                Cell::plain(Shown::Blank),
                figure(None),
            ],
        ));
    }
    let total = |id: &str, value: i64| Cell::count(value).follows(Formula::sum_of("so-lieu", id));
    rows.push(row(
        "tong",
        Role::Total,
        vec![
            Cell::plain(Shown::Blank),
            Cell::plain(Shown::Blank),
            Cell::text("Toàn tỉnh"),
            Cell::plain(Shown::Blank),
            total("lao-dong", reported(|u| u.2).0),
            total("nltt-dat", reported(|u| u.3).0),
            Cell::plain(Shown::Blank),
            total("kns-dat", 0),
        ],
    ));
    let people = "Người trong độ tuổi lao động";
    let table = Table {
        id: "so-lieu".into(),
        caption: Some("Bảng 2. Số liệu các đơn vị báo cáo".into()),
        columns: vec![
            column("stt", "STT", 0.6, Align::Center),
            column("ma", "Mã", 0.7, Align::Center),
            column("ten", "Đơn vị", 1.8, Align::Left),
            column("chuan", "Đạt chuẩn xóa mù chữ mức độ 2", 1.4, Align::Center),
            under(people, column("lao-dong", "Tổng số", 1.2, Align::Right)),
            under(people, column("nltt-dat", "Được trang bị năng lực thông tin", 1.5, Align::Right)),
            under(people, column("nltt-nu", "Trong đó: nữ", 1.0, Align::Right)),
            under(people, column("kns-dat", "Được trang bị kỹ năng sống", 1.5, Align::Right)),
        ],
        rows,
        notes: vec!["Thạnh Hóa: đơn vị ghi “không”, được hiểu là số 0.".into()],
    };
    section("so-lieu", "Số liệu theo đơn vị", "Số liệu 'gốc'", vec![Block::Table(table)])
}

fn matrix() -> Section {
    let ids =
        ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "4.1", "4.2"];
    let mut columns =
        vec![column("stt", "STT", 0.6, Align::Center), column("ten", "Đơn vị", 1.8, Align::Left)];
    for id in ids {
        let over = [
            "",
            "Xóa mù chữ và phổ cập giáo dục",
            "Năng lực, kỹ năng và trình độ",
            "Chuyển đổi số",
            "Mô hình học tập",
        ];
        let group = id[..1].parse::<usize>().unwrap();
        columns.push(under(over[group], column(id, id, 1.0, Align::Center)));
    }
    let rows = UNITS.iter().enumerate().map(|(i, (code, name, people, ..))| {
        let mut cells = vec![Cell::count(i as i64 + 1), Cell::text(*name)];
        cells.extend(ids.iter().enumerate().map(|(j, _)| match (people, (i * 7 + j * 5) % 11) {
            (None, _) => Cell::plain(Shown::Missing("chưa báo cáo".into())),
            (_, 0) => Cell::text("Chưa đạt").toned(Tone::Bad),
            (_, 1) => Cell::text("Phụ thuộc").toned(Tone::Open),
            (_, n) => Cell::plain(Shown::Percent(Decimal::new(5000 + (n as i64) * 437 + i as i64, 2), 2)),
        }));
        row(code, Role::Body, cells)
    });
    let table = Table { id: "ma-tran".into(), caption: None, columns, rows: rows.collect(), notes: vec![] };
    section(
        "ma-tran",
        "Ma trận kết quả theo đơn vị và chỉ tiêu",
        "Ma trận",
        vec![
            Block::paragraph(
                "Mỗi ô là tỷ lệ phần trăm đơn vị đạt được ở chỉ tiêu tương ứng, hoặc kết luận khi chỉ tiêu được xét theo danh hiệu.",
            ),
            Block::Table(table),
            Block::Chart(Chart {
                id: "bieu-do-don-vi".into(),
                caption: "Ba đơn vị có tỷ lệ cao nhất".into(),
                alternative: "Biểu đồ thanh.".into(),
                kind: ChartKind::BarsAgainstTarget(
                    [("Tân An", Some(6837)), ("Đức Hòa", Some(6075)), ("Mộc Hóa", None)]
                        .map(|(label, value)| Bar {
                            label: label.into(),
                            value: value.map(|v| Decimal::new(v, 2)),
                            printed: String::new(),
                            places: 2,
                            bounds: None,
                            target: Some(50.into()),
                            limit: "",
                            tone: Tone::Plain,
                            cells: None,
                        })
                        .into(),
                ),
            }),
        ],
    )
}

fn submissions() -> Section {
    let rows = UNITS.iter().flat_map(|u| [u, u]).enumerate().map(|(i, (code, name, people, ..))| {
        let received = NaiveDate::from_ymd_opt(2024, 11, 10 + (i as u32 % 20)).unwrap();
        row(
            &format!("{code}-{i}"),
            Role::Body,
            vec![
                Cell::count(i as i64 + 1),
                Cell::text(*name),
                Cell::text(format!("hop-thu/{code}-bao-cao-xhht-2024 (bản {}).xlsx", i % 2 + 1)),
                match people {
                    Some(_) => Cell::plain(Shown::Date(received)),
                    None => Cell::plain(Shown::Missing("chưa nhận".into())),
                },
                Cell::text(if i % 2 == 0 { "Bản cũ" } else { "Được dùng" }).toned(if i % 2 == 0 {
                    Tone::Quiet
                } else {
                    Tone::Good
                }),
                Cell::text("3f9a0c41d2e8b7564f10"),
            ],
        )
    });
    let table = Table {
        id: "tep".into(),
        caption: None,
        columns: vec![
            column("stt", "STT", 0.6, Align::Center),
            column("ten", "Đơn vị", 1.8, Align::Left),
            column("tep", "Tệp", 4.0, Align::Left),
            column("ngay", "Ngày nhận", 1.2, Align::Center),
            column("dung", "Sử dụng", 1.2, Align::Center),
            column("sha", "Dấu vân tay tệp", 2.4, Align::Left),
        ],
        rows: rows.collect(),
        notes: vec![],
    };
    section("tep", "Tình hình gửi báo cáo", "Tình hình gửi", vec![Block::Table(table)])
}

fn findings() -> Section {
    let finding = |code: Code, severity: Severity, unit: &str, cell: &str, typed: &str| {
        Finding {
        code: code.into(),
        severity,
        unit: Some(UnitCode(unit.into())),
        year: Some(2024),
        origin: Some(Origin::cell(format!("hop-thu/{unit}-bao-cao.xlsx"), "Năng lực thông tin", cell)),
        fields: Vec::new(),
        kept_out: Default::default(),
        label: Some("Người trong độ tuổi lao động được trang bị năng lực thông tin – tổng số".into()),
        typed: Some(typed.into()),
        read: None,
        expected: Some("Số nguyên không âm, ví dụ 12.345".into()),
        cause: "Ô có chữ lẫn với số nên không thể hiểu chắc chắn là số nào; chương trình không đoán.".into(),
        cure: "Chỉ ghi số trong ô, phần giải thích ghi ở cột Ghi chú. Ví dụ: ghi 12345, không ghi “khoảng 12 nghìn”.".into(),
        effect: "Giá trị không được dùng.".into(),
    }
    };
    let shown = vec![
        finding(Code::C003, Severity::Error, "798", "D7", "khoảng 12 nghìn"),
        finding(
            Code::C003,
            Severity::Error,
            "805",
            "D7:D9, F7",
            "=HYPERLINK(\"http://example.invalid\";\"bấm vào đây\")",
        ),
        finding(Code::C010, Severity::Confirm, "800", "E12", "+CMD|' /C calc'!A0"),
        finding(Code::C011, Severity::Fixed, "796", "E12", "http://example.invalid/x\u{1}\u{8}_x0041_"),
        finding(Code::C019, Severity::Info, "794", "B2", "12.345"),
    ];
    section(
        "phat-hien",
        "Các vấn đề phát hiện trong số liệu",
        "Phát hiện",
        vec![
            Block::Paragraph(
                "Đề nghị các đơn vị kiểm tra, bổ sung và gửi lại trước ngày 15 tháng 12 năm 2024.".into(),
            ),
            Block::Findings { shown, total: 1_204, names: std::collections::BTreeMap::new() },
        ],
    )
}

/// A section for the printed report only; the workbook must not have it.
fn body_only() -> Section {
    Section {
        id: "kien-nghi".into(),
        title: "KIẾN NGHỊ".into(),
        place: Place::Body,
        sheet: None,
        blocks: vec![Block::paragraph("Không.")],
    }
}
