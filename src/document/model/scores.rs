//! Scores, as written.

use super::{Code, Condition, EachDef, Words};
use crate::report::Spanned;

/// A score.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreDef {
    /// Its name.
    pub name: Spanned<String>,
    /// It is clamped to this, in thousandths.
    pub range: Option<(i64, i64)>,
    /// Groups; the score's own rules are a group without a name.
    pub groups: Vec<GroupDef>,
    /// Instead of groups: the scores that it adds.
    pub sum: Option<Vec<Spanned<String>>>,
}

/// A group of rules.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupDef {
    /// Its id; none for the score's own rules.
    pub id: Option<Spanned<String>>,
    /// Floor, in thousandths.
    pub min: Option<i64>,
    /// Cap, in thousandths.
    pub max: Option<i64>,
    /// Rules.
    pub rules: Vec<RuleDef>,
    /// What people call it.
    pub label: Words,
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleDef {
    /// Its id.
    pub id: Spanned<String>,
    /// When it gives what.
    pub body: RuleBody,
    /// Why, for people.
    pub because: Words,
}

/// When a rule gives what.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleBody {
    /// Points by the test that holds.
    By {
        /// The field or derive.
        by: Spanned<String>,
        /// Unary tests with points in thousandths.
        points: Vec<(Code, Spanned<i64>)>,
    },
    /// Points on a condition.
    When {
        /// The condition.
        when: Condition,
        /// Points in thousandths.
        points: Spanned<i64>,
    },
    /// Points for each event.
    Each(EachDef),
}
