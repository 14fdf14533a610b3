//! Takes up the modules of the pages where `browser/make` has built them; without them the program writes no page and says so.

use std::path::Path;
use std::{env, fs};

fn main() {
    // The modules are themselves built from this package, without the program that carries them.
    if env::var_os("CARGO_FEATURE_PROGRAM").is_none() {
        println!("cargo::rerun-if-changed=build.rs");
        return;
    }
    println!("cargo::rerun-if-changed=browser/made");
    let Some(out) = env::var_os("OUT_DIR") else { return };
    for name in ["kiem-tra.js", "kiem-tra.wasm.gz", "xhht.js", "xhht.wasm.gz"] {
        let made = fs::read(Path::new("browser/made").join(name)).unwrap_or_default();
        if let Err(error) = fs::write(Path::new(&out).join(name), made) {
            println!("cargo::error={name}: {error}");
        }
    }
}
