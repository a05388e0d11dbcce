// Sending when something is in the way: nothing is lost, nothing is sent twice as two leads.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AGREED, answer, answerStep, backTo, openSite, proceed, shown, toTheEnd, VISITOR } from "./site.mjs";

/** @type {import("./site.mjs").Site} */
let site;
before(async () => { site = await openSite(); });
after(() => site.close());

const ids = () => site.received.map(({ body }) => JSON.parse(body).id);

/** Answers once with something else, then as usual. @param {import("../../scripts/www/serve.mjs").Answer} first */
function once(first) {
  let turns = 0;
  site.answerWith(() => (turns++ === 0 ? first : { body: AGREED }));
}

/** @param {import("playwright-core").Page} page */
const said = (page) => page.locator("#form-note").innerText();

for (const [name, first, words] of /** @type {[string, import("../../scripts/www/serve.mjs").Answer, RegExp][]} */ ([
  ["an error at the edge", { status: 500, body: "oops" }, /our side/],
  ["too many requests", { status: 429, headers: { "retry-after": "7" }, body: {} }, /in 7 seconds/],
  ["an answer that is none", { status: 200, body: "<html>captive portal" }, /our side/],
])) {
  test(`${name}: said in words, and the same lead again`, async () => {
    once(first);
    const { page, context } = await site.visit("/");
    await toTheEnd(page);
    await proceed(page);
    await page.locator("#form-note button").waitFor();
    assert.match(await said(page), words);
    assert.equal(await page.locator("#company").inputValue(), VISITOR.company);
    await page.locator("#form-note button").click();
    await page.locator(".sent").waitFor();
    const [one, two] = ids();
    assert.equal(one, two);
    await context.close();
  });
}

test("other answers are another lead", async () => {
  once({ status: 500, body: "" });
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await proceed(page);
  await page.locator("#form-note button").waitFor();
  await backTo(page, "company");
  await answer(page, "company", "Another");
  await toTheEnd(page, { ...VISITOR, company: "Another" });
  await proceed(page);
  await page.locator(".sent").waitFor();
  const [one, two] = ids();
  assert.notEqual(one, two);
  await context.close();
});

test("offline: kept, and sent when the network is back", async () => {
  site.answerWith(() => ({ body: AGREED }));
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await context.setOffline(true);
  await proceed(page);
  await page.locator("#form-note button").waitFor();
  assert.match(await said(page), /offline/);
  assert.equal(site.received.length, 0);
  await context.setOffline(false);
  await page.locator(".sent").waitFor();
  assert.equal(site.received.length, 1);
  await context.close();
});

/** Sends without a network, so that it waits for one. @param {import("playwright-core").Page} page */
async function sendOffline(page) {
  await page.context().setOffline(true);
  await proceed(page);
  await page.locator("#form-note button").waitFor();
}

/** The network is back, and time enough passes to send. @param {import("playwright-core").Page} page */
async function backOnline(page) {
  const heard = page.evaluate(() => new Promise((resolve) => { addEventListener("online", resolve, { once: true }); }).then(() => undefined));
  await page.context().setOffline(false);
  await heard;
  await page.waitForTimeout(500);
}

test("offline, and half a word meanwhile: nothing is sent by itself, and nothing says so", async () => {
  site.answerWith(() => ({ body: AGREED }));
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await sendOffline(page);
  const [field] = (await shown(page)).filter((name) => name !== undefined && ["email", "name", "company", "mobile"].includes(name));
  await page.locator(`#${field}`).pressSequentially(" an");
  assert.equal(await said(page), "");
  await backOnline(page);
  assert.equal(site.received.length, 0);
  assert.equal(await page.locator(".sent").count(), 0);
  await proceed(page);
  await page.locator(".sent").waitFor();
  assert.equal(site.received.length, 1);
  await context.close();
});

test("offline, and steps back meanwhile: the step stays when the network is back", async () => {
  site.answerWith(() => ({ body: AGREED }));
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await sendOffline(page);
  await page.locator("#back").click();
  await page.locator("#back").click();
  assert.equal(await said(page), "");
  const step = await shown(page);
  await backOnline(page);
  assert.deepEqual(await shown(page), step);
  assert.equal(site.received.length, 0);
  await context.close();
});

