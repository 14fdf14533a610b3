//! A whole report as a province would sign it, with figures of our own making.
#![allow(dead_code, missing_docs, clippy::unwrap_used)] // each test binary uses some of it

use chrono::NaiveDate;
use rust_decimal::Decimal;
use xhht::domain::UnitCode;
use xhht::finding::{Code, Finding, Origin};
use xhht::report::model::*;

pub const UNITS: [&str; 15] = [
    "Tân An",
    "Kiến Tường",
    "Tân Hưng",
    "Vĩnh Hưng",
    "Mộc Hóa",
    "Tân Thạnh",
    "Thạnh Hóa",
    "Đức Huệ",
    "Đức Hòa",
    "Bến Lức",
    "Thủ Thừa",
    "Tân Trụ",
    "Cần Đước",
    "Cần Giuộc",
    "Châu Thành",
];

/// Number, wording, target, result in hundredths, tone.
const INDICATORS: [(&str, &str, i64, Option<i64>, Tone); 14] = [
    ("1.1", "Huyện đạt chuẩn xóa mù chữ mức độ 2", 100, Some(10_000), Tone::Good),
    ("1.2", "Huyện đạt chuẩn phổ cập giáo dục mầm non cho trẻ em mẫu giáo", 70, Some(7_333), Tone::Good),
    ("1.3", "Huyện đạt chuẩn phổ cập giáo dục tiểu học mức độ 3", 100, Some(9_333), Tone::Bad),
    ("1.4", "Huyện đạt chuẩn phổ cập giáo dục trung học cơ sở mức độ 2", 100, Some(10_000), Tone::Good),
    ("1.5", "Huyện đạt chuẩn phổ cập giáo dục trung học cơ sở mức độ 3", 85, Some(8_000), Tone::Bad),
    ("2.1", "Người trong độ tuổi lao động được trang bị năng lực thông tin", 50, Some(4_999), Tone::Bad),
    ("2.2", "Người trong độ tuổi lao động được trang bị kỹ năng sống", 50, Some(5_212), Tone::Good),
    (
        "2.3",
        "Dân số từ 15 tuổi trở lên được đào tạo trình độ chuyên môn kỹ thuật",
        50,
        Some(4_875),
        Tone::Open,
    ),
    ("2.4", "Dân số từ 15 tuổi trở lên có trình độ đại học trở lên", 12, Some(1_140), Tone::Bad),
    ("3.1", "Trường đại học triển khai đại học số và học liệu số", 70, Some(5_000), Tone::Bad),
    ("3.2", "Cơ sở giáo dục quản lý, dạy và học trên môi trường số", 60, Some(6_127), Tone::Good),
    (
        "3.3",
        "Trung tâm Văn hóa - Thể thao và Học tập cộng đồng ứng dụng công nghệ thông tin",
        70,
        Some(7_180),
        Tone::Good,
    ),
    ("4.1", "Công dân đạt danh hiệu công dân học tập", 40, Some(3_904), Tone::Open),
    ("4.2", "Huyện được công nhận danh hiệu huyện học tập", 25, None, Tone::Quiet),
];

fn hundredths(n: i64) -> Decimal {
    Decimal::new(n, 2)
}

fn percent(n: i64) -> Cell {
    Cell::plain(Shown::Percent(hundredths(n), 2))
}

fn column(title: &str, over: Option<&str>, width: f32, align: Align) -> Column {
    Column { over: over.map(str::to_owned), ..Column::new(title, title, width, align) }
}

fn row(role: Role, cells: Vec<Cell>) -> Row {
    Row { id: "".into(), role, cells }
}

pub fn letter() -> Letter {
    Letter {
        superior: None,
        issuer: "Ủy ban nhân dân tỉnh Long An".into(),
        symbol: "BC-UBND".into(),
        place: "Long An".into(),
        as_of: NaiveDate::from_ymd_opt(2024, 12, 5).unwrap(),
        dated: Some(NaiveDate::from_ymd_opt(2024, 12, 5).unwrap()),
        kind: "BÁO CÁO".into(),
        subject: "Kết quả thực hiện Đề án “Xây dựng xã hội học tập giai đoạn 2021-2030” trên địa bàn tỉnh Long An năm 2024".into(),
        addressee: "Bộ Giáo dục và Đào tạo".into(),
        authority: vec!["TM. ỦY BAN NHÂN DÂN".into(), "KT. CHỦ TỊCH".into(), "PHÓ CHỦ TỊCH".into()],
        signer: "Nguyễn Thị Thuận Hòa".into(),
        recipients: vec![
            "Bộ Giáo dục và Đào tạo".into(),
            "Thường trực Tỉnh ủy, Thường trực HĐND tỉnh".into(),
            "Chủ tịch, các Phó Chủ tịch UBND tỉnh".into(),
            "Các sở, ban, ngành, đoàn thể tỉnh".into(),
            "UBND các huyện, thị xã, thành phố".into(),
            "Lưu: VT, SGDĐT".into(),
        ],
        year: 2024,
        province: "tỉnh Long An".into(),
    }
}

