// Values as they cross to the engine and back where that happens rarely: the bytes that src/program/codec.rs writes and reads.
// Numbers are LEB128, signed ones zigzag; doubles eight bytes, little endian; what has a length stands after it.

import { isPlain, shown } from "../encode.mjs";
import { LeadgateError } from "../error.mjs";

const NULL = 0;
const BOOL = 1;
const INT = 2;
const DOUBLE = 4;
const STRING = 5;
const LIST = 7;
const MAP = 8;
const TIMESTAMP = 9;

/** How deep values may nest; no state and no option comes near it. */
const DEPTH = 16;
/** The first and the last moment that has a year of four digits, in milliseconds. */
const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_799_999;

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Bytes being written. */
class Writer {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** @param {number} count */
  #room(count) {
    if (this.#length + count <= this.#bytes.length) return;
    const more = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    more.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = more;
  }

  get bytes() {
    return this.#bytes.subarray(0, this.#length);
  }

  /** @param {number} value */
  byte(value) {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  /** @param {number} value a safe integer, not negative */
  number(value) {
    for (; value >= 0x80; value = Math.floor(value / 0x80)) this.byte((value % 0x80) | 0x80);
    this.byte(value);
  }

  /** @param {number} value a safe integer */
  int(value) {
    this.byte(INT);
    // Twice a safe integer is exact.
    const coded = BigInt(value) >= 0n ? BigInt(value) << 1n : (-BigInt(value) << 1n) - 1n;
    let rest = coded;
    for (; rest >= 0x80n; rest >>= 7n) this.byte(Number(rest & 0x7fn) | 0x80);
    this.byte(Number(rest));
  }

  /** @param {number} value */
  double(value) {
    this.byte(DOUBLE);
    this.#room(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** @param {string} value */
  text(value) {
    const bytes = utf8.encode(value);
    this.byte(STRING);
    this.number(bytes.length);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }
}

/** @param {string} path @param {unknown} value @param {string} [what] */
const wrong = (path, value, what = "cannot be read here") =>
  new LeadgateError("wrong-type", `${path === "" ? "what was given" : `\`${path}\``} ${what}: ${shown(value)}`, { path, help: "give plain JSON: texts, numbers, lists and objects, and a Date for a time" });

/** @param {Writer} out @param {unknown} value @param {string} path @param {number} depth */
function put(out, value, path, depth) {
  if (depth > DEPTH) throw new LeadgateError("wrong-type", `\`${path}\` nests deeper than ${DEPTH} levels`, { path, help: "give plain JSON, without circles" });
  if (value === undefined || value === null) return out.byte(NULL);
  switch (typeof value) {
    case "boolean":
      out.byte(BOOL);
      return out.byte(value ? 1 : 0);
    case "number":
      return Number.isSafeInteger(value) ? out.int(value) : out.double(value);
    case "string":
      if (!value.isWellFormed()) throw new LeadgateError("not-unicode", "the text is not valid Unicode", { path, help: "give well-formed Unicode, without half of a surrogate pair" });
      return out.text(value);
    case "object":
      break;
    default:
      throw wrong(path, value);
  }
  if (value instanceof Date) {
    const at = value.getTime();
    if (!(at >= FIRST && at <= LAST)) throw wrong(path, value, "is no time");
    return out.int(at);
  }
  if (Array.isArray(value)) {
    out.byte(LIST);
    out.number(value.length);
    // Holes are read as well.
    for (let at = 0; at < value.length; at += 1) put(out, value[at], `${path}[${at}]`, depth + 1);
    return;
  }
  // As in JSON, what is undefined is not there.
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  // A Map, or a promise that was not awaited, has nothing that could be read; it must not pass for an empty state.
  if (entries.length === 0 && !isPlain(value)) throw wrong(path, value);
  out.byte(MAP);
  out.number(entries.length);
  for (const [name, entry] of entries) {
    out.text(name);
    put(out, entry, path === "" ? name : `${path}.${name}`, depth + 1);
  }
}

/**
 * The bytes of a value.
 * @param {unknown} value plain: what JSON has, and Dates
 * @param {string} [path] what it is called in messages
 */
export function bytesOf(value, path = "") {
  const out = new Writer();
  try {
    put(out, value, path, 0);
  } catch (cause) {
    if (cause instanceof LeadgateError) throw cause;
    throw new LeadgateError("unreadable-input", "what was given cannot be read: one of its properties throws", { path, help: "give an object whose properties are plain values", cause });
  }
  return out.bytes;
}

/** The value of bytes that the engine wrote; a time is a text by RFC 3339. @param {Uint8Array} bytes @returns {any} */
export function valueOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const number = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const int = () => {
    const coded = number();
    return Number((coded >> 1n) ^ -(coded & 1n));
  };
  const text = () => {
    const length = Number(number());
    at += length;
    return fromUtf8.decode(bytes.subarray(at - length, at));
  };
  /** @returns {any} */
  const value = () => {
    switch (bytes[at++]) {
      case NULL:
        return null;
      case BOOL:
        return bytes[at++] === 1;
      case INT:
        return int();
      case DOUBLE:
        at += 8;
        return view.getFloat64(at - 8, true);
      case STRING:
        return text();
      case LIST:
        return Array.from({ length: Number(number()) }, value);
      case MAP:
        // `fromEntries` defines properties, whatever their names.
        return Object.fromEntries(Array.from({ length: Number(number()) }, () => [value(), value()]));
      case TIMESTAMP: {
        const seconds = int();
        return new Date(seconds * 1000 + Math.floor(Number(number()) / 1e6)).toISOString();
      }
      default:
        throw new RangeError(`the engine wrote byte ${bytes[at - 1]}`);
    }
  };
  return value();
}
