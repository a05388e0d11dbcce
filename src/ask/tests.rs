//! Diagrams and sums against tables of all their values.

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::diagram::{Diagrams, Ref, leaf, number};
use super::sums::{Sums, points_number};
use crate::program::Milli;

/// How many branches each level has.
type Levels = Vec<usize>;
/// For each combination of branches a value, the last level's branches side by side.
type Table = Vec<u32>;

fn diagrams(levels: &[usize]) -> Diagrams {
    let mut diagrams = Diagrams::default();
    diagrams.clear();
    levels.iter().for_each(|&branches| diagrams.add_level(branches));
    diagrams
}

fn size(levels: &[usize]) -> usize {
    levels.iter().product()
}

/// The branches of a combination.
fn branches(levels: &[usize], mut at: usize) -> Vec<usize> {
    let mut found: Vec<usize> = levels.iter().rev().map(|&count| (at % count, at /= count).0).collect();
    found.reverse();
    found
}

fn place(levels: &[usize], branches: &[usize]) -> usize {
    levels.iter().zip(branches).fold(0, |at, (&count, &branch)| at * count + branch)
}

/// The function of a table, of all levels at once.
fn function(diagrams: &mut Diagrams, levels: &[usize], table: &[u32]) -> Ref {
    let variables: Vec<Ref> = levels.iter().enumerate().map(|(level, &count)| diagrams.variable(level, &mut (0..count as u32))).collect();
    let found = diagrams.apply(&variables, &mut |inputs: &[Ref]| {
        let branches: Option<Vec<usize>> = inputs.iter().map(|&input| number(input).map(|number| number as usize)).collect();
        Some(leaf(table.get(place(levels, &branches?)).copied().unwrap_or_default()))
    });
    diagrams.draw(found)
}

/// The same, one combination after the other, in an order of their own.
fn pieced(diagrams: &mut Diagrams, levels: &[usize], table: &[u32], step: usize) -> Ref {
    let mut found = leaf(0);
    let count = size(levels);
    for at in (0..count).map(|at| at * step % count) {
        let own = branches(levels, at);
        let mut one = leaf(1);
        for (level, (&count, &branch)) in levels.iter().zip(&own).enumerate() {
            let is = diagrams.variable(level, &mut (0..count).map(|other| u32::from(other == branch)));
            one = diagrams.apply(&[one, is], &mut |inputs: &[Ref]| match *inputs {
                [a, b] if number(a) == Some(1) => Some(b),
                [a, _] if number(a) == Some(0) => Some(a),
                _ => None,
            });
        }
        let value = table.get(at).copied().unwrap_or_default();
        found = diagrams.apply(&[one, found], &mut |inputs: &[Ref]| match inputs {
            &[one, rest] => number(one).map(|one| if one == 1 { leaf(value) } else { rest }),
            _ => None,
        });
    }
    diagrams.draw(found)
}

fn value(diagrams: &Diagrams, mut of: Ref, branches: &[usize]) -> u32 {
    loop {
        match number(of) {
            Some(number) => return number,
            None => of = diagrams.child(of, branches.get(diagrams.level(of)).copied().unwrap_or_default()),
        }
    }
}

/// Levels, and some tables of few values over them.
fn tables(count: usize, values: u32) -> impl Strategy<Value = (Levels, Vec<Table>)> {
    prop::collection::vec(1usize..4, 1..5).prop_flat_map(move |levels| {
        let table = prop::collection::vec(0..values, size(&levels));
        // Most functions do not depend on everything.
        let flat = (table, prop::collection::vec(any::<bool>(), levels.len())).prop_map({
            let levels = levels.clone();
            move |(table, keeps)| {
                let kept = |at: usize| branches(&levels, at).iter().zip(&keeps).map(|(&branch, &keep)| if keep { branch } else { 0 }).collect::<Vec<_>>();
                (0..table.len()).filter_map(|at| table.get(place(&levels, &kept(at))).copied()).collect::<Table>()
            }
        });
        (Just(levels), prop::collection::vec(flat, count))
    })
}