pub fn indicator_table() -> Table {
    let mut rows = Vec::new();
    for (i, (number, title, target, result, tone)) in INDICATORS.into_iter().enumerate() {
        let group = match i {
            0 => Some("Xóa mù chữ và phổ cập giáo dục"),
            5 => Some("Năng lực cơ bản và trình độ của người dân"),
            9 => Some("Hiệu quả hoạt động của các cơ sở giáo dục"),
            12 => Some("Các mô hình học tập trong xã hội"),
            _ => None,
        };
        if let Some(group) = group {
            rows.push(row(Role::Group, vec![Cell::text(group)]));
        }
        let verdict = match tone {
            Tone::Good => "Đạt",
            Tone::Bad => "Chưa đạt",
            Tone::Open => "Chưa kết luận được",
            _ => "Chưa có tiêu chí",
        };
        let result = result.map_or_else(|| Cell::plain(Shown::Missing("chưa báo cáo".into())), percent);
        rows.push(row(
            Role::Body,
            vec![
                Cell::text(number),
                Cell::text(title),
                Cell::plain(Shown::Percent(target.into(), 0)),
                Cell::plain(Shown::Percent(hundredths(target * 91), 2)),
                result.toned(tone),
                Cell::text(verdict).toned(tone),
            ],
        ));
    }
    Table {
        id: "chi-tieu".into(),
        caption: Some("Bảng 1. Kết quả thực hiện 14 chỉ tiêu năm 2024 so với mục tiêu đến năm 2025".into()),
        columns: vec![
            column("Số", None, 0.7, Align::Center),
            column("Chỉ tiêu", None, 5.0, Align::Left),
            column("Mục tiêu 2025", None, 1.3, Align::Right),
            column("Năm 2023", Some("Kết quả"), 1.3, Align::Right),
            column("Năm 2024", Some("Kết quả"), 1.3, Align::Right),
            column("Đánh giá", None, 1.6, Align::Center),
        ],
        rows,
        notes: vec![
            "Ghi chú: kết quả của tỉnh là tổng tử số chia cho tổng mẫu số của các đơn vị đã báo cáo, không phải trung bình cộng các tỷ lệ.".into(),
            "Chỉ tiêu 4.2 tính từ khi có tiêu chí công nhận (tháng 02 năm 2024).".into(),
        ],
    }
}

pub fn matrix(count: usize) -> Table {
    let mut columns = vec![column("TT", None, 0.6, Align::Center), column("Đơn vị", None, 2.2, Align::Left)];
    let groups = ["Xóa mù chữ, phổ cập giáo dục", "Năng lực, trình độ", "Cơ sở giáo dục", "Mô hình học tập"];
    for (i, (number, ..)) in INDICATORS.iter().enumerate() {
        let group = if i < 5 {
            0
        } else if i < 9 {
            1
        } else if i < 12 {
            2
        } else {
            3
        };
        columns.push(column(number, Some(groups[group]), 1.0, Align::Right));
    }
    let mut rows = Vec::new();
    for i in 0..count {
        let name =
            if count == UNITS.len() { UNITS[i].to_owned() } else { format!("{} {}", UNITS[i % 15], i + 1) };
        let mut cells = vec![Cell::count((i + 1) as u64), Cell::text(name)];
        for j in 0..14_i64 {
            let k = (i as i64 * 37 + j * 53) % 97;
            cells.push(match (k, j) {
                (3 | 41, _) => Cell::plain(Shown::Missing("chưa báo cáo".into())).toned(Tone::Bad),
                (_, 0..5) => Cell::text(if k > 20 { "Đạt" } else { "Chưa" }).toned(if k > 20 {
                    Tone::Good
                } else {
                    Tone::Bad
                }),
                (k, _) => percent(10_000 - k * 83),
            });
        }
        rows.push(row(Role::Body, cells));
    }
    let mut total = vec![Cell::plain(Shown::Blank), Cell::text("Toàn tỉnh")];
    total.extend(INDICATORS.iter().map(|(_, _, _, result, tone)| match result {
        Some(result) => percent(*result).toned(*tone),
        None => Cell::plain(Shown::Missing("–".into())),
    }));
    rows.push(row(Role::Total, total));
    Table {
        id: format!("don-vi-{count}").into(),
        caption: None,
        columns,
        rows,
        notes: vec![
            "Đơn vị tính: %. Chữ đậm: chưa đạt; chữ nghiêng: chưa có số liệu hoặc chưa kết luận được.".into(),
        ],
    }
}

