//! `xhht explain`: one finding code.

use super::args::ExplainOptions;
use super::terminal::{HEADING, Terminal, style};
use super::{CommandResult, Outcome};
use crate::error::Error;
use crate::finding::{CATALOGUE, info};

pub(super) fn run(terminal: &Terminal, options: &ExplainOptions) -> CommandResult {
    let Some(code) = &options.code else {
        for info in CATALOGUE {
            let style = style(info.severity);
            terminal.print(format!(
                "{} {style}{:<16}{style:#} {}",
                info.code,
                info.severity.vietnamese(),
                info.title
            ));
        }
        return Ok(Outcome::Clean);
    };
    let Some(info) = info(&code.trim().to_uppercase()) else {
        return Err(Error::Usage(format!(
            "Không có mã nhận xét “{code}”. Gõ “xhht explain” để xem mọi mã; mã gồm một chữ và ba số, ví dụ C001."
        )));
    };
    let style = style(info.severity);
    terminal.print(format!("{HEADING}{} – {}{HEADING:#}", info.code, info.title));
    let parts = [
        ("Mức độ", format!("{style}{}{style:#}", info.severity.vietnamese())),
        ("Ý nghĩa", info.meaning.to_owned()),
        ("Nguyên nhân", info.cause.to_owned()),
        ("Cách sửa", info.cure.to_owned()),
        ("Ví dụ", info.example.to_owned()),
        ("Xử lý", info.effect.to_owned()),
    ];
    for (head, text) in parts {
        terminal.print(format!("  {head:<12} {text}"));
    }
    Ok(Outcome::Clean)
}
