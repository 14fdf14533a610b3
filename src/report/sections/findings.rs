//! What was found wrong, disclosed or asked.

use super::Scene;
use crate::finding::{Finding, Severity};
use crate::report::model::{Block, Place, Section};

/// How many findings the printed annex holds before it only counts; the workbook holds them all.
const MOST_PRINTED: usize = 200;

pub(super) fn section(scene: &Scene<'_>) -> Section {
    // What was normalised and what is merely worth knowing belongs to the workbook: the minister signs neither.
    let all = scene.findings.to_vec();
    let shown: Vec<Finding> = if all.len() > MOST_PRINTED {
        all.iter().filter(|finding| finding.severity > Severity::Fixed).take(MOST_PRINTED).cloned().collect()
    } else {
        all.clone()
    };
    Section {
        id: "nhan-xet".into(),
        title: "NHẬN XÉT VỀ SỐ LIỆU CÁC ĐƠN VỊ GỬI".into(),
        place: Place::Annex { landscape: true },
        sheet: Some("Nhận xét".into()),
        blocks: vec![Block::Findings { total: all.len(), shown }],
    }
}
