//! `xhht init`: an editable working folder.

use super::args::InitOptions;
use super::output::Outputs;
use super::terminal::Terminal;
use super::{CommandResult, Outcome};
use crate::check::decision::{CORRECTIONS_FILE, WAIVERS_FILE};
use crate::error::Error;
use crate::plan::{EMBEDDED, SCHEMA_FOLDER, SCHEMAS};

/// Folder for the senders' files.
const INBOX: &str = "hop-thu";
/// Folder of the plan.
const PLAN: &str = "ke-hoach";

/// Folder of the guides.
const GUIDES: &str = "huong-dan";

/// The guides of `docs/`, for who has nothing but the program.
const PAGES: [(&str, &str); 4] = [
    ("thang-12", include_str!("../../docs/thang-12.md")),
    ("sua-ke-hoach", include_str!("../../docs/sua-ke-hoach.md")),
    ("khoa-ke-hoach", include_str!("../../docs/khoa-ke-hoach.md")),
    ("nhan-xet", include_str!("../../docs/nhan-xet.md")),
];

const GUIDE: &str = "\
THƯ MỤC LÀM VIỆC CỦA XHHT

ke-hoach/   kế hoạch (plan.toml), danh sách đơn vị (don-vi.toml), biểu mẫu (bieu-mau.toml), quy tắc (quy-tac.toml),
            lời văn của báo cáo (bao-cao.txt), bản tóm tắt (tom-tat.txt) và phiếu từng đơn vị (phieu-don-vi.txt)
hop-thu/    đặt các tệp báo cáo nhận được vào đây, kể cả tệp .zip, có thể chia thư mục con
huong-dan/  thang-12.txt (kỳ báo cáo từng bước), sua-ke-hoach.txt (cách sửa kế hoạch), khoa-ke-hoach.txt, nhan-xet.txt
mien-tru.toml    các nhận xét được chấp nhận, kèm lý do, người duyệt, hạn
dinh-chinh.toml  các số đã thống nhất lại với đơn vị, kèm số cũ, số mới, lý do

Các lệnh hay dùng (chạy trong thư mục này):
  xhht plan check ke-hoach/plan.toml
  xhht template --plan ke-hoach/plan.toml --year 2024 --out bieu-mau
  xhht check hop-thu --plan ke-hoach/plan.toml --year 2024
  xhht consolidate hop-thu --plan ke-hoach/plan.toml --year 2024 --out ket-qua
";

/// Waivers, with an example that is none.
const WAIVERS: &str = "\
# Mỗi mục là một nhận xét được chấp nhận. Bỏ dấu # ở đầu dòng để dùng; xhht check cho biết mã nhận xét.
# Bỏ dòng field thì miễn trừ mọi nhận xét mang mã đó của đơn vị.
#
# [[waiver]]
# code = \"C011\"
# unit = \"801\"
# field = \"nltt.dat\"
# reason = \"Huyện đang rà soát, có công văn số 12/PGDĐT\"
# approver = \"Phó Trưởng ban thư ký\"
# until = \"2024-12-31\"
";

/// Corrections, with an example that is none.
const CORRECTIONS: &str = "\
# Mỗi mục là một giá trị đã thống nhất lại với đơn vị. Chỉ được áp dụng khi tệp của đơn vị còn ghi giá trị cũ (old).
# Ghi old, new như gõ vào ô, trong ngoặc kép; ô trống ghi old = \"\". Dùng cách này cả khi trả lời một nhận xét
# “cần giải trình”, ví dụ ô ghi “1.234” là 1234.
#
# [[correction]]
# unit = \"801\"
# field = \"nltt.dat\"
# old = \"600\"
# new = \"620\"
# reason = \"gõ nhầm, đơn vị xác nhận qua điện thoại\"
# who = \"Ban thư ký\"
# date = \"2024-12-09\"
";

pub(super) fn run(terminal: &Terminal, options: &InitOptions) -> CommandResult {
    let plan = options.dir.join(PLAN);
    if plan.exists() {
        return Err(Error::Usage(format!(
            "Thư mục “{}” đã có; không ghi đè. Chọn thư mục khác hoặc đổi tên thư mục cũ.",
            plan.display()
        )));
    }
    let guide = Outputs::into_folder(&options.dir)?;
    guide.add("HUONG-DAN.txt", GUIDE.as_bytes())?;
    for (name, text) in [(WAIVERS_FILE, WAIVERS), (CORRECTIONS_FILE, CORRECTIONS)] {
        // Decisions already taken are not to be lost when the plan's folder is made anew.
        if !options.dir.join(name).exists() {
            guide.add(name, text.as_bytes())?;
        }
    }
    Outputs::into_folder(&options.dir.join(INBOX))?.finish()?;
    let files = Outputs::into_folder(&plan)?;
    for (name, text) in EMBEDDED {
        files.add(name, text.as_bytes())?;
    }
    files.finish()?;
    let schemas = Outputs::into_folder(&plan.join(SCHEMA_FOLDER))?;
    for (name, text) in SCHEMAS {
        schemas.add(name, text.as_bytes())?;
    }
    schemas.finish()?;
    let pages = Outputs::into_folder(&options.dir.join(GUIDES))?;
    for (name, text) in PAGES {
        // Under this ending a double click opens them in Notepad.
        pages.add(&format!("{name}.txt"), text.replace(".md", ".txt").as_bytes())?;
    }
    pages.finish()?;
    guide.finish()?;
    terminal.say(format!("Đã tạo thư mục làm việc “{}”:", options.dir.display()));
    terminal.say(format!("  {PLAN}/   kế hoạch để sửa ({} tệp)", EMBEDDED.len()));
    terminal.say(format!("  {INBOX}/    hộp thư trống, đặt các báo cáo nhận được vào đây"));
    terminal.say(format!("  {GUIDES}/  cách làm một kỳ báo cáo và cách sửa kế hoạch"));
    terminal.say("Xem HUONG-DAN.txt để biết các lệnh tiếp theo.");
    Ok(Outcome::Clean)
}
