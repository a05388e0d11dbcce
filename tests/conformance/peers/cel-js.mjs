// The package `@marcbachmann/cel-js` as an engine of the conformance tests.
//
// Configured: optional types, mixed lists and maps, names that are not declared are `dyn`, limits out of the way; declared types are registered, except where
// the test switches checking off; its checker tells the type. It has no qualified names: a binding of `a.b` becomes a map. It has no containers.

import { Environment, Optional } from "@marcbachmann/cel-js";
import { Duration, UnsignedInt } from "@marcbachmann/cel-js/evaluator";
import { base64, bytes, double, serve, timed } from "./serve.mjs";

const LIMIT = 1_000_000;
const base = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
  limits: { maxAstNodes: LIMIT, maxDepth: LIMIT, maxListElements: LIMIT, maxMapEntries: LIMIT, maxCallArguments: LIMIT },
});

const NANOS = 1_000_000_000;

/** @param {string} text seconds with a fraction, `-1.5s` */
function duration(text) {
  const [, sign, whole, fraction = ""] = /** @type {RegExpExecArray} */ (/^(-?)(\d+)(?:\.(\d+))?s$/.exec(text));
  const nanos = Number(fraction.padEnd(9, "0"));
  return sign ? new Duration(-BigInt(whole), -nanos) : new Duration(BigInt(whole), nanos);
}

/** In proto3 JSON: a fraction of three, six or nine digits. @param {bigint} seconds @param {number} nanos */
function durationText(seconds, nanos) {
  const all = seconds * BigInt(NANOS) + BigInt(nanos);
  const digits = String(all < 0n ? -all : all).padStart(10, "0");
  const fraction = digits.slice(-9).replace(/(?:000){1,3}$/, "");
  return `${all < 0n ? "-" : ""}${digits.slice(0, -9)}${fraction && `.${fraction}`}s`;
}

/** @param {Record<string, any>} typed @returns {any} */
function read(typed) {
  const [[kind, held]] = Object.entries(typed);
  switch (kind) {
    case "int64Value":
      return BigInt(held);
    case "uint64Value":
      return new UnsignedInt(BigInt(held));
    case "doubleValue":
      return Number(held);
    case "bytesValue":
      return bytes(held);
    case "listValue":
      return (held.values ?? []).map(read);
    case "mapValue":
      return new Map((held.entries ?? []).map((/** @type {any} */ { key, value }) => [read(key), read(value)]));
    case "typeValue":
      return base.evaluate(held);
    case "objectValue":
      return held["@type"].endsWith("Timestamp") ? new Date(held.value) : duration(held.value);
    case "optionalValue":
      return held ? Optional.of(read(held)) : Optional.none();
    default: // stringValue, boolValue, nullValue
      return held;
  }
}

/** Its own names for what the language calls otherwise. @type {Record<string, string>} */
const NAMES = { null: "null_type", optional: "optional_type" };

/** @param {any} value @returns {object} */
function write(value) {
  if (value === null) return { nullValue: null };
  if (typeof value === "bigint") return { int64Value: String(value) };
  if (typeof value === "number") return { doubleValue: double(value) };
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (value instanceof Uint8Array) return { bytesValue: base64(value) };
  if (value instanceof UnsignedInt) return { uint64Value: String(value.value) };
  if (value instanceof Date) return timed("Timestamp", value.toISOString().replace(".000Z", "Z"));
  if (value instanceof Duration) return timed("Duration", durationText(value.seconds, value.nanos));
  if (value instanceof Optional) return { optionalValue: value.hasValue() ? write(value.value()) : null };
  if (Array.isArray(value) || value instanceof Set) return { listValue: { values: [...value].map(write) } };
  const type = /^\[object Type<(.*)>\]$/.exec(Object.prototype.toString.call(value));
  if (type) return { typeValue: NAMES[type[1]] ?? type[1] };
  if (typeof value === "object") {
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    return { mapValue: { entries: entries.map(([key, held]) => ({ key: write(key), value: write(held) })) } };
  }
  throw new Error(`a value without a form: ${String(value)}`);
}

/** A declared type as it writes it. @param {Record<string, any>} type @returns {string} */
function declared(type) {
  const [[kind, of]] = Object.entries(type);
  switch (kind) {
    case "primitive":
      return { INT64: "int", UINT64: "uint" }[/** @type {string} */ (of)] ?? of.toLowerCase();
    case "listType":
      return `list<${declared(of.elemType)}>`;
    case "mapType":
      return `map<${declared(of.keyType)}, ${declared(of.valueType)}>`;
    case "messageType":
      return of;
    case "typeParam":
      return of;
    default:
      return kind;
  }
}

/** A type that it tells as the runner writes it. @param {string} text */
const told = (text) => text.replace(/optional</g, "optional_type<").replace(/\b[A-Z]\b/g, "dyn").replace(/</g, "(").replace(/>/g, ")")
  .replace(/^list$/, "list(dyn)").replace(/^map$/, "map(dyn, dyn)");

/** @param {any[]} declarations */
function environment(declarations) {
  const env = base.clone();
  for (const { name, ident, function: called } of declarations) {
    if (ident && /^\w+$/.test(name) && !["true", "false", "null"].includes(name)) env.registerVariable(name, declared(ident.type));
    for (const { params = [], resultType } of called?.overloads ?? []) {
      env.registerFunction(`${name}(${params.map(declared).join(", ")}): ${declared(resultType)}`, () => null);
    }
  }
  return env;
}

/** @param {Record<string, any>} bindings */
function context(bindings) {
  /** @type {Record<string, any>} */
  const all = {};
  for (const [name, typed] of Object.entries(bindings)) {
    const path = name.split(".");
    const last = /** @type {string} */ (path.pop());
    let inner = all;
    for (const part of path) inner = inner[part] ??= {};
    inner[last] = read(typed);
  }
  return all;
}

serve(({ expr, bindings = {}, type_env = [], disable_check, check_only }) => {
  const parsed = environment(disable_check || !Array.isArray(type_env) ? [] : type_env).parse(expr);
  const { valid, type, error } = parsed.check();
  if (check_only && !valid) throw error;
  const checked = valid ? { type: told(/** @type {string} */ (type)) } : {};
  return check_only ? checked : { value: write(parsed(context(bindings))), ...checked };
});
