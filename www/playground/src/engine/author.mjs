// Checking the document as somebody types.

import { latest } from "./latest.mjs";

/** Milliseconds without a key before the text is checked: less than a pause between words, more than one between keys. */
const PAUSE = 150;

/** Checks whenever the files change. @param {import("../store.mjs").Store} store */
export function startChecking(store) {
  const worker = new Worker(new URL("./author.worker.mjs", import.meta.url), { type: "module" });
  const author = latest(
    worker,
    (/** @type {import("./author.worker.mjs").Answer} */ { study, ms, error }) => {
      if (!study) return store.set({ trouble: error ?? null });
      performance.measure("leadgate-study", { start: performance.now() - ms, end: performance.now() });
      const first = study.outline?.golden[0];
      const shown = store.get().fresh && first ? { lead: first.lead, stage: first.stage, golden: first.id } : {};
      store.set({ study, trouble: null, fresh: false, ...(study.program ? { sound: study } : {}), ...shown });
    },
    (message) => store.set({ trouble: message }),
  );
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  store.watch(["files", "main"], () => {
    clearTimeout(timer);
    timer = setTimeout(() => author.ask(() => ({ main: store.get().main, files: store.get().files })), store.get().study ? PAUSE : 0);
  });
}
