//! Writes tables to a page of documentation, between the lines that mark their places.

use crate::Failure;
use crate::table::Section;

/// Returns `page` with each of `sections` between `<!-- begin NAME -->` and `<!-- end NAME -->`.
pub(crate) fn rewrite(page: &str, sections: &[Section]) -> Result<String, Failure> {
    let mut page = page.to_owned();
    for section in sections {
        let (begin, end) =
            (format!("<!-- begin {} -->\n", section.name), format!("<!-- end {} -->", section.name));
        let start = page.find(&begin).map(|at| at + begin.len());
        let Some((start, len)) = start.and_then(|start| Some((start, page[start..].find(&end)?))) else {
            return Err(
                format!("the page has no place for `{}`: expected {}", section.name, begin.trim()).into()
            );
        };
        page.replace_range(start..start + len, &format!("\n{section}\n"));
    }
    Ok(page)
}
