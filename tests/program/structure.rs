//! Changing the parts of a program: forgeries that are well written, and so get as far as the engine.

use crate::reference::random::Random;
use leadgate::program::{
    Aggregate, Choose, Cut, Domain, Fold, Formula, Function, Goal, HitPolicy, Hits, ListBody, Lookup, Match, Node, Numbers, Packed, Pattern, Program, ScoreBody, Shared, Slice, Sop, SopStep, StateTest, Step, StepOn,
    Time, Transform, Truth, Value,
};

const EXTREMES: &[i64] = &[i64::MIN, i64::MIN + 1, -1_000_000_000_000, -1, 0, 1, 1_000, i64::MAX - 1, i64::MAX];

/// One change, which may fit and may not.
pub fn mutate(program: &mut Program, random: &mut Random) {
    match random.below(14) {
        0 => steps(program, random),
        1 => formula(program, random),
        2 => truth_table(program, random),
        3 | 4 => node(program, random),
        5 => slot(program, random),
        6 => variable(program, random),
        7 => score(program, random),
        8 => rows(program, random),
        9 => list(program, random),
        10 => constant(program, random),
        11 => questions(program, random),
        12 => slice(program, random),
        _ => field(program, random),
    }
}

fn small(random: &mut Random, count: usize) -> usize {
    // Mostly an index that exists, sometimes the next, sometimes far off.
    match random.below(12) {
        0 => count,
        1 => count + random.below(1000),
        _ if count > 0 => random.below(count),
        _ => 0,
    }
}

fn steps(program: &mut Program, random: &mut Random) {
    let count = program.variables.len();
    match random.below(4) {
        0 => random.shuffle(&mut program.steps),
        1 if !program.steps.is_empty() => drop(program.steps.remove(random.below(program.steps.len()))),
        2 if !program.steps.is_empty() => {
            let step = *random.pick(&program.steps);
            program.steps.push(step);
        }
        _ => {
            let variable = small(random, count) as u16;
            let step = match random.below(6) {
                0 => Step::Gate(variable),
                1 => Step::Choose(variable, small(random, program.formulas.chooses.len()) as u32),
                2 => Step::Compute(variable, small(random, program.expressions.nodes.len()) as u32),
                3 => Step::Score(small(random, program.scores.len()) as u16),
                4 => Step::Table(small(random, program.tables.len()) as u16),
                _ => *random.pick(&[Step::Screen, Step::Moves, Step::Route]),
            };
            let at = random.below(program.steps.len() + 1);
            program.steps.insert(at, step);
        }
    }
}

fn formula(program: &mut Program, random: &mut Random) {
    let count = program.formulas.nodes.len();
    if count == 0 {
        return;
    }
    let at = random.below(count);
    let pick = |random: &mut Random| small(random, at) as u32;
    let several = |random: &mut Random| (0..random.below(5)).map(|_| pick(random)).collect::<Vec<_>>().into_boxed_slice();
    program.formulas.nodes[at] = match random.below(8) {
        0 => Formula::Const(*random.pick(&[Truth::False, Truth::True, Truth::Unknown, Truth::Fault])),
        1 => Formula::Atom(small(random, program.slots.len()) as u16, small(random, program.formulas.tables.len()) as u32),
        2 => Formula::And(several(random)),
        3 => Formula::Or(several(random)),
        4 => Formula::Not(pick(random)),
        5 => Formula::Held(pick(random)),
        6 => Formula::Within(small(random, program.slots.len()) as u16, small(random, 9) as u16, small(random, 9) as u16),
        _ => Formula::If(pick(random), pick(random), pick(random)),
    };
    if random.chance(20) {
        // Every node twice the one before: exponential work if it were let in.
        for _ in 0..random.below(60) {
            let last = (program.formulas.nodes.len() - 1) as u32;
            program.formulas.nodes.push(Formula::And([last, last].into()));
        }
        let last = (program.formulas.nodes.len() - 1) as u32;
        program.screen.iter_mut().for_each(|row| row.when = last);
    }
}

