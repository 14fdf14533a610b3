//! Any bytes as a zip of submissions: its files come out in order, each under a path that leads nowhere else.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use xhht::intake::{self, LARGEST_FILE};
use xhht_fuzz::{answer, held, package, spread_the_net};

fuzz_target!(init: spread_the_net(), |bytes: &[u8]| {
    held(|| {
        let members = match intake::members(bytes) {
            Ok(members) => members,
            Err(unreadable) => return answer::refusal(&unreadable),
        };
        let mut before: Option<String> = None;
        for member in members {
            assert!(before.as_ref().is_none_or(|before| *before <= member.path), "out of order");
            let leads_out = member.path.split('/').any(|part| matches!(part, "" | "." | "..") || part.ends_with(':'));
            assert!(!leads_out, "a path that leads out: {:?}", member.path);
            assert!(!member.path.chars().any(char::is_control), "a path that cannot be printed");
            match &member.bytes {
                Ok(content) => assert!(content.len() as u64 <= LARGEST_FILE + 1),
                Err(unreadable) => answer::refusal(unreadable),
            }
            before = Some(member.path);
        }
        assert!(before.is_some(), "a zip with nothing in it, and nothing said");
    });
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    package::mutate(data, size, most, seed)
});
