//! The work of a run over values and bytes: files that came are opened and read, judged together, and become the files
//! that go out. Whoever has the files, the command line or a page in a browser, does the rest.
//!
//! ```text
//! bytes ─► Opened (raw cells, or why not) ─► Received ─► Case ─► Judged ─► Paper (name, bytes)
//! ```

mod alone;
mod case;
mod desk;
mod digested;
mod handout;
mod lower;
mod lying;
mod opened;
mod papers;
mod records;
mod season_year;
mod told;

pub use alone::{Alone, Copy, Sender, Told};
pub use case::{Case, Judged, Known, of_all_years};
pub use desk::{Desk, Out, TakenIn, TypedDecision};
pub use digested::digested;
pub use handout::{CHECK_PAGE, DESK_PAGE, PAGE_MARK, QUICK_START, is_handout};
pub use lower::{LARGEST_RESULT, is_result_name, read_result};
pub use lying::{JOURNAL, Lying, is_aside, stays_inside};
pub use opened::{Holds, Opened, Opening, is_lock, lock, received, refused};
pub use papers::{Bytes, Paper, Papers, PdfFaults, Wanted};
pub use records::{Broken, speaking};
pub use season_year::year_on;
pub use told::{AskedTold, DecidedTold, IndicatorTold, SeasonTold, UnitTold};
