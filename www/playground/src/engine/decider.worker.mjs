// Decides leads beside the page: what is possible while much is open may take a while.

import { init, LeadgateError, load } from "leadgate/slim";
import wasm from "leadgate/full.wasm?url";
import { courses, isScheduled, knowsTime, lifeOptions } from "../life/course.mjs";

const ready = init(fetch(wasm));

/** @typedef {{ program?: Uint8Array, lead: import("leadgate").Lead, stage: string | null, life: import("../life/life.mjs").Life, partial: boolean }} Question */

/** @type {import("leadgate").Policy | undefined} */
let policy;
/** @type {import("leadgate").Description | undefined} */
let description;
/** Whether time says something in the policy, whatever the lead. */
let timed = false;
const courseOf = courses();

/** @param {Question} question @returns {import("./decider.mjs").Answered} */
function answer({ program, lead, stage, life, partial }) {
  if (program) {
    // Where the new one does not load, nothing decides, and not the one before it.
    policy = undefined;
    policy = load(program);
    description = policy.describe();
    timed = knowsTime(policy, description);
  }
  if (!policy || !description) throw new Error("no program was given");
  const fields = new Set(description.fields.map(({ name }) => name));
  // Answers to fields that the document lost stay with the visitor: the field may come back.
  const known = Object.fromEntries(Object.entries(lead).filter(([name]) => fields.has(name)));
  const onInvalid = /** @type {const} */ ("absent");
  const plain = { stage: stage !== null && description.stages.includes(stage) ? stage : undefined, onInvalid };
  const living = { ...lifeOptions(life, stage, description), onInvalid };
  const lives = timed || isScheduled(policy, known, living);
  const begun = performance.now();
  const { explanation, refused } = explained(policy, known, lives ? living : plain, { ...plain, ...(lives ? { now: life.now } : {}) });
  const ms = performance.now() - begun;
  const options = lives && refused === null ? living : plain;
  const possible = partial ? policy.possible(known, options) : null;
  const possibleMs = performance.now() - begun - ms;
  const course = lives && refused === null ? courseOf(policy, known, living, life, program !== undefined) : null;
  return { description, explanation, form: policy.form(known, { onInvalid }), possible, lives, refused, course, ms, possibleMs };
}

/**
 * Where the engine cannot use what the lead did, it is decided without, and says so.
 * @param {import("leadgate").Policy} policy
 * @param {import("leadgate").Lead} lead
 * @param {import("leadgate").Options} options
 * @param {import("leadgate").Options} without
 */
function explained(policy, lead, options, without) {
  try {
    return { explanation: policy.explain(lead, options), refused: null };
  } catch (error) {
    if (!(error instanceof LeadgateError) || options.now === undefined) throw error;
    return { explanation: policy.explain(lead, without), refused: error.message };
  }
}

self.addEventListener("message", async ({ data }) => {
  try {
    await ready;
    self.postMessage({ answered: answer(/** @type {Question} */ (data)) });
  } catch (error) {
    self.postMessage({ error: String(error instanceof Error ? error.message : error) });
  }
});
