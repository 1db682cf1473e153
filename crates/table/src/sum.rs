//! How are many numbers added without losing cents?

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

    /// The sum of what was added, or nothing when nothing was: the sum of no value is not zero.
    pub fn total(self) -> Option<f64> {
        (self.count > 0).then_some(self.total + self.lost)
    }
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
}
