// Words in the reader's language: the playground's own, and the policy's.

import { textsOf } from "../parts.mjs";
import { en } from "./en.mjs";
import { zh } from "./zh.mjs";

/** @typedef {import("../store.mjs").State} State */

const all = { en, zh };

/** @param {Pick<State, "locale">} state */
export const wordsOf = ({ locale }) => all[locale];

/**
 * The policy's text for a path in the document, such as `scores.fit.need.seats`: in the reader's language, otherwise in the first one that has it.
 * @param {Pick<State, "locale" | "study" | "sound">} state
 * @param {...(string | null)} path
 * @returns {string | undefined}
 */
export function policyText({ locale, study, sound }, ...path) {
  const texts = textsOf({ study, sound });
  const key = path.filter((part) => part !== null && part !== "").join(".");
  const blocks = [texts[locale], texts[""], ...Object.keys(texts).sort().map((name) => texts[name])];
  return blocks.find((block) => block && Object.hasOwn(block, key))?.[key];
}

/** A number as people of the language write it; for scores and bounds, where grouping helps reading. @param {number} value */
export const grouped = (value) => {
  const [whole, part] = Math.abs(value).toString().split(".");
  const digits = whole.includes("e") ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value < 0 ? "−" : ""}${digits}${part ? `.${part}` : ""}`;
};
