//! Any bytes, by preference .ods packages: read or refused in words, and what is read adds up.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use xhht_fuzz::{answer, package, spread_the_net};

fuzz_target!(init: spread_the_net(), |bytes: &[u8]| {
    answer::to_file(bytes);
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    package::mutate(data, size, most, seed)
});
