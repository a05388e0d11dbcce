// Leads as numbers, one per field, written to where the engine reads them, and with them the texts that are not remembered. Whatever may make the
// engine's memory grow, which detaches every view of it, is followed by taking new views: a place that has once written to a detached view stays slow
// for good.
// Every property of the caller's object is read here, before the engine is entered; a getter that throws leaves nothing half done.

import { LeadgateError } from "./error.mjs";

/** How many texts of one field are remembered; beyond it each is looked at anew. */
const REMEMBERED = 4096;
/** How far a text can grow in its normal form: a country code. */
const GROWTH = 8;
const utf8 = new TextEncoder();
const ABSENT = NaN;
const DECLINED = Infinity;
const OPEN = -Infinity;

/**
 * @typedef {import("./results.mjs").Made["fields"][number]} Field
 * @typedef {{ text(field: number, text: Uint8Array, keep: boolean): number, choices(field: number): Float64Array }} Texts
 * @typedef {(object: Record<string, unknown>, count: number, names: string[], values: unknown[]) => void} Read reads properties of an object, by names that stay the same from call to call, into a list; `count` is how many it has
 * @typedef {{ engine: Texts, codes: Float64Array, record: Uint8Array, texts: Uint8Array }} Views the engine and where it reads a lead
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
export function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The number of a range answer must lie in its range. @param {unknown} range `20..99`, `0..<0.5`, `>= 100` … @param {number} as */
function checkRange(range, as) {
  const text = typeof range === "string" ? range.trim() : "";
  const between = text.match(/^(-?\d+(?:\.\d+)?)\s*\.\.(<?)\s*(-?\d+(?:\.\d+)?)$/);
  const above = text.match(/^([<>]=?)\s*(-?\d+(?:\.\d+)?)$/);
  if (!between && !above) throw new AnswerError("wrong-range", `${shown(range)} is not a range`, "a range is `20..99`, `0..<0.5`, or `>= 100`");
  const [, low, open, high] = between ?? [];
  const [, sign, end] = above ?? [];
  const within = between
    ? Number(low) <= as && (open ? as < Number(high) : as <= Number(high))
    : { ">=": as >= Number(end), ">": as > Number(end), "<=": as <= Number(end), "<": as < Number(end) }[sign];
  if (!within) throw new AnswerError("wrong-range", `${shown(as)} does not lie in the range ${shown(range)}`, "`as` is the number itself");
}

const WANTED = { int: "a whole number", double: "a number", bool: "true or false", string: "a text", enum: "one of its values" };

// What the quick way through a lead does with a field.
const NUMBER = 1;
const BOOL = 2;
/** Values and texts that are remembered. */
const WORDS = 3;
/** Texts that are not remembered; see passing.mjs. */
export const PASSING = 4;
/** Texts on which nothing rests. */
const UNREAD = 5;

/** One field's way from an answer to a number. */
export class FieldEncoder {
  /** @param {Field} field @param {number} index @param {(kind: number) => AnswerError} failure */
  constructor(field, index, failure) {
    this.name = field.name;
    this.type = field.type;
    this.index = index;
    this.maxLength = field.maxLength ?? 0;
    this.choices = field.choices ?? [];
    /** The numbers of its choices, once one was made. @type {Float64Array | undefined} */
    this.codes = undefined;
    this.failure = failure;
    this.surelyShort = this.maxLength - GROWTH;
    // Where nothing rests on the field its texts are checked and go nowhere.
    this.kind = field.type === "int" || field.type === "double" ? NUMBER : field.type === "bool" ? BOOL : field.type === "string" && field.unread === true ? UNREAD : WORDS;
    this.remembers = this.kind === WORDS;
    /** How many texts the engine keeps for the field. */
    this.kept = 0;
    /** Numbers of texts, or indices of an enum's values. @type {Map<string, number>} */
    this.known = new Map();
    if (field.type === "enum") field.values?.forEach((value, at) => this.known.set(String(value), at));
    this.values = field.type === "enum" ? (field.values ?? []).map(String) : [];
    // `lead.constructor` is no answer although it is there.
    this.inherited = field.name in Object.prototype;
  }

