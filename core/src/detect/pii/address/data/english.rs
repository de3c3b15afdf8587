//! Addresses of the United States, the United Kingdom, Australia and Canada (English).
//!
//! Sources:
//! * United States: USPS, Publication 28 "Postal Addressing Standards": appendix C1 (street suffixes), C2 (secondary units), B (states),
//!   sections 23 (street), 28 (post-office boxes), 225 and 238 (military addresses).
//! * United Kingdom: Royal Mail, "Programmers' Guide", edition 7: structure of a PAF address (premises, thoroughfares).
//! * Australia: Australia Post, "Address Presentation Standards", and AS 4590 as G-NAF uses it: street types, flat types, level types.
//! * Canada: Canada Post, "Addressing guidelines": street types, street directions, unit designators.

use crate::detect::pii::address::roles::{Roles, Row};

pub(super) const WORDS: &[Row] = &[
    // Types that are seldom anything else after a number and a name.
    (
        Roles::AFTER,
        "street st str avenue ave aven avenu boulevard blvd boul road rd lane ln parkway pkwy pky terrace terr ter crescent cres \
        cresc turnpike tpke expressway expy freeway fwy throughway thruway causeway cswy esplanade esp circuit cct laneway alleyway \
        mews gardens gdns grove grv esplanade highway hwy stravenue trafficway motorway cul-de-sac serviceway boardwalk",
    ),
    // Types that are also everyday words. Publication 28, C1, with plurals.
    (
        Roles::AFTER_WEAK,
        "alley aly allee annex anx arcade arc bayou byu beach bch bend bnd bluff blf bluffs blfs bottom btm branch br bridge brg brook \
        brk brooks brks burg bg burgs bgs bypass byp camp cp canyon cyn cape cpe center ctr centers ctrs circle cir circ circles cirs \
        cliff clf cliffs clfs club clb common cmn commons cmns corner cor corners cors course crse court ct courts cts cove cv coves cvs \
        creek crk crest crst crossing xing crossroad xrd crossroads xrds curve curv dale dl dam dm divide dv drive dr drv drives drs \
        estate est estates ests extension ext extensions exts fall falls fls ferry fry field fld fields flds flat flt flats flts ford frd \
        fords frds forest frst forge frg forges frgs fork frk forks frks fort ft garden gdn gateway gtwy glen gln glens glns green grn \
        greens grns groves grvs harbor hbr harbors hbrs harbour haven hvn heights hts hill hl hills hls hollow holw inlet inlt island \
        islands iss isle junction jct junctions jcts key ky keys kys knoll knl knolls knls lake lk lakes lks land landing lndg light lgt \
        lights lgts loaf lf lock lck locks lcks lodge ldg loop mall manor mnr manors mnrs meadow mdw meadows mdws mill ml mills mls \
        mission msn mount mt mountain mtn mountains mtns neck nck orchard orch oval overpass opas park parks parkways pass passage psge \
        path pike pine pne pines pnes place pl plain pln plains plns plaza plz point pt points pts port prt ports prts prairie pr radial \
        radl ramp ranch rnch rapid rpd rapids rpds rest rst ridge rdg ridges rdgs river riv roads rds route rte row rue run shoal shl \
        shoals shls shore shr shores shrs skyway skwy spring spg springs spgs spur spurs square sq squares sqs station sta stream strm \
        streets sts summit smt trace trce track trak trail trl trailer trlr tunnel tunl underpass upas union un unions uns valley vly \
        valleys vlys via viaduct view vw views vws village vlg villages vlgs ville vl vista vis walk walks wall way ways well wl wells \
        wls close cl rise drove fold garth wynd vennel gate yard yards wharf quay quays parade pde circus approach appr broadway chase \
        end link side strand villas croft dene hythe warren paddock paddocks nook mead maltings cottages buildings \
        access amble anchorage artery basin block brace brae break brow byway centre centreway circlet colonnade concourse copse corso \
        courtyard cross crossway cruiseway cutting dell deviation dip distributor driveway edge elbow entrance fairway firetrail follow \
        footway foreshore formation front frontage gap gates glade grange ground gully interchange intersection keys lees line lookout \
        loop lower maze mew outlet palms paradise part pathway piazza plateau pocket pursuit quad quadrangle quadrant quarter ramble \
        reach reserve retreat ride ring rise river roadway round rosebowl rotary rotunda rowe service siding slope sound subway sunset \
        promenade ronde steps stairs strip range tarn thoroughfare tollway top tor towers triangle trunkway turn upper views wade \
        walkway waters",
    ),
    (Roles::COMMON, "drive dr ct cir trl circle trail way"),
    (Roles::ROAD, "highway hwy route rte road interstate parkway freeway fm rr cr sr"),
    // Publication 28, C2; AS 4590, flat and level types; Canada Post, unit designators.
    (
        Roles::UNIT,
        "apartment apt apts suite ste unit flat floor fl room rm building bldg block department dept hangar hngr key lot pier slip space \
        spc stop trailer trlr tower twr studio level lvl shop office maisonette villa townhouse duplex factory kiosk warehouse shed \
        wing house hse u unt stall site",
    ),
    (Roles::UNIT_AFTER, "floor fl level flr"),
    (Roles::UNIT_ALONE, "basement bsmt penthouse ph front frnt lobby lower lowr upper uppr rear mezzanine"),
    (
        Roles::DIRECTION,
        "n s e w ne nw se sw north south east west northeast northwest southeast southwest no so",
    ),
    (Roles::CONNECTOR, "of the and upon on under by in-the"),
    (
        Roles::HOUSE,
        "house cottage farm lodge court hall mill barn villa villas manor grange bungalow flat floor rectory vicarage farmhouse tower \
        towers mansions apartments building buildings works centre center estate studio studios annexe chambers cottages park place point \
        plaza mews wharf heights gardens",
    ),
    (Roles::BOX, "box po gpo pobox p post locked private rr hc case"),
    (Roles::MILITARY, "psc cmr unit usns usnv usnumb uss uscgc usnv"),
    (
        Roles::TOWN_FIRST,
        "new north south east west saint st fort ft port mount mt lake los las el san santa salt grand great high long old palm cedar",
    ),
];
