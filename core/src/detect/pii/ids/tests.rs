//! Tests of what is found of each kind.

use super::*;

fn found<'t>(kind: &str, text: &'t str) -> Vec<&'t str> {
    let mut found = Kinds::of(&[kind]).find(text, &mut Budget::of(10_000_000)).unwrap();
    found.sort_by_key(|id| id.range.start);
    found.dedup_by_key(|id| id.range.start);
    found.into_iter().map(|id| &text[id.range]).collect()
}

/// A kind, texts with one number of the kind each, and texts without any.
type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "us-ssn",
        &[
            "078-05-1123",
            "so 078.05.1123 it is",
            "078 05 1123",
            "078051123",
            "078 - 05 - 1123",
            "social security 078051123",
            "my ssn is 0 7 8 0 5 1 1 2 3",
        ],
        &[
            "000-05-1123",
            "666-05-1123",
            "900-05-1123",
            "078-00-1123",
            "078-05-0000",
            "078-05.1123",
            "078-05-11234",
            "1078-05-1123",
            "078-05-1120",
            "123-45-6789",
            "111-11-1111",
            "07805-1123 is a place",
            "order 078051123",
            "x078-05-1123",
            "078-05-1123x",
            "078-05-1123-9",
            "0780511231",
        ],
    ),
    (
        "us-itin",
        &["911-70-1234", "911701234", "911-701234", "ITIN: 911941234"],
        &["911-66-1234", "911-89-1234", "911-93-1234", "811-70-1234", "call 911701234"],
    ),
    (
        "us-mbi",
        &["1EG4-TE5-MK72", "patient 1EG4TE5MK72 is in", "1eg4 te5 mk72"],
        &["0EG4TE5MK72", "1SG4TE5MK72", "1EG4TE5MK7", "1EG4TE5MK722", "1EG4-TE5MK72"],
    ),
    (
        "us-npi",
        &["1234567893", "NPI 1234567893", "provider 1234567893"],
        &["1234567890", "3234567893", "call 1234567893", "12345678931"],
    ),
    (
        "us-dea",
        &["AB1234563", "her DEA number is AB1234563"],
        &["AB1234564", "YB1234563", "part AB1234563", "AB12345633"],
    ),
    (
        "us-aba",
        &["021000021", "routing number 021000021", "0210-0002-1"],
        &["021000022", "421000021", "order 021000021"],
    ),
    (
        "uk-nino",
        &["QQ123456C is none but PR123456C is", "PR 12 34 56 C", "pr-12-34-56-c", "AB 123456 D"],
        &["BG123456A", "DA123456A", "AO123456A", "PR123456E", "PR1234567C", "XPR123456C"],
    ),
    (
        "uk-nhs",
        &["943 476 5919", "9434765919", "943-476-5919", "NHS number: 943-476-5919"],
        &["943 476 5918", "call 9434765919", "1111111111"],
    ),
    (
        "uk-driving-licence",
        &["MORGA657054SM9IJ", "licence morga 657054 sm9ij", "FOX99851310J99AA"],
        &["MORGA657994SM9IJ", "MORGA697054SM9IJ", "M9RGA657054SM9IJ", "MORGA657054SM9IJX"],
    ),
    (
        "uk-postcode",
        &["at SW1A 1AA now", "m1 1ae", "CR26XH", "my postcode is CR26XH"],
        &["QA1 1AA", "1A1 1AA", "A1 1CA", "the CR26XH part", "SW1A 1AAA"],
    ),
    (
        "de-tax-id",
        &["86095742719", "Steuer-ID: 86095742719", "86 095 742 719"],
        &["86095742718", "Rechnung 86095742719", "06095742719"],
    ),
    (
        "de-rvnr",
        &["65180539W001", "Meine ist 65 180539 W 001"],
        &["65180539W002", "65181339W001", "65180539W0011"],
    ),
    (
        "de-kvnr",
        &["A123456780", "KVNR A123456780", "Krankenversichertennummer: A123456780"],
        &["A123456781", "Teil A123456780"],
    ),
    (
        "de-id-card",
        &[
            "L01X00T471",
            "Personalausweis L01X00T47",
            "Ausweis T22000129",
            "T220001293",
            "C01X0006H1 ist mein Reisepass",
        ],
        &["L01X00T470", "Teil L01X00T471", "Ausweis ABCDEFGH1"],
    ),
    ("de-lanr", &["123456601", "LANR 123456601"], &["123456701", "Teil 123456601"]),
    (
        "fr-nir",
        &["2 55 08 14 168 025 38", "255081416802538", "2-55-08-14-168-025-38"],
        &["2 55 08 14 168 025 39", "2 55 13 14 168 025 38"],
    ),
    (
        "es-nif",
        &["12345678Z", "mi DNI es 12345678-Z.", "X1234567L", "x-1234567-l", "12.345.678-Z", "Y1234567X"],
        &["12345678A", "X1234567A", "W1234567L", "123456789Z", "00000000T"],
    ),
    (
        "it-cf",
        &[
            "RSSMRA85T10A562S",
            "è RSSMRA85T10A562S.",
            "codice fiscale RSSMRA85T10A562T",
            "RSS MRA 85T10 A562S",
        ],
        &["ma RSSMRA85T10A562T no", "RSSMRA85G10A562S", "RSSMRA85T10A562SX"],
    ),
    ("it-vat", &["00760010017", "P.IVA 00760010017"], &["00760010018", "00000000000", "numero 00760010017"]),
    (
        "it-id-card",
        &["AA1234567", "carta d'identità CA 1234567", "CA12345AA"],
        &["pezzo AA1234567", "AA1111111", "AAA123456"],
    ),
    (
        "tr-tckn",
        &["10000000146", "kimlik 10000000146 dir"],
        &["10000000147", "10000000156", "01000000146", "100000001466"],
    ),
    (
        "se-pnr",
        &["19811218-9876", "811218-9876", "198112189876", "pnr: 8112189876", "811218+9876"],
        &["19811318-9876", "811218-9875", "call 8112189876", "17811218-9876"],
    ),
    (
        "fi-hetu",
        &["131052-308T", "on 131052-308T.", "131052A308T"],
        &["131052-308U", "131352-308T", "131052.308T", "131052G308T"],
    ),
    ("no-fnr", &["01019030071", "010190 30071"], &["01019030072", "01139030071"]),
    ("pl-pesel", &["92051401237", "PESEL 92051401237"], &["92051401238", "92131401237", "920514012377"]),
    (
        "nl-bsn",
        &["111222333", "bsn 111222333", "1112.22.333"],
        &["111222334", "pakket 111222333", "000000000"],
    ),
    (
        "in-aadhaar",
        &["2341 2341 2346", "234123412346", "2341-2341-2346", "2341:2341:2346", "aadhaar no 234123412346"],
        &["2341 2341 2347", "1341 2341 2346", "ref 234123412346", "2341 2341 23465"],
    ),
    (
        "in-pan",
        &["ABCPE1234F", "her pan ABCPE1234F", "PAN: ABCNE1234F"],
        &["der ABCNE1234F", "ABCPE12345", "ABCPE0000F", "ABCPE1234FF"],
    ),
    (
        "in-gstin",
        &["27AAPFU0939F1ZV", "gst 27AAPFU0939F1ZV"],
        &["99AAPFU0939F1ZV", "27AAPFU0939F1ZVV", "27AAPFU0939F0ZV"],
    ),
    ("in-voter", &["ABC1234567", "voter id ABC1234567"], &["part ABC1234567", "AB1234567"]),
    (
        "cn-id",
        &["11010519491231002X", "身份证11010519491231002x号", "110105 19491231 002X"],
        &["110105194912310021", "11010519491331002X"],
    ),
    (
        "kr-rrn",
        &["900101-1234567", "9001011234567", "주민등록번호 9001011234567"],
        &["901301-1234567", "900101-5234567", "id 9001011234567"],
    ),
    ("kr-frn", &["900101-5234567", "외국인등록번호 9001015234567"], &["900101-1234567", "900101-9234567"]),
    (
        "th-tnin",
        &["1-1017-00230-70-8", "1101700230708", "เลขประจำตัวประชาชน1101700230708"],
        &["1101700230707", "1281700230708", "ean 1101700230708"],
    ),
    (
        "sg-nric",
        &["S1234567D", "nric T1234567J", "see F1234567N, ok", "G1234567X", "M1234567K", "NRIC: S1234567A"],
        &["see S1234567A", "A1234567D", "S12345678D"],
    ),
    (
        "ca-sin",
        &["130 692 544", "130-692-544", "130692544 is my SIN", "mon NAS : 130692544"],
        &["130 692 545", "830 692 544", "046 454 286", "part 130692544", "130 692-544"],
    ),
    (
        "br-cpf",
        &["529.982.247-25", "cpf 52998224725", "52998224725"],
        &["529.982.247-26", "nota 52998224725", "111.111.111-11"],
    ),
    (
        "br-cnpj",
        &["11.222.333/0001-81", "cnpj 11222333000181"],
        &["11.222.333/0001-82", "nota 11222333000181"],
    ),
    (
        "au-tfn",
        &["123 456 782", "my TFN: 123 456 782", "123-456-782 is my tax file number"],
        &["123 456 783", "call 123 456 782"],
    ),
    (
        "au-medicare",
        &["2123456701", "2123 45670 1", "medicare 21234567011"],
        &["2123456711", "7123456701", "call 2123456701"],
    ),
    ("au-abn", &["51 824 753 556", "ABN 51824753556"], &["51 824 753 557", "call 51824753556"]),
    ("au-acn", &["005 499 981", "acn 005499981"], &["005 499 982", "call 005 499 981"]),
    (
        "za-id",
        &["8001015009087", "id 800101 5009 087 ok"],
        &["8001015009088", "8013015009087", "8001015009387", "80010150090870"],
    ),
    ("ng-nin", &["12345678902", "my NIN is 12345678902"], &["12345678903", "call 12345678902"]),
    (
        "passport",
        &[
            "passport no. C01X00T47",
            "Passport 123456789",
            "A12345678",
            "AAA123456 es mi número de pasaporte",
            "AB1234567",
            "K1234567",
            "M123A4567",
            "旅券番号TK1234567",
            "Reisepass: C01X00T47",
        ],
        &["order A12345678", "order 123456789", "123456789", "A1111111", "A123456789", "AAAA12345"],
    ),
];

