//! `bind MODULE.wasm FOLDER`: the module as a page loads it, and the script that calls it.

use std::error::Error;
use std::ops::Range;
use std::path::Path;
use walrus::{Module, passes};
use wasm_bindgen_cli_support::Bindgen;

/// What printpdf exports for pages of its own; nothing here calls it.
const NOT_CALLED: &str = "Pdf_";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else { return Err("bind MODULE.wasm FOLDER".into()) };
    let folder = Path::new(folder);
    let mut bindgen = Bindgen::new();
    // A worker made from text can import nothing: one plain script.
    bindgen.input_path(module).out_name("xhht").no_modules(true)?.typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.generate(folder)?;
    without_what_is_not_called(&folder.join("xhht_bg.wasm"))
}

/// What only such exports kept in the module goes with them.
fn without_what_is_not_called(file: &Path) -> Result<(), Box<dyn Error>> {
    let mut module = Module::from_file(file)?;
    let exports: Vec<_> =
        module.exports.iter().filter(|export| export.name.starts_with(NOT_CALLED)).map(|e| e.id()).collect();
    for export in exports {
        module.exports.delete(export);
    }
    passes::gc::run(&mut module);
    let mut blanked = 0;
    let segments: Vec<_> = module.data.iter().map(|segment| segment.id()).collect();
    for segment in segments {
        blanked += blank(&mut module.data.get_mut(segment).value);
    }
    println!("{blanked} bytes of data that nothing uses are blank");
    module.emit_wasm_file(file)?;
    Ok(())
}

/// The words that Brotli knows beforehand: by what they begin with, and how many bytes they are.
const BROTLI: (&[u8], usize) = (b"timedownlifeleftback", 122_784);
/// The mark of a colour profile, and where in it that stands; it begins with its length. Ours for the screen is far smaller
/// than that of a printing press, which printpdf brings along.
const PROFILE: (&[u8], usize) = (b"acsp", 36);
const LARGE_PROFILE: Range<usize> = 200_000..5_000_000;

/// Blanks what libraries bring along for what the core never does: colours of a printing press, and what unpacks the fonts
/// that no PDF of an archive may name without carrying. Data is one piece, so it stays when the code that used it is gone; blank,
/// it packs into nothing. How many bytes these were.
fn blank(data: &mut [u8]) -> usize {
    let mut blanked = 0;
    for at in places(data, BROTLI.0) {
        blanked += fill(data, at..at + BROTLI.1);
    }
    for at in places(data, PROFILE.0) {
        let Some(start) = at.checked_sub(PROFILE.1) else { continue };
        let length =
            u32::from_be_bytes([data[start], data[start + 1], data[start + 2], data[start + 3]]) as usize;
        if LARGE_PROFILE.contains(&length) {
            blanked += fill(data, start..start + length);
        }
    }
    blanked
}

fn places(data: &[u8], mark: &[u8]) -> Vec<usize> {
    (0..data.len()).filter(|at| data[*at..].starts_with(mark)).collect()
}

fn fill(data: &mut [u8], part: Range<usize>) -> usize {
    let length = part.len();
    let Some(part) = data.get_mut(part) else { return 0 };
    part.fill(0);
    length
}
