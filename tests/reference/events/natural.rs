//! Natural numbers of any size, as far as proofs about powers need them.

use std::cmp::Ordering;

/// Digits to the base 2^32, the least first, without zeros at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Natural(Vec<u32>);

impl Natural {
    pub fn of(number: u128) -> Self {
        Self((0..4).map(|at| (number >> (32 * at)) as u32).collect()).trimmed()
    }

    pub fn power_of_two(exponent: usize) -> Self {
        let mut digits = vec![0; exponent / 32];
        digits.push(1 << (exponent % 32));
        Self(digits)
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    pub fn times(&self, other: &Self) -> Self {
        let mut digits = vec![0u32; self.0.len() + other.0.len()];
        for (at, a) in self.0.iter().enumerate() {
            let mut carry = 0u64;
            for (place, b) in digits[at..].iter_mut().zip(other.0.iter().chain(std::iter::repeat(&0))) {
                let sum = u64::from(*a) * u64::from(*b) + u64::from(*place) + carry;
                *place = sum as u32;
                carry = sum >> 32;
            }
        }
        Self(digits).trimmed()
    }

    pub fn power(&self, mut exponent: u32) -> Self {
        let (mut result, mut square) = (Self::of(1), self.clone());
        while exponent > 0 {
            if exponent % 2 == 1 {
                result = result.times(&square);
            }
            exponent /= 2;
            if exponent > 0 {
                square = square.times(&square);
            }
        }
        result
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}
