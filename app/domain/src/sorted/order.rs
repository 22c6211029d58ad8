//! Sorting, compiled once for all types.
//!
//! The standard library's sorts are several kilobytes of code per type and
//! order. Here the algorithm only knows places; what differs is a comparison
//! and an exchange of two places.

use std::cmp::Ordering;

/// How two places compare. Not `dyn FnMut`: that brings a second way of calling
/// with it, compiled for every comparison and never used.
trait Compare {
    fn compare(&mut self, a: usize, b: usize) -> Ordering;
}

impl<F: FnMut(usize, usize) -> Ordering> Compare for F {
    fn compare(&mut self, a: usize, b: usize) -> Ordering {
        self(a, b)
    }
}

/// Exchanges two places.
trait Swap {
    fn swap(&mut self, a: usize, b: usize);
}

impl<F: FnMut(usize, usize)> Swap for F {
    fn swap(&mut self, a: usize, b: usize) {
        self(a, b);
    }
}

/// How what stands at a place compares with what is looked for.
pub(super) trait Known {
    fn known(&self, at: usize) -> Ordering;
}

impl<F: Fn(usize) -> Ordering> Known for F {
    fn known(&self, at: usize) -> Ordering {
        self(at)
    }
}

/// The place among `len` sorted things, or where it would be. What comes behind
/// all others is found at once.
#[inline(never)]
pub(super) fn search(len: usize, list: &dyn Known) -> Result<usize, usize> {
    let (mut from, mut to) = (0, len);
    if len > 0 && list.known(len - 1).is_lt() {
        from = len;
    }
    while from < to {
        let middle = usize::midpoint(from, to);
        match list.known(middle) {
            Ordering::Less => from = middle + 1,
            Ordering::Equal => return Ok(middle),
            Ordering::Greater => to = middle,
        }
    }
    Err(from)
}

/// Stable, `O(n log n)` comparisons.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let places = order(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    arrange(places, &mut |a, b| list.swap(a, b));
}

/// Stable; the key of an element is taken at each comparison.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, Ord::cmp);
}

/// Which of `len` things stands first, second and so on: a merge sort from the
/// bottom up.
fn order(len: usize, list: &mut dyn Compare) -> Vec<usize> {
    let mut from: Vec<usize> = (0..len).collect();
    let mut width = 1;
    while width < len {
        let mut to = Vec::with_capacity(len);
        for pair in from.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((a, rest_left)), Some((b, rest_right))) =
                (left.split_first(), right.split_first())
            {
                if list.compare(*b, *a).is_lt() {
                    to.push(*b);
                    right = rest_right;
                } else {
                    to.push(*a);
                    left = rest_left;
                }
            }
            to.extend_from_slice(left);
            to.extend_from_slice(right);
        }
        from = to;
        width *= 2;
    }
    from
}

/// Brings `places[i]` to `i` for every `i`, cycle by cycle.
fn arrange(mut places: Vec<usize>, list: &mut dyn Swap) {
    for start in 0..places.len() {
        let mut at = start;
        while places[at] != start {
            let next = places[at];
            list.swap(at, next);
            places[at] = at;
            at = next;
        }
        places[at] = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut state = 7_u64;
        for len in (0..70).chain([1_000]) {
            for spread in [1, 3, 1_000] {
                let mut list: Vec<(u64, usize)> = (0..len)
                    .map(|at| {
                        state = state
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        ((state >> 33) % spread, at)
                    })
                    .collect();
                let mut expected = list.clone();
                expected.sort_by_key(|(value, _)| *value);
                sort_by_key(&mut list, |(value, _)| *value);
                assert_eq!(list, expected, "{len} values below {spread}");
            }
        }
    }

    #[test]
    fn sorting_thousands_compares_few() {
        let (mut list, mut count): (Vec<usize>, _) = ((0..4_096).rev().collect(), 0);
        sort_by(&mut list, |a, b| {
            count += 1;
            a.cmp(b)
        });
        assert!(list.is_sorted() && count <= 4_096 * 12, "{count} comparisons");
    }
}
