//! What stands in place of a figure, and what it means.

/// Shown where a unit owes a figure and did not give it.
pub const MISSING: &str = "–";
/// What that means.
pub const OF_MISSING: &str = "chưa báo cáo hoặc chưa dùng được";
/// What it means that nothing is judged.
pub const OF_NOT_JUDGED: &str = "chưa có tiêu chí đánh giá hoặc không có đối tượng để xét";
/// What it means that nothing is there.
pub const OF_BLANK: &str = "đơn vị không báo cáo chỉ tiêu này";
