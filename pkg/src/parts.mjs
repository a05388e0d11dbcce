// What browsers download of a build is its wasm in parts, in which like stands beside like: that compresses to a tenth less. scripts/wasm/parts.mjs takes it apart, this puts it together.

/**
 * What the parts hold. Of the first two each byte is one, then numbers in LEB128; `BEFORE` and `AFTER` are what stands before and after the code. A local that an instruction
 * loads from is in `BASES`. From `NUMBERS` on there is a part for every four instructions that can follow a number: it means something else before each.
 */
export const [CODES, DOUBLES, BRANCHES, CALLS, LOCALS, BASES, OFFSETS, LONG, FUNCTIONS, BEFORE, AFTER, NUMBERS] = Array(12).keys();
export const PARTS = NUMBERS + 64;
/**
 * What is added to the bytes of `CODES` when they are put together. Brotli guesses a byte by the group that those before it are in: taken by so much, frequent instructions are in
 * groups of their own.
 */
export const SHIFT = 32;
/** The section of a module that holds them. */
export const SECTION = "parts";
/** The number of the section that is code. */
export const CODE = 10;

/** A number in LEB128. @param {number} number @returns {number[]} */
export const leb = (number) => (number > 127 ? [number & 127 | 128, ...leb(number >> 7)] : [number]);

/**
 * Of each instruction the part where its one number is. After `more` come others, of which {@link walk} knows; what is in no place has none.
 * @type {number[]}
 */
const numbers = [];
const more = PARTS;
/** Instructions that load. */
const loads = PARTS + 1;
/** @param {number} part @param {number} first @param {number} [last] */
const those = (part, first, last = first) => { for (let code = first; code <= last; code++) numbers[code] = part; };
those(BRANCHES, 0x0c, 0x0d);
those(CALLS, 0x10);
those(LOCALS, 0x20, 0x22);
those(NUMBERS, 0x41);
those(LONG, 0x42);
for (const [first, last] of [[0x02, 0x04], [0x0b, 0x0b], [0x0e, 0x0e], [0x11, 0x11], [0x1c, 0x1c], [0x23, 0x24], [0x36, 0x40], [0x44, 0x44], [0xfc, 0xfc]]) those(more, first, last);
those(loads, 0x28, 0x35);

/**
 * Takes in an instruction that few builds have.
 * @param {number} code @param {(one: (part: number) => number, number: (part: number) => number) => void} rest goes through what stands after it
 */
export const also = (code, rest) => { numbers[code] = /** @type {any} */ (rest); };

/**
 * Goes through a function. Each byte is a call at most, for this is what a page does first, and nothing of it is compiled yet.
 * @param {(part: number) => number} one a byte goes from one side to the other: a part, or the whole
 * @param {(part: number) => number} number a number does
 * @param {() => number} next the instruction after the number that comes now
 * @param {() => void} align where an instruction says how its address is aligned: that changes nothing, and stands in no part
 */
export function walk(one, number, next, align) {
  for (let left = 2 * number(FUNCTIONS); left > 0; left--) number(FUNCTIONS);
  for (let depth = 1; depth > 0;) {
    const code = one(CODES);
    const part = numbers[code];
    if (part === LOCALS) number(numbers[next()] === loads ? BASES : LOCALS);
    else if (part === NUMBERS) number(NUMBERS + (next() >> 2));
    else if (part < more) number(part);
    else if (part) {
      if (/** @type {any} */ (part).call) /** @type {any} */ (part)(one, number);
      else if (code === 0x0b) depth--;
      else if (code < 0x05) {
        depth++;
        one(CODES);
      } else if (code === 0x0e) for (let left = number(BRANCHES); left >= 0; left--) number(BRANCHES);
      else if (code === 0x44) for (let left = 8; left > 0; left--) one(DOUBLES);
      else if (code > 0x27 && code < 0x3f) {
        align();
        number(OFFSETS);
      } else {
        let left = one(CODES);
        // Of copying and filling memory, which memories.
        left = code === 0xfc ? (left > 9 ? 12 - left : 0) : code < 0x20 ? 1 : 0;
        for (; left > 0; left--) one(CODES);
      }
    }
  }
}

/** A build that can be started: one that comes in parts, put together. @param {WebAssembly.Module} given */
export function together(given) {
  const [parts] = WebAssembly.Module.customSections(given, SECTION);
  return parts ? new WebAssembly.Module(whole(parts)) : given;
}

/** The wasm that a section holds in parts: how large it is, how large each part is, and these. @param {ArrayBuffer} section */
export function whole(section) {
  const bytes = new Uint8Array(section);
  const [size, ...lengths] = new Uint32Array(section, 0, 1 + PARTS);
  const wasm = new Uint8Array(size);
  let [at, end] = [0, 4 + 4 * PARTS];
  const places = lengths.map((length) => (end += length) - length);
  for (let code = places[CODES + 1]; code-- > places[CODES];) bytes[code] += SHIFT;
  const one = (/** @type {number} */ part) => {
    // Parts of another version would be gone through without end.
    if (at >= size) throw new RangeError();
    return (wasm[at++] = bytes[places[part]++]);
  };
  const number = (/** @type {number} */ part) => {
    let byte = one(part);
    let found = byte;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = wasm[at++] = bytes[places[part]++];
      found += (byte - 1) << shift;
    }
    return found;
  };
  const next = () => bytes[places[CODES]];
  const align = () => { at++; };
  const all = (/** @type {number} */ part) => {
    wasm.set(bytes.subarray(places[part], places[part] + lengths[part]), at);
    at += lengths[part];
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
  all(BEFORE);
  wasm[at++] = CODE;
  measured(() => {
    for (let functions = number(FUNCTIONS); functions > 0; functions--) measured(() => walk(one, number, next, align));
  });
  all(AFTER);
  return wasm;
}
