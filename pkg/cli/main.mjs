#!/usr/bin/env node
import { run } from "./run.mjs";
import { terminalOf } from "./terminal/terminal.mjs";

process.exitCode = await run(process.argv.slice(2), terminalOf(process));
