//! The moment at which a lead is looked at: `{ now, events, state }` as the package takes it.

use super::events::Log;
use super::policy::Policy;
use serde_json::Value as Json;

#[derive(Debug, Clone, Default)]
pub struct Situation {
    /// Milliseconds since 1970.
    pub now: i64,
    /// None: not known yet.
    pub log: Option<Log>,
    /// None: the first.
    pub stage: Option<String>,
    /// Score, thousandths left, and up to when.
    pub resets: Vec<(String, u32, i64)>,
    /// Where the lead stands in its stages; none: nothing is known of its past.
    pub life: Option<super::life::State>,
}

impl Situation {
    /// The beginning: nothing was done yet.
    pub fn at_stage(stage: Option<&str>) -> Self {
        Self { log: Some(Log::default()), stage: stage.map(str::to_owned), ..Self::default() }
    }

    pub fn read(policy: &Policy, json: &Json) -> Self {
        let state = &json["state"];
        let reset = |json: &Json| (json["score"].as_str().unwrap().to_owned(), json["factor"].as_u64().unwrap() as u32, json["at"].as_i64().unwrap());
        Self {
            now: json["now"].as_i64().unwrap_or_default(),
            log: (json["events"] != "open").then(|| Log::read(&policy.events, &json["events"])),
            stage: state["stage"].as_str().map(str::to_owned),
            life: None,
            resets: state["resets"].as_array().into_iter().flatten().map(reset).collect(),
        }
    }
}
