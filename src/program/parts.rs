//! The byte format of a program's parts; the order of fields here is the order of bytes.

#[cfg(feature = "full")]
use super::Form;
use super::codec::{Part, Reader, Writer, choice, record};
use super::{
    Ask, COMPUTES, Case, Choice, Choose, Contains, Country, Cut, Dictionary, Domain, Expressions, Field, Fold, Format, Formula, Formulas, Function, Goal, Group,
    Joint, List, ListBody, LoadErrorKind, Lookup, Members, Move, Node, Normalizer, Pattern, Program, Route, Row, Rule, Score, ScoreBody, Slot, Stages,
    StateTest, Step, Table, Transform, Truth, Value, Variable,
};

record! {
    Program {
        policy, version, logic, variables, fields, lists, slots, formulas, expressions, steps, screen, scores, tables,
        stages, route, identity, joints, ask, messages, slice, #[cfg(feature = "full")] life,
    }
    Variable { name, domain, by_value }
    Field { normalize, format, max_length, from_host, questioned, gate, required, cost, always, after, weights, choices }
    Choice { id, value, range }
    List { name, normalize, body }
    Dictionary { lookup, except, keys, entry_class, classes }
    Slot { variable, cut }
    Members { transform, texts, lists, classes }
    Contains { transform, patterns }
    Formulas { nodes, tables, chooses }
    Row { id, when, then }
    Score { variable, range, body }
    Group { id, min, max, rules }
    Rule { id, by, cases }
    Case { key, when, points }
    Table { id, outputs, rows }
    Stages { variable, require, moves }
    Move { id, from, to, when }
    Route { outcomes, rows, on_fault }
    Joint { variable, cells, complete }
    Ask { settle, per_visit, questions, order }
}

choice! {
    Domain { 0 => Int(low, high), 1 => Double(low, high), 2 => Text, 3 => Finite(values), 4 => Any }
    Goal { 0 => Route, 1 => Stage, 2 => Output(variable) }
    Format { 0 => Any, 1 => Email, #[cfg(feature = "full")] 2 => Uscc }
    Normalizer { 0 => Trim, 1 => Lowercase, 2 => Width, 3 => Collapse, 4 => Phone(country), 5 => Company }
    Country {
        0 => China, 1 => UnitedStates, 2 => UnitedKingdom, 3 => Germany, 4 => Singapore, 5 => HongKong, 6 => Taiwan, 7 => Japan,
    }
    ListBody {
        0 => Set(texts), 1 => Dictionary(dictionary), #[cfg(feature = "full")] 2 => Packed(packed), #[cfg(feature = "full")] 3 => Detached(detached),
    }
    Lookup { 0 => Exact, 1 => Longest, 2 => First }
    Cut { 0 => Thresholds(thresholds), 1 => Finite(count), 2 => Given, 3 => Members(members), 4 => Contains(contains), 5 => Lookup(list) }
    Transform { 0 => None, 1 => Domain, 2 => LowerAscii }
    Pattern { 0 => Contains(text), 1 => Starts(text), 2 => Ends(text) }
    Truth { 0 => False, 1 => True, 2 => Unknown, 3 => Fault }
    Formula { 0 => Const(truth), 1 => Atom(slot, table), 2 => And(items), 3 => Or(items), 4 => Not(item), 5 => If(test, then, otherwise), 6 => Held(item), 7 => Within(slot, from, to) }
    Choose { 0 => Cell(cell), 1 => Map(slot, cells), 2 => If(test, then, otherwise) }
    Step { 0 => Gate(variable), 1 => Choose(variable, tree), 2 => Compute(variable, node), 3 => Screen, 4 => Score(score), 5 => Table(table), 6 => Moves, 7 => Route }
    ScoreBody { 0 => Groups(groups), 1 => Sum(scores), 2 => Within(scores, low, high) }
    Value {
        0 => Null, 1 => Bool(value), 2 => Int(value), #[cfg(feature = "expressions")] 3 => Uint(value), 4 => Double(value), 5 => String(value),
        #[cfg(feature = "expressions")] 6 => Bytes(value), #[cfg(feature = "expressions")] 7 => List(value), #[cfg(feature = "expressions")] 8 => Map(value),
        #[cfg(feature = "full")] 9 => Timestamp(value), #[cfg(feature = "full")] 10 => Duration(value), #[cfg(feature = "full")] 11 => Type(value),
        #[cfg(feature = "full")] 12 => Optional(value), #[cfg(feature = "full")] 13 => Ready(value),
    }
    StateTest { 0 => Known, 1 => Unanswered, 2 => Declined, 3 => Masked }
    Fold { 0 => All, 1 => Exists, 2 => ExistsOne, 3 => Filter, 4 => Map }
    Node {
        0 => Const(constant), 1 => Variable(variable), 2 => Local(depth), 3 => Call(function, args), 4 => Not(item), 5 => And(items), 6 => Or(items),
        7 => If(test, then, otherwise), 8 => List(items), 9 => Map(entries), 10 => Member(operand, name), 11 => Has(operand, name),
        12 => InList(text, list), 13 => Lookup(list, text, column), 14 => State(test, variable), 15 => Fold(fold, range, predicate, result),
        #[cfg(feature = "full")]
        16 => Form(form, parts),
    }
}

impl Part for Expressions {
    fn write(&self, out: &mut Writer) {
        self.nodes.write(out);
        self.constants.write(out);
    }
    fn read(from: &mut Reader) -> Self {
        let nodes = if COMPUTES {
            Part::read(from)
        } else {
            if from.length() > 0 {
                from.fail(LoadErrorKind::Capability);
            }
            Vec::new()
        };
        Self { nodes, constants: Part::read(from) }
    }
}

impl Part for Function {
    fn write(&self, out: &mut Writer) {
        out.bytes.push(*self as u8);
    }
    fn read(from: &mut Reader) -> Self {
        Self::from_byte(from.byte()).unwrap_or_else(|| {
            from.fail(LoadErrorKind::Tag);
            Self::Equal
        })
    }
}

#[cfg(feature = "full")]
impl Part for super::Timestamp {
    fn write(&self, out: &mut Writer) {
        self.seconds().write(out);
        self.nanos().write(out);
    }
    fn read(from: &mut Reader) -> Self {
        let (seconds, nanos) = (i64::read(from), u32::read(from));
        Self::new(seconds, nanos).unwrap_or_else(|| {
            from.fail(LoadErrorKind::Number);
            Self::BEGINNING
        })
    }
}

#[cfg(feature = "full")]
impl Part for Form {
    fn write(&self, out: &mut Writer) {
        out.bytes.push(*self as u8);
    }
    fn read(from: &mut Reader) -> Self {
        Self::from_byte(from.byte()).unwrap_or_else(|| {
            from.fail(LoadErrorKind::Tag);
            Self::Bind
        })
    }
}

impl Part for [u8; 32] {
    fn write(&self, out: &mut Writer) {
        out.bytes.extend_from_slice(self);
    }
    fn read(from: &mut Reader) -> Self {
        from.take(32).try_into().unwrap_or_default()
    }
}
