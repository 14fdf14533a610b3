//! What comments and documents cite is there: a document, a file or a folder of the repository, a test beside a fact.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Folders a path may begin with to be taken for one of the repository.
const FOLDERS: [&str; 11] = [
    ".ci/",
    "benches/",
    "crates/",
    "docs/",
    "examples/",
    "fuzz/",
    "release/",
    "samples/",
    "src/",
    "templates/",
    "tests/",
];
/// Folders that hold what was made, or what is no text of ours.
const NOT_OURS: [&str; 10] =
    ["target", ".git", "corpus", "found", "artifacts", "foreign", "findings", "fonts", "2023", "2024"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Folders that come and go.
const MADE: [&str; 3] = ["target", "found", "artifacts"];

/// Every text of the repository that people write for people: path from the root, content.
fn texts() -> Vec<(PathBuf, String)> {
    let mut texts = Vec::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                if !NOT_OURS.contains(&name) {
                    folders.push(path);
                }
            } else if path
                .extension()
                .is_none_or(|e| ["rs", "md", "py", "toml", "js", "bas"].iter().any(|t| e == *t))
            {
                // Files without an ending are scripts and licences; what is no text is passed over.
                if let Ok(text) = std::fs::read_to_string(&path) {
                    texts.push((path.strip_prefix(root()).unwrap().to_owned(), text));
                }
            }
        }
    }
    // This file holds citations that lead nowhere, on purpose.
    texts.retain(|(path, _)| !path.ends_with(file!()));
    texts.sort();
    texts
}

/// The lines in which something can be cited: of a program its comments, of a document all.
fn cited_lines<'a>(path: &Path, text: &'a str) -> Vec<(usize, &'a str)> {
    let mark = match path.extension().and_then(|e| e.to_str()) {
        Some("md") => "",
        Some("rs" | "js") => "//",
        Some("bas") => "'",
        _ => "#",
    };
    let comment = |line: &'a str| line.find(mark).map(|at| &line[at..]);
    (1..).zip(text.lines()).filter_map(|(number, line)| Some((number, comment(line)?))).collect()
}

/// What a line cites: documents by their ending, files and folders of the repository by how they begin.
fn cited(line: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_alphanumeric() || "._-/".contains(c);
    let words = line.split(|c: char| !is_part(c)).map(|word| word.trim_end_matches(['.', '-']));
    let is_cited = |word: &&str| {
        let is_document = word.ends_with(".md") && word.len() > 3;
        is_document
            || FOLDERS.iter().any(|folder| word.strip_prefix(folder).is_some_and(|rest| !rest.is_empty()))
    };
    words.filter(is_cited).collect()
}

/// Whether a citation leads to something: from the root, from where it stands or a folder above, or among the guides.
fn is_there(citation: &str, from: &Path) -> bool {
    let folders = from.ancestors().skip(1).map(|folder| root().join(folder));
    let mut places = folders.chain([root().join("docs")]);
    let is_made = Path::new(citation).iter().any(|part| MADE.iter().any(|made| part == *made));
    is_made || places.any(|folder| folder.join(citation).exists())
}

/// The citations of a text that lead nowhere.
fn lost(path: &Path, text: &str) -> Vec<String> {
    let lines = cited_lines(path, text).into_iter();
    let all =
        lines.flat_map(|(number, line)| cited(line).into_iter().map(move |citation| (number, citation)));
    let lost = all.filter(|(_, citation)| !is_there(citation, path));
    lost.map(|(number, citation)| format!("{}:{number} cites {citation}", path.display())).collect()
}

#[test]
fn what_is_cited_is_there() {
    let texts = texts();
    assert!(texts.len() > 200, "{}", texts.len());
    let lost: Vec<String> = texts.iter().flat_map(|(path, text)| lost(path, text)).collect();
    assert!(lost.is_empty(), "\n{}\n", lost.join("\n"));
}

#[test]
fn what_is_lost_is_seen() {
    let lost = |path: &str, text: &str| lost(Path::new(path), text).len();
    assert_eq!(lost("src/a.rs", "/// As NOWHERE.md says.\nlet a = \"NOWHERE.md\";"), 1);
    assert_eq!(lost("src/a.rs", "let a = 1; // src/nowhere.rs, tests/nowhere/<CODE>/"), 2);
    assert_eq!(
        lost("src/a.rs", "/// README.md, `docs/thang-12.md`, tests/findings/<CODE>/, thang-12.md."),
        0
    );
    assert_eq!(lost("fuzz/a.py", "# corpus/ and README.md (fuzz/README.md)"), 0);
    assert_eq!(lost("docs/a.md", "[here](thang-12.md) [there](nowhere.md) [up](../README.md#licence)"), 1);
    assert_eq!(lost("tests/run", "# ARCHITECTURE.md\ntests/nowhere"), 0);
}

/// Each fact of `docs/libraries.md` names, last in its row, tests that are there.
#[test]
fn every_fact_about_a_library_has_its_test() {
    let page = std::fs::read_to_string(root().join("docs/libraries.md")).unwrap();
    let tests: BTreeSet<String> = texts()
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|e| e == "rs"))
        .flat_map(|(_, text)| names_of_tests(&text))
        .collect();
    let rows: Vec<&str> =
        page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| fact")).collect();
    assert!(rows.len() >= 20, "{}", rows.len());
    for row in rows {
        let last = row.trim_end_matches([' ', '|']).rsplit('|').next().unwrap();
        let named: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test: {row}");
        for test in named {
            let is_there = tests.contains(test) || root().join(test).is_file();
            assert!(is_there, "no test `{test}`: {row}");
        }
    }
}

/// Functions marked as tests, and trials by their names.
fn names_of_tests(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("#[test]") {
            let function = lines[at..].iter().find_map(|line| line.strip_prefix("fn "));
            names.extend(function.and_then(|rest| rest.split('(').next()).map(str::to_owned));
        }
        // A test of proptest! has its mark inside the macro, a trial its name in a string.
        let quoted = line.split("trial(").skip(1).filter_map(|rest| rest.split('"').nth(1));
        names.extend(quoted.map(str::to_owned));
        if *line == "trial(" {
            names.extend(lines.get(at + 1).and_then(|next| next.split('"').nth(1)).map(str::to_owned));
        }
    }
    names
}