#[test]
fn support_is_told_of_many_levels() {
    let mut diagrams = diagrams(&[2; 40]);
    for on in [&[3, 30, 31, 35][..], &[31], &[32, 39], &[0, 30]] {
        let variables: Vec<Ref> = on.iter().map(|&level| diagrams.variable(level, &mut (0..2))).collect();
        let odd = diagrams.apply(&variables, &mut |inputs: &[Ref]| inputs.iter().map(|&input| number(input)).sum::<Option<u32>>().map(|sum| leaf(sum % 2)));
        let odd = diagrams.draw(odd);
        let found: Vec<usize> = diagrams.support(odd).into_iter().enumerate().filter(|(_, needed)| *needed).map(|(level, _)| level).collect();
        assert_eq!(found, on);
    }
}

#[test]
fn what_would_have_too_many_labels_is_drawn() {
    let levels = [3; 8];
    let mut diagrams = diagrams(&levels);
    let mut found = leaf(0);
    for (level, &count) in levels.iter().enumerate() {
        let next = diagrams.variable(level, &mut (0..count as u32));
        found = diagrams.apply(&[next, found], &mut |inputs: &[Ref]| match *inputs {
            [next, all] => Some(leaf((number(all)? * 2 + number(next)?) % 5)),
            _ => None,
        });
    }
    let found = diagrams.draw(found);
    for at in 0..size(&levels) {
        let branches = branches(&levels, at);
        let expected = branches.iter().fold(0, |all, &branch| (all * 2 + branch as u32) % 5);
        assert_eq!(value(&diagrams, found, &branches), expected, "{branches:?}");
    }
}

/// A step that no count of combinations has a factor of.
const STEP: usize = 37;

