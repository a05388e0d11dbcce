// What is served: landing page and playground in www/dist, and the compiled policy for the edge. Built where it is missing or its sources have changed.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.mjs";
import { must } from "../run.mjs";
import { builds } from "../wasm/builds.mjs";

const dist = join(root, "www", "dist");
const stampOf = (/** @type {string} */ name) => join(root, "www", ".dev", `${name}.fingerprint`);

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} sources folders and files of the checkout
 * @property {string} made a file that is there once it is built
 * @property {string[]} command arguments for Node
 */

/** @type {Part[]} */
const parts = [
  { name: "edge", sources: ["policies", "www/edge/build.mjs", "www/edge/packed.mjs", "www/shared"], made: join(root, "www", "edge", "built", "others.bin"), command: ["www/edge/build.mjs"] },
  { name: "site", sources: ["policies", "www/site", "www/shared", "www/vite.config.mjs"], made: join(dist, "index.html"), command: ["scripts/www/build.mjs"] },
  { name: "playground", sources: ["policies", "schema", "www/playground"], made: join(dist, "playground", "index.html"), command: ["node_modules/vite/bin/vite.js", "build", "--config", "www/playground/vite.config.mjs", "--logLevel", "warn"] },
];

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  const whole = join(root, path);
  if (!existsSync(whole)) return [];
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(whole, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length)).sort();
}

/** @param {Part} part */
function fingerprint({ sources }) {
  const hash = createHash("sha256");
  // The engine's builds are in what is built, and so are the packages that it is built with.
  const engine = [...builds.map(({ name }) => `pkg/wasm/${name}/.fingerprint`), "package-lock.json"].filter((path) => existsSync(join(root, path)));
  for (const path of [...sources.flatMap(filesUnder), ...filesUnder("pkg/src"), ...engine]) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest("hex");
}

/** Builds what is missing or stale. */
export async function buildWww() {
  mkdirSync(join(root, "www", ".dev"), { recursive: true });
  for (const part of parts) {
    if (!existsSync(join(root, part.sources[1]))) continue;
    const [stamp, now] = [stampOf(part.name), fingerprint(part)];
    if (existsSync(part.made) && existsSync(stamp) && readFileSync(stamp, "utf8") === now) continue;
    console.log(`building: ${part.name}`);
    await must(process.execPath, part.command);
    writeFileSync(stamp, now);
  }
}
