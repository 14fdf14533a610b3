//! By what a content is known.

use crate::plan::hex;
use sha2::{Digest, Sha256};

/// SHA-256 of a content, lower-case hexadecimal.
pub fn digested(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