proptest! {
    #![proptest_config(Config::with_cases(400))]

    #[test]
    fn equal_functions_are_one((levels, all) in tables(2, 2)) {
        let mut diagrams = diagrams(&levels);
        let at_once: Vec<Ref> = all.iter().map(|table| function(&mut diagrams, &levels, table)).collect();
        let pieced: Vec<Ref> = all.iter().map(|table| pieced(&mut diagrams, &levels, table, STEP)).collect();
        prop_assert_eq!(&at_once, &pieced);
        prop_assert_eq!(at_once.first() == at_once.last(), all.first() == all.last());
        for (table, &of) in all.iter().zip(&at_once) {
            for (at, &expected) in table.iter().enumerate() {
                prop_assert_eq!(value(&diagrams, of, &branches(&levels, at)), expected);
            }
        }
    }

    #[test]
    fn what_is_joined_is_joined_everywhere((levels, all) in tables(3, 3)) {
        let mut diagrams = diagrams(&levels);
        let functions: Vec<Ref> = all.iter().map(|table| function(&mut diagrams, &levels, table)).collect();
        // The first decides where it is nothing.
        let join = |values: &[u32]| if values.first() == Some(&0) { 7 } else { values.iter().fold(0, |sum, value| sum * 3 + value) };
        let joined = diagrams.apply(&functions, &mut |inputs: &[Ref]| {
            if inputs.first() == Some(&leaf(0)) {
                return Some(leaf(7));
            }
            let values: Option<Vec<u32>> = inputs.iter().map(|&input| number(input)).collect();
            values.map(|values| leaf(join(&values)))
        });
        let expected: Table = (0..size(&levels)).map(|at| join(&all.iter().filter_map(|table| table.get(at).copied()).collect::<Vec<_>>())).collect();
        let expected = function(&mut diagrams, &levels, &expected);
        prop_assert_eq!(diagrams.draw(joined), expected);
    }

    #[test]
    fn what_is_relabelled_is_as_if_drawn((levels, all) in tables(2, 5), by in prop::collection::vec((0usize..6, 0usize..6, 0u32..7), 1..6)) {
        let mut diagrams = diagrams(&levels);
        // Each function beside the same one drawn; some of them have their root in common.
        let mut functions: Vec<(Ref, Ref)> = all.iter().map(|table| function(&mut diagrams, &levels, table)).map(|of| (of, of)).collect();
        for (a, b, times) in by {
            let (a, b) = (functions[a % functions.len()], functions[b % functions.len()]);
            let join = &mut |inputs: &[Ref]| inputs.iter().map(|&input| number(input)).sum::<Option<u32>>().map(|sum| leaf(sum * times % 5));
            let relabelled = diagrams.apply(&[a.0, leaf(1), b.0], join);
            let drawn = diagrams.apply(&[a.1, leaf(1), b.1], join);
            let drawn = diagrams.draw(drawn);
            prop_assert!(number(relabelled).is_none_or(|known| number(drawn) == Some(known)));
            functions.push((relabelled, drawn));
        }
        for (relabelled, drawn) in functions {
            prop_assert_eq!(diagrams.draw(relabelled), drawn);
            prop_assert_eq!(diagrams.draw(relabelled), drawn, "and is remembered");
        }
    }

    #[test]
    fn a_fixed_level_is_gone((levels, all) in tables(1, 3)) {
        let mut diagrams = diagrams(&levels);
        let table = all.concat();
        let of = function(&mut diagrams, &levels, &table);
        // Twice, for what is remembered.
        for (level, &count) in levels.iter().enumerate().chain(levels.iter().enumerate()) {
            for branch in 0..count {
                let set = |at: usize| branches(&levels, at).iter().enumerate().map(|(own, &known)| if own == level { branch } else { known }).collect::<Vec<_>>();
                let expected: Table = (0..table.len()).filter_map(|at| table.get(place(&levels, &set(at))).copied()).collect();
                let expected = function(&mut diagrams, &levels, &expected);
                prop_assert_eq!(diagrams.fix(of, level, branch), expected);
            }
        }
    }

    #[test]
    fn support_is_what_makes_a_difference((levels, all) in tables(1, 2)) {
        let mut diagrams = diagrams(&levels);
        let table = all.concat();
        let of = function(&mut diagrams, &levels, &table);
        let without = |at: usize, level: usize| branches(&levels, at).iter().enumerate().map(|(own, &known)| if own == level { 0 } else { known }).collect::<Vec<_>>();
        let differs = |level: usize| (0..table.len()).any(|at| table.get(at) != table.get(place(&levels, &without(at, level))));
        let expected: Vec<bool> = (0..levels.len()).map(differs).collect();
        prop_assert_eq!(diagrams.support(of), expected);
    }

    /// Points of which one number stands for a fault, added up, within bounds, or as far as thresholds tell them apart.
    #[test]
    fn sums_are_sums((levels, all) in tables(4, 8), low in -9i64..3, high in 3i64..12, thresholds in prop::collection::btree_set(-12i64..20, 0..3)) {
        let mut diagrams = diagrams(&levels);
        let points = |number: u32| (number != 7).then_some(Milli::from(number) * 2 - 5);
        let parts: Vec<Ref> = all.iter().map(|table| function(&mut diagrams, &levels, &table.iter().map(|&number| points_number(points(number))).collect::<Vec<_>>())).collect();
        let sums: Vec<Option<Milli>> = (0..size(&levels)).map(|at| all.iter().filter_map(|table| table.get(at)).map(|&number| points(number)).sum()).collect();
        let mut room = Sums::default();
        let clamped = |sum: Milli| points_number(Some(sum.clamp(low, high)));
        let cut = |sum: Milli| thresholds.iter().filter(|&&threshold| threshold <= sum).count() as u32;
        for (of, fault) in [(&clamped as &dyn Fn(Milli) -> u32, 0), (&cut, 99)] {
            let found = room.sum(&mut diagrams, &parts, &mut |sum: Milli| of(sum), fault);
            let expected: Table = sums.iter().map(|sum| sum.map_or(fault, of)).collect();
            let expected = function(&mut diagrams, &levels, &expected);
            prop_assert_eq!(found, expected);
        }
        let whole = room.sum(&mut diagrams, &parts, &mut |sum: Milli| points_number(Some(sum)), 0);
        let known = || sums.iter().flatten().copied();
        let (least, greatest, faults) = room.ends(&mut diagrams, whole);
        prop_assert_eq!((known().min(), known().max()), if least <= greatest { (Some(least), Some(greatest)) } else { (None, None) });
        prop_assert_eq!(faults, sums.iter().any(Option::is_none));
    }
}
