//! Check digits.

/// Whether the digits satisfy Luhn's formula: cards, Canadian social insurance, and much else.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let value =
        |(place, digit): (usize, &u8)| u32::from(if place % 2 == 1 { doubled(*digit) } else { *digit });
    digits.iter().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

/// The sum of the digits, each multiplied by its weight.
pub(super) fn weighted(digits: &[u8], weights: &[u8]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * u32::from(*weight)).sum()
}

/// Whether the digits satisfy Verhoeff's formula, which catches every swap of neighbours: Indian Aadhaar.
pub(super) fn verhoeff(digits: &[u8]) -> bool {
    let step = |check: u8, (place, digit): (usize, &u8)| times(check, permuted(*digit, place % 8));
    digits.iter().rev().enumerate().fold(0, step) == 0
}

/// Multiplication in the symmetry group of the pentagon.
fn times(a: u8, b: u8) -> u8 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// `digit` put through Verhoeff's permutation `times` times.
fn permuted(digit: u8, times: usize) -> u8 {
    const ONCE: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    (0..times).fold(digit, |digit, _| ONCE[usize::from(digit)])
}

/// Whether the last digit is the check digit of the others by ISO 7064, mod 11,10: German tax numbers.
pub(super) fn mod_11_10(digits: &[u8]) -> bool {
    let Some((check, digits)) = digits.split_last() else { return false };
    let step = |product: u32, digit: &u8| {
        let sum = (u32::from(*digit) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    };
    (11 - digits.iter().fold(10, step)) % 10 == u32::from(*check)
}

/// The number that the digits write.
pub(super) fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit))
}

/// Whether the digits are not all the same: a row of one digit is drawn, not issued, and satisfies many a formula.
pub(super) fn vary(digits: &[u8]) -> bool {
    digits.windows(2).any(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| byte - b'0').collect()
    }

    /// A formula, and a number that satisfies it.
    type Case = (fn(&[u8]) -> bool, &'static str);

    #[test]
    fn one_wrong_digit_is_noticed() {
        let cases: [Case; 3] = [(luhn, "4111111111111111"), (verhoeff, "2363"), (mod_11_10, "86095742719")];
        for (check, good) in cases {
            let good = digits(good);
            assert!(check(&good));
            for place in 0..good.len() {
                let mut bad = good.clone();
                bad[place] = (bad[place] + 1) % 10;
                assert!(!check(&bad), "{bad:?}");
            }
        }
    }
}
