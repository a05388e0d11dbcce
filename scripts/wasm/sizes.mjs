// How large it all is to download, and how that came about.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { table } from "../../pkg/cli/terminal/table.mjs";
import { root, wasmOutput } from "../paths.mjs";
import { builds } from "./builds.mjs";
import { sentFile } from "./inline.mjs";

/** @typedef {{ raw: number, gzip: number, brotli: number }} Sizes */

/** Every growth that was meant, with its reason: the newest last. */
export const historyFile = join(root, "benches", "sizes-history.json");
/** What the form element imports only where it is needed. */
const LATER = ["./write.mjs", "./resume.mjs"];
/** KiB of brotli of the page's engine and the form element together. */
export const PAGE_AND_FORM = 57;
/** What may be added without a word. */
const TOLERANCE = 0.02;

/** @param {Uint8Array} bytes @returns {Sizes} */
export const sizesOf = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length,
});

/** Sizes of what is downloaded as so many files. @param {Sizes[]} sizes @returns {Sizes} */
const together = (sizes) => {
  const total = (/** @type {keyof Sizes} */ key) => sizes.reduce((sum, size) => sum + size[key], 0);
  return { raw: total("raw"), gzip: total("gzip"), brotli: total("brotli") };
};

/**
 * A module with all that it imports, minified as for a browser.
 * @param {string} contents @param {string} [folder] from which it imports
 */
export async function bundled(contents, folder = root) {
  // Set-up installs it, and is itself imported beside this file.
  const esbuild = await import("esbuild");
  const { outputFiles: [file] } = await esbuild.build({
    stdin: { contents, resolveDir: folder }, bundle: true, minify: true, format: "esm", platform: "browser", target: "es2022", write: false, logLevel: "error", charset: "utf8",
    // What is fetched where it is needed stays a file of its own.
    external: LATER,
  });
  return file.contents;
}

/** What the form element comes to beside the page's JavaScript: both in one bundle, without the page's. */
export async function measureForm() {
  const entries = ["page/slim.mjs", "form/element.mjs"].map((file) => `export * from ${JSON.stringify(join(root, "pkg", "src", file))};`);
  const [page, both] = (await Promise.all([bundled(entries[0]), bundled(entries.join(""))])).map(sizesOf);
  return { raw: both.raw - page.raw, gzip: both.gzip - page.gzip, brotli: both.brotli - page.brotli };
}

/**
 * What an application downloads of each build: the slim entry with the wasm beside it, and everything in one script.
 * @returns {Promise<{ name: string, budget: number, parts: Record<"javascript" | "wasm" | "together" | "one script", Sizes> }[]>}
 */
export async function measureBuilds() {
  return Promise.all(builds.filter(({ name }) => existsSync(join(wasmOutput, name, "leadgate_bg.wasm"))).map(async ({ name, budget, javascript: of = name }) => {
    const entry = (/** @type {string[]} */ ...path) => `export * from ${JSON.stringify(join(root, "pkg", "src", ...path))};`;
    const javascript = sizesOf(await bundled(entry(of, "slim.mjs")));
    const wasm = sizesOf(readFileSync(join(wasmOutput, name, sentFile(name))));
    return { name, budget, parts: { javascript, wasm, together: together([javascript, wasm]), "one script": sizesOf(await bundled(entry(name, "web.mjs"))) } };
  }));
}

/**
 * @typedef {object} Entry
 * @property {string} date
 * @property {string} what changed
 * @property {string} why it is worth its bytes
 * @property {Record<string, number>} bytes of brotli by build, wasm and JavaScript together
 */

/**
 * What has grown by more than is tolerated since the newest entry that names it.
 * @param {Record<string, number>} bytes by build
 * @param {Entry[]} history
 */
export function grown(bytes, history) {
  return Object.entries(bytes).flatMap(([name, now]) => {
    const known = history.findLast((entry) => entry.bytes[name] !== undefined)?.bytes[name];
    if (known === undefined) return [`${name}: ${now} bytes, and no entry`];
    return now > known * (1 + TOLERANCE) ? [`${name}: ${now} bytes, ${((now / known - 1) * 100).toFixed(1)} % more than the last entry's ${known}`] : [];
  });
}

/** @returns {Entry[]} */
export const history = () => JSON.parse(readFileSync(historyFile, "utf8"));

/** @param {number} bytes */
const kib = (bytes) => (bytes / 1024).toFixed(1);

/** Prints raw, gzip and brotli sizes of what is downloaded of every build, beside its budget and the newest entry of the history. */
export async function reportSizes() {
  const measured = await measureBuilds();
  const entries = history();
  const rows = measured.flatMap(({ name, budget, parts }) => Object.entries(parts).map(([part, size], at) => {
    const known = entries.findLast((entry) => entry.bytes[name] !== undefined)?.bytes[name];
    const last = part === "together" ? [`${budget}`, size.brotli <= budget * 1024 ? "" : "over", known === undefined ? "" : kib(known)] : ["", "", ""];
    return [at === 0 ? name : "", part, kib(size.raw), kib(size.gzip), kib(size.brotli), ...last];
  }));
  const form = await measureForm();
  rows.push(["form", "beside page", kib(form.raw), kib(form.gzip), kib(form.brotli), "", "", kib(entries.findLast((entry) => entry.bytes.form !== undefined)?.bytes.form ?? form.brotli)]);
  for (const { name, parts } of measured.filter(({ name }) => name === "plain" || name === "page")) {
    const both = parts.together.brotli + form.brotli;
    rows.push(["", `with ${name}`, "", "", kib(both), `${PAGE_AND_FORM}`, both <= PAGE_AND_FORM * 1024 ? "" : "over", ""]);
  }
  const right = /** @type {const} */ ("right");
  console.log(table(
    [{ title: "build" }, { title: "part" }, { title: "raw KiB", align: right }, { title: "gzip", align: right },
      { title: "brotli", align: right }, { title: "budget", align: right }, { title: "" }, { title: "last entry", align: right }],
    rows,
  ).join("\n"));
  const more = grown({ ...Object.fromEntries(measured.map(({ name, parts }) => [name, parts.together.brotli])), form: form.brotli }, entries);
  if (more.length > 0) console.log(["", ...more, "growth wants an entry with its reason in benches/sizes-history.json"].join("\n"));
}
