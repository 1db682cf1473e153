//! In which order do things stand?

use std::cmp::Ordering;

/// The indices 0 to `n`, ordered by a comparison of two of them; equal ones keep their order.
///
/// One sort for the whole engine, and a merge sort of twenty lines: the standard library's is faster on long lists, but
/// is compiled anew, two kilobytes a time, for every type it sorts.
///
/// ```
/// let words = ["c", "a", "b"];
/// assert_eq!(encart_table::order::order_by(3, &mut |one, other| words[one].cmp(words[other])), [1, 2, 0]);
/// ```
pub fn order_by(n: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut width = 1;
    while width < n {
        let mut merged = Vec::with_capacity(n);
        for pair in order.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((&one, rest_left)), Some((&other, rest_right))) = (left.split_first(), right.split_first())
            {
                if compare(one, other) == Ordering::Greater {
                    merged.push(other);
                    right = rest_right;
                } else {
                    merged.push(one);
                    left = rest_left;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        width *= 2;
    }
    order
}

/// The values in ascending order.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let value = |idx: usize| values.get(idx).copied().unwrap_or(f64::NAN);
    order_by(values.len(), &mut |one, other| value(one).total_cmp(&value(other))).into_iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_keep_their_order() {
        for n in [0, 1, 2, 3, 7, 64, 100] {
            let key = |idx: usize| (idx * 7919) % 10;
            let mut expected: Vec<usize> = (0..n).collect();
            expected.sort_by_key(|idx| key(*idx));
            assert_eq!(order_by(n, &mut |one, other| key(one).cmp(&key(other))), expected);
        }
    }
}
