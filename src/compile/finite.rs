//! Expressions that rest on one source with finitely many values are tabulated when the policy is compiled.
//!
//! A source is a variable with finitely many values, or what a text finds in a dictionary. The expression is evaluated once for each of the source's values and states, by
//! the machine that would otherwise evaluate it for every lead.

use super::{Builder, slice};
use crate::cel::{Checked, CheckedKind};
use crate::engine::machine::{Inputs, Outcome, Reading, evaluate};
use crate::program::{Cell, Domain, FIRST_VALUE, ListBody, ListId, Value, VariableId};

/// What an expression rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Nothing: it is constant.
    Nothing,
    /// A variable with finitely many values.
    Finite(VariableId),
    /// The entry that a text finds in a dictionary.
    Lookup(VariableId, ListId),
    /// Anything else.
    Other,
}

/// A variable that stands for a column that has no value; its reading is absent.
const NOTHING: VariableId = VariableId::MAX;

struct One<'a> {
    variable: VariableId,
    reading: &'a Reading,
}

impl Inputs for One<'_> {
    fn read(&self, variable: VariableId) -> Reading {
        if variable == self.variable { self.reading.clone() } else { Reading::Absent }
    }
}

impl Builder<'_> {
    /// What an expression rests on.
    pub fn origin(&self, expr: &Checked) -> Origin {
        let mut origin = Origin::Nothing;
        self.find_origin(expr, &mut origin);
        origin
    }

    fn find_origin(&self, expr: &Checked, origin: &mut Origin) {
        let mut see = |found: Origin| {
            *origin = match (*origin, found) {
                (Origin::Nothing, found) => found,
                (known, found) if known == found => known,
                _ => Origin::Other,
            };
        };
        match &expr.kind {
            CheckedKind::Variable(variable) => see(self.finite_origin(*variable)),
            CheckedKind::State(_, variable) => see(self.finite_origin(*variable)),
            CheckedKind::Lookup(list, text, column) => match text.kind {
                CheckedKind::Variable(variable) if self.is_text(variable) && (*column > 0 || self.tells_keys(*list)) => see(Origin::Lookup(variable as VariableId, *list as ListId)),
                _ => self.find_origin(text, origin),
            },
            _ => {
                for part in expr.parts() {
                    self.find_origin(part, origin);
                }
            }
        }
    }

    /// Whether each entry of a dictionary is a class of its own, so that the class tells the key.
    fn tells_keys(&self, list: usize) -> bool {
        match self.program.lists.get(list).map(|list| &list.body) {
            Some(ListBody::Dictionary(dictionary)) => dictionary.classes.len() == dictionary.keys.len(),
            _ => false,
        }
    }

    fn is_text(&self, variable: usize) -> bool {
        matches!(self.program.variables.get(variable).map(|variable| &variable.domain), Some(Domain::Text))
    }

    fn finite_origin(&self, variable: usize) -> Origin {
        match self.program.variables.get(variable).map(|variable| &variable.domain) {
            Some(Domain::Finite(_)) => Origin::Finite(variable as VariableId),
            _ => Origin::Other,
        }
    }

    /// What an expression comes to in each cell of its origin's slot. The origin is `Finite` or `Lookup`.
    pub fn tabulate(&mut self, expr: &Checked, origin: Origin) -> Vec<Outcome> {
        let states = [Reading::Absent, Reading::Declined, Reading::Masked, Reading::Fault];
        match origin {
            Origin::Finite(variable) => {
                let values = match self.program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
                    Some(Domain::Finite(values)) => values.clone(),
                    _ => Vec::new(),
                };
                let readings = states.into_iter().chain(values.into_iter().map(Reading::Value)).collect::<Vec<_>>();
                self.scratch(|builder| {
                    let root = builder.lower(expr);
                    readings.iter().map(|reading| evaluate(&builder.program, &builder.texts, root, &One { variable, reading })).collect()
                })
            }
            Origin::Lookup(variable, list) => {
                let (classes, keys) = match self.program.lists.get(usize::from(list)).map(|list| &list.body) {
                    Some(ListBody::Dictionary(dictionary)) => (dictionary.classes.clone(), dictionary.keys.clone()),
                    _ => Default::default(),
                };
                let nothing = CheckedKind::Variable(usize::from(NOTHING));
                let mut outcomes: Vec<Outcome> = self.scratch(|builder| {
                    let root = builder.lower(&replace(expr, &|_| nothing.clone(), usize::from(variable)));
                    states.iter().map(|reading| evaluate(&builder.program, &builder.texts, root, &One { variable: NOTHING, reading })).collect()
                });
                let constants = self.program.expressions.constants.clone();
                // The first value cell is "no entry".
                let miss: &[Option<u32>] = &[];
                for (at, row) in [miss].into_iter().chain(classes.iter().map(Vec::as_slice)).enumerate() {
                    // Read only where each entry is a class of its own.
                    let key = at.checked_sub(1).and_then(|at| keys.get(at));
                    let column = |column: usize| {
                        if let (0, Some(key)) = (column, key) {
                            return CheckedKind::Const(Value::String(key.as_str().into()));
                        }
                        let value = row.get(column.wrapping_sub(1)).copied().flatten().and_then(|at| constants.get(at as usize));
                        value.map_or(nothing.clone(), |value| CheckedKind::Const(value.clone()))
                    };
                    let replaced = replace(expr, &column, usize::from(variable));
                    outcomes.push(self.scratch(|builder| {
                        let root = builder.lower(&replaced);
                        evaluate(&builder.program, &builder.texts, root, &One { variable: NOTHING, reading: &Reading::Absent })
                    }));
                }
                outcomes
            }
            Origin::Nothing | Origin::Other => Vec::new(),
        }
    }

    /// What a constant expression comes to.
    pub fn constant_outcome(&mut self, expr: &Checked) -> Outcome {
        self.scratch(|builder| {
            let root = builder.lower(expr);
            evaluate(&builder.program, &builder.texts, root, &One { variable: NOTHING, reading: &Reading::Absent })
        })
    }

    /// Runs something that lowers expressions, and forgets what it lowered.
    fn scratch<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let interned = std::mem::take(&mut self.interned);
        let nodes = self.program.expressions.nodes.len();
        let constants = self.program.expressions.constants.len();
        let noted = self.secrets.as_ref().map_or(0, slice::Secrets::noted);
        let by_value: Vec<bool> = self.program.variables.iter().map(|variable| variable.by_value).collect();
        let result = run(self);
        self.program.expressions.nodes.truncate(nodes);
        self.program.expressions.constants.truncate(constants);
        self.interned = interned;
        if let Some(secrets) = &mut self.secrets {
            secrets.forget(noted);
        }
        for (variable, was) in self.program.variables.iter_mut().zip(by_value) {
            variable.by_value = was;
        }
        result
    }
}