fn truth_table(program: &mut Program, random: &mut Random) {
    if !program.formulas.tables.is_empty() {
        let at = random.below(program.formulas.tables.len());
        let table = &mut program.formulas.tables[at];
        if random.chance(80) && !table.is_empty() {
            let cell = random.below(table.len());
            table[cell] = *random.pick(&[Truth::False, Truth::True, Truth::Unknown, Truth::Fault]);
        } else {
            *table = vec![Truth::True; random.below(9)].into();
        }
    }
    if !program.formulas.chooses.is_empty() && random.chance(40) {
        let at = random.below(program.formulas.chooses.len());
        program.formulas.chooses[at] = match random.below(3) {
            0 => Choose::Cell(small(random, 6) as u16),
            1 => Choose::Map(small(random, program.slots.len()) as u16, vec![small(random, 6) as u16; random.below(9)].into()),
            _ => Choose::If(small(random, program.formulas.nodes.len()) as u32, small(random, at) as u32, small(random, at) as u32),
        };
    }
}

fn node(program: &mut Program, random: &mut Random) {
    let nodes = program.expressions.nodes.len();
    let (variables, lists, constants) = (program.variables.len(), program.lists.len(), program.expressions.constants.len());
    if nodes == 0 {
        program.expressions.constants.push(Value::Int(1));
        program.expressions.nodes.push(Node::Const(0));
        program.steps.insert(0, Step::Compute(small(random, variables) as u16, 0));
        return;
    }
    let append = random.chance(30);
    let at = if append { nodes } else { random.below(nodes) };
    let pick = |random: &mut Random| small(random, at) as u32;
    let several = |random: &mut Random| (0..random.below(4)).map(|_| pick(random)).collect::<Vec<_>>().into_boxed_slice();
    let made = match random.below(16) {
        0 => Node::Const(small(random, constants) as u32),
        1 => Node::Variable(small(random, variables) as u16),
        2 => Node::Local(small(random, 3) as u8),
        3..=5 => Node::Call(Function::from_byte(random.below(39) as u8).unwrap(), several(random)),
        6 => Node::Not(pick(random)),
        7 => Node::And(several(random)),
        8 => Node::Or(several(random)),
        9 => Node::If(pick(random), pick(random), pick(random)),
        10 => Node::List(several(random)),
        11 => Node::Map([(pick(random), pick(random))].into()),
        12 => if random.chance(50) { Node::Member(pick(random), small(random, constants) as u32) } else { Node::Has(pick(random), small(random, constants) as u32) },
        13 => if random.chance(50) { Node::InList(pick(random), small(random, lists) as u16) } else { Node::Lookup(small(random, lists) as u16, pick(random), random.below(5) as u8) },
        14 => Node::State(*random.pick(&[StateTest::Known, StateTest::Unanswered, StateTest::Declined, StateTest::Masked]), small(random, variables) as u16),
        _ => {
            let fold = *random.pick(&[Fold::All, Fold::Exists, Fold::ExistsOne, Fold::Filter, Fold::Map]);
            let (predicate, result) = (random.chance(70).then(|| pick(random)), random.chance(50).then(|| pick(random)));
            Node::Fold(fold, pick(random), predicate, result)
        }
    };
    if !append {
        program.expressions.nodes[at] = made;
        return;
    }
    program.expressions.nodes.push(made);
    if random.chance(30) {
        // Lists of lists: as much work as the machine allows.
        for _ in 0..random.below(40) {
            let last = (program.expressions.nodes.len() - 1) as u32;
            program.expressions.nodes.push(if random.chance(50) { Node::List([last, last].into()) } else { Node::Call(Function::Add, [last, last].into()) });
        }
    }
    let last = (program.expressions.nodes.len() - 1) as u32;
    let computed: Vec<usize> = (0..program.steps.len()).filter(|&at| matches!(program.steps[at], Step::Compute(..))).collect();
    match computed.first() {
        Some(&at) => {
            if let Step::Compute(_, node) = &mut program.steps[at] {
                *node = last;
            }
        }
        None => program.steps.insert(0, Step::Compute(small(random, variables) as u16, last)),
    }
}

