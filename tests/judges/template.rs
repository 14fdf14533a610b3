//! The templates as the real program writes them.

use super::office::{Format, saved_by_libreoffice};
use super::tools::{Tool, fresh_folder, module, run, said, trial};
use libtest_mimic::Trial;
use std::path::PathBuf;
use xhht::form::Form;
use xhht::plan::{Plan, PlanSources};
use xhht::template;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("template_open_xml_schemas_hold", &[Tool::OpenxmlAudit], || {
            let folder = templates();
            let written = std::fs::read_dir(&folder).unwrap().count();
            assert!(written >= 30, "districts and departments: {written}");
            let output = module(
                "openxml_audit",
                ["--max-errors".as_ref(), "0".as_ref(), "-r".as_ref(), folder.as_os_str()],
            );
            assert!(output.status.success(), "{}", said(&output));
        }),
        trial(
            "a_form_prints_once_and_on_few_pages",
            &[Tool::LibreOffice, Tool::PdfInfo, Tool::PdfToText],
            printed,
        ),
    ]
}

/// The whole workbook, as it is printed: one page of what is to be done, then the pages to sign; what they gather from the
/// input sheets does not stand on pages of its own too.
fn printed() {
    let plan = Plan::read(&PlanSources::embedded()).unwrap_or_else(|error| panic!("{error}"));
    let folder = fresh_folder("in");
    let forms = [("794", 2024, 4), ("27694", 2025, 4), ("SGDDT", 2024, 3), ("HKH", 2024, 3)];
    let files: Vec<PathBuf> = forms
        .iter()
        .map(|(code, year, _)| {
            let unit = plan.roster(*year).into_iter().find(|unit| unit.code.as_str() == *code).unwrap();
            let file = folder.join(format!("{code}.xlsx"));
            let form = Form::for_unit(&plan, unit, *year);
            std::fs::write(&file, template::write(&plan, &form, None).unwrap()).unwrap();
            file
        })
        .collect();
    let printed = saved_by_libreoffice(Format::Pdf, &files);
    for (code, _, most) in forms {
        let pdf = printed.join(format!("{code}.pdf"));
        let info = run("pdfinfo", [&pdf]);
        let pages = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim();
        assert!((2..=most).contains(&pages.parse().unwrap()), "{code}: {pages} pages");
        let text = run("pdftotext", [pdf.as_path(), "-".as_ref()]);
        for once in ["KIỂM TRA TRƯỚC KHI GỬI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] {
            assert_eq!(text.matches(once).count(), 1, "{code}: {once}");
        }
        assert!(!text.contains("Trang này chỉ để nhập"), "{code}");
    }
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
