//! Addresses of France, and of Canada in French.
//!
//! Sources: AFNOR NF Z10-011 (January 2013) as La Poste's Service national de l'adresse (SNA) presents it: units and buildings in lines
//! two and three, the number, its index (`bis`, `ter`) and the street in line four, `BP` and `CS` in line five, postcode, town and
//! `CEDEX` in line six. Canada: Canada Post, "Directives d'adressage".

use crate::detect::pii::address::roles::{Roles, Row};

pub(super) const WORDS: &[Row] = &[
    (
        Roles::BEFORE,
        "rue avenue av ave boulevard bd bld bvd blvd boul impasse imp chemin che chem ch allee alle ruelle faubourg fg fbg sentier \
        sente esplanade rocade montee traverse venelle promenade lotissement lot hameau rang cote quai rond-point",
    ),
    (
        Roles::BEFORE_WEAK,
        "place pl route rte cours passage pass square sq cite voie carrefour parvis galerie quartier zone za \
        zi zac parc port rampe clos mail terrasse croissant carre autoroute lieu-dit terre",
    ),
    (Roles::CONNECTOR, "de du des la le les aux au a en et sur sous lez les d l d'en saint sainte st ste"),
    (
        Roles::UNIT,
        "appartement appt app apt etage batiment bat escalier esc entree porte bureau immeuble imm logement local chambre suite",
    ),
    (Roles::UNIT_AFTER, "etage etg"),
    (Roles::UNIT_ALONE, "rdc rez-de-chaussee cour fond"),
    (Roles::DIRECTION, "nord sud est ouest o nord-est nord-ouest sud-est sud-ouest"),
    (Roles::RESIDENCE, "residence res immeuble imm batiment bat chateau domaine ferme lieu-dit"),
    (Roles::BOX, "bp cs"),
    (Roles::NUMBER, "no n num numero"),
    (Roles::MONTH, "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"),
    (Roles::TOWN_FIRST, "la le les saint sainte st"),
];
