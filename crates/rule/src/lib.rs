//! A small language of cross-checks: evaluated, written as Excel formulas, told as Vietnamese sentences.
