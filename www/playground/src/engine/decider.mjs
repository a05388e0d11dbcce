// Decisions as somebody types.

import { latest } from "./latest.mjs";
import { took } from "./took.mjs";

/**
 * @typedef {object} Answered
 * @property {import("leadgate").Description} description
 * @property {import("leadgate").Explanation} explanation
 * @property {import("leadgate").Form} form which questions apply
 * @property {import("leadgate").Possible | null} possible
 * @property {boolean} lives whether time says something: what the lead did, where it stands, and when it is decided
 * @property {string | null} refused what of that the engine cannot use; it was then decided without
 * @property {import("../life/course.mjs").Course | null} course
 * @property {import("./outlook.mjs").Outlook | null} outlook where somebody reads it
 * @property {import("leadgate").WhatIf | import("./outlook.mjs").Refused | null} whatIf where somebody reads it
 * @property {import("leadgate").Next | import("./outlook.mjs").Refused | null} next what to ask next, where somebody reads it
 * @property {number} ms of the explanation
 * @property {number} possibleMs
 */

/** @typedef {ReturnType<typeof startDeciding>} Act */

/**
 * Decides whenever the lead or the program changes.
 * @param {import("../store.mjs").Store} store
 * @returns does something with the lead as it stands, and gives what came of it
 */
export function startDeciding(store) {
  /** @type {Uint8Array | undefined} */
  let sent;
  const decider = latest(
    () => new Worker(new URL("./decider.worker.mjs", import.meta.url), { type: "module" }),
    (/** @type {{ answered?: Answered, error?: string, unloaded?: boolean }} */ { answered, error, unloaded }) => {
      if (unloaded) return failed(error ?? "");
      if (!answered) return store.set({ trouble: error ?? null, unloaded: false });
      // Another document has taken the place of the one that decided.
      if (store.get().sound?.program !== sent) return;
      took("leadgate-explain", answered.ms);
      if (answered.possible) took("leadgate-possible", answered.possibleMs);
      const begun = performance.now();
      store.set({ decided: answered, trouble: null, unloaded: false });
      took("leadgate-show", performance.now() - begun);
    },
    failed,
  );

  /** @param {string} message */
  function failed(message) {
    // The next engine knows of no program yet.
    sent = undefined;
    store.set({ trouble: message, unloaded: true });
  }
  store.watch(["lead", "stage", "life", "partial", "sound", "reading", "turns", "settle", "attempt"], ({ sound }) => {
    if (!sound) return;
    decider.ask(() => {
      const { lead, stage, life, partial, reading, turns, settle, sound: current } = store.get();
      const program = current?.program;
      const fresh = program === sent ? undefined : program;
      sent = program;
      return { program: fresh, lead, stage, life, partial, reading, turns, settle };
    });
  });

  /** @param {import("./outlook.mjs").Action} action @returns {Promise<import("./outlook.mjs").Done | import("./outlook.mjs").Refused>} */
  return (action) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data);
    };
    const { lead, stage, life } = store.get();
    decider.post({ lead, stage, life, action }, [port2]);
  });
}
