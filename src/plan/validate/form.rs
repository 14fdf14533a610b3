//! The form: sheets, tables, columns and rows, and what Excel allows.

use super::{Checker, Known};
use crate::domain::{
    Choice, ChoiceList, ColumnId, ColumnRole, Dated, FieldId, FieldKind, IndicatorId, Level, LevelId, RowId,
    TableId,
};
use crate::error::PlanMistake;
use crate::finding::Code;
use crate::plan::file::{
    ColumnFile, FormFile, KindName, LaterRowFile, LaterSheetFile, ReferenceFile, RowFile, SheetFile, Spanned,
    TableFile,
};
use crate::plan::rule::{CHECK_SHEET, PRINT_SHEET, is_reserved};
use crate::plan::{
    PlannedColumn, PlannedRow, PlannedSheet, PlannedTable, Reference, ReferenceBasis, Repeat, RowWords,
    SheetWords, SourceFile,
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Characters Excel does not allow in a sheet name.
const NOT_IN_TAB: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// UTF-16 units of a sheet name in Excel.
const LONGEST_TAB: usize = 31;

pub(super) fn sheets(
    source: &SourceFile,
    file: &FormFile,
    known: &Known<'_>,
    mistakes: &mut Vec<PlanMistake>,
) -> Vec<PlannedSheet> {
    let mut checker = Checker { file: source, mistakes };
    let lists = checker.choice_lists(file, known.levels);
    let column_sets: BTreeMap<&str, Vec<PlannedColumn>> = file
        .columns
        .iter()
        .map(|(name, columns)| (name.as_str(), checker.columns(columns, &lists)))
        .collect();
    let (mut ids, mut tabs, mut rows) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut sheets = Vec::new();
    for sheet in &file.sheets {
        checker.ascii_id(&sheet.id, "mã trang tính");
        checker.unique(&mut ids, &sheet.id, "trang tính");
        let asked = checker.asked(&sheet.audience, sheet.valid_from.as_ref(), sheet.valid_to.as_ref(), known);
        let mut tables = Vec::new();
        for table in &sheet.tables {
            let Some(columns) = column_sets.get(table.columns.get_ref().as_str()) else {
                checker.unknown(&table.columns, "bộ cột", "khai báo bộ cột này ở mục [columns]");
                continue;
            };
            let built = checker.table(table, columns, known);
            for row in &table.rows {
                checker.unique(&mut rows, &row.id, "dòng");
            }
            tables.push(built);
        }
        let built =
            PlannedSheet { id: sheet.id.get_ref().clone(), words: checker.sheet_words(sheet), asked, tables };
        let mut own = BTreeSet::new();
        for tab in [Some(&sheet.tab)].into_iter().chain(sheet.later.iter().map(|later| later.tab.as_ref())) {
            let Some(tab) = tab else { continue };
            checker.tab(&tabs, &mut own, tab, built.level(known.levels));
        }
        tabs.extend(own);
        sheets.push(built);
    }
    checker.field_ids(file, known);
    sheets
}

impl Checker<'_> {
    fn choice_lists(&mut self, file: &FormFile, levels: &[Level]) -> BTreeMap<String, Arc<ChoiceList>> {
        let mut seen = BTreeSet::new();
        let mut lists = BTreeMap::new();
        for list in &file.choices {
            self.unique(&mut seen, &list.id, "danh sách chọn");
            for item in list.items.iter().filter(|item| item.text.get_ref().contains([',', '"'])) {
                let what = "chữ trong danh sách chọn không được có dấu phẩy hoặc ngoặc kép".to_owned();
                self.mistake(
                    Code::P012,
                    &item.text,
                    what,
                    "viết lại không có dấu phẩy: Excel dùng dấu phẩy để tách các mục",
                );
            }
            self.list_length(list, levels);
            let items = list
                .items
                .iter()
                .map(|item| Choice { text: item.text.get_ref().clone(), means: item.means })
                .collect();
            let id = list.id.get_ref().clone();
            lists.insert(id.clone(), Arc::new(ChoiceList { id, items }));
        }
        lists
    }

    /// What a sheet is called in the plan's life.
    fn sheet_words(&mut self, sheet: &SheetFile) -> Dated<SheetWords> {
        let first = SheetWords { tab: sheet.tab.get_ref().clone(), heading: sheet.heading.clone() };
        let next = |before: &SheetWords, later: &LaterSheetFile| SheetWords {
            tab: later.tab.as_ref().map_or_else(|| before.tab.clone(), |tab| tab.get_ref().clone()),
            heading: later.heading.clone().unwrap_or_else(|| before.heading.clone()),
        };
        self.words(first, &sheet.later, |later| &later.from, next)
    }

    /// A tab name must do under every name the level ever has; `own` are those of the same sheet.
    fn tab(
        &mut self,
        seen: &BTreeSet<String>,
        own: &mut BTreeSet<String>,
        tab: &Spanned<String>,
        level: Option<&Level>,
    ) {
        self.placeholders(tab);
        let names = level.into_iter().flat_map(Level::names);
        let worded: BTreeSet<String> = names.map(|name| name.word(tab.get_ref())).collect();
        for name in worded {
            self.worded_tab(seen, tab, &name);
            own.insert(name.to_lowercase());
        }
    }

    fn worded_tab(&mut self, seen: &BTreeSet<String>, tab: &Spanned<String>, name: &str) {
        let units = name.encode_utf16().count();
        if units == 0
            || units > LONGEST_TAB
            || name.contains(NOT_IN_TAB)
            || name.starts_with(['\'', '_'])
            || name.ends_with('\'')
            || [CHECK_SHEET, PRINT_SHEET].iter().any(|ours| name.to_lowercase() == ours.to_lowercase())
        {
            let what = format!("tên trang tính “{name}” không được Excel chấp nhận");
            self.mistake(
                Code::P012,
                tab,
                what,
                "dùng tối đa 31 ký tự, không có [ ] : * ? / \\, không bắt đầu bằng dấu _, không trùng tên trang “Kiểm tra”, “Bản in” của chương trình",
            );
        }
        if seen.contains(&name.to_lowercase()) {
            self.mistake(
                Code::P005,
                tab,
                format!("tên trang tính “{name}” dùng hai lần"),
                "đổi tên một trang",
            );
        }
    }

    fn columns(
        &mut self,
        columns: &[ColumnFile],
        lists: &BTreeMap<String, Arc<ChoiceList>>,
    ) -> Vec<PlannedColumn> {
        let mut seen = BTreeSet::new();
        let mut built = Vec::new();
        for column in columns {
            self.segment(&column.id);
            self.unique(&mut seen, &column.id, "cột");
            if is_reserved(column.id.get_ref()) {
                let what = format!(
                    "“{}” có nghĩa riêng trong các quy tắc, không làm mã cột được",
                    column.id.get_ref()
                );
                self.mistake(Code::P007, &column.id, what, "đặt mã khác cho cột, ví dụ thêm “_cot” ở cuối");
            }
            if !(column.width > 0.0 && column.width <= 20.0) {
                let what = format!("bề rộng cột {} không hợp lệ", column.width);
                self.mistake(
                    Code::P012,
                    &column.id,
                    what,
                    "ghi số từ 0.5 đến 20; 1 là khoảng một cột số hẹp",
                );
            }
            let Some(kind) = self.kind(column.kind, column.choices.as_ref(), &column.id, lists) else {
                continue;
            };
            let numeric = kind.is_figure();
            let fits = match column.role {
                None => true,
                Some(ColumnRole::RowStatus) => matches!(kind, FieldKind::Choice(_)),
                Some(ColumnRole::Percent) => kind == FieldKind::Percent,
                Some(_) => numeric,
            };
            if !fits {
                let what = "ý nghĩa của cột (role) không hợp với loại ô (kind)".to_owned();
                self.mistake(Code::P004, &column.id, what, "role row-status đi với choice, percent đi với percent, các role khác đi với count hoặc decimal");
            }
            let compared =
                column.compared.unwrap_or_else(|| is_compared(column, &kind)) && kind.is_compared();
            built.push(PlannedColumn {
                id: ColumnId::new(column.id.get_ref().as_str()),
                title: self.words(
                    column.title.clone(),
                    &column.later,
                    |later| &later.from,
                    |_, later| later.title.clone(),
                ),
                kind,
                role: column.role,
                required: column.required,
                compared,
                total: column.total,
                result: self.result_part(column),
                width: column.width,
                tall: column.tall,
            });
        }
        built
    }

    fn kind(
        &mut self,
        name: KindName,
        choices: Option<&Spanned<String>>,
        at: &Spanned<String>,
        lists: &BTreeMap<String, Arc<ChoiceList>>,
    ) -> Option<FieldKind> {
        Some(match name {
            KindName::Count => FieldKind::Count,
            KindName::Decimal => FieldKind::Decimal,
            KindName::Percent => FieldKind::Percent,
            KindName::Text => FieldKind::Text,
            KindName::Date => FieldKind::Date,
            KindName::Choice => match choices {
                None => {
                    let what = format!("cột “{}” là loại choice nhưng chưa nêu danh sách chọn", at.get_ref());
                    self.mistake(Code::P010, at, what, "thêm choices = \"mã danh sách\"");
                    return None;
                }
                Some(id) => match lists.get(id.get_ref()) {
                    Some(list) => FieldKind::Choice(list.clone()),
                    None => {
                        self.unknown(id, "danh sách chọn", "khai báo danh sách bằng một mục [[choices]]");
                        return None;
                    }
                },
            },
        })
    }

    fn table(&mut self, table: &TableFile, columns: &[PlannedColumn], known: &Known<'_>) -> PlannedTable {
        self.ascii_id(&table.id, "mã bảng");
        let repeat = table.repeat.as_ref().and_then(|at| self.repeat(at, known));
        let rows = table.rows.iter().map(|row| self.row(row, columns, known)).collect();
        self.no_repeated_results(table);
        let (from, to) = (table.valid_from.as_ref(), table.valid_to.as_ref());
        PlannedTable {
            id: TableId::new(table.id.get_ref().as_str()),
            title: self.words(
                table.title.clone(),
                &table.later,
                |later| &later.from,
                |_, later| later.title.clone(),
            ),
            asked: self.asked(&table.audience, from, to, known),
            unit: table.unit.clone(),
            columns: columns.to_vec(),
            repeat,
            rows,
        }
    }

    fn repeat(&mut self, at: &Spanned<String>, known: &Known<'_>) -> Option<Repeat> {
        match at.get_ref().as_str() {
            "task-groups" => Some(Repeat::TaskGroups),
            "key-tasks" => Some(Repeat::KeyTasks),
            other => {
                let level =
                    other.strip_prefix("units:").filter(|id| known.levels.iter().any(|l| l.id.0 == *id));
                if level.is_none() {
                    let what = format!("không hiểu cách lặp dòng “{other}”");
                    let cure = format!(
                        "dùng task-groups, key-tasks hoặc units:mã-cấp, ví dụ units:{}",
                        known.a_level()
                    );
                    self.mistake(Code::P006, at, what, &cure);
                }
                level.map(|id| Repeat::Units(LevelId(id.to_owned())))
            }
        }
    }

    /// What a row is called in the plan's life.
    fn row_words(&mut self, row: &RowFile) -> Dated<RowWords> {
        let first = RowWords {
            number: row.number.clone().unwrap_or_default(),
            label: row.label.clone(),
            hint: row.hint.clone(),
            unit: row.unit.clone(),
        };
        let next = |before: &RowWords, later: &LaterRowFile| RowWords {
            number: later.number.clone().unwrap_or_else(|| before.number.clone()),
            label: later.label.clone().unwrap_or_else(|| before.label.clone()),
            hint: later.hint.clone().or_else(|| before.hint.clone()),
            unit: later.unit.clone().or_else(|| before.unit.clone()),
        };
        self.words(first, &row.later, |later| &later.from, next)
    }

    fn row(&mut self, row: &RowFile, columns: &[PlannedColumn], known: &Known<'_>) -> PlannedRow {
        self.segment(&row.id);
        let kind = row.kind.as_ref().and_then(|at| match at.get_ref() {
            KindName::Choice => {
                let what = "loại choice chỉ đặt được ở cột".to_owned();
                self.mistake(Code::P004, at, what, "tạo một bộ cột riêng có danh sách chọn");
                None
            }
            KindName::Count => Some(FieldKind::Count),
            KindName::Decimal => Some(FieldKind::Decimal),
            KindName::Percent => Some(FieldKind::Percent),
            KindName::Text => Some(FieldKind::Text),
            KindName::Date => Some(FieldKind::Date),
        });
        PlannedRow {
            id: RowId::new(row.id.get_ref().as_str()),
            words: self.row_words(row),
            asked: self.asked(&row.audience, row.valid_from.as_ref(), row.valid_to.as_ref(), known),
            indicator: row.indicator.as_ref().map(|id| IndicatorId(id.get_ref().clone())),
            kind,
            required: row.required,
            tall: row.tall,
            informative: row.informative,
            can_be_absent: row.can_be_absent,
            reference: row.reference.as_ref().and_then(|reference| self.reference(reference, columns)),
            ceiling: row.ceiling.as_ref().and_then(|at| self.no_less_than_nought(at)),
            from_result: row.from_result.as_ref().and_then(|from| self.result_of_row(from, columns)),
        }
    }

    fn reference(&mut self, file: &ReferenceFile, columns: &[PlannedColumn]) -> Option<Reference> {
        if !columns.iter().any(|column| column.id == *file.column.get_ref().as_str()) {
            self.unknown(&file.column, "cột", "dùng mã của một cột trong bảng này");
        }
        let basis = match (&file.population_share, &file.per_commune) {
            (Some(share), None) => self.no_less_than_nought(share).map(ReferenceBasis::PopulationShare),
            (None, Some(each)) => self.no_less_than_nought(each).map(ReferenceBasis::PerCommune),
            (Some(share), Some(each)) => {
                let (each, share) = (self.no_less_than_nought(each), self.no_less_than_nought(share));
                each.zip(share).map(|(each, share)| ReferenceBasis::PerCommuneElseShare(each, share))
            }
            (None, None) => {
                let what = "reference cần một trong hai khóa population-share, per-commune".to_owned();
                let cure = format!(
                    "ví dụ reference = {{ column = \"{}\", population-share = \"0.25\" }}",
                    file.column.get_ref()
                );
                self.mistake(Code::P010, &file.column, what, &cure);
                None
            }
        };
        basis.map(|basis| Reference { column: ColumnId::new(file.column.get_ref().as_str()), basis })
    }

    fn no_less_than_nought(&mut self, at: &Spanned<String>) -> Option<Decimal> {
        let parsed = at.get_ref().parse::<Decimal>().ok().filter(|n| !n.is_sign_negative());
        if parsed.is_none() {
            let what = format!("“{}” không phải là số không âm", at.get_ref());
            self.mistake(Code::P008, at, what, "ghi số trong ngoặc kép, ví dụ \"0.25\"");
        }
        parsed
    }

    fn segment(&mut self, at: &Spanned<String>) {
        let valid = FieldId::parse(at.get_ref()).is_ok() && !at.get_ref().contains('.');
        if !valid {
            let what = format!("mã “{}” không hợp lệ", at.get_ref());
            self.mistake(Code::P007, at, what, "chỉ dùng a–z, 0–9 và dấu gạch dưới đơn, ví dụ ma_moi");
        }
    }
}

/// Unless the plan says otherwise, last year's values stand beside figures and choices that mean something to the
/// checks or must be filled. A percentage follows from its figures.
fn is_compared(column: &ColumnFile, kind: &FieldKind) -> bool {
    let speaks = column.required || column.role.is_some_and(|role| role != ColumnRole::RowStatus);
    speaks && kind.is_compared()
}
