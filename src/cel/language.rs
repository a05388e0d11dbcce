//! What an expression outside of policies is checked by: the language as it is defined, without what policies add to it and leave out.

use super::Type;

/// How expressions are read that belong to no policy.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// The namespace in which names are looked up first, from its innermost part outwards; empty for none.
    pub container: String,
    /// Functions that are declared and do not exist: they can be checked, and fault when they are called.
    pub functions: Vec<Declared>,
    /// Types are checked. Without, every mistake waits until it is met.
    pub checks: bool,
}

/// A declared function.
#[derive(Debug, Clone)]
pub struct Declared {
    /// Its name; dots belong to a namespace.
    pub name: String,
    /// Its signatures.
    pub overloads: Vec<Overload>,
}

/// A signature of a declared function.
#[derive(Debug, Clone)]
pub struct Overload {
    /// It is called on its first parameter.
    pub method: bool,
    /// Types of its parameters.
    pub params: Vec<Type>,
    /// Type of its result.
    pub result: Type,
}
