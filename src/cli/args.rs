//! Arguments. Everything clap prints is put into Vietnamese here.

mod told;
mod values;

use crate::plan::SHIPPED;
use chrono::NaiveDate;
use clap::builder::styling::{AnsiColor, Effects, Styles};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use told::{in_vietnamese, usage_in_vietnamese};
use values::{at_least_one, day, year};

const HELP: &str = "\
{before-help}{about-with-newline}
Cách dùng: {usage}

{all-args}{after-help}";

/// Heading of the options of one command; clap's own word would be English.
const OWN_OPTIONS: &str = "Tùy chọn";

const EXIT_CODES: &str = "\
Mã thoát: 0 là xong, không có lỗi; 1 là xong, đã ghi kết quả nhưng còn lỗi ở báo cáo của đơn vị; 2 là không làm được; 130 là đã dừng theo yêu cầu (Ctrl+C).
Ví dụ: xhht consolidate hop-thu --year 2024 --out ket-qua";

/// Name of the command that a double click means.
const START: &str = "start";

/// Name of the hidden command by which the program calls itself.
pub(super) const READER: &str = "reader";

#[derive(Debug, Parser)]
#[command(
    name = "xhht",
    bin_name = "xhht",
    version,
    about = "Tổng hợp báo cáo hằng năm theo một kế hoạch: ghi biểu mẫu Excel cho từng đơn vị, kiểm tra báo cáo nhận về, tổng hợp theo chỉ tiêu của kế hoạch, ghi sổ Excel và báo cáo PDF. Chương trình không dùng mạng.",
    help_template = HELP,
    after_help = EXIT_CODES,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Lệnh",
    subcommand_value_name = "LỆNH",
    next_help_heading = "Tùy chọn chung",
    styles = Styles::styled().header(AnsiColor::Green.on_default().effects(Effects::BOLD))
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    // Its help names the plans inside the program, see `command`.
    #[arg(long, global = true, value_name = "TỆP", help = "")]
    pub plan: Option<PathBuf>,
    /// Không in tiến độ và phần tóm tắt
    #[arg(long, global = true)]
    pub quiet: bool,
    /// Màu chữ: auto (chỉ khi in ra màn hình), always (luôn luôn), never (không bao giờ)
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto, value_name = "KHI", hide_possible_values = true, hide_default_value = true)]
    pub color: ColorWhen,
    #[command(flatten)]
    pub limits: ReadLimits,
    /// In phần trợ giúp này
    #[arg(short = 'h', long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// In số phiên bản
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// What reading may cost: threads, and for a file read in a process apart its time and memory.
#[derive(Debug, Clone, Args)]
pub(super) struct ReadLimits {
    /// Số luồng xử lý song song (mặc định: số bộ xử lý của máy); kết quả như nhau với mọi số luồng
    #[arg(long = "threads", global = true, value_name = "SỐ", value_parser = at_least_one::<NonZeroUsize>)]
    threads: Option<NonZeroUsize>,
    /// Số giây tối đa để đọc một tệp kiểu cũ hoặc đáng ngờ (mặc định: 20); quá mức thì bỏ tệp đó và nêu trong nhận xét
    #[arg(
        long = "read-seconds",
        global = true,
        default_value_t = 20,
        value_name = "GIÂY",
        hide_default_value = true
    )]
    pub seconds: u64,
    /// Số MB bộ nhớ tối đa để đọc một tệp như thế (mặc định: 896)
    #[arg(
        long = "read-memory",
        global = true,
        default_value_t = 896,
        value_name = "MB",
        hide_default_value = true
    )]
    pub memory: u64,
}

