//! `xhht init`: an editable working folder.

use super::args::InitOptions;
use super::guides::{DECEMBER, QUICK_START};
use super::inputs;
use super::interrupt;
use super::output::Outputs;
use super::page;
use super::terminal::Terminal;
use super::{CommandResult, Ending};
use crate::check::decision::{CORRECTIONS_FILE, WAIVERS_FILE};
use crate::domain::{IndicatorKind, Unit, Year};
use crate::error::Error;
use crate::plan::province::{self, Named, Province};
use crate::plan::{Plan, PlanSources, SCHEMA_FOLDER, SCHEMAS};
use std::fs;
use std::path::Path;
use vietnamese::display::capitalised;

/// Folder for the senders' files.
pub(super) const INBOX: &str = "hop-thu";
/// Folder of the plan.
pub(super) const PLAN: &str = "ke-hoach";

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

ke-hoach/   {files}
hop-thu/    đặt các tệp báo cáo nhận được vào đây, kể cả tệp .zip, có thể chia thư mục con
huong-dan/  ky-bao-cao-thang-12.pdf (kỳ báo cáo từng bước, có hình), huong-dan-nhanh.pdf (hai trang gửi kèm biểu mẫu cho
            người nhập); để tra cứu: thang-12.txt, sua-ke-hoach.txt (cách sửa kế hoạch), khoa-ke-hoach.txt, nhan-xet.txt
theo-doi-xhht-NĂM.xlsx  sổ theo dõi, có khi chạy việc theo dõi: ai đã gửi, chỗ phải sửa; gõ quyết định ngay trong sổ
bieu-mau/NĂM/  biểu mẫu của từng đơn vị, kèm huong-dan-nhanh.pdf và kiem-tra.html (trang để đơn vị tự kiểm tra trước khi gửi)
nhac/NĂM/   lời nhắn và bản trả lại để gửi cho từng đơn vị
ket-qua/NĂM/   kết quả tổng hợp; ho-so/NĂM/lan-1, lan-2…  hồ sơ năm đã chốt, không sửa
xhht.html   mở bằng trình duyệt, chọn cả thư mục này: theo dõi, ghi quyết định, tổng hợp mà không cần xhht.exe (có bản không kèm)
mien-tru.toml, dinh-chinh.toml  các quyết định ghi bằng tệp văn bản, cho ai không muốn gõ trong sổ theo dõi

Để xhht.exe trong thư mục này hoặc thư mục chứa nó rồi nhấn đúp vào xhht.exe; chương trình hiện tình hình của năm và các việc cần làm,
gõ số rồi nhấn Enter.

Ai quen gõ lệnh thì gõ trong thư mục này, ví dụ:
  xhht plan check ke-hoach/plan.toml
  xhht template --plan ke-hoach/plan.toml --year {year} --out bieu-mau/{year}
  xhht track hop-thu --plan ke-hoach/plan.toml --year {year}
  xhht consolidate hop-thu --plan ke-hoach/plan.toml --year {year} --as-of {day} --out ket-qua/{year}
";

/// What the files of a plan are, by their keys in `[files]`.
const FILES: [(&str, &str); 7] = [
    ("units", "danh sách đơn vị"),
    ("form", "biểu mẫu"),
    ("rules", "quy tắc"),
    ("report", "lời văn của báo cáo"),
    ("brief", "bản tóm tắt"),
    ("cover-letter", "tờ trình"),
    ("unit-sheet", "phiếu từng đơn vị"),
];

/// A year to show by an example how it is written: one in the middle of the plan.
fn a_year(plan: &Plan) -> Year {
    (plan.first_year + plan.last_year) / 2
}

/// The guide, with the plan's own names for its files, and a year and a day of the plan.
fn guide_text(sources: &PlanSources, plan: &Plan) -> String {
    let mut files = vec!["kế hoạch (plan.toml)".to_owned()];
    for (key, what) in FILES {
        let Some(name) = sources.name_of(key) else { continue };
        // The texts of the outputs stand on a line of their own.
        let line = if key == "report" { "\n            " } else { "" };
        files.push(format!("{line}{what} ({name})"));
    }
    let last = files.pop().unwrap_or_default();
    let listed = format!("{} và {last}", files.join(", ")).replace(", \n", ",\n");
    let year = a_year(plan);
    GUIDE
        .replace("{files}", &listed)
        .replace("{year}", &year.to_string())
        .replace("{day}", &plan.due_date(year).to_string())
}

