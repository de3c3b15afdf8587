//! The report of `chimeflow test` for CI services: the XML of `JUnit`, as Jenkins, GitLab and GitHub Actions understand it.
//!
//! It has a dozen elements, so it is written here: the crates that write it depend on an XML writer, a clock and random ids.

use std::fmt::Write as _;

use super::{Case, Suite};

/// Returns the report on `suites`: a test suite for each file, a test case for each check.
pub(super) fn report(suites: &[Suite]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let total = suites.iter().map(count).fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
    let _ = writeln!(xml, "<testsuites name=\"chimeflow\"{}>", counts(total));
    for suite in suites {
        let name = escaped(&suite.name);
        let _ = writeln!(xml, "  <testsuite name=\"{name}\"{}>", counts(count(suite)));
        match &suite.cases {
            Ok(cases) => cases.iter().for_each(|case| show(&mut xml, &name, case)),
            Err(why) => {
                let _ = writeln!(
                    xml,
                    "    <testcase name=\"the file loads\" classname=\"{name}\" file=\"{name}\">"
                );
                let _ = writeln!(xml, "      <error message=\"it does not load\">{}</error>", escaped(why));
                xml.push_str("    </testcase>\n");
            }
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn show(xml: &mut String, name: &str, case: &Case) {
    let title = escaped(&case.title);
    let head =
        format!("    <testcase name=\"{title}\" classname=\"{name}\" file=\"{name}\" line=\"{}\"", case.line);
    let Some(problems) = &case.problems else {
        let _ = writeln!(xml, "{head}/>");
        return;
    };
    let first = escaped(problems.lines().next().unwrap_or_default());
    let _ = writeln!(
        xml,
        "{head}>\n      <failure message=\"{first}\">{}</failure>\n    </testcase>",
        escaped(problems)
    );
}

/// Returns the numbers of test cases, failures and errors.
fn count(suite: &Suite) -> (usize, usize, usize) {
    match &suite.cases {
        Ok(cases) => (cases.len(), cases.iter().filter(|case| case.problems.is_some()).count(), 0),
        Err(_) => (1, 0, 1),
    }
}

fn counts((tests, failures, errors): (usize, usize, usize)) -> String {
    format!(" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
}

/// Escapes `text` for XML. Characters that XML cannot contain, not even escaped, are replaced.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\n' => xml.push_str("&#10;"),
            '\t' => xml.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => xml.push('\u{fffd}'),
            c if c.is_control() => xml.push('\u{fffd}'),
            c => xml.push(c),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_or_a_problem_ends_its_element() {
        let case = |title: &str, problems: Option<&str>| Case {
            title: title.to_owned(),
            line: 3,
            problems: problems.map(str::to_owned),
        };
        let cases =
            vec![case("a \"<&>\" \u{1b}[0m\u{ffff}", None), case("b", Some("error: ]]></failure>\nmore"))];
        let suites = [
            Suite { name: "a&b.toml".to_owned(), cases: Ok(cases), left_out: 2 },
            Suite { name: "c".to_owned(), cases: Err("no".to_owned()), left_out: 0 },
        ];
        let xml = report(&suites);
        assert!(
            xml.contains(
                "name=\"a &quot;&lt;&amp;&gt;&quot; \u{fffd}[0m\u{fffd}\" classname=\"a&amp;b.toml\""
            ),
            "{xml}"
        );
        assert!(xml.contains("<failure message=\"error: ]]&gt;&lt;/failure&gt;\">error: ]]&gt;&lt;/failure&gt;&#10;more</failure>"));
        assert!(xml.contains("<testsuites name=\"chimeflow\" tests=\"3\" failures=\"1\" errors=\"1\">"));
    }
}
