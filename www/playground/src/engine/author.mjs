// Checking the document as somebody types.

import { latest } from "./latest.mjs";
import { took } from "./took.mjs";

/** Milliseconds without a key before the text is checked: less than a pause between words, more than one between keys. */
const PAUSE = 150;

/** Checks whenever the files change. @param {import("../store.mjs").Store} store */
export function startChecking(store) {
  const worker = new Worker(new URL("./author.worker.mjs", import.meta.url), { type: "module" });
  const author = latest(
    worker,
    (/** @type {import("./author.worker.mjs").Answer} */ { study, ms, laidOut, error }) => {
      if (!study) return store.set({ trouble: error ?? null });
      took("leadgate-study", ms);
      const first = study.outline?.golden[0];
      const shown = store.get().fresh && first ? { lead: first.lead, stage: first.stage, golden: first.id } : {};
      store.set({ study, trouble: null, fresh: false, ...(study.program ? { sound: study } : {}), ...shown });
      if (laidOut) layOutDone(laidOut);
    },
    (message) => store.set({ trouble: message }),
  );
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {string | null} layOut */
  const ask = (layOut) => {
    clearTimeout(timer);
    author.ask(() => ({ main: store.get().main, files: store.get().files, layOut }));
  };
  store.watch(["files", "main"], () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(null), store.get().study ? PAUSE : 0);
  });
  store.watch(["layOut"], ({ layOut }) => {
    if (layOut === null) return;
    store.set({ layOut: null, refusal: null });
    ask(layOut);
  });

  /** @param {NonNullable<import("./author.worker.mjs").Answer["laidOut"]>} laidOut */
  function layOutDone({ path, before, text }) {
    const { files } = store.get();
    // Whoever has typed on wants what was typed.
    if (files[path] !== before) return;
    if (text === null) store.set({ refusal: "formatFailed" });
    else store.set({ files: { ...files, [path]: text } });
  }
}
