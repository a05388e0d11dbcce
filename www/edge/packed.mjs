// Several compiled policies in one file, for the worker's bundle has a module for each file: the length of a list, the list as JSON, and what it points to.

/** @typedef {import("./policy.mjs").Compiled} Compiled */

/** @param {Record<string, Compiled>} policies by name @returns {Uint8Array} */
export function pack(policies) {
  let end = 0;
  const place = (/** @type {Uint8Array} */ { length }) => [end, (end += length)];
  const list = Object.entries(policies).map(([name, { program, slice, texts }]) => ({ name, program: place(program), slice: place(slice), texts }));
  const head = new TextEncoder().encode(JSON.stringify(list));
  const bytes = new Uint8Array(4 + head.length + end);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  Object.values(policies).reduce((at, { program, slice }) => {
    bytes.set(program, at);
    bytes.set(slice, at + program.length);
    return at + program.length + slice.length;
  }, 4 + head.length);
  return bytes;
}

/** @param {Uint8Array} bytes @returns {Record<string, Compiled>} */
export function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const begin = 4 + length;
  /** @type {{ name: string, program: [number, number], slice: [number, number], texts: Compiled["texts"] }[]} */
  const list = JSON.parse(new TextDecoder().decode(bytes.subarray(4, begin)));
  const part = (/** @type {[number, number]} */ [from, to]) => bytes.slice(begin + from, begin + to);
  return Object.fromEntries(list.map(({ name, program, slice, texts }) => [name, { program: part(program), slice: part(slice), texts }]));
}
