//! How are many numbers added without losing cents?

use crate::decimal::power_of_ten;

/// Whether a gap between a printed total and the sum of so many parts may come of rounding: the error of a rounded part is
/// spread evenly over one step, so that three standard deviations of the sum are three times the root of a twelfth of their
/// number; the total is rounded by half a step too.
pub fn may_be_rounding(gap: f64, n_parts: usize, n_decimals: usize) -> bool {
    let step = 1.0 / power_of_ten(n_decimals as i32);
    gap.abs() <= step * (0.5 + 3.0 * (n_parts as f64 / 12.0).sqrt())
}

/// A compensated sum (Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974).
/// The error stays near one unit in the last place however many numbers are added.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sum {
    total: f64,
    lost: f64,
    /// How many numbers were added.
    pub count: usize,
}

impl Sum {
    /// Adds one number.
    pub fn add(&mut self, number: f64) {
        let total = self.total + number;
        self.lost += if self.total.abs() >= number.abs() {
            (self.total - total) + number
        } else {
            (number - total) + self.total
        };
        self.total = total;
        self.count += 1;
    }

    /// Adds all that another sum added.
    pub fn merge(&mut self, other: Sum) {
        let count = self.count + other.count;
        self.add(other.total);
        self.add(other.lost);
        self.count = count;
    }

    /// The sum of what was added since it was another.
    pub fn since(self, before: Sum) -> f64 {
        fifteen_digits((self.total - before.total) + (self.lost - before.lost))
    }

    /// The sum of what was added, or nothing when nothing was: the sum of no value is not zero. Rounded to fifteen
    /// significant digits, all that a double keeps of a decimal: a sum of euros and cents is what the accountant finds.
    pub fn total(self) -> Option<f64> {
        (self.count > 0).then(|| fifteen_digits(self.total + self.lost))
    }
}

/// A number with fifteen significant digits: `0.1 + 0.2` is `0.3`.
pub fn fifteen_digits(number: f64) -> f64 {
    const MOST: f64 = 1e15;
    if number == 0.0 || number.abs() >= MOST {
        return number;
    }
    let fits = |decimals: &i32| number.abs() * power_of_ten(*decimals) >= MOST;
    let power = power_of_ten((1..=22).find(fits).unwrap_or(22) - 1);
    (number * power).round() / power
}

/// The sum of some numbers.
pub fn sum(numbers: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sum = Sum::default();
    numbers.into_iter().for_each(|number| sum.add(number));
    sum.total()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_times_ten_cents_is_one_euro() {
        assert_eq!(sum([0.1; 10]), Some(1.0));
        assert_eq!(sum([1e16, 1.0, -1e16]), Some(1.0));
        assert_eq!(sum([]), None);
    }

    // Amounts of 0,01 € to 99 999,99 €, whose doubles are almost never exact: the cents must be.
    #[test]
    fn a_sum_of_euros_is_what_the_accountant_finds() {
        let mut cents = 7_u64;
        let (mut exact, mut sums) = (0_u64, Sum::default());
        for _ in 0..100_000 {
            cents = (cents * 1_103_515_245 + 12_345) % 9_999_999 + 1;
            exact += cents;
            sums.add(cents as f64 / 100.0);
            assert_eq!(sums.total(), Some(exact as f64 / 100.0));
        }
    }
}
