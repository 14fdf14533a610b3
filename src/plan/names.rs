//! How the program's own sentences call the things of a plan: what is done under it, where, and who collects the reports.
//! A plan says it in its title, its province and its letter; `scheme` overrides the first.

use vietnamese::display::capitalised;

/// What headings and sentences of the program call the things of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanNames {
    /// What is done under the plan, as it stands in a sentence: “xây dựng xã hội học tập”.
    pub scheme: String,
    /// What all units together are: “tỉnh”, “thành phố”.
    pub territory: String,
    /// Who sends out the forms and collects the reports, in a few words: “Sở”.
    pub collector: String,
}

/// What a plan does whose title does not say it.
const ANY_SCHEME: &str = "thực hiện kế hoạch";
/// Words after which a title no longer says what is done, but when or where.
const AFTER_SCHEME: [&str; 5] = [" giai đoạn ", " trên địa bàn ", " đến năm ", " năm 2", " của "];
/// Verbs a scheme opens with and does without where only its subject is named.
const VERBS: [&str; 5] = ["xây dựng ", "thực hiện ", "phát triển ", "đẩy mạnh ", "triển khai "];
/// Kinds of territories, the longer before those they begin with.
const TERRITORIES: [&str; 8] = ["thành phố", "thị trấn", "thị xã", "tỉnh", "huyện", "quận", "phường", "xã"];
/// What units together are when their plan names no such kind.
const ANY_TERRITORY: &str = "địa bàn";
/// Kinds of bodies that a sentence may call by their kind alone.
const BODIES: [&str; 6] = ["Sở", "Phòng", "Bộ", "Cục", "Vụ", "Chi cục"];

impl PlanNames {
    /// The names as the plan's own texts give them.
    pub(super) fn from_texts(scheme: Option<&str>, title: &str, province: &str, secretariat: &str) -> Self {
        PlanNames {
            scheme: scheme.map_or_else(|| scheme_in(title), str::to_owned),
            territory: territory_in(province),
            collector: collector_in(secretariat),
        }
    }

    /// The scheme in capitals, for headings.
    pub fn scheme_in_capitals(&self) -> String {
        self.scheme.to_uppercase()
    }

    /// The scheme without the verb it opens with, as a name: “Xã hội học tập”.
    pub fn scheme_subject(&self) -> String {
        let subject = VERBS.iter().find_map(|verb| self.scheme.strip_prefix(verb));
        capitalised(subject.unwrap_or(&self.scheme))
    }

    /// The territory as a whole, as it stands in a sentence: “toàn tỉnh”.
    pub fn whole(&self) -> String {
        format!("toàn {}", self.territory)
    }
}

/// What is done, out of the title of a plan: what stands in quotes, else what follows the word “Kế hoạch”, without when and
/// where.
fn scheme_in(title: &str) -> String {
    let quoted = title.split_once('“').and_then(|(_, rest)| rest.split_once('”')).map(|(quoted, _)| quoted);
    let named = quoted.or_else(|| title.strip_prefix("Kế hoạch ")).unwrap_or_default();
    let end = AFTER_SCHEME.iter().filter_map(|after| named.find(after)).min().unwrap_or(named.len());
    let scheme = named[..end].trim_matches([' ', ',', '.']);
    if scheme.is_empty() { ANY_SCHEME.to_owned() } else { rule::lower_first(scheme) }
}

/// The kind of territory a province's name begins with.
fn territory_in(province: &str) -> String {
    let lower = province.to_lowercase();
    let spelt_out = lower.strip_prefix("tp.").or_else(|| lower.strip_prefix("tp ")).map(|_| "thành phố");
    let kind = TERRITORIES
        .into_iter()
        .find(|kind| lower.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
    spelt_out.or(kind).unwrap_or(ANY_TERRITORY).to_owned()
}

/// A body by its kind where that is enough, else by its name without what it is besides.
fn collector_in(secretariat: &str) -> String {
    let kind = BODIES
        .into_iter()
        .find(|kind| secretariat.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' ')));
    let name = secretariat.split([',', '(', ';']).next().unwrap_or_default();
    let name = name.split(" - ").next().unwrap_or_default().trim();
    kind.unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_is_done_under_the_plan() {
        for (title, scheme) in [
            (
                "Kế hoạch thực hiện Đề án “Xây dựng xã hội học tập giai đoạn 2021-2030” trên địa bàn tỉnh Long An",
                "xây dựng xã hội học tập",
            ),
            ("Kế hoạch xây dựng xã hội học tập giai đoạn 2021-2030", "xây dựng xã hội học tập"),
            ("Chương trình “Đọc sách mỗi ngày”", "đọc sách mỗi ngày"),
            ("Kế hoạch phát triển văn hóa đọc của thành phố Huế, đến năm 2035", "phát triển văn hóa đọc"),
            ("Nghị quyết số 12", ANY_SCHEME),
            ("", ANY_SCHEME),
        ] {
            assert_eq!(scheme_in(title), scheme, "{title}");
        }
        let names = |scheme| PlanNames::from_texts(Some(scheme), "Kế hoạch “Khác”", "tỉnh X", "Sở Y");
        assert_eq!(names("xây dựng xã hội học tập").scheme_subject(), "Xã hội học tập");
        assert_eq!(names("đọc sách").scheme_subject(), "Đọc sách");
        assert_eq!(names("đọc sách").scheme_in_capitals(), "ĐỌC SÁCH");
    }

    #[test]
    fn a_territory_is_called_by_its_kind() {
        for (province, territory) in [
            ("tỉnh Long An", "tỉnh"),
            ("Thành phố Huế", "thành phố"),
            ("TP. Hồ Chí Minh", "thành phố"),
            ("thị xã Hương Thủy", "thị xã"),
            ("xã Vĩnh Hưng", "xã"),
            ("cả nước", ANY_TERRITORY),
            ("Xãxx", ANY_TERRITORY),
        ] {
            assert_eq!(territory_in(province), territory, "{province}");
        }
    }

    #[test]
    fn a_collector_is_called_by_its_kind_or_its_name() {
        for (secretariat, collector) in [
            ("Sở Giáo dục và Đào tạo - Thường trực Ban Chỉ đạo xây dựng xã hội học tập tỉnh", "Sở"),
            ("Phòng Văn hóa - Xã hội", "Phòng"),
            ("Văn phòng UBND tỉnh (đơn vị thường trực)", "Văn phòng UBND tỉnh"),
            ("Ban Chỉ đạo đọc sách", "Ban Chỉ đạo đọc sách"),
        ] {
            assert_eq!(collector_in(secretariat), collector, "{secretariat}");
        }
    }
}
