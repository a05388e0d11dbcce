// Every shipped policy that has a form: its page, and the edge that decides its leads. All of them as sendings to the edge under Node; two in Chromium against workerd.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import { load } from "leadgate";
import { importKeys, makeClaim, verify } from "leadgate/receipts";
import { compileOthers, compilePolicy } from "../../www/edge/build.mjs";
import { newKeys } from "../../www/edge/keys.mjs";
import { createNodeEdge } from "../../www/edge/node.mjs";
import { served } from "./served.mjs";
import { violations } from "../playground/axe.mjs";

const others = compileOthers();
const names = Object.keys(others);
/** Whose pages are gone through in a browser: they have secrets, behaviours, queues and stages. */
const SHOWN = ["fxiaoke", "huiju"];

/** What people write where there is nothing to choose, by what the field is called. @type {[RegExp, string][]} */
const TEXTS = [[/mail/, "wang{n}@donghai{n}.example"], [/mobile|phone/, "154 0030 {n}"], [/company/, "Donghai Machines {n}"], [/province/, "上海"], [/title/, "CIO"], [/./, "Wang Min {n}"]];
let people = 8000;
/** Everybody is somebody new. @param {string} field */
const textFor = (field) => (TEXTS.find(([name]) => name.test(field))?.[1] ?? "").replaceAll("{n}", `${people}`);

/** A number within the field's bounds: money, counts and shares have others. @param {import("leadgate").Policy} slice @param {string} field */
const numberFor = (slice, field) => [12, 1, 20_000].find((number) => accepts(slice, { [field]: number }));

/** @param {import("leadgate").Policy} slice @param {import("leadgate").Lead} lead */
function accepts(slice, lead) {
  try {
    return slice.form(lead) !== undefined;
  } catch {
    return false;
  }
}

/** Answers to all questions: the last choice, or what people write. @param {import("leadgate").Policy} slice @returns {import("leadgate").Lead} */
function answersTo(slice) {
  people += 1;
  const { fields } = slice.describe();
  return Object.fromEntries(slice.form({}).questions.map(({ field: name }) => {
    const field = fields.find((field) => field.name === name);
    const last = field?.choices?.at(-1);
    return [name, last !== undefined ? { choice: last } : field?.type === "string" ? textFor(name) : field?.type === "enum" ? field.values?.at(-1) : field?.type === "bool" ? true : numberFor(slice, name)];
  }));
}

test("there are policies with a form, and those that are shown are among them", () => {
  assert.deepEqual(SHOWN.filter((name) => !names.includes(name)), []);
});

test("the edge decides each by its own policy, verifies what its page claims, and keeps people apart", async (context) => {
  const keys = await newKeys();
  const { app, database } = createNodeEdge({ keys, compiled: compilePolicy(), others, around: { write() {}, address: () => `${Math.random()}` } });
  after(() => database.close());
  const post = async (/** @type {string} */ path, /** @type {unknown} */ body) => {
    const response = await app.request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  };
  for (const name of names) {
    await context.test(name, async () => {
      const [full, slice] = [load(others[name].program), load(others[name].slice)];
      const answers = answersTo(slice);
      const claim = makeClaim(slice, answers, { now: new Date().toISOString() });
      const id = randomUUID();
      const { status, body } = await post(`/p/${name}/api/leads`, { id, answers, claim, locale: "zh", hp: "" });
      assert.deepEqual([status, body.verified, body.differences], [200, true, []], JSON.stringify(body));
      const [lead] = await database.all("SELECT * FROM leads WHERE id = ?", id);
      assert.ok(lead, "nobody whom another policy knows is the same person");
      const decision = full.decide(answers);
      assert.deepEqual([lead.outcome, body.message], [decision.outcome, decision.message]);
      assert.equal(body.text, others[name].texts.zh[`messages.${body.message}`] ?? others[name].texts[""]?.[`messages.${body.message}`]);
      const [submission] = await database.all("SELECT * FROM submissions WHERE lead = ?", id);
      const verified = await verify(submission.receipt, { policy: full, lead: answers, keys: await importKeys(keys.receipts) });
      assert.deepEqual([verified.ok, verified.differences], [true, []]);
      const described = await (await app.request(`/p/${name}/api/policy`)).json();
      assert.deepEqual([described.policy, described.slice], [name, slice.describe().program]);
    });
  }
  assert.equal((await app.request("/p/nothing-such/api/policy")).status, 404);
  assert.equal((await post("/p/nothing-such/api/leads", {})).status, 404);
  // A claim of another policy's page is named.
  const [one, two] = names;
  const slice = load(others[one].slice);
  const foreign = makeClaim(slice, answersTo(slice), { now: new Date().toISOString() });
  const { body } = await post(`/p/${two}/api/leads`, { id: randomUUID(), answers: answersTo(load(others[two].slice)), claim: { ...foreign, answers: undefined }, locale: "en", hp: "" });
  assert.equal(body.verified, false);
  assert.ok(body.differences.some((/** @type {any} */ { code }) => code === "program"));
});

