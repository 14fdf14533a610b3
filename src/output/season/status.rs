//! The sheet “Tình hình”: every unit, first to be chased first.

use super::look::{Cell, Columns, Look, Table};
use crate::check::CameBy;
use crate::season::{Season, Stage, UnitSeason};
use rust_xlsxwriter::{ConditionalFormatText, ConditionalFormatTextRule, Format, Worksheet, XlsxError};
use vietnamese::display::{capitalised, date, first_of};

const SHEET: &str = "Tình hình";
const COLUMNS: &Columns = &[
    ("STT", 6.0),
    ("Mã đơn vị", 10.0),
    ("Đơn vị", 26.0),
    ("Tình trạng", 18.0),
    ("Nộp ngày", 12.0),
    ("Theo", 11.0),
    ("Số bản đã gửi", 9.0),
    ("Lỗi phải sửa", 9.0),
    ("Cần giải trình", 9.0),
    ("Lưu ý", 8.0),
    ("Chỉ tiêu còn chờ", 18.0),
    ("Tệp đang dùng", 34.0),
    ("Người liên hệ", 20.0),
    ("Điện thoại", 15.0),
    ("Thư điện tử", 24.0),
];
/// Columns that are printed: contacts have a sheet of their own.
const PRINTED: u16 = 12;
/// Column of the stage.
const STAGE: u16 = 3;

pub(super) fn write(worksheet: &mut Worksheet, look: &Look, season: &Season) -> Result<(), XlsxError> {
    let title = format!("THEO DÕI KỲ BÁO CÁO NĂM {}", season.year);
    let in_all = in_all(season);
    let how = "Xếp theo thứ tự nên đôn đốc trước. Trang “Cần xử lý” có chỗ gõ quyết định; trang “Lời nhắn” và “Gọi điện” có sẵn lời để gửi, để đọc.";
    let mut table = Table::begin(worksheet, look, SHEET, &title, &[&in_all, how], COLUMNS)?;
    let first = table.next_row();
    for (number, unit) in (1..).zip(&season.units) {
        row(&mut table, number, unit)?;
    }
    let last = table.next_row() - 1;
    if last >= first {
        for (stage, color) in [
            (Stage::Missing, 0xFF_C7CE),
            (Stage::Rejected, 0xFF_C7CE),
            (Stage::ToMend, 0xF8_CBAD),
            (Stage::ToExplain, 0xFF_E699),
            (Stage::Settled, 0xC6_EFCE),
        ] {
            let rule = ConditionalFormatText::new()
                .set_rule(ConditionalFormatTextRule::BeginsWith(stage.vietnamese().to_owned()))
                .set_format(Format::new().set_background_color(color));
            table.worksheet.add_conditional_format(first, STAGE, last, STAGE, &rule)?;
        }
    }
    table.end(SHEET, PRINTED)
}

/// The season in a sentence.
fn in_all(season: &Season) -> String {
    let left = match season.days_left() {
        left if left > 1 => format!("còn {left} ngày đến hạn"),
        1 => "hôm nay là ngày cuối trước hạn".to_owned(),
        0 => "hôm nay đã đến hạn".to_owned(),
        late => format!("quá hạn {} ngày", -late),
    };
    let counts = [
        (season.count(Stage::Settled), "xong"),
        (season.count(Stage::ToMend), "còn lỗi phải sửa"),
        (season.count(Stage::ToExplain), "còn số cần giải trình"),
        (season.count(Stage::Rejected), "gửi tệp chưa dùng được"),
        (season.count(Stage::Missing), "chưa gửi"),
    ];
    let counts: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(n, what)| format!("{n} {what}")).collect();
    format!(
        "Đến ngày {}: {}/{} đơn vị đã có báo cáo dùng được; {}. Hạn gửi là trước ngày {} ({left}).",
        date(season.day),
        season.received(),
        season.units.len(),
        counts.join(", "),
        date(season.due)
    )
}

fn row(table: &mut Table<'_>, number: usize, unit: &UnitSeason) -> Result<(), XlsxError> {
    let stage = match unit.is_late {
        true => format!("{}, gửi muộn", unit.stage.vietnamese()),
        false => unit.stage.vietnamese().to_owned(),
    };
    let by = unit.came.map(|came| match came.by {
        CameBy::Mail => "thư đến",
        CameBy::Saved => "ngày lưu tệp",
        CameBy::Disk => "ngày chép tệp",
    });
    let awaited: Vec<String> = unit.awaited.iter().map(ToString::to_string).collect();
    let contact = &unit.contact;
    let words = |text: &Option<String>| text.clone().unwrap_or_default();
    table.row(&[
        Cell::Count(number),
        Cell::Short(unit.code.as_str()),
        Cell::Words(&capitalised(&unit.name)),
        Cell::Short(&stage),
        Cell::Day(unit.came.map(|came| came.day)),
        Cell::Short(by.unwrap_or_default()),
        Cell::Count(unit.versions),
        Cell::Count(unit.to_mend()),
        Cell::Count(unit.to_explain()),
        Cell::Count(unit.to_know.len()),
        Cell::Words(&first_of(&awaited, 8, "chỉ tiêu khác")),
        Cell::Words(unit.file.as_deref().unwrap_or_default()),
        Cell::Words(&words(&contact.name)),
        Cell::Words(&words(&contact.phone)),
        Cell::Words(&words(&contact.email)),
    ])
}
