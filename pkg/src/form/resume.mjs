// Going on with a form where it was left.

import { LeadgateError } from "../error.mjs";
import { checked, FormState } from "./state.mjs";

/**
 * @typedef {import("../form.d.ts").Said} Said
 * @typedef {import("../form.d.ts").Dropped} Dropped
 */

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
/** @param {unknown} value @returns {value is string[]} */
const isNames = (value) => Array.isArray(value) && value.every((name) => typeof name === "string");
/** @param {unknown} value @returns {value is number} */
const isCount = (value) => Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;
/** @param {unknown} said @returns {said is Said} */
const isSaid = (said) => isObject(said) && said.answer !== undefined && said.answer !== null && (said.source === "typed" || said.source === "record") && (said.consent === undefined || typeof said.consent === "string");

/** @param {string} code @param {string} message @param {string} help */
const refused = (code, message, help) => new LeadgateError(code, message, { path: "saved", help });

/** @type {typeof import("../form.d.ts").resumeForm} */
export function resumeForm(given, policy, how) {
  const { newVisit = false, ...options } = checked(policy, how);
  /** @type {any} */
  let saved;
  try {
    saved = JSON.parse(JSON.stringify(given));
  } catch {
    // Told as anything else that was not saved.
  }
  if (!isObject(saved) || !isCount(saved.v)) throw refused("wrong-form", "this is not a saved form", "give what `save()` returned");
  if (saved.v !== 1) throw refused("form-version", `the saved form has version \`${saved.v}\`, and this package reads 1`, "begin the form anew, or update the package that reads it");
  const { answers, left, visit, submissions } = /** @type {any} */ (saved);
  if (typeof saved.policy !== "string" || !isObject(answers) || !Object.values(answers).every(isSaid) || !isNames(left) || !isCount(submissions) || !isObject(visit) || !isCount(visit.at) || !isNames(visit.before) || !(visit.first === undefined || isNames(visit.first))) {
    throw refused("wrong-form", "the saved form is not as it was saved", "give what `save()` returned, or begin the form anew");
  }
  const { policy: name, program, fields } = policy.describe();
  if (saved.policy !== name) throw refused("another-policy", `the form was saved with the policy \`${saved.policy}\`, and this one is \`${name}\``, "keep what was saved apart by policy");

  /** @type {Dropped[]} */
  const dropped = [];
  const takes = (/** @type {string} */ field, /** @type {unknown} */ answer) => {
    if (!fields.some((known) => known.name === field)) dropped.push({ field, code: "unknown-field", message: `the policy has no field \`${field}\` any more` });
    else {
      try {
        policy.form({ [field]: /** @type {any} */ (answer) });
        return true;
      } catch (error) {
        if (!(error instanceof LeadgateError) || error.path !== field) throw error;
        dropped.push({ field, code: error.code, message: error.message });
      }
    }
    return false;
  };
  // With the same program even an answer that it refuses is as it was: somebody was about to put it right.
  const same = saved.program === program;
  const said = new Map(Object.entries(/** @type {Record<string, Said>} */ (answers)).filter(([field, { answer }]) => same || takes(field, answer)));
  const passed = /** @type {string[]} */ (left).filter((field) => same || takes(field, null));
  const place = newVisit ? { before: [...new Set([...said.keys(), ...passed])] } : { before: /** @type {string[]} */ (visit.before), at: /** @type {number} */ (visit.at) };
  const first = newVisit ? undefined : /** @type {string[] | undefined} */ (visit.first);
  return { form: new FormState(policy, { ...(first ? { first } : {}), ...options, submissions }, { said, ...place }), dropped };
}
