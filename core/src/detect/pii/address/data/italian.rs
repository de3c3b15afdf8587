//! Addresses of Italy.
//!
//! Sources: Poste Italiane, "Composizione indirizzi" (April 2009): type of street, name and number, then the postcode of five digits
//! (CAP), the town and the abbreviation of its province; types of street (DUG) as in the ANNCSU of ISTAT and the Agenzia delle Entrate.

use crate::detect::pii::address::roles::{Roles, Row};

pub(super) const WORDS: &[Row] = &[
    (
        Roles::BEFORE,
        "viale vle v.le piazzale ple vicolo vico piazzetta lungomare lungotevere lungarno contrada cda salita calata circonvallazione \
        fondamenta sestiere rotonda incrocio stretto",
    ),
    (
        Roles::BEFORE_WEAK,
        "piazza corso cso largo strada str borgo localita loc frazione fraz traversa galleria rione rampa canale campo calle",
    ),
    (
        Roles::CONNECTOR,
        "di del della dello dei degli delle da dal dalla a al alla e sul sulla san santa in nel nella",
    ),
    (Roles::UNIT, "interno int scala sc palazzina pal piano edificio appartamento app lotto"),
    (Roles::UNIT_AFTER, "piano"),
    (Roles::BOX, "casella"),
    (
        Roles::MONTH,
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    ),
    (Roles::TOWN_FIRST, "san santa reggio la castel monte"),
];
