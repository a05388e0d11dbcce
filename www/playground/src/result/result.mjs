// The decision's column.

import { fill, h } from "../dom.mjs";
import { momentSection } from "../life/moment.mjs";
import { doing } from "../next/doing.mjs";
import { historySection, movesSection } from "../next/moves.mjs";
import { askingSection, forecastSection } from "../next/questions.mjs";
import { queueSection } from "../next/queue.mjs";
import { schedulesSection } from "../next/schedules.mjs";
import { storySection } from "../next/story.mjs";
import { whatIfSection } from "../next/whatif.mjs";
import { writtenOf } from "../parts.mjs";
import { wordsOf } from "../words/words.mjs";
import { faultLines, headline, identityLines, outcomeOf, stageLine, tableLines } from "./decision.mjs";
import { possibleSection } from "./possible.mjs";
import { waterfall } from "./waterfall.mjs";

/** @typedef {import("../store.mjs").State} State */

/** Milliseconds without a change before the outcome is spoken: whoever types is not talked over. */
const QUIET = 900;

/**
 * @param {import("../store.mjs").Store} store
 * @param {import("../engine/decider.mjs").Act} act
 * @param {() => void} showProblems
 */
export function resultColumn(store, act, showProblems) {
  const title = h("h2", { id: "result-title" });
  const partialLabel = h("span");
  const partial = h("input", { type: "checkbox", role: "switch", onchange: () => store.set({ partial: partial.checked }) });
  const notice = h("div.notice", { hidden: true });
  const top = h("div.result-top");
  const body = h("div.result-body");
  const spoken = h("p.spoken", { role: "status" });
  const opened = new Set();
  const complaint = h("p.complaint", { role: "alert" });
  const does = doing(store, act, (message) => { complaint.textContent = message === "" ? "" : wordsOf(store.get()).life.refused(message); });
  const readings = /** @type {const} */ (["why", "next", "whatIf", "questions"]);
  const choices = readings.map((reading) => h("button", { type: "button", id: `reading-${reading}`, onclick: () => store.set({ reading }) }));
  const segments = h("div.segments.readings", { role: "group" }, choices);

  store.watch(["locale", "reading", "decided", "sound"], (state) => {
    const say = wordsOf(state).life;
    const { decided, reading } = state;
    segments.setAttribute("aria-label", say.reading);
    segments.hidden = decided === null;
    choices.forEach((button, at) => {
      button.textContent = say.readings[readings[at]];
      button.setAttribute("aria-pressed", String(readings[at] === reading));
    });
    // What a policy says nothing of is not asked for.
    choices[1].hidden = !decided || (decided.description.stages.length === 0 && decided.description.queues.length === 0 && !writtenOf(state)?.schedules.length);
    choices[3].hidden = !decided || decided.form.questions.length === 0;
    if (decided && choices[readings.indexOf(reading)].hidden) store.set({ reading: "why" });
  });
  store.watch(["reading", "lead", "life", "stage"], () => { complaint.textContent = ""; });

  store.watch(["locale", "partial"], (state) => {
    const say = wordsOf(state);
    title.textContent = say.result;
    partialLabel.textContent = say.partial;
    partial.checked = state.partial;
  });

  store.watch(["study", "decided", "trouble", "unloaded", "locale", "reading", "given", "forecast"], (state) => {
    const say = wordsOf(state);
    const { study, sound, decided, trouble, unloaded } = state;
    const broken = study !== null && !study.program;
    notice.hidden = !(trouble || broken);
    fill(notice, trouble && unloaded ? h("p", null, say.unloaded, " ", h("button.link", { type: "button", onclick: () => store.set({ trouble: null, unloaded: false, attempt: store.get().attempt + 1 }) }, say.loadAgain)) : null,
      trouble && !unloaded ? h("p", null, `${say.trouble} ${trouble}`) : null,
      broken && !trouble ? h("p", null, sound ? say.stale : say.noProgram, " ", h("button.link", { type: "button", onclick: showProblems }, say.showErrors)) : null);
    if (!decided || !sound) {
      fill(top);
      return fill(body, study || trouble ? null : h("p.quiet", null, say.loading));
    }
    top.toggleAttribute("data-stale", broken);
    fill(top, headline(decided, state));
    keepingPlace(() => fill(body, parts(decided, state)));
  });

  /** Whoever is at a button or has opened something stays there when it is made anew. @param {() => void} make */
  function keepingPlace(make) {
    const key = document.activeElement instanceof HTMLElement && body.contains(document.activeElement) ? document.activeElement.dataset.key ?? document.activeElement.id : undefined;
    make();
    for (const details of body.querySelectorAll("details")) details.open = opened.has(details.dataset.key);
    if (!key) return;
    const again = [...body.querySelectorAll("button, input, select, summary")].find((element) => element instanceof HTMLElement && (element.dataset.key === key || element.id === key));
    // What is gone leaves one at the beginning of the part.
    if (again instanceof HTMLElement && !again.hasAttribute("disabled")) again.focus();
    else choices[readings.indexOf(store.get().reading)].focus();
  }

  /** @param {import("../engine/decider.mjs").Answered} decided @param {State} state */
  function parts(decided, state) {
    if (state.reading === "next") return [movesSection(decided, state, does), decided.outlook ? historySection(state, does) : null, schedulesSection(decided, state, does), queueSection(decided, state, does)];
    if (state.reading === "whatIf") return [whatIfSection(decided, state, store)];
    if (state.reading === "questions") return [askingSection(decided, state), forecastSection(state, store)];
    return [decided.possible ? possibleSection(decided.possible, state) : null,
      faultLines(decided, state), stageLine(decided, state), tableLines(decided, state), scores(decided, state), identityLines(decided, state)];
  }
  body.addEventListener("toggle", ({ target }) => {
    if (!(target instanceof HTMLDetailsElement)) return;
    if (target.open) opened.add(target.dataset.key);
    else opened.delete(target.dataset.key);
  }, true);

  /** @param {import("../engine/decider.mjs").Answered} decided @param {State} state */
  function scores(decided, state) {
    const say = wordsOf(state);
    const { decision, scores } = decided.explanation;
    if (decision.screen !== null || decided.description.scores.length === 0) return null;
    return h("section.block.scores", null, h("h3", null, say.scores), decided.description.scores.map(({ name }) => {
      const score = scores.find((score) => score.name === name);
      return score ? waterfall(score, state, opened.has(`silent-${name}`)) : h("section.score", null, h("h4", null, name), h("p.fault", null, say.scoreFaulted));
    }));
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  store.watch(["decided"], ({ decided }) => {
    clearTimeout(timer);
    if (!decided) return;
    timer = setTimeout(() => {
      const text = wordsOf(store.get()).announce(outcomeOf(decided) ?? "");
      if (spoken.textContent !== text) spoken.textContent = text;
    }, QUIET);
  });

  return h("section.pane.result", { "aria-labelledby": "result-title" },
    h("header.pane-head", null, title, h("label.switch", null, partial, partialLabel)),
    h("div.pane-body", { tabindex: 0, role: "group", "aria-labelledby": "result-title" }, notice, top, storySection(store, act), momentSection(store), segments, complaint, body), spoken);
}
