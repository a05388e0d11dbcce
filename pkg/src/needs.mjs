// Which build a program needs.

import { LeadgateError } from "./error.mjs";

/** Where the header of a program says what it needs; as in src/program/bytes.rs. */
const CAPABILITIES = 4;
const MACHINE = 2;

/** @param {Uint8Array} program @returns {"plain" | "page" | "full"} */
export function needs(program) {
  // LGP, as every program begins.
  if (!ArrayBuffer.isView(program) || program[0] !== 0x4c || program[1] !== 0x47 || program[2] !== 0x50 || !(CAPABILITIES in program)) throw new LeadgateError("not-a-program", "these bytes are not a compiled policy", { path: "program", help: "give what `compile` returned, or a file's bytes" });
  return program[CAPABILITIES] === 0 ? "plain" : program[CAPABILITIES] === MACHINE ? "page" : "full";
}