/// An example of a decision, about a unit and a cell of the plan.
fn decision_text(text: &str, plan: &Plan) -> String {
    let local = plan.levels.first();
    let roster = plan.roster(plan.first_year);
    let units: Vec<&Unit> =
        roster.into_iter().filter(|unit| local.is_some_and(|level| level.id == unit.level)).collect();
    let unit = units.get(units.len() / 2).map(|unit| unit.code.to_string()).unwrap_or_default();
    let figure = plan.indicators.iter().find_map(|indicator| match &indicator.kind {
        IndicatorKind::Ratio { parts } => parts.first().map(|part| &part.numerator),
        _ => None,
    });
    let due = plan.due_date(a_year(plan));
    text.replace("{unit}", &unit)
        .replace("{year}", &a_year(plan).to_string())
        .replace("{day}", &due.to_string())
        .replace("{end}", &format!("{}-12-31", a_year(plan)))
        .replace("{collector}", &plan.frame(a_year(plan)).names.collector)
        .replace("{field}", figure.unwrap_or(&plan.report_date).as_str())
        .replace("{Mot}", &capitalised(&plan.text_of("{mot}", plan.first_year)))
}

/// Waivers, with an example that is none.
const WAIVERS: &str = "\
# Mỗi mục là một nhận xét được chấp nhận. Bỏ dấu # ở đầu dòng để dùng; xhht check cho biết mã nhận xét.
# Bỏ dòng field thì miễn trừ mọi nhận xét mang mã đó của đơn vị. year là năm báo cáo mà miễn trừ thuộc về.
#
# [[waiver]]
# code = \"C011\"
# unit = \"{unit}\"
# field = \"{field}\"
# year = {year}
# reason = \"{Mot} đang rà soát, có công văn giải trình\"
# approver = \"Lãnh đạo {collector}\"
# until = \"{end}\"
";

/// Corrections, with an example that is none.
const CORRECTIONS: &str = "\
# Mỗi mục là một giá trị đã thống nhất lại với đơn vị. Chỉ được áp dụng khi tệp của đơn vị còn ghi giá trị cũ (old).
# Ghi old, new như gõ vào ô, trong ngoặc kép; ô trống ghi old = \"\". Dùng cách này cả khi trả lời một nhận xét
# “cần giải trình”, ví dụ ô ghi “1.234” là 1234. year là năm báo cáo: dòng của năm khác không làm đổi số năm này.
#
# [[correction]]
# unit = \"{unit}\"
# field = \"{field}\"
# year = {year}
# old = \"600\"
# new = \"620\"
# reason = \"gõ nhầm, đơn vị xác nhận qua điện thoại\"
# who = \"{collector}\"
# date = \"{day}\"
";

pub(super) fn run(terminal: &Terminal, plan_path: Option<&Path>, options: &InitOptions) -> CommandResult {
    let province = options.province.as_deref().map(|text| province_named(terminal, text)).transpose()?;
    let sources = match province {
        Some(province) => PlanSources::of_province(province),
        None => inputs::sources(plan_path)?,
    };
    let plan = create(&options.dir, &sources)?;
    terminal.say(format!("Đã tạo thư mục làm việc “{}”:", options.dir.display()));
    terminal.say(format!("  {PLAN}/   kế hoạch để sửa ({} tệp)", sources.others.len() + 1));
    terminal.say(format!("  {INBOX}/    hộp thư trống, đặt các báo cáo nhận được vào đây"));
    terminal.say(format!(
        "  {GUIDES}/  cách làm một kỳ báo cáo (bản in có hình: ky-bao-cao-thang-12.pdf), cách sửa kế hoạch"
    ));
    if page::is_there() {
        terminal.say(
            "  xhht.html: mở bằng trình duyệt để theo dõi, tổng hợp trên máy không chạy được chương trình",
        );
    }
    terminal.say("Trong thư mục ấy gõ xhht (trên Windows: nhấn đúp xhht.exe) để được dẫn từng bước; hoặc xem HUONG-DAN.txt.");
    if let Some(province) = province {
        terminal.say("");
        say_what_is_open(terminal, province, &plan);
        terminal.say("Điền xong chạy: xhht plan check ke-hoach/plan.toml");
    }
    Ok(Ending::Clean)
}

