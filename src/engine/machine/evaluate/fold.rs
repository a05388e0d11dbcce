//! Comprehensions.

use super::{Condition, Evaluation, Found, Strict};
use crate::engine::machine::{Fault, Kinds, strings};
use crate::engine::machine::possible::{Shape, UNBOUNDED, push_bools, weigh};
use crate::engine::truths::Truths;
use crate::program::{Fold, NodeId, Truth, Value};

impl Evaluation<'_> {
    pub(super) fn fold(&mut self, id: NodeId, fold: Fold, range: NodeId, predicate: Option<NodeId>, result: Option<NodeId>) -> Found {
        let base = self.stack.len();
        let over = self.node(range);
        let middle = self.stack.len();
        let mut found = Found { shape: Shape::NONE, ..over };
        let mut wrong = !over.shape.kinds.within(OVER);
        for at in base..middle {
            let range = self.stack.get(at).cloned().unwrap_or(Value::Null);
            let start = self.stack.len();
            let one = match (&range, fold) {
                (Value::List(_) | Value::Map(_), Fold::All | Fold::Exists) => self.decided(id, &range, predicate, fold == Fold::Exists),
                (Value::List(_) | Value::Map(_), _) => self.collected(id, fold, &range, predicate, result),
                _ => {
                    wrong = true;
                    continue;
                }
            };
            self.join(middle, &mut found, start, &one);
        }
        if over.shape.kinds.meets(OVER) {
            let start = self.stack.len();
            let any = self.any_range(fold, predicate, result);
            self.join(middle, &mut found, start, &any);
        }
        self.stack.drain(base..middle);
        if wrong {
            found.fault = found.fault.or(Some((Fault::NoOverload, range)));
        }
        found
    }

    /// The truth of a predicate for what a comprehension has just bound.
    fn predicate(&mut self, predicate: Option<NodeId>) -> Condition {
        predicate.map_or(Condition::start(false), |predicate| self.truths(predicate))
    }

    /// Binds an element of a range, at the cost of one; false after the last.
    fn bind(&mut self, id: NodeId, range: &Value, at: usize) -> bool {
        let element = match range {
            Value::List(elements) => elements.get(at),
            Value::Map(entries) => entries.get(at).map(|(key, _)| key),
            _ => None,
        };
        let Some(element) = element else { return false };
        if let Err(fault) = self.work.spend(1) {
            self.fail(fault, id);
        }
        self.locals.push(Some(element.clone()));
        self.stopped.is_none()
    }

    /// `all`, `exists`.
    fn decided(&mut self, id: NodeId, range: &Value, predicate: Option<NodeId>, deciding: bool) -> Found {
        let mut condition = Condition::start(deciding);
        let mut at = 0;
        while !condition.is_decided(deciding) && self.bind(id, range, at) {
            condition = condition.connect(self.predicate(predicate), deciding);
            self.locals.pop();
            at += 1;
        }
        self.push_truths(condition)
    }

    /// `exists_one`, `filter`, `map`: strict in each predicate, and in each result that is evaluated.
    fn collected(&mut self, id: NodeId, fold: Fold, range: &Value, predicate: Option<NodeId>, result: Option<NodeId>) -> Found {
        let base = self.stack.len();
        let mut strict = Strict::NEW;
        // Bit n: so many elements may hold; bit 2: two or more.
        let mut counts = 1_u8;
        // Whether what stands on the stack is the list; and what the results weigh that do not stand there.
        let (mut known, mut weight) = (true, 1_u32);
        let mut at = 0;
        while strict.sound && self.bind(id, range, at) {
            let condition = self.predicate(predicate);
            let (yes, no, start) = (condition.has(Truth::True), condition.has(Truth::False), self.stack.len());
            let made = match (fold, result) {
                _ if !yes || fold == Fold::ExistsOne => Found::NOTHING,
                (Fold::Map, Some(result)) => self.node(result),
                (Fold::Map, None) => self.fail(Fault::Malformed, id),
                _ => {
                    if let Some(Some(element)) = self.locals.last() {
                        self.stack.push(element.clone());
                    }
                    Found::NOTHING
                }
            };
            self.locals.pop();
            let count = self.stack.len() - start;
            let value = count > 0 || !made.shape.is_none() || fold == Fold::ExistsOne && yes;
            strict.note(no || value, condition.has(Truth::Unknown) || made.unknown, condition.fault.or(made.fault));
            known &= !value || !no && count == 1;
            weight = weight.saturating_add(made.shape.weight);
            counts = if yes { (counts << 1 | counts & 4) & 7 } else { 0 } | if no { counts } else { 0 };
            at += 1;
        }
        let mut found = Found::NOTHING;
        let kept = self.stack.get(base..).unwrap_or_default();
        let list = if known { Some(strings::list(kept)) } else { None };
        for value in if known { &[] } else { kept } {
            weight = weight.saturating_add(weigh(value));
        }
        self.stack.truncate(base);
        if fold == Fold::ExistsOne {
            push_bools(Truths::NONE.with(Truth::True, counts & 2 != 0).with(Truth::False, counts & 5 != 0), &mut self.stack);
        } else if !strict.values {
        } else if let Some(list) = list {
            self.stack.push(list);
        } else {
            found.shape = Shape::all(Kinds::LIST, weight);
        }
        strict.with(&mut found);
        found
    }

    /// Over a range of which nothing is known.
    fn any_range(&mut self, fold: Fold, predicate: Option<NodeId>, result: Option<NodeId>) -> Found {
        self.locals.push(None);
        let mut condition = self.predicate(predicate);
        let base = self.stack.len();
        let made = result.map_or(Found::NOTHING, |result| self.node(result));
        self.stack.truncate(base);
        self.locals.pop();
        // It may be longer than an evaluation can go through.
        self.estimate = u64::MAX;
        // The strongest truth among the elements is the result of `all` and `exists`, and there may be no element.
        if matches!(fold, Fold::Filter | Fold::Map) {
            return Found { shape: Shape::all(Kinds::LIST, UNBOUNDED), unknown: condition.has(Truth::Unknown) || made.unknown, fault: condition.fault.or(made.fault) };
        }
        condition.truths = condition.truths.with(Truth::True, fold != Fold::Exists).with(Truth::False, fold != Fold::All);
        self.push_truths(condition)
    }
}

/// What comprehensions range over.
const OVER: Kinds = Kinds::LIST.or(Kinds::MAP);
