// The slim entries with bytes, in whatever reads files as Node does.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { decidedWith } from "./slim.mjs";

const { resolve } = createRequire(import.meta.url);
const wasm = (/** @type {string} */ name) => readFileSync(resolve(`leadgate/${name}.wasm`));
console.log(JSON.stringify(await decidedWith({ full: wasm("full"), page: Promise.resolve(wasm("page")), author: new WebAssembly.Module(wasm("author")) })));
