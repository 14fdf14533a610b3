//! In what a figure is given: amounts of money, and things by what they are.

use super::phrase::{self, DONG, SCALES, SCALES_BEFORE_DONG};
use crate::text::read_text;

/// A unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoneyUnit {
    /// Đồng.
    Dong,
    /// Nghìn đồng.
    Thousand,
    /// Triệu đồng.
    Million,
    /// Tỷ đồng.
    Billion,
}

impl MoneyUnit {
    const ALL: [MoneyUnit; 4] =
        [MoneyUnit::Dong, MoneyUnit::Thousand, MoneyUnit::Million, MoneyUnit::Billion];

    /// The unit that these words are, in any spelling; `None` for words that are no unit of money.
    ///
    /// ```
    /// use vietnamese::number::MoneyUnit;
    /// assert_eq!(MoneyUnit::of("Triệu đồng"), Some(MoneyUnit::Million));
    /// assert_eq!(MoneyUnit::of("(1.000 đ)"), Some(MoneyUnit::Thousand));
    /// assert_eq!(MoneyUnit::of("người"), None);
    /// ```
    pub fn of(words: &str) -> Option<Self> {
        let lower = read_text(words, None).text.to_lowercase();
        let words = lower.trim_matches(|c: char| c == '(' || c == ')' || c.is_whitespace());
        let words = words.strip_prefix("đvt:").unwrap_or(words).trim();
        let thousand = ["1.000", "1000", "1 000"].iter().find_map(|figure| words.strip_prefix(figure));
        let (power, rest) = match thousand {
            Some(rest) => (3, rest.trim_start()),
            None => take_scale(words).map_or((0, words), |(_, power, rest)| (power, rest)),
        };
        let (_, rest) = phrase::take(rest, DONG.iter().copied())?;
        let unit = Self::ALL.into_iter().find(|unit| unit.power_of_ten() == power)?;
        rest.is_empty().then_some(unit)
    }

    /// Its power of ten in đồng.
    pub fn power_of_ten(self) -> i32 {
        match self {
            MoneyUnit::Dong => 0,
            MoneyUnit::Thousand => 3,
            MoneyUnit::Million => 6,
            MoneyUnit::Billion => 9,
        }
    }

    /// As it is written in full.
    pub fn name(self) -> &'static str {
        match self {
            MoneyUnit::Dong => "đồng",
            MoneyUnit::Thousand => "nghìn đồng",
            MoneyUnit::Million => "triệu đồng",
            MoneyUnit::Billion => "tỷ đồng",
        }
    }
}

/// The scale word at the start of a text, its power of ten and the rest. What is short for another word counts only
/// with đồng behind it.
pub(super) fn take_scale(text: &str) -> Option<(&'static str, i32, &str)> {
    let power_of = |table: &[(&'static str, i32)], word: &str| {
        table.iter().find(|(known, _)| *known == word).map(|(_, power)| *power)
    };
    if let Some((word, rest)) = phrase::take(text, SCALES.iter().map(|(word, _)| *word)) {
        return Some((word, power_of(SCALES, word)?, rest));
    }
    let glued = SCALES_BEFORE_DONG.iter().filter_map(|(word, power)| {
        let rest = text.strip_prefix(word)?;
        phrase::take(rest, DONG.iter().copied()).map(|_| (*word, *power, rest))
    });
    glued.max_by_key(|(word, ..)| word.len())
}

/// What is counted: words of one kind can stand for one another (“người”, “em”, “học sinh”), others cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// People.
    People,
    /// Attendances: one person may be counted more than once.
    Attendances,
    /// Families and households.
    Households,
    /// Clans.
    Clans,
    /// Hamlets, quarters and their communities.
    Neighbourhoods,
    /// Communes, wards, townships.
    Communes,
    /// Districts, towns, cities.
    Districts,
    /// Provinces.
    Provinces,
    /// Schools, centres and other places of learning.
    Institutions,
    /// Classes.
    Classes,
    /// Meetings, inspections, campaigns.
    Events,
    /// Documents.
    Papers,
    /// Years, months, days.
    Time,
}

impl Counted {
    /// What a word counts; `None` for words that say nothing about it (“đơn vị”, “mô hình”) or are not known.
    ///
    /// ```
    /// use vietnamese::number::Counted;
    /// assert_eq!(Counted::by("học sinh"), Some(Counted::People));
    /// assert_eq!(Counted::by("đơn vị"), None);
    /// ```
    pub fn by(word: &str) -> Option<Self> {
        UNITS.iter().find(|(known, _)| *known == word).and_then(|(_, counted)| *counted)
    }

