//! What a lead's past lets its moves do: moves after a time, and moves that are barred.

use super::Engine;
use super::decide::Past;
use super::decision::StageMoves;
use super::frame::Frame;
use crate::program::{LifeMove, On, Time, Truth};
use crate::time::Moment;

/// How many moves after a time one decision makes at most; beyond it the stage faults.
pub const MOST_TIME_MOVES: usize = 1000;

/// Where a lead stands, and what of its past its moves rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The stage, by index.
    pub stage: u16,
    /// When it was entered; the moment of the decision where nobody knows.
    pub entered: Moment,
    /// The last change: nothing comes before it.
    pub last: Option<Moment>,
    /// For each stage when it was last left.
    pub left: Vec<Option<Moment>>,
    /// The moment of the decision.
    pub now: Moment,
    /// A person has fixed the stage.
    pub pinned: bool,
}

/// Why a move is not taken at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// A person has fixed the stage.
    Pinned,
    /// Its time is over since then.
    Late(Moment),
    /// Its target was left not long enough ago: until then.
    Cooling(Moment),
}

impl Standing {
    /// When a length of time since the stage was entered is over; none where that is never.
    fn end(&self, engine: &Engine, time: Time) -> Option<Moment> {
        match time.calendar {
            None => self.entered.checked_add(time.millis),
            Some(at) => engine.program().life.calendars.get(usize::from(at))?.working(self.entered, time.millis),
        }
    }

    /// When the lead may enter the target of a move again.
    fn cooled(&self, item: &LifeMove) -> Option<Moment> {
        self.left.get(usize::from(item.to)).copied().flatten()?.checked_add(item.cool_down?)
    }

    /// When a move after a time takes effect from here: at its deadline, or where that is later, when its target may be entered again or a person let go of the stage. None for another move, and where that is never.
    pub fn due(&self, engine: &Engine, item: &LifeMove) -> Option<Moment> {
        let On::After(after) = item.on else { return None };
        if !item.from.contains(&self.stage) || item.to == self.stage || self.pinned {
            return None;
        }
        let deadline = self.end(engine, after)?;
        Some(deadline.max(self.cooled(item).unwrap_or(deadline)).max(self.last.unwrap_or(deadline)))
    }

    /// What bars a move at a moment.
    pub fn bar(&self, engine: &Engine, item: &LifeMove, at: Moment) -> Option<Bar> {
        if self.pinned {
            return Some(Bar::Pinned);
        }
        if let Some(end) = item.within.and_then(|within| self.end(engine, within))
            && end < at
        {
            return Some(Bar::Late(end));
        }
        self.cooled(item).filter(|until| at < *until).map(Bar::Cooling)
    }

    /// When what bars a move begins or ends: when its time is over, and when its target may be entered again.
    pub fn bounds(&self, engine: &Engine, item: &LifeMove) -> [Option<Moment>; 2] {
        [item.within.and_then(|within| self.end(engine, within)).and_then(|end| end.checked_add(1)), self.cooled(item)]
    }

    /// The lead enters a stage.
    pub fn enter(&mut self, stage: u16, at: Moment) {
        if let Some(left) = self.left.get_mut(usize::from(self.stage)) {
            *left = Some(at);
        }
        self.stage = stage;
        self.entered = at;
        self.last = Some(at);
    }

    /// A condition move is made now; whether another may follow.
    pub(crate) fn makes(&mut self, engine: &Engine, index: u16) -> bool {
        if let Some(item) = engine.program().stages.as_ref().and_then(|stages| stages.moves.get(usize::from(index))) {
            self.enter(item.to, self.now);
        }
        engine.terms(index).is_none_or(|terms| terms.reset.is_empty())
    }

    /// The moves after a time that are due by now, in the order in which they take effect, then in the author's.
    pub(crate) fn all_due<'e>(&self, engine: &'e Engine) -> Vec<(Moment, u16, &'e LifeMove)> {
        let moves = engine.program().life.moves.iter().enumerate();
        let mut due: Vec<(Moment, u16, &LifeMove)> = moves.filter_map(|(index, item)| Some((self.due(engine, item)?, index as u16, item))).collect();
        due.retain(|(at, ..)| *at <= self.now);
        due.sort_by_key(|(at, index, _)| (*at, *index));
        due
    }
}

/// What is known of a lead's past.
struct Known<'e> {
    engine: &'e Engine,
    standing: Standing,
}

