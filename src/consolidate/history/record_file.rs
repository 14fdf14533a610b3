//! The shape of `ho-so.toml`, schema `xhht/ho-so/1`: what a year's record holds, by name and hash, and how it came about.
//!
//! A record is a folder `ho-so/Y/lan-N`. Nothing in it is ever written again; what is sent later is another part.

use super::result_file::AskedPart;
use super::{RecordStamp, result_file};
use crate::domain::Year;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Name and version of the shape.
pub const SCHEMA: &str = "xhht/ho-so/1";
/// Name of the file.
pub const RECORD_FILE: &str = "ho-so.toml";
/// Folder of what was received.
pub const RECEIVED: &str = "bai-nop";
/// Folder of the plan.
pub const PLAN: &str = "ke-hoach";
/// Folder of the decisions.
pub const DECISIONS: &str = "quyet-dinh";
/// Folder of what was written.
pub const OUTPUTS: &str = "ket-qua";
/// File of what was known of earlier years.
pub const KNOWN: &str = "nam-truoc.json";

/// What every name of a mark of closing begins with.
const MARKED: &str = "da-chot-xhht-";

/// Name of the file that stays in a folder of results whose year was closed.
pub fn closed_mark(year: Year) -> String {
    format!("{MARKED}{year}.txt")
}

/// Whether a file is such a mark, by its name.
pub fn is_closed_mark(name: &str) -> bool {
    name.starts_with(MARKED) && name.ends_with(".txt")
}

/// What stands at the head of the file, for whoever opens it.
const HEAD: &str = "\
# Hồ sơ năm báo cáo, do xhht ghi khi chốt. Xin không sửa, không xóa, không thêm tệp nào trong thư mục này: mỗi tệp có mã
# SHA-256 ở dưới, lệnh “xhht verify” (doi-chieu) tính lại từ đầu và nêu mọi chỗ khác.
# received: tệp nhận được (path: tên lúc nhận; file: chỗ lưu); decision: miễn trừ, đính chính; output: kết quả đã công bố.

";

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RecordFile {
    /// [`SCHEMA`].
    pub schema: String,
    /// Report year.
    pub year: Year,
    /// Which closing it is, when, sent by which letter, why again.
    #[serde(flatten)]
    pub stamp: RecordStamp,
    /// Who closed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_by: Option<String>,
    /// Why it was closed again, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// SHA-256 of the `ho-so.toml` of the part before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Version of the program.
    pub program: String,
    /// The plan.
    pub plan: RecordedPlan,
    /// How the outputs were asked for.
    pub options: RecordedOptions,
    /// What was received, each file as often as it came.
    #[serde(default)]
    pub received: Vec<RecordedInput>,
    /// The files of waivers and corrections.
    #[serde(rename = "decision", default)]
    pub decisions: Vec<RecordedFile>,
    /// What was published.
    #[serde(rename = "output", default)]
    pub outputs: Vec<RecordedOutput>,
    /// Every other file of the record.
    #[serde(rename = "file", default)]
    pub files: Vec<RecordedFile>,
}

/// The plan of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecordedPlan {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// Hash of its files, as the results name it.
    pub sha256: String,
    /// Its main file.
    pub main: String,
}

/// How the outputs of a record were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecordedOptions {
    /// The day the figures stand at.
    pub as_of: NaiveDate,
    /// Whether the brief has a sheet for each unit.
    #[serde(default)]
    pub unit_sheets: bool,
    /// The letter's own day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter_date: Option<NaiveDate>,
}

impl RecordedOptions {
    /// How the files that go out were asked for.
    pub fn asked(&self) -> AskedPart {
        AskedPart { unit_sheets: self.unit_sheets, letter_date: self.letter_date }
    }
}

/// A file as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecordedInput {
    /// Name as the outputs give it.
    pub path: String,
    /// Where it stands in the record.
    pub file: String,
    /// Hash of its content.
    pub sha256: String,
    /// When the disk said it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<DateTime<Utc>>,
    /// How the published workbook leads to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// A file of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecordedFile {
    /// Where it stands in the record.
    pub file: String,
    /// Hash of its content.
    pub sha256: String,
}

/// An output as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecordedOutput {
    /// Where it stands in the record.
    pub file: String,
    /// Hash of its content.
    pub sha256: String,
    /// Whether somebody changed it after the program wrote it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
}

/// What is said of a file that is another than it was when the year was closed.
pub fn changed(file: &str) -> String {
    format!("tệp “{file}” đã bị sửa sau khi chốt")
}

