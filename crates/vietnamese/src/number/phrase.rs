//! The words around a figure: about, over, nearly; thousand, million; xã, người, đồng.

use super::Nearness;

/// Words before a figure that say it is not exact.
pub(super) const NEARNESS: &[(&str, Nearness)] = &[
    ("khoảng", Nearness::About),
    ("khoảng trên", Nearness::Over),
    ("khoảng hơn", Nearness::Over),
    ("khoảng gần", Nearness::Under),
    ("ước khoảng", Nearness::About),
    ("xấp xỉ", Nearness::About),
    ("chừng", Nearness::About),
    ("ước chừng", Nearness::About),
    ("độ", Nearness::About),
    ("ước", Nearness::About),
    ("ước tính", Nearness::About),
    ("ước đạt", Nearness::About),
    ("ước thực hiện", Nearness::About),
    ("dự kiến", Nearness::About),
    ("dự ước", Nearness::About),
    ("tạm tính", Nearness::About),
    ("(ước)", Nearness::About),
    ("(khoảng)", Nearness::About),
    ("~", Nearness::About),
    ("≈", Nearness::About),
    ("trên", Nearness::Over),
    ("hơn", Nearness::Over),
    ("ít nhất", Nearness::Over),
    ("tối thiểu", Nearness::Over),
    ("không dưới", Nearness::Over),
    (">", Nearness::Over),
    (">=", Nearness::Over),
    ("≥", Nearness::Over),
    ("gần", Nearness::Under),
    ("gần đạt", Nearness::Under),
    ("dưới", Nearness::Under),
    ("tối đa", Nearness::Under),
    ("không quá", Nearness::Under),
    ("<", Nearness::Under),
    ("<=", Nearness::Under),
    ("≤", Nearness::Under),
];

/// Words after a figure that say the same.
pub(super) const NEARNESS_AFTER: &[(&str, Nearness)] = &[
    ("(ước)", Nearness::About),
    ("(ước tính)", Nearness::About),
    ("+", Nearness::Over),
    ("(dự kiến)", Nearness::About),
    ("(tạm tính)", Nearness::About),
    ("(khoảng)", Nearness::About),
    ("ước", Nearness::About),
    ("trở lên", Nearness::Over),
    ("trở xuống", Nearness::Under),
];

/// Words before a figure that say nothing about it.
pub(super) const NEUTRAL: &[&str] = &[
    "đạt",
    "đã đạt",
    "đạt được",
    "đạt tỷ lệ",
    "đạt tỉ lệ",
    "tỷ lệ",
    "tỉ lệ",
    "tỷ lệ đạt",
    "tỉ lệ đạt",
    "chiếm",
    "chiếm tỷ lệ",
    "chiếm tỉ lệ",
    "là",
    "có",
    "hiện có",
    "được",
    "bằng",
    "tổng",
    "tổng số",
    "tổng cộng",
    "cộng",
    "số lượng",
    "sl",
    "đã có",
    ":",
    "=>",
    "\"",
    "'",
];

/// Words that join a percentage to the figure before it.
pub(super) const ASIDE: &[&str] = &[
    "đạt",
    "đạt tỷ lệ",
    "đạt tỉ lệ",
    "chiếm",
    "chiếm tỷ lệ",
    "chiếm tỉ lệ",
    "tỷ lệ",
    "tỉ lệ",
    "tỷ lệ đạt",
    "bằng",
    "=",
];

/// Words that stand between numerator and denominator.
pub(super) const OVER: &[&str] = &["/", "trên", "trên tổng số", "trong tổng số", "/ tổng số", "/tổng số"];

/// Scale words and their powers of ten.
pub(super) const SCALES: &[(&str, i32)] = &[
    ("nghìn", 3),
    ("ngàn", 3),
    ("nghin", 3),
    ("ngan", 3),
    (THOUSAND_OF_MONEY, 3),
    ("triệu", 6),
    ("trieu", 6),
    ("tr", 6),
    ("tr.", 6),
    ("tỷ", 9),
    ("tỉ", 9),
    ("ty", 9),
    ("nghìn tỷ", 12),
    ("nghìn tỉ", 12),
    ("ngàn tỷ", 12),
    ("ngàn tỉ", 12),
];

/// Short for a thousand đồng; of things nobody says so.
pub(super) const THOUSAND_OF_MONEY: &str = "k";

/// Scales that are short for another word unless đồng follow at once: `trđ`, `tr.đ`, `ngđ`.
pub(super) const SCALES_BEFORE_DONG: &[(&str, i32)] =
    &[("ng", 3), ("ng.", 3), ("n", 3), ("n.", 3), ("tr", 6), ("tr.", 6), ("tỷ", 9), ("tỉ", 9), ("tỷ.", 9)];

/// The đồng, as it is written.
pub(super) const DONG: &[&str] =
    &["đồng", "đ", "đ.", "vnđ", "vnd", "₫", "đồng việt nam", "đồng vn", "việt nam đồng", "dong", "d"];

/// Half of the scale before it: một tỷ rưỡi.
pub(super) const AND_A_HALF: [&str; 2] = ["rưỡi", "rưởi"];

/// The rest after the longest of the words that starts a text, and which it was; a word ends where letters end.
pub(super) fn take<'a, 'w>(
    text: &'a str,
    words: impl Iterator<Item = &'w str>,
) -> Option<(&'w str, &'a str)> {
    words
        .filter_map(|word| Some((word, text.strip_prefix(word)?)))
        .filter(|(word, rest)| {
            !(word.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphabetic))
        })
        .max_by_key(|(word, _)| word.len())
        .map(|(word, rest)| (word, rest.trim_start()))
}
