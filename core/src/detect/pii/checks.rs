//! Check digit algorithms and other validity checks of numbers.

/// Returns whether the digits satisfy the Luhn algorithm, which payment cards, Canadian social insurance numbers and others use.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let value =
        |(place, digit): (usize, &u8)| u32::from(if place % 2 == 1 { doubled(*digit) } else { *digit });
    digits.iter().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

/// Returns the sum of the digits, each multiplied by its weight.
pub(super) fn weighted(digits: &[u8], weights: &[u8]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * u32::from(*weight)).sum()
}

/// Returns whether the digits satisfy the Verhoeff algorithm, which detects every transposition of adjacent digits. Indian Aadhaar
/// numbers use it.
pub(super) fn verhoeff(digits: &[u8]) -> bool {
    let step = |check: u8, (place, digit): (usize, &u8)| multiply_in_d5(check, permuted(*digit, place % 8));
    digits.iter().rev().enumerate().fold(0, step) == 0
}

/// Multiplies in the dihedral group D5, the symmetry group of the pentagon.
fn multiply_in_d5(a: u8, b: u8) -> u8 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// Applies Verhoeff's permutation `times` times to `digit`.
fn permuted(digit: u8, times: usize) -> u8 {
    const ONCE: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    (0..times).fold(digit, |digit, _| ONCE[usize::from(digit)])
}

/// Returns whether the last digit is the ISO 7064 mod 11,10 check digit of the others, as in German tax identification numbers.
pub(super) fn mod_11_10(digits: &[u8]) -> bool {
    let Some((check, digits)) = digits.split_last() else { return false };
    let step = |product: u32, digit: &u8| {
        let sum = (u32::from(*digit) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    };
    (11 - digits.iter().fold(10, step)) % 10 == u32::from(*check)
}

/// Returns the value of the decimal digits.
pub(super) fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit))
}

/// Returns whether the last character is the ISO 7064 mod 11-2 check character of the others, in which X stands for ten.
pub(super) fn mod_11_2(characters: &[u8]) -> bool {
    let Some((check, digits)) = characters.split_last() else { return false };
    let rest = digits.iter().fold(0, |rest, digit| (rest + u32::from(*digit)) * 2 % 11);
    (12 - rest) % 11 == if *check == b'X' { 10 } else { u32::from(*check) }
}

/// Returns whether the last digit is the ICAO 9303 check digit of travel documents, which weights digits and letters by 7, 3 and 1.
pub(super) fn icao_9303(characters: &[u8]) -> bool {
    let Some((check, characters)) = characters.split_last() else { return false };
    characters.iter().zip([7, 3, 1].into_iter().cycle()).map(|(v, weight)| base_36(*v) * weight).sum::<u32>()
        % 10
        == u32::from(*check)
}

/// Returns whether the last character is the check character of the others in the Luhn algorithm for 36 characters, which Indian
/// tax numbers use.
pub(super) fn mod_36(characters: &[u8]) -> bool {
    let Some((check, characters)) = characters.split_last() else { return false };
    let step = |sum: u32, (value, factor): (&u8, u32)| {
        let product = base_36(*value) * factor;
        sum + product / 36 + product % 36
    };
    let sum = characters.iter().zip([1, 2].into_iter().cycle()).fold(0, step);
    (36 - sum % 36) % 36 == base_36(*check)
}

/// Returns the value of a digit or letter, in which A is 10.
pub(super) fn base_36(v: u8) -> u32 {
    u32::from(if v.is_ascii_alphabetic() { v - b'A' + 10 } else { v })
}

/// Returns whether the last digit is the check digit of the others as in article numbers (EAN, GTIN), which weight digits by 1 and 3.
pub(super) fn ean(digits: &[u8]) -> bool {
    let value = |(place, digit): (usize, &u8)| u32::from(*digit) * if place % 2 == 1 { 3 } else { 1 };
    digits.iter().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

/// Returns the sum of the decimal digits of all products of a digit and its weight.
pub(super) fn digit_sums(digits: &[u8], weights: &[u8]) -> u32 {
    let digit_sum = |product: u8| u32::from(product / 10 + product % 10);
    digits.iter().zip(weights).map(|(digit, weight)| digit_sum(digit * weight)).sum()
}

/// Returns whether `day` is a valid day of `month`, both given as digits. 29 February is valid.
pub(super) fn is_day(month: &[u8], day: &[u8]) -> bool {
    let days = match number(month) {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&number(day))
}

/// Returns whether the digits differ, whatever the letters are. A repeated digit is filler rather than an issued number, but it
/// satisfies many check digit algorithms.
pub(super) fn has_different_digits(characters: &[u8]) -> bool {
    let mut digits = characters.iter().filter(|v| **v < 10);
    digits.next().is_some_and(|first| digits.any(|digit| digit != first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| byte - b'0').collect()
    }

    /// An algorithm and a number that satisfies it.
    type Case = (fn(&[u8]) -> bool, &'static str);

    #[test]
    fn one_wrong_digit_is_detected() {
        let cases: [Case; 6] = [
            (luhn, "4111111111111111"),
            (verhoeff, "2363"),
            (mod_11_10, "86095742719"),
            (mod_11_2, "07940"),
            (icao_9303, "7408122"),
            (ean, "7569217076985"),
        ];
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