fn slot(program: &mut Program, random: &mut Random) {
    if program.slots.is_empty() {
        return;
    }
    let at = random.below(program.slots.len());
    let (variables, lists) = (program.variables.len(), program.lists.len());
    let slot = &mut program.slots[at];
    match (&mut slot.cut, random.below(4)) {
        (Cut::Thresholds(thresholds), 0) if !thresholds.is_empty() => {
            let which = random.below(thresholds.len());
            thresholds[which] = *random.pick(&[f64::MIN, f64::MAX, -0.0, 0.0, 1e300, f64::NAN]);
        }
        (Cut::Thresholds(thresholds), 1) => thresholds.clear(),
        (Cut::Members(members), 0 | 1) => {
            members.transform = *random.pick(&[Transform::None, Transform::Domain, Transform::LowerAscii]);
            if random.chance(50) {
                members.lists.push(small(random, lists) as u16);
            } else {
                members.texts.push("zq".into());
            }
        }
        (Cut::Contains(contains), 0 | 1) => {
            contains.transform = *random.pick(&[Transform::None, Transform::Domain, Transform::LowerAscii]);
            contains.patterns.push(random.pick(&[Pattern::Contains(String::new()), Pattern::Starts(String::new()), Pattern::Ends("经".into())]).clone());
        }
        (_, 2) => slot.variable = small(random, variables) as u16,
        _ => slot.cut = random.pick(&[Cut::Given, Cut::Finite(2), Cut::Thresholds(vec![1.0]), Cut::Lookup(0)]).clone(),
    }
}

fn variable(program: &mut Program, random: &mut Random) {
    if program.variables.is_empty() {
        return;
    }
    let at = random.below(program.variables.len());
    let variable = &mut program.variables[at];
    match random.below(4) {
        0 => variable.by_value = !variable.by_value,
        1 => variable.name = random.pick(&["", "stage", "email", "x"]).to_string(),
        _ => {
            variable.domain = match random.below(6) {
                0 => Domain::Text,
                1 => Domain::Any,
                2 => Domain::Int(*random.pick(EXTREMES), *random.pick(EXTREMES)),
                3 => Domain::Double(*random.pick(&[f64::NEG_INFINITY, f64::MIN, 0.0, f64::NAN]), *random.pick(&[f64::INFINITY, f64::MAX, 0.0])),
                4 => Domain::Finite(Vec::new()),
                _ => Domain::Finite(vec![Value::Int(3), Value::Null, Value::Double(f64::NAN), Value::List([].into())]),
            }
        }
    }
}

fn score(program: &mut Program, random: &mut Random) {
    if program.scores.is_empty() {
        return;
    }
    let (at, formulas, variables) = (random.below(program.scores.len()), program.formulas.nodes.len(), program.variables.len());
    let score = &mut program.scores[at];
    match random.below(5) {
        0 => score.range = Some((*random.pick(EXTREMES), *random.pick(EXTREMES))),
        1 => score.variable = small(random, variables) as u16,
        2 => score.body = ScoreBody::Sum((0..random.below(4)).map(|_| small(random, at) as u16).collect()),
        _ => {
            let ScoreBody::Groups(groups) = &mut score.body else { return };
            for group in groups {
                if random.chance(40) {
                    group.max = Some(*random.pick(EXTREMES));
                }
                if random.chance(40) {
                    group.min = Some(*random.pick(EXTREMES));
                }
                for case in group.rules.iter_mut().flat_map(|rule| &mut rule.cases) {
                    if random.chance(40) {
                        case.points = *random.pick(EXTREMES);
                    }
                    if random.chance(10) {
                        case.when = small(random, formulas) as u32;
                    }
                }
            }
        }
    }
}

