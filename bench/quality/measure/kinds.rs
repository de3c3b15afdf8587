//! Maps Presidio's names for kinds of personal data to Chimeflow's.

use std::collections::BTreeMap;

use crate::finder::Finder;

/// Names that differ here: the first that exists is used. Other names are converted to lower case: `KR_RRN` is `kr-rrn`.
const KINDS: &[(&str, &[&str])] = &[
    ("CREDIT_CARD", &["card"]),
    ("CRYPTO", &["crypto"]),
    ("EMAIL_ADDRESS", &["email"]),
    ("ES_NIE", &["es-nie", "es-nif"]),
    ("FI_PERSONAL_IDENTITY_CODE", &["fi-hetu", "fi-personal-identity-code"]),
    ("IBAN_CODE", &["iban"]),
    ("IP_ADDRESS", &["ip"]),
    ("IT_FISCAL_CODE", &["it-cf"]),
    ("IT_VAT_CODE", &["it-vat", "it-piva"]),
    ("MAC_ADDRESS", &["mac"]),
    ("PHONE_NUMBER", &["phone"]),
    ("PH_MOBILE_NUMBER", &["phone"]),
    ("SE_PERSONNUMMER", &["se-personnummer", "se-pnr"]),
    ("SG_NRIC_FIN", &["sg-nric", "sg-nric-fin"]),
    ("TR_NATIONAL_ID", &["tr-tckn", "tr-national-id", "tr-id"]),
    ("TR_PHONE_NUMBER", &["phone"]),
    ("ZA_ID_NUMBER", &["za-id", "za-id-number"]),
];

/// The regions for phone numbers without a country code: Presidio's, unless the name of a kind contains one.
const REGIONS: &[(&str, &str)] = &[("PH_MOBILE_NUMBER", r#"["PH"]"#), ("TR_PHONE_NUMBER", r#"["TR"]"#)];

/// The regions in which Presidio expects phone numbers.
const EVERYWHERE: &str = r#"["US", "GB", "DE", "IL", "IN", "CA", "BR"]"#;

/// Finders of kinds, created on demand.
#[derive(Debug, Default)]
pub(crate) struct Kinds {
    known: BTreeMap<String, Option<Kind>>,
}

/// A kind of Chimeflow's and the rule that finds only it.
#[derive(Debug)]
pub(crate) struct Kind {
    pub name: String,
    pub finder: Finder,
}

impl Kinds {
    /// Returns the kind that Presidio calls `entity`, if there is one.
    pub(crate) fn of(&mut self, entity: &str) -> Option<&Kind> {
        self.known.entry(entity.to_owned()).or_insert_with(|| Kind::of(entity)).as_ref()
    }
}

impl Kind {
    fn of(entity: &str) -> Option<Self> {
        if entity == "URL" {
            let finder = Finder::new("links = 'all'").ok()?;
            return Some(Self { name: "links".to_owned(), finder });
        }
        let same = entity.to_lowercase().replace('_', "-");
        // Passports are one kind for all countries, except those with their own.
        let passport = entity.ends_with("_PASSPORT").then_some("passport");
        let known = KINDS.iter().find(|(name, _)| *name == entity).map_or(&[][..], |(_, kinds)| kinds);
        known.iter().copied().chain([&*same]).chain(passport).find_map(|kind| {
            let region =
                REGIONS.iter().find(|(name, _)| *name == entity).map_or(EVERYWHERE, |(_, region)| region);
            let region = if kind == "phone" { format!(", region = {region}") } else { String::new() };
            let finder = Finder::new(&format!("pii = {{ kinds = ['{kind}']{region} }}")).ok()?;
            Some(Self { name: kind.to_owned(), finder })
        })
    }
}

/// Returns a rule that finds every kind.
pub(crate) fn all() -> Result<Finder, crate::Failure> {
    Finder::new(&format!("pii = {{ kinds = 'all', region = {EVERYWHERE} }}"))
}
