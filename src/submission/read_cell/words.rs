//! What the readers answer, in the words of a finding.

use vietnamese::display::plain;
use vietnamese::number::{NumberChange, NumberFault, Want};

/// What was changed, joined: “bỏ dấu nghìn “.”; bỏ đơn vị tính “xã””.
pub(super) fn changes(changes: &[NumberChange], want: Want) -> String {
    let converted = changes.iter().any(|one| matches!(one, NumberChange::Scaled { .. }));
    // Of an amount that is converted, the word for đồng is part of what it was converted from.
    let told = |one: &&NumberChange| {
        !(converted && matches!(want, Want::Money(_)) && matches!(one, NumberChange::Unit(_)))
    };
    changes.iter().filter(told).map(|one| change(one, want)).collect::<Vec<_>>().join("; ")
}

fn change(change: &NumberChange, want: Want) -> String {
    match (change, want) {
        (NumberChange::Scaled { word, power: 0 }, Want::Money(_)) => format!("bỏ chữ “{word}”"),
        (NumberChange::Scaled { word, .. }, Want::Money(unit)) => {
            format!("đổi từ “{word}” ra {}", unit.name())
        }
        (change, _) => change_of_figure(change),
    }
}

fn change_of_figure(change: &NumberChange) -> String {
    match change {
        NumberChange::Decoded(_) => "chuyển chữ từ phông cũ".into(),
        NumberChange::FullWidth => "đổi chữ số toàn khổ thành chữ số thường".into(),
        NumberChange::Quotes => "bỏ dấu nháy".into(),
        NumberChange::Grouped(mark) if mark.is_whitespace() => "bỏ dấu cách phân hàng nghìn".into(),
        NumberChange::Grouped(mark) => format!("bỏ dấu “{mark}” phân hàng nghìn"),
        NumberChange::DecimalPoint => "đọc dấu chấm là dấu thập phân".into(),
        NumberChange::ZeroDecimals => "bỏ phần thập phân bằng 0".into(),
        NumberChange::LeadingZeros => "bỏ số 0 ở đầu".into(),
        NumberChange::LettersForDigits => "đọc chữ O, l, I là số 0, 1".into(),
        NumberChange::Sign => "chuẩn hóa dấu của số".into(),
        NumberChange::PercentSign => "bỏ dấu %".into(),
        NumberChange::Unit(unit) => format!("bỏ đơn vị tính “{unit}”"),
        NumberChange::NeutralWords(words) => format!("bỏ chữ “{words}”"),
        NumberChange::Scaled { word, .. } => format!("nhân theo chữ “{word}”"),
        NumberChange::Punctuation => "bỏ dấu câu ở cuối".into(),
        NumberChange::PercentAside(percent) => format!("để riêng tỷ lệ {}% ghi kèm", plain(*percent)),
        NumberChange::FractionAside(n, d) => format!("để riêng phân số {}/{} ghi kèm", plain(*n), plain(*d)),
    }
}

/// Why no number could be read.
pub(super) fn fault(fault: &NumberFault) -> String {
    match fault {
        NumberFault::NoFigure => "ô cần số nhưng ghi chữ".into(),
        NumberFault::Grouping => "dấu chấm, dấu phẩy trong số không theo cách viết nào".into(),
        NumberFault::NotWhole(value) => format!("ô cần số nguyên nhưng ghi {}", plain(*value)),
        NumberFault::PercentForCount(percent) => {
            format!("ô cần số lượng nhưng ghi tỷ lệ {}%", plain(*percent))
        }
        NumberFault::CountForPercent(count) => format!("ô cần tỷ lệ nhưng ghi số lượng {}", plain(*count)),
        NumberFault::MoneyForCount(word) => format!("ô không hỏi số tiền nhưng ghi “{word}”"),
        NumberFault::Range => "ô ghi một khoảng (từ … đến …), không phải một số".into(),
        NumberFault::DateLike => "ô cần số nhưng ghi một ngày".into(),
        NumberFault::SeveralFigures => "ô ghi nhiều số".into(),
        NumberFault::UnknownWords(words) => format!("không hiểu chữ “{words}” trong ô số"),
        NumberFault::TooLong => "số có quá nhiều chữ số".into(),
        NumberFault::Scientific => "số ghi dạng lũy thừa (E+), không rõ đủ chữ số".into(),
    }
}
