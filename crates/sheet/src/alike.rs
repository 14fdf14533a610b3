//! The same bytes from every system: a workbook is a zip, and in the list of its parts each says on which system it was
//! written. No reader of workbooks asks; whoever compares bytes does.

use std::io::{self, Write};

/// How an entry of the list begins as the libraries write it: signature, version 2.0 and the system, version needed, flags,
/// method, time, day. Chance does not make it among packed bytes.
const HEAD: [u8; 16] = *b"PK\x01\x02\x14\x03\x14\x00\x08\x00\x08\x00\x00\x00\x21\x00";
/// Where in it the system stands; in [`HEAD`] it is Unix.
const SYSTEM: usize = 5;
/// Where the flags stand: whether the sizes of the part stand behind it depends on who wrote it.
const FLAGS: usize = 8;

/// Lets every entry of the list that is whole within these bytes say that it was written on Unix.
pub(crate) fn say_unix(bytes: &mut [u8]) {
    for at in 0..(bytes.len() + 1).saturating_sub(HEAD.len()) {
        let may_differ = |place: usize| place == SYSTEM || place == FLAGS;
        let is_head = || HEAD.iter().enumerate().all(|(i, byte)| may_differ(i) || bytes[at + i] == *byte);
        if bytes[at] == HEAD[0] && is_head() {
            bytes[at + SYSTEM] = HEAD[SYSTEM];
        }
    }
}

/// Passes a workbook on, written on Unix whatever system this is.
pub(crate) struct Alike<'w> {
    to: &'w mut (dyn Write + Send),
    /// What may be the beginning of a head.
    held: Vec<u8>,
}

impl<'w> Alike<'w> {
    pub(crate) fn new(to: &'w mut (dyn Write + Send)) -> Self {
        Alike { to, held: Vec::new() }
    }

    /// Passes on what is left.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.to.write_all(&std::mem::take(&mut self.held))?;
        self.to.flush()
    }
}

impl Write for Alike<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        say_unix(&mut self.held);
        let whole = self.held.len().saturating_sub(HEAD.len() - 1);
        self.to.write_all(&self.held[..whole])?;
        self.held.drain(..whole);
        Ok(bytes.len())
    }

    /// What is held may not be whole yet.
    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::Workbook;

    fn passed_on(bytes: &[u8], at_once: usize) -> Vec<u8> {
        let mut out = Vec::new();
        let mut alike = Alike::new(&mut out);
        for piece in bytes.chunks(at_once) {
            alike.write_all(piece).unwrap();
        }
        alike.finish().unwrap();
        out
    }

    /// Of a new version of a library that writes its list otherwise this says so, on any system.
    #[test]
    fn every_part_of_a_workbook_is_known() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "chữ").unwrap();
        let bytes = crate::book::bytes(&mut workbook).unwrap();
        for mut bytes in [crate::grow::freed(&bytes).unwrap(), bytes] {
            let entries = bytes.windows(4).enumerate().filter(|(_, part)| part == b"PK\x01\x02");
            let systems: Vec<usize> = entries.map(|(at, _)| at + SYSTEM).collect();
            assert!(systems.len() > 5);
            let whole = bytes.clone();
            systems.iter().for_each(|at| bytes[*at] = 0);
            assert!(bytes != whole);
            say_unix(&mut bytes);
            assert!(bytes == whole);
        }
    }

    #[test]
    fn the_system_is_unix_however_the_bytes_come_and_nothing_else_changes() {
        let mut windows = HEAD;
        windows[SYSTEM] = 0;
        let other = *b"PK\x01\x02\x14\x00\x14\x00\x00\x00\x00\x00\x00\x00\x21\x00";
        let before =
            [b"PKP".as_slice(), &windows, b"PK\x01\x02", &windows, &other, b"PK\x01\x02\x14"].concat();
        let after = [b"PKP".as_slice(), &HEAD, b"PK\x01\x02", &HEAD, &other, b"PK\x01\x02\x14"].concat();
        for at_once in 1..before.len() + 1 {
            assert_eq!(passed_on(&before, at_once), after, "{at_once} at once");
        }
        assert!(passed_on(b"", 1).is_empty());
    }
}
