//! How many of those who owe a figure gave it.

use serde::{Deserialize, Serialize};

/// How many gave the figure of how many who owe it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Those who gave it.
    pub reported: usize,
    /// Those who owe it.
    pub expected: usize,
}
