//! Why a lead has its scores: every contribution, cap, floor and clamp a line of its own, summing exactly to the score.
//!
//! Requirement X3: an explanation always sums to the score to the thousandth.

use super::Engine;
use super::decide::{clamp, clamp_group};
use super::decision::Decision;
use super::frame::Frame;
use super::lead::Lead;
use super::resolve::is_value;
use crate::program::{FormulaId, Milli, Node, ScoreBody, Step, Truth, VariableId};

/// The scores of a decision, explained.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Explanation {
    /// The decision.
    pub decision: Decision,
    /// One for each score that has a value, in the program's order.
    pub scores: Vec<ScoreExplanation>,
}

/// One score, explained: `lines` sum to `value`.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreExplanation {
    /// Index of the score in the program.
    pub score: u16,
    /// The score in thousandths.
    pub value: Milli,
    /// What it is made of, in the author's order.
    pub lines: Vec<Line>,
    /// Rules that gave nothing because something was not known.
    pub missing: Vec<Missing>,
}

/// One contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What contributes.
    pub kind: LineKind,
    /// How much, in thousandths.
    pub points: Milli,
}

/// What contributes to a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A case of a rule: indices of group, rule and case.
    Rule(u16, u16, u16),
    /// Resets took this away from a rule that counts events: indices of group and rule.
    #[cfg(feature = "full")]
    Reset(u16, u16),
    /// The bound of a rule that counts events took this away: indices of group and rule.
    #[cfg(feature = "full")]
    Bound(u16, u16),
    /// The group's cap took this away.
    Cap(u16),
    /// The group's floor added this.
    Floor(u16),
    /// The score's range took this away or added it.
    Range,
    /// Another score, by index.
    Score(u16),
}

/// A rule that gave nothing because something was not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// Index of the group.
    pub group: u16,
    /// Index of the rule.
    pub rule: u16,
    /// A variable without value that the rule rests on.
    pub variable: VariableId,
}

impl ScoreExplanation {
    /// Adds a line; its points.
    #[cfg_attr(quick, optimize(speed))]
    fn line(&mut self, kind: LineKind, points: Milli) -> Milli {
        self.lines.push(Line { kind, points });
        points
    }

    /// Adds the lines of a rule that counts events; their points.
    #[cfg(feature = "full")]
    fn counted(&mut self, group: u16, rule: u16, worth: Option<super::events::Worth>) -> Milli {
        let Some(worth) = worth else { return 0 };
        for (kind, points) in [(LineKind::Rule(group, rule, 0), worth.whole), (LineKind::Reset(group, rule), worth.left - worth.whole), (LineKind::Bound(group, rule), worth.sum - worth.left)] {
            if points != 0 {
                self.line(kind, points);
            }
        }
        worth.sum
    }
}

impl Engine {
    /// Decides a lead and explains its scores.
    #[cfg_attr(quick, optimize(speed))]
    pub fn explain(&self, lead: &Lead, stage: Option<u16>) -> Explanation {
        let mut frame = Frame::new(self.program());
        let mut explanation = Explanation::default();
        self.decide_into(lead, stage, &mut frame, &mut explanation.decision);
        for index in 0..self.program().scores.len() {
            if let Some(score) = self.explain_score(&frame, &explanation.decision, index) {
                explanation.scores.push(score);
            }
        }
        explanation
    }

    /// A score of a decision, explained by the frame that it left; none where it has no value.
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn explain_score(&self, frame: &Frame, decision: &Decision, index: usize) -> Option<ScoreExplanation> {
        let program = self.program();
        let score = program.scores.get(index)?;
        let value = decision.scores.get(index).copied().flatten()?;
        let mut found = ScoreExplanation { score: index as u16, value, lines: Vec::new(), missing: Vec::new() };
        let mut raw: Milli = 0;
        match &score.body {
            ScoreBody::Sum(parts) => {
                for &part in parts {
                    raw = found.line(LineKind::Score(part), decision.scores.get(usize::from(part)).copied().flatten()?).saturating_add(raw);
                }
            }
            // What is secret has no value, so there is no score to explain.
            ScoreBody::Within(..) => return None,
            ScoreBody::Groups(groups) => {
                for (at, group) in (0..).zip(groups) {
                    let mut sum: Milli = 0;
                    for (rule_at, rule) in (0..).zip(&group.rules) {
                        #[cfg(feature = "full")]
                        for counted in program.life.events.of_group(index, at).filter(|&counted| program.life.events.rules.get(counted).is_some_and(|each| each.place.1.1 == rule_at)) {
                            sum = sum.saturating_add(found.counted(at, rule_at, frame.worth.get(counted).copied().flatten()));
                        }
                        let mut unknown = None;
                        let mut held = false;
                        for (case_at, case) in (0..).zip(&rule.cases) {
                            match frame.truth(program, case.when) {
                                Truth::True => {
                                    held = true;
                                    sum = sum.saturating_add(found.line(LineKind::Rule(at, rule_at, case_at), case.points));
                                }
                                Truth::Unknown => unknown = unknown.or_else(|| self.unknown_variable(frame, case.when)),
                                Truth::False | Truth::Fault => {}
                            }
                        }
                        if let (false, Some(variable)) = (held, unknown) {
                            found.missing.push(Missing { group: at, rule: rule_at, variable });
                        }
                    }
                    let clamped = clamp_group(sum, group);
                    if clamped != sum {
                        found.line(if clamped < sum { LineKind::Cap(at) } else { LineKind::Floor(at) }, clamped - sum);
                    }
                    raw = raw.saturating_add(clamped);
                }
            }
        }
        let clamped = clamp(raw, score.range);
        if clamped != raw {
            found.line(LineKind::Range, clamped - raw);
        }
        Some(found)
    }

    /// The first variable without value that a formula rests on.
    #[cfg_attr(quick, optimize(speed))]
    fn unknown_variable(&self, frame: &Frame, id: FormulaId) -> Option<VariableId> {
        let program = self.program();
        let mut first: Option<VariableId> = None;
        program.formulas.each_slot(vec![id], &mut |node, slot| {
            let cell = frame.cell(slot);
            if let (false, Some(Truth::Unknown), Some(slot)) = (is_value(cell), program.formulas.in_cell(node, cell), program.slots.get(usize::from(slot))) {
                let variable = self.named(frame, slot.variable);
                first = Some(first.map_or(variable, |known| known.min(variable)));
            }
        });
        first
    }

    /// The variable itself where it has a name; for the truth of a condition that runs on the machine the first variable without value that the condition reads.
    #[cfg_attr(quick, optimize(speed))]
    fn named(&self, frame: &Frame, variable: VariableId) -> VariableId {
        let program = self.program();
        let has_name = |variable: VariableId| program.variables.get(usize::from(variable)).is_some_and(|variable| !variable.name.is_empty());
        let mut read: Option<VariableId> = None;
        for step in &program.steps {
            let Step::Compute(computed, root) = *step else { continue };
            if computed != variable || has_name(variable) {
                continue;
            }
            for node in program.expressions.reachable(root) {
                if let Some(&Node::Variable(other)) = program.expressions.nodes.get(node as usize)
                    && has_name(other)
                    && !self.is_known(frame, other)
                {
                    read = Some(read.map_or(other, |first| first.min(other)));
                }
            }
        }
        read.unwrap_or(variable)
    }
}
