#!/usr/bin/env node
// The command line's process: its streams, and its exit status.

import { status } from "./exit.mjs";
import { run } from "./run.mjs";
import { terminalOf } from "./terminal/terminal.mjs";

/** @type {number | undefined} */
let lost;
for (const stream of [process.stdout, process.stderr]) {
  // What is written reaches the other side later than the writing, so that this can come at any time.
  stream.on("error", (error) => {
    lost = /** @type {NodeJS.ErrnoException} */ (error).code === "EPIPE" ? status.broken : status.usage;
    process.exitCode = lost;
  });
}

const ended = await run(process.argv.slice(2), terminalOf(process));
process.exitCode = lost ?? ended;
