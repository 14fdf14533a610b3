//! How the input files are reached from the folder the outputs are written to.

use super::discover;
use crate::error::Error;
use crate::output::xlsx::SourceLinks;
use std::path::{Component, Path, PathBuf};

/// The path of every input file relative to the folder of outputs, by the path outputs name it by. A file that has none,
/// such as one on another drive, is left out: no output holds an absolute path of this machine.
///
/// # Errors
/// As [`discover::files`].
pub(super) fn from_folder(out: &Path, inputs: &[PathBuf]) -> Result<SourceLinks, Error> {
    let out = resolved(out);
    let links = discover::files(inputs)?.into_iter().filter_map(|file| {
        let path = relative(out.as_deref()?, &resolved(&file.path)?)?;
        Some((file.shown, path))
    });
    Ok(links.collect())
}

/// The path without links and dots; what does not exist yet is taken as it is written.
fn resolved(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    for ancestor in path.ancestors() {
        if let Ok(known) = ancestor.canonicalize() {
            let rest = path.strip_prefix(ancestor).ok()?;
            return Some(known.join(rest));
        }
    }
    None
}

/// The way from a folder to a file, with forward slashes.
fn relative(from: &Path, to: &Path) -> Option<String> {
    let (from, to): (Vec<Component>, Vec<Component>) =
        (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let is_root = |part: &&Component| matches!(part, Component::Prefix(_) | Component::RootDir);
    // On different drives there is no way.
    if common < from.iter().take_while(is_root).count() {
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
    fn the_way_goes_up_and_down_and_never_starts_at_the_root() {
        let way = |from, to| relative(Path::new(from), Path::new(to)).unwrap();
        assert_eq!(way("/a/ket-qua", "/a/hop-thu/Đức Hòa.xlsx"), "../hop-thu/Đức Hòa.xlsx");
        assert_eq!(way("/a", "/a/b/c.xlsx"), "b/c.xlsx");
        assert_eq!(way("/a/b/c", "/d.xlsx"), "../../../d.xlsx");
    }
}
