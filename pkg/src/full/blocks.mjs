// Columns in blocks: written to where the engine reads them, decided there, and read back. What a block leaves open is decided row by row.

import { TEXTS as BROUGHT } from "../engine.mjs";
import { written } from "../passing.mjs";
import { isCoded, isText } from "./readers.mjs";
import { NONE } from "./found.mjs";

/**
 * @typedef {import("./parts.mjs").Parts} Parts
 * @typedef {import("./readers.mjs").Reader} Reader
 * @typedef {import("../results.mjs").Made["fields"][number]} Field
 * @typedef {import("./found.mjs").Found} Found
 */

// How a column crosses; as in src/wasm/columns.rs.
const NOTHING = 0;
const DOUBLES = 1;
const INTS = 2;
const BYTES = 3;
const CODES = 4;
const TEXTS = 5;

/** How large a block's texts can be at most where they come as strings: three bytes for each unit of UTF-16. */
const UNIT = 3;
/** The code of nothing. */
const NO_CODE = 0xffff_ffff;
const utf8 = new TextEncoder();

/** Numbers of 32 bits and less. */
const SMALL = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array];
const isSmall = (/** @type {unknown} */ column) => SMALL.some((kind) => column instanceof kind);

/** Programs whose columns are being read: reading a column may run its owner's code, and that may ask for the same. @type {WeakSet<object>} */
const busy = new WeakSet();

/** A field's column on its way. */
class Source {
  /** Where the engine reads it. @type {any} */
  view;
  /** Where it reads texts. @type {Uint8Array | undefined} */
  bytes;
  /** Where texts begin, in bytes. */
  base = 0;
  size = 0;
  /** Codes of an enum's or bool's values. @type {Map<unknown, number> | undefined} */
  codes;

  /** @param {Reader} reader @param {Field} field @param {number} index */
  constructor({ column, at }, field, index) {
    this.column = /** @type {any} */ (column);
    this.at = at;
    this.field = field;
    this.index = index;
    this.kind = this.#kind();
  }

