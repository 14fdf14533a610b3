//! What is alike is told once.

/// Values under what they share, in the order in which each first occurs.
///
/// ```
/// let told = [("a", 1), ("b", 2), ("a", 3)];
/// assert_eq!(xhht::report::together(told), [("a", vec![1, 3]), ("b", vec![2])]);
/// ```
pub fn together<K: PartialEq, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Vec<(K, Vec<V>)> {
    let mut shared: Vec<(K, Vec<V>)> = Vec::new();
    for (key, value) in pairs {
        match shared.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => shared.push((key, vec![value])),
        }
    }
    shared
}
