//! Patterns and time zones of policies: written out, they are made ready when the policy is compiled.

use super::Checker;
use crate::cel::{Checked, CheckedKind};
use crate::engine::machine::{pattern, zone, zone_names};
use crate::program::{Function, Value};
use crate::report::{Diagnostic, suggest};

impl Checker<'_> {
    /// Makes the pattern or zone among the arguments ready, and says whether it was in order.
    pub(super) fn ready(&mut self, function: Function, args: &mut [Checked]) -> bool {
        let made = match (function, args) {
            (Function::Matches | Function::Extract | Function::ExtractAll | Function::ReplacePattern, [_, written, ..]) => ready_pattern(function, written),
            (
                Function::FullYear | Function::Month | Function::Date | Function::DayOfMonth | Function::DayOfWeek | Function::DayOfYear | Function::Hours
                | Function::Minutes | Function::Seconds | Function::Milliseconds,
                [_, written],
            ) => ready_zone(written),
            (Function::Bucket, [_, written]) => literal(written, "name of buckets").map(|_| ()),
            _ => Ok(()),
        };
        made.map_err(|diagnostic| self.errors.push(diagnostic)).is_ok()
    }
}

fn literal(written: &Checked, what: &str) -> Result<String, Diagnostic> {
    match &written.kind {
        CheckedKind::Const(Value::String(text)) => Ok(text.to_string()),
        _ => {
            let message = format!("a {what} is written out, and this is worked out");
            Err(Diagnostic::error("not-written-out", written.span, message).help(format!("write the {what} as a text in quotes: it is read when the policy is compiled")))
        }
    }
}

fn ready_pattern(function: Function, written: &mut Checked) -> Result<(), Diagnostic> {
    let text = literal(written, "pattern")?;
    let wrong = |message: String| Diagnostic::error("bad-pattern", written.span, message).help("patterns are written as in RE2; a raw text spares the second backslash: `r\"\\d+\"`");
    let bytes = pattern(&text).map_err(|error| wrong(format!("`{text}` is no pattern: {error}")))?;
    let groups = bytes.get(1..3).and_then(|bytes| bytes.try_into().ok()).map_or(0, u16::from_le_bytes);
    if matches!(function, Function::Extract | Function::ExtractAll) && groups > 2 {
        return Err(wrong(format!("`{text}` has {} groups, and one at most is extracted", groups - 1)).help("write `(?:…)` for what is not to be extracted"));
    }
    written.kind = CheckedKind::Const(Value::Ready(bytes.into()));
    Ok(())
}

fn ready_zone(written: &mut Checked) -> Result<(), Diagnostic> {
    let name = literal(written, "time zone")?;
    let bytes = zone(&name).ok_or_else(|| {
        let error = Diagnostic::error("unknown-zone", written.span, format!("unknown time zone `{name}`"));
        let names: Vec<String> = zone_names().collect();
        match suggest(&name, names.iter().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("zones are written as `Asia/Shanghai`, fixed offsets as `+08:00`"),
        }
    })?;
    written.kind = CheckedKind::Const(Value::Ready(bytes));
    Ok(())
}
