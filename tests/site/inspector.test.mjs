// The inspector says what the page knows, what it sends, and what the edge made of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answerStep, openSite, proceed, toTheEnd } from "./site.mjs";

/** @type {import("./site.mjs").Site} */
let site;
before(async () => { site = await openSite(); });
after(() => site.close());

test("possibilities narrow step by step, and the claim is what is sent", async () => {
  site.answerWith(() => ({ body: { message: "thanks", text: "Thank you.", receipt: "abc.def", verified: false, differences: [{ kind: "outcome", path: "possible", expected: ["soon"], found: "thanks", message: "the page <b>claims</b> `soon`" }] } }));
  const { page, complaints, context } = await site.visit("/?inspect");
  await page.locator("#inspector table").waitFor();
  assert.match(await page.locator("#inspector").innerText(), /maturity[\s\S]*0 – 100/);
  await answerStep(page);
  await proceed(page);
  assert.match(await page.locator("#inspector thead").innerText(), /Start\s+Step 1\s+Now/);
  assert.match(await page.locator("#inspector").innerText(), /µs in the engine/);
  assert.match(await page.locator("#inspector").innerText(), /decided at the edge/);
  await toTheEnd(page);
  await proceed(page);
  await page.locator(".sent").waitFor();
  const text = await page.locator("#inspector").innerText();
  assert.match(text, /abc\.def/);
  assert.match(text, /the page <b>claims<\/b> `soon`/);
  const claim = JSON.parse(await page.locator("#inspector pre").innerText());
  assert.deepEqual(claim, JSON.parse(site.received[0].body).claim);
  assert.deepEqual(complaints, []);
  await context.close();
});
