// Golden leads that are loaded, and the stories that some of them tell: each step with what came of it, to be walked forth and back.

import { lifeOf, momentOf } from "../life/life.mjs";

/**
 * @typedef {import("leadgate/author").GoldenLead} GoldenLead
 * @typedef {import("../life/life.mjs").Life} Life
 * @typedef {import("../engine/written.mjs").Written} Written
 *
 * @typedef {object} Walk
 * @property {number} at how many steps were made
 * @property {import("../engine/outlook.mjs").Told[]} told what came of them
 * @property {Life} life as they left it
 * @property {string | null} stage
 */

/** What the page holds once a golden lead is loaded; of a story, its beginning. @param {GoldenLead} golden @param {Written | null} written @param {Life} life */
export function loaded(golden, written, life) {
  const story = written?.stories[golden.id];
  const came = lifeOf(golden, life);
  const first = story && golden.given.now === undefined ? momentOf(story[0].at) : Number.NaN;
  const begins = Number.isNaN(first) ? came : { ...came, now: first, anchor: first };
  return { lead: golden.lead, stage: golden.stage, life: begins, golden: golden.id, walk: story ? { at: 0, told: [], life: begins, stage: golden.stage } : null };
}

/** A state that the engine gave, as the page holds it: the first stage goes without saying. @param {import("leadgate").State | undefined} state @param {readonly string[]} stages */
export function held(state, stages) {
  const { stage, ...rest } = state ?? {};
  return { stage: stage === undefined || stage === stages[0] ? null : stage, state: Object.keys(rest).length === 0 ? null : rest };
}
