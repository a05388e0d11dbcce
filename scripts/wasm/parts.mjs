// A build's wasm taken apart, so that like stands beside like: that compresses to a tenth less. pkg/src/parts.mjs puts it together.

import { AFTER, BEFORE, CODE, CODES, FUNCTIONS, PARTS, SECTION, SHIFT, leb, walk } from "../../pkg/src/parts.mjs";
import { withVectors } from "../../pkg/src/full/vectors.mjs";
import { Failure } from "../failure.mjs";

withVectors();

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const CUSTOM = 0;

/** The size of what is left when custom sections are left out, and its parts. @param {Uint8Array} wasm */
function partsOf(wasm) {
  /** @type {number[][]} */
  const parts = Array.from({ length: PARTS }, () => []);
  let [at, size, around] = [0, wasm.length, BEFORE];
  const take = (/** @type {number} */ part) => {
    parts[part].push(wasm[at]);
    return wasm[at++];
  };
  const takeTo = (/** @type {number} */ end) => {
    while (at < end) take(around);
  };
  /** A number in LEB128. @param {() => number} byte */
  const number = (byte) => {
    let found = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const next = byte();
      found += (next & 127) << shift;
      more = next > 127;
    }
    return found;
  };
  const takeNumber = (/** @type {number} */ part) => number(() => take(part));
  /** The byte after the number that comes now. */
  const next = () => {
    let end = at;
    while (wasm[end] > 127) end += 1;
    return wasm[end + 1];
  };
  /** Goes past a length. */
  const length = () => number(() => wasm[at++]);
  takeTo(HEADER.length);
  while (at < wasm.length) {
    const start = at++;
    const end = length() + at;
    if (wasm[start] === CUSTOM) {
      size -= end - start;
      at = end;
    } else if (wasm[start] === CODE) {
      around = AFTER;
      for (let functions = takeNumber(FUNCTIONS); functions > 0; functions -= 1) {
        const after = length() + at;
        walk(take, takeNumber, next, () => { at += 1; });
        if (at !== after) throw new Failure("the code has instructions that scripts/wasm/parts.mjs does not know");
      }
    } else {
      at = start;
      takeTo(end);
    }
  }
  parts[CODES] = parts[CODES].map((byte) => (byte - SHIFT) & 255);
  return { size, parts };
}

/**
 * A module that holds another one in parts. It is a module so that hosts send it as one, compressed, and `compileStreaming` takes it.
 * @param {Uint8Array} wasm
 */
export function apart(wasm) {
  const { size, parts } = partsOf(wasm);
  const name = new TextEncoder().encode(SECTION);
  const sizes = new Uint8Array(Uint32Array.of(size, ...parts.map(({ length }) => length)).buffer);
  const content = [name.length, ...name, ...sizes, ...parts.flat()];
  return Uint8Array.from([...HEADER, CUSTOM, ...leb(content.length), ...content]);
}
