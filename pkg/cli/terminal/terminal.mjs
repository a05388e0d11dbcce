// Where a command reads and writes, and how.

import { paints } from "./paint.mjs";

/**
 * @typedef {object} Terminal
 * @property {NodeJS.ReadStream} stdin
 * @property {NodeJS.WriteStream} stdout
 * @property {NodeJS.WriteStream} stderr
 * @property {import("./paint.mjs").Paints} out colours for standard output
 * @property {import("./paint.mjs").Paints} err colours for standard error
 * @property {"en" | "zh"} locale
 */

/** @param {NodeJS.WriteStream} stream @param {NodeJS.ProcessEnv} env */
const coloured = (stream, env) => Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== "dumb";

/** The language of a locale's name, such as `zh_CN.UTF-8`. @param {string | undefined} name @returns {"en" | "zh"} */
export const languageOf = (name) => (/^zh\b|^zh_/i.test(name ?? "") ? "zh" : "en");

/**
 * The terminal of a process.
 * @param {NodeJS.Process} process
 * @returns {Terminal}
 */
export function terminalOf({ stdin, stdout, stderr, env }) {
  return {
    stdin,
    stdout,
    stderr,
    out: paints(coloured(stdout, env)),
    err: paints(coloured(stderr, env)),
    locale: languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG),
  };
}
