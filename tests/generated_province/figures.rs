//! What a unit means to report: figures that a district could have and that no rule of the plan objects to.

use super::Dice;
use chrono::{Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;
use xhht::domain::{ColumnRole, FieldId, FieldKind, Meaning};
use xhht::form::{Field, Form, FormRow};

/// What a cell is meant to say.
#[derive(Debug, Clone, PartialEq)]
pub enum Meant {
    /// A number.
    Number(Decimal),
    /// An item of a list: what it means and how the list words it.
    Item(Meaning, String),
    /// Words.
    Words(String),
    /// A day.
    Day(NaiveDate),
}

/// What a form is meant to say; cells that stay blank are not in it.
pub type Figures = BTreeMap<FieldId, Meant>;

const SENTENCES: [&str; 8] = [
    "Đã ban hành kế hoạch và tổ chức tuyên truyền trên hệ thống truyền thanh.",
    "Phối hợp với Hội Khuyến học tổ chức Tuần lễ hưởng ứng học tập suốt đời.",
    "Lồng ghép vào phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa”.",
    "Mở các lớp chuyên đề tại Trung tâm VH-TT và HTCĐ; chất lượng từng bước nâng lên.",
    "Kiểm tra việc thực hiện tại các xã; kịp thời chấn chỉnh hạn chế.",
    "Kinh phí còn hạn chế, cán bộ phụ trách kiêm nhiệm.",
    "Cơ sở vật chất một số trung tâm xuống cấp, thiếu trang thiết bị.",
    "Tiếp tục duy trì, củng cố kết quả đã đạt được.",
];

/// The levels a unit has reached, from which all its group 1 follows.
struct Levels {
    literacy: u64,
    preschool: u64,
    primary: u64,
    secondary: u64,
    communes: u64,
    is_commune: bool,
}

/// Rows of ages, on which levels rest.
const AGES: [&str; 7] =
    ["biet_chu_1", "biet_chu_2", "tre6_lop1", "tre11_tieu_hoc", "tre14_tieu_hoc", "tn18_thcs", "tn18_hoc"];

/// What one unit means to report.
///
/// # Panics
/// When the plan has a form that is not the embedded one's.
pub fn plausible(form: &Form, seed: u64) -> Figures {
    let mut dice = Dice::new(seed);
    let (literacy, primary) = (dice.between(0, 2), dice.between(0, 3));
    let secondary = if literacy == 0 || primary == 0 { 0 } else { dice.between(0, 3) };
    let day = NaiveDate::from_ymd_opt(form.year, 12, 9).unwrap();
    let people = form.population.unwrap_or(1_600_000);
    let communes = form.unit.communes_on(day).map_or(3 + people % 10, u64::from);
    let is_commune = form.unit.population.is_some() && form.unit.communes.is_empty();
    let levels = Levels { literacy, preschool: dice.below(2), primary, secondary, communes, is_commune };
    // A handful report after the due date.
    let reported = day - Days::new(dice.between(0, 20)) + Days::new(if dice.happens(5) { 22 } else { 0 });
    let reported = reported.min(NaiveDate::from_ymd_opt(form.year, 12, 16).unwrap());
    let mut figures = Figures::new();
    // One unit counts its people once.
    let people = people * dice.between(97, 106) / 100;
    let mut unit = Unit { dice, levels, people, reported, figures: &mut figures };
    for row in form.rows() {
        unit.row(row);
    }
    // More people have a training than have a degree; copied figures look odd.
    let number = |figures: &Figures, id: &str| match figures.get(&FieldId::parse(id).unwrap()) {
        Some(Meant::Number(number)) => Some(*number),
        _ => None,
    };
    for (higher, lower) in [("dai_hoc", "cmkt"), ("dai_hoc_tinh", "cmkt_tinh")] {
        let (higher, lower) = (format!("{higher}.dat"), format!("{lower}.dat"));
        if let (Some(n), Some(most)) = (number(&figures, &higher), number(&figures, &lower))
            && n > most
        {
            let prefix = higher.trim_end_matches("dat").to_owned();
            figures.retain(|id, _| {
                !["nu", "dtts", "ty_le"].iter().any(|part| id.as_str() == format!("{prefix}{part}"))
            });
            figures.insert(FieldId::parse(&higher).unwrap(), Meant::Number(most));
        }
    }
    figures
}

struct Unit<'a> {
    dice: Dice,
    levels: Levels,
    people: u64,
    reported: NaiveDate,
    figures: &'a mut Figures,
}