pub fn chart() -> Chart {
    Chart {
        id: "so-sanh".into(),
        caption: "Biểu đồ 1. Kết quả năm 2024 so với mục tiêu đến năm 2025".into(),
        alternative: "Bảy trong mười bốn chỉ tiêu đã đạt mục tiêu.".into(),
        kind: ChartKind::BarsAgainstTarget(
            INDICATORS
                .into_iter()
                .map(|(number, title, target, result, tone)| Bar {
                    label: format!("{number}. {title}"),
                    value: result.map(hundredths),
                    printed: result.map_or("chưa báo cáo".into(), |r| {
                        xhht::report::format::value(&Shown::Percent(hundredths(r), 2))
                    }),
                    places: 2,
                    bounds: (tone == Tone::Open).then(|| {
                        let r = result.unwrap_or(0);
                        (hundredths(r - 310), hundredths(r + 590))
                    }),
                    target: Some(target.into()),
                    limit: "",
                    tone,
                    cells: None,
                })
                .collect(),
        ),
    }
}

pub fn findings(count: usize) -> Vec<Finding> {
    let mut findings: Vec<Finding> = (0..count)
        .map(|i| {
            let unit = UnitCode(format!("{}", 794 + i % 15).into());
            let file = format!("2024/{}-{}.xlsx", unit, UNITS[i % 15].to_lowercase().replace(' ', "-"));
            let code = [Code::C001, Code::F001, Code::C005, Code::C003, Code::T001][i % 5];
            Finding::new(
                code,
                format!("Ô ghi “1.2{i}4,5 người” nhưng trường này cần một số nguyên; giá trị lớn hơn tổng số người trong độ tuổi lao động (98.333)."),
                "Xem lại số liệu gốc rồi ghi lại số nguyên không kèm đơn vị, ví dụ 1234.",
            )
            .of_unit(&unit)
            .in_year(2024)
            .at(Origin::cell(file, "2. Năng lực", format!("D{}:D{}", 7 + i, 9 + i)))
            .label("Số người được trang bị năng lực thông tin")
        })
        .collect();
    findings.sort_by(Finding::order);
    findings
}

fn section(id: &str, title: &str, place: Place, blocks: Vec<Block>) -> Section {
    Section { id: id.into(), title: title.into(), place, sheet: None, blocks }
}

fn paragraph(text: &str) -> Block {
    Block::paragraph(text)
}

fn points(texts: &[&str]) -> Block {
    Block::Points(texts.iter().map(|t| (*t).into()).collect())
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 2, text: text.into() }
}

