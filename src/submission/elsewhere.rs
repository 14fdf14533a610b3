//! What stands on other sheets than the form's: its codes once more, with the same or with other figures, and figures
//! that nobody reads.

use super::Access;
use super::locate::{Located, Places};
use super::read_cell;
use crate::domain::CellAddress;
use crate::finding::{Code, Finding, Origin};
use crate::form::{Field, Form};
use crate::intake::raw::{RawCell, RawSheet, RawSubmission, RawValue};
use ecow::EcoString;
use std::collections::{BTreeMap, BTreeSet};

/// How many cells a finding shows before it only counts them.
const CELLS_SHOWN: usize = 8;
/// How many sheets are told one by one.
const SHEETS_TOLD: usize = 10;
/// How many characters of a text are shown.
const TEXT_SHOWN: usize = 30;

/// A sheet where cells were read, and one where the same codes stand again.
#[derive(Default)]
struct Again<'f> {
    same: usize,
    differing: Vec<(&'f Field, CellAddress, String)>,
    only_there: Vec<(&'f Field, CellAddress, String)>,
}

/// Fields whose codes stand a second time. Where both places say the same, nothing is in doubt. Where they differ, or
/// only the other one is filled, the sender is asked: nobody knows which is the draft. A field that is filled only
/// elsewhere is taken to stand there from now on.
pub(super) fn again(form: &Form, places: &mut Places<'_>, raw: &RawSubmission, file: &str) -> Repeated {
    let used: BTreeSet<(EcoString, CellAddress)> =
        places.located.values().map(|place| (place.sheet.clone(), place.cell)).collect();
    let mut pairs: BTreeMap<(EcoString, EcoString), Again<'_>> = BTreeMap::new();
    let mut moved = Vec::new();
    let mut unused = 0;
    for field in form.fields() {
        let Some(place) = places.located.get(&field.id) else { continue };
        let all = places.codes.all(&field.id);
        let others = all.iter().filter(|found| !used.contains(&(found.sheet.name.clone(), found.cell)));
        let own = raw.sheet(&place.sheet).and_then(|sheet| filled(sheet, place.cell));
        let mut is_moved = false;
        for found in others {
            let Some(there) = filled(found.sheet, found.cell) else { continue };
            unused += 1;
            let pair = pairs.entry((place.sheet.clone(), found.sheet.name.clone())).or_default();
            match own {
                Some(own) if shown(own) == shown(there) => pair.same += 1,
                Some(own) => {
                    let both =
                        format!("{} là {}, {} là {}", place.cell, shown(own), found.cell, shown(there));
                    pair.differing.push((field, place.cell, both));
                }
                None => {
                    let alone = format!("{} là {}", found.cell, shown(there));
                    pair.only_there.push((field, found.cell, alone));
                    if !is_moved {
                        unused -= 1;
                        let place = Located {
                            sheet: found.sheet.name.clone(),
                            cell: found.cell,
                            access: Access::Codes,
                            former: place.former,
                        };
                        moved.push((field.id.clone(), place));
                        is_moved = true;
                    }
                }
            }
        }
    }
    let findings = pairs.iter().flat_map(|((own, other), pair)| pair.told(raw, file, own, other)).collect();
    places.located.extend(moved);
    Repeated { findings, sheets: pairs.into_keys().flat_map(|(own, other)| [own, other]).collect(), unused }
}

/// What stands a second time.
pub(super) struct Repeated {
    pub findings: Vec<Finding>,
    /// The sheets that this concerns.
    pub sheets: BTreeSet<EcoString>,
    /// How many filled cells of it are not used.
    pub unused: usize,
}

impl Again<'_> {
    fn told(&self, raw: &RawSubmission, file: &str, own: &EcoString, other: &EcoString) -> Vec<Finding> {
        let unseen = raw.sheet(other).is_some_and(|sheet| !sheet.visible);
        let there =
            if unseen { format!("trang “{other}” (đang ẩn)") } else { format!("trang “{other}”") };
        let differ = format!("mã số của trang “{own}” đứng lần nữa ở {there} với số liệu khác");
        let differ = told_cells(&self.differing, own, file, |count, cells| {
            format!("{differ} ở {count} ô: {cells} (ô đầu ở trang “{own}”, ô sau ở {there})")
        });
        let only = told_cells(&self.only_there, other, file, |count, cells| {
            format!("trang “{own}” để trống {count} ô mà {there} mang cùng mã số lại có số liệu: {cells}")
        });
        let mut findings: Vec<Finding> = differ.into_iter().chain(only).collect();
        if findings.is_empty() && self.same > 0 {
            let cause = format!(
                "{there} lặp lại mã số của trang “{own}”; {} ô có số liệu ở đó đều giống ô đã dùng",
                self.same
            );
            let origin = Origin { file: file.into(), sheet: Some(other.clone()), cell: None };
            findings.push(Finding::new(Code::S011, cause, "xóa trang thừa trước khi gửi").at(origin));
        }
        findings
    }
}

