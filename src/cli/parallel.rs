//! Work shared among threads whose outcome does not tell how many there were.

use crate::error::Error;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Does the work for every item; the results stand in the items' order. Each thread takes the next item that nobody has
/// taken, so no more items are in hand than there are threads.
///
/// # Errors
/// The error of the first item, in order, that has one.
pub(super) fn in_parallel<Item: Sync, Done: Send>(
    threads: NonZeroUsize,
    items: &[Item],
    work: impl Fn(&Item) -> Result<Done, Error> + Sync,
) -> Result<Vec<Done>, Error> {
    let threads = threads.get().min(items.len());
    if threads <= 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let (done, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (done, next, work) = (done.clone(), &next, &work);
            scope.spawn(move || {
                while let Some((index, item)) = taken(items, next) {
                    let result = work(item);
                    let failed = result.is_err();
                    // Items after one that failed are of no use; those before it are in hand or done.
                    if done.send((index, result)).is_err() || failed {
                        next.fetch_max(items.len(), Ordering::Relaxed);
                    }
                }
            });
        }
        drop(done);
        let mut all: Vec<Option<Result<Done, Error>>> = items.iter().map(|_| None).collect();
        for (index, result) in results {
            all[index] = Some(result);
        }
        // What is missing behind a failure is never reached.
        all.into_iter().flatten().collect()
    })
}

/// The next item nobody has taken.
fn taken<'a, Item>(items: &'a [Item], next: &AtomicUsize) -> Option<(usize, &'a Item)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    items.get(index).map(|item| (index, item))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threads(number: usize) -> NonZeroUsize {
        NonZeroUsize::new(number).unwrap()
    }

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..100).collect();
        // The earlier an item, the longer it takes.
        let slow = |item: &u64| {
            thread::sleep(std::time::Duration::from_micros(500 - 5 * item));
            Ok(item * item)
        };
        let expected: Vec<u64> = items.iter().map(|item| item * item).collect();
        for number in [1, 2, 7, 200] {
            assert_eq!(in_parallel(threads(number), &items, slow).unwrap(), expected);
        }
        assert!(in_parallel(threads(7), &[] as &[u64], slow).unwrap().is_empty());
    }

    #[test]
    fn the_first_error_in_order_is_told() {
        let items: Vec<u64> = (0..50).collect();
        let failing = |item: &u64| match item {
            20..30 => Err(Error::Usage(item.to_string())),
            _ => Ok(*item),
        };
        for number in [1, 2, 7] {
            let error = in_parallel(threads(number), &items, failing).unwrap_err();
            assert_eq!(error.to_string(), Error::Usage("20".to_owned()).to_string());
        }
    }
}
