//! Addresses, formulas, styles and page set-ups of workbooks that are written.
