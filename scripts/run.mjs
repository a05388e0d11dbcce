// Running other programs.

import { spawn, spawnSync } from "node:child_process";
import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {number} [limit] milliseconds after which the program and its children are ended
 * @property {(chunk: Buffer) => void} [watch] sees standard output as well as the reader does
 */

/**
 * Runs a program with its output on ours.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ status: number | null, timedOut: boolean }>} status is null when a signal or the limit ended it
 */
export function run(command, args, { env, limit, watch } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", watch ? "pipe" : "inherit", "inherit"],
      // A program that may have to be ended gets a process group, so that its children end with it.
      detached: limit !== undefined,
    });
    let timedOut = false;
    const timer = limit === undefined ? undefined : setTimeout(() => {
      timedOut = true;
      process.kill(-(child.pid ?? 0), "SIGTERM");
    }, limit);
    child.stdout?.on("data", (chunk) => {
      process.stdout.write(chunk);
      watch?.(chunk);
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(new Failure(`\`${command}\` could not be started: ${error.message}`));
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve({ status, timedOut });
    });
  });
}

/**
 * Runs a program that must succeed.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export async function must(command, args, options) {
  const { status } = await run(command, args, options);
  if (status !== 0) throw new Failure(`\`${command} ${args.join(" ")}\` failed${status === null ? "" : ` with status ${status}`}`);
}

/**
 * What a program prints, or undefined when it is not there or fails.
 * @param {string} command
 * @param {string[]} args
 */
export function ask(command, args) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: "utf8", timeout: 30_000 });
  return status === 0 ? stdout.trim() : undefined;
}
