//! Inputs as they come from the host: maps and lists of plain values, read with the place of each, and results on the way back.

use super::error::LifeError;
use crate::program::{Timestamp, Value};
use crate::time::Moment;

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    value: Option<&'a Value>,
    /// Where it stands: `events[3].at`.
    pub path: String,
}

impl<'a> Given<'a> {
    /// A value at a place.
    pub fn new(value: &'a Value, path: impl Into<String>) -> Self {
        Self { value: Some(value), path: path.into() }.or_nothing()
    }

    /// `null` is nothing.
    fn or_nothing(mut self) -> Self {
        if matches!(self.value, Some(Value::Null)) {
            self.value = None;
        }
        self
    }

    /// The value; none where there is nothing, or `null`.
    pub fn value(&self) -> Option<&'a Value> {
        self.value
    }

    /// Whether there is nothing.
    pub fn is_nothing(&self) -> bool {
        self.value.is_none()
    }

    /// What is wrong here.
    pub fn wrong(&self, wanted: &str) -> LifeError {
        LifeError::new("wrong-type", self.path.clone(), ["this must be ", wanted].concat())
    }

    /// What stands under a name. Nothing where there is nothing; what is no map is refused by [`Given::entries`].
    pub fn get(&self, name: &str) -> Given<'a> {
        let path = if self.path.is_empty() { name.to_owned() } else { [&self.path, ".", name].concat() };
        let value = match self.value {
            Some(Value::Map(entries)) => entries.iter().find(|(key, _)| matches!(key, Value::String(key) if **key == *name)).map(|(_, value)| value),
            _ => None,
        };
        Given { value, path }.or_nothing()
    }

    /// The entries of a map, by name; none where there is nothing.
    ///
    /// # Errors
    /// What is no map, and where names are given the ones that are not among them.
    pub fn entries(&self, known: Option<&[&str]>) -> Result<Vec<(&'a str, Given<'a>)>, LifeError> {
        let entries = match self.value {
            None => return Ok(Vec::new()),
            Some(Value::Map(entries)) => entries,
            Some(_) => return Err(self.wrong("an object")),
        };
        let mut found = Vec::new();
        for (key, _) in entries.iter() {
            let Value::String(name) = key else { return Err(self.wrong("an object with names")) };
            if let Some(known) = known && !known.contains(&&**name) {
                let help = ["its names: ", &known.join(", ")].concat();
                return Err(LifeError::new("unknown-key", self.get(name).path, ["there is no `", name, "` here"].concat()).help(help));
            }
            found.push((&**name, self.get(name)));
        }
        Ok(found)
    }

    /// The items of a list; none where there is nothing.
    ///
    /// # Errors
    /// What is no list, and more than `most` items.
    pub fn items(&self, most: usize) -> Result<Vec<Given<'a>>, LifeError> {
        let items = match self.value {
            None => return Ok(Vec::new()),
            Some(Value::List(items)) => items,
            Some(_) => return Err(self.wrong("a list")),
        };
        if items.len() > most {
            return Err(LifeError::new("too-many", self.path.clone(), ["there are more than ", &whole(most as i64), " items"].concat()));
        }
        Ok(items.iter().enumerate().map(|(at, item)| Given::new(item, [&self.path, "[", &whole(at as i64), "]"].concat())).collect())
    }

    /// A text; none where there is nothing.
    ///
    /// # Errors
    /// Anything else.
    pub fn maybe_text(&self) -> Result<Option<&'a str>, LifeError> {
        match self.value {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong("a text")),
        }
    }

    /// A text.
    ///
    /// # Errors
    /// Anything else, and nothing.
    pub fn text(&self) -> Result<&'a str, LifeError> {
        self.maybe_text()?.ok_or_else(|| self.wrong("a text"))
    }

    /// A whole number within bounds; none where there is nothing.
    ///
    /// # Errors
    /// Anything else.
    pub fn maybe_whole(&self, least: i64, most: i64) -> Result<Option<i64>, LifeError> {
        match self.value {
            None => Ok(None),
            Some(Value::Int(number)) if (least..=most).contains(number) => Ok(Some(*number)),
            Some(_) => Err(self.wrong(&["a whole number from ", &whole(least), " to ", &whole(most)].concat())),
        }
    }

    /// A bool; none where there is nothing.
    ///
    /// # Errors
    /// Anything else.
    pub fn maybe_bool(&self) -> Result<Option<bool>, LifeError> {
        match self.value {
            None => Ok(None),
            Some(Value::Bool(holds)) => Ok(Some(*holds)),
            Some(_) => Err(self.wrong("`true` or `false`")),
        }
    }

    /// A moment: a time by RFC 3339, or milliseconds since 1970; none where there is nothing.
    ///
    /// # Errors
    /// Anything else.
    pub fn maybe_moment(&self) -> Result<Option<Moment>, LifeError> {
        let found = match self.value {
            None => return Ok(None),
            Some(Value::Int(millis)) => Some(*millis).filter(|millis| timestamp(*millis).is_some()),
            Some(Value::String(text)) => crate::engine::machine::timestamp_of(text).and_then(moment),
            Some(Value::Timestamp(at)) => moment(*at),
            Some(_) => None,
        };
        found.map(Some).ok_or_else(|| self.wrong("a time such as `2026-11-21T09:00:00+08:00`, or milliseconds since 1970"))
    }

    /// A moment.
    ///
    /// # Errors
    /// Anything else, and nothing.
    pub fn moment(&self) -> Result<Moment, LifeError> {
        self.maybe_moment()?.ok_or_else(|| self.wrong("a time such as `2026-11-21T09:00:00+08:00`, or milliseconds since 1970"))
    }
}

/// A number in decimal.
fn whole(number: i64) -> String {
    number.to_string()
}

fn moment(at: Timestamp) -> Option<Moment> {
    at.seconds().checked_mul(1000)?.checked_add(i64::from(at.nanos() / 1_000_000))
}

fn timestamp(at: Moment) -> Option<Timestamp> {
    Timestamp::new(at.div_euclid(1000), at.rem_euclid(1000) as u32 * 1_000_000)
}

/// A text as a result.
pub fn text(text: &str) -> Value {
    Value::String(text.into())
}

/// A moment as a result: a time by RFC 3339 where it is read.
pub fn at(moment: Moment) -> Value {
    timestamp(moment).map_or(Value::Null, Value::Timestamp)
}

/// A map as a result; what is `null` is left out.
pub fn map(entries: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Map(entries.into_iter().filter(|(_, value)| !matches!(value, Value::Null)).map(|(name, value)| (text(name), value)).collect())
}

/// A list as a result.
pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::List(items.into_iter().collect())
}