    /// All that the words of a form's unit of measure count: “xã, phường”, “ấp (khu phố)”. Empty where one of the words
    /// says nothing about it.
    pub fn all_by(measure: &str) -> Vec<Self> {
        let lower = measure.to_lowercase();
        let words = lower.split([',', ';', '/', '(', ')']).map(str::trim).filter(|word| !word.is_empty());
        words.map(Counted::by).collect::<Option<Vec<_>>>().unwrap_or_default()
    }
}

/// Units of what is counted.
pub(super) const UNITS: &[(&str, Option<Counted>)] = {
    use Counted::*;
    &[
        ("xã", Some(Communes)),
        ("phường", Some(Communes)),
        ("thị trấn", Some(Communes)),
        // Thị trấn or trung tâm.
        ("tt", None),
        ("xã phường", Some(Communes)),
        ("đơn vị cấp xã", Some(Communes)),
        ("huyện", Some(Districts)),
        ("thị xã", Some(Districts)),
        ("thành phố", Some(Districts)),
        ("tp", Some(Districts)),
        ("đơn vị cấp huyện", Some(Districts)),
        ("tỉnh", Some(Provinces)),
        ("đơn vị", None),
        ("cơ quan", None),
        ("tổ chức", None),
        ("doanh nghiệp", None),
        ("hội", None),
        ("chi hội", None),
        ("người", Some(People)),
        ("ng", Some(People)),
        ("công dân", Some(People)),
        ("cán bộ", Some(People)),
        ("giáo viên", Some(People)),
        ("gv", Some(People)),
        ("em", Some(People)),
        ("trẻ", Some(People)),
        ("trẻ em", Some(People)),
        ("cháu", Some(People)),
        ("học sinh", Some(People)),
        ("hs", Some(People)),
        ("học viên", Some(People)),
        ("hv", Some(People)),
        ("sinh viên", Some(People)),
        ("sv", Some(People)),
        ("lao động", Some(People)),
        ("lđ", Some(People)),
        ("nữ", Some(People)),
        ("hội viên", Some(People)),
        ("lượt", Some(Attendances)),
        ("lượt người", Some(Attendances)),
        ("lượt học viên", Some(Attendances)),
        ("trường", Some(Institutions)),
        ("trường học", Some(Institutions)),
        ("trung tâm", Some(Institutions)),
        ("tthtcđ", Some(Institutions)),
        ("cơ sở", Some(Institutions)),
        ("cơ sở giáo dục", Some(Institutions)),
        ("csgd", Some(Institutions)),
        ("lớp", Some(Classes)),
        ("lớp học", Some(Classes)),
        ("phòng", None),
        ("ấp", Some(Neighbourhoods)),
        ("khu phố", Some(Neighbourhoods)),
        ("kp", Some(Neighbourhoods)),
        ("ấp/khu phố", Some(Neighbourhoods)),
        ("thôn", Some(Neighbourhoods)),
        ("cộng đồng", None),
        ("gia đình", Some(Households)),
        ("gđ", Some(Households)),
        ("hộ", Some(Households)),
        ("hộ gia đình", Some(Households)),
        ("dòng họ", Some(Clans)),
        ("họ", Some(Clans)),
        ("tộc họ", Some(Clans)),
        ("buổi", Some(Events)),
        ("cuộc", Some(Events)),
        ("đợt", Some(Events)),
        ("hội nghị", Some(Events)),
        ("lần", Some(Events)),
        ("văn bản", Some(Papers)),
        ("vb", Some(Papers)),
        ("quyết định", Some(Papers)),
        ("kế hoạch", Some(Papers)),
        ("chuyên đề", None),
        ("tin", None),
        ("bài", None),
        ("tin bài", None),
        ("tin, bài", None),
        ("suất", None),
        ("suất học bổng", None),
        ("học bổng", None),
        ("bộ", None),
        ("cái", None),
        ("chiếc", None),
        ("máy", None),
        ("cuốn", None),
        ("quyển", None),
        ("bản", None),
        ("tài liệu", None),
        ("danh hiệu", None),
        ("mô hình", None),
        ("câu lạc bộ", None),
        ("clb", None),
        ("điểm", None),
        ("tủ sách", None),
        ("thư viện", None),
        ("năm", Some(Time)),
        ("tháng", Some(Time)),
        ("ngày", Some(Time)),
    ]
};
