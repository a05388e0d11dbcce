//! The crate `cel` as an engine of the conformance tests: a line of JSON in, an answer out.
//!
//! Configured: its standard library with optionals, its extensions `strings`, `math`, `lists` and `encoders`, quoted identifiers, and the container. It has no type checker.

use std::error::Error;
use std::io::{BufRead, Write};
use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cel::common::types::{CelBool, CelBytes, CelDouble, CelDuration, CelInt, CelList, CelMap, CelMapKey, CelNull, CelOptional, CelString, CelTimestamp, CelType, CelUInt};
use cel::common::value::Val;
use cel::{Context, Env, Value, extensions};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value as Json, json};

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let ordinary = Arc::new(environment("")?);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line: Json = serde_json::from_str(&line?)?;
        let mut answer = answer(&line, &ordinary).unwrap_or_else(|error| json!({ "error": error.to_string(), "phase": "evaluate" }));
        answer["id"] = line["id"].clone();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn environment(container: &str) -> Fallible<Env> {
    let mut env = Env::stdlib();
    env.add_extension(extensions::strings)?;
    env.add_extension(extensions::math)?;
    env.add_extension(extensions::lists)?;
    env.add_extension(extensions::encoders)?;
    env.set_container(container)?;
    Ok(env)
}

fn answer(line: &Json, ordinary: &Arc<Env>) -> Fallible<Json> {
    if line["check_only"] == true {
        return Err("there is no type checker".into());
    }
    let env = match text(&line["container"]) {
        "" => Arc::clone(ordinary),
        container => Arc::new(environment(container)?),
    };
    let expression = env.parser().enable_ident_escape_syntax(true).parse(text(&line["expr"]))?;
    let mut context = Context::with_env(env);
    for (name, typed) in line["bindings"].as_object().into_iter().flatten() {
        context.add_variable_as_val(name.as_str(), read(typed)?);
    }
    let value = Value::resolve_val(&expression, &context)?;
    Ok(json!({ "value": write(value.as_ref())? }))
}

fn text(held: &Json) -> &str {
    held.as_str().unwrap_or_default()
}

fn read(typed: &Json) -> Fallible<Box<dyn Val>> {
    let (kind, held) = typed.as_object().and_then(|fields| fields.iter().next()).ok_or("no value")?;
    Ok(match kind.as_str() {
        "int64Value" => Box::new(CelInt::from(text(held).parse::<i64>()?)),
        "uint64Value" => Box::new(CelUInt::from(text(held).parse::<u64>()?)),
        "doubleValue" => Box::new(CelDouble::from(match held.as_f64() {
            Some(number) => number,
            None => text(held).parse()?,
        })),
        "stringValue" => Box::new(CelString::from(text(held).to_owned())),
        "bytesValue" => Box::new(CelBytes::from(STANDARD.decode(text(held))?)),
        "boolValue" => Box::new(CelBool::from(held == true)),
        "nullValue" => Box::new(CelNull),
        "listValue" => Box::new(CelList::from(held["values"].as_array().into_iter().flatten().map(read).collect::<Fallible<Vec<_>>>()?)),
        "mapValue" => {
            let entries = held["entries"].as_array().into_iter().flatten().map(|entry| Ok((key(&entry["key"])?, read(&entry["value"])?)));
            Box::new(CelMap::from(entries.collect::<Fallible<std::collections::HashMap<_, _>>>()?))
        }
        "optionalValue" if held.is_null() => Box::new(CelOptional::none()),
        "optionalValue" => Box::new(CelOptional::of(read(held)?)),
        "typeValue" => Box::new(CelType::new(text(held))),
        "objectValue" if text(&held["@type"]).ends_with("Timestamp") => Box::new(CelTimestamp::from(DateTime::parse_from_rfc3339(text(&held["value"]))?)),
        "objectValue" => Box::new(CelDuration::from(duration(text(&held["value"]))?)),
        other => return Err(format!("no such kind: {other}").into()),
    })
}