fn rows(program: &mut Program, random: &mut Random) {
    let formulas = program.formulas.nodes.len();
    if let Some(table) = program.tables.first_mut() {
        match random.below(3) {
            0 => drop(table.rows.pop()),
            1 => table.outputs.iter_mut().for_each(|output| *output = small(random, program.variables.len()) as u16),
            _ => table.rows.iter_mut().for_each(|row| row.when = small(random, formulas) as u32),
        }
    }
    if let Some(stages) = &mut program.stages {
        match random.below(4) {
            0 => stages.variable = small(random, program.variables.len()) as u16,
            1 => stages.moves.iter_mut().for_each(|item| item.to = small(random, stages.require.len()) as u16),
            2 => stages.moves.iter_mut().for_each(|item| item.when = small(random, formulas) as u32),
            _ => stages.require.push(vec![small(random, program.fields.len()) as u16]),
        }
    }
    if let Some(route) = &mut program.route {
        match random.below(4) {
            0 => route.rows.clear(),
            1 => route.on_fault = Some(small(random, route.outcomes.len()) as u16),
            2 => route.outcomes.clear(),
            _ => route.rows.iter_mut().for_each(|row| row.when = small(random, formulas) as u32),
        }
    }
    if let Some(queue) = program.life.queues.first_mut() {
        match random.below(9) {
            5 => queue.owner = Some(Match { field: small(random, program.variables.len()) as u16, counts: random.chance(50) }),
            6 => queue.members.iter_mut().for_each(|member| member.away = vec![(small(random, 9) as i64, small(random, 9) as i64); random.below(3)]),
            7 => queue.zone = vec![b'Z'; random.below(40)].into(),
            8 => queue.respond = Some(Time { millis: small(random, 3) as i64 - 1, calendar: Some(small(random, 2) as u16) }),
            0 => queue.members.clear(),
            1 => queue.members.extend(queue.members.clone()),
            2 => queue.members.iter_mut().for_each(|member| member.weight = small(random, 2000) as u32),
            3 => queue.name.clear(),
            _ => program.life.queues.extend(program.life.queues.clone()),
        }
    }
    hits(program, random);
    if random.chance(30) {
        let on = *random.pick(&[StepOn::Begin, StepOn::Day(0), StepOn::Day(u32::MAX), StepOn::WorkingDay(1, 0), StepOn::After(i64::MAX), StepOn::After(1)]);
        let step = SopStep { id: "s".into(), send: "s".into(), on, at: random.pick(&[None, Some(0), Some(86_400)]).to_owned(), zone: vec![b'Z'; random.below(2)].into(), when: Some(small(random, formulas) as u32) };
        let leave = random.chance(50).then(|| small(random, formulas) as u32);
        program.life.sops.push(Sop { name: "s".into(), enter: small(random, formulas) as u32, leave, steps: vec![step; 1 + random.below(2)] });
    }
    if let Some(joint) = program.joints.first_mut() {
        match random.below(3) {
            0 => joint.cells.clear(),
            1 => joint.variable = small(random, program.variables.len()) as u16,
            _ => joint.complete = !joint.complete,
        }
    }
    if random.chance(30) {
        program.identity.push(vec![small(random, program.fields.len()) as u16]);
    }
}

fn list(program: &mut Program, random: &mut Random) {
    if program.lists.is_empty() {
        return;
    }
    let at = random.below(program.lists.len());
    match &mut program.lists[at].body {
        ListBody::Set(texts) if random.chance(50) => texts.clear(),
        ListBody::Set(texts) => texts.insert(0, String::new()),
        ListBody::Dictionary(dictionary) => match random.below(6) {
            0 => dictionary.lookup = *random.pick(&[Lookup::Exact, Lookup::Longest, Lookup::First]),
            1 => dictionary.keys.iter_mut().for_each(String::clear),
            2 => dictionary.except.push(String::new()),
            3 => dictionary.classes.iter_mut().for_each(|class| class.truncate(1)),
            4 => dictionary.entry_class.iter_mut().for_each(|class| *class = small(random, 3) as u16),
            _ => {
                dictionary.keys.clear();
                dictionary.entry_class.clear();
            }
        },
        packed => {
            // Damage to their bytes is another test's.
            let Some(set) = packed.packed() else { return };
            let texts: Vec<String> = set.texts().collect();
            *packed = if random.chance(50) { ListBody::Packed(Shared::new(Packed::new(texts.iter().map(String::as_str), !set.domains()))) } else { ListBody::Set(texts) };
        }
    }
}

fn constant(program: &mut Program, random: &mut Random) {
    if program.expressions.constants.is_empty() {
        return;
    }
    let at = random.below(program.expressions.constants.len());
    let mut value = random.pick(&[Value::Null, Value::Int(i64::MIN), Value::Uint(u64::MAX), Value::Double(f64::NAN), Value::String("".into()), Value::Bytes([255].into())]).clone();
    for _ in 0..random.below(400) {
        value = if random.chance(50) { Value::List([value].into()) } else { Value::Map([(Value::Bool(true), value)].into()) };
    }
    program.expressions.constants[at] = value;
}

