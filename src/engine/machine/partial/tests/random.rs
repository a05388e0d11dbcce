//! Programs, what is open and what it turns out to be, at random.

use crate::engine::machine::{Kinds, PartialInputs, PossibleReading, Reading, Values};
use crate::engine::machine::testing::{Build, map, val};
#[cfg(feature = "full")]
use crate::program::Form;
use crate::program::{Fold, Function, Function::*, Node, NodeId, StateTest, Value, VariableId};

/// A small generator of pseudo-random numbers (xorshift).
pub(in crate::engine::machine) struct Dice(u64);

impl Dice {
    pub(in crate::engine::machine) fn of(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(in crate::engine::machine) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    pub(in crate::engine::machine) fn often(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }

    fn int(&mut self) -> i64 {
        match self.roll(8) {
            0 => self.pick(&[i64::MIN, i64::MAX, i64::MIN + 1, 1 << 53, (1 << 53) + 1]),
            1 | 2 => self.roll(2000) as i64 - 1000,
            _ => self.roll(9) as i64 - 4,
        }
    }

    fn double(&mut self) -> f64 {
        match self.roll(8) {
            0 => self.pick(&[f64::INFINITY, f64::NEG_INFINITY, f64::NAN, f64::MAX, f64::MIN_POSITIVE, 9_007_199_254_740_992.0, -9_223_372_036_854_775_808.0]),
            1 | 2 => (self.roll(2000) as f64 - 1000.0) / 8.0,
            3 => -0.0,
            _ => (self.roll(17) as f64 - 8.0) / 2.0,
        }
    }

    fn text(&mut self) -> String {
        let texts = ["", "a", "B", "上海", "a@QQ.com", "x@acme.cn", "qq.com", "12", "-3", "1.5", "true", "副总经理", "经理助理", "DE", "a,b,c", "  ab ", "abcab"];
        self.pick(&texts).to_owned()
    }

    pub(in crate::engine::machine) fn value(&mut self, depth: usize) -> Value {
        match self.roll(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => val(self.often(50)),
            2 => val(self.int()),
            3 => val(self.double()),
            4 => Value::Uint(self.pick(&[0, 1, 2, u64::MAX])),
            5 => val(self.text().as_str()),
            6 => Value::List((0..self.roll(4)).map(|_| self.value(depth - 1)).collect()),
            _ => map(&[(val("a"), self.value(depth - 1)), (val(1), self.value(depth - 1))]),
        }
    }
}

/// What an expression is meant to be; now and then it is something else.
#[derive(Clone, Copy)]
enum Sort {
    Bool,
    Int,
    Double,
    Text,
    List,
    Any,
}

const SORTS: [Sort; 6] = [Sort::Bool, Sort::Int, Sort::Double, Sort::Text, Sort::List, Sort::Any];

/// Variable i is of sort `SORTS[i % 6]`.
pub(in crate::engine::machine) const VARIABLES: usize = 12;

struct Writer {
    build: Build,
    dice: Dice,
    locals: u8,
}

impl Writer {
    fn leaf(&mut self, sort: Sort) -> NodeId {
        if self.locals > 0 && self.dice.often(35) {
            let local = self.dice.roll(usize::from(self.locals)) as u8;
            return self.build.node(Node::Local(local));
        }
        if self.dice.often(65) {
            let variable = sort as usize + 6 * self.dice.roll(VARIABLES / 6);
            return self.build.node(Node::Variable(variable as u16));
        }
        let value = match sort {
            Sort::Bool => val(self.dice.often(50)),
            Sort::Int => val(self.dice.int()),
            Sort::Double => val(self.dice.double()),
            Sort::Text => val(self.dice.text().as_str()),
            Sort::List => Value::List((0..self.dice.roll(4)).map(|_| val(self.dice.int())).collect()),
            Sort::Any => self.dice.value(2),
        };
        self.build.value(value)
    }

