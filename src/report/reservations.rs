//! What a reader must know of the figures behind a result: estimates, silent units, figures kept out, assumptions.

use super::scene::Scene;
use crate::consolidate::{Flag, IndicatorResult};
use crate::domain::UnitCode;
use crate::report::format::plain;
use crate::report::wording::redefined_since;
use rust_decimal::Decimal;
use vietnamese::display::first_of;

/// More units than this are counted instead of named.
const MOST_NAMED: usize = 3;

/// The reservations about the figures that were received for one result, in a few words each; empty without any. The
/// others change when figures are filled in by hand.
pub(super) fn of_figures(scene: &Scene<'_>, result: &IndicatorResult) -> String {
    let flags = &result.flags;
    let told: Vec<String> = flags
        .iter()
        .filter_map(|flag| match flag {
            Flag::Estimate => Some(format!("có số ước của {}", named(scene, &flags.estimating))),
            Flag::KeptOut => Some(format!("chưa dùng được số liệu của {}", named(scene, &flags.kept_out))),
            Flag::Reference if result.is_open() => Some("khoảng giá trị là ước".to_owned()),
            // Told live beside the result.
            Flag::Provisional | Flag::Reference => None,
            Flag::Break if result.is_redefined_in(scene.results.year) => {
                Some(redefined_since(scene.results.year))
            }
            Flag::Break => Some("đơn vị khác năm trước".to_owned()),
        })
        .collect();
    told.join("; ")
}

/// The reservations about all results, a sentence for each kind. The break of a series is told with the list of units.
pub(super) fn notes(scene: &Scene<'_>, kinds: &[Flag]) -> Vec<String> {
    kinds.iter().filter_map(|flag| note(scene, *flag)).collect()
}

fn note(scene: &Scene<'_>, flag: Flag) -> Option<String> {
    let of: Vec<&IndicatorResult> =
        scene.results.indicators.iter().filter(|result| result.flags.has(flag)).collect();
    if of.is_empty() {
        return None;
    }
    let each = |detail: &dyn Fn(&IndicatorResult) -> String| {
        let told: Vec<String> =
            of.iter().map(|result| format!("{} ({})", result.indicator.id, detail(result))).collect();
        told.join(", ")
    };
    Some(match flag {
        Flag::Estimate => {
            let told = each(&|result| named(scene, &result.flags.estimating));
            format!("Có số liệu ước của đơn vị: chỉ tiêu {told}.")
        }
        Flag::Provisional => {
            let told =
                each(&|result| format!("{}/{}", result.coverage.reported, result.coverage.expected));
            format!("Tạm tính, còn đơn vị chưa có số liệu dùng được: chỉ tiêu {told}.")
        }
        Flag::KeptOut => {
            let told = each(&|result| named(scene, &result.flags.kept_out));
            format!("Có số liệu đã gửi nhưng chưa dùng được: chỉ tiêu {told}.")
        }
        Flag::Reference => {
            "“ước”: khoảng giá trị dựa trên tổng số giả định của đơn vị chưa có số liệu, nên chỉ chắc chắn trong giả định ấy."
                .to_owned()
        }
        Flag::Break => return None,
    })
}

/// What is assumed of units that did not report, as the plan has it.
pub(super) fn of_references(scene: &Scene<'_>) -> String {
    let references = &scene.plan.references;
    let hundredth = |share: Decimal| format!("{}%", plain((share * Decimal::ONE_HUNDRED).normalize()));
    let mut allowed = Vec::new();
    if !references.growth.is_zero() {
        allowed.push(format!("tăng {} mỗi năm", hundredth(references.growth)));
    }
    if !references.past_band.is_zero() {
        allowed.push(format!("biên {} với số đã báo cáo", hundredth(references.past_band)));
    }
    if !references.band.is_zero() {
        allowed.push(format!("biên {} với số tham chiếu", hundredth(references.band)));
    }
    let population =
        references.population_year.map(|year| format!(" (dân số năm {year})")).unwrap_or_default();
    let allowed = if allowed.is_empty() { String::new() } else { format!(", cộng {}", allowed.join(", ")) };
    format!(
        "Tổng số của đơn vị chưa báo cáo được giả định bằng số đơn vị báo cáo gần nhất, nếu không có thì bằng số tham chiếu của kế hoạch{population}{allowed}; khoảng giá trị dựa trên đó là số ước."
    )
}

/// Units by name, the first of many.
fn named(scene: &Scene<'_>, units: &[UnitCode]) -> String {
    let names: Vec<&str> = units.iter().map(|unit| scene.name_in_text(unit)).collect();
    first_of(&names, MOST_NAMED.min(scene.most_named), "đơn vị khác")
}
