// Checks and compiles documents beside the page: a check takes longer than a frame.

import { format, init, study } from "leadgate/author/slim";
import wasm from "leadgate/author.wasm?url";
import { notStarted, starting } from "./start.mjs";
import { writtenIn } from "./written.mjs";

const ready = starting(() => init(fetch(wasm)));

/**
 * @typedef {import("leadgate/author").Study & { written: import("./written.mjs").Written | null }} Study
 * @typedef {{ main: string, files: Record<string, string>, layOut: string | null }} Question `layOut` is the path of a document that is to have its standard layout
 * @typedef {{ study?: Study, ms: number, laidOut?: { path: string, before: string, text: string | null }, error?: string, unloaded?: boolean }} Answer `unloaded`: the engine did not come; the text is null where it cannot be laid out
 */

/** @param {string} text */
function laidOut(text) {
  try {
    return format(text);
  } catch {
    return null;
  }
}

self.addEventListener("message", async ({ data }) => {
  const { main, files, layOut } = /** @type {Question} */ (data);
  try {
    await ready();
  } catch (error) {
    return self.postMessage({ ...notStarted(error), ms: 0 });
  }
  try {
    const begun = performance.now();
    const found = study(main, files);
    const ms = performance.now() - begun;
    self.postMessage({ study: { ...found, written: writtenIn(files[main]) }, ms, ...(layOut === null ? {} : { laidOut: { path: layOut, before: files[layOut], text: laidOut(files[layOut]) } }) });
  } catch (error) {
    self.postMessage({ error: String(error instanceof Error ? error.message : error), ms: 0 });
  }
});