fn field(program: &mut Program, random: &mut Random) {
    if program.fields.is_empty() {
        return;
    }
    let (at, formulas) = (random.below(program.fields.len()), program.formulas.nodes.len());
    let field = &mut program.fields[at];
    match random.below(4) {
        0 => field.gate = Some(small(random, formulas) as u32),
        1 => field.max_length = *random.pick(&[0, 1, u32::MAX]),
        2 => field.choices.iter_mut().for_each(|choice| choice.value = Value::Double(f64::INFINITY)),
        _ => field.from_host = !field.from_host,
    }
    if random.chance(10) {
        program.fields.push(Default::default());
    }
    if random.chance(10) {
        program.fields.pop();
    }
}

fn questions(program: &mut Program, random: &mut Random) {
    program.ask.questions.push(small(random, program.fields.len()) as u16);
    if let Some(field) = program.fields.first_mut() {
        field.required = random.chance(50);
        field.cost = *random.pick(EXTREMES);
        field.always = random.chance(50);
        field.after = *random.pick(&[0, 1, u32::MAX]);
    }
    if !program.fields.is_empty() {
        let at = random.below(program.fields.len());
        let combinations = leadgate::engine::OpenField::new(program, at as u16).combinations();
        program.fields[at].weights = (0..combinations + random.below(5) / 4).map(|_| *random.pick(&[0, 0, 1, 1000, u32::MAX])).collect();
    }
    program.ask.order = (0..program.ask.questions.len() as u16).rev().collect();
    if random.chance(20) {
        program.ask.order.push(small(random, program.ask.questions.len()) as u16);
    }
    program.ask.settle = match random.below(3) {
        0 => Goal::Route,
        1 => Goal::Stage,
        _ => Goal::Output(small(random, program.variables.len()) as u16),
    };
}

fn slice(program: &mut Program, random: &mut Random) {
    let (variables, scores) = (program.variables.len(), program.scores.len());
    match random.below(6) {
        0 => program.slice = if program.slice.is_some() { None } else { Some(Slice::default()) },
        1 | 2 => {
            if let Some(slice) = &mut program.slice {
                slice.open.push(small(random, variables) as u16);
                slice.open.sort_unstable();
            }
        }
        3 => {
            if let Some(messages) = &mut program.messages {
                messages.screen.iter_mut().chain(&mut messages.routes).for_each(|message| *message = small(random, messages.ids.len()) as u16);
            }
        }
        4 => program.messages = None,
        _ if scores > 0 => {
            let at = random.below(scores);
            program.scores[at].body = ScoreBody::Within((0..random.below(3)).map(|_| small(random, at) as u16).collect(), *random.pick(EXTREMES), *random.pick(EXTREMES));
        }
        _ => {}
    }
}

/// Hit policies for any table, with values and numbers of any kind.
fn hits(program: &mut Program, random: &mut Random) {
    if random.chance(60) {
        return;
    }
    let number = |random: &mut Random| {
        let aggregate = *random.pick(&[Aggregate::Sum, Aggregate::Min, Aggregate::Max]);
        let units = (0..random.below(4)).map(|_| if random.chance(80) { random.below(9) as i64 - 4 } else { *random.pick(EXTREMES) }).collect();
        HitPolicy::Number(aggregate, Numbers { places: random.chance(50).then(|| random.below(25) as u8), units })
    };
    let policy = match random.below(4) {
        0 => HitPolicy::Unique,
        1 => HitPolicy::Any,
        2 => HitPolicy::Lists((0..random.below(3)).map(|_| vec![Value::Bool(true), Value::Int(1), Value::Double(f64::NAN)][..random.below(4)].to_vec()).collect()),
        _ => number(random),
    };
    let (table, default) = (small(random, program.tables.len()) as u16, random.chance(50));
    // Half of them fit their table as far as that can be had by changing its outputs.
    if random.chance(50) && let Some(found) = program.tables.get(usize::from(table)) {
        for output in found.outputs.clone() {
            if let Some(variable) = program.variables.get_mut(usize::from(output)) {
                match &policy {
                    HitPolicy::Lists(_) => variable.domain = Domain::Any,
                    HitPolicy::Number(_, Numbers { places: None, .. }) => variable.domain = Domain::Int(-9, 9),
                    HitPolicy::Number(..) => variable.domain = Domain::Double(-9.0, 9.0),
                    HitPolicy::Unique | HitPolicy::Any => {}
                }
            }
        }
    }
    program.life.hits.push(Hits { table, default, policy });
}
