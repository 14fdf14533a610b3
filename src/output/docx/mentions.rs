//! Words that lead to annexes.

use crate::report::model::Annex;
use word::{Letters, Run};

/// The name by which links find an annex, by its place from 0.
pub fn mark(annex: usize) -> String {
    format!("phu_luc_{}", annex + 1)
}

/// Words that lead to annexes.
pub struct Mentions {
    /// The words and the mark of each, the longest first.
    labels: Vec<(String, String)>,
}

impl Mentions {
    /// The labels of annexes in order.
    pub fn of(annexes: &[Annex<'_>]) -> Self {
        let labels = annexes.iter().enumerate().map(|(at, annex)| (annex.head.label.clone(), mark(at)));
        let mut labels: Vec<_> = labels.filter(|(label, _)| !label.is_empty()).collect();
        labels.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
        Mentions { labels }
    }

    /// Words with every mention made a link.
    pub fn linked(&self, words: &str, letters: Letters) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut rest = words;
        while let Some((at, label, mark)) = self.first(rest) {
            let (before, from) = rest.split_at(at);
            let (words, after) = from.split_at(label.len());
            if !before.is_empty() {
                runs.push(Run::Text(before.to_owned(), letters));
            }
            runs.push(Run::Link { to: mark.to_owned(), words: words.to_owned(), letters });
            rest = after;
        }
        if !rest.is_empty() || runs.is_empty() {
            runs.push(Run::Text(rest.to_owned(), letters));
        }
        runs
    }

    /// Where words first have a label that no further letter follows.
    fn first(&self, words: &str) -> Option<(usize, &str, &str)> {
        let found = self.labels.iter().filter_map(|(label, mark)| {
            let ends = |at: usize| !words[at + label.len()..].starts_with(char::is_alphanumeric);
            let at = words.match_indices(label.as_str()).map(|(at, _)| at).find(|at| ends(*at))?;
            Some((at, label.as_str(), mark.as_str()))
        });
        found.min_by_key(|(at, ..)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lead_to_their_annexes_and_no_further_letter_is_torn_off() {
        let labels = ["Phụ lục I", "Phụ lục II"].iter().enumerate();
        let mut labels: Vec<_> = labels.map(|(at, label)| ((*label).to_owned(), mark(at))).collect();
        labels.reverse();
        let mentions = Mentions { labels };
        let linked = |words: &str| -> Vec<String> {
            let runs = mentions.linked(words, Letters::default()).into_iter();
            let shown = runs.map(|run| match run {
                Run::Text(words, _) => words,
                Run::Link { to, words, .. } => format!("[{words}→{to}]"),
                Run::Picture(_) => String::new(),
            });
            shown.collect()
        };
        assert_eq!(
            linked("xem Phụ lục II và Phụ lục I."),
            ["xem ", "[Phụ lục II→phu_luc_2]", " và ", "[Phụ lục I→phu_luc_1]", "."]
        );
        assert_eq!(linked("Phụ lục III, Phụ lục Iđ"), ["Phụ lục III, Phụ lục Iđ"]);
        assert_eq!(linked(""), [""]);
    }
}
