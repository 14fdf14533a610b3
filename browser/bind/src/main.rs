//! `bind MODULE.wasm FOLDER`: the module as a page loads it, and the script that calls it.

use std::error::Error;
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
    module.emit_wasm_file(file)?;
    Ok(())
}
