//! Which expressions can fault, as far as declared bounds prove that they cannot.

use super::Builder;
use super::cond::Cond;
use crate::cel::{Checked, CheckedKind, Type};
use crate::program::{Domain, FIRST_ATTRIBUTE, Form, Function, Value};

/// A closed interval of doubles that contains every value of a numeric expression.
type Interval = (f64, f64);

/// Integers up to this magnitude are computed exactly in doubles; beyond it nothing is proved.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Builder<'_> {
    /// Whether a condition rests on something that can fault.
    pub fn cond_may_fault(&self, cond: &Cond) -> bool {
        let mut may = matches!(cond, Cond::Const(crate::program::Truth::Fault)) || cond.is_open();
        cond.visit(&mut |variable, test| {
            let tabled = match test {
                super::cond::Test::Table(table) | super::cond::Test::Lookup(_, table) => {
                    table.iter().skip(usize::from(crate::program::FIRST_VALUE)).any(|truth| *truth == crate::program::Truth::Fault)
                }
                _ => false,
            };
            may |= tabled || self.faulting.get(usize::from(variable)).copied().unwrap_or(true);
        });
        may
    }

    /// Whether an expression can fault.
    pub fn may_fault(&self, expr: &Checked) -> bool {
        let own = match &expr.kind {
            CheckedKind::Variable(variable) | CheckedKind::State(_, variable) => *variable < usize::from(FIRST_ATTRIBUTE) && self.faulting.get(*variable).copied().unwrap_or(true),
            CheckedKind::Call(function, args) => self.call_may_fault(*function, args, expr),
            CheckedKind::Form(Form::Bind, _) => false,
            CheckedKind::Member(..) | CheckedKind::Form(..) => true,
            // A range that is not written out may be long enough to run out of fuel.
            CheckedKind::Fold { range, .. } => !matches!(range.kind, CheckedKind::List(_)),
            _ => false,
        };
        own || expr.parts().into_iter().any(|part| self.may_fault(part))
    }

    /// Whether a derive's result can be a number that is not finite.
    pub fn may_be_infinite(&self, expr: &Checked) -> bool {
        expr.ty == Type::Double && self.interval(expr).is_none_or(|(low, high)| !low.is_finite() || !high.is_finite())
    }

    fn call_may_fault(&self, function: Function, args: &[Checked], expr: &Checked) -> bool {
        let dynamic = args.iter().any(|arg| matches!(arg.ty, Type::Dyn | Type::Uint));
        match function {
            Function::Add | Function::Subtract | Function::Multiply | Function::Negate | Function::Abs => match expr.ty {
                Type::Int => self.interval(expr).is_none(),
                Type::Double | Type::String | Type::Bytes | Type::List(_) => dynamic,
                _ => true,
            },
            Function::Divide | Function::Modulo => match expr.ty {
                Type::Double => dynamic,
                _ => {
                    let divisor = args.get(1).and_then(|divisor| self.interval(divisor));
                    dynamic || divisor.is_none_or(|(low, high)| low <= 0.0 && high >= 0.0) || args.first().and_then(|left| self.interval(left)).is_none()
                }
            },
            Function::ToDouble => args.iter().any(|arg| !matches!(arg.ty, Type::Int | Type::Double | Type::Uint)),
            Function::Equal | Function::NotEqual | Function::In | Function::Size | Function::Contains | Function::StartsWith | Function::EndsWith
            | Function::LowerAscii | Function::UpperAscii | Function::Trim | Function::LastIndexOf | Function::Reverse | Function::Domain
            | Function::Greatest | Function::Least | Function::ToDyn | Function::Less | Function::LessEqual | Function::Greater
            | Function::GreaterEqual => dynamic,
            Function::IndexOf => args.len() > 2 || dynamic,
            Function::ToString => dynamic,
            Function::Index | Function::ToInt | Function::ToUint | Function::ToBool | Function::CharAt | Function::Substring | Function::Replace
            | Function::Split | Function::Join => true,
            Function::Matches | Function::FullYear | Function::Month | Function::Date | Function::DayOfMonth | Function::DayOfWeek | Function::DayOfYear | Function::Hours
            | Function::Minutes | Function::Seconds | Function::Milliseconds => dynamic || args.get(1).is_some_and(|named| !matches!(named.kind, CheckedKind::Const(_))),
            Function::ToBytes | Function::ToType | Function::Quote | Function::Ceil | Function::Floor | Function::Round | Function::Trunc | Function::Sqrt | Function::Sign
            | Function::IsNan | Function::IsInf | Function::IsFinite | Function::BitAnd | Function::BitOr | Function::BitXor | Function::BitNot | Function::First
            | Function::Last | Function::Base64Encode | Function::OptionalOf | Function::OptionalNone | Function::OptionalOfNonZero | Function::HasValue | Function::Bucket
            | Function::Arm => dynamic,
            // What is left of the library faults on some arguments, or may be asked for too much.
            _ => true,
        }
    }

    /// An interval that contains the value, where one is proved.
    fn interval(&self, expr: &Checked) -> Option<Interval> {
        let exact = |(low, high): Interval| {
            let fits = expr.ty != Type::Int || (low.abs() < EXACT && high.abs() < EXACT);
            (fits && low.is_finite() && high.is_finite()).then_some((low, high))
        };
        match &expr.kind {
            CheckedKind::Const(Value::Int(value)) => exact((*value as f64, *value as f64)),
            CheckedKind::Const(Value::Double(value)) => exact((*value, *value)),
            CheckedKind::Variable(variable) => match self.program.variables.get(*variable).map(|variable| &variable.domain)? {
                Domain::Int(low, high) => exact((*low as f64, *high as f64)),
                Domain::Double(low, high) => exact((*low, *high)),
                _ => None,
            },
            CheckedKind::If(_, then, otherwise) => {
                let (a, b) = (self.interval(then)?, self.interval(otherwise)?);
                Some((a.0.min(b.0), a.1.max(b.1)))
            }
            CheckedKind::Call(Function::Bucket, _) => Some((0.0, 99.0)),
            CheckedKind::Call(function, args) => {
                let mut bounds = args.iter().map(|arg| self.interval(arg));
                let first = bounds.next()?;
                let second = bounds.next().flatten();
                let result = match function {
                    Function::Size => (0.0, 4_294_967_296.0),
                    Function::Negate => first.map(|(low, high)| (-high, -low))?,
                    Function::Abs => first.map(|(low, high)| if low >= 0.0 { (low, high) } else { (0.0, high.max(-low)) })?,
                    Function::ToDouble => first?,
                    Function::Add => (first?.0 + second?.0, first?.1 + second?.1),
                    Function::Subtract => (first?.0 - second?.1, first?.1 - second?.0),
                    Function::Multiply => corners(first?, second?, |a, b| a * b),
                    Function::Divide => {
                        let (low, high) = second?;
                        if low <= 0.0 && high >= 0.0 {
                            return None;
                        }
                        let (least, greatest) = corners(first?, (low, high), |a, b| a / b);
                        // Integer division goes towards zero.
                        if expr.ty == Type::Int { (least.floor(), greatest.ceil()) } else { (least, greatest) }
                    }
                    _ => return None,
                };
                exact(result)
            }
            _ => None,
        }
    }
}

fn corners(a: Interval, b: Interval, of: impl Fn(f64, f64) -> f64) -> Interval {
    let all = [of(a.0, b.0), of(a.0, b.1), of(a.1, b.0), of(a.1, b.1)];
    (all.into_iter().fold(f64::INFINITY, f64::min), all.into_iter().fold(f64::NEG_INFINITY, f64::max))
}
