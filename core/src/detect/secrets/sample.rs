//! Recognizes the samples of manuals: tokens with a word such as `EXAMPLE` in them, and those that issuers print in their documentation.

use super::flaw::Flaw;

/// Returns why `token` is a sample; `None` if it is not.
pub(super) fn flaw(token: &str) -> Option<Flaw> {
    let is_documented = || DOCUMENTED.binary_search(&hash(token)).is_ok();
    sample_word(token.as_bytes())
        .map(Flaw::SampleWord)
        .or_else(|| is_documented().then_some(Flaw::Documented))
}

/// Returns the word that indicates a sample in `token`, in the case in which people write words: random letters are hardly ever all upper
/// or all lower case.
fn sample_word(token: &[u8]) -> Option<&'static str> {
    let is_word = |letters: &[u8]| {
        let rest = &letters[1..];
        rest.iter().all(u8::is_ascii_lowercase) || letters.iter().all(u8::is_ascii_uppercase)
    };
    WORDS.iter().copied().find(|word| {
        token
            .windows(word.len())
            .any(|letters| letters.eq_ignore_ascii_case(word.as_bytes()) && is_word(letters))
    })
}

/// Words that indicate a sample. Other words may occur in a key by chance, or in a name.
const WORDS: &[&str] = &[
    "asdf",
    "changeme",
    "dummy",
    "example",
    "foobar",
    "insert",
    "placeholder",
    "qwerty",
    "redacted",
    "replace",
    "sample",
    "your",
];

/// Returns the 64-bit FNV-1a hash of `token`.
fn hash(token: &str) -> u64 {
    token.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Hashes of documented samples that look random, in order. They are not spelled out, because scanners would report this file.
///
/// They are the keys that gitleaks allows for Google (commit 009e025, `config/gitleaks.toml`), the keys in Stripe's API reference, the
/// tokens on jwt.io, the account keys of Microsoft's emulators of Azure Storage and Cosmos DB, the tokens in Telegram's Bot API
/// documentation, and the passwords in the documentation of Kubernetes secrets, all as of November 2026.
const DOCUMENTED: &[u64] = &[
    0x08b5_4596_2adc_7d8b,
    0x0f70_8dfb_e781_01e3,
    0x1211_3c2e_6979_f447,
    0x15f8_7945_422c_bea3,
    0x294c_63f8_344d_5df1,
    0x29a3_36c7_244f_48dd,
    0x3367_fe8c_16b6_73d2,
    0x43f6_2e8b_cdd8_4601,
    0x515c_b771_a423_8032,
    0x6796_0e00_e199_16e6,
    0x67e7_33c2_f903_5757,
    0x6835_e0f2_8883_2a40,
    0x68b9_2a6b_386e_636f,
    0x6acb_d824_bd32_bbd4,
    0x816c_d10f_db11_ead0,
    0x8288_18f8_3325_7868,
    0x8959_d21b_97c6_b870,
    0x8b8a_f471_6747_5bcc,
    0x99b2_7263_46a1_e92a,
    0x9aa6_3f3b_c699_17ad,
    0xa4a3_dc87_c26e_2bc0,
    0xadbd_04e3_fe1b_6d49,
    0xbf0a_2628_ec81_cd01,
    0xc73f_1e61_952e_6987,
    0xdb94_22f1_dd33_2dcc,
    0xddd1_9c48_6d09_5d84,
    0xe754_678e_a2b1_4ef1,
    0xe766_6dbb_286c_6c2e,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_in_the_case_of_words() {
        for token in ["AKIAIOSFODNN7EXAMPLE", "x-your-key", "key_YourKey", "sk_live_changeme"] {
            assert!(flaw(token).is_some(), "{token}");
        }
        for token in ["x9yOuR2", "exam-ple", "ghp_ASdf7", ""] {
            assert_eq!(flaw(token), None, "{token}");
        }
    }

    #[test]
    fn documented_samples_are_recognized_by_their_hash() {
        let emulator = [
            "Eby8vdM02xNOcqFlqUwJPLlm",
            "EtlCDXJ1OUzFT50uSRZ6IFsu",
            "Fq2UVErCz4I6tq/K1SZFPTOt",
            "r/KBHBeksoGMGw==",
        ];
        assert_eq!(flaw(&format!("AccountKey={}", emulator.concat())), Some(Flaw::Documented));
        assert!(DOCUMENTED.is_sorted());
    }
}
