// Leads out of JSON Lines: one object a line.

import { LeadgateError } from "../../src/error.mjs";

/** Characters. */
const LONGEST_LINE = 1_048_576;

/** @param {string} code @param {string} message @param {string} [help] */
const problem = (code, message, help) => ({ code, message, help });

export class JsonLeads {
  #columns;
  #stageKey;
  #name;
  #text = "";
  #line = 1;
  /** A line that is too long is being passed over. */
  #passing = false;
  #any = false;
  /** @type {string[] | undefined} */
  #header;

  /**
   * @param {import("./columns.mjs").Columns} columns
   * @param {{ stageColumn?: string, name: string }} options
   */
  constructor(columns, { stageColumn, name }) {
    this.#columns = columns;
    this.#stageKey = stageColumn;
    this.#name = name;
  }

  /** The keys of the first lead: what becomes of a file of objects in a table. */
  get header() {
    return this.#header ?? [];
  }

  /** @param {string} text @returns {Generator<import("./csv-leads.mjs").Row>} */
  *push(text) {
    this.#text += text;
    let at = 0;
    for (let end = this.#text.indexOf("\n"); end !== -1; end = this.#text.indexOf("\n", at)) {
      yield* this.#take(this.#text.slice(at, end));
      at = end + 1;
      this.#line++;
    }
    this.#text = this.#text.slice(at);
    if (this.#text.length > LONGEST_LINE) {
      if (!this.#passing) yield this.#failed(this.#tooLong());
      this.#passing = true;
      this.#text = "";
    }
  }

  /** @returns {Generator<import("./csv-leads.mjs").Row>} */
  *end() {
    yield* this.#take(this.#text);
    this.#text = "";
    if (!this.#any) throw new LeadgateError("empty-file", "the file is empty", { path: this.#name, help: "each line of a JSON Lines file is one lead" });
  }

  /** @param {string} line @returns {Generator<import("./csv-leads.mjs").Row>} */
  *#take(line) {
    if (this.#passing) this.#passing = false;
    else if (line.length > LONGEST_LINE) yield this.#failed(this.#tooLong());
    else if (line.trim() !== "") yield this.#row(line);
  }

  #tooLong() {
    return problem("record-too-long", `the line is longer than ${LONGEST_LINE} characters`, "each line is one lead; an array over many leads is not JSON Lines");
  }

  /** @param {import("./convert.mjs").Problem} error @returns {import("./csv-leads.mjs").Row} */
  #failed(error) {
    this.#any = true;
    return { line: this.#line, lead: {}, stage: undefined, original: [], invalid: [], error };
  }

  /** @param {string} line @returns {import("./csv-leads.mjs").Row} */
  #row(line) {
    let object;
    try {
      object = JSON.parse(line);
    } catch (error) {
      return this.#failed(problem("not-json", `the line is not JSON: ${/** @type {Error} */ (error).message}`, line.trimStart().startsWith("[") ? "give one object a line instead of an array" : undefined));
    }
    if (object === null || typeof object !== "object" || Array.isArray(object)) {
      return this.#failed(problem("not-an-object", "the line is not an object of answers by field"));
    }
    this.#any = true;
    this.#header ??= Object.keys(object);
    /** @type {Record<string, unknown>} */
    const lead = Object.create(null);
    for (const [key, answer] of Object.entries(object)) {
      const field = this.#columns.field(key);
      if (!field) continue;
      if (field.name in lead) return this.#failed(problem("duplicate-column", `\`${key}\` and another key both stand for the field \`${field.name}\``));
      lead[field.name] = answer;
    }
    const stage = this.#stageKey === undefined ? undefined : object[this.#stageKey];
    return { line: this.#line, lead, stage: stage === null || stage === undefined ? undefined : String(stage), original: this.#header.map((key) => object[key]), object, invalid: [] };
  }
}
