// Typed values as a reader, and the language, would write them.

/** @param {any} typed in the suite's proto3 JSON @returns {string} */
export function literal(typed) {
  const [[kind, held]] = Object.entries(typed);
  /** A number below zero is no operand of `.`. @param {string} text */
  const number = (text) => (text.startsWith("-") ? `(${text})` : text);
  switch (kind) {
    case "int64Value":
      return number(String(held));
    case "uint64Value":
      return `${held}u`;
    case "doubleValue":
      if (Number.isNaN(Number(held)) || !Number.isFinite(Number(held))) return `double("${held}")`;
      return number(Object.is(Number(held), -0) ? "-0.0" : /[.e]/.test(String(held)) ? String(held) : `${held}.0`);
    case "stringValue":
      return JSON.stringify(held);
    case "bytesValue":
      return `b"${[...Buffer.from(held, "base64")].map((byte) => (byte > 0x1f && byte < 0x7f && byte !== 0x22 && byte !== 0x5c ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`)).join("")}"`;
    case "listValue":
      return `[${(held.values ?? []).map(literal).join(", ")}]`;
    case "mapValue":
      return `{${(held.entries ?? []).map((/** @type {any} */ { key, value }) => `${literal(key)}: ${literal(value)}`).join(", ")}}`;
    case "objectValue":
      return `${held["@type"].endsWith("Timestamp") ? "timestamp" : "duration"}("${held.value}")`;
    case "optionalValue":
      return held ? `optional.of(${literal(held)})` : "optional.none()";
    case "nullValue":
      return "null";
    default: // boolValue, typeValue
      return String(held);
  }
}

/** An answer in short. @param {any} answer @returns {string} */
export const says = (answer) => answer.crashed ?? (answer.error !== undefined ? "error" : literal(answer.value));
