//! The files of a province's plan.

use super::{Commune, Province, cut};
use crate::plan::{PlanSources, SourceFile};
use minijinja::value::Serde;
use minijinja::{Environment, Value};
use serde::Serialize;

/// The main file, with places for the province.
static MAIN: &str = include_str!("../../../templates/plan/tinh/plan.toml");
/// The plan whose form, rules and texts every province starts from.
const PATTERN: &str = "long-an";
/// The first day of the provinces and communes of today.
const FIRST_DAY: &str = "2025-07-01";

/// Bodies that every province has, by code, with `{loai}`, `{ten}`, `{doan}` and `{dang_bo}` for its words.
const BODIES: [(&str, &str); 17] = [
    ("SGDDT", "Sở Giáo dục và Đào tạo"),
    ("SNV", "Sở Nội vụ"),
    ("SKHCN", "Sở Khoa học và Công nghệ"),
    ("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
    ("STC", "Sở Tài chính"),
    ("CAT", "Công an {loai}"),
    ("LDLD", "Liên đoàn Lao động {loai}"),
    ("BTGDVTU", "Ban Tuyên giáo và Dân vận {dang_bo}"),
    ("MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam {loai}"),
    ("HKH", "Hội Khuyến học {loai}"),
    ("TD", "{doan}"),
    ("HLHPN", "Hội Liên hiệp Phụ nữ {loai}"),
    ("HCCB", "Hội Cựu chiến binh {loai}"),
    ("HND", "Hội Nông dân {loai}"),
    ("HNCT", "Hội Người cao tuổi {loai}"),
    ("HCGC", "Hội Cựu giáo chức {loai}"),
    ("BPTTH", "Báo và Phát thanh, Truyền hình {ten}"),
];

/// Bodies that ended in 2025 and those that took over.
const SUCCESSORS: [(&str, &str); 2] = [("SLDTBXH", "SNV"), ("STTTT", "SKHCN")];

/// Predecessors whose plan is inside the program.
const KNOWN: [(&str, &str); 1] = [("tỉnh Long An", "long-an-2021-2030")];

/// A province that became a part of another, as the main file names it.
#[derive(Serialize)]
struct Predecessor {
    name: String,
    id: Option<&'static str>,
}

impl PlanSources {
    /// The plan a province starts from: valid as it is, with its targets left open.
    pub fn of_province(province: &Province) -> PlanSources {
        let pattern = PlanSources::shipped(PATTERN).unwrap_or_else(PlanSources::embedded);
        let file = |name: &str| pattern.others.iter().find(|file| file.name == name);
        let text = |name: &str| file(name).map(|file| file.text.as_str()).unwrap_or_default();
        let communes = province.communes();
        let words = Words::of(province, &communes);
        let cut = |text: &str| words.in_text(&cut::from_day(text, FIRST_DAY, &asked));
        let made = [
            ("don-vi.toml", units(province, &words, &communes)),
            ("bieu-mau.toml", cut(text("bieu-mau.toml"))),
            ("quy-tac.toml", cut(text("quy-tac.toml"))),
            ("bao-cao.txt", words.in_text(text("bao-cao.txt"))),
            ("tom-tat.txt", words.in_text(text("tom-tat.txt"))),
            ("to-trinh.txt", words.in_text(text("to-trinh.txt"))),
            ("phieu-don-vi.txt", words.in_text(text("phieu-don-vi.txt"))),
        ];
        let superior = superior_form(&pattern.main.text, &words);
        let others = made.map(|(name, text)| SourceFile { name: name.to_owned(), text });
        let main = SourceFile { name: "plan.toml".to_owned(), text: main(province, &words, &superior) };
        PlanSources { main, others: others.to_vec() }
    }
}

/// What stands in the places of the main file.
#[derive(Serialize)]
struct Places<'a> {
    ma: &'static str,
    id: String,
    tinh: &'static str,
    ten: &'static str,
    loai: &'static str,
    #[serde(rename = "TEN")]
    ten_hoa: String,
    #[serde(rename = "LOAI")]
    loai_hoa: String,
    dang_bo: &'static str,
    cap: &'a str,
    tinh_cu: Vec<Predecessor>,
    bieu: &'a str,
}

/// The code of a body since the middle of 2025; `None` where not every province has it.
fn asked(code: &str) -> Option<String> {
    let now = SUCCESSORS.into_iter().find(|(before, _)| *before == code).map_or(code, |(_, now)| now);
    let is_level = code.contains('-');
    (is_level || BODIES.iter().any(|(body, _)| *body == now)).then(|| now.to_owned())
}

/// What a province's texts call its things.
struct Words {
    kind: &'static str,
    name: &'static str,
    party: &'static str,
    youth: String,
    communes: String,
}

impl Words {
    fn of(province: &Province, communes: &[Commune]) -> Self {
        let (kind, party) =
            if province.is_city() { ("thành phố", "Thành ủy") } else { ("tỉnh", "Tỉnh ủy") };
        let youth = if province.is_city() { "Thành Đoàn" } else { "Tỉnh Đoàn" };
        let kinds: Vec<&str> = communes.iter().map(Commune::kind).collect();
        let has = |kind: &&str| kinds.contains(kind);
        let communes: Vec<&str> = ["xã", "phường", "đặc khu"].into_iter().filter(has).collect();
        Words {
            kind,
            name: province.short_name(),
            party,
            youth: youth.to_owned(),
            communes: communes.join(", "),
        }
    }

