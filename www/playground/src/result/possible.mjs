// What can still come out while something is open.

import { h } from "../dom.mjs";
import { grouped, wordsOf } from "../words/words.mjs";

/** @typedef {import("../store.mjs").State} State */

/** The part of a track that a single value takes. */
const LEAST = 0.015;

/** @param {(string | number | boolean | null)[]} items @param {string} nothing what stands for null */
const chips = (items, nothing) => h("ul.chips", null, items.map((item) => h("li", null, item === null ? nothing : String(item))));

/** @param {import("leadgate").Possible} possible @param {State} state */
export function possibleSection({ exact, outcomes, stages, stageMayFault, scores, tables }, state) {
  const say = wordsOf(state);
  const made = state.sound?.outline?.scores;
  const settled = outcomes.length === 1;
  const row = (/** @type {string} */ name, /** @type {HTMLElement} */ content) => h("div", null, h("dt", null, name), h("dd", null, content));
  return h("section.block.possible", { "aria-label": say.possible }, h("h3", null, say.possible),
    h("p.quiet", null, settled ? say.settled : exact ? say.exact : say.inexact),
    h("dl.facts", null,
      outcomes.some((outcome) => outcome !== null) ? row(say.outcomes, chips(outcomes, say.noValue)) : null,
      stages.length > 0 ? row(say.afterStages, chips([...stages, ...(stageMayFault ? [null] : [])], say.mayFault)) : null,
      Object.entries(scores).map(([name, bounds]) => {
        if (!bounds) return row(name, h("span.quiet", null, say.noValue));
        const range = made?.find((score) => score.name === name)?.range ?? [Math.min(0, bounds.min), Math.max(bounds.max, bounds.min + 1, 1)];
        const place = (/** @type {number} */ at) => (at - range[0]) / (range[1] - range[0] || 1);
        return row(name, h("div.span", null,
          h("span.numbers", null, bounds.min === bounds.max ? grouped(bounds.min) : `${grouped(bounds.min)} – ${grouped(bounds.max)}`),
          h("span.span-track", { "aria-hidden": "true" }, h("span.bar.gain", { style: { "--from": Math.min(place(bounds.min), 1 - LEAST), "--share": Math.max(place(bounds.max) - place(bounds.min), LEAST) } })),
          bounds.mayFault ? h("span.quiet", null, say.mayFault) : null));
      }),
      Object.entries(tables).map(([name, found]) => row(name, output(found, say)))));
}

/**
 * What an output of a table can be: values, a number's bounds, or what a list may and must hold.
 * @param {import("leadgate").Possible["tables"][string]} found
 * @param {ReturnType<typeof wordsOf>} say
 */
function output(found, say) {
  if (found === null) return h("span.quiet", null, say.noValue);
  if (Array.isArray(found)) return chips(found, say.mayFault);
  const fault = found.mayFault ? [null] : [];
  if ("may" in found) return chips([...found.may.map((value) => (found.must?.includes(value) ? String(value) : say.perhaps(String(value)))), ...fault], say.mayFault);
  return chips([found.min === found.max ? grouped(found.min) : `${grouped(found.min)} – ${grouped(found.max)}`, ...fault], say.mayFault);
}
