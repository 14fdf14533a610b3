//! Results of lower plans among the files that came.

use crate::consolidate::lower_result;
use crate::domain::{UnitCode, Year};
use crate::finding::{Code, Finding, Origin};
use crate::submission::{Content, InputFile, Reader, Received};
use std::path::Path;

/// The largest result file that is read, bytes: a province's is some megabytes.
pub const LARGEST_RESULT: u64 = 256 << 20;

/// Whether a file's name says that it may be a result.
pub fn is_result_name(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// What a result file says, to this plan.
pub fn read_result(reader: &Reader<'_>, year: Option<Year>, file: InputFile, bytes: &[u8]) -> Received {
    match lower_result(bytes) {
        Ok(result) => reader.read_result(year, file, &result),
        Err(why) => {
            let cure = "đề nghị đơn vị gửi lại tệp ket-qua-xhht-….json do chương trình ghi, không sửa";
            refused_result(file, None, &format!("tệp này {why}"), cure)
        }
    }
}

/// A result that is not used, with why and how to mend it.
pub fn refused_result(file: InputFile, unit: Option<UnitCode>, why: &str, cure: &str) -> Received {
    let finding = Finding::new(Code::F011, why, cure).at(Origin::file(&file.path));
    let finding = unit.iter().fold(finding, Finding::of_unit);
    let content = Content::Rejected { unit, filled: 0, code: finding.code, came: None, of_other_year: None };
    Received { file, findings: vec![finding], content }
}
