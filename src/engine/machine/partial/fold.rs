//! Comprehensions on sets of outcomes.

use super::super::possible::{Kinds, Possible, UNBOUNDED, Values, bit};
use super::{Lifted, connect};
use crate::program::{Fold, NodeId, Truth, Value};

impl Lifted<'_> {
    pub(super) fn fold(&mut self, fold: Fold, range: NodeId, predicate: Option<NodeId>, result: Option<NodeId>) -> Possible {
        let range = self.node(range);
        let mut possible = Possible { values: Values::NONE, unknown: range.unknown, fault: range.fault, exact: false };
        let Values::Few(ranges) = &range.values else {
            let over = Kinds::LIST.or(Kinds::MAP);
            possible.fault |= !range.values.kinds().within(over);
            return if range.values.kinds().meets(over) { possible.or(self.any_range(fold, predicate, result)) } else { possible };
        };
        for range in ranges {
            let elements: Vec<Value> = match range {
                Value::List(elements) => elements.to_vec(),
                Value::Map(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
                _ => {
                    possible.fault = true;
                    continue;
                }
            };
            let over = match fold {
                Fold::All => self.decided(&elements, predicate, false),
                Fold::Exists => self.decided(&elements, predicate, true),
                Fold::ExistsOne => self.counted(&elements, predicate),
                Fold::Filter | Fold::Map => self.collected(fold, &elements, predicate, result),
            };
            possible = possible.or(over);
        }
        possible
    }

    fn truths_at(&mut self, predicate: Option<NodeId>) -> u8 {
        self.spend(1);
        predicate.map_or(bit(Truth::True, true), |predicate| self.node(predicate).truths())
    }

    /// `all`, `exists`.
    fn decided(&mut self, elements: &[Value], predicate: Option<NodeId>, deciding: bool) -> Possible {
        let mut truths = bit(Truth::of(!deciding), true);
        for element in elements {
            self.locals.push(Values::one(element.clone()));
            truths = connect(truths, self.truths_at(predicate), deciding);
            self.locals.pop();
        }
        Possible::with_truths(truths)
    }

    /// `exists_one`.
    fn counted(&mut self, elements: &[Value], predicate: Option<NodeId>) -> Possible {
        // Bit n: so many elements may hold, where all are T or F; bit 2: two or more.
        let mut counts = 1_u8;
        let (mut unknown, mut fault) = (false, false);
        for element in elements {
            self.locals.push(Values::one(element.clone()));
            let truths = self.truths_at(predicate);
            self.locals.pop();
            let more = (counts << 1 | counts & 4) & 7;
            let holds = if truths & bit(Truth::True, true) != 0 { more } else { 0 };
            counts = holds | if truths & bit(Truth::False, true) != 0 { counts } else { 0 };
            unknown |= truths & bit(Truth::Unknown, true) != 0;
            fault |= truths & bit(Truth::Fault, true) != 0;
        }
        Possible::with_truths(bit(Truth::True, counts & 2 != 0) | bit(Truth::False, counts & 5 != 0) | bit(Truth::Unknown, unknown) | bit(Truth::Fault, fault))
    }

    /// `filter`, `map`.
    fn collected(&mut self, fold: Fold, elements: &[Value], predicate: Option<NodeId>, result: Option<NodeId>) -> Possible {
        // The list, as long as it is known element by element; what it weighs at most; whether it may be a list at all.
        let (mut known, mut weight, mut list) = (Some(Vec::new()), 1_u32, true);
        let mut possible = Possible::of(Values::NONE);
        for element in elements {
            self.locals.push(Values::one(element.clone()));
            let truths = self.truths_at(predicate);
            let (yes, no) = (truths & bit(Truth::True, true) != 0, truths & bit(Truth::False, true) != 0);
            let made = match (fold, result) {
                _ if !yes => Possible::of(Values::NONE),
                (Fold::Map, Some(result)) => self.node(result),
                (Fold::Map, None) => Possible::ANYTHING,
                _ => Possible::of(Values::one(element.clone())),
            };
            self.locals.pop();
            possible.unknown |= made.unknown || truths & bit(Truth::Unknown, true) != 0;
            possible.fault |= made.fault || truths & bit(Truth::Fault, true) != 0;
            list &= no || !made.values.is_none();
            weight = weight.saturating_add(made.values.weight());
            known = match (known, &made.values, yes && !made.values.is_none(), no) {
                (known, _, false, _) => known,
                (Some(mut elements), Values::Few(values), true, false) if values.len() == 1 => {
                    elements.extend(values.iter().cloned());
                    Some(elements)
                }
                _ => None,
            };
        }
        possible.values = match known {
            _ if !list => Values::NONE,
            Some(elements) => Values::one(Value::List(elements.into())),
            None => Values::Of(Kinds::LIST, weight),
        };
        possible
    }

    /// Over a range of which nothing is known.
    fn any_range(&mut self, fold: Fold, predicate: Option<NodeId>, result: Option<NodeId>) -> Possible {
        self.locals.push(Values::ANY);
        let truths = self.truths_at(predicate);
        let made = result.map(|result| self.node(result));
        self.locals.pop();
        // It may be longer than an evaluation can go through.
        self.spend(u64::MAX);
        let stops = truths & (bit(Truth::Unknown, true) | bit(Truth::Fault, true));
        match fold {
            // The strongest truth among the elements is the result, and there may be none.
            Fold::All => Possible::with_truths(truths | bit(Truth::True, true)),
            Fold::Exists => Possible::with_truths(truths | bit(Truth::False, true)),
            Fold::ExistsOne => Possible::with_truths(stops | bit(Truth::True, true) | bit(Truth::False, true)),
            Fold::Filter | Fold::Map => {
                let made = made.unwrap_or(Possible::of(Values::NONE));
                let stops = Possible::with_truths(stops);
                let lists = Values::Of(Kinds::LIST, UNBOUNDED);
                Possible { values: lists, unknown: stops.unknown || made.unknown, fault: stops.fault || made.fault, exact: false }
            }
        }
    }
}
