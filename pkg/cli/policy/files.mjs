// A policy document and the files that it refers to.

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { LeadgateError } from "../../src/error.mjs";

/** Bytes; more than any list that belongs into a policy. */
const LARGEST = 64 * 1024 * 1024;

/** Why a file cannot be read that is not there. */
export const ABSENT = "there is no such file";

/** What a failed system call means to people. @param {unknown} error */
export function reasonOf(error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  return { ENOENT: ABSENT, EACCES: "it may not be read", EISDIR: "it is a folder" }[code ?? ""] ?? message;
}

/**
 * A file's bytes.
 * @param {string} path
 */
export function readBytes(path) {
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new LeadgateError("unreadable-file", `\`${path}\` cannot be read: ${reasonOf(cause)}`, { path, cause });
  }
  if (bytes.length > LARGEST) throw new LeadgateError("file-too-large", `\`${path}\` is larger than ${LARGEST / 1024 / 1024} MiB`, { path });
  return bytes;
}

/**
 * Writes a file whole or not at all.
 * @param {string} path
 * @param {string | Uint8Array} content
 */
export function writeWhole(path, content) {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new LeadgateError("unwritable-file", `\`${path}\` cannot be written: ${reasonOf(cause)}`, { path, cause });
  }
}

/**
 * Runs `ask` with the document and whatever files it reports as missing, until it asks for nothing that can be read.
 * @template {{ missing: string[] }} T
 * @param {string} path of the document
 * @param {(main: string, files: Record<string, Uint8Array>) => T} ask
 * @returns {{ main: string, files: Record<string, Uint8Array>, answer: T, unreadable: { path: string, reason: string }[] }}
 */
export function gather(path, ask) {
  const [main, folder] = [basename(path), dirname(path)];
  /** @type {Record<string, Uint8Array>} */
  const files = Object.assign(Object.create(null), { [main]: readBytes(path) });
  /** @type {Map<string, string>} */
  const unreadable = new Map();
  for (;;) {
    const answer = ask(main, files);
    const wanted = answer.missing.filter((name) => !(name in files) && !unreadable.has(name));
    if (wanted.length === 0) {
      return { main, files, answer, unreadable: [...unreadable].map(([path, reason]) => ({ path, reason })) };
    }
    for (const name of wanted) {
      if (isAbsolute(name)) {
        unreadable.set(name, "files are named relative to the document");
        continue;
      }
      try {
        files[name] = readBytes(join(folder, name));
      } catch (error) {
        if (!(error instanceof LeadgateError)) throw error;
        unreadable.set(name, error.cause ? reasonOf(error.cause) : error.message);
      }
    }
  }
}
