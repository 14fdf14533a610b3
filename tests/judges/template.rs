//! The templates as the real program writes them.

use super::tools::{Tool, fresh_folder, module, run, said, trial};
use libtest_mimic::Trial;
use std::path::PathBuf;

pub fn trials() -> Vec<Trial> {
    vec![trial("template_open_xml_schemas_hold", &[Tool::OpenxmlAudit], || {
        let folder = templates();
        let written = std::fs::read_dir(&folder).unwrap().count();
        assert!(written >= 30, "districts and departments: {written}");
        let output = module(
            "openxml_audit",
            ["--max-errors".as_ref(), "0".as_ref(), "-r".as_ref(), folder.as_os_str()],
        );
        assert!(output.status.success(), "{}", said(&output));
    })]
}

/// The templates of every unit of 2024.
fn templates() -> PathBuf {
    let folder = fresh_folder("bieu-mau");
    run(
        env!("CARGO_BIN_EXE_xhht"),
        ["template".as_ref(), "--year".as_ref(), "2024".as_ref(), "--out".as_ref(), folder.as_os_str()],
    );
    folder
}
