// Which build a program needs.

import { LeadgateError } from "./error.mjs";

/** Where the header of a program says what it needs; as in src/program/bytes.rs. */
const CAPABILITIES = 4;
const MACHINE = 2;

/** @param {Uint8Array} program @returns {"plain" | "page" | "full"} */
export function needs(program) {
  if (!ArrayBuffer.isView(program)) throw new LeadgateError("wrong-type", "a program is a Uint8Array of bytes", { path: "program", help: "give what `compile` returned, or a file's bytes" });
  return program[CAPABILITIES] === 0 ? "plain" : program[CAPABILITIES] === MACHINE ? "page" : "full";
}
