// What a visitor may say: answers to the form's fields, and nothing else.
//
// Sources are the host's business. An answer from a record is never masked, and a field that the host looks up may carry the duplicate check or a salesperson's verdict; a visitor who
// could set these would write them.

import { DECLINED } from "../shared/form.mjs";

/** @typedef {import("leadgate").FieldDescription} Field */
/** @typedef {{ code: string, path: string, message: string }} Refusal */
/** @typedef {{ answers: import("leadgate").Lead, refusals: Refusal[] }} Taken */

/** Most fields that one sending names; far more than any form has. */
const MOST_FIELDS = 200;

/** What is said of an answer that the policy cannot take; everything else that goes wrong is thrown on. @param {unknown} error @returns {Refusal} */
export function refusalOf(error) {
  if (!(error instanceof Error && "code" in error && "path" in error && typeof error.code === "string" && error.code !== "internal")) throw error;
  const { code, path, message, help } = /** @type {import("leadgate").LeadgateError} */ (error);
  return { code, path: path ?? "", message: help ? `${message}: ${help}` : message };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** @param {unknown} answer */
function problemOf(answer) {
  if (answer === null || ["string", "number", "boolean"].includes(typeof answer)) return undefined;
  if (!isObject(answer)) return "an answer is a value, `{ declined: true }` or `{ choice: id }`";
  const keys = Object.keys(answer);
  if (keys.length === 1 && answer.declined === true) return undefined;
  if (keys.length === 1 && typeof answer.choice === "string") return undefined;
  if ("source" in answer) return "where an answer comes from is not for the visitor to say";
  return "an answer is a value, `{ declined: true }` or `{ choice: id }`";
}

/**
 * The answers of a sending as JSON.
 * @param {unknown} given
 * @param {Map<string, Field>} fields those that a visitor may set
 * @returns {Taken}
 */
export function answersOf(given, fields) {
  /** @type {import("leadgate").Lead} */
  const answers = {};
  /** @type {Refusal[]} */
  const refusals = [];
  if (!isObject(given)) return { answers, refusals: [{ code: "wrong-type", path: "answers", message: "the answers are not an object" }] };
  const entries = Object.entries(given);
  if (entries.length > MOST_FIELDS) return { answers, refusals: [{ code: "too-many", path: "answers", message: "there are too many answers" }] };
  for (const [name, answer] of entries) {
    if (!fields.has(name)) refusals.push({ code: "unknown-field", path: name.slice(0, 100), message: "the form has no such field" });
    else {
      const problem = problemOf(answer);
      if (problem) refusals.push({ code: "wrong-answer", path: name, message: problem });
      else if (answer !== null) answers[name] = /** @type {import("leadgate").Answer} */ (answer);
    }
  }
  return { answers, refusals };
}

/** A text that the form sends, as an answer of the field's type. @param {string} text @param {Field} field @returns {import("leadgate").Answer} */
function answerOf(text, field) {
  if (text === DECLINED) return { declined: true };
  if (field.choices?.includes(text)) return { choice: text };
  if (field.type === "bool" && (text === "true" || text === "false")) return text === "true";
  if ((field.type === "int" || field.type === "double") && /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(text)) return Number(text);
  // What is of no use is left as it is: the engine says what is wrong with it.
  return text;
}

/** Names of the form that are no fields. */
export const OF_THE_FORM = ["id", "locale", "hp"];

/**
 * The answers of a form post. Fields that were left empty are absent.
 * @param {URLSearchParams} form
 * @param {Map<string, Field>} fields
 * @returns {Taken}
 */
export function answersOfForm(form, fields) {
  /** @type {Record<string, unknown>} */
  const given = {};
  for (const [name, text] of form) {
    if (OF_THE_FORM.includes(name) || text.trim() === "" || Object.hasOwn(given, name)) continue;
    const field = fields.get(name);
    given[name] = field ? answerOf(text, field) : text;
  }
  return answersOf(given, fields);
}
