//! Identification numbers of Mexico, Argentina, Chile, Colombia and Peru.

use super::super::checks::{has_different_digits, is_day, number, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Registro Nacional de Población, Instructivo normativo para la asignación de la Clave Única de Registro de Población.
        kind: "mx-curp",
        what: "Mexican population registry code: date of birth, sex, state, check digit",
        layouts: &["AAAA999999AAAAAA*9"],
        check: |v| {
            const STATES: &[u8] = b"ASBCBSCCCLCMCSCHDFDGGTGRHGJCMCMNMSNTNLOCPLQTQRSPSLSRTCTSTLVZYNZSNE";
            let sum: u32 =
                v[..17].iter().zip((2..=18).rev()).map(|(v, weight)| curp_value(*v) * weight).sum();
            is_day(&v[6..8], &v[8..10])
                && b"HMX".contains(&v[10])
                && STATES.chunks(2).any(|state| *state == v[11..13])
                && (10 - sum % 10) % 10 == u32::from(v[17])
        },
        one_in: 10_000,
        requires: Requires::Nothing,
    },
    Id {
        // SAT, Algoritmo para generar el RFC con homoclave para personas físicas y morales, 18 October 2006.
        kind: "mx-rfc",
        what: "Mexican tax number: date of birth or foundation, check character (mod 11)",
        layouts: &["AAAA999999***", "AAAA?999999?***", "AAA999999***", "AAA?999999?***"],
        check: |v| {
            let (letters, rest) = v.split_at(v.len() - 9);
            // The numbers of companies have one letter fewer; the check treats it as a space.
            let first = if letters.len() == 3 { 37 * 13 } else { 0 };
            let body = &v[..v.len() - 1];
            let weights = (2..=u32::try_from(body.len() + 1).unwrap_or_default()).rev();
            let sum = first + body.iter().zip(weights).map(|(v, weight)| rfc_value(*v) * weight).sum::<u32>();
            let check = match 11 - sum % 11 {
                11 => 0,
                10 => b'A',
                check => check.to_le_bytes()[0],
            };
            is_day(&rest[2..4], &rest[4..6]) && rest[8] == check
        },
        one_in: 290,
        requires: Requires::Nothing,
    },
    Id {
        // The tax authority has issued numbers whose check character is wrong.
        kind: "mx-rfc",
        what: "",
        layouts: &["AAAA999999***", "AAA999999***"],
        check: |v| is_day(&v[v.len() - 7..v.len() - 5], &v[v.len() - 5..v.len() - 3]),
        one_in: 27,
        requires: Requires::Label(&["rfc", "registro federal"]),
    },
    Id {
        // AFIP, since 2024 ARCA, for the CUIT; ANSES for the CUIL.
        kind: "ar-cuit",
        what: "Argentine tax or employment number (CUIT, CUIL): kind of person, check digit (mod 11)",
        layouts: &["!99-99999999-9", "99 99999999 9", "99999999999"],
        check: |v| {
            let sum = weighted(v, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
            matches!(number(&v[..2]), 20 | 23..=27 | 30 | 33 | 34 | 50 | 51 | 55)
                && b"\0\x01\x02\x03\x04\x05\x06\x07\x08\x09\x09\0"[(11 - sum % 11) as usize] == v[10]
        },
        one_in: 80,
        requires: Requires::FormatOrLabel(&["cuit", "cuil", "cdi"]),
    },
    Id {
        // Ley 17.671, on the national registry of persons.
        kind: "ar-dni",
        what: "Argentine identity card: format, requires a label",
        layouts: &["99.999.999", "9.999.999", "99999999", "9999999"],
        check: has_different_digits,
        one_in: 1,
        requires: Requires::Label(&["dni", "d.n.i", "documento nacional"]),
    },
    Id {
        // Servicio de Registro Civil e Identificación; Decreto con Fuerza de Ley 3 of 1969, on the Rol Único Tributario.
        kind: "cl-rut",
        what: "Chilean identity or tax number (RUN, RUT): check character (mod 11)",
        layouts: &["!99.999.999-*", "!9.999.999-*", "99999999-*", "9999999-*", "99999999*", "9999999*"],
        check: |v| {
            let (check, digits) = (v[v.len() - 1], &v[..v.len() - 1]);
            let sum: u32 = digits
                .iter()
                .rev()
                .zip((2..8).cycle())
                .map(|(digit, weight)| u32::from(*digit) * weight)
                .sum();
            let expected = match 11 - sum % 11 {
                11 => 0,
                10 => b'K',
                expected => expected.to_le_bytes()[0],
            };
            check == expected && has_different_digits(v)
        },
        one_in: 11,
        requires: Requires::FormatOrLabel(&["rut", "run", "rol unico"]),
    },
    Id {
        // DIAN, Orden Administrativa 4 of 1989.
        kind: "co-nit",
        what: "Colombian tax number: check digit (mod 11)",
        layouts: &["!999.999.999-9", "999999999-9", "9999999999"],
        check: |v| {
            const WEIGHTS: [u8; 9] = [41, 37, 29, 23, 19, 17, 13, 7, 3];
            let rest = weighted(v, &WEIGHTS) % 11;
            (if rest < 2 { rest } else { 11 - rest }) == u32::from(v[9]) && has_different_digits(v)
        },
        one_in: 10,
        requires: Requires::LayoutOrLabel(&["nit", "rut", "identificacion tributaria"]),
    },
    Id {
        // Registraduría Nacional del Estado Civil, Circular Única de Registro Civil e Identificación.
        kind: "co-cc",
        what: "Colombian citizen card: format, requires a label",
        layouts: &["9.999.999.999", "99.999.999", "9999999999", "99999999", "9999999"],
        check: |v| has_different_digits(v) && v[0] > 0,
        one_in: 1,
        requires: Requires::Label(&["cedula", "c.c", "nuip", "tarjeta de identidad"]),
    },
    Id {
        // RENIEC: Ley 26497, on the identity card.
        kind: "pe-dni",
        what: "Peruvian identity card: check character (mod 11) where it is written, requires a label",
        layouts: &["99999999-*", "99999999*", "99999999"],
        check: |v| {
            let rest = (weighted(v, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) as usize;
            let digit = [6, 5, 4, 3, 2, 1, 1, 0, 9, 8, 7][rest];
            has_different_digits(v)
                && v.get(8).is_none_or(|check| *check == digit || *check == b"KJIHGFEDCBA"[rest])
        },
        one_in: 1,
        requires: Requires::Label(&["dni", "d.n.i", "documento nacional", "cui"]),
    },
    Id {
        // SUNAT: Decreto Legislativo 943; Resolución de Superintendencia 210-2004.
        kind: "pe-ruc",
        what: "Peruvian tax number: kind of person, check digit (mod 11)",
        layouts: &["99999999999"],
        check: |v| {
            let sum = weighted(v, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
            matches!(number(&v[..2]), 10 | 15..=17 | 20) && (11 - sum % 11) % 10 == u32::from(v[10])
        },
        one_in: 180,
        requires: Requires::FormatOrLabel(&["ruc", "contribuyente"]),
    },
];

/// Returns the value of a character in the check of a CURP. Ñ, which no number has, comes after N.
fn curp_value(v: u8) -> u32 {
    u32::from(match v {
        b'A'..=b'N' => v - b'A' + 10,
        b'O'..=b'Z' => v - b'O' + 25,
        digit => digit,
    })
}

/// Returns the value of a character in the check of an RFC, in whose alphabet `&` comes after N.
fn rfc_value(v: u8) -> u32 {
    curp_value(v)
}