  /** Texts are forgotten: the engine that numbered them is gone. */
  forget() {
    if (this.type !== "string") return;
    this.known.clear();
    this.kept = 0;
    this.codes = undefined;
  }

  /** A text that is not known yet. @param {string} text @param {Texts} texts */
  text(text, texts) {
    if (this.type === "enum") {
      throw new AnswerError("unknown-value", `${shown(text)} is not a value of the field`, `its values: ${this.values.slice(0, 12).join(", ")}`);
    }
    if (this.type !== "string") throw this.wrongType(text);
    // A code point is at most two units; what is longer by far is not worth carrying over.
    if (text.length > this.maxLength * 2 + 64) throw this.failure(7);
    const keep = this.remembers && this.kept < REMEMBERED;
    if (!text.isWellFormed()) throw this.failure(11);
    const number = texts.text(this.index, utf8.encode(text), keep);
    if (number < -1) throw this.failure(-2 - number);
    const code = number === -1 ? ABSENT : number;
    if (keep) {
      this.kept += 1;
      this.known.set(text, code);
    }
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
        return this.known.get(value) ?? this.text(value, texts);
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
      const at = this.choices.indexOf(choice);
      if (at < 0) throw this.failure(9);
      this.codes ??= texts.choices(this.index);
      if (this.codes[at] === Infinity) throw this.failure(10);
      return { code: this.codes[at], record: false };
    }
    if (range !== undefined && typeof as === "number") {
      const code = this.plain(as, texts);
      checkRange(range, as);
      return { code, record: false };
    }
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
 * Turns leads into numbers.
 */
export class Encoder {
  /** @param {Field[]} fields @param {(kind: number) => AnswerError} failure @param {() => Views} views gives current views @param {{ readValues: Read, Passing?: typeof import("./passing.mjs").Passing }} build */
  constructor(fields, failure, views, { readValues, Passing }) {
    this.read = readValues;
    this.views = views;
    this.fields = fields.map((field, index) => new FieldEncoder(field, index, failure));
    this.names = fields.map(({ name }) => name);
    this.index = new Map(this.names.map((name, at) => [name, at]));
    this.kinds = Uint8Array.from(this.fields, ({ kind }) => kind);
    this.known = this.fields.map(({ known }) => known);
    /** The answers of the lead that is being encoded. @type {unknown[]} */
    this.values = this.names.map(() => undefined);
    /** The fields for which the lead that is being written has no answer. */
    this.notGiven = new Uint16Array(fields.length);
    this.passing = Passing && new Passing(this.fields, this.kinds);
    /** Whether the lead in the engine's memory has an answer from a record. */
    this.hasRecord = false;
  }

  /** Texts are forgotten. */
  forget() {
    for (const field of this.fields) field.forget();
    this.passing?.remember();
  }

