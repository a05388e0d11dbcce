//! The canonical layout of a policy document.
//!
//! Two spaces for each level, one space after `:` and inside braces where nothing is set up in columns, no white space at the ends of lines, at most one empty line, no quotes around plain
//! words. An expression on one line is printed from its tree, where that leaves its words as they are: they are what people agreed to. Sections,
//! entries, comments and the line breaks inside brackets stay where the author put them. A text is only changed where the result reads
//! as the same document with the same comments; otherwise it stays as it is.

mod align;
mod atoms;
mod code;
mod layout;

use super::read;
use super::tokens::tokens;
use super::yaml::plain::{self, Plain};
use super::yaml::{self, Kind, Node, Style};
use crate::report::{Diagnostic, Severity};
use code::Codes;

/// The text in its canonical layout; the errors where it is not YAML, or has what a policy cannot have.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let tree = tree(text)?;
    let Some(tree) = tree else { return Ok(text.to_string()) };
    let Some(atoms) = atoms::atoms(text, &tree, &code::codes(&tree)) else { return Ok(text.to_string()) };
    let formatted = layout::print(&atoms);
    let again = self::tree(&formatted).ok().flatten();
    let unchanged = again.is_some_and(|again| {
        let comments = atoms::atoms(&formatted, &again, &Codes::new()).map(|atoms| atoms::comments(&atoms));
        same(&tree, &again) && comments == Some(atoms::comments(&atoms))
    });
    Ok(if unchanged { formatted } else { text.to_string() })
}

fn tree(text: &str) -> Result<Option<Node>, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let parsed = yaml::parse(text, 0, &mut diagnostics);
    diagnostics.retain(|problem| problem.severity == Severity::Error);
    if diagnostics.is_empty() { Ok(parsed.root) } else { Err(read::capped(read::told(diagnostics))) }
}

/// Whether two trees mean the same: equal but for places and quotes that make no difference.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Scalar(x), Kind::Scalar(y)) if x.text != y.text => tokens(&x.text) == tokens(&y.text) && x.style != Style::Block,
        (Kind::Scalar(x), Kind::Scalar(y)) => meaning(&x.text, x.style) == meaning(&y.text, y.style),
        (Kind::Sequence(x), Kind::Sequence(y)) => x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y)),
        (Kind::Mapping(x), Kind::Mapping(y)) => x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(&x.key, &y.key) && same(&x.value, &y.value)),
        _ => false,
    }
}

