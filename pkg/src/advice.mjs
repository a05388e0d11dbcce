// What a forecast means to the author of a form, in a sentence or two. English and Chinese.

import { isObject, propertiesOf, reading, styleOf, wrongType } from "./given.mjs";

/** A card whose floor is so much of everything cannot be shortened. */
const WHOLE = 0.97;
/** Ways of asking within so much of each other are alike. */
const ALIKE = 0.02;

/** @param {number} share */
const percent = (share) => `${Math.round(100 * share)} %`;

const en = {
  short: "This card cannot be shortened: even somebody who knew every answer would have to ask nearly all of it. Add a knock-out or merge grades.",
  saves: (/** @type {string} */ saved, /** @type {string} */ most) => `The plan saves ${saved} of the friction of asking everything; nobody could save more than about ${most}.`,
  savesAlone: (/** @type {string} */ saved) => `The plan saves ${saved} of the friction of asking everything.`,
  nothing: "The form asks for nothing that it has to: it is settled before the first question.",
  seldom: (/** @type {string} */ field, /** @type {string} */ share) => `The question needed least often is ${field}: in ${share} of forms.`,
  settles: (/** @type {string} */ field, /** @type {string} */ share) => `What settles most is ${field}: its answer ends ${share} of forms.`,
  join: " ",
};

/** @type {typeof en} */
const zh = {
  short: "这张评分卡无法缩短：即使事先知道所有答案，也几乎要全部问完。可以增加一票否决项，或合并等级。",
  saves: (saved, most) => `与全部提问相比，按此计划可省去 ${saved} 的填写负担；任何问法最多约能省去 ${most}。`,
  savesAlone: (saved) => `与全部提问相比，按此计划可省去 ${saved} 的填写负担。`,
  nothing: "表单无需提问：在第一个问题之前结果已定。",
  seldom: (field, share) => `最少用到的问题是“${field}”：只有 ${share} 的表单需要它。`,
  settles: (field, share) => `最能定下结果的是“${field}”：${share} 的表单在回答它之后即可结束。`,
  join: "",
};

/** What was given, looked at before anything is said. @param {unknown} given @returns {import("./author.d.ts").Forecast} */
function forecastOf(given) {
  const help = "give what `forecast` returned";
  const found = propertiesOf("forecast", given, "a forecast", help);
  const { everything, plan, floor, questions, settled } = found;
  const areNumbers = (/** @type {unknown[]} */ ...values) => values.every((value) => typeof value === "number");
  const fits = reading("forecast", () => isObject(everything) && isObject(plan) && areNumbers(everything.friction, plan.friction, plan.questions, settled, floor ?? 0)
    && floor !== undefined && Array.isArray(questions) && questions.every((question) => isObject(question) && typeof question.field === "string" && areNumbers(question.shown, question.asked, question.settles)));
  if (!fits) throw wrongType("forecast", given, "a forecast", help);
  return /** @type {import("./author.d.ts").Forecast} */ (found);
}

/**
 * Whether a form can be shortened, and what would do most.
 * @param {import("./author.d.ts").Forecast} forecast
 * @param {{ locale?: string, field?: (name: string) => string }} [style]
 */
export function adviceText(forecast, style) {
  const { everything, plan, floor, questions, settled } = forecastOf(forecast);
  const { locale = "en", field = (name) => name } = /** @type {{ locale?: string, field?: (name: string) => string }} */ (styleOf(style, ["field"]));
  const say = locale.toLowerCase().startsWith("zh") ? zh : en;
  if (everything.friction === 0 || (settled > 1 - 1e-9 && plan.questions === 0)) return say.nothing;
  if (floor !== null && floor >= WHOLE * everything.friction) return say.short;
  // A floor that is an average of forms that were drawn may lie a little beyond the plan.
  const least = floor === null ? null : Math.min(floor, plan.friction);
  const saved = percent(1 - plan.friction / everything.friction);
  const open = questions.filter(({ shown }) => shown > 0);
  const seldom = open.reduce((least, question) => (question.asked / question.shown < least.asked / least.shown ? question : least), open[0]);
  const settling = open.reduce((most, question) => (question.settles > most.settles ? question : most), open[0]);
  return [
    least === null ? say.savesAlone(saved) : say.saves(saved, percent(1 - least / everything.friction)),
    ...(seldom && seldom.asked < (1 - ALIKE) * seldom.shown ? [say.seldom(field(seldom.field), percent(seldom.asked))] : []),
    ...(settling && settling.settles > ALIKE ? [say.settles(field(settling.field), percent(settling.settles))] : []),
  ].join(say.join);
}
