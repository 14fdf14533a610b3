//! What the readers answer, in the words of a finding.

use vietnamese::display::plain;
use vietnamese::number::{Change, Fault};

/// What was changed, joined: “bỏ dấu nghìn “.”; bỏ đơn vị tính “xã””.
pub(super) fn changes(changes: &[Change]) -> String {
    changes.iter().map(change).collect::<Vec<_>>().join("; ")
}

fn change(change: &Change) -> String {
    match change {
        Change::Decoded(_) => "chuyển chữ từ phông cũ".into(),
        Change::FullWidth => "đổi chữ số toàn khổ thành chữ số thường".into(),
        Change::Quotes => "bỏ dấu nháy".into(),
        Change::Grouped(mark) if mark.is_whitespace() => "bỏ dấu cách phân hàng nghìn".into(),
        Change::Grouped(mark) => format!("bỏ dấu “{mark}” phân hàng nghìn"),
        Change::DecimalPoint => "đọc dấu chấm là dấu thập phân".into(),
        Change::ZeroDecimals => "bỏ phần thập phân bằng 0".into(),
        Change::LeadingZeros => "bỏ số 0 ở đầu".into(),
        Change::LettersForDigits => "đọc chữ O, l, I là số 0, 1".into(),
        Change::Sign => "chuẩn hóa dấu của số".into(),
        Change::PercentSign => "bỏ dấu %".into(),
        Change::Unit(unit) => format!("bỏ đơn vị tính “{unit}”"),
        Change::Words(words) => format!("bỏ chữ “{words}”"),
        Change::Scaled { word, .. } => format!("nhân theo chữ “{word}”"),
        Change::Punctuation => "bỏ dấu câu ở cuối".into(),
        Change::PercentAside(percent) => format!("để riêng tỷ lệ {}% ghi kèm", plain(*percent)),
        Change::FractionAside(n, d) => format!("để riêng phân số {}/{} ghi kèm", plain(*n), plain(*d)),
    }
}

/// Why no number could be read.
pub(super) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::NoFigure => "ô cần số nhưng ghi chữ".into(),
        Fault::Grouping => "dấu chấm, dấu phẩy trong số không theo cách viết nào".into(),
        Fault::NotWhole(value) => format!("ô cần số nguyên nhưng ghi {}", plain(*value)),
        Fault::PercentForCount(percent) => format!("ô cần số lượng nhưng ghi tỷ lệ {}%", plain(*percent)),
        Fault::CountForPercent(count) => format!("ô cần tỷ lệ nhưng ghi số lượng {}", plain(*count)),
        Fault::Range => "ô ghi một khoảng (từ … đến …), không phải một số".into(),
        Fault::DateLike => "ô cần số nhưng ghi một ngày".into(),
        Fault::SeveralFigures => "ô ghi nhiều số".into(),
        Fault::Words(words) => format!("không hiểu chữ “{words}” trong ô số"),
        Fault::TooLong => "số có quá nhiều chữ số".into(),
        Fault::Scientific => "số ghi dạng lũy thừa (E+), không rõ đủ chữ số".into(),
    }
}
