// Whose turn it is: who takes this lead and the next ten, who is there, and what everybody's share is.

import { h, sentence } from "../dom.mjs";
import { writtenOf } from "../parts.mjs";
import { wordsOf } from "../words/words.mjs";
import { when } from "./wording.mjs";

/**
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("leadgate").Assignment} Assignment
 * @typedef {import("./doing.mjs").Doing} Doing
 */

/** @param {import("../engine/decider.mjs").Answered} decided @param {State} state @param {Doing} doing */
export function queueSection({ outlook, description, explanation: { decision } }, state, doing) {
  const say = wordsOf(state).life;
  const found = outlook?.queue;
  if (!found) return null;
  const { store } = doing;
  const { turns } = state;
  if ("refused" in found) return h("section.block", null, h("h3", null, say.queues), h("p.fault", null, sentence(found.refused)));
  const { name, first, then } = found;
  const select = h("select", { id: "queue-name", "aria-label": say.queue, onchange: () => store.set({ turns: { ...store.get().turns, name: select.value } }) }, description.queues.map((queue) => h("option", { value: queue.name }, queue.name)));
  select.value = name;
  const taken = state.given.filter(({ queue }) => queue === name);
  const last = taken.at(-1);

  async function give() {
    const done = await doing.change({ do: "assign", queue: name, turns });
    if (!done?.rotation || !done.answer?.member) return;
    const { answer, rotation } = done;
    const now = store.get();
    store.set({ turns: { ...now.turns, rotations: { ...now.turns.rotations, [name]: rotation } }, given: [...now.given, { queue: name, at: now.life.now, answer }] });
  }

  async function takeBack() {
    if (!last) return;
    const done = await doing.change({ do: "returned", queue: name, turns, answer: last.answer });
    const now = store.get();
    if (done?.rotation) store.set({ turns: { ...now.turns, rotations: { ...now.turns.rotations, [name]: done.rotation } }, given: now.given.filter((one) => one !== last) });
  }

  function anew() {
    const now = store.get();
    const { [name]: _, ...rotations } = now.turns.rotations;
    store.set({ turns: { ...now.turns, rotations }, given: now.given.filter(({ queue }) => queue !== name) });
  }

  return h("section.block.queue", null, h("h3", null, say.queues), description.queues.length > 1 ? h("div.queue-choice", null, select) : null,
    decision.outcome === name ? null : h("p.quiet", null, say.notFor(name)),
    takes(first, state),
    h("p.minor", null, say.nextTen),
    h("ol.chips.turns", null, then.map(({ member }) => h("li", null, member ?? say.nobodyShort))),
    memberTable(name, [first, ...then], taken, state, doing),
    h("div.event-buttons", null, h("button.button", { type: "button", "data-key": "queue-give", disabled: first.member === null, onclick: give }, say.give),
      last ? h("button.button", { type: "button", "data-key": "queue-back", onclick: takeBack }, say.takeBack(last.answer.member)) : null,
      name in turns.rotations ? h("button.link", { type: "button", "data-key": "queue-anew", onclick: anew }, say.anew) : null));
}

/** @param {Assignment} first @param {State} state */
function takes(first, state) {
  const say = wordsOf(state).life;
  if (first.member === null) return h("p.fault", null, say.nobody[first.why]);
  const [before, after] = say.takes;
  return h("p.takes", null, before, h("strong", null, first.member), after, h("span.quiet", null, ` · ${say.turn[first.reason]}${first.deadline ? ` · ${say.answerBy(when(first.deadline, state))}` : ""}`));
}

/** @param {string} name @param {Assignment[]} sequence @param {State["given"]} taken @param {State} state @param {Doing} doing */
function memberTable(name, sequence, taken, state, { store }) {
  const say = wordsOf(state).life;
  const members = state.decided?.description.queues.find((queue) => queue.name === name)?.members ?? [];
  const written = writtenOf(state)?.teams.find((team) => team.name === name)?.members ?? [];
  const weightOf = (/** @type {string} */ id) => written.find((member) => member.id === id)?.weight ?? 1;
  const all = members.reduce((sum, id) => sum + weightOf(id), 0);
  const { absent } = state.turns;
  const toggle = (/** @type {string} */ id, /** @type {boolean} */ there) => {
    const now = store.get().turns;
    store.set({ turns: { ...now, absent: there ? now.absent.filter((one) => one !== id) : [...now.absent, id] } });
  };
  return h("div.table-scroll", null, h("table.members", null,
    h("thead", null, h("tr", null, [say.member, say.share, say.has, say.there].map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", null, members.map((id) => {
      const daily = written.find((member) => member.id === id)?.daily;
      const box = h("input", { type: "checkbox", "aria-label": say.isThere(id), "data-key": `there-${id}`, onchange: () => toggle(id, box.checked) });
      box.checked = !absent.includes(id);
      return h("tr", { "data-member": id, "data-there": String(box.checked) }, h("th", { scope: "row" }, id, daily ? h("span.quiet", null, ` ${say.perDay(daily)}`) : null),
        h("td", null, `${Math.round((weightOf(id) / all) * 1000) / 10} %`), h("td", null, String(taken.filter(({ answer }) => answer.member === id).length)), h("td", null, box));
    }))));
}
