//! What two texts with a constant between them find in a dictionary, such as `lookup(lists.channels, utm_source + "/" + utm_medium).source`, told by what each text is: so it
//! is a function of cells, and needs no machine.

use std::collections::BTreeSet;

use super::Builder;
use super::cond::{Cond, Member, Test};
use crate::cel::{Checked, CheckedKind};
use crate::program::{Domain, Function, ListBody, Lookup, Transform, Value, VariableId};

/// More pairs of texts than this are looked up by the machine.
const MOST_PAIRS: usize = 256;

/// Two texts that are looked up together.
pub struct Joined {
    /// Whether both can be read: true, unknown where one has no value, a fault where one has faulted.
    pub readable: Cond,
    /// Each value that the column can give, and when it does where both can be read. In all other cases there is none.
    pub cases: Vec<(Value, Cond)>,
}

impl Builder<'_> {
    /// The cases of such an expression; none where it is another, or where what is looked up is changed first.
    pub fn joined_lookup(&self, expr: &Checked) -> Option<Joined> {
        let CheckedKind::Lookup(list, text, column) = &expr.kind else { return None };
        if self.is_secret(expr) {
            return None;
        }
        let (start, right) = sum_of(text)?;
        let (left, between) = sum_of(start)?;
        let CheckedKind::Const(Value::String(between)) = &between.kind else { return None };
        let (left, right) = (self.plain_text(left)?, self.plain_text(right)?);
        let list = self.program.lists.get(*list)?;
        let ListBody::Dictionary(dictionary) = &list.body else { return None };
        if dictionary.lookup != Lookup::Exact || !list.normalize.is_empty() || between.is_empty() || left == right {
            return None;
        }
        let is = |variable, text: &str| Cond::Atom(variable, Test::Member(Transform::None, Member::Is(text.to_owned())));
        let mut cases: Vec<(Value, Vec<Cond>)> = Vec::new();
        let mut readable = None;
        let mut pairs = 0;
        let mut keys = BTreeSet::new();
        for (key, &class) in dictionary.keys.iter().zip(&dictionary.entry_class) {
            // Of equal keys the first one counts.
            if !keys.insert(key) {
                continue;
            }
            let value = match column.checked_sub(1) {
                None => Value::String(key.as_str().into()),
                Some(column) => match dictionary.classes.get(usize::from(class))?.get(column)? {
                    Some(constant) => self.program.expressions.constants.get(*constant as usize)?.clone(),
                    // Where its author wrote nothing the lookup is unknown, as where there is no entry.
                    None => continue,
                },
            };
            for (at, _) in key.char_indices() {
                let (first, rest) = key.split_at_checked(at)?;
                let Some(last) = rest.strip_prefix(&**between) else { continue };
                pairs += 1;
                if pairs > MOST_PAIRS {
                    return None;
                }
                let known = |variable, text| Cond::or(vec![is(variable, text), is(variable, text).negated()]);
                readable.get_or_insert_with(|| Cond::and(vec![known(left, first), known(right, last)]));
                let both = Cond::and(vec![is(left, first), is(right, last)]);
                match cases.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, any)) => any.push(both),
                    None => cases.push((value.clone(), vec![both])),
                }
            }
        }
        Some(Joined { readable: readable?, cases: cases.into_iter().map(|(value, any)| (value, Cond::or(any))).collect() })
    }

    /// A field that is a text.
    fn plain_text(&self, expr: &Checked) -> Option<VariableId> {
        let CheckedKind::Variable(variable) = expr.kind else { return None };
        let text = matches!(self.program.variables.get(variable)?.domain, Domain::Text);
        (text && variable < self.program.fields.len()).then_some(variable as VariableId)
    }
}

