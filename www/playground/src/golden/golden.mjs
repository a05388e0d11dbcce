// The golden leads of the document: which come out as expected, and what differs where they do not.

import { fill, h, withCode } from "../dom.mjs";
import { isSameLife, lifeOf } from "../life/life.mjs";
import { outlineOf, writtenOf } from "../parts.mjs";
import { wordsOf } from "../words/words.mjs";
import { loaded } from "./story.mjs";

/** @typedef {import("../store.mjs").State} State */
/** @typedef {import("leadgate/author").GoldenLead} GoldenLead */

/** @param {GoldenLead[]} golden */
const failedOf = (golden) => golden.filter(({ passes }) => passes === false);

/** An id that may be broken where its words end. @param {string} id @returns {import("../dom.mjs").Child[]} */
const breakable = (id) => id.split("_").flatMap((part, at) => (at === 0 ? [part] : ["_", h("wbr"), part]));

/** The golden leads as they are now: of a document with errors none is decided, whatever came of it before. @param {State} state @returns {GoldenLead[]} */
function goldenOf(state) {
  const golden = outlineOf(state)?.golden ?? [];
  return state.study?.program ? golden : golden.map((lead) => ({ ...lead, passes: null, expected: [] }));
}

/** A short word for a tab: how many come out as expected. @param {State} state */
export function goldenCount(state) {
  const golden = goldenOf(state);
  if (golden.length === 0) return { text: "", failed: false };
  if (golden.some(({ passes }) => passes === null)) return { text: `${golden.length}`, failed: false };
  return { text: `${golden.length - failedOf(golden).length}/${golden.length}`, failed: failedOf(golden).length > 0 };
}

/**
 * @param {import("../store.mjs").Store} store
 * @param {(golden: GoldenLead) => void} show goes to its line
 */
export function goldenList(store, show) {
  const summary = h("p.golden-summary", { role: "status" });
  const list = h("ol.golden-list");
  let shape = "";

  /** @param {GoldenLead} golden @param {State} state */
  function item(golden, state) {
    const say = wordsOf(state);
    const { id, line, passes, expected } = golden;
    const steps = writtenOf(state)?.stories[id]?.length;
    const word = passes === null ? say.undecided : passes ? say.passes : say.fails;
    const differs = expected.filter(({ holds }) => !holds);
    const value = (/** @type {string | null} */ text) => (text === null ? say.none : withCode(text));
    return h("li", { "data-passes": String(passes), "data-golden": id },
      h("div.golden-head", null,
        h("button.golden-lead", { type: "button", "data-id": id, onclick: () => store.set(loaded(golden, writtenOf(store.get()), store.get().life)) },
          h("span.tick", { "aria-hidden": "true" }, passes === null ? "·" : passes ? "✓" : "✕"), h("span", null, breakable(id), steps ? h("span.quiet", null, ` · ${say.life.storySteps(steps)}`) : null), h("span.spoken", null, `, ${word}`)),
        h("button.link", { type: "button", "aria-label": `${id}, ${say.showLine(line)}`, onclick: () => show(golden) }, say.showLine(line))),
      passes !== false ? null : differs.length === 0 ? h("p.fault", null, say.wrongLead) : h("table.differs", null,
        h("thead", null, h("tr", null, h("th", { scope: "col" }, h("span.spoken", null, say.what)), h("th", { scope: "col" }, say.expected), h("th", { scope: "col" }, say.actual))),
        h("tbody", null, differs.map(({ name, wanted, actual }) => h("tr", null, h("th", { scope: "row" }, name), h("td", null, value(wanted)), h("td", null, value(actual)))))));
  }

  store.watch(["study", "sound", "locale"], (state) => {
    const golden = goldenOf(state);
    // Made anew only when something changed in it, so that whoever walks through it with the keyboard keeps the place.
    const now = JSON.stringify([state.locale, golden, writtenOf(state)?.stories]);
    if (now === shape) return;
    shape = now;
    const say = wordsOf(state);
    const failed = failedOf(golden);
    const text = golden.length === 0 ? say.goldenNone : golden.some(({ passes }) => passes === null) ? say.goldenUndecided
      : failed.length > 0 ? say.goldenSome(failed.length, golden.length) : say.goldenAll(golden.length);
    if (summary.textContent !== text) summary.textContent = text;
    summary.dataset.failed = String(failed.length > 0);
    const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
    fill(list, [...failed, ...golden.filter((lead) => !failed.includes(lead))].map((lead) => item(lead, state)));
    if (focused !== undefined) [...list.querySelectorAll("button")].find(({ dataset }) => dataset.id === focused)?.focus();
    current(state);
  });
  store.watch(["golden", "lead", "stage"], current);

  /** @param {State} state */
  function current({ golden }) {
    for (const button of list.querySelectorAll("button.golden-lead")) button.setAttribute("aria-current", String(button instanceof HTMLElement && button.dataset.id === golden));
  }
  return h("div.golden", null, summary, list);
}

/** Whether the lead is still the golden lead that was loaded. @param {State} state */
export function isGolden(state) {
  const golden = outlineOf(state)?.golden.find(({ id }) => id === state.golden);
  const tidy = (/** @type {import("leadgate").Lead} */ lead) => JSON.stringify(Object.entries(lead).filter(([, answer]) => answer !== undefined && answer !== null).sort(([a], [b]) => (a < b ? -1 : 1)));
  // Of a story, what its last step left.
  const { stage, life } = state.walk ?? { stage: golden?.stage ?? null, life: golden ? lifeOf(golden, state.life) : state.life };
  return golden !== undefined && tidy(golden.lead) === tidy(state.lead) && stage === state.stage && isSameLife(life, state.life);
}
