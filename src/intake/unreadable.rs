//! Why a file gave nothing: told so that a district officer knows what happened and what to do.

use super::limits::{MOST_UNFOLDED_CELLS, count};
use super::sniff::Kind;
use super::wrapped::Wrapping;
use crate::finding::{Code, Finding, Origin};
use serde::{Deserialize, Serialize};

/// A file that could not be read: a finding of class F without its place. The texts are Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// Its code, of class F.
    pub code: Code,
    /// What happened.
    pub cause: String,
    /// What to do.
    pub cure: String,
}

/// How to turn what Excel can open into what this program reads; both languages of Excel's menu are in use.
const SAVE_AS_XLSX: &str = "Mở tệp bằng Excel, chọn Tệp › Lưu thành (File › Save As), kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại tệp vừa lưu.";
const COPY_THE_FORM: &str = "Mở tệp bằng Excel, chép riêng các trang của biểu mẫu sang một sổ mới, chọn Tệp › Lưu thành (File › Save As), kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại tệp vừa lưu.";
const FILL_THE_FORM: &str =
    "Nhập số liệu vào đúng biểu mẫu Excel (.xlsx) đã được cấp cho đơn vị, lưu lại, rồi gửi tệp biểu mẫu đó.";

const SAVE_THE_ATTACHMENT: &str =
    "Mở thư, lưu riêng tệp Excel đính kèm (.xlsx) ra thư mục nhận bài, rồi chạy lại.";

impl Unreadable {
    /// The finding about that file; `file` is its path as it is printed.
    pub fn finding(&self, file: &str) -> Finding {
        Finding::new(self.code, self.cause.clone(), self.cure.clone()).at(Origin::file(file))
    }

    fn new(code: Code, cause: impl Into<String>, cure: impl Into<String>) -> Self {
        Unreadable { code, cause: cause.into(), cure: cure.into() }
    }

    /// What is said of content that is not a workbook this program reads; `None` for one that is.
    pub(super) fn of_kind(kind: Kind) -> Option<Self> {
        let not_a_workbook = |what: &str, cure: &str| {
            Some(Self::new(
                Code::F001,
                format!(
                    "Tệp này không phải là bảng tính Excel: nội dung bên trong là {what}, dù tên tệp có thể ghi khác."
                ),
                cure,
            ))
        };
        match kind {
            Kind::Workbook(_) => None,
            Kind::Nothing => Some(Self::nothing("Tệp rỗng, dung lượng 0 byte.")),
            Kind::Zeros => {
                Some(Self::damaged("tệp chỉ gồm các byte 0, thường do sao chép hoặc đồng bộ chưa xong"))
            }
            Kind::OtherContainer => Some(Self::damaged(
                "trong tệp kiểu Office 97–2003 này không tìm thấy bảng tính; tệp bị cắt cụt (tải về, sao chép chưa xong) hoặc do phần mềm khác tạo ra",
            )),
            Kind::Encrypted => Some(Self::encrypted()),
            Kind::Xlsb => Some(Self::new(
                Code::F005,
                "Tệp là sổ tính Excel kiểu nhị phân (.xlsb); đọc kiểu này có thể mất số liệu mà không ai biết nên chương trình không nhận.",
                SAVE_AS_XLSX,
            )),
            Kind::OldExcel => Some(Self::new(
                Code::F005,
                "Tệp là bảng tính Excel đời rất cũ (trước Excel 97), chương trình không đọc được.",
                SAVE_AS_XLSX,
            )),
            Kind::ExcelXml => Some(Self::new(
                Code::F005,
                "Tệp là bảng tính kiểu XML 2003 hoặc OpenDocument một tệp (.xml, .fods), chương trình không đọc kiểu này.",
                SAVE_AS_XLSX,
            )),
            Kind::Gnumeric => Some(Self::new(
                Code::F005,
                "Tệp là bảng tính của Gnumeric (.gnumeric), chương trình không đọc kiểu này.",
                "Mở tệp bằng Gnumeric, chọn Lưu thành (Save As), kiểu Excel (.xlsx), rồi gửi lại.",
            )),
            Kind::Html => not_a_workbook("trang web (HTML) do một phần mềm xuất ra", SAVE_AS_XLSX),
            Kind::Text => not_a_workbook("văn bản thuần hoặc CSV", SAVE_AS_XLSX),
            Kind::Pdf => not_a_workbook("tài liệu PDF", FILL_THE_FORM),
            Kind::Word => not_a_workbook("văn bản Word", FILL_THE_FORM),
            Kind::PowerPoint => not_a_workbook("bản trình chiếu PowerPoint", FILL_THE_FORM),
            Kind::OtherOpenDocument => {
                not_a_workbook("tài liệu OpenDocument không phải bảng tính", FILL_THE_FORM)
            }
            Kind::Image => not_a_workbook("hình ảnh", FILL_THE_FORM),
            Kind::Mail | Kind::OutlookMail | Kind::OutlookPack => {
                not_a_workbook("thư điện tử nằm quá sâu trong các thư và tệp nén khác", SAVE_THE_ATTACHMENT)
            }
            Kind::Wrapped(wrapping) => Some(Self::wrapped(wrapping)),
            Kind::Shortcut => Some(Self::shortcut()),
            Kind::Archive(name) => not_a_workbook(
                &format!("tệp nén {name}"),
                "Giải nén (bấm chuột phải › Giải nén, Extract All), rồi gửi riêng từng tệp Excel (.xlsx) ở bên trong.",
            ),
            Kind::Unknown => not_a_workbook(
                "kiểu tệp không nhận ra được",
                "Kiểm tra lại có gửi nhầm tệp không; nếu đúng tệp, mở bằng Excel, chọn Tệp › Lưu thành (File › Save As), kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại.",
            ),
        }
    }

