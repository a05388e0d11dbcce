//! Shares of queues, by example and over random absences, caps and returns.

use super::rotation::OUT;
use super::*;
use crate::program::Time;
use proptest::prelude::*;

fn queue(weights: &[u32]) -> Queue {
    Queue { name: "q".into(), members: weights.iter().enumerate().map(|(at, &weight)| Member { id: format!("m{at}"), weight, ..Member::default() }).collect(), ..Queue::default() }
}

fn run(queue: &Queue, mut state: Rotation, count: usize) -> (Vec<String>, Rotation) {
    let mut taken = Vec::new();
    for _ in 0..count {
        let assignment = assign(queue, &[], &state, &Turn::default()).unwrap();
        taken.extend(assignment.member);
        state = assignment.state;
    }
    (taken, state)
}

#[test]
fn the_order_is_that_of_nginx() {
    let (taken, state) = run(&queue(&[5, 1, 1]), Rotation::default(), 7);
    assert_eq!(taken, ["m0", "m0", "m1", "m0", "m2", "m0", "m0"]);
    assert!(state.current.values().all(|&owed| owed == 0), "{state:?}");
}

#[test]
fn who_is_new_is_level_with_the_others() {
    let (_, mut state) = run(&queue(&[1, 1]), Rotation::default(), 1001);
    state.current.insert("gone".into(), 1);
    let (taken, _) = run(&queue(&[1, 1, 1]), state, 30);
    assert_eq!(taken.iter().filter(|member| *member == "m2").count(), 10);
    assert!(taken.windows(2).all(|pair| pair[0] != pair[1]), "{taken:?}");
}

#[test]
fn nobody_takes_leads_of_a_queue_without_members() {
    let found = assign(&queue(&[]), &[], &Rotation::default(), &Turn::default()).unwrap();
    assert_eq!((found.member, found.reason), (None, Reason::Absent));
}

#[test]
fn who_comes_back_catches_up_on_nothing() {
    let queue = queue(&[1, 1, 1]);
    let (_, mut state) = run(&queue, Rotation::default(), 1);
    for _ in 0..500 {
        state = assign(&queue, &[], &state, &Turn { absent: &["m2"], ..Turn::default() }).unwrap().state;
    }
    let (taken, _) = run(&queue, state, 9);
    assert_eq!(taken.iter().filter(|member| *member == "m2").count(), 3, "{taken:?}");
    assert!(taken.windows(2).all(|pair| pair[0] != pair[1]), "{taken:?}");
}

#[test]
fn owners_and_accounts_come_before_turns() {
    let mut queue = queue(&[1, 1]);
    queue.account = Some(Match { field: 0, counts: true });
    let ask = |state: &Rotation, turn: Turn| assign(&queue, &[], state, &turn).unwrap();
    let first = ask(&Rotation::default(), Turn { account: Some("a"), ..Turn::default() });
    assert_eq!((first.member.as_deref(), first.reason, first.account.as_deref()), (Some("m0"), Reason::Turn, Some("a")));
    let again = ask(&first.state, Turn { account: Some("a"), ..Turn::default() });
    assert_eq!((again.member.as_deref(), again.reason), (Some("m0"), Reason::Account));
    // It was their turn twice.
    let (taken, _) = run(&queue, again.state.clone(), 3);
    assert_eq!(taken, ["m1", "m1", "m0"]);
    let owned = ask(&again.state, Turn { account: Some("a"), owner: Some("m1"), ..Turn::default() });
    assert_eq!((owned.member.as_deref(), owned.reason, owned.account), (Some("m1"), Reason::Owner, None));
    // An absent member keeps the account, and an owner who is none of the queue is nobody.
    let other = ask(&again.state, Turn { account: Some("a"), owner: Some("boss"), absent: &["m0"], ..Turn::default() });
    assert_eq!((other.member.as_deref(), other.reason, other.without), (Some("m1"), Reason::Turn, vec!["m0".to_owned()]));
    assert_eq!(other.state.accounts, [("a".to_owned(), "m0".to_owned())]);
    // Without counting, nothing is owed for it.
    queue.owner = Some(Match { field: 0, counts: false });
    let free = assign(&queue, &[], &again.state, &Turn { owner: Some("m0"), ..Turn::default() }).unwrap();
    assert_eq!((free.member.as_deref(), &free.state), (Some("m0"), &again.state));
}

const HOUR: Moment = 3_600_000;

