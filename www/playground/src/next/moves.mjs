// Where a lead stands: the moves that can be made, why others cannot, and what has been.

import { h, sentence } from "../dom.mjs";
import { momentOf } from "../life/life.mjs";
import { writtenOf } from "../parts.mjs";
import { ask } from "../shell/dialog.mjs";
import { policyText, wordsOf } from "../words/words.mjs";
import { fieldText, when } from "./wording.mjs";

/**
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("leadgate").Legal} Legal
 * @typedef {import("./doing.mjs").Doing} Doing
 */

/** @param {string} id @param {State} state */
const moveText = (id, state) => policyText(state, "moves", id) ?? wordsOf(state).life.historyMoves[id] ?? id;

/** What a move still needs, in words. @param {Legal["needs"][number]} need @param {State} state */
function needText({ code, message, fields, at }, state) {
  const say = wordsOf(state).life;
  switch (code) {
    case "require-missing": return say.requires((fields ?? []).map((name) => fieldText(name, state)).join(", "));
    case "too-late": return say.tooLate(when(at, state));
    case "cooling-down": return say.cooling(when(at, state));
    case "not-due": return say.notDue(when(at, state));
    default: return say.needs[code] ?? message;
  }
}

/** @param {Legal} move @param {State} state @param {Doing} doing */
async function make({ move, event, reason }, state, { change }) {
  const say = wordsOf(state);
  let why;
  if (reason !== undefined) {
    const title = say.life.reasonTitle(moveText(move, state));
    why = await ask({
      title, yes: say.goOn, no: say.cancel,
      ...(Array.isArray(reason) ? { options: reason } : { input: { label: say.life.reason, value: "", refuse: (text) => (text === "" ? say.life.reasonNeeded : null) } }),
    });
    if (why === null) return;
  }
  await change({ do: "advance", step: { ...(event === undefined ? { move } : { event }), ...(why ? { reason: why } : {}) } });
}

/** A move with the button that makes it, or why there is none. @param {Legal} legal @param {State} state @param {Doing} doing */
function moveItem(legal, state, doing) {
  const say = wordsOf(state).life;
  const { move, to, event, at, needs } = legal;
  const how = event !== undefined ? say.onEvent(event) : at !== undefined ? say.byTime(when(at, state)) : say.byHand;
  const why = needs.filter(({ code }) => !(code === "not-due" && at !== undefined)).map((need) => needText(need, state)).join(", ");
  const button = needs.length > 0 ? null : h("button.button", { type: "button", "data-key": `move-${move}`, "aria-label": say.make(moveText(move, state), to), onclick: () => make(legal, state, doing) }, say.to(to));
  return h("li", { "data-move": move, "data-legal": String(needs.length === 0) },
    h("div", null, h("strong", null, moveText(move, state)), h("p.quiet", null, button ? how : `${say.to(to)} · ${how}`), why === "" ? null : h("p.why-not", null, why)), button);
}

