//! Columns that an author has set up over lines stay columns.
//!
//! Things that stand under one another with more than a space before one of them were put there. After the lines have been laid out anew they stand
//! under one another again, as far left as the longest of the lines allows.

use super::atoms::{Atom, AtomKind};
use crate::report::columns;

/// What is known of an atom's place.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// It begins a line, this far in.
    pub begins: Option<usize>,
    /// A space stands between it and the atom before it on its line.
    pub spaced: bool,
}

/// How many columns a text takes where it is shown.
pub fn shown(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// How often lines are gone over: a column moves all that stands right of it, in other lines too. What takes longer is nothing that a person set up.
const ROUNDS: usize = 64;

/// How many spaces stand before each atom that does not begin a line.
pub fn gaps(atoms: &[Atom], places: &[Place]) -> Vec<usize> {
    let runs = runs(atoms, places);
    let mut targets = vec![0; atoms.len()];
    let mut gaps = vec![0; atoms.len()];
    for _ in 0..ROUNDS {
        let mut moved = false;
        let mut column = 0;
        for ((((atom, place), run), gap), index) in atoms.iter().zip(places).zip(&runs).zip(&mut gaps).zip(0..) {
            column = match place.begins {
                Some(indent) => indent,
                None => {
                    let least = column + usize::from(place.spaced);
                    let target = run.and_then(|run| targets.get_mut(run));
                    let at = match target {
                        Some(target) => {
                            moved |= *target < least && *run != Some(index);
                            *target = least.max(*target);
                            *target
                        }
                        None => least,
                    };
                    *gap = at - column;
                    at
                }
            };
            // After a text over lines nothing is under anything.
            column += shown(&atom.text);
        }
        if !moved {
            return gaps;
        }
    }
    places.iter().map(|place| usize::from(place.spaced)).collect()
}

/// For each atom of a column its first atom.
fn runs(atoms: &[Atom], places: &[Place]) -> Vec<Option<usize>> {
    let mut first: Vec<Option<usize>> = vec![None; atoms.len()];
    let mut wanted = vec![false; atoms.len()];
    let mut counts = vec![0_usize; atoms.len()];
    // The atoms of the line before and of this one that may stand in a column: where, of which column, and in how many brackets of their line: what stands in one and what stands in none are not of one column.
    let mut above: Vec<(usize, usize, i32)> = Vec::new();
    let mut line: Vec<(usize, usize, i32)> = Vec::new();
    let mut depth = 0;
    let mut broken = false;
    for (((atom, place), own), index) in atoms.iter().zip(places).zip(&mut first).zip(0..) {
        if place.begins.is_some() {
            above = std::mem::take(&mut line);
            if atom.breaks > 1 || broken {
                above.clear();
            }
            broken = false;
            depth = 0;
        }
        let within = depth;
        depth += match atom.kind {
            AtomKind::Open => 1,
            AtomKind::Close => -1,
            _ => 0,
        };
        broken |= !atom.lines.is_empty();
        // Of two at one column the first has no width.
        if place.begins.is_some() || !place.spaced || broken || line.last().is_some_and(|&(column, ..)| column == atom.column) {
            continue;
        }
        let at = above.binary_search_by_key(&atom.column, |&(column, ..)| column).ok().and_then(|at| above.get(at));
        let run = at.filter(|&&(.., other)| other == within).map_or(index, |&(_, run, _)| run);
        *own = Some(run);
        line.push((atom.column, run, within));
        if let (Some(wanted), Some(count)) = (wanted.get_mut(run), counts.get_mut(run)) {
            *wanted |= atom.gap > 1;
            *count += 1;
        }
    }
    let kept = |run: usize| wanted.get(run) == Some(&true) && counts.get(run).is_some_and(|&count| count > 1);
    first.into_iter().map(|run| run.filter(|&run| kept(run))).collect()
}