    /// A file inside something that is not opened here.
    fn wrapped(wrapping: Wrapping) -> Self {
        match wrapping {
            Wrapping::SignedMail => Self::new(
                Code::F005,
                "Tệp là thư điện tử ký số theo kiểu S/MIME gói kín (smime.p7m): nội dung và tệp đính kèm nằm bên trong chữ ký, chương trình không mở kiểu này.",
                "Mở thư bằng phần mềm thư (Outlook, Thunderbird…), lưu riêng tệp Excel đính kèm (.xlsx) ra thư mục nhận bài, rồi chạy lại; hoặc đề nghị đơn vị gửi lại thư không ký, hay ký rời (chữ ký là tệp smime.p7s riêng).",
            ),
            Wrapping::EncryptedMail => Self::new(
                Code::F004,
                "Tệp là thư điện tử hoặc tệp được mã hóa riêng cho người nhận (S/MIME smime.p7m hoặc PGP); không có khóa của người nhận thì không đọc được.",
                "Mở thư ở máy có chứng thư số (khóa) của người nhận, lưu riêng tệp Excel đính kèm (.xlsx) ra thư mục nhận bài, rồi chạy lại; hoặc đề nghị đơn vị gửi lại thư không mã hóa.",
            ),
            Wrapping::Letters => Self::new(
                Code::F005,
                "Tệp được viết thành chữ trong lời thư theo kiểu cũ (uuencode, BinHex hoặc yEnc), không phải tệp đính kèm; chương trình không đọc kiểu này.",
                "Đề nghị đơn vị gửi lại tệp Excel theo cách đính kèm bình thường; hoặc mở bằng phần mềm giải nén (7-Zip, WinZip; tệp .uu, .hqx), giải nén ra tệp Excel rồi đặt vào thư mục nhận bài.",
            ),
            Wrapping::RichText => Self::new(
                Code::F001,
                "Tệp này không phải là bảng tính Excel mà là văn bản RTF (thư hoặc tài liệu lưu ở kiểu .rtf) có tệp khác nhúng bên trong; chương trình không lấy tệp nhúng ra.",
                "Mở văn bản bằng Word hoặc Outlook, nhấn đúp vào biểu tượng tệp Excel nhúng bên trong, chọn Tệp › Lưu thành (File › Save As), kiểu “Excel Workbook (*.xlsx)”, lưu vào thư mục nhận bài rồi chạy lại; hoặc đề nghị đơn vị gửi riêng tệp Excel.",
            ),
        }
    }