  #kind() {
    const { column, field: { type, values } } = this;
    const isNumber = type === "int" || type === "double";
    if (isCoded(column)) return column.codes instanceof Uint8Array ? BYTES : CODES;
    if (isText(column) && type === "string") return TEXTS;
    if (ArrayBuffer.isView(column)) return !isNumber ? NOTHING : isSmall(column) ? INTS : DOUBLES;
    if (type === "string") return TEXTS;
    if (isNumber) return DOUBLES;
    const known = type === "bool" ? [false, true] : (values ?? []).map(String);
    this.codes = new Map(known.map((value, at) => [value, at]));
    return CODES;
  }

  /**
   * Says what codes stand for.
   * @param {import("../engine.mjs").FullEngine} engine @param {() => Uint8Array} texts where the engine reads the texts of single leads
   */
  begin(engine, texts) {
    const put = (/** @type {string | undefined} */ text, /** @type {number} */ code) => {
      const length = text === undefined ? -1 : written(text, texts(), 0);
      if (length < 0) engine.columns_value(this.index, text !== undefined, utf8.encode(text ?? ""), code);
      else engine.columns_written(this.index, length);
    };
    if (this.codes !== undefined) for (const code of this.codes.values()) put(undefined, code);
    else if (this.kind === BYTES || this.kind === CODES) for (const value of this.column.values) this.#begin(value, put);
  }

  /** @param {unknown} value @param {(text: string | undefined, code: number) => void} put */
  #begin(value, put) {
    const { type, values } = this.field;
    // What the field cannot have has a number that no field has.
    let code = Infinity;
    if (value === undefined || value === null) code = NaN;
    else if (type === "string") {
      if (typeof value === "string" && value.isWellFormed()) return put(value, 0);
    } else if (type === "bool") {
      if (typeof value === "boolean") code = value ? 1 : 0;
    } else if (type === "enum") {
      const at = typeof value === "string" ? (values ?? []).map(String).indexOf(value) : -1;
      if (at >= 0) code = at;
    } else if (typeof value === "number" && value - value === 0) code = value;
    put(undefined, code);
  }

  /** How many bytes the texts of a block take at most. @param {number} from @param {number} to */
  measure(from, to) {
    const { column } = this;
    this.size = 0;
    if (this.kind !== TEXTS) return 0;
    if (isText(column)) {
      const { offsets, bytes } = column;
      this.base = offsets[from];
      this.size = Math.max(0, Math.min(offsets[to], bytes.length) - this.base) || 0;
    } else {
      for (let row = from; row < to; row += 1) if (typeof column[row] === "string") this.size += column[row].length * UNIT;
    }
    return this.size;
  }

  /** Writes the rows of a block. @param {number} from @param {number} to @param {Uint8Array} odd marks rows that are left to others */
  write(from, to, odd) {
    const { column, view, kind } = this;
    if (kind === NOTHING) odd.fill(1, 0, to - from);
    else if (this.codes !== undefined) this.#writeCodes(from, to, odd, this.codes);
    else if (kind === BYTES || kind === CODES) writeNumbers(view, column.codes, from, to);
    else if (kind === TEXTS) this.#writeTexts(from, to, odd);
    else if (ArrayBuffer.isView(column)) writeNumbers(view, /** @type {any} */ (column), from, to);
    else this.#writeDoubles(from, to, odd);
  }

  /** @param {number} from @param {number} to @param {Uint8Array} odd */
  #writeDoubles(from, to, odd) {
    const { column, view } = this;
    for (let row = from; row < to; row += 1) {
      const value = column[row];
      if (typeof value === "number" && value - value === 0) view[row - from] = value;
      else {
        view[row - from] = NaN;
        if (value !== undefined && value !== null) odd[row - from] = 1;
      }
    }
  }

  /** @param {number} from @param {number} to @param {Uint8Array} odd @param {Map<unknown, number>} codes */
  #writeCodes(from, to, odd, codes) {
    const { view, at } = this;
    for (let row = from; row < to; row += 1) {
      const value = at(row);
      const code = codes.get(value);
      view[row - from] = code ?? NO_CODE;
      if (code === undefined && value !== undefined && value !== null) odd[row - from] = 1;
    }
  }

  /** @param {number} from @param {number} to @param {Uint8Array} odd */
  #writeTexts(from, to, odd) {
    const { column, view } = this;
    const bytes = /** @type {Uint8Array} */ (this.bytes);
    if (isText(column)) {
      bytes.set(column.bytes.subarray(this.base, this.base + this.size));
      writeNumbers(view, column.offsets, from, to + 1);
      if (this.base !== 0) for (let row = 0; row <= to - from; row += 1) view[row] -= this.base;
      return;
    }
    let end = 0;
    view[0] = 0;
    for (let row = from; row < to; row += 1) {
      const value = column[row];
      if (typeof value === "string") {
        const next = written(value, bytes, end);
        if (next < 0) odd[row - from] = 1;
        else end = next;
      } else if (value !== undefined && value !== null) odd[row - from] = 1;
      view[row - from + 1] = end;
    }
  }
}

/** @param {any} view @param {ArrayLike<number>} numbers @param {number} from @param {number} to */
function writeNumbers(view, numbers, from, to) {
  if (ArrayBuffer.isView(numbers) && !(view instanceof Uint32Array && (numbers instanceof Float64Array || numbers instanceof Float32Array))) {
    view.set(/** @type {any} */ (numbers).subarray(from, to));
    return;
  }
  // A fraction, or what is no number, is a code of nothing.
  for (let row = from; row < to; row += 1) view[row - from] = Number.isInteger(numbers[row]) && numbers[row] >= 0 ? Math.min(numbers[row], NO_CODE) : NO_CODE;
}

export class Blocks {
  #parts;
  #sources;
  #stage;
  #count;
  /** @type {number[]} */
  #places = [];
  /** @type {ArrayBuffer | undefined} */
  #buffer;
  /** @type {any} */
  #views;

  /** @param {Parts} parts @param {Source[]} sources @param {Reader | undefined} stage @param {number} count */
  constructor(parts, sources, stage, count) {
    this.#parts = parts;
    this.#sources = sources;
    this.#stage = stage;
    this.#count = count;
  }

  /**
   * None where these leads are not decided in blocks.
   * @param {Parts} parts @param {[string, Reader][]} readers @param {Reader | undefined} stage @param {number} count
   */
  static of(parts, readers, stage, count) {
    const { made } = parts;
    if (made.provisional || busy.has(made) || made.hits?.some(({ policy }) => policy === "list" || policy === "number")) return undefined;
    const sources = readers.map(([name, reader]) => {
      const index = made.names.indexOf(name);
      return index < 0 || index >= made.fields.length ? undefined : new Source(reader, made.fields[index], index);
    });
    // What is said of a column that is no field is said of each row.
    if (sources.includes(undefined)) return undefined;
    return new Blocks(parts, /** @type {Source[]} */ (sources), stage, count);
  }

