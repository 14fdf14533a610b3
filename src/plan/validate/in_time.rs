//! What changes in a plan's life: who is asked from when to when, and what things are called from a day on.

use super::{Checker, Known};
use crate::domain::{Dated, Reporter, Validity};
use crate::finding::Code;
use crate::plan::file::Spanned;
use crate::plan::sheet::Asked;
use chrono::NaiveDate;

type Text = Spanned<String>;

impl Checker<'_> {
    /// Of whom and when a part of the form is asked.
    pub(super) fn asked(
        &mut self,
        of: &[Text],
        from: Option<&Text>,
        to: Option<&Text>,
        known: &Known<'_>,
    ) -> Asked {
        let reporters = of.iter().filter_map(|id| self.reporter(id, known));
        Asked { of: reporters.collect(), validity: self.span(from, to) }
    }

    fn reporter(&mut self, id: &Text, known: &Known<'_>) -> Option<Reporter> {
        let reporter = known.reporter(id.get_ref());
        if reporter.is_none() {
            self.unknown(id, "cấp hoặc đơn vị", &known.how_to_name_reporters());
        }
        reporter
    }

    /// From when to when something is asked, within what it stands in.
    pub(super) fn span(&mut self, from: Option<&Text>, to: Option<&Text>) -> Validity {
        self.validity(from, to, Validity::ALWAYS.from)
    }

    /// Words that change from days on: each entry says what it changes of the words before it.
    pub(super) fn words<T, F>(
        &mut self,
        first: T,
        later: &[F],
        from: impl Fn(&F) -> &Text,
        next: impl Fn(&T, &F) -> T,
    ) -> Dated<T> {
        let mut words = Dated::new(first);
        let mut before = NaiveDate::MIN;
        for entry in later {
            let at = from(entry);
            let Some(day) = self.date(at) else { continue };
            if before >= day {
                let what = "các cách gọi phải theo thứ tự thời gian".to_owned();
                self.mistake(Code::P009, at, what, "xếp lại theo ngày tăng dần");
                continue;
            }
            let changed = next(words.last(), entry);
            words.add(day, changed);
            before = day;
        }
        words
    }
}
