// The format of receipts: vectors that a second implementation checks, and keys.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { LeadgateError, generateKeys, importKeys, openReceipt, publicKeys, rotateKeys, signReceipt } from "../../pkg/src/receipts/index.mjs";
import { canonical, fromBase64url, toBase64url, utf8 } from "../../pkg/src/receipts/canonical.mjs";
import { cases, keys, numbers, oldKeys } from "./vectors.mjs";

const place = new URL("../vectors/receipts.json", import.meta.url);

/** A policy that decides what a vector says. @param {Pick<typeof cases[number], "description" | "decision">} vector @returns {any} */
const policyOf = ({ description, decision }) => ({ describe: () => description, decide: () => decision });

/** @param {typeof cases[number]} vector @param {import("../../pkg/src/receipts.d.ts").KeysJson} ring */
async function sign(vector, ring) {
  const { lead, state, now, slice, onInvalid, id } = vector;
  return signReceipt(/** @type {any} */ ({ policy: policyOf(vector), lead, state, now, slice, onInvalid, id }), await importKeys(ring));
}

/** A receipt with another payload under the same signature. @param {string} receipt @param {(payload: any) => void} change */
function changed(receipt, change) {
  const [header, payload, signature] = receipt.split(".");
  const content = JSON.parse(new TextDecoder().decode(fromBase64url(payload)));
  change(content);
  return [header, toBase64url(utf8(canonical(content))), signature].join(".");
}

async function made() {
  const receipts = [];
  for (const vector of cases) receipts.push({ name: vector.name, lead: vector.lead, decision: vector.decision, problems: /** @type {string[]} */ ([]), receipt: await sign(vector, keys) });
  const [first] = receipts;
  receipts.push({ ...first, name: "signed with keys that have been rotated out", receipt: await sign(cases[0], oldKeys) });
  receipts.push({ ...first, name: "another outcome under the same signature", problems: ["signature", "outcome"], receipt: changed(first.receipt, (payload) => { payload.decision.outcome = "nurture"; }) });
  receipts.push({ ...first, name: "another answer", problems: ["answer"], lead: { ...cases[0].lead, mobile: "138 0013 8001" } });
  receipts.push({ ...first, name: "another score in the decision", problems: ["decision"], decision: { ...cases[0].decision, scores: { fit: 62.126, total: null, low: -0.5 } } });
  const texts = numbers.map((value) => ({ value: String(value), text: canonical(value) }));
  return { about: "Test vectors of docs/receipts.md. These keys are published: use them for nothing.", keys, numbers: texts, receipts };
}

test("receipts are as the vectors say", async () => {
  const text = `${JSON.stringify(await made(), null, 2)}\n`;
  if (process.env.UPDATE) writeFileSync(place, text);
  assert.equal(readFileSync(place, "utf8"), text);
});

test("a second implementation, in Python, agrees with the vectors", () => {
  const script = fileURLToPath(new URL("check.py", import.meta.url));
  const ran = spawnSync("python3", [script, fileURLToPath(place)], { encoding: "utf8" });
  if (ran.error) assert.fail(`python3 does not run (${ran.error.message}); it checks the format of receipts independently and is on every Debian: apt-get install python3`);
  assert.equal(ran.status, 0, `${ran.stdout}${ran.stderr}`);
  assert.match(ran.stdout, new RegExp(`^${numbers.length + 7} vectors, 0 failed$`, "m"));
});

test("a receipt opens with the ring, its public part, and rotated rings", async () => {
  const first = await generateKeys();
  const receipt = await sign(cases[0], first);
  const second = await rotateKeys(first);
  const third = await rotateKeys(second);
  for (const ring of [first, second, third, publicKeys(first), publicKeys(third)]) {
    const opened = await openReceipt(receipt, await importKeys(JSON.parse(JSON.stringify(ring))));
    assert.equal(opened.decision.outcome, "sales_east");
  }
  assert.notEqual(second.current, first.current);
  assert.notEqual(second.macCurrent, first.macCurrent);
  assert.deepEqual(Object.values(third.keys).map(({ d }) => d !== undefined), [false, false, true]);
  assert.ok(!JSON.stringify(publicKeys(third)).includes('"k"') && !JSON.stringify(publicKeys(third)).includes('"d"'));
  await assert.rejects(sign(cases[0], publicKeys(first)), { code: "wrong-keys" });
});

