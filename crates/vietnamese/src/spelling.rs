//! Words that were nearly written right.

/// The known word one or two letters away, for “did you mean”; the first of those that are equally near.
///
/// ```
/// use vietnamese::spelling::nearest;
/// assert_eq!(nearest("huyên", ["tỉnh", "huyện", "xã"]), Some("huyện"));
/// assert_eq!(nearest("phường", ["tỉnh", "huyện", "xã"]), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 2 && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn two_letters_off_is_near_and_three_are_not() {
        assert_eq!(nearest("target", ["targets"]), Some("targets"));
        assert_eq!(nearest("tagret", ["target"]), Some("target"));
        assert_eq!(nearest("tgt", ["target"]), None);
        assert_eq!(nearest("đơnvi", ["đơn vị", "tỉnh"]), Some("đơn vị"), "letters are counted, not bytes");
    }

    #[test]
    fn a_short_word_is_not_near_to_everything() {
        assert_eq!(nearest("ab", ["x"]), None);
        assert_eq!(nearest("", ["x", "xy"]), None);
    }

    #[test]
    fn the_nearest_wins_and_then_the_first() {
        assert_eq!(nearest("level", ["lever s", "levels", "lovel"]), Some("levels"));
        assert_eq!(nearest("level", ["lovel", "levels"]), Some("lovel"));
    }
}
