// The package `@bufbuild/cel` as an engine of the conformance tests.
//
// Configured: the extension `strings`, the only one that it has; the container as its namespace. Its type checker is not part of its surface.

import { CelScalar, celEnv, celUint, isCelError, isCelList, isCelMap, isCelType, isCelUint, listType, mapType, objectType, parse, plan } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { fromJson, toJson } from "@bufbuild/protobuf";
import { isReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { base64, bytes, double, serve, timed } from "./serve.mjs";

const { DYN } = CelScalar;
/** @type {Map<string, any>} */
const types = new Map(Object.values(CelScalar).map((type) => [type.name, type]));
types.set("list", listType(DYN));
types.set("map", mapType(DYN, DYN));

/** @param {Record<string, any>} typed @returns {any} */
function read(typed) {
  const [[kind, held]] = Object.entries(typed);
  switch (kind) {
    case "int64Value":
      return BigInt(held);
    case "uint64Value":
      return celUint(BigInt(held));
    case "doubleValue":
      return Number(held);
    case "bytesValue":
      return bytes(held);
    case "listValue":
      return (held.values ?? []).map(read);
    case "mapValue":
      return new Map((held.entries ?? []).map((/** @type {any} */ { key, value }) => [read(key), read(value)]));
    case "typeValue":
      return types.get(held) ?? objectType(held);
    case "objectValue":
      // As a reflected message, for elements of a list are read after the evaluation, when nothing else tells what a message is.
      return held["@type"].endsWith("Timestamp")
        ? reflect(TimestampSchema, fromJson(TimestampSchema, held.value))
        : reflect(DurationSchema, fromJson(DurationSchema, held.value));
    case "optionalValue":
      throw new Error("there are no optional values");
    default: // stringValue, boolValue, nullValue
      return held;
  }
}

/** @param {any} value @returns {object} */
function write(value) {
  if (value === null) return { nullValue: null };
  if (typeof value === "bigint") return { int64Value: String(value) };
  if (typeof value === "number") return { doubleValue: double(value) };
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (value instanceof Uint8Array) return { bytesValue: base64(value) };
  if (isCelUint(value)) return { uint64Value: String(value.value) };
  if (isCelList(value)) return { listValue: { values: [...value].map(write) } };
  if (isCelMap(value)) return { mapValue: { entries: [...value].map(([key, held]) => ({ key: write(key), value: write(held) })) } };
  if (isCelType(value)) return { typeValue: value.name };
  if (isReflectMessage(value, TimestampSchema)) return timed("Timestamp", toJson(TimestampSchema, /** @type {any} */ (value.message)));
  if (isReflectMessage(value, DurationSchema)) return timed("Duration", toJson(DurationSchema, /** @type {any} */ (value.message)));
  throw new Error(`a value without a form: ${String(value)}`);
}

serve(({ expr, bindings = {}, container, check_only }) => {
  if (check_only) throw new Error("there is no type checker");
  const run = plan(celEnv({ namespace: container ?? "", funcs: strings }), parse(expr));
  const value = run(Object.fromEntries(Object.entries(bindings).map(([name, typed]) => [name, read(/** @type {any} */ (typed))])));
  if (isCelError(value)) throw value;
  return { value: write(value) };
});