pub fn report() -> Report {
    let task = |i: usize, title: &str| {
        vec![
            heading(&format!("{i}. {title}")),
            paragraph(
                "Các huyện, thị xã, thành phố đã tổ chức 1.286 cuộc tuyên truyền với 215.430 lượt người tham dự; ban hành 342 văn bản chỉ đạo, hướng dẫn; lồng ghép nội dung xây dựng xã hội học tập vào kế hoạch phát triển kinh tế - xã hội hằng năm của địa phương.",
            ),
            points(&[
                "Kết quả nổi bật: 188/188 xã, phường, thị trấn có Trung tâm Văn hóa - Thể thao và Học tập cộng đồng hoạt động thường xuyên, trong đó 135 trung tâm (71,80%) ứng dụng công nghệ thông tin trong quản lý.",
                "Khó khăn: kinh phí còn hạn hẹp, cán bộ kiêm nhiệm, cơ sở vật chất ở một số xã biên giới chưa bảo đảm.",
            ]),
        ]
    };
    let titles = [
        "Tuyên truyền, phổ biến, nâng cao nhận thức về xây dựng xã hội học tập",
        "Tăng cường sự lãnh đạo, chỉ đạo của các cấp ủy Đảng, công tác quản lý của các cấp chính quyền",
        "Thực hiện các cơ chế, chính sách về xây dựng xã hội học tập",
        "Đẩy mạnh chuyển đổi số và ứng dụng công nghệ thông tin trong các hoạt động học tập suốt đời",
        "Đẩy mạnh các hoạt động dạy và học trong các cơ sở giáo dục",
    ];
    Report {
        letter: letter(),
        shorter: Vec::new(),
        sections: vec![
            section(
                "mo-dau",
                "",
                Place::Body,
                vec![paragraph(
                    "Thực hiện Quyết định số 1373/QĐ-TTg ngày 30 tháng 7 năm 2021 của Thủ tướng Chính phủ phê duyệt Đề án “Xây dựng xã hội học tập giai đoạn 2021-2030”; Nghị quyết số 25/NQ-CP và Kế hoạch của Ủy ban nhân dân tỉnh về việc thực hiện Đề án trên địa bàn tỉnh, Ủy ban nhân dân tỉnh Long An báo cáo kết quả thực hiện năm 2024, số liệu tính đến ngày 05 tháng 12 năm 2024, như sau:",
                )],
            ),
            section(
                "tom-tat",
                "I. Tóm tắt kết quả",
                Place::Body,
                vec![
                    Block::KeyFigures(vec![
                        KeyFigure::new("chỉ tiêu đạt mục tiêu 2025", Shown::Text("6/14".into()), Tone::Plain),
                        KeyFigure::new("đơn vị đã báo cáo", Shown::Text("13/15".into()), Tone::Bad),
                        KeyFigure::new(
                            "chỉ tiêu phụ thuộc đơn vị chưa báo cáo",
                            Shown::Count(2.into()),
                            Tone::Open,
                        ),
                        KeyFigure::new("công dân học tập", Shown::Percent(hundredths(3_904), 2), Tone::Open),
                    ]),
                    paragraph(
                        "Đến thời điểm báo cáo, 13 trong 15 huyện, thị xã, thành phố đã gửi số liệu. Toàn tỉnh đạt 6 trong 14 chỉ tiêu; 5 chỉ tiêu chưa đạt, 2 chỉ tiêu chưa kết luận được vì còn phụ thuộc vào các đơn vị chưa báo cáo. Số liệu chi tiết từng đơn vị ở Phụ lục I, các nội dung cần chỉnh sửa ở Phụ lục III.",
                    ),
                ],
            ),
            section(
                "chi-dao",
                "II. Công tác chỉ đạo, điều hành",
                Place::Body,
                vec![
                    paragraph(
                        "Ban chỉ đạo xây dựng xã hội học tập tỉnh được kiện toàn theo Quyết định số 2404-CV/TU ngày 11/7/2019; 15/15 huyện, thị xã, thành phố và 188/188 xã, phường, thị trấn có ban chỉ đạo và quy chế hoạt động.",
                    ),
                    points(&[
                        "Ban hành 42 văn bản;",
                        "Tổ chức 18 cuộc kiểm tra tại 15 huyện, thị xã, thành phố;",
                        "Tổ chức Tuần lễ hưởng ứng học tập suốt đời từ ngày 01/10 đến ngày 07/10/2024.",
                    ]),
                ],
            ),
            section(
                "ket-qua",
                "III. Kết quả thực hiện mục tiêu",
                Place::Body,
                vec![
                    paragraph(
                        "Kết quả từng chỉ tiêu được so với mục tiêu đến năm 2025 của Kế hoạch. Dấu hiệu đậm là chưa đạt, nghiêng là chưa kết luận được.",
                    ),
                    Block::Table(indicator_table()),
                    Block::Chart(chart()),
                ],
            ),
            section(
                "nhiem-vu",
                "IV. Kết quả thực hiện các nhóm nhiệm vụ",
                Place::Body,
                titles.iter().enumerate().flat_map(|(i, t)| task(i + 1, t)).collect(),
            ),
            section(
                "kinh-phi",
                "V. Kinh phí thực hiện",
                Place::Body,
                vec![
                    paragraph(
                        "Tổng kinh phí thực hiện năm 2024 là 48.215 triệu đồng, trong đó ngân sách nhà nước 31.640 triệu đồng (65,62%), nguồn huy động hợp pháp khác 16.575 triệu đồng (34,38%).",
                    ),
                    Block::Table(Table {
                        id: "kinh-phi".into(),
                        caption: Some("Bảng 2. Kinh phí theo nguồn (triệu đồng)".into()),
                        columns: vec![
                            column("Nguồn", None, 4.0, Align::Left),
                            column("Kế hoạch", None, 1.5, Align::Right),
                            column("Thực hiện", None, 1.5, Align::Right),
                            column("Tỷ lệ", None, 1.2, Align::Right),
                        ],
                        rows: vec![
                            row(
                                Role::Body,
                                vec![
                                    Cell::text("Ngân sách tỉnh"),
                                    Cell::count(18_500),
                                    Cell::count(17_920),
                                    percent(9_686),
                                ],
                            ),
                            row(
                                Role::Body,
                                vec![
                                    Cell::text("Ngân sách huyện, xã"),
                                    Cell::count(14_200),
                                    Cell::count(13_720),
                                    percent(9_662),
                                ],
                            ),
                            row(
                                Role::Body,
                                vec![
                                    Cell::text("Doanh nghiệp, cá nhân, các quỹ"),
                                    Cell::plain(Shown::Blank),
                                    Cell::count(16_575),
                                    Cell::plain(Shown::Missing("không giao kế hoạch".into())),
                                ],
                            ),
                            row(
                                Role::Total,
                                vec![
                                    Cell::text("Tổng cộng"),
                                    Cell::count(32_700),
                                    Cell::count(48_215),
                                    Cell::plain(Shown::Blank),
                                ],
                            ),
                        ],
                        notes: vec![],
                    }),
                ],
            ),
            section(
                "han-che",
                "VI. Hạn chế, nguyên nhân",
                Place::Body,
                vec![points(&[
                    "Tỷ lệ người trong độ tuổi lao động được trang bị năng lực thông tin mới đạt 49,99%, thấp hơn mục tiêu 50% là 0,01 điểm phần trăm;",
                    "Hai đơn vị gửi báo cáo chậm so với thời hạn trước ngày 10 tháng 12 hằng năm;",
                    "Công tác phối hợp giữa các sở, ngành ở một số nội dung chưa thường xuyên.",
                ])],
            ),
            section(
                "phuong-huong",
                "VII. Phương hướng, nhiệm vụ năm 2025",
                Place::Body,
                vec![paragraph(
                    "Tiếp tục thực hiện có hiệu quả Kế hoạch; tập trung các chỉ tiêu chưa đạt; tổ chức sơ kết giai đoạn 2021-2025.",
                )],
            ),
            section(
                "kien-nghi",
                "VIII. Kiến nghị",
                Place::Body,
                vec![
                    paragraph(
                        "Kiến nghị Bộ Giáo dục và Đào tạo sớm ban hành hướng dẫn thống nhất về cách tính tỷ lệ công dân học tập và hỗ trợ phần mềm cập nhật dữ liệu dùng chung cho các địa phương.",
                    ),
                    paragraph(
                        "Trên đây là báo cáo kết quả thực hiện Đề án “Xây dựng xã hội học tập giai đoạn 2021-2030” năm 2024, Ủy ban nhân dân tỉnh Long An kính báo cáo.",
                    ),
                ],
            ),
            section(
                "theo-don-vi",
                "Kết quả từng chỉ tiêu theo huyện, thị xã, thành phố",
                Place::Annex { landscape: true },
                vec![Block::Table(matrix(15))],
            ),
            section(
                "theo-xa",
                "Kết quả theo xã, phường",
                Place::Annex { landscape: true },
                vec![Block::Table(matrix(96))],
            ),
            section(
                "phat-hien",
                "Các nội dung đơn vị cần kiểm tra, chỉnh sửa",
                Place::Annex { landscape: false },
                vec![Block::Findings {
                    shown: findings(40),
                    total: 128,
                    names: std::collections::BTreeMap::new(),
                }],
            ),
            section("chi-so-cai", "Sổ cái", Place::Sheet, vec![paragraph("KHÔNG ĐƯỢC IN")]),
        ],
    }
}

/// A report with the given blocks only.
pub fn with_blocks(blocks: Vec<Block>) -> Report {
    let sections = vec![section("thu", "I. Phép thử", Place::Body, blocks)];
    Report { letter: letter(), sections, shorter: Vec::new() }
}
