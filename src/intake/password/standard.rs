//! As Excel 2007 locks (MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9): SHA-1 and AES, each block by itself.

use super::{Aes, u32_at};
use sha1::{Digest, Sha1};

/// How often the password is stirred.
const TIMES: u32 = 50_000;
const HASH: usize = 20;

/// Decrypts the content in place; nothing when the password is another or the description makes no sense.
pub(super) fn decrypt(info: &[u8], password: &[u8], content: &mut [u8]) -> Option<()> {
    let header_size = usize::try_from(u32_at(info, 8)?).ok()?;
    let header = info.get(12..)?.get(..header_size)?;
    let key_bytes = usize::try_from(u32_at(header, 16)?).ok()? / 8;
    let verifier = info.get(12 + header_size..)?;
    let salt = verifier.get(4..20)?;
    let key = key(salt, password, key_bytes)?;
    let aes = Aes::new(&key)?;
    let mut typed = verifier.get(20..36)?.to_vec();
    let mut hash = verifier.get(40..72)?.to_vec();
    aes.decrypt(&mut typed);
    aes.decrypt(&mut hash);
    (Sha1::digest(&typed).as_slice() == hash.get(..HASH)?).then(|| aes.decrypt(content))
}

fn key(salt: &[u8], password: &[u8], bytes: usize) -> Option<Vec<u8>> {
    let mut hash = Sha1::new().chain_update(salt).chain_update(password).finalize();
    for time in 0..TIMES {
        hash = Sha1::new().chain_update(time.to_le_bytes()).chain_update(hash).finalize();
    }
    let hash = Sha1::new().chain_update(hash).chain_update([0; 4]).finalize();
    let half = |fill: u8| {
        let mut block = [fill; 64];
        block.iter_mut().zip(hash).for_each(|(byte, hash)| *byte ^= hash);
        Sha1::digest(block)
    };
    [half(0x36), half(0x5C)].concat().get(..bytes).map(<[u8]>::to_vec)
}
