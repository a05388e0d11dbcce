// A lead in its life: decided at a moment, with what it has done and where it stands. Only builds that run on servers know this.

import { counted, isOpen } from "../engine.mjs";
import { LeadgateError } from "../error.mjs";
import { explanationOf, formOf, nextOf, possibleOf, rowsOf } from "../results.mjs";
import { putDecided, putPossible, putRows } from "./hits.mjs";
import { bytesOf, valueOf } from "./values.mjs";

/**
 * @typedef {import("./parts.mjs").Parts} Parts
 * @typedef {import("../index.d.ts").Options} Options
 * @typedef {Record<string, unknown>} Lead
 */

// The questions; as in src/wasm/live.rs.
const DECIDE = 0;
const EXPLAIN = 1;
const POSSIBLE = 2;
const WHAT_IF = 3;
const UNTIL = 4;
const FORM = 5;
const NEXT = 6;
const ADVANCE = 10;
const LEGAL = 11;
const MIGRATE = 12;
const PIN = 13;
const STAYS = 14;
const ASSIGN = 20;
const RETURNED = 21;
const DUE = 22;
const COMMIT = 23;
const SENT = 24;

/**
 * Asks about a lead until no answer is left that the engine cannot use.
 * @param {Parts} parts
 * @param {number} question
 * @param {Lead} lead
 * @param {import("../engine.mjs").How} how
 * @param {Record<string, unknown>} input
 */
export function ask(parts, question, lead, how, input) {
  // First, for a getter in it may decide another lead with the same policy.
  const bytes = bytesOf(input);
  parts.write(lead, how);
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
  const { decision, times } = ask(parts, DECIDE, lead, how, inputOf(options));
  return timed(decided(parts, how, decision), times);
}

/** @param {Parts} parts @param {Lead} lead @param {Options} [options] */
export function explain(parts, lead, options) {
  parts.decisive();
  const how = parts.how(options, false);
  const { decision, scores, times } = ask(parts, EXPLAIN, lead, how, inputOf(options));
  const rows = rowsOf(parts.made, decision);
  return { decision: timed(decided(parts, how, decision), times), rows: parts.made.hits === undefined ? rows : putRows(parts.made, decision, rows), scores: explanationOf(parts.made, scores) };
}

/** @param {Parts} parts @param {Lead} lead @param {import("../index.d.ts").PossibleOptions} [options] */
export function possible(parts, lead, options) {
  const how = parts.how(options, isOpen(options));
  const { possible: numbers } = ask(parts, POSSIBLE, lead, how, inputOf(options));
  const found = possibleOf(parts.made, numbers);
  return parts.made.hits === undefined ? found : putPossible(parts.made, numbers, found);
}

/** @param {Parts} parts @param {Lead} lead @param {Options} [options] */
export function form(parts, lead, options) {
  const { form: numbers } = ask(parts, FORM, lead, parts.how(options, false), inputOf(options));
  return formOf(parts.made, numbers);
}

/** @param {Parts} parts @param {Lead} lead @param {import("../index.d.ts").NextOptions} [options] */
export function next(parts, lead, options) {
  const input = { ...inputOf(options), limit: counted(options, "limit"), submissions: counted(options, "submissions") };
  const { next: numbers } = ask(parts, NEXT, lead, parts.asking(options), input);
  return nextOf(parts.made, numbers);
}

/** A decision whose moves say when they take effect. @template {{ stage: { moves: { at?: string }[] } | null }} D @param {D} decision @param {string[]} times */
function timed(decision, times) {
  decision.stage?.moves.forEach((move, at) => {
    if (times[at] !== undefined) move.at = times[at];
  });
  return decision;
}

/** @param {Parts} parts @param {Lead} lead @param {import("../index.d.ts").Step | null | undefined} step @param {Options} [options] */
export function advance(parts, lead, step, options) {
  parts.decisive();
  return ask(parts, ADVANCE, lead, parts.how(options, false), { ...inputOf(options), step });
}

/** @param {Parts} parts @param {Lead} lead @param {Options} [options] */
export function legal(parts, lead, options) {
  parts.decisive();
  return ask(parts, LEGAL, lead, parts.how(options, false), inputOf(options));
}

/** A question that is about no lead. @param {Parts} parts @param {number} question @param {Record<string, unknown>} input */
const aside = (parts, question, input) => ask(parts, question, {}, parts.how(undefined, false), input);

/** @param {Parts} parts @param {unknown} state */
export const migrate = (parts, state) => aside(parts, MIGRATE, { state });

/** @param {Parts} parts @param {unknown} state @param {Record<string, unknown>} pin */
export const pin = (parts, state, pin) => aside(parts, PIN, { ...pin, state });

/** @param {Parts} parts @param {unknown} state */
export const stays = (parts, state) => aside(parts, STAYS, { state });
/** @param {Parts} parts @param {string} queue @param {unknown} rotation @param {import("../index.d.ts").AssignOptions} [options] */
export function assign(parts, queue, rotation, options) {
  const { lead = {}, state, now, absent, onInvalid } = options ?? {};
  return ask(parts, ASSIGN, lead, parts.how({ onInvalid }, false), { queue, rotation, state, now, absent });
}

/** @param {Parts} parts @param {string} queue @param {unknown} rotation @param {unknown} answer */
export const returned = (parts, queue, rotation, answer) => aside(parts, RETURNED, { queue, rotation, returned: answer }).rotation;

/** @param {Parts} parts @param {Lead} lead @param {Options} [options] */
export function due(parts, lead, options) {
  parts.decisive();
  const { due, next = null } = ask(parts, DUE, lead, parts.how(options, false), inputOf(options));
  return { ...due, next };
}

/** @param {Parts} parts @param {unknown} state @param {import("../index.d.ts").Due} found */
export function commit(parts, state, found) {
  const { next: _, ...due } = found ?? {};
  return aside(parts, COMMIT, { state, due }).state;
}

/** @param {Parts} parts @param {unknown} state @param {unknown} step @param {unknown} at */
export const sent = (parts, state, step, at) => aside(parts, SENT, { state, step, at }).state;

/** @param {Parts} parts @param {Lead} lead @param {import("../index.d.ts").WhatIfOptions} [options] */
export function whatIf(parts, lead, options) {
  parts.decisive();
  const { settle, fields } = options ?? {};
  return ask(parts, WHAT_IF, lead, parts.how(options, false), { ...inputOf(options), ask: { settle, fields } });
}

/** @param {Parts} parts @param {Lead} lead @param {import("../index.d.ts").UntilOptions} options */
export function until(parts, lead, options) {
  parts.decisive();
  return { at: null, after: null, ...ask(parts, UNTIL, lead, parts.how(options, false), { ...inputOf(options), horizon: options?.horizon }) };
}
