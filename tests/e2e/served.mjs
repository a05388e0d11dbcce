// The built edge in workerd, with the site beside it, and a browser to visit it.

import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { buildEdge } from "../../www/edge/build.mjs";
import { bundle, startWorkerd } from "../edge/workerd.mjs";

const assets = fileURLToPath(new URL("../../www/dist/", import.meta.url));

/**
 * @typedef {object} Served what runs while the tests of a file do
 * @property {Awaited<ReturnType<typeof startWorkerd>>} edge
 * @property {import("playwright-core").Browser} browser
 */

/** Starts both before a file's tests, and ends them afterwards. */
export function served() {
  const running = /** @type {Served} */ ({});
  /** @type {ReturnType<typeof bundle> | undefined} */
  let bundled;
  before(async () => {
    buildEdge();
    bundled = bundle();
    running.edge = await startWorkerd(bundled, { assets });
    running.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
  });
  after(async () => {
    await running.browser?.close();
    await running.edge?.close();
    bundled?.remove();
  });
  return running;
}
