// A policy written by hand, for tests of what stands around the engine.

import { LeadgateError } from "../../../pkg/src/error.mjs";

/** @type {import("../../../pkg/src/index.d.ts").Description} */
export const description = {
  policy: "double",
  version: "1",
  logic: "00",
  program: "00",
  fields: [
    { name: "name", type: "string" },
    { name: "industry", type: "enum", values: ["finance", "retail"] },
    { name: "seats", type: "int" },
    { name: "budget", type: "double" },
    { name: "has_project", type: "bool" },
    { name: "account.tier", type: "enum", values: ["target", "none"], host: true },
  ],
  scores: [{ name: "fit", groups: [] }],
  outputs: [{ name: "grade", table: "grade", type: "enum", values: ["A", "C"] }],
  stages: ["lead", "mql"],
  outcomes: ["sales", "nurture"],
  screen: ["nameless"],
  slice: false,
  messages: [],
  queues: [],
  ask: { settle: "route", perVisit: null, questions: [] },
};

/** @param {any} lead */
function invalid(lead) {
  if (lead.industry !== undefined && !["finance", "retail"].includes(lead.industry)) return { code: "unknown-value", message: "the value is not one of the field's values", path: "industry" };
  if (lead.seats !== undefined && !(lead.seats >= 1)) return { code: "out-of-bounds", message: "the number is outside the field's bounds", path: "seats" };
  return undefined;
}

/**
 * Nameless leads are screened; from 100 seats on a lead is an A, is qualified and goes to sales.
 * @type {import("../../../pkg/src/index.d.ts").Policy}
 */
export const policy = {
  describe: () => description,
  free() {},
  [Symbol.dispose]() {},
  /** @returns {never} */
  explain() { throw new Error("not in this double"); },
  /** @returns {never} */
  possible() { throw new Error("not in this double"); },
  /** @returns {never} */
  form() { throw new Error("not in this double"); },
  /** @returns {never} */
  next() { throw new Error("not in this double"); },
  /** @returns {never} */
  whatIf() { throw new Error("not in this double"); },
  /** @returns {never} */
  shadow() { throw new Error("not in this double"); },
  /** @returns {never} */
  assign() { throw new Error("not in this double"); },
  /** @returns {never} */
  returned() { throw new Error("not in this double"); },
  /** @returns {never} */
  due() { throw new Error("not in this double"); },
  /** @returns {never} */
  commit() { throw new Error("not in this double"); },
  /** @returns {never} */
  sent() { throw new Error("not in this double"); },
  /** @returns {never} */
  advance() { throw new Error("not in this double"); },
  /** @returns {never} */
  legal() { throw new Error("not in this double"); },
  /** @returns {never} */
  migrate() { throw new Error("not in this double"); },
  /** @returns {never} */
  pin() { throw new Error("not in this double"); },
  /** @returns {never} */
  stays() { throw new Error("not in this double"); },
  /** @returns {never} */
  until() { throw new Error("not in this double"); },
  /** @returns {never} */
  decideMany() { throw new Error("not in this double"); },
  /** @param {any} lead */
  decide(lead, { onInvalid = "refuse", stage = "lead" } = {}) {
    if (!description.stages.includes(stage)) throw new LeadgateError("unknown-stage", `the policy has no stage \`${stage}\``, { path: "stage" });
    const problem = invalid(lead);
    if (problem && onInvalid === "refuse") throw new LeadgateError(problem.code, problem.message, { path: problem.path });
    const notes = problem ? [problem] : [];
    const seats = problem?.path === "seats" ? undefined : lead.seats;
    if (lead.name === undefined) {
      return { outcome: "screened:nameless", message: null, screen: "nameless", scores: { fit: null }, tables: { grade: null }, stage: null, route: null, faults: [], identity: [], notes };
    }
    const large = (seats ?? 0) >= 100;
    const after = large ? "mql" : stage;
    return {
      outcome: large ? "sales" : "nurture",
      message: null,
      screen: null,
      scores: { fit: Math.min(seats ?? 0, 100) },
      tables: { grade: large ? "A" : "C" },
      stage: { before: stage, after, moves: after === stage ? [] : [{ id: "qualify", from: stage, to: after }] },
      route: large ? "sales" : "nurture",
      faults: [],
      identity: [[["name", lead.name]]],
      notes,
    };
  },
};