  /**
   * @param {Record<string, unknown>} lead
   * @param {{ open: boolean, kept?: Set<number>, invalid: (field: string, error: AnswerError) => void }} how `open`: what is not given is open, as otherwise what is `kept`; `invalid`
   *   is told of answers that count as absent, or throws
   */
  encode(lead, how) {
    if (lead === null || typeof lead !== "object" || Array.isArray(lead)) {
      throw wrongLead(lead);
    }
    const { names, kinds, known, notGiven, values, passing } = this;
    const missing = how.open ? OPEN : ABSENT;
    passing?.lead();
    const keys = Object.keys(lead);
    this.read(lead, keys.length, names, values);
    // Only now: a getter may have made the memory grow.
    let { codes, texts } = this.views();
    if (this.hasRecord) {
      this.views().record.fill(0);
      this.hasRecord = false;
    }
    let textsEnd = 0;
    let without = 0;
    // One place for whatever is not quick: what is written there is compiled into every place that calls it.
    for (let at = 0; at < names.length; at += 1) {
      const value = values[at];
      switch (kinds[at]) {
        case NUMBER:
          if (typeof value === "number" && value - value === 0) {
            codes[at] = value;
            continue;
          }
          break;
        case BOOL:
          if (value === true || value === false) {
            codes[at] = value ? 1 : 0;
            continue;
          }
          break;
        case WORDS:
          if (typeof value === "string") {
            const code = known[at].get(value);
            if (code !== undefined) {
              codes[at] = code;
              continue;
            }
          }
          break;
        case PASSING:
          if (passing !== undefined && typeof value === "string") {
            const end = passing.write(value, texts, textsEnd);
            if (end > textsEnd) {
              codes[at] = -1 - textsEnd * 65_536 - (end - textsEnd);
              textsEnd = end;
              continue;
            }
          }
          break;
        case UNREAD:
          if (typeof value === "string" && value !== "" && value.length <= this.fields[at].surelyShort && value.isWellFormed()) {
            codes[at] = 0;
            continue;
          }
          break;
        default:
      }
      if (value === undefined || (typeof value !== "string" && this.isInherited(lead, at))) {
        codes[at] = missing;
        notGiven[without] = at;
        without += 1;
      } else {
        const code = value === null ? ABSENT : this.answer(at, value, how);
        if (texts.length === 0) ({ codes, texts } = this.views());
        codes[at] = code;
      }
    }
    if (how.kept !== undefined) {
      for (let at = 0; at < without; at += 1) {
        if (how.kept.has(notGiven[at])) codes[notGiven[at]] = OPEN;
      }
    }
    this.checkNames(lead, keys, without, how);
  }

  /** `lead.constructor` is no answer although it is there. @param {object} lead @param {number} at */
  isInherited(lead, at) {
    return this.fields[at].inherited && !Object.hasOwn(lead, this.names[at]);
  }

  /**
   * @param {number} at @param {unknown} value
   * @param {{ invalid: (field: string, error: AnswerError) => void }} how
   */
  answer(at, value, how) {
    const field = this.fields[at];
    const { engine } = this.views();
    try {
      if (typeof value === "string") {
        if (this.kinds[at] === WORDS && field.type === "string") this.passing?.missed(at);
        return field.text(value, engine);
      }
      if (typeof value !== "object") return field.plain(value, engine);
      const answer = field.object(/** @type {Record<string, unknown>} */ (value), engine);
      if (answer.record) {
        this.views().record[at] = 1;
        this.hasRecord = true;
      }
      return answer.code;
    } catch (error) {
      if (!(error instanceof AnswerError)) throw error;
      this.passing?.check(at, this, how);
      how.invalid(field.name, error);
      return ABSENT;
    }
  }

  /**
   * Names are looked at one by one only where there may be one too many.
   * @param {Record<string, unknown>} lead @param {string[]} keys its own @param {number} without how many fields have no answer @param {{ invalid: (field: string, error: AnswerError) => void }} how
   */
  checkNames(lead, keys, without, how) {
    const prototype = Object.getPrototypeOf(lead);
    if (prototype === Object.prototype || prototype === null) {
      const { names, notGiven } = this;
      let there = names.length - without;
      // A name may stand there with `undefined`.
      for (let at = 0; at < without && there < keys.length; at += 1) {
        if (Object.hasOwn(lead, names[notGiven[at]])) there += 1;
      }
      if (keys.length === there) return;
    }
    // A Map, or a promise that was not awaited, has no answers that could be read; it must not pass for an empty lead.
    if (!isPlain(lead) && (without === this.names.length || lead instanceof Map || lead instanceof Set)) throw wrongLead(lead);
    this.passing?.check(this.names.length, this, how);
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
