//! Who of a queue takes leads that come one after the other, as examples write them.

use crate::leads;
use leadgate::engine::Engine;
use leadgate::life::queues::{Returned, Rotation, returned};
use leadgate::life::{Pin, Pins, State};
use std::cell::RefCell;

/// A queue and where it stands.
pub struct Turns<'e> {
    engine: &'e Engine,
    queue: &'e str,
    stands: RefCell<(Rotation, Returned)>,
}

impl<'e> Turns<'e> {
    /// A queue at its beginning.
    pub fn of(engine: &'e Engine, queue: &'e str) -> Self {
        Self { engine, queue, stands: RefCell::default() }
    }

    /// Who takes a lead that comes after those before it: `2026-11-20T17:00:00+08:00 account.id=a7 absent:li pinned:wang`. `returned` gives the lead before it back.
    pub fn take(&self, line: &str) -> String {
        let (now, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (rotation, last) = self.stands.take();
        if rest == "returned" {
            let state = returned(self.engine.queue(self.queue).unwrap(), &rotation, &last).unwrap();
            let told = format!("given back by {}", last.member);
            self.stands.replace((state, last));
            return told;
        }
        let (words, lead): (Vec<&str>, Vec<&str>) = rest.split(' ').partition(|word| word.starts_with("absent:") || word.starts_with("pinned:"));
        let absent: Vec<&str> = words.iter().filter_map(|word| word.strip_prefix("absent:")).collect();
        let pin = |value: &str| Pin { value: value.to_owned(), by: "li".to_owned(), reason: None, at: 0 };
        let owner = words.iter().find_map(|word| word.strip_prefix("pinned:")).map(pin);
        let state = State { pins: Pins { stage: None, owner }, ..State::default() };
        let lead = leads::read(self.engine, lead.join(" ").trim()).unwrap().lead;
        let found = self.engine.assign(self.queue, &rotation, Some(&lead), &state, Some(moment(now)), &absent).unwrap();
        let told = match &found.member {
            Some(member) => format!("{member} by {} until {}", found.reason.name(), in_shanghai(found.deadline.unwrap())),
            None => format!("nobody: {}", found.reason.name()),
        };
        let last = Returned { member: found.member.unwrap_or_default(), without: found.without, day: found.day, account: found.account, uncounted: false };
        self.stands.replace((found.state, last));
        told
    }
}

/// The milliseconds of a moment.
pub fn moment(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

/// A moment as clocks show it there.
pub fn in_shanghai(at: i64) -> String {
    let zoned = jiff::Timestamp::from_millisecond(at).unwrap().in_tz("Asia/Shanghai").unwrap();
    zoned.strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string()
}

/// Runs the examples of a page: each lead, and below it lines of what comes out, in their order.
pub fn run_examples(blocks: Vec<&str>, come_out: &dyn Fn(&str) -> String) -> usize {
    let mut examples = 0;
    for block in blocks {
        for example in format!("\n{block}").split("\n> ").skip(1) {
            let (lead, expected) = example.split_once('\n').unwrap();
            let found = come_out(lead);
            let mut lines = found.lines();
            for line in expected.lines() {
                assert!(lines.any(|found| found.trim() == line || found.starts_with(&format!("{line} until")) || line.starts_with("refused") && found.starts_with(line)), "`{lead}` does not give `{line}`, or not there:\n{found}");
            }
            examples += 1;
        }
    }
    examples
}
