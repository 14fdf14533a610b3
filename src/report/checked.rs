//! The findings of a check as a report of their own: a sheet of findings, a sheet by unit with counts and ledger.

use super::letter;
use super::model::{
    Align, Block, Cell, Column, ColumnKey, ColumnRef, Formula, Letter, Place, Report, Role, Row, RowKey,
    Section, Shown, Table, TableKey, Tone,
};
use super::wording::unit_status;
use crate::check::{AcceptedSubmissions, Ledger};
use crate::domain::UnitCode;
use crate::finding::{Finding, Severity, count_by_severity};
use crate::plan::Plan;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};
use vietnamese::display::{capitalised, date};

const BY_UNIT: TableKey = TableKey::fixed("theo-don-vi");
/// Id of the row of what is no unit's.
const NOBODYS: RowKey = RowKey::fixed("khong-ro");
/// Id of the column of rules that wait for a cell to be mended.
const UNASKED: ColumnKey = ColumnKey::fixed("chua-xet");
/// Columns of the ledger: id and head.
const LEDGER: [(ColumnKey, &str); 5] = [
    (ColumnKey::fixed("da-dien"), "Đã điền"),
    (ColumnKey::fixed("dung"), "Dùng"),
    (ColumnKey::fixed("ban-cu"), "Bản cũ"),
    (ColumnKey::fixed("khong-nhan"), "Không nhận"),
    (ColumnKey::fixed("bo-qua"), "Bỏ qua"),
];

/// Turns what was checked into a report that the workbook writer takes; `findings` are those told, in order. Units of
/// which nothing was received are left out: whoever checks some files is not asking for the others.
pub fn checked(
    plan: &Plan,
    as_of: NaiveDate,
    accepted: &AcceptedSubmissions,
    findings: &[Finding],
) -> Report {
    let year = accepted.year();
    let units = accepted.units();
    let names: BTreeMap<UnitCode, String> =
        units.iter().map(|unit| (unit.code.clone(), unit.short_name.clone())).collect();
    let files: usize = units.iter().map(|unit| unit.files.len()).sum();
    let told = format!(
        "Kiểm tra ngày {}, theo {} (phiên bản {}), báo cáo năm {year}: {files} tệp của các đơn vị, {} nhận xét.",
        date(as_of),
        plan.frame(year).title,
        plan.version,
        findings.len()
    );
    let list = match findings {
        [] => Block::paragraph("Không có nhận xét nào."),
        _ => Block::Findings { shown: findings.to_vec(), total: findings.len(), names },
    };
    let section = |id: &str, title: String, sheet: &str, blocks| Section {
        id: id.to_owned(),
        title,
        place: Place::Sheet,
        sheet: Some(sheet.into()),
        blocks,
    };
    let title = format!("NHẬN XÉT VỀ SỐ LIỆU CÁC ĐƠN VỊ GỬI NĂM {year}");
    Report {
        letter: Letter {
            as_of,
            dated: None,
            kind: "Nhận xét".to_owned(),
            subject: format!("về số liệu các đơn vị gửi năm {year}"),
            ..letter::of_year(plan, year, as_of)
        },
        shorter: Vec::new(),
        sections: vec![
            section("nhan-xet", title, "Nhận xét", vec![Block::paragraph(told), list]),
            section(
                BY_UNIT.as_str(),
                format!("NHẬN XÉT VÀ Ô ĐÃ ĐIỀN THEO ĐƠN VỊ NĂM {year}"),
                "Theo đơn vị",
                vec![Block::Table(by_unit(accepted, findings))],
            ),
        ],
    }
}

