//! The running text: the plan's text template carried out over the results, then cut into blocks.

use super::bars;
use super::context;
use super::model::{Block, Place, Section};
use super::scene::Scene;
use super::sections;
use super::standing;
use super::sums::Sums;
use super::written::blocks;
use crate::error::Error;
use crate::finding::Code;
use crate::plan::{self, SourceFile};
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};

/// The body of the report: one section.
pub(super) fn body(scene: &Scene<'_>) -> Result<Section, Error> {
    of_file(scene, "than-bao-cao", &scene.plan.report_text)
}

/// The body of a letter: one section of this id.
pub(super) fn of_file(scene: &Scene<'_>, id: &str, source: &SourceFile) -> Result<Section, Error> {
    let text = carry_out(scene, source, [Value::from(Serde(context::for_report(scene)))])?;
    let text = text.into_iter().next().unwrap_or_default();
    Ok(section(id, Place::Body, blocks(&text, |kind, id| placed(scene, kind, id))))
}

/// The leadership brief, from the plan's text for it: a section for each of these numbers of units that a list may name.
pub(super) fn briefs(
    scene: &mut Scene<'_>,
    source: &SourceFile,
    most_named: &[usize],
) -> Result<Vec<Section>, Error> {
    let all = Value::from(Serde(context::for_report(scene)));
    let contexts = most_named.iter().map(|most| context! { so_ten => most, ..all.clone() });
    let texts = carry_out(scene, source, contexts)?;
    let brief = |(text, most): (String, &usize)| {
        scene.most_named = *most;
        section("tom-tat", Place::Body, blocks(&text, |kind, id| placed(scene, kind, id)))
    };
    Ok(texts.into_iter().zip(most_named).map(brief).collect())
}

/// A page for each local unit, from the plan's text for them, in the roster's order.
pub(super) fn unit_sheets(scene: &Scene<'_>, source: &SourceFile) -> Result<Vec<Section>, Error> {
    let standings = standing::of_local_units(scene);
    let all = Value::from(Serde(context::for_report(scene)));
    let each = standings.iter().map(|standing| {
        let unit = Value::from(Serde(context::for_unit(scene, standing)));
        context! { dv => unit, ..all.clone() }
    });
    let texts = carry_out(scene, source, each)?;
    let sheet = |(text, standing): (String, &standing::Standing<'_>)| {
        let blocks = blocks(&text, |kind, id| match (kind, id) {
            ("bang", "phieu") => Some(vec![Block::Table(sections::unit_sheet::table(scene, standing))]),
            _ => placed(scene, kind, id),
        });
        section(&format!("phieu-{}", standing.unit.code), Place::Annex { landscape: false }, blocks)
    };
    Ok(texts.into_iter().zip(&standings).map(sheet).collect())
}

fn section(id: &str, place: Place, blocks: Vec<Block>) -> Section {
    Section { id: id.into(), title: String::new(), place, sheet: None, blocks }
}

/// Carries a template out once for each context.
fn carry_out(
    scene: &Scene<'_>,
    source: &SourceFile,
    contexts: impl IntoIterator<Item = Value>,
) -> Result<Vec<String>, Error> {
    let mistake = |error: &minijinja::Error| {
        let span = error.range().map(|range| range.start..range.start);
        let what = format!("không thực hiện được mẫu lời văn: {}", plan::template_mistake(error));
        let cure = "sửa dòng được chỉ ra; các tên dùng được ghi trong README.md".to_owned();
        Error::Plan(vec![source.mistake(Code::P014, span, what, cure)])
    };
    let mut environment = Environment::new();
    environment.set_syntax(plan::text_syntax());
    environment.set_debug(true);
    // A misspelt name is a mistake to be told, not a gap in a signed report.
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    Sums::new(scene).offer(&mut environment);
    context::offer(&mut environment);
    environment.add_template(&source.name, &source.text).map_err(|error| mistake(&error))?;
    let template = environment.get_template(&source.name).map_err(|error| mistake(&error))?;
    contexts.into_iter().map(|context| template.render(context).map_err(|error| mistake(&error))).collect()
}

/// What a place in a text stands for; nothing where there is nothing to show, `None` for a name nobody knows.
fn placed(scene: &Scene<'_>, kind: &str, id: &str) -> Option<Vec<Block>> {
    Some(match (kind, id) {
        ("bang", "ket-qua") => vec![Block::Table(sections::results::table(scene))],
        ("bang", "cac-ky") => sections::reviews::table(scene).map(Block::Table).into_iter().collect(),
        ("bang", "danh-gia") => vec![Block::Table(sections::scoreboard::table(scene))],
        ("so", "tong-quan") => vec![Block::KeyFigures(sections::scoreboard::key_figures(scene))],
        ("bieu-do", "chi-tieu") => vec![Block::Chart(bars::against_targets(scene))],
        ("bieu-do", "don-vi") => sections::units::tiles(scene).map(Block::Chart).into_iter().collect(),
        ("bieu-do", "xep-hang") => sections::units::ranks(scene).map(Block::Chart).into_iter().collect(),
        ("bieu-do", "xu-huong") => sections::trend::chart(scene).map(Block::Chart).into_iter().collect(),
        ("ghi", title) => vec![Block::Remarks(title.to_owned())],
        _ => return None,
    })
}
