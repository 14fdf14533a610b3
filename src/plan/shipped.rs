//! The plans inside the program. One more is a folder under `templates/plan/` and one line in [`SHIPPED`].

/// A plan inside the program.
#[derive(Debug, Clone, Copy)]
pub struct ShippedPlan {
    /// What `--plan` calls it; also the name of its folder.
    pub id: &'static str,
    /// Name and content of its main file.
    pub main: (&'static str, &'static str),
    /// Names and contents of the files beside it; `init` writes them out with it.
    pub others: &'static [(&'static str, &'static str)],
}

/// The plan in a folder of `templates/plan/`: what every one has, and what only some have.
macro_rules! shipped {
    ($id:literal $(, and $more:literal)*) => {
        ShippedPlan {
            id: $id,
            main: shipped!($id, "plan.toml"),
            others: &[
                shipped!($id, "don-vi.toml"),
                shipped!($id, "bieu-mau.toml"),
                shipped!($id, "quy-tac.toml"),
                shipped!($id, "bao-cao.txt"),
                shipped!($id, "tom-tat.txt"),
                shipped!($id, "phieu-don-vi.txt"),
                $(shipped!($id, $more),)*
            ],
        }
    };
    ($id:literal, $file:literal) => {
        ($file, include_str!(concat!("../../templates/plan/", $id, "/", $file)))
    };
}

/// Every plan inside the program. The first is used where `--plan` names none.
pub static SHIPPED: &[ShippedPlan] = &[shipped!("long-an", and "to-trinh.txt"), shipped!("quoc-gia")];

/// The plan used where none is named.
pub(super) static DEFAULT: &ShippedPlan = &SHIPPED[0];

/// Folder beside a plan in which its files look for their schemas (`#:schema` in their first lines).
pub const SCHEMA_FOLDER: &str = "luoc-do";

/// Name and content of the JSON Schema of each kind of plan file, for editors that know TOML; tests derive them from the
/// types that read the files.
pub const SCHEMAS: [(&str, &str); 4] = [
    ("ke-hoach.schema.json", include_str!("../../templates/plan/luoc-do/ke-hoach.schema.json")),
    ("don-vi.schema.json", include_str!("../../templates/plan/luoc-do/don-vi.schema.json")),
    ("bieu-mau.schema.json", include_str!("../../templates/plan/luoc-do/bieu-mau.schema.json")),
    ("quy-tac.schema.json", include_str!("../../templates/plan/luoc-do/quy-tac.schema.json")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Plan, PlanSources};

    #[test]
    fn every_shipped_plan_is_valid_and_named_once() {
        for plan in SHIPPED {
            let sources = PlanSources::shipped(plan.id).unwrap();
            assert_eq!(sources.main.name, "plan.toml");
            Plan::read(&sources).unwrap_or_else(|error| panic!("{}: {error}", plan.id));
            let named = PlanSources::names_in(&sources.main);
            let mut there: Vec<&str> = sources.others.iter().map(|file| file.name.as_str()).collect();
            assert!(named.iter().all(|name| there.contains(&name.as_str())), "{}: {named:?}", plan.id);
            there.retain(|name| !named.iter().any(|known| known == name));
            assert!(there.is_empty(), "{} does not name {there:?}", plan.id);
            assert_eq!(SHIPPED.iter().filter(|other| other.id == plan.id).count(), 1);
        }
        assert!(PlanSources::shipped("nowhere").is_none());
    }
}
