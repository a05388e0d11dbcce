//! Why an expression faulted, and how much work it may take.

/// How much work one evaluation may take: a node costs 1, an element that is looked at or made costs 1, and so do 16 bytes of text.
///
/// A condition of a thousand nodes on texts of 10,000 characters stays below it.
pub const WORK_LIMIT: u64 = 1_000_000;

/// Why an expression faulted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An integer beyond its range.
    Overflow,
    /// Division or remainder by zero.
    DivideByZero,
    /// An index outside its list or text.
    Index,
    /// A key that the map does not have.
    NoSuchKey,
    /// Operands that the function does not take.
    NoOverload,
    /// A text or number that the conversion does not take.
    Conversion,
    /// An argument that the function does not take.
    Argument,
    /// It read something that had faulted before.
    Inherited,
    /// It took more work than [`WORK_LIMIT`], or is nested too deeply.
    Fuel,
    /// It refers to a node, constant or list that the program does not have; loading refuses such a program.
    Malformed,
}