    fn call(&mut self, function: Function, operands: &[Sort], depth: usize) -> NodeId {
        let operands: Vec<NodeId> = operands.iter().map(|sort| self.write(*sort, depth)).collect();
        self.build.call(function, &operands)
    }

    fn fold(&mut self, fold: Fold, made: Option<Sort>, depth: usize) -> NodeId {
        let range = self.write(Sort::List, depth);
        self.locals += 1;
        let predicate = (fold != Fold::Map || self.dice.often(50)).then(|| self.write(Sort::Bool, depth));
        let result = made.map(|sort| self.write(sort, depth));
        self.locals -= 1;
        self.build.node(Node::Fold(fold, range, predicate, result))
    }

    fn write(&mut self, sort: Sort, depth: usize) -> NodeId {
        if depth == 0 || self.dice.often(15) {
            return self.leaf(sort);
        }
        let sort = if self.dice.often(4) { self.dice.pick(&SORTS) } else { sort };
        let down = depth - 1;
        if self.dice.often(10) {
            let (test, then, otherwise) = (self.write(Sort::Bool, down), self.write(sort, down), self.write(sort, down));
            return self.build.node(Node::If(test, then, otherwise));
        }
        #[cfg(feature = "full")]
        if self.dice.often(20) {
            return if self.dice.often(50) { self.form(sort, down) } else { self.library(sort, down) };
        }
        match sort {
            Sort::Bool => self.write_bool(down),
            Sort::Int => match self.dice.roll(8) {
                0 => self.call(ToInt, &[Sort::Double], down),
                1 => self.call(ToInt, &[Sort::Text], down),
                2 => self.call(Size, &[Sort::Text], down),
                3 => {
                    let (function, extra) = (self.dice.pick(&[IndexOf, LastIndexOf]), self.dice.roll(2));
                    self.call(function, &[Sort::Text, Sort::Text, Sort::Int][..2 + extra], down)
                }
                4 => {
                    let function = self.dice.pick(&[Negate, Abs, ToDyn, Size]);
                    self.call(function, &[Sort::Int], down)
                }
                5 => {
                    let function = self.dice.pick(&[Greatest, Least]);
                    self.call(function, &[Sort::Int, Sort::Int, Sort::Int], down)
                }
                _ => {
                    let function = self.dice.pick(&[Add, Subtract, Multiply, Divide, Modulo]);
                    self.call(function, &[Sort::Int, Sort::Int], down)
                }
            },
            Sort::Double => match self.dice.roll(6) {
                0 => self.call(ToDouble, &[Sort::Int], down),
                1 => self.call(ToDouble, &[Sort::Text], down),
                2 => {
                    let function = self.dice.pick(&[Negate, Abs, Greatest, Least]);
                    self.call(function, &[Sort::Double], down)
                }
                3 => {
                    let function = self.dice.pick(&[Greatest, Least]);
                    self.call(function, &[Sort::Double, Sort::Double], down)
                }
                _ => {
                    let function = self.dice.pick(&[Add, Subtract, Multiply, Divide]);
                    self.call(function, &[Sort::Double, Sort::Double], down)
                }
            },
            Sort::Text => match self.dice.roll(9) {
                0 => self.call(Add, &[Sort::Text, Sort::Text], down),
                1 => self.call(Domain, &[Sort::Text], down),
                2 => {
                    let function = self.dice.pick(&[LowerAscii, UpperAscii, Trim, Reverse, ToString]);
                    self.call(function, &[Sort::Text], down)
                }
                3 => self.call(ToString, &[Sort::Int], down),
                4 => self.call(CharAt, &[Sort::Text, Sort::Int], down),
                5 => {
                    let extra = self.dice.roll(2);
                    self.call(Substring, &[Sort::Text, Sort::Int, Sort::Int][..2 + extra], down)
                }
                6 => {
                    let extra = self.dice.roll(2);
                    self.call(Replace, &[Sort::Text, Sort::Text, Sort::Text, Sort::Int][..3 + extra], down)
                }
                7 => {
                    let text = self.write(Sort::Text, down);
                    let (list, column) = (self.dice.roll(3) as u16, self.dice.roll(3) as u8);
                    self.build.node(Node::Lookup(list, text, column))
                }
                _ => self.call(Join, &[Sort::List, Sort::Text], down),
            },
            Sort::List => match self.dice.roll(6) {
                0 => {
                    let extra = self.dice.roll(2);
                    self.call(Split, &[Sort::Text, Sort::Text, Sort::Int][..2 + extra], down)
                }
                1 => self.call(Add, &[Sort::List, Sort::List], down),
                2 => {
                    let made = self.dice.pick(&SORTS);
                    self.fold(Fold::Map, Some(made), down)
                }
                3 => self.fold(Fold::Filter, None, down),
                _ => {
                    let sort = self.dice.pick(&SORTS);
                    let elements: Vec<NodeId> = (0..self.dice.roll(4)).map(|_| self.write(sort, down)).collect();
                    self.build.node(Node::List(elements.into()))
                }
            },
            Sort::Any => match self.dice.roll(5) {
                0 => self.call(Index, &[Sort::List, Sort::Int], down),
                1 => {
                    let (key, value) = (self.write(Sort::Text, down), self.write(Sort::Int, down));
                    let (other, more) = (self.build.value("a"), self.write(Sort::Any, down));
                    self.build.node(Node::Map([(key, value), (other, more)].into()))
                }
                2 => {
                    let (operand, name) = (self.write(Sort::Any, down), self.build.name("a"));
                    self.build.node(Node::Member(operand, name))
                }
                3 => self.call(ToUint, &[Sort::Int], down),
                _ => {
                    let sort = self.dice.pick(&SORTS);
                    self.write(sort, down)
                }
            },
        }
    }

