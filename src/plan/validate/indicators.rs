//! Indicators: targets, who reports them, the fields they are computed from.

use super::declared::{declares_for, declares_status};
use super::{Checker, Known, targets};
use crate::domain::{
    Dated, Direction, FieldKind, Indicator, IndicatorId, IndicatorKind, LevelId, Part, Reporter, StatusField,
};
use crate::finding::Code;
use crate::plan::file::{BetterFile, IndicatorFile, KindFile, LaterIndicatorFile, PlanFile, Spanned};
use crate::plan::{Group, PlannedColumn, PlannedSheet, PlannedTable, Repeat};
use std::collections::BTreeSet;

pub(super) fn indicators(
    checker: &mut Checker<'_>,
    main: &PlanFile,
    groups: &[Group],
    known: &Known<'_>,
    sheets: &[PlannedSheet],
) -> Vec<Indicator> {
    let first_day = main.first_day();
    let mut seen = BTreeSet::new();
    let mut indicators = Vec::new();
    for file in &main.indicators {
        checker.ascii_id(&file.id, "số chỉ tiêu");
        checker.unique(&mut seen, &file.id, "chỉ tiêu");
        if !groups.iter().any(|group| group.id == *file.group.get_ref()) {
            checker.unknown(&file.group, "nhóm chỉ tiêu", "khai báo nhóm bằng một mục [[group]]");
        }
        let owners = file.owner.iter().filter_map(|id| reporter(checker, known, id)).collect();
        let targets = targets::targets(checker, main, file);
        let definition_since = targets::definition_since(checker, main, file);
        let baseline = file
            .baseline
            .as_ref()
            .and_then(|baseline| Some((baseline.year, checker.percent(&baseline.percent)?)));
        let validity = checker.validity(file.valid_from.as_ref(), file.valid_to.as_ref(), first_day);
        let of_later = file.later.iter().flat_map(|later| [&later.title, &later.short]).flatten();
        for text in [&file.title, &file.short].into_iter().chain(of_later).chain(&file.made_of) {
            checker.placeholders(text);
        }
        let words = words(checker, file);
        let Some(kind) = kind(checker, file, known, sheets) else { continue };
        indicators.push(Indicator {
            id: IndicatorId(file.id.get_ref().clone()),
            group: file.group.get_ref().clone(),
            title: words.first().0.clone(),
            short_title: words.first().1.clone(),
            words,
            owners,
            counted: file.counted.clone(),
            kind,
            direction: match file.better {
                None | Some(BetterFile::Higher) => Direction::Higher,
                Some(BetterFile::Lower) => Direction::Lower,
            },
            targets,
            baseline,
            standard_since: file.standard_since,
            definition_since,
            made_of: file.made_of.as_ref().map(|at| at.get_ref().clone()),
            validity,
        });
    }
    indicators
}

/// What an indicator is called in the plan's life: official wording and a few words.
fn words(checker: &mut Checker<'_>, file: &IndicatorFile) -> Dated<(String, String)> {
    let first = (file.title.get_ref().clone(), file.short.get_ref().clone());
    let next = |before: &(String, String), later: &LaterIndicatorFile| {
        let changed = |to: &Option<Spanned<String>>, before: &String| {
            to.as_ref().map_or_else(|| before.clone(), |to| to.get_ref().clone())
        };
        (changed(&later.title, &before.0), changed(&later.short, &before.1))
    };
    checker.words(first, &file.later, |later| &later.from, next)
}

fn reporter(checker: &mut Checker<'_>, known: &Known<'_>, id: &Spanned<String>) -> Option<Reporter> {
    let found = known.reporter(id.get_ref());
    if found.is_none() {
        checker.unknown(id, "cấp hoặc đơn vị", &known.how_to_name_reporters());
    }
    found
}

fn kind(
    checker: &mut Checker<'_>,
    file: &IndicatorFile,
    known: &Known<'_>,
    sheets: &[PlannedSheet],
) -> Option<IndicatorKind> {
    match file.kind.get_ref() {
        KindFile::ShareOfUnits => share_of_units(checker, file, known, sheets),
        KindFile::Ratio => {
            let parts = parts(checker, file, known, sheets)?;
            Some(IndicatorKind::Ratio { parts })
        }
        KindFile::ProvinceFigure => {
            let parts = parts(checker, file, known, sheets)?;
            match <[Part; 1]>::try_from(parts) {
                Ok([part]) if matches!(part.from, Reporter::Unit(_)) => {
                    Some(IndicatorKind::ProvinceFigure { part })
                }
                _ => {
                    let what = "chỉ tiêu loại province-figure do đúng một cơ quan báo cáo".to_owned();
                    checker.mistake(Code::P010, &file.kind, what, "ghi một dòng trong parts, from là mã một cơ quan; nếu nhiều đơn vị báo cáo thì dùng kind = \"ratio\"");
                    None
                }
            }
        }
    }
}

