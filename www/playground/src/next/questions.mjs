// What the form would ask next, why it stops, and what it costs its visitors on average.

import { adviceText } from "leadgate/advice";
import { certificateLines } from "leadgate/certificate";
import { h, sentence } from "../dom.mjs";
import { outlineOf } from "../parts.mjs";
import { wordsOf } from "../words/words.mjs";
import { fieldText } from "./wording.mjs";

/**
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("leadgate/author").Forecast} Forecast
 * @typedef {ReturnType<typeof wordsOf>["life"]["asking"]} Words
 */

/** @param {import("../engine/decider.mjs").Answered} decided @param {State} state */
export function askingSection({ next }, state) {
  const say = wordsOf(state).life.asking;
  if (!next) return null;
  if ("refused" in next) return h("section.block", null, h("h3", null, say.next), h("p.fault", null, sentence(next.refused)));
  const { settled, ask, certificate } = next;
  const lines = certificate === null ? [] : certificateLines(certificate, { locale: state.locale, field: (name) => fieldText(name, state) });
  return h("section.block.asking", { "data-settled": String(settled) }, h("h3", null, say.next),
    lines.length === 0 ? h("p", null, say.open) : [h("p.settled", null, h("span.tick", { "aria-hidden": "true" }, "✓ "), h("strong", null, lines[0])), lines.length > 1 ? h("ul.reasons", null, lines.slice(1).map((line) => h("li.quiet", null, line))) : null],
    ask.length === 0 ? (settled ? null : h("p.quiet", null, say.nothing)) : [settled ? h("p.quiet", null, say.anyway) : null, h("ol.asked", null, ask.map((name) => h("li", { "data-ask": name }, fieldText(name, state))))]);
}

/** @param {number} value */
const figure = (value) => value.toFixed(2);
/** @param {number} share */
const percent = (share) => `${Math.round(100 * share)} %`;

/** @param {Forecast} forecast @param {Words} say */
function waysTable({ everything, formOrder, bestOrder, plan, pages, optimum, floor, floorError }, say) {
  const row = (/** @type {string} */ name, /** @type {number | null} */ questions, /** @type {number | null} */ friction, error = 0) =>
    h("tr", { "data-way": name }, h("th", { scope: "row" }, say.ways[/** @type {keyof Words["ways"]} */ (name)]), h("td", null, questions === null ? "" : figure(questions)),
      h("td", null, friction === null ? say.tooMuch : `${figure(friction)}${error > 0 ? ` ± ${figure(error)}` : ""}`), h("td.quiet", null, friction === null || everything.friction === 0 ? "" : percent(friction / everything.friction)));
  return h("div.table-scroll", null, h("table.members.forecast", null,
    h("thead", null, h("tr", null, [say.way, say.questions, say.friction, say.ofAll].map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", null,
      row("everything", everything.questions, everything.friction, everything.error), row("formOrder", formOrder.questions, formOrder.friction, formOrder.error),
      bestOrder === null ? null : row("bestOrder", null, bestOrder.friction), row("plan", plan.questions, plan.friction, plan.error),
      pages === null ? null : row("pages", pages.plan.questions, pages.plan.friction, pages.error), pages?.optimum ? row("bestPages", pages.optimum.questions, pages.optimum.friction) : null,
      row("optimum", null, optimum), row("floor", null, floor, floorError))));
}

/** @param {State} state @param {import("../store.mjs").Store} store */
export function forecastSection(state, store) {
  const say = wordsOf(state).life.asking;
  const { forecast, foreknown } = state;
  const questions = outlineOf(state)?.questions ?? [];
  const toggle = (/** @type {string} */ name, /** @type {boolean} */ is) => store.set({ foreknown: is ? [...store.get().foreknown, name] : store.get().foreknown.filter((one) => one !== name) });
  const chosen = questions.filter(({ field }) => foreknown.includes(field)).length;
  const known = h("details.silent", { "data-key": "foreknown" }, h("summary", { "data-key": "foreknown-summary" }, say.known(chosen)),
    h("ul.foreknown", null, questions.map(({ field }) => h("li", null, h("label", null,
      h("input", { type: "checkbox", id: `foreknown-${field}`, checked: foreknown.includes(field), onchange: (/** @type {Event} */ { target }) => toggle(field, target instanceof HTMLInputElement && target.checked) }), " ", fieldText(field, state))))));
  const head = [h("h3", null, say.forecast), known];
  if (forecast === null) return h("section.block.forecasts", { "aria-busy": "true" }, head, h("p.quiet", null, say.working));
  if ("refused" in forecast) return h("section.block.forecasts", null, head, h("p.fault", null, say.refused[forecast.code] ?? sentence(forecast.refused)));
  const { forecast: found } = forecast;
  return h("section.block.forecasts", null, head,
    h("p.advice", null, adviceText(found, { locale: state.locale, field: (name) => fieldText(name, state) })),
    waysTable(found, say),
    h("div.table-scroll", null, h("table.members.forecast", null,
      h("thead", null, h("tr", null, [say.question, say.shown, say.asked, say.settles].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", null, found.questions.map(({ field, shown, asked, settles }) => h("tr", null, h("th", { scope: "row" }, fieldText(field, state)), [shown, asked, settles].map((share) => h("td", null, percent(share)))))))),
    h("p.quiet", null, say.assumes), found.samples > 0 ? h("p.quiet", null, say.drawn(found.samples)) : null, found.exact ? null : h("p.quiet", null, say.byValue));
}
