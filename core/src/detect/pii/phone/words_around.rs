//! Words beside a number that show that it is not a phone number: labels of other numbers, codes, units.

/// Labels of other long numbers.
pub(super) const OTHER_LABELS: &[&str] = &[
    "order",
    "invoice",
    "ticket",
    "case",
    "ref",
    "reference",
    "account",
    "acct",
    "tracking",
    "parcel",
    "item",
    "sku",
    "serial",
    "version",
    "build",
    "id",
    "uid",
    "pin",
    "code",
    "isbn",
    "issn",
    "ean",
    "part",
    "error",
    "line",
    "port",
    "pid",
    "commit",
    "bug",
    "issue",
    "rechnung",
    "bestellung",
    "auftrag",
    "commande",
    "pedido",
    "factura",
];

/// Labels of phone numbers in identifiers and parameters.
const PHONE_LABELS: &[&str] = &[
    "call", "cell", "fax", "gsm", "mob", "mobile", "msisdn", "ph", "phone", "sms", "tel", "text", "whatsapp",
];

/// Upper-case codes before order, invoice and return numbers, which a space may follow.
const CODES: &[&str] = &["INV", "PO", "PR", "RMA", "SO", "TRX", "TXN", "WO"];

/// Units of measurement, and what is counted in large numbers.
const UNITS: &[&str] = &[
    "b",
    "bit",
    "bits",
    "bps",
    "bytes",
    "byte",
    "kb",
    "mb",
    "gb",
    "tb",
    "kib",
    "mib",
    "gib",
    "ns",
    "us",
    "µs",
    "ms",
    "sec",
    "secs",
    "seconds",
    "minutes",
    "hours",
    "days",
    "years",
    "hz",
    "khz",
    "mhz",
    "ghz",
    "px",
    "pixels",
    "mm",
    "cm",
    "km",
    "miles",
    "kg",
    "lbs",
    "eur",
    "usd",
    "gbp",
    "chf",
    "jpy",
    "dollars",
    "euros",
    "pounds",
    "views",
    "users",
    "rows",
    "lines",
    "records",
    "items",
    "entries",
    "points",
    "pts",
    "tokens",
    "hits",
    "requests",
    "messages",
    "files",
    "downloads",
    "followers",
    "blocks",
    "wei",
    "gwei",
    "sats",
    "xp",
    "байт",
    "octets",
    "secondes",
    "sekunden",
    "bajtów",
    "字节",
    "字節",
    "バイト",
    "바이트",
];

/// Returns whether `before` ends in a label for an ID or a file name, or in a URL parameter that is not a phone number: `userId=`,
/// `IMG_`, `https://example.com/?v=`.
pub(super) fn is_other_label(before: &str) -> bool {
    const FILE_PREFIXES: [&str; 12] = [
        "backup",
        "dsc",
        "file",
        "image",
        "img",
        "photo",
        "pic",
        "pxl",
        "scan",
        "screenshot",
        "vid",
        "video",
    ];
    const MAX_LEN: usize = 128;
    let quotes = ['"', '\'', ' '];
    let before =
        before[before.floor_char_boundary(before.len().saturating_sub(MAX_LEN))..].trim_end_matches(quotes);
    let Some(separator) = before.chars().next_back() else { return false };
    let name = before.trim_end_matches(separator).trim_end_matches(quotes);
    let word = name.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    let in_url = || name.rsplit(char::is_whitespace).next().is_some_and(|token| token.contains("://"));
    match separator {
        '_' | '=' if in_url() => !PHONE_LABELS.iter().any(|phone| word.ends_with(phone)),
        '=' | ':' => word.ends_with("id"),
        '_' | '-' => FILE_PREFIXES.contains(&word.as_str()),
        _ => false,
    }
}

/// Labels directly before phone numbers.
const LABELS_BEFORE: &[&str] = &[
    "telefon",
    "telefono",
    "teléfono",
    "telefone",
    "téléphone",
    "telephone",
    "phone",
    "mobile",
    "mobil",
    "móvel",
    "móvil",
    "telemóvel",
    "handy",
    "portable",
    "cellulare",
    "gsm",
    "fax",
    "tel",
    "tlf",
    "tfn",
    "tél",
    "mob",
    "cell",
    "puh",
    "komórka",
    "тел",
    "τηλ",
];

/// Returns whether `before` ends in a label of phone numbers, as in `Tel. `.
pub(super) fn follows_phone_label(before: &str) -> bool {
    let label = before.trim_end_matches([' ', '.', ':', '=', '\u{a0}']);
    let word = label.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.len() <= MAX_LABEL_LEN && LABELS_BEFORE.contains(&&*word.to_lowercase())
}

/// The maximum length of such a label in bytes.
const MAX_LABEL_LEN: usize = 16;

/// Returns whether `before` ends in an upper-case code that is glued to the number (`INV-`, `PO#`), or in a common one before a space.
pub(super) fn ends_in_code(before: &str) -> bool {
    let code = before.trim_end_matches(['-', '#']);
    let glued = code.len() < before.len();
    let code = code.trim_end_matches([' ', ':']);
    if code.len() == before.len() {
        return false;
    }
    let start = code.rfind(|c: char| !c.is_ascii_uppercase()).map_or(0, |at| at + 1);
    let is_word = code.is_char_boundary(start) && !code[..start].ends_with(char::is_alphanumeric);
    let word = code.get(start..).unwrap_or_default();
    let is_phone = PHONE_LABELS.iter().any(|phone| word.eq_ignore_ascii_case(phone));
    is_word && !is_phone && (CODES.contains(&word) || glued && (2..=5).contains(&word.len()))
}

/// Returns whether `after` starts with a unit, so that the number before it is a quantity.
pub(super) fn has_unit_after(after: &str) -> bool {
    let Some(rest) = after.strip_prefix([' ', '\u{a0}']) else { return false };
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let unit = word.to_lowercase();
    UNITS.contains(&unit.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_codes_before_a_number() {
        for (before, expected) in [
            ("INV-", true),
            ("see PO ", true),
            ("PO#", true),
            ("RMA: ", true),
            ("ABC-", true),
            ("TEL-", false),
            ("call ", false),
            ("OK ", false),
            ("x-", false),
            ("é-", false),
            ("", false),
        ] {
            assert_eq!(ends_in_code(before), expected, "{before:?}");
        }
    }

    #[test]
    fn recognizes_units_after_a_number() {
        for (after, expected) in
            [(" bytes free", true), (" EUR", true), (" please", false), ("b", false), ("", false)]
        {
            assert_eq!(has_unit_after(after), expected, "{after:?}");
        }
    }
}