    /// A part that may read one more variable.
    #[cfg(feature = "full")]
    fn bound(&mut self, write: impl FnOnce(&mut Self) -> NodeId) -> NodeId {
        self.locals += 1;
        let part = write(self);
        self.locals -= 1;
        part
    }

    #[cfg(feature = "full")]
    fn form(&mut self, sort: Sort, down: usize) -> NodeId {
        let other = self.dice.pick(&SORTS);
        let (form, parts) = match self.dice.roll(5) {
            0 | 1 => (Form::Bind, [self.write(other, down), self.bound(|writer| writer.write(sort, down))]),
            2 | 3 => (Form::OrValue, [self.optional(sort, down), self.write(sort, down)]),
            _ => (Form::Missing, [self.write(sort, down), self.write(other, down)]),
        };
        self.build.node(Node::Form(form, parts.into()))
    }

    #[cfg(feature = "full")]
    fn optional(&mut self, sort: Sort, depth: usize) -> NodeId {
        let down = depth.saturating_sub(1);
        let other = self.dice.pick(&SORTS);
        let (form, parts) = match self.dice.roll(if depth == 0 { 3 } else { 9 }) {
            0 => return self.call(OptionalOf, &[sort], down),
            1 => return self.call(OptionalNone, &[], down),
            2 => return self.call(OptionalSelect, &[Sort::List, Sort::Int], down),
            3 => return self.write(Sort::Any, down),
            4 => {
                let (test, then, otherwise) = (self.write(Sort::Bool, down), self.optional(sort, down), self.optional(sort, down));
                return self.build.node(Node::If(test, then, otherwise));
            }
            5 => (Form::Or, [self.optional(sort, down), self.optional(sort, down)]),
            6 => (Form::OptFlatMap, [self.optional(other, down), self.bound(|writer| writer.optional(sort, down))]),
            _ => (Form::OptMap, [self.optional(other, down), self.bound(|writer| writer.write(sort, down))]),
        };
        self.build.node(Node::Form(form, parts.into()))
    }