fn sum_of(expr: &Checked) -> Option<(&Checked, &Checked)> {
    match &expr.kind {
        CheckedKind::Call(Function::Add, args) => match args.as_slice() {
            [left, right] => Some((left, right)),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use crate::engine::Engine;
    use crate::program::{Program, Step};

    fn program(keys: &[String], between: &str) -> Program {
        let rows: Vec<String> = keys.iter().enumerate().map(|(at, key)| format!("{{ key: \"{key}\", v: v{} }}", at % 3)).collect();
        // The machine looks up what it adds nothing to.
        crate::compile_str(&format!(
            "leadgate: 1\npolicy: p\nversion: \"1\"\nfields: {{ a: {{ type: string }}, b: {{ type: string }}, c: {{ type: bool }} }}\nlists: {{ l: {{ columns: {{ key: string, v: enum }}, rows: [{}] }} }}\n\
             derive:\n  cells: 'c ? lookup(lists.l, a + \"{between}\" + b).v : \"v0\"'\n  machine: 'c ? lookup(lists.l, a + \"{between}\" + b + \"\").v : \"v0\"'\n\
             tables:\n  t: {{ outputs: {{ same: [yes, no] }}, rows: [{{ when: 'known(cells) == known(machine) && (unanswered(cells) || cells == machine)', then: yes }}], default: no }}\n",
            rows.join(", "),
        ))
        .unwrap()
    }

    fn computed(program: &Program, name: &str) -> bool {
        let variable = program.variables.iter().position(|variable| variable.name == name).unwrap();
        program.steps.iter().any(|step| matches!(step, Step::Compute(computed, _) if usize::from(*computed) == variable))
    }

    fn texts(least: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!['x', 'y', '/']), least..5).prop_map(|letters| letters.into_iter().collect())
    }

    /// A derive over a list of so many keys with values of their own.
    fn large(keys: usize, derive: &str) -> Program {
        let rows: Vec<String> = (0..keys).map(|at| format!("{{ key: k{at}/m, v: v{at} }}")).collect();
        crate::compile_str(&format!(
            "leadgate: 1\npolicy: p\nversion: \"1\"\nfields: {{ a: {{ type: string }}, b: {{ type: string }}, n: {{ type: int, min: 0, max: 99 }} }}\nlists: {{ l: {{ columns: {{ key: string, v: enum }}, rows: [{}] }} }}\nderive: {{ d: '{derive}' }}\n\
             tables:\n  t: {{ outputs: {{ found: [yes, no] }}, rows: [{{ when: {{ d: v7 }}, then: yes }}], default: no }}\n",
            rows.join(", "),
        ))
        .unwrap()
    }

    const LOOKUP: &str = "lookup(lists.l, a + \"/\" + b).v";

    #[test]
    fn many_cases_below_many_choices_can_be_loaded() {
        let choices: String = (0..90).map(|n| format!("n == {n} ? \"v{n}\" : ")).collect();
        let program = large(250, &format!("{choices}{LOOKUP}"));
        assert!(!computed(&program, "d"));
        let engine = Engine::load(&program.to_bytes()).unwrap();
        let mut lead = engine.lead();
        lead.set("n", 99).unwrap().set("a", "k7").unwrap().set("b", "m").unwrap();
        assert_eq!(engine.decide(&lead, None).outputs, [Some(0)]);
    }

    #[test]
    fn too_many_pairs_are_left_to_the_machine() {
        assert!(!computed(&large(256, LOOKUP), "d"));
        assert!(computed(&large(257, LOOKUP), "d"));
    }

    #[test]
    fn what_is_computed_all_the_same_cuts_no_field() {
        let slots = |derive: &str| large(50, derive).slots.len();
        assert_eq!(slots(&format!("n > 3 ? {LOOKUP} : a")), slots("n > 3 ? lookup(lists.l, a + \"/\" + b + \"\").v : a"));
    }

    proptest! {
        #[test]
        fn pairs_find_what_the_machine_finds(keys in prop::collection::vec(texts(1), 1..6), between in prop::sample::select(vec!["/", "//", "x"]), leads in prop::collection::vec((prop::option::of(texts(1)), prop::option::of(texts(1)), prop::option::of(any::<bool>())), 20)) {
            let program = program(&keys, between);
            prop_assert!(computed(&program, "machine"));
            prop_assert_eq!(computed(&program, "cells"), !keys.iter().any(|key| key.contains(between)));
            let engine = Engine::new(program);
            for (a, b, c) in leads {
                let mut lead = engine.lead();
                if let Some(a) = &a {
                    lead.set("a", a.as_str()).unwrap();
                }
                if let Some(b) = &b {
                    lead.set("b", b.as_str()).unwrap();
                }
                if let Some(c) = c {
                    lead.set("c", c).unwrap();
                }
                let decision = engine.decide(&lead, None);
                prop_assert_eq!(decision.outputs.first().copied().flatten(), Some(0), "{:?} {:?}", a, b);
            }
        }
    }
}
