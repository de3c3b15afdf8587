//! Presidio's names for kinds of personal data, as Chimeflow's.

use std::collections::BTreeMap;

use crate::finder::Finder;

/// Names that are others here: the first that there is counts. Every other name is tried in lower case: `KR_RRN` is `kr-rrn`.
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

/// Where phone numbers without a country code are dialled: where Presidio looks, unless a name says so itself.
const REGIONS: &[(&str, &str)] = &[("PH_MOBILE_NUMBER", r#"["PH"]"#), ("TR_PHONE_NUMBER", r#"["TR"]"#)];

/// Where Presidio looks for phone numbers.
const EVERYWHERE: &str = r#"["US", "GB", "DE", "IL", "IN", "CA", "BR"]"#;

/// Finders of kinds, made when asked for.
#[derive(Debug, Default)]
pub(crate) struct Kinds {
    known: BTreeMap<String, Option<Kind>>,
}

/// A kind of Chimeflow's and the rule that finds it alone.
#[derive(Debug)]
pub(crate) struct Kind {
    pub name: String,
    pub finder: Finder,
}

impl Kinds {
    /// What finds what Presidio calls `entity`, if anything does.
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
        // Passports of all countries are one kind, unless a country has its own.
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

/// A rule that finds every kind.
pub(crate) fn all() -> Result<Finder, crate::Failure> {
    Finder::new(&format!("pii = {{ kinds = 'all', region = {EVERYWHERE} }}"))
}
