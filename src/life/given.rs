//! Inputs as they come from the host: maps and lists of plain values, read with the place of each, and results on the way back.

use super::error::LifeError;
use crate::program::{Timestamp, Value};
use crate::time::Moment;

/// A value with its place.
#[derive(Debug, Clone, Copy)]
pub struct Given<'v, 'p> {
    value: Option<&'v Value>,
    place: Place<'v, 'p>,
}

/// Where a value stands. It becomes a text where something is wrong there, and not before.
#[derive(Debug, Clone, Copy)]
enum Place<'v, 'p> {
    Root(&'p str),
    Name(&'p Given<'v, 'p>, &'p str),
    Item(&'p Given<'v, 'p>, usize),
}

impl<'v, 'p> Given<'v, 'p> {
    /// A value that stands where a name says; nowhere where that is empty.
    pub fn new(value: &'v Value, name: &'p str) -> Self {
        Self::at(Some(value), Place::Root(name))
    }

    /// `null` is nothing.
    fn at(value: Option<&'v Value>, place: Place<'v, 'p>) -> Self {
        Self { value: value.filter(|value| !matches!(value, Value::Null)), place }
    }

    /// The same value, as if it stood nowhere.
    pub fn alone(self) -> Self {
        Self { place: Place::Root(""), ..self }
    }

    /// Where it stands: `events[3].at`.
    pub fn path(&self) -> String {
        let (above, step) = match self.place {
            Place::Root(name) => return name.to_owned(),
            Place::Name(above, name) => {
                let above = above.path();
                let dot = if above.is_empty() { "" } else { "." };
                (above, [dot, name].concat())
            }
            Place::Item(above, at) => (above.path(), ["[", &whole(at as i64), "]"].concat()),
        };
        above + &step
    }

    /// The value; none where there is nothing, or `null`.
    pub fn value(&self) -> Option<&'v Value> {
        self.value
    }

    /// Whether there is nothing.
    pub fn is_nothing(&self) -> bool {
        self.value.is_none()
    }

    /// What is wrong here.
    pub fn wrong(&self, wanted: &str) -> LifeError {
        LifeError::new("wrong-type", self.path(), ["this must be ", wanted].concat())
    }

    /// What stands under a name. Nothing where there is nothing; what is no map is refused by [`Given::entries`].
    pub fn get<'q>(&'q self, name: &'q str) -> Given<'v, 'q> {
        let value = match self.value {
            Some(Value::Map(entries)) => entries.iter().find(|(key, _)| matches!(key, Value::String(key) if **key == *name)).map(|(_, value)| value),
            _ => None,
        };
        Given::at(value, Place::Name(self, name))
    }

    /// The entries of a map, by name; none where there is nothing.
    ///
    /// # Errors
    /// What is no map.
    pub fn entries(&self) -> Result<Vec<(&'v str, Given<'v, '_>)>, LifeError> {
        let entries = match self.value {
            None => return Ok(Vec::new()),
            Some(Value::Map(entries)) => entries,
            Some(_) => return Err(self.wrong("an object")),
        };
        let mut found = Vec::new();
        for (key, _) in entries.iter() {
            let Value::String(name) = key else { return Err(self.wrong("an object with names")) };
            found.push((&**name, self.get(name)));
        }
        Ok(found)
    }

    /// That a map has these names and no others; nothing has none.
    ///
    /// # Errors
    /// What is no map, and another name.
    pub fn only(&self, known: &[&str]) -> Result<(), LifeError> {
        let Some((name, given)) = self.entries()?.into_iter().find(|(name, _)| !known.contains(name)) else { return Ok(()) };
        let help = ["its names: ", &known.join(", ")].concat();
        Err(LifeError::new("unknown-key", given.path(), ["there is no `", name, "` here"].concat()).help(help))
    }

    /// What is read of each item of a list; nothing where there is nothing.
    ///
    /// # Errors
    /// What is no list, more than `most` items, and what cannot be read of one.
    pub fn each<T>(&self, most: usize, read: impl Fn(&Given<'v, '_>) -> Result<T, LifeError>) -> Result<Vec<T>, LifeError> {
        let items = match self.value {
            None => return Ok(Vec::new()),
            Some(Value::List(items)) => items,
            Some(_) => return Err(self.wrong("a list")),
        };
        if items.len() > most {
            return Err(LifeError::new("too-many", self.path(), ["there are more than ", &whole(most as i64), " items"].concat()));
        }
        let mut found = Vec::new();
        for (at, item) in items.iter().enumerate() {
            found.push(read(&Given::at(Some(item), Place::Item(self, at)))?);
        }
        Ok(found)
    }

    /// A text; none where there is nothing.
    ///
    /// # Errors
    /// Anything else.
    pub fn maybe_text(&self) -> Result<Option<&'v str>, LifeError> {
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
    pub fn text(&self) -> Result<&'v str, LifeError> {
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
pub fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    // Nothing of it is left to be dropped here, in each of as many functions as there are numbers of entries.
    map_of(&mut std::mem::ManuallyDrop::new(entries)[..])
}

fn map_of(entries: &mut [(&'static str, Value)]) -> Value {
    let entries = entries.iter_mut().map(|(name, value)| (*name, std::mem::replace(value, Value::Null)));
    Value::Map(entries.filter(|(_, value)| !matches!(value, Value::Null)).map(|(name, value)| (text(name), value)).collect())
}

/// A list as a result.
pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::List(items.into_iter().collect())
}
