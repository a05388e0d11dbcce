//! Scores on planes: points are small whole numbers of a unit that all of a program's points share, added up sixteen rows at a time.

use super::eights::{EIGHT, Eight, Test, plane};
use super::planes::{ADD, Table, add, clamp, cut, look, table, widen};
use super::scratch::Scratch;
use crate::engine::layout::{Faults, Term, Terms, group_parts};
use crate::engine::points;
use crate::program::{Cut, FAULT, FIRST_VALUE, Group, Milli, Program, Score, ScoreBody, SlotId};

/// Cases of at most so many terms share a half of a byte with others.
const HALF: usize = 4;

/// The unit of all points of a program: the greatest number of thousandths that divides all of them.
pub fn unit_of(program: &Program) -> Milli {
    let mut unit: Milli = 0;
    for score in &program.scores {
        let mut see = |value: Milli| unit = divisor(unit, value);
        score.range.iter().for_each(|&(low, high)| { see(low); see(high) });
        let groups: &[Group] = if let ScoreBody::Groups(groups) = &score.body { groups } else { &[] };
        for group in groups {
            group.min.iter().chain(&group.max).for_each(|&bound| see(bound));
            group.rules.iter().flat_map(|rule| &rule.cases).for_each(|case| see(case.points));
        }
    }
    unit.max(1)
}

fn divisor(mut a: Milli, mut b: Milli) -> Milli {
    while b != 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a.saturating_abs()
}

/// What adds to a sum.
#[derive(Debug, Clone)]
enum Step {
    /// Terms are looked at.
    Eight(Eight),
    /// A case of many terms is: the lowest bits tell whether it holds.
    Test(Test),
    /// Points of a slot's cells.
    Slot(SlotId, Table),
    /// Points of the lower half of the terms that were looked at last.
    Low(Table),
    /// Of the upper half.
    High(Table),
    /// What was added so far would not fit a byte with what comes.
    Flush,
}

/// The rules of a group.
#[derive(Debug, Clone)]
struct GroupSum {
    steps: Vec<Step>,
    bounds: Option<(i16, i16)>,
}

/// A score.
#[derive(Debug, Clone)]
pub struct Sum {
    groups: Vec<GroupSum>,
    /// Scores that it adds up, by index.
    parts: Vec<usize>,
    range: Option<(i16, i16)>,
    cuts: Vec<(SlotId, Vec<i16>, u8)>,
}

/// What a sum can be at least and at most.
type Bounds = (Milli, Milli);

/// Makes sums.
pub struct Sums<'a> {
    /// The program.
    pub program: &'a Program,
    /// What may fault in it.
    pub faults: &'a Faults<'a>,
    /// The unit of points.
    pub unit: Milli,
    /// The bounds of the scores before.
    pub known: Vec<Option<Bounds>>,
}

