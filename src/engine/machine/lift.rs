//! The strict functions on shapes of values: whatever some choice of arguments gives.
//!
//! One rule fits all: a function takes arguments of the kinds that its [`Rule`] names, and gives the kinds that it names. Numbers and comparisons are
//! known more closely.

use super::compare::numbers;
use super::function::{Rule, Weight, holds, rule};
#[cfg(feature = "full")]
use super::library;
use super::possible::{Kinds, Shape, UNBOUNDED};
use super::span;
use crate::engine::truths::Truths;
use crate::program::{Function, Node, Truth};

/// What may come out.
pub(super) struct Lifted {
    pub(super) shape: Shape,
    pub(super) unknown: bool,
    pub(super) fault: bool,
}

impl Lifted {
    #[inline(never)]
    pub(super) fn new(shape: Shape, fault: bool) -> Self {
        Self { shape, unknown: false, fault }
    }
}

/// What a node makes of operands of these shapes. What a lookup finds its caller knows; here it is only unknown.
pub(super) fn lift(node: &Node, args: &[Shape]) -> Lifted {
    let first = args.first().unwrap_or(&Shape::NONE);
    let weight = together(args);
    match node {
        #[cfg(feature = "full")]
        Node::Call(function, _) => library::lift(*function, args, call(*function, args)),
        #[cfg(not(feature = "full"))]
        Node::Call(function, _) => call(*function, args),
        Node::List(_) => Lifted::new(Shape::all(Kinds::LIST, weight), false),
        Node::Map(_) => Lifted::new(Shape::all(Kinds::MAP, weight), true),
        Node::InList(..) => Lifted::new(Shape::bools(Truths::of(Truth::False).with(Truth::True, first.kinds.meets(Kinds::STRING))), false),
        Node::Lookup(..) => Lifted { shape: Shape::NONE, unknown: first.kinds.meets(Kinds::STRING), fault: !first.kinds.within(Kinds::STRING) },
        #[cfg(feature = "full")]
        Node::Form(..) => Lifted::new(Shape::NONE, true),
        // Members.
        _ => {
            let has = matches!(node, Node::Has(..));
            let shape = if has { Shape::bools(Truths::BOTH) } else { Shape::all(Kinds::ALL, weight) };
            let fits = first.kinds.meets(Kinds::WITH_MEMBERS);
            Lifted::new(if fits { shape } else { Shape::NONE }, !has || !first.kinds.within(Kinds::WITH_MEMBERS))
        }
    }
}

/// The most that a node may cost beside itself, in the machine's units of work, where it makes something of this weight.
pub(super) fn cost(node: &Node, args: &[Shape], made: u32) -> u64 {
    let over = Kinds::LIST.or(Kinds::MAP);
    let all = together(args);
    // A weight that is not known stands for any.
    if all == UNBOUNDED {
        return u64::MAX;
    }
    let all = u64::from(all);
    let squared = match node {
        Node::List(_) => return 0,
        // Only keys are compared with each other.
        Node::Map(_) => {
            let keys = args.iter().step_by(2).fold(1, |weight: u64, key| weight.saturating_add(key.weight.into()));
            return keys.saturating_mul(keys).saturating_add(all).saturating_add(made.into());
        }
        // Lists and maps within others are compared entry by entry with every other.
        Node::Call(Function::Equal | Function::NotEqual | Function::In, _) => args.iter().any(|arg| arg.kinds.meets(over)),
        _ => false,
    };
    let own = if squared { all * all } else { all } + all + u64::from(made);
    #[cfg(feature = "full")]
    let own = if let Node::Call(function, _) = node { own.max(library::cost(*function, args)) } else { own };
    own
}

/// The weight of a list or map of these.
fn together(args: &[Shape]) -> u32 {
    args.iter().fold(1, |weight, arg| weight.saturating_add(arg.weight))
}

