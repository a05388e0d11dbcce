//! Expressions of a program: what is not a function of cells and runs on the machine.
//!
//! Nodes stand in one arena, operands before the nodes that use them, so a program cannot hold a cycle and its depth is known when it is loaded.

use super::value::Value;

/// Index of a node in [`Expressions::nodes`].
pub type NodeId = u32;
/// Index of a variable of the program.
pub type VariableId = u16;
/// Index of a list of the program.
pub type ListId = u16;

/// Whether this build computes expressions. One that does not takes only programs without, and has no use for what follows here.
pub const COMPUTES: bool = cfg!(feature = "expressions");

/// The arena of a program's expressions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Expressions {
    /// Operands stand before the nodes that use them.
    pub nodes: Vec<Node>,
    /// Constants, by index.
    pub constants: Vec<Value>,
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A constant, by index.
    Const(u32),
    /// A variable.
    Variable(VariableId),
    /// A comprehension's variable, by the number of comprehensions around the one that binds it (0: outermost).
    Local(u8),
    /// A strict function.
    Call(Function, Box<[NodeId]>),
    /// `!a`
    Not(NodeId),
    /// `a && b …`
    And(Box<[NodeId]>),
    /// `a || b …`
    Or(Box<[NodeId]>),
    /// `a ? b : c`
    If(NodeId, NodeId, NodeId),
    /// A list.
    List(Box<[NodeId]>),
    /// A map.
    Map(Box<[(NodeId, NodeId)]>),
    /// A map's member; the name is a constant.
    Member(NodeId, u32),
    /// Whether a map has a member; the name is a constant.
    Has(NodeId, u32),
    /// `text in lists.x`
    InList(NodeId, ListId),
    /// `lookup(lists.x, text).column`, the column by its number among the list's columns (0: the key).
    Lookup(ListId, NodeId, u8),
    /// `known(x)` and its kin.
    State(StateTest, VariableId),
    /// A comprehension: range, predicate, result.
    Fold(Fold, NodeId, Option<NodeId>, Option<NodeId>),
    /// What is neither a strict function nor logic, on its parts.
    #[cfg(feature = "full")]
    Form(Form, Box<[NodeId]>),
}

impl Node {
    /// Visits the nodes that this one reads, in the order in which they stand.
    pub fn operands(&self, visit: &mut dyn FnMut(NodeId)) {
        match self {
            Self::Const(_) | Self::Variable(_) | Self::Local(_) | Self::State(..) => {}
            Self::Call(_, items) | Self::And(items) | Self::Or(items) | Self::List(items) => items.iter().for_each(|&item| visit(item)),
            Self::Not(item) | Self::Member(item, _) | Self::Has(item, _) | Self::InList(item, _) | Self::Lookup(_, item, _) => visit(*item),
            Self::If(test, then, otherwise) => [test, then, otherwise].into_iter().for_each(|&item| visit(item)),
            Self::Map(entries) => entries.iter().for_each(|&(key, value)| {
                visit(key);
                visit(value);
            }),
            Self::Fold(_, range, predicate, result) => [Some(*range), *predicate, *result].into_iter().flatten().for_each(visit),
            #[cfg(feature = "full")]
            Self::Form(_, parts) => parts.iter().for_each(|&part| visit(part)),
        }
    }
}

impl Expressions {
    /// A node and all that it rests on, each once.
    pub fn reachable(&self, root: NodeId) -> Vec<NodeId> {
        if !COMPUTES {
            return Vec::new();
        }
        let mut seen = vec![false; self.nodes.len()];
        let mut found = vec![root];
        let mut next = 0;
        while let Some(&id) = found.get(next) {
            next += 1;
            let Some(node) = self.nodes.get(id as usize) else { continue };
            node.operands(&mut |operand| {
                if let Some(seen @ false) = seen.get_mut(operand as usize) {
                    *seen = true;
                    found.push(operand);
                }
            });
        }
        found
    }
}

/// Tests of a variable's state; see the page on the four truths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateTest {
    /// It has a value.
    Known,
    /// It is absent.
    Unanswered,
    /// It was declined.
    Declined,
    /// Its question does not apply.
    Masked,
}

