//! How the input files are reached from the folder the outputs are written to.

use super::discover;
use super::resolved::resolved;
use crate::error::Error;
use crate::output::xlsx::SourceLinks;
use std::path::{Component, Path, PathBuf};

/// The path of every input file relative to the folder of outputs, by the path outputs name it by. A file that is not
/// near, such as one on another drive, is left out: the way there would spell out this machine's folders, and no output
/// may depend on where on a disk a working folder lies.
///
/// # Errors
/// As [`discover::files`].
pub(super) fn from_folder(out: &Path, inputs: &[PathBuf]) -> Result<SourceLinks, Error> {
    let out = resolved(out);
    let files = discover::files(inputs)?.into_iter().filter(|file| file.trouble.is_none());
    let links = files.filter_map(|file| {
        let path = relative(out.as_deref()?, &resolved(&file.path)?)?;
        Some((file.shown, path))
    });
    Ok(links.collect())
}

/// A working folder holds `ket-qua/2024` beside `hop-thu/2024`: what lies further away moves separately.
const MOST_UP: usize = 2;

/// The way from a folder to a file, with forward slashes; `None` when they do not lie near each other.
fn relative(from: &Path, to: &Path) -> Option<String> {
    let (from, to): (Vec<Component>, Vec<Component>) =
        (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let is_root = |part: &&Component| matches!(part, Component::Prefix(_) | Component::RootDir);
    // What only the root has in common is reached by an absolute path in disguise.
    if common <= from.iter().take_while(is_root).count() || from.len() - common > MOST_UP {
        return None;
    }
    let up = from[common..].iter().map(|_| Some("..".to_owned()));
    let down = to[common..].iter().map(|part| part.as_os_str().to_str().map(str::to_owned));
    let parts: Option<Vec<String>> = up.chain(down).collect();
    parts.map(|parts| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_goes_up_and_down_and_never_through_the_root() {
        let way = |from, to| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/a/ket-qua", "/a/hop-thu/Đức Hòa.xlsx").unwrap(), "../hop-thu/Đức Hòa.xlsx");
        assert_eq!(way("/a", "/a/b/c.xlsx").unwrap(), "b/c.xlsx");
        assert_eq!(way("/a/kq/2024", "/a/ht/2024/c.xlsx").unwrap(), "../../ht/2024/c.xlsx");
        assert_eq!(way("/a/b/c/d", "/a/e.xlsx"), None);
        assert_eq!(way("/tmp/ket-qua", "/home/somebody/hop-thu/d.xlsx"), None);
    }
}
