// The package as it is published, in every environment that it names: packed, installed from the tarball, and asked to decide the same leads.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, test } from "node:test";
import { bun } from "./environments/bun.mjs";
import { openBrowser } from "./environments/chromium.mjs";
import { deno } from "./environments/deno.mjs";
import { edgeRuntime } from "./environments/edge-runtime.mjs";
import * as node from "./environments/node.mjs";
import { typeErrors, wrongTypes } from "./environments/types.mjs";
import { workerd } from "./environments/workerd.mjs";
import { withEsbuild, withVite } from "./bundle.mjs";
import { makeHome } from "./home.mjs";
import * as readme from "./readme.mjs";

const home = await makeHome();
after(() => home.remove());

/** @typedef {Record<string, string[]>} Answers */

const expected = /** @type {Answers} */ (node.imported(home.folder));
readme.writeProgram(home.folder, expected.program[0]);
const digest = (/** @type {string[]} */ lines) => createHash("sha256").update(lines.join("\n")).digest("hex");

/** @param {Answers} answers */
function agree(answers) {
  assert.deepEqual(Object.keys(answers), Object.keys(expected));
  for (const [what, lines] of Object.entries(answers)) {
    const different = lines.findIndex((line, at) => line !== expected[what][at]);
    assert.equal(different, -1, `${what}, line ${different}:\n${lines[different]}\nin Node:\n${expected[what][different]}`);
    assert.equal(digest(lines), digest(expected[what]), what);
  }
}

test("in Node it decides 1,000 leads, and the page build as the full one", (t) => {
  assert.equal(expected["full: decide"].length, 1000);
  assert.ok(new Set(expected["full: decide"].map((line) => JSON.parse(line).outcome)).size > 2);
  // Leads are shared out, and behaviours counted, by the server; a page knows nothing of them.
  const [full, page] = ["full", "page"].map((build) => JSON.parse(expected[`${build}: describe`][0]));
  assert.deepEqual({ ...page, queues: full.queues, events: full.events, signals: full.signals }, full);
  for (const what of ["decide", "explain", "possible", "slice"]) assert.deepEqual(expected[`page: ${what}`], expected[`full: ${what}`], what);
  assert.deepEqual(expected["plain: slice"], expected["full: slice"], "its slice computes nothing");
  assert.deepEqual(expected.refusals, ["true", "LeadgateError not-a-program", "LeadgateError program-digest", "LeadgateError program-capability", "LeadgateError yaml-syntax"]);
  assert.ok(expected["page: slice"].length > 0, "the shipped policy has a public slice");
  const policies = Object.entries(expected).filter(([what]) => what.startsWith("policy: ")).flatMap(([, lines]) => lines);
  assert.ok(policies.length > 1);
  for (const line of policies) assert.match(line, /: [1-9]\d* golden leads, 0 errors$/);
  for (const [what, lines] of Object.entries(expected)) t.diagnostic(`${what}: ${lines.length} × sha-256 ${digest(lines).slice(0, 16)}`);
});

test("its types hold in a strict program, imported and required", () => assert.equal(typeErrors(home.folder), ""));
test("no way of resolving it leads to wrong types", () => assert.equal(wrongTypes(home.tarball), ""));

test("required as the README says", () => {
  for (const page of ["README.md", "README.zh-CN.md"]) assert.match(readme.required(home.folder, page), /^[a-z_]+$/);
});

test("required instead of imported", () => agree(node.required(home.folder)));
test("slim, with bytes", () => agree(node.slim(home.folder)));
test("in Deno", () => agree(deno(home.folder)));
test("in Bun", () => agree(bun(home.folder)));
test("in Vercel's edge runtime", async () => agree(await edgeRuntime(home.folder)));

test("in Cloudflare's workerd, with wasm of its own and slim", async () => {
  const { embedded, slim } = await workerd(home.folder);
  agree(embedded);
  agree(slim);
});

test("in Chromium under a strict policy of contents", async (t) => {
  const browser = await openBrowser(home.folder);
  t.after(() => browser.close());
  /** @param {Awaited<ReturnType<typeof browser.page>>} opened */
  const check = ({ answers, evaluates }) => {
    assert.equal(evaluates, false);
    agree(answers);
  };
  await t.test("unbundled", async () => check(await browser.unbundled("page.mjs", "entry.mjs")));
  await t.test("unbundled and slim, from a request", async () => check(await browser.unbundled("page-slim.mjs", "slim.mjs")));
  await t.test("bundled with esbuild", async () => {
    await withEsbuild(home.folder);
    check(await browser.page("out/esbuild.js"));
  });
  await t.test("bundled with Vite", async () => {
    check(await browser.open(await withVite(home.folder, "page.mjs")));
  });
  await t.test("as the README says, with Vite", async () => {
    for (const page of ["README.md", "README.zh-CN.md"]) {
      const { answers } = await browser.open(await withVite(home.folder, readme.forVite(home.folder, page)));
      assert.equal(answers, readme.required(home.folder, page));
    }
  });
});
