// The wasm of builds as browsers are sent it: in parts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load as loadFull } from "leadgate";
import { compile } from "leadgate/author";
import { compile as compileApart, initSync as startAuthor } from "leadgate/author/slim";
import { load as loadWhole } from "leadgate/page";
import { init, load } from "leadgate/page/slim";
import { init as initFull, load as loadFullApart } from "leadgate/slim";
import { PARTS, SECTION, SHIFT, whole } from "../../pkg/src/parts.mjs";
import { apart } from "../../scripts/wasm/parts.mjs";

const bytesOf = (/** @type {string} */ url) => new Uint8Array(readFileSync(new URL(url)));
/** @param {string} build */
const sentOf = (build) => bytesOf(import.meta.resolve(`leadgate/${build}.wasm`));
/** @param {string} build */
const builtOf = (build) => bytesOf(new URL(`../../pkg/wasm/${build}/leadgate_bg.wasm`, import.meta.url).href);
const BUILDS = ["plain", "page", "full", "author"];
const [sent, built] = [sentOf("page"), builtOf("page")];

const TEXT = 'leadgate: 1\npolicy: p\nversion: "1"\nfields: { a: { type: bool }, b: { type: int, min: 1 } }\n'
  + 'scores: { s: { rules: { r: { when: "a || b > 3", points: 2.5 } } } }\nroute: { outcomes: [x, y], rows: [{ id: r, when: "s > 1.0", to: x }], default: y }\n';
/** @param {typeof compile} compiler */
const compiled = (compiler) => /** @type {Uint8Array} */ (compiler("policy.yaml", { "policy.yaml": TEXT }).program);
/** @param {Uint8Array<ArrayBuffer>} wasm */
const answered = (wasm) => new Response(wasm, { headers: { "content-type": "application/wasm" } });

/** What a module that holds parts is put together to. @param {Uint8Array<ArrayBuffer>} parts */
function together(parts) {
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(parts), SECTION);
  return whole(section);
}

/** Its sections but custom ones, and how long each is. @param {Uint8Array} wasm */
function sections(wasm) {
  const found = [];
  for (let at = 8; at < wasm.length;) {
    const id = wasm[at++];
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      more = wasm[at] > 127;
      length |= (wasm[at++] & 127) << shift;
    }
    if (id !== 0) found.push({ id, bytes: wasm.subarray(at, at + length) });
    at += length;
  }
  return found;
}

for (const build of BUILDS) test(`what is sent of ${build} is a module in parts, and smaller`, () => {
  const [sent, built] = [sentOf(build), builtOf(build)];
  assert.deepEqual(WebAssembly.Module.exports(new WebAssembly.Module(sent)), []);
  assert.deepEqual(Buffer.compare(apart(built), sent), 0);
  assert.ok(sent.length < built.length);
});

for (const build of BUILDS) test(`put together it is ${build}, but for how addresses are aligned`, () => {
  const [sent, built] = [sentOf(build), builtOf(build)];
  const [before, after] = [sections(built), sections(together(sent))];
  assert.deepEqual(after.map(({ id, bytes }) => [id, bytes.length]), before.map(({ id, bytes }) => [id, bytes.length]));
  for (const [at, { id, bytes }] of before.entries()) if (id !== 10) assert.equal(Buffer.compare(after[at].bytes, bytes), 0, `section ${id}`);
  // An alignment is one of few small numbers in place of which stands none.
  const [code, anew] = [before, after].map((all) => all.find(({ id }) => id === 10)?.bytes ?? assert.fail());
  assert.equal(code.findIndex((byte, at) => anew[at] !== byte && (anew[at] !== 0 || byte > 3)), -1);
  assert.equal(Buffer.compare(apart(together(sent)), sent), 0);
});

test("code of instructions that are not known is refused", () => {
  const damaged = new Uint8Array(built);
  const code = sections(damaged).find(({ id }) => id === 10)?.bytes ?? assert.fail();
  // After how many functions there are stands how long the first is; its last instruction ends it.
  const [low, high] = code.subarray(2);
  const end = 2 + (low > 127 ? 2 + (low & 127) + high * 128 : 1 + low) - 1;
  assert.equal(code[end], 0x0b);
  code[end] = 0x01;
  assert.throws(() => apart(damaged), /instructions/);
});

test("parts that end too early are refused", () => {
  const none = new Uint8Array(sent);
  // Every instruction becomes one that does nothing: no function ends.
  const at = Buffer.from(none).indexOf(SECTION) + SECTION.length;
  const codes = at + 4 * (1 + PARTS);
  none.fill(0x01 - SHIFT, codes, codes + new DataView(none.buffer, at).getUint32(4, true));
  assert.throws(() => together(none), RangeError);
});

test("an engine out of parts decides as the whole one", async () => {
  await init(answered(sent));
  const program = compiled(compile);
  const [policy, other] = [load(program), loadWhole(program)];
  assert.deepEqual(policy.describe(), other.describe());
  assert.deepEqual(policy.decide({ b: 4 }), other.decide({ b: 4 }));
  assert.deepEqual(policy.possible({}), other.possible({}));
});

test("what serves hosts decides out of parts as well, one lead and columns", async () => {
  await initFull(answered(sentOf("full")));
  const program = compiled(compile);
  const [policy, other] = [loadFullApart(program), loadFull(program)];
  assert.deepEqual(policy.explain({ a: true }), other.explain({ a: true }));
  const columns = { a: [true, false, undefined], b: Int32Array.of(1, 2, 9) };
  assert.deepEqual(policy.decideMany(columns), other.decideMany(columns));
});

test("a compiler out of parts compiles the same program", () => {
  startAuthor(sentOf("author"));
  assert.equal(Buffer.compare(compiled(compileApart), compiled(compile)), 0);
});
