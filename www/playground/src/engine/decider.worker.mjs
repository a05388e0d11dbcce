// Decides leads beside the page: what is possible while much is open may take a while.

import { init, LeadgateError, load } from "leadgate/slim";
import wasm from "leadgate/full.wasm?url";
import { courses, isScheduled, knowsTime, lifeOptions } from "../life/course.mjs";
import { act, asked, outlook } from "./outlook.mjs";
import { notStarted, starting } from "./start.mjs";

const ready = starting(() => init(fetch(wasm)));

/**
 * @typedef {import("leadgate").Lead} Lead
 * @typedef {{ lead: Lead, stage: string | null, life: import("../life/life.mjs").Life }} Standing a lead, what it did and where it stands
 * @typedef {Standing & { program?: Uint8Array, partial: boolean, reading: import("../store.mjs").State["reading"], turns: import("./outlook.mjs").Turns, settle: string }} Question `reading` says which parts are looked at: the others are not made
 */

/** @type {import("leadgate").Policy | undefined} */
let policy;
/** @type {import("leadgate").Description | undefined} */
let description;
/** Whether time says something in the policy, whatever the lead. */
let timed = false;
const courseOf = courses();

/** @param {Question} question @returns {import("./decider.mjs").Answered} */
function answer({ program, lead, stage, life, partial, reading, turns, settle }) {
  if (program) {
    // Where the new one does not load, nothing decides, and not the one before it.
    policy = undefined;
    policy = load(program);
    description = policy.describe();
    timed = knowsTime(policy, description);
  }
  if (!policy || !description) throw new Error("no program was given");
  const { known, living } = standing({ lead, stage, life }, description);
  const plain = { stage: stage !== null && description.stages.includes(stage) ? stage : undefined, onInvalid };
  const lives = timed || isScheduled(policy, known, living);
  const begun = performance.now();
  const { explanation, refused } = explained(policy, known, lives ? living : plain, { ...plain, ...(lives ? { now: life.now } : {}) });
  const ms = performance.now() - begun;
  const options = lives && refused === null ? living : plain;
  const possible = partial ? policy.possible(known, options) : null;
  const possibleMs = performance.now() - begun - ms;
  const course = lives && refused === null ? courseOf(policy, known, living, life, program !== undefined) : null;
  const ahead = reading === "next" ? outlook(policy, description, known, living, turns, explanation.decision.outcome) : null;
  const wanted = settle === "route" || settle === "stage" || description.outputs.some(({ name }) => name === settle) ? settle : "route";
  const asks = policy;
  const whatIf = reading === "whatIf" ? asked(() => asks.whatIf(known, { ...options, settle: wanted })) : null;
  const next = reading === "questions" ? asked(() => asks.next(known, options)) : null;
  return { description, explanation, form: policy.form(known, options), possible, lives, refused, course, outlook: ahead, whatIf, next, ms, possibleMs };
}

const onInvalid = /** @type {const} */ ("absent");

/** What of a lead the policy knows; answers to fields that the document lost stay with the visitor: the field may come back. @param {Standing} given @param {import("leadgate").Description} description */
function standing({ lead, stage, life }, description) {
  const fields = new Set(description.fields.map(({ name }) => name));
  return { known: Object.fromEntries(Object.entries(lead).filter(([name]) => fields.has(name))), living: { ...lifeOptions(life, stage, description), onInvalid } };
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

self.addEventListener("message", async ({ data, ports: [port] }) => {
  // What somebody does is answered on a way of its own: it may not be overtaken.
  if (port) {
    const { action, ...given } = /** @type {Standing & { action: import("./outlook.mjs").Action }} */ (data);
    try {
      if (!policy || !description) throw new Error("no program was given");
      const { known, living } = standing(given, description);
      port.postMessage(act(policy, known, living, action));
    } catch (error) {
      port.postMessage({ refused: String(error instanceof Error ? error.message : error) });
    }
    return;
  }
  try {
    await ready();
  } catch (error) {
    return self.postMessage(notStarted(error));
  }
  try {
    self.postMessage({ answered: answer(/** @type {Question} */ (data)) });
  } catch (error) {
    self.postMessage({ error: String(error instanceof Error ? error.message : error) });
  }
});
