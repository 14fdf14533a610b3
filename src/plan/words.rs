//! What the TOML reader says, in Vietnamese.

/// Its words for mistakes of syntax, as they start, and ours.
const SYNTAX: &[(&str, &str)] = &[
    ("duplicate key", "khóa này đã ghi ở trên"),
    ("missing opening quote", "thiếu dấu ngoặc kép mở"),
    ("invalid basic string", "thiếu dấu ngoặc kép đóng, hoặc trong ngoặc có ký tự không được dùng"),
    ("invalid literal string", "thiếu dấu nháy đóng, hoặc trong nháy có ký tự không được dùng"),
    ("invalid multi-line", "thiếu ba dấu ngoặc kép đóng, hoặc trong ngoặc có ký tự không được dùng"),
    ("string values must be quoted", "chữ phải đặt trong ngoặc kép"),
    ("missing assignment", "thiếu dấu bằng sau tên khóa"),
    ("key with no value", "khóa chưa có giá trị"),
    ("missing value", "khóa chưa có giá trị"),
    ("invalid value", "giá trị không đọc được"),
    ("extra assignment", "thừa dấu bằng"),
    ("extra `=`", "thừa dấu bằng"),
    ("unexpected `=`", "dấu bằng không đúng chỗ"),
    ("missing comma", "thiếu dấu phẩy"),
    ("extra comma", "thừa dấu phẩy"),
    ("unclosed array table", "thiếu hai dấu ngoặc vuông đóng ]]"),
    ("unclosed array", "thiếu dấu ngoặc vuông đóng ]"),
    ("unclosed table", "thiếu dấu ngoặc vuông đóng ]"),
    ("unclosed inline table", "thiếu dấu ngoặc nhọn đóng }"),
    ("missing inline table opening", "thiếu dấu ngoặc nhọn mở {"),
    ("missing array opening", "thiếu dấu ngoặc vuông mở ["),
    ("invalid unquoted key", "tên khóa có ký tự không được dùng"),
    ("unquoted keys cannot be empty", "thiếu tên khóa"),
    ("invalid key", "tên khóa không đúng"),
    ("unexpected leading zero", "số không được bắt đầu bằng số 0 thừa"),
    ("unexpected content", "thừa chữ ở cuối dòng"),
    ("unexpected key or value", "có chữ không đúng chỗ"),
    ("missing escaped value", "dấu \\ trong ngoặc kép phải viết thành \\\\"),
];

/// What a mistake of syntax is.
pub(super) fn syntax(message: &str) -> &'static str {
    SYNTAX
        .iter()
        .find(|(theirs, _)| message.starts_with(theirs))
        .map_or("dòng này không đọc được", |(_, ours)| ours)
}

/// What of the wrong type stands there and what should: “invalid type: integer `5`, expected a string”.
pub(super) fn wrong_type(message: &str) -> String {
    let told = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))
        .and_then(|rest| rest.rsplit_once(", expected "));
    let Some((found, expected)) = told else {
        return "giá trị không dùng được ở đây".to_owned();
    };
    let expected = match expected {
        "a string" | "str" => "chữ trong ngoặc kép",
        "a boolean" => "true hoặc false",
        "a sequence" => "danh sách trong ngoặc vuông",
        "a map" => "mục gồm khóa và giá trị",
        number if number.starts_with(['i', 'u']) && number[1..].parse::<u8>().is_ok() => "số nguyên",
        number if number.starts_with('f') && number[1..].parse::<u8>().is_ok() => "số",
        other if other.starts_with("struct ") => "mục gồm khóa và giá trị",
        _ => "giá trị khác",
    };
    format!("cần {expected}, không phải {}", kind(found))
}

/// “integer `5`” → “số nguyên 5”.
fn kind(found: &str) -> String {
    let quoted = |mark: char| {
        let (_, rest) = found.split_once(mark)?;
        Some(rest.rsplit_once(mark)?.0)
    };
    let (word, value) = match found {
        text if text.starts_with("string") => ("chữ", quoted('"')),
        number if number.starts_with("integer") => ("số nguyên", quoted('`')),
        number if number.starts_with("floating point") => ("số lẻ", quoted('`')),
        yes_no if yes_no.starts_with("boolean") => ("giá trị", quoted('`')),
        "sequence" => ("danh sách", None),
        "map" => ("mục gồm khóa và giá trị", None),
        _ => ("giá trị đang ghi", None),
    };
    value.map_or_else(|| word.to_owned(), |value| format!("{word} “{value}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_in_vietnamese() {
        assert_eq!(
            wrong_type("invalid type: integer `5`, expected a string"),
            "cần chữ trong ngoặc kép, không phải số nguyên “5”"
        );
        assert_eq!(
            wrong_type("invalid type: string \"2021\", expected i32"),
            "cần số nguyên, không phải chữ “2021”"
        );
        assert_eq!(wrong_type("anything else"), "giá trị không dùng được ở đây");
    }

    #[test]
    fn syntax_is_told_in_vietnamese() {
        assert_eq!(
            syntax("string values must be quoted, expected literal string"),
            "chữ phải đặt trong ngoặc kép"
        );
        assert_eq!(syntax("something new"), "dòng này không đọc được");
    }
}
