// A program as an engine: a process of its own, begun anew after the line that ended it or that it does not answer in time.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Milliseconds for one line; the whole suite takes any of them about a second. */
const LIMIT = 10_000;

/**
 * Answers lines until the process ends or is ended; the number of answers tells where.
 * @param {string} command @param {string[]} args @param {string[]} lines @returns {Promise<{ answers: any[], why: string }>}
 */
function once(command, args, lines) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
    /** @type {any[]} */
    const answers = [];
    let why = "";
    const end = () => {
      why = `no answer within ${LIMIT / 1000} s`;
      child.kill("SIGKILL");
    };
    let timer = setTimeout(end, LIMIT);
    createInterface({ input: child.stdout }).on("line", (line) => {
      answers.push(JSON.parse(line));
      clearTimeout(timer);
      timer = setTimeout(end, LIMIT);
    }).on("close", () => {
      clearTimeout(timer);
      resolve({ answers, why: why || "the process ended" });
    });
    child.on("error", reject);
    child.stdin.on("error", () => {}); // it ended before it read all: the missing answers say so
    child.stdin.end(lines.join("\n"));
  });
}

/** @param {string} command @param {...string} args @returns {import("../engines.mjs").Engine} */
export const child = (command, ...args) => async (lines) => {
  /** @type {any[]} */
  const all = [];
  while (all.length < lines.length) {
    const { answers, why } = await once(command, args, lines.slice(all.length));
    all.push(...answers);
    if (all.length < lines.length) all.push({ id: JSON.parse(lines[all.length]).id, crashed: why });
  }
  return all;
};
