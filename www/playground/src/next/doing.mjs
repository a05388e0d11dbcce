// What somebody does in the playground with a lead: the engine's new state takes the old one's place.

import { held } from "../golden/story.mjs";

/**
 * @typedef {import("../store.mjs").Store} Store
 * @typedef {import("../engine/outlook.mjs").Action} Action
 *
 * @typedef {object} Doing
 * @property {(action: Action) => Promise<import("../engine/outlook.mjs").Done | null>} change does it, and keeps the lead's new state; null where the engine refuses
 * @property {Store} store
 */

/** @param {Store} store @param {import("../engine/decider.mjs").Act} act @param {(message: string) => void} complain hears why something was refused, and "" where nothing was @returns {Doing} */
export function doing(store, act, complain) {
  return {
    store,
    async change(action) {
      const { lead, life, stage } = store.get();
      const done = await act(action);
      // Another lead has taken its place meanwhile.
      if (store.get().lead !== lead || store.get().life !== life || store.get().stage !== stage) return null;
      if ("refused" in done) {
        complain(done.refused);
        return null;
      }
      complain(done.refusal?.message ?? "");
      if (done.state && action.do !== "replay") {
        const now = held(done.state, store.get().decided?.description.stages ?? []);
        store.set({ stage: now.stage, life: { ...store.get().life, state: now.state } });
      }
      return done;
    },
  };
}
