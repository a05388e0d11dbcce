// Forecasts of the form, where somebody reads them.

import { latest } from "./latest.mjs";

/** @typedef {import("./forecast.worker.mjs").Forecasted} Forecasted */

/** Forecasts whenever the program changes, or what is known beforehand. @param {import("../store.mjs").Store} store */
export function startForecasting(store) {
  /** @type {ReturnType<typeof begun> | undefined} */
  let worker;
  /** @type {Uint8Array | undefined} */
  let program;
  /** @type {string[] | undefined} */
  let known;

  function begun() {
    return latest(
      () => new Worker(new URL("./forecast.worker.mjs", import.meta.url), { type: "module" }),
      (/** @type {Forecasted} */ forecast) => store.set({ forecast }),
      (message) => store.set({ forecast: { refused: message, code: "" } }),
    );
  }

  store.watch(["reading", "sound", "foreknown"], (state) => {
    const sound = state.sound?.program;
    if (state.reading !== "questions" || !sound || (sound === program && state.foreknown === known)) return;
    [program, known] = [sound, state.foreknown];
    store.set({ forecast: null });
    // The wasm that checks documents is a large file: whoever reads no forecast does not start it twice.
    worker ??= begun();
    worker.ask(() => {
      const { sound, foreknown } = store.get();
      const fields = new Set(sound?.outline?.fields.map(({ name }) => name));
      return { program: sound?.program, known: foreknown.filter((name) => fields.has(name)) };
    });
  });
}