impl Sums<'_> {
    /// A score; none where it cannot be had on planes.
    pub fn of(&mut self, terms: &mut Terms, index: usize, score: &Score) -> Option<Sum> {
        let mut sum = Sum { groups: Vec::new(), parts: Vec::new(), range: None, cuts: Vec::new() };
        let mut bounds = (0, 0);
        match &score.body {
            ScoreBody::Groups(groups) => {
                for group in groups {
                    let (group, of_group) = self.group(terms, group)?;
                    bounds = within(both(bounds, of_group))?;
                    sum.groups.push(group);
                }
            }
            ScoreBody::Sum(parts) => {
                for &part in parts {
                    bounds = within(both(bounds, (*self.known.get(usize::from(part))?)?))?;
                    sum.parts.push(usize::from(part));
                }
            }
            ScoreBody::Within(..) => return None,
        }
        if let Some((low, high)) = score.range {
            sum.range = Some(self.bounds(low, high)?);
            bounds = (low / self.unit, high / self.unit);
        }
        for slot in self.program.slots_of(score.variable) {
            let Cut::Thresholds(thresholds) = &self.program.slots.get(usize::from(slot))?.cut else { return None };
            let (mut reached, mut left) = (FIRST_VALUE as u8, Vec::new());
            for &threshold in thresholds {
                // The least sum that reaches it.
                match below(bounds, |sum| points(sum * self.unit) < threshold) {
                    0 => reached = reached.checked_add(1)?,
                    at if at as Milli > bounds.1 - bounds.0 => break,
                    at => left.push(i16::try_from(bounds.0 + at as Milli).ok()?),
                }
            }
            if left.len() + usize::from(reached) > usize::from(u8::MAX) {
                return None;
            }
            sum.cuts.push((slot, left, reached));
        }
        *self.known.get_mut(index)? = Some(bounds);
        Some(sum)
    }

    fn bounds(&self, low: Milli, high: Milli) -> Option<(i16, i16)> {
        let of = |bound: Milli| i16::try_from(bound / self.unit).ok();
        if low > high { None } else { Some((of(low)?, of(high)?)) }
    }

    fn group(&self, terms: &mut Terms, group: &Group) -> Option<(GroupSum, Bounds)> {
        let (tables, cases) = group_parts(self.program, group);
        let mut adding = Adding { steps: Vec::new(), few: (0, 0), all: (0, 0) };
        for (slot, table) in tables {
            if table.iter().enumerate().any(|(cell, &(_, faulting))| faulting && cell != usize::from(FAULT)) {
                return None;
            }
            adding.points(&|table| Step::Slot(slot, table), table.iter().map(|&(points, _)| points / self.unit).collect())?;
        }
        let mut halves: Vec<Vec<(usize, Term)>> = Vec::new();
        let mut taken_apart = Vec::new();
        for (index, &(when, _)) in cases.iter().enumerate() {
            if self.faults.alone(when) {
                return None;
            }
            taken_apart.push((index, terms.of(when)?));
        }
        // Cases on the same slots share bytes, so that each byte looks at few.
        taken_apart.sort_by_cached_key(|(index, terms)| (terms.iter().flatten().map(|&(slot, _)| slot).collect::<Vec<_>>(), *index));
        let of = |index: usize| cases.get(index).map_or(0, |&(_, points)| points / self.unit);
        for (index, terms) in taken_apart {
            if terms.len() > HALF {
                adding.steps.push(Step::Test(Test::new(self.program, &terms)?));
                let mut table = vec![0; 16];
                *table.last_mut()? = of(index);
                adding.points(&Step::Low, table)?;
                continue;
            }
            if halves.last().is_none_or(|half| half.len() + terms.len() > HALF) {
                halves.push(Vec::new());
            }
            halves.last_mut()?.extend(terms.into_iter().map(|term| (index, term)));
        }
        for pair in halves.chunks(EIGHT / HALF) {
            let (low, high) = (pair.first()?, pair.get(1).map(Vec::as_slice).unwrap_or_default());
            let of_half = |half: &'_ [(usize, Term)]| (0..HALF).map(|at| half.get(at).map(|(_, term)| term.clone())).collect::<Vec<_>>();
            let all = [of_half(low), of_half(high)].concat();
            adding.steps.push(Step::Eight(Eight::new(self.program, &all.iter().map(Option::as_ref).collect::<Vec<_>>())?));
            // Each case counts once however many of its terms hold.
            let worth = |half: &[(usize, Term)]| (0..16usize).map(|bits| {
                let mut owners: Vec<usize> = half.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, &(owner, _))| owner).collect();
                owners.dedup();
                owners.into_iter().map(of).sum()
            }).collect::<Vec<Milli>>();
            adding.points(&Step::Low, worth(low))?;
            if !high.is_empty() {
                adding.points(&Step::High, worth(high))?;
            }
        }
        let (mut low, mut high) = adding.all;
        let mut bounds = None;
        if group.min.is_some() || group.max.is_some() {
            let of = |bound: Option<Milli>, other: Milli| bound.map_or(other, |bound| bound / self.unit);
            let (least, most) = (of(group.min, Milli::from(i16::MIN)), of(group.max, Milli::from(i16::MAX)));
            bounds = Some(self.bounds(least.saturating_mul(self.unit), most.saturating_mul(self.unit))?);
            (low, high) = (low.clamp(least, most), high.clamp(least, most));
        }
        Some((GroupSum { steps: adding.steps, bounds }, (low, high)))
    }
}

