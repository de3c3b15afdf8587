//! Addresses of Spain.
//!
//! Sources: Correos: type of street, name, number, then staircase, floor and door, then the postcode of five digits and the town; types of
//! street with abbreviations like those of the Dirección General del Catastro.

use crate::detect::pii::address::roles::{Roles, Row};

pub(super) const WORDS: &[Row] = &[
    (
        Roles::BEFORE,
        "calle cl avenida avda avd avinguda carrer callejon calleja glorieta gta travesia trva trav carretera ctra crta paseig passeig \
        urbanizacion urb calzada pasadizo bulevar autovia poligono poligon costanilla alameda canada",
    ),
    (
        Roles::BEFORE_WEAK,
        "plaza pza plza paseo ronda camino cno rambla ramblas vial acceso pasaje pje cuesta barrio placa plaça via sector finca c pl po p",
    ),
    (Roles::CONNECTOR, "de del la el los las y i d'en dels"),
    (
        Roles::UNIT,
        "piso puerta pta escalera esc planta bloque bl blq portal apartamento local bajo bj bjo oficina of entresuelo entlo principal \
        atico casa chalet parcela nave km",
    ),
    (Roles::UNIT_AFTER, "piso planta izquierda izq izda derecha dcha der centro puerta"),
    (
        Roles::UNIT_ALONE,
        "bajo bajos bj atico entresuelo entlo principal pral izquierda izq izda derecha dcha sotano",
    ),
    (Roles::BOX, "apartado"),
    (Roles::NUMBER, "no n num numero nro"),
    (
        Roles::MONTH,
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    ),
    (Roles::TOWN_FIRST, "san santa las los la el"),
];
