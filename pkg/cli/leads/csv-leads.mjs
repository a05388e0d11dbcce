// Leads out of a CSV file.

import { LeadgateError } from "../../src/error.mjs";
import { convert, shown } from "./convert.mjs";
import { CsvReader } from "./csv-reader.mjs";

/**
 * One row of a file.
 * @typedef {object} Row
 * @property {number} line
 * @property {Record<string, unknown>} lead
 * @property {string | undefined} stage before the decision
 * @property {unknown[]} original by the columns of the file
 * @property {Record<string, unknown>} [object] the whole of it, where it came as an object
 * @property {import("./convert.mjs").Problem[]} invalid values that are not of their field's type; the lead is without them
 * @property {import("./convert.mjs").Problem} [error] why there is no lead
 */

export class CsvLeads {
  #reader;
  #columns;
  #stageColumn;
  #name;
  /** @type {string[] | undefined} */
  #header;
  /** @type {(import("./columns.mjs").Field | undefined)[]} */
  #fields = [];
  #stageAt = -1;

  /**
   * @param {import("./columns.mjs").Columns} columns
   * @param {{ delimiter?: string, stageColumn?: string, name: string }} options
   */
  constructor(columns, { delimiter, stageColumn, name }) {
    this.#reader = new CsvReader({ delimiter });
    this.#columns = columns;
    this.#stageColumn = stageColumn;
    this.#name = name;
  }

  /** Names of the file's columns, once the header was read. */
  get header() {
    return this.#header ?? [];
  }

  /** @param {string} text @returns {Generator<Row>} */
  *push(text) {
    yield* this.#rows(this.#reader.push(text));
  }

  /** @returns {Generator<Row>} */
  *end() {
    yield* this.#rows(this.#reader.end());
    if (!this.#header) throw new LeadgateError("empty-file", "the file is empty", { path: this.#name, help: "the first line of a CSV file names its columns" });
  }

  /** @param {Iterable<import("./csv-reader.mjs").CsvRecord>} records @returns {Generator<Row>} */
  *#rows(records) {
    for (const record of records) {
      if (this.#header) yield this.#row(record);
      else this.#readHeader(record);
    }
  }

  /** @param {import("./csv-reader.mjs").CsvRecord} record */
  #readHeader({ line, fields, error }) {
    const path = `${this.#name}: line ${line}`;
    if (error) throw new LeadgateError(error.code, `the header cannot be read: ${error.message}`, { path, help: error.help });
    const header = fields.map((name) => name.trim());
    const seen = new Map();
    header.forEach((name, index) => {
      if (name !== "" && seen.has(name)) {
        throw new LeadgateError("duplicate-column", `the columns ${seen.get(name) + 1} and ${index + 1} are both named \`${shown(name)}\``, { path, help: "rename one of them" });
      }
      seen.set(name, index);
    });
    this.#stageAt = this.#stageColumn === undefined ? -1 : header.indexOf(this.#stageColumn);
    const missing = this.#columns.missing(header);
    if (this.#stageColumn !== undefined && this.#stageAt === -1) missing.push(this.#stageColumn);
    if (missing.length > 0) {
      throw new LeadgateError("missing-column", `the file has no column \`${shown(missing[0])}\``, { path, help: `its columns: ${header.map(shown).join(", ")}` });
    }
    this.#fields = header.map((name) => (name === "" ? undefined : this.#columns.field(name)));
    const bySource = new Map();
    this.#fields.forEach((field, index) => {
      if (!field) return;
      if (bySource.has(field.name)) {
        throw new LeadgateError("duplicate-column", `the columns \`${shown(header[bySource.get(field.name)])}\` and \`${shown(header[index])}\` both stand for the field \`${field.name}\``, { path });
      }
      bySource.set(field.name, index);
    });
    if (bySource.size === 0) {
      throw new LeadgateError("no-known-column", "no column of the file is a field of the policy", {
        path,
        help: `its columns: ${header.map(shown).join(", ")}; name fields with --map column=field, or the separator with --delimiter`,
      });
    }
    this.#header = header;
  }

  /** @param {import("./csv-reader.mjs").CsvRecord} record @returns {Row} */
  #row({ line, fields, error }) {
    /** @type {Row} */
    const row = { line, lead: Object.create(null), stage: undefined, original: fields, invalid: [] };
    if (error) return { ...row, error };
    const expected = this.header.length;
    if (fields.length !== expected) {
      const help = fields.length > expected ? "is a delimiter inside a value that is not quoted?" : undefined;
      return { ...row, error: { code: "ragged-row", message: `the row has ${fields.length} fields, the header ${expected}`, help } };
    }
    for (let index = 0; index < expected; index++) {
      const field = this.#fields[index];
      if (!field) continue;
      const { value, problem } = convert(fields[index], field);
      if (problem) row.invalid.push(problem);
      else if (value !== undefined) row.lead[field.name] = value;
    }
    if (this.#stageAt !== -1) row.stage = fields[this.#stageAt].trim() || undefined;
    return row;
  }
}
