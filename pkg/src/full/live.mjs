// A lead in its life: decided at a moment, with what it has done and where it stands. Only builds that run on servers know this.

import { isOpen } from "../engine.mjs";
import { LeadgateError } from "../error.mjs";
import { explanationOf, possibleOf, rowsOf } from "../results.mjs";
import { putDecided, putPossible, putRows } from "./hits.mjs";
import { bytesOf, valueOf } from "./values.mjs";

/**
 * @typedef {import("../engine.mjs").Parts} Parts
 * @typedef {import("../index.d.ts").Options} Options
 * @typedef {Record<string, unknown>} Lead
 */

// The questions; as in src/wasm/live.rs.
const DECIDE = 0;
const EXPLAIN = 1;
const POSSIBLE = 2;

/**
 * Asks about a lead until no answer is left that the engine cannot use.
 * @param {Parts} parts
 * @param {number} question
 * @param {Lead} lead
 * @param {import("../engine.mjs").How} how
 * @param {Record<string, unknown>} input
 */
export function ask(parts, question, lead, how, input) {
  parts.write(lead, how);
  const bytes = bytesOf(input);
  for (;;) {
    const found = parts.engine().live(question, bytes);
    if (found[0] !== 0) return answerOf(found);
    parts.drop(new DataView(found.buffer, found.byteOffset).getUint32(1, true), how);
  }
}

/** @param {Uint8Array} bytes */
function answerOf(bytes) {
  const { answer, error } = valueOf(bytes);
  if (error !== undefined) throw new LeadgateError(error.code, error.message, { path: error.path || undefined, help: error.help || undefined });
  return answer;
}

/** What of a call's options belongs to the lead's life. @param {Options | undefined} options */
function inputOf(options) {
  const { now, events, asOf, state, stage } = options ?? {};
  if (stage !== undefined && stage !== null && state !== undefined && state !== null) {
    throw new LeadgateError("wrong-option", "both `stage` and `state` say where the lead stands", { path: "stage", help: "leave `stage` out: the state has it" });
  }
  return { now, events, asOf, state: stage === undefined || stage === null ? state : { stage } };
}

/** Whether a call is about a moment of a lead's life. @param {Options | undefined} options */
export const isLive = (options) => options?.now !== undefined || options?.events !== undefined || options?.state !== undefined || options?.asOf !== undefined;

/** @param {Parts} parts @param {import("../engine.mjs").How} how @param {number[]} numbers */
function decided(parts, how, numbers) {
  const decision = parts.decision(how, numbers);
  return parts.made.hits === undefined ? decision : putDecided(parts.made, numbers, decision);
}

/** @param {Parts} parts @param {Lead} lead @param {Options} [options] */
export function decide(parts, lead, options) {
  parts.decisive();
  const how = parts.how(options, false);
  const { decision } = ask(parts, DECIDE, lead, how, inputOf(options));
  return decided(parts, how, decision);
}

/** @param {Parts} parts @param {Lead} lead @param {Options} [options] */
export function explain(parts, lead, options) {
  parts.decisive();
  const how = parts.how(options, false);
  const { decision, scores } = ask(parts, EXPLAIN, lead, how, inputOf(options));
  const rows = rowsOf(parts.made, decision);
  return { decision: decided(parts, how, decision), rows: parts.made.hits === undefined ? rows : putRows(parts.made, decision, rows), scores: explanationOf(parts.made, scores) };
}

/** @param {Parts} parts @param {Lead} lead @param {import("../index.d.ts").PossibleOptions} [options] */
export function possible(parts, lead, options) {
  const how = parts.how(options, isOpen(options));
  const { possible: numbers } = ask(parts, POSSIBLE, lead, how, inputOf(options));
  const found = possibleOf(parts.made, numbers);
  return parts.made.hits === undefined ? found : putPossible(parts.made, numbers, found);
}
