// What a browser may know about a field and a policy does not say: what it fills in by itself, which keyboard a phone shows.

/**
 * @typedef {object} Hint
 * @property {string} [type] of the input
 * @property {string} [autocomplete]
 * @property {string} [inputmode]
 * @property {"provinces"} [suggestions]
 */

/** @type {Record<string, Hint>} */
const HINTS = {
  company: { autocomplete: "organization" },
  name: { autocomplete: "name" },
  title: { autocomplete: "organization-title" },
  province: { autocomplete: "address-level1", suggestions: "provinces" },
  email: { type: "email", autocomplete: "email", inputmode: "email" },
  mobile: { type: "tel", autocomplete: "tel", inputmode: "tel" },
};

/** @param {Pick<import("./policy.mjs").Question, "field" | "type">} question @returns {Hint} */
export function hintOf({ field, type }) {
  // Not `type=number`: its arrows and its wheel change answers by accident.
  const number = type === "int" || type === "double" ? { inputmode: "numeric" } : {};
  return { autocomplete: "off", ...number, ...HINTS[field] };
}

/** A choice that costs the visitor more than a usual question may be declined in so many words. @param {{ choices: readonly unknown[], cost: number, required: boolean }} question */
export const declinable = ({ choices, cost, required }) => choices.length > 0 && cost > 1 && !required;
