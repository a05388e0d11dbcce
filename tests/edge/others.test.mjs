// Forms of the other policies, as an ordinary post below `/p/<name>`: what their questions require.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { load } from "leadgate";
import { compileOthers, compilePolicy } from "../../www/edge/build.mjs";
import { newKeys } from "../../www/edge/keys.mjs";
import { createNodeEdge } from "../../www/edge/node.mjs";

const others = compileOthers();
const { app, database } = createNodeEdge({ keys: await newKeys(), compiled: compilePolicy(), others, around: { write() {}, address: () => `${Math.random()}` } });
after(() => database.close());

/** @param {string} name @param {Record<string, string>} fields */
async function send(name, fields) {
  const response = await app.request(`/p/${name}/leads`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: `${new URLSearchParams(fields)}` });
  const text = await response.text();
  return { status: response.status, text, marked: [...text.matchAll(/<p class="error" id="e-([^"]+)">/g)].map(([, field]) => field) };
}

for (const [name, { slice }] of Object.entries(others)) {
  test(`an empty form of ${name} comes back with what is required and a way to reach the person marked`, async () => {
    const { questions } = load(slice).form({});
    const required = questions.filter((question) => question.required && question.shown).map(({ field }) => field);
    const { status, text, marked } = await send(name, { locale: "zh" });
    assert.deepEqual(required.filter((field) => !marked.includes(field)), []);
    // A policy that nothing of a contact matters to does not need one.
    const contacts = marked.filter((field) => !required.includes(field));
    assert.ok(contacts.length <= 1 && contacts.every((field) => ["mobile", "email"].includes(field)), `${contacts}`);
    assert.equal(status, marked.length > 0 ? 422 : 303);
    if (status === 422) assert.match(text, /<html lang="zh-CN">/);
  });
}

test("where a policy knows another way to be reached, that one is enough", async () => {
  assert.deepEqual((await send("pools", { company: "东海", wechat: "donghai_wang" })).status, 303);
  assert.deepEqual((await send("pools", { company: "东海" })).marked, ["mobile"]);
  assert.deepEqual((await send("huiju", { company: "东海" })).marked, ["mobile"]);
  assert.equal(Number((await database.all("SELECT count(*) AS count FROM leads WHERE id IN (SELECT lead FROM submissions WHERE answers LIKE '%donghai_wang%')"))[0].count), 1);
});

test("a page that refuses leads back to the policy's own page", async () => {
  const body = `locale=zh&message=${"x".repeat(40_000)}`;
  // A browser says how much it sends.
  const sent = await app.request("/p/huiju/leads", { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", "content-length": `${body.length}` }, body });
  assert.equal(sent.status, 413);
  assert.match(await sent.text(), /<a href="\/p\/huiju\/zh\/">/);
});
