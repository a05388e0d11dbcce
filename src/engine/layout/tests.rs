//! The layout against plain evaluation of formulas, on random programs and leads.

use proptest::prelude::*;

use super::{Layout, plain};
use crate::engine::decide::{Hit, clamp_group};
use crate::engine::frame::Frame;
use crate::program::{
    Case, Cell, Cut, Domain, FAULT, FIRST_VALUE, Formula, FormulaId, Formulas, Group, Program, Route, Row, Rule, Score, ScoreBody, Slot, SlotId, Truth,
    Variable, VariableId,
};

/// The row of the route by the conditions themselves.
fn route(program: &Program, frame: &Frame) -> Hit {
    plain::first_hit(program, frame, &mut program.route.iter().flat_map(|route| &route.rows).map(|row| row.when))
}

/// How many cells of values each slot has: few, more than a mask each, more than a map of bytes tells apart.
const VALUES: [usize; 5] = [2, 3, 12, 90, 700];

/// A node from numbers, over what stands before it.
fn node(formulas: &mut Formulas, kind: u8, [a, b, c]: [u32; 3]) -> Formula {
    let slot = a as usize % VALUES.len();
    let values = VALUES[slot] as u32;
    let cell = |n: u32| FIRST_VALUE + (n % (values + 1)) as Cell;
    let count = formulas.nodes.len() as u32;
    let before = |n: u32| n % count.max(1);
    match kind {
        _ if count < 4 || kind < 8 => Formula::Within(slot as SlotId, cell(b).min(cell(c)), cell(b).max(cell(c))),
        8..12 => {
            // Tests of states are true or false without a value; a truth table may fault by itself.
            let truth = |n: u32| [Truth::False, Truth::True, Truth::False, Truth::True, Truth::Unknown, if kind == 11 { Truth::Fault } else { Truth::True }][n as usize % 6];
            let states = (0..3).map(|state| truth(b >> state)).chain([Truth::Fault]);
            let table: Vec<Truth> = states.chain((0..values).map(|cell| truth(b.wrapping_mul(cell + 7) >> 3 ^ c))).collect();
            formulas.tables.push(table.into_boxed_slice());
            Formula::Atom(slot as SlotId, formulas.tables.len() as u32 - 1)
        }
        12..17 => Formula::And([before(a), before(b), before(c)].into()),
        17..21 => Formula::Or([before(a), before(b)].into()),
        21..23 => Formula::Not(before(a)),
        23 => Formula::Held(before(a)),
        24 => Formula::Const([Truth::True, Truth::False, Truth::Unknown, Truth::Fault][b as usize % 4]),
        _ => Formula::If(before(a), before(b), before(c)),
    }
}

/// A program whose first-hit rows and score rest on the last formulas. Each slot is a number's; the last variable is the score.
fn program(nodes: &[(u8, [u32; 3])], used: usize) -> Program {
    let mut formulas = Formulas::default();
    for &(kind, numbers) in nodes {
        let made = node(&mut formulas, kind, numbers);
        formulas.nodes.push(made);
    }
    let first = formulas.nodes.len().saturating_sub(used);
    let last: Vec<FormulaId> = (first..formulas.nodes.len()).map(|id| id as FormulaId).collect();
    let variable = |_| Variable { name: "x".into(), domain: Domain::Any, by_value: false };
    let slot = |(variable, &values): (usize, &usize)| Slot { variable: variable as VariableId, cut: Cut::Thresholds((1..values).map(|at| at as f64).collect()) };
    let case = |(at, &when): (usize, &FormulaId)| Case { key: String::new(), when, points: 1 << (at % 50) };
    let rules = vec![Rule { id: "r".into(), by: None, cases: last.iter().enumerate().map(case).collect() }];
    let group = Group { id: String::new(), min: None, max: None, rules };
    let row = |(at, &when): (usize, &FormulaId)| Row { id: String::new(), when, then: vec![at as u16] };
    Program {
        variables: (0..=VALUES.len()).map(variable).collect(),
        slots: VALUES.iter().enumerate().map(slot).collect(),
        scores: vec![Score { variable: VALUES.len() as VariableId, range: None, body: ScoreBody::Groups(vec![group]) }],
        route: Some(Route { outcomes: vec![String::new(); last.len()], rows: last.iter().enumerate().map(row).collect(), on_fault: None }),
        formulas,
        ..Program::default()
    }
}

