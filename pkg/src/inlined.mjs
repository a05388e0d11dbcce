// The wasm of a build out of the text that scripts/wasm/inline.mjs makes of it.

/**
 * @param {{ letters: string, order: string, length: number, text: string }} inlined bytes by how often they occur in `order`; the last two letters
 *   say that another one follows
 */
export function inlinedBytes({ letters, order, length, text }) {
  const single = letters.length - 2;
  const places = new Uint8Array(128);
  for (let at = 0; at < letters.length; at += 1) places[letters.charCodeAt(at)] = at;
  const known = new Uint8Array(256);
  for (let at = 0; at < 256; at += 1) known[at] = Number.parseInt(order.slice(at * 2, at * 2 + 2), 16);
  const bytes = new Uint8Array(length);
  for (let at = 0, from = 0; at < length; at += 1) {
    let place = places[text.charCodeAt(from++)];
    if (place >= single) place = (place - single + 1) * single + places[text.charCodeAt(from++)];
    bytes[at] = known[place];
  }
  return bytes;
}