impl Unit<'_> {
    fn put(&mut self, field: &Field, meant: Meant) {
        self.figures.insert(field.id.clone(), meant);
    }

    fn number(&mut self, field: &Field, number: u64) {
        self.put(field, Meant::Number(number.into()));
    }

    fn item(&mut self, field: &Field, wanted: Meaning) {
        let FieldKind::Choice(list) = &field.kind else { return };
        if let Some(item) = list.items.iter().find(|item| item.means == wanted) {
            self.put(field, Meant::Item(item.means, item.text.clone()));
        }
    }

    fn row(&mut self, row: &FormRow) {
        let by_role = |role| row.fields.iter().find(|field| field.role == Some(role));
        if let Some(whole) = by_role(ColumnRole::Whole) {
            self.people_or_things(row, whole);
        } else {
            for field in row.fields.iter() {
                self.other(row, field);
            }
        }
        // Who is recognised has a decision.
        let decided = row.fields.iter().find(|field| field.column_code == "so_qd");
        let holds = row.fields.first().is_some_and(|field| match self.figures.get(&field.id) {
            Some(Meant::Item(meaning, _)) => *meaning == Meaning::Yes,
            Some(Meant::Number(level)) => *level > Decimal::ZERO,
            _ => false,
        });
        if let Some(decision) = decided.filter(|_| holds) {
            let number = self.dice.between(100, 4_000);
            self.put(decision, Meant::Words(format!("{number}/QĐ-UBND")));
            if let Some(day) = row.fields.iter().find(|field| field.column_code == "ngay_qd") {
                let day_of = self.reported - Days::new(self.dice.between(10, 900));
                self.put(day, Meant::Day(day_of));
            }
        }
    }

    /// A row of whole and part: status first, for it may say that there are no figures.
    fn people_or_things(&mut self, row: &FormRow, whole_field: &Field) {
        let status = row.fields.iter().find(|field| field.role == Some(ColumnRole::RowStatus));
        if let Some(status) = status {
            let small = matches!(row.id.as_str(), "cs_mn" | "cs_th" | "cs_thcs" | "tt_htcd" | "dong_ho");
            let said = match self.dice.below(100) {
                0..2 if small => Meaning::None,
                2..4 if row.id == "cong_dan" && !status.refuses(Meaning::NoStandard) => Meaning::NoStandard,
                4..6 => Meaning::NotReported,
                6..12 => Meaning::Estimate,
                _ => Meaning::Actual,
            };
            self.item(status, said);
            if matches!(said, Meaning::None | Meaning::NoStandard | Meaning::NotReported) {
                return;
            }
        }
        let whole = self.whole(row);
        self.number(whole_field, whole);
        // A commune in ten is a round figure short, so that noughts and full marks occur.
        let mut part = match self.dice.below(20) {
            0 => 0,
            1 => whole,
            _ => whole * self.dice.between(25, 92) / 100,
        };
        if row.id == "gia_dinh" {
            part = part.min(whole * 94 / 100);
        }
        if AGES.contains(&row.id.as_str()) {
            // Of few, one less is more than one in a hundred. Who has not reached a level is not far below it.
            part = match self.has_reached(row) {
                true => (whole * self.dice.between(99, 100)).div_ceil(100),
                false => (whole * 70 + part * 15) / 100,
            };
        }
        let registered = part + (whole - part) * self.dice.below(60) / 100;
        for field in row.fields.iter() {
            match field.role {
                Some(ColumnRole::Part | ColumnRole::Recognised) => self.number(field, part),
                Some(ColumnRole::Registered) => self.number(field, registered),
                Some(ColumnRole::Female) => {
                    let women = part * self.dice.between(47, 52) / 100;
                    self.number(field, women);
                }
                Some(ColumnRole::Minority) => {
                    let minority = part * self.dice.below(4) / 100;
                    self.number(field, minority);
                }
                Some(ColumnRole::Percent) if whole > 0 && self.dice.happens(60) => {
                    let percent = Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole);
                    let shown = percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
                    self.put(field, Meant::Number(shown.normalize()));
                }
                None if field.kind == FieldKind::Text && self.dice.happens(15) => self.words(field, 1),
                _ => {}
            }
        }
    }

    /// Whether a row of ages is one of those that a level which the unit has reached rests on.
    fn has_reached(&self, row: &FormRow) -> bool {
        let Levels { literacy, primary, secondary, .. } = self.levels;
        match row.id.as_str() {
            "biet_chu_1" => literacy >= 1,
            "biet_chu_2" => literacy >= 2,
            "tre6_lop1" | "tre11_tieu_hoc" | "tre14_tieu_hoc" => primary >= 1,
            "tn18_thcs" | "tn18_hoc" => secondary >= 1,
            _ => false,
        }
    }

    /// How many there are.
    fn whole(&mut self, row: &FormRow) -> u64 {
        let people = self.people;
        match row.id.as_str() {
            "nltt" | "kns" => people * 60 / 100,
            "cmkt" | "dai_hoc" | "cmkt_tinh" | "dai_hoc_tinh" => people * 77 / 100,
            "cong_dan" => people * 73 / 100,
            "tre6_lop1" | "tre11_tieu_hoc" | "tre14_tieu_hoc" => people * 2 / 100,
            "tn18_thcs" | "tn18_hoc" => people * 5 / 100,
            "biet_chu_1" => people * 30 / 100,
            "biet_chu_2" => people * 60 / 100,
            "gia_dinh" => people / 4,
            // Of what there are few, a year brings a few more or less.
            "dong_ho" | "don_vi_ht" => self.dice.between(40, 50),
            "cong_dong" => self.levels.communes * 7,
            "cong_dong_xa" | "tt_htcd" => self.levels.communes,
            "truong_dh" => 2,
            // A commune has a school or two of each kind.
            "cs_mn" | "cs_th" | "cs_thcs" if self.levels.is_commune => self.dice.between(1, 4),
            _ => self.dice.between(9, 18),
        }
    }

    fn other(&mut self, row: &FormRow, field: &Field) {
        let Levels { literacy, preschool, primary, secondary, communes, .. } = self.levels;
        // The communes of a level that is reached: all of them; else most.
        let share = |reached: bool| if reached { communes } else { communes * 8 / 10 };
        let holds = |reached: bool| if reached { Meaning::Yes } else { Meaning::No };
        let number = match (row.id.as_str(), field.column_code.as_str()) {
            ("xmc_md2", "dat") => return self.item(field, holds(literacy >= 2)),
            ("pcgd_mg", "dat") => {
                // The standard is young: while there is none, some say so.
                let says_so = self.dice.happens(4) && !field.refuses(Meaning::NoStandard);
                let said = if says_so { Meaning::NoStandard } else { holds(preschool > 0) };
                return self.item(field, said);
            }
            ("pcgd_th3", "dat") => return self.item(field, holds(primary >= 3)),
            ("pcgd_thcs2", "dat") => return self.item(field, holds(secondary >= 2)),
            ("pcgd_thcs3", "dat") => return self.item(field, holds(secondary >= 3)),
            ("muc_xmc", "muc") => literacy,
            ("muc_mn", "muc") => preschool,
            ("muc_th", "muc") => primary,
            ("muc_thcs", "muc") => secondary,
            ("xa_tong", "so") => communes,
            ("xa_xmc1", "so") => share(literacy >= 1),
            ("xa_xmc2", "so") => share(literacy >= 2),
            ("xa_mn5" | "xa_mg", "so") => share(preschool > 0),
            ("xa_th1", "so") => share(primary >= 1),
            ("xa_th2", "so") => share(primary >= 2),
            ("xa_th3", "so") => share(primary >= 3),
            ("xa_thcs1", "so") => share(secondary >= 1),
            ("xa_thcs2", "so") => share(secondary >= 2),
            ("xa_thcs3", "so") => share(secondary >= 3),
            _ => return self.anything(row, field),
        };
        self.number(field, number);
    }

    /// A field that no other depends on.
    fn anything(&mut self, row: &FormRow, field: &Field) {
        match &field.kind {
            // Of who learnt, some are women.
            FieldKind::Count if field.role == Some(ColumnRole::Female) => {
                let learnt = row.fields.iter().find(|other| other.column_code == "nguoi");
                let learnt = learnt.and_then(|other| match self.figures.get(&other.id) {
                    Some(Meant::Number(number)) => u64::try_from(*number).ok(),
                    _ => None,
                });
                let number = self.dice.between(0, learnt.unwrap_or(0));
                self.number(field, number);
            }
            FieldKind::Count => {
                let number = self.dice.between(0, if field.column_code == "luot_nguoi" { 9_000 } else { 60 });
                self.number(field, number);
            }
            FieldKind::Decimal | FieldKind::Money(_) if self.dice.happens(80) => {
                let money = Decimal::new(self.dice.between(500, 190_000) as i64, 1).normalize();
                self.put(field, Meant::Number(money));
            }
            FieldKind::Choice(list) => {
                let item = self.dice.one_of(&list.items);
                self.figures.insert(field.id.clone(), Meant::Item(item.means, item.text.clone()));
            }
            FieldKind::Date if row.id == "ngay_lap" => self.put(field, Meant::Day(self.reported)),
            FieldKind::Text => match row.id.as_str() {
                "nguoi_lap" | "nguoi_ky" => self.put(field, Meant::Words("Nguyễn Văn A".to_owned())),
                "chuc_vu" => self.put(field, Meant::Words("Chuyên viên".to_owned())),
                "dien_thoai" => self.put(field, Meant::Words("0272 3000 000".to_owned())),
                _ if field.required || matches!(field.column_code.as_str(), "ket_qua" | "gia_tri") => {
                    self.words(field, 2);
                }
                // Decisions are told with the status they are about.
                _ if !matches!(field.column_code.as_str(), "so_qd" | "so_vb") && self.dice.happens(30) => {
                    self.words(field, 1);
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn words(&mut self, field: &Field, sentences: usize) {
        let said: Vec<&str> = (0..sentences).map(|_| *self.dice.one_of(&SENTENCES)).collect();
        self.put(field, Meant::Words(said.join(" ")));
    }
}
