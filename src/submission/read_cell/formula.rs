//! What a formula in an input cell reaches for.

/// The other workbook a formula takes its value from, as the formula names it; `None` when it stays in its own.
///
/// Excel writes `[1]Sheet1!A1`, `'C:\\So lieu\\[xa.xlsx]Tổng'!A1` or, in .xls, `[xa.xls]Tổng!A1`; LibreOffice
/// `'file:///C:/xa.ods'#$Tổng.A1`. `Bang[Số]` is a column of a table and no other workbook.
pub(super) fn other_workbook(formula: &str) -> Option<String> {
    if let Some((_, rest)) = formula.split_once("'file:") {
        let path = rest.split('\'').next().unwrap_or(rest);
        return Some(last_part(path));
    }
    let mut rest = formula;
    while let Some(open) = rest.find('[') {
        let inner = &rest[open + 1..];
        let close = inner.find([']', '['])?;
        if inner[close..].starts_with(']') && names_a_sheet(&inner[close + 1..]) {
            let book = &inner[..close];
            let index = !book.is_empty() && book.bytes().all(|b| b.is_ascii_digit());
            return Some(if index { "liên kết ngoài".to_owned() } else { last_part(book) });
        }
        rest = &inner[close..];
        rest = rest.strip_prefix(']').unwrap_or(rest);
    }
    None
}

/// Whether what follows a bracket is a sheet's name and the mark behind it.
fn names_a_sheet(rest: &str) -> bool {
    let Some(mark) = rest.find('!') else { return false };
    let name = &rest[..mark];
    match name.strip_suffix('\'') {
        Some(quoted) => !quoted.replace("''", "").contains('\''),
        None => {
            !name.is_empty()
                && !name.contains(['+', '-', '*', '/', '(', ')', ',', ';', '=', '<', '>', '&', '[', ' '])
        }
    }
}

fn last_part(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::other_workbook;

    #[test]
    fn links_are_told_from_tables_and_own_sheets() {
        let cases = [
            ("[1]Sheet1!A1", Some("liên kết ngoài")),
            ("'[1]Tổng hợp'!$D$7+1", Some("liên kết ngoài")),
            ("SUM('C:\\So lieu\\[xa.xlsx]Tổng'!A1:A9)", Some("xa.xlsx")),
            ("[xa.xls]Tổng!A1", Some("xa.xls")),
            ("'file:///C:/so lieu/xa.ods'#$Tổng.A1", Some("xa.ods")),
            ("SUM(F8:F20)", None),
            ("'2. Năng lực'!F8", None),
            ("SUM(Bang[Số])+'Trang 2'!A1", None),
            ("Bang[[#This Row],[Số]]", None),
            ("Bang[Số]*Trang2!A1", None),
        ];
        for (formula, expected) in cases {
            assert_eq!(other_workbook(formula).as_deref(), expected, "{formula}");
        }
    }
}