#[test]
fn finds_valid_numbers_only() {
    for (kind, valid, invalid) in CASES {
        for text in *valid {
            assert_eq!(found(kind, text).len(), 1, "{kind} {text:?}");
        }
        for text in *invalid {
            assert_eq!(found(kind, text), [""; 0], "{kind} {text:?}");
        }
    }
}

#[test]
fn every_kind_has_cases_and_one_description() {
    for id in all() {
        assert!(CASES.iter().any(|(kind, ..)| *kind == id.kind), "{}", id.kind);
        assert_eq!(
            all().filter(|other| other.kind == id.kind && !other.what.is_empty()).count(),
            1,
            "{}",
            id.kind
        );
    }
}

#[test]
fn a_reply_may_contain_several_numbers_and_nothing_else() {
    assert_eq!(found("us-ssn", "078051123 and 078-051124"), ["078051123", "078-051124"]);
    assert_eq!(found("us-ssn", "078051123 or 42"), [""; 0]);
}

#[test]
fn the_label_near_a_number_decides_its_kind() {
    let every: Vec<_> = all().map(|id| id.kind).collect();
    let ids = Kinds::of(&every);
    for (text, kind) in [
        ("my SIN is 130692544", "ca-sin"),
        ("my passport is 130692544", "passport"),
        ("my SSN is 130692544", "us-ssn"),
        ("Reisepass C01X0006H1", "de-id-card"),
    ] {
        assert_eq!(ids.find(text, &mut Budget::of(10_000_000)).unwrap()[0].kind, kind, "{text:?}");
    }
}

#[test]
fn checks_are_as_strict_as_documented() {
    // A fixed seed makes the numbers the same in every run.
    let mut state = 1_u64;
    let mut digit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        b'0' + u8::try_from((state >> 33) % 10).unwrap()
    };
    for id in all().filter(|id| id.layouts.iter().any(|layout| layout.bytes().all(|part| part == b'9'))) {
        let layout = id.layouts.iter().find(|layout| layout.bytes().all(|part| part == b'9')).unwrap();
        let passes = |text: String| (id.check)(&values(&text));
        let random = |_| String::from_utf8(layout.bytes().map(|_| digit()).collect()).unwrap();
        let count = (0..20_000).map(random).filter(|text| passes(text.clone())).count();
        let one_in = 20_000 / count.max(1);
        assert!(one_in * 2 >= usize::from(id.one_in), "{}: one in {one_in}, says {}", id.kind, id.one_in);
    }
}

#[test]
fn a_text_of_only_digits_stays_within_the_budget() {
    let every: Vec<_> = all().map(|id| id.kind).collect();
    let ids = Kinds::of(&every);
    let text = "1 ".repeat(2048);
    let mut budget = Budget::of(10_000_000);
    assert!(ids.find(&text, &mut budget).is_ok());
}
