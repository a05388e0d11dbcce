// The moment of the decision: a date, a slider through the lead's life, the scores along it, and what changes next.

import { fill, h } from "../dom.mjs";
import { wordsOf } from "../words/words.mjs";
import { curves, numbers } from "./chart.mjs";
import { dateTime, fromLocal, LATEST, localOf } from "./dates.mjs";
import { DAY, momentOf, spanOf } from "./life.mjs";

/** @typedef {import("../store.mjs").State} State */

/** What changes, in words. @param {import("leadgate").Until} next @param {State} state */
function changesOf({ changes, before, after }, state) {
  const say = wordsOf(state);
  const steps = (/** @type {import("leadgate").Come | null} */ come) => (come?.due ?? []).map(({ sop, step }) => `${sop}/${step}`).join(", ") || say.none;
  const shown = (/** @type {unknown} */ value) => (value === undefined || value === null ? say.noValue : Array.isArray(value) ? value.join(", ") || say.none : String(value));
  return changes.map((name) => {
    const [was, is] = [before, after].map((come) => shown(name === "outcome" ? come?.outcome : name === "stage" ? come?.stage : name === "due" ? steps(come) : come?.tables[name]));
    return say.change(say.changeOf[name] ?? name, was, is);
  }).join(say.and);
}

/** @param {import("../store.mjs").Store} store */
export function momentSection(store) {
  /** @param {Partial<import("./life.mjs").Life>} change */
  const set = (change) => store.set({ life: { ...store.get().life, ...change } });
  const title = h("h3", { id: "moment-title" });
  const dateLabel = h("label", { for: "moment-date" });
  const date = h("input", {
    id: "moment-date", type: "datetime-local", max: LATEST,
    onchange: () => {
      const moment = fromLocal(date.value);
      if (!Number.isNaN(moment)) set({ now: moment, anchor: moment });
    },
  });
  const sinceLabel = h("label", { for: "stage-since" });
  const since = h("input", {
    id: "stage-since", type: "datetime-local", max: LATEST,
    onchange: () => {
      const moment = fromLocal(since.value);
      const { since: _, ...state } = store.get().life.state ?? {};
      const next = Number.isNaN(moment) ? state : { ...state, since: new Date(moment).toISOString() };
      set({ state: Object.keys(next).length === 0 ? null : next });
    },
  });
  const sinceField = h("div.moment-field", null, sinceLabel, since);
  const slider = h("input", { id: "moment-slider", type: "range", step: 1, oninput: () => set({ now: store.get().life.anchor + Number(slider.value) * DAY }) });
  const ends = h("p.slider-ends", { "aria-hidden": "true" });
  const chart = h("div.curves");
  const nextText = h("p.next-change");
  const go = h("button.button", {
    type: "button", id: "moment-go", hidden: true,
    onclick: () => {
      const at = momentOf(store.get().decided?.course?.next?.at);
      if (Number.isNaN(at)) return;
      set({ now: at });
      slider.focus();
    },
  });
  const summary = h("summary");
  const table = h("div.course-scroll", { tabindex: 0, role: "group", "aria-labelledby": "course-title" });
  summary.id = "course-title";
  const refused = h("p.complaint", { role: "alert", hidden: true });
  const details = h("details.silent", { ontoggle: () => show(store.get()) }, summary, table);
  const element = h("section.block.moment", { "aria-labelledby": "moment-title", hidden: true }, title,
    h("div.moment-fields", null, h("div.moment-field", null, dateLabel, date), sinceField), refused, slider, ends, chart, h("div.next", null, nextText, go), details);

  /** @param {State} state */
  function show(state) {
    const course = state.decided?.course;
    if (!course || course.samples.length === 0) return;
    fill(chart, curves(course, state));
    // Only who asks for numbers has them made with every step of the slider.
    if (details.open) fill(table, numbers(course, state));
  }

  /** @param {State} state */
  function showNext(state) {
    const say = wordsOf(state);
    const next = state.decided?.course?.next ?? null;
    go.hidden = !next?.at;
    nextText.textContent = next === null ? "" : next.at === null ? say.nextNone(dateTime(momentOf(next.checked), state)) : say.next(dateTime(momentOf(next.at), state), changesOf(next, state));
  }

  store.watch(["locale"], (state) => {
    const say = wordsOf(state);
    title.textContent = say.moment;
    dateLabel.textContent = say.momentDate;
    sinceLabel.textContent = say.stageSince;
    slider.setAttribute("aria-label", say.slider);
    go.textContent = say.goThere;
    summary.textContent = say.courseNumbers;
  });
  store.watch(["life", "locale"], (state) => {
    const { life } = state;
    const { back, ahead } = spanOf(life);
    slider.min = String(-back);
    slider.max = String(ahead);
    slider.value = String(Math.round((life.now - life.anchor) / DAY));
    slider.setAttribute("aria-valuetext", dateTime(life.now, state));
    fill(ends, h("span", null, dateTime(life.anchor - back * DAY, state)), h("span", null, dateTime(life.anchor + ahead * DAY, state)));
    // A time that is being typed is left alone.
    if (document.activeElement !== date) date.value = localOf(life.now);
    if (document.activeElement !== since) since.value = life.state?.since === undefined ? "" : localOf(momentOf(life.state.since));
  });
  store.watch(["decided", "locale"], (state) => {
    const { decided } = state;
    element.hidden = !decided?.lives;
    if (!decided?.lives) return;
    sinceField.hidden = decided.description.stages.length === 0 || (state.life.state?.history ?? []).length > 0;
    refused.hidden = decided.refused === null;
    refused.textContent = decided.refused === null ? "" : wordsOf(state).lifeRefused(decided.refused);
    chart.hidden = details.hidden = decided.course === null;
    show(state);
    showNext(state);
  });
  return element;
}
