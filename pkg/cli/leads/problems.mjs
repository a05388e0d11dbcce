// What was wrong with the rows of a file: the first ones in full, then counts.

import { bars, ranked } from "../terminal/bars.mjs";
import { inWords } from "./convert.mjs";
import { messages } from "../messages.mjs";

/** Problems said in full; a file with a million bad rows must not drown its reader. */
const IN_FULL = 20;
/** Reasons counted apart; reasons are codes and fields, so a policy has few of them. */
const REASONS = 1000;

export class Problems {
  #terminal;
  #name;
  #listed = 0;
  /** @type {Map<string, number>} */
  #reasons = new Map();
  /** Rows without a decision. */
  rows = 0;
  /** Values that counted as absent. */
  values = 0;

  /**
   * @param {import("../terminal/terminal.mjs").Terminal} terminal
   * @param {string} name of the file
   */
  constructor(terminal, name) {
    this.#terminal = terminal;
    this.#name = name;
  }

  /**
   * @param {number} line
   * @param {import("./convert.mjs").Problem} problem
   * @param {{ refused: boolean }} kind whether the row was refused, or only a value
   */
  add(line, problem, { refused }) {
    if (refused) this.rows++;
    else this.values++;
    const reason = problem.path ? `${problem.path}: ${problem.code}` : problem.code;
    if (this.#reasons.has(reason) || this.#reasons.size < REASONS) this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
    if (this.#listed >= IN_FULL) return;
    this.#listed++;
    const { stderr, err, locale } = this.#terminal;
    const where = `${this.#name}:${line}:`;
    const mark = refused ? err.red("error") : err.yellow("note");
    stderr.write(`${err.bold(where)} ${mark} ${inWords(problem)}${problem.help ? err.dim(` (${problem.help})`) : ""}\n`);
    if (this.#listed === IN_FULL) stderr.write(`${err.dim(`${where} ${messages[locale].moreProblems}`)}\n`);
  }

  /** Lines for the end: how many, and why. */
  summary() {
    const { err, locale } = this.#terminal;
    const say = messages[locale];
    const lines = [];
    if (this.rows > 0) lines.push(err.red(say.refusedRows(this.rows)));
    if (this.values > 0) lines.push(err.yellow(say.invalidValues(this.values)));
    return this.#reasons.size === 0 ? [] : [...lines, ...bars(ranked(this.#reasons), err)];
  }
}