test("typed while it is being sent, and the network goes: it is not said to be sent by itself, and is not", async () => {
  site.answerWith(() => ({ body: AGREED }));
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  /** @type {() => void} */
  let lose = () => {};
  const lost = new Promise((resolve) => { lose = () => resolve(undefined); });
  await page.route("**/api/leads", async (route) => {
    await lost;
    await route.abort();
  });
  await proceed(page);
  await page.locator("leadgate-form[busy]").waitFor();
  const [field] = (await shown(page)).filter((name) => name !== undefined && ["email", "name", "company", "mobile"].includes(name));
  await page.locator(`#${field}`).pressSequentially(" an");
  await context.setOffline(true);
  lose();
  await page.locator("#form-note button").waitFor();
  assert.match(await said(page), /Please try again/);
  await page.unroute("**/api/leads");
  await backOnline(page);
  assert.equal(site.received.length, 0);
  await context.close();
});

test("slow: one lead however often the button is pressed, and a word after a while", async () => {
  site.answerWith(() => ({ body: AGREED, wait: 5_000 }));
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await page.locator("#send").dblclick();
  await page.locator("#send").click({ force: true });
  await page.keyboard.press("Enter");
  await page.locator("#form-note.calm").waitFor();
  assert.match(await said(page), /longer than usual/);
  await page.locator(".sent").waitFor();
  assert.equal(site.received.length, 1);
  await context.close();
});

test("refused: the edge's reason stands beside its question, in an earlier step", async () => {
  once({ status: 422, body: { errors: [{ path: "title", code: "too-long" }] } });
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await proceed(page);
  await page.locator("#title-error:visible").waitFor();
  assert.match(await page.locator("#title-error").innerText(), /too long/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "title");
  assert.ok((await shown(page)).includes("title"));
  await context.close();
});

test("the form has changed meanwhile: answers outlive loading the page again", async () => {
  once({ status: 422, body: { errors: [{ path: "seats", code: "unknown-choice", message: "" }] } });
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await proceed(page);
  await page.locator("#form-note button").click();
  await page.locator("leadgate-form[status=ready][last]").waitFor();
  assert.equal(await page.locator("#company").inputValue(), VISITOR.company);
  await proceed(page);
  await page.locator(".sent").waitFor();
  await context.close();
});

test("an id that is somebody else's: the next attempt has another", async () => {
  once({ status: 409, body: { errors: [{ path: "id", code: "used-id", message: "" }] } });
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await proceed(page);
  await page.locator("#form-note button").click();
  await page.locator(".sent").waitFor();
  const [one, two] = ids();
  assert.notEqual(one, two);
  await context.close();
});

test("without the engine it is the form that works without script: all questions, and an ordinary post", async () => {
  site.answerWith(() => ({ body: "<!doctype html><title>Thank you</title>" }));
  const { page, context } = await site.visit("/", { ready: false });
  await page.route("**/*.wasm", (route) => route.abort());
  await page.reload();
  await page.locator("leadgate-form[status=failed]").waitFor();
  assert.deepEqual((await shown(page)).sort(), Object.keys(VISITOR).sort());
  for (const [field, value] of Object.entries(VISITOR)) await answer(page, field, value);
  await proceed(page);
  await page.waitForURL("**/leads");
  const [{ path, body }] = site.received;
  assert.equal(path, "/leads");
  assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), { ...VISITOR, locale: "en", source: "website", hp: "" });
  await context.close();
});

test("who goes on before the engine is there waits for it, and loses nothing", async () => {
  const { page, context } = await site.visit("/", { ready: false });
  /** @type {() => void} */
  let arrive = () => {};
  const held = new Promise((resolve) => { arrive = () => resolve(undefined); });
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.locator("leadgate-form[status=loading]").waitFor();
  const field = (await shown(page)).find((name) => name !== undefined && VISITOR[name] !== undefined) ?? "";
  await answerStep(page);
  await proceed(page);
  await page.locator("leadgate-form[busy]").waitFor();
  arrive();
  await page.locator("leadgate-form[status=ready]:not([busy])").waitFor();
  assert.ok(!(await shown(page)).includes(field), "it has gone on");
  await backTo(page, field);
  const kept = await page.locator("form").evaluate((form, name) => new FormData(/** @type {HTMLFormElement} */ (form)).get(name), field);
  assert.equal(kept, VISITOR[field]);
  await context.close();
});
