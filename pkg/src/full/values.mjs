// Plain values as bytes, and back: how the rarely asked questions cross to the engine. The bytes are those of values in a program (src/program/codec.rs).

import { LeadgateError } from "../error.mjs";

const NULL = 0;
const BOOL = 1;
const INT = 2;
const DOUBLE = 4;
const STRING = 5;
const LIST = 7;
const MAP = 8;
const TIMESTAMP = 9;

/** How deep what is given may be nested; the engine bears more. */
const DEPTH = 64;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

class Writer {
  bytes = new Uint8Array(1024);
  length = 0;

  /** @param {number} count */
  #room(count) {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** @param {number} byte */
  byte(byte) {
    this.#room(1);
    this.bytes[this.length++] = byte;
  }

  /** An unsigned number of at most 2^53. @param {number} value */
  number(value) {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** A whole number with a sign. @param {number} value */
  whole(value) {
    // Beyond 2^52 the doubled number is no safe integer any more.
    if (Math.abs(value) < 2 ** 52) return this.number(value < 0 ? -2 * value - 1 : 2 * value);
    let rest = value < 0n ? -2n * BigInt(value) - 1n : 2n * BigInt(value);
    while (rest >= 0x80n) {
      this.byte(Number(rest % 0x80n) | 0x80);
      rest /= 0x80n;
    }
    this.byte(Number(rest));
  }

  /** @param {string} text @param {string} path */
  text(text, path) {
    if (!text.isWellFormed()) throw new LeadgateError("not-unicode", "the text is not valid Unicode", { path, help: "give well-formed Unicode, without half of a surrogate pair" });
    this.#room(text.length * 3 + 5);
    const bytes = encoder.encode(text);
    this.number(bytes.length);
    this.#room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** @param {number} value */
  double(value) {
    this.#room(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** @param {unknown} value @param {string} path @param {number} depth */
  value(value, path, depth) {
    if (depth > DEPTH) throw new LeadgateError("too-deep", "what is given is nested too deeply", { path, help: "give plain objects and lists" });
    if (value === undefined || value === null) return this.byte(NULL);
    if (typeof value === "boolean") {
      this.byte(BOOL);
      return this.byte(value ? 1 : 0);
    }
    if (typeof value === "number") {
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
        this.byte(INT);
        return this.whole(value);
      }
      this.byte(DOUBLE);
      return this.double(value);
    }
    if (typeof value === "string") {
      this.byte(STRING);
      return this.text(value, path);
    }
    if (value instanceof Date) {
      const at = value.getTime();
      if (!Number.isSafeInteger(at)) throw new LeadgateError("wrong-type", "the date is not valid", { path, help: "give a date that exists" });
      this.byte(INT);
      return this.whole(at);
    }
    if (Array.isArray(value)) {
      this.byte(LIST);
      this.number(value.length);
      for (let at = 0; at < value.length; at++) this.value(value[at], `${path}[${at}]`, depth + 1);
      return;
    }
    if (typeof value === "object") {
      const entries = Object.entries(value).filter(([, item]) => item !== undefined);
      this.byte(MAP);
      this.number(entries.length);
      for (const [name, item] of entries) {
        this.byte(STRING);
        this.text(name, path);
        this.value(item, path === "" ? name : `${path}.${name}`, depth + 1);
      }
      return;
    }
    throw new LeadgateError("wrong-type", `a ${typeof value} is no plain value`, { path, help: "give texts, numbers, bools, dates, lists and objects" });
  }
}

/** @param {unknown} value @returns {Uint8Array} */
export function bytesOf(value) {
  const writer = new Writer();
  writer.value(value, "", 0);
  return writer.bytes.subarray(0, writer.length);
}

/** What the engine wrote. @param {Uint8Array} bytes @returns {any} */
export function valueOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const number = () => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = view.getUint8(at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  };
  const whole = () => {
    const start = at;
    const value = number();
    if (value <= Number.MAX_SAFE_INTEGER) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    at = start;
    let exact = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++);
      exact |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number((exact >> 1n) ^ -(exact & 1n));
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return decoder.decode(bytes.subarray(at - length, at));
  };
  /** @returns {any} */
  const value = () => {
    const tag = view.getUint8(at++);
    switch (tag) {
      case NULL: return null;
      case BOOL: return view.getUint8(at++) === 1;
      case INT: return whole();
      case DOUBLE: at += 8; return view.getFloat64(at - 8, true);
      case STRING: return text();
      case LIST: return Array.from({ length: number() }, value);
      case MAP: return Object.fromEntries(Array.from({ length: number() }, () => [value(), value()]));
      case TIMESTAMP: return new Date(whole() * 1000 + Math.floor(number() / 1e6)).toISOString();
      default: throw new Error(`tag ${tag}`);
    }
  };
  return value();
}
