//! Numbers: a field's range in parts that come out alike.

use super::{Search, Settle, Settled, To, Untold};
use crate::engine::decision::Outcome;
use crate::engine::frame::number_cell;
use crate::engine::lead::Answer;
use crate::engine::machine::Values;
use crate::engine::possible::{Possible, value_cells};
use crate::program::{Cell, Cut, Domain, FIRST_VALUE, Value, VariableId};

/// Into how many parts the range of a number that expressions calculate with is taken apart at most.
const MOST_PARTS: u32 = 1_000;

/// Numbers from the first to the second that come out alike.
struct Part {
    low: Number,
    high: Number,
    settled: Settled,
}

/// A number of a field, by type.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    Int(i64),
    Double(f64),
}

impl Search<'_> {
    /// Tries every value of a number.
    pub(super) fn numbers(&mut self, field: VariableId, answer: &Answer) -> Result<(), Untold> {
        let program = self.engine.program();
        let slot = program.slots_of(field).start;
        let Some(Cut::Thresholds(thresholds)) = program.slots.get(usize::from(slot)).map(|slot| &slot.cut) else { return Ok(()) };
        let Some(variable) = program.variables.get(usize::from(field)) else { return Ok(()) };
        let mut cells = Vec::new();
        value_cells(program, slot, &mut |cell| cells.extend(range(&variable.domain, thresholds, cell)));
        let mut parts = Vec::new();
        let mut told = Ok(());
        if variable.by_value {
            let mut most = MOST_PARTS;
            // What was proved before too many parts were needed holds all the same.
            told = cells.into_iter().try_for_each(|(low, high)| self.divide(field, low, high, &mut most, &mut parts));
        } else {
            for (low, high) in cells {
                let settled = self.try_value(field, &low.value())?;
                join(&mut parts, Part { low, high, settled });
            }
        }
        let now = match answer {
            Answer::Value(value) | Answer::Range(value) => Number::of(value),
            _ => None,
        };
        for part in parts {
            self.part(field, now, thresholds, part);
        }
        told
    }

    fn part(&mut self, field: VariableId, now: Option<Number>, thresholds: &[f64], part: Part) {
        let Part { low, high, settled } = part;
        let near = now.map(|now| if now.double() < low.double() { low } else { high });
        let (steps, gap) = match (now, near) {
            (Some(now), Some(near)) => {
                let cells = number_cell(thresholds, near.double()).abs_diff(number_cell(thresholds, now.double()));
                (cells.max(1), (near.double() - now.double()).abs())
            }
            _ => (1, 0.0),
        };
        let to = if low == high { To::Value(low.value()) } else { To::Range(low.value(), high.value(), near.map(Number::value)) };
        self.note(field, to, settled, steps, gap);
    }

    /// Halves numbers until each part is proved to come out alike, and joins the parts to those before.
    fn divide(&mut self, field: VariableId, low: Number, high: Number, most: &mut u32, parts: &mut Vec<Part>) -> Result<(), Untold> {
        let mut rest = vec![(low, high)];
        while let Some((low, high)) = rest.pop() {
            *most = most.checked_sub(1).ok_or(Untold::Calculated)?;
            let settled = if low == high { Some(self.try_value(field, &low.value())?) } else { self.alike(field, low, high)? };
            match settled {
                Some(settled) => join(parts, Part { low, high, settled }),
                None => {
                    let (end, start) = low.halves(high);
                    rest.extend([(start, high), (low, end)]);
                }
            }
        }
        Ok(())
    }

    /// What comes out of all numbers between two, where that is proved to be one thing.
    fn alike(&mut self, field: VariableId, low: Number, high: Number) -> Result<Option<Settled>, Untold> {
        self.spend()?;
        self.value(field, low.value());
        let values = match (low, high) {
            (Number::Int(low), Number::Int(high)) => Values::ints(low, high),
            _ => Values::doubles(low.double(), high.double()),
        };
        Ok(self.single(&self.engine.possible_within(&self.lead, self.stage, field, values)))
    }

    /// The one thing that is possible; none where there may be several.
    fn single(&self, possible: &Possible) -> Option<Settled> {
        let [outcome] = possible.outcomes[..] else { return None };
        // A screen that faults comes out as `on_fault`, as a route that does.
        let on_fault = self.engine.program().route.as_ref().and_then(|route| route.on_fault).map(Outcome::Route);
        let passes = !matches!(outcome, Outcome::Screened(_)) && Some(outcome) != on_fault;
        match self.settle {
            Settle::Route => Some(Settled::Outcome(outcome)),
            Settle::Stage => match possible.stages[..] {
                [stage] if passes && !possible.stage_faults => Some(Settled::Stage(Some(stage))),
                _ => None,
            },
            Settle::Output(at) => {
                // Of what several rows add up to, no one value is proved here.
                let values = if self.engine.is_collected(at) { &[][..] } else { self.engine.outputs().nth(at).map_or(&[][..], |(_, output)| finite(&output.domain)) };
                match possible.outputs.get(at).map(|output| (&output.values[..], output.faults)) {
                    Some((&[value], false)) if passes => values.get(usize::from(value)).map(|value| Settled::Output(Some(value.clone()))),
                    _ => None,
                }
            }
        }
    }
}

