// How large the builds are, as they are downloaded.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { table } from "../../pkg/cli/terminal/table.mjs";
import { wasmOutput } from "../paths.mjs";
import { builds } from "./builds.mjs";

/** @param {Buffer} bytes */
const sizesOf = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length,
});

/** @param {string} path */
function measured(path) {
  const bytes = readFileSync(path);
  return sizesOf(bytes);
}

/** @param {number} bytes */
const kib = (bytes) => (bytes / 1024).toFixed(1);

/** Prints raw, gzip and brotli sizes of every build's wasm and glue, and keeps them in pkg/wasm/sizes.json. */
export function reportSizes() {
  const rows = [];
  /** @type {Record<string, object>} */
  const record = {};
  for (const { name, budget } of builds) {
    const wasm = measured(join(wasmOutput, name, "leadgate_bg.wasm"));
    const glue = measured(join(wasmOutput, name, "leadgate.js"));
    const total = { raw: wasm.raw + glue.raw, gzip: wasm.gzip + glue.gzip, brotli: wasm.brotli + glue.brotli };
    record[name] = { wasm, glue, total };
    for (const [part, size] of Object.entries({ wasm, glue, total })) {
      const last = part === "total" ? [`${budget}`, total.brotli <= budget * 1024 ? "" : "over"] : ["", ""];
      rows.push([part === "wasm" ? name : "", part, kib(size.raw), kib(size.gzip), kib(size.brotli), ...last]);
    }
  }
  writeFileSync(join(wasmOutput, "sizes.json"), `${JSON.stringify(record, null, 2)}\n`);
  const right = /** @type {const} */ ("right");
  console.log(table(
    [{ title: "build" }, { title: "part" }, { title: "raw KiB", align: right }, { title: "gzip", align: right },
      { title: "brotli", align: right }, { title: "budget", align: right }, { title: "" }],
    rows,
  ).join("\n"));
}
