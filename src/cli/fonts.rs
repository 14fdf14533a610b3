//! The typeface of the reports: Liberation Serif inside the program, or Times New Roman where the plan asks for it and
//! the computer has it.

use super::terminal::Terminal;
use crate::output::pdf::typeface;
use crate::plan::{FontChoice, Plan};
use page::Typeface;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Names of the four files, upright, bold, italic, bold italic: Windows, macOS, and Linux's mscorefonts package.
const TIMES: [[&str; 4]; 3] = [
    ["times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"],
    [
        "Times New Roman.ttf",
        "Times New Roman Bold.ttf",
        "Times New Roman Italic.ttf",
        "Times New Roman Bold Italic.ttf",
    ],
    [
        "Times_New_Roman.ttf",
        "Times_New_Roman_Bold.ttf",
        "Times_New_Roman_Italic.ttf",
        "Times_New_Roman_Bold_Italic.ttf",
    ],
];

/// The typeface the plan asks for; says so where another one has to stand in.
pub(super) fn typeface(terminal: &Terminal, plan: &Plan) -> Typeface {
    match plan.font {
        FontChoice::LiberationSerif => typeface::embedded(),
        FontChoice::TimesNewRoman => times(&folders()).unwrap_or_else(|why| {
            terminal.say(format!(
                "Kế hoạch chọn phông chữ Times New Roman nhưng không dùng được: {why}. Báo cáo PDF dùng Liberation Serif, chữ có cùng chiều rộng."
            ));
            typeface::embedded()
        }),
    }
}

fn folders() -> Vec<PathBuf> {
    let below =
        |variable: &str, folder: &str| env::var_os(variable).map(|root| Path::new(&root).join(folder));
    let own = [
        below("WINDIR", "Fonts"),
        below("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
        below("HOME", "Library/Fonts"),
        below("HOME", ".local/share/fonts"),
        below("HOME", ".fonts"),
    ];
    let shared = [
        "/System/Library/Fonts/Supplemental",
        "/Library/Fonts",
        "/usr/share/fonts/truetype/msttcorefonts",
        "/usr/share/fonts/msttcore",
        "/usr/local/share/fonts",
    ];
    own.into_iter().flatten().chain(shared.map(PathBuf::from)).collect()
}

/// The first complete family in the folders that can be used, else why there is none.
fn times(folders: &[PathBuf]) -> Result<Typeface, String> {
    let mut why = "máy này không có".to_owned();
    for folder in folders {
        for names in TIMES {
            let files: Vec<Vec<u8>> =
                names.iter().map_while(|name| fs::read(folder.join(name)).ok()).collect();
            let Ok(files) = <[Vec<u8>; 4]>::try_from(files) else { continue };
            // Read once and used until the program ends.
            match typeface::from_files(files.map(|file| &*file.leak())) {
                Ok(typeface) => return Ok(typeface),
                Err(reason) => why = reason,
            }
        }
    }
    Err(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn liberation(style: &str) -> Vec<u8> {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/fonts");
        fs::read(fonts.join(format!("LiberationSerif-{style}.ttf"))).unwrap()
    }

    #[test]
    fn a_family_is_found_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().join("none"), folder.path().to_owned()];
        let styles = ["Regular", "Bold", "Italic", "BoldItalic"];
        for (name, style) in TIMES[0].iter().zip(styles).take(3) {
            fs::write(folder.path().join(name), liberation(style)).unwrap();
        }
        assert_eq!(times(&folders).unwrap_err(), "máy này không có");
        fs::write(folder.path().join("timesbi.ttf"), b"no font").unwrap();
        assert!(times(&folders).unwrap_err().starts_with("không đọc được"));
        fs::write(folder.path().join("timesbi.ttf"), liberation("BoldItalic")).unwrap();
        assert!(times(&folders).is_ok());
    }
}
