// What is given to receipts and claims, looked at before anything is signed or held against something.

import { LeadgateError } from "../error.mjs";
import { isObject, propertiesOf, reading, wrongType } from "../given.mjs";

/** @param {string} path @param {unknown} ring @returns {import("../receipts.d.ts").KeyRing} */
export function ringOf(path, ring) {
  const fits = reading(path, () => isObject(ring) && ring.keys instanceof Map && ring.macKeys instanceof Map);
  if (!fits) throw new LeadgateError("wrong-keys", "this is no ring of keys that is ready for use", { path, help: "give what `importKeys` returned" });
  return /** @type {import("../receipts.d.ts").KeyRing} */ (ring);
}

/** @param {unknown} lead @returns {Record<string, unknown>} */
export function leadOf(lead) {
  if (!isObject(lead)) throw new LeadgateError("wrong-lead", "a lead is an object of answers by field", { path: "lead", help: "for example { seats: 120 }" });
  return lead;
}

/** A text that may be left out. @param {string} path @param {unknown} text @param {string} help @returns {string | undefined} */
export function textOf(path, text, help) {
  if (text !== undefined && typeof text !== "string") throw wrongType(path, text, "a text", help);
  return text;
}

/** What a lead has lived through. @template {Record<string, any>} G @param {G} given @returns {G} */
export function livedOf(given) {
  const { state, events } = given;
  reading("state", () => JSON.stringify(state));
  if (!isObject(state ?? {})) throw wrongType("state", state, "a state", "give what `advance` and `commit` returned, or `{ stage }`");
  if (!Array.isArray(events ?? [])) throw wrongType("events", events, "a list of events", "give what `decide` was given");
  // Null is nothing here, as in `decide`.
  return { ...given, state: state ?? undefined, events: events ?? undefined };
}

/** A decision that was made already. @param {unknown} decision @returns {import("../index.d.ts").Decision | undefined} */
export function decisionOf(decision) {
  if (decision === undefined) return undefined;
  const { outcome, notes } = propertiesOf("decision", decision, "a decision", "give what `decide` returned, or leave it out");
  if (outcome === undefined || !Array.isArray(notes) || !notes.every(isObject)) throw wrongType("decision", decision, "a decision", "give what `decide` returned, or leave it out");
  return /** @type {import("../index.d.ts").Decision} */ (decision);
}
