// The plain build of the page: what computes nothing runs on it as on the others, and nothing else does.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compile } from "leadgate/author";
import { load as loadInPage } from "leadgate/page";
import * as pageSlim from "leadgate/page/slim";
import * as plainSlim from "leadgate/plain/slim";
import { needs } from "leadgate/needs";
import { LeadgateError, load as loadPlain } from "leadgate/plain";
import { policies } from "leadgate/policies";

/** @param {string} [derive] */
const policy = (derive = "") => `
leadgate: 1
policy: p
version: "1"
fields: { seats: { type: int, min: 0, max: 1000 }, budget: { type: double, min: 0, max: 1000000 }, city: { type: string, normalize: [trim, lowercase] }, level: { type: enum, values: [low, high] } }
derive: { near: 'city in ["york", "leeds"]'${derive} }
scores: { s: { range: [0, 100], rules: { seats: { by: seats, points: { "10..99": 10, ">= 100": 30 } }, near: { when: { near: true }, points: 5.5 }, level: { when: { level: high }, points: 20 } } } }
ask: { questions: [{ field: seats }, { field: level, when: { seats: ">= 10" } }, { field: city }] }
route: { outcomes: [a, b], rows: [{ id: r, when: { s: ">= 30" }, to: a }], default: b }
page: { fields: [seats, budget, city, level], derives: [near${derive ? ", each" : ""}], scores: [s], messages: { a: { for: [a], en: A }, rest: { en: B } } }
`;

/** @param {string} text */
function compiled(text) {
  const { program, slice, diagnostics } = compile("p.yaml", { "p.yaml": text });
  assert.deepEqual(diagnostics.filter(({ severity }) => severity === "error").map(({ rendered }) => rendered), []);
  return { program: /** @type {Uint8Array} */ (program), slice: /** @type {Uint8Array} */ (slice) };
}

/** The program with other capabilities in its header, and the digest that belongs to it. @param {Uint8Array} program @param {number} capabilities */
function sealed(program, capabilities) {
  const forged = program.slice();
  forged[4] = capabilities;
  forged.set(createHash("sha256").update(forged.subarray(0, 8)).update(forged.subarray(40)).digest(), 8);
  return forged;
}

const LEADS = [{}, { seats: 10 }, { seats: 100, city: " York " }, { seats: 5, level: "high" }, { seats: 999, level: { declined: true }, city: "bath" }];

/** @param {import("leadgate").Policy} policy @param {any} lead */
const asked = (policy, lead) => [policy.decide(lead), policy.explain(lead), policy.possible(lead), policy.next(lead), policy.form(lead)];

test("what decides by cells alone runs on it, and all comes out as on the page build", () => {
  const { program, slice } = compiled(policy());
  for (const bytes of [program, slice]) {
    assert.equal(needs(bytes), "plain");
    const [plain, page] = [loadPlain(bytes), loadInPage(bytes)];
    assert.deepEqual(plain.describe(), page.describe());
    for (const lead of LEADS) assert.deepEqual(asked(plain, lead), asked(page, lead));
  }
});

test("what computes is refused, with what runs it", () => {
  const { program, slice } = compiled(policy(", each: 'budget / double(seats)'"));
  for (const bytes of [program, slice]) {
    assert.equal(needs(bytes), "page");
    assert.throws(() => loadPlain(bytes), (error) => error instanceof LeadgateError && error.code === "program-capability" && /leadgate\/needs/.test(error.help ?? ""));
    assert.equal(loadInPage(bytes).decide({ seats: 100 }).outcome, "a");
  }
});

test("a header that says less than the program needs is refused", () => {
  const { program } = compiled(policy(", each: 'budget / double(seats)'"));
  const forged = sealed(program, 0);
  assert.equal(needs(forged), "plain");
  for (const load of [loadPlain, loadInPage]) assert.throws(() => load(forged), { code: "program-capability" });
});

test("a header that says more than the program needs is refused, and what no build knows is for none of the page", () => {
  const { program } = compiled(policy());
  assert.throws(() => loadInPage(sealed(program, 2)), { code: "program-capability" });
  assert.equal(needs(sealed(program, 1)), "full");
  assert.equal(needs(sealed(program, 4)), "full");
  assert.equal(needs(new Uint8Array()), "full");
  for (const load of [loadPlain, loadInPage]) assert.throws(() => load(sealed(program, 4)), { code: "program-capability" });
});

test("both start beside each other with wasm that is fetched, and neither takes the other's place", async () => {
  const fetched = (/** @type {string} */ name) => new Response(readFileSync(new URL(import.meta.resolve(name))), { headers: { "content-type": "application/wasm" } });
  await plainSlim.init(fetched("leadgate/plain.wasm"));
  await pageSlim.init(fetched("leadgate/page.wasm"));
  const { slice } = compiled(policy());
  const computes = compiled(policy(", each: 'budget / double(seats)'")).slice;
  assert.deepEqual(plainSlim.load(slice).decide({ seats: 100 }), loadInPage(slice).decide({ seats: 100 }));
  assert.deepEqual(pageSlim.load(computes).decide({ seats: 100 }), loadInPage(computes).decide({ seats: 100 }));
  assert.throws(() => plainSlim.load(computes), { code: "program-capability" });
});

test("each shipped slice runs on the build that it needs, and tells the same there", async () => {
  const found = { plain: 0, page: 0 };
  for (const { open } of policies) {
    const { main, files } = await open();
    const { slice } = compile(main, files);
    if (!slice) continue;
    const build = /** @type {"plain" | "page"} */ (needs(slice));
    found[build] += 1;
    if (build === "page") {
      assert.throws(() => loadPlain(slice), { code: "program-capability" });
      continue;
    }
    const [plain, page] = [loadPlain(slice), loadInPage(slice)];
    assert.deepEqual(plain.describe(), page.describe());
    const lead = {};
    for (let turn = 0; turn < 30; turn += 1) {
      const [next, same] = [plain.next(lead), page.next(lead)];
      assert.deepEqual(next, same, main);
      assert.deepEqual(plain.possible(lead), page.possible(lead), main);
      const field = next.ask.find((name) => !Object.hasOwn(lead, name));
      if (next.settled || field === undefined) break;
      const { choices = [] } = plain.describe().fields.find(({ name }) => name === field) ?? {};
      Object.assign(lead, { [field]: choices.length > 0 ? { choice: choices[turn % choices.length] } : { declined: true } });
    }
  }
  assert.ok(found.plain > found.page, JSON.stringify(found));
});