/// The comprehensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// `range.all(x, p)`
    All,
    /// `range.exists(x, p)`
    Exists,
    /// `range.exists_one(x, p)`
    ExistsOne,
    /// `range.filter(x, p)`
    Filter,
    /// `range.map(x, e)`, `range.map(x, p, e)`
    Map,
}

/// Forms of the whole language, which the page build does not have. What binds a variable does so like a comprehension.
#[cfg(feature = "full")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Form {
    /// `cel.bind(x, a, b)`: a, b. What `a` comes to, a fault included, is what `x` reads.
    Bind = 0,
    /// `a.or(b)`: a, b; b is looked at where a is missing.
    Or = 1,
    /// `a.orValue(b)`: a, b; b is looked at where a is missing.
    OrValue = 2,
    /// `a.optMap(x, e)`: a, e.
    OptMap = 3,
    /// `a.optFlatMap(x, e)`: a, e.
    OptFlatMap = 4,
    /// A name or function that does not exist, in an expression that was not checked: its arguments.
    Missing = 5,
}

#[cfg(feature = "full")]
impl Form {
    /// The form of a stored byte.
    pub fn from_byte(byte: u8) -> Option<Self> {
        const ALL: [Form; 6] = [Form::Bind, Form::Or, Form::OrValue, Form::OptMap, Form::OptFlatMap, Form::Missing];
        ALL.get(usize::from(byte)).copied()
    }
}

