//! [`Address`]: an address in parts, and its layouts.

use crate::detect::pii::random::Random;

/// An address in parts.
pub(in super::super) struct Address {
    /// The unit or building before the street.
    pub before: Option<String>,
    pub street: String,
    /// The unit after the street.
    pub unit: Option<String>,
    /// The town with its postal code, in parts that commas may separate.
    pub town: Vec<String>,
    pub country: Option<&'static str>,
}

impl Address {
    /// Returns the address in one of the layouts of people and postal services.
    pub(in super::super) fn layout(&self, random: &mut Random) -> String {
        let comma = random.one_of(&[", ", ", ", ","]);
        let separator = match random.below(8) {
            0 | 1 => "\n",
            2 => "\r\n",
            3 => "\\n",
            4 => " ",
            _ => comma,
        };
        let line_break = separator.contains(['\n', '\\']);
        let mut lines: Vec<String> = Vec::new();
        let joined =
            if separator == " " { self.before.as_ref().map(|before| format!("{before}, ")) } else { None };
        if joined.is_none() {
            lines.extend(self.before.clone());
        }
        let unit = self.unit.as_ref().map(|unit| {
            if line_break || separator == " " { format!(" {unit}") } else { format!("{comma}{unit}") }
        });
        lines.push(format!("{}{}{}", joined.unwrap_or_default(), self.street, unit.unwrap_or_default()));
        if line_break || separator == " " {
            lines.push(self.town.join(if random.below(2) == 0 { " " } else { ", " }).replace(",  ", ", "));
        } else {
            lines.extend(self.town.iter().cloned());
        }
        lines.extend(self.country.map(str::to_owned));
        lines.join(separator)
    }

    /// Returns the address as the postal service prints it, in capital letters.
    pub(in super::super) fn in_capitals(&self) -> String {
        let before = self.before.clone().filter(|_| !self.street.contains(|c: char| c.is_ascii_digit()));
        let street = [before.map(|before| before + ","), Some(self.street.clone()), self.unit.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        format!("{street}\n{}", self.town.join(" ")).to_uppercase().replace("ẞ", "SS")
    }

    /// Returns the address in lower case on one line.
    pub(in super::super) fn in_lower_case(&self, random: &mut Random) -> String {
        let separator = random.one_of(&[" ", ", "]);
        let before = self.before.clone().filter(|_| !self.street.contains(|c: char| c.is_ascii_digit()));
        let before = before.map(|before| before + ", ").unwrap_or_default();
        format!("{before}{}{separator}{}", self.street, self.town.join(" ")).to_lowercase()
    }

    /// Returns whether the street has a number and a type that show in lower case.
    pub(in super::super) fn is_clear_in_lower_case(&self) -> bool {
        let unclear = ["Spui", "Oude Delft", "An der", "Zum", "Am ", "Im ", "Unter", "C. "];
        !unclear.iter().any(|start| self.street.starts_with(start))
            && self.street.contains(|c: char| c.is_ascii_digit())
    }
}
