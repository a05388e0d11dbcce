//! What a signal comes to.

use super::{DAY, Event, Events, Log, Signal};
use crate::reference::list::List;
use crate::reference::policy::Type;
use crate::reference::value::{State, Value};

impl Signal {
    pub fn state(&self, events: &Events, log: &Log, now: i64, lists: &[List]) -> State {
        let Some(counted) = log.counted(events, &self.select, now, lists) else { return State::Fault };
        let nothing = |usual: State| self.otherwise.clone().map_or(usual, State::Value);
        let int = |number: i64| State::Value(Value::Int(number));
        let days = |event: &Event| int((now - event.at) / DAY);
        let attributes = |event: &Event| self.select.of.iter().filter(|(kind, _)| *kind == event.kind).filter_map(|(_, attribute)| event.values.get(&(*attribute)?).cloned()).collect::<Vec<_>>();
        let values: Vec<Value> = counted.iter().flat_map(|event| attributes(event)).collect();
        let best = |ahead: fn(&Value, &Value) -> bool| values.iter().cloned().reduce(|best, value| if ahead(&value, &best) { value } else { best });
        let or_nothing = |value: Option<Value>| value.map_or_else(|| nothing(State::Absent), State::Value);
        match self.measure.as_str() {
            "count" if counted.is_empty() => nothing(int(0)),
            "count" => int(counted.len() as i64),
            "exists" if counted.is_empty() => nothing(State::Value(Value::Bool(false))),
            "exists" => State::Value(Value::Bool(true)),
            "sum" => match events.signal_type(self) {
                Type::Int(..) if values.is_empty() => nothing(int(0)),
                Type::Double(..) if values.is_empty() => nothing(State::Value(Value::Double(0.0))),
                Type::Int(low, high) => {
                    let sum: i128 = values.iter().map(|value| if let Value::Int(number) = value { i128::from(*number) } else { panic!("{value:?}") }).sum();
                    if (i128::from(low)..=i128::from(high)).contains(&sum) { int(sum as i64) } else { State::Fault }
                }
                _ => {
                    let sum = values.iter().fold(0.0, |sum, value| if let Value::Double(number) = value { sum + number } else { panic!("{value:?}") });
                    if sum.is_finite() { State::Value(Value::Double(sum)) } else { State::Fault }
                }
            },
            "distinct" if values.is_empty() => nothing(int(0)),
            "distinct" => int(values.iter().enumerate().filter(|(at, value)| !values[..*at].contains(value)).count() as i64),
            "min" => or_nothing(best(|a, b| a.compare(b).unwrap().is_lt())),
            "max" => or_nothing(best(|a, b| a.compare(b).unwrap().is_gt())),
            "first" => or_nothing(values.first().cloned()),
            "last" => or_nothing(values.last().cloned()),
            "days_since_first" => counted.first().map_or_else(|| nothing(State::Absent), |event| days(event)),
            "days_since_last" => counted.last().map_or_else(|| nothing(State::Absent), |event| days(event)),
            other => panic!("nothing is called {other}"),
        }
    }
}
