//! Progressive forms: which questions apply to what is answered so far, which of them to ask next, and whether any of them can still change what comes out.

mod alike;
mod diagram;
#[cfg(feature = "author")]
mod forecast;
mod labels;
mod lift;
mod next;
mod open;
#[cfg(feature = "author")]
mod optimum;
#[cfg(feature = "author")]
mod order;
#[cfg(feature = "author")]
mod pages;
mod plan;
mod points;
mod sums;
mod tables;
#[cfg(test)]
mod tests;
#[cfg(feature = "author")]
mod walk;
#[cfg(feature = "author")]
mod ways;
mod words;

#[cfg(feature = "author")]
pub use forecast::{AskedOf, Expected, Forecast, ForecastOptions, Pages};
#[cfg(any(feature = "wasm", feature = "author"))]
pub(crate) use next::AskRoom;
#[cfg(feature = "author")]
pub use pages::Paged;
#[cfg(feature = "author")]
pub use walk::Way;
#[cfg(feature = "author")]
pub use ways::{Met, Unanswered, WalkOptions, Walked};
pub use next::{AskOptions, Certificate, Next, Settles, Why};

use crate::engine::{Engine, Lead};

impl Engine {
    /// Whether each question of the form applies, in the form's order ([`Program::ask`](crate::Program)).
    ///
    /// A question applies where its gate holds; one without a gate always does. What is not answered counts as absent here, so a gate on it is unknown and the question
    /// waits; the answer of a question that does not apply is kept by the caller and masked by every decision.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let program = leadgate::compile_str(r#"
    /// leadgate: 1
    /// policy: form
    /// version: "1"
    /// fields: { project: { type: bool }, budget: { type: int } }
    /// route: { outcomes: [sales, nurture], rows: [{ id: large, when: { budget: ">= 1000" }, to: sales }], default: nurture }
    /// ask: { questions: [{ field: project, label: Is there a project? }, { field: budget, label: What is its budget?, when: { project: "true" } }] }
    /// "#)?;
    /// let engine = leadgate::Engine::new(program);
    /// let mut lead = engine.lead();
    /// assert_eq!(engine.form(&lead.build()), [true, false]);
    /// lead.set("project", true)?;
    /// assert_eq!(engine.form(&lead.build()), [true, true]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn form(&self, lead: &Lead) -> Vec<bool> {
        let frame = self.first_layer(lead);
        let program = self.program();
        let applies = |gate| frame.truth(program, gate) == crate::program::Truth::True;
        let gates = program.ask.questions.iter().map(|&field| program.fields.get(usize::from(field)).and_then(|field| field.gate));
        gates.map(|gate| gate.is_none_or(applies)).collect()
    }
}
