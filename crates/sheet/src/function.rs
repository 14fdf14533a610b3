//! The functions and operators that formulas may use: those that Excel 2010 and LibreOffice both know.

macro_rules! functions {
    ($($variant:ident $name:literal $says:literal)*) => {
        /// A function that every spreadsheet program since 2010 knows by the same name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Function {
            $(#[doc = $says] $variant,)*
        }

        impl Function {
            /// Its name in a formula.
            pub fn name(self) -> &'static str {
                match self {
                    $(Function::$variant => $name,)*
                }
            }
        }
    };
}

functions! {
    Abs "ABS" "A number without its sign."
    And "AND" "Whether all are true."
    Cell "CELL" "What is known of a cell besides its value: what is asked, the cell. “format” gives a short code of its number format."
    Column "COLUMN" "The number of a column; without an argument, of the cell at hand."
    Count "COUNT" "How many numbers there are."
    CountIf "COUNTIF" "How many cells meet a criterion."
    CountIfs "COUNTIFS" "How many cells, with their neighbours, meet several criteria."
    Date "DATE" "A day by year, month and day."
    Day "DAY" "The day of the month of a date."
    Exact "EXACT" "Whether two texts are the same, letter case counted."
    Hyperlink "HYPERLINK" "A link: target, words."
    If "IF" "Condition, then, otherwise."
    IfError "IFERROR" "A value, and what stands for it when it is an error."
    Index "INDEX" "Cell of a column by its place."
    IsLogical "ISLOGICAL" "Whether a value is TRUE or FALSE."
    IsNumber "ISNUMBER" "Whether a value is a number."
    Large "LARGE" "The n-th largest of numbers."
    Left "LEFT" "The first letters of a text."
    Len "LEN" "How long a text is."
    Match "MATCH" "Place of a value in a column; the third argument 0 asks for the very value."
    Max "MAX" "The greatest number."
    Mid "MID" "Letters from within a text: text, first, how many."
    Min "MIN" "The least number."
    Na "NA" "The error that says a value is not to be had."
    Not "NOT" "True for false, false for true."
    Or "OR" "Whether one is true at least."
    Rank "RANK" "Place of a number among others, the greatest first; a third argument of 1 asks for the least first."
    Repeat "REPT" "A text several times."
    Right "RIGHT" "The last letters of a text."
    Round "ROUND" "A number to so many places, halves away from zero."
    RoundDown "ROUNDDOWN" "A number to so many places, towards zero."
    RoundUp "ROUNDUP" "A number to so many places, away from zero."
    Row "ROW" "The number of a row; without an argument, of the cell at hand."
    Substitute "SUBSTITUTE" "A text with a part of it replaced wherever it stands."
    Sum "SUM" "The sum of numbers."
    SumIf "SUMIF" "The sum of cells whose neighbours meet a criterion."
    SumIfs "SUMIFS" "The sum of cells whose neighbours meet several criteria."
    SumProduct "SUMPRODUCT" "The sum of products, cell by cell."
    Trim "TRIM" "A text without the white space around it."
    Value "VALUE" "The number that a text writes."
}

impl Function {
    /// Whether it means the same when some of its arguments are put into a call of it.
    pub(crate) fn groups_freely(self) -> bool {
        matches!(self, Function::And | Function::Or | Function::Sum | Function::Min | Function::Max)
    }
}

/// What stands between two parts of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `<>`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `&`
    Join,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Operator {
    /// Its sign in a formula.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::Unequal => "<>",
            Operator::Less => "<",
            Operator::AtMost => "<=",
            Operator::Greater => ">",
            Operator::AtLeast => ">=",
            Operator::Join => "&",
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
        }
    }
}
