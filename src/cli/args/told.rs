//! What clap prints, in Vietnamese.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The help as clap lays it out; the one word of its own that no setting changes is put into Vietnamese.
pub(super) fn usage_in_vietnamese(error: &clap::Error) -> String {
    error.render().ansi().to_string().replace("[OPTIONS]", "[TÙY CHỌN]")
}

/// What is wrong with the line, and what was likely meant.
pub(super) fn in_vietnamese(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        _ => None,
    };
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("thiếu tham số bắt buộc: {argument}"),
        ErrorKind::UnknownArgument if !argument.starts_with('-') => format!("thừa tham số “{argument}”"),
        ErrorKind::UnknownArgument => format!("không có tùy chọn “{argument}”"),
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh “{}”", context(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingSubcommand => "thiếu lệnh".to_owned(),
        ErrorKind::TooManyValues => format!("tùy chọn {argument} không nhận giá trị “{value}”"),
        ErrorKind::ArgumentConflict => format!("tùy chọn {argument} được nêu hai lần hoặc mâu thuẫn"),
        ErrorKind::InvalidValue if value.is_empty() => format!("tùy chọn {argument} cần một giá trị"),
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue).unwrap_or_default();
            format!("giá trị “{value}” của {argument} không được chấp nhận; dùng: {valid}")
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("giá trị “{value}” của {argument}: {why}")
        }
        ErrorKind::InvalidUtf8 => "có tham số không đọc được (không phải UTF-8)".to_owned(),
        _ => "dòng lệnh không đúng".to_owned(),
    };
    let suggestion = context(ContextKind::SuggestedArg)
        .or_else(|| context(ContextKind::SuggestedSubcommand))
        .or_else(|| context(ContextKind::SuggestedValue))
        .map(|likely| format!(" Có phải ý là “{likely}”?"))
        .unwrap_or_default();
    format!("{message}.{suggestion}\nGõ “xhht --help” để xem cách dùng.")
}
