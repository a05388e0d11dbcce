//! Why a lead has its scores: every contribution, cap, floor and clamp a line of its own, summing exactly to the score.
//!
//! Requirement X3: an explanation always sums to the score to the thousandth.

use super::Engine;
use super::decide::{clamp, clamp_group};
use super::decision::Decision;
use super::frame::Frame;
use super::lead::Lead;
use super::resolve::is_value;
use crate::program::{Formula, FormulaId, Milli, Node, ScoreBody, Step, Truth, VariableId};

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

impl Engine {
    /// Decides a lead and explains its scores.
    pub fn explain(&self, lead: &Lead, stage: Option<u16>) -> Explanation {
        let mut frame = Frame::new(self.program());
        let mut decision = Decision::default();
        self.decide_into(lead, stage, &mut frame, &mut decision);
        let scores = (0..self.program().scores.len()).filter_map(|index| self.explain_score(&frame, &decision, index)).collect();
        Explanation { decision, scores }
    }

    fn explain_score(&self, frame: &Frame, decision: &Decision, index: usize) -> Option<ScoreExplanation> {
        let program = self.program();
        let score = program.scores.get(index)?;
        let value = decision.scores.get(index).copied().flatten()?;
        let mut lines = Vec::new();
        let mut missing = Vec::new();
        let raw = match &score.body {
            ScoreBody::Sum(parts) => {
                for &part in parts {
                    let points = decision.scores.get(usize::from(part)).copied().flatten()?;
                    lines.push(Line { kind: LineKind::Score(part), points });
                }
                lines.iter().map(|line| line.points).sum()
            }
            // What is secret has no value, so there is no score to explain.
            ScoreBody::Within(..) => return None,
            ScoreBody::Groups(groups) => {
                let mut total = 0;
                for (at, group) in groups.iter().enumerate() {
                    let at = at as u16;
                    let mut sum = 0;
                    for (rule_at, rule) in group.rules.iter().enumerate() {
                        let mut unknown = None;
                        let mut held = false;
                        for (case_at, case) in rule.cases.iter().enumerate() {
                            match frame.truth(program, case.when) {
                                Truth::True => {
                                    held = true;
                                    sum += case.points;
                                    lines.push(Line { kind: LineKind::Rule(at, rule_at as u16, case_at as u16), points: case.points });
                                }
                                Truth::Unknown => unknown = unknown.or_else(|| self.unknown_variable(frame, case.when)),
                                Truth::False | Truth::Fault => {}
                            }
                        }
                        if let (false, Some(variable)) = (held, unknown) {
                            missing.push(Missing { group: at, rule: rule_at as u16, variable });
                        }
                    }
                    let clamped = clamp_group(sum, group);
                    if clamped != sum {
                        let kind = if clamped < sum { LineKind::Cap(at) } else { LineKind::Floor(at) };
                        lines.push(Line { kind, points: clamped - sum });
                    }
                    total += clamped;
                }
                total
            }
        };
        let clamped = clamp(raw, score.range);
        if clamped != raw {
            lines.push(Line { kind: LineKind::Range, points: clamped - raw });
        }
        Some(ScoreExplanation { score: index as u16, value, lines, missing })
    }

    /// The first variable without value that a formula rests on.
    fn unknown_variable(&self, frame: &Frame, id: FormulaId) -> Option<VariableId> {
        let program = self.program();
        let mut stack = vec![id];
        let mut first: Option<VariableId> = None;
        while let Some(id) = stack.pop() {
            match program.formulas.nodes.get(id as usize)? {
                node @ (Formula::Atom(slot, _) | Formula::Within(slot, ..)) => {
                    let cell = frame.cell(*slot);
                    let truth = program.formulas.in_cell(node, cell);
                    let variable = program.slots.get(usize::from(*slot))?.variable;
                    if !is_value(cell) && truth == Some(Truth::Unknown) {
                        let variable = self.named(frame, variable);
                        first = Some(first.map_or(variable, |known| known.min(variable)));
                    }
                }
                Formula::And(items) | Formula::Or(items) => stack.extend_from_slice(items),
                Formula::Not(item) | Formula::Held(item) => stack.push(*item),
                Formula::If(test, then, otherwise) => stack.extend([*test, *then, *otherwise]),
                Formula::Const(_) => {}
            }
        }
        first
    }

    /// The variable itself where it has a name; for the truth of a condition that runs on the machine the first variable without value that the condition reads.
    fn named(&self, frame: &Frame, variable: VariableId) -> VariableId {
        let program = self.program();
        let has_name = |variable: VariableId| program.variables.get(usize::from(variable)).is_some_and(|variable| !variable.name.is_empty());
        let root = program.steps.iter().find_map(|step| match step {
            Step::Compute(computed, node) if *computed == variable && !has_name(variable) => Some(*node),
            _ => None,
        });
        let reachable = root.map(|root| program.expressions.reachable(root)).unwrap_or_default();
        let read = reachable.into_iter().filter_map(|node| match program.expressions.nodes.get(node as usize) {
            Some(Node::Variable(read)) if has_name(*read) && !self.is_known(frame, *read) => Some(*read),
            _ => None,
        });
        read.min().unwrap_or(variable)
    }
}
