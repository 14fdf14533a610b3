//! What was found wrong, disclosed or asked: all of it on a sheet, what the sender must see to in an annex.

use crate::domain::UnitCode;
use crate::finding::{Finding, Severity};
use crate::plan::Annex;
use crate::report::model::{Block, Place, Section};
use crate::report::scene::Scene;
use std::collections::BTreeMap;

/// How many findings the printed annex holds before it only counts; the workbook holds them all.
const MOST_PRINTED: usize = 200;

/// The printed annex.
pub(super) fn annex(scene: &Scene<'_>) -> Section {
    // The annex of submissions lists the units that have sent nothing.
    let printed =
        |finding: &&Finding| finding.severity > Severity::Fixed && !finding.code.is_of_missing_report();
    let shown = scene.findings.iter().filter(printed).take(MOST_PRINTED).cloned().collect();
    let explained = "Phụ lục này nêu các lỗi và lưu ý về số liệu. Đơn vị chưa gửi báo cáo nêu ở phụ lục “Tình hình gửi báo cáo”; các nội dung chương trình đã tự chuẩn hóa được nêu đầy đủ ở trang Nhận xét của sổ Excel kèm theo.";
    Section {
        id: "nhan-xet-phu-luc".into(),
        title: "NHẬN XÉT VỀ SỐ LIỆU CÁC ĐƠN VỊ GỬI".into(),
        place: scene.annex(Annex::NhanXet, true),
        sheet: None,
        blocks: vec![Block::paragraph(explained), block(scene, shown)],
    }
}

/// The sheet of the workbook.
pub(super) fn sheet(scene: &Scene<'_>) -> Section {
    Section {
        id: "nhan-xet".into(),
        title: "NHẬN XÉT VỀ SỐ LIỆU CÁC ĐƠN VỊ GỬI".into(),
        place: Place::Sheet,
        sheet: Some("Nhận xét".into()),
        blocks: vec![block(scene, scene.findings.to_vec())],
    }
}

fn block(scene: &Scene<'_>, shown: Vec<Finding>) -> Block {
    let names: BTreeMap<UnitCode, String> =
        scene.results.units.iter().map(|unit| (unit.code.clone(), unit.short_name.clone())).collect();
    Block::Findings { shown, total: scene.findings.len(), names }
}
