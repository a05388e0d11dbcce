// Checking the document as somebody types.

import { loaded } from "../golden/story.mjs";
import { latest } from "./latest.mjs";
import { took } from "./took.mjs";

/** Milliseconds without a key before the text is checked: less than a pause between words, more than one between keys. */
const PAUSE = 150;
/** Milliseconds more before errors are told in a document that had none: what is half written is not wrong yet. */
const PATIENCE = 450;

/** Checks whenever the files change. @param {import("../store.mjs").Store} store */
export function startChecking(store) {
  const author = latest(
    () => new Worker(new URL("./author.worker.mjs", import.meta.url), { type: "module" }),
    (/** @type {import("./author.worker.mjs").Answer} */ { study, ms, laidOut, error, unloaded }) => {
      if (!study) return store.set({ trouble: error ?? null, unloaded: unloaded === true });
      took("leadgate-study", ms);
      // Of files that are others by now; an answer about them is on its way.
      if (store.get().files !== sent) return;
      clearTimeout(held);
      held = setTimeout(() => publish(study, laidOut), !study.program && store.get().study?.program ? PATIENCE : 0);
    },
    (message) => store.set({ trouble: message, unloaded: true }),
  );
  /** @type {Record<string, string> | undefined} */
  let sent;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let held;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {import("./author.worker.mjs").Study} study @param {import("./author.worker.mjs").Answer["laidOut"]} laidOut */
  function publish(study, laidOut) {
    const { fresh, wanted, life } = store.get();
    const golden = study.outline?.golden ?? [];
    const first = golden.find(({ id }) => id === wanted) ?? (fresh ? golden[0] : undefined);
    store.set({ study, trouble: null, unloaded: false, fresh: false, wanted: null, ...(study.program ? { sound: study } : {}), ...(first ? loaded(first, study.written, life) : {}) });
    if (laidOut) layOutDone(laidOut);
  }

  /** @param {string | null} layOut */
  const ask = (layOut) => {
    clearTimeout(timer);
    author.ask(() => {
      const { main, files } = store.get();
      sent = files;
      return { main, files, layOut };
    });
  };
  store.watch(["files", "main", "attempt"], () => {
    clearTimeout(timer);
    clearTimeout(held);
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