impl Past for Known<'_> {
    fn bars(&self, index: u16) -> bool {
        self.engine.terms(index).is_some_and(|terms| self.standing.bar(self.engine, terms, self.standing.now).is_some())
    }
    fn makes(&mut self, index: u16) -> bool {
        self.standing.makes(self.engine, index)
    }
}

impl Engine {
    /// The moves of a lead of which is known where it stands: first those after a time that are due, each at its moment, then those whose condition holds, now.
    ///
    /// A move that resets scores ends what rests on conditions, for those would be counted with the old scores; the next decision knows the reset.
    pub(super) fn live_moves(&self, frame: &Frame, mut standing: Standing, result: &mut StageMoves) {
        result.before = standing.stage;
        result.after = standing.stage;
        let Some(stages) = self.program().stages.as_ref().filter(|_| !standing.pinned) else { return };
        if !self.time_moves(frame, &mut standing, result) || result.faulted {
            return;
        }
        let now = standing.now;
        let before = result.moves.len();
        self.condition_moves(frame, stages, result, &mut Known { engine: self, standing });
        if !result.faulted {
            result.times.extend(result.moves.iter().skip(before).map(|_| now));
        }
    }

    /// Makes the moves after a time that are due, each at its moment; whether conditions may be looked at after them.
    pub(crate) fn time_moves(&self, frame: &Frame, standing: &mut Standing, result: &mut StageMoves) -> bool {
        let program = self.program();
        let plain = self.plain_moves();
        let mut due = standing.all_due(self);
        if due.is_empty() {
            return true;
        }
        // Nothing that a condition reads changes between the moves of one decision.
        let truths: Vec<Truth> = program.life.moves.iter().map(|item| item.when.map_or(Truth::True, |when| frame.truth(program, when))).collect();
        let mut anew = false;
        loop {
            let mut made = None;
            for &(at, index, item) in &due {
                if anew && item.when.is_some() {
                    return false;
                }
                match truths.get(usize::from(index)) {
                    Some(Truth::Fault) => {
                        result.fault();
                        return false;
                    }
                    Some(Truth::True) if self.may_enter(frame, item.to) => {}
                    _ => continue,
                }
                made = Some((at, index, item));
                break;
            }
            let Some((at, index, item)) = made else { return !anew };
            if result.moves.len() == MOST_TIME_MOVES {
                result.fault();
                return false;
            }
            standing.enter(item.to, at);
            result.after = item.to;
            result.moves.push(plain + index);
            result.times.push(at);
            anew |= !item.reset.is_empty();
            due = standing.all_due(self);
        }
    }

    /// How many moves rest on nothing but a condition and what is said of it besides; the others are numbered from there on.
    pub(crate) fn plain_moves(&self) -> u16 {
        self.program().stages.as_ref().map_or(0, |stages| stages.moves.len()) as u16
    }

    /// The move after a time that a decision made, by its index there.
    pub(crate) fn time_move(&self, index: u16) -> Option<&LifeMove> {
        let found = index.checked_sub(self.plain_moves()).and_then(|at| self.program().life.moves.get(usize::from(at)));
        found.filter(|item| matches!(item.on, On::After(_)))
    }

    /// What is said of a condition move besides its condition.
    pub(crate) fn terms(&self, index: u16) -> Option<&LifeMove> {
        self.program().life.moves.iter().find(|item| item.on == On::Condition(index))
    }

    /// What a move leaves of scores.
    pub(crate) fn resets_of(&self, index: u16) -> &[(u16, u32)] {
        let item = match index.checked_sub(self.plain_moves()) {
            None => self.terms(index),
            Some(at) => self.program().life.moves.get(usize::from(at)),
        };
        item.map_or(&[], |item| &item.reset)
    }

    /// The ids of all moves.
    pub(crate) fn move_ids(&self) -> Vec<&str> {
        let plain = self.program().stages.iter().flat_map(|stages| &stages.moves).map(|item| item.id.as_str());
        let others = self.program().life.moves.iter().filter(|item| !matches!(item.on, On::Condition(_))).map(|item| item.id.as_str());
        plain.chain(others).collect()
    }

    /// The id, and the stage that is entered, of a move as decisions number them: condition moves, then all of [`Life::moves`](crate::program::Life::moves).
    pub fn move_at(&self, index: u16) -> Option<(&str, u16)> {
        match index.checked_sub(self.plain_moves()) {
            None => self.program().stages.as_ref()?.moves.get(usize::from(index)).map(|item| (item.id.as_str(), item.to)),
            Some(at) => self.program().life.moves.get(usize::from(at)).map(|item| (item.id.as_str(), item.to)),
        }
    }
}
