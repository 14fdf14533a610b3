//! As Excel 97–2003 locks (MS-XLS 2.2.10, MS-OFFCRYPTO 2.3.5, 2.3.6): the data of records, by RC4.

use super::super::biff::{u16_at, u32_at};
use super::super::compound;
use super::DEFAULT;
use md5::Md5;
use sha1::{Digest, Sha1};

/// The record that tells how the stream is locked.
const FILE_PASS: u16 = 0x002F;
/// A record that readers pass over; it stands in the place of the one above when nothing is locked any more.
const PASSED_OVER: u16 = 0x0161;
/// The cipher begins anew after so many bytes of the stream.
const PIECE: usize = 1024;
/// Records whose data stay open: they must be read before the lock is known. (BOF, FilePass, UsrExcl, FileLock,
/// InterfaceHdr, RRDInfo, RRDHead.)
const OPEN: [u16; 7] = [0x0809, FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];
/// Where a sheet begins stands open as well, in its first four bytes.
const BOUND_SHEET: u16 = 0x0085;

/// The same file unlocked, if Excel's default password opens it.
pub(in crate::intake) fn opened(bytes: &[u8]) -> Option<Vec<u8>> {
    opened_with(bytes, DEFAULT)
}

pub(super) fn opened_with(bytes: &[u8], password: &str) -> Option<Vec<u8>> {
    compound::with_workbook(bytes, |content| unlock(content, password))
}

fn unlock(stream: &mut [u8], password: &str) -> Option<()> {
    let (at, lock) =
        records(stream).find(|(_, kind, _)| *kind == FILE_PASS).map(|(at, _, data)| (at, data.to_vec()))?;
    let lock = Lock::new(&lock, password)?;
    let places: Vec<(usize, u16, usize)> =
        records(stream).map(|(at, kind, data)| (at + 4, kind, data.len())).collect();
    // The headers of records are not encrypted, but the cipher runs on beneath them.
    let mut key = Keystream { lock: &lock, piece: usize::MAX, bytes: Vec::new() };
    for (start, kind, length) in places {
        let open = match kind {
            kind if OPEN.contains(&kind) => length,
            BOUND_SHEET => length.min(4),
            _ => 0,
        };
        let data = stream.get_mut(start + open..start + length)?;
        data.iter_mut().zip(start + open..).for_each(|(byte, place)| *byte ^= key.at(place));
    }
    stream.get_mut(at..at + 2)?.copy_from_slice(&PASSED_OVER.to_le_bytes());
    Some(())
}

/// Records with the places where they begin.
fn records(stream: &[u8]) -> impl Iterator<Item = (usize, u16, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        let data = stream.get(at + 4..at + 4 + length)?;
        let record = (at, kind, data);
        at += 4 + length;
        Some(record)
    })
}

/// What the keys of the pieces are made of.
enum Lock {
    /// RC4 of Excel 97.
    Md5([u8; 5]),
    /// That of the operating system, with a key of so many bytes.
    Sha1(Vec<u8>, usize),
}

impl Lock {
    /// The lock that a FilePass record describes; nothing when the password does not fit or the lock is of another kind.
    fn new(data: &[u8], password: &str) -> Option<Lock> {
        let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        // 0 would be Excel 95's, which hides and does not encrypt.
        if u16_at(data, 0)? != 1 {
            return None;
        }
        let (lock, verifier, hash) = match (u16_at(data, 2)?, u16_at(data, 4)?) {
            (1, 1) => {
                let salt = data.get(6..22)?;
                let first = Md5::digest(&password);
                let mixed = [first.get(..5)?, salt].concat().repeat(16);
                let lock = Lock::Md5(*Md5::digest(mixed).first_chunk()?);
                (lock, data.get(22..38)?, data.get(38..54)?)
            }
            (2..=4, 2) => {
                let header_size = usize::try_from(u32_at(data, 10)?).ok()?;
                let key_bits = usize::try_from(u32_at(data.get(14..)?.get(..header_size)?, 16)?).ok()?;
                let verifier = data.get(14 + header_size..)?;
                let hash = Sha1::new().chain_update(verifier.get(4..20)?).chain_update(&password).finalize();
                // None told means 40.
                let bytes = if key_bits == 0 { 5 } else { key_bits / 8 };
                (Lock::Sha1(hash.to_vec(), bytes), verifier.get(20..36)?, verifier.get(40..60)?)
            }
            _ => return None,
        };
        let mut cipher = Rc4::new(&lock.key(0));
        let typed: Vec<u8> = verifier.iter().map(|byte| byte ^ cipher.next()).collect();
        let hash: Vec<u8> = hash.iter().map(|byte| byte ^ cipher.next()).collect();
        let expected = match lock {
            Lock::Md5(_) => Md5::digest(&typed).to_vec(),
            Lock::Sha1(..) => Sha1::digest(&typed).to_vec(),
        };
        (hash == expected).then_some(lock)
    }

    fn key(&self, piece: u32) -> Vec<u8> {
        match self {
            Lock::Md5(first) => {
                Md5::new().chain_update(first).chain_update(piece.to_le_bytes()).finalize().to_vec()
            }
            Lock::Sha1(hash, bytes) => {
                let mut key =
                    Sha1::new().chain_update(hash).chain_update(piece.to_le_bytes()).finalize().to_vec();
                key.truncate((*bytes).max(1));
                // A key of 40 bits is filled up.
                key.resize(key.len().max(if *bytes == 5 { 16 } else { 0 }), 0);
                key
            }
        }
    }
}

/// The bytes that are laid over the stream, piece by piece.
struct Keystream<'a> {
    lock: &'a Lock,
    piece: usize,
    bytes: Vec<u8>,
}

impl Keystream<'_> {
    fn at(&mut self, place: usize) -> u8 {
        let piece = place / PIECE;
        if piece != self.piece {
            let mut cipher = Rc4::new(&self.lock.key(u32::try_from(piece).unwrap_or(u32::MAX)));
            self.bytes = (0..PIECE).map(|_| cipher.next()).collect();
            self.piece = piece;
        }
        self.bytes[place % PIECE]
    }
}

struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    fn new(key: &[u8]) -> Rc4 {
        let mut state: [u8; 256] = std::array::from_fn(|place| place as u8);
        let mut j = 0_u8;
        for (i, key) in (0..256).zip(key.iter().cycle()) {
            j = j.wrapping_add(state[i]).wrapping_add(*key);
            state.swap(i, usize::from(j));
        }
        Rc4 { state, i: 0, j: 0 }
    }

    fn next(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        self.j = self.j.wrapping_add(self.state[usize::from(self.i)]);
        self.state.swap(usize::from(self.i), usize::from(self.j));
        let sum = self.state[usize::from(self.i)].wrapping_add(self.state[usize::from(self.j)]);
        self.state[usize::from(sum)]
    }
}