  /** @param {Found} found @param {(row: number) => void} one decides a row by itself */
  decide(found, one) {
    const { made } = this.#parts;
    busy.add(made);
    try {
      this.#begin();
      const [rows] = this.#places;
      for (let from = 0; from < this.#count; from += rows) {
        for (const row of this.#block(found, from, Math.min(from + rows, this.#count))) one(row);
      }
    } finally {
      busy.delete(made);
      // What codes stand for is not kept.
      this.#parts.engine().columns(new Uint8Array(made.fields.length));
    }
  }

  #begin() {
    const kinds = new Uint8Array(this.#parts.made.fields.length);
    for (const { index, kind } of this.#sources) kinds[index] = kind;
    const engine = this.#parts.engine();
    this.#places = Array.from(engine.columns(kinds));
    const place = engine.places()[3];
    let view = new Uint8Array(0);
    // Each value may make the memory grow, which detaches every view of it.
    const texts = () => (view.length > 0 ? view : (view = new Uint8Array(this.#parts.memory().buffer, place, BROUGHT)));
    for (const source of this.#sources) source.begin(engine, texts);
  }

  /** Views of where the engine reads and writes; those of a memory that has grown are gone. */
  #look() {
    const { buffer } = this.#parts.memory();
    if (buffer === this.#buffer) return this.#views;
    this.#buffer = buffer;
    const { scores, outputs, fields } = this.#parts.made;
    const [rows, stages, odd, outcomes, moved, ...rest] = this.#places;
    for (const source of this.#sources) {
      const place = rest[rest.length - fields.length + source.index];
      if (source.kind === DOUBLES) source.view = new Float64Array(buffer, place, rows);
      if (source.kind === INTS) source.view = new Int32Array(buffer, place, rows);
      if (source.kind === BYTES) source.view = new Uint8Array(buffer, place, rows);
      if (source.kind === CODES) source.view = new Uint32Array(buffer, place, rows);
      if (source.kind === TEXTS) source.view = new Uint32Array(buffer, place, rows + 1);
    }
    this.#views = {
      stages: new Uint16Array(buffer, stages, rows),
      odd: new Uint8Array(buffer, odd, rows),
      outcomes: new Uint16Array(buffer, outcomes, rows),
      moved: new Uint16Array(buffer, moved, rows),
      scores: scores.map((_, at) => new Float64Array(buffer, rest[at], rows)),
      outputs: outputs.map((_, at) => new Uint16Array(buffer, rest[scores.length + at], rows)),
    };
    return this.#views;
  }

  /** Decides a block; gives the rows that it leaves open. @param {Found} found @param {number} from @param {number} to */
  #block(found, from, to) {
    const { made } = this.#parts;
    const engine = this.#parts.engine();
    // Room for texts first: it may make the memory grow.
    const texts = this.#sources.map((source) => (source.kind === TEXTS ? engine.columns_texts(source.index, source.measure(from, to)) : 0));
    const { stages, odd, outcomes, moved, scores, outputs } = this.#look();
    const count = to - from;
    odd.fill(0);
    this.#sources.forEach((source, at) => {
      if (source.kind === TEXTS) source.bytes = new Uint8Array(/** @type {ArrayBuffer} */ (this.#buffer), texts[at], source.size);
      source.write(from, to, odd);
    });
    stages.fill(NONE);
    for (let row = from; this.#stage !== undefined && row < to; row += 1) {
      const name = this.#stage.at(row);
      const stage = name === undefined || name === null ? NONE : made.stages.indexOf(/** @type {string} */ (name));
      if (stage < 0) odd[row - from] = 1;
      else stages[row - from] = stage;
    }
    engine.columns_decide(count);
    found.outcome.codes.set(outcomes.subarray(0, count), from);
    found.stage?.codes.set(moved.subarray(0, count), from);
    made.scores.forEach(({ name }, at) => found.scores[name].set(scores[at].subarray(0, count), from));
    made.outputs.forEach(({ name }, at) => /** @type {any} */ (found.tables[name]).codes.set(outputs[at].subarray(0, count), from));
    const open = [];
    for (let row = 0; row < count; row += 1) {
      if (odd[row] !== 0) open.push(from + row);
    }
    return open;
  }
}
