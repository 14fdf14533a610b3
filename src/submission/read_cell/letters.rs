//! What is said of words whose letters were not Unicode as they came.

use crate::finding::Code;
use vietnamese::text::{read_text, words_with_lost_letters};

/// How many words are quoted.
const MOST_WORDS: usize = 3;

/// What a finding says of a text, if there is something to say.
pub(super) struct Said {
    pub code: Code,
    pub cause: String,
    pub cure: &'static str,
}

/// Says whether letters were mended, which is disclosed, or lost, which nobody can mend here.
pub(super) fn said(typed: &str) -> Option<Said> {
    let read = read_text(typed, None);
    let lost = words_with_lost_letters(&read.text);
    if !lost.is_empty() {
        let quoted: Vec<String> = lost.iter().take(MOST_WORDS).map(|word| format!("“{word}”")).collect();
        let more = if lost.len() > MOST_WORDS { "…" } else { "" };
        return Some(Said {
            code: Code::C025,
            cause: format!(
                "chữ đã bị mất, thay bằng dấu hỏi ({}{more}), thường do lưu hoặc sao chép qua bảng mã không có chữ Việt; chương trình không đoán lại được",
                quoted.join(", ")
            ),
            cure: "gõ lại đoạn chữ này bằng bảng mã Unicode, hoặc chép lại từ bản gốc còn đủ dấu, rồi gửi lại",
        });
    }
    if read.is_mended() {
        return Some(Said {
            code: Code::C014,
            cause: "chữ Unicode bị đọc nhầm sang bảng mã khác trước khi lưu (thường do mở tệp CSV hoặc chép từ phần mềm khác), chương trình đã đọc lại"
                .to_owned(),
            cure: "kiểm tra chữ đã đọc lại; kỳ sau gõ thẳng vào biểu mẫu, hoặc khi mở tệp CSV thì chọn bảng mã UTF-8",
        });
    }
    read.decoded_from().map(|_| Said {
        code: Code::C014,
        cause: "chữ gõ bằng phông cũ, chương trình đã chuyển sang Unicode".to_owned(),
        cure: "kiểm tra chữ đã chuyển; kỳ sau dùng phông Times New Roman, bảng mã Unicode",
    })
}
