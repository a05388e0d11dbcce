// What the page brings along: texts in its language, and what visitors are told.

/**
 * @typedef {import("../texts/en.mjs").en["client"]} ClientTexts
 * @typedef {{ texts: ClientTexts, messages: Record<string, string>, base: string, origin: import("../build/policy.mjs").Origin, others: { title: string, base: string }[] }} PageData
 */

/** @type {PageData} */
export const { texts, messages, base, origin, others } = JSON.parse(document.getElementById("page-data")?.textContent ?? "");

/** Fills the {places} of a text. @param {string} text @param {Record<string, string | number>} values */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

/**
 * An element that the page must have.
 * @template {Element} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function one(selector, within = document) {
  const found = within.querySelector(selector);
  if (!found) throw new Error(`the page has no \`${selector}\``);
  return /** @type {T} */ (found);
}

/**
 * Makes an element; texts among its children are text, never markup.
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {{ class?: string, [attribute: string]: string | undefined }} [attributes]
 * @param {(Node | string)[]} [children]
 */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}
