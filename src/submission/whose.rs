//! What speaks against a file being the report of the unit whose form it is: its name, the folders it lies in, and what
//! the tops of its own sheets say.

use super::file_name::Spellings;
use super::model::Doubt;
use super::parts::headings;
use super::{InputFile, Reader};
use crate::domain::{Unit, UnitCode, Year};
use crate::finding::{Code, Finding, Origin};
use crate::intake::raw::RawSubmission;
use ecow::EcoString;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that speaks against it.
pub(super) fn doubts(
    reader: &Reader<'_>,
    file: &InputFile,
    raw: &RawSubmission,
    unit: &Unit,
    year: Year,
) -> Vec<Doubt> {
    by_name(reader, file, unit, year).into_iter().chain(by_heading(reader, file, raw, unit, year)).collect()
}

/// What a name says of a sender.
#[derive(Debug, PartialEq)]
enum Spoken<'a> {
    /// It is the sender's.
    Own,
    /// It is another unit's, because of its code or its name.
    Another(&'a Unit, &'static str),
    /// Nothing, or several things.
    Nothing,
}

/// What a part of a path says: a code in front speaks alone; without one, a name anywhere in it. Who the file is sent to
/// may be named as well: only units of the sender's own level can be mistaken for it.
fn spoken<'a>(spellings: &Spellings<'a>, part: &str, sender: &Unit) -> Spoken<'a> {
    if let Some(coded) = spellings.coded(part) {
        return if coded.code == sender.code {
            Spoken::Own
        } else {
            Spoken::Another(coded, "mở đầu bằng mã của")
        };
    }
    let named = spellings.named(part, |unit| unit.level == sender.level);
    match named[..] {
        _ if named.iter().any(|unit| unit.code == sender.code) => Spoken::Own,
        [other] => Spoken::Another(other, "nêu"),
        _ => Spoken::Nothing,
    }
}

/// The name of the file, else the nearest folder that says something.
fn by_name(reader: &Reader<'_>, file: &InputFile, unit: &Unit, year: Year) -> Option<Doubt> {
    let spellings = reader.spellings(year)?;
    let mut rest = file.path.as_str();
    let mut is_folder = false;
    loop {
        let part = rest.rsplit('/').next().unwrap_or(rest);
        match spoken(spellings, part, unit) {
            Spoken::Own => return None,
            Spoken::Another(other, how) => {
                let what =
                    if is_folder { format!("thư mục “{part}”") } else { "tên tệp".to_owned() };
                let folder = is_folder.then(|| EcoString::from(rest));
                return Some(doubt_by_name(
                    reader,
                    file,
                    unit,
                    year,
                    other,
                    &format!("{what} {how}"),
                    folder,
                ));
            }
            Spoken::Nothing => {}
        }
        rest = rest.rsplit_once('/')?.0;
        is_folder = true;
    }
}

fn doubt_by_name(
    reader: &Reader<'_>,
    file: &InputFile,
    unit: &Unit,
    year: Year,
    other: &Unit,
    how: &str,
    folder: Option<EcoString>,
) -> Doubt {
    let cause = format!(
        "{how} {} ({}) nhưng nội dung là biểu mẫu của {} ({})",
        other.name, other.code, unit.name, unit.code
    );
    let cure = format!(
        "hỏi đơn vị đã gửi: nếu là số liệu của {} thì đổi lại tên tệp hoặc thư mục cho đúng; nếu là số liệu của {} thì đề nghị chép sang biểu mẫu của đơn vị ấy do {} gửi",
        unit.name,
        other.name,
        reader.plan.frame(year).names.collector
    );
    let finding = Finding::new(Code::O005, cause, cure).of_unit(&unit.code).in_year(year);
    Doubt { other: other.code.clone(), folder, finding: finding.at(Origin::file(&file.path)) }
}

/// The tops of the sheets, where all that say something say something else than the hidden identity.
fn by_heading(
    reader: &Reader<'_>,
    file: &InputFile,
    raw: &RawSubmission,
    unit: &Unit,
    year: Year,
) -> Option<Doubt> {
    let told = headings(reader, raw, Some((unit, year)));
    let all: BTreeSet<&(UnitCode, Year)> = told.values().collect();
    let own = (unit.code.clone(), year);
    if all.is_empty() || all.contains(&own) {
        return None;
    }
    let counted: BTreeMap<&(UnitCode, Year), usize> =
        all.into_iter().map(|key| (key, told.values().filter(|other| *other == key).count())).collect();
    let ((code, shown_year), _) = counted.into_iter().max_by_key(|(_, count)| *count)?;
    let plan = reader.plan;
    let other = plan.units.iter().find(|unit| unit.code == *code)?;
    let sheet = told.iter().find(|(_, key)| key.0 == *code && key.1 == *shown_year)?.0;
    let cause = format!(
        "đầu trang ghi {} ({}), năm {shown_year}, nhưng trang nhận dạng ẩn của tệp ghi là biểu mẫu của {} ({}), năm {year}",
        other.name, other.code, unit.name, unit.code
    );
    let cure = format!(
        "hỏi đơn vị đã gửi số liệu này là của ai; đề nghị gửi lại bằng đúng biểu mẫu do {} gửi cho đơn vị ấy, không sửa dòng đầu trang",
        plan.frame(year).names.collector
    );
    let origin = Origin { file: file.path.clone(), sheet: Some(sheet.clone()), cell: None };
    let finding = Finding::new(Code::O013, cause, cure).of_unit(&unit.code).in_year(year).at(origin);
    Some(Doubt { other: code.clone(), folder: None, finding })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Plan, PlanSources};

    #[test]
    fn a_code_speaks_first_then_a_name_and_the_senders_own_ends_it() {
        let plan = Plan::read(&PlanSources::embedded()).unwrap();
        let sender = plan.units.iter().find(|unit| unit.code.as_str() == "799").unwrap();
        let reader = Reader::new(&plan);
        let told = |path: &str| {
            let file = InputFile { path: path.into(), sha256: String::new() };
            by_name(&reader, &file, sender, 2024).map(|doubt| (doubt.other.to_string(), doubt.folder))
        };
        let by_file = |code: &str| Some((code.to_owned(), None));
        let by_folder = |code: &str, folder: &str| Some((code.to_owned(), Some(folder.into())));
        assert_eq!(sender.short_name, "Tân Thạnh");
        assert_eq!(told("796-Huyện Tân Thạnh.xlsx"), by_file("796"));
        assert_eq!(told("799-Huyện Tân Hưng.xlsx"), None);
        assert_eq!(told("BC xhht H.Tân Hưng 2024.xlsx"), by_file("796"));
        assert_eq!(told("bao cao TAN HUNG.xlsx"), by_file("796"));
        assert_eq!(told("bao cao tan thanh.xlsx"), None);
        assert_eq!(told("Tân Thạnh thay Tân Hưng.xlsx"), None);
        assert_eq!(told("gửi Sở Giáo dục và Đào tạo.xlsx"), None);
        assert_eq!(told("bao cao.xlsx"), None);
        // The nearest that says something speaks for the rest.
        assert_eq!(told("796/bao cao.xlsx"), by_folder("796", "796"));
        assert_eq!(told("nhan/796-Huyện Tân Hưng/moi/BC.xlsx"), by_folder("796", "nhan/796-Huyện Tân Hưng"));
        assert_eq!(told("796/799-Huyện Tân Thạnh.xlsx"), None);
        assert_eq!(told("796/Tân Thạnh/BC.xlsx"), None);
        assert_eq!(told("799/BC Tân Hưng.xlsx"), by_file("796"));
    }
}