#[test]
fn the_number_of_a_day_is_the_most() {
    let mut queue = queue(&[1, 1]);
    queue.members[0].daily = Some(1);
    queue.members[1].daily = Some(2);
    let mut state = Rotation::default();
    let mut taken = Vec::new();
    for hour in [0, 1, 2, 3, 24, 25] {
        let found = assign(&queue, &[], &state, &Turn { now: Some(hour * HOUR), ..Turn::default() }).unwrap();
        taken.push(found.member.unwrap_or_else(|| found.reason.name().into()));
        state = found.state;
    }
    assert_eq!(taken, ["m0", "m1", "m1", "full", "m1", "m0"]);
    // An owner's lead is theirs however many they had, and is counted.
    let owned = assign(&queue, &[], &state, &Turn { now: Some(26 * HOUR), owner: Some("m0"), ..Turn::default() }).unwrap();
    assert_eq!((owned.member.as_deref(), owned.state.today["m0"]), (Some("m0"), 2));
    // What was under way at midnight counts for the new day; what lies further back is refused.
    assert_eq!(assign(&queue, &[], &state, &Turn { now: Some(23 * HOUR), ..Turn::default() }).unwrap().day, Some(1));
    assert_eq!(assign(&queue, &[], &state, &Turn { now: Some(-HOUR), ..Turn::default() }).unwrap_err().code, "time-runs-backwards");
    assert_eq!(assign(&queue, &[], &state, &Turn::default()).unwrap_err().code, "no-now");
    // A lead that is given back is one of the day less.
    let back = Returned { member: "m1".into(), day: Some(1), ..Returned::default() };
    assert_eq!(returned(&queue, &state, &back).unwrap().today["m1"], 0);
}

#[test]
fn who_is_away_takes_nothing_and_deadlines_are_told() {
    let mut queue = queue(&[1, 1]);
    queue.members[0].away = vec![(HOUR, 2 * HOUR)];
    queue.respond = Some(Time { millis: HOUR / 2, calendar: None });
    let ask = |now: Moment| assign(&queue, &[], &Rotation::default(), &Turn { now: Some(now), ..Turn::default() }).unwrap();
    assert_eq!([0, HOUR, 2 * HOUR - 1, 2 * HOUR].map(|now| ask(now).member.unwrap()), ["m0", "m1", "m1", "m0"]);
    assert_eq!(ask(0).deadline, Some(HOUR / 2));
}

#[test]
fn a_lead_that_is_given_back_was_never_taken() {
    let queue = queue(&[3, 2, 2]);
    let (_, before) = run(&queue, Rotation::default(), 4);
    for absent in [&[][..], &["m1"], &["m0", "m2"]] {
        let taken = assign(&queue, &[], &before, &Turn { absent, ..Turn::default() }).unwrap();
        let back = Returned { member: taken.member.clone().unwrap(), without: taken.without.clone(), ..Returned::default() };
        let after = returned(&queue, &taken.state, &back).unwrap();
        let parts = after.parts.unwrap();
        assert_eq!(after.level(&queue.members, parts, OUT), before.level(&queue.members, parts, OUT), "{absent:?}");
    }
    assert_eq!(returned(&queue, &before, &Returned { member: "m9".into(), ..Returned::default() }).unwrap_err().code, "unknown-member");
}

/// What happens to a queue.
#[derive(Debug, Clone)]
struct Step {
    absent: Vec<bool>,
    /// Hours since the step before.
    hours: i64,
    /// Which of the leads that are out comes back.
    back: Option<prop::sample::Index>,
}

fn steps(members: usize) -> impl Strategy<Value = Vec<Step>> {
    let absent = prop_oneof![1 => Just(vec![false; members]), 2 => prop::collection::vec(any::<bool>(), members)];
    let back = prop_oneof![4 => Just(None), 1 => any::<prop::sample::Index>().prop_map(Some)];
    prop::collection::vec((absent, 0i64..6, back).prop_map(|(absent, hours, back)| Step { absent, hours, back }), 1..300)
}

fn queues() -> impl Strategy<Value = Queue> {
    prop::collection::vec((1u32..40, prop::option::weighted(0.3, 1u32..4)), 1..9).prop_map(|members| {
        let mut queue = queue(&members.iter().map(|&(weight, _)| weight).collect::<Vec<_>>());
        for (member, (_, daily)) in queue.members.iter_mut().zip(members) {
            member.daily = daily;
        }
        queue
    })
}

