// Which column or key of a file is which field of the policy.

import { LeadgateError } from "../../src/error.mjs";
import { nearest } from "../nearest.mjs";
import { shown } from "./convert.mjs";

/**
 * @typedef {import("../../src/index.d.ts").FieldDescription} Field
 */

/**
 * The renamings that the author of a command gave, as `column=field`.
 * @param {string[]} pairs
 * @param {Field[]} fields
 * @returns {Map<string, string>}
 */
export function mappingOf(pairs, fields) {
  const names = new Set(fields.map(({ name }) => name));
  const mapping = new Map();
  for (const pair of pairs) {
    const at = pair.lastIndexOf("=");
    const [column, field] = [pair.slice(0, at), pair.slice(at + 1)];
    if (at < 1) throw new LeadgateError("usage", `\`--map ${pair}\` is not of the form column=field`);
    if (!names.has(field)) {
      const near = nearest(field, names);
      throw new LeadgateError("unknown-field", `\`--map ${pair}\` names no field of the policy`, {
        path: field,
        help: near ? `did you mean \`${near}\`?` : `fields: ${[...names].join(", ")}`,
      });
    }
    if (mapping.has(column)) throw new LeadgateError("usage", `the column \`${column}\` is mapped twice`);
    mapping.set(column, field);
  }
  return mapping;
}

/** Finds the field of a column, and keeps note of columns that are none. */
export class Columns {
  #fields;
  #mapping;
  #ignored;
  /** @type {Map<string, string | undefined>} */
  #unknown = new Map();

  /**
   * @param {Field[]} fields
   * @param {{ mapping?: Map<string, string>, ignored?: string[] }} [options] `ignored` columns are something else than fields
   */
  constructor(fields, { mapping = new Map(), ignored = [] } = {}) {
    this.#fields = new Map(fields.map((field) => [field.name, field]));
    this.#mapping = mapping;
    this.#ignored = new Set(ignored);
  }

  /** @param {string} column @returns {Field | undefined} */
  field(column) {
    if (this.#ignored.has(column)) return undefined;
    const field = this.#fields.get(this.#mapping.get(column) ?? column);
    // A file of objects may have any number of keys; what is said about them must not grow with it.
    if (!field && this.#unknown.size < 100 && !this.#unknown.has(column)) this.#unknown.set(column, nearest(column, this.#fields.keys()));
    return field;
  }

  /** Mapped columns that the file does not have. @param {string[]} present */
  missing(present) {
    return [...this.#mapping.keys()].filter((column) => !present.includes(column));
  }

  /** What to say about columns that are no fields, one line each; each is said once. */
  takeNotes() {
    const notes = [...this.#unknown].filter(([column]) => !this.#ignored.has(column)).map(([column, near]) =>
      `\`${shown(column)}\` is not a field and is ignored${near ? `; did you mean \`${near}\`? (--map ${shown(column)}=${near})` : ""}`);
    for (const column of this.#unknown.keys()) this.#ignored.add(column);
    this.#unknown.clear();
    return notes;
  }
}
