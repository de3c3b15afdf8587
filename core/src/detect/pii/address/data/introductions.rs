//! Words around addresses: those that introduce one, and those that show that a number is not a house number.

use crate::detect::pii::address::roles::{Roles, Row};

pub(super) const WORDS: &[Row] = &[
    (
        Roles::INTRODUCTION,
        "address addr live lives living lived house home move moved moving come send ship deliver mail meet pick located residing resides \
        street_address adresse anschrift wohne wohnt wohnen wohnhaft wohnte lieferadresse rechnungsadresse habite j'habite l'adresse \
        d'habitation habitons habitent \
        domicilie demeurant direccion domicilio vivo vive vivimos resido abito abita abitiamo indirizzo residente residenza adres woon \
        woont wonen wonende billing shipping delivery",
    ),
    (
        Roles::NO_HOUSE,
        "bus buses line lines route exit chapter page pages version vol volume episode season seat gate platform track channel issue \
        question step stage round act scene verse article section figure fig table grade week day game match score top since until \
        linie bahn tram u-bahn s-bahn seite kapitel folge ligne metro linea tren treno lijn trein bladzijde part level no. highway \
        interstate windows android python java iphone galaxy usb bluetooth ios",
    ),
    (
        Roles::MONTH,
        "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov november dec \
        december januar marz mai juni juli oktober dezember januari maart mei augustus",
    ),
    (Roles::BEFORE_YEAR, "in since by from until during before after circa early late mid"),
    // Words that are not part of the name of a street or town: pronouns, verbs, greetings, units of measure, labels.
    (
        Roles::STOP,
        "i you he she it we they me my your his her our their this that these those is are was were be been am pm do did does has have \
        had would can could should now here there today tomorrow tonight soon not no yes ok okay lol and or but so if then when where \
        what who how why which with without \
        about into than too very just also only even still back away off out up down over more most less many much few some any all \
        each every other another same own next to at from for as near beside behind opposite around please",
    ),
    (
        Roles::CLOSING,
        "thanks thank regards best cheers sincerely yours hi hello hey dear love bye please \
        tel telephone phone ph mobile cell fax email e-mail mail web www http https name attn date order \
        danke grusse gruss viele liebe mit ich wir er sie es ihr und oder aber tschuss telefon handy merci cordialement bonjour salut \
        bonne je tu il elle nous vous ils gracias saludos hola yo grazie saluti ciao io groeten groetjes bedankt dank ik wij jij hij",
    ),
    (
        Roles::MEASURE,
        "minutes minute mins min hours hour hrs seconds second sec days day weeks week months month years year miles mile meters metres \
        meter metre feet foot inches inch yards km cm mm kg lb lbs gb mb tb kb mph people persons person times time percent dollars \
        euros bucks pounds cars points games goals votes items users files lines words pages things ways",
    ),
    // Words after a name and a number that show that they are not an address: `Hauptstraße 5 Minuten`, `Calle Mayor 3 tiendas`, `10
    // Best Road Trips`.
    (
        Roles::NO_ADDRESS,
        "uhr minuten minute min stunden stunde sekunden kilometer meter km m jahre jahren jahr tage wochen monate prozent euro eur autos \
        spuren zone haltestellen stationen personen leute milliarden millionen milliarde million tausend \
        uur minuten jaar jaren dagen winkels meter \
        minutos minuto horas hora metros kilometros anos dias tiendas euros millones \
        minutes heures heure metres kilometres ans annees jours \
        minuti minuto ore metri chilometri anni giorni negozi miliardi \
        minutes hours miles metres meters yards years days \
        trip trips race races racer food foods eats artist artists photographer photographers lamp lamps team teams fighter fighters",
    ),
];
