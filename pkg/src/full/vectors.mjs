// Instructions on vectors, which of all builds `full` alone has, for wasm that comes in parts.

import { CODES, DOUBLES, OFFSETS, also } from "../parts.mjs";

/** What all of them begin with. */
const VECTORS = 0xfd;

/**
 * Goes through what stands after {@link VECTORS}: which instruction it is, and what that one wants
 * (WebAssembly Core Specification 2.0, section 5.4.8, Vector Instructions).
 * @param {(part: number) => number} one @param {(part: number) => number} number
 */
function rest(one, number) {
  const code = number(CODES);
  const withLane = code > 83 && code < 92;
  // Loads and stores of a whole vector, of one of its lanes, and of what fills it up with zeros.
  if (code < 12 || withLane || code === 92 || code === 93) {
    one(CODES);
    number(OFFSETS);
  }
  // A constant, and which bytes of two vectors go where.
  if (code === 12 || code === 13) for (let left = 16; left > 0; left -= 1) one(DOUBLES);
  if (withLane || (code > 20 && code < 35)) one(CODES);
}

/** Lets {@link walk} go through instructions on vectors. */
export const withVectors = () => also(VECTORS, rest);
