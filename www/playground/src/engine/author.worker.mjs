// Checks and compiles documents beside the page: a check takes longer than a frame.

import { init, study } from "leadgate/author/slim";
import wasm from "leadgate/author.wasm?url";

const ready = init(fetch(wasm));

/** @typedef {{ main: string, files: Record<string, string> }} Question */
/** @typedef {{ study?: import("leadgate/author").Study, ms: number, error?: string }} Answer */

self.addEventListener("message", async ({ data }) => {
  const { main, files } = /** @type {Question} */ (data);
  try {
    await ready;
    const begun = performance.now();
    const found = study(main, files);
    self.postMessage({ study: found, ms: performance.now() - begun });
  } catch (error) {
    self.postMessage({ error: String(error instanceof Error ? error.message : error), ms: 0 });
  }
});