fn key(typed: &Json) -> Fallible<CelMapKey<'static>> {
    let (kind, held) = typed.as_object().and_then(|fields| fields.iter().next()).ok_or("no key")?;
    Ok(match kind.as_str() {
        "int64Value" => CelMapKey::from(text(held).parse::<i64>()?),
        "uint64Value" => CelMapKey::from(text(held).parse::<u64>()?),
        "boolValue" => CelMapKey::from(held == true),
        _ => CelMapKey::from(text(held).to_owned()),
    })
}

/// Seconds with a fraction, `-1.5s`.
fn duration(written: &str) -> Fallible<TimeDelta> {
    let seconds = written.strip_suffix('s').ok_or("no unit")?;
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let nanos: i64 = format!("{fraction:0<9}").parse()?;
    let nanos = if seconds.starts_with('-') { -nanos } else { nanos };
    Ok(TimeDelta::try_seconds(whole.parse()?).ok_or("out of range")? + TimeDelta::nanoseconds(nanos))
}

/// In proto3 JSON: a fraction of three, six or nine digits.
fn duration_text(duration: TimeDelta) -> String {
    let (seconds, nanos) = (duration.num_seconds(), duration.subsec_nanos());
    let sign = if seconds < 0 || nanos < 0 { "-" } else { "" };
    let digits = format!("{:09}", nanos.unsigned_abs());
    let mut fraction = digits.as_str();
    while let Some(shorter) = fraction.strip_suffix("000") {
        fraction = shorter;
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}s", seconds.unsigned_abs())
}

fn timed(name: &str, value: String) -> Json {
    json!({ "objectValue": { "@type": format!("type.googleapis.com/google.protobuf.{name}"), "value": value } })
}

fn write(value: &dyn Val) -> Fallible<Json> {
    if let Some(int) = value.downcast_ref::<CelInt>() {
        return Ok(json!({ "int64Value": int.inner().to_string() }));
    }
    if let Some(uint) = value.downcast_ref::<CelUInt>() {
        return Ok(json!({ "uint64Value": uint.inner().to_string() }));
    }
    if let Some(double) = value.downcast_ref::<CelDouble>() {
        let number = *double.inner();
        let written = if number.is_finite() { json!(number) } else if number.is_nan() { json!("NaN") } else { json!(if number > 0.0 { "Infinity" } else { "-Infinity" }) };
        return Ok(json!({ "doubleValue": written }));
    }
    if let Some(string) = value.downcast_ref::<CelString>() {
        return Ok(json!({ "stringValue": string.inner() }));
    }
    if let Some(bytes) = value.downcast_ref::<CelBytes>() {
        return Ok(json!({ "bytesValue": STANDARD.encode(bytes.inner()) }));
    }
    if let Some(bool) = value.downcast_ref::<CelBool>() {
        return Ok(json!({ "boolValue": bool.inner() }));
    }
    if value.downcast_ref::<CelNull>().is_some() {
        return Ok(json!({ "nullValue": null }));
    }
    if let Some(list) = value.downcast_ref::<CelList>() {
        return Ok(json!({ "listValue": { "values": list.inner().iter().map(|held| write(held.as_ref())).collect::<Fallible<Vec<_>>>()? } }));
    }
    if let Some(map) = value.downcast_ref::<CelMap>() {
        let entries = map.inner().iter().map(|(key, held)| Ok(json!({ "key": write(key.inner())?, "value": write(held.as_ref())? })));
        return Ok(json!({ "mapValue": { "entries": entries.collect::<Fallible<Vec<_>>>()? } }));
    }
    if let Some(of) = value.downcast_ref::<CelType>() {
        return Ok(json!({ "typeValue": of.name() }));
    }
    if let Some(optional) = value.downcast_ref::<CelOptional>() {
        return Ok(json!({ "optionalValue": optional.option().map(write).transpose()? }));
    }
    if let Some(timestamp) = value.downcast_ref::<CelTimestamp>() {
        return Ok(timed("Timestamp", timestamp.inner().with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::AutoSi, true)));
    }
    if let Some(duration) = value.downcast_ref::<CelDuration>() {
        return Ok(timed("Duration", duration_text(*duration.inner())));
    }
    Err(format!("a value without a form: {value:?}").into())
}