fn parts(
    checker: &mut Checker<'_>,
    file: &IndicatorFile,
    known: &Known<'_>,
    sheets: &[PlannedSheet],
) -> Option<Vec<Part>> {
    if file.parts.is_empty() {
        let what = format!("chỉ tiêu {} chưa nêu tử số và mẫu số (parts)", file.id.get_ref());
        let cure = format!(
            "ghi parts = [{{ from = \"{}\", numerator = \"…\", denominator = \"…\" }}]",
            known.a_level()
        );
        checker.mistake(Code::P010, &file.kind, what, &cure);
        return None;
    }
    let mut parts = Vec::new();
    for part in &file.parts {
        let from = reporter(checker, known, &part.from);
        let numerator = checker.field_id(&part.numerator);
        let denominator = checker.field_id(&part.denominator);
        for (field, at) in [(&numerator, &part.numerator), (&denominator, &part.denominator)] {
            let (Some(field), Some(from)) = (field, &from) else { continue };
            if !declares_for(sheets, field, from, known.units) {
                let what = format!(
                    "biểu mẫu của “{}” không có ô nhập “{field}” nên không thể tính chỉ tiêu",
                    part.from.get_ref()
                );
                checker.mistake(Code::P006, at, what, "khai báo ô này trong tệp biểu mẫu, hoặc sửa mã ô");
            }
        }
        if let (Some(from), Some(numerator), Some(denominator)) = (from, numerator, denominator) {
            parts.push(Part { from, numerator, denominator });
        }
    }
    (parts.len() == file.parts.len()).then_some(parts)
}

/// How the plan would write a field for each unit: one of its own, where its form has a row that repeats over units.
fn a_status_for_each_unit(sheets: &[PlannedSheet]) -> String {
    let over_units = |table: &&PlannedTable| matches!(table.repeat, Some(Repeat::Units(_)));
    let table = sheets.iter().flat_map(|sheet| &sheet.tables).find(over_units);
    let row_and_column = table.and_then(|table| {
        let is_choice = |column: &&PlannedColumn| matches!(column.kind, FieldKind::Choice(_));
        Some((table.rows.first()?.id.as_str(), table.columns.iter().find(is_choice)?.id.as_str()))
    });
    let (row, column) = row_and_column.unwrap_or(("mã-dòng", "mã-cột"));
    format!("{row}.{{unit}}.{column}")
}

fn share_of_units(
    checker: &mut Checker<'_>,
    file: &IndicatorFile,
    known: &Known<'_>,
    sheets: &[PlannedSheet],
) -> Option<IndicatorKind> {
    let (Some(over), Some(from), Some(status)) = (&file.over, &file.from, &file.status) else {
        let what = "chỉ tiêu loại share-of-units cần đủ ba khóa over, from, status".to_owned();
        let level = known.a_level();
        let cure = format!("ghi over = \"{level}\", from = \"{level}\", status = \"mã ô kết quả\"");
        checker.mistake(Code::P010, &file.kind, what, &cure);
        return None;
    };
    let level = known.levels.iter().find(|level| level.id.0 == *over.get_ref());
    if level.is_none() {
        checker.unknown(over, "cấp", "dùng mã của một mục [[level]]");
    }
    let from = reporter(checker, known, from)?;
    let answers_for_others = from != Reporter::Level(LevelId(over.get_ref().clone()));
    let field = StatusField::parse(status.get_ref());
    if answers_for_others != StatusField::is_for_each_unit(status.get_ref()) {
        let what = "khi một cơ quan báo cáo thay cho từng đơn vị thì mã ô phải chứa {unit}; khi đơn vị tự báo cáo thì không".to_owned();
        let cure = format!(
            "ví dụ status = \"{}\" với from = \"{}\"",
            a_status_for_each_unit(sheets),
            known.a_department()
        );
        checker.mistake(Code::P010, status, what, &cure);
    } else if !field.as_ref().is_some_and(|field| declares_status(sheets, field)) {
        checker.unknown(status, "ô nhập", "khai báo ô này trong tệp biểu mẫu, hoặc sửa mã ô");
    }
    Some(IndicatorKind::ShareOfUnits { over: level?.id.clone(), from, status: field? })
}
