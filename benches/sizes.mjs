// How large it all is to download: the builds of the engine, the workload's program, and the peers bundled for a browser.
//
//   node benches/sizes.mjs       prints, and writes benches/sizes.md

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { workloadProgram } from "./engines/leadgate.mjs";
import { table } from "./markdown.mjs";

const root = new URL("../", import.meta.url);
const here = new URL("./", import.meta.url);

const measures = [
  ["raw", (bytes) => bytes.length],
  ["gzip 9", (bytes) => gzipSync(bytes, { level: 9 }).length],
  ["brotli 11", (bytes) => brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length],
];

/** Sizes of what is downloaded as so many files. */
const sizesOf = (...files) => measures.map(([, measure]) => files.reduce((total, bytes) => total + measure(bytes), 0));

const rows = [];
const missing = [];

const bundler = await import("esbuild").catch((error) => {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  return undefined;
});

/** One module with all that it imports, minified. */
async function bundled(contents, platform) {
  const { outputFiles: [file] } = await bundler.build({
    stdin: { contents, resolveDir: fileURLToPath(here) },
    bundle: true, minify: true, format: "esm", platform, target: "es2022", write: false, logLevel: "error",
  });
  return Buffer.from(file.contents);
}

for (const build of ["page", "full", "author"]) {
  const files = ["leadgate_bg.wasm", "leadgate.js"].map((name) => new URL(`pkg/wasm/${build}/${name}`, root));
  if (files.every((file) => existsSync(file))) {
    const [wasm, glue] = files.map((file) => readFileSync(file));
    rows.push([`leadgate, ${build}: wasm`, ...sizesOf(wasm)], [`leadgate, ${build}: generated glue`, ...sizesOf(glue)], [`leadgate, ${build}: both`, ...sizesOf(wasm, glue)]);
  } else {
    missing.push(`leadgate, ${build}: \`pkg/wasm/${build}\` is not built: \`npm run build\``);
  }
}

const api = new URL("pkg/src/full/node.mjs", root);
if (!existsSync(api)) missing.push("leadgate, JavaScript of the package: `pkg/src/full/node.mjs` is not there");
else if (!bundler) missing.push("leadgate, JavaScript of the package: the bundler is not installed: `npm ci --prefix benches`");
else rows.push(["leadgate, JavaScript of the package (glue included)", ...sizesOf(await bundled(`export * from ${JSON.stringify(fileURLToPath(api))};`, "node"))]);

try {
  rows.push(["the workload's program", ...sizesOf(Buffer.from(await workloadProgram()))]);
} catch (error) {
  if (error.name !== "Unavailable") throw error;
  missing.push(`the workload's program: ${error.message}`);
}

/** What an application imports of each peer to do the workload: what it does not use is shaken out. */
const peers = {
  "json-logic-engine 5": 'export { LogicEngine } from "json-logic-engine";',
  "@marcbachmann/cel-js 8": 'export { Environment } from "@marcbachmann/cel-js";',
  "json-rules-engine 7": 'export { Engine } from "json-rules-engine";',
  "json-logic-js 2": 'export { default } from "json-logic-js";',
};

if (bundler) {
  for (const [name, entry] of Object.entries(peers)) rows.push([name, ...sizesOf(await bundled(entry, "browser"))]);
  rows.push(["hand-written JavaScript (the rules themselves)", ...sizesOf(await bundled('export { score } from "./workload/oracle.mjs";', "browser"))]);
} else {
  for (const name of Object.keys(peers)) missing.push(`${name}: the peers are not installed: \`npm ci --prefix benches\``);
}

const kib = (bytes) => (bytes / 1024).toFixed(1);
const text = table(["KiB", ...measures.map(([name]) => name)], rows.map(([name, ...sizes]) => [name, ...sizes.map(kib)]));
const notes = missing.length > 0 ? `\n\nNot measured:\n\n${missing.map((reason) => `- ${reason}`).join("\n")}` : "";

console.log(`${text}${notes}`);
writeFileSync(new URL("sizes.md", here), `# Sizes\n\nWritten by \`node benches/sizes.mjs\`; what is measured and how stands in [README.md](README.md).\n\n${text}${notes}\n`);
