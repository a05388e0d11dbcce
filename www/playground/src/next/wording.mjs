// Conditions, values and times as sentences have them.

import { dateTime } from "../life/dates.mjs";
import { momentOf } from "../life/life.mjs";
import { outlineOf } from "../parts.mjs";
import { grouped, policyText, wordsOf } from "../words/words.mjs";

/** @typedef {import("../store.mjs").State} State */

/** The largest number that a field without a bound can have. */
const ANY = Number.MAX_SAFE_INTEGER;

/** @param {unknown} at @param {State} state */
export const when = (at, state) => dateTime(momentOf(at), state);

/** What a field is called. @param {string} name @param {State} state */
export const fieldText = (name, state) => policyText(state, "fields", name) ?? policyText(state, "ask", name) ?? name;

/** A condition as the document has it: an expression, or tests by name. @param {unknown} condition @param {State} state @returns {string} */
export function conditionText(condition, state) {
  if (typeof condition !== "object" || condition === null) return String(condition ?? "");
  return Object.entries(condition).map(([name, test]) => `${name === "stage" ? wordsOf(state).stage : fieldText(name, state)} ${String(test)}`).join(wordsOf(state).life.andThen);
}

/** @param {string} name @param {State} state */
function madeOf(name, state) {
  const outline = outlineOf(state);
  return { field: outline?.fields.find((field) => field.name === name), choices: outline?.questions.find(({ field }) => field === name)?.choices ?? [] };
}

/** @param {string} name of a field @param {import("leadgate").Value} value @param {State} state */
export function valueText(name, value, state) {
  const say = wordsOf(state);
  if (typeof value === "boolean") return value ? say.yes : say.no;
  const choice = madeOf(name, state).choices.find(({ is }) => is === String(value));
  return (choice && policyText(state, "ask", name, "choices", choice.id)) ?? (typeof value === "number" ? grouped(value) : value);
}

/** @param {string} name of a field @param {[number, number]} range @param {State} state */
export function rangeText(name, [low, high], state) {
  const say = wordsOf(state);
  const { field, choices } = madeOf(name, state);
  const [least, most] = [field?.min ?? -ANY, field?.max ?? ANY];
  if (low === high) return valueText(name, low, state);
  const choice = choices.find(({ is }) => is === `${low}..${high}` || (is === `>= ${low}` && high >= most) || (is === `<= ${high}` && low <= least));
  const text = choice && policyText(state, "ask", name, "choices", choice.id);
  return text ?? (low <= least ? say.upTo(grouped(high)) : high >= most ? say.from(grouped(low)) : say.between(grouped(low), grouped(high)));
}

/** An answer of `whatIf`. @param {string} name of a field @param {import("leadgate").Change["from"] | import("leadgate").Change["to"]} answer @param {State} state */
export function answerText(name, answer, state) {
  const { life } = wordsOf(state);
  if ("declined" in answer) return life.declined;
  if ("absent" in answer) return life.absent;
  if ("range" in answer) return rangeText(name, answer.range, state);
  return "example" in answer ? life.likeText(String(answer.value)) : valueText(name, answer.value, state);
}