fn by_unit(accepted: &AcceptedSubmissions, findings: &[Finding]) -> Table {
    let mut rows = Vec::new();
    let mut all = Vec::new();
    // Findings of units that are on no roster of the year stand with those of nobody.
    let mut of: HashMap<&UnitCode, Vec<Finding>> =
        accepted.units().iter().map(|unit| (&unit.code, Vec::new())).collect();
    let mut others = Vec::new();
    for finding in findings {
        match finding.unit.as_ref().and_then(|unit| of.get_mut(unit)) {
            Some(mine) => mine.push(finding.clone()),
            None => others.push(finding.clone()),
        }
    }
    for unit in accepted.units() {
        let mine = of.remove(&unit.code).unwrap_or_default();
        if unit.files.is_empty() && mine.is_empty() {
            continue;
        }
        let (word, tone) = unit_status(unit.status);
        let paths: Vec<&str> = unit.files.iter().map(|file| file.file.path.as_str()).collect();
        let head = [
            Cell::text(unit.code.as_str()),
            Cell::text(capitalised(&unit.name)),
            Cell::text(word).toned(tone),
            Cell::text(paths.join("; ")),
        ];
        let unasked = accepted.unasked_of(&unit.code);
        all.push((RowKey::from(&unit.code), head, mine, unasked, accepted.ledger_of(Some(&unit.code))));
    }
    let settled = all.iter().fold(0, |sum, (.., ledger)| sum + ledger.filled);
    if !others.is_empty() || settled < accepted.ledger().filled {
        let head = [
            Cell::plain(Shown::Blank),
            Cell::text("Không rõ đơn vị, hoặc chung cho nhiều đơn vị"),
            Cell::plain(Shown::Blank),
            Cell::plain(Shown::Blank),
        ];
        all.push((NOBODYS, head, others, 0, rest(accepted)));
    }
    let first = all.first().map(|(id, ..)| id.clone());
    let last = all.last().map(|(id, ..)| id.clone());
    for (id, head, findings, unasked, ledger) in all {
        let unasked = [Cell::count(unasked as u64)];
        let cells = head.into_iter().chain(counts(&findings)).chain(unasked).chain(settled_cells(&ledger));
        rows.push(Row { id, role: Role::Body, cells: cells.collect() });
    }
    if let Some((first, last)) = first.zip(last) {
        let summed = |id: ColumnKey, value: usize| {
            let column = ColumnRef::new(BY_UNIT, id).rows(first.clone(), last.clone());
            Cell::count(value as u64).follows(Formula::Sum(vec![Formula::Rows(column)]))
        };
        let mut cells = vec![
            Cell::plain(Shown::Blank),
            Cell::text("Cộng"),
            Cell::plain(Shown::Blank),
            Cell::plain(Shown::Blank),
        ];
        cells.extend(by_severity(findings).map(|(severity, count)| summed(severity_id(severity), count)));
        cells.push(summed(UNASKED, accepted.unasked()));
        let figures = figures(accepted.ledger());
        cells.extend(LEDGER.into_iter().zip(figures).map(|((id, _), figure)| summed(id, figure)));
        rows.push(Row { id: "cong".into(), role: Role::Total, cells });
    }
    Table {
        id: BY_UNIT,
        caption: None,
        columns: columns(),
        rows,
        notes: vec![
            "Quy tắc chưa xét: quy tắc cần một ô đã ghi mà chưa đọc được; lỗi kéo theo không nêu riêng, quy tắc sẽ được xét khi ô ấy được sửa."
                .into(),
            "Ô đã điền = Dùng + Bản cũ + Không nhận + Bỏ qua, với từng đơn vị và cộng chung; chương trình dừng nếu không khớp."
                .into(),
            "Bản cũ: ở tệp đã có tệp mới hơn thay. Không nhận: do một nhận xét giữ lại. Bỏ qua: chỉ để đối chiếu hoặc chưa có số."
                .into(),
        ],
    }
}

/// What the units' own ledgers leave of the whole.
fn rest(accepted: &AcceptedSubmissions) -> Ledger {
    let mut rest = accepted.ledger().clone();
    for unit in accepted.units() {
        let ledger = accepted.ledger_of(Some(&unit.code));
        rest.filled -= ledger.filled;
        rest.used -= ledger.used;
        rest.superseded -= ledger.superseded;
        for (of, count) in ledger.rejected {
            rest.rejected.entry(of).and_modify(|all| *all -= count);
        }
        for (of, count) in ledger.ignored {
            rest.ignored.entry(of).and_modify(|all| *all -= count);
        }
    }
    rest
}

fn figures(ledger: &Ledger) -> [usize; 5] {
    [ledger.filled, ledger.used, ledger.superseded, ledger.rejected_in_all(), ledger.ignored_in_all()]
}

fn settled_cells(ledger: &Ledger) -> Vec<Cell> {
    figures(ledger).map(|figure| Cell::count(figure as u64)).into()
}

fn counts(findings: &[Finding]) -> Vec<Cell> {
    let cell = |(severity, count): (Severity, usize)| {
        let tone = match severity {
            _ if count == 0 => Tone::Quiet,
            Severity::Reject | Severity::Error => Tone::Bad,
            Severity::Confirm => Tone::Open,
            _ => Tone::Plain,
        };
        Cell::count(count as u64).toned(tone)
    };
    by_severity(findings).map(cell).into()
}

/// How many there are of each severity, none among them.
fn by_severity(findings: &[Finding]) -> [(Severity, usize); Severity::GRAVEST_FIRST.len()] {
    let counted = count_by_severity(findings);
    let of = |severity| counted.iter().find(|(known, _)| *known == severity).map_or(0, |(_, count)| *count);
    Severity::GRAVEST_FIRST.map(|severity| (severity, of(severity)))
}

fn severity_id(severity: Severity) -> ColumnKey {
    format!("{severity:?}").to_lowercase().into()
}

fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::new("ma", "Mã", 1.1, Align::Center),
        Column::new("don-vi", "Đơn vị", 2.4, Align::Left),
        Column::new("tinh-trang", "Tình trạng", 1.3, Align::Center),
        Column::new("tep", "Tệp", 3.4, Align::Left),
    ];
    columns.extend(Severity::GRAVEST_FIRST.map(|severity| {
        let head = severity.vietnamese();
        Column::new(severity_id(severity), head, 0.9, Align::Right).under("Số nhận xét")
    }));
    columns.push(Column::new(UNASKED, "Quy tắc chưa xét", 0.9, Align::Right));
    columns.extend(LEDGER.map(|(id, title)| Column::new(id, title, 0.8, Align::Right).under("Số ô")));
    columns
}