fn frames() -> impl Strategy<Value = Vec<Vec<u32>>> {
    prop::collection::vec(prop::collection::vec(any::<u32>(), VALUES.len()), 12)
}

fn frame(numbers: &[u32], faults: bool) -> Frame {
    let cell = |(&number, &values): (&u32, &usize)| {
        let cell = if number % 5 == 0 { number / 5 % 4 } else { u32::from(FIRST_VALUE) + number / 5 % values as u32 } as Cell;
        if cell == FAULT && !faults { FIRST_VALUE } else { cell }
    };
    Frame { cells: numbers.iter().zip(&VALUES).map(cell).collect(), values: Vec::new(), ..Frame::default() }
}

fn check(program: &Program, leads: &[Vec<u32>]) -> Result<(), TestCaseError> {
    let layout = Layout::new(program);
    for (at, lead) in leads.iter().enumerate() {
        let frame = frame(lead, at % 3 == 0);
        prop_assert_eq!(layout.route(program, &frame), route(program, &frame), "{:?}", frame.cells);
        if let Some(ScoreBody::Groups(groups)) = program.scores.first().map(|score| &score.body) {
            let sum = groups.iter().try_fold(0, |total, group| Some(total + clamp_group(plain::sum(program, &frame, group)?, group)));
            prop_assert_eq!(layout.score(program, 0, &frame), sum, "{:?}", frame.cells);
        }
    }
    Ok(())
}

fn nodes(count: std::ops::Range<usize>, kinds: std::ops::Range<u8>) -> impl Strategy<Value = Vec<(u8, [u32; 3])>> {
    prop::collection::vec((kinds, any::<[u32; 3]>()), count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_few_conditions_of_every_kind(nodes in nodes(4..40, 0..28), used in 1..20usize, leads in frames()) {
        check(&program(&nodes, used), &leads)?;
    }

    #[test]
    fn conditions_that_never_fault(nodes in nodes(4..60, 0..11), more in nodes(1..40, 12..23), leads in frames()) {
        let count = more.len();
        check(&program(&[nodes, more].concat(), count), &leads)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn so_many_that_cells_share_masks(thresholds in nodes(300..301, 0..8), more in nodes(500..900, 12..19), leads in frames()) {
        // Conjunctions of thresholds and little else: they hold rarely, so that late rows are reached.
        let more: Vec<_> = more.into_iter().map(|(kind, numbers)| (kind, numbers.map(|number| number % 300))).collect();
        let count = more.len();
        check(&program(&[thresholds, more].concat(), count), &leads)?;
    }
}

#[test]
fn more_words_than_slots_of_a_block() {
    let slots = 40;
    let mut program = Program {
        variables: (0..slots).map(|_| Variable { name: "x".into(), domain: Domain::Double(0.0, 9.0), by_value: false }).collect(),
        slots: (0..slots).map(|variable| Slot { variable, cut: Cut::Thresholds(vec![1.0]) }).collect(),
        ..Program::default()
    };
    let mut rows = Vec::new();
    for row in 0..200u16 {
        let items = [row % slots, row / 5 % slots, (row * 7 + 3) % slots].map(|slot| {
            program.formulas.nodes.push(Formula::Within(slot, FIRST_VALUE + 1, FIRST_VALUE + 2));
            program.formulas.nodes.len() as FormulaId - 1
        });
        program.formulas.nodes.push(Formula::And(items.into()));
        rows.push(Row { id: String::new(), when: program.formulas.nodes.len() as FormulaId - 1, then: vec![0] });
    }
    program.route = Some(Route { outcomes: vec![String::new()], rows, on_fault: None });
    let layout = Layout::new(&program);
    let mut hits = std::collections::BTreeSet::new();
    for lead in 0..2000u64 {
        let bits = lead.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let cells = (0..slots).map(|slot| FIRST_VALUE + (bits >> (slot + 7) & bits >> (slot % 13) & bits >> (slot / 3) & 1) as Cell).collect();
        let frame = Frame { cells, values: Vec::new(), ..Frame::default() };
        let hit = layout.route(&program, &frame);
        assert_eq!(hit, route(&program, &frame));
        if let Hit::Row(row) = hit {
            hits.insert(row);
        }
    }
    assert!(hits.iter().any(|&row| row >= 64), "late rows are reached: {hits:?}");
}