const running = served();

/** @param {import("playwright-core").Locator} question */
async function answer(question) {
  const radios = question.locator(".choice input");
  if (await radios.count()) await radios.last().check();
  else await question.locator("input").fill((await question.getAttribute("data-number")) === null ? textFor((await question.getAttribute("data-field")) ?? "") : "12");
}

/** Answers what is shown, step by step, to before the last button. @param {import("playwright-core").Page} page */
async function toTheEnd(page) {
  people += 1;
  for (let step = 0; step < 12; step += 1) {
    for (const question of await page.locator(".question:visible").all()) await answer(question);
    if (await page.locator("leadgate-form[last]").count()) return;
    await page.locator("#send").click();
  }
  throw new Error("the form does not come to an end");
}

for (const name of SHOWN) {
  for (const [path, locale, width, theme] of /** @type {const} */ ([["", "en", 1280, "light"], ["zh/", "zh", 390, "dark"]])) {
    test(`/p/${name}/${path}: a visitor fills in the form, and the edge verifies what the page found`, async () => {
      const context = await running.browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, reducedMotion: "reduce" });
      const page = await context.newPage();
      /** @type {string[]} */
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
      await page.goto(new URL(`/p/${name}/${path}`, running.edge.address).href);
      await page.locator("leadgate-form[status=ready]").waitFor();
      await answer(page.locator(".question:visible").first());
      await page.locator("#decision .message").first().waitFor();
      assert.deepEqual(await violations(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing stands out to the side");
      await toTheEnd(page);
      const answered = page.waitForResponse((response) => response.url().endsWith(`/p/${name}/api/leads`));
      await page.locator("#send").click();
      const response = await answered;
      const verdict = await response.json();
      assert.deepEqual([response.status(), verdict.verified, verdict.differences], [200, true, []], JSON.stringify(verdict));
      await page.locator(".sent").waitFor();
      assert.equal(await page.locator(".sent .message").innerText(), others[name].texts[locale][`messages.${verdict.message}`]);
      const [lead] = await running.edge.sql("SELECT * FROM leads WHERE id = ?", await page.locator(".sent dd").innerText());
      assert.equal(lead.outcome, load(others[name].program).decide(JSON.parse(lead.answers)).outcome);
      assert.deepEqual(complaints, [], "the page does nothing that its content security policy forbids");
      await context.close();
    });
  }
}

test("without script the form is an ordinary post to its own policy; the way back leads to its page", async () => {
  const context = await running.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(new URL(`/p/${SHOWN[0]}/zh/`, running.edge.address).href);
  for (const input of await page.locator("#lead-form .question input:not([type=radio])").all()) await input.fill((await input.evaluate((element) => element.closest("[data-number]") !== null)) ? "12" : textFor((await input.getAttribute("name")) ?? ""));
  for (const question of await page.locator("fieldset.question").all()) await question.locator("input").first().check();
  await page.locator("#send").click();
  assert.equal(new URL(page.url()).pathname, `/p/${SHOWN[0]}/thanks`);
  assert.equal(await page.locator("main a").getAttribute("href"), `/p/${SHOWN[0]}/zh/`);
  await context.close();
});

test("the inspector of the landing page leads to the same form by every other policy, and back", async () => {
  const context = await running.browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(new URL("/?inspect", running.edge.address).href);
  const links = page.locator(".switch a");
  await links.first().waitFor();
  assert.deepEqual(await links.evaluateAll((items) => items.map((item) => item.getAttribute("href"))), ["/?inspect", ...names.map((name) => `/p/${name}/?inspect`)]);
  await page.locator(`.switch a[href="/p/${SHOWN[1]}/?inspect"]`).click();
  await page.locator(`.switch a[href="/p/${SHOWN[1]}/?inspect"][aria-current="page"]`).waitFor();
  await page.locator("leadgate-form[status=ready]").waitFor();
  await context.close();
});
