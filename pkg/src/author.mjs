// Checking, compiling and formatting policy documents.

import * as glue from "../wasm/author/leadgate.js";
import { LeadgateError } from "./error.mjs";
import { guarded, start } from "./instance.mjs";

export { LeadgateError };

let started = false;

/** @template T @param {() => T} action @returns {T} */
function call(action) {
  if (!started) {
    start(glue, new URL("../wasm/author/leadgate_bg.wasm", import.meta.url));
    started = true;
  }
  return guarded(glue, action);
}

const encoder = new TextEncoder();

/**
 * @param {string} text
 * @param {string} path
 */
function encoded(text, path) {
  if (!text.isWellFormed()) {
    throw new LeadgateError("not-unicode", "the text holds half of a surrogate pair", { path, help: "give well-formed Unicode, or the file's bytes" });
  }
  return encoder.encode(text);
}

/**
 * The files as the engine takes them: bytes by path, in an object without prototype.
 * @param {string} main
 * @param {Record<string, string | Uint8Array>} files
 */
function bytesOf(main, files) {
  /** @type {Record<string, Uint8Array>} */
  const bytes = Object.create(null);
  for (const [path, content] of Object.entries(files)) {
    if (typeof content === "string") bytes[path] = encoded(content, path);
    else if (content instanceof Uint8Array) bytes[path] = content;
    else throw new LeadgateError("wrong-type", "a file is neither a string nor a Uint8Array", { path });
  }
  if (!(main in bytes)) throw new LeadgateError("missing-file", `\`${main}\` is not among the files`, { path: main });
  return bytes;
}

/**
 * Checks a document. `missing` names the files that it refers to and that were not given.
 * @param {string} main path of the document among the files
 * @param {Record<string, string | Uint8Array>} files
 * @returns {import("./author.d.ts").CheckReport}
 */
export function check(main, files) {
  const bytes = bytesOf(main, files);
  return JSON.parse(call(() => glue.check(main, bytes)));
}

/**
 * Compiles a document. There is a program exactly when no diagnostic is an error.
 * @param {string} main path of the document among the files
 * @param {Record<string, string | Uint8Array>} files
 * @returns {import("./author.d.ts").Compiled}
 */
export function compile(main, files) {
  const bytes = bytesOf(main, files);
  return call(() => {
    const result = glue.compile(main, bytes);
    const { diagnostics, program, texts } = result;
    result.free?.();
    return { diagnostics: JSON.parse(diagnostics), program, texts: texts ? JSON.parse(texts) : {} };
  });
}

/**
 * A document in its standard layout.
 * @param {string} text
 * @returns {string}
 */
export function format(text) {
  encoded(text, "text");
  return call(() => glue.format(text));
}