fn meaning(text: &str, style: Style) -> Plain {
    if style == Style::Plain { plain::resolve(text) } else { Plain::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str) {
        let formatted = format(before).unwrap();
        assert_eq!(formatted, after);
        assert_eq!(format(&formatted).unwrap(), after, "not stable");
    }

    #[test]
    fn spaces_and_indentation() {
        check("a:   1   # one\nfields:\n    x:    {type: int,min:   1 }\n    y: {  }\nl: [ a,b ,  c ]\n", "a: 1 # one\nfields:\n  x: { type: int, min: 1 }\n  y: {}\nl: [a, b, c]\n");
    }

    #[test]
    fn columns_stay_columns() {
        check(
            "fields:\n    mail:     { type: string,  format: email } # one\n    端口:     { type: int,     min: 1 }        # two\n    x:        1\n",
            "fields:\n  mail: { type: string, format: email } # one\n  端口: { type: int,    min: 1 }        # two\n  x:    1\n",
        );
        // What stands in brackets and what stands in none are not of one column, whatever stands under what.
        check("a:              { type: int,  min: 1 }\naccount_seats: { type: bool, x: 1 }\n", "a: { type: int, min: 1 }\naccount_seats: { type: bool, x: 1 }\n");
        // What stands alone, or under nothing that stands in the next line, is no column.
        check("a:    1\nbc: 2\n\nc:  [ 1,   2 ]\n\nd:  [ 1,   2 ]\n", "a: 1\nbc: 2\n\nc: [1, 2]\n\nd: [1, 2]\n");
    }

    #[test]
    fn lists_stand_two_spaces_in() {
        check("rows:\n- a: 1\n  b:\n  - x\n- - y\n  - z\n", "rows:\n  - a: 1\n    b:\n      - x\n  - - y\n    - z\n");
    }

    #[test]
    fn comments_and_one_empty_line_stay() {
        check(
            "\n\n# top\n\n\n\na:\n      # inner\n      b: 1\n      # still inner\n\n# next\nc: 2   \n# end\n\n\n",
            "# top\n\na:\n  # inner\n  b: 1\n  # still inner\n\n# next\nc: 2\n# end\n",
        );
        // Behind a text in quotes as well, which become fewer.
        check("a: 'b' # one\nc:\n  - \"d\" # two\n  - 'e''f' # three\ng: ['h', # four\n  \"i\\\"j\" # five\n  ]\n", "a: b # one\nc:\n  - d # two\n  - 'e''f' # three\ng: [h, # four\n  \"i\\\"j\" # five\n]\n");
    }

    #[test]
    fn line_breaks_inside_brackets_stay() {
        check(
            "a: {\n      b: 1,   # why\n  c: [1,\n 2]\n   }\nd: [{ e: 1,\n f: 2 }]\n",
            "a: {\n  b: 1, # why\n  c: [1,\n    2]\n}\nd: [{ e: 1,\n  f: 2 }]\n",
        );
    }

    #[test]
    fn quotes_stay_where_they_matter() {
        check(
            "a: \"word\"\n'b': 'no'\nc: \"12\"\nd: \"-\"\ne: 'x y'\nf: \"null\"\n",
            "a: word\nb: 'no'\nc: \"12\"\nd: \"-\"\ne: 'x y'\nf: \"null\"\n",
        );
    }

    #[test]
    fn texts_over_lines_keep_their_content() {
        check(
            "a:\n    b: |\n          one\n            two\n\n          three  \n    c: >-   # folded\n      x\n      y\nd: a &&\n      b\ne: \"x\n\n   y\"\n",
            "a:\n  b: |\n    one\n      two\n\n    three  \n  c: >- # folded\n    x\n    y\nd: a &&\n  b\ne: \"x\n\n  y\"\n",
        );
    }

    #[test]
    fn json_stays_json() {
        check("{\"a\":1,\n    \"b\":[true,\"x\"]}\n", "{ \"a\": 1,\n  \"b\": [true, \"x\"] }\n");
    }

    #[test]
    fn line_ends_and_marks_are_made_plain() {
        check("\u{feff}a: 1\r\nb:\r\n   c: 端口\r\n", "a: 1\nb:\n  c: 端口\n");
    }

    #[test]
    fn expressions_are_printed() {
        check(
            "derive:\n  a: x/ (y+1)\n  b: 'has(m . k)?m.k:\"z\"'\n  c: \"n in[1,2]\"\n  d: x   // why\n  e: '((x))'\nroute:\n  rows: [{ when: 'a&&!b', to: q }]\n",
            "derive:\n  a: x / (y + 1)\n  b: 'has(m.k) ? m.k : \"z\"'\n  c: \"n in [1, 2]\"\n  d: x   // why\n  e: '((x))'\nroute:\n  rows: [{ when: 'a && !b', to: q }]\n",
        );
        check("{\"derive\": {\"a\": \"x+1\", \"b\": \"x+\\\"y\\\"\"}}\n", "{ \"derive\": { \"a\": \"x + 1\", \"b\": \"x+\\\"y\\\"\" } }\n");
        // A text that is no expression, and one that is none of the document's, stay.
        check("derive: { a: 'x  ||' }\npolicy: 'x+1'\n", "derive: { a: 'x  ||' }\npolicy: 'x+1'\n");
    }

    #[test]
    fn what_it_does_not_know_stays_as_it_is() {
        for text in ["? a\n: b\n", "a: |+\n  x\n\nb:   1\n", "---\na:    1\n", "", "# only a comment"] {
            assert_eq!(format(text).unwrap(), text);
        }
    }

    #[test]
    fn errors_are_given() {
        assert_eq!(format("a: b: c\n").unwrap_err()[0].code, "yaml-colon");
        assert_eq!(format("a: 1\na: 2\n").unwrap_err()[0].code, "duplicate-key");
    }
}
