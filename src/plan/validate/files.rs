//! The files of a plan: found, read, each by itself.

use crate::error::PlanMistake;
use crate::finding::Code;
use crate::plan::file::{FormFile, PlanFile, RulesFile, UnitsFile};
use crate::plan::source::{self, Read};
use crate::plan::sources::Named;
use crate::plan::{PlanSources, SourceFile, template_mistake, text_syntax};
use serde::de::DeserializeOwned;

/// The files of a plan as far as each could be read by itself; what they say of one another is not checked yet.
pub(super) struct Files<'a> {
    pub main: Option<PlanFile>,
    pub units: Option<Sourced<'a, UnitsFile>>,
    pub form: Option<Sourced<'a, FormFile>>,
    pub rules: Option<Sourced<'a, RulesFile>>,
    pub report: Option<&'a SourceFile>,
    pub brief: Option<&'a SourceFile>,
    pub cover_letter: Option<&'a SourceFile>,
    pub unit_sheet: Option<&'a SourceFile>,
}

/// What stands in a file, and the file.
pub(super) struct Sourced<'a, T> {
    pub source: &'a SourceFile,
    pub content: T,
}

impl<'a> Files<'a> {
    pub fn read(sources: &'a PlanSources, entry_lost: &mut bool, mistakes: &mut Vec<PlanMistake>) -> Self {
        let main = content(source::read(&sources.main, mistakes), entry_lost);
        let mut named = |key: &str| named(sources, key, mistakes);
        let (form, report, units, rules) = (named("form"), named("report"), named("units"), named("rules"));
        let (brief, cover_letter, unit_sheet) = (named("brief"), named("cover-letter"), named("unit-sheet"));
        let files = Files {
            main,
            units: units.and_then(|file| sourced(file, entry_lost, mistakes)),
            form: form.and_then(|file| sourced(file, entry_lost, mistakes)),
            rules: rules.and_then(|file| sourced(file, entry_lost, mistakes)),
            report,
            brief,
            cover_letter,
            unit_sheet,
        };
        for text in [report, brief, cover_letter, unit_sheet].into_iter().flatten() {
            check_report_text(text, mistakes);
        }
        files
    }
}

/// The file that a key of `[files]` names, if it names one; one that is not there is a mistake.
fn named<'a>(sources: &'a PlanSources, key: &str, mistakes: &mut Vec<PlanMistake>) -> Option<&'a SourceFile> {
    match sources.named(key) {
        Named::Unnamed => None,
        Named::Found(file) => Some(file),
        Named::Lost(name) => {
            let main = &sources.main;
            mistakes.push(main.mistake(
                Code::P013,
                main.text.find(&name).map(|at| at..at),
                format!("không đọc được tệp “{name}” nêu ở mục [files]"),
                format!("đặt tệp “{name}” (mã hóa UTF-8) cùng thư mục với “{}”", main.name),
            ));
            None
        }
    }
}

fn sourced<'a, T: DeserializeOwned>(
    source: &'a SourceFile,
    entry_lost: &mut bool,
    mistakes: &mut Vec<PlanMistake>,
) -> Option<Sourced<'a, T>> {
    let content = content(source::read(source, mistakes), entry_lost)?;
    Some(Sourced { source, content })
}

fn content<T>(read: Option<Read<T>>, entry_lost: &mut bool) -> Option<T> {
    let read = read?;
    *entry_lost |= read.entry_lost;
    Some(read.value)
}

fn check_report_text(source: &SourceFile, mistakes: &mut Vec<PlanMistake>) {
    let mut environment = minijinja::Environment::new();
    environment.set_syntax(text_syntax());
    if let Err(error) = environment.add_template(&source.name, &source.text) {
        let start = error.range().map(|range| range.start..range.start);
        mistakes.push(source.mistake(
            Code::P014,
            start,
            format!("sai cú pháp trong mẫu lời văn: {}", template_mistake(&error)),
            "kiểm tra các dấu {{ }} và {% %}; mỗi {% if %} hoặc {% for %} cần có {% endif %} hoặc {% endfor %}".into(),
        ));
    }
}