/// What is said of a file that is not there.
pub fn missing(file: &str) -> String {
    format!("thiếu tệp “{file}”")
}

/// What is said of a file that was not there when the year was closed.
pub fn stranger(file: &str) -> String {
    format!("tệp “{file}” không thuộc hồ sơ")
}

impl RecordFile {
    /// Reads a record.
    ///
    /// # Errors
    /// Why it is none, in Vietnamese.
    pub fn read(text: &str) -> Result<Self, String> {
        let record: RecordFile =
            toml::from_str(text).map_err(|error| format!("không đúng mẫu hồ sơ: {}", error.message()))?;
        if record.schema != SCHEMA {
            return Err(format!("mẫu “{}” không phải {SCHEMA}", record.schema));
        }
        let stays = |file: &str| {
            !file.is_empty()
                && !file.contains(['\\', ':'])
                && file.split('/').all(|part| !matches!(part, "" | "." | ".."))
        };
        if let Some((file, _)) = record.hashes().find(|(file, _)| !stays(file)) {
            return Err(format!("đường dẫn “{file}” không nằm trong hồ sơ"));
        }
        Ok(record)
    }

    /// The text of the file.
    ///
    /// # Errors
    /// Why it cannot be written, which no value of this type does.
    pub fn write(&self) -> Result<String, String> {
        toml::to_string(self).map(|text| format!("{HEAD}{text}")).map_err(|error| error.to_string())
    }

    /// Every file of the record beside `ho-so.toml`, with its hash.
    pub fn hashes(&self) -> impl Iterator<Item = (&str, &str)> {
        let received = self.received.iter().map(|input| (&input.file, &input.sha256));
        let outputs = self.outputs.iter().map(|output| (&output.file, &output.sha256));
        let others = self.decisions.iter().chain(&self.files).map(|file| (&file.file, &file.sha256));
        received.chain(outputs).chain(others).map(|(file, sha256)| (file.as_str(), sha256.as_str()))
    }

    /// How the record is called.
    pub fn name(&self) -> String {
        format!("Hồ sơ {} lần {}", self.year, self.stamp.part)
    }

    /// Where the result stands, as JSON.
    pub fn result(&self) -> String {
        format!("{OUTPUTS}/{}", result_file::file_name(self.year))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reason;
    use super::*;

    fn record() -> RecordFile {
        let day = NaiveDate::from_ymd_opt(2024, 12, 20).unwrap();
        RecordFile {
            schema: SCHEMA.to_owned(),
            year: 2024,
            stamp: RecordStamp {
                part: 2,
                closed: day,
                act: Some("Báo cáo số 12/BC-SGDĐT".to_owned()),
                act_date: Some(day),
                reason: Some(Reason::LateData),
            },
            closed_by: Some("Phòng “GDTX”".to_owned()),
            note: None,
            before: Some("ab".to_owned()),
            program: "0.1.0".to_owned(),
            plan: RecordedPlan {
                id: "x".to_owned(),
                version: "1".to_owned(),
                sha256: "cd".to_owned(),
                main: "ke-hoach/plan.toml".to_owned(),
            },
            options: RecordedOptions { as_of: day, unit_sheets: true, letter_date: Some(day) },
            received: vec![RecordedInput {
                path: "a b/Tân An \"mới\".xlsx".to_owned(),
                file: "bai-nop/ef.xlsx".to_owned(),
                sha256: "ef".to_owned(),
                changed: DateTime::from_timestamp(1_733_000_000, 0),
                link: None,
            }],
            decisions: Vec::new(),
            outputs: vec![RecordedOutput {
                file: "ket-qua/a.json".to_owned(),
                sha256: "01".to_owned(),
                changed: true,
            }],
            files: vec![RecordedFile { file: "ke-hoach/plan.toml".to_owned(), sha256: "02".to_owned() }],
        }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let text = record().write().unwrap();
        assert!(text.starts_with("# Hồ sơ năm báo cáo"), "{text}");
        assert_eq!(RecordFile::read(&text).unwrap(), record());
    }

    #[test]
    fn a_record_leads_nowhere_but_into_itself() {
        for elsewhere in ["../x", "/etc/passwd", "C:/x", "a\\..\\b", "a//b", "", "./a"] {
            let mut record = record();
            record.files[0].file = elsewhere.to_owned();
            let why = RecordFile::read(&record.write().unwrap()).unwrap_err();
            assert!(why.contains("không nằm trong hồ sơ"), "{elsewhere}: {why}");
        }
    }
}
