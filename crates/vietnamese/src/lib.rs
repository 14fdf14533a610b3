//! What people type in Vietnamese, read as values.
