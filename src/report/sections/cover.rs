//! The first sheet: whose workbook this is, how to read it, and where everything stands.

use crate::consolidate::history::workbook;
use crate::report::format::date;
use crate::report::model::{
    Align, Block, Cell, Column, ColumnKey, Formula, JudgedBy, Link, Place, Role, Row, RowKey, Section, Shown,
    Table, TableKey,
};
use crate::report::scene::Scene;

/// Id of the table of contents, and of its column of edited cells.
const CONTENTS: TableKey = TableKey::fixed("muc-luc");
const ALL: RowKey = RowKey::fixed("*");
const EDITED: ColumnKey = ColumnKey::fixed("sua-tay");

/// Id of the section.
const COVER: &str = "bia";

/// Lets the heads of the other sheets lead back here, and tell how many of their cells were edited.
pub(super) fn lead_back(sections: &mut [Section]) {
    let all = Formula::cell(CONTENTS, ALL, EDITED);
    for section in sections {
        let Some(tab) = &mut section.sheet else { continue };
        if section.id == COVER {
            tab.edited = Some(Box::new(all.clone()));
            continue;
        }
        tab.back = Some(COVER.to_owned());
        tab.edited = tab.watched.then(|| Box::new(Formula::cell(CONTENTS, section.id.as_str(), EDITED)));
    }
}

/// The cover of a workbook of these sections.
pub(super) fn section(scene: &Scene<'_>, sections: &[Section]) -> Section {
    let results = scene.results;
    let columns = vec![
        Column::ordinal("TT", 0.6),
        Column::new("trang", "Trang", 2.2, Align::Left),
        Column::new("noi-dung", "Nội dung", 6.8, Align::Left),
        Column::new(EDITED, "Ô đã sửa tay", 0.9, Align::Right),
    ];
    let sheets = sections.iter().filter_map(|section| Some((section, &section.sheet.as_ref()?.name)));
    let rows = sheets.zip(1_u64..).map(|((section, tab), number)| Row {
        id: section.id.as_str().into(),
        role: Role::Body,
        cells: vec![
            Cell::count(number),
            Cell::text(tab.as_str()).leads_to(Link::Section(section.id.clone())),
            Cell::text(&section.title),
            match section.sheet.as_ref().is_some_and(|tab| tab.watched) {
                true => Cell::count(0).judged_by(JudgedBy::Zero).follows(Formula::Edited(section.id.clone())),
                false => Cell::plain(Shown::Blank),
            },
        ],
    });
    let mut rows: Vec<Row> = rows.collect();
    let all = Cell::count(0).judged_by(JudgedBy::Zero).follows(Formula::sum_of(CONTENTS, EDITED));
    rows.push(Row {
        id: ALL,
        role: Role::Total,
        cells: vec![
            Cell::plain(Shown::Blank),
            Cell::plain(Shown::Blank),
            Cell::text("Ô đã sửa tay trong cả sổ"),
            all,
        ],
    });
    let contents = Table {
        id: CONTENTS,
        caption: Some("Các trang của sổ (bấm vào tên trang để mở)".into()),
        columns,
        rows,
        notes: Vec::new(),
    };
    let reading = [
        "Trang Tổng quan dành cho lãnh đạo; trang Chỉ tiêu nêu tử số, mẫu số, số cần đạt và khoảng giá trị; các trang Nhóm nêu đủ số liệu của từng đơn vị.",
        "Chữ số màu xanh là số do đơn vị báo cáo; chữ số màu đen là kết quả tự tính. Sửa, điền thêm hay xóa một số ở trang Nhóm thì mọi tổng, tỷ lệ, khoảng giá trị, số đơn vị đã báo cáo, thứ hạng, đánh giá và biểu đồ thay đổi theo. Sổ không đặt mật khẩu.",
        "Ở các trang có đếm ô đã sửa tay (xem bảng dưới đây), ô của bảng không còn đúng như chương trình đã ghi thì có nền tím, tính cả ô công thức bị ghi đè; số ô ấy ghi cả ở đầu trang. Các trang Bài nộp, Nhận xét, Đóng góp, Nguồn, bảng Đơn vị cần lưu ý, thẻ Đơn vị chưa gửi, Lỗi cần sửa, cột Lưu ý và lời ghi chú dưới các bảng ghi lại lần tổng hợp này, không đổi theo số sửa tay.",
        "Bấm vào một số ở trang Nhóm hoặc trang Số liệu để đến dòng của nó ở trang Đóng góp; ở đó bấm vào địa chỉ ô để mở ô gốc mà đơn vị đã ghi.",
        "Số liệu thiếu không được coi là 0. “Chưa xác định” nghĩa là đạt hay chưa đạt còn phụ thuộc số liệu còn thiếu.",
    ];
    let frame = scene.frame();
    Section {
        id: COVER.into(),
        title: format!("SỔ TỔNG HỢP KẾT QUẢ {} NĂM {}", frame.names.scheme_in_capitals(), results.year),
        place: Place::Sheet,
        sheet: Some(workbook::COVER.into()),
        blocks: vec![
            Block::paragraph(format!("Cơ quan: {}.", frame.letter.issuer)),
            Block::paragraph(format!("Nơi tổng hợp: {}.", frame.letter.secretariat)),
            Block::paragraph(format!("{}{}.", workbook::PLAN, frame.title)),
            Block::paragraph(format!(
                "Năm báo cáo {}; số liệu chốt ngày {}.",
                results.year,
                date(results.as_of)
            )),
            Block::Heading { level: 2, text: "Cách đọc".into() },
            Block::Points(reading.map(Into::into).to_vec()),
            Block::Table(contents),
        ],
    }
}