/// How far, in leads, members are from their fair share at worst: of every lead that found somebody, the fair share of each who could have taken it is by weight.
fn furthest(queue: &Queue, steps: &[Step], returns: bool) -> (f64, Vec<Option<String>>) {
    let (mut state, mut now, mut worst) = (Rotation::default(), 0, 0f64);
    let mut fair = vec![0f64; queue.members.len()];
    let (mut out, mut taken): (Vec<Assignment>, _) = (Vec::new(), Vec::new());
    let mut fairly = |assignment: &Assignment, sign: f64| {
        let able = |member: &&Member| !assignment.without.contains(&member.id);
        let total: u32 = queue.members.iter().filter(able).map(|member| member.weight).sum();
        for (fair, member) in fair.iter_mut().zip(&queue.members).filter(|(_, member)| able(member)) {
            *fair += sign * (f64::from(u8::from(assignment.member.as_ref() == Some(&member.id))) - f64::from(member.weight) / f64::from(total));
        }
        fair.iter().fold(0f64, |worst, ahead| worst.max(ahead.abs()))
    };
    for step in steps {
        now += step.hours * HOUR;
        let absent: Vec<&str> = queue.members.iter().zip(&step.absent).filter(|(_, absent)| **absent).map(|(member, _)| member.id.as_str()).collect();
        let assignment = assign(queue, &[], &state, &Turn { now: Some(now), absent: &absent, ..Turn::default() }).unwrap();
        state = assignment.state.clone();
        taken.push(assignment.member.clone());
        if assignment.member.is_some() {
            worst = worst.max(fairly(&assignment, 1.0));
            out.push(assignment);
        }
        if let Some(back) = step.back.filter(|_| returns && !out.is_empty()) {
            let assignment = out.remove(back.index(out.len()));
            let back = Returned { member: assignment.member.clone().unwrap(), without: assignment.without.clone(), day: assignment.day, ..Returned::default() };
            state = returned(queue, &state, &back).unwrap();
            worst = worst.max(fairly(&assignment, -1.0));
        }
        assert_eq!(state.current.values().sum::<i64>(), 0);
    }
    (worst, taken)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn shares_are_exact(weights in prop::collection::vec(1u32..40, 1..9), rounds in 1usize..4) {
        let queue = queue(&weights);
        let total: u32 = weights.iter().sum();
        let behind: f64 = (2..=weights.len()).map(|k| 1.0 / k as f64).sum();
        let mut counts = vec![0u32; weights.len()];
        let mut state = Rotation::default();
        for turn in 1..=rounds as u32 * total {
            let Assignment { member, state: next, .. } = assign(&queue, &[], &state, &Turn::default()).unwrap();
            state = next;
            counts[queue.members.iter().position(|known| Some(&known.id) == member.as_ref()).unwrap()] += 1;
            prop_assert_eq!(state.current.values().sum::<i64>(), 0);
            for (&count, &weight) in counts.iter().zip(&weights) {
                let share = f64::from(turn) * f64::from(weight) / f64::from(total);
                let ahead = f64::from(count) - share;
                prop_assert!(ahead < 1.0 && ahead >= -behind - 1e-9, "{ahead} with {weights:?} at {turn}");
            }
        }
        for (&count, &weight) in counts.iter().zip(&weights) {
            prop_assert_eq!(count, rounds as u32 * weight);
        }
        prop_assert!(state.current.values().all(|&owed| owed == 0));
    }

    #[test]
    fn any_state_will_do(weights in prop::collection::vec(1u32..=1000, 1..6), stated in prop::collection::vec(any::<i64>(), 0..6), parts in prop::option::of(1i64..1 << 40)) {
        let queue = queue(&weights);
        let total: i64 = weights.iter().map(|&weight| i64::from(weight)).sum();
        let current = stated.iter().enumerate().map(|(at, &owed)| (format!("m{at}"), owed)).collect();
        let mut state = Rotation { current, parts, ..Rotation::default() };
        // However wrong the state, everybody is served again before long.
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..(2 * (weights.len() as i64 + OUT) + 3) * total {
            let next = assign(&queue, &[], &state, &Turn::default()).unwrap();
            prop_assert_eq!(next.state.current.len(), weights.len());
            prop_assert_eq!(next.state.current.values().sum::<i64>(), 0);
            seen.extend(next.member);
            state = next.state;
            if seen.len() == weights.len() {
                break;
            }
        }
        prop_assert_eq!(seen.len(), weights.len());
    }

    #[test]
    fn leads_that_all_come_back_were_never_taken(weights in prop::collection::vec(1u32..40, 1..6), before in 0usize..20, out in 1usize..=OUT as usize, backs in prop::collection::vec(any::<prop::sample::Index>(), OUT as usize)) {
        let queue = queue(&weights);
        let (_, before) = run(&queue, Rotation::default(), before);
        let (mut taken, mut state) = run(&queue, before.clone(), out);
        for back in backs.iter().take(out) {
            let member = taken.remove(back.index(taken.len()));
            state = returned(&queue, &state, &Returned { member, ..Returned::default() }).unwrap();
        }
        prop_assert_eq!(run(&queue, state, 50), run(&queue, before, 50));
    }

    #[test]
    fn nobody_is_further_from_their_share_than_there_are_others((queue, steps) in queues().prop_flat_map(|queue| { let members = queue.members.len(); (Just(queue), steps(members)) })) {
        let (worst, taken) = furthest(&queue, &steps, false);
        prop_assert!(worst <= (queue.members.len() - 1) as f64 + 1e-3, "{worst} leads");
        // The same again gives the same.
        prop_assert_eq!(taken, furthest(&queue, &steps, false).1);
    }
}

/// Prints what the documentation states: `cargo test --lib measured -- --nocapture`.
#[test]
fn measured() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut absences, mut returned) = (0f64, 0f64);
    for _ in 0..400 {
        let queue = queues().new_tree(&mut runner).unwrap().current();
        let steps = steps(queue.members.len()).new_tree(&mut runner).unwrap().current();
        absences = absences.max(furthest(&queue, &steps, false).0);
        returned = returned.max(furthest(&queue, &steps, true).0);
    }
    println!("queues of up to 8 members, 400 runs of up to 300 leads: at most {absences:.2} leads from the fair share with absences and numbers of the day, {returned:.2} with returns as well");
    // What `docs/policy.md` states.
    assert!(absences < 2.0 && returned < 3.0, "{absences} {returned}");
}