    /// F002; `what` continues “Tệp …”, `most` tells the limit.
    pub(super) fn too_large(what: &str, most: &str) -> Self {
        Self::new(
            Code::F002,
            format!("Tệp {what}, vượt mức chương trình nhận ({most}), nên không được mở để tránh treo máy."),
            "Mở tệp bằng Excel, xóa hình ảnh, trang tính thừa và các dòng, cột trống đã định dạng ở dưới và bên phải bảng, lưu kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại; biểu mẫu đã điền thường chỉ khoảng 50 KB.",
        )
    }

    /// F002 for the formats that are read whole.
    pub(super) fn unfolds_too_far() -> Self {
        Self::too_large(
            "bung ra quá nhiều ô (thường do có ký tự hoặc định dạng nằm rất xa bên dưới hoặc bên phải bảng)",
            &format!("{} triệu ô", MOST_UNFOLDED_CELLS / 1_000_000),
        )
    }

    /// F003; `why` continues the sentence after a colon.
    pub(super) fn damaged(why: &str) -> Self {
        Self::new(
            Code::F003,
            format!("Tệp hỏng hoặc không trọn vẹn: {why}."),
            "Mở lại tệp gốc bằng Excel (nếu Excel hỏi thì chọn sửa chữa), chọn Tệp › Lưu thành (File › Save As), kiểu “Excel Workbook (*.xlsx)”, kiểm tra số liệu, rồi gửi lại; nếu tệp nhận qua thư thì tải lại tệp đính kèm.",
        )
    }

    /// F004.
    pub(super) fn encrypted() -> Self {
        Self::new(
            Code::F004,
            "Tệp được đặt mật khẩu mở hoặc được mã hóa, chương trình không đọc được.",
            "Mở tệp bằng Excel, chọn Tệp › Thông tin › Bảo vệ sổ làm việc › Mã hóa bằng mật khẩu (File › Info › Protect Workbook › Encrypt with Password), xóa trống ô mật khẩu, lưu, rồi gửi lại.",
        )
    }

    /// F004 for an .xls locked by the means of Excel 95, which Excel still offers.
    pub(super) fn locked_as_of_old() -> Self {
        Self::new(
            Code::F004,
            "Tệp .xls bị khóa theo kiểu rất cũ của Excel 95 (XOR), chương trình không mở được dù có thể Excel không hỏi mật khẩu.",
            "Mở tệp bằng Excel (nếu hỏi thì nhập mật khẩu), chọn Tệp › Lưu thành (File › Save As), kiểu “Excel Workbook (*.xlsx)”, ở Công cụ › Tùy chọn chung (Tools › General Options) xóa trống các ô mật khẩu, lưu, rồi gửi lại.",
        )
    }

    /// F006: a mail in rich text holds an object of another program instead of a file.
    pub(super) fn object_in_words() -> Self {
        Self::new(
            Code::F006,
            "Thư viết ở dạng văn bản đa dạng (RTF) và chứa một đối tượng nhúng trong lời thư thay cho tệp đính kèm; chương trình không lấy được tệp Excel từ đó.",
            "Mở thư bằng Outlook, nhấn đúp vào đối tượng nhúng, chọn Tệp › Lưu thành (File › Save As), kiểu “Excel Workbook (*.xlsx)”, lưu vào thư mục nhận bài rồi chạy lại; hoặc đề nghị đơn vị gửi lại tệp Excel đính kèm, thư ở dạng HTML hay văn bản thường.",
        )
    }

    /// F004 for a file inside a zip.
    pub(super) fn locked_archive() -> Self {
        Self::new(
            Code::F004,
            "Tệp nén được đặt mật khẩu, chương trình không đọc được các tệp bên trong.",
            "Giải nén bằng mật khẩu đã biết rồi đặt các tệp Excel vào hộp thư, hoặc đề nghị đơn vị gửi lại tệp không đặt mật khẩu.",
        )
    }

    /// F005 for a workbook that is packed in a way that is sound but not read here.
    pub(super) fn packed_otherwise(method: &str) -> Self {
        Self::new(
            Code::F005,
            format!(
                "Tệp Excel không hỏng nhưng nội dung được nén bằng {method}; chương trình chỉ đọc kiểu nén mà Excel dùng (Deflate)."
            ),
            SAVE_AS_XLSX,
        )
    }