    #[cfg(feature = "full")]
    fn library(&mut self, sort: Sort, down: usize) -> NodeId {
        let (functions, operands): (&[Function], &[Sort]) = match (sort, self.dice.roll(3)) {
            (Sort::Bool, 0) => (&[SetContains, SetEquivalent, SetIntersects], &[Sort::List, Sort::List]),
            (Sort::Bool, 1) => (&[IsNan, IsInf, IsFinite], &[Sort::Double]),
            (Sort::Bool | Sort::Any, _) => {
                let optional = self.optional(sort, down);
                let function = self.dice.pick(&[HasValue, OptionalValue, ToType]);
                return self.build.call(function, &[optional]);
            }
            (Sort::Int, 0) => (&[Sign, BitNot], &[Sort::Int]),
            (Sort::Int, 1) => (&[BitAnd, BitOr, BitXor, ShiftLeft, ShiftRight], &[Sort::Int, Sort::Int]),
            (Sort::Int, _) => (&[FullYear, DayOfYear, Hours], &[Sort::Text]),
            (Sort::Double, _) => (&[Ceil, Floor, Round, Trunc, Sqrt, Sign], &[Sort::Double]),
            (Sort::Text, 0) => (&[Quote, ToBytes, ToDuration], &[Sort::Text]),
            (Sort::Text, 1) => (&[Format], &[Sort::Text, Sort::List]),
            (Sort::Text, _) => (&[ToTimestamp, Range], &[Sort::Int]),
            (Sort::List, 0) => (&[Slice], &[Sort::List, Sort::Int, Sort::Int]),
            (Sort::List, 1) => (&[Range, Entries], &[Sort::Int]),
            (Sort::List, _) => (&[Distinct, Flatten, Function::Sort, Reverse, Entries, First, Last, Unwrap, MergeMaps], &[Sort::List]),
        };
        let function = self.dice.pick(functions);
        self.call(function, operands, down)
    }

