//! The running text: the plan's text template carried out over the results, then cut into blocks.

use super::context::{self, SENDERS_WORDS};
use super::model::{Block, Place, Section};
use super::sections::{self, Scene};
use super::sums::Sums;
use crate::error::Error;
use crate::plan;
use minijinja::Environment;

/// The body of the report: one section.
pub(super) fn body(scene: &Scene<'_>) -> Result<Vec<Section>, Error> {
    let source = &scene.plan.report_text;
    let mistake = |error: &minijinja::Error| {
        let span = error.range().map(|range| range.start..range.start);
        let what = format!("không thực hiện được mẫu lời văn: {}", plan::template_mistake(error));
        let cure = "sửa dòng được chỉ ra; các tên dùng được ghi trong README.md".to_owned();
        Error::Plan(vec![source.mistake("P014", span, what, cure)])
    };
    let mut environment = Environment::new();
    environment.set_syntax(plan::text_syntax());
    environment.set_debug(true);
    Sums::of(scene).offer(&mut environment);
    environment.add_template(&source.name, &source.text).map_err(|error| mistake(&error))?;
    let template = environment.get_template(&source.name).map_err(|error| mistake(&error))?;
    let text =
        template.render(minijinja::value::Serde(context::of(scene))).map_err(|error| mistake(&error))?;
    let blocks = blocks(&text, |kind, id| placed(scene, kind, id));
    Ok(vec![Section {
        id: "than-bao-cao".into(),
        title: String::new(),
        place: Place::Body,
        sheet: None,
        blocks,
    }])
}

fn placed(scene: &Scene<'_>, kind: &str, id: &str) -> Option<Block> {
    match (kind, id) {
        ("bang", "ket-qua") => Some(Block::Table(sections::results::table(scene))),
        ("bieu-do", "chi-tieu") => Some(Block::Chart(sections::chart::against_targets(scene))),
        _ => None,
    }
}

/// Cuts carried-out text into blocks; `placed` answers what `[[kind:id]]` stands for.
fn blocks(text: &str, placed: impl Fn(&str, &str) -> Option<Block>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        let marker = marker(line);
        if (line.is_empty() || marker.is_some()) && !paragraph.is_empty() {
            blocks.push(Block::Paragraph(std::mem::take(&mut paragraph)));
        }
        match marker {
            Some(Marker::Heading(level, words)) => blocks.push(Block::Heading { level, text: plain(words) }),
            Some(Marker::Point(words)) => match blocks.last_mut() {
                Some(Block::Points(points)) => points.push(plain(words)),
                _ => blocks.push(Block::Points(vec![plain(words)])),
            },
            Some(Marker::Dash(words)) => blocks.push(Block::Paragraph(format!("- {}", plain(words)))),
            Some(Marker::Placed(kind, id)) => blocks.push(
                // An unknown name stays visible instead of vanishing.
                placed(kind, id).unwrap_or_else(|| Block::Paragraph(format!("[[{kind}:{id}]]"))),
            ),
            None => {
                if !line.is_empty() && !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(&plain(line));
            }
        }
    }
    blocks
}

enum Marker<'a> {
    Heading(u8, &'a str),
    Point(&'a str),
    Dash(&'a str),
    Placed(&'a str, &'a str),
}

fn marker(line: &str) -> Option<Marker<'_>> {
    if let Some(words) = line.strip_prefix("## ") {
        return Some(Marker::Heading(2, words));
    }
    if let Some(words) = line.strip_prefix("# ") {
        return Some(Marker::Heading(1, words));
    }
    if let Some(words) = line.strip_prefix("- ") {
        return Some(Marker::Point(words));
    }
    if let Some(words) = line.strip_prefix("* ") {
        return Some(Marker::Dash(words));
    }
    let (kind, id) = line.strip_prefix("[[")?.strip_suffix("]]")?.split_once(':')?;
    Some(Marker::Placed(kind, id))
}

/// Words on one line, spaces single, senders' marks gone.
fn plain(words: &str) -> String {
    words.replace(SENDERS_WORDS, "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let told = |block: &Block| match block {
            Block::Heading { level, text } => format!("h{level} {text}"),
            Block::Paragraph(text) => format!("p {text}"),
            Block::Points(points) => format!("- {}", points.join(" | ")),
            other => format!("{other:?}"),
        };
        blocks(text, |_, _| None).iter().map(told).collect()
    }

    #[test]
    fn lines_become_headings_paragraphs_and_points() {
        let text = "# I. MỤC\n\nMột đoạn\ntrên hai dòng.\n\n- một\n- hai\n## 1. Khoản\nĐoạn khác.";
        assert_eq!(
            kinds(text),
            ["h1 I. MỤC", "p Một đoạn trên hai dòng.", "- một | hai", "h2 1. Khoản", "p Đoạn khác."]
        );
    }

    #[test]
    fn a_senders_words_never_pass_for_a_heading() {
        assert_eq!(kinds("\u{E000}# không phải tiêu đề"), ["p # không phải tiêu đề"]);
        assert_eq!(kinds("- Tân An: \u{E000}[[bang:x]]"), ["- Tân An: [[bang:x]]"]);
    }

    #[test]
    fn an_unknown_table_stays_visible() {
        assert_eq!(kinds("[[bang:khong-co]]"), ["p [[bang:khong-co]]"]);
    }
}
