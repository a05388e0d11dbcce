//! Hit policies of decision tables: OMG DMN 1.5, section 8.2.8.

/// What becomes of the rows that hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hit {
    /// The first one gives the outputs.
    #[default]
    First,
    /// There is one at most.
    Unique,
    /// All of them give the same outputs.
    Any,
    /// The one gives the outputs whose values are declared first.
    Priority,
    /// All of them give theirs, in a list; those whose values are declared first come first.
    OutputOrder,
    /// All of them give theirs, in a list in the order of the rows.
    RuleOrder,
    /// All of them give theirs; in which order does not matter, and it is that of the rows.
    Collect,
    /// The sum of what they give.
    Sum,
    /// The least number that they give.
    Min,
    /// The greatest number that they give.
    Max,
    /// How many hold.
    Count,
}

/// Their words in a document.
pub const WORDS: &[(&str, Hit)] = &[
    ("first", Hit::First),
    ("unique", Hit::Unique),
    ("any", Hit::Any),
    ("priority", Hit::Priority),
    ("output order", Hit::OutputOrder),
    ("rule order", Hit::RuleOrder),
    ("collect", Hit::Collect),
    ("collect sum", Hit::Sum),
    ("collect min", Hit::Min),
    ("collect max", Hit::Max),
    ("collect count", Hit::Count),
];

/// DMN's letters for them, and what DMN calls the aggregators.
const OTHERS: &[(&str, Hit)] = &[
    ("F", Hit::First),
    ("U", Hit::Unique),
    ("A", Hit::Any),
    ("P", Hit::Priority),
    ("O", Hit::OutputOrder),
    ("R", Hit::RuleOrder),
    ("C", Hit::Collect),
    ("C+", Hit::Sum),
    ("C<", Hit::Min),
    ("C>", Hit::Max),
    ("C#", Hit::Count),
    ("sum", Hit::Sum),
    ("min", Hit::Min),
    ("max", Hit::Max),
    ("count", Hit::Count),
];

impl Hit {
    /// Its word in a document.
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(_, hit)| *hit == self).map_or("", |(word, _)| word)
    }

    /// The policy that was meant by a letter of DMN, by an aggregator alone, or by a word in capitals or with another space.
    pub fn meant(text: &str) -> Option<Self> {
        let letters = OTHERS.iter().find(|(letters, _)| letters.eq_ignore_ascii_case(text));
        let plain: String = text.trim().chars().map(|letter| if matches!(letter, '_' | '-') { ' ' } else { letter.to_ascii_lowercase() }).collect();
        letters.or_else(|| WORDS.iter().find(|(word, _)| *word == plain)).map(|(_, hit)| *hit)
    }

    /// It gives one number, made of those of all rows that hold.
    pub fn is_aggregator(self) -> bool {
        matches!(self, Self::Sum | Self::Min | Self::Max | Self::Count)
    }

    /// It gives lists.
    pub fn gives_lists(self) -> bool {
        matches!(self, Self::Collect | Self::RuleOrder | Self::OutputOrder)
    }

    /// Rows go by the order in which the values of outputs are declared.
    pub fn by_priority(self) -> bool {
        matches!(self, Self::Priority | Self::OutputOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_has_a_word_and_a_letter() {
        for &(word, hit) in WORDS {
            assert_eq!((hit.word(), Hit::meant(&word.to_uppercase().replace(' ', "_"))), (word, Some(hit)));
            assert!(OTHERS.iter().any(|(letters, of)| *of == hit && letters.len() <= 2), "{word}");
        }
        assert_eq!(Hit::meant("c+"), Some(Hit::Sum));
        assert_eq!(Hit::meant("best"), None);
    }
}
