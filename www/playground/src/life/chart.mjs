// Scores over time: a line for each, where the slider stands, and the same in numbers.

import { h } from "../dom.mjs";
import { grouped, wordsOf } from "../words/words.mjs";
import { day } from "./dates.mjs";
import { momentOf } from "./life.mjs";

/**
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("./course.mjs").Course} Course
 */

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 600;
const HEIGHT = 48;
/** Above and below a line, so that it is not cut off. */
const EDGE = 4;

/** @param {string} tag @param {Record<string, string | number>} attributes @param {...Element} children */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** @param {number} value */
const short = (value) => Math.round(value * 10) / 10;

/** Which scores have a curve. @param {Course} course */
const namesOf = ({ samples }) => Object.keys(samples.find(({ scores }) => scores !== null)?.scores ?? {});

/**
 * A score's curve.
 * @param {string} name
 * @param {Course} course
 * @param {State} state
 * @param {(at: number) => number} place of a moment, from 0 to 1
 */
function curve(name, { samples }, state, place) {
  const say = wordsOf(state);
  const known = samples.flatMap(({ at, scores }) => (scores && scores[name] !== null ? [{ at, value: scores[name] }] : []));
  const now = state.decided?.explanation.decision.scores[name] ?? null;
  const values = [...known.map(({ value }) => value), ...(now === null ? [] : [now]), 0];
  const [low, high] = [Math.min(...values), Math.max(...values, Math.min(...values) + 1)];
  const y = (/** @type {number} */ value) => short(HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE));
  let path = "";
  let open = false;
  for (const { at, scores } of samples) {
    const value = scores?.[name] ?? null;
    if (value === null) open = false;
    else {
      // A score stays until it changes.
      path += open ? `H${short(place(at) * WIDTH)}V${y(value)}` : `M${short(place(at) * WIDTH)} ${y(value)}`;
      open = true;
    }
  }
  const most = known.reduce((best, one) => (best === null || one.value > best.value ? one : best), /** @type {typeof known[number] | null} */ (null));
  const least = known.reduce((best, one) => (best === null || one.value < best.value ? one : best), /** @type {typeof known[number] | null} */ (null));
  const text = most && least ? say.curve(name, grouped(least.value), day(least.at, state), grouped(most.value), day(most.at, state)) : say.curveNone(name);
  const x = short(place(state.life.now) * WIDTH);
  return h("figure.curve", { "data-score": name },
    h("figcaption", null, h("span", null, name), h("strong", null, now === null ? say.noValue : grouped(now))),
    /** @type {any} */ (svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": text },
      svg("line", { class: "zero", x1: 0, x2: WIDTH, y1: y(0), y2: y(0) }), svg("path", { class: "line", d: path }), svg("line", { class: "present", x1: x, x2: x, y1: 0, y2: HEIGHT }))));
}

/** The curves of all scores, and below them a mark for each event. @param {Course} course @param {State} state */
export function curves(course, state) {
  const [first, last] = [course.samples[0].at, course.samples[course.samples.length - 1].at];
  const place = (/** @type {number} */ at) => Math.min(Math.max((at - first) / (last - first || 1), 0), 1);
  const marks = state.life.events.map(({ at }) => momentOf(at)).filter((at) => at >= first && at <= last).map((at) => {
    const x = short(place(at) * WIDTH);
    return svg("line", { class: "mark", x1: x, x2: x, y1: 0, y2: 8 });
  });
  return [
    ...namesOf(course).map((name) => curve(name, course, state, place)),
    marks.length === 0 ? null : h("div.marks", { "aria-hidden": "true" }, /** @type {any} */ (svg("svg", { viewBox: `0 0 ${WIDTH} 8`, preserveAspectRatio: "none" }, ...marks))),
  ];
}

/** The same in numbers: a row where something changed. @param {Course} course @param {State} state */
export function numbers(course, state) {
  const say = wordsOf(state);
  const names = namesOf(course);
  const rows = course.samples.filter(({ scores }, at, { [at - 1]: before, length }) => at === 0 || at === length - 1 || JSON.stringify(before.scores) !== JSON.stringify(scores));
  return h("table.course-table", null,
    h("thead", null, h("tr", null, h("th", { scope: "col" }, say.date), names.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", null, rows.map(({ at, scores }) => h("tr", null, h("th", { scope: "row" }, day(at, state)), names.map((name) => h("td", null, scores && scores[name] !== null ? grouped(scores[name]) : say.none))))));
}
