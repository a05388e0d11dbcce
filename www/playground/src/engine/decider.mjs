// Decisions as somebody types.

import { latest } from "./latest.mjs";

/**
 * @typedef {object} Answered
 * @property {import("leadgate").Description} description
 * @property {import("leadgate").Explanation} explanation
 * @property {import("leadgate").Form} form which questions apply
 * @property {import("leadgate").Possible | null} possible
 * @property {number} ms of the explanation
 * @property {number} possibleMs
 */

/** Decides whenever the lead or the program changes. @param {import("../store.mjs").Store} store */
export function startDeciding(store) {
  /** @type {Uint8Array | undefined} */
  let sent;
  const worker = new Worker(new URL("./decider.worker.mjs", import.meta.url), { type: "module" });
  const decider = latest(
    worker,
    (/** @type {{ answered?: Answered, error?: string }} */ { answered, error }) => {
      if (answered) performance.measure("leadgate-decide", { start: performance.now() - answered.ms - answered.possibleMs, end: performance.now() });
      store.set(answered ? { decided: answered, trouble: null } : { trouble: error ?? null });
    },
    (message) => store.set({ trouble: message }),
  );
  store.watch(["lead", "stage", "partial", "sound"], ({ sound }) => {
    if (!sound) return;
    decider.ask(() => {
      const { lead, stage, partial, sound: current } = store.get();
      const program = current?.program;
      const fresh = program === sent ? undefined : program;
      sent = program;
      return { program: fresh, lead, stage, partial };
    });
  });
}
