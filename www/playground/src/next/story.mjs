// A story that a golden lead tells, walked step by step.

import { fill, h, withCode } from "../dom.mjs";
import { held, loaded } from "../golden/story.mjs";
import { momentOf } from "../life/life.mjs";
import { outlineOf, writtenOf } from "../parts.mjs";
import { policyText, wordsOf } from "../words/words.mjs";
import { when } from "./wording.mjs";

/** @typedef {import("../store.mjs").State} State */

/** The story that is told, with its golden lead. @param {State} state */
function storyOf(state) {
  const golden = outlineOf(state)?.golden.find(({ id }) => id === state.golden);
  const steps = golden && writtenOf(state)?.stories[golden.id];
  return golden && steps && state.walk ? { golden, steps } : null;
}

/** What is expected, by its name. @param {string} name @param {State} state */
const expectedText = (name, state) => wordsOf(state).life.expects[name] ?? name;

/** @param {import("../store.mjs").Store} store @param {import("../engine/decider.mjs").Act} act */
export function storySection(store, act) {
  const title = h("h3", { id: "story-title" });
  const status = h("p.quiet", { role: "status" });
  const list = h("ol.story");
  const [back, next, end] = ["back", "next", "end"].map((key) => h("button.button", { type: "button", id: `story-${key}` }));
  const element = h("section.block.story-block", { "aria-labelledby": "story-title", hidden: true }, title, status, list, h("div.event-buttons", null, back, next, end));
  back.addEventListener("click", () => walk((store.get().walk?.at ?? 0) - 1));
  next.addEventListener("click", () => walk((store.get().walk?.at ?? 0) + 1));
  end.addEventListener("click", () => walk(Number.POSITIVE_INFINITY));

  /** Walks from the beginning to after so many steps: what was filled in meanwhile gives way. @param {number} wanted */
  async function walk(wanted) {
    const state = store.get();
    const story = storyOf(state);
    if (!story) return;
    const at = Math.max(0, Math.min(wanted, story.steps.length));
    const begin = loaded(story.golden, writtenOf(state), state.life);
    if (at === 0) return store.set(begin);
    store.set({ lead: begin.lead, stage: begin.stage, life: begin.life });
    const done = await act({ do: "replay", steps: story.steps.slice(0, at) });
    if (store.get().golden !== story.golden.id || "refused" in done) return;
    const now = momentOf(story.steps[at - 1].at);
    const left = held(done.state, state.decided?.description.stages ?? []);
    const life = { ...begin.life, now, anchor: now, state: left.state };
    store.set({ stage: left.stage, life, walk: { at, told: done.steps ?? [], life, stage: left.stage } });
  }

  /** @param {State} state */
  function show(state) {
    const story = storyOf(state);
    element.hidden = story === null;
    if (!story || !state.walk) return;
    const say = wordsOf(state).life;
    const { golden, steps } = story;
    const { at, told } = state.walk;
    title.textContent = say.story;
    status.textContent = say.storyAt(at, steps.length);
    back.textContent = say.back;
    next.textContent = say.next;
    end.textContent = say.toEnd;
    back.disabled = at === 0;
    next.disabled = end.disabled = at === steps.length;
    fill(list, steps.map((step, index) => {
      const what = step.event !== undefined ? say.happens(step.event) : step.move !== undefined ? say.moved(policyText(state, "moves", step.move) ?? step.move) : say.decides;
      const came = index < at ? told[index] : undefined;
      const expected = golden.expected.filter(({ name }) => name.startsWith(`step ${index + 1}: `));
      return h("li", { "data-made": String(index < at), "aria-current": index === at - 1 ? "step" : undefined },
        h("time.event-time", { datetime: step.at }, when(step.at, state)),
        h("div", null, h("strong", null, what), h("span.quiet", null, [step.reason ? say.because(step.reason) : null, step.by ? say.by(step.by) : null].filter(Boolean).map((part) => ` · ${part}`)),
          came ? h("p", { "data-refused": String(came.refused !== null) }, came.refused === null ? say.came(came.stage ?? "", came.moves.map((id) => policyText(state, "moves", id) ?? id).join(", ")) : say.wasRefused(say.needs[came.refused] ?? came.refused)) : null,
          came ? expected.map(({ name, wanted, actual, holds }) => h("p.expected", { "data-holds": String(holds) }, h("span.tick", { "aria-hidden": "true" }, holds ? "✓" : "✕"), " ", expectedText(name.replace(/^step \d+: /, ""), state), " ", withCode(wanted), holds ? null : [" ≠ ", ...withCode(actual ?? "–")])) : null));
    }));
  }

  store.watch(["golden", "walk", "study", "sound", "locale"], show);
  return element;
}