    fn write_bool(&mut self, down: usize) -> NodeId {
        match self.dice.roll(14) {
            0 | 1 => {
                let operands: Box<[NodeId]> = (0..2 + self.dice.roll(2)).map(|_| self.write(Sort::Bool, down)).collect();
                let node = if self.dice.often(50) { Node::And(operands) } else { Node::Or(operands) };
                self.build.node(node)
            }
            2 => {
                let operand = self.write(Sort::Bool, down);
                self.build.node(Node::Not(operand))
            }
            3 => {
                let test = self.dice.pick(&[StateTest::Known, StateTest::Unanswered, StateTest::Declined, StateTest::Masked]);
                let variable = self.dice.roll(VARIABLES) as u16;
                self.build.node(Node::State(test, variable))
            }
            4 => {
                let fold = self.dice.pick(&[Fold::All, Fold::Exists, Fold::ExistsOne]);
                self.fold(fold, None, down)
            }
            5 => {
                let (operand, list) = (self.write(Sort::Text, down), self.dice.roll(3) as u16);
                self.build.node(Node::InList(operand, list))
            }
            6 => {
                let (operand, name) = (self.write(Sort::Any, down), self.build.name("a"));
                self.build.node(Node::Has(operand, name))
            }
            7 => {
                let function = self.dice.pick(&[Contains, StartsWith, EndsWith]);
                self.call(function, &[Sort::Text, Sort::Text], down)
            }
            8 => {
                let sort = self.dice.pick(&SORTS);
                self.call(In, &[sort, Sort::List], down)
            }
            9 => self.call(ToBool, &[Sort::Text], down),
            _ => {
                let function = self.dice.pick(&[Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual]);
                let (left, right) = (self.dice.pick(&SORTS), self.dice.pick(&SORTS));
                let numbers = [Sort::Int, Sort::Double];
                let operands = match self.dice.roll(4) {
                    0 => [left, right],
                    1 => [left, left],
                    _ => [self.dice.pick(&numbers), self.dice.pick(&numbers)],
                };
                self.call(function, &operands, down)
            }
        }
    }
}

/// What a variable of a sort is open to.
fn reading(dice: &mut Dice, sort: Sort, finite: bool) -> PossibleReading {
    let few = |dice: &mut Dice, make: &dyn Fn(&mut Dice) -> Value| Values::few((0..1 + dice.roll(4)).map(|_| make(dice)).collect());
    let wide = !finite && dice.often(70);
    let values = match (sort, wide) {
        (Sort::Bool, true) => Values::few(vec![val(false), val(true)]),
        (Sort::Int, true) => {
            let (one, other) = (dice.int(), dice.int());
            Values::ints(one.min(other), one.max(other))
        }
        (Sort::Double, true) => {
            let (one, other) = (dice.double(), dice.double());
            if one <= other { Values::doubles(one, other) } else { Values::doubles(-4.0, 1e6) }
        }
        (Sort::Text, true) => Values::texts(200),
        (Sort::List | Sort::Any, true) => Values::ANY,
        (Sort::Bool, false) => few(dice, &|dice| val(dice.often(50))),
        (Sort::Int, false) => few(dice, &|dice| val(dice.int())),
        (Sort::Double, false) => few(dice, &|dice| val(dice.double())),
        (Sort::Text, false) => few(dice, &|dice| val(dice.text().as_str())),
        (Sort::List, false) => few(dice, &|dice| Value::List((0..dice.roll(4)).map(|_| val(dice.int())).collect())),
        (Sort::Any, false) => few(dice, &|dice| dice.value(2)),
    };
    let known = dice.often(85);
    PossibleReading {
        values: if known { values } else { Values::NONE },
        absent: !known || dice.often(15),
        declined: dice.often(10),
        masked: dice.often(5),
        fault: dice.often(5),
    }
}

/// One of the readings that a variable is open to.
pub(in crate::engine::machine) fn complete(dice: &mut Dice, reading: &PossibleReading) -> Reading {
    let mut readings = Vec::new();
    match &reading.values {
        Values::Few(values) => readings.extend(values.iter().cloned().map(Reading::Value)),
        Values::Ints(low, high) => {
            let inside = [*low, *high, 0, 1, -1, dice.int(), dice.int()].into_iter().filter(|value| low <= value && value <= high);
            readings.extend(inside.map(|value| Reading::Value(val(value))));
        }
        Values::Doubles { low, high, .. } => {
            let inside = [*low, *high, 0.0, -0.0, 1.0, dice.double(), dice.double()].into_iter().filter(|value| low <= value && value <= high);
            readings.extend(inside.map(|value| Reading::Value(val(value))));
        }
        Values::Of(Kinds::STRING, _) => readings.extend((0..6).map(|_| Reading::Value(val(dice.text().as_str())))),
        Values::Of(..) => readings.extend((0..6).map(|_| Reading::Value(dice.value(3)))),
    }
    for (may, state) in [(reading.absent, Reading::Absent), (reading.declined, Reading::Declined), (reading.masked, Reading::Masked), (reading.fault, Reading::Fault)] {
        readings.extend(may.then_some(state));
    }
    dice.pick(&readings)
}

/// What variables are open to.
pub(in crate::engine::machine) struct Open(pub(in crate::engine::machine) Vec<PossibleReading>);

impl PartialInputs for Open {
    fn read(&self, variable: VariableId) -> PossibleReading {
        self.0[usize::from(variable)].clone()
    }
}

/// A program, an expression in it, and what its variables are open to; finite: to few values each.
pub(in crate::engine::machine) fn write(seed: u64, finite: bool) -> (Build, NodeId, Open, Dice) {
    let mut writer = Writer { build: Build::with_lists(), dice: Dice::of(seed), locals: 0 };
    for _ in 0..8 {
        writer.dice.roll(2);
    }
    let (sort, depth) = (writer.dice.pick(&SORTS), 1 + writer.dice.roll(4));
    let root = writer.write(sort, depth);
    let Writer { build, mut dice, .. } = writer;
    let open = Open((0..VARIABLES).map(|variable| reading(&mut dice, SORTS[variable % 6], finite)).collect());
    (build, root, open, dice)
}
