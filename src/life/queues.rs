//! Who of a queue's members takes the next lead: smooth weighted round robin, as Nginx does it (`ngx_http_upstream_round_robin.c`).
//!
//! At each assignment every member gains their weight; whoever has most takes the lead, the first of several, and gives up the sum of all weights. With weights 5, 1 and 1
//! that is `a a b a c a a` and not `a a a a a b c`. Everything is integers:
//! - In any run of as many leads as the weights add up to, from a state that has come round, each member takes exactly their weight.
//! - Nobody is ever a whole lead ahead of their share, and nobody is more than 1/2 + 1/3 + … + 1/m leads behind, where m is the number of members: the mean of the k members
//!   who are furthest behind grows, in one assignment, to at most the mean of the k + 1 before it plus 1 / (k + 1), and the mean of all is zero.

use std::collections::BTreeMap;

use crate::program::{Queue, Member};

/// Where a queue stands: for each member, what is owed to them in units of 1 / (sum of weights) leads. Empty is a queue that begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rotation {
    /// By member.
    pub current: BTreeMap<String, i64>,
}

/// The member who takes the next lead, and where the queue stands then. None where the queue has no members.
///
/// The state may be from before the queue was changed, or from anywhere else: who is no member any more is dropped, a new member begins level with the others, so that they get
/// their share from now on and nothing for the time before, and what nobody can be owed is cut to what they can.
///
/// ```
/// use leadgate::life::queues::{Rotation, assign};
/// let program = leadgate::compile_str("
/// leadgate: 1
/// policy: p
/// version: \"1\"
/// fields: { n: { type: int } }
/// route: { outcomes: [nurture], rows: [{ when: n > 0, to: east }], default: nurture }
/// queues: { east: { members: [{ id: li, weight: 2 }, { id: wang }] } }
/// ").unwrap();
/// let (mut state, mut taken) = (Rotation::default(), Vec::new());
/// for _ in 0..3 {
///     let (member, next) = assign(&program.life.queues[0], &state).unwrap();
///     taken.push(member);
///     state = next;
/// }
/// assert_eq!(taken, ["li", "wang", "li"]);
/// ```
pub fn assign(queue: &Queue, state: &Rotation) -> Option<(String, Rotation)> {
    let stated: Vec<Option<i64>> = queue.members.iter().map(|member| state.current.get(&member.id).copied()).collect();
    let (taker, current) = next(&queue.members, &stated)?;
    let current = queue.members.iter().map(|member| member.id.clone()).zip(current).collect();
    Some((queue.members.get(taker)?.id.clone(), Rotation { current }))
}

/// The same with members by index: what each is owed, none for who is new.
pub fn next(members: &[Member], stated: &[Option<i64>]) -> Option<(usize, Vec<i64>)> {
    let total: i64 = members.iter().map(|member| i64::from(member.weight)).sum();
    let mut current = level(members.len(), total, stated);
    let mut taker = None;
    for (at, (owed, member)) in current.iter_mut().zip(members).enumerate() {
        *owed += i64::from(member.weight);
        if taker.is_none_or(|(_, most)| *owed > most) {
            taker = Some((at, *owed));
        }
    }
    let (at, _) = taker?;
    if let Some(owed) = current.get_mut(at) {
        *owed -= total;
    }
    Some((at, current))
}

/// A state that a queue of these members can have: within bounds, and adding up to zero.
fn level(members: usize, total: i64, stated: &[Option<i64>]) -> Vec<i64> {
    // Behind by 1/2 + … + 1/m is less than by m leads.
    let most = total.saturating_mul(members as i64);
    let known: Vec<i64> = stated.iter().flatten().map(|owed| (*owed).clamp(-most, most)).collect();
    let (sum, count) = (known.iter().sum::<i64>(), known.len() as i64);
    // Who has left took what was owed to them, or what they owed; it is shared out among those who stayed, so that a new member at zero is level with them.
    let mut left_over = if count == 0 { 0 } else { sum.rem_euclid(count) };
    let share = if count == 0 { 0 } else { sum.div_euclid(count) };
    let mut leveled = |owed: i64| {
        let extra = i64::from(left_over > 0);
        left_over -= extra;
        owed.clamp(-most, most) - share - extra
    };
    (0..members).map(|at| stated.get(at).copied().flatten().map_or(0, &mut leveled)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn queue(weights: &[u32]) -> Queue {
        Queue { name: "q".into(), members: weights.iter().enumerate().map(|(at, &weight)| Member { id: format!("m{at}"), weight }).collect() }
    }

    fn run(queue: &Queue, mut state: Rotation, count: usize) -> (Vec<String>, Rotation) {
        let mut taken = Vec::new();
        for _ in 0..count {
            let (member, next) = assign(queue, &state).unwrap();
            taken.push(member);
            state = next;
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
        assert_eq!(assign(&queue(&[]), &Rotation::default()), None);
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
                let (member, next) = assign(&queue, &state).unwrap();
                state = next;
                counts[queue.members.iter().position(|known| known.id == member).unwrap()] += 1;
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
        }

        #[test]
        fn any_state_will_do(weights in prop::collection::vec(1u32..=1000, 1..6), stated in prop::collection::vec(any::<i64>(), 0..6)) {
            let queue = queue(&weights);
            let total: i64 = weights.iter().map(|&weight| i64::from(weight)).sum();
            let current: BTreeMap<String, i64> = stated.iter().enumerate().map(|(at, &owed)| (format!("m{at}"), owed)).collect();
            let mut state = Rotation { current };
            // However wrong the state, everybody is served again before long.
            let mut seen = std::collections::BTreeSet::new();
            for _ in 0..(2 * weights.len() as i64 + 3) * total {
                let (member, next) = assign(&queue, &state).unwrap();
                prop_assert_eq!(next.current.len(), weights.len());
                prop_assert_eq!(next.current.values().sum::<i64>(), 0);
                seen.insert(member);
                state = next;
                if seen.len() == weights.len() {
                    break;
                }
            }
            prop_assert_eq!(seen.len(), weights.len());
        }
    }
}
