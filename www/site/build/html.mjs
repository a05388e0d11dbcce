// Markup as template literals in which every value is text unless it is markup already.

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Markup, as opposed to text that still has to be escaped. */
export class Markup {
  /** @param {string} source */
  constructor(source) {
    this.source = source;
  }
}

/** @param {unknown} value @returns {string} */
function markup(value) {
  if (value instanceof Markup) return value.source;
  if (Array.isArray(value)) return value.map(markup).join("");
  if (value === undefined || value === null || value === false) return "";
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * @param {TemplateStringsArray} strings
 * @param {unknown[]} values `undefined`, `null` and `false` give nothing; lists are joined
 */
export function html(strings, ...values) {
  return new Markup(strings.reduce((source, string, at) => source + markup(values[at - 1]) + string));
}

/** A boolean attribute, or one that is left out where it has no value. @param {string} name @param {string | number | boolean | undefined} value */
export function attribute(name, value) {
  if (value === undefined || value === false) return new Markup("");
  return value === true ? new Markup(` ${name}`) : html` ${new Markup(name)}="${value}"`;
}
