// What callers give to functions that no page loads: looked at before it is used, so that what is wrong with it is told in one way.

import { shown } from "./encode.mjs";
import { LeadgateError } from "./error.mjs";

/**
 * Reads what was given; what a getter of it throws is told as one error.
 * @template T @param {string} path what is read @param {() => T} read @returns {T}
 */
export function reading(path, read) {
  try {
    return read();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** @param {string} path @param {unknown} cause */
export const unreadable = (path, cause) => (cause instanceof LeadgateError ? cause : new LeadgateError("unreadable-input", `\`${path}\` cannot be read: something in it throws`, { path, help: "give plain values", cause }));

/** @param {string} path @param {unknown} given @param {string} what it is not @param {string} help */
export const wrongType = (path, given, what, help) => new LeadgateError("wrong-type", `${reading(path, () => shown(given))} is not ${what}`, { path, help });

/** @param {unknown} given @returns {given is Record<string, any>} */
export const isObject = (given) => given !== null && typeof given === "object" && !Array.isArray(given);

/**
 * The properties of an object, read once.
 * @param {string} path @param {unknown} given @param {string} what it should be @param {string} help
 * @returns {Record<string, any>}
 */
export function propertiesOf(path, given, what, help) {
  if (!isObject(given)) throw wrongType(path, given, what, help);
  return reading(path, () => ({ ...given }));
}

/** Something that answers as a loaded policy does. @template P @param {string} path @param {P} given @param {string[]} questions that it is asked @returns {P} */
export function policyOf(path, given, questions) {
  const answers = reading(path, () => questions.every((name) => typeof /** @type {any} */ (given)?.[name] === "function"));
  if (!answers) throw wrongType(path, given, "a policy", "give what `load` returned");
  return given;
}

/** In what words something is told. @param {unknown} given @param {string[]} names of what says how things are called @returns {Record<string, any>} without what is not given */
export function styleOf(given, names) {
  const style = propertiesOf("style", given ?? {}, "a style", "give an object such as `{ locale: \"zh\" }`");
  for (const name of ["locale", ...names]) {
    if (style[name] === undefined || style[name] === null) delete style[name];
    else if (typeof style[name] !== (name === "locale" ? "string" : "function")) throw wrongType(`style.${name}`, style[name], name === "locale" ? "a locale" : "a function", name === "locale" ? "`en` or `zh`" : "give a function from a name to words");
  }
  return style;
}
