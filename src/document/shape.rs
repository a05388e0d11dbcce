//! How the keys of a document are described: one description that the readers check against and the JSON Schema is made of.

/// A map with fixed keys.
#[derive(Debug)]
pub struct Shape {
    /// What it is, for people: "a field".
    pub what: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

/// A key of a [`Shape`].
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// It must be given.
    pub required: bool,
    /// What its value is.
    pub of: Of,
    /// What it is for: one sentence for editors and help texts.
    pub about: &'static str,
}

/// What a value is.
#[derive(Debug)]
pub enum Of {
    /// Exactly this number.
    Exactly(i64),
    /// A text.
    Text,
    /// The name of a field, derive, score or output, or an id.
    Name,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A whole number from this one on.
    Whole(i64),
    /// A number with at most three decimals.
    Points,
    /// A text for people, or a map of locale to text.
    Words,
    /// A text for people by locale, and under `for` the outcomes that it is for.
    Message,
    /// A CEL expression.
    Cel,
    /// A unary test.
    Test,
    /// A text, number, bool or null.
    Scalar,
    /// A length of time: `15m`, `4h`, `30d`.
    Duration,
    /// What is left of something: `50%`.
    Percent,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A moment, RFC 3339.
    Moment,
    /// The path of a file beside the policy.
    File,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Two numbers, the lower one first.
    Pair,
    /// A list.
    List(&'static Of),
    /// A map whose keys the author chooses.
    Entries(&'static Of),
    /// A map with fixed keys.
    Map(&'static Shape),
    /// Any of these.
    Either(&'static [Of]),
    /// Nothing at all.
    Null,
}

impl Shape {
    /// A key by its name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The names of its keys, as a list for people.
    pub fn listed(&self) -> String {
        self.keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ")
    }
}

/// A key that may be left out.
pub const fn may(name: &'static str, of: Of, about: &'static str) -> Key {
    Key { name, required: false, of, about }
}

/// A key that must be given.
pub const fn must(name: &'static str, of: Of, about: &'static str) -> Key {
    Key { name, required: true, of, about }
}
