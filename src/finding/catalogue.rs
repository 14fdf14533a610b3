//! The catalogue of finding codes: one list, from which the enum [`Code`] and all it answers are made.

use super::Severity;
use super::class::Class;
use serde::{Deserialize, Serialize};

/// What a code means, for `explain` and the guide. All texts are Vietnamese.
#[derive(Debug, Clone, Copy)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// What follows from it.
    pub severity: Severity,
    /// Name of the fault, a few words.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// How it usually comes about.
    pub cause: &'static str,
    /// How to mend it.
    pub cure: &'static str,
    /// An example, typed and read.
    pub example: &'static str,
    /// What the program does with the value or the file.
    pub effect: &'static str,
}

/// Makes [`Code`] of the list below. A variant has its texts in the same place, so there is none without them; a code
/// whose letter is not that of its class, or that has not three digits, does not compile.
macro_rules! catalogue {
    ($($class:ident {$($code:ident {
        severity: $severity:expr,
        title: $title:literal,
        meaning: $meaning:literal,
        cause: $cause:literal,
        cure: $cure:literal,
        example: $example:literal,
        effect: $effect:expr,
    })*})*) => {
        /// A code of the program. Those of the plan's rules are [`RuleCode`](super::RuleCode)s.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[doc = $title] $code,)*)*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &[Code] = &[$($(Code::$code,)*)*];

            /// The class letter and three digits.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($(Code::$code => stringify!($code),)*)*
                }
            }

            /// What kind of fault it is.
            pub const fn class(self) -> Class {
                match self {
                    $($(Code::$code => Class::$class,)*)*
                }
            }

            /// The three digits as a number.
            pub(super) const fn number(self) -> u16 {
                match self {
                    $($(Code::$code => const { number_in(stringify!($code), Class::$class) },)*)*
                }
            }

            /// What it means.
            pub const fn info(self) -> &'static CodeInfo {
                match self {
                    $($(Code::$code => &CodeInfo {
                        code: Code::$code,
                        severity: $severity,
                        title: $title,
                        meaning: $meaning,
                        cause: $cause,
                        cure: $cure,
                        example: $example,
                        effect: $effect,
                    },)*)*
                }
            }
        }
    };
}

/// The digits of a code, read while the program is compiled.
const fn number_in(code: &str, class: Class) -> u16 {
    let code = code.as_bytes();
    assert!(code.len() == 4 && code[0] == class.letter() as u8, "the letter of the class and three digits");
    let mut number = 0;
    let mut at = 1;
    while at < code.len() {
        assert!(code[at].is_ascii_digit(), "the letter of the class and three digits");
        number = number * 10 + (code[at] - b'0') as u16;
        at += 1;
    }
    number
}

/// What a file that cannot be used means for its unit.
const NOT_USED: &str = "Không đọc tệp này; đơn vị coi như chưa báo cáo nếu không có tệp khác.";
/// A result of an earlier year that is none of this plan's years.
const NOT_IN_SERIES: &str = "Không dùng kết quả ấy.";
/// A result of an earlier year that is to be looked at again.
const TOLD_AS_PUBLISHED: &str = "Kết quả năm ấy vẫn nêu như đã ghi; cần đối chiếu trước khi dùng để so sánh.";
/// A plan with a mistake is never run.
const NOT_RUN: &str = "Chương trình không chạy với kế hoạch có lỗi.";

