//! Reporting units: codes, levels, spans of life.

use super::Checker;
use crate::domain::{Level, LevelId, Unit, UnitCode};
use crate::error::PlanMistake;
use crate::plan::SourceFile;
use crate::plan::file::UnitsFile;
use chrono::NaiveDate;

pub(super) fn units(
    source: &SourceFile,
    file: UnitsFile,
    levels: &[Level],
    mistakes: &mut Vec<PlanMistake>,
) -> Vec<Unit> {
    let mut checker = Checker { file: source, mistakes };
    let mut units: Vec<Unit> = Vec::new();
    for unit in file.units {
        checker.ascii_id(&unit.code, "mã đơn vị");
        if !levels.iter().any(|level| level.id.0 == *unit.level.get_ref()) {
            let known: Vec<&str> = levels.iter().map(|level| level.id.0.as_str()).collect();
            checker.unknown(&unit.level, "cấp", &format!("dùng một trong các cấp: {}", known.join(", ")));
        }
        let validity = checker.validity(Some(&unit.valid_from), unit.valid_to.as_ref(), NaiveDate::MIN);
        let code = UnitCode(unit.code.get_ref().clone());
        // Codes are reused over time, but two units never carry one code on the same day.
        if units.iter().any(|other| other.code == code && other.validity.overlaps(&validity)) {
            let what = format!("mã đơn vị “{code}” được dùng cho hai đơn vị trong cùng một thời gian");
            checker.mistake(
                "P005",
                &unit.code,
                what,
                "đổi mã, hoặc sửa valid-from, valid-to để hai thời gian không trùng nhau",
            );
        }
        let mut communes = Vec::new();
        for step in &unit.communes {
            let Some(from) = checker.date(&step.from) else { continue };
            if communes.last().is_some_and(|(before, _)| *before >= from) {
                let what = "các mốc của communes phải theo thứ tự thời gian".to_owned();
                checker.mistake("P009", &step.from, what, "xếp lại theo ngày tăng dần");
            }
            communes.push((from, step.count));
        }
        units.push(Unit {
            code,
            name: unit.name,
            short_name: unit.short,
            kind: unit.kind,
            level: LevelId(unit.level.into_inner()),
            aliases: unit.aliases,
            population: unit.population,
            communes,
            validity,
        });
    }
    units
}