/// Strict functions and operators. The machine chooses the overload by the values it meets; where there is none, that is a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Function {
    /// `a == b`
    Equal = 0,
    /// `a != b`
    NotEqual = 1,
    /// `a < b`
    Less = 2,
    /// `a <= b`
    LessEqual = 3,
    /// `a > b`
    Greater = 4,
    /// `a >= b`
    GreaterEqual = 5,
    /// `a in b`
    In = 6,
    /// `a + b`: numbers, strings, bytes, lists
    Add = 7,
    /// `a - b`
    Subtract = 8,
    /// `a * b`
    Multiply = 9,
    /// `a / b`
    Divide = 10,
    /// `a % b`
    Modulo = 11,
    /// `-a`
    Negate = 12,
    /// `a[b]`
    Index = 13,
    /// `size(a)`, `a.size()`
    Size = 14,
    /// `int(a)`
    ToInt = 15,
    /// `uint(a)`
    ToUint = 16,
    /// `double(a)`
    ToDouble = 17,
    /// `string(a)`
    ToString = 18,
    /// `bool(a)`
    ToBool = 19,
    /// `a.contains(b)`
    Contains = 20,
    /// `a.startsWith(b)`
    StartsWith = 21,
    /// `a.endsWith(b)`
    EndsWith = 22,
    /// `a.lowerAscii()`
    LowerAscii = 23,
    /// `a.upperAscii()`
    UpperAscii = 24,
    /// `a.trim()`
    Trim = 25,
    /// `a.indexOf(b)`, `a.indexOf(b, from)`
    IndexOf = 26,
    /// `a.lastIndexOf(b)`
    LastIndexOf = 27,
    /// `a.charAt(i)`
    CharAt = 28,
    /// `a.substring(from)`, `a.substring(from, to)`
    Substring = 29,
    /// `a.replace(b, c)`, `a.replace(b, c, n)`
    Replace = 30,
    /// `a.split(b)`, `a.split(b, n)`
    Split = 31,
    /// `a.join()`, `a.join(b)`
    Join = 32,
    /// `a.reverse()` of a string
    Reverse = 33,
    /// `domain(a)`: what follows the last `@`, in lower case
    Domain = 34,
    /// `math.greatest(…)`
    Greatest = 35,
    /// `math.least(…)`
    Least = 36,
    /// `math.abs(a)`
    Abs = 37,
    /// `dyn(a)`
    ToDyn = 38,
    // From here on: the library, which the page build leaves out.
    /// `bytes(a)`
    ToBytes = 39,
    /// `timestamp(a)`
    ToTimestamp = 40,
    /// `duration(a)`
    ToDuration = 41,
    /// `type(a)`
    ToType = 42,
    /// `a.getFullYear()`, `a.getFullYear(zone)`
    FullYear = 43,
    /// `a.getMonth()`: January is 0
    Month = 44,
    /// `a.getDate()`: day of the month, from 1
    Date = 45,
    /// `a.getDayOfMonth()`: day of the month, from 0
    DayOfMonth = 46,
    /// `a.getDayOfWeek()`: Sunday is 0
    DayOfWeek = 47,
    /// `a.getDayOfYear()`: from 0
    DayOfYear = 48,
    /// `a.getHours()`: of a timestamp the hour, of a duration all its hours
    Hours = 49,
    /// `a.getMinutes()`
    Minutes = 50,
    /// `a.getSeconds()`
    Seconds = 51,
    /// `a.getMilliseconds()`: what is beyond the second
    Milliseconds = 52,
    /// `strings.quote(a)`
    Quote = 53,
    /// `a.format(list)`
    Format = 54,
    /// `a.matches(pattern)`
    Matches = 55,
    /// `regex.extract(a, pattern)`
    Extract = 56,
    /// `regex.extractAll(a, pattern)`
    ExtractAll = 57,
    /// `regex.replace(a, pattern, with)`, `regex.replace(a, pattern, with, n)`
    ReplacePattern = 58,
    /// `math.ceil(a)`
    Ceil = 59,
    /// `math.floor(a)`
    Floor = 60,
    /// `math.round(a)`: halves away from zero
    Round = 61,
    /// `math.trunc(a)`
    Trunc = 62,
    /// `math.sqrt(a)`
    Sqrt = 63,
    /// `math.sign(a)`
    Sign = 64,
    /// `math.isNaN(a)`
    IsNan = 65,
    /// `math.isInf(a)`
    IsInf = 66,
    /// `math.isFinite(a)`
    IsFinite = 67,
    /// `math.bitAnd(a, b)`
    BitAnd = 68,
    /// `math.bitOr(a, b)`
    BitOr = 69,
    /// `math.bitXor(a, b)`
    BitXor = 70,
    /// `math.bitNot(a)`
    BitNot = 71,
    /// `math.bitShiftLeft(a, n)`
    ShiftLeft = 72,
    /// `math.bitShiftRight(a, n)`: zeros come in, whatever the sign
    ShiftRight = 73,
    /// `sets.contains(a, b)`
    SetContains = 74,
    /// `sets.equivalent(a, b)`
    SetEquivalent = 75,
    /// `sets.intersects(a, b)`
    SetIntersects = 76,
    /// `a.slice(from, to)`
    Slice = 77,
    /// `a.flatten()`, `a.flatten(depth)`
    Flatten = 78,
    /// `a.sort()`
    Sort = 79,
    /// what `a.sortBy(x, key)` becomes: the list, and the list of its keys
    SortByKeys = 80,
    /// `a.distinct()`
    Distinct = 81,
    /// `lists.range(n)`
    Range = 82,
    /// `a.first()`
    First = 83,
    /// `a.last()`
    Last = 84,
    /// `base64.encode(a)`
    Base64Encode = 85,
    /// `base64.decode(a)`
    Base64Decode = 86,
    /// `optional.of(a)`
    OptionalOf = 87,
    /// `optional.none()`
    OptionalNone = 88,
    /// `optional.ofNonZeroValue(a)`
    OptionalOfNonZero = 89,
    /// `a.hasValue()`
    HasValue = 90,
    /// `a.value()`
    OptionalValue = 91,
    /// `a[?b]`, `a.?b` with the member's name as a text, and `a[b]`, `a.b` of an optional
    OptionalSelect = 92,
    /// `optional.unwrap(list)`, `list.unwrapOpt()`
    Unwrap = 93,
    /// a list with optional elements, `[a, ?b]`: first bytes, one for each element and 1 where it is optional; then the elements
    ListWith = 94,
    /// a map with optional entries, `{?a: b}`: first bytes, one for each entry and 1 where it is optional; then keys and values in turn
    MapWith = 95,
    /// for comprehensions over two variables: the list of `[index, element]` of a list, of `[key, value]` of a map
    Entries = 96,
    /// for `transformMap`: the map of a list of `[key, value]`
    MapOfEntries = 97,
    /// for `transformMapEntry`: the map of all entries of a list of maps
    MergeMaps = 98,
    /// `bucket(a, name)`
    Bucket = 99,
    /// for an experiment: the index of the arm that a text goes to, by the experiment's name with its arms and weights, and how many arms there are
    Arm = 100,
}

