//! The first use: whose plan it is, and where the working folder stands.

use super::answers::Answers;
use super::open::open;
use super::{place, say_error};
use crate::cli::terminal::HEADING;
use crate::cli::{init, inputs};
use crate::error::Error;
use crate::plan::province::{self, Named, Province};
use crate::plan::{Plan, PlanSources};
use std::path::{Path, PathBuf};

/// How many provinces stand beside each other in a list, and how wide each is.
const COLUMNS: usize = 4;
const WIDTH: usize = 19;

/// Asks what has to be known, writes the working folder and says what is to be done in it; `None` at the end of the answers.
pub(super) fn use_of(answers: &Answers<'_>, plan_path: Option<&Path>) -> Result<Option<PathBuf>, Error> {
    let terminal = answers.terminal;
    terminal.print(format!("{HEADING}LẬP THƯ MỤC LÀM VIỆC{HEADING:#}"));
    terminal.print("Thư mục này chứa kế hoạch, biểu mẫu, báo cáo nhận được và kết quả; chỉ lập một lần.");
    let chosen = match plan_path {
        Some(path) => Some((inputs::sources(Some(path))?, None)),
        None => plan_of(answers)?,
    };
    let Some((sources, province)) = chosen else { return Ok(None) };
    let Some((folder, plan)) = written(answers, &sources) else { return Ok(None) };
    terminal.print("");
    terminal.print(format!("{HEADING}Đã lập thư mục làm việc “{}”.{HEADING:#}", folder.display()));
    terminal.print("Báo cáo nhận được thì lưu vào hop-thu; cách làm từng việc ở huong-dan.");
    if let Some(province) = province {
        init::say_what_is_open(terminal, province, &plan);
        terminal.print(
            "Sửa các tệp ấy bằng Notepad (cách sửa: huong-dan, sua-ke-hoach.txt), rồi kiểm tra kế hoạch.",
        );
    }
    open(terminal, &folder);
    answers.wait("Nhấn Enter để sang các bước của kỳ báo cáo.");
    Ok(Some(folder))
}

/// Whose plan it is to be.
#[allow(clippy::type_complexity, reason = "told once")]
fn plan_of(answers: &Answers<'_>) -> Result<Option<(PlanSources, Option<&'static Province>)>, Error> {
    let terminal = answers.terminal;
    let embedded = Plan::read(&PlanSources::embedded())?;
    terminal.print("");
    terminal.print("Các tỉnh, thành phố, kèm mã:");
    list(answers);
    terminal.print(format!(
        "   0 Kế hoạch có sẵn của {}, {}–{}",
        embedded.frames.first().province,
        embedded.first_year,
        embedded.last_year
    ));
    loop {
        let Some(typed) = answers.text("Gõ mã hoặc tên tỉnh, thành phố rồi nhấn Enter:") else {
            return Ok(None);
        };
        if typed == "0" {
            return Ok(Some((PlanSources::embedded(), None)));
        }
        let meant = match named(&typed) {
            Named::Now(province) => Some(province),
            Named::Former(former, province) => {
                terminal.print(format!("Từ ngày 01/7/2025 {former} là một phần của {}.", province.name));
                let question = format!("Lập kế hoạch cho {}?", province.name);
                let Some(agreed) = answers.agrees(&question) else { return Ok(None) };
                agreed.then_some(province)
            }
            Named::Unclear(near) => {
                say_unclear(answers, &typed, &near);
                None
            }
        };
        if let Some(province) = meant {
            return Ok(Some((PlanSources::of_province(province), Some(province))));
        }
    }
}

/// What is typed; of a code the nought in front may be left out.
fn named(typed: &str) -> Named {
    let is_digit = typed.len() == 1 && typed.bytes().all(|byte| byte.is_ascii_digit());
    if is_digit { province::named(&format!("0{typed}")) } else { province::named(typed) }
}

fn say_unclear(answers: &Answers<'_>, typed: &str, near: &[&Province]) {
    let names: Vec<String> =
        near.iter().map(|province| format!("{} ({})", province.name, province.code)).collect();
    answers.terminal.print(match (typed, &names[..]) {
        ("", _) => "Xin gõ mã hai chữ số hoặc tên, có dấu hay không dấu đều được.".to_owned(),
        (_, []) => format!("Không có tỉnh, thành phố nào là “{typed}”. Xin xem danh sách ở trên."),
        _ => format!("Không rõ “{typed}” là nơi nào; có thể là {}.", names.join(", ")),
    });
}

/// Every province with its code, in columns that are read downwards.
fn list(answers: &Answers<'_>) {
    let all = province::all();
    let rows = all.len().div_ceil(COLUMNS);
    for row in 0..rows {
        let line: String = (0..COLUMNS)
            .filter_map(|column| all.get(column * rows + row))
            .map(|province| format!("{:<WIDTH$}", format!("{} {}", province.code, province.short_name())))
            .collect();
        answers.terminal.print(format!("  {}", line.trim_end()));
    }
}

/// Writes the folder where it is wanted; asks anew where it cannot be.
fn written(answers: &Answers<'_>, sources: &PlanSources) -> Option<(PathBuf, Plan)> {
    loop {
        let usual = place::for_a_new_one();
        let typed = answers.text_or("Lập ở thư mục nào", &usual.to_string_lossy())?;
        let folder = PathBuf::from(typed.trim_matches(['"', '“', '”']));
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        match init::create(&folder, sources) {
            Ok(plan) => return Some((folder, plan)),
            Err(error) => say_error(answers.terminal, &error),
        }
    }
}