struct Adding {
    steps: Vec<Step>,
    /// What is in the byte, at least and at most.
    few: Bounds,
    /// All of it.
    all: Bounds,
}

impl Adding {
    /// Adds a table of points, in parts that fit a byte.
    fn points(&mut self, step: &dyn Fn(Table) -> Step, mut points: Vec<Milli>) -> Option<()> {
        self.all = within(both(self.all, bounds_of(&points)))?;
        while points.iter().any(|&points| points != 0) {
            let part: Vec<Milli> = points.iter().map(|&points| points.clamp(-127, 127)).collect();
            points.iter_mut().zip(&part).for_each(|(points, part)| *points -= part);
            let bounds = bounds_of(&part);
            let sum = both(self.few, bounds);
            self.few = sum;
            if sum.0 < -127 || sum.1 > 127 {
                self.steps.push(Step::Flush);
                self.few = bounds;
            }
            self.steps.push(step(table(part.iter().map(|&points| points as i8 as u8))?));
        }
        Some(())
    }
}

fn bounds_of(points: &[Milli]) -> Bounds {
    points.iter().fold((0, 0), |(low, high), &points| (low.min(points), high.max(points)))
}

fn both(a: Bounds, b: Bounds) -> Bounds {
    (a.0.saturating_add(b.0), a.1.saturating_add(b.1))
}

/// Bounds of what fits a sum.
fn within(bounds: Bounds) -> Option<Bounds> {
    (bounds.0 >= Milli::from(i16::MIN) && bounds.1 <= Milli::from(i16::MAX)).then_some(bounds)
}

impl Sum {
    /// Adds up a score of all rows, and cuts it into cells.
    #[cfg_attr(quick, optimize(speed))]
    pub fn run(&self, cells: &mut [Vec<u8>], scratch: &mut Scratch, scores: &mut [Vec<i16>], index: usize) {
        let mut sums = scores.get_mut(index).map(std::mem::take).unwrap_or_default();
        sums.fill(0);
        for group in &self.groups {
            match group.bounds {
                None => group.run(cells, scratch, &mut sums),
                Some(bounds) => {
                    let mut of_group = std::mem::take(&mut scratch.group);
                    of_group.fill(0);
                    group.run(cells, scratch, &mut of_group);
                    clamp(&mut of_group, bounds);
                    add(&mut sums, &of_group);
                    scratch.group = of_group;
                }
            }
        }
        for &part in &self.parts {
            add(&mut sums, scores.get(part).map(Vec::as_slice).unwrap_or_default());
        }
        if let Some(range) = self.range {
            clamp(&mut sums, range);
        }
        for (slot, thresholds, reached) in &self.cuts {
            if let Some(cells) = cells.get_mut(usize::from(*slot)) {
                cut(cells, &sums, thresholds, *reached);
            }
        }
        if let Some(place) = scores.get_mut(index) {
            *place = sums;
        }
    }
}

impl GroupSum {
    #[cfg_attr(quick, optimize(speed))]
    fn run(&self, cells: &[Vec<u8>], scratch: &mut Scratch, sums: &mut [i16]) {
        scratch.few.fill(0);
        for step in &self.steps {
            match step {
                Step::Eight(eight) => {
                    eight.run(cells, &mut scratch.bits);
                    scratch.split();
                }
                Step::Test(test) => {
                    test.run(cells, &mut scratch.high, &mut scratch.bits);
                    scratch.split();
                }
                Step::Slot(slot, table) => look::<ADD>(&mut scratch.few, plane(cells, *slot), table),
                Step::Low(table) => look::<ADD>(&mut scratch.few, &scratch.low, table),
                Step::High(table) => look::<ADD>(&mut scratch.few, &scratch.high, table),
                Step::Flush => {
                    widen(sums, &scratch.few);
                    scratch.few.fill(0);
                }
            }
        }
        widen(sums, &scratch.few);
    }
}

/// Of how many numbers between two bounds something is so that is so of the least ones.
fn below((low, high): Bounds, is_so: impl Fn(Milli) -> bool) -> usize {
    let (mut from, mut to) = (low, high + 1);
    while from < to {
        let middle = from + (to - from) / 2;
        if is_so(middle) { from = middle + 1 } else { to = middle }
    }
    (from - low) as usize
}
