//! What Excel takes of the names and texts a plan gives it, beyond the names of sheets: defined names, lists, messages,
//! footers. Where it takes less, the workbook would be refused, cut short or silently wrong.

use super::{Checker, Known};
use crate::domain::{FieldId, Level};
use crate::finding::Code;
use crate::plan::file::{ChoicesFile, FormFile, Spanned, TableFile};

/// UTF-16 units of an inline drop-down list in Excel, commas included.
const LONGEST_LIST: usize = 255;
/// UTF-16 units of a data validation's message in the template: Excel takes 255, a few are kept back.
const LONGEST_MESSAGE: usize = 250;
/// What that message says around the items of a list, and between two of them; a test holds them to the template.
const AROUND_ITEMS: usize = 39;
const BETWEEN_ITEMS: usize = 2;
/// UTF-16 units left for a unit's name in a footer of 255, `&` counted twice; the rest is fonts, year and page number.
const LONGEST_UNIT_NAME: usize = 150;

impl Checker<'_> {
    /// Whether a list fits a drop-down and the message that repeats it, under every name the levels ever have.
    pub(super) fn list_length(&mut self, list: &ChoicesFile, levels: &[Level]) {
        let id = list.id.get_ref();
        let texts = || list.items.iter().map(|item| item.text.get_ref());
        if list.items.is_empty() {
            let what = format!("danh sách chọn “{id}” chưa có mục nào");
            return self.mistake(
                Code::P010,
                &list.id,
                what,
                "thêm ít nhất một mục { text = \"…\", means = \"…\" }",
            );
        }
        let units = |text: &String| {
            let worded = levels.iter().flat_map(Level::names).map(|name| name.word(text));
            worded.chain([text.clone()]).map(|text| text.encode_utf16().count()).max().unwrap_or_default()
        };
        let words: usize = texts().map(units).sum();
        let between = list.items.len() - 1;
        if words + between > LONGEST_LIST {
            let what = format!(
                "danh sách chọn “{id}” dài {} ký tự, Excel chỉ nhận tối đa {LONGEST_LIST}",
                words + between
            );
            self.mistake(Code::P012, &list.id, what, "rút gọn chữ của các mục hoặc bớt mục");
        } else if AROUND_ITEMS + words + between * BETWEEN_ITEMS > LONGEST_MESSAGE {
            let what = format!(
                "lời nhắc nêu các mục của danh sách chọn “{id}” dài quá {LONGEST_MESSAGE} ký tự nên sẽ bị cắt trong Excel"
            );
            self.mistake(Code::P012, &list.id, what, "rút gọn chữ của các mục hoặc bớt mục");
        }
    }

    /// Whether the id of every input cell makes a defined name that can be read back.
    pub(super) fn field_ids(&mut self, file: &FormFile, known: &Known<'_>) {
        for table in file.sheets.iter().flat_map(|sheet| &sheet.tables) {
            let columns = file.columns.get(table.columns.get_ref()).into_iter().flatten();
            let Some(column) = columns.map(|column| column.id.get_ref()).max_by_key(|id| id.len()) else {
                continue;
            };
            let repeated = self.repeated(table, known);
            for row in &table.rows {
                let id = match &repeated {
                    Some(code) => format!("{}.{code}.{column}", row.id.get_ref()),
                    None => format!("{}.{column}", row.id.get_ref()),
                };
                if id.len() > FieldId::LONGEST {
                    let what = format!(
                        "mã ô “{id}” dài {} ký tự, tên vùng trong Excel chỉ chứa được mã tối đa {} ký tự",
                        id.len(),
                        FieldId::LONGEST
                    );
                    self.mistake(Code::P012, &row.id, what, "rút gọn mã dòng hoặc mã cột");
                }
            }
        }
    }

    /// The longest of what stands between row and column in the ids of a repeated row.
    fn repeated(&mut self, table: &TableFile, known: &Known<'_>) -> Option<String> {
        let at = table.repeat.as_ref()?;
        let Some(level) = at.get_ref().strip_prefix("units:") else { return Some("00".to_owned()) };
        let codes = || known.units.iter().filter(|unit| unit.level.0 == level).map(|unit| unit.code.as_str());
        for code in codes() {
            if FieldId::parse(&code.to_lowercase()).is_err() || code.contains('.') {
                let what =
                    format!("bảng lặp theo đơn vị, nhưng mã đơn vị “{code}” không dùng được trong mã ô");
                let cure = "đổi mã đơn vị: chỉ dùng chữ cái không dấu, chữ số và dấu gạch dưới đơn";
                self.mistake(Code::P007, at, what, cure);
            }
        }
        codes().max_by_key(|code| code.len()).map(str::to_lowercase)
    }

    /// Whether a unit's name fits the footer of its template.
    pub(super) fn unit_name(&mut self, name: &Spanned<String>) {
        let units = name.get_ref().replace('&', "&&").encode_utf16().count();
        if units > LONGEST_UNIT_NAME {
            let what = format!(
                "tên đơn vị dài {units} ký tự; chân trang của Excel chỉ đủ chỗ cho {LONGEST_UNIT_NAME} ký tự"
            );
            self.mistake(Code::P012, name, what, "ghi tên chính thức ngắn gọn, không kèm giải thích");
        }
    }
}
