// A visitor in Chromium, the built page, and the edge in workerd with its database.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { importKeys, verify } from "leadgate/receipts";
import { compilePolicy } from "../../www/edge/build.mjs";
import { served } from "./served.mjs";
import { answer, proceed, toTheEnd, VISITOR } from "../site/site.mjs";

const compiled = compilePolicy();
const policy = load(compiled.program);

const running = served();

let people = 0;
/** Somebody new. */
function visitor() {
  people += 1;
  return { ...VISITOR, name: `Wang ${people}`, company: `Donghai Machines ${people}`, mobile: `154 0020 ${8000 + people}`, email: `wang${people}@donghai.example` };
}

/** The leads of a person. @param {{ email: string }} person */
const leadsOf = ({ email }) => running.edge.sql("SELECT * FROM leads WHERE json_extract(answers, '$.email') = ?", email);
/** @param {string} lead */
const submissionsOf = (lead) => running.edge.sql("SELECT * FROM submissions WHERE lead = ?", lead);

/** @param {string} path @param {{ width?: number, script?: boolean }} [options] */
async function visit(path, { width = 1280, script = true } = {}) {
  const context = await running.browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: script, reducedMotion: "reduce" });
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  await page.goto(new URL(path, running.edge.address).href);
  if (script) await page.locator("leadgate-form[status=ready]").waitFor();
  return { page, context, complaints };
}

/** Sends, and waits for what the edge answers. @param {import("playwright-core").Page} page */
async function send(page) {
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/leads"));
  await proceed(page);
  const response = await answered;
  return { status: response.status(), body: await response.json() };
}

for (const [path, locale, width] of /** @type {[string, "en" | "zh", number][]} */ ([["/", "en", 1280], ["/zh/", "zh", 390]])) {
  test(`${path}: a visitor fills in the form, is routed, and the edge verifies; the database holds exactly one lead`, async () => {
    const person = visitor();
    const { page, context, complaints } = await visit(path, { width });
    await toTheEnd(page, person);
    const { status, body } = await send(page);
    assert.deepEqual([status, body.verified, body.differences], [200, true, []]);
    await page.locator(".sent").waitFor();
    const [lead, ...others] = await leadsOf(person);
    assert.equal(others.length, 0);
    const answers = JSON.parse(lead.answers);
    assert.equal(lead.outcome, policy.decide(answers).outcome, "the same policy in Node decides alike");
    assert.equal(lead.message, body.message);
    assert.equal(await page.locator(".sent .message").innerText(), compiled.texts[locale][`messages.${body.message}`]);
    const queue = policy.describe().queues.find(({ name }) => name === lead.outcome);
    assert.ok(queue?.members.includes(lead.member), `${lead.member} takes leads of ${lead.outcome}`);
    const submissions = await submissionsOf(lead.id);
    assert.equal(submissions.length, 1);
    const verified = await verify(submissions[0].receipt, { policy, lead: answers, keys: await importKeys(running.edge.keys.receipts) });
    assert.deepEqual([verified.ok, verified.differences], [true, []]);
    assert.deepEqual(complaints, [], "the page does nothing that its content security policy forbids");
    await context.close();
  });
}

test("a page whose claim was tampered with is named, and decides nothing", async () => {
  const person = visitor();
  const { page, context } = await visit("/");
  await page.route("**/api/leads", async (route) => {
    const body = route.request().postDataJSON();
    await route.continue({ postData: JSON.stringify({ ...body, claim: { ...body.claim, possible: ["partner"], shown: "partner" } }) });
  });
  await toTheEnd(page, person);
  const { status, body } = await send(page);
  assert.deepEqual([status, body.verified], [200, false]);
  assert.ok(body.differences.some((/** @type {any} */ { code, path }) => code === "lie" && path === "possible.partner"), JSON.stringify(body.differences));
  const [lead] = await leadsOf(person);
  assert.deepEqual([lead.outcome, lead.message], [policy.decide(JSON.parse(lead.answers)).outcome, body.message]);
  assert.notEqual(lead.message, "partner");
  const [submission] = await submissionsOf(lead.id);
  assert.equal(submission.verified, 0);
  assert.equal(JSON.parse(submission.differences).length, body.differences.length);
  await context.close();
});

