// A score as a waterfall: every contribution where the ones before it left off, and their exact sum.

import { h } from "../dom.mjs";
import { grouped, policyText, wordsOf } from "../words/words.mjs";

/**
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("leadgate").ScoreExplanation} ScoreExplanation
 * @typedef {import("leadgate/author").Outline["scores"][number]} Score
 */

/** Points as thousandths, in which they sum exactly. @param {number} points */
export const milli = (points) => Math.round(points * 1000);

/** A number with as many decimals as its column has, so that the points stand below each other. @param {number} thousandths @param {number} decimals */
const aligned = (thousandths, decimals) => {
  const size = Math.abs(thousandths);
  const whole = grouped(Math.floor(size / 1000));
  return decimals === 0 ? whole : `${whole}.${String(size % 1000).padStart(3, "0").slice(0, decimals)}`;
};

/** @param {number[]} all in thousandths */
const decimalsOf = (all) => Math.max(...all.map((value) => (value % 1000 === 0 ? 0 : value % 100 === 0 ? 1 : value % 10 === 0 ? 2 : 3)), 0);

/** @param {number} thousandths @param {number} decimals */
const signed = (thousandths, decimals) => `${thousandths < 0 ? "−" : "+"}${aligned(thousandths, decimals)}`;

/** @param {number} thousandths */
const plain = (thousandths) => `${thousandths < 0 ? "−" : ""}${aligned(thousandths, decimalsOf([thousandths]))}`;

/** Kinds of lines that a group's bounds see. */
const counted = new Set(["rule", "reset", "bound"]);

/** What a line is about, in words. @param {ScoreExplanation} score @param {number} at @param {State} state */
function reasonOf({ name, value, lines }, at, state) {
  const say = wordsOf(state);
  const { kind, group, id, key, points } = lines[at];
  switch (kind) {
    case "rule": {
      const text = policyText(state, "scores", name, group, id) ?? id ?? "";
      return key ? say.withKey(text, say.keys[key] ?? key) : text;
    }
    case "score":
      return id ?? "";
    case "reset":
    case "bound":
      return say[kind](policyText(state, "scores", name, group, id) ?? id ?? "");
    case "cap":
    case "floor": {
      // What the lines of the group before this one come to, with what the bound gave or took.
      const bound = lines.slice(0, at).filter((line) => counted.has(line.kind) && line.group === group).reduce((sum, line) => sum + milli(line.points), milli(points));
      return say[kind](policyText(state, "groups", name, group) ?? group ?? name, plain(kind === "cap" ? bound : -bound));
    }
    case "range":
      return (points < 0 ? say.atMost : say.atLeast)(plain(milli(value)));
  }
}

/**
 * The lines in order with where each begins and ends, and the scale that holds them all.
 * @param {ScoreExplanation} score
 * @param {Score | undefined} made
 */
function stepsOf({ lines, value }, made) {
  let sum = 0;
  const steps = lines.map(({ points }) => {
    const from = sum;
    sum += milli(points);
    return { from, to: sum };
  });
  const ends = [0, milli(value), ...steps.flatMap(({ from, to }) => [from, to]), ...(made?.range ?? []).map(milli)];
  const low = Math.min(...ends);
  const high = Math.max(...ends, low + 1);
  return { steps, sum, place: (/** @type {number} */ at) => (at - low) / (high - low) };
}

/** @param {number} from @param {number} to @param {(at: number) => number} place @param {string} kind */
function bar(from, to, place, kind) {
  const [left, right] = [place(Math.min(from, to)), place(Math.max(from, to))];
  return h("td.track", { "aria-hidden": "true" }, h("div", { style: { "--zero": place(0) } }, h(`span.bar.${/** @type {"gain"} */ (kind)}`, { style: { "--from": left, "--share": right - left } })));
}

/**
 * @param {ScoreExplanation} score
 * @param {State} state
 * @param {boolean} open whether the rules that gave nothing are shown
 */
export function waterfall(score, state, open) {
  const say = wordsOf(state);
  const { name, lines, missing } = score;
  const made = state.sound?.outline?.scores.find((made) => made.name === name);
  const { steps, sum, place } = stepsOf(score, made);
  const decimals = decimalsOf([...lines.map(({ points }) => milli(points)), sum]);
  /** @type {HTMLElement[]} */
  const rows = [];
  let group = /** @type {string | null | undefined} */ (undefined);
  lines.forEach(({ kind, group: now, points }, at) => {
    const heads = now !== null && now !== group;
    group = now;
    if (heads) {
      const parts = lines.filter((line) => line.group === now);
      const total = parts.reduce((sum, line) => sum + milli(line.points), 0);
      const cap = made?.groups.find(({ id }) => id === now)?.max;
      rows.push(h("tr.group", null,
        h("th", { scope: "rowgroup" }, policyText(state, "groups", name, now) ?? now, cap === null || cap === undefined ? null : h("span.of", null, ` ≤ ${grouped(cap)}`)),
        h("td.track", null), h("td.points", null, signed(total, decimals))));
    }
    const { from, to } = steps[at];
    const tone = kind === "rule" || kind === "score" ? (points < 0 ? "loss" : "gain") : "bound";
    rows.push(h(now === null ? "tr" : "tr.inner", { "data-kind": kind },
      h("th", { scope: "row" }, reasonOf(score, at, state)), bar(from, to, place, tone), h("td.points", { "data-points": milli(points) }, signed(milli(points), decimals))));
  });
  const range = made?.range;
  return h("section.score", { "aria-labelledby": `score-${name}` },
    h("h4", { id: `score-${name}` }, h("span", null, name), h("span.score-value", null, plain(milli(score.value)), range ? h("span.of", null, ` / ${grouped(range[1])}`) : null)),
    lines.length === 0 ? h("p.quiet", null, say.noLines) : h("table.waterfall", null,
      h("colgroup", null, h("col"), h("col.track-column"), h("col.points-column")),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, say.reason), h("td", null), h("th", { scope: "col" }, say.points))),
      h("tbody", null, rows),
      h("tfoot", null, h("tr", null, h("th", { scope: "row" }, say.sum), bar(0, sum, place, "total"), h("td.points", { "data-sum": sum }, `${sum < 0 ? "−" : ""}${aligned(sum, decimals)}`)))),
    missing.length === 0 ? null : h("details.silent", { "data-key": `silent-${name}`, open },
      h("summary", null, say.silent(missing.length)),
      h("ul", null, missing.map(({ group, rule, field }) => h("li", null, h("span", null, policyText(state, "scores", name, group, rule) ?? rule), h("span.quiet", null, say.unknown(policyText(state, "fields", field) ?? field)))))));
}
