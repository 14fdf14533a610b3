//! What the readers of TOML and of text templates say, in Vietnamese.

use minijinja::ErrorKind;

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
        // What a reader of this program expects is said in its own words.
        ours if ours.starts_with("ngày, ") || ours.starts_with("giá trị như gõ") => ours,
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

/// What is wrong in a text template.
pub(crate) fn template(error: &minijinja::Error) -> String {
    let detail = error.detail().unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::SyntaxError if detail.contains("unexpected end of input") => "thiếu thẻ đóng",
        ErrorKind::SyntaxError if detail.starts_with("unknown statement") => "có thẻ lạ",
        ErrorKind::SyntaxError => "thẻ viết không đúng",
        ErrorKind::UndefinedError => "có tên không dùng được ở đây",
        ErrorKind::UnknownFilter => "có bộ lọc lạ sau dấu |",
        ErrorKind::UnknownTest => "có phép thử lạ sau chữ is",
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => "có hàm lạ",
        ErrorKind::TooManyArguments | ErrorKind::MissingArgument => "thừa hoặc thiếu tham số",
        ErrorKind::TemplateNotFound => "gọi một mẫu khác không có",
        ErrorKind::InvalidOperation => "phép tính không thực hiện được",
        _ => "không thực hiện được",
    };
    // The name that is not known stands at the end of the detail, where it is a single word.
    let unknown = detail.strip_prefix("unknown statement ").or_else(|| {
        let (before, after) = detail.split_once(" is unknown")?;
        after.is_empty().then_some(before.rsplit(' ').next()?)
    });
    unknown.map_or_else(|| what.to_owned(), |name| format!("{what}: “{name}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_of_templates_are_told_in_vietnamese() {
        let told = |text: &str| {
            let mut environment = minijinja::Environment::new();
            let added = environment.add_template("mau", text).err();
            let error = added.or_else(|| environment.get_template("mau").unwrap().render(()).err());
            template(&error.unwrap())
        };
        assert_eq!(told("{% if a %}"), "thiếu thẻ đóng");
        assert_eq!(told("{% neu a %}"), "có thẻ lạ: “neu”");
        assert_eq!(told("{{ a | loc }}"), "có bộ lọc lạ sau dấu |: “loc”");
        assert_eq!(told("{{ a.b.c }}"), "có tên không dùng được ở đây");
        assert_eq!(told("{{ }}"), "thẻ viết không đúng");
    }

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