    /// F005 for a file in a zip that is packed so: the zip is packed anew, not the file. What Windows itself packs is read
    /// up to some 2 GB, beyond which it turns to Deflate64.
    pub(super) fn member_packed_otherwise(method: &str) -> Self {
        Self::new(
            Code::F005,
            format!(
                "Tệp nén (.zip) không hỏng nhưng tệp này ở trong đó được nén bằng {method}; chương trình chỉ đọc kiểu nén thông dụng (Deflate)."
            ),
            "Trên Windows: nhấn chuột phải vào tệp nén, chọn Giải nén tất cả (Extract All; nếu Windows báo lỗi thì dùng 7-Zip hay WinRAR), rồi đặt thẳng các tệp Excel vào hộp thư. Muốn nén lại: chọn các tệp Excel, nhấn chuột phải › Gửi đến › Thư mục nén (Send to › Compressed folder); trong 7-Zip, WinRAR thì chọn kiểu ZIP, phương pháp Deflate.",
        )
    }

    /// F010: what only leads to a file.
    pub fn shortcut() -> Self {
        Self::new(
            Code::F010,
            "Đây là lối tắt (shortcut, liên kết) trỏ tới một tệp hay thư mục khác, không phải chính tệp đó; chương trình không đi theo lối tắt.",
            "Chép chính tệp báo cáo vào hộp thư rồi chạy lại; nếu lối tắt là thừa thì xóa đi.",
        )
    }

    /// F001: a mail that brings nothing along.
    pub(super) fn mail_without_file() -> Self {
        Self::new(
            Code::F001,
            "Tệp này là thư điện tử, bên trong không có tệp nào đính kèm; số liệu ghi trong lời thư chương trình không đọc.",
            "Nếu thư vốn có tệp đính kèm: mở thư bằng phần mềm thư, lưu riêng tệp Excel (.xlsx) ra thư mục nhận bài, rồi chạy lại. Nếu số liệu nằm trong lời thư: đề nghị đơn vị nhập vào biểu mẫu Excel rồi gửi lại.",
        )
    }

    /// F006: Outlook kept only where an attachment lies.
    pub(super) fn attachment_elsewhere() -> Self {
        Self::new(
            Code::F006,
            "Thư chỉ có đường dẫn tới tệp đính kèm (tệp để trên mạng hoặc chưa tải về), không có nội dung tệp.",
            "Mở thư, mở đường dẫn hoặc tải tệp đính kèm về, lưu tệp Excel (.xlsx) ra thư mục nhận bài, rồi chạy lại.",
        )
    }

    /// F009: not read to the end within the time a file is given.
    pub fn too_slow(seconds: u64) -> Self {
        Self::new(
            Code::F009,
            format!(
                "Đọc quá {seconds} giây mà chưa xong; tệp hỏng ở chỗ khó thấy hoặc chứa bảng quá lớn, chương trình đã ngừng đọc."
            ),
            COPY_THE_FORM,
        )
    }

    /// F009: more memory asked for than a file is given, in the heap or on the stack.
    pub fn too_hungry(mebibytes: u64) -> Self {
        Self::new(
            Code::F009,
            format!(
                "Việc đọc tệp đòi quá số bộ nhớ dành cho một tệp ({} MB); tệp hỏng ở chỗ khó thấy, chứa bảng quá lớn hoặc các phần lồng nhau quá sâu, chương trình đã ngừng đọc.",
                count(mebibytes as usize)
            ),
            COPY_THE_FORM,
        )
    }

    /// F003: the reader broke down in a way that nothing inside it could catch.
    pub fn broke_the_reader() -> Self {
        Self::damaged("cấu trúc bên trong sai đến mức bộ đọc phải dừng")
    }

    /// F003: parts that declare entities of XML, of which a few letters can be made to fill the memory.
    pub(super) fn declares_entities() -> Self {
        Self::damaged(
            "bên trong có khai báo thực thể XML (DTD) mà Excel không bao giờ ghi; chương trình không bung ra để tránh treo máy",
        )
    }

    /// F006; `what` is a whole sentence.
    pub(super) fn nothing(what: &str) -> Self {
        Self::new(
            Code::F006,
            format!("{what} Chương trình không đọc được ô số liệu nào."),
            "Kiểm tra có gửi nhầm tệp trắng không; mở tệp đã điền bằng Excel, chọn Tệp › Lưu thành (File › Save As), kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại.",
        )
    }
}
