//! Time zones of expressions: fixed offsets, zones made ready, and, where policies are compiled, names.

use super::super::Fault;
use super::time::read_offset;
use crate::program::Value;
use crate::time;

/// How many seconds a zone is ahead of UTC at a second since 1970: a fixed offset such as `+08:00`, `UTC`, or a zone made ready.
pub(super) fn offset(zone: &Value, at: i64) -> Result<i64, Fault> {
    match zone {
        Value::Ready(bytes) => time::offset(bytes, at).ok_or(Fault::Malformed),
        Value::String(name) => match read_offset(name) {
            Some(offset) => Ok(offset),
            None if name.is_empty() || **name == *"UTC" => Ok(0),
            None => named(name, at),
        },
        _ => Err(Fault::NoOverload),
    }
}

#[cfg(feature = "author")]
fn named(name: &str, at: i64) -> Result<i64, Fault> {
    let zone = super::zone(name).ok_or(Fault::Argument)?;
    time::offset(&zone, at).ok_or(Fault::Malformed)
}

/// The names of zones are known where policies are compiled.
#[cfg(not(feature = "author"))]
fn named(_: &str, _: i64) -> Result<i64, Fault> {
    Err(Fault::Argument)
}
