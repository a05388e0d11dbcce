// Decisions as lines of a file: CSV or JSON Lines.

import { inWords } from "./convert.mjs";

/**
 * @typedef {import("../../src/index.d.ts").Decision} Decision
 * @typedef {import("../../src/index.d.ts").Description} Description
 * @typedef {Pick<Decision, "outcome" | "scores" | "tables" | "faults" | "notes"> & { stage: { after: string | null } | null, shadow?: import("../../src/index.d.ts").Shadow }} Brief what a line of CSV tells
 * @typedef {import("./csv-leads.mjs").Row} Row
 * @typedef {import("./convert.mjs").Problem} Problem
 */

/**
 * What became of one row: a decision, or why there is none.
 * @typedef {object} Result
 * @property {Row} row
 * @property {Brief} [decision] the whole decision where a format tells all of it
 * @property {Problem} [error]
 * @property {Problem[]} notes values that counted as absent
 */

/**
 * @typedef {object} Format
 * @property {boolean} brief it tells no more of a decision than a line of CSV
 * @property {(header: string[]) => string} begin
 * @property {(result: Result) => string} line
 */

const SPECIAL = /[",\r\n]/;

/** @param {unknown} value */
const cell = (value) => {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return SPECIAL.test(text) || text.trim().length !== text.length ? `"${text.replaceAll('"', '""')}"` : text;
};

/** @param {unknown[]} values */
const csvLine = (values) => `${values.map(cell).join(",")}\n`;

/** Where another policy decides otherwise: the paths, or why it does not decide at all. @param {Brief} decision */
const shadowText = ({ shadow }) => (shadow?.error ? `error: ${shadow.error.message}` : shadow?.differences.map(({ path }) => path).join(" "));

/**
 * Which columns of the input come along.
 * @param {string[]} header
 * @param {string[] | "all" | "none"} keep
 */
const kept = (header, keep) => header.map((name, index) => ({ name, index })).filter(({ name }) => (Array.isArray(keep) ? keep.includes(name) : keep === "all"));

/**
 * CSV: the line's number, the input's columns, then the decision's.
 * @param {Description} description
 * @param {{ keep: string[] | "all" | "none", shadowed?: boolean }} options `shadowed`: another policy was decided beside it
 * @returns {Format}
 */
export function csvFormat({ scores, outputs, stages }, { keep, shadowed = false }) {
  /** @type {[string, (decision: Brief) => unknown][]} */
  const columns = [
    ["outcome", ({ outcome }) => outcome],
    ...scores.map(({ name }) => /** @type {[string, (decision: Brief) => unknown]} */ ([name, (decision) => decision.scores[name]])),
    ...outputs.map(({ name }) => /** @type {[string, (decision: Brief) => unknown]} */ ([name, (decision) => decision.tables[name]])),
    ...(stages.length > 0 ? [/** @type {[string, (decision: Brief) => unknown]} */ (["stage", ({ stage }) => stage?.after])] : []),
    ["faults", ({ faults }) => faults.join(" ")],
    ...(shadowed ? [/** @type {[string, (decision: Brief) => unknown]} */ (["shadow", shadowText])] : []),
  ];
  /** @type {{ name: string, index: number }[]} */
  let input = [];
  return {
    brief: true,
    begin(header) {
      input = kept(header, keep);
      const taken = new Set(["line", ...input.map(({ name }) => name)]);
      // The input's own column keeps its name; what was decided is told apart from what was there.
      const own = [...columns.map(([name]) => name), "notes", "error"].map((name) => {
        let free = name;
        while (taken.has(free)) free = `decided_${free}`;
        taken.add(free);
        return free;
      });
      return csvLine(["line", ...input.map(({ name }) => name), ...own]);
    },
    line({ row, decision, error, notes }) {
      return csvLine([
        row.line,
        ...input.map(({ index }) => row.original[index]),
        ...columns.map(([, read]) => (decision ? read(decision) : "")),
        notes.map(inWords).join("; "),
        error ? inWords(error) : "",
      ]);
    },
  };
}

/**
 * JSON Lines: the line's number, the input under `lead`, then the decision as the engine gives it.
 * @param {{ keep: string[] | "all" | "none" }} options
 * @returns {Format}
 */
export function jsonFormat({ keep }) {
  /** @type {{ name: string, index: number }[]} */
  let input = [];
  return {
    brief: false,
    begin(header) {
      input = kept(header, keep);
      return "";
    },
    line({ row, decision, error, notes }) {
      // A lead out of JSON keeps all its keys, not only those of the first one.
      const lead = Object.create(null);
      if (row.object) for (const { name } of kept(Object.keys(row.object), keep)) lead[name] = row.object[name];
      else for (const { name, index } of input) lead[name] = row.original[index];
      return `${JSON.stringify({
        line: row.line,
        ...(keep === "none" ? {} : { lead }),
        ...(decision ? { ...decision, notes } : {}),
        ...(error ? { error } : {}),
      })}\n`;
    },
  };
}