/** @param {import("../engine/decider.mjs").Answered} decided @param {State} state @param {Doing} doing */
export function movesSection({ explanation: { decision }, outlook, description }, state, doing) {
  const say = wordsOf(state).life;
  const found = outlook?.moves;
  if (!found) return null;
  if ("refused" in found) return h("section.block", null, h("h3", null, say.moves), h("p.fault", null, sentence(found.refused)));
  const { stage, legal } = found;
  const label = policyText(state, "stages", stage);
  const proposed = decision.stage?.moves ?? [];
  const ready = legal.filter(({ needs }) => needs.length === 0);
  const barred = legal.filter(({ needs }) => needs.length > 0);
  const elsewhere = (writtenOf(state)?.moves ?? []).filter(({ from, event }) => event !== null && !from.includes(stage));
  const pin = state.life.state?.pins?.stage;
  const list = (/** @type {Legal[]} */ moves) => h("ul.move-list", null, moves.map((move) => moveItem(move, state, doing)));
  return h("section.block", null, h("h3", null, say.moves),
    h("p", null, say.isIn(stage), label ? h("span.quiet", null, ` ${label}`) : null),
    pin ? h("p.pinned", null, say.pinned(pin.value, pin.by), pin.reason ? ` ${pin.reason} ` : " ", h("button.link", { type: "button", "data-key": "unpin", onclick: () => doing.change({ do: "pin", pin: { stage: null, by: pin.by } }) }, say.unpin)) : null,
    proposed.length === 0 ? null : h("div.proposed", null, h("p.quiet", null, say.proposed),
      h("ol.moves", null, proposed.map(({ id, from, to }) => h("li", null, h("strong", null, from), h("span.arrow", { "aria-hidden": "true" }, "→"), h("strong", null, to), h("span.because", null, moveText(id, state))))),
      h("button.button.primary", { type: "button", "data-key": "commit", onclick: () => doing.change({ do: "advance", step: {} }) }, say.commit)),
    ready.length === 0 ? null : list(ready),
    barred.length === 0 ? null : [h("h4.minor", null, say.notNow), list(barred)],
    legal.length === 0 ? h("p.quiet", null, say.noMoves) : null,
    elsewhere.length === 0 ? null : h("details.silent", { "data-key": "elsewhere" }, h("summary", { "data-key": "elsewhere-summary" }, say.elsewhere),
      h("ul", null, elsewhere.map(({ id, from }) => h("li", null, h("span", null, moveText(id, state)), h("span.quiet", null, say.from(from.join(", "))))))),
    pinForm(description.stages, stage, state, doing));
}

/** @param {readonly string[]} stages @param {string} stage @param {State} state @param {Doing} doing */
function pinForm(stages, stage, state, doing) {
  const say = wordsOf(state).life;
  const select = h("select", { id: "pin-stage" }, stages.map((name) => h("option", { value: name }, name)));
  select.value = stage;
  const [by, reason] = ["by", "reason"].map((name) => h("input", { id: `pin-${name}`, type: "text", maxlength: 200, autocomplete: "off", required: name === "by" }));
  const field = (/** @type {string} */ label, /** @type {HTMLElement} */ input) => h("div.event-field", null, h("label", { for: input.id }, label), input);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    doing.change({ do: "pin", pin: { stage: select.value, by: by.value.trim(), ...(reason.value.trim() ? { reason: reason.value.trim() } : {}) } });
  };
  return h("details.silent", { "data-key": "pin" }, h("summary", { "data-key": "pin-summary" }, say.pin),
    h("form.event-editor", { onsubmit: submit }, field(say.pinStage, select), field(say.pinBy, by), field(say.reason, reason),
      h("div.event-buttons", null, h("button.button", { type: "submit", "data-key": "pin-do" }, say.pinDo))));
}

/** Every change of the stage with its time. @param {State} state @param {Doing} doing */
export function historySection(state, { store }) {
  const say = wordsOf(state).life;
  const { history = [], since } = state.life.state ?? {};
  if (state.decided === null || state.decided.description.stages.length === 0) return null;
  const items = history.map(({ move, from, to, at, reason, by }, index) => {
    const before = index === 0 ? since : history[index - 1].at;
    return h("li", null, h("time.event-time", { datetime: new Date(momentOf(at)).toISOString() }, when(at, state)),
      h("div", null, h("strong", null, from), h("span.arrow", { "aria-hidden": "true" }, " → "), h("strong", null, to), " ", h("span", null, moveText(move, state)),
        h("span.quiet", null, [reason ? `“${reason}”` : null, by ? say.by(by) : null, before === undefined ? null : say.stayed(momentOf(at) - momentOf(before))].filter(Boolean).map((part) => ` · ${part}`))));
  });
  return h("section.block", null, h("h3", null, say.history), items.length === 0 ? h("p.quiet", null, say.historyNone) : h("ol.history", null, items),
    state.life.state === null ? null : h("button.link", { type: "button", "data-key": "forget", onclick: () => store.set({ stage: null, life: { ...store.get().life, state: null } }) }, say.forget));
}
