// Leads as numbers: one per field, written straight into the engine's memory.
// Every property of the caller's object is read here, before the engine is entered; a getter that throws leaves nothing half done.

import { LeadgateError } from "./error.mjs";

/** How many texts of one field are remembered; beyond it each is looked at anew. */
const REMEMBERED = 4096;
const ABSENT = NaN;
const DECLINED = Infinity;
const OPEN = -Infinity;

/**
 * @typedef {import("./results.mjs").Made["fields"][number]} Field
 * @typedef {{ text(field: number, text: string, keep: boolean): number, choice(field: number, id: string): Float64Array, normal(field: number, number: number): string }} Texts
 */

/** An answer that its field cannot have. */
export class AnswerError extends Error {
  /** @param {string} code @param {string} message @param {string} [help] */
  constructor(code, message, help) {
    super(message);
    this.code = code;
    this.help = help;
  }
}

/** A value for a message, short and without calling into it. @param {unknown} value */
export function shown(value) {
  if (typeof value === "string") return `\`${value.length > 40 ? `${value.slice(0, 40)}…` : value}\``;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return `\`${value}\``;
  if (value === null || value === undefined) return `${value}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  return Array.isArray(value) ? "a list" : value instanceof Date ? "a Date" : "an object";
}

/** Whether an object is of no class; objects of another realm count as well. @param {object} value */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const WANTED = { int: "a whole number", double: "a number", bool: "true or false", string: "a text", enum: "one of its values" };

/** One field's way from an answer to a number. */
export class FieldEncoder {
  /** @param {Field} field @param {number} index @param {(kind: number) => AnswerError} failure */
  constructor(field, index, failure) {
    this.name = field.name;
    this.type = field.type;
    this.index = index;
    this.maxLength = field.maxLength ?? 0;
    this.failure = failure;
    /** Numbers of texts, or indices of an enum's values. @type {Map<string, number>} */
    this.known = new Map();
    if (field.type === "enum") field.values?.forEach((value, at) => this.known.set(String(value), at));
    this.values = field.type === "enum" ? (field.values ?? []).map(String) : [];
    // `lead.constructor` is no answer although it is there.
    this.inherited = field.name in Object.prototype;
  }

  /** Texts are forgotten: the engine that numbered them is gone. */
  forget() {
    if (this.type === "string") this.known.clear();
  }

  /** @param {string} text @param {Texts} texts */
  text(text, texts) {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    if (this.type === "enum") {
      throw new AnswerError("unknown-value", `${shown(text)} is not a value of the field`, `its values: ${this.values.slice(0, 12).join(", ")}`);
    }
    if (this.type !== "string") throw this.wrongType(text);
    // A code point is at most two units; what is longer by far is not worth carrying over.
    if (text.length > this.maxLength * 2 + 64) throw this.failure(7);
    if (!text.isWellFormed()) throw this.failure(11);
    const keep = this.known.size < REMEMBERED;
    const number = texts.text(this.index, text, keep);
    if (number < -1) throw this.failure(-2 - number);
    const code = number === -1 ? ABSENT : number;
    if (keep) this.known.set(text, code);
    return code;
  }

  /** @param {unknown} value */
  wrongType(value) {
    return new AnswerError("wrong-type", `the field wants ${WANTED[/** @type {keyof typeof WANTED} */ (this.type)]}, and got ${shown(value)}`);
  }

  /** @param {unknown} value a plain value @param {Texts} texts @returns {number} */
  plain(value, texts) {
    switch (typeof value) {
      case "string":
        return this.text(value, texts);
      case "number":
        if (this.type !== "int" && this.type !== "double") throw this.wrongType(value);
        if (value - value !== 0) throw this.failure(3);
        return value;
      case "boolean":
        if (this.type !== "bool") throw this.wrongType(value);
        return value ? 1 : 0;
      default:
        throw this.wrongType(value);
    }
  }

  /**
   * An answer that is an object: declined, a choice, a range, or a value with its source.
   * @param {Record<string, unknown>} answer @param {Texts} texts
   * @returns {{ code: number, record: boolean }}
   */
  object(answer, texts) {
    if (!isPlain(answer)) throw this.wrongType(answer);
    const { declined, choice, value, source, range, as } = answer;
    if (declined === true) return { code: DECLINED, record: false };
    if (typeof choice === "string") {
      const [kind, code] = texts.choice(this.index, choice);
      if (kind !== 0) throw this.failure(kind);
      return { code, record: false };
    }
    if (range !== undefined && typeof as === "number") return { code: this.plain(as, texts), record: false };
    if ("value" in answer) {
      if (source !== undefined && source !== "typed" && source !== "record") {
        throw new AnswerError("wrong-source", `the source ${shown(source)} is not known`, "a source is `typed` or `record`");
      }
      return { code: value === null || value === undefined ? ABSENT : this.plain(value, texts), record: source === "record" };
    }
    throw new AnswerError("wrong-answer", "the answer is an object of no known form", "write a value, `{ declined: true }`, `{ choice: id }`, `{ range, as }` or `{ value, source }`");
  }
}

/** @param {unknown} lead */
function wrongLead(lead) {
  return new LeadgateError("wrong-lead", `a lead is an object of answers by field, and not ${shown(lead)}`, { path: "lead", help: "for example { seats: 120 }" });
}

/**
 * Writes leads into the engine's memory.
 */
export class Encoder {
  /** @param {Field[]} fields @param {(kind: number) => AnswerError} failure */
  constructor(fields, failure) {
    this.fields = fields.map((field, index) => new FieldEncoder(field, index, failure));
    this.names = fields.map(({ name }) => name);
    this.index = new Map(this.names.map((name, at) => [name, at]));
    this.inherited = this.fields.some(({ inherited }) => inherited);
    /** Whether the lead that stands in memory has an answer from a record. */
    this.hasRecord = false;
  }

  /** Texts are forgotten. */
  forget() {
    for (const field of this.fields) field.forget();
  }

  /**
   * @param {Record<string, unknown>} lead
   * @param {Float64Array} codes
   * @param {Uint8Array} record
   * @param {Texts} texts
   * @param {{ open: boolean, invalid: (field: string, error: AnswerError) => void }} how `open`: what is not given is open; `invalid`
   *   is told of answers that count as absent, or throws
   */
  write(lead, codes, record, texts, how) {
    if (lead === null || typeof lead !== "object" || Array.isArray(lead)) {
      throw wrongLead(lead);
    }
    const { fields, names } = this;
    if (this.hasRecord) {
      record.fill(0);
      this.hasRecord = false;
    }
    let given = 0;
    for (let at = 0; at < names.length; at += 1) {
      const field = fields[at];
      const value = this.inherited && field.inherited && !Object.hasOwn(lead, names[at]) ? undefined : lead[names[at]];
      if (value === undefined) {
        codes[at] = how.open ? OPEN : ABSENT;
        continue;
      }
      given += 1;
      if (value === null) codes[at] = ABSENT;
      else codes[at] = this.answer(field, value, record, texts, how);
    }
    this.checkNames(lead, given, how);
  }

  /**
   * @param {FieldEncoder} field @param {unknown} value @param {Uint8Array} record @param {Texts} texts
   * @param {{ invalid: (field: string, error: AnswerError) => void }} how
   */
  answer(field, value, record, texts, how) {
    if (typeof value === "string") {
      const known = field.known.get(value);
      if (known !== undefined) return known;
    } else if (typeof value === "number") {
      if ((field.type === "int" || field.type === "double") && value - value === 0) return value;
    }
    try {
      if (typeof value !== "object") return field.plain(value, texts);
      const answer = field.object(/** @type {Record<string, unknown>} */ (value), texts);
      if (answer.record) {
        record[field.index] = 1;
        this.hasRecord = true;
      }
      return answer.code;
    } catch (error) {
      if (!(error instanceof AnswerError)) throw error;
      how.invalid(field.name, error);
      return ABSENT;
    }
  }

  /** @param {Record<string, unknown>} lead @param {number} given @param {{ invalid: (field: string, error: AnswerError) => void }} how */
  checkNames(lead, given, how) {
    const keys = Object.keys(lead);
    const prototype = Object.getPrototypeOf(lead);
    if (keys.length === given && (prototype === Object.prototype || prototype === null)) return;
    // A Map, or a promise that was not awaited, has no answers that could be read; it must not pass for an empty lead.
    if (!isPlain(lead) && (given === 0 || lead instanceof Map || lead instanceof Set)) throw wrongLead(lead);
    for (const key of keys) {
      if (!this.index.has(key)) how.invalid(key, new AnswerError("unknown-field", "the policy has no such field", this.nearest(key)));
    }
  }

  /** @param {string} key */
  nearest(key) {
    const plain = key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
    const near = this.names.find((name) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "") === plain);
    return near ? `did you mean \`${near}\`?` : `its fields: ${this.names.slice(0, 12).join(", ")}`;
  }
}
