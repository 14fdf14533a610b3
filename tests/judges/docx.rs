//! The official report for a word processor, as other programs see it: by the schemas of the format, and printed by
//! LibreOffice beside the PDF that the program makes itself.

use super::december;
use super::generated_province;
use super::pdf_sample;
use super::tools::{Tool, file, fresh_folder, in_repository, module, run, said, trial};
use libtest_mimic::Trial;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use xhht::output::{docx, pdf};
use xhht::report::model::Report;

const PRINTED: &[Tool] = &[Tool::Writer, Tool::PdfToText, Tool::PdfInfo, Tool::PdfFonts];

pub fn trials() -> Vec<Trial> {
    vec![
        trial("docx_open_xml_schemas_hold", &[Tool::OpenxmlAudit], || {
            let hostile = generated_province::province(&generated_province::plan(), 5, true).report;
            let december = [december::word(), december::cover()];
            let known = [written(&pdf_sample::report()), written(&hostile)].into_iter().chain(december);
            for document in known {
                let output =
                    module("openxml_audit", ["--max-errors".as_ref(), "0".as_ref(), document.as_os_str()]);
                assert!(output.status.success(), "{}", said(&output));
            }
        }),
        trial("docx_libreoffice_prints_the_figures_of_the_pdf", PRINTED, || {
            same_figures(&december::word(), &december::report());
            let report = pdf_sample::report();
            let own = file("bao-cao.pdf", &pdf::write(&report).unwrap().bytes);
            same_figures(&written(&report), &own);
        }),
    ]
}

fn written(report: &Report) -> PathBuf {
    file("bao-cao.docx", &docx::write(report).unwrap())
}

/// What LibreOffice prints of the document has the figures of the PDF, each as often, on about as many pages, upright and
/// turned as they are.
fn same_figures(document: &Path, own: &Path) {
    let printed = printed_by_libreoffice(document);
    let (theirs, ours) = (figures(&printed), figures(own));
    assert!(ours.values().sum::<usize>() > 40, "{ours:?}");
    let differing: Vec<_> = theirs
        .keys()
        .chain(ours.keys())
        .filter(|figure| theirs.get(*figure) != ours.get(*figure))
        .map(|figure| (figure, theirs.get(figure), ours.get(figure)))
        .collect();
    assert!(differing.is_empty(), "figure, printed by LibreOffice, in the PDF: {differing:?}");
    let (theirs, ours) = (pages(&printed), pages(own));
    assert_eq!(turned(&theirs), turned(&ours), "turned or not, in order");
    assert!(
        theirs.len().abs_diff(ours.len()) <= 1 + ours.len() / 6,
        "{} pages, {}",
        theirs.len(),
        ours.len()
    );
    let fonts = run("pdffonts", [&printed]);
    for font in fonts.lines().skip(2) {
        let font = font.split_whitespace().next().unwrap();
        assert!(font.contains("LiberationSerif"), "{fonts}");
    }
}

/// The document as LibreOffice prints it, with the typeface of the PDF in the place of Times New Roman, of the same
/// widths, whatever typefaces this system has.
fn printed_by_libreoffice(document: &Path) -> PathBuf {
    let folder = fresh_folder("printed");
    let typefaces = format!(
        r#"<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{}</dir>
  <cachedir>{}</cachedir>
  <alias binding="same"><family>Times New Roman</family><prefer><family>Liberation Serif</family></prefer></alias>
</fontconfig>
"#,
        in_repository("templates/fonts").display(),
        folder.join("cache").display()
    );
    std::fs::write(folder.join("fonts.conf"), typefaces).unwrap();
    let output = Command::new("soffice")
        .env("FONTCONFIG_FILE", folder.join("fonts.conf"))
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .arg(document)
        .output()
        .unwrap();
    let printed = folder.join(document.file_name().unwrap()).with_extension("pdf");
    assert!(printed.is_file(), "{}", said(&output));
    printed
}

/// Figures with decimals, and how often they stand there.
fn figures(pdf: &Path) -> BTreeMap<String, usize> {
    let text = run("pdftotext", [pdf, "-".as_ref()]);
    let mut figures = BTreeMap::new();
    for piece in text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))) {
        let piece = piece.trim_matches([',', '.']);
        if piece.contains(',') {
            *figures.entry(piece.to_owned()).or_default() += 1;
        }
    }
    figures
}

/// Width and height of every page.
fn pages(pdf: &Path) -> Vec<(f64, f64)> {
    let said = run("pdfinfo", ["-l".as_ref(), "999".as_ref(), pdf.as_os_str()]);
    let sizes = said.lines().filter(|line| line.starts_with("Page ") && line.contains(" size:"));
    sizes
        .map(|line| {
            let numbers: Vec<f64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
            // Number of the page, width, height.
            (numbers[1], numbers[2])
        })
        .collect()
}

/// Runs of pages that are turned or not, without their lengths.
fn turned(pages: &[(f64, f64)]) -> Vec<bool> {
    let mut turned: Vec<bool> = pages.iter().map(|(width, height)| width > height).collect();
    turned.dedup();
    turned
}
