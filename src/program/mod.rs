//! The compiled form of a policy: variables, slots and cells, formulas, expressions; its byte format and digests.

mod cell;
mod expression;
mod formula;
mod model;
mod value;

pub use cell::*;
pub use expression::*;
pub use formula::*;
pub use model::*;
pub use value::Value;
