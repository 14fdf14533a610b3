//! As Excel 2010 and later lock (MS-OFFCRYPTO 2.3.4.10 to 2.3.4.15): a description in XML, AES chained in segments.

use super::{Aes, BLOCK};
use mail_parser::decoders::base64::base64_decode;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Excel stirs the password 100.000 times; nobody else needs to wait longer.
const MOST_TIMES: u32 = 1_000_000;
/// The content is decrypted in pieces of this size, each begun anew.
const SEGMENT: usize = 4096;

// What sets the keys apart that are made of one password.
const OF_THE_VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const OF_ITS_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const OF_THE_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// Decrypts the content in place; nothing when the password is another or the description makes no sense.
pub(super) fn decrypt(description: &[u8], password: &[u8], content: &mut [u8]) -> Option<()> {
    let (data, lock) = described(description)?;
    let mut hash = lock.hash.of(&[&lock.salt, password]);
    for time in 0..lock.times {
        hash = lock.hash.of(&[&time.to_le_bytes(), &hash]);
    }
    let unlocked = |which: &[u8], sealed: &[u8]| {
        let key = filled(lock.hash.of(&[&hash, which]), lock.key_bytes);
        let mut bytes = sealed.to_vec();
        Aes::new(&key)?.decrypt_chained(start(&lock.salt), &mut bytes);
        Some(bytes)
    };
    let verifier = unlocked(&OF_THE_VERIFIER, &lock.sealed[0])?;
    let expected = unlocked(&OF_ITS_HASH, &lock.sealed[1])?;
    let found = lock.hash.of(&[verifier.get(..lock.salt.len())?]);
    if expected.get(..found.len())? != found {
        return None;
    }
    let key = unlocked(&OF_THE_KEY, &lock.sealed[2])?;
    let aes = Aes::new(key.get(..data.key_bytes)?)?;
    for (number, segment) in (0_u32..).zip(content.chunks_mut(SEGMENT)) {
        aes.decrypt_chained(start(&data.hash.of(&[&data.salt, &number.to_le_bytes()])), segment);
    }
    Some(())
}

/// How something is sealed.
struct Seal {
    salt: Vec<u8>,
    key_bytes: usize,
    hash: Hash,
    times: u32,
    /// Of the password: verifier, its hash, the key of the content.
    sealed: [Vec<u8>; 3],
}

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            parts.iter().fold(D::new(), |digest, part| digest.chain_update(part)).finalize().to_vec()
        }
        match self {
            Hash::Sha1 => digest::<Sha1>(parts),
            Hash::Sha256 => digest::<Sha256>(parts),
            Hash::Sha384 => digest::<Sha384>(parts),
            Hash::Sha512 => digest::<Sha512>(parts),
        }
    }
}

/// The seal of the content, and that of the password.
fn described(description: &[u8]) -> Option<(Seal, Seal)> {
    let mut xml = Reader::from_reader(description);
    let (mut data, mut lock) = (None, None);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).ok()? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "keyData" => data = Some(seal(&e)?),
                "encryptedKey" => lock = Some(seal(&e)?),
                _ => {}
            },
            Event::Eof => return data.zip(lock),
            _ => {}
        }
    }
}

fn seal(e: &BytesStart) -> Option<Seal> {
    let text = |name: &str| {
        let attribute = e.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
        Some(attribute.value.into_owned())
    };
    let bytes = |name: &str| text(name).and_then(|value| base64_decode(value.as_bytes()));
    let is = |name: &str, value: &str| text(name).is_some_and(|given| given.eq_ignore_ascii_case(value));
    if !is("cipherAlgorithm", "AES") || !is("cipherChaining", "ChainingModeCBC") {
        return None;
    }
    let hash = match text("hashAlgorithm")?.to_ascii_uppercase().as_str() {
        "SHA1" | "SHA-1" => Hash::Sha1,
        "SHA256" | "SHA-256" => Hash::Sha256,
        "SHA384" | "SHA-384" => Hash::Sha384,
        "SHA512" | "SHA-512" => Hash::Sha512,
        _ => return None,
    };
    let times = text("spinCount").map_or(Some(0), |count| count.parse().ok())?;
    let sealed = ["encryptedVerifierHashInput", "encryptedVerifierHashValue", "encryptedKeyValue"];
    Some(Seal {
        salt: bytes("saltValue")?,
        key_bytes: text("keyBits")?.parse::<usize>().ok()? / 8,
        hash,
        times: Some(times).filter(|times| *times <= MOST_TIMES)?,
        sealed: sealed.map(|name| bytes(name).unwrap_or_default()),
    })
}

/// Cut or filled to a length.
fn filled(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length.min(64), 0x36);
    bytes
}

fn start(salt: &[u8]) -> [u8; BLOCK] {
    let mut block = [0x36; BLOCK];
    block.iter_mut().zip(salt).for_each(|(byte, salt)| *byte = *salt);
    block
}
