//! What is wrong with a state, an event or another input of a lead's life.

/// Why an input was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeError {
    /// A stable code, such as `wrong-state`.
    pub code: &'static str,
    /// Where: `state.history[2].to`.
    pub path: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it; empty where nothing can be said.
    pub help: String,
}

impl LifeError {
    /// An error at a place.
    pub fn new(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, path: path.into(), message: message.into(), help: String::new() }
    }

    /// With what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// A name that is none of those that are known.
    pub fn unknown<'n>(code: &'static str, path: impl Into<String>, name: &str, what: &str, known: impl Iterator<Item = &'n str>) -> Self {
        let known: Vec<&str> = known.take(12).collect();
        let help = if known.is_empty() { "the policy has none".to_owned() } else { ["known here: ", &known.join(", ")].concat() };
        Self::new(code, path, ["`", name, "` is not ", what].concat()).help(help)
    }
}

impl std::fmt::Display for LifeError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for LifeError {}