fn call(function: Function, args: &[Shape]) -> Lifted {
    let rule = rule(function);
    let Rule { takes, gives, weight, safe, .. } = *rule;
    let of = |at: usize| args.get(at).unwrap_or(&Shape::NONE);
    let (first, second) = (of(0), of(1));
    let mut lifted = match function {
        Function::Equal | Function::NotEqual | Function::Less | Function::LessEqual | Function::Greater | Function::GreaterEqual => compare(function, first, second),
        Function::Add | Function::Subtract | Function::Multiply | Function::Divide | Function::Modulo => span::arithmetic(function, first, second),
        Function::Negate => span::negate(first),
        Function::Abs => span::absolute(first),
        Function::ToInt => span::to_int(first),
        Function::ToDouble => span::to_double(first),
        Function::Greatest | Function::Least => span::extreme(function, args),
        Function::ToDyn => Lifted::new(*first, false),
        Function::Size => Lifted::new(Shape::ints(0, length(first.weight)), false),
        Function::IndexOf | Function::LastIndexOf if args.len() == 2 => Lifted::new(Shape::ints(-1, length(first.weight)), false),
        _ => {
            let [w, v, u] = [first, second, of(2)].map(|arg| f64::from(arg.weight));
            let weight = match weight {
                Weight::One => 1.0,
                Weight::First => w,
                Weight::Twice => w * 2.0,
                // At most one piece for each byte, and one more.
                Weight::Pieces => (w + 1.0) * 32.0,
                // A text between all elements of a list.
                Weight::Between => (w + 1.0) * (v + 1.0),
                // A text put in at most before each byte, and at the end.
                Weight::Replaced => w + (w * 16.0 + 17.0) * (u + 1.0) + 1.0,
            };
            // Doubles hold all of these weights, and the cast saturates.
            let shape = Shape::all(gives, weight as u32);
            Lifted { shape, unknown: function == Function::Domain, fault: !first.kinds.within(safe) }
        }
    };
    if !rule.counts(args.len()) {
        return Lifted::new(Shape::NONE, true);
    }
    for (arg, takes) in args.iter().zip(takes) {
        lifted.fault |= !arg.kinds.within(*takes);
        if !arg.kinds.meets(*takes) {
            lifted.shape = Shape::NONE;
            lifted.unknown = false;
        }
    }
    lifted
}

/// The greatest length of what has a weight.
fn length(weight: u32) -> i64 {
    i64::from(weight).saturating_mul(16).saturating_add(15)
}

/// Equality and order.
fn compare(function: Function, left: &Shape, right: &Shape) -> Lifted {
    if let (Some([low, high]), Some([other_low, other_high])) = (span::ends(left), span::ends(right)) {
        let (least, greatest) = (numbers(&low, &other_high), numbers(&high, &other_low));
        // Between its least and its greatest order, everything may occur; a NaN stands in no order.
        let mut bools = Truths::NONE.with(Truth::of(holds(function, None)), left.nan || right.nan);
        for order in [std::cmp::Ordering::Less, std::cmp::Ordering::Equal, std::cmp::Ordering::Greater] {
            let may_be = least.is_none_or(|least| least <= order) && greatest.is_none_or(|greatest| order <= greatest);
            bools = bools.with(Truth::of(holds(function, Some(order))), may_be);
        }
        return Lifted::new(Shape::bools(bools), false);
    }
    let (mut fits, mut always) = (false, false);
    for group in [Kinds::NUMBER, Kinds::STRING, Kinds::BOOL, Kinds::BYTES] {
        fits |= left.kinds.meets(group) && right.kinds.meets(group);
        always |= left.kinds.within(group) && right.kinds.within(group);
    }
    if matches!(function, Function::Equal | Function::NotEqual) {
        let equal = fits || left.kinds.meets(right.kinds);
        return Lifted::new(Shape::bools(Truths::of(Truth::of(function == Function::NotEqual)).with(Truth::of(function == Function::Equal), equal)), false);
    }
    Lifted::new(if fits { Shape::bools(Truths::BOTH) } else { Shape::NONE }, !always)
}
