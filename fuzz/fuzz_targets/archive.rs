//! Any bytes as a zip or a mail of submissions: its files come out, each once and under a path that leads nowhere else.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use std::collections::BTreeSet;
use std::convert::Infallible;
use xhht::intake::{self, LARGEST_FILE, Member};
use xhht_fuzz::{answer, held, package, spread_the_net};

fuzz_target!(init: spread_the_net(), |bytes: &[u8]| {
    held(|| {
        let mut seen = BTreeSet::new();
        let mut take = |member: Member| -> Result<(), Infallible> {
            let inside = member.path.strip_prefix("tep").unwrap();
            let inside = inside.strip_prefix('/').unwrap_or("tep");
            let leads_out = inside.split('/').any(|part| matches!(part, "" | "." | "..") || part.ends_with(':'));
            assert!(!leads_out, "a path that leads out: {:?}", member.path);
            assert!(!member.path.chars().any(char::is_control), "a path that cannot be printed");
            match &member.bytes {
                Ok(content) => assert!(content.len() as u64 <= LARGEST_FILE + 1),
                Err(unreadable) => answer::refusal(unreadable),
            }
            assert!(seen.insert(member.path), "two files of one path");
            Ok(())
        };
        let Ok(back) = intake::unpack("tep", bytes.to_vec(), &mut take);
        assert!(back.is_some() || !seen.is_empty(), "a zip or mail with nothing in it, and nothing said");
    });
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    package::mutate(data, size, most, seed)
});