    /// A name of a body with the province's words.
    fn in_name(&self, name: &str) -> String {
        name.replace("{loai}", self.kind)
            .replace("{ten}", self.name)
            .replace("{dang_bo}", self.party)
            .replace("{doan}", &self.youth)
    }

    /// A text of the pattern: what speaks of sections of the pattern's own plan is left out, and a city is no province.
    fn in_text(&self, text: &str) -> String {
        let mut said = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(" (mục ") {
            let Some(length) = rest[start..].find(')') else { break };
            said.push_str(&rest[..start]);
            let whole = &rest[start..=start + length];
            if !whole.ends_with(" của Kế hoạch)") {
                said.push_str(whole);
            }
            rest = &rest[start + length + 1..];
        }
        said.push_str(rest);
        if self.kind == "tỉnh" {
            return said;
        }
        ["toàn ", "của ", "cả "].into_iter().fold(said, |said, before| {
            said.replace(&format!("{before}tỉnh"), &format!("{before}{}", self.kind))
        })
    }
}

fn main(province: &Province, words: &Words, superior: &str) -> String {
    let was_made = province.made_of.iter().map(|name| {
        let id = KNOWN.into_iter().find(|(known, _)| known == name).map(|(_, id)| id);
        let is_namesake = *name == province.name;
        let name = if is_namesake { format!("{name} cũ") } else { (*name).to_owned() };
        Predecessor { name, id }
    });
    let made_of: Vec<Predecessor> = was_made.collect();
    let mut environment = Environment::new();
    environment.set_syntax(crate::plan::text_syntax());
    let province = Places {
        ma: province.code,
        id: province.id(),
        tinh: province.name,
        ten: words.name,
        loai: words.kind,
        ten_hoa: words.name.to_uppercase(),
        loai_hoa: words.kind.to_uppercase(),
        dang_bo: words.party,
        cap: &words.communes,
        tinh_cu: made_of,
        bieu: superior,
    };
    let filled = environment.render_str(MAIN, Value::from(Serde(province)));
    // The template is the program's own and tried for every province; were it wrong, the plan would be refused with a
    // place.
    filled.unwrap_or_else(|error| format!("# {error}\n"))
}

/// The pattern's table for the superior body, as it is since the middle of 2025.
fn superior_form(main: &str, words: &Words) -> String {
    let form = main.split_once("[superior-form]").map(|(_, form)| form).unwrap_or_default();
    let cut = cut::from_day(&format!("[superior-form]{form}"), FIRST_DAY, &asked);
    let agency = format!(
        "agency = [\"ỦY BAN NHÂN DÂN {} {}\", \"BAN CHỈ ĐẠO XÂY DỰNG XÃ HỘI HỌC TẬP\"]",
        words.kind.to_uppercase(),
        words.name.to_uppercase()
    );
    let lines = cut.lines().map(|line| if line.starts_with("agency = ") { agency.as_str() } else { line });
    words.in_text(&lines.collect::<Vec<_>>().join("\n"))
}

fn units(province: &Province, words: &Words, communes: &[Commune]) -> String {
    let mut text = format!(
        "#:schema luoc-do/don-vi.schema.json\n\
         # DANH SÁCH ĐƠN VỊ BÁO CÁO CỦA {}\n\
         #\n\
         # {} theo danh mục hành chính công bố năm 2025. population là dân số tham chiếu (population-year là năm của số ấy): chỉ\n\
         # dùng để hỏi lại tổng số quá xa và ước khoảng giá trị khi đơn vị chưa báo cáo; CẦN ĐIỀN theo số chính thức của {}.\n\
         # Đơn vị sáp nhập, chia tách, đổi tên: ghi valid-to cho đơn vị cũ, thêm đơn vị mới, và ghi một mục [[change]] ở cuối tệp.\n\n\
         # CƠ QUAN BÁO CÁO, mỗi cơ quan một dòng. CẦN ĐIỀN: tên gọi đúng ở {}, thêm các sở, ngành, đoàn thể khác.\n\
         agency = [\n",
        province.name.to_uppercase(),
        vietnamese::display::capitalised(&words.communes),
        words.kind,
        words.kind,
    );
    for (code, name) in BODIES {
        text.push_str(&format!("  {{ code = \"{code}\", name = \"{}\" }},\n", words.in_name(name)));
    }
    text.push_str("]\n");
    let mut before = None;
    for commune in communes {
        if commune.former.is_some() && commune.former != before {
            let former = commune.former.unwrap_or_default();
            text.push_str(&format!("\n# Thuộc tỉnh {former} trước ngày 01/7/2025.\n"));
            before = commune.former;
        }
        text.push_str(&commune.entry());
    }
    text
}

impl Commune {
    fn kind(&self) -> &'static str {
        ["xã", "phường", "đặc khu"]
            .into_iter()
            .find(|kind| self.name.to_lowercase().starts_with(kind))
            .unwrap_or("xã")
    }

    fn entry(&self) -> String {
        let kind = self.kind();
        let short = self.name.get(kind.len()..).unwrap_or(self.name).trim();
        let mut entry = format!(
            "\n[[unit]]\ncode = \"{}\"\nname = \"{kind} {short}\"\nshort = \"{short}\"\nkind = \"{kind}\"\nlevel = \"dia-ban\"\nvalid-from = \"{FIRST_DAY}\"\n",
            self.code
        );
        if let Some(population) = self.population {
            entry.push_str(&format!("population = {population}\npopulation-year = 2025\n"));
        }
        if let Some(note) = self.note {
            entry.push_str(&format!("population-note = \"{note}\"\n"));
        }
        entry
    }
}
