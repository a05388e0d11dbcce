// The form with script: steps, gates, what is kept, what is sent.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AGREED, answer, answerStep, backTo, openSite, proceed, shown, toTheEnd, until, VISITOR } from "./site.mjs";

/** @type {import("./site.mjs").Site} */
let site;
before(async () => { site = await openSite(); });
after(() => site.close());

/** What was sent. */
const sent = () => JSON.parse(site.received[0].body);

for (const [path, locale, width] of /** @type {[string, string, number][]} */ ([["/", "en", 1280], ["/zh/", "zh", 390]])) {
  test(`${path} at ${width}: no more questions a step than the policy says, none twice, and a lead for the edge`, async () => {
    site.answerWith(() => ({ body: AGREED }));
    const { page, complaints, context } = await site.visit(path, { width });
    const steps = [];
    for (let last = 0; last === 0;) {
      steps.push(await shown(page));
      await answerStep(page);
      last = await page.locator("leadgate-form[last]").count();
      await proceed(page);
    }
    await page.locator(".sent").waitFor();
    const asked = /** @type {string[]} */ (steps.flat());
    assert.ok(steps.every((step) => step.length <= 4), JSON.stringify(steps));
    assert.equal(new Set(asked).size, asked.length, "nothing is asked twice");
    const { id, answers, claim, hp, locale: said } = sent();
    assert.match(id, /^[0-9a-f-]{36}$/);
    const all = {
      main_need: { choice: "replace" }, seats: { choice: "large" }, industry: { choice: "manufacturing" }, project: { choice: "approved" },
      budget: { choice: "good" }, timeline_months: { choice: "half" }, situation: { choice: "vendor_system" }, current_tool: "旧版 ERP",
      title: "CIO", responsibility: { choice: "decides" }, vendors_met: 3, province: "Shanghai", company: "Donghai Machines",
      name: "Wang Min", mobile: "154 0013 8000", email: "wang@donghai.example", source: "website",
    };
    assert.deepEqual(answers, Object.fromEntries(Object.entries(all).filter(([field]) => field === "source" || asked.includes(field))));
    assert.equal(claim.v, 1);
    assert.match(claim.slice, /^[0-9a-f]{64}$/);
    assert.ok(!Number.isNaN(Date.parse(claim.now)));
    assert.ok(claim.possible.length > 0);
    assert.deepEqual([hp, said], ["", locale]);
    assert.match(await page.locator(".sent").innerText(), /We call you tomorrow\./);
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H3");
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("of the engine it fetches the build that its slice needs, once", async () => {
  // Once it is ready, so that nothing of the first visit is counted.
  const { page, context } = await site.visit("/");
  /** @type {string[]} */
  const fetched = [];
  page.on("request", (request) => { if (request.url().endsWith(".wasm")) fetched.push(/leadgate_[a-z]+/.exec(request.url())?.[0] ?? request.url()); });
  await page.reload();
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.deepEqual(fetched, ["leadgate_plain"]);
  await context.close();
});

test("a question that does not apply is skipped, and its answer is kept", async () => {
  const { page, context } = await site.visit("/");
  await until(page, "project");
  await answer(page, "project", "approved");
  await until(page, "budget");
  await answer(page, "budget", "good");
  await backTo(page, "project");
  await answer(page, "project", "none");
  const asked = new Set();
  while (!(await page.locator("leadgate-form[last]").count())) {
    await answerStep(page, { ...VISITOR, project: "none" });
    await proceed(page);
    for (const field of await shown(page)) asked.add(field);
  }
  assert.ok(asked.size > 0 && !asked.has("budget") && !asked.has("timeline_months"));
  await backTo(page, "project");
  await answer(page, "project", "planned");
  await until(page, "budget", { ...VISITOR, project: "planned" });
  assert.ok(await page.locator("input[name=budget][value=good]").isChecked());
  await context.close();
});

test("answers and place in the form outlive a change of language and a reload", async () => {
  const { page, context } = await site.visit("/?utm_source=baidu&utm_medium=cpc");
  await until(page, "title");
  await answer(page, "title", "信息中心主任");
  await until(page, "budget", { ...VISITOR, title: "信息中心主任" });
  await answer(page, "budget", "~declined");
  const place = await shown(page);
  await page.locator("header .language").click();
  await page.waitForURL("**/zh/?utm_source=baidu&utm_medium=cpc");
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.deepEqual(await shown(page), place);
  assert.equal(await page.locator("#title").inputValue(), "信息中心主任");
  assert.ok(await page.locator("input[name=budget][value='~declined']").isChecked());
  await backTo(page, "project");
  assert.ok(await page.locator("input[name=project][value=approved]").isChecked());
  await page.reload();
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.ok(await page.locator("input[name=project][value=approved]").isChecked());
  await context.close();
});

test("what was sent is forgotten", async () => {
  site.answerWith(() => ({ body: AGREED }));
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await proceed(page);
  await page.locator(".sent").waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await page.locator(".sent button").click();
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.equal(await page.locator("input:checked").count(), 0);
  await context.close();
});

test("declined, taken back, and where the visitor came from", async () => {
  site.answerWith(() => ({ body: AGREED }));
  const { page, context } = await site.visit("/?utm_source=baidu&utm_medium=cpc");
  await toTheEnd(page, { ...VISITOR, budget: "~declined" });
  await backTo(page, "seats");
  await page.locator("#q-seats [data-clear]").click();
  await toTheEnd(page, { ...VISITOR, budget: "~declined", seats: "" });
  await proceed(page);
  await page.locator(".sent").waitFor();
  const { answers } = sent();
  assert.deepEqual(answers.budget, { declined: true });
  assert.equal("seats" in answers, false);
  assert.deepEqual([answers.source, answers.utm_source, answers.utm_medium], [undefined, "baidu", "cpc"]);
  await context.close();
});

test("what is wrong is said beside the question, in the page's language", async () => {
  const { page, context } = await site.visit("/zh/");
  await until(page, "vendors_met");
  for (const [value, pattern] of /** @type {[string, RegExp][]} */ ([["几家", /数字/], ["51", /0 到 50/], ["2.5", /整数/]])) {
    await answer(page, "vendors_met", value);
    await proceed(page);
    assert.match(await page.locator("#vendors_met-error").innerText(), pattern, value);
    assert.equal(await page.locator("#vendors_met").getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "vendors_met");
    assert.match(await page.locator("leadgate-form [part=summary]").innerText(), /再看一下/);
  }
  await answer(page, "vendors_met", "３");
  assert.equal(await page.locator("#vendors_met-error:visible").count(), 0);
  await toTheEnd(page, { ...VISITOR, vendors_met: "3", mobile: "", email: "" });
  await backTo(page, "company");
  await answer(page, "company", "");
  await proceed(page);
  assert.match(await page.locator("#company-error").innerText(), /请填写/);
  await answer(page, "company", "东海机械");
  await until(page, "email", { ...VISITOR, vendors_met: "3", mobile: "" });
  await answer(page, "email", "wang@");
  await proceed(page);
  assert.match(await page.locator("#email-error").innerText(), /邮箱/);
  await toTheEnd(page, { ...VISITOR, mobile: "", email: "" });
  await proceed(page);
  assert.match(await page.locator("#mobile-error").innerText(), /留一个/);
  await context.close();
});

test("the decision in the page says what can still come out", async () => {
  const { page, context } = await site.visit("/");
  assert.match(await page.locator("#decision").innerText(), /Answer the first questions/);
  await answerStep(page);
  assert.ok(await page.locator("#decision .message").count() > 0);
  await context.close();
});
