//! The words around a figure: about, over, nearly; thousand, million; xã, người, đồng.

/// How a sender says that a figure is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// About: khoảng, ~, ước.
    About,
    /// More than: trên, hơn.
    Over,
    /// Less than: gần, dưới.
    Under,
}

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

/// The same, after the figure.
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
    ("triệu", 6),
    ("tr", 6),
    ("tr.", 6),
    ("tỷ", 9),
    ("tỉ", 9),
    ("nghìn tỷ", 12),
    ("nghìn tỉ", 12),
    ("ngàn tỷ", 12),
    ("ngàn tỉ", 12),
];

/// The dong, as it is written.
pub(super) const MONEY: &[&str] = &["đồng", "đ", "đ.", "vnđ", "vnd", "₫", "đồng việt nam", "đồng vn"];

/// Units of what is counted.
pub(super) const UNITS: &[&str] = &[
    "xã",
    "phường",
    "thị trấn",
    "tt",
    "xã phường",
    "huyện",
    "thị xã",
    "thành phố",
    "tp",
    "tỉnh",
    "đơn vị",
    "đơn vị cấp xã",
    "đơn vị cấp huyện",
    "cơ quan",
    "tổ chức",
    "doanh nghiệp",
    "người",
    "ng",
    "công dân",
    "cán bộ",
    "giáo viên",
    "gv",
    "em",
    "trẻ",
    "trẻ em",
    "cháu",
    "học sinh",
    "hs",
    "học viên",
    "hv",
    "sinh viên",
    "sv",
    "lao động",
    "lđ",
    "nữ",
    "trường",
    "trường học",
    "lớp",
    "lớp học",
    "phòng",
    "trung tâm",
    "tthtcđ",
    "cơ sở",
    "cơ sở giáo dục",
    "csgd",
    "ấp",
    "khu phố",
    "kp",
    "ấp/khu phố",
    "thôn",
    "cộng đồng",
    "gia đình",
    "gđ",
    "hộ",
    "hộ gia đình",
    "dòng họ",
    "họ",
    "tộc họ",
    "hội",
    "chi hội",
    "hội viên",
    "lượt",
    "lượt người",
    "lượt học viên",
    "buổi",
    "cuộc",
    "đợt",
    "hội nghị",
    "văn bản",
    "vb",
    "quyết định",
    "kế hoạch",
    "chuyên đề",
    "tin",
    "bài",
    "tin bài",
    "tin, bài",
    "suất",
    "suất học bổng",
    "học bổng",
    "bộ",
    "cái",
    "chiếc",
    "máy",
    "cuốn",
    "quyển",
    "bản",
    "tài liệu",
    "danh hiệu",
    "mô hình",
    "câu lạc bộ",
    "clb",
    "điểm",
    "tủ sách",
    "thư viện",
    "lần",
    "năm",
    "tháng",
    "ngày",
];

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
