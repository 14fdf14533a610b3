//! The sheets “Lời nhắn”, words ready to be pasted, and “Gọi điện”, one page to read out.

use super::look::{Cell, Columns, Look, Table};
use super::words::{Message, to_say};
use crate::plan::Plan;
use crate::season::Season;
use rust_xlsxwriter::{Worksheet, XlsxError};
use vietnamese::display::capitalised;

const MESSAGES: &str = "Lời nhắn";
const CALLS: &str = "Gọi điện";
const COLUMNS: &Columns = &[
    ("STT", 6.0),
    ("Mã đơn vị", 9.0),
    ("Đơn vị", 20.0),
    ("Việc", 20.0),
    ("Thư điện tử", 22.0),
    ("Điện thoại", 14.0),
    ("Tiêu đề thư", 26.0),
    ("Nội dung (chép cả ô, dán vào thư hoặc Zalo)", 90.0),
];
const CALL_COLUMNS: &Columns = &[
    ("STT", 6.0),
    ("Đơn vị", 24.0),
    ("Người liên hệ", 20.0),
    ("Điện thoại", 15.0),
    ("Cần nói", 62.0),
    ("Trả lời, hẹn ngày", 26.0),
];
/// How many units one page holds.
const MOST_CALLED: usize = 14;

pub(super) fn write(
    worksheet: &mut Worksheet,
    look: &Look,
    plan: &Plan,
    season: &Season,
) -> Result<(), XlsxError> {
    let title = format!("LỜI NHẮN GỬI CÁC ĐƠN VỊ, NĂM {}", season.year);
    let about = "Mỗi đơn vị còn việc phải làm có một lời nhắn; cùng nội dung ấy có trong thư mục nhac, mỗi đơn vị một tệp .txt.";
    let mut table = Table::begin(worksheet, look, MESSAGES, &title, &[about], COLUMNS)?;
    let mut number = 0;
    for unit in &season.units {
        let Some(message) = Message::to_unit(plan, season, unit) else { continue };
        number += 1;
        table.row(&[
            Cell::Count(number),
            Cell::Short(unit.code.as_str()),
            Cell::Words(&capitalised(&unit.name)),
            Cell::Short(unit.stage.vietnamese()),
            Cell::Words(unit.contact.email.as_deref().unwrap_or_default()),
            Cell::Words(unit.contact.phone.as_deref().unwrap_or_default()),
            Cell::Words(&message.subject),
            Cell::Long(&message.text),
        ])?;
    }
    table.end(MESSAGES, 8)
}

pub(super) fn write_calls(worksheet: &mut Worksheet, look: &Look, season: &Season) -> Result<(), XlsxError> {
    let title = format!("GỌI ĐIỆN ĐÔN ĐỐC, NĂM {}", season.year);
    let called: Vec<_> = season.units.iter().filter_map(|unit| Some((unit, to_say(season, unit)?))).collect();
    let about = match called.len() {
        0 => "Không còn đơn vị nào phải gọi.".to_owned(),
        all if all > MOST_CALLED => format!(
            "{MOST_CALLED} đơn vị nên gọi trước, theo thứ tự; {} đơn vị khác xem trang “Tình hình”. Cột cuối để ghi tay.",
            all - MOST_CALLED
        ),
        all => format!("{all} đơn vị, theo thứ tự nên gọi trước. Cột cuối để ghi tay."),
    };
    let mut table = Table::begin(worksheet, look, CALLS, &title, &[&about], CALL_COLUMNS)?;
    for (number, (unit, words)) in (1..).zip(called.iter().take(MOST_CALLED)) {
        table.row(&[
            Cell::Count(number),
            Cell::Words(&capitalised(&unit.name)),
            Cell::Words(unit.contact.name.as_deref().unwrap_or_default()),
            Cell::Words(unit.contact.phone.as_deref().unwrap_or_default()),
            Cell::Words(words),
            Cell::Words(""),
        ])?;
    }
    table.end_on_one_page(CALLS, 6)
}