/// One finding that asks about cells; none when there are none.
fn told_cells(
    cells: &[(&Field, CellAddress, String)],
    sheet: &EcoString,
    file: &str,
    cause: impl Fn(usize, String) -> String,
) -> Option<Finding> {
    let (first, _, _) = cells.first()?;
    let mut shown =
        cells.iter().take(CELLS_SHOWN).map(|(_, _, words)| words.as_str()).collect::<Vec<_>>().join("; ");
    if cells.len() > CELLS_SHOWN {
        shown += &format!("; và {} ô khác", cells.len() - CELLS_SHOWN);
    }
    let addresses: Vec<CellAddress> = cells.iter().map(|(_, cell, _)| *cell).collect();
    let label = match cells.len() {
        1 => first.label.to_string(),
        more => format!("{more} ô: {}; …", first.label),
    };
    let cure = "hỏi đơn vị số nào đúng, đề nghị để một trang mang mã số, xóa trang nháp rồi gửi lại";
    let mut finding = Finding::new(Code::S012, cause(cells.len(), shown), cure)
        .at(Origin::cell(file, sheet.clone(), crate::domain::cell::joined(&addresses)))
        .label(label);
    finding.fields = cells.iter().map(|(field, _, _)| field.id.clone()).collect();
    Some(finding)
}

fn filled(sheet: &RawSheet, cell: CellAddress) -> Option<&RawCell> {
    sheet.cells.get(&cell).filter(|cell| read_cell::is_filled(cell))
}

/// A cell's content in a few words.
fn shown(cell: &RawCell) -> String {
    let text = read_cell::as_typed(&cell.value);
    let text = text.trim();
    match text.char_indices().nth(TEXT_SHOWN) {
        Some((end, _)) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}

/// Sheets that hold figures or codes and gave the form nothing.
pub(super) fn unread(
    places: &Places<'_>,
    raw: &RawSubmission,
    told: &BTreeSet<EcoString>,
    file: &str,
) -> Vec<Finding> {
    let located = places.located.values().map(|place| place.sheet.as_str());
    let known: BTreeSet<&str> = located.chain(told.iter().map(EcoString::as_str)).collect();
    let unused = raw.sheets.iter().filter(|sheet| !known.contains(sheet.name.as_str()));
    let of_sheet = |sheet: &RawSheet| {
        let numbers = sheet.cells.values().filter(|cell| matches!(cell.value, RawValue::Number(_))).count();
        let unseen = if sheet.visible { "" } else { " đang ẩn" };
        let cause = match (places.codes.rows_on(&sheet.name), numbers) {
            (0, 0) => return None,
            (0, numbers) => {
                format!("trang{unseen} này có {numbers} ô số, không thuộc biểu mẫu nên không đọc")
            }
            (rows, _) => {
                format!("trang{unseen} này có {rows} dòng mang mã số của biểu mẫu nhưng không ô nào được đọc")
            }
        };
        Some((sheet.name.clone(), cause))
    };
    let cut = raw.skipped_besides.iter().filter(|(sheet, _)| !known.contains(sheet.as_str()));
    let of_cut = |(sheet, why): &(String, String)| {
        (
            EcoString::from(sheet.as_str()),
            format!("trang này không thuộc biểu mẫu và không đọc được hết: {why}"),
        )
    };
    let all: Vec<(EcoString, String)> = unused.filter_map(of_sheet).chain(cut.map(of_cut)).collect();
    let cure =
        "nếu là số liệu cần báo cáo thì chép vào ô nền vàng của biểu mẫu; nếu không thì có thể xóa trang";
    let tell = |(sheet, cause): &(EcoString, String)| {
        let origin = Origin { file: file.into(), sheet: Some(sheet.clone()), cell: None };
        Finding::new(Code::S011, cause.as_str(), cure).at(origin)
    };
    let mut findings: Vec<Finding> = all.iter().take(SHEETS_TOLD).map(tell).collect();
    if let Some(more) = all.len().checked_sub(SHEETS_TOLD).filter(|more| *more > 0) {
        let cause = format!("còn {more} trang khác cũng có số liệu mà không thuộc biểu mẫu, không nêu riêng");
        findings.push(Finding::new(Code::S011, cause, cure).at(Origin::file(file)));
    }
    findings
}
