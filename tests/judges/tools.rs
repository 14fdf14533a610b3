//! The outside programs: which are there, and how they are called.

use libtest_mimic::Trial;
use serde_json::Value;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A program or Python package that a trial needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    LibreOffice,
    /// LibreOffice with its word processor, which is a package of its own.
    Writer,
    Gnumeric,
    Qpdf,
    PdfToText,
    PdfFonts,
    PdfInfo,
    Openpyxl,
    OpenxmlAudit,
    Jsonschema,
    /// DuckDB, pandas with pyarrow, and the Frictionless validator.
    DataEngines,
    /// Chromium with what drives and judges it.
    Browser,
    /// The module of the pages, of the sources as they are.
    PageModule,
}

impl Tool {
    const ALL: [Tool; 13] = [
        Tool::LibreOffice,
        Tool::Writer,
        Tool::Gnumeric,
        Tool::Qpdf,
        Tool::PdfToText,
        Tool::PdfFonts,
        Tool::PdfInfo,
        Tool::Openpyxl,
        Tool::OpenxmlAudit,
        Tool::Jsonschema,
        Tool::DataEngines,
        Tool::Browser,
        Tool::PageModule,
    ];

    pub fn is_there(self) -> bool {
        static THERE: OnceLock<Vec<Tool>> = OnceLock::new();
        let look = || Tool::ALL.into_iter().filter(|tool| tool.look()).collect();
        THERE.get_or_init(look).contains(&self)
    }

    fn look(self) -> bool {
        let on_path = |program: &str| {
            let path = std::env::var_os("PATH").unwrap_or_default();
            std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
        };
        let package = |name: &str| {
            let script =
                format!("import importlib.util, sys; sys.exit(importlib.util.find_spec('{name}') is None)");
            let run = Command::new(python_program()).args(["-c", &script]).stderr(Stdio::null()).status();
            run.is_ok_and(|status| status.success())
        };
        match self {
            Tool::LibreOffice => on_path("soffice"),
            Tool::Writer => writer_is_there(),
            Tool::Gnumeric => on_path("ssconvert"),
            Tool::Qpdf => on_path("qpdf"),
            Tool::PdfToText => on_path("pdftotext"),
            Tool::PdfFonts => on_path("pdffonts"),
            Tool::PdfInfo => on_path("pdfinfo"),
            Tool::Openpyxl => package("openpyxl"),
            Tool::OpenxmlAudit => package("openxml_audit"),
            Tool::Jsonschema => package("jsonschema"),
            Tool::DataEngines => ["duckdb", "pandas", "pyarrow", "frictionless"].into_iter().all(package),
            Tool::Browser => {
                on_path("chromium") && on_path("node") && in_repository(PACKAGES).join("axe-core").is_dir()
            }
            Tool::PageModule => {
                let current = Command::new(in_repository("browser/make")).arg("--is-current").status();
                current.is_ok_and(|status| status.success())
            }
        }
    }
}

/// Whether the word processor's library lies beside the program that `soffice` leads to.
fn writer_is_there() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let programs =
        std::env::split_paths(&path).filter_map(|folder| folder.join("soffice").canonicalize().ok());
    let mut folders = programs.filter_map(|program| Some(program.parent()?.to_owned()));
    folders.any(|folder| {
        ["libswlo.so", "swlo.dll", "libswlo.dylib"].iter().any(|name| folder.join(name).is_file())
    })
}

/// A trial that needs these tools: ignored without them, failed without them under `CI`.
pub fn trial(name: impl Into<String>, needs: &'static [Tool], run: impl FnOnce() + Send + 'static) -> Trial {
    let absent: Vec<Tool> = needs.iter().copied().filter(|tool| !tool.is_there()).collect();
    let may_be_ignored = std::env::var_os("CI").is_none();
    let ignored = !absent.is_empty() && may_be_ignored;
    let trial = Trial::test(name, move || {
        if !absent.is_empty() {
            return Err(format!("absent: {absent:?}; run tests/setup").into());
        }
        run();
        Ok(())
    });
    trial.with_ignored_flag(ignored)
}

static WORK: OnceLock<PathBuf> = OnceLock::new();

/// Says where trials may write; called once, before any runs.
pub fn work_in(folder: &Path) {
    WORK.set(folder.to_owned()).expect("said once");
}

/// A new empty folder, gone when the program ends.
pub fn fresh_folder(name: &str) -> PathBuf {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = WORK.get().expect("said in main").join(format!("{number}-{name}"));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file into a new folder.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = fresh_folder("file").join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A path of the repository.
pub fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The Python that has the packages: `XHHT_PYTHON`, else the one `tests/setup` made, else the system's.
fn python_program() -> PathBuf {
    let own = in_repository("target/test-tools/bin/python");
    match std::env::var_os("XHHT_PYTHON") {
        Some(told) => told.into(),
        None if own.exists() => own,
        None => "python3".into(),
    }
}

/// Runs a script of `tests/tools`.
pub fn script<A: AsRef<OsStr>>(name: &str, arguments: impl IntoIterator<Item = A>) -> Output {
    let mut command = Command::new(python_program());
    command.arg(in_repository("tests/tools").join(name)).args(arguments).output().unwrap()
}

/// Where the packages of `tests/browser` are installed.
const PACKAGES: &str = "target/test-tools/browser/node_modules";

/// Does in Chromium what `tests/browser/browse.js` is asked; gives what it saw.
pub fn browse(asked: &Value) -> Value {
    let mut asked = asked.clone();
    asked["chromium"] = chromium().into();
    let mut node = Command::new("node")
        .arg(in_repository("tests/browser/browse.js"))
        .env("NODE_PATH", in_repository(PACKAGES))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    node.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn chromium() -> String {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found =
        std::env::split_paths(&path).map(|folder| folder.join("chromium")).find(|file| file.is_file());
    found.unwrap().to_string_lossy().into_owned()
}

/// Runs a Python module.
pub fn module<A: AsRef<OsStr>>(name: &str, arguments: impl IntoIterator<Item = A>) -> Output {
    Command::new(python_program()).args(["-m", name]).args(arguments).output().unwrap()
}

/// Runs a program that must succeed; gives what it printed.
pub fn run<A: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = A>) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Everything a program printed.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
