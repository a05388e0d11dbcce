// Names for functions, by which wasm-opt sorts them: what begins alike stands together, and brotli finds it again.

import { leb } from "../../pkg/src/parts.mjs";

const [CUSTOM, IMPORTS, CODE] = [0, 2, 10];
/** In the section of names, those of functions. */
const FUNCTIONS = 1;
/** How many bytes of a function are looked at: its locals, and what it does first. */
const FIRST = 12;
/** Of crates, in names as the compiler writes them and as the glue's generator does. */
const HASHES = /(?<=C)s[0-9A-Za-z]+_|\[[0-9a-f]{16}\]/g;
const text = new TextDecoder();

/** Goes through wasm. @param {Uint8Array} wasm @param {number} [at] */
function reader(wasm, at = 0) {
  const number = () => {
    let found = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      more = wasm[at] > 127;
      found += (wasm[at++] & 127) << shift;
    }
    return found;
  };
  const bytes = (/** @type {number} */ length) => wasm.subarray(at, (at += length));
  /** @template T @param {() => T} item */
  const several = (item) => Array.from({ length: number() }, item);
  return { number, bytes, several, sized: () => bytes(number()), byte: () => wasm[at++], more: () => at < wasm.length };
}

/** The sections of something, each a number and its content. @param {ReturnType<typeof reader>} from */
function sections({ byte, sized, more }) {
  const found = [];
  while (more()) found.push({ id: byte(), content: sized() });
  return found;
}

const measured = (/** @type {Uint8Array} */ content) => [...leb(content.length), ...content];

/** How many functions a module imports; other imports than functions it has none. @param {Uint8Array | undefined} content */
function imported(content) {
  if (!content) return 0;
  const { several, sized, byte, number } = reader(content);
  return several(() => [sized(), sized(), byte(), number()]).length;
}

/**
 * A module whose functions are named by how they begin, and then as they were. The hashes of crates are left out: they change with every setting of the build, and the order with them.
 * @param {Uint8Array} wasm
 */
export function ordered(wasm) {
  const all = sections(reader(wasm, 8));
  const { several, sized } = reader(all.find(({ id }) => id === CODE)?.content ?? Uint8Array.of(0));
  const bodies = several(sized);
  const before = imported(all.find(({ id }) => id === IMPORTS)?.content);
  /** @param {Uint8Array} content of the section of names */
  const renamed = (content) => sections(reader(content)).flatMap(({ id, content }) => {
    if (id !== FUNCTIONS) return [id, ...measured(content)];
    const { several, number, sized } = reader(content);
    const names = several(() => [number(), text.decode(sized())]);
    const named = names.flatMap(([index, name]) => {
      const first = Buffer.from(bodies[Number(index) - before]?.subarray(0, FIRST) ?? []).toString("hex");
      return [...leb(Number(index)), ...measured(Buffer.from(`${first} ${String(name).replace(HASHES, "")} ${index}`))];
    });
    return [id, ...measured(Uint8Array.from([...leb(names.length), ...named]))];
  });
  const parts = all.map(({ id, content }) => {
    const from = reader(content);
    const isNames = id === CUSTOM && text.decode(from.sized()) === "name";
    if (!isNames) return Uint8Array.from([id, ...measured(content)]);
    return Uint8Array.from([id, ...measured(Uint8Array.from([...measured(Buffer.from("name")), ...renamed(content.subarray(5))]))]);
  });
  return Buffer.concat([wasm.subarray(0, 8), ...parts]);
}
