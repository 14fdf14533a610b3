//! Workbooks locked by Excel's own default password: Excel writes them when a workbook is protected against changes, and
//! opens them without asking, so their senders know of no password (MS-OFFCRYPTO 2.3, 2.4.2.3).

mod agile;
mod standard;
pub(super) mod xls;

use super::biff::{u16_at, u32_at};
use super::limits::{LARGEST_FILE, LARGEST_PACKAGE};
use super::unreadable::Unreadable;
use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use cfb::CompoundFile;
use std::io::{Cursor, Read};

/// Excel's own.
pub(super) const DEFAULT: &str = "VelvetSweatshop";
/// Bytes of a block of AES.
const BLOCK: usize = 16;

/// The workbook inside a locked package, if the default password opens it.
///
/// # Errors
/// It does not, or the package is damaged.
pub(super) fn opened(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    opened_with(bytes, DEFAULT).ok_or_else(Unreadable::encrypted)
}

fn opened_with(bytes: &[u8], password: &str) -> Option<Vec<u8>> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut stream = |name: &str, most: u64| {
        let mut bytes = Vec::new();
        file.open_stream(name).ok()?.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    };
    let info = stream("/EncryptionInfo", 1 << 20)?;
    let package = stream("/EncryptedPackage", LARGEST_FILE.min(LARGEST_PACKAGE))?;
    let size = usize::try_from(u64::from_le_bytes(*package.first_chunk()?)).ok()?;
    let mut content = package.get(8..)?.to_vec();
    // The last block may lack what only fills it.
    content.resize(content.len().next_multiple_of(BLOCK), 0);
    let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    match (u16_at(&info, 0)?, u16_at(&info, 2)?) {
        (4, 4) => agile::decrypt(info.get(8..)?, &password, &mut content)?,
        (2..=4, 2) => standard::decrypt(&info, &password, &mut content)?,
        _ => return None,
    }
    content.truncate(size);
    Some(content)
}

/// AES with a key of any of its lengths.
enum Aes {
    Short(Aes128),
    Middle(Aes192),
    Long(Aes256),
}

impl Aes {
    fn new(key: &[u8]) -> Option<Aes> {
        match key.len() {
            16 => Aes128::new_from_slice(key).ok().map(Aes::Short),
            24 => Aes192::new_from_slice(key).ok().map(Aes::Middle),
            32 => Aes256::new_from_slice(key).ok().map(Aes::Long),
            _ => None,
        }
    }

    fn block(&self, bytes: &mut [u8; BLOCK]) {
        let mut block = (*bytes).into();
        match self {
            Aes::Short(aes) => aes.decrypt_block(&mut block),
            Aes::Middle(aes) => aes.decrypt_block(&mut block),
            Aes::Long(aes) => aes.decrypt_block(&mut block),
        }
        *bytes = block.into();
    }

    /// Each block by itself.
    fn decrypt(&self, bytes: &mut [u8]) {
        bytes.as_chunks_mut::<BLOCK>().0.iter_mut().for_each(|block| self.block(block));
    }

    /// Each block chained to the one before.
    fn decrypt_chained(&self, first: [u8; BLOCK], bytes: &mut [u8]) {
        let mut before = first;
        for block in bytes.as_chunks_mut::<BLOCK>().0 {
            let sealed = *block;
            self.block(block);
            block.iter_mut().zip(before).for_each(|(byte, before)| *byte ^= before);
            before = sealed;
        }
    }
}

#[cfg(test)]
mod tests;