test("answers cannot be told from a receipt, and not from two", async () => {
  const ring = await generateKeys();
  const texts = await Promise.all([1, 2].map(() => sign({ ...cases[0], id: /** @type {any} */ (undefined) }, ring)));
  const [a, b] = await Promise.all(texts.map(async (text) => openReceipt(text, await importKeys(ring))));
  assert.ok(a.answers.mobile.mac && a.answers.mobile.mac !== b.answers.mobile.mac);
  assert.notEqual(a.decision.digest, b.decision.digest);
  const whole = texts.map((text) => new TextDecoder().decode(fromBase64url(text.split(".")[1]))).join();
  for (const secret of ["8613800138000", "13800138", "东海", "50000.5", "large"]) assert.ok(!whole.includes(secret), secret);
});

test("what is not a receipt is refused with its reason", async () => {
  const ring = await importKeys(keys);
  const receipt = await sign(cases[0], keys);
  const [header, payload, signature] = receipt.split(".");
  const other = toBase64url(utf8(canonical({ alg: "none", kid: keys.current, typ: "leadgate-receipt+jws" })));
  const unsorted = toBase64url(utf8(JSON.stringify({ typ: "leadgate-receipt+jws", alg: "EdDSA", kid: keys.current })));
  const strange = toBase64url(utf8(canonical({ alg: "EdDSA", kid: "nobody", typ: "leadgate-receipt+jws" })));
  /** @type {[string, any][]} */
  const refused = [
    ["receipt-format", ""], ["receipt-format", "a.b"], ["receipt-format", null], ["receipt-format", `${receipt}.`], ["receipt-format", `${header}.${payload}.${signature}=`],
    ["receipt-format", [other, payload, signature].join(".")], ["receipt-format", [unsorted, payload, signature].join(".")], ["receipt-format", changed(receipt, (content) => { content.v = 2; })],
    ["receipt-format", changed(receipt, (content) => { delete content.answers; })], ["receipt-format", changed(receipt, (content) => { content.answers.mobile.kind = "text"; })],
    ["receipt-key", [strange, payload, signature].join(".")],
    ["receipt-signature", changed(receipt, (content) => { content.now = "2027-01-01T00:00:00Z"; })], ["receipt-signature", [header, payload, toBase64url(new Uint8Array(64))].join(".")],
    ["receipt-signature", [header, payload, ""].join(".")],
  ];
  for (const [code, text] of refused) {
    await assert.rejects(openReceipt(text, ring), (error) => error instanceof LeadgateError && error.code === code, `${code}: ${text}`);
  }
});

test("what is not a ring is refused with its place", async () => {
  const ring = await generateKeys();
  const [kid] = Object.keys(ring.keys);
  /** @type {[string, any][]} */
  const refused = [
    ["v", null], ["v", {}], ["current", { ...ring, current: "nobody" }], ["macCurrent", { ...ring, macCurrent: "nobody" }],
    [`keys.${kid}`, { ...ring, keys: { [kid]: keys.keys[/** @type {string} */ (keys.current)] } }],
    ["macKeys.m", { ...ring, macKeys: { ...ring.macKeys, m: { kty: "oct", k: "AAAA" } } }],
  ];
  for (const [path, json] of refused) await assert.rejects(importKeys(json), (error) => error instanceof LeadgateError && error.code === "wrong-keys" && error.path === path, path);
});

test("canonical JSON takes plain values only", () => {
  assert.equal(canonical({ b: [1, -0, "é"], a: undefined, "\u{10000}": null, "\uE000": true }), '{"b":[1,0,"é"],"\u{10000}":null,"\uE000":true}');
  for (const value of [NaN, Infinity, "\uD800", 1n, () => 1, undefined, [undefined]]) assert.throws(() => canonical(value), { code: "not-json" });
});