test("a page that sends other answers than it claims, or ones that are not a visitor's, is told so", async () => {
  const person = visitor();
  const { page, context } = await visit("/");
  let tamper = (/** @type {any} */ body) => ({ ...body, answers: { ...body.answers, seats: { choice: "campus" } } });
  await page.route("**/api/leads", (route) => route.continue({ postData: JSON.stringify(tamper(route.request().postDataJSON())) }));
  await toTheEnd(page, person);
  const { body } = await send(page);
  assert.ok(body.differences.some((/** @type {any} */ { code, path }) => code === "answer" && path === "answers.seats"), JSON.stringify(body.differences));
  assert.deepEqual(JSON.parse((await leadsOf(person))[0].answers).seats, { choice: "campus" }, "decided from what was sent");

  const other = visitor();
  await page.reload();
  await page.locator("leadgate-form[status=ready]").waitFor();
  tamper = (body) => ({ ...body, answers: { ...body.answers, "sdr.need": "clear", "sales.accepted": true } });
  await toTheEnd(page, other);
  const refused = await send(page);
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.body.errors.map((/** @type {any} */ { path }) => path), ["sdr.need", "sales.accepted"]);
  assert.deepEqual(await leadsOf(other), []);
  await context.close();
});

test("a click too many, and a line that breaks after the edge has answered, make one lead", async () => {
  const person = visitor();
  const { page, context } = await visit("/");
  let broken = true;
  await page.route("**/api/leads", async (route) => {
    if (!broken) return route.continue();
    broken = false;
    // The edge keeps the lead, and its answer is lost on the way.
    await route.fetch();
    await route.abort("connectionreset");
  });
  await toTheEnd(page, person);
  await proceed(page);
  await page.locator("#form-note button").waitFor();
  const { status } = await send(page);
  assert.equal(status, 200);
  await page.locator(".sent").waitFor();
  const leads = await leadsOf(person);
  assert.equal(leads.length, 1);
  assert.equal((await submissionsOf(leads[0].id)).length, 1);
  await context.close();
});

test("the same person on another day is the same lead, with the same member", async () => {
  const person = visitor();
  const first = await visit("/");
  await toTheEnd(first.page, person);
  await send(first.page);
  await first.context.close();
  const [before] = await leadsOf(person);
  const second = await visit("/zh/", { width: 390 });
  await toTheEnd(second.page, { ...person, mobile: `+86 ${person.mobile}` });
  assert.equal((await send(second.page)).status, 200);
  await second.context.close();
  const leads = await leadsOf(person);
  assert.deepEqual(leads.map((/** @type {any} */ lead) => [lead.id, lead.outcome, lead.member, lead.version]), [[before.id, before.outcome, before.member, 2]]);
});

test("without script the form is sent, decided and answered in the visitor's language", async () => {
  const person = visitor();
  const { page, context } = await visit("/zh/", { script: false });
  for (const [field, value] of Object.entries(person)) await answer(page, field, value);
  await Promise.all([page.waitForURL("**/thanks?**"), page.locator("#send").click()]);
  const [lead, ...others] = await leadsOf(person);
  assert.equal(others.length, 0);
  assert.equal(lead.outcome, policy.decide(JSON.parse(lead.answers)).outcome);
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  assert.ok((await page.locator("main").innerText()).includes(compiled.texts.zh[`messages.${lead.message}`]));
  await context.close();
});

test("without script a wrong answer comes back with what was typed, and can be put right", async () => {
  const person = visitor();
  const { page, context } = await visit("/", { script: false });
  for (const [field, value] of Object.entries({ ...person, email: "wang@donghai" })) await answer(page, field, value);
  // An address without a dot is one to the browser, and none to the policy.
  await page.locator("#send").click();
  await page.locator("[aria-invalid=true]").waitFor();
  assert.deepEqual(await leadsOf(person), []);
  assert.equal(await page.locator("[name=company]").inputValue(), person.company);
  await page.locator("[name=email]").fill(person.email);
  await Promise.all([page.waitForURL("**/thanks?**"), page.locator("button[type=submit]").click()]);
  assert.equal((await leadsOf(person)).length, 1);
  await context.close();
});

test("the playground is served beside it, under the same headers", async () => {
  const context = await running.browser.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  const response = await page.goto(new URL("/playground/", running.edge.address).href);
  assert.equal(response?.status(), 200);
  assert.match(response?.headers()["content-security-policy"] ?? "", /script-src 'self' 'wasm-unsafe-eval'/);
  await page.locator(".cm-content").waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});
