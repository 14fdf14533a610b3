//! A plan with a mistake in it, in as many ways as a line of each shape allows.

use std::collections::BTreeSet;
use xhht::plan::{PlanSources, SourceFile};

/// The plan with one mistake each: a line is left out, its key is misspelt, one of its texts or numbers is another. Of
/// lines that differ in nothing but those texts and numbers the first stands for all.
pub fn broken(plan: &PlanSources) -> Vec<PlanSources> {
    let mut all = Vec::new();
    for file in 0..=plan.others.len() {
        let text = &file_of(plan, file).text;
        let lines: Vec<&str> = text.lines().collect();
        let is_toml = file_of(plan, file).name.ends_with(".toml");
        let mut shapes = BTreeSet::new();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_toml && !line.starts_with('#')) {
            if line.trim().is_empty() || !shapes.insert(shape(line)) {
                continue;
            }
            for other in others(line) {
                let mut lines = lines.clone();
                lines[at] = &other;
                let mut plan = plan.clone();
                file_of_mut(&mut plan, file).text = lines.join("\n");
                all.push(plan);
            }
        }
    }
    all
}

fn file_of(plan: &PlanSources, file: usize) -> &SourceFile {
    file.checked_sub(1).map_or(&plan.main, |other| &plan.others[other])
}

fn file_of_mut(plan: &mut PlanSources, file: usize) -> &mut SourceFile {
    match file.checked_sub(1) {
        None => &mut plan.main,
        Some(other) => &mut plan.others[other],
    }
}

/// The line cut where its texts and numbers begin and end; every second piece is one of them.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(begin) = rest.find(|c: char| c == '"' || c.is_ascii_digit()) {
        let value = &rest[begin..];
        let end = match value.strip_prefix('"') {
            Some(text) => text.find('"').map_or(value.len(), |at| at + 2),
            None => value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len()),
        };
        pieces.extend([&rest[..begin], &value[..end]]);
        rest = &value[end..];
    }
    pieces.push(rest);
    pieces
}

fn shape(line: &str) -> String {
    pieces(line).into_iter().step_by(2).collect::<Vec<_>>().join("·")
}

fn others(line: &str) -> Vec<String> {
    let mut others = vec![String::new(), format!("x{line}")];
    let pieces = pieces(line);
    for at in (1..pieces.len()).step_by(2) {
        let is_text = pieces[at].starts_with('"');
        for other in if is_text { ["\"Đâu đó\"", "\"dau_do\""] } else { ["\"Đâu đó\"", "-7"] } {
            let mut pieces = pieces.clone();
            pieces[at] = other;
            others.push(pieces.concat());
        }
    }
    others
}