/// The index of a value in a list of distinct values, added where it is new.
pub fn cell_of(values: &mut Vec<Value>, value: &Value) -> Cell {
    let at = values.iter().position(|known| known == value).unwrap_or_else(|| {
        values.push(value.clone());
        values.len() - 1
    });
    FIRST_VALUE + at as Cell
}

/// The expression with every lookup of a text replaced by what its column holds.
fn replace(expr: &Checked, column: &dyn Fn(usize) -> CheckedKind, text: usize) -> Checked {
    let again = |item: &Checked| replace(item, column, text);
    let boxed = |item: &Checked| Box::new(again(item));
    let all = |items: &[Checked]| items.iter().map(again).collect::<Vec<_>>();
    let kind = match &expr.kind {
        CheckedKind::Lookup(_, item, at) if item.kind == CheckedKind::Variable(text) => column(*at),
        CheckedKind::Const(_) | CheckedKind::Variable(_) | CheckedKind::Local(_) | CheckedKind::State(..) => expr.kind.clone(),
        CheckedKind::Call(function, items) => CheckedKind::Call(*function, all(items)),
        CheckedKind::Form(form, items) => CheckedKind::Form(*form, all(items)),
        CheckedKind::And(items) => CheckedKind::And(all(items)),
        CheckedKind::Or(items) => CheckedKind::Or(all(items)),
        CheckedKind::List(items) => CheckedKind::List(all(items)),
        CheckedKind::Not(item) => CheckedKind::Not(boxed(item)),
        CheckedKind::Member(item, name) => CheckedKind::Member(boxed(item), name.clone()),
        CheckedKind::Has(item, name) => CheckedKind::Has(boxed(item), name.clone()),
        CheckedKind::InList(item, list) => CheckedKind::InList(boxed(item), *list),
        CheckedKind::Lookup(list, item, at) => CheckedKind::Lookup(*list, boxed(item), *at),
        CheckedKind::If(test, then, otherwise) => CheckedKind::If(boxed(test), boxed(then), boxed(otherwise)),
        CheckedKind::Map(entries) => CheckedKind::Map(entries.iter().map(|(key, value)| (again(key), again(value))).collect()),
        CheckedKind::Fold { fold, range, predicate, result } => CheckedKind::Fold {
            fold: *fold,
            range: boxed(range),
            predicate: predicate.as_ref().map(|item| boxed(item)),
            result: result.as_ref().map(|item| boxed(item)),
        },
    };
    Checked { kind, ty: expr.ty.clone(), span: expr.span }
}
