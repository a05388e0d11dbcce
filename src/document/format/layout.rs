//! Atoms into text.

use super::align::{self, Place};
use super::atoms::{Atom, AtomKind};

/// Prints atoms in the canonical layout.
pub fn print(atoms: &[Atom]) -> String {
    let indents = indents(atoms);
    let places = places(atoms, &indents);
    let gaps = align::gaps(atoms, &places);
    let mut out = String::new();
    let mut line = 0;
    let mut previous: Option<&Atom> = None;
    for (((atom, &indent), place), &gap) in atoms.iter().zip(&indents).zip(&places).zip(&gaps) {
        if place.begins.is_some() {
            if previous.is_some() {
                out.push('\n');
            }
            if previous.is_some() && atom.breaks > 1 {
                out.push('\n');
            }
            if atom.kind != AtomKind::Block {
                spaces(&mut out, indent);
                line = indent;
            }
        } else {
            spaces(&mut out, gap);
        }
        match atom.kind {
            AtomKind::Block => print_lines(&mut out, &atom.lines, atom.owner + 2, false),
            AtomKind::Scalar => {
                out.push_str(&atom.text);
                print_lines(&mut out, &atom.lines, line + 2, true);
            }
            _ => out.push_str(&atom.text),
        }
        previous = Some(atom);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn places(atoms: &[Atom], indents: &[usize]) -> Vec<Place> {
    let before = std::iter::once(None).chain(atoms.iter().map(Some));
    let place = |((atom, &indent), previous): ((&Atom, &usize), Option<&Atom>)| Place {
        begins: begins_line(atom, previous).then_some(indent),
        spaced: previous.is_some_and(|previous| spaced(previous, atom)),
    };
    atoms.iter().zip(indents).zip(before).map(place).collect()
}

fn begins_line(atom: &Atom, previous: Option<&Atom>) -> bool {
    atom.breaks > 0 || previous.is_none()
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// Lines of a text over lines. `follow`: they follow a line that is there already.
fn print_lines(out: &mut String, lines: &[String], indent: usize, follow: bool) {
    for (index, line) in lines.iter().enumerate() {
        if follow || index > 0 {
            out.push('\n');
        }
        if !line.is_empty() {
            spaces(out, indent);
            out.push_str(line);
        }
    }
}

/// Whether a space stands between two atoms of a line.
fn spaced(left: &Atom, right: &Atom) -> bool {
    match (left.kind, right.kind) {
        (_, AtomKind::Comment) => true,
        (_, AtomKind::Comma) => false,
        (left_kind, AtomKind::Colon) => !matches!(left_kind, AtomKind::Scalar),
        (AtomKind::Open, AtomKind::Close) => false,
        (AtomKind::Open, _) => left.text == "{",
        (_, AtomKind::Close) => right.text == "}",
        _ => true,
    }
}

/// How far each atom is indented where it begins a line.
fn indents(atoms: &[Atom]) -> Vec<usize> {
    let mut indents = Vec::with_capacity(atoms.len());
    // For each open bracket, the indentation of the line that it stands on.
    let mut open: Vec<usize> = Vec::new();
    let mut line = 0;
    let mut previous = None;
    for atom in atoms {
        let indent = match (open.last(), atom.kind) {
            (Some(&base), AtomKind::Close) => base,
            (Some(&base), _) => base + 2,
            (None, _) => atom.indent,
        };
        if begins_line(atom, previous) && !matches!(atom.kind, AtomKind::Comment | AtomKind::Block) {
            line = indent;
        }
        match atom.kind {
            AtomKind::Open => open.push(line),
            AtomKind::Close => {
                open.pop();
            }
            _ => {}
        }
        indents.push(indent);
        previous = Some(atom);
    }
    place_comments(atoms, &mut indents);
    indents
}

/// A comment on a line of its own goes with the line after it, or with the line before it where it stands under that one and not over the other.
fn place_comments(atoms: &[Atom], indents: &mut [usize]) {
    let starts: Vec<bool> = atoms.iter().enumerate().map(|(index, atom)| begins_line(atom, index.checked_sub(1).and_then(|before| atoms.get(before)))).collect();
    let mut after: Vec<Option<(usize, usize)>> = Vec::with_capacity(atoms.len());
    let mut next = None;
    for ((atom, &indent), &starts) in atoms.iter().zip(indents.iter()).zip(&starts).rev() {
        after.push(next);
        if starts && !matches!(atom.kind, AtomKind::Comment | AtomKind::Block) {
            next = Some((atom.column, indent));
        }
    }
    after.reverse();
    let mut before: Option<(usize, usize)> = None;
    for (((atom, indent), starts), next) in atoms.iter().zip(indents.iter_mut()).zip(starts).zip(after) {
        if !starts || atom.kind == AtomKind::Block {
            continue;
        }
        if atom.kind != AtomKind::Comment {
            before = Some((atom.column, *indent));
            continue;
        }
        let under = before.filter(|(column, _)| *column == atom.column && next.is_none_or(|(other, _)| other != atom.column));
        *indent = under.or(next).map_or(0, |(_, indent)| indent);
    }
}
