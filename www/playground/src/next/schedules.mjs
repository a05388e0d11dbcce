// What a lead is sent: due now, what follows, how far each schedule is, and what was sent.

import { h, sentence } from "../dom.mjs";
import { momentOf } from "../life/life.mjs";
import { writtenOf } from "../parts.mjs";
import { wordsOf } from "../words/words.mjs";
import { conditionText, when } from "./wording.mjs";

/**
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("../engine/written.mjs").ScheduleStep} Step
 * @typedef {import("./doing.mjs").Doing} Doing
 */

/** When a step comes, as the document counts it. @param {Step} step @param {State} state */
function stepText({ on, time, at, when }, state) {
  const say = wordsOf(state).life;
  return `${say.stepOn[on](time)}${at !== null && on !== "after" && on !== "when" ? say.stepAt(at) : ""}${when === undefined ? "" : say.stepWhen(conditionText(when, state))}`;
}

/** A step by the names that the engine gives it. @param {{ sop: string, step: string }} named @param {State} state */
function namedStep({ sop, step }, state) {
  const written = writtenOf(state)?.schedules.find(({ name }) => name === sop)?.steps.find(({ id }) => id === step);
  return `${sop} · ${written ? stepText(written, state) : step}`;
}

/** @param {import("../engine/decider.mjs").Answered} decided @param {State} state @param {Doing} doing */
export function schedulesSection({ outlook }, state, doing) {
  const say = wordsOf(state).life;
  const written = writtenOf(state)?.schedules ?? [];
  const found = outlook?.schedules;
  if (!found || (written.length === 0 && ("refused" in found || (found.due.steps.length === 0 && found.due.begin.length === 0)))) return null;
  if ("refused" in found) return h("section.block", null, h("h3", null, say.schedules), h("p.fault", null, sentence(found.refused)));
  const { due, ahead } = found;
  const sent = state.life.state?.sent ?? [];
  const time = (/** @type {unknown} */ at) => h("time.event-time", { datetime: new Date(momentOf(at)).toISOString() }, when(at, state), " · ", say.in(momentOf(at) - state.life.now));
  const runs = [...(state.life.state?.enrolled ?? []).filter(({ sop }) => !due.end.some((end) => end.sop === sop)), ...due.begin];
  return h("section.block.schedules", null, h("h3", null, say.schedules),
    due.steps.length === 0 ? h("p", null, runs.length > 0 ? say.nothingDue : say.noneRuns) : [h("h4.minor", null, say.dueNow), h("ul.move-list", null, due.steps.map((step) => h("li", { "data-step": `${step.sop}.${step.step}` },
      h("div", null, h("strong", null, step.send), h("p.quiet", null, namedStep(step, state)), h("p.event-time", null, say.dueSince(when(step.at, state), step.overdue))),
      h("button.button", { type: "button", "data-key": `sent-${step.sop}.${step.step}`, "aria-label": say.sentNamed(step.send), onclick: () => doing.change({ do: "sent", step }) }, say.sent))))],
    ahead.length === 0 ? null : [h("h4.minor", null, say.upcoming), h("ol.history", null, ahead.map((step) => h("li", null, time(step.at), h("div", null, h("strong", null, step.send), " ", h("span.quiet", null, namedStep(step, state))))))],
    written.map((schedule) => scheduleItem(schedule, found, state)),
    sent.length === 0 ? null : [h("h4.minor", null, say.sentList), h("ol.history.sent-list", null, sent.map((step) => h("li", null,
      h("time.event-time", { datetime: new Date(momentOf(step.at)).toISOString() }, when(step.at, state)), h("div", null, h("strong", null, sendOf(step, state)), " ", h("span.quiet", null, namedStep(step, state))))))]);
}

/** @param {{ sop: string, step: string }} named @param {State} state */
const sendOf = ({ sop, step }, state) => writtenOf(state)?.schedules.find(({ name }) => name === sop)?.steps.find(({ id }) => id === step)?.send ?? step;

/** A schedule as written, with how far the lead is in it. @param {import("../engine/written.mjs").Schedule} schedule @param {{ due: import("leadgate").Due, ahead: import("../engine/outlook.mjs").Ahead[] }} found @param {State} state */
function scheduleItem({ name, enter, leave, steps }, { due, ahead }, state) {
  const say = wordsOf(state).life;
  const { enrolled = [], sent = [] } = state.life.state ?? {};
  const of = (/** @type {{ sop: string }} */ { sop }) => sop === name;
  const run = enrolled.filter(of).at(-1);
  const standing = due.end.some(of) ? say.ends : due.begin.some(of) ? say.begins : run ? say.runs(when(run.at, state)) : say.waits;
  const going = due.begin.some(of) || (run !== undefined && !due.end.some(of));
  const mark = (/** @type {string} */ step) => {
    const is = (/** @type {{ sop: string, step: string }} */ one) => one.sop === name && one.step === step;
    // What was sent before the schedule began anew was another sending.
    if (run && sent.some((one) => is(one) && momentOf(one.at) >= momentOf(run.at))) return "sent";
    return due.steps.some(is) ? "due" : ahead.some(is) ? "ahead" : "open";
  };
  return h("details.silent.schedule", { "data-key": `sop-${name}`, "data-going": String(going) },
    h("summary", { "data-key": `sop-summary-${name}` }, h("strong", null, name), h("span.quiet", null, ` · ${standing}`)),
    h("p.quiet", null, [say.enters(conditionText(enter, state)), leave === undefined ? null : say.leaves(conditionText(leave, state))].filter(Boolean).join(" · ")),
    h("ol", null, steps.map((step) => {
      const at = going ? mark(step.id) : "open";
      return h("li", { "data-mark": at }, h("span", null, h("strong", null, step.send), " ", h("span.quiet", null, stepText(step, state))), h("span.quiet", null, going ? say.marks[at] : ""));
    })));
}
