//! The sample December, consolidated by the real program.

use super::tools::{fresh_folder, in_repository, said};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The folder of the results of `samples/2024`.
pub fn results() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = fresh_folder("ket-qua");
        let output = Command::new(env!("CARGO_BIN_EXE_xhht"))
            .args(["consolidate", "--year", "2024", "--as-of", "2024-12-10"])
            .arg("--out")
            .arg(&folder)
            .arg(in_repository("samples/2024"))
            .output()
            .unwrap();
        // The samples have mistakes on purpose: 1 is the honest end.
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        folder
    })
}

pub fn workbook() -> PathBuf {
    results().join("tong-hop-xhht-2024.xlsx")
}

pub fn report() -> PathBuf {
    results().join("bao-cao-xhht-2024.pdf")
}

pub fn cover() -> PathBuf {
    results().join("to-trinh-xhht-2024.docx")
}

pub fn word() -> PathBuf {
    results().join("bao-cao-xhht-2024.docx")
}

pub fn brief() -> PathBuf {
    results().join("tom-tat-xhht-2024.pdf")
}

pub fn json_file() -> PathBuf {
    results().join("ket-qua-xhht-2024.json")
}

pub fn json() -> Value {
    serde_json::from_slice(&std::fs::read(json_file()).unwrap()).unwrap()
}
