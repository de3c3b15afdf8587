//! Examples of what each kind finds and does not find, for help, documentation and tests.

use crate::detect::Example;

const fn of(settings: &'static str, text: &'static str, finds: &'static [&'static str]) -> Example {
    Example { settings, text, finds }
}

pub(super) const EXAMPLES: &[Example] = &[
    of(
        r#"["email"]"#,
        "bob@example.net, (ann@corp.co.uk). cy [at] example [dot] com; @dan, a@b",
        &["bob@example.net", "ann@corp.co.uk", "cy [at] example [dot] com"],
    ),
    of(
        r#"["email"]"#,
        "cy at example dot com or cy@gmail, but look at example.com",
        &["cy at example dot com", "cy@gmail"],
    ),
    of(r#"["phone"]"#, "call +44 20 7946 0958, not 10.0.0.1 on 2026-11-20", &["+44 20 7946 0958"]),
    of(
        r#"{ kinds = ["phone"], region = "US" }"#,
        "(415) 555-2671 or ④①⑤ 555 2672, not room 4155 and order 4155552671",
        &["(415) 555-2671", "④①⑤ 555 2672"],
    ),
    of(
        r#"{ kinds = ["phone"], region = "US" }"#,
        "415-555-2671,415-555-2672; phone=+1.4155552673; not backup-2026081209, IMG_4155552671.jpg, userId=4155552671",
        &["415-555-2671", "415-555-2672", "+1.4155552673"],
    ),
    of(
        r#"{ kinds = ["phone"], region = ["US", "GB"] }"#,
        "four one five, 555 two six seven one; 020 7946 0958",
        &["four one five, 555 two six seven one", "020 7946 0958"],
    ),
    of(
        r#"["card"]"#,
        "4111 1111 1111 1111, 4111 1111 1111 1112, ４１１１\u{200b}111111111111, order 20261120103000",
        &["4111 1111 1111 1111", "４１１１\u{200b}111111111111"],
    ),
    of(
        r#"["card"]"#,
        "4111111111111111,12/27,123 card_4012888888881881, not 0.4111111111111111 and 302-4111111111111111",
        &["4111111111111111", "4012888888881881"],
    ),
    of(
        r#"["iban"]"#,
        "GB82 WEST 1234 5698 7654 32, not GB82 WEST 1234 5698 7654 33",
        &["GB82 WEST 1234 5698 7654 32"],
    ),
    of(
        r#"["ip"]"#,
        "10.0.0.1, [2001:db8::1], 192.168.0.0/16; version 1.2.3.4, 12:34:56, std::io, 300.1.1.1",
        &["10.0.0.1", "2001:db8::1", "192.168.0.0/16"],
    ),
    of(
        r#"["ip"]"#,
        "服务器203.0.113.9的, 10.0.0.1-10.0.0.9; Chrome/128.0.0.0, bump to 1.128.1.0, § 4.2.1.3",
        &["203.0.113.9", "10.0.0.1", "10.0.0.9"],
    ),
    of(r#"["mac"]"#, "00:1a:2b:3c:4d:5e, FF:FF:FF:FF:FF:FF", &["00:1a:2b:3c:4d:5e"]),
    of(
        r#"["address"]"#,
        "10 Downing Street, London SW1A 2AA. I live at 123 main st. Hauptstraße 12, 10115 Berlin. 2 Court cases",
        &["10 Downing Street, London SW1A 2AA", "123 main st", "Hauptstraße 12, 10115 Berlin"],
    ),
    of(
        r#"["address"]"#,
        "Calle Mayor, 5, 3º B, 28013 Madrid; Via Roma 10, 00184 Roma RM; 12 Oak Drive, Apt 4; not 12 Oak Drive or via Windows 10",
        &["Calle Mayor, 5, 3º B, 28013 Madrid", "Via Roma 10, 00184 Roma RM", "12 Oak Drive, Apt 4"],
    ),
    of(r#"["birth-date"]"#, "born on 12 May 1990, we met on 12 May 2010", &["12 May 1990"]),
    of(
        r#"["birth-date"]"#,
        "{\"dateOfBirth\":\"1990-05-12T00:00:00Z\"}; D.O.B. 12-MAY-1990; birthday party on 12 May 2026",
        &["1990-05-12T00:00:00Z", "12-MAY-1990"],
    ),
    of(
        r#"["crypto"]"#,
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb, 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        &["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
    ),
    of(
        r#"["us-ssn"]"#,
        "078-05-1123, 078051123, 666-05-1123; my ssn: 078051123",
        &["078-05-1123", "078051123"],
    ),
    of(r#"["us-ssn"]"#, "078051123", &["078051123"]),
    of(
        r#"["us-ssn"]"#,
        "Ann,42,078-05-1123,x employee_078-05-1124; 078-05-\n1125 is broken, 078-05-1126-9 is longer",
        &["078-05-1123", "078-05-1124", "078-05-\n1125"],
    ),
    of(r#"["us-itin"]"#, "911-70-1234, 911-66-1234", &["911-70-1234"]),
    of(r#"["us-mbi"]"#, "1EG4-TE5-MK72, 1SG4-TE5-MK72", &["1EG4-TE5-MK72"]),
    of(r#"["us-npi"]"#, "NPI 1234567893, NPI 1234567890", &["1234567893"]),
    of(r#"["us-dea"]"#, "DEA number AB1234563, AB1234564", &["AB1234563"]),
    of(r#"["us-aba"]"#, "routing number 021000021, 021000022", &["021000021"]),
    of(r#"["uk-nino"]"#, "PR 12 36 12 C, FQ 00 00 00 C", &["PR 12 36 12 C"]),
    of(r#"["uk-nhs"]"#, "943 476 5919, 943 476 5918", &["943 476 5919"]),
    of(r#"["uk-driving-licence"]"#, "MORGA657054SM9IJ, MORGA697054SM9IJ", &["MORGA657054SM9IJ"]),
    of(r#"["uk-postcode"]"#, "SW1A 1AA, QA1 1AA, the CR26XH part", &["SW1A 1AA"]),
    of(r#"["de-tax-id"]"#, "Steuer-ID 86095742719, 86095742718", &["86095742719"]),
    of(r#"["de-rvnr"]"#, "65180539W001, 65180539W002", &["65180539W001"]),
    of(r#"["de-kvnr"]"#, "Versichertennummer A123456780", &["A123456780"]),
    of(r#"["de-id-card"]"#, "Personalausweis L01X00T471, L01X00T470", &["L01X00T471"]),
    of(r#"["de-lanr"]"#, "LANR 123456601, LANR 123456701", &["123456601"]),
    of(r#"["fr-nir"]"#, "2 55 08 14 168 025 38, 2 55 08 14 168 025 39", &["2 55 08 14 168 025 38"]),
    of(r#"["es-nif"]"#, "12345678Z, X1234567L, 12345678A", &["12345678Z", "X1234567L"]),
    of(r#"["it-cf"]"#, "sono RSSMRA85T10A562S, non RSSMRA85T10A562T", &["RSSMRA85T10A562S"]),
    of(r#"["it-vat"]"#, "partita IVA 00760010017", &["00760010017"]),
    of(r#"["it-id-card"]"#, "carta d'identità CA12345AA", &["CA12345AA"]),
    of(r#"["tr-tckn"]"#, "10000000146, 10000000147", &["10000000146"]),
    of(r#"["se-pnr"]"#, "811218-9876, 811218-9875", &["811218-9876"]),
    of(r#"["fi-hetu"]"#, "131052-308T, 131052-308U", &["131052-308T"]),
    of(r#"["no-fnr"]"#, "01019030071, 01019030072", &["01019030071"]),
    of(r#"["pl-pesel"]"#, "92051401237, 92051401238", &["92051401237"]),
    of(r#"["nl-bsn"]"#, "bsn 111222333, bsn 111222334", &["111222333"]),
    of(r#"["in-aadhaar"]"#, "2341 2341 2346, 2341 2341 2347", &["2341 2341 2346"]),
    of(r#"["in-pan"]"#, "it is ABCPE1234F, not ABCNE1234F", &["ABCPE1234F"]),
    of(r#"["in-gstin"]"#, "27AAPFU0939F1ZV, 99AAPFU0939F1ZV", &["27AAPFU0939F1ZV"]),
    of(r#"["in-voter"]"#, "voter id ABC1234567", &["ABC1234567"]),
    of(r#"["cn-id"]"#, "11010519491231002X, 110105194912310021", &["11010519491231002X"]),
    of(r#"["kr-rrn"]"#, "900101-1234567, 901301-1234567", &["900101-1234567"]),
    of(r#"["kr-frn"]"#, "900101-5234567, 901301-5234567", &["900101-5234567"]),
    of(r#"["th-tnin"]"#, "1-1017-00230-70-8, 1-1017-00230-70-7", &["1-1017-00230-70-8"]),
    of(r#"["sg-nric"]"#, "it is S1234567D, not S1234567A", &["S1234567D"]),
    of(r#"["ca-sin"]"#, "130-692-544, 130-692-545", &["130-692-544"]),
    of(r#"["br-cpf"]"#, "529.982.247-25, 529.982.247-26", &["529.982.247-25"]),
    of(
        r#"["br-cnpj"]"#,
        "11.222.333/0001-81, 12.ABC.345/01DE-35, 11.222.333/0001-82",
        &["11.222.333/0001-81", "12.ABC.345/01DE-35"],
    ),
    of(r#"["au-tfn"]"#, "my TFN is 123 456 782, call me on 123 456 783", &["123 456 782"]),
    of(r#"["au-medicare"]"#, "Medicare 2123 45670 1", &["2123 45670 1"]),
    of(r#"["au-abn"]"#, "51 824 753 556, 51 824 753 557", &["51 824 753 556"]),
    of(r#"["au-acn"]"#, "ACN 005 499 981, part 005 499 982", &["005 499 981"]),
    of(r#"["za-id"]"#, "8001015009087, 8001015009088", &["8001015009087"]),
    of(r#"["ng-nin"]"#, "NIN 12345678902, NIN 12345678903", &["12345678902"]),
    of(r#"["be-nn"]"#, "64110959571, 64110959572", &["64110959571"]),
    of(r#"["ie-pps"]"#, "pps 4451669CA, pps 4451669C1", &["4451669CA"]),
    of(r#"["pt-nif"]"#, "nif 368535606, nif 368535607", &["368535606"]),
    of(r#"["pt-cc"]"#, "cartao de cidadao 833125815ZH5, cartao de cidadao 833125815ZH6", &["833125815ZH5"]),
    of(r#"["fr-siren"]"#, "siren 048137343, siren 048137344", &["048137343"]),
    of(r#"["fr-siret"]"#, "siret 36907093330292, siret 36907093330293", &["36907093330292"]),
    of(r#"["nl-rsin"]"#, "rsin 507469471, rsin 507469472", &["507469471"]),
    of(r#"["de-tax-number"]"#, "steuernummer 18169364670", &["18169364670"]),
    of(r#"["at-svnr"]"#, "svnr 6836050478, svnr 6836050479", &["6836050478"]),
    of(r#"["ch-ahv"]"#, "7567587803682, 7567587803683", &["7567587803682"]),
    of(r#"["li-peid"]"#, "peid 808428", &["808428"]),
    of(r#"["cz-rc"]"#, "rodne cislo 7009093025, rodne cislo 7009093026", &["7009093025"]),
    of(r#"["hu-tax-id"]"#, "adoazonosito 8561342277, adoazonosito 8561342278", &["8561342277"]),
    of(r#"["si-emso"]"#, "0202950507715, 0202950507716", &["0202950507715"]),
    of(r#"["ro-cnp"]"#, "2730718269910, 2730718269911", &["2730718269910"]),
    of(r#"["bg-egn"]"#, "egn 7512271817, egn 7512271818", &["7512271817"]),
    of(r#"["hr-oib"]"#, "oib 68239712590, oib 68239712591", &["68239712590"]),
    of(r#"["gr-amka"]"#, "amka 26017201299, amka 26017201290", &["26017201299"]),
    of(r#"["gr-afm"]"#, "afm 558342990, afm 558342991", &["558342990"]),
    of(r#"["cy-tic"]"#, "tic 63353564J, tic 63353564K", &["63353564J"]),
    of(r#"["ee-ik"]"#, "35211230028, 35211230029", &["35211230028"]),
    of(r#"["lt-ak"]"#, "45706230784, 45706230785", &["45706230784"]),
    of(r#"["lv-pk"]"#, "personas kods 09074528686, personas kods 09074528687", &["09074528686"]),
    of(r#"["dk-cpr"]"#, "cpr 0106583137", &["0106583137"]),
    of(r#"["is-kt"]"#, "kennitala 1807523239, kennitala 1807524239", &["1807523239"]),
    of(r#"["mx-curp"]"#, "AATR660515HNLWJD05, AATR660515HNLWJD06", &["AATR660515HNLWJD05"]),
    of(r#"["mx-rfc"]"#, "MOYC580209CU7, not MOYC581309CU7", &["MOYC580209CU7"]),
    of(r#"["ar-cuit"]"#, "cuit 20461895744, cuit 20461895745", &["20461895744"]),
    of(r#"["ar-dni"]"#, "dni 25468077", &["25468077"]),
    of(r#"["cl-rut"]"#, "rut 162943480, rut 162943481", &["162943480"]),
    of(r#"["co-nit"]"#, "nit 8502487861, nit 8502487862", &["8502487861"]),
    of(r#"["pe-dni"]"#, "dni 46675522", &["46675522"]),
    of(r#"["pe-ruc"]"#, "ruc 10814064269, ruc 10814064260", &["10814064269"]),
    of(r#"["jp-my-number"]"#, "マイナンバー 419166896305, マイナンバー 419166896306", &["419166896305"]),
    of(r#"["my-nric"]"#, "nric 741109017926", &["741109017926"]),
    of(r#"["id-nik"]"#, "nik 3273970710521624", &["3273970710521624"]),
    of(r#"["pk-cnic"]"#, "cnic 6901536084852", &["6901536084852"]),
    of(r#"["il-id"]"#, "תעודת זהות 430680538, תעודת זהות 430680539", &["430680538"]),
    of(r#"["ua-rnokpp"]"#, "рнокпп 1314577358, рнокпп 1314577359", &["1314577358"]),
    of(r#"["lu-nin"]"#, "1944090873939, 1944090873930", &["1944090873939"]),
    of(r#"["hk-id"]"#, "hkid Q5311744, hkid Q5311745", &["Q5311744"]),
    of(r#"["tw-id"]"#, "身分證 O921751342, 身分證 O921751343", &["O921751342"]),
    of(r#"["hu-taj"]"#, "taj 511774285, taj 511774286", &["511774285"]),
    of(r#"["mt-id"]"#, "id card 0807083Z", &["0807083Z"]),
    of(r#"["eu-vat"]"#, "RO31602057, RO31602058", &["RO31602057"]),
    of(r#"["co-cc"]"#, "cedula 1032456789", &["1032456789"]),
    of(r#"["kz-iin"]"#, "ИИН 600721301816, ИИН 600721301817", &["600721301816"]),
    of(r#"["passport"]"#, "my passport is C01X00T47, my order is C01X00T48K", &["C01X00T47"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_an_example() {
        for kind in super::super::names() {
            let named = format!("\"{kind}\"");
            assert!(EXAMPLES.iter().any(|example| example.settings.contains(&named)), "{kind}");
        }
    }
}
