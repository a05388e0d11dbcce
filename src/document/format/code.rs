//! Expressions of a document in their canonical form.

use std::collections::HashMap;

use crate::cel::{self, Text};
use crate::document::keys::DOCUMENT;
use crate::document::shape::Of;
use crate::document::tokens::tokens;
use crate::document::yaml::{Kind, Node, Style};
use crate::report::Span;

/// What stands in place of scalars, by where they begin.
pub type Codes = HashMap<u32, String>;

/// The expressions that are written otherwise than they would be printed, with what is printed.
pub fn codes(tree: &Node) -> Codes {
    let mut found = Codes::new();
    collect(tree, &Of::Map(&DOCUMENT), &mut found);
    found
}

/// The document's parser bounds how deep it nests.
fn collect(node: &Node, of: &Of, found: &mut Codes) {
    match (of, &node.kind) {
        (Of::Map(shape), Kind::Mapping(entries)) => {
            for entry in entries {
                if let Some(key) = shape.key(entry.name()) {
                    collect(&entry.value, &key.of, found);
                }
            }
        }
        (Of::Entries(of), Kind::Mapping(entries)) => entries.iter().for_each(|entry| collect(&entry.value, of, found)),
        (Of::List(of), Kind::Sequence(items)) => items.iter().for_each(|item| collect(item, of, found)),
        (Of::Either(all), _) => all.iter().for_each(|of| collect(node, of, found)),
        (Of::Cel, Kind::Scalar(scalar)) if scalar.style != Style::Block && !node.is_null() => {
            if let Some(printed) = printed(&scalar.text).filter(|printed| *printed != scalar.text) {
                found.insert(node.span.start, printed);
            }
        }
        _ => {}
    }
}

/// An expression printed from its tree; none where it is none, or where its words would change. Comments are no words, and stay.
fn printed(source: &str) -> Option<String> {
    let span = Span::new(0, 0, u32::try_from(source.len()).ok()?);
    let expr = cel::parse(&Text { text: source, span, offsets: &[] }).ok()?;
    let printed = cel::print_as_spelled(&expr, source);
    let one_line = !printed.contains(['\n', '\r']) && !source.contains("//");
    (one_line && tokens(&printed) == tokens(source)).then_some(printed)
}

#[cfg(test)]
mod tests {
    use super::printed;

    #[test]
    fn spaces_and_nothing_else() {
        for (source, wanted) in [
            ("a&&!known( x )||b>=1.5e-3", "a && !known(x) || b >= 1.5e-3"),
            ("[1,2 ,3].exists(x,x==n)", "[1, 2, 3].exists(x, x == n)"),
            ("t . matches( r'\\d+' )?'a':\"b\"", "t.matches(r'\\d+') ? 'a' : \"b\""),
            ("- n  +  -1", "-n + -1"),
        ] {
            assert_eq!(printed(source).as_deref(), Some(wanted));
            assert_eq!(printed(wanted).as_deref(), Some(wanted));
        }
        // Brackets that the tree does not need are words that somebody agreed to; a comment would be lost.
        assert_eq!(printed("((a))||b"), None);
        assert_eq!(printed("a  || b // why"), None);
        assert_eq!(printed("a  |  b"), None);
    }
}