impl Function {
    /// Whether it belongs to the library, which the page build leaves out.
    pub fn of_library(self) -> bool {
        self as u8 > Self::ToDyn as u8
    }

    /// The function of a stored byte.
    pub fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte {
            0 => Self::Equal,
            1 => Self::NotEqual,
            2 => Self::Less,
            3 => Self::LessEqual,
            4 => Self::Greater,
            5 => Self::GreaterEqual,
            6 => Self::In,
            7 => Self::Add,
            8 => Self::Subtract,
            9 => Self::Multiply,
            10 => Self::Divide,
            11 => Self::Modulo,
            12 => Self::Negate,
            13 => Self::Index,
            14 => Self::Size,
            15 => Self::ToInt,
            16 => Self::ToUint,
            17 => Self::ToDouble,
            18 => Self::ToString,
            19 => Self::ToBool,
            20 => Self::Contains,
            21 => Self::StartsWith,
            22 => Self::EndsWith,
            23 => Self::LowerAscii,
            24 => Self::UpperAscii,
            25 => Self::Trim,
            26 => Self::IndexOf,
            27 => Self::LastIndexOf,
            28 => Self::CharAt,
            29 => Self::Substring,
            30 => Self::Replace,
            31 => Self::Split,
            32 => Self::Join,
            33 => Self::Reverse,
            34 => Self::Domain,
            35 => Self::Greatest,
            36 => Self::Least,
            37 => Self::Abs,
            38 => Self::ToDyn,
            39 => Self::ToBytes,
            40 => Self::ToTimestamp,
            41 => Self::ToDuration,
            42 => Self::ToType,
            43 => Self::FullYear,
            44 => Self::Month,
            45 => Self::Date,
            46 => Self::DayOfMonth,
            47 => Self::DayOfWeek,
            48 => Self::DayOfYear,
            49 => Self::Hours,
            50 => Self::Minutes,
            51 => Self::Seconds,
            52 => Self::Milliseconds,
            53 => Self::Quote,
            54 => Self::Format,
            55 => Self::Matches,
            56 => Self::Extract,
            57 => Self::ExtractAll,
            58 => Self::ReplacePattern,
            59 => Self::Ceil,
            60 => Self::Floor,
            61 => Self::Round,
            62 => Self::Trunc,
            63 => Self::Sqrt,
            64 => Self::Sign,
            65 => Self::IsNan,
            66 => Self::IsInf,
            67 => Self::IsFinite,
            68 => Self::BitAnd,
            69 => Self::BitOr,
            70 => Self::BitXor,
            71 => Self::BitNot,
            72 => Self::ShiftLeft,
            73 => Self::ShiftRight,
            74 => Self::SetContains,
            75 => Self::SetEquivalent,
            76 => Self::SetIntersects,
            77 => Self::Slice,
            78 => Self::Flatten,
            79 => Self::Sort,
            80 => Self::SortByKeys,
            81 => Self::Distinct,
            82 => Self::Range,
            83 => Self::First,
            84 => Self::Last,
            85 => Self::Base64Encode,
            86 => Self::Base64Decode,
            87 => Self::OptionalOf,
            88 => Self::OptionalNone,
            89 => Self::OptionalOfNonZero,
            90 => Self::HasValue,
            91 => Self::OptionalValue,
            92 => Self::OptionalSelect,
            93 => Self::Unwrap,
            94 => Self::ListWith,
            95 => Self::MapWith,
            96 => Self::Entries,
            97 => Self::MapOfEntries,
            98 => Self::MergeMaps,
            99 => Self::Bucket,
            100 => Self::Arm,
            _ => return None,
        })
    }
}
