// Whether a sending is complete: everything that is wrong with it or not there, at once. The engine stops at the first answer that it cannot take, and lets people leave out what they like.

import { refusalOf } from "./answers.mjs";
import { isNumber } from "./identities.mjs";

/**
 * Fields one of which has to be there where the form asks for one: without them nobody could reply.
 * The landing page has a list of its own (`CONTACT` in www/site/src/form.mjs) and looks before it sends; what it downloads knows of no fields but those that its form is made of.
 */
const CONTACT = ["mobile", "email", "phone", "wechat"];

/** @typedef {import("./answers.mjs").Refusal} Refusal */

/** @param {unknown} answer */
const says = (answer) => answer !== undefined && answer !== null && !(typeof answer === "string" && answer.trim() === "") && !(typeof answer === "object" && "declined" in answer);

/**
 * @param {import("./policy.mjs").EdgePolicy} policy
 * @param {import("./answers.mjs").Taken} taken
 * @returns {Refusal[]} none where it is complete
 */
export function problemsOf(policy, { answers, refusals }) {
  const problems = [...refusals];
  /** @type {import("./answers.mjs").Taken["answers"]} */
  const usable = {};
  // Who has no telephone writes so: that reaches nobody.
  const silent = new Set();
  for (const [field, answer] of Object.entries(answers)) {
    try {
      const { identity } = policy.full.decide({ [field]: answer });
      usable[field] = answer;
      if (policy.telephones.has(field) && identity.flat().some(([name, value]) => name === field && !isNumber(value))) silent.add(field);
    } catch (error) {
      problems.push(refusalOf(error));
    }
  }
  const wrong = new Set(problems.map(({ path }) => path));
  // A question can apply by what the page knows and no more.
  const shown = policy.shownTo(usable);
  const questions = policy.slice.form(shown).questions;
  for (const { field, shown: applies, required } of questions) {
    if (applies && required && !says(usable[field]) && !wrong.has(field)) problems.push({ code: "required", path: field, message: "the form is not complete without it" });
  }
  const contacts = CONTACT.filter((name) => questions.some(({ field }) => field === name));
  if (contacts.length === 0 || CONTACT.some((field) => (says(usable[field]) && !silent.has(field)) || wrong.has(field))) return problems;
  // As the page has it: the form asks for a contact unless nothing rests on it any more, with all the other questions left out.
  const left = Object.fromEntries(questions.map(({ field }) => [field, null]).filter(([field]) => !CONTACT.includes(/** @type {string} */ (field))));
  const said = Object.fromEntries(Object.entries(shown).filter(([field]) => !CONTACT.includes(field)));
  const { ask } = policy.slice.next({ ...left, ...said }, { limit: questions.length });
  const field = contacts.find((name) => ask.includes(name));
  if (field && !problems.some(({ path }) => path === field)) problems.push({ code: "contact", path: field, message: "leave a way to be reached" });
  return problems;
}
