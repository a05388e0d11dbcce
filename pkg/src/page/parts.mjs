// The page's wasm is downloaded in parts, in which like stands beside like: that compresses to a tenth less. scripts/wasm/parts.mjs takes it apart, this puts it together.

/** What the parts hold. Of the first two each byte is one, in the others are numbers in LEB128; the last two are what stands before and after the code. */
export const [CODES, DOUBLES, BRANCHES, CALLS, LOCALS, OFFSETS, NUMBERS, LONG, FUNCTIONS, BEFORE, AFTER] = Array(11).keys();
export const PARTS = 11;
/** The section of a module that holds them. */
export const SECTION = "parts";
/** The number of the section that is code. */
export const CODE = 10;

/** A number in LEB128. @param {number} number @returns {number[]} */
export const leb = (number) => (number > 127 ? [number & 127 | 128, ...leb(number >> 7)] : [number]);

/**
 * Goes on by so many of what a part holds; the last of them.
 * @param {(part: number) => number} take the next byte
 * @param {number} part @param {number} [count]
 */
export function next(take, part, count = 1) {
  let number = 0;
  for (; count > 0; count -= 1) {
    let byte = take(part);
    number = byte;
    for (let shift = 7; part > DOUBLES && byte > 127; shift += 7) {
      byte = take(part);
      number += (byte - 1) << shift;
    }
  }
  return number;
}

/**
 * Goes through a function.
 * @param {(part: number) => number} take the next byte of a part
 * @param {() => void} align where an instruction says how its address is aligned: that changes nothing, and stands in no part
 */
export function walk(take, align) {
  const go = (/** @type {number} */ part, /** @type {number} */ count = 1) => next(take, part, count);
  go(FUNCTIONS, 2 * go(FUNCTIONS));
  for (let depth = 1; depth > 0;) {
    const code = go(CODES);
    if (code === 0x0b) depth -= 1;
    else if (code > 0x01 && code < 0x05) {
      depth += 1;
      go(CODES);
    } else if (code === 0x0c || code === 0x0d) go(BRANCHES);
    else if (code === 0x0e) go(BRANCHES, go(BRANCHES) + 1);
    else if (code === 0x10) go(CALLS);
    else if (code === 0x11 || code === 0x1c) go(CODES, 2);
    else if (code > 0x1f && code < 0x23) go(LOCALS);
    else if (code > 0x27 && code < 0x3f) {
      align();
      go(OFFSETS);
    } else if (code === 0x41) go(NUMBERS);
    else if (code === 0x42) go(LONG);
    else if (code === 0x44) go(DOUBLES, 8);
    else if (code === 0x23 || code === 0x24 || code === 0x3f || code === 0x40) go(CODES);
    else if (code === 0xfc) {
      const second = go(CODES);
      // Of copying and filling memory, which memories.
      if (second > 9) go(CODES, 12 - second);
    }
  }
}

/** The wasm that a section holds in parts: how large it is, how large each part is, and these. @param {ArrayBuffer} section */
export function whole(section) {
  const bytes = new Uint8Array(section);
  const [size, ...lengths] = new Uint32Array(section, 0, 1 + PARTS);
  const wasm = new Uint8Array(size);
  let [at, end] = [0, 4 + 4 * PARTS];
  const places = lengths.map((length) => (end += length) - length);
  const take = (/** @type {number} */ part) => {
    // Parts of another version would be gone through without end.
    if (at >= size) throw new RangeError();
    return (wasm[at++] = bytes[places[part]++]);
  };
  const takeAll = (/** @type {number} */ part) => {
    for (let left = lengths[part]; left > 0; left -= 1) take(part);
  };
  /** Writes something, and its length before it. @param {() => void} write */
  const measured = (write) => {
    const start = at;
    write();
    const length = leb(at - start);
    wasm.copyWithin(start + length.length, start, at);
    wasm.set(length, start);
    at += length.length;
  };
  takeAll(BEFORE);
  wasm[at++] = CODE;
  measured(() => {
    for (let functions = next(take, FUNCTIONS); functions > 0; functions -= 1) measured(() => walk(take, () => { at += 1; }));
  });
  takeAll(AFTER);
  return wasm;
}
