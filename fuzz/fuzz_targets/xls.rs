//! Any bytes, by preference Excel 97–2003 files: read or refused in words, and what is read adds up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xhht_fuzz::{answer, spread_the_net};

fuzz_target!(init: spread_the_net(), |bytes: &[u8]| {
    answer::to_file(bytes);
});