impl ReadLimits {
    /// How many threads to work with.
    pub fn threads(&self) -> NonZeroUsize {
        self.threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Dẫn từng bước của kỳ báo cáo bằng câu hỏi; mở chương trình không kèm lệnh cũng vậy (tên khác: bat-dau)
    #[command(name = START, alias = "bat-dau", help_template = HELP)]
    Start,
    /// Tạo thư mục làm việc: kế hoạch để sửa, mẫu lời văn báo cáo, hộp thư trống (tên khác: khoi-tao)
    #[command(alias = "khoi-tao", help_template = HELP)]
    Init(InitOptions),
    /// Ghi biểu mẫu Excel cho từng đơn vị báo cáo của một năm (tên khác: mau)
    #[command(alias = "mau", help_template = HELP)]
    Template(TemplateOptions),
    /// Kiểm tra báo cáo nhận về, chỉ in nhận xét; với --out ghi thêm ra sổ Excel (tên khác: kiem-tra)
    #[command(alias = "kiem-tra", help_template = HELP)]
    Check(CheckOptions),
    /// Theo dõi kỳ báo cáo: sổ theo-doi-xhht-….xlsx (ai đã gửi, ai chưa, chỗ phải sửa, nơi gõ quyết định) và lời nhắn cho từng đơn vị (tên khác: theo-doi)
    #[command(alias = "theo-doi", help_template = HELP)]
    Track(TrackOptions),
    /// Tổng hợp: sổ Excel chung, báo cáo và bản tóm tắt PDF, bản trả lại cho từng đơn vị, kết quả JSON (tên khác: tong-hop)
    #[command(alias = "tong-hop", help_template = HELP)]
    Consolidate(ConsolidateOptions),
    /// Chốt năm: niêm vào hồ sơ mọi bài nộp, kế hoạch, quyết định và kết quả đã công bố (tên khác: chot)
    #[command(alias = "chot", help_template = HELP)]
    Close(CloseOptions),
    /// Đối chiếu hồ sơ: tính lại từ bài nộp đã lưu và nêu mọi chỗ khác (tên khác: doi-chieu)
    #[command(alias = "doi-chieu", help_template = HELP)]
    Verify(VerifyOptions),
    /// Thử kế hoạch, quy tắc đã sửa (nêu ở --plan) trên hồ sơ các năm: nhận xét nào thêm, bớt, đánh giá nào đổi (tên khác: dien-tap)
    #[command(alias = "dien-tap", help_template = HELP)]
    Rehearse(VerifyOptions),
    /// Giải thích một mã nhận xét: ý nghĩa, nguyên nhân, cách sửa, ví dụ (tên khác: giai-thich)
    #[command(alias = "giai-thich", help_template = HELP)]
    Explain(ExplainOptions),
    /// Các việc về tệp kế hoạch
    #[command(subcommand, help_template = HELP, subcommand_help_heading = "Lệnh", subcommand_value_name = "LỆNH", disable_help_subcommand = true)]
    Plan(PlanCommand),
    /// In các lệnh, tùy chọn để bash, zsh, fish hay powershell gợi ý khi gõ (tên khác: goi-y)
    #[command(alias = "goi-y", help_template = HELP)]
    Completions(CompletionsOptions),
    /// In trang hướng dẫn cho lệnh man của Linux (tên khác: trang-man)
    #[command(alias = "trang-man", help_template = HELP)]
    Man,
    /// Đọc tệp trong tiến trình riêng; chương trình tự gọi
    #[command(name = READER, hide = true)]
    Reader,
}

#[derive(Debug, Subcommand)]
pub(super) enum PlanCommand {
    /// Chỉ ra mọi chỗ sai trong một tệp kế hoạch (tên khác: kiem-tra)
    #[command(alias = "kiem-tra", help_template = HELP)]
    Check(PlanCheckOptions),
    /// In kế hoạch như có hiệu lực ở một năm: phần khung, đơn vị, biểu mẫu, chỉ tiêu, những gì thay đổi (tên khác: xem)
    #[command(alias = "xem", help_template = HELP)]
    Show(PlanShowOptions),
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct InitOptions {
    /// Thư mục sẽ tạo
    #[arg(value_name = "THƯ-MỤC", help_heading = "Tham số")]
    pub dir: PathBuf,
    /// Lập kế hoạch cho tỉnh, thành phố này: mã hai chữ số hoặc tên, có dấu hay không dấu; các chỗ cần điền được liệt kê khi xong
    #[arg(long, value_name = "TỈNH", conflicts_with = "plan")]
    pub province: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct TemplateOptions {
    /// Năm báo cáo
    #[arg(long, value_name = "NĂM", value_parser = year)]
    pub year: i32,
    /// Thư mục ghi biểu mẫu
    #[arg(long, value_name = "THƯ-MỤC")]
    pub out: PathBuf,
    /// Chỉ ghi cho đơn vị mang mã này; có thể nêu nhiều lần
    #[arg(long, value_name = "MÃ")]
    pub unit: Vec<String>,
    /// Số liệu năm trước, hiện bên phải ô nhập để đối chiếu: thư mục kết quả, tệp ket-qua-xhht-….json, sổ tong-hop-xhht-….xlsx, hoặc thư mục báo cáo các đơn vị đã gửi
    #[arg(long, value_name = "TỆP")]
    pub previous: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct CheckOptions {
    /// Tệp, thư mục (tìm cả thư mục con) hoặc mẫu tên như “nhan/*.xlsx”
    #[arg(value_name = "TỆP", required = true, help_heading = "Tham số")]
    pub paths: Vec<PathBuf>,
    /// Năm báo cáo (mặc định: năm ghi trong các tệp)
    #[arg(long, value_name = "NĂM", value_parser = year)]
    pub year: Option<i32>,
    /// Tính đến ngày nào (mặc định: hôm nay)
    #[arg(long = "as-of", value_name = "NGÀY", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    #[command(flatten)]
    pub decisions: DecisionOptions,
    #[command(flatten)]
    pub earlier: EarlierYears,
    /// Ghi thêm các nhận xét ra một sổ Excel, ví dụ nhan-xet.xlsx
    #[arg(long, value_name = "TỆP")]
    pub out: Option<PathBuf>,
    /// Dạng in: text (văn bản) hoặc json (mỗi dòng một nhận xét)
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "DẠNG", hide_possible_values = true, hide_default_value = true)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct TrackOptions {
    /// Hộp thư: thư mục các tệp nhận được (tìm cả thư mục con); trống cũng được
    #[arg(value_name = "THƯ-MỤC", required = true, help_heading = "Tham số")]
    pub paths: Vec<PathBuf>,
    /// Năm báo cáo
    #[arg(long, value_name = "NĂM", value_parser = year)]
    pub year: i32,
    /// Tính đến ngày nào (mặc định: hôm nay)
    #[arg(long = "as-of", value_name = "NGÀY", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    #[command(flatten)]
    pub decisions: DecisionOptions,
    #[command(flatten)]
    pub earlier: EarlierYears,
    /// Thư mục ghi sổ theo dõi và thư mục nhac (mặc định: nơi đặt hộp thư)
    #[arg(long, value_name = "THƯ-MỤC")]
    pub out: Option<PathBuf>,
}

/// What earlier years are compared with.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct EarlierYears {
    /// Thư mục có kết quả hoặc hồ sơ các năm trước
    #[arg(long, value_name = "THƯ-MỤC")]
    pub history: Option<PathBuf>,
    /// Số liệu năm trước, khi không có trong --history: thư mục kết quả, tệp ket-qua-xhht-….json, sổ tong-hop-xhht-….xlsx, hoặc thư mục báo cáo các đơn vị đã gửi
    #[arg(long, value_name = "TỆP")]
    pub previous: Option<PathBuf>,
}

/// What the secretariat has decided.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct DecisionOptions {
    /// Tệp miễn trừ (mặc định: mien-tru.toml trong hộp thư hoặc cạnh hộp thư, nếu có)
    #[arg(long, value_name = "TỆP")]
    pub waivers: Option<PathBuf>,
    /// Tệp đính chính (mặc định: dinh-chinh.toml trong hộp thư hoặc cạnh hộp thư, nếu có)
    #[arg(long, value_name = "TỆP")]
    pub corrections: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct ConsolidateOptions {
    /// Tệp, thư mục (tìm cả thư mục con) hoặc mẫu tên như “nhan/*.xlsx”
    #[arg(value_name = "TỆP", required = true, help_heading = "Tham số")]
    pub paths: Vec<PathBuf>,
    /// Năm báo cáo
    #[arg(long, value_name = "NĂM", value_parser = year)]
    pub year: i32,
    /// Thư mục ghi kết quả
    #[arg(long, value_name = "THƯ-MỤC")]
    pub out: PathBuf,
    /// Kết quả các năm trước: thư mục kết quả, tệp ket-qua-xhht-….json hoặc sổ tong-hop-xhht-….xlsx; số năm trước cũng được dùng để so sánh khi kiểm tra
    #[arg(long, value_name = "THƯ-MỤC")]
    pub history: Option<PathBuf>,
    /// Số liệu năm trước để so sánh khi kiểm tra, nếu không phải năm trước ở --history: nhận những thứ như --history, và thư mục báo cáo các đơn vị đã gửi
    #[arg(long, value_name = "TỆP")]
    pub previous: Option<PathBuf>,
    /// Thêm vào bản tóm tắt mỗi đơn vị địa phương một trang: số liệu của đơn vị so với số chung và mục tiêu
    #[arg(long)]
    pub unit_sheets: bool,
    /// Ngày ký ghi ở đầu báo cáo gửi cấp trên (mặc định: để trống, điền khi ký)
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    pub letter_date: Option<NaiveDate>,
    /// Ghi thêm kết quả thành bảng CSV và Parquet cho phần mềm phân tích, mỗi năm một thư mục con
    #[arg(long, value_name = "THƯ-MỤC")]
    pub tables: Option<PathBuf>,
    /// Không ghi loại kết quả này: pdf, returns (bản trả lại)
    #[arg(long, value_enum, value_name = "LOẠI", hide = true)]
    pub without: Vec<Without>,
    /// Ngày chốt số liệu, ghi trên báo cáo, dạng 2024-12-10 hoặc 10/12/2024 (mặc định: hôm nay)
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    #[command(flatten)]
    pub decisions: DecisionOptions,
    /// Dạng in nhận xét: text (văn bản) hoặc json (mỗi dòng một nhận xét)
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "DẠNG", hide_possible_values = true, hide_default_value = true)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct CloseOptions {
    /// Bài nộp như khi tổng hợp: tệp, thư mục hoặc mẫu tên (mặc định: hop-thu)
    #[arg(
        value_name = "TỆP",
        default_value = "hop-thu",
        help_heading = "Tham số",
        hide_default_value = true
    )]
    pub paths: Vec<PathBuf>,
    /// Năm báo cáo
    #[arg(long, value_name = "NĂM", value_parser = year)]
    pub year: i32,
    /// Thư mục kết quả đã công bố (mặc định: ket-qua/NĂM)
    #[arg(long, value_name = "THƯ-MỤC")]
    pub out: Option<PathBuf>,
    /// Thư mục chứa hồ sơ các năm (mặc định: ho-so)
    #[arg(long, value_name = "THƯ-MỤC", default_value = "ho-so", hide_default_value = true)]
    pub records: PathBuf,
    /// Số, ký hiệu văn bản gửi báo cáo, ví dụ "Báo cáo số 123/BC-SGDĐT"
    #[arg(long, value_name = "VĂN-BẢN")]
    pub act: Option<String>,
    /// Ngày của văn bản ấy
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    pub act_date: Option<NaiveDate>,
    /// Người chốt
    #[arg(long = "by", value_name = "NGƯỜI")]
    pub closed_by: Option<String>,
    /// Vì sao chốt lại, từ lần 2: late-data (số liệu gửi muộn), error (sửa số liệu sai), method (đổi cách tính)
    #[arg(long, value_enum, value_name = "LÝ-DO", hide_possible_values = true)]
    pub reason: Option<WhyAgain>,
    /// Nói rõ lý do
    #[arg(long, value_name = "LỜI")]
    pub note: Option<String>,
    /// Kết quả các năm trước, như khi tổng hợp
    #[arg(long, value_name = "THƯ-MỤC")]
    pub history: Option<PathBuf>,
    /// Số liệu năm trước, như khi tổng hợp
    #[arg(long, value_name = "TỆP")]
    pub previous: Option<PathBuf>,
    #[command(flatten)]
    pub decisions: DecisionOptions,
}

/// Why a year is closed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum WhyAgain {
    LateData,
    Error,
    Method,
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct VerifyOptions {
    /// Hồ sơ một lần chốt (ho-so/2024/lan-1), của một năm (ho-so/2024) hoặc của mọi năm (ho-so)
    #[arg(value_name = "HỒ-SƠ", required = true, help_heading = "Tham số")]
    pub records: Vec<PathBuf>,
}

/// Outputs that can be left out; hidden, for measuring what each costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Without {
    Pdf,
    Word,
    Returns,
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct ExplainOptions {
    /// Mã nhận xét, ví dụ C001; để trống thì liệt kê mọi mã
    #[arg(value_name = "MÃ", help_heading = "Tham số")]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsOptions {
    /// Trình lệnh: bash, zsh, fish, powershell
    #[arg(value_name = "TRÌNH-LỆNH", help_heading = "Tham số", value_enum, hide_possible_values = true)]
    pub shell: Shell,
}

/// Command interpreters that complete what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct PlanCheckOptions {
    /// Tệp kế hoạch
    #[arg(value_name = "TỆP", help_heading = "Tham số")]
    pub file: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = OWN_OPTIONS)]
