// What becomes of a lead: questions that only the full build answers. Their numbers are those of src/wasm/life.rs.

import { LeadgateError } from "../error.mjs";
import { bytesOf, valueOf } from "./values.mjs";

/**
 * @typedef {import("../engine.mjs").Loaded} Loaded
 * @typedef {Record<string, unknown>} Lead
 */

const WHAT_IF = 0;

const ANSWER = 0;
const ERROR = 1;

/**
 * @param {Loaded} loaded
 * @param {Lead} lead
 * @param {import("../index.d.ts").Options | undefined} options
 * @param {number} question
 * @param {Record<string, unknown>} given
 */
function ask(loaded, lead, options, question, given) {
  const bytes = bytesOf(given);
  return loaded.about(lead, options, (engine) => {
    const [kind, ...found] = valueOf(/** @type {import("../../wasm/full/leadgate.js").Engine} */ (engine).life(question, bytes));
    if (kind === ANSWER) return { answer: found[0] };
    if (kind !== ERROR) return { wrong: found[0] };
    const [code, message, path, help] = found;
    throw new LeadgateError(code, message, { path: path || undefined, help: help || undefined });
  });
}

/** By name, what a policy of the full build can be asked. */
export const questions = {
  /** @param {Loaded} loaded @param {Lead} lead @param {import("../index.d.ts").WhatIfOptions} [options] */
  whatIf(loaded, lead, options) {
    const { stage, settle, fields } = options ?? {};
    return ask(loaded, lead, options, WHAT_IF, { stage, settle, fields });
  },
};
