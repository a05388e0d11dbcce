// An entry whose wasm the application brings. What is started stays so: the order of these tests is theirs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { init, initSync, LeadgateError, load } from "leadgate/page/slim";

const wasm = readFileSync(new URL("../../pkg/wasm/page/leadgate_bg.wasm", import.meta.url));
const compiler = readFileSync(new URL("../../pkg/wasm/author/leadgate_bg.wasm", import.meta.url));

/** @param {string} code */
const failsWith = (code) => (/** @type {unknown} */ error) => {
  assert.ok(error instanceof LeadgateError, `${error}`);
  assert.equal(error.code, code);
  return true;
};
const garbage = new Uint8Array(40);

test("before it is started every question says so", () => {
  assert.throws(() => load(garbage), failsWith("not-started"));
});

test("what is no wasm, or that of another build, is refused and changes nothing", async () => {
  for (const wrong of [garbage, compiler, "page.wasm", undefined]) {
    await assert.rejects(init(/** @type {any} */ (wrong)), failsWith("wrong-wasm"));
    assert.throws(() => initSync(/** @type {any} */ (wrong)), failsWith("wrong-wasm"));
  }
});

test("an answer that is none is refused", async () => {
  await assert.rejects(init(Promise.resolve(new Response("not here", { status: 404 }))), failsWith("missing-wasm"));
  await assert.rejects(init(new Response("<!doctype html>")), failsWith("wrong-wasm"));
});

test("a request's answer starts it, whatever type it says it is", async () => {
  await init(Promise.resolve(new Response(wasm, { headers: { "content-type": "text/plain" } })));
  assert.throws(() => load(garbage), (error) => error instanceof LeadgateError && /program/.test(error.code));
});

test("starting it again does nothing", async () => {
  await init(new Response(wasm, { headers: { "content-type": "application/wasm" } }));
  initSync(wasm);
  initSync(new WebAssembly.Module(wasm));
});