/// Writes a working folder with a plan, all of it or nothing; gives back the plan.
///
/// # Errors
/// The plan has mistakes, the folder has one already, or it cannot be written.
pub(super) fn create(dir: &Path, sources: &PlanSources) -> Result<Plan, Error> {
    let read = Plan::read(sources)?;
    let plan = dir.join(PLAN);
    if holds_something(&plan) {
        return Err(Error::Usage(format!(
            "Thư mục “{}” đã có; không ghi đè. Chọn thư mục khác hoặc đổi tên thư mục cũ.",
            plan.display()
        )));
    }
    let files = Outputs::into_folder(dir)?;
    files.add("HUONG-DAN.txt", guide_text(sources, &read).as_bytes())?;
    for (name, text) in [(WAIVERS_FILE, WAIVERS), (CORRECTIONS_FILE, CORRECTIONS)] {
        // Decisions already taken are not to be lost when the plan's folder is made anew.
        if !dir.join(name).exists() {
            files.add(name, decision_text(text, &read).as_bytes())?;
        }
    }
    // The guides and the steps call the main file by this name.
    files.add(&format!("{PLAN}/plan.toml"), sources.main.text.as_bytes())?;
    for file in &sources.others {
        files.add(&format!("{PLAN}/{}", file.name), file.text.as_bytes())?;
    }
    for (name, text) in SCHEMAS {
        files.add(&format!("{PLAN}/{SCHEMA_FOLDER}/{name}"), text.as_bytes())?;
    }
    for (name, text) in PAGES {
        // Under this ending a double click opens them in Notepad.
        files.add(&format!("{GUIDES}/{name}.txt"), text.replace(".md", ".txt").as_bytes())?;
    }
    for (name, printed) in [DECEMBER, QUICK_START] {
        files.add(&format!("{GUIDES}/{name}"), printed)?;
    }
    if let Some((name, page)) = page::desk_page(&read, sources)? {
        files.add(name, &page)?;
    }
    let _unbroken = interrupt::unbroken();
    Outputs::into_folder(&dir.join(INBOX))?.finish()?;
    files.finish()?;
    Ok(read)
}

/// Whether there is anything at a place but an empty folder.
fn holds_something(place: &Path) -> bool {
    fs::read_dir(place).map_or_else(|_| place.exists(), |mut entries| entries.next().is_some())
}

/// The province that is meant. The name of one that ended is asked about, where somebody can answer.
fn province_named(terminal: &Terminal, text: &str) -> Result<&'static Province, Error> {
    let listed = |provinces: &[&Province]| {
        let named = provinces.iter().map(|province| format!("{} ({})", province.name, province.code));
        named.collect::<Vec<_>>().join(", ")
    };
    match province::named(text) {
        Named::Now(province) => Ok(province),
        Named::Former(former, province) => {
            let now = format!(
                "Từ ngày 01/7/2025 {former} là một phần của {} (mã {})",
                province.name, province.code
            );
            let question = format!("{now}. Lập kế hoạch cho {} phải không? (c/k)", province.name);
            if terminal.agrees(&question) {
                return Ok(province);
            }
            Err(Error::Usage(format!(
                "{now}. Nếu đúng là lập cho {}, gõ lại với --province {}.",
                province.name, province.code
            )))
        }
        Named::Unclear(near) if near.is_empty() => Err(Error::Usage(format!(
            "Không có tỉnh, thành phố nào là “{text}”. Dùng mã hoặc tên của một trong 34 tỉnh, thành phố: {}.",
            listed(&province::all().iter().collect::<Vec<_>>())
        ))),
        Named::Unclear(near) => Err(Error::Usage(format!(
            "Không rõ “{text}” là tỉnh, thành phố nào; có thể là {}. Gõ lại tên đầy đủ hoặc mã.",
            listed(&near)
        ))),
    }
}

/// What the plan of a province leaves open.
pub(super) fn say_what_is_open(terminal: &Terminal, province: &Province, plan: &Plan) {
    let year = plan.first_year;
    let indicators = plan.indicators_of(year);
    let open: Vec<String> = indicators
        .iter()
        .filter(|indicator| indicator.target_for(year).is_none())
        .map(|indicator| indicator.id.to_string())
        .collect();
    let local = plan.levels.first();
    let units = local.map(|level| plan.roster_of(year, &level.id)).unwrap_or_default();
    let unknown = units.iter().filter(|unit| unit.population.is_none()).count();
    terminal.say(format!(
        "Kế hoạch của {} còn những chỗ cần điền (tìm chữ “CẦN ĐIỀN” trong {PLAN}/):",
        province.name
    ));
    terminal.say(format!(
        "  mục tiêu (plan.toml)        chỉ tiêu {} chưa ghi mục tiêu; chỉ tiêu khác đang theo mục tiêu quốc gia",
        open.join(", ")
    ));
    terminal.say("  phần khung (plan.toml)      người ký, nơi nhận, hạn gửi, nhiệm vụ trọng tâm của kế hoạch tỉnh, thành phố");
    terminal.say("  cơ quan (don-vi.toml)       tên các sở, ngành, đoàn thể; thêm cơ quan còn thiếu, mỗi cơ quan một dòng");
    if unknown > 0 {
        terminal.say(format!(
            "  dân số (don-vi.toml)        {unknown}/{} đơn vị chưa có dân số tham chiếu",
            units.len()
        ));
    }
}
