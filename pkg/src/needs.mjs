// Which build a program needs.

/** Where the header of a program says what it needs; as in src/program/bytes.rs. */
const CAPABILITIES = 4;
const MACHINE = 2;

/** @param {Uint8Array} program @returns {"plain" | "page" | "full"} */
export const needs = (program) => (program[CAPABILITIES] === 0 ? "plain" : program[CAPABILITIES] === MACHINE ? "page" : "full");
