// Which other answer would change what comes out, the easiest first.

import { h, sentence } from "../dom.mjs";
import { withValue } from "../form/answer.mjs";
import { wordsOf } from "../words/words.mjs";
import { answerText, fieldText, valueText } from "./wording.mjs";

/**
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("leadgate").Change} Change
 */

/** How many changes are listed; of more it says how many there are. */
const MOST = 40;

/** What comes out then. @param {Change} change @param {State} state */
function comes({ outcome, stage, outputs }, state) {
  const say = wordsOf(state);
  if (outputs) return Object.values(outputs).map((value) => (value === null ? say.noValue : Array.isArray(value) ? value.join(", ") || say.none : String(value))).join(", ");
  return (outcome === undefined ? stage : outcome) ?? say.noValue;
}

/** The answer to try: of a range the number next to the one now. @param {Change["to"]} to @param {import("leadgate").Answer} before @returns {import("leadgate").Answer} */
function answer(to, before) {
  if ("declined" in to) return { declined: true };
  if ("absent" in to) return undefined;
  return withValue(before, "range" in to ? to.nearest ?? to.range[0] : to.value);
}

/** @param {import("../engine/decider.mjs").Answered} decided @param {State} state @param {import("../store.mjs").Store} store */
export function whatIfSection({ whatIf, description }, state, store) {
  const say = wordsOf(state);
  const { life } = say;
  const settles = ["route", ...(description.stages.length > 0 ? ["stage"] : []), ...description.outputs.map(({ name }) => name)].filter((name) => name !== "route" || description.outcomes.length > 0 || description.screen.length > 0);
  const select = h("select", { id: "settle", onchange: () => store.set({ settle: select.value }) }, settles.map((name) => h("option", { value: name }, life.settles[/** @type {"route"} */ (name)] ?? name)));
  select.value = settles.includes(state.settle) ? state.settle : settles[0];
  const head = [h("h3", null, life.whatIf), settles.length > 1 ? h("div.queue-choice", null, h("label.quiet", { for: "settle" }, life.settle), select) : null];
  if (!whatIf) return h("section.block", null, head);
  if ("refused" in whatIf) return h("section.block", null, head, h("p.fault", null, sentence(whatIf.refused)));

  /** @param {Change} change */
  function item(change) {
    const { field, from, to, effort } = change;
    const [main, rest] = life.instead(answerText(field, from, state), answerText(field, to, state));
    const label = fieldText(field, state);
    const apply = () => {
      const { lead } = store.get();
      store.set({ lead: { ...lead, [field]: answer(to, lead[field]) } });
    };
    return h("li", { "data-field": field },
      h("div", null, h("p", null, h("span.quiet", null, label)), h("p", null, h("strong", null, main), rest), h("p.then", null, h("span.arrow", { "aria-hidden": "true" }, "→ "), h("strong", null, comes(change, state)), h("span.quiet", null, ` · ${life.effort(effort.cost, effort.steps)}`))),
      h("button.button", { type: "button", "data-key": `try-${field}-${main}`, "aria-label": life.tryNamed(`${label}: ${main}`), onclick: apply }, life.tryIt));
  }

  return h("section.block.what-if", null, head,
    h("p", null, whatIf.changes.length === 0 ? life.whatIfNone : life.asIs(whatIf.now === null ? say.noValue : valueText("", whatIf.now, state))),
    whatIf.changes.length === 0 ? null : h("ol.move-list", null, whatIf.changes.slice(0, MOST).map(item)),
    whatIf.changes.length > MOST ? h("p.quiet", null, say.moreProblems(whatIf.changes.length - MOST)) : null,
    whatIf.untold.map(({ field, reason }) => h("p.quiet", null, life.untold(fieldText(field, state), life.untoldWhy[reason]))));
}
