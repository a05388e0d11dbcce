// Opening a file of leads: where it comes from, and what it is.

import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { LeadgateError } from "../../src/error.mjs";
import { usageError } from "../arguments.mjs";
import { reasonOf } from "../policy/files.mjs";

/**
 * @typedef {object} Input
 * @property {string} name for messages
 * @property {import("node:stream").Readable} stream of bytes
 * @property {number | undefined} size in bytes, where it is known
 * @property {"csv" | "jsonl" | undefined} kind as the name's ending tells
 */

/** @type {Map<string, "csv" | "jsonl">} */
const ENDINGS = new Map([["csv", "csv"], ["tsv", "csv"], ["txt", "csv"], ["jsonl", "jsonl"], ["ndjson", "jsonl"]]);

/** What a file is by the ending of its name. @param {string} path */
export const kindOf = (path) => ENDINGS.get(/\.([^.]+)$/.exec(path)?.[1].toLowerCase() ?? "");

/**
 * @param {string} path or `-` for standard input
 * @param {import("node:stream").Readable} stdin
 * @returns {Input}
 */
export function openInput(path, stdin) {
  if (path === "-") return { name: "standard input", stream: stdin, size: undefined, kind: undefined };
  let facts;
  try {
    facts = statSync(path);
  } catch (cause) {
    throw new LeadgateError("unreadable-file", `\`${path}\` cannot be read: ${reasonOf(cause)}`, { path, cause });
  }
  if (facts.isDirectory()) throw new LeadgateError("unreadable-file", `\`${path}\` cannot be read: it is a folder`, { path });
  return {
    name: basename(path),
    stream: createReadStream(path, { highWaterMark: 262_144 }),
    size: facts.isFile() ? facts.size : undefined,
    kind: kindOf(path),
  };
}

/**
 * What a file is by its first text: undefined while that is only white space.
 * @param {string} text
 * @returns {"csv" | "jsonl" | undefined}
 */
export function sniff(text) {
  const first = text.trimStart()[0];
  return first === undefined ? undefined : first === "{" || first === "[" ? "jsonl" : "csv";
}

/** Delimiters that are hard to type. */
const DELIMITERS = new Map([["tab", "\t"], ["\\t", "\t"], ["comma", ","], ["semicolon", ";"], ["pipe", "|"]]);

/** The delimiter that `--delimiter` names. @param {string | undefined} value */
export function delimiterOf(value) {
  if (value === undefined) return undefined;
  const delimiter = DELIMITERS.get(value) ?? value;
  if (delimiter === "" || /["\r\n]/.test(delimiter)) throw usageError(`\`--delimiter ${value}\` cannot separate fields`, "for example , or ; or tab");
  return delimiter;
}
