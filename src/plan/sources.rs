//! The texts a plan is read from.

use super::shipped::{self, SHIPPED, ShippedPlan};
use super::{SourceFile, province};
use sha2::{Digest, Sha256};

/// The texts of a plan: `plan.toml` and the files it names.
#[derive(Debug, Clone)]
pub struct PlanSources {
    /// The main file.
    pub main: SourceFile,
    /// The files that stand beside it, by the names the main file gives.
    pub others: Vec<SourceFile>,
}

/// The file of a plan that a key of its `[files]` names.
#[derive(Debug)]
pub(super) enum Named<'a> {
    /// The main file has no such key.
    Unnamed,
    /// The key names a file that could not be had.
    Lost(String),
    /// The file.
    Found(&'a SourceFile),
}

impl PlanSources {
    /// The plan inside the program that is used where none is named.
    pub fn embedded() -> Self {
        Self::from(shipped::DEFAULT)
    }

    /// A plan inside the program by its id: one of [`SHIPPED`], or that which a province starts from (`dong-thap`).
    pub fn shipped(id: &str) -> Option<Self> {
        let whole = SHIPPED.iter().find(|plan| plan.id == id).map(Self::from);
        let province = || province::all().iter().find(|province| province.id() == id).map(Self::of_province);
        whole.or_else(province)
    }

    /// The names of the files a main file asks for, as far as it can be read.
    pub fn names_in(main: &SourceFile) -> Vec<String> {
        let table: toml::Table = main.text.parse().unwrap_or_default();
        let files = table.get("files").and_then(toml::Value::as_table);
        files
            .into_iter()
            .flat_map(toml::Table::values)
            .filter_map(|name| Some(name.as_str()?.to_owned()))
            .collect()
    }

    /// The name that a key of `[files]` gives to a file, when the main file has one.
    pub fn name_of(&self, key: &str) -> Option<String> {
        let table: toml::Table = self.main.text.parse().unwrap_or_default();
        table.get("files")?.get(key)?.as_str().map(str::to_owned)
    }

    /// The file that a key of `[files]` names. Asked of the table itself: the main file may be wrong as a whole and still
    /// name the others, whose mistakes are wanted in the same pass.
    pub(super) fn named(&self, key: &str) -> Named<'_> {
        let Some(name) = self.name_of(key) else { return Named::Unnamed };
        match self.others.iter().find(|other| other.name == name) {
            Some(file) => Named::Found(file),
            None => Named::Lost(name),
        }
    }

    pub(super) fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        for file in std::iter::once(&self.main).chain(&self.others) {
            // Line ends differ between editors and systems; the plan does not.
            hash.update(file.text.replace("\r\n", "\n").as_bytes());
            hash.update([0]);
        }
        hex(&hash.finalize())
    }
}

impl From<&ShippedPlan> for PlanSources {
    fn from(plan: &ShippedPlan) -> Self {
        let file =
            |(name, text): &(&str, &str)| SourceFile { name: (*name).to_owned(), text: (*text).to_owned() };
        PlanSources { main: file(&plan.main), others: plan.others.iter().map(file).collect() }
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