fn finite(domain: &Domain) -> &[Value] {
    if let Domain::Finite(values) = domain { values } else { &[] }
}

/// Adds a part; where it follows on the one before and comes out alike, the two are one.
fn join(parts: &mut Vec<Part>, part: Part) {
    match parts.last_mut() {
        Some(last) if last.settled == part.settled && last.high.next() == part.low => last.high = part.high,
        _ => parts.push(part),
    }
}

/// The least and the greatest number of a cell that has any.
fn range(domain: &Domain, thresholds: &[f64], cell: Cell) -> Option<(Number, Number)> {
    let at = usize::from(cell.checked_sub(FIRST_VALUE)?);
    let from = at.checked_sub(1).and_then(|at| thresholds.get(at)).copied();
    let below = thresholds.get(at).copied();
    Some(match *domain {
        // Bounds and thresholds of integers are safe ones, which doubles hold exactly.
        Domain::Int(low, high) => (
            Number::Int(from.map_or(low, |from| low.max(from.ceil() as i64))),
            Number::Int(below.map_or(high, |below| high.min((below.ceil() as i64).saturating_sub(1)))),
        ),
        Domain::Double(low, high) => (Number::Double(from.map_or(low, |from| low.max(from))), Number::Double(below.map_or(high, |below| high.min(below.next_down())))),
        _ => return None,
    })
}

impl Number {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Int(value) => Some(Self::Int(*value)),
            Value::Double(value) => Some(Self::Double(*value)),
            _ => None,
        }
    }

    fn value(self) -> Value {
        match self {
            Self::Int(value) => Value::Int(value),
            // Minus zero is zero, as in a lead.
            Self::Double(value) => Value::Double(value + 0.0),
        }
    }

    fn double(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Double(value) => value,
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Int(value) => Self::Int(value.saturating_add(1)),
            Self::Double(value) => Self::Double(value.next_up()),
        }
    }

    /// The last number of the lower half up to another, and the first of the upper.
    fn halves(self, high: Self) -> (Self, Self) {
        match (self, high) {
            (Self::Int(low), Self::Int(high)) => {
                let middle = middle(low, high);
                (Self::Int(middle), Self::Int(middle.saturating_add(1)))
            }
            _ => {
                let middle = ranked(middle(rank(self.double()), rank(high.double())));
                (Self::Double(middle), Self::Double(middle.next_up()))
            }
        }
    }
}

fn middle(low: i64, high: i64) -> i64 {
    (low & high) + ((low ^ high) >> 1)
}

/// Where a finite double stands among all of them: halving that takes as many steps as a double has bits, wherever it lies.
fn rank(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

fn ranked(rank: i64) -> f64 {
    f64::from_bits((if rank < 0 { i64::MIN.wrapping_sub(rank) } else { rank }) as u64)
}
