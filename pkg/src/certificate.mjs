// A certificate of `next` in words: why no question can change what a form is there to find out. English and Chinese.

import { isObject, propertiesOf, reading, styleOf, wrongType } from "./given.mjs";

/** @typedef {import("./index.d.ts").Certificate} Certificate */

/** @param {number} value */
const number = (value) => String(Math.round(value * 1000) / 1000).replace("-", "−");

/** The kinds of reasons, in the order in which they are told. */
const WHYS = /** @type {const} */ (["idle", "masked", "unread"]);

const en = {
  goals: /** @type {Record<string, string>} */ ({ route: "the route", stage: "the stage" }),
  list: (/** @type {string[]} */ items) => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`),
  or: (/** @type {string[]} */ items) => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} or ${items[items.length - 1]}`),
  fault: "a fault, or nothing",
  done: (/** @type {string} */ goal, /** @type {string} */ is) => `Every question is answered; ${goal} is ${is}.`,
  doneAmong: (/** @type {string} */ goal, /** @type {string} */ are) => `Every question is answered; what is still looked up decides whether ${goal} is ${are}.`,
  one: (/** @type {number} */ count, /** @type {string} */ goal, /** @type {string} */ is) => `The ${count === 1 ? "one remaining question" : `${count} remaining questions`} cannot change ${goal}: it is ${is}, whatever is answered, declined or left out.`,
  among: (/** @type {number} */ count, /** @type {string} */ goal, /** @type {string} */ are) => `The ${count === 1 ? "one remaining question" : `${count} remaining questions`} cannot change ${goal}; what is still looked up decides whether it is ${are}.`,
  why: {
    idle: (/** @type {string} */ fields) => `${fields}: no answer makes a difference any more.`,
    masked: (/** @type {string} */ fields) => `${fields}: the question does not apply, and will not.`,
    unread: (/** @type {string} */ fields) => `${fields}: nothing rests on the answer.`,
  },
  score: (/** @type {string} */ name, /** @type {string} */ low, /** @type {string} */ high) => `${name} stays between ${low} and ${high}.`,
  join: " ",
};

/** @type {typeof en} */
const zh = {
  goals: { route: "去向", stage: "阶段" },
  list: (items) => items.join("、"),
  or: (items) => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join("、")}还是${items[items.length - 1]}`),
  fault: "故障或无结果",
  done: (goal, is) => `问题均已回答，${goal}为${is}。`,
  doneAmong: (goal, are) => `问题均已回答；${goal}是${are}，取决于尚待查询的信息。`,
  one: (count, goal, is) => `余下 ${count} 个问题不会改变${goal}：无论回答什么、拒答或留空，都是${is}。`,
  among: (count, goal, are) => `余下 ${count} 个问题不会改变${goal}；是${are}，取决于尚待查询的信息。`,
  why: {
    idle: (fields) => `${fields}：怎样回答都不再有影响。`,
    masked: (fields) => `${fields}：该问题不适用，以后也不会适用。`,
    unread: (fields) => `${fields}：没有规则用到它。`,
  },
  score: (name, low, high) => `${name}保持在 ${low} 到 ${high} 之间。`,
  join: "",
};

/** What was given, looked at before anything is said. @param {unknown} given @returns {Certificate} */
function certificateOf(given) {
  const certificate = propertiesOf("certificate", given, "a certificate", HELP);
  const { goal, comesTo, remaining, scores } = certificate;
  const isRange = (/** @type {any} */ range) => range === null || (Array.isArray(range) && range.length === 2 && range.every((end) => typeof end === "number"));
  const fits = reading("certificate", () => typeof goal === "string"
    && Array.isArray(comesTo) && comesTo.every((result) => result === null || ["string", "number", "boolean"].includes(typeof result))
    && Array.isArray(remaining) && remaining.every((question) => isObject(question) && typeof question.field === "string" && WHYS.includes(question.why))
    && isObject(scores) && Object.values(scores).every(isRange));
  if (!fits) throw wrongType("certificate", given, "a certificate", HELP);
  return /** @type {Certificate} */ (certificate);
}

const HELP = "give the `certificate` of what `next` answered, where it is settled";

/** @param {import("./certificate.d.ts").Style} [style] */
const wordsOf = ({ locale = "en" } = {}) => (locale.toLowerCase().startsWith("zh") ? zh : en);

/**
 * Why nothing asked from here on matters, a sentence each: what it comes to, then of the remaining questions why they cannot matter, then between which points scores still lie.
 * @param {Certificate} certificate
 * @param {import("./certificate.d.ts").Style} [style]
 * @returns {string[]}
 */
export function certificateLines(certificate, style) {
  const { goal, comesTo, remaining, scores } = certificateOf(certificate);
  const named = styleOf(style, ["field", "value", "score"]);
  const { field = (name) => name, value = (_goal, value) => String(value), score = (name) => name } = /** @type {import("./certificate.d.ts").Style} */ (named);
  const say = wordsOf(named);
  const about = Object.hasOwn(say.goals, goal) ? say.goals[goal] : goal;
  const results = comesTo.map((result) => (result === null ? say.fault : value(goal, result)));
  const is = say.or(results);
  const single = results.length === 1;
  const count = remaining.length;
  return [
    count === 0 ? (single ? say.done : say.doneAmong)(about, is) : (single ? say.one : say.among)(count, about, is),
    ...WHYS.flatMap((why) => {
      const fields = remaining.filter((question) => question.why === why).map((question) => field(question.field));
      return fields.length === 0 ? [] : [say.why[why](say.list(fields))];
    }),
    ...Object.entries(scores).flatMap(([name, range]) => (range === null || range[0] === range[1] ? [] : [say.score(score(name), number(range[0]), number(range[1]))])),
  ];
}

/**
 * The same as one text.
 * @param {Certificate} certificate
 * @param {import("./certificate.d.ts").Style} [style]
 */
export function certificateText(certificate, style) {
  const named = styleOf(style, ["field", "value", "score"]);
  return certificateLines(certificate, named).join(wordsOf(named).join);
}
