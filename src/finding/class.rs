//! What kinds of fault there are.

/// What kind of fault a code is, in the order in which lists show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The file.
    File,
    /// The structure of the form.
    Structure,
    /// One cell.
    Cell,
    /// Time: against the calendar or last year.
    Time,
    /// The reporting units and what was decided about them.
    Organisation,
    /// The sum over the province.
    Consolidation,
    /// The plan.
    Plan,
    /// The program itself.
    Internal,
    /// Between the cells of one sheet.
    Record,
    /// Between the sheets of one form.
    CrossSheet,
}

impl Class {
    /// The letter its codes begin with.
    pub const fn letter(self) -> char {
        match self {
            Class::File => 'F',
            Class::Structure => 'S',
            Class::Cell => 'C',
            Class::Time => 'T',
            Class::Organisation => 'O',
            Class::Consolidation => 'K',
            Class::Plan => 'P',
            Class::Internal => 'I',
            Class::Record => 'R',
            Class::CrossSheet => 'X',
        }
    }
}