pub(super) struct PlanShowOptions {
    /// Năm báo cáo
    #[arg(long, value_name = "NĂM", value_parser = year)]
    pub year: i32,
}

/// What the program takes, with the plans inside it.
pub(super) fn command() -> clap::Command {
    let shipped: Vec<&str> = SHIPPED.iter().map(|plan| plan.id).collect();
    let first = shipped.first().copied().unwrap_or_default();
    let help = format!(
        "Tệp kế hoạch plan.toml, thư mục chứa tệp ấy, hoặc tên kế hoạch có sẵn trong chương trình: {} (mặc định: {first})",
        shipped.join(", ")
    );
    Arguments::command().mut_arg("plan", |plan| plan.help(help))
}

/// Reads the process's arguments.
///
/// # Errors
/// The exit code, after help, version or a mistake has been printed.
pub(super) fn parse() -> Result<Arguments, u8> {
    let mut words: Vec<OsString> = std::env::args_os().collect();
    if words.len() <= 1 && is_at_a_terminal() {
        // A double click.
        words = vec!["xhht".into(), START.into()];
    }
    let parsed =
        command().try_get_matches_from_mut(words).and_then(|matches| Arguments::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe while printing help is no failure.
            let _ = write!(anstream::stdout(), "{}", usage_in_vietnamese(&error));
            super::DONE
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = write!(anstream::stderr(), "{}", usage_in_vietnamese(&error));
            super::FAILED
        }
        _ => {
            let _ = writeln!(anstream::stderr(), "xhht: {}", in_vietnamese(&error));
            super::FAILED
        }
    })
}

/// Whether somebody sees what is printed and can answer.
pub(super) fn is_at_a_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}