// Every code of the program, by class. Those of the plan's rules (classes R, X and some of T) stand in the plan.
catalogue! {
    File {
        F001 {
            severity: Severity::Reject,
            title: "Không phải tệp bảng tính",
            meaning: "Nội dung tệp không phải bảng tính Excel hay OpenDocument, dù đuôi tệp có thể là .xlsx.",
            cause: "Gửi nhầm tệp Word, PDF, ảnh, hoặc tệp được đổi đuôi bằng tay.",
            cure: "Mở biểu mẫu bằng Excel, điền số liệu, chọn Tệp › Lưu thành, kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại tệp đó.",
            example: "bao-cao.xlsx mở đầu bằng %PDF: đây là tệp PDF được đổi tên.",
            effect: NOT_USED,
        }
        F002 {
            severity: Severity::Reject,
            title: "Tệp quá lớn",
            meaning: "Tệp, hoặc nội dung sau khi giải nén, vượt giới hạn an toàn.",
            cause: "Chèn ảnh lớn vào biểu mẫu, hoặc tệp bị hỏng, hoặc tệp cố ý làm hại.",
            cure: "Bỏ ảnh và các trang không thuộc biểu mẫu, lưu lại rồi gửi. Biểu mẫu điền đủ chỉ khoảng 50 KB.",
            example: "Tệp 45 MB trong khi giới hạn là 30 MB.",
            effect: NOT_USED,
        }
        F003 {
            severity: Severity::Reject,
            title: "Tệp hỏng, không đọc được",
            meaning: "Tệp là bảng tính nhưng bị hỏng nên không mở được.",
            cause: "Đứt đường truyền khi gửi thư, thẻ nhớ lỗi, chép dở.",
            cure: "Mở tệp gốc trên máy của đơn vị, chọn Tệp › Lưu thành, kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại.",
            example: "Tệp .xlsx bị cắt mất phần cuối.",
            effect: NOT_USED,
        }
        F004 {
            severity: Severity::Reject,
            title: "Tệp đặt mật khẩu",
            meaning: "Tệp được mã hóa bằng mật khẩu nên không đọc được.",
            cause: "Người gửi đặt mật khẩu mở tệp.",
            cure: "Mở tệp, chọn Tệp › Thông tin › Bảo vệ sổ làm việc › Mã hóa bằng mật khẩu, xóa mật khẩu, lưu rồi gửi lại.",
            example: "Tệp hỏi mật khẩu khi mở.",
            effect: NOT_USED,
        }
        F005 {
            severity: Severity::Reject,
            title: "Loại tệp Excel không nhận",
            meaning: "Đây là loại tệp bảng tính mà chương trình không nhận vì có thể mất số liệu khi đọc.",
            cause: "Lưu ở dạng Excel nhị phân (.xlsb) hoặc dạng hiếm gặp.",
            cure: "Mở tệp bằng Excel, chọn Tệp › Lưu thành, kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại.",
            example: "bao-cao.xlsb",
            effect: NOT_USED,
        }
        F006 {
            severity: Severity::Reject,
            title: "Tệp không có nội dung",
            meaning: "Mở được tệp nhưng không có trang tính hoặc không có ô nào có nội dung.",
            cause: "Gửi nhầm tệp trống, hoặc tệp mất nội dung khi lưu.",
            cure: "Mở lại tệp đã điền trên máy, kiểm tra có số liệu, lưu dạng .xlsx rồi gửi lại.",
            example: "Sổ làm việc chỉ có trang Sheet1 trống.",
            effect: NOT_USED,
        }
        F007 {
            severity: Severity::Info,
            title: "Tệp khóa tạm của Excel",
            meaning: "Tệp có tên bắt đầu bằng ~$ là tệp tạm do Excel tạo khi đang mở một tệp khác.",
            cause: "Chép cả thư mục khi Excel đang mở tệp.",
            cure: "Không cần làm gì; có thể xóa tệp này sau khi đóng Excel.",
            example: "~$bao-cao.xlsx",
            effect: "Bỏ qua tệp này.",
        }
        F008 {
            severity: Severity::Info,
            title: "Bản sao giống hệt",
            meaning: "Hai tệp có nội dung giống hệt nhau.",
            cause: "Gửi hai lần, hoặc chép cùng một tệp vào hai thư mục.",
            cure: "Không cần làm gì; có thể xóa một bản.",
            example: "nhan/bao-cao.xlsx và nhan/ban-sao/bao-cao.xlsx",
            effect: "Chỉ dùng một bản.",
        }
        F009 {
            severity: Severity::Reject,
            title: "Đọc quá lâu hoặc tốn quá nhiều bộ nhớ",
            meaning: "Tệp làm bộ đọc chạy quá thời gian hoặc quá bộ nhớ cho phép của một tệp.",
            cause: "Tệp hỏng ở chỗ khó thấy, chứa bảng khổng lồ hoặc các phần lồng nhau quá sâu, hoặc cố ý làm treo máy.",
            cure: "Mở tệp bằng Excel, chép riêng các trang biểu mẫu sang sổ mới, lưu dạng .xlsx rồi gửi lại.",
            example: "Tệp .xls chạy quá 20 giây mà chưa đọc xong.",
            effect: NOT_USED,
        }
        F010 {
            severity: Severity::Reject,
            title: "Lối tắt, không phải chính tệp",
            meaning: "Trong hộp thư chỉ có lối tắt (shortcut, liên kết) trỏ tới một tệp hay thư mục khác; chương trình không đi theo lối tắt.",
            cause: "Kéo thả tạo lối tắt thay vì chép tệp; hoặc thư mục liên kết trỏ vòng về chính nó.",
            cure: "Chép chính tệp báo cáo vào hộp thư rồi chạy lại; lối tắt thừa thì xóa đi.",
            example: "“bao-cao.xlsx - Shortcut.lnk” chỉ trỏ tới tệp trên máy người gửi.",
            effect: NOT_USED,
        }
        F011 {
            severity: Severity::Reject,
            title: "Kết quả, hồ sơ của cấp dưới hỏng hoặc đã bị sửa",
            meaning: "Tệp .json không phải tệp kết quả của chương trình; hoặc hồ sơ không còn đúng như khi chốt: thiếu tệp, có tệp đã bị sửa hoặc tệp lạ.",
            cause: "Sửa tệp kết quả bằng tay, chép thiếu tệp của hồ sơ, lỗi khi chép, hoặc gửi nhầm tệp.",
            cure: "Đề nghị đơn vị chép lại nguyên vẹn thư mục hồ sơ (lệnh xhht verify cho biết chỗ khác), hoặc gửi tệp ket-qua-xhht-….json vừa tổng hợp.",
            example: "Hồ sơ lan-1 có tệp kết quả đã bị sửa sau khi chốt.",
            effect: NOT_USED,
        }
        F012 {
            severity: Severity::Reject,
            title: "Kết quả của kế hoạch không có trong danh sách",
            meaning: "Tệp kết quả thuộc một kế hoạch mà không đơn vị nào trong danh sách năm này nêu ở khóa plans.",
            cause: "Gửi nhầm kết quả của nơi khác, hoặc danh sách đơn vị chưa ghi mã kế hoạch của đơn vị.",
            cure: "Kiểm tra tệp; nếu đúng của một đơn vị thì ghi mã kế hoạch vào khóa plans của đơn vị ấy.",
            example: "Kết quả của kế hoạch a-2021-2030, không đơn vị nào ghi plans = [\"a-2021-2030\"].",
            effect: NOT_USED,
        }
        F013 {
            severity: Severity::Reject,
            title: "Kết quả của năm khác",
            meaning: "Tệp kết quả của cấp dưới là của một năm khác năm đang tổng hợp.",
            cause: "Gửi nhầm kết quả, hồ sơ của năm trước.",
            cure: "Đề nghị đơn vị gửi kết quả, hồ sơ của năm đang tổng hợp.",
            example: "Đang tổng hợp năm 2026, tệp là kết quả năm 2025.",
            effect: NOT_USED,
        }
    }
    Structure {
        S001 {
            severity: Severity::Reject,
            title: "Không nhận ra biểu mẫu",
            meaning: "Bảng tính không phải biểu mẫu của chương trình: không có trang nhận dạng, không có tên ô, không có cột mã số.",
            cause: "Đơn vị tự lập bảng, hoặc chép số liệu sang tệp khác mà không kèm cột mã số.",
            cure: "Dùng biểu mẫu do cơ quan tổng hợp gửi: chép số liệu vào các ô nền vàng rồi gửi lại tệp đó.",
            example: "Bảng tự lập chỉ có hai cột “Tên | Số lượng”.",
            effect: NOT_USED,
        }
        S002 {
            severity: Severity::Reject,
            title: "Biểu mẫu của kế hoạch khác",
            meaning: "Biểu mẫu thuộc một kế hoạch khác với kế hoạch đang tổng hợp.",
            cause: "Dùng nhầm biểu mẫu của nơi khác hoặc chương trình khác.",
            cure: "Dùng biểu mẫu do cơ quan tổng hợp gửi cho kế hoạch này.",
            example: "Mã kế hoạch trong tệp khác mã kế hoạch đang tổng hợp.",
            effect: NOT_USED,
        }
        S003 {
            severity: Severity::Warning,
            title: "Biểu mẫu phiên bản khác",
            meaning: "Biểu mẫu được ghi từ một phiên bản khác của kế hoạch, hoặc từ kế hoạch trước khi hợp nhất mà kế hoạch này nêu ở [[predecessor]].",
            cause: "Đơn vị dùng tệp tải về từ trước khi kế hoạch được sửa, hoặc từ trước khi hợp nhất.",
            cure: "Lần sau dùng biểu mẫu mới; kiểm tra kỹ số liệu của tệp này.",
            example: "Phiên bản trong tệp 0.9, kế hoạch hiện tại 1.0.",
            effect: "Đọc theo biểu mẫu hiện tại, có ghi chú.",
        }
        S004 {
            severity: Severity::Fixed,
            title: "Mất tên ô, đọc theo bảng ẩn",
            meaning: "Tệp đã mất các tên ô; chương trình đọc theo bảng vị trí ở trang ẩn _xhht.",
            cause: "Tệp được lưu bằng phần mềm không giữ tên ô, hoặc ô đã bị cắt dán đè lên ô khác.",
            cure: "Không cần làm gì nếu số đã đọc là đúng.",
            example: "Tệp lưu từ điện thoại không còn các tên ô bắt đầu bằng xhht_.",
            effect: "Số liệu được dùng.",
        }
        S005 {
            severity: Severity::Warning,
            title: "Đọc theo cột mã số",
            meaning: "Tệp đã mất tên ô và bảng vị trí, hoặc đã chèn thêm dòng; chương trình tìm từng ô theo cột mã số nhìn thấy được.",
            cause: "Chép bảng sang tệp khác; chèn, xóa, sắp xếp lại hoặc cắt dán dòng, cột; đổi tên trang tính.",
            cure: "Đối chiếu số đã đọc với tệp đã gửi; lần sau dùng nguyên tệp biểu mẫu.",
            example: "Dòng thứ 8 của biểu mẫu nay nằm ở dòng 12.",
            effect: "Số liệu được dùng, có ghi chú.",
        }
        S006 {
            severity: Severity::Error,
            title: "Không tìm thấy ô nhập",
            meaning: "Ô nhập của biểu mẫu không còn trong tệp.",
            cause: "Dòng, cột hoặc trang tính đã bị xóa.",
            cure: "Dùng lại biểu mẫu do cơ quan tổng hợp gửi, chép số liệu vào đúng ô rồi gửi lại.",
            example: "Một trang nhập liệu không còn trong tệp.",
            effect: "Số liệu của ô này coi như chưa báo cáo.",
        }
        S007 {
            severity: Severity::Error,
            title: "Trang tính không đọc được hết",
            meaning: "Một trang tính có ô bất thường nên chỉ đọc được một phần.",
            cause: "Ô chứa lỗi đặc biệt, hoặc tệp do phần mềm ít gặp lưu.",
            cure: "Mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi gửi lại.",
            example: "Một trang dừng đọc ở dòng 9.",
            effect: "Các ô đã đọc được vẫn dùng; các ô còn lại coi như chưa báo cáo.",
        }
        S008 {
            severity: Severity::Fixed,
            title: "Đọc theo mã của phiên bản cũ",
            meaning: "Biểu mẫu ghi từ phiên bản cũ của kế hoạch, trong đó một số ô mang mã khác; chương trình đọc sang mã hiện nay theo mục [[renamed]] của kế hoạch.",
            cause: "Đơn vị dùng biểu mẫu tải về trước khi kế hoạch đổi mã.",
            cure: "Không cần làm gì nếu số đã đọc là đúng; kỳ sau dùng biểu mẫu mới.",
            example: "Ô mang mã cũ dong_a nay có mã dong_b.",
            effect: "Số liệu được dùng.",
        }
        S009 {
            severity: Severity::Error,
            title: "Ô nhập bị gộp",
            meaning: "Nhiều ô đã bị gộp làm một (Merge), trong đó có ô nhập; chỉ còn nội dung của ô đầu.",
            cause: "Gộp ô cho đẹp, hoặc muốn ghi một số chung cho nhiều dòng.",
            cure: "Bỏ gộp ô, gõ lại từng ô rồi gửi lại.",
            example: "Ô F8:F9 bị gộp; số của dòng 9 không còn.",
            effect: "Ô đầu của vùng gộp vẫn dùng; các ô nhập bị che coi như chưa báo cáo.",
        }
        S010 {
            severity: Severity::Info,
            title: "Có số ngoài biểu mẫu",
            meaning: "Trang tính có số ghi bên dưới hoặc bên phải bảng của biểu mẫu.",
            cause: "Tính nháp cạnh bảng, tự thêm dòng dưới bảng, hoặc sót lại khi chép.",
            cure: "Chuyển số cần báo cáo vào ô nền vàng; phần tính nháp có thể xóa.",
            example: "Ô F60 ghi 125 trong khi bảng kết thúc ở dòng 24.",
            effect: "Không đọc các số này.",
        }
        S011 {
            severity: Severity::Info,
            title: "Trang tính khác có số liệu",
            meaning: "Ngoài các trang của biểu mẫu, tệp còn trang tính có số hoặc có mã số của biểu mẫu mà chương trình không dùng.",
            cause: "Bản nháp, bảng tính phụ, trang của năm khác, hoặc trang chép từ tệp khác.",
            cure: "Nếu là số liệu cần báo cáo thì chép vào ô nền vàng của biểu mẫu; nếu không thì xóa trang trước khi gửi.",
            example: "Trang “Nháp” có 25 ô số, không thuộc biểu mẫu.",
            effect: "Không dùng số ở trang này.",
        }
        S012 {
            severity: Severity::Confirm,
            title: "Mã số đứng hai nơi, số liệu khác nhau",
            meaning: "Cùng một mã dòng, mã cột đứng ở hai nơi trong tệp và hai nơi ghi khác nhau, hoặc chỉ trang chép có số liệu.",
            cause: "Chép trang biểu mẫu ra làm nháp rồi sửa một trong hai trang.",
            cure: "Hỏi đơn vị số nào đúng; đề nghị xóa trang thừa rồi gửi lại.",
            example: "Cùng một ô, trang của biểu mẫu ghi 113.047, trang nháp chép ra ghi 777.",
            effect: "Chưa dùng các ô này. Chấp nhận nhận xét (miễn trừ) thì dùng số ở trang nêu trước; ô mà trang ấy để trống thì dùng số ở trang chép.",
        }
        S013 {
            severity: Severity::Warning,
            title: "Số liệu ở chỗ bị ẩn",
            meaning: "Ô nhập có số liệu nhưng đứng ở dòng, cột hoặc trang tính đang ẩn, kể cả do bộ lọc, nên người xem tệp không thấy.",
            cause: "Ẩn dòng, cột cho gọn; lọc bảng rồi lưu; ẩn trang tính.",
            cure: "Bỏ ẩn, bỏ lọc, xem lại các số này rồi gửi lại nếu cần sửa.",
            example: "Dòng 9 đang ẩn do bộ lọc, ô F9 ghi 320.",
            effect: "Số liệu vẫn được dùng, có ghi chú.",
        }
        S014 {
            severity: Severity::Reject,
            title: "Biểu mẫu gửi về còn trống",
            meaning: "Tệp đúng là biểu mẫu của đơn vị nhưng chưa điền số liệu, lời văn nào; nhiều nhất mới có người lập, ngày lập. Biểu trống không tính là đã báo cáo và không thay cho tệp đã điền của đơn vị.",
            cause: "Gửi nhầm tệp trắng đã nhận, hoặc điền xong mà không lưu.",
            cure: "Điền số liệu vào các ô nền vàng của biểu mẫu, lưu, rồi gửi lại; nếu đơn vị có tệp đã điền thì xóa tệp trắng.",
            example: "Mọi ô nền vàng đều trống, chỉ có ngày lập báo cáo.",
            effect: NOT_USED,
        }
    }
    Cell {
        C001 {
            severity: Severity::Error,
            title: "Không phải số",
            meaning: "Ô cần số nhưng ghi chữ không hiểu được là số nào.",
            cause: "Ghi cả lời giải thích vào ô số.",
            cure: "Chỉ gõ số, ví dụ 1234; lời giải thích ghi ở phần ghi chú.",
            example: "“nhiều” ở ô Số đạt.",
            effect: "Không dùng giá trị này; coi như chưa báo cáo.",
        }
        C002 {
            severity: Severity::Confirm,
            title: "Số có thể hiểu nhiều cách",
            meaning: "Một dấu phân cách kèm đúng ba chữ số trong ô số thập phân có thể là nghìn hoặc phần thập phân.",
            cause: "Gõ 1.234 dạng chữ.",
            cure: "Gõ lại thành số: 1234 hoặc 1,234 theo cách của máy, không gõ dấu nghìn.",
            example: "“1.234” ở ô số thập phân: 1234 hay 1,234?",
            effect: "Chưa dùng giá trị này, chờ đơn vị trả lời.",
        }
        C003 {
            severity: Severity::Fixed,
            title: "Đã chuẩn hóa cách ghi số",
            meaning: "Số ghi dạng chữ, có dấu nghìn, đơn vị tính hoặc ký tự lạ; chương trình đã đọc ra số.",
            cause: "Gõ 1.234, “188 xã”, chữ O thay số 0.",
            cure: "Không cần làm gì nếu số đã đọc là đúng.",
            example: "“45.120 người” đọc là 45120.",
            effect: "Dùng số đã đọc.",
        }
        C004 {
            severity: Severity::Error,
            title: "Số ngoài khoảng cho phép",
            meaning: "Số âm, lớn quá mức hoặc vượt khoảng của ô.",
            cause: "Gõ nhầm dấu hoặc thừa chữ số.",
            cure: "Sửa lại số cho đúng; tỷ lệ phần trăm phải từ 0 đến 100.",
            example: "-5 ở ô Tổng số; 972 ở ô tỷ lệ.",
            effect: "Không dùng giá trị này.",
        }
        C005 {
            severity: Severity::Error,
            title: "Ô báo lỗi công thức",
            meaning: "Ô chứa lỗi của Excel như #REF!, #DIV/0!, #N/A.",
            cause: "Công thức trỏ tới ô đã xóa hoặc tệp khác.",
            cure: "Xóa công thức, gõ thẳng số vào ô rồi gửi lại.",
            example: "#REF! ở ô Số đạt.",
            effect: "Không dùng giá trị này; coi như chưa báo cáo.",
        }
        C006 {
            severity: Severity::Error,
            title: "Công thức chưa được tính",
            meaning: "Ô chứa công thức mà chưa phần mềm nào tính ra kết quả.",
            cause: "Tệp do phần mềm khác tạo ra và chưa mở bằng Excel.",
            cure: "Mở tệp bằng Excel, bấm Ctrl+Alt+F9 để tính lại, lưu rồi gửi lại; hoặc gõ thẳng số.",
            example: "=SUM(F8:F20) không có kết quả.",
            effect: "Không dùng giá trị này; coi như chưa báo cáo.",
        }
        C007 {
            severity: Severity::Error,
            title: "Cần số nguyên",
            meaning: "Ô đếm (người, đơn vị, đồ vật) mà ghi số lẻ.",
            cause: "Gõ tỷ lệ vào ô số lượng, hoặc gõ nhầm dấu thập phân.",
            cure: "Gõ số nguyên, ví dụ 1234.",
            example: "12,5 ở ô số lượng.",
            effect: "Không dùng giá trị này.",
        }
        C008 {
            severity: Severity::Error,
            title: "Không có trong danh sách",
            meaning: "Ô chọn ghi nội dung không có trong danh sách.",
            cause: "Gõ tay thay vì chọn.",
            cure: "Bấm mũi tên cạnh ô và chọn một mục trong danh sách.",
            example: "“gần đạt” ở ô Kết quả.",
            effect: "Không dùng giá trị này; coi như chưa báo cáo.",
        }
        C009 {
            severity: Severity::Fixed,
            title: "Ghi “không có”, đọc là 0",
            meaning: "Ô số ghi dấu gạch hoặc chữ “không có”; chương trình đọc là 0.",
            cause: "Thói quen ghi dấu gạch khi không phát sinh.",
            cure: "Nếu không có thì gõ 0; nếu chưa có số liệu thì để trống.",
            example: "“-” đọc là 0.",
            effect: "Dùng giá trị 0.",
        }
        C010 {
            severity: Severity::Warning,
            title: "Ghi chữ nghĩa là chưa có số liệu",
            meaning: "Ô số ghi “chưa có”, “...”, “N/A”, hoặc dòng chọn tình trạng chưa báo cáo: chương trình hiểu là chưa báo cáo, không phải 0.",
            cause: "Đơn vị chưa thu thập xong.",
            cure: "Bổ sung số khi có; trong lúc chờ thì để trống ô.",
            example: "“chưa có” ở ô Tổng số.",
            effect: "Coi như chưa báo cáo.",
        }
        C011 {
            severity: Severity::Error,
            title: "Thiếu số liệu bắt buộc",
            meaning: "Ô bắt buộc đang trống.",
            cause: "Chưa thu thập xong hoặc bỏ sót.",
            cure: "Điền số vào ô; ghi 0 nếu không có; nếu chưa có gì để đánh giá thì chọn mục nói như vậy trong danh sách.",
            example: "Ô tổng số của một dòng còn trống.",
            effect: "Chỉ tiêu liên quan tính thiếu số liệu này; khoảng giá trị của kết quả chung rộng hơn.",
        }
        C012 {
            severity: Severity::Error,
            title: "Không đọc được ngày",
            meaning: "Ô ngày ghi nội dung không phải ngày có thật.",
            cause: "Gõ sai thứ tự ngày, tháng, thiếu năm, hoặc gõ nhầm năm ra ngoài khoảng 1900–2100.",
            cure: "Gõ ngày/tháng/năm, ví dụ 05/12/2024.",
            example: "“31/11/2024”.",
            effect: "Không dùng giá trị này.",
        }
        C013 {
            severity: Severity::Fixed,
            title: "Số ước",
            meaning: "Ô số ghi “khoảng”, “ước”, “trên”: chương trình lấy số đó và đánh dấu là số ước.",
            cause: "Chưa có số chính thức.",
            cure: "Khi có số chính thức thì gửi lại; hoặc chọn mục nói là số ước, nếu biểu mẫu có.",
            example: "“khoảng 200” đọc là 200 (ước).",
            effect: "Dùng số đã đọc, đánh dấu là số ước.",
        }
        C014 {
            severity: Severity::Fixed,
            title: "Đã chuyển phông chữ hoặc bảng mã",
            meaning: "Chữ gõ bằng phông cũ (TCVN3, VNI), hoặc chữ Unicode từng bị đọc nhầm sang bảng mã khác, đã được chuyển về Unicode.",
            cause: "Dùng phông .VnTime, VNI-Times; hoặc mở tệp CSV, chép từ phần mềm khác mà chọn sai bảng mã.",
            cure: "Nên dùng phông Times New Roman, bảng mã Unicode.",
            example: "“Hßa B×nh” đọc là “Hòa Bình”; “Ä‘Ã£ má»Ÿ” đọc là “đã mở”.",
            effect: "Dùng chữ đã chuyển.",
        }
        C015 {
            severity: Severity::Confirm,
            title: "Ô số bị đổi thành ngày",
            meaning: "Ô số lại chứa một ngày; có thể gõ “1/15” và Excel đã tự đổi thành ngày.",
            cause: "Gõ phân số hoặc số có dấu gạch chéo.",
            cure: "Xóa ô, định dạng ô là số, gõ lại số.",
            example: "15/01/2024 ở ô Số đạt.",
            effect: "Chưa dùng giá trị này, chờ đơn vị trả lời.",
        }
        C016 {
            severity: Severity::Fixed,
            title: "Đã hiểu cách ghi tắt",
            meaning: "Ô chọn ghi cách viết tắt, dấu x, dấu ✓; chương trình đã hiểu là một mục trong danh sách.",
            cause: "Thói quen đánh dấu x.",
            cure: "Lần sau chọn trong danh sách.",
            example: "“x” đọc là mục có nghĩa “có”.",
            effect: "Dùng mục đã hiểu.",
        }
        C017 {
            severity: Severity::Confirm,
            title: "Ghi phân số trong một ô",
            meaning: "Ô ghi hai số như “15/188”; có thể là số đạt trên tổng số.",
            cause: "Ghi gộp hai ô làm một.",
            cure: "Ghi số đạt và tổng số vào hai ô riêng.",
            example: "“15/188” ở ô Số đạt.",
            effect: "Chưa dùng giá trị này, chờ đơn vị trả lời.",
        }
        C018 {
            severity: Severity::Fixed,
            title: "Đã hiểu cách ghi ngày",
            meaning: "Ngày ghi dạng tắt, chỉ ghi tháng, quý, hoặc ghi thành một số; chương trình đã hiểu là một ngày.",
            cause: "Gõ năm hai chữ số, chỉ gõ tháng, quý, hoặc ô ngày mất định dạng nên hiện thành một số.",
            cure: "Lần sau gõ đủ ngày/tháng/năm, ví dụ 05/12/2024.",
            example: "“5/12/24” đọc là 05/12/2024; số 45631 cũng vậy.",
            effect: "Dùng ngày đã hiểu.",
        }
        C019 {
            severity: Severity::Warning,
            title: "Số lấy từ tệp khác",
            meaning: "Ô nhập chứa công thức liên kết tới một tệp khác; chương trình chỉ thấy giá trị lưu lần cuối.",
            cause: "Dùng công thức nối với bảng tính của phòng, ban hoặc của xã.",
            cure: "Kiểm tra số, chép rồi dán giá trị (Paste Values) thay cho công thức.",
            example: "=[xa.xlsx]Tổng!D7 cho giá trị 600.",
            effect: "Dùng giá trị đã lưu, có ghi chú.",
        }
        C021 {
            severity: Severity::Confirm,
            title: "Số nhìn thấy khác số lưu trong ô",
            meaning: "Định dạng số của ô làm người gửi nhìn thấy một số khác với số lưu bên trong: tỷ lệ phần trăm, số rút gọn theo nghìn, triệu, chữ ghi kèm, số bị ẩn.",
            cause: "Gõ 100% vào ô đếm, dùng định dạng rút gọn như #,##0,, hoặc chép ô từ bảng khác kèm định dạng.",
            cure: "Chọn ô, đặt định dạng số là General (Chung), gõ lại số theo đơn vị tính của ô.",
            example: "Ô đếm hiện “100%” nhưng lưu số 1.",
            effect: "Chưa dùng giá trị này, chờ đơn vị trả lời.",
        }
        C025 {
            severity: Severity::Warning,
            title: "Chữ bị mất dấu thành dấu hỏi",
            meaning: "Trong lời văn có dấu hỏi đứng thay chữ cái; chữ gốc đã mất, chương trình không đoán lại.",
            cause: "Tệp được lưu hoặc chép qua bảng mã không có chữ Việt, hoặc qua phần mềm cũ.",
            cure: "Gõ lại đoạn chữ bằng bảng mã Unicode, hoặc chép lại từ bản gốc còn đủ dấu, rồi gửi lại.",
            example: "“?ã t? ch?c” ở ô ghi chú.",
            effect: "Giữ nguyên văn như đã nhận.",
        }
        C030 {
            severity: Severity::Confirm,
            title: "Đơn vị tính ghi kèm khác đơn vị tính của ô",
            meaning: "Ô tính theo một đơn vị (ghi ở cột “Đơn vị tính”) nhưng số ghi kèm đơn vị khác, ví dụ hỏi theo tờ mà ghi theo tập, hoặc hỏi số lượng mà ghi số tiền.",
            cause: "Ghi nhầm dòng, hoặc số liệu sẵn có tính theo đơn vị khác.",
            cure: "Gõ số theo đúng đơn vị tính của dòng, chỉ gõ chữ số.",
            example: "Đơn vị tính là tờ, ô ghi “1.250 tập”.",
            effect: "Chưa dùng giá trị này, chờ đơn vị trả lời.",
        }
        C031 {
            severity: Severity::Confirm,
            title: "Ghi là chưa có tiêu chí hoặc không phát sinh khi phải trả lời",
            meaning: "Ô chọn mục nói là chưa có tiêu chí, nhưng theo kế hoạch (khóa standard-since) năm này đã có tiêu chí để xét; hoặc chọn mục nói là không phát sinh, nhưng kế hoạch không ghi là có đơn vị không có đối tượng mà dòng đếm (khóa can-be-absent).",
            cause: "Chép lại câu trả lời của năm trước, hoặc chọn mục này vì chưa thu thập số liệu.",
            cure: "Chọn mục trả lời có hoặc chưa, hay ghi số liệu; chưa có số liệu thì để trống. Nếu đúng là không thể xét thì gửi kèm căn cứ để đơn vị tổng hợp chấp nhận bằng một dòng miễn trừ.",
            example: "Tiêu chí ban hành năm 2022, báo cáo năm 2024 vẫn chọn là chưa có tiêu chí.",
            effect: "Chưa dùng câu trả lời này: chỉ tiêu coi như chưa có số liệu ở dòng này cho đến khi được sửa hoặc được chấp nhận.",
        }
    }
    Time {
        T001 {
            severity: Severity::Reject,
            title: "Biểu mẫu của năm khác",
            meaning: "Biểu mẫu thuộc năm báo cáo khác với năm đang tổng hợp.",
            cause: "Điền vào tệp của năm trước.",
            cure: "Chép số liệu sang biểu mẫu của năm đang báo cáo rồi gửi lại.",
            example: "Tệp của năm 2023, đang tổng hợp năm 2024.",
            effect: NOT_USED,
        }
        T002 {
            severity: Severity::Warning,
            title: "Báo cáo muộn",
            meaning: "Ngày lập báo cáo sau hạn nộp.",
            cause: "Gửi muộn.",
            cure: "Không cần sửa tệp; lưu ý gửi trước hạn ở kỳ sau.",
            example: "Lập ngày 12/12/2024, hạn trước ngày 10/12/2024.",
            effect: "Số liệu vẫn dùng; đơn vị ghi là nộp muộn.",
        }
        T003 {
            severity: Severity::Warning,
            title: "Ngày lập báo cáo không hợp lý",
            meaning: "Ngày lập báo cáo không thuộc năm báo cáo hoặc sau ngày chốt số liệu.",
            cause: "Gõ nhầm năm.",
            cure: "Kiểm tra lại ngày lập báo cáo.",
            example: "Báo cáo năm 2024 lập ngày 05/12/2023.",
            effect: "Số liệu vẫn dùng.",
        }
        T004 {
            severity: Severity::Confirm,
            title: "Ngày lập có lẽ bị đổi chỗ ngày và tháng",
            meaning: "Ngày lập báo cáo không thuộc kỳ gửi báo cáo, hoặc cách xa ngày lưu tệp; đổi chỗ ngày và tháng thì hợp.",
            cause: "Máy tính đặt theo thứ tự tháng/ngày của Mỹ nên 04/12 thành ngày 12 tháng 4.",
            cure: "Gõ lại ngày theo thứ tự ngày/tháng/năm và xem ô hiện đúng tháng.",
            example: "Báo cáo gửi tháng 12 ghi ngày lập 12/04/2024; có lẽ là 04/12/2024.",
            effect: "Chưa dùng ngày này, chờ đơn vị trả lời; số liệu vẫn dùng.",
        }
        T005 {
            severity: Severity::Info,
            title: "Tệp lưu hoặc đến sau hạn gửi",
            meaning: "Tệp được lưu lần cuối, hoặc thư mang tệp đến, sau hạn gửi, dù ngày lập ghi trong báo cáo là trước hạn hoặc để trống. Ngày đến lấy ở dòng Received mới nhất của thư (máy chủ thư ghi), không có thì lấy ngày gửi ghi trong thư; ngày của tệp trên đĩa không tính, vì đó là lúc có người chép tệp.",
            cause: "Ghi lùi ngày lập, gửi chậm, hoặc mở lại để sửa sau hạn.",
            cure: "Đối chiếu ngày nhận tệp; tệp sửa lại theo yêu cầu, thư chuyển tiếp lại thì bỏ qua.",
            example: "Ghi ngày lập 05/12/2024, tệp lưu ngày 12/12/2024, hạn trước ngày 10/12/2024.",
            effect: "Số liệu vẫn dùng; việc xếp đúng hạn hay muộn vẫn theo ngày lập.",
        }
        T006 {
            severity: Severity::Info,
            title: "Chưa so được với năm trước",
            meaning: "Có số liệu năm trước nhưng một số phép so không thực hiện được: đơn vị mới, đơn vị chưa có số năm trước, hoặc nguồn năm trước không có các ô mà quy tắc cần.",
            cause: "Danh sách đơn vị thay đổi, đơn vị không báo cáo năm trước, hoặc dùng kết quả do bản chương trình cũ ghi hay sổ tổng hợp, chỉ có số của các chỉ tiêu.",
            cure: "Không cần làm gì với đơn vị mới. Để so được mọi ô, dùng tệp JSON kết quả do bản chương trình này ghi hoặc thư mục báo cáo các đơn vị đã gửi năm trước.",
            example: "Năm nay có 2 đơn vị mới; kết quả năm trước chỉ có số của các chỉ tiêu.",
            effect: "Các phép so ấy được bỏ qua; số liệu vẫn dùng.",
        }
    }
    Organisation {
        O001 {
            severity: Severity::Reject,
            title: "Không nhận ra đơn vị",
            meaning: "Mã đơn vị trong tệp không có trong danh sách của kế hoạch.",
            cause: "Sửa nội dung trang nhận dạng, hoặc tệp của nơi khác.",
            cure: "Dùng biểu mẫu do cơ quan tổng hợp gửi cho đúng đơn vị.",
            example: "Mã đơn vị trong tệp không đơn vị nào có.",
            effect: NOT_USED,
        }
        O002 {
            severity: Severity::Warning,
            title: "Một đơn vị gửi nhiều bản",
            meaning: "Có nhiều tệp khác nhau của cùng một đơn vị; chương trình dùng bản lưu sau cùng.",
            cause: "Gửi lại bản sửa mà không báo bản cũ.",
            cure: "Kiểm tra bản được dùng có đúng là bản cuối; xóa bản cũ khỏi hộp thư.",
            example: "bao-cao.xlsx (lưu 05/12) và bao-cao-sua.xlsx (lưu 07/12).",
            effect: "Dùng bản lưu sau cùng; bản kia ghi là đã thay thế.",
        }
        O003 {
            severity: Severity::Error,
            title: "Đơn vị chưa báo cáo",
            meaning: "Đơn vị trong danh sách chưa có tệp nào dùng được.",
            cause: "Chưa gửi, gửi sai địa chỉ, hoặc tệp không đọc được.",
            cure: "Đôn đốc đơn vị gửi biểu mẫu đã điền.",
            example: "Một đơn vị trong danh sách chưa gửi.",
            effect: "Số liệu của đơn vị coi như chưa có; kết quả chung kèm khoảng giá trị có thể.",
        }
        O004 {
            severity: Severity::Reject,
            title: "Đơn vị không còn trong danh sách năm này",
            meaning: "Mã đơn vị có trong kế hoạch nhưng không thuộc danh sách của năm báo cáo.",
            cause: "Đơn vị đã sáp nhập, giải thể hoặc chưa thành lập.",
            cure: "Gửi theo đơn vị mới, hoặc sửa valid-from, valid-to trong danh sách đơn vị.",
            example: "Đơn vị đã sáp nhập năm trước vẫn gửi báo cáo năm nay.",
            effect: NOT_USED,
        }
        O005 {
            severity: Severity::Confirm,
            title: "Tên tệp, thư mục không khớp đơn vị",
            meaning: "Tên tệp hoặc thư mục nêu mã hay tên của một đơn vị nhưng nội dung là biểu mẫu của đơn vị khác.",
            cause: "Điền vào bản chép biểu mẫu của đơn vị khác, chép đè, đổi tên nhầm tệp hoặc để nhầm thư mục.",
            cure: "Hỏi đơn vị đã gửi số liệu là của ai, rồi đổi lại tên tệp, thư mục hoặc đề nghị gửi lại bằng đúng biểu mẫu.",
            example: "Tên tệp nêu đơn vị này, trong tệp là biểu mẫu của đơn vị khác.",
            effect: "Chưa dùng tệp này. Không có tệp nào khác của đơn vị ghi trong biểu mẫu thì chấp nhận nhận xét (miễn trừ) để dùng.",
        }
        O006 {
            severity: Severity::Info,
            title: "Khác với bản được dùng",
            meaning: "Giá trị ở một ô của bản bị thay thế khác với bản được dùng.",
            cause: "Đơn vị sửa số rồi gửi lại.",
            cure: "Xem bản được dùng đã đúng là bản cuối chưa.",
            example: "Ô F8: bản cũ ghi 600, bản dùng ghi 605.",
            effect: "Dùng giá trị của bản được dùng.",
        }
        O007 {
            severity: Severity::Info,
            title: "Nhận xét được chấp nhận",
            meaning: "Ban thư ký đã chấp nhận nhận xét này bằng một dòng trong tệp miễn trừ.",
            cause: "Đơn vị đã giải trình.",
            cure: "Không cần làm gì đến hết hạn miễn trừ.",
            example: "Chấp nhận C011 của một đơn vị đến 31/12/2024.",
            effect: "Nhận xét hạ xuống mức thông tin; số bị giữ lại vì riêng nhận xét này được dùng.",
        }
        O008 {
            severity: Severity::Warning,
            title: "Miễn trừ hết hạn",
            meaning: "Một dòng miễn trừ đã quá hạn nhưng nhận xét vẫn còn.",
            cause: "Hạn ghi trong tệp miễn trừ đã qua.",
            cure: "Xem lại nhận xét; nếu vẫn chấp nhận thì sửa ngày ở until.",
            example: "until = \"2024-11-30\", số liệu chốt 10/12/2024.",
            effect: "Miễn trừ không được áp dụng.",
        }
        O009 {
            severity: Severity::Warning,
            title: "Miễn trừ không dùng đến",
            meaning: "Không có nhận xét nào khớp với một dòng miễn trừ.",
            cause: "Đơn vị đã sửa số, hoặc ghi nhầm mã, đơn vị, mã ô.",
            cure: "Kiểm tra lại; nếu không cần nữa thì xóa dòng này khỏi tệp miễn trừ.",
            example: "Miễn trừ C011 của một đơn vị trong khi ô đó đã có số.",
            effect: "Không ảnh hưởng đến kết quả.",
        }
        O010 {
            severity: Severity::Fixed,
            title: "Số đã đính chính",
            meaning: "Một giá trị được thay theo tệp đính chính của ban thư ký.",
            cause: "Đơn vị xác nhận lại số bằng điện thoại hoặc văn bản.",
            cure: "Không cần làm gì; khi đơn vị gửi lại bản đúng thì xóa dòng đính chính.",
            example: "Ô F8 ghi 600, đính chính thành 620.",
            effect: "Dùng giá trị mới; nơi nêu số có ghi đính chính.",
        }
        O011 {
            severity: Severity::Confirm,
            title: "Đính chính không còn khớp",
            meaning: "Giá trị trong tệp không còn là giá trị cũ ghi ở dòng đính chính.",
            cause: "Đơn vị đã gửi lại bản khác sau khi đính chính.",
            cure: "Kiểm tra số mới; sửa giá trị cũ (old) hoặc xóa dòng đính chính.",
            example: "Đính chính 600 thành 620 nhưng tệp nay ghi 615.",
            effect: "Không áp dụng đính chính; dùng giá trị trong tệp.",
        }
        O012 {
            severity: Severity::Warning,
            title: "Đính chính không dùng được",
            meaning: "Dòng đính chính không có chỗ áp dụng hoặc giá trị mới không hợp với ô.",
            cause: "Đơn vị chưa có tệp dùng được, ghi nhầm mã ô, hoặc giá trị mới sai kiểu.",
            cure: "Sửa hoặc xóa dòng này trong tệp đính chính.",
            example: "Đính chính một ô của đơn vị chưa gửi báo cáo.",
            effect: "Không áp dụng đính chính.",
        }
        O013 {
            severity: Severity::Confirm,
            title: "Đầu trang ghi đơn vị hoặc năm khác",
            meaning: "Dòng đầu các trang ghi một đơn vị hoặc một năm, trang nhận dạng ẩn của tệp lại ghi đơn vị hoặc năm khác.",
            cause: "Sửa dòng đầu trang trong biểu mẫu của đơn vị khác, hoặc dán các trang vào tệp của đơn vị khác.",
            cure: "Hỏi đơn vị đã gửi số liệu là của ai; đề nghị gửi lại bằng đúng biểu mẫu.",
            example: "Đầu trang ghi đơn vị này, trang ẩn _xhht ghi đơn vị khác.",
            effect: "Chưa dùng tệp này. Không có tệp nào khác của đơn vị ghi ở trang ẩn thì chấp nhận nhận xét (miễn trừ) để dùng.",
        }
        O014 {
            severity: Severity::Warning,
            title: "Biểu mẫu của nhiều đơn vị trong một tệp",
            meaning: "Trong tệp của một đơn vị có các trang biểu mẫu mà dòng đầu ghi là của đơn vị khác.",
            cause: "Một người làm báo cáo cho hai đơn vị, hoặc gộp các báo cáo vào một sổ.",
            cure: "Hỏi hai đơn vị có đúng như vậy không; đề nghị mỗi đơn vị gửi một tệp.",
            example: "Sổ của một đơn vị có thêm các trang ghi tên đơn vị khác.",
            effect: "Mỗi đơn vị được đọc theo các trang của mình.",
        }
        O015 {
            severity: Severity::Info,
            title: "Quyết định của năm khác",
            meaning: "Một dòng đính chính hoặc miễn trừ ghi năm (year) khác năm đang xét.",
            cause: "Tệp quyết định được giữ lại từ kỳ báo cáo khác.",
            cure: "Không cần làm gì; nếu ghi nhầm năm thì sửa year.",
            example: "Dòng đính chính ghi year = 2023, đang tổng hợp năm 2024.",
            effect: "Không áp dụng dòng này.",
        }
        O016 {
            severity: Severity::Warning,
            title: "Quyết định không ghi năm",
            meaning: "Một dòng đính chính hoặc miễn trừ không ghi năm (year). Đính chính khi ấy chỉ áp dụng cho năm mà ô còn ghi giá trị cũ; miễn trừ áp dụng đến hết ngày until.",
            cause: "Ghi thiếu year, hoặc dòng được giữ lại từ kỳ báo cáo trước.",
            cure: "Ghi year = năm báo cáo mà quyết định ấy thuộc về, hoặc xóa dòng của kỳ trước.",
            example: "Dòng đính chính 600 thành 620 không ghi year; năm nay ô lại ghi 600.",
            effect: "Đã xử lý như nhận xét nêu; không ảnh hưởng đến dòng khác.",
        }
        O017 {
            severity: Severity::Warning,
            title: "Kết quả của cấp dưới chưa đủ",
            meaning: "Trong kết quả mà đơn vị gửi, có chỉ tiêu chưa đủ số liệu của mọi nơi phải báo cáo.",
            cause: "Đơn vị tổng hợp khi còn nơi chưa gửi, hoặc có số liệu chưa dùng được.",
            cure: "Đôn đốc đơn vị bổ sung, tổng hợp lại rồi gửi kết quả mới.",
            example: "Chỉ tiêu 2.1 mới có số liệu của 80/96 nơi phải báo cáo.",
            effect: "Số của đơn vị vẫn được cộng như đơn vị đã tổng hợp; khoảng giá trị không tính phần còn thiếu bên trong đơn vị.",
        }
        O018 {
            severity: Severity::Error,
            title: "Kết quả của cấp dưới không có số để cộng",
            meaning: "Kết quả mà đơn vị gửi không có chỉ tiêu mà kế hoạch này cần, chỉ có tỷ lệ, hoặc có số không dùng được.",
            cause: "Kế hoạch của đơn vị đánh số chỉ tiêu khác, bản kết quả cũ, hoặc tệp do chương trình khác ghi.",
            cure: "Đề nghị đơn vị gửi lại tệp kết quả do chương trình ghi; nếu số chỉ tiêu khác thì ghi ở in-plan của dòng (from-result).",
            example: "Chỉ tiêu 2.1 chỉ ghi 60%, không có tử số và mẫu số.",
            effect: "Chỉ tiêu ấy của đơn vị coi như chưa có số liệu.",
        }
        O019 {
            severity: Severity::Warning,
            title: "Quyết định trong sổ theo dõi chưa dùng được",
            meaning: "Một dòng gõ trong sổ theo dõi thiếu lý do, người duyệt, hoặc có chỗ không hiểu được.",
            cause: "Gõ dở, gõ cả “Chấp nhận” lẫn “Giá trị mới”, ghi ngày không có thật, hoặc chấp nhận một nhận xét chỉ có thể sửa.",
            cure: "Mở sổ theo dõi, điền nốt hoặc sửa dòng ấy, lưu lại rồi chạy lại.",
            example: "Cột Chấp nhận đã chọn nhưng cột Lý do để trống.",
            effect: "Chưa áp dụng; nội dung đã gõ được giữ nguyên trong sổ theo dõi.",
        }
        O020 {
            severity: Severity::Warning,
            title: "Nội dung đã chấp nhận nay khác",
            meaning: "Một nhận xét đã được chấp nhận khi ô ghi một số; nay ô ghi số khác.",
            cause: "Đơn vị gửi lại bản khác sau khi nhận xét được chấp nhận.",
            cure: "Xem số mới; nếu vẫn chấp nhận thì ghi lại quyết định, nếu không thì rút quyết định cũ.",
            example: "Chấp nhận ô ghi 870000; đơn vị gửi lại, ô nay ghi 87000.",
            effect: "Không áp dụng; nhận xét về số mới được nêu như thường.",
        }
        O021 {
            severity: Severity::Warning,
            title: "Hai quyết định trái nhau",
            meaning: "Hai đính chính ghi hai giá trị khác nhau cho cùng một ô.",
            cause: "Hai người cùng ghi, hoặc một quyết định trong sổ theo dõi trái với tệp đính chính.",
            cure: "Thống nhất một giá trị rồi xóa quyết định kia.",
            example: "Sổ theo dõi ghi 620, tệp đính chính ghi 630 cho cùng một ô.",
            effect: "Không áp dụng quyết định nào trong hai quyết định ấy.",
        }
    }
    Consolidation {
        K001 {
            severity: Severity::Warning,
            title: "Chỉ tiêu chưa có số liệu",
            meaning: "Không đơn vị nào báo cáo đủ để tính chỉ tiêu.",
            cause: "Đơn vị phụ trách chưa gửi hoặc số liệu không dùng được.",
            cure: "Đôn đốc đơn vị phụ trách số liệu.",
            example: "Chỉ tiêu do một cơ quan phụ trách, cơ quan ấy chưa gửi.",
            effect: "Chỉ tiêu ghi “Chưa có số liệu”.",
        }
        K002 {
            severity: Severity::Warning,
            title: "Không có số tham chiếu cho đơn vị thiếu",
            meaning: "Đơn vị thiếu báo cáo mà không có mẫu số tham chiếu hay số năm trước, nên khoảng giá trị của kết quả chung là 0–100%.",
            cause: "Danh sách đơn vị không ghi số tham chiếu.",
            cure: "Bổ sung reference trong biểu mẫu, hoặc dùng --history với kết quả năm trước.",
            example: "Một đơn vị chưa gửi; dòng của nó không có reference và không có số năm trước.",
            effect: "Khoảng giá trị ghi 0–100%.",
        }
        K003 {
            severity: Severity::Warning,
            title: "Tổng mẫu số bằng 0",
            meaning: "Mọi đơn vị báo cáo mẫu số bằng 0 nên không tính được tỷ lệ.",
            cause: "Không nơi nào có đối tượng, hoặc các đơn vị ghi nhầm.",
            cure: "Kiểm tra lại tổng số ở các đơn vị.",
            example: "Tổng số của mọi đơn vị đều là 0.",
            effect: "Chỉ tiêu ghi “Chưa có số liệu”.",
        }
        K004 {
            severity: Severity::Warning,
            title: "Ký tự không in được trong báo cáo PDF",
            meaning: "Nội dung đơn vị gửi có ký tự mà phông chữ của báo cáo không có.",
            cause: "Dán biểu tượng cảm xúc, hình trang trí hoặc chữ nước ngoài từ điện thoại, trang mạng.",
            cure: "Xóa ký tự đó, gõ lại bằng chữ và dấu câu thường.",
            example: "“Hoàn thành ✅” sửa thành “Hoàn thành”.",
            effect: "Báo cáo PDF in □ thay ký tự đó; tệp Excel giữ nguyên.",
        }
        K010 {
            severity: Severity::Warning,
            title: "Kết quả năm trước của kế hoạch khác",
            meaning: "Trong số liệu các năm trước có kết quả mà kế hoạch ghi trong đó không phải kế hoạch này, cũng không phải kế hoạch trước hợp nhất.",
            cause: "Chép nhầm kết quả của nơi khác vào thư mục, hoặc mã kế hoạch đã đổi giữa chừng.",
            cure: "Bỏ tệp ấy khỏi thư mục; nếu là kế hoạch trước hợp nhất, khai ở mục [[predecessor]] của kế hoạch.",
            example: "Thư mục có kết quả năm 2023 của một kế hoạch khác.",
            effect: NOT_IN_SERIES,
        }
        K011 {
            severity: Severity::Warning,
            title: "Kết quả của năm ngoài kế hoạch",
            meaning: "Trong số liệu các năm trước có kết quả của năm không thuộc giai đoạn của kế hoạch.",
            cause: "Gõ nhầm năm, hoặc giữ lại kết quả của giai đoạn trước.",
            cure: "Kiểm tra năm ghi trong kết quả; bỏ tệp ấy khỏi thư mục nếu là của giai đoạn khác.",
            example: "Kế hoạch 2021–2030, tệp kết quả nêu năm 2019.",
            effect: NOT_IN_SERIES,
        }
        K012 {
            severity: Severity::Warning,
            title: "Kết quả năm trước tự mâu thuẫn",
            meaning: "Kết quả một năm trước có số không khớp nhau: tổng của các đơn vị khác số chung, hoặc tỷ lệ khác tử số chia mẫu số.",
            cause: "Có người sửa tay tệp kết quả, hoặc tệp được ghép từ nhiều nguồn.",
            cure: "Đối chiếu với báo cáo đã gửi của năm ấy; tổng hợp lại năm ấy từ báo cáo của các đơn vị.",
            example: "Các đơn vị cộng lại được 500/1.000, tệp kết quả nêu 510/1.000.",
            effect: TOLD_AS_PUBLISHED,
        }
        K013 {
            severity: Severity::Warning,
            title: "Năm trước có nhiều đơn vị báo cáo hơn danh sách",
            meaning: "Kết quả một năm trước có số của nhiều đơn vị hơn số đơn vị phải báo cáo của năm ấy.",
            cause: "Kết quả thuộc năm khác hay danh sách khác, hoặc danh sách đơn vị đã bị sửa về sau.",
            cure: "Kiểm tra năm của kết quả và ngày bắt đầu, ngày kết thúc của các đơn vị trong kế hoạch.",
            example: "Năm 2023 có 15 đơn vị phải báo cáo, tệp kết quả nêu số của 16 đơn vị.",
            effect: TOLD_AS_PUBLISHED,
        }
        K014 {
            severity: Severity::Warning,
            title: "Hai kết quả khác nhau của một năm",
            meaning: "Trong số liệu các năm trước có hai kết quả của cùng một năm mà số liệu khác nhau.",
            cause: "Giữ cả bản nháp và bản đã gửi, hoặc sửa tay một trong hai tệp.",
            cure: "Giữ lại bản đã gửi, bỏ bản kia khỏi thư mục.",
            example: "Tệp JSON năm 2023 ghi chỉ tiêu 2.1 là 500/1.000, sổ Excel ghi 520/1.000.",
            effect: "Dùng một bản: bản đã chốt, không có thì tệp JSON rồi mới đến sổ Excel; bản kia không dùng.",
        }
    }
    Plan {
        P001 {
            severity: Severity::Error,
            title: "Sai cú pháp TOML",
            meaning: "Tệp kế hoạch không đúng cú pháp TOML.",
            cause: "Thiếu ngoặc kép, dấu bằng, ngoặc vuông.",
            cure: "Sửa dòng được chỉ ra.",
            example: "title = Kết quả",
            effect: NOT_RUN,
        }
        P002 {
            severity: Severity::Error,
            title: "Khóa lạ",
            meaning: "Tệp có khóa mà mẫu kế hoạch không có.",
            cause: "Gõ sai tên khóa.",
            cure: "Sửa tên khóa theo gợi ý.",
            example: "titel = \"…\"",
            effect: NOT_RUN,
        }
        P003 {
            severity: Severity::Error,
            title: "Thiếu khóa",
            meaning: "Một mục thiếu khóa bắt buộc.",
            cause: "Xóa nhầm dòng.",
            cure: "Thêm khóa được nêu.",
            example: "[[indicator]] không có title.",
            effect: NOT_RUN,
        }
        P004 {
            severity: Severity::Error,
            title: "Giá trị sai kiểu",
            meaning: "Giá trị không đúng kiểu hoặc không được chấp nhận.",
            cause: "Thiếu hoặc thừa ngoặc kép.",
            cure: "Ghi theo kế hoạch mẫu.",
            example: "first-year = \"2021\"",
            effect: NOT_RUN,
        }
        P005 {
            severity: Severity::Error,
            title: "Khai báo trùng",
            meaning: "Một mã được khai báo hai lần.",
            cause: "Chép dòng mà quên đổi mã.",
            cure: "Đổi một trong hai mã.",
            example: "Hai đơn vị cùng một mã.",
            effect: NOT_RUN,
        }
        P006 {
            severity: Severity::Error,
            title: "Trỏ tới mục không có",
            meaning: "Một mã trỏ tới đơn vị, cấp, nhóm, chỉ tiêu hoặc ô nhập không có.",
            cause: "Gõ sai mã hoặc xóa mục được trỏ tới.",
            cure: "Sửa mã hoặc khai báo mục đó.",
            example: "numerator = \"dong_a.dta\"",
            effect: NOT_RUN,
        }
        P007 {
            severity: Severity::Error,
            title: "Mã không hợp lệ",
            meaning: "Mã có ký tự không được dùng.",
            cause: "Dùng chữ có dấu hoặc dấu cách trong mã.",
            cure: "Chỉ dùng a–z, 0–9, gạch dưới.",
            example: "id = \"Số đạt\"",
            effect: NOT_RUN,
        }
        P008 {
            severity: Severity::Error,
            title: "Số không hợp lệ",
            meaning: "Số, tỷ lệ hoặc năm của mục tiêu ngoài khoảng.",
            cause: "Gõ nhầm.",
            cure: "Ghi tỷ lệ từ 0 đến 100.",
            example: "2025 = \"120\"",
            effect: NOT_RUN,
        }
        P009 {
            severity: Severity::Error,
            title: "Ngày hoặc năm không hợp lệ",
            meaning: "Ngày không có thật, hoặc các mốc không theo thứ tự.",
            cause: "Gõ nhầm.",
            cure: "Ghi \"năm-tháng-ngày\".",
            example: "valid-from = \"2021-13-01\"",
            effect: NOT_RUN,
        }
        P010 {
            severity: Severity::Error,
            title: "Khai báo chưa đủ",
            meaning: "Một mục khai báo chưa đủ để dùng.",
            cause: "Thiếu phần tử số, mẫu số hoặc danh sách chọn.",
            cure: "Bổ sung theo hướng dẫn.",
            example: "kind = \"ratio\" mà không có parts.",
            effect: NOT_RUN,
        }
        P012 {
            severity: Severity::Error,
            title: "Vượt giới hạn của Excel",
            meaning: "Tên trang, mã ô, danh sách chọn, lời nhắc, tên đơn vị hoặc bề rộng cột vượt giới hạn của Excel.",
            cause: "Đặt tên quá dài.",
            cure: "Rút gọn.",
            example: "Tên trang tính 40 ký tự.",
            effect: NOT_RUN,
        }
        P013 {
            severity: Severity::Error,
            title: "Thiếu tệp của kế hoạch",
            meaning: "Không đọc được tệp nêu ở mục [files].",
            cause: "Chép thiếu tệp.",
            cure: "Đặt đủ các tệp cùng thư mục.",
            example: "Mục [files] nêu một tệp không có trong thư mục.",
            effect: NOT_RUN,
        }
        P014 {
            severity: Severity::Error,
            title: "Sai cú pháp mẫu lời văn",
            meaning: "Mẫu lời văn báo cáo có thẻ {{ }} hoặc {% %} sai.",
            cause: "Xóa nhầm một thẻ.",
            cure: "Sửa dòng được chỉ ra.",
            example: "{% if co_du %} không có {% endif %}.",
            effect: NOT_RUN,
        }
        P015 {
            severity: Severity::Error,
            title: "Dòng không dùng vào việc gì",
            meaning: "Biểu mẫu yêu cầu một dòng mà không chỉ tiêu nào dùng và không được đánh dấu là chỉ để biết.",
            cause: "Quên khai báo chỉ tiêu, gõ nhầm mã ô ở chỉ tiêu, hoặc quên đánh dấu dòng.",
            cure: "Thêm informative = true vào dòng, hoặc nêu chỉ tiêu ở khóa indicator, hoặc bỏ dòng.",
            example: "{ id = \"dong_a\" } mà không chỉ tiêu nào dùng dong_a.",
            effect: NOT_RUN,
        }
        P020 {
            severity: Severity::Error,
            title: "Quy tắc viết sai",
            meaning: "Một quy tắc kiểm tra không đọc được, nêu ô không có, so sánh hai loại giá trị khác nhau, hoặc không bao giờ sai (hay không bao giờ đúng).",
            cause: "Gõ nhầm mã ô, thiếu dấu ngoặc, so sánh chữ với số.",
            cure: "Sửa ở dòng, cột được chỉ ra; mã ô lấy từ tệp biểu mẫu; xem các quy tắc của kế hoạch đi kèm chương trình.",
            example: "test = \"dta <= cot_a\" (không có cột dta).",
            effect: NOT_RUN,
        }
        P021 {
            severity: Severity::Error,
            title: "Quy tắc không áp dụng cho biểu mẫu nào",
            meaning: "Quy tắc nối các ô không bao giờ ở trong cùng một biểu mẫu, hoặc tables, rows không để lại dòng nào.",
            cause: "Nối các ô mà không đơn vị nào được giao điền cả hai.",
            cure: "Chỉ dùng các ô mà cùng một đơn vị phải điền; sửa tables, rows.",
            example: "test = \"dong_a.cot <= dong_b.cot\" (hai ô của hai đơn vị khác nhau).",
            effect: NOT_RUN,
        }
    }
    Internal {
        I001 {
            severity: Severity::Error,
            title: "Lỗi bên trong chương trình",
            meaning: "Chương trình tự phát hiện tính toán của mình không khớp.",
            cause: "Lỗi phần mềm, không phải lỗi của đơn vị gửi.",
            cure: "Giữ lại các tệp đầu vào và báo cho người phụ trách phần mềm.",
            example: "Sổ đối chiếu các ô không khớp.",
            effect: "Dừng, không ghi kết quả.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_in_order_and_fully_told() {
        assert!(Code::ALL.is_sorted_by_key(|code| (code.class(), code.as_str())));
        assert_eq!(
            Code::ALL.iter().map(|code| code.as_str()).collect::<BTreeSet<_>>().len(),
            Code::ALL.len()
        );
        for code in Code::ALL {
            let info = code.info();
            assert_eq!(info.code, *code);
            for text in [info.title, info.meaning, info.cause, info.cure, info.example, info.effect] {
                assert!(!text.trim().is_empty(), "{code} has an empty text");
                assert!(unicode_normalization::is_nfc(text), "{code} is not NFC");
            }
        }
    }
}
