// Which other answer would change what comes out, the easiest first.

import { h, sentence } from "../dom.mjs";
import { withValue } from "../form/answer.mjs";
import { wordsOf } from "../words/words.mjs";
import { answerText, fieldText, valueText } from "./wording.mjs";

/**
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("leadgate").Change} Change
 */

/** How many kinds of change are listed; of more it says how many there are. */
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

/** Changes of one answer that cost the same and lead to the same, together; in the order of the easiest of each. @param {Change[]} changes @param {State} state @returns {Change[][]} */
function alike(changes, state) {
  /** @type {Map<string, Change[]>} */
  const groups = new Map();
  for (const change of changes) {
    const key = JSON.stringify([change.field, comes(change, state), change.effort.cost]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
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

  /** @param {Change} change @param {string} main */
  function tryButton({ field, to }, main) {
    const apply = () => {
      const { lead } = store.get();
      store.set({ lead: { ...lead, [field]: answer(to, lead[field]) } });
    };
    return h("button.button", { type: "button", "data-key": `try-${field}-${main}`, "aria-label": life.tryNamed(`${fieldText(field, state)}: ${main}`), onclick: apply }, life.tryIt);
  }

  /** Other answers to one question with which the same comes out: the easiest, and behind it the others. @param {Change[]} changes */
  function item([first, ...others]) {
    const { field, from, to, effort } = first;
    const [main, rest] = life.instead(answerText(field, from, state), answerText(field, to, state));
    return h("li", { "data-field": field },
      h("div", null, h("p", null, h("span.quiet", null, fieldText(field, state))), h("p", null, h("strong", null, main), rest), h("p.then", null, h("span.arrow", { "aria-hidden": "true" }, "→ "), h("strong", null, comes(first, state)), h("span.quiet", null, ` · ${life.effort(effort.cost, effort.steps)}`)),
        others.length === 0 ? null : h("details.silent", { "data-key": `or-${field}-${main}` }, h("summary", { "data-key": `or-summary-${field}-${main}` }, life.orElse(others.length)),
          h("ul", null, others.map((other) => {
            const text = answerText(field, other.to, state);
            return h("li", null, h("span", null, text), tryButton(other, text));
          })))),
      tryButton(first, main));
  }
  const groups = alike(whatIf.changes, state);

  return h("section.block.what-if", null, head,
    h("p", null, whatIf.changes.length === 0 ? life.whatIfNone : life.asIs(whatIf.now === null ? say.noValue : valueText("", whatIf.now, state))),
    whatIf.changes.length === 0 ? null : h("ol.move-list", null, groups.slice(0, MOST).map(item)),
    groups.length > MOST ? h("p.quiet", null, say.moreProblems(groups.length - MOST)) : null,
    whatIf.untold.map(({ field, reason }) => h("p.quiet", null, life.untold(fieldText(field, state), life.untoldWhy[reason]))));
}
