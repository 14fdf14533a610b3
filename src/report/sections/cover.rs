//! The first sheet: whose workbook this is, how to read it, and where everything stands.

use crate::report::format::date;
use crate::report::model::{Align, Block, Cell, Column, Link, Place, Role, Row, Section, Table};
use crate::report::scene::Scene;

/// The cover of a workbook of these sections.
pub(super) fn section(scene: &Scene<'_>, sections: &[Section]) -> Section {
    let (plan, results) = (scene.plan, scene.results);
    let columns = vec![
        Column::ordinal("TT", 0.6),
        Column::new("trang", "Trang", 2.2, Align::Left),
        Column::new("noi-dung", "Nội dung", 6.4, Align::Left),
    ];
    let sheets = sections.iter().filter_map(|section| Some((section, section.sheet.as_ref()?)));
    let rows = sheets
        .zip(1_u64..)
        .map(|((section, tab), number)| Row {
            id: section.id.as_str().into(),
            role: Role::Body,
            cells: vec![
                Cell::count(number),
                Cell::text(tab).leads_to(Link::Section(section.id.clone())),
                Cell::text(&section.title),
            ],
        })
        .collect();
    let contents = Table {
        id: "muc-luc".into(),
        caption: Some("Các trang của sổ (bấm vào tên trang để mở)".into()),
        columns,
        rows,
        notes: Vec::new(),
    };
    let reading = [
        "Trang Tổng quan dành cho lãnh đạo; trang Chỉ tiêu nêu tử số, mẫu số, số cần đạt và khoảng giá trị; các trang Nhóm nêu đủ số liệu của từng đơn vị.",
        "Chữ số màu xanh là số do đơn vị báo cáo; chữ số màu đen là kết quả tự tính. Sửa một số màu xanh ở trang Nhóm thì mọi tổng, tỷ lệ, thứ hạng, đánh giá và biểu đồ thay đổi theo. Sổ không đặt mật khẩu.",
        "Bấm vào một số ở trang Nhóm hoặc trang Số liệu để đến dòng của nó ở trang Đóng góp; ở đó bấm vào địa chỉ ô để mở ô gốc mà đơn vị đã ghi.",
        "Số liệu thiếu không được coi là 0. “Chưa xác định” nghĩa là đạt hay chưa đạt còn phụ thuộc số liệu còn thiếu.",
    ];
    Section {
        id: "bia".into(),
        title: format!("SỔ TỔNG HỢP KẾT QUẢ {} NĂM {}", plan.names.scheme_in_capitals(), results.year),
        place: Place::Sheet,
        sheet: Some("Bìa".into()),
        blocks: vec![
            Block::Paragraph(format!("Cơ quan: {}.", plan.letter.issuer)),
            Block::Paragraph(format!("Nơi tổng hợp: {}.", plan.letter.secretariat)),
            Block::Paragraph(format!("Kế hoạch: {}.", plan.title)),
            Block::Paragraph(format!(
                "Năm báo cáo {}; số liệu chốt ngày {}.",
                results.year,
                date(results.as_of)
            )),
            Block::Heading { level: 2, text: "Cách đọc".into() },
            Block::Points(reading.map(str::to_owned).to_vec()),
            Block::Table(contents),
        ],
    }
}
