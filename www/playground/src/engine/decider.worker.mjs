// Decides leads beside the page: what is possible while much is open may take a while.

import { init, load } from "leadgate/slim";
import wasm from "leadgate/full.wasm?url";

const ready = init(fetch(wasm));

/** @typedef {{ program?: Uint8Array, lead: import("leadgate").Lead, stage: string | null, partial: boolean }} Question */

/** @type {import("leadgate").Policy | undefined} */
let policy;
/** @type {import("leadgate").Description | undefined} */
let description;

/** @param {Question} question @returns {import("./decider.mjs").Answered} */
function answer({ program, lead, stage, partial }) {
  if (program) {
    // Where the new one does not load, nothing decides, and not the one before it.
    policy = undefined;
    policy = load(program);
    description = policy.describe();
  }
  if (!policy || !description) throw new Error("no program was given");
  const fields = new Set(description.fields.map(({ name }) => name));
  // Answers to fields that the document lost stay with the visitor: the field may come back.
  const known = Object.fromEntries(Object.entries(lead).filter(([name]) => fields.has(name)));
  const options = { stage: stage !== null && description.stages.includes(stage) ? stage : undefined, onInvalid: /** @type {const} */ ("absent") };
  const begun = performance.now();
  const explanation = policy.explain(known, options);
  const ms = performance.now() - begun;
  const possible = partial ? policy.possible(known, options) : null;
  const possibleMs = performance.now() - begun - ms;
  return { description, explanation, form: policy.form(known, options), possible, ms, possibleMs };
}

self.addEventListener("message", async ({ data }) => {
  try {
    await ready;
    self.postMessage({ answered: answer(/** @type {Question} */ (data)) });
  } catch (error) {
    self.postMessage({ error: String(error instanceof Error ? error.message : error) });
  }
});
