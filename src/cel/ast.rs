//! The syntax tree of a condition, as parsed: names are not resolved and nothing is typed.

use crate::report::Span;

/// A parsed expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expression. Macros (`all`, `exists`, `has` …) are calls here; the checker expands them.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// A name. A leading dot makes it absolute.
    Name {
        /// The identifier.
        name: String,
        /// Written as `.name`.
        absolute: bool,
    },
    /// `operand.member`.
    Member {
        /// What the member is taken of.
        operand: Box<Expr>,
        /// The member's name.
        member: String,
        /// Where the member's name stands.
        member_span: Span,
        /// Written as `operand.?member`.
        optional: bool,
    },
    /// `operand[index]`.
    Index {
        /// What is indexed.
        operand: Box<Expr>,
        /// The index or key.
        index: Box<Expr>,
        /// Written as `operand[?index]`.
        optional: bool,
    },
    /// `function(args)` or `target.function(args)`.
    Call {
        /// The receiver of a method call.
        target: Option<Box<Expr>>,
        /// The function's name; with a dot before it where it is written as `.function(args)` and names no function of a container.
        function: String,
        /// Where the function's name stands.
        function_span: Span,
        /// The arguments.
        args: Vec<Expr>,
    },
    /// `!operand`, `-operand`.
    Unary {
        /// Which.
        op: UnaryOp,
        /// Its operand.
        operand: Box<Expr>,
    },
    /// `left op right`, other than `&&` and `||`.
    Binary {
        /// Which.
        op: BinaryOp,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
    },
    /// `a && b && …`.
    And(Vec<Expr>),
    /// `a || b || …`.
    Or(Vec<Expr>),
    /// `test ? then : otherwise`.
    If {
        /// The condition.
        test: Box<Expr>,
        /// Value where it holds.
        then: Box<Expr>,
        /// Value where it does not.
        otherwise: Box<Expr>,
    },
    /// `[a, ?b]`.
    List(Vec<Element>),
    /// `{k: v, ?k: v}`.
    Map(Vec<Entry>),
}

/// An element of a list literal.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// The element.
    pub value: Expr,
    /// Written with a leading `?`.
    pub optional: bool,
}

/// An entry of a map literal.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Expr,
    /// The value.
    pub value: Expr,
    /// Written with a leading `?`.
    pub optional: bool,
}

/// A literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// `12`, `0x1F`.
    Int(i64),
    /// `12u`.
    Uint(u64),
    /// `1.5`, `1e9`.
    Double(f64),
    /// A string.
    String(String),
    /// `b"…"`.
    Bytes(Vec<u8>),
}

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `!`
    Not,
    /// `-`
    Negate,
}

/// Operators with two strict operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `in`
    In,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
}
